//! The runtime API of the benchmark oracle.
//!
//! Lists come in pages: give `after` the `next` of the page before. A page holds at most
//! [`MAX_PAGE`](super::limits::MAX_PAGE) entries.

use super::{
	chain::Chain, risk::Risk, settlement::Figure, settlement::Settled, Actor, Hash, Metric,
	Millionths, Outcome, ProberId, Role, RoundIndex, RoundParameters, Target, Thresholds,
};
use crate::actors::{Declared, Endpoint};
use alloc::vec::Vec;
use codec::{Codec, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Where the rounds stand.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ClockView {
	/// The round in which is probed now. Commitments to the one before are due, reveals of the one before that,
	/// openings of the one before that.
	pub round: RoundIndex,
	/// The block in which it began.
	pub began: u32,
	/// Blocks of it that were not full.
	pub open_blocks: u32,
	/// How rounds are run.
	pub parameters: RoundParameters,
	/// Whether decisions by these numbers are within the risk table.
	pub calibrated: bool,
	/// The first round that is not settled for all actors.
	pub settled_until: RoundIndex,
}

/// What a prober needs for a round, and everyone to check its assignment.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct RoundView {
	/// The round.
	pub round: RoundIndex,
	/// Its seed.
	pub seed: Hash,
	/// Probers that take part.
	pub probers: u32,
	/// How many are expected to probe an actor.
	pub committee: u32,
	/// The block in which it began.
	pub began: u32,
	/// The actors that are probed in it, with the trials that were ordered besides.
	pub targets: Vec<(Actor, u32)>,
	/// The group that all of them are members of, if this is a simultaneous run: everybody pulls at half of the
	/// round, and nobody besides.
	pub run: Option<Target>,
}

/// A prober as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProberView<AccountId, Balance> {
	/// Its number.
	pub id: ProberId,
	/// Who stands for it, and is paid.
	pub owner: AccountId,
	/// The key that signs for it.
	pub key: AccountId,
	/// Held from the owner.
	pub bond: Balance,
	/// Whether it takes part.
	pub active: bool,
	/// Whether it was let in.
	pub admitted: bool,
	/// The round in which it gave notice.
	pub leaving: Option<RoundIndex>,
	/// The chain that is in use.
	pub chain: Chain,
	/// The chain that comes after.
	pub next_chain: Option<Chain>,
	/// Whether the next chain is due.
	pub chain_due: bool,
	/// What it has done.
	pub score: Score,
}

/// What a prober has done, in rounds. How near it came to the result counts nowhere.
#[derive(
	Copy,
	Clone,
	Default,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Score {
	/// Committed to.
	pub committed: u32,
	/// Revealed.
	pub revealed: u32,
	/// Settled and opened: what is paid.
	pub opened: u32,
	/// Revealed to have had no control.
	pub no_control: u32,
	/// Revealed and not opened.
	pub void: u32,
	/// Committed to and not revealed.
	pub withheld: u32,
	/// Neither, though it took part.
	pub missed: u32,
	/// Faults that are not made up for: rises with what is void or withheld, falls with what is opened.
	pub faults: u32,
}

/// A result as it is kept.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct RoundResult {
	/// The round.
	pub round: RoundIndex,
	/// What it settled.
	pub settled: Settled,
}

/// What the decisive rounds of an actor amount to.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct RecordView {
	/// The actor.
	pub actor: Actor,
	/// From so many settled rounds.
	pub rounds: u32,
	/// The lower median of the rounds' availability.
	pub availability: Option<Millionths>,
	/// Of their download capacities.
	pub download: Option<Figure>,
	/// Of their upload capacities.
	pub upload: Option<Figure>,
	/// Of their times to the first byte.
	pub first_byte: Option<Figure>,
	/// Whether that reaches the role's thresholds; none if there are fewer rounds than decide.
	pub meets_bar: Option<bool>,
}

/// A group's figures, from its members' records.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SumView {
	/// Members.
	pub members: u32,
	/// Of which so many have a record.
	pub measured: u32,
	/// The sum of their download capacities.
	pub download: Figure,
	/// The sum of their upload capacities.
	pub upload: Figure,
}

/// A simultaneous run over all members of a group.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct GroupResult {
	/// In this round.
	pub round: RoundIndex,
	/// Members.
	pub members: u16,
	/// Of which so many were pulled from by enough probers.
	pub measured: u16,
	/// The sum of what they sent at once; at least that if not all were measured, or probers could not see more.
	pub download: Figure,
	/// The sum of what they took at once.
	pub upload: Figure,
}

/// What a group delivers, beside the sum of its members' individual figures: the difference shows what they share.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct GroupView {
	/// The group.
	pub target: Target,
	/// The last runs, the youngest last.
	pub runs: Vec<GroupResult>,
	/// The lower median of five runs' downloads; none as long as there are fewer.
	pub download: Option<Figure>,
	/// The lower median of five runs' uploads.
	pub upload: Option<Figure>,
	/// The rounds for which runs are announced.
	pub announced: Vec<RoundIndex>,
}

/// Percentiles of a metric over some days. Capacities that are exceeded: p5 of a capacity is what 95 % of the rounds
/// reached.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PercentilesView {
	/// From so many rounds.
	pub rounds: u32,
	/// 5 % do not exceed it.
	pub p5: Option<u64>,
	/// Half do not exceed it.
	pub p50: Option<u64>,
	/// 95 % do not exceed it.
	pub p95: Option<u64>,
	/// 99 % do not exceed it.
	pub p99: Option<u64>,
	/// The buckets that are not empty: smallest value and count.
	pub buckets: Vec<(u64, u32)>,
}

