// Reads objects all the time, as clients do, and notes when nobody has one.

import { inParallel, serves } from "./objects.mjs";
import { nameOf } from "./storage.mjs";
import { sleep } from "./wait.mjs";

export class Reader {
	/** How many reads succeeded. */
	reads = 0;
	/** How many times each object was read. */
	rounds = 0;
	/** What was wrong: wrong bytes, or an object that no holder gave. */
	wrong = [];
	#running = true;
	#done;
	#turn = 0;

	/** @param {import("./cluster.mjs").Cluster} cluster */
	static start(cluster, objects, { width = 2, pauseMs = 40 } = {}) {
		const self = new Reader();
		self.#done = (async () => {
			while (self.#running) {
				await inParallel(objects, width, async (object) => {
					if (!self.#running) return;
					await self.#read(cluster, object);
					// What is tested needs the processor as well.
					await sleep(pauseMs);
				});
				self.rounds += 1;
			}
		})();
		return self;
	}

	/** Asks one holder after the other, each time beginning with another one. */
	async #read(cluster, object) {
		const said = [];
		// Between the look at the chain and the request, a holder may have changed: a client looks again.
		for (let attempt = 0; attempt < 2; attempt += 1) {
			const { holders } = (await cluster.storage.object(object.key)) ?? { holders: [] };
			this.#turn += 1;
			for (let index = 0; index < holders.length; index += 1) {
				const daemon = cluster.daemonOf(holders[(index + this.#turn) % holders.length]);
				try {
					const answer = await serves(daemon, object);
					if (answer === true) {
						this.reads += 1;
						return;
					}
					if (answer.endsWith("other bytes")) this.wrong.push(`${daemon.name} sent ${answer}`);
					said.push(`${daemon.name}: ${answer}`);
				} catch (error) {
					said.push(`${daemon.name}: ${error.message}`);
				}
			}
		}
		this.wrong.push(`${nameOf(object.key)} was with nobody: ${said.join("; ") || "no holders"}`);
	}

	async stop() {
		this.#running = false;
		await this.#done;
	}
}
