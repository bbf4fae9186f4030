// Short ways to write down what the content directory takes.

import { stringToHex } from "@polkadot/util";
import { sudo, send } from "./transactions.mjs";
import { passProposal } from "./council.mjs";

/** Bytes from text. As hex, because @polkadot/api would take `0x` at the start of a text for hex. */
export const bytes = (text) => stringToHex(text);

/** Single values. */
export const text = (value) => ({ Single: { Text: bytes(value) } });
export const int = (value) => ({ Single: { Int: value } });
export const enumeration = (position) => ({ Single: { Enum: position } });
export const reference = (entity) => ({ Single: { Reference: entity } });
/** A decimal, in units of its last digit. */
export const decimal = (units) => ({ Single: { Decimal: units } });
/** A list of texts. */
export const texts = (...values) => ({ List: values.map((value) => ({ Text: bytes(value) })) });
/** A list of whole numbers. */
export const ints = (...values) => ({ List: values.map((value) => ({ Int: value })) });

/** The property that holds a free-form document, an entity of version 0. */
export const DOCUMENT = 0xffff;
/** In a batch, what the operation at `position` creates. */
export const created = (position) => ({ class: 0xffff_ffff, serial: position });

/** Types of single values. */
export const Text = (maxLength) => ({ Single: { Text: { maxLength } } });
export const Int = (min = null, max = null) => ({ Single: { Int: { min, max } } });
export const Enum = (...variants) => ({ Single: { Enum: { variants: variants.map(bytes) } } });
export const Reference = (settings = {}) => ({
	Single: { Reference: { class: null, sameOwner: false, ...settings } },
});
export const Decimal = (scale) => ({ Single: { Decimal: { scale } } });
/** A list of texts. */
export const TextList = (maxLength, maxItems) => ({
	List: { item: { Text: { maxLength } }, maxItems },
});
/** A list of whole numbers. */
export const IntList = (maxItems) => ({ List: { item: { Int: { min: null, max: null } }, maxItems } });

/** Rules: what a property makes of the version before. */
export const carry = (from) => ({ Carry: { from } });
/** `table` says which text becomes which variant. */
export const cast = (from, table = {}) => ({
	Cast: { from, table: Object.entries(table).map(([text, variant]) => [bytes(text), variant]) },
});
export const fallback = (value) => ({ Default: value });
export const ask = { Ask: null };

/** A schema of `{ name: [type, flag or rule, ...] }`; ids of new properties follow the order. */
export const schema = (properties) => ({
	properties: Object.entries(properties).map(([name, [kind, ...flags]]) => ({
		property: {
			name: bytes(name),
			description: bytes(""),
			kind,
			required: flags.includes("required"),
			unique: flags.includes("unique"),
			indexed: flags.includes("indexed"),
			locked: flags.includes("locked"),
		},
		rule: flags.find((flag) => typeof flag === "object") ?? null,
	})),
});

/** A class that does not exist yet. */
export const newClass = (name, category, settings = {}) => ({
	New: {
		name: bytes(name),
		config: {
			description: bytes(`${name}, for a test`),
			category,
			creation: "Anyone",
			maxEntities: null,
			defaultQuota: null,
			freeForm: false,
			...settings,
		},
	},
});

/** The next version of a class that exists. */
export const nextVersion = (classId, base) => ({ Existing: { class: classId, base } });

/** An entity's values as the chain has them, by property id. */
export const byProperty = (entity) =>
	Object.fromEntries(entity.get("values").map(([id, value]) => [id.toNumber(), value.toJSON()]));
/** Values written down by property id, as {@link byProperty} gives them. */
export const asStored = (values) => JSON.parse(JSON.stringify(values), (_, value) => {
	// The API writes the names of variants small.
	if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, field]) => [key[0].toLowerCase() + key.slice(1), field]));
});

/** Suggests a schema, has the council approve it and sudo activate it; returns the class's number. */
export async function establish(api, target, draft, { proposer, council, root }) {
	const { contentDirectory } = api.tx;
	const suggested = await send(api, contentDirectory.suggestSchema(target, draft), proposer);
	const { suggestion } = suggested.event("contentDirectory", "SchemaSuggested");
	await passProposal(api, contentDirectory.approveSchema(suggestion), council);
	const activated = await sudo(api, contentDirectory.activateSchema(suggestion), root);
	return activated.event("contentDirectory", "SchemaActivated").class.toNumber();
}
