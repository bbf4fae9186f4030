//! Carrying out what has passed, and failing to.

use super::*;
use crate::{NextProposalId, WeightInfo};
use frame_support::{dispatch::GetDispatchInfo, traits::QueryPreimage, weights::Weight};
use sp_core::H256;

fn remark() -> RuntimeCall {
	frame_system::Call::remark_with_event { remark: b"hello".to_vec() }.into()
}

fn dispatching(call: RuntimeCall, root: bool) -> Action<AccountId, Balance> {
	let (hash, len) = note_call(call);
	Action::Dispatch { hash, len, root }
}

fn failure(id: ProposalId) -> Failure {
	match state(id) {
		ProposalState::ExecutionFailed { failure, .. } => failure,
		other => panic!("{other:?}"),
	}
}

#[test]
fn signal_passes_and_does_nothing() {
	run(|| {
		let id = pass(Action::Signal);
		assert_eq!(state(id), ProposalState::Executed { at: 3 });
	});
}

#[test]
fn schemas_are_decided_with_the_authority_of_the_votes() {
	run(|| {
		pass(Action::ApproveSchema { suggestion: 5 });
		let id = submit(DAVE, Action::ActivateSchema { suggestion: 5 });
		elect(&[ALICE, BOB, CHARLIE, EVE]);
		approve(id, &[ALICE, BOB, CHARLIE]);
		wait(2);
		assert_eq!(Schemas::get(), vec![(true, 5, (2, 3)), (false, 5, (3, 4))]);
		elect(&[ALICE, BOB, CHARLIE]);
		let id = pass(Action::ApproveSchema { suggestion: u32::MAX });
		assert!(matches!(failure(id), Failure::Refused(_)));
	});
}

#[test]
fn call_is_made_with_the_authority_of_the_votes() {
	run(|| {
		let id = pass(dispatching(remark(), false));
		assert_eq!(state(id), ProposalState::Executed { at: 3 });
		let sender = approved(2, 3);
		let hash = sp_io::hashing::blake2_256(b"hello").into();
		System::assert_has_event(frame_system::Event::Remarked { sender, hash }.into());
		// Nobody holds on to the preimage any more.
		let (hash, _) = note_call(remark());
		assert!(!<Preimage as QueryPreimage>::is_requested(&H256(hash)));
	});
}

#[test]
fn more_authority_than_approved_is_refused() {
	run(|| {
		let call = crate::Call::<Test>::veto { proposal: 0 };
		let id = pass(dispatching(call.into(), false));
		assert_eq!(failure(id), Failure::Refused(DispatchError::BadOrigin));
	});
}

#[test]
fn root_comes_from_everyone_after_the_longest_grace() {
	run(|| {
		Seats::set(3);
		let call = crate::Call::<Test>::set_standing_reward {
			reward: RewardKind::SchemaActivated,
			terms: Some(StandingReward { amount: 5, budget: 50, account_cap: 20, period: 10 }),
		};
		let id = submit(ALICE, dispatching(call.into(), true));
		assert_eq!(stored(id).action.kind(), Kind::RootDispatch);
		approve(id, &[ALICE, BOB]);
		assert!(matches!(state(id), ProposalState::Active { .. }));
		approve(id, &[CHARLIE]);
		assert_eq!(state(id), ProposalState::Approved { execute_at: 21 });
		wait(19);
		assert_eq!(held(HoldReason::Rewards, FUND), 0);
		wait(1);
		assert!(matches!(state(id), ProposalState::Executed { .. }));
		assert_eq!(held(HoldReason::Rewards, FUND), 50);
		Seats::set(5);
	});
}

#[test]
fn root_needs_two_thirds_of_the_seats() {
	run(|| {
		// Of five three are filled: no vote changes that. Once nobody can be slashed, it is decided.
		let id = submit(ALICE, dispatching(remark(), true));
		approve(id, &[ALICE]);
		assert!(matches!(state(id), ProposalState::Active { .. }));
		approve(id, &[BOB]);
		assert!(matches!(state(id), ProposalState::Rejected { .. }));
		elect(&[ALICE, BOB, CHARLIE, DAVE]);
		let id = submit(ALICE, dispatching(remark(), true));
		approve(id, &[ALICE, BOB, CHARLIE, DAVE]);
		assert!(matches!(state(id), ProposalState::Approved { .. }));
	});
}

