//! What the tests share.

mod backing;
mod failure;
mod heartbeats;
mod integrity;
mod leaving;
mod moves;
mod pay;
mod pins;
mod properties;
mod providers;
mod queries;
mod replicas;
mod slashes;
mod tranches;
mod try_state;

use crate::{mock::*, HoldReason};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use rome_primitives::storage::{ObjectKey, ObjectState, ProviderId};
use sp_runtime::BoundedVec;

type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

fn held(reason: HoldReason, who: AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

fn free(who: AccountId) -> Balance {
	Balances::free_balance(who)
}

fn happened(event: Event) -> bool {
	System::events().iter().any(|record| record.event == event.clone().into())
}

fn assert_happened(event: Event) {
	assert!(happened(event.clone()), "no {event:?} among {:#?}", System::events());
}

fn keys(all: &[ObjectKey]) -> crate::Keys {
	BoundedVec::truncate_from(all.to_vec())
}

fn reason(text: &str) -> crate::Reason {
	BoundedVec::truncate_from(text.as_bytes().to_vec())
}

fn state(id: ProviderId) -> rome_primitives::actors::ActorState {
	crate::Providers::<Test>::get(id).unwrap().state
}

fn stake(id: ProviderId) -> Balance {
	crate::Providers::<Test>::get(id).unwrap().stake
}

fn member(id: ProviderId) -> crate::types::Stock<Balance> {
	crate::Members::<Test>::get(0, id).unwrap()
}

fn lose(id: ProviderId, all: &[ObjectKey]) {
	assert_ok!(Storage::report_lost(signed(operator(id)), id, keys(all)));
}

fn release(id: ProviderId, all: &[ObjectKey]) -> sp_runtime::DispatchResult {
	Storage::release_replicas(signed(operator(id)), id, keys(all))
}
