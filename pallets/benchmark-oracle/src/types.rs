//! What the pallet stores.

use crate::{Config, HoldReason};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::{
		fungible::{Credit, Inspect},
		ConstU32,
	},
	BoundedVec,
};
use rome_primitives::{
	actors::Declared,
	benchmark::{
		api::{GroupResult, RoundResult, VerificationState},
		chain::Chain,
		commitment::TreeProof,
		histogram::Histogram,
		limits::{MAX_HISTORY, MAX_REPORT_BYTES, MAX_ROUNDS, MAX_SAMPLES, MAX_TARGETS},
		settlement::{Sample, Settled},
		Actor, Hash, Observation, ProberId, Role, RoundIndex, Target,
	},
	signing::ProbeReceipt,
	slices::ChunkProof,
};
use scale_info::TypeInfo;
use sp_runtime::{AccountId32, MultiSignature};

/// An amount of the currency.
pub type BalanceOf<T> =
	<<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;
/// A sum taken away, on its way to somebody else.
pub type CreditOf<T> = Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;
/// A prober of the runtime's.
pub type ProberOf<T> = Prober<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
/// A verification of the runtime's.
pub type VerificationOf<T> = Verification<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

pub(crate) const BOND: HoldReason = HoldReason::Bond;
pub(crate) const FEE: HoldReason = HoldReason::Fee;
pub(crate) const REPORT: HoldReason = HoldReason::Report;

/// Rounds between the one that is probed in and the one whose commitments, reveals and openings are due.
pub const COMMIT_LAG: u32 = 1;
/// See [`COMMIT_LAG`].
pub const REVEAL_LAG: u32 = 2;
/// See [`COMMIT_LAG`].
pub const OPEN_LAG: u32 = 3;
/// Rounds are kept for so long, for everyone to check who was assigned what.
pub const KEPT_ROUNDS: u32 = 32;
/// Rounds ahead for which a measurement can be ordered.
pub const MAX_AHEAD: u32 = 1_024;
/// The most actors that are being verified at the same time.
pub const MAX_VERIFYING: u32 = 256;
/// Of these, so many are kept for whom the conductor has verified.
pub const CONDUCTORS_ROOM: u32 = 16;
/// The fee of a verification doubles when so many run, triples when twice as many do, and so on: filling the room
/// for all of them costs more than it is worth.
pub const FEE_STEP: u32 = 8;
/// The most conductors.
pub const MAX_CONDUCTORS: u32 = 16;
/// Rounds in which groups are measured are multiples of this: the others are left to individual probes.
pub const RUN_SPACING: u32 = 4;
/// How many probers are expected to pull from each member of a group at once.
pub const RUN_COMMITTEE: u32 = 6;
/// With fewer than these a member is not measured.
pub const RUN_QUORUM: u32 = 3;
/// So many runs make a group's figure, and are kept.
pub const RUNS: u32 = 5;

/// A verification that has not seen enough settled rounds within so many times their number says nothing.
pub const VERIFICATION_PATIENCE: u32 = 4;

/// Actors that a round probes, in order, with the trials that were ordered besides.
pub type Targets = BoundedVec<(Actor, u32), ConstU32<MAX_TARGETS>>;
/// An actor's observations of a round that wait to be settled.
pub type Samples = BoundedVec<Sample, ConstU32<MAX_SAMPLES>>;
/// An actor's results, the youngest last.
pub type History = BoundedVec<RoundResult, ConstU32<MAX_HISTORY>>;
/// A group's last runs, the youngest last.
pub type GroupRuns = BoundedVec<GroupResult, ConstU32<RUNS>>;
/// The text of a report.
pub type ReportText = BoundedVec<u8, ConstU32<MAX_REPORT_BYTES>>;

/// Where time stands.
#[derive(Copy, Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Clock {
	/// The round in which is probed now.
	pub round: RoundIndex,
	/// The block in which it began.
	pub began: u32,
	/// Blocks of it that were not full.
	pub open_blocks: u32,
	/// The first round that is not settled.
	pub to_settle: RoundIndex,
	/// The first round whose probers are not paid or fined.
	pub to_close: RoundIndex,
	/// The first round that is not forgotten.
	pub to_forget: RoundIndex,
}

