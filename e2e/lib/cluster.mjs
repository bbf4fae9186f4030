// A chain, some providers of one tranche, and accounts to publish with: where tests of storage begin.

import { account, connect } from "./api.mjs";
import { newColossus } from "./colossus.mjs";
import { startDev } from "./node.mjs";
import { inParallel, put } from "./objects.mjs";
import { Endpoint } from "./proxy.mjs";
import { inBatches, nameOf, Storage } from "./storage.mjs";
import { until } from "./wait.mjs";

const MIB = 1n << 20n;

/** Heartbeats so close that a provider that is gone is known to be gone within half a minute. */
export const FAST = { HeartbeatInterval: 8, MissedToSuspend: 2, MissedToFail: 4 };

export class Cluster {
	/** @type {import("./colossus.mjs").Colossus[]} */
	daemons = [];

	/**
	 * @param {{ providers?: number, coverage?: number, slotBytes?: bigint, slots?: number[] | number,
	 *   sealing?: string, nodeArgs?: string[], parameters?: Record<string, number>, settings?: { limits?: object, duties?: object },
	 *   rpcOf?: (index: number, url: string) => string[] | Promise<string[]>,
	 *   publicPortOf?: (index: number) => Promise<number | undefined> | number | undefined, start?: boolean }} options
	 *   `slots`: of each provider. `rpcOf`: the endpoints that a daemon is given; two otherwise, or it would
	 *   delete nothing. `settings`: what each
	 *   daemon's configuration says besides. `start`: whether the daemons are started.
	 */
	static async start({
		providers = 4,
		coverage = 3,
		slotBytes = 64n * MIB,
		slots = 1,
		sealing = "interval=500",
		nodeArgs = [],
		parameters = FAST,
		settings = {},
		rpcOf,
		publicPortOf = () => undefined,
		start = true,
	} = {}) {
		const self = new Cluster();
		self.node = await startDev(sealing, ...nodeArgs);
		try {
			self.second = await Endpoint.open(self.node.url);
			self.api = await connect(self.node);
			self.storage = new Storage(self.api);
			self.genesis = self.storage.genesis;
			self.publisher = account("//Publisher");
			// As few blocks as it takes: there are many tests.
			const created = await self.storage.asRoot([
				...self.storage.parameterCalls(parameters),
				self.storage.tx.createTranche(coverage, slotBytes),
			]);
			self.tranche = created.event("storageTranches", "TrancheCreated").tranche.toNumber();
			await self.storage.endow([self.publisher]);
			const members = [];
			for (let index = 0; index < providers; index += 1) {
				const rpc = await rpcOf?.(index, self.node.url);
				const publicPort = await publicPortOf(index);
				members.push({ index, rpc, publicPort, settings, start, slots: Array.isArray(slots) ? slots[index] : slots });
			}
			await self.admitAll(members);
			return self;
		} catch (error) {
			await self.stop();
			throw error;
		}
	}

	/** Takes in one more provider. */
	async admit(index, options = {}) {
		const [daemon] = await this.admitAll([{ index, ...options }]);
		return daemon;
	}

	/** Takes in providers, from their applications to their slots in the tranche. */
	async admitAll(members) {
		const { storage } = this;
		const owners = members.map(({ index }) => account(`//Owner//${index}`));
		await storage.endow([...owners, ...members.map(({ index }) => account(`//Operator//${index}`))]);
		const admitted = await Promise.all(
			members.map(async ({ index, rpc = [this.node.url, this.second.url], publicPort, settings, start = true }, place) => {
				const daemon = await newColossus(`colossus-${index}`, { uri: `//Operator//${index}`, rpc, publicPort, settings });
				this.daemons[index] = daemon;
				daemon.owner = owners[place];
				daemon.id = await storage.apply(daemon.owner, daemon.operator, daemon.endpoint);
				if (start) await daemon.start();
				return daemon;
			}),
		);
		const attestations = await Promise.all(admitted.map(({ id }) => storage.attestation(id)));
		await storage.asRoot(
			admitted.flatMap(({ id }, place) => {
				const { index } = members[place];
				return [attestations[place], storage.tx.activate(id, { operator: index + 1, zone: index + 1 })];
			}),
		);
		const joining = admitted.filter((_, place) => (members[place].slots ?? 1) > 0);
		await Promise.all(
			joining.map((daemon) => {
				const { slots = 1 } = members.find(({ index }) => this.daemons[index] === daemon);
				return storage.join(daemon.id, this.tranche, slots, daemon.owner);
			}),
		);
		return admitted;
	}

	/** @returns The daemon of a provider. */
	daemonOf(id) {
		return this.daemons.find((daemon) => daemon.id === id);
	}

	/** Pins the objects that `account` has no pin on. */
	pin(objects, by = this.publisher, options = {}) {
		return this.storage.pin(objects.map(({ key }) => key), by, { tranche: this.tranche, ...options });
	}

	/**
	 * Uploads an object to `copies` of its assigned members that run, as a publisher does, trying again for as
	 * long as that makes sense.
	 */
	async upload(object, { by = this.publisher, copies = 2, seconds = 60 } = {}) {
		let done = new Set();
		await until(
			`${nameOf(object.key)} is uploaded to ${copies} members`,
			async () => {
				const view = await this.storage.object(object.key);
				if (view === null) throw new Error("it is not registered");
				done = new Set([...done, ...view.holders]);
				const refusals = [];
				for (const id of view.assigned) {
					if (done.size >= copies) break;
					const daemon = this.daemonOf(id);
					if (done.has(id) || !daemon?.running) continue;
					try {
						const { status, answer } = await put(this.genesis, daemon, object, by);
						if (status === 200 || status === 201) done.add(id);
						else refusals.push(`${daemon.name}: ${status} ${answer.message}`);
					} catch (error) {
						refusals.push(`${daemon.name}: ${error.message}`);
					}
				}
				if (done.size < copies) throw new Error(refusals.join("; ") || `only ${done.size} of ${view.assigned} run`);
				return true;
			},
			{ seconds },
		);
	}

	/** Pins and uploads objects, as many at a time as one transaction pins: an account has few on the way at once. */
	async publish(objects, { width = 8, ...options } = {}) {
		for (const batch of inBatches(objects)) {
			await this.pin(batch, options.by);
			await inParallel(batch, width, (object) => this.upload(object, options));
		}
	}

	/** Ends everything. */
	async stop() {
		await Promise.all(this.daemons.map((daemon) => daemon.stop("SIGKILL")));
		await this.api?.disconnect();
		await this.second?.close();
		await this.node.stop("SIGKILL");
	}
}
