// Storage as a client of the chain sees it, through @polkadot/api alone.

import { stringToHex } from "@polkadot/util";
import { alice } from "./api.mjs";
import { passProposal } from "./council.mjs";
import { consent } from "./signing.mjs";
import { blockEvents, send, sudo } from "./transactions.mjs";
import { until } from "./wait.mjs";

/** The most objects of one call. */
export const MAX_BATCH = 64;
/** The most entries that a page of the runtime API has. */
const PAGE = 1_000;
export const ROME = 10n ** 12n;
/** Far beyond every test: a block's height. */
const LONG = 1_000_000;

/** Items in lists of at most `size`. */
export const inBatches = (items, size = MAX_BATCH) =>
	Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** An object's key as a text to compare and to look up by. */
export const nameOf = ({ hash, size }) => `${hash}/${size}`;

/** Calls and reads of one chain. */
export class Storage {
	/**
	 * @param {import("@polkadot/api").ApiPromise} api
	 * @param {{ root?: import("@polkadot/keyring/types").KeyringPair }} people `root`: who has sudo.
	 */
	constructor(api, { root = alice } = {}) {
		this.api = api;
		this.root = root;
		this.genesis = api.genesisHash.toHex();
		this.tx = api.tx.storageTranches;
	}

	/** The runtime API, at the best block or at another. */
	async view(at) {
		return (at ? await this.api.at(at) : this.api).call.storageTranchesApi;
	}

	/** All entries of a kind that comes in pages, as plain JSON. */
	async #all(page) {
		const found = [];
		let next = null;
		do {
			const { items, next: more } = (await page(next)).toJSON();
			found.push(...items);
			next = more;
		} while (next !== null);
		return found;
	}

	async parameters() {
		return (await this.view()).parameters().then((found) => found.toJSON());
	}

	async provider(id, at) {
		return (await (await this.view(at)).provider(id)).toJSON();
	}

	async providers(at) {
		const view = await this.view(at);
		return this.#all((after) => view.providers(after, PAGE));
	}

	async tranche(id, at) {
		return (await (await this.view(at)).tranche(id)).toJSON();
	}

	async tranches() {
		const view = await this.view();
		return this.#all((after) => view.tranches(after, PAGE));
	}

	/** One object; null if it is not registered. */
	async object(key, at) {
		return (await (await this.view(at)).object(key)).toJSON();
	}

	/** What a provider has confirmed. */
	async holdings(provider, at) {
		const view = await this.view(at);
		return this.#all((after) => view.holdings(provider, after, PAGE));
	}

	async incomplete(tranche, at) {
		const view = await this.view(at);
		return this.#all((after) => view.incomplete(tranche, after, PAGE));
	}

	async pinOf(account, hash) {
		return (await (await this.view()).pin(account, hash)).toJSON();
	}

	/** What sets governed numbers of storage: `{ HeartbeatInterval: 10 }`. */
	parameterCalls(values) {
		return Object.entries(values).map(([name, value]) =>
			this.api.tx.parameters.setParameter({ Storage: { [name]: [null, value] } }),
		);
	}

	/** Root does all of these, or none. */
	asRoot(calls) {
		return sudo(this.api, this.api.tx.utility.batchAll(calls), this.root);
	}

	/** Gives each account the amount. */
	async endow(accounts, amount = 10_000n * ROME) {
		const transfers = accounts.map(({ address }) => this.api.tx.balances.transferKeepAlive(address, amount));
		for (const batch of inBatches(transfers)) await send(this.api, this.api.tx.utility.batchAll(batch), alice);
	}

	/** Applies as a provider; its number. */
	async apply(owner, operator, endpoint, { storage = 1n << 40n, stake = 2_000n * ROME } = {}) {
		const declared = { storage, download: 100_000_000, upload: 100_000_000 };
		const call = this.tx.apply(
			operator.publicKey,
			consent(this.genesis, owner, operator),
			{ Http: stringToHex(endpoint) },
			declared,
			stake,
		);
		const receipt = await send(this.api, call, owner);
		return receipt.event("storageTranches", "ProviderApplied").provider.toNumber();
	}

	/** Root's list says that the provider can do what it declares, or wants to. */
	async attest(id, until = LONG) {
		return sudo(this.api, await this.attestation(id, until), this.root);
	}

	/** The call of it. */
	async attestation(id, until = LONG) {
		const provider = (await this.api.query.storageTranches.providers(id)).unwrap();
		return this.tx.attest(id, provider.wanted.unwrapOr(provider.declared), until);
	}

	/** The conductor lets it begin; until there is a benchmark oracle, root is the conductor. */
	activate(id, domain) {
		return sudo(this.api, this.tx.activate(id, domain), this.root);
	}

	/** Makes a tranche; its number. */
	async createTranche(coverage, slotBytes) {
		const receipt = await sudo(this.api, this.tx.createTranche(coverage, slotBytes), this.root);
		return receipt.event("storageTranches", "TrancheCreated").tranche.toNumber();
	}

	/** The same by a proposal to the council. */
	async createTrancheByCouncil(coverage, slotBytes, members) {
		const block = await passProposal(this.api, this.tx.createTranche(coverage, slotBytes), members);
		const events = await blockEvents(this.api, await this.api.rpc.chain.getBlockHash(block), "storageTranches");
		const [, created] = events.find(([name]) => name === "TrancheCreated");
		return created.tranche;
	}

	join(id, tranche, slots, owner) {
		return send(this.api, this.tx.joinTranche(id, tranche, slots), owner);
	}

	/** Pins objects, as many in a transaction as it takes. */
	async pin(keys, account, { tranche = null, eras = 4, uploader = null } = {}) {
		const most = 1_000_000n * ROME;
		for (const batch of inBatches(keys)) {
			const requests = batch.map((key) => ({ key, tranche, eras, uploader }));
			await send(this.api, this.tx.pin(requests, most, most), account);
		}
	}

	async unpin(hashes, account) {
		for (const batch of inBatches(hashes)) await send(this.api, this.tx.unpin(batch), account);
	}

	/** Waits until every object of a tranche has its coverage and nothing is left to sweep or sort. */
	settled(tranche, { seconds = 60, objects, holders } = {}) {
		return until(
			`every object of tranche ${tranche} has its coverage`,
			async () => {
				const { counts, coverage } = await this.tranche(tranche);
				const missing = counts.pending + counts.filling + counts.degraded + counts.unswept;
				if (missing > 0 || (objects !== undefined && counts.objects !== objects)) {
					throw new Error(JSON.stringify(counts));
				}
				return { counts, coverage, holders };
			},
			{ seconds, everyMs: 500 },
		);
	}
}
