// Short ways to write down what the content directory takes.

import { stringToHex } from "@polkadot/util";
import { sudo, send } from "./transactions.mjs";
import { passMotion } from "./council.mjs";

/** Bytes from text. As hex, because @polkadot/api would take `0x` at the start of a text for hex. */
export const bytes = (text) => stringToHex(text);

/** Single values. */
export const text = (value) => ({ Single: { Text: bytes(value) } });
export const int = (value) => ({ Single: { Int: value } });
export const enumeration = (position) => ({ Single: { Enum: position } });
export const reference = (entity) => ({ Single: { Reference: entity } });
/** A list of texts. */
export const texts = (...values) => ({ List: values.map((value) => ({ Text: bytes(value) })) });

/** Types of single values. */
export const Text = (maxLength) => ({ Single: { Text: { maxLength } } });
export const Int = (min = null, max = null) => ({ Single: { Int: { min, max } } });
export const Enum = (...variants) => ({ Single: { Enum: { variants: variants.map(bytes) } } });
export const Reference = (settings = {}) => ({
	Single: { Reference: { class: null, sameOwner: false, ...settings } },
});
/** A list of texts. */
export const TextList = (maxLength, maxItems) => ({
	List: { item: { Text: { maxLength } }, maxItems },
});

/** A schema of `{ name: [type, flag, ...] }`; property ids follow the order. */
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
		rule: null,
	})),
});

/** A class that does not exist yet. */
export const newClass = (name, category) => ({
	New: {
		name: bytes(name),
		config: {
			description: bytes(`${name}, for a test`),
			category,
			creation: "Anyone",
			maxEntities: null,
			defaultQuota: null,
		},
	},
});

/** Suggests a schema, has the council approve it and sudo activate it; returns the class's number. */
export async function establish(api, target, draft, { proposer, council, root }) {
	const { contentDirectory } = api.tx;
	const suggested = await send(api, contentDirectory.suggestSchema(target, draft), proposer);
	const { suggestion } = suggested.event("contentDirectory", "SchemaSuggested");
	await passMotion(api, contentDirectory.approveSchema(suggestion), council);
	const activated = await sudo(api, contentDirectory.activateSchema(suggestion), root);
	return activated.event("contentDirectory", "SchemaActivated").class.toNumber();
}
