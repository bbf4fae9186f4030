// Old, new and mixed entries: read as one version, moved to it one by one and all together. Batches and
// curators too, as far as a client sees them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { alice, bob, charlie, connect, dave, eve, ferdie } from "../lib/api.mjs";
import * as d from "../lib/directory.mjs";
import { startDev } from "../lib/node.mjs";
import { blockEvents, send, sendExpecting, sudo } from "../lib/transactions.mjs";

const people = { proposer: eve, council: [alice, bob, charlie], root: alice };

/** Ids: 0 to 4. */
const first = d.schema({
	identifier: [d.Text(32), "required", "unique"],
	title: [d.Text(64), "required"],
	pages: [d.Int()],
	kind: [d.Text(16)],
	price: [d.Int()],
});
/** `name` is what `title` was, and shorter. New ids: 5 to 7. */
const second = d.schema({
	identifier: [d.Text(32), "required", "unique", d.carry(0)],
	name: [d.Text(12), "required", d.carry(1)],
	pages: [d.Int(), "indexed", d.carry(2)],
	kind: [d.Enum("novel", "essay"), d.cast(3, { Novel: 0, Essay: 1 })],
	price: [d.Decimal(2), d.cast(4)],
	language: [d.Text(8), d.fallback(d.text("en"))],
});
/** Every entry has a kind. New ids: 8 and 9. */
const third = d.schema({
	identifier: [d.Text(32), "required", "unique", d.carry(0)],
	name: [d.Text(12), "required", d.carry(1)],
	kind: [d.Enum("novel", "essay"), "required", d.carry(5)],
	price: [d.Decimal(2), d.carry(6)],
	language: [d.Text(8), d.carry(7)],
	pages: [d.IntList(3), d.cast(2)],
	shelf: [d.Text(8)],
});
const ID = { identifier: 0, title: 1, pages: 2, kindText: 3, priceInt: 4, kind: 5, price: 6, language: 7, pagesList: 8, shelf: 9 };
const { identifier, title, pages, kindText, priceInt, kind, price, language, pagesList, shelf } = ID;

let node, api, calls, directory, book;
/** Entities by what is particular about them. */
const entry = {};

const create = async (version, values, signer, of = book) => {
	const receipt = await send(api, calls.createEntity(of, version, Object.entries(values), false), signer);
	return receipt.event("contentDirectory", "EntityCreated").entity.toJSON();
};
const migrate = (id, supplied = {}, group = null) => calls.migrateEntity(id, 3, Object.entries(supplied), group);
const stored = async (id) => (await directory.entity(id)).unwrap().entity;
const readAs = async (id, version = 3) => (await directory.entityAs(id, version)).asOk;
/** How many entities there are of each version. */
const counts = async () => {
	const { stats } = (await directory.classByName(d.bytes("Book"))).unwrap();
	return Object.fromEntries(stats.byVersion.map(([version, entities]) => [version.toNumber(), entities.toNumber()]));
};
const held = async ({ address }) => (await api.query.balances.holds(address)).toHex();