#[test]
fn failing_call_changes_nothing_and_can_be_retried() {
	run(|| {
		// The authority's account has nothing to transfer.
		let call = pallet_balances::Call::transfer_keep_alive { dest: EVE, value: 100 };
		let (fund, eve) = (free(FUND), free(EVE));
		let id = pass(dispatching(call.into(), false));
		assert_eq!(
			failure(id),
			Failure::Refused(DispatchError::Token(TokenError::FundsUnavailable))
		);
		assert_eq!((free(FUND), free(EVE)), (fund, eve));
		// Now it has.
		assert_ok!(Balances::mint_into(&approved(2, 3), 200));
		assert_noop!(Proposals::execute(signed(EVE), id, Weight::zero()), Error::WeightBoundTooLow);
		assert!(matches!(state(id), ProposalState::ExecutionFailed { .. }));
		assert_ok!(Proposals::execute(signed(EVE), id, Weight::MAX));
		assert!(matches!(state(id), ProposalState::Executed { .. }));
		assert_eq!(free(EVE), eve + 100);
		// Once.
		assert_noop!(Proposals::execute(signed(EVE), id, Weight::MAX), Error::NotDue);
	});
}

#[test]
fn retrying_ends() {
	run(|| {
		let id = pass(Action::Spend { beneficiary: NOBODY, amount: ED - 1 });
		assert_eq!(failure(id), Failure::Refused(DispatchError::Token(TokenError::BelowMinimum)));
		wait(30);
		assert_ok!(Proposals::execute(signed(EVE), id, Weight::MAX));
		// A failed attempt does not begin the time anew.
		assert!(matches!(state(id), ProposalState::ExecutionFailed { at: 3, .. }));
		wait(20);
		assert_ok!(Balances::mint_into(&NOBODY, ED));
		assert_noop!(Proposals::execute(signed(EVE), id, Weight::MAX), Error::NotDue);
	});
}

#[test]
fn spend_can_be_retried_once_the_account_can_hold_it() {
	run(|| {
		let id = pass(Action::Spend { beneficiary: NOBODY, amount: ED - 1 });
		assert_ok!(Balances::mint_into(&NOBODY, ED));
		assert_ok!(Proposals::execute(signed(EVE), id, Weight::MAX));
		assert_eq!(free(NOBODY), 2 * ED - 1);
		assert!(happened(Event::SpendPaid { proposal: id, beneficiary: NOBODY, amount: ED - 1 }));
	});
}

#[test]
fn too_much_for_the_fund_fails_and_leaves_it() {
	run(|| {
		let fund = free(FUND);
		let id = pass(spend(fund));
		assert_eq!(failure(id), Failure::Refused(Error::InsufficientFunds.into()));
		let id = pass(spend(fund - ED));
		assert!(matches!(state(id), ProposalState::Executed { .. }));
		assert_eq!(free(FUND), ED);
	});
}

#[test]
fn lost_preimage_is_recorded_and_can_come_back() {
	run(|| {
		let (hash, _) = note_call(remark());
		let id = submit(DAVE, dispatching(remark(), false));
		approve(id, &[ALICE, BOB]);
		// Whoever noted it cannot take it away while a proposal waits for it; root can.
		let _ = Preimage::unnote_preimage(signed(NOTER), H256(hash));
		assert!(<Preimage as QueryPreimage>::len(&H256(hash)).is_some());
		assert_ok!(Preimage::unrequest_preimage(root(), H256(hash)));
		wait(2);
		assert_eq!(failure(id), Failure::PreimageMissing);
		note_call(remark());
		assert_ok!(Proposals::execute(signed(EVE), id, Weight::MAX));
		assert!(matches!(state(id), ProposalState::Executed { .. }));
	});
}

#[test]
fn what_is_no_call_is_final() {
	run(|| {
		let (hash, len) = note_bytes(vec![0xff; 7]);
		let id = pass(Action::Dispatch { hash, len, root: false });
		assert_eq!(failure(id), Failure::NotACall);
		assert_noop!(Proposals::execute(signed(EVE), id, Weight::MAX), Error::NotDue);
		assert!(!<Preimage as QueryPreimage>::is_requested(&H256(hash)));
	});
}

