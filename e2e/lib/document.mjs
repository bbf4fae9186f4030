// Examples of a document, taken out of it and run as a reader would run them.
//
// Of its fenced blocks, in their order:
//   json FILE   is written to FILE
//   console     lines that begin with `$ ` are run by bash; what follows each is what it prints
//   js          is part of one program
//   text        behind js: what that part prints
// In what is printed, `...` stands for anything within a line, and alone on a line for any number of lines.

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The fenced blocks of a document: `{ language, file, text, line }`. */
export function blocks(markdown) {
	const found = [];
	let block;
	for (const [index, line] of markdown.split("\n").entries()) {
		const fence = line.match(/^```(\S*)(?: (\S+))?\s*$/);
		if (!block && fence) block = { language: fence[1], file: fence[2], text: [], line: index + 1 };
		else if (block && line.trim() === "```") {
			found.push({ ...block, text: block.text.join("\n") });
			block = undefined;
		} else if (block) block.text.push(line);
	}
	return found;
}

/** Whether `printed` is what the document shows. */
export function agrees(shown, printed) {
	const lines = (text) => text.trimEnd().split("\n").map((line) => line.trimEnd());
	const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	const pattern = lines(shown)
		.map((line) => (line === "..." ? "(?:.*\n)*?" : `${line.split("...").map(escape).join(".*")}\n`))
		.join("");
	return new RegExp(`^${pattern}$`).test(`${lines(printed).join("\n")}\n`);
}

/** The commands of a console block: `{ command, shown }`. */
function commands(text) {
	const found = [];
	for (const line of text.split("\n")) {
		if (line.startsWith("$ ")) found.push({ command: line.slice(2), shown: [] });
		else if (found.at(-1)?.command.endsWith("\\")) found.at(-1).command += `\n${line}`;
		else found.at(-1)?.shown.push(line);
	}
	return found.map(({ command, shown }) => ({ command, shown: shown.join("\n") }));
}

/** Runs a command; what it prints, errors included. */
function run(command, options) {
	return new Promise((resolve) => {
		const child = spawn("bash", ["-c", `{ ${command}\n} 2>&1`], { ...options, timeout: 120_000 });
		let printed = "";
		child.stdout.on("data", (data) => (printed += data));
		child.on("close", () => resolve(printed));
	});
}

/** What a document's program calls between its parts. Gathers what is not as shown. */
export class Reader {
	/** @type {string[]} */
	wrong = [];
	/** What the program calls `api`. */
	api;
	#printed = [];
	#print = console.log;

	/**
	 * @param {string} name The document's, for messages.
	 * @param {ReturnType<typeof blocks>} found
	 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options Where and with what commands run.
	 */
	constructor(name, found, options) {
		this.name = name;
		this.found = found;
		this.options = options;
	}

	#compare(line, what, shown, printed) {
		if (!agrees(shown, printed)) this.wrong.push(`${this.name}:${line}: ${what}\nshows:\n${shown}\nprints:\n${printed}`);
	}

	/** Does what a block that is no program says. */
	async block(index) {
		const { language, file, text, line } = this.found[index];
		if (language === "json" && file) writeFileSync(join(this.options.cwd, file), `${text}\n`);
		if (language !== "console") return;
		for (const { command, shown } of commands(text)) {
			this.#compare(line, command, shown, await run(command, this.options));
		}
	}

	/** From here on, what the program prints is kept. */
	begin() {
		this.#printed = [];
		console.log = (...values) => this.#printed.push(values.join(" "));
	}

	/** Ends a part of the program. */
	end(index) {
		console.log = this.#print;
		const next = this.found[index + 1];
		const shown = next?.language === "text" ? next.text : "";
		this.#compare(this.found[index].line, "the program", shown, this.#printed.join("\n"));
	}
}

/** The program of a document: a module that calls `globalThis[reader]` between its parts. */
export function program(found, reader) {
	const parts = found.map(({ language, text }, index) => {
		const call = `globalThis[${JSON.stringify(reader)}]`;
		// A connection would keep the process alive, whatever happens after.
		const keep = text.includes("const api = ") ? `${call}.api = api;\n` : "";
		if (language === "js") return `${call}.begin();\n${text}\n${keep}${call}.end(${index});`;
		return `await ${call}.block(${index});`;
	});
	return parts.join("\n");
}
