//! What the tests share.

mod governance;
mod groups;
mod integrity;
mod orders;
mod probers;
mod properties;
mod queries;
mod rounds;
mod settlement;
mod try_state;
mod verification;
mod worker;

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use rome_primitives::benchmark::{Actor, Outcome, ProberId, RoundIndex};
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

fn standing(id: ProberId) -> Standing {
	Probers::<Test>::get(id).unwrap().standing
}

fn score(id: ProberId) -> rome_primitives::benchmark::api::Score {
	Scores::<Test>::get(id)
}

/// What every actor delivers to everybody.
const RATE: u64 = 4_000_000;

fn honest(_: ProberId, _: Actor) -> u64 {
	RATE
}

/// The last result of an actor.
fn last(actor: Actor) -> rome_primitives::benchmark::api::RoundResult {
	*Results::<Test>::get(actor).last().expect("there is one")
}

/// Gives probers something to be paid from.
fn endow() {
	use frame_support::traits::fungible::Mutate;
	Balances::mint_into(&Oracle::account_id(), 1_000_000).unwrap();
}

fn text(text: &str) -> ReportText {
	BoundedVec::truncate_from(text.as_bytes().to_vec())
}
