//! How the invulnerables become the validator set, and what an equivocation costs.

use crate::{
	configs::consensus::HISTORY_DEPTH, AccountId, CollatorSelection, Historical, Runtime, Session,
};
use alloc::vec::Vec;
use frame_support::{
	traits::{Get, ValidatorRegistration},
	weights::Weight,
};
use pallet_collator_selection::Event;
use sp_runtime::{traits::Convert, Perbill};
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex,
};

/// A validator is identified by its account alone.
pub struct NoFurtherIdentification;

impl Convert<AccountId, Option<()>> for NoFurtherIdentification {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

/// The validators of the next session: the invulnerables that have session keys.
pub struct Invulnerables;

impl pallet_session::SessionManager<AccountId> for Invulnerables {
	fn new_session(index: SessionIndex) -> Option<Vec<AccountId>> {
		let mut validators =
			<CollatorSelection as pallet_session::SessionManager<AccountId>>::new_session(index)?;
		validators.retain(Session::is_registered);
		// An empty set would stop the chain for good: keep the validators there are.
		(!validators.is_empty()).then_some(validators)
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(index: SessionIndex) {
		// What is older than this proves no equivocation any more.
		Historical::prune_up_to(index.saturating_sub(HISTORY_DEPTH));
	}
}

impl pallet_session::historical::SessionManager<AccountId, ()> for Invulnerables {
	fn new_session(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		let validators = <Self as pallet_session::SessionManager<AccountId>>::new_session(index)?;
		Some(validators.into_iter().map(|validator| (validator, ())).collect())
	}

	fn start_session(index: SessionIndex) {
		<Self as pallet_session::SessionManager<AccountId>>::start_session(index)
	}

	fn end_session(index: SessionIndex) {
		<Self as pallet_session::SessionManager<AccountId>>::end_session(index)
	}
}

/// Who equivocates leaves the invulnerables, and with the next set the validators. There is no stake
/// to slash; the council may name them again.
pub struct DismissOffenders;

impl OnOffenceHandler<AccountId, (AccountId, ()), Weight> for DismissOffenders {
	fn on_offence(
		offenders: &[OffenceDetails<AccountId, (AccountId, ())>],
		_slash_fraction: &[Perbill],
		_session: SessionIndex,
	) -> Weight {
		let minimum: u32 =
			<Runtime as pallet_collator_selection::Config>::MinEligibleCollators::get();
		let mut dismissed = Vec::new();
		pallet_collator_selection::Invulnerables::<Runtime>::mutate(|invulnerables| {
			for offence in offenders {
				let (offender, ()) = &offence.offender;
				// The last one stays: a chain with an untrusted validator can still be upgraded, one
				// without any cannot.
				if invulnerables.len() as u32 <= minimum {
					break;
				}
				// An offender that was dismissed before is not in the list.
				if let Ok(index) = invulnerables.binary_search(offender) {
					dismissed.push(invulnerables.remove(index));
				}
			}
		});
		for account_id in dismissed {
			frame_system::Pallet::<Runtime>::deposit_event(Event::<Runtime>::InvulnerableRemoved {
				account_id,
			});
		}
		<Runtime as frame_system::Config>::DbWeight::get().reads_writes(1, 1)
	}
}
