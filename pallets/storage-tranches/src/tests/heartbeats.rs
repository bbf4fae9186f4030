//! Heartbeats: who may send which, and what their absence means.

use super::*;
use codec::Encode;
use frame_support::{
	pallet_prelude::{InvalidTransaction, TransactionSource},
	traits::{Authorize, Hooks},
	weights::Weight,
};
use rome_primitives::{
	actors::{ActorState, Suspension},
	signing::{payload, Heartbeat},
};
use sp_core::Pair;
use sp_runtime::{
	traits::UniqueSaturatedInto,
	transaction_validity::{TransactionPriority, ValidTransaction},
	MultiSignature,
};

fn window() -> u32 {
	crate::Time::<Test>::get().window
}

fn beat_by(
	id: ProviderId,
	window: u32,
	signer: ProviderId,
) -> Result<ValidTransaction, InvalidTransaction> {
	let message = payload(&Storage::genesis(), &Heartbeat { provider: id, window });
	let signature = MultiSignature::Sr25519(operator_pair(signer).sign(&message));
	let call = crate::Call::<Test>::heartbeat { id, window, signature };
	let validity = call.authorize(TransactionSource::External).expect("it is authorised");
	validity.map(|(validity, _)| validity).map_err(|error| match error {
		sp_runtime::transaction_validity::TransactionValidityError::Invalid(error) => error,
		other => panic!("{other:?}"),
	})
}

#[test]
fn a_heartbeat_is_free_and_first_and_only_one_a_window() {
	run(|| {
		let id = provider();
		blocks_without(5, &[id]);
		let valid = beat_by(id, window(), id).unwrap();
		assert_eq!(valid.priority, TransactionPriority::MAX);
		assert_eq!(valid.provides.len(), 1);
		assert!(valid.propagate);
		// A window that full blocks prolong does not lose it.
		assert!(valid.longevity >= 10 * u64::from(HeartbeatInterval::get()));
		// Two for the same window exclude each other, whatever their signatures.
		assert_eq!(beat_by(id, window(), id).unwrap().provides, valid.provides);
		assert_ok!(Storage::do_heartbeat(id, window()));
		assert_eq!(beat_by(id, window(), id), Err(InvalidTransaction::Stale));
	});
}

#[test]
fn a_heartbeat_needs_the_operators_signature_the_open_window_and_a_live_provider() {
	run(|| {
		let (id, other) = (provider(), provider());
		blocks_without(5, &[id, other]);
		assert_eq!(beat_by(id, window(), other), Err(InvalidTransaction::BadProof));
		assert_eq!(beat_by(id, window() - 1, id), Err(InvalidTransaction::Stale));
		assert_eq!(beat_by(id, window() + 1, id), Err(InvalidTransaction::Future));
		assert_eq!(beat_by(9, window(), id), Err(InvalidTransaction::Call));
		assert_ok!(Storage::evict(signed(conductor()), id, reason("bad")));
		assert_eq!(beat_by(id, window(), id), Err(InvalidTransaction::Call));
		// Signed origins do not send any.
		let signature = MultiSignature::Sr25519(sp_core::sr25519::Signature::from_raw([0; 64]));
		assert_noop!(
			Storage::heartbeat(signed(operator(other)), other, window(), signature),
			sp_runtime::DispatchError::BadOrigin
		);
	});
}

#[test]
fn silence_suspends_and_a_heartbeat_ends_that() {
	run(|| {
		let ids = members(4, 1);
		let away = || crate::Rosters::<Test>::get(0)[0].away;
		// Windows 2 and 3 close without one.
		blocks_without(5 * (MissedToSuspend::get() + 1) - 1, &[0]);
		assert_eq!(state(ids[0]), ActorState::Active);
		blocks_without(2, &[0]);
		assert!(matches!(
			state(0),
			ActorState::Suspended { cause: Suspension::Silence, until: None, .. }
		));
		assert!(away());
		beat_all(&[]);
		assert_eq!(state(0), ActorState::Active);
		assert!(!away());
		assert_eq!(stake(0), STAKE);
	});
}

#[test]
fn silence_for_longer_fails_and_costs() {
	run(|| {
		members(4, 1);
		blocks_without(5 * (MissedToFail::get() + 1) + 1, &[0]);
		assert!(matches!(state(0), ActorState::Failed { .. }));
		assert_eq!(stake(0), STAKE - FailureSlash::get() * STAKE);
		assert_eq!(free(fund()), 1 + FailureSlash::get() * STAKE);
	});
}

/// A block with so much weight of ordinary transactions.
fn block_with(weight: Weight, length: usize) {
	System::set_block_consumed_resources(weight, length);
	next_block();
}

#[test]
fn full_blocks_do_not_count() {
	run(|| {
		let id = provider();
		let limits = BlockWeights::get();
		let normal = limits.get(frame_support::dispatch::DispatchClass::Normal).max_total.unwrap();
		let longest = *BlockLength::get().max.get(frame_support::dispatch::DispatchClass::Normal);
		let begun = window();
		for _ in 0..100 {
			// Full of ordinary transactions alone, by weight or by length.
			block_with(FullBlock::get() * normal, 0);
			block_with(Weight::zero(), (FullBlock::get() * longest) as usize);
			// No room at all: `on_idle` is left out.
			next_block_with(Weight::zero());
		}
		assert_eq!(window(), begun);
		assert_eq!(state(id), ActorState::Active);
		// What duties take fills no block.
		for _ in 0..HeartbeatInterval::get() {
			let number = System::block_number();
			Storage::on_idle(number, Weight::MAX);
			frame_system::Pallet::<Test>::register_extra_weight_unchecked(
				limits.max_block,
				frame_support::dispatch::DispatchClass::Mandatory,
			);
			Storage::on_finalize(number);
			System::set_block_number(number + 1);
			frame_system::BlockWeight::<Test>::kill();
		}
		assert_eq!(window(), begun + 1);
	});
}

#[test]
fn eras_pass_by_blocks_and_keep_their_first_windows() {
	run(|| {
		let id = provider();
		until_era(2);
		let heart = Storage::heart(id, 2).unwrap();
		assert!(heart.has_kept(0) && heart.has_kept(1) && !heart.has_kept(2));
		blocks_without(EraLength::get(), &[id]);
		// The failed one is forgotten; its eras were not kept.
		assert!(Storage::heart(id, 3).is_none_or(|heart| !heart.has_kept(2)));
		let number: u32 = System::block_number().unique_saturated_into();
		assert!(crate::Time::<Test>::get().era_start <= number);
	});
}

#[test]
fn a_new_length_concerns_the_era_that_runs() {
	run(|| {
		blocks(5);
		EraLength::set(6);
		let era = Storage::era();
		blocks(1);
		assert_eq!(Storage::era(), era + 1);
		blocks(6);
		assert_eq!(Storage::era(), era + 2);
	});
}

#[test]
fn the_tag_names_provider_and_window() {
	run(|| {
		let (a, b) = (provider(), provider());
		blocks_without(5, &[a, b]);
		let tags = [a, b].map(|id| beat_by(id, window(), id).unwrap().provides);
		assert_ne!(tags[0], tags[1]);
		assert!(tags[0][0].ends_with(&(a, window()).encode()));
	});
}
