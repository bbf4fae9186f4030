// What is true of a tranche at a block, worked out from who holds what, to hold the chain's counters against.

import { nameOf } from "./storage.mjs";

/** Whether what a provider holds counts: gone for good is what is left after failure, leaving or eviction. */
const counts = ({ state }) => !["failed", "left", "evicted"].some((gone) => gone in state);

/** Follows a chain block by block and checks in each that the counters bound the truth. */
export class Witness {
	/** What was seen: `{ height, degraded, unswept, truth }` of every block. */
	blocks = [];
	/** What was wrong. */
	wrong = [];
	#storage;
	#tranche;
	#keys;
	#next;
	#running = true;
	#done;

	/**
	 * @param {import("./storage.mjs").Storage} storage
	 * @param {number} tranche
	 * @param {{ hash: string, size: number }[]} keys Of all its objects, each of which has its coverage now.
	 */
	static async start(storage, tranche, keys) {
		const self = new Witness();
		self.#storage = storage;
		self.#tranche = tranche;
		self.#keys = keys.map(nameOf);
		self.#next = (await storage.api.rpc.chain.getHeader()).number.toNumber();
		self.#done = self.#follow();
		return self;
	}

	async #follow() {
		const { api } = this.#storage;
		const best = async () => (await api.rpc.chain.getHeader()).number.toNumber();
		for (;;) {
			const until = await best();
			while (this.#next <= until) {
				await this.#look(this.#next);
				this.#next += 1;
			}
			if (!this.#running) return;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	async #look(height) {
		const storage = this.#storage;
		const hash = await storage.api.rpc.chain.getBlockHash(height);
		const { coverage, counts: said } = await storage.tranche(this.#tranche, hash);
		const live = (await storage.providers(hash)).filter(counts);
		const ids = new Set(live.map(({ id }) => id));
		const holders = new Map();
		for (const { id } of live) {
			for (const object of await storage.holdings(id, hash)) {
				if (object.tranche !== this.#tranche) continue;
				holders.set(nameOf(object.key), object.holders.filter((holder) => ids.has(holder)).length);
			}
		}
		const truth = this.#keys.filter((key) => (holders.get(key) ?? 0) < coverage).length;
		const least = Math.min(...this.#keys.map((key) => holders.get(key) ?? 0));
		const { degraded, unswept } = said;
		this.blocks.push({ height, degraded, unswept, truth, least });
		if (!(degraded <= truth && truth <= degraded + unswept)) {
			this.wrong.push(`block ${height}: ${degraded} <= ${truth} <= ${degraded} + ${unswept} does not hold`);
		}
	}

	/** Ends after the best block of now; throws what went wrong on the way. */
	async stop() {
		this.#running = false;
		await this.#done;
	}
}