before(async () => {
	node = await startDev("instant");
	api = await connect(node);
	calls = api.tx.contentDirectory;
	directory = api.call.contentDirectoryApi;

	book = await d.establish(api, d.newClass("Book", "WrittenMedia", { freeForm: true }), first, people);
	const old = (key, more) => ({ [identifier]: d.text(key), [title]: d.text("Emma"), ...more });
	entry.fits = await create(1, old("fits", { [pages]: d.int(474), [kindText]: d.text("Novel"), [priceInt]: d.int(12) }), eve);
	entry.long = await create(1, old("long", { [title]: d.text("Pride and Prejudice") }), dave);
	entry.poem = await create(1, old("poem", { [kindText]: d.text("Poem") }), ferdie);
	entry.free = await create(0, { [d.DOCUMENT]: d.text('{"title": "Persuasion"}') }, charlie);
	entry.swept = await create(1, old("swept", { [kindText]: d.text("Essay"), [priceInt]: d.int(-3) }), eve);
	await d.establish(api, d.nextVersion(book, 1), second, people);
	const middle = { [identifier]: d.text("middle"), [title]: d.text("Middlemarch"), [pages]: d.int(880), [kind]: d.enumeration(0), [price]: d.decimal(1050) };
	entry.middle = await create(2, middle, dave);
	entry.second = await create(2, { ...middle, [identifier]: d.text("second"), [language]: d.text("fr") }, eve);
	await d.establish(api, d.nextVersion(book, 2), third, people);
	entry.third = await create(3, { [identifier]: d.text("third"), [title]: d.text("Walden"), [kind]: d.enumeration(1), [pagesList]: d.ints(1, 2), [shelf]: d.text("A1") }, ferdie);
});
after(async () => {
	await api?.disconnect();
	await node?.stop();
});

/** What each entry is as version 3: how far that went, and the values. */
const expected = {
	fits: ["Complete", { [identifier]: d.text("fits"), [title]: d.text("Emma"), [kind]: d.enumeration(0), [price]: d.decimal(1200), [language]: d.text("en"), [pagesList]: d.ints(474) }],
	long: [[title, kind], { [identifier]: d.text("long"), [language]: d.text("en") }],
	poem: [[kind], { [identifier]: d.text("poem"), [title]: d.text("Emma"), [language]: d.text("en") }],
	free: [[identifier, title, kind, price, language, pagesList, shelf], {}],
	swept: ["Complete", { [identifier]: d.text("swept"), [title]: d.text("Emma"), [kind]: d.enumeration(1), [price]: d.decimal(-300), [language]: d.text("en") }],
	middle: ["Complete", { [identifier]: d.text("middle"), [title]: d.text("Middlemarch"), [kind]: d.enumeration(0), [price]: d.decimal(1050), [pagesList]: d.ints(880) }],
	second: ["Complete", { [identifier]: d.text("second"), [title]: d.text("Middlemarch"), [kind]: d.enumeration(0), [price]: d.decimal(1050), [language]: d.text("fr"), [pagesList]: d.ints(880) }],
	third: ["Complete", { [identifier]: d.text("third"), [title]: d.text("Walden"), [kind]: d.enumeration(1), [pagesList]: d.ints(1, 2), [shelf]: d.text("A1") }],
};
const valuesOf = (name) => d.asStored(expected[name][1]);

test("entries of versions 0, 1, 2 and 3 are read as version 3 in one call", async () => {
	const page = (await directory.entitiesAs(book, 3, null, 10)).asOk;
	assert.ok(page.next.isNone);
	const read = page.items.map((view) => ({
		serial: view.id.serial.toNumber(),
		stored: view.stored.toNumber(),
		version: view.version.toNumber(),
		reading: view.reading.isAsks ? view.reading.asAsks.map((id) => id.toNumber()) : view.reading.type,
		values: d.byProperty(view),
	}));
	const versions = { fits: 1, long: 1, poem: 1, free: 0, swept: 1, middle: 2, second: 2, third: 3 };
	assert.deepEqual(
		read,
		Object.entries(versions).map(([name, stored], serial) => ({
			serial,
			stored,
			version: 3,
			reading: expected[name][0],
			values: valuesOf(name),
		})),
	);
	const asking = (await directory.entitiesAsking(book, 3, null, 10)).asOk;
	assert.deepEqual(asking.items.map(({ id }) => id.toJSON()), [entry.long, entry.poem, entry.free]);

	// Single entries read the same, as any version from their own on.
	assert.deepEqual(d.byProperty(await readAs(entry.fits)), valuesOf("fits"));
	assert.deepEqual(d.byProperty(await readAs(entry.fits, 1)), d.byProperty(await stored(entry.fits)));
	assert.equal((await directory.entityAs(entry.third, 2)).asErr.type, "StoredLater");
	assert.equal((await directory.entityAs(entry.fits, 4)).asErr.type, "SchemaNotFound");
	assert.equal((await directory.entityAs({ class: book, serial: 99 }, 3)).asErr.type, "EntityNotFound");
});

