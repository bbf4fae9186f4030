// The documents' examples do what the documents show.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { connect } from "../lib/api.mjs";
import { commandLine } from "../lib/binaries.mjs";
import { removeAtExit } from "../lib/cleanup.mjs";
import { agrees, blocks, program, Reader } from "../lib/document.mjs";
import { startDev } from "../lib/node.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const NAME = "docs/content-directory.md";
const text = readFileSync(join(root, NAME), "utf8");
const council = readFileSync(join(root, "docs/council.md"), "utf8");
const limits = readFileSync(join(root, "primitives/src/content/limits.rs"), "utf8");

let node, api;

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

test("what counts as shown", () => {
	assert.ok(agrees("a ... c\n...\nd", "a bb c\n1\n2\nd\n"));
	assert.ok(agrees("a\n...", "a"));
	assert.ok(!agrees("a", "a\nb"));
	assert.ok(!agrees("a ... c", "a b\nc"));
	assert.ok(!agrees("a.b", "acb"));
});

test("the examples do what is shown", { timeout: 240_000 }, async () => {
	const found = blocks(text.replaceAll("ws://127.0.0.1:9944", node.url).replaceAll("127.0.0.1:9944", node.url.slice(5)));
	const cwd = mkdtempSync(join(tmpdir(), "rome-docs-"));
	removeAtExit(cwd);
	const path = [dirname(commandLine()), process.env.PATH].join(delimiter);
	const env = { ...process.env, PATH: path, ROME_URL: node.url };
	delete env.ROME_SURI;
	const reader = new Reader(NAME, found, { cwd, env });
	globalThis.romeReader = reader;
	// Beside the packages that it imports.
	const folder = join(root, "e2e/.docs");
	mkdirSync(folder, { recursive: true });
	const file = join(folder, "examples.mjs");
	writeFileSync(file, program(found, "romeReader"));
	try {
		await import(pathToFileURL(file).href);
	} finally {
		await reader.api?.disconnect();
		rmSync(folder, { recursive: true });
	}
	assert.ok(reader.wrong.length === 0, reader.wrong.join("\n\n"));
});

test("every call, event, error and runtime API function has its place", () => {
	const named = (name) => text.includes(`\`${name}\``) || text.includes(`\`${name}(`);
	const { contentDirectory: calls } = api.tx;
	const missing = [
		...Object.keys(calls),
		...Object.keys(api.events.contentDirectory),
		...Object.keys(api.errors.contentDirectory),
		...Object.keys(api.call.contentDirectoryApi),
	].filter((name) => !named(name));
	assert.deepEqual(missing, []);
});

test("the limits are those of the format", () => {
	const ours = [...limits.matchAll(/pub const (MAX_\w+): u\w+ = ([^;]+);/g)];
	assert.ok(ours.length > 20);
	const rows = Object.fromEntries([...text.matchAll(/^\| `(MAX_\w+)` \|.*\| ([\d,]+) \|$/gm)].map((row) => row.slice(1)));
	const value = (expression) =>
		expression.split("+").map((sum) => sum.split("*").map((part) => {
			const other = part.trim().replace(/ as u\d+$/, "");
			const named = ours.find(([, name]) => name === other);
			return named ? value(named[2]) : Number(other.replaceAll("_", ""));
		}).reduce((a, b) => a * b)).reduce((a, b) => a + b);
	const expected = Object.fromEntries(ours.map(([, name, expression]) => [name, value(expression).toLocaleString("en")]));
	assert.deepEqual(rows, expected);
});

test("what docs/council.md names is there, and it leaves out no call, action or function", () => {
	const named = [...council.matchAll(/`[^`]+`/g)].flatMap(([code]) =>
		[...code.matchAll(/\b([a-z]\w+)\.([a-z]\w+)/g)].map(([, section, name]) => [section, name]),
	);
	assert.ok(named.length > 40);
	const there = ([section, name]) => [api.tx, api.query, api.consts].some((of) => of[section]?.[name]);
	// `counts` is what a function of the runtime API answers.
	assert.deepEqual(named.filter((it) => it[0] !== "counts" && !there(it)), []);
	const calls = named.filter(([section]) => section === "proposals").map(([, name]) => name);
	assert.deepEqual(Object.keys(api.tx.proposals).filter((name) => !calls.includes(name)), []);

	const actions = api.registry.createType("RomePrimitivesGovernanceProposalsAction").defKeys;
	const rows = [...council.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name);
	assert.deepEqual([...new Set(rows)].sort(), actions.sort());
	const told = new Set(council.match(/\w+/g));
	assert.deepEqual(Object.keys(api.call.proposalsApi).filter((name) => !told.has(name)), []);
});
