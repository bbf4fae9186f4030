//! What probers send of a round: commitments, reveals, openings.

use crate::{
	types::{Evidence, Opening, ProberOf, Revealed, Standing, COMMIT_LAG, OPEN_LAG, REVEAL_LAG},
	Commitments, Config, Error, Event, Mix, Pallet, ProberChains, Probers, Reveals, RoundTargets,
	Rounds, Waiting,
};
use alloc::{boxed::Box, vec::Vec};
use codec::Encode;
use frame_support::pallet_prelude::{
	InvalidTransaction, TransactionSource, TransactionValidityError, TransactionValidityWithRefund,
};
use rome_primitives::{
	benchmark::{
		assignment::{self, Draw},
		commitment::{self, Salt},
		hooks::ProbedActors,
		limits::MAX_OBSERVATIONS,
		receipt,
		settlement::Sample,
		Actor, Hash, Observation, ProberId, Report, RoundIndex,
	},
	signing::{self, ProberCommitment},
	slices::verify_chunk,
};
use sp_runtime::{DispatchResult, MultiSignature};

impl<T: Config> Pallet<T> {
	/// Refuses what is for another round than the one `lag` rounds ago.
	fn check_due(round: RoundIndex, lag: u32) -> Result<(), TransactionValidityError> {
		let due = round.saturating_add(lag);
		match Self::round() {
			now if now < due => Err(InvalidTransaction::Future.into()),
			now if now > due => Err(InvalidTransaction::Stale.into()),
			_ => Ok(()),
		}
	}

	/// Whether a prober takes part in a round.
	pub(crate) fn takes_part(id: ProberId, prober: &ProberOf<T>, round: RoundIndex) -> bool {
		prober.standing == Standing::Active
			&& prober.since <= round
			&& ProberChains::<T>::get(id).is_some_and(|chains| chains.covering(round).is_some())
	}

	/// The actors that a prober has to report on, in order.
	pub(crate) fn assigned(
		round: RoundIndex,
		prober: ProberId,
		preimage: &Hash,
	) -> Option<Vec<Actor>> {
		let about = Rounds::<T>::get(round)?;
		let threshold = |trials: u32| {
			assignment::threshold(about.committee.saturating_add(trials), about.probers)
		};
		// The same for all but those of whom more was ordered.
		let ordinary = threshold(0);
		Some(
			RoundTargets::<T>::get(round)
				.into_iter()
				.filter(|(actor, trials)| {
					let limit = if *trials == 0 { ordinary } else { threshold(*trials) };
					assignment::is_assigned(&about.seed, round, prober, preimage, actor, limit)
				})
				.map(|(actor, _)| actor)
				.take(MAX_OBSERVATIONS as usize)
				.collect(),
		)
	}

	pub(crate) fn authorize_commit(
		_: TransactionSource,
		id: &ProberId,
		round: &RoundIndex,
		commitment: &Hash,
		signature: &MultiSignature,
	) -> TransactionValidityWithRefund {
		Self::check_due(*round, COMMIT_LAG)?;
		if Commitments::<T>::contains_key(round, id) {
			return Err(InvalidTransaction::Stale.into());
		}
		let prober = Probers::<T>::get(id).ok_or(InvalidTransaction::Call)?;
		if !Self::takes_part(*id, &prober, *round) {
			return Err(InvalidTransaction::Call.into());
		}
		let message = ProberCommitment { prober: *id, round: *round, commitment: *commitment };
		if !signing::verify(&Self::genesis(), &message, signature, &prober.key) {
			return Err(InvalidTransaction::BadProof.into());
		}
		Self::valid("rome/benchmark/commit", (*id, *round).encode())
	}

	pub(crate) fn do_commit(id: ProberId, round: RoundIndex, commitment: Hash) -> DispatchResult {
		Commitments::<T>::insert(round, id, commitment);
		Self::deposit_event(Event::Committed { prober: id, round });
		Ok(())
	}

	pub(crate) fn authorize_reveal(
		_: TransactionSource,
		id: &ProberId,
		round: &RoundIndex,
		salt: &Salt,
		preimage: &Hash,
		report: &Report,
	) -> TransactionValidityWithRefund {
		Self::check_due(*round, REVEAL_LAG)?;
		let committed = Commitments::<T>::get(round, id).ok_or(InvalidTransaction::Stale)?;
		// The cheapest first: whoever does not know the salt gets no further.
		let root = commitment::root_of(report);
		if commitment::commitment(&Self::genesis(), *id, *round, salt, &root) != committed {
			return Err(InvalidTransaction::BadProof.into());
		}
		let chains = ProberChains::<T>::get(id).ok_or(InvalidTransaction::Call)?;
		if chains.reveal(*round, preimage).is_none() {
			return Err(InvalidTransaction::BadProof.into());
		}
		if let Report::Observed(observations) = report {
			let assigned = Self::assigned(*round, *id, preimage).ok_or(InvalidTransaction::Call)?;
			let complete = observations.iter().map(|seen| seen.actor).eq(assigned);
			if !complete || !observations.iter().all(Observation::is_consistent) {
				return Err(InvalidTransaction::Call.into());
			}
		}
		Self::valid("rome/benchmark/reveal", (*id, *round).encode())
	}

