// What a look-up by a unique value costs in a class of 1,000 and of 1,000,000 entities.

import { u8aConcat, u8aToHex } from "@polkadot/util";
import * as d from "../lib/directory.mjs";
import { options } from "./figures.mjs";
import { template } from "./raw.mjs";
import { TwoSizes } from "./two-sizes.mjs";

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

const directory = await TwoSizes.open("lookup", d.schema({
	identifier: [d.Text(32), "required", "unique"],
	title: [d.Text(32), "indexed"],
}), [small, large]);
const { api } = directory;

for (const one of directory.classes) {
	const call = template(
		api.tx.contentDirectory.createEntity(
			one.id,
			1,
			[[UNIQUE, d.text(PLACEHOLDER)], [INDEXED, d.text("title-of-#")]],
			false,
		),
		PLACEHOLDER,
	);
	await directory.fill(one, batchSize, (number) => call(identifier(number)));
}

const scalar = api.createType(api.call.contentDirectoryApi.entityByUnique.meta.params[2].type, {
	Text: d.bytes(PLACEHOLDER),
});
/** The arguments of a look-up. */
function argumentsFor(id, text) {
	const value = Buffer.from(scalar.toU8a());
	value.write(text, value.indexOf(PLACEHOLDER), "latin1");
	return u8aConcat(api.createType("u32", id).toU8a(), api.createType("u16", UNIQUE).toU8a(), value);
}

const ask = (method, bytes, check) => {
	const hex = u8aToHex(bytes);
	return { call: () => directory.socket.call("state_call", method, hex), check };
};
const lookUp = (id, number, check) =>
	ask("ContentDirectoryApi_entity_by_unique", argumentsFor(id, identifier(number)), check);
const found = (answer) => {
	if (!answer.startsWith("0x01")) throw new Error(`not found: ${answer}`);
};
const missing = (answer) => {
	if (answer !== "0x00") throw new Error(`found: ${answer}`);
};
const any = (count) => Math.floor(Math.random() * count);

await directory.report(
	{
		hit: ({ id, count }) => lookUp(id, any(count), found),
		miss: ({ id, count }) => lookUp(id, any(count) + 90_000_000, missing),
		"empty call": () => ask("Core_version", new Uint8Array(), () => undefined),
	},
	{ times: lookups, unit: "milliseconds", digits: 3 },
);
