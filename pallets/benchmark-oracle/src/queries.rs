//! What the runtime API answers.

use crate::{
	types::{BalanceOf, ProberOf, Standing, RUNS},
	Bars, Config, Days, GroupResults, NextProberId, Pallet, Parameters, ProberByKey, ProberChains,
	Probers, Reports, Results, Reveals, RoundTargets, Rounds, Runs, Scores, Time, Verifications,
};
use alloc::vec::Vec;
use rome_primitives::benchmark::{
	api::{
		ClockView, GroupResult, GroupView, PercentilesView, ProberView, ProbersPage, RecordView,
		RevealView, RoundResult, RoundView, SumView, TargetView, VerificationView,
	},
	bound::lower_bound,
	histogram::{self, Histogram},
	hooks::{ProbedActors, ServiceRecord},
	limits::MAX_PAGE,
	risk::{self, Risk, RISKS},
	settlement::{median_of_figures, Figure},
	Actor, Metric, ProberId, Role, RoundIndex, Target, Thresholds,
};

type ProberViewOf<T> = ProberView<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
type ProbersPageOf<T> = ProbersPage<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
type Recorded<T> = (<T as frame_system::Config>::AccountId, u32, Vec<u8>);

/// See [`BenchmarkOracleApi`](rome_primitives::benchmark::api::BenchmarkOracleApi) for all of these.
#[allow(missing_docs)]
impl<T: Config> Pallet<T> {
	pub fn api_clock() -> ClockView {
		let time = Time::<T>::get();
		let parameters = Parameters::<T>::get();
		ClockView {
			round: time.round,
			began: time.began,
			open_blocks: time.open_blocks,
			parameters,
			calibrated: parameters.are_calibrated(),
			settled_until: time.to_settle,
		}
	}

	pub fn api_round(index: RoundIndex) -> Option<RoundView> {
		let round = Rounds::<T>::get(index)?;
		Some(RoundView {
			round: index,
			seed: round.seed,
			probers: round.probers,
			committee: round.committee,
			began: round.began,
			targets: RoundTargets::<T>::get(index).into_inner(),
			run: round.run.map(|(target, _)| target),
		})
	}

	pub fn api_reveals(index: RoundIndex) -> Vec<RevealView> {
		let mut reveals = Reveals::<T>::iter_prefix(index)
			.map(|(prober, revealed)| RevealView {
				prober,
				preimage: revealed.preimage,
				root: revealed.root,
				observations: revealed.count,
				to_open: Self::to_open(index, prober, &revealed),
				opened: revealed.opened,
				assigned: Self::assigned(index, prober, &revealed.preimage).unwrap_or_default(),
			})
			.collect::<Vec<_>>();
		reveals.sort_unstable_by_key(|view| view.prober);
		reveals
	}

	fn prober_view(id: ProberId, prober: ProberOf<T>) -> Option<ProberViewOf<T>> {
		let chains = ProberChains::<T>::get(id)?;
		Some(ProberView {
			id,
			chain_due: Self::is_chain_due(&prober, &chains),
			owner: prober.owner,
			key: prober.key,
			bond: prober.bond,
			active: prober.standing == Standing::Active,
			admitted: prober.standing != Standing::Applied,
			leaving: match prober.standing {
				Standing::Leaving(round) => Some(round),
				_ => None,
			},
			chain: chains.current,
			next_chain: chains.next,
			score: Scores::<T>::get(id),
		})
	}

	pub fn api_prober(id: ProberId) -> Option<ProberViewOf<T>> {
		Self::prober_view(id, Probers::<T>::get(id)?)
	}

	pub fn api_prober_of(key: T::AccountId) -> Option<ProberViewOf<T>> {
		Self::api_prober(ProberByKey::<T>::get(key)?)
	}

	pub fn api_probers(after: Option<ProberId>, limit: u32) -> ProbersPageOf<T> {
		let first = after.map_or(0, |after| after.saturating_add(1));
		let limit = limit.min(MAX_PAGE) as usize;
		let end = NextProberId::<T>::get();
		let mut items = Vec::new();
		for id in first..end {
			if items.len() >= limit {
				break;
			}
			items.extend(Self::api_prober(id));
		}
		let next = items.last().map(|view| view.id).filter(|_| items.len() >= limit);
		ProbersPage { items, next }
	}

