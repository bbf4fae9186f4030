//! The off-chain worker: what a prober's node does by itself.
//!
//! It works for every prober whose key (type [`KEY_TYPE`]) is in the node's keystore. In each block it first does
//! what the chain waits for: the next hash chain, the commitment to the last round, the reveal of the one before,
//! the opening of the one before that. Then it probes whom it is assigned, when the draw says so. What has to be
//! revealed later is written down before anything is committed to, so that a restart loses and doubles nothing.
//!
//! Probes ask for a signed status only, which is what availability is counted by. Transfers follow once actors give
//! receipts for them: without one, a capacity could not be opened.
//!
//! Whoever registers a prober does not have to know a chain of this node's: any chain of one round will do, and when
//! it is over the worker commits one that it has made itself.
//!
//! Only one run is at work at a time: the next one returns at once. The node runs no workers while it is syncing.

mod memory;
mod probe;

use crate::{
	types::{Opening, ProberOf, Standing, OPEN_LAG},
	Call, Commitments, Config, Pallet, Parameters, ProberByKey, ProberChains, Probers, Reveals,
	Time,
};
#[cfg(test)]
pub(crate) use probe::ask_all;

use alloc::{boxed::Box, vec::Vec};
use frame_system::offchain::SubmitTransaction;
use memory::{Kept, Memory};
use rome_primitives::{
	benchmark::{
		assignment, chain, commitment, limits::MAX_OBSERVATIONS, Actor, Hash, Observation, Outcome,
		ProberId, Report, RoundIndex,
	},
	signing::{self, Message, ProberChain, ProberCommitment},
};
use sp_core::{crypto::KeyTypeId, offchain::Duration, sr25519};
use sp_runtime::{
	offchain::storage_lock::{StorageLock, Time as Clocked},
	AccountId32, BoundedVec, MultiSignature,
};

/// Under which the keystore has the keys of probers, sr25519: "prob".
pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"prob");

const LOCK: &[u8] = b"rome/prober/lock";
/// One node works for so many probers.
const MAX_KEYS: usize = 2;
/// A run that has not come to its end by then is taken for dead: twice as long as its probes may take.
const LOCK_MILLIS: u64 = 2 * MAX_KEYS as u64 * probe::LONGEST_MILLIS;
/// Rounds of a chain.
const CHAIN_LENGTH: u32 = 512;
/// The fewest probes of which all found nobody that show that it was the prober who was away.
const NO_CONTROL_FROM: usize = 3;
/// Rounds that are remembered: until they are closed, and some more.
const REMEMBERED: u32 = 8;

impl<T: Config> Pallet<T> {
	/// Does what is due for the probers of this node.
	pub(crate) fn work() {
		let keys = sp_io::crypto::sr25519_public_keys(KEY_TYPE);
		if keys.is_empty() {
			return;
		}
		let limit = Duration::from_millis(LOCK_MILLIS);
		let mut lock = StorageLock::<Clocked>::with_deadline(LOCK, limit);
		let Ok(_guard) = lock.try_lock() else { return };
		for key in keys.into_iter().take(MAX_KEYS) {
			let Some(id) = ProberByKey::<T>::get(AccountId32::new(key.0)) else { continue };
			let Some(prober) = Probers::<T>::get(id) else { continue };
			let memory = Memory::new(Self::genesis(), key.0);
			Worker::<T> { id, prober, key, memory }.run();
		}
	}
}

/// At work for one prober.
struct Worker<T: Config> {
	id: ProberId,
	prober: ProberOf<T>,
	key: sr25519::Public,
	memory: Memory,
}

impl<T: Config> Worker<T> {
	fn run(&self) {
		let now = Pallet::<T>::round();
		// What the chain waits for comes first, whatever probes take.
		self.extend_chain(now);
		if let Some(round) = now.checked_sub(1) {
			self.commit(round);
		}
		if let Some(round) = now.checked_sub(2) {
			self.reveal(round);
		}
		if let Some(round) = now.checked_sub(OPEN_LAG) {
			self.open(round);
		}
		if let Some(round) = now.checked_sub(REMEMBERED) {
			self.memory.forget(round);
		}
		self.probe(now);
	}

	fn sign<M: Message>(&self, message: &M) -> Option<MultiSignature> {
		let payload = signing::payload(&Pallet::<T>::genesis(), message);
		sp_io::crypto::sr25519_sign(KEY_TYPE, &self.key, &payload).map(MultiSignature::Sr25519)
	}

	/// The pool refuses what it has already: sending again in the next block is how nothing gets lost.
	fn submit(&self, call: Call<T>) {
		let transaction = T::create_authorized_transaction(call.into());
		let _ = SubmitTransaction::<T, Call<T>>::submit_transaction(transaction);
	}

