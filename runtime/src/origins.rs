//! Who may decide what. Every decision in the runtime's configuration names one of these.

use crate::{configs::governance::CouncilCollective, AccountId};
use frame_support::traits::EitherOfDiverse;
use frame_system::EnsureRoot;
use pallet_collective::{EnsureProportionAtLeast, EnsureProportionMoreThan};

/// More than half of the council.
pub type CouncilMajority = EnsureProportionMoreThan<AccountId, CouncilCollective, 1, 2>;

/// At least two thirds of the council.
pub type CouncilTwoThirds = EnsureProportionAtLeast<AccountId, CouncilCollective, 2, 3>;

/// Root, or more than half of the council.
pub type RootOrCouncilMajority = EitherOfDiverse<EnsureRoot<AccountId>, CouncilMajority>;

/// Root, or at least two thirds of the council.
pub type RootOrCouncilTwoThirds = EitherOfDiverse<EnsureRoot<AccountId>, CouncilTwoThirds>;

/// Who activates, suspends and evicts those who work for the network: root, and whom the benchmark oracle has as
/// conductors.
pub type Conductor = EitherOfDiverse<
	EnsureRoot<AccountId>,
	pallet_benchmark_oracle::EnsureConductor<crate::Runtime>,
>;