/// A round.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Round {
	/// Decides, with the probers' preimages, who probes whom.
	pub seed: Hash,
	/// Probers that take part.
	pub probers: u32,
	/// How many are expected to probe an actor.
	pub committee: u32,
	/// So many observations settle an actor.
	pub quorum: u32,
	/// The block in which it began.
	pub began: u32,
	/// Of its targets, those that are settled, or that nothing was said of.
	pub settled: u32,
	/// Of those, with a result.
	pub results: u32,
	/// The prober that was closed last.
	pub closed: Option<ProberId>,
	/// The group that it is a simultaneous run over, and what that amounts to so far.
	pub run: Option<(Target, GroupResult)>,
}

/// The next round, as far as it is planned.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Plan {
	/// The round.
	pub round: RoundIndex,
	/// How far it has come.
	pub stage: Stage,
	/// Probers that take part, so far.
	pub probers: u32,
	/// Actors that are probed, so far; in order once it is done.
	pub targets: Targets,
}

/// How far planning has come.
#[derive(Copy, Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Stage {
	/// Nothing yet.
	#[default]
	Begin,
	/// Probers up to this one.
	Probers(ProberId),
	/// All probers, and a role's actors up to this one.
	Actors(Role, Option<u32>),
	/// Everything.
	Done,
}

/// Whether a prober takes part.
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
pub enum Standing {
	/// Waits to be let in.
	#[codec(index = 0)]
	Applied,
	/// Takes part.
	#[codec(index = 1)]
	Active,
	/// Was silent for too long: a new chain brings it back.
	#[codec(index = 2)]
	Idle,
	/// Has given notice, or was put out, in this round.
	#[codec(index = 3)]
	Leaving(RoundIndex),
}

/// A prober.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Prober<AccountId, Balance> {
	/// Who stands for it, and is paid.
	pub owner: AccountId,
	/// The key that signs for it.
	pub key: AccountId,
	/// Held from the owner.
	pub bond: Balance,
	/// Whether it takes part.
	pub standing: Standing,
	/// The round from which on it does, if it does.
	pub since: RoundIndex,
}

/// A prober's chains.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Chains {
	/// The one in use.
	pub current: Chain,
	/// The one that comes after.
	pub next: Option<Chain>,
}

impl Chains {
	/// The chain that has a preimage for a round.
	pub fn covering(&self, round: RoundIndex) -> Option<&Chain> {
		[Some(&self.current), self.next.as_ref()]
			.into_iter()
			.flatten()
			.find(|chain| chain.covers(round))
	}

	/// The chains after a round's preimage was revealed; none if it is not that.
	pub fn reveal(&self, round: RoundIndex, preimage: &Hash) -> Option<Self> {
		let revealed = self.covering(round)?.reveal(round, preimage)?;
		Some(if self.current.covers(round) {
			Chains { current: revealed, ..*self }
		} else {
			Chains { current: revealed, next: None }
		})
	}

	/// The first round that none of them is for.
	pub fn until(&self) -> RoundIndex {
		self.next.as_ref().unwrap_or(&self.current).until()
	}

	/// What is left of them in `round`: a chain whose last reveal is no longer due makes way for the next one.
	pub fn left(&self, round: RoundIndex) -> Self {
		match self.next {
			Some(next) if Self::is_over(&self.current, round) => {
				Chains { current: next, next: None }
			},
			_ => *self,
		}
	}

	fn is_over(chain: &Chain, round: RoundIndex) -> bool {
		chain.until().saturating_add(REVEAL_LAG) <= round
	}

	/// Whether less than half of them is left in `round`.
	pub fn run_short(&self, round: RoundIndex) -> bool {
		let left = self.left(round);
		let half = left.current.until().saturating_sub(left.current.length / 2);
		left.next.is_none() && round >= half
	}