/// Which of the bars a verification did not reach.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Shortfall {
	/// Successes among trials.
	#[codec(index = 0)]
	Availability,
	/// Download capacity.
	#[codec(index = 1)]
	Download,
	/// Upload capacity.
	#[codec(index = 2)]
	Upload,
	/// Time to the first byte.
	#[codec(index = 3)]
	FirstByte,
}

/// How a verification stands.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum VerificationState {
	/// Rounds are being settled.
	#[codec(index = 0)]
	Running,
	/// It passed, which counts until a block.
	#[codec(index = 1)]
	Passed {
		/// The block.
		until: u32,
	},
	/// It did not reach a bar.
	#[codec(index = 2)]
	Failed {
		/// The first bar that it did not reach.
		shortfall: Shortfall,
		/// What most of the rounds met with that did not reach it.
		outcome: Outcome,
		/// The block from which on it may be asked for again.
		retry_at: u32,
	},
	/// Too few rounds were settled in time: it says nothing, and the fee went back.
	#[codec(index = 3)]
	Undecided,
}

/// A verification as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct VerificationView {
	/// The actor.
	pub actor: Actor,
	/// What it is verified for.
	pub declared: Declared,
	/// How it stands.
	pub state: VerificationState,
	/// The rounds that it takes, settled ones.
	pub rounds: u32,
	/// Of which so many are settled.
	pub settled: u32,
	/// Of which so many had the availability that is asked for.
	pub successes: u32,
	/// The exact lower bound on the share of such rounds, at 95 %: says how sure this is, and decides nothing.
	pub bound: Option<Millionths>,
	/// Figures so far: availability, download, upload, first byte.
	pub availability: Option<Millionths>,
	/// Download capacity.
	pub download: Option<Figure>,
	/// Upload capacity.
	pub upload: Option<Figure>,
	/// Time to the first byte.
	pub first_byte: Option<Figure>,
	/// Whether so many rounds of such committees are within the risk table.
	pub calibrated: bool,
}

/// An actor as probers see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct TargetView<AccountId> {
	/// The actor.
	pub actor: Actor,
	/// The key that signs its answers.
	pub operator: AccountId,
	/// Where it is reached.
	pub endpoint: Endpoint,
	/// Whether it is being verified: what it cannot have yet is probed with probe objects.
	pub verifying: bool,
}

/// What a prober revealed of a round.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct RevealView {
	/// The prober.
	pub prober: ProberId,
	/// Its preimage.
	pub preimage: Hash,
	/// The root of its observations.
	pub root: Hash,
	/// How many there are; none if it had no control.
	pub observations: Option<u32>,
	/// The observation that it has to open, once that is drawn.
	pub to_open: Option<u32>,
	/// Whether it has opened it.
	pub opened: bool,
	/// The actors that it was assigned.
	pub assigned: Vec<Actor>,
}

/// One page of probers.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProbersPage<AccountId, Balance> {
	/// The entries.
	pub items: Vec<ProberView<AccountId, Balance>>,
	/// What to give as `after` for the next page; `None` if this was the last.
	pub next: Option<ProberId>,
}

sp_api::decl_runtime_apis! {
	/// Reads the benchmark oracle.
	pub trait BenchmarkOracleApi<AccountId, Balance>
	where
		AccountId: Codec,
		Balance: Codec,
	{
		/// Where the rounds stand.
		fn clock() -> ClockView;

		/// A round that is kept: seed and targets.
		fn round(round: RoundIndex) -> Option<RoundView>;

		/// What was revealed of a round that is kept, and who was assigned what.
		fn reveals(round: RoundIndex) -> Vec<RevealView>;

		/// One prober.
		fn prober(id: ProberId) -> Option<ProberView<AccountId, Balance>>;

		/// The prober that signs with this key.
		fn prober_of(key: AccountId) -> Option<ProberView<AccountId, Balance>>;

		/// The probers, in order of number.
		fn probers(after: Option<ProberId>, limit: u32) -> ProbersPage<AccountId, Balance>;

		/// What a prober has to know of an actor to probe it.
		fn target(actor: Actor) -> Option<TargetView<AccountId>>;

		/// The results of an actor that are kept, the youngest last.
		fn results(actor: Actor) -> Vec<RoundResult>;

		/// What the decisive rounds of an actor amount to.
		fn record(actor: Actor) -> RecordView;

		/// The sum of the individual figures of all actors of a role.
		fn sum(role: Role) -> SumView;

		/// What a group delivered in simultaneous runs.
		fn group(target: Target) -> GroupView;

		/// A metric of an actor over the days from one to another, both included.
		fn percentiles(actor: Actor, metric: Metric, from_day: u32, to_day: u32) -> PercentilesView;

		/// An actor's last verification.
		fn verification(actor: Actor) -> Option<VerificationView>;

		/// What a role's actors have to reach.
		fn thresholds(role: Role) -> Thresholds;

		/// Who last put a report on a target on record, and when. Nothing depends on these.
		fn reports(target: Target) -> Vec<(AccountId, u32, Vec<u8>)>;

		/// The risk table.
		fn risks() -> Vec<Risk>;
	}
}
