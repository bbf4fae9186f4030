// The life of a schema and of an entity, through @polkadot/api as it comes from the registry.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { alice, bob, charlie, connect, dave, eve, ferdie } from "../lib/api.mjs";
import { passProposal } from "../lib/council.mjs";
import * as d from "../lib/directory.mjs";
import { startDev } from "../lib/node.mjs";
import { blockEvents, send, sendExpecting, sudo } from "../lib/transactions.mjs";

/** Property ids: the position in the schema below. */
const ID = { identifier: 0, title: 1, year: 2, kind: 3, keywords: 4, sequelOf: 5 };

const filmSchema = d.schema({
	identifier: [d.Text(32), "required", "unique", "locked"],
	title: [d.Text(64), "required", "indexed"],
	year: [d.Int(1870, 2100), "indexed"],
	kind: [d.Enum("feature", "short")],
	keywords: [d.TextList(32, 4)],
	sequelOf: [d.Reference()],
});

/** Values in the order of their properties; `undefined` leaves a property out. */
const values = (named) =>
	Object.entries(ID).flatMap(([name, id]) => (named[name] === undefined ? [] : [[id, named[name]]]));

const film = (identifier, more = {}) =>
	values({ identifier: d.text(identifier), title: d.text("Der müde Tod"), year: d.int(1921), ...more });

let node, api, calls, directory;
let suggestion, classId, entity;

/** What the content directory holds from an account, by reason. */
const holds = async ({ address }) =>
	Object.fromEntries(
		(await api.query.balances.holds(address))
			.filter(({ id }) => id.isContentDirectory)
			.map(({ id, amount }) => [id.asContentDirectory.type, amount.toBigInt()]),
	);

/** An account's free balance. */
const free = async (address) => (await api.query.system.account(address)).data.free.toBigInt();

const byIdentifier = async (identifier) =>
	(await directory.entityByUnique(classId, ID.identifier, { Text: d.bytes(identifier) })).unwrapOr(null);

/** The serial numbers of the entities with this title. */
const byTitle = async (title) => {
	const page = await directory.entitiesByIndex(classId, ID.title, { Text: d.bytes(title) }, null, 10);
	return page.items.map(({ id }) => id.serial.toNumber());
};

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
	calls = api.tx.contentDirectory;
	directory = api.call.contentDirectoryApi;
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

test("the metadata alone tells a client everything", async () => {
	const versions = (await api.call.metadata.metadataVersions()).map((version) => version.toNumber());
	for (const version of [14, 15, 16]) assert.ok(versions.includes(version), `version ${version}`);
	assert.equal(Object.keys(calls).length, 25, "all calls of the content directory");
	assert.equal(Object.keys(directory).length, 20, "all functions of its runtime API");

	// Wallets show amounts and addresses by these; the constant wins over the property.
	const properties = await node.rpc("system_properties");
	assert.equal(properties.tokenSymbol, "ROME");
	assert.equal(properties.tokenDecimals, 12);
	assert.equal(properties.ss58Format, api.consts.system.ss58Prefix.toNumber());
});

test("anyone suggests a schema for a new class, for a deposit", async () => {
	const receipt = await send(api, calls.suggestSchema(d.newClass("Film", "Video"), filmSchema), eve);
	const event = receipt.event("contentDirectory", "SchemaSuggested");
	assert.equal(event.proposer.toString(), eve.address);
	assert.equal(event.category.type, "Video");
	suggestion = event.suggestion;

	const { items } = await directory.suggestions("Video", "Suggested", null, 10);
	assert.deepEqual(items.map(({ id }) => id.toNumber()), [suggestion.toNumber()]);
	assert.equal((await directory.suggestions("Audio", null, null, 10)).items.length, 0);
	const [{ suggestion: stored }] = items;
	assert.deepEqual(await holds(eve), { Suggestion: stored.deposit.toBigInt() });
	assert.ok(stored.deposit.toBigInt() > 0n);
});

test("only the council approves, and only what it approved is activated", async () => {
	await sendExpecting(api, "BadOrigin", calls.approveSchema(suggestion), eve);
	await assert.rejects(sudo(api, calls.activateSchema(suggestion), alice), {
		name: "ContentDirectory.SuggestionNotApproved",
	});

	const block = await passProposal(api, calls.approveSchema(suggestion), [bob, charlie]);
	const events = await blockEvents(api, await api.rpc.chain.getBlockHash(block), "contentDirectory");
	assert.deepEqual(events, [["SchemaApproved", { suggestion: suggestion.toNumber() }]]);
	assert.deepEqual(await holds(eve), {}, "the deposit is back");
	const view = (await directory.suggestion(suggestion)).unwrap();
	assert.equal(view.suggestion.status.type, "Approved");
});