#[test]
fn too_heavy_call_is_final() {
	run(|| {
		MaxDispatchWeight::set(remark().get_dispatch_info().call_weight);
		let id = pass(dispatching(remark(), false));
		assert_eq!(failure(id), Failure::TooHeavy);
		assert_noop!(Proposals::execute(signed(EVE), id, Weight::MAX), Error::NotDue);
		MaxDispatchWeight::set(Weight::from_parts(500_000_000_000, u64::MAX));
	});
}

#[test]
fn call_waits_for_a_block_with_room() {
	run(|| {
		let id = submit(DAVE, dispatching(remark(), false));
		approve(id, &[ALICE, BOB]);
		System::set_block_number(5);
		// Room for the step, and none for the call.
		let room = <() as WeightInfo>::serve_agenda(16)
			.saturating_add(Proposals::execute_weight())
			.saturating_add(Weight::from_parts(1, 0));
		let used = <Proposals as frame_support::traits::Hooks<u64>>::on_idle(5, room);
		assert!(used.all_lte(room));
		assert_eq!(state(id), ProposalState::Approved { execute_at: 3 });
		// Whoever pays for it has it done.
		assert_noop!(
			Proposals::execute(signed(EVE), id, Weight::from_parts(1, 0)),
			Error::WeightBoundTooLow
		);
		assert_ok!(Proposals::execute(signed(EVE), id, MaxDispatchWeight::get()));
		assert!(matches!(state(id), ProposalState::Executed { .. }));
	});
}

#[test]
fn call_that_would_kill_the_fund_is_undone() {
	run(|| {
		Seats::set(3);
		for call in [
			pallet_balances::Call::force_set_balance { who: FUND, new_free: 0 },
			pallet_balances::Call::force_transfer { source: FUND, dest: EVE, value: RICH },
		] {
			let (fund, eve) = (free(FUND), free(EVE));
			let id = submit(ALICE, dispatching(call.into(), true));
			approve(id, &[ALICE, BOB, CHARLIE]);
			wait(20);
			assert_eq!(failure(id), Failure::KillsFund);
			assert_eq!((free(FUND), free(EVE)), (fund, eve));
			assert_noop!(Proposals::execute(signed(EVE), id, Weight::MAX), Error::NotDue);
		}
		Seats::set(5);
	});
}

#[test]
fn call_that_leads_back_finds_nothing_to_do() {
	run(|| {
		Seats::set(3);
		let id = NextProposalId::<Test>::get();
		// A call that carries out its own proposal, signed by the authority's account.
		let again = crate::Call::<Test>::execute { proposal: id, weight_bound: Weight::zero() };
		let action = dispatching(again.into(), false);
		assert_eq!(pass(action), id);
		assert_eq!(failure(id), Failure::Refused(Error::NotDue.into()));
		Seats::set(5);
	});
}

#[test]
fn execute_fails_before_its_time() {
	run(|| {
		let id = submit(DAVE, spend(1));
		let execute = |id| Proposals::execute(signed(EVE), id, Weight::MAX);
		assert_noop!(execute(id), Error::NotDue);
		approve(id, &[ALICE, BOB]);
		assert_noop!(execute(id), Error::NotDue);
		assert_noop!(execute(9), Error::ProposalNotFound);
		System::set_block_number(3);
		assert_ok!(execute(id));
		assert_noop!(execute(id), Error::NotDue);
	});
}

#[test]
fn unused_weight_is_given_back() {
	run(|| {
		let id = submit(DAVE, spend(1));
		approve(id, &[ALICE, BOB]);
		System::set_block_number(3);
		let info =
			Proposals::execute(signed(EVE), id, Weight::from_parts(1_000_000_000, 0)).unwrap();
		assert_eq!(info.actual_weight, Some(Proposals::execute_weight()));
		// A vote that decides nothing costs no decision.
		let id = submit(DAVE, spend(1));
		let info = Proposals::vote(signed(ALICE), id, Vote::Approve, text("")).unwrap();
		assert_eq!(info.actual_weight, Some(<() as WeightInfo>::vote()));
	});
}
