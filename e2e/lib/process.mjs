// What every process under test has in common: a free port, a log, a directory, an end.

import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killAtExit, removeAtExit } from "./cleanup.mjs";

/** A port that nobody listens on. */
export function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer().once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
			server.close(() => resolve(port));
		});
	});
}

// Where the system can tie a child's life to ours, even our own SIGKILL leaves nothing behind.
const leash =
	spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]).status === 0
		? ["setpriv", "--pdeathsig", "KILL", "--"]
		: [];

let directory;
/** One directory for everything that this process's children write. */
export function workDirectory() {
	if (!directory) {
		directory = mkdtempSync(join(tmpdir(), "rome-e2e-"));
		removeAtExit(directory);
	}
	return directory;
}

/** A program that writes its log to a file and can be ended and started again. */
export class Process {
	/** @type {import("node:child_process").ChildProcess | undefined} */
	#child;
	#ending;
	/** Resolves when it is gone. */
	gone = Promise.resolve();

	/** @param {string} name For its log. */
	constructor(name) {
		this.name = name;
		this.logFile = join(workDirectory(), `${name}.log`);
	}

	/** @returns {boolean} */
	get running() {
		return this.#child !== undefined;
	}

	/** @returns {number | undefined} */
	get pid() {
		return this.#child?.pid;
	}

	/** @returns {string} What it printed, in all its lives. */
	get log() {
		return readFileSync(this.logFile, "utf8");
	}

	/** Starts `program`. */
	launch(program, args, options = {}) {
		if (this.#child) throw new Error(`${this.name} is running already`);
		const command = [...leash, program, ...args];
		const log = openSync(this.logFile, "a");
		const child = spawn(command[0], command.slice(1), { ...options, stdio: ["ignore", log, log] });
		closeSync(log);
		killAtExit(child);
		this.#child = child;
		this.#ending = undefined;
		const gone = new Promise((resolve) => {
			child.once("error", (error) => resolve(error.message));
			child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? code}`));
		});
		this.gone = gone.then((how) => {
			if (this.#child !== child) return;
			this.#ending = how;
			this.#child = undefined;
		});
	}

	/** Why waiting for it is pointless, if it is. */
	ended() {
		return this.#ending && `${this.#ending}\n${this.log.slice(-2_000)}\n(${this.logFile})`;
	}

	/** Stops it where it is, or lets it go on: its connections stay, and nobody answers on them meanwhile. */
	freeze(frozen = true) {
		this.#child.kill(frozen ? "SIGSTOP" : "SIGCONT");
	}

	/** Ends it and waits until it is gone; what does not end within `seconds` is killed. */
	async stop(signal = "SIGTERM", seconds = 130) {
		if (!this.#child) return;
		this.#child.kill(signal);
		const timer = setTimeout(() => this.#child?.kill("SIGKILL"), seconds * 1000);
		await this.gone;
		clearTimeout(timer);
	}
}

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, seconds?: number, killAfterMs?: number }} options
 *   `killAfterMs`: it gets SIGKILL then.
 * @returns {Promise<{ code: number | null, signal: string | null, stdout: string, stderr: string, ms: number }>}
 */
export function execute(program, args, { cwd, env = process.env, seconds = 120, killAfterMs } = {}) {
	return new Promise((resolve, reject) => {
		const command = [...leash, program, ...args];
		const child = spawn(command[0], command.slice(1), { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
		killAtExit(child);
		const started = Date.now();
		let stdout = "";
		let stderr = "";
		child.stdout.on("data", (data) => (stdout += data));
		child.stderr.on("data", (data) => (stderr += data));
		const bound = setTimeout(() => {
			child.kill("SIGKILL");
			reject(new Error(`${program} ${args.join(" ")}: not within ${seconds} s\n${stdout}\n${stderr}`));
		}, seconds * 1000);
		const early = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
		child.once("error", reject);
		child.once("close", (code, signal) => {
			clearTimeout(bound);
			clearTimeout(early);
			resolve({ code, signal, stdout, stderr, ms: Date.now() - started });
		});
	});
}

/** Runs a program that has to end well; what it printed. */
export async function succeed(program, args, options) {
	const { code, signal, stdout, stderr } = await execute(program, args, options);
	if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${signal ?? code}:\n${stdout}\n${stderr}`);
	return stdout;
}
