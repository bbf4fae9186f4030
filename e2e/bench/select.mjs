// What a row of `contentDirectory_select` costs in a class of 1,000 and of 1,000,000 entities: by equality, by
// range and in order.
//
// Every query asks for the same number of rows. In `serial`, neighbours in the index are neighbours in storage,
// as with dates; `scattered` and `shared` have each row of an answer anywhere in the class, and of `shared`
// each value is held by as many entities as an answer has rows.

import * as d from "../lib/directory.mjs";
import { options } from "./figures.mjs";
import { numbersTemplate } from "./raw.mjs";
import { COLD, TwoSizes, WARM } from "./two-sizes.mjs";

const { small, large, batch: batchSize, queries, rows } = options({
	small: 1_000,
	large: 1_000_000,
	// Entities in one block.
	batch: 4_000,
	// Queries of each kind.
	queries: 500,
	// Rows of each answer.
	rows: 100,
});
if (small % rows !== 0 || large % rows !== 0 || small <= rows || large <= small) {
	throw new Error("both numbers of entities are multiples of the rows, and more than these");
}

const directory = await TwoSizes.open("select", d.schema({
	serial: [d.Int(), "indexed"],
	scattered: [d.Int(), "indexed"],
	shared: [d.Int(), "indexed"],
	title: [d.Text(32)],
}), [small, large]);

const PLACEHOLDERS = [0x1122334455667701n, 0x1122334455667702n, 0x1122334455667703n];
const callsFor = (id) => numbersTemplate(
	directory.api.tx.contentDirectory.createEntity(
		id,
		1,
		[...PLACEHOLDERS.map((placeholder, property) => [property, d.int(placeholder)]), [3, d.text("a title of some length")]],
		false,
	),
	PLACEHOLDERS,
);

/** The numbers below `count` in an order that has no order, the same each time. */
function shuffled(count) {
	const numbers = Array.from({ length: count }, (_, index) => index);
	let state = 12345;
	for (let index = numbers.length - 1; index > 0; index -= 1) {
		state = (Math.imul(state, 1103515245) + 12345) >>> 0;
		const other = state % (index + 1);
		[numbers[index], numbers[other]] = [numbers[other], numbers[index]];
	}
	return numbers;
}

for (const one of directory.classes) {
	const call = callsFor(one.id);
	const scattered = shuffled(one.count);
	const shared = shuffled(one.count).map((number) => Math.floor(number / rows));
	await directory.fill(one, batchSize, (number) => call([number, scattered[number], shared[number]].map(BigInt)));
}

/** What is asked, at a place from 0 to below 1 of the class. */
const KINDS = {
	"equality (shared)": (count, at) => ({ where: `shared = ${Math.floor(at * (count / rows))}` }),
	"range (serial)": (count, at) => between("serial", count, at),
	"range (scattered)": (count, at) => between("scattered", count, at),
	"in order (serial)": (count, at) => ordered("serial", count, at, ">=", "asc"),
	"in order (scattered)": (count, at) => ordered("scattered", count, at, ">=", "asc"),
	"in order, descending (scattered)": (count, at) => ordered("scattered", count, at, "<", "desc"),
	"the first in order (scattered)": () => ({ orderBy: "scattered" }),
	"the last in order (scattered)": () => ({ orderBy: "scattered desc" }),
};

function between(property, count, at) {
	const from = Math.floor(at * (count - rows));
	return { where: `${property} >= ${from} and ${property} < ${from + rows}` };
}

function ordered(property, count, at, comparison, direction) {
	const edge = Math.floor(at * (count - rows));
	const bound = comparison === "<" ? edge + rows : edge;
	return { where: `${property} ${comparison} ${bound}`, orderBy: `${property} ${direction}` };
}

/**
 * Over HTTP, which sends an answer in one piece: of a websocket's long ones, the end waits for the acknowledgement of
 * the beginning, up to 40 ms.
 */
function question(kind, { name, count }) {
	const query = { class: name, limit: rows, ...KINDS[kind](count, Math.random()) };
	return {
		call: () => directory.node.rpc("contentDirectory_select", query),
		check({ entities }) {
			if (entities.length !== rows) throw new Error(`${kind}: ${entities.length} rows for ${JSON.stringify(query)}`);
		},
	};
}

for (const kind of Object.keys(KINDS)) {
	const { name, count } = directory.classes[1];
	const { access } = await directory.node.rpc("contentDirectory_explain", { class: name, limit: rows, ...KINDS[kind](count, 0.5) });
	if (access !== "index") throw new Error(`${kind} goes by ${access}`);
}

const questions = Object.keys(KINDS).map((kind) => [kind, (of) => question(kind, of)]);
await directory.report(Object.fromEntries(questions), {
	times: queries,
	states: [COLD, WARM],
	scale: 1_000 / rows,
	unit: `microseconds for a row, ${rows} rows in each answer`,
});