test("what became indexed is found in old entries as well", async () => {
	const found = await directory.entitiesByIndex(book, pages, { Int: 474 }, null, 10);
	assert.deepEqual(found.items.map(({ id }) => id.toJSON()), [entry.fits]);
	assert.ok((await directory.maintenance(book)).build.isNone, "nothing is left to build");
});

test("the owner migrates an entry", async () => {
	const before = await stored(entry.fits);
	for (const [error, call, signer] of [
		["NotTheOwner", migrate(entry.fits), dave],
		["NotAsked", migrate(entry.fits, { [shelf]: d.text("A2") }), eve],
		["UnknownProperty", migrate(entry.fits, { [kindText]: d.text("Novel") }), eve],
		["SchemaNotFound", calls.migrateEntity(entry.fits, 4, [], null), eve],
		["NotALaterVersion", calls.migrateEntity(entry.fits, 1, [], null), eve],
		["NotALaterVersion", migrate(entry.third), ferdie],
		["EntityNotFound", migrate({ class: book, serial: 99 }), eve],
		["CuratorGroupNotFound", migrate(entry.fits, {}, 99), dave],
	]) {
		await sendExpecting(api, `ContentDirectory.${error}`, call, signer);
	}
	assert.equal((await stored(entry.fits)).toHex(), before.toHex(), "nothing has changed");

	const receipt = await send(api, migrate(entry.fits), eve);
	const event = receipt.event("contentDirectory", "EntityMigrated");
	assert.deepEqual([event.entity.toJSON(), event.from.toNumber(), event.to.toNumber()], [entry.fits, 1, 3]);
	const after = await stored(entry.fits);
	assert.equal(after.version.toNumber(), 3);
	assert.deepEqual(d.byProperty(after), valuesOf("fits"));
	assert.deepEqual(await counts(), { 0: 1, 1: 3, 2: 2, 3: 2 });
	const found = await directory.entitiesByIndex(book, pages, { Int: 474 }, null, 10);
	assert.equal(found.items.length, 0, "the index entry went with the property");
});

test("what a migration asks for is supplied", async () => {
	const supplied = { [title]: d.text("Pride"), [kind]: d.enumeration(0) };
	for (const [error, given] of [
		["NotSupplied", {}],
		["NotSupplied", { [title]: supplied[title] }],
		["TooLong", { ...supplied, [title]: d.text("Pride and Prejudice") }],
		["MissingRequired", { ...supplied, [kind]: null }],
		["WrongType", { ...supplied, [kind]: d.text("novel") }],
	]) {
		await sendExpecting(api, `ContentDirectory.${error}`, migrate(entry.long, given), dave);
	}
	await send(api, migrate(entry.long, supplied), dave);
	const values = d.asStored({ ...expected.long[1], ...supplied });
	assert.deepEqual(d.byProperty(await stored(entry.long)), values);
});

test("root migrates an entry, which stays its owner's", async () => {
	const before = await stored(entry.middle);
	const receipt = await sudo(api, migrate(entry.middle), alice);
	const event = receipt.event("contentDirectory", "EntityMigrated");
	assert.deepEqual([event.entity.toJSON(), event.from.toNumber()], [entry.middle, 2]);
	const after = await stored(entry.middle);
	assert.deepEqual(d.byProperty(after), valuesOf("middle"));
	assert.equal(after.owner.toString(), dave.address);
	assert.ok(after.deposit.lt(before.deposit), "without an index entry, less is held");
});