	pub fn api_target(actor: Actor) -> Option<TargetView<T::AccountId>> {
		let about = T::Actors::actor(&actor)?;
		Some(TargetView {
			actor,
			operator: about.operator,
			endpoint: about.endpoint,
			verifying: Self::is_being_verified(&actor, Self::round()),
		})
	}

	pub fn api_results(actor: Actor) -> Vec<RoundResult> {
		Results::<T>::get(actor).into_inner()
	}

	pub fn api_record(actor: Actor) -> RecordView {
		let (rounds, medians) = Self::decisive(&actor);
		RecordView {
			actor,
			rounds,
			availability: medians.availability,
			download: medians.download,
			upload: medians.upload,
			first_byte: medians.first_byte,
			meets_bar: Self::meets_bar(&actor),
		}
	}

	pub fn api_sum(role: Role) -> SumView {
		let none = Figure::none();
		let mut sum = SumView { members: 0, measured: 0, download: none, upload: none };
		let add = |sum: &mut Figure, figure: Option<Figure>| {
			let Some(figure) = figure else { return };
			*sum = sum.plus(figure.value, figure.at_least, figure.readings);
		};
		let mut last = None;
		while let Some(id) = T::Actors::next(role, last) {
			last = Some(id);
			let actor = Actor { role, id };
			if !T::Actors::actor(&actor).is_some_and(|about| about.at_work) {
				continue;
			}
			sum.members = sum.members.saturating_add(1);
			let (rounds, medians) = Self::decisive(&actor);
			sum.measured = sum.measured.saturating_add((rounds > 0).into());
			add(&mut sum.download, medians.download);
			add(&mut sum.upload, medians.upload);
		}
		sum
	}

	pub fn api_group(target: Target) -> GroupView {
		let runs = GroupResults::<T>::get(target).into_inner();
		let enough = runs.len() as u32 >= RUNS;
		let median = |of: fn(&GroupResult) -> Figure| {
			enough.then(|| median_of_figures(runs.iter().map(of))).flatten()
		};
		let mut announced = Runs::<T>::iter()
			.filter(|(_, other)| *other == target)
			.map(|(round, _)| round)
			.collect::<Vec<_>>();
		announced.sort_unstable();
		GroupView {
			target,
			download: median(|run| run.download),
			upload: median(|run| run.upload),
			announced,
			runs,
		}
	}

	pub fn api_percentiles(actor: Actor, metric: Metric, from: u32, to: u32) -> PercentilesView {
		let mut all = Histogram::default();
		let mut rounds = 0u32;
		for day in (from..=to).take(MAX_PAGE as usize) {
			let Some(day) = Days::<T>::get(actor, day) else { continue };
			rounds = rounds.saturating_add(day.rounds);
			all.merge(match metric {
				Metric::Download => &day.download,
				Metric::Upload => &day.upload,
				Metric::FirstByte => &day.first_byte,
				Metric::FirstByteMiss => &day.first_byte_miss,
				Metric::Availability => &day.availability,
			});
		}
		PercentilesView {
			rounds,
			p5: all.percentile(5),
			p50: all.percentile(50),
			p95: all.percentile(95),
			p99: all.percentile(99),
			buckets: all
				.buckets()
				.iter()
				.map(|(bucket, count)| (histogram::floor(*bucket), *count))
				.collect(),
		}
	}

	pub fn api_verification(actor: Actor) -> Option<VerificationView> {
		let verification = Verifications::<T>::get(actor)?;
		let medians = crate::verification::Medians::of(verification.settled.iter());
		let settled = verification.settled.len() as u32;
		let successes = Self::successes(&actor, &verification);
		let committee = Parameters::<T>::get().committee;
		Some(VerificationView {
			actor,
			declared: verification.declared,
			state: verification.state,
			rounds: verification.rounds,
			settled,
			successes,
			bound: lower_bound(successes, settled),
			availability: medians.availability,
			download: medians.download,
			upload: medians.upload,
			first_byte: medians.first_byte,
			calibrated: risk::is_covered(committee, verification.rounds),
		})
	}

	pub fn api_thresholds(role: Role) -> Thresholds {
		Bars::<T>::get(role)
	}

	pub fn api_reports(target: Target) -> Vec<Recorded<T>> {
		Reports::<T>::iter_prefix(target)
			.take(MAX_PAGE as usize)
			.map(|(account, report)| (account, report.at, report.text.into_inner()))
			.collect()
	}

	pub fn api_risks() -> Vec<Risk> {
		RISKS.to_vec()
	}
}