test("sudo activates, and the class is there", async () => {
	await sendExpecting(api, "BadOrigin", calls.activateSchema(suggestion), eve);
	const receipt = await sudo(api, calls.activateSchema(suggestion), alice);
	const activated = receipt.event("contentDirectory", "SchemaActivated");
	assert.equal(activated.version.toNumber(), 1);
	classId = activated.class.toNumber();
	assert.equal(receipt.event("contentDirectory", "ClassCreated").name.toUtf8(), "Film");

	const { id, class: stored } = (await directory.classByName(d.bytes("Film"))).unwrap();
	assert.equal(id.toNumber(), classId);
	assert.equal(stored.activeVersion.unwrap().toNumber(), 1);
	const { schema } = (await directory.schema(classId, 1)).unwrap();
	assert.equal(schema.status.type, "Active");
	assert.deepEqual(
		Object.fromEntries(schema.properties.map(({ id, property }) => [property.name.toUtf8(), id.toNumber()])),
		ID,
	);
});

test("an entity is created for a deposit by size, and the fee is shared", async () => {
	const treasury = api.consts.treasury.potAccount.toString();
	const [treasuryBefore, authorBefore] = [await free(treasury), await free(alice.address)];
	const call = calls.createEntity(
		classId,
		1,
		film("tt0012494", { kind: d.enumeration(0), keywords: d.texts("death", "love") }),
		false,
	);
	const receipt = await send(api, call, eve);
	const created = receipt.event("contentDirectory", "EntityCreated");
	assert.equal(created.owner.toString(), eve.address);
	assert.equal(created.version.toNumber(), 1);
	entity = created.entity;

	const fee = receipt.event("transactionPayment", "TransactionFeePaid").actualFee.toBigInt();
	const toTreasury = (await free(treasury)) - treasuryBefore;
	assert.equal(toTreasury, (fee * 80n) / 100n, "the treasury's share");
	assert.equal((await free(alice.address)) - authorBefore, fee - toTreasury, "the author's share");

	const view = (await directory.entity(entity)).unwrap();
	assert.deepEqual(await holds(eve), { Entity: view.entity.deposit.toBigInt() });
});

test("it is found by its unique value and by an indexed one", async () => {
	const found = await byIdentifier("tt0012494");
	assert.ok(found.id.eq(entity));
	assert.deepEqual(
		Object.fromEntries(found.entity.get("values").map(([id, value]) => [id.toNumber(), value.toJSON()])),
		{
			[ID.identifier]: { single: { text: d.bytes("tt0012494") } },
			[ID.title]: { single: { text: d.bytes("Der müde Tod") } },
			[ID.year]: { single: { int: 1921 } },
			[ID.kind]: { single: { enum: 0 } },
			[ID.keywords]: { list: [{ text: d.bytes("death") }, { text: d.bytes("love") }] },
		},
	);
	assert.equal(await byIdentifier("tt9999999"), null);
	assert.deepEqual(await byTitle("Der müde Tod"), [entity.serial.toNumber()]);
});

test("an update changes the named properties only", async () => {
	const before = (await directory.entity(entity)).unwrap().entity;
	const changes = [[ID.title, d.text("Destiny")], [ID.kind, null]];
	await send(api, calls.updateEntity(entity, changes), eve);
	const { entity: changed } = (await directory.entity(entity)).unwrap();

	const named = (stored) => new Map(stored.get("values").map(([id, value]) => [id.toNumber(), value.toHex()]));
	const expected = named(before);
	expected.delete(ID.kind);
	expected.set(ID.title, api.createType(changed.get("values")[0][1].toRawType(), d.text("Destiny")).toHex());
	assert.deepEqual(named(changed), expected);
	assert.deepEqual(await byTitle("Der müde Tod"), []);
	assert.deepEqual(await byTitle("Destiny"), [entity.serial.toNumber()]);
	assert.ok(changed.deposit.lt(before.deposit), "the deposit follows the size");
	assert.deepEqual(await holds(eve), { Entity: changed.deposit.toBigInt() });
});