test("root migrates the class: what fits is moved, the rest is listed", async () => {
	await sendExpecting(api, "BadOrigin", calls.migrateClass(book, 3), eve);
	const refused = async (name, call) => assert.rejects(sudo(api, call, alice), { name: `ContentDirectory.${name}` });
	await refused("ClassNotFound", calls.migrateClass(99, 3));
	await refused("SchemaNotFound", calls.migrateClass(book, 4));
	await refused("MigrationNotRunning", calls.cancelMigration(book));

	const before = await held(eve);
	const { deposit } = await stored(entry.swept);
	const { blockHash } = await sudo(api, calls.migrateClass(book, 3), alice);
	const version = 3;
	assert.deepEqual(await blockEvents(api, blockHash, "contentDirectory"), [
		["MigrationStarted", { class: book, version }],
		["EntityAsks", { entity: entry.poem, version, properties: expected.poem[0] }],
		["EntityAsks", { entity: entry.free, version, properties: expected.free[0] }],
		["EntityMigrated", { entity: entry.swept, from: 1, to: 3 }],
		["EntityMigrated", { entity: entry.second, from: 2, to: 3 }],
		["MigrationFinished", { class: book, version, moved: 2, asking: 2 }],
	]);
	assert.ok((await directory.maintenance(book)).sweep.isNone);
	assert.deepEqual(d.byProperty(await stored(entry.swept)), valuesOf("swept"));
	assert.deepEqual(d.byProperty(await stored(entry.second)), valuesOf("second"));
	assert.deepEqual(await counts(), { 0: 1, 1: 1, 2: 0, 3: 6 });

	// A migration by others takes nothing from the owner; the owner's next change makes up for it.
	assert.ok((await stored(entry.swept)).deposit.eq(deposit));
	assert.notEqual(await held(eve), before, "the other one's index entry is paid back");
	await send(api, calls.updateEntity(entry.swept, []), eve);
	assert.ok((await stored(entry.swept)).deposit.gt(deposit));
});

test("a version is retired once nothing is left of it", async () => {
	const retire = (version) => sudo(api, calls.retireSchema(book, version), alice);
	await assert.rejects(retire(1), { name: "ContentDirectory.SchemaInUse" });
	await retire(2);
	// By way of a retired version, an old entry still comes to the newest one.
	await send(api, migrate(entry.poem, { [kind]: d.enumeration(1) }), ferdie);
	assert.equal((await stored(entry.poem)).version.toNumber(), 3);
	await retire(1);
	assert.equal((await directory.schema(book, 1)).unwrap().schema.status.type, "Retired");
	// A free-form document becomes an entry by what its owner says.
	const given = { [identifier]: d.text("free"), [title]: d.text("Persuasion"), [kind]: d.enumeration(0) };
	await sendExpecting(api, "ContentDirectory.DuplicateUnique", migrate(entry.free, { ...given, [identifier]: d.text("fits") }), charlie);
	await send(api, migrate(entry.free, given), charlie);
	assert.deepEqual(d.byProperty(await stored(entry.free)), d.asStored(given));
	assert.deepEqual(await counts(), { 0: 0, 3: 8 });
});

test("of old entries that hold one value, the first has it when it becomes unique", async () => {
	const tag = await d.establish(api, d.newClass("Tag", "Other"), d.schema({ word: [d.Text(8), "required"] }), people);
	const earlier = await create(1, { 0: d.text("same") }, dave, tag);
	const later = await create(1, { 0: d.text("same") }, eve, tag);
	const unique = d.schema({ word: [d.Text(8), "required", "unique", d.carry(0)] });
	await d.establish(api, d.nextVersion(tag, 1), unique, people);
	const events = await blockEvents(api, await node.rpc("chain_getBlockHash"), "contentDirectory");
	assert.deepEqual(events.slice(1), [
		["UniqueTaken", { entity: later, property: 0, holder: earlier }],
		["EntriesBuilt", { class: tag, properties: [0] }],
	]);
	const holder = async (word) => (await directory.entityByUnique(tag, 0, { Text: d.bytes(word) })).unwrapOr(null)?.id.toJSON();
	assert.deepEqual(await holder("same"), earlier);

	const views = (await directory.entitiesAs(tag, 2, null, 10)).asOk.items;
	assert.deepEqual(views.map(({ reading }) => reading.toJSON()), [{ complete: null }, { asks: [0] }]);
	const move = (id, supplied) => calls.migrateEntity(id, 2, supplied, null);
	await sendExpecting(api, "ContentDirectory.DuplicateUnique", move(later, [[0, d.text("same")]]), eve);
	await send(api, move(later, [[0, d.text("other")]]), eve);
	await send(api, move(earlier, []), dave);
	assert.deepEqual([await holder("same"), await holder("other")], [earlier, later]);
});

