//! The invariants. Each names what would be wrong.

use crate::{
	types::{
		BalanceOf, Chains, Round, Standing, Targets, BOND, FEE, KEPT_ROUNDS, MAX_VERIFYING,
		OPEN_LAG, REPORT, REVEAL_LAG, RUN_SPACING,
	},
	Commitments, Conductors, Config, Days, GroupResults, NextProberId, NextRound, Orders, Pallet,
	Parameters, Passed, ProberByKey, ProberChains, Probers, Reports, Results, Reveals,
	RoundTargets, Rounds, Runs, Scores, Streaks, Time, Verifications, Verifying, Waiting,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{ensure, traits::fungible::InspectHold};
use rome_primitives::benchmark::{
	api::{GroupResult, VerificationState},
	chain::Chain,
	limits::{MAX_CHAIN, MAX_PROBERS},
	ProberId, RoundIndex,
};
use sp_runtime::{
	traits::{Saturating, Zero},
	TryRuntimeError,
};

type Checked = Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
	/// Checks all invariants.
	pub(crate) fn do_try_state() -> Checked {
		Self::try_state_clock()?;
		Self::try_state_probers()?;
		Self::try_state_rounds()?;
		Self::try_state_waiting()?;
		Self::try_state_results()?;
		Self::try_state_verifications()?;
		Self::try_state_money()
	}

	/// Rounds are forgotten after they are closed, closed after they are settled, settled after they are over.
	fn try_state_clock() -> Checked {
		let time = Time::<T>::get();
		ensure!(
			time.to_forget <= time.to_close && time.to_close <= time.to_settle,
			"rounds are closed before they are settled, or forgotten before they are closed"
		);
		ensure!(
			time.to_settle == 0 || time.to_settle.saturating_add(REVEAL_LAG) <= time.round,
			"a round is settled that is still revealed"
		);
		ensure!(
			time.to_close == 0 || time.to_close.saturating_add(OPEN_LAG) <= time.round,
			"a round is closed that is still opened"
		);
		ensure!(
			time.to_forget == 0
				|| time.to_forget.saturating_add(KEPT_ROUNDS).saturating_add(OPEN_LAG)
					<= time.round,
			"a round is forgotten that is to be kept"
		);
		ensure!(Parameters::<T>::get().are_sound(), "the parameters of rounds are not sound");
		let plan = NextRound::<T>::get();
		ensure!(
			plan.round <= time.round.saturating_add(1),
			"a round is planned that is not the next one"
		);
		Ok(())
	}

	/// Keys sign for one prober each, and each prober has chains in order.
	fn try_state_probers() -> Checked {
		let mut keys = BTreeMap::new();
		let probers = Probers::<T>::iter().collect::<Vec<_>>();
		ensure!(probers.len() <= MAX_PROBERS as usize, "there are too many probers");
		ensure!(Probers::<T>::count() as usize == probers.len(), "probers are counted wrongly");
		for (id, prober) in probers {
			ensure!(id < NextProberId::<T>::get(), "a prober's number was not given out");
			ensure!(prober.owner != prober.key, "a prober's key is its owner");
			keys.insert(prober.key.clone(), id);
			let chains = ProberChains::<T>::get(id).ok_or("a prober has no chain")?;
			Self::try_state_chains(&chains)?;
			if let Standing::Leaving(since) = prober.standing {
				ensure!(since <= Self::round(), "a prober leaves in a round to come");
			}
		}
		ensure!(
			ProberByKey::<T>::iter().collect::<BTreeMap<_, _>>() == keys,
			"a key is not noted for its prober alone"
		);
		ensure!(
			ProberChains::<T>::iter_keys().all(Probers::<T>::contains_key),
			"a chain belongs to nobody"
		);
		ensure!(
			Scores::<T>::iter_keys()
				.chain(Streaks::<T>::iter_keys())
				.all(Probers::<T>::contains_key),
			"a score belongs to nobody"
		);
		for score in Scores::<T>::iter_values() {
			let kinds = [score.opened, score.no_control, score.void];
			let told = kinds.iter().fold(0u32, |sum, count| sum.saturating_add(*count));
			ensure!(
				score.revealed.saturating_add(score.withheld) == score.committed
					&& told <= score.revealed,
				"a score does not add up"
			);
		}
		Ok(())
	}

	fn try_state_chains(chains: &Chains) -> Checked {
		let sound =
			|chain: &Chain| (1..=MAX_CHAIN).contains(&chain.length) && chain.used <= chain.length;
		ensure!(
			sound(&chains.current) && chains.next.as_ref().is_none_or(sound),
			"a chain is longer than it may be, or used beyond its end"
		);
		ensure!(
			chains.next.is_none_or(|next| next.from >= chains.current.until() && next.used == 0),
			"the next chain does not come after the one in use"
		);
		Ok(())
	}

	/// The rounds that are kept are without a gap, and what belongs to a round belongs to one of them.
	fn try_state_rounds() -> Checked {
		let time = Time::<T>::get();
		let mut rounds = Rounds::<T>::iter().collect::<Vec<(RoundIndex, Round)>>();
		rounds.sort_unstable_by_key(|(index, _)| *index);
		ensure!(
			rounds.iter().map(|(index, _)| *index).eq(time.to_forget..=time.round),
			"the rounds that are kept are not those since the last one that was forgotten"
		);
		for (index, round) in rounds {
			let targets: Targets = RoundTargets::<T>::get(index);
			Self::try_state_targets(&targets)?;
			let settled = round.settled as usize;
			ensure!(
				settled <= targets.len()
					&& round.results <= round.settled
					&& (index >= time.to_settle) <= (index == time.to_settle || settled == 0)
					&& (index < time.to_settle) <= (settled == targets.len()),
				"a round has not settled what it says"
			);
			ensure!(
				(index > time.to_close) <= round.closed.is_none(),
				"a round is being closed out of turn"
			);
		}
		ensure!(
			Runs::<T>::iter().all(|(index, target)| {
				index > time.round && index.is_multiple_of(RUN_SPACING) && target.is_group()
			}),
			"a run is announced for a round that has begun, or is not for runs"
		);
		for runs in GroupResults::<T>::iter_values() {
			let in_order = runs.windows(2).all(|pair| match pair {
				[one, two] => one.round < two.round,
				_ => false,
			});
			let sound = |run: &GroupResult| run.measured > 0 && run.measured <= run.members;
			ensure!(in_order && runs.iter().all(sound), "runs over a group are not in order");
		}
		ensure!(
			RoundTargets::<T>::iter_keys().all(Rounds::<T>::contains_key),
			"there are targets of a round that is not kept"
		);
		for (index, id, revealed) in Reveals::<T>::iter() {
			ensure!(Rounds::<T>::contains_key(index), "a reveal is of a round that is not kept");
			ensure!(
				index.saturating_add(REVEAL_LAG) <= time.round,
				"a reveal is of a round that is not revealed yet"
			);
			ensure!(
				!Commitments::<T>::contains_key(index, id),
				"what was revealed is still committed to"
			);
			// No control opens nothing; nothing to open is opened.
			ensure!(
				match revealed.count {
					None => !revealed.opened,
					Some(count) => count > 0 || revealed.opened,
				},
				"a reveal is opened that opens nothing, or the other way round"
			);
		}
		for (index, id, _) in Commitments::<T>::iter() {
			ensure!(
				index >= time.to_close && index < time.round,
				"a commitment is to a round that is closed or not over"
			);
			ensure!(Probers::<T>::contains_key(id), "a commitment is nobody's");
		}
		Ok(())
	}

	fn try_state_targets(targets: &Targets) -> Checked {
		let all = targets.iter().map(|(actor, _)| actor).collect::<BTreeSet<_>>();
		ensure!(
			all.len() == targets.len()
				&& all.into_iter().eq(targets.iter().map(|(actor, _)| actor)),
			"targets are not in order, or there twice"
		);
		Ok(())
	}

	/// What waits to be settled is what was revealed, by who was assigned it.
	fn try_state_waiting() -> Checked {
		let mut counts = BTreeMap::<(RoundIndex, ProberId), u32>::new();
		for (index, actor, samples) in Waiting::<T>::iter() {
			ensure!(index >= Time::<T>::get().to_settle, "samples wait that are settled");
			let mut probers = BTreeSet::new();
			for sample in &samples {
				ensure!(probers.insert(sample.prober), "a prober has two samples of an actor");
				let revealed = Reveals::<T>::get(index, sample.prober)
					.ok_or("a sample is of a prober that has not revealed")?;
				let assigned = Self::assigned(index, sample.prober, &revealed.preimage);
				ensure!(
					assigned.is_some_and(|actors| actors.contains(&actor)),
					"a sample is of an actor that was not assigned"
				);
				let count = counts.entry((index, sample.prober)).or_default();
				*count = count.saturating_add(1);
			}
		}
		for ((index, prober), count) in counts {
			let said = Reveals::<T>::get(index, prober).and_then(|revealed| revealed.count);
			ensure!(said.is_some_and(|said| count <= said), "there are more samples than revealed");
		}
		Ok(())
	}

	/// Results are in order, and of rounds that are over; days count their rounds.
	fn try_state_results() -> Checked {
		for (_, history) in Results::<T>::iter() {
			let rounds = history.iter().map(|result| result.round).collect::<Vec<_>>();
			ensure!(
				rounds.windows(2).all(|pair| matches!(pair, [one, two] if one < two)),
				"results are not in order"
			);
			ensure!(
				rounds.iter().all(|round| round.saturating_add(REVEAL_LAG) < Self::round()),
				"there is a result of a round that is still revealed"
			);
			ensure!(
				history.iter().all(|result| {
					let settled = &result.settled;
					settled.revealers > 0 && settled.successes <= settled.trials
				}),
				"a result has more successes than trials, or is nobody's"
			);
		}
		for (_, number, day) in Days::<T>::iter() {
			ensure!(number <= Self::day(Self::now()), "there are figures of a day to come");
			ensure!(day.availability.count() == day.rounds, "a day does not count its rounds");
			ensure!(
				[&day.download, &day.upload, &day.first_byte, &day.first_byte_miss]
					.iter()
					.all(|figures| figures.count() <= day.rounds),
				"a day has more figures than rounds"
			);
		}
		Ok(())
	}

	/// Verifications that run are counted, and are not over.
	fn try_state_verifications() -> Checked {
		let mut running = 0u32;
		for (actor, verification) in Verifications::<T>::iter() {
			let settled = verification.settled.len() as u32;
			ensure!(settled <= verification.rounds, "a verification has too many rounds");
			match verification.state {
				VerificationState::Running => {
					running = running.saturating_add(1);
					ensure!(settled < verification.rounds, "a verification runs that is over");
				},
				VerificationState::Passed { until } => ensure!(
					Passed::<T>::get(actor).is_some_and(|passed| passed.until == until),
					"a verification that passed does not count"
				),
				_ => {},
			}
			ensure!(
				verification.state == VerificationState::Running || verification.fee.is_zero(),
				"a fee is noted for a verification that is over"
			);
		}
		ensure!(running == Verifying::<T>::get(), "verifications are counted wrongly");
		ensure!(running <= MAX_VERIFYING, "there are too many verifications");
		ensure!(
			Orders::<T>::iter_keys().all(|(round, _)| round >= Time::<T>::get().to_settle),
			"an order is for a round that is settled"
		);
		let conductors = Conductors::<T>::get();
		let all = conductors.iter().collect::<BTreeSet<_>>();
		ensure!(all.len() == conductors.len(), "a conductor is there twice");
		Ok(())
	}

	/// What is noted is held.
	fn try_state_money() -> Checked {
		type Sums<T> = BTreeMap<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
		let add = |sums: &mut Sums<T>, account: T::AccountId, amount: BalanceOf<T>| {
			let sum = sums.entry(account).or_insert_with(Zero::zero);
			*sum = sum.saturating_add(amount);
		};
		let (mut bonds, mut fees, mut reports) =
			(Sums::<T>::new(), Sums::<T>::new(), Sums::<T>::new());
		for prober in Probers::<T>::iter_values() {
			add(&mut bonds, prober.owner, prober.bond);
		}
		for order in Orders::<T>::iter_values() {
			add(&mut fees, order.account, order.fee);
		}
		for verification in Verifications::<T>::iter_values() {
			add(&mut fees, verification.account, verification.fee);
		}
		for (_, account, report) in Reports::<T>::iter() {
			add(&mut reports, account, report.deposit);
		}
		for account in frame_system::Account::<T>::iter_keys() {
			let held =
				|reason: crate::HoldReason| T::Currency::balance_on_hold(&reason.into(), &account);
			let noted = |sums: &Sums<T>| sums.get(&account).copied().unwrap_or_else(Zero::zero);
			ensure!(held(BOND) == noted(&bonds), "bonds are not what is held");
			ensure!(held(FEE) == noted(&fees), "fees are not what is held");
			ensure!(held(REPORT) == noted(&reports), "deposits of reports are not what is held");
		}
		Ok(())
	}
}
