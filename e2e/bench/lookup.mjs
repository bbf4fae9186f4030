// What a look-up by a unique value costs in a class of 1,000 and of 1,000,000 entities.

import { u8aConcat, u8aToHex } from "@polkadot/util";
import * as d from "../lib/directory.mjs";
import { median, options, quantile, round } from "./figures.mjs";
import { LargeClass, report } from "./large-class.mjs";
import { template } from "./raw.mjs";

const { small, large, batch: batchSize, lookups } = options({
	small: 1_000,
	large: 1_000_000,
	// Entities in one block.
	batch: 5_000,
	// Look-ups of each kind.
	lookups: 2_000,
});

const identifier = (number) => `identifier-${`${number}`.padStart(8, "0")}`;
const PLACEHOLDER = "identifier-########";
const UNIQUE = 0;
const INDEXED = 1;

const directory = await LargeClass.open("lookup", d.schema({
	identifier: [d.Text(32), "required", "unique"],
	title: [d.Text(32), "indexed"],
}));
const { api } = directory;

const call = template(
	api.tx.contentDirectory.createEntity(
		directory.id,
		1,
		[[UNIQUE, d.text(PLACEHOLDER)], [INDEXED, d.text("title-of-#")]],
		false,
	),
	PLACEHOLDER,
);

/** Fills the class from `from` up to `count`. */
const fill = (from, count) => directory.fill(from, count, batchSize, (number) => call(identifier(number)));

/** Calls a runtime API many times, one after the other; returns milliseconds. */
async function time(method, makeArguments, check) {
	const milliseconds = [];
	for (let index = 0; index < lookups; index += 1) {
		const bytes = u8aToHex(makeArguments());
		const started = process.hrtime.bigint();
		const answer = await directory.socket.call("state_call", method, bytes);
		milliseconds.push(Number(process.hrtime.bigint() - started) / 1e6);
		check(answer);
	}
	return { median: round(median(milliseconds), 3), p99: round(quantile(milliseconds, 0.99), 3) };
}

const scalar = api.createType(api.call.contentDirectoryApi.entityByUnique.meta.params[2].type, {
	Text: d.bytes(PLACEHOLDER),
});
const prefix = u8aConcat(
	api.createType("u32", directory.id).toU8a(),
	api.createType("u16", UNIQUE).toU8a(),
);
/** The arguments of a look-up. */
const argumentsFor = (text) => {
	const value = Buffer.from(scalar.toU8a());
	value.write(text, value.indexOf(PLACEHOLDER), "latin1");
	return u8aConcat(prefix, value);
};

async function measure(count) {
	const found = (answer) => {
		if (!answer.startsWith("0x01")) throw new Error(`not found: ${answer}`);
	};
	const missing = (answer) => {
		if (answer !== "0x00") throw new Error(`found: ${answer}`);
	};
	const any = () => Math.floor(Math.random() * count);
	const method = "ContentDirectoryApi_entity_by_unique";
	// The first call compiles the runtime, and the next ones still find this program and the node cold.
	for (let index = 0; index < 500; index += 1) await directory.socket.call("state_call", "Core_version", "0x");
	return {
		count,
		hit: await time(method, () => argumentsFor(identifier(any())), found),
		miss: await time(method, () => argumentsFor(identifier(any() + 90_000_000)), missing),
		"empty call": await time("Core_version", () => new Uint8Array(), () => undefined),
	};
}

report(await directory.compare([small, large], fill, measure), {
	what: "look-up",
	kinds: ["hit", "miss", "empty call"],
	unit: " ms",
});