test("bad input fails by name and changes nothing", async () => {
	const state = async () => [
		(await directory.entities(classId, null, 10)).toHex(),
		(await directory.classByName(d.bytes("Film"))).toHex(),
		await holds(eve),
		await holds(dave),
	];
	const before = await state();
	const create = (content, { of = classId, version = 1 } = {}) =>
		calls.createEntity(of, version, content, false);
	const update = (...changes) => calls.updateEntity(entity, changes);
	const missing = { class: classId, serial: 99 };

	const cases = [
		["DuplicateUnique", create(film("tt0012494")), dave],
		["WrongType", create(film("a", { year: d.text("1921") })), dave],
		["MissingRequired", create(values({ identifier: d.text("a") })), dave],
		["UnknownProperty", create([...film("a"), [6, d.int(1)]]), dave],
		["DuplicateProperty", update([ID.year, d.int(1)], [ID.year, d.int(2)]), eve],
		["OutOfRange", create(film("a", { year: d.int(1869) })), dave],
		["TooLong", create(film("a", { title: d.text("x".repeat(65)) })), dave],
		["NotUtf8", create(film("a", { title: { Single: { Text: "0xff" } } })), dave],
		["UnknownVariant", create(film("a", { kind: d.enumeration(2) })), dave],
		["TooManyItems", create(film("a", { keywords: d.texts("1", "2", "3", "4", "5") })), dave],
		["DanglingReference", create(film("a", { sequelOf: d.reference(missing) })), dave],
		["NotReferenceable", create(film("a", { sequelOf: d.reference(entity) })), dave],
		["SchemaNotActive", create(film("a"), { version: 2 }), dave],
		["ClassNotFound", create(film("a"), { of: 99 }), dave],
		["Locked", update([ID.identifier, d.text("b")]), eve],
		["NotTheOwner", update([ID.title, d.text("Mine")]), dave],
		["NotTheOwner", calls.removeEntity(entity), dave],
		["NotTheOwner", calls.offerTransfer(entity, dave.address), dave],
		["NotOffered", calls.acceptTransfer(entity, 10n ** 18n), dave],
		["EntityNotFound", calls.removeEntity(missing), dave],
		["SuggestionNotFound", calls.withdrawSuggestion(99), dave],
		["ClassNameTaken", calls.suggestSchema(d.newClass("Film", "Video"), filmSchema), dave],
		["SchemaEmpty", calls.suggestSchema(d.newClass("Empty", "Other"), d.schema({})), dave],
	];
	for (const [name, call, signer] of cases) {
		await sendExpecting(api, `ContentDirectory.${name}`, call, signer);
	}
	assert.deepEqual(await state(), before);
});

test("a paused class takes nothing in", async () => {
	await sudo(api, calls.setClassStatus(classId, "Paused"), alice);
	const create = calls.createEntity(classId, 1, film("a"), false);
	await sendExpecting(api, "ContentDirectory.ClassPaused", create, dave);
	await sudo(api, calls.setClassStatus(classId, "Open"), alice);
});

test("a quota is kept", async () => {
	await sudo(api, calls.setQuota(classId, eve.address, 1), alice);
	const create = calls.createEntity(classId, 1, film("a"), false);
	await sendExpecting(api, "ContentDirectory.QuotaReached", create, eve);
	assert.deepEqual((await directory.quota(classId, eve.address)).toJSON(), [1, 1]);
	await sudo(api, calls.setQuota(classId, eve.address, null), alice);
});

test("an entity is offered, and taken over for the taker's own deposit", async () => {
	const offered = await send(api, calls.offerTransfer(entity, ferdie.address), eve);
	assert.equal(offered.event("contentDirectory", "TransferOffered").to.toString(), ferdie.address);
	const { entity: stored, offeredTo } = (await directory.entity(entity)).unwrap();
	assert.equal(offeredTo.toString(), ferdie.address);

	const deposit = stored.deposit.toBigInt();
	const accept = (limit) => calls.acceptTransfer(entity, limit);
	await sendExpecting(api, "ContentDirectory.NotOffered", accept(deposit), dave);
	await sendExpecting(api, "ContentDirectory.DepositTooHigh", accept(deposit - 1n), ferdie);
	const accepted = (await send(api, accept(deposit), ferdie)).event("contentDirectory", "TransferAccepted");
	assert.equal(accepted.from.toString(), eve.address);
	assert.equal(accepted.to.toString(), ferdie.address);

	const found = await byIdentifier("tt0012494");
	assert.equal(found.entity.owner.toString(), ferdie.address);
	assert.ok(found.offeredTo.isNone);
	assert.deepEqual(await holds(eve), {});
	assert.deepEqual(await holds(ferdie), { Entity: deposit });
	assert.equal((await directory.entitiesOf(eve.address, null, null, 10)).items.length, 0);
	assert.equal((await directory.entitiesOf(ferdie.address, classId, null, 10)).items.length, 1);
	await sendExpecting(api, "ContentDirectory.NotTheOwner", calls.removeEntity(entity), eve);
});

test("a removed entity leaves nothing behind", async () => {
	const receipt = await send(api, calls.removeEntity(entity), ferdie);
	assert.equal(receipt.event("contentDirectory", "EntityRemoved").owner.toString(), ferdie.address);

	assert.ok((await directory.entity(entity)).isNone);
	assert.equal(await byIdentifier("tt0012494"), null);
	assert.deepEqual(await byTitle("Destiny"), []);
	for (const account of [alice, bob, charlie, dave, eve, ferdie]) {
		assert.deepEqual(await holds(account), {}, "nothing is held");
	}
	const { stats } = (await directory.classByName(d.bytes("Film"))).unwrap();
	assert.equal(stats.entities.toNumber(), 0);

	// Its value is free again, its number is not.
	const again = await send(api, calls.createEntity(classId, 1, film("tt0012494"), false), dave);
	const { entity: next } = again.event("contentDirectory", "EntityCreated");
	assert.equal(next.serial.toNumber(), entity.serial.toNumber() + 1);
});
