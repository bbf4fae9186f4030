//! What the oracle asks of the rest of the runtime, and what it tells it.

use super::{Actor, Role};
use crate::actors::{Declared, Endpoint};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::AccountId32;

/// An actor as the oracle has to know it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProbedActor {
	/// Who stands for it, and asks for its verification.
	pub owner: AccountId32,
	/// The key that signs its answers.
	pub operator: AccountId32,
	/// Where it is reached.
	pub endpoint: Endpoint,
	/// What it says that it can do, or wants to be verified for.
	pub declared: Declared,
	/// Whether it is at work: probed in every round.
	pub at_work: bool,
	/// Whether it may be verified at all: it is not gone for good.
	pub verifiable: bool,
}

/// Who there is to probe.
pub trait ProbedActors {
	/// One of them. Costs a read or two.
	fn actor(actor: &Actor) -> Option<ProbedActor>;

	/// The number of the one that comes after another, or of the first: in any order, as long as it stays. Those
	/// that are gone need not come. Costs a read or two.
	fn next(role: Role, after: Option<u32>) -> Option<u32>;

	/// Whether one that is at work is a member of a tranche or distribution group. Costs a read.
	fn is_member(actor: &Actor, group: u32) -> bool;

	/// Makes one, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn insert(actor: &Actor, about: ProbedActor);
}

/// Nobody.
impl ProbedActors for () {
	fn actor(_: &Actor) -> Option<ProbedActor> {
		None
	}

	fn next(_: Role, _: Option<u32>) -> Option<u32> {
		None
	}

	fn is_member(_: &Actor, _: u32) -> bool {
		false
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn insert(_: &Actor, _: ProbedActor) {}
}

/// Is told who has passed its verification.
pub trait OnVerified {
	/// The actor can do what it declares, and that counts until a block.
	fn on_verified(actor: &Actor, declared: &Declared, until: u32);
}

impl OnVerified for () {
	fn on_verified(_: &Actor, _: &Declared, _: u32) {}
}

/// What the record says of an actor, for those who suspend and pay by it.
pub trait ServiceRecord {
	/// Whether the median of the decisive rounds reaches the role's thresholds; none if there are not enough
	/// rounds to say.
	fn meets_bar(actor: &Actor) -> Option<bool>;
}

impl ServiceRecord for () {
	fn meets_bar(_: &Actor) -> Option<bool> {
		None
	}
}

/// Tells the blocks that count from those that were full.
pub trait BlockRoom {
	/// Whether a free call could have been in the block that is being made.
	fn has_room() -> bool;
}

impl BlockRoom for () {
	fn has_room() -> bool {
		true
	}
}