	pub(crate) fn do_reveal(
		id: ProberId,
		round: RoundIndex,
		preimage: Hash,
		report: Report,
	) -> DispatchResult {
		let chains = ProberChains::<T>::get(id)
			.and_then(|chains| chains.reveal(round, &preimage))
			.ok_or(Error::<T>::BadChain)?;
		ProberChains::<T>::insert(id, chains);
		let contribution = assignment::contribution(id, &preimage);
		Mix::<T>::mutate(|mix| *mix = assignment::mixed(mix, &contribution));
		Commitments::<T>::remove(round, id);
		let root = commitment::root_of(&report);
		let count = match report {
			Report::NoControl => None,
			Report::Observed(observations) => {
				for seen in &observations {
					Waiting::<T>::mutate(round, seen.actor, |samples| {
						// A draw of three times a committee does not happen; what it had too much would be
						// left out.
						let _ = samples.try_push(Sample::new(id, seen));
					});
				}
				Some(observations.len() as u32)
			},
		};
		let opened = count == Some(0);
		Reveals::<T>::insert(round, id, Revealed { preimage, root, count, opened });
		Self::deposit_event(Event::Revealed { prober: id, round, observations: count });
		Ok(())
	}

	/// The observation that a prober has to open, once it is drawn.
	pub(crate) fn to_open(round: RoundIndex, id: ProberId, revealed: &Revealed) -> Option<u32> {
		let count = revealed.count.filter(|count| *count > 0)?;
		let seed = Rounds::<T>::get(round.checked_add(OPEN_LAG)?)?.seed;
		Some(assignment::opening(&seed, round, id, count))
	}

	// The call's arguments come by reference, as they are.
	#[allow(clippy::borrowed_box)]
	pub(crate) fn authorize_open(
		_: TransactionSource,
		id: &ProberId,
		round: &RoundIndex,
		opening: &Box<Opening>,
	) -> TransactionValidityWithRefund {
		Self::check_due(*round, OPEN_LAG)?;
		let revealed = Reveals::<T>::get(round, id).ok_or(InvalidTransaction::Stale)?;
		if revealed.opened {
			return Err(InvalidTransaction::Stale.into());
		}
		let (Some(index), Some(count)) = (Self::to_open(*round, *id, &revealed), revealed.count)
		else {
			return Err(InvalidTransaction::Call.into());
		};
		let seen = &opening.observation;
		if !commitment::verify(&revealed.root, count, index, seen, &opening.proof) {
			return Err(InvalidTransaction::BadProof.into());
		}
		let proved = match (&seen.receipt, &opening.evidence) {
			// It did not say that anything was transferred.
			(None, None) => true,
			(Some(_), Some(evidence)) => {
				let draw = assignment::draw(&revealed.preimage, &seen.actor);
				Self::is_evidence(*id, *round, seen, &draw, evidence)
			},
			_ => false,
		};
		if !proved {
			return Err(InvalidTransaction::BadProof.into());
		}
		Self::valid("rome/benchmark/open", (*id, *round).encode())
	}

	/// Whether a transfer is proved: by the actor's receipt for this prober, round and draw, and by a chunk of
	/// what was transferred.
	fn is_evidence(
		id: ProberId,
		round: RoundIndex,
		seen: &Observation,
		draw: &Draw,
		evidence: &Evidence,
	) -> bool {
		let receipt = &evidence.receipt;
		if receipt.round != round || !receipt::agrees(receipt, seen, draw) {
			return false;
		}
		let chunk = draw.chunk_of(receipt.offset, receipt.length);
		if !verify_chunk(&receipt.key, chunk, &evidence.chunk) {
			return false;
		}
		let (Some(prober), Some(actor)) = (Probers::<T>::get(id), T::Actors::actor(&seen.actor))
		else {
			return false;
		};
		receipt.prober == prober.key
			&& signing::verify(&Self::genesis(), receipt, &evidence.signature, &actor.operator)
	}

	pub(crate) fn do_open(id: ProberId, round: RoundIndex) -> DispatchResult {
		Reveals::<T>::mutate(round, id, |revealed| {
			if let Some(revealed) = revealed.as_mut() {
				revealed.opened = true;
			}
		});
		Self::deposit_event(Event::Opened { prober: id, round });
		Ok(())
	}
}