	/// The chains with one more after those that there are; with `cut`, in place of what comes from its first
	/// round on. What is still to be revealed stays.
	pub fn with(&self, round: RoundIndex, chain: Chain, cut: bool) -> Option<Self> {
		let mut left = self.left(round);
		if cut {
			left.next = left.next.filter(|next| next.from < chain.from);
			let last = left.next.as_mut().unwrap_or(&mut left.current);
			last.length = last.length.min(chain.from.saturating_sub(last.from));
		}
		if Self::is_over(&left.current, round) || left.current.length == 0 {
			return (chain.from >= left.until()).then_some(Chains { current: chain, next: None });
		}
		(left.next.is_none() && chain.from >= left.current.until())
			.then_some(Chains { next: Some(chain), ..left })
	}
}

/// Rounds in a row in which a prober did not do what is paid.
#[derive(Copy, Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct InARow {
	/// Neither committed nor revealed.
	pub missed: u32,
	/// Had no control.
	pub no_control: u32,
}

/// What a prober revealed of a round.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Revealed {
	/// Its preimage.
	pub preimage: Hash,
	/// The root of its observations.
	pub root: Hash,
	/// How many; none if it had no control.
	pub count: Option<u32>,
	/// Whether it has opened what it has to, or has nothing to open.
	pub opened: bool,
}

/// What proves a transfer.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Evidence {
	/// The actor's receipt.
	pub receipt: ProbeReceipt,
	/// Its operator's signature.
	pub signature: MultiSignature,
	/// The chunk of the range that the prober's preimage draws.
	pub chunk: ChunkProof,
}

/// What a prober opens.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Opening {
	/// The observation that it has to open.
	pub observation: Observation,
	/// Its way to the root.
	pub proof: TreeProof,
	/// What proves the transfer, if the observation is of one.
	pub evidence: Option<Evidence>,
}

/// The figures of a day.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Day {
	/// Settled rounds.
	pub rounds: u32,
	/// Download capacity, in bytes a second.
	pub download: Histogram,
	/// Upload capacity, in bytes a second.
	pub upload: Histogram,
	/// Microseconds to the first byte of what was at hand.
	pub first_byte: Histogram,
	/// Microseconds to the first byte of what had to be fetched.
	pub first_byte_miss: Histogram,
	/// Successes among trials, in millionths.
	pub availability: Histogram,
}

/// Extra trials that somebody has paid for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Order<AccountId, Balance> {
	/// Who has.
	pub account: AccountId,
	/// Held until the round is settled.
	pub fee: Balance,
	/// Probers that are expected besides the committee.
	pub trials: u32,
}

/// An actor's verification.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Verification<AccountId, Balance> {
	/// Who asked, and pays.
	pub account: AccountId,
	/// Held until it is decided.
	pub fee: Balance,
	/// What the actor is verified for.
	pub declared: Declared,
	/// How it stands.
	pub state: VerificationState,
	/// The first round that counts.
	pub from: RoundIndex,
	/// So many settled rounds decide.
	pub rounds: u32,
	/// The settled rounds so far.
	pub settled: BoundedVec<Settled, ConstU32<MAX_ROUNDS>>,
}

/// What an actor has passed.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Verified {
	/// What it was verified for.
	pub declared: Declared,
	/// Until this block.
	pub until: u32,
}

/// A report that somebody put on record.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RecordedReport<Balance> {
	/// In this block.
	pub at: u32,
	/// Held for it.
	pub deposit: Balance,
	/// What it says.
	pub text: ReportText,
}

/// What can be removed once nobody needs it.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Stale {
	/// A day's figures, when they are old or their actor is gone.
	#[codec(index = 0)]
	Day(Actor, u32),
	/// The record, thresholds reached and verifications of an actor that is gone.
	#[codec(index = 1)]
	Actor(Actor),
	/// A report whose time is over.
	#[codec(index = 2)]
	Report(Target, AccountId32),
}