test("free-form documents are JSON, and only where the class wants them", async () => {
	const document = (text) => calls.createEntity(book, 0, [[d.DOCUMENT, d.text(text)]], false);
	await sendExpecting(api, "ContentDirectory.NotJson", document("{title: 1}"), charlie);
	const other = await d.establish(api, d.newClass("Strict", "Other"), d.schema({ name: [d.Text(8)] }), people);
	const call = calls.createEntity(other, 0, [[d.DOCUMENT, d.text("{}")]], false);
	await sendExpecting(api, "ContentDirectory.NoFreeForm", call, charlie);
});

test("rules that cannot be kept are refused when they are suggested", async () => {
	const suggest = (schema) => calls.suggestSchema(d.nextVersion(book, 3), d.schema(schema));
	for (const [error, schema] of [
		["BadCarry", { x: [d.Text(12), d.carry(77)] }],
		["BadCarry", { x: [d.Text(32), "unique", d.carry(0)], y: [d.Text(32), "unique", d.carry(0)] }],
		["CarryChangesProperty", { x: [d.Int(), d.carry(shelf)] }],
		["CarryChangesProperty", { x: [d.Text(32), d.carry(identifier)] }],
		["BadCast", { x: [d.Int(), d.cast(shelf)] }],
		["BadTable", { x: [d.Enum("a"), d.cast(shelf)] }],
		["BadTable", { x: [d.Enum("a"), d.cast(shelf, { A: 1 })] }],
		["BadDefault", { x: [d.Int(0, 9), d.fallback(d.int(10))] }],
		["BadDefault", { x: [d.Text(8), "unique", d.fallback(d.text("x"))] }],
	]) {
		await sendExpecting(api, `ContentDirectory.${error}`, suggest(schema), eve);
	}
	const firstVersion = calls.suggestSchema(d.newClass("Early", "Other"), d.schema({ x: [d.Text(8), d.ask] }));
	await sendExpecting(api, "ContentDirectory.RuleWithoutBase", firstVersion, eve);
});

test("a batch creates entities that refer to each other, or nothing at all", async () => {
	const album = await d.establish(
		api,
		d.newClass("Album", "Audio"),
		d.schema({ key: [d.Text(16), "required", "unique"], follows: [d.Reference({ sameOwner: true })] }),
		people,
	);
	const make = (key, follows) => ({
		Create: {
			class: album,
			version: 1,
			values: [[0, d.text(key)], ...(follows ? [[1, d.reference(follows)]] : [])],
			referenceable: false,
		},
	});
	const receipt = await send(
		api,
		calls.transact([
			make("one"),
			make("two", d.created(0)),
			{ Update: { entity: { Created: 0 }, changes: [[1, d.reference(d.created(1))]] } },
			{ SetReferenceable: { entity: { Created: 1 }, referenceable: true } },
		]),
		eve,
	);
	const done = receipt.events.filter(({ section }) => section === "contentDirectory").map(({ method }) => method);
	assert.deepEqual(done, ["EntityCreated", "EntityCreated", "EntityUpdated", "ReferenceableSet"]);
	const id = (serial) => ({ class: album, serial });
	assert.deepEqual(d.byProperty(await stored(id(0)))[1], { single: { reference: id(1) } });
	assert.deepEqual(d.byProperty(await stored(id(1)))[1], { single: { reference: id(0) } });
	assert.ok((await stored(id(1))).referenceable.isTrue);

	const state = async () => [
		(await directory.entities(album, null, 10)).toHex(),
		(await directory.classByName(d.bytes("Album"))).toHex(),
		await held(eve),
	];
	const before = await state();
	const removeFirst = { Remove: { entity: { Entity: id(0) } } };
	for (const [error, operations] of [
		["DuplicateUnique", [make("three"), make("four", d.created(0)), make("one")]],
		["StillReferenced", [make("three"), removeFirst]],
		["NotCreated", [make("three"), { Remove: { entity: { Created: 1 } } }]],
		["NotCreated", [make("three", d.created(0))]],
	]) {
		await sendExpecting(api, `ContentDirectory.${error}`, calls.transact(operations), eve);
		const happened = await blockEvents(api, await node.rpc("chain_getBlockHash"), "contentDirectory");
		assert.deepEqual(happened, [], "no events either");
	}
	assert.deepEqual(await state(), before);
});

