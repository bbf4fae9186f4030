// A small client of the content directory, written against PAPI's generated types. The test has the
// TypeScript compiler check it before it runs it.

import { Binary, createClient, Enum } from "polkadot-api";
import { getWsProvider } from "polkadot-api/ws";
import { rome } from "../.papi/descriptors/dist/index.js";

/** @typedef {import("polkadot-api").PolkadotSigner} Signer */
/** @typedef {import("polkadot-api").TypedApi<typeof rome>} Api */

/**
 * @param {string} url
 * @param {typeof WebSocket} websocketClass Node.js has one of its own from version 22 on.
 */
export function connect(url, websocketClass) {
	const client = createClient(getWsProvider(url, { websocketClass }));
	return { client, api: client.getTypedApi(rome) };
}

/** The property that the schema has. */
const IDENTIFIER = 0;

/** @param {string} text */
const scalar = (text) => Enum("Text", Binary.fromText(text));

/**
 * Sends a transaction and returns its events.
 *
 * @param {{ signAndSubmit: (signer: Signer) => Promise<import("polkadot-api").TxFinalizedPayload> }} transaction
 * @param {Signer} signer
 */
async function send(transaction, signer) {
	const { ok, events, dispatchError } = await transaction.signAndSubmit(signer);
	if (!ok) throw new Error(describe(dispatchError));
	return events;
}

/** @param {{ type: string, value?: any }} error */
function describe(error) {
	const inner = error.value?.value?.type;
	return [error.type, error.value?.type, inner].filter(Boolean).join(".");
}

/**
 * Suggests a schema for a new class; returns the suggestion's number.
 *
 * @param {Api} api
 * @param {Signer} signer
 * @param {string} name
 */
export async function suggest(api, signer, name) {
	const transaction = api.tx.ContentDirectory.suggest_schema({
		target: Enum("New", {
			name: Binary.fromText(name),
			config: {
				description: Binary.fromText("Made by a PAPI client"),
				category: Enum("Audio"),
				creation: Enum("Anyone"),
				max_entities: 100,
				default_quota: undefined,
				free_form: false,
			},
		}),
		// A struct of one field is that field in these types.
		schema: [
			{
				property: {
					name: Binary.fromText("identifier"),
					description: Binary.fromText(""),
					kind: Enum("Single", Enum("Text", { max_length: 32 })),
					required: true,
					unique: true,
					indexed: false,
					locked: false,
				},
				rule: undefined,
			},
		],
	});
	const [event] = api.event.ContentDirectory.SchemaSuggested.filter(await send(transaction, signer));
	return event.payload.suggestion;
}

/**
 * Has the council approve a suggestion.
 *
 * @param {Api} api
 * @param {Signer[]} members
 * @param {number} suggestion
 */
export async function approve(api, members, suggestion) {
	const submit = api.tx.Proposals.submit({
		title: Binary.fromText("Approve a schema"),
		text: Binary.fromText(""),
		action: Enum("ApproveSchema", { suggestion }),
	});
	const [submitted] = api.event.Proposals.ProposalSubmitted.filter(await send(submit, members[0]));
	const { proposal } = submitted.payload;
	for (const member of members) {
		const vote = api.tx.Proposals.vote({
			proposal,
			vote: Enum("Approve"),
			reason: Binary.fromText("it describes films well"),
		});
		const decided = api.event.Proposals.ProposalDecided.filter(await send(vote, member));
		if (decided.length > 0) return decided[0].payload.outcome.type === "Passed";
	}
	return false;
}

/**
 * Activates a suggestion through sudo; returns the number of its class.
 *
 * @param {Api} api
 * @param {Signer} signer
 * @param {number} suggestion
 */
export async function activate(api, signer, suggestion) {
	const { decodedCall: call } = api.tx.ContentDirectory.activate_schema({ suggestion });
	const events = await send(api.tx.Sudo.sudo({ call }), signer);
	return api.event.ContentDirectory.SchemaActivated.filter(events)[0].payload.class;
}

/**
 * Creates an entity; returns its id.
 *
 * @param {Api} api
 * @param {Signer} signer
 * @param {number} classId
 * @param {string} identifier
 */
export async function create(api, signer, classId, identifier) {
	const transaction = api.tx.ContentDirectory.create_entity({
		class: classId,
		version: 1,
		values: [[IDENTIFIER, Enum("Single", scalar(identifier))]],
		referenceable: true,
	});
	return api.event.ContentDirectory.EntityCreated.filter(await send(transaction, signer))[0].payload.entity;
}

/**
 * Gives an entity another identifier.
 *
 * @param {Api} api
 * @param {Signer} signer
 * @param {Awaited<ReturnType<typeof create>>} entity
 * @param {string} identifier
 */
export const rename = (api, signer, entity, identifier) =>
	send(
		api.tx.ContentDirectory.update_entity({
			entity,
			changes: [[IDENTIFIER, Enum("Single", scalar(identifier))]],
		}),
		signer,
	);

/**
 * The entity with this identifier, if there is one.
 *
 * @param {Api} api
 * @param {number} classId
 * @param {string} identifier
 */
export const lookUp = (api, classId, identifier) =>
	api.apis.ContentDirectoryApi.entity_by_unique(classId, IDENTIFIER, scalar(identifier), { at: "best" });

/**
 * Removes an entity.
 *
 * @param {Api} api
 * @param {Signer} signer
 * @param {Awaited<ReturnType<typeof create>>} entity
 */
export const remove = (api, signer, entity) =>
	send(api.tx.ContentDirectory.remove_entity({ entity }), signer);

/**
 * Never called: that the generated types tell right from wrong.
 *
 * @param {Api} api
 */
export function wrong(api) {
	// @ts-expect-error an entity id has a serial number
	api.tx.ContentDirectory.remove_entity({ entity: { class: 1 } });
	// @ts-expect-error there is no such kind of value
	api.apis.ContentDirectoryApi.entity_by_unique(0, 0, Enum("Txt", Binary.fromText("")));
}