	/// The next hash chain, when it is due. Its secret is written down first.
	fn extend_chain(&self, now: RoundIndex) {
		let Some(chains) = ProberChains::<T>::get(self.id) else { return };
		if !Pallet::<T>::is_chain_due(&self.prober, &chains) {
			return;
		}
		let soon = now.saturating_add(2);
		let from = match self.prober.standing {
			Standing::Idle => soon,
			_ => chains.until().max(soon),
		};
		let secret = match self.memory.chain(from) {
			Some((secret, _)) => secret,
			None => {
				let secret = sp_io::offchain::random_seed();
				self.memory.keep_chain(from, &(secret, CHAIN_LENGTH));
				secret
			},
		};
		let (id, length, end) = (self.id, CHAIN_LENGTH, chain::end(&secret, CHAIN_LENGTH));
		if Pallet::<T>::extended(&self.prober, &chains, from, length, end).is_none() {
			return;
		}
		if let Some(signature) = self.sign(&ProberChain { prober: id, from, length, end }) {
			self.submit(Call::commit_chain { id, from, length, end, signature });
		}
	}

	/// The preimage for a round, if its chain was made here.
	fn preimage(&self, round: RoundIndex) -> Option<Hash> {
		let chains = ProberChains::<T>::get(self.id)?;
		let from = chains.covering(round)?.from;
		// One that was cut is shorter on the chain than it was made.
		let (secret, length) = self.memory.chain(from)?;
		chain::preimage(&secret, length, round.checked_sub(from)?)
	}

	/// Whom it is to probe in a round, if it takes part.
	fn assigned(&self, round: RoundIndex) -> Option<(Hash, Vec<Actor>)> {
		if !Pallet::<T>::takes_part(self.id, &self.prober, round) {
			return None;
		}
		let preimage = self.preimage(round)?;
		Some((preimage, Pallet::<T>::assigned(round, self.id, &preimage)?))
	}

	/// What it says of a round that is over.
	fn report(&self, round: RoundIndex) -> Option<Kept> {
		let (preimage, assigned) = self.assigned(round)?;
		let seen = self.memory.seen(round);
		let complete = assigned
			.iter()
			.map(|actor| seen.iter().find(|seen| seen.actor == *actor).cloned())
			.collect::<Option<Vec<_>>>();
		let away =
			|seen: &Observation| matches!(seen.outcome, Outcome::Unreachable | Outcome::Timeout);
		let report = match complete {
			Some(all) if all.len() < NO_CONTROL_FROM || !all.iter().all(away) => {
				Report::Observed(BoundedVec::truncate_from(all))
			},
			// It was not there for all of the round, or all the world was away.
			_ => Report::NoControl,
		};
		Some(Kept { salt: sp_io::offchain::random_seed(), preimage, report })
	}

	fn commit(&self, round: RoundIndex) {
		if Commitments::<T>::contains_key(round, self.id)
			|| Reveals::<T>::contains_key(round, self.id)
		{
			return;
		}
		let kept = match self.memory.kept(round) {
			Some(kept) => kept,
			None => {
				let Some(kept) = self.report(round) else { return };
				self.memory.keep(round, &kept);
				kept
			},
		};
		let root = commitment::root_of(&kept.report);
		let genesis = Pallet::<T>::genesis();
		let commitment = commitment::commitment(&genesis, self.id, round, &kept.salt, &root);
		let message = ProberCommitment { prober: self.id, round, commitment };
		if let Some(signature) = self.sign(&message) {
			self.submit(Call::commit { id: self.id, round, commitment, signature });
		}
	}

	fn reveal(&self, round: RoundIndex) {
		if !Commitments::<T>::contains_key(round, self.id) {
			return;
		}
		let Some(Kept { salt, preimage, report }) = self.memory.kept(round) else { return };
		self.submit(Call::reveal { id: self.id, round, salt, preimage, report });
	}

	fn open(&self, round: RoundIndex) {
		let Some(revealed) = Reveals::<T>::get(round, self.id) else { return };
		let index = Pallet::<T>::to_open(round, self.id, &revealed);
		let (Some(index), false) = (index, revealed.opened) else { return };
		let Some(Kept { report: Report::Observed(all), .. }) = self.memory.kept(round) else {
			return;
		};
		let opened = all.get(index as usize).zip(commitment::prove(&all, index));
		if let Some((observation, proof)) = opened {
			let opening = Opening { observation: observation.clone(), proof, evidence: None };
			self.submit(Call::open { id: self.id, round, opening: Box::new(opening) });
		}
	}

	/// Probes those of a round whose moment has come.
	fn probe(&self, round: RoundIndex) {
		let Some((preimage, assigned)) = self.assigned(round) else { return };
		let mut seen = self.memory.seen(round);
		let length = Parameters::<T>::get().length.max(1);
		let passed = Time::<T>::get().open_blocks;
		// Nobody is left for the next round.
		let last = passed.saturating_add(1) >= length;
		let due = assigned
			.into_iter()
			.take(MAX_OBSERVATIONS as usize)
			.filter(|actor| !seen.iter().any(|seen| seen.actor == *actor))
			.filter(|actor| {
				let moment = assignment::draw(&preimage, actor).moment_in(length.into());
				last || moment <= passed.into()
			})
			.collect::<Vec<_>>();
		if due.is_empty() {
			return;
		}
		seen.extend(probe::ask_all::<T>(&due));
		self.memory.see(round, &seen);
	}
}