test("curators hide and freeze entries, with a reason", async () => {
	const group = { name: d.bytes("Librarians"), members: [bob.address], classes: [book], active: true };
	await sendExpecting(api, "BadOrigin", calls.createCuratorGroup(group), bob);
	const made = await sudo(api, calls.createCuratorGroup(group), alice);
	const librarians = made.event("contentDirectory", "CuratorGroupCreated").group.toNumber();
	const decide = (action, reason = "off topic", id = entry.fits, by = librarians) =>
		calls.setVisibility(id, by, action, d.bytes(reason));
	const strict = (await directory.classByName(d.bytes("Strict"))).unwrap().id.toNumber();
	const foreign = await create(1, { 0: d.text("x") }, eve, strict);
	for (const [error, call, signer] of [
		["NotACurator", decide("Hide"), dave],
		["ReasonMissing", decide("Hide", ""), bob],
		["CuratorGroupNotFound", decide("Hide", "x", entry.fits, 99), bob],
		["ClassNotCurated", decide("Hide", "x", foreign), bob],
	]) {
		await sendExpecting(api, `ContentDirectory.${error}`, call, signer);
	}

	const listed = async () => {
		const { entities } = await node.rpc("contentDirectory_select", { query: "Book where identifier = fits" });
		return entities.length;
	};
	assert.equal(await listed(), 1);
	const hidden = await send(api, decide("Hide", "wrong cover"), bob);
	const event = hidden.event("contentDirectory", "VisibilitySet");
	assert.deepEqual([event.action.type, event.reason.toUtf8()], ["Hide", "wrong cover"]);
	const { visibility } = await stored(entry.fits);
	assert.deepEqual(visibility.asHidden.reason.toUtf8(), "wrong cover");
	assert.equal(await listed(), 0, "queries leave hidden entries out");
	const rename = calls.updateEntity(entry.fits, [[title, d.text("Emma II")]]);
	await send(api, rename, eve);

	await send(api, decide("Freeze", "disputed"), bob);
	assert.equal((await stored(entry.fits)).visibility.asFrozen.group.toNumber(), librarians);
	assert.equal(await listed(), 1, "what is frozen is seen");
	for (const call of [rename, calls.removeEntity(entry.fits), calls.offerTransfer(entry.fits, dave.address)]) {
		await sendExpecting(api, "ContentDirectory.EntityFrozen", call, eve);
	}
	await send(api, decide("Show", "settled"), bob);
	assert.equal((await stored(entry.fits)).visibility.type, "Visible");
	await send(api, rename, eve);

	await sudo(api, calls.updateCuratorGroup(librarians, { ...group, active: false }), alice);
	await sendExpecting(api, "ContentDirectory.NotACurator", decide("Hide"), bob);
});
