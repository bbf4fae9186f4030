//! Threads and posts.

use super::*;
use crate::{Posts, Threads};

fn thread(mode: ThreadMode<AccountId>) -> ProposalId {
	let id = submit(DAVE, Action::Signal);
	assert_ok!(Proposals::open_thread(signed(DAVE), id, mode));
	id
}

fn post(who: AccountId, id: ProposalId, body: &str) -> Result<(), DispatchError> {
	Proposals::post(signed(who), id, text(body))
}

#[test]
fn proposer_and_members_open_threads() {
	run(|| {
		let id = submit(DAVE, Action::Signal);
		let open = |who, id| Proposals::open_thread(signed(who), id, ThreadMode::Open);
		assert_noop!(open(EVE, id), Error::NotAMember);
		assert_noop!(open(DAVE, 9), Error::ProposalNotFound);
		assert_noop!(post(EVE, id, "early"), Error::ThreadNotFound);
		assert_ok!(open(ALICE, id));
		assert_noop!(open(DAVE, id), Error::ThreadExists);
		assert_ok!(post(EVE, id, "hello"));
		assert_eq!(held(HoldReason::Post, EVE), 10 + 5);
	});
}

#[test]
fn closed_threads_let_those_listed_and_the_hosts() {
	run(|| {
		let id = thread(ThreadMode::Closed(list(vec![EVE])));
		assert_ok!(post(EVE, id, "listed"));
		assert_ok!(post(DAVE, id, "proposer"));
		assert_ok!(post(ALICE, id, "council"));
		assert_noop!(post(POOR, id, "stranger"), Error::NotAllowedToPost);
		assert_noop!(
			Proposals::set_thread_mode(signed(EVE), id, ThreadMode::Open),
			Error::NotAMember
		);
		assert_ok!(Proposals::set_thread_mode(signed(BOB), id, ThreadMode::Open));
		assert_ok!(post(POOR, id, "stranger"));
		let other = submit(DAVE, Action::Signal);
		assert_noop!(
			Proposals::set_thread_mode(signed(BOB), other, ThreadMode::Open),
			Error::ThreadNotFound
		);
	});
}

#[test]
fn edits_keep_the_history_by_hash_and_the_deposit_follows() {
	run(|| {
		let id = thread(ThreadMode::Open);
		assert_ok!(post(EVE, id, "one"));
		assert_noop!(Proposals::edit_post(signed(DAVE), id, 0, text("x")), Error::NotTheAuthor);
		assert_noop!(Proposals::edit_post(signed(EVE), id, 1, text("x")), Error::PostNotFound);
		assert_ok!(Proposals::edit_post(signed(EVE), id, 0, text("three")));
		assert_eq!(held(HoldReason::Post, EVE), 15);
		assert_ok!(Proposals::edit_post(signed(EVE), id, 0, text("2")));
		assert_eq!(held(HoldReason::Post, EVE), 11);
		let hash = sp_io::hashing::blake2_256;
		let first = hash(&[&[0; 32][..], b"one"].concat());
		let second = hash(&[&first[..], b"three"].concat());
		let stored = Posts::<Test>::get(id, 0).unwrap();
		assert_eq!((stored.revisions, stored.history), (2, second));
	});
}

#[test]
fn deleted_posts_leave_a_trace_until_the_proposal_is_gone() {
	run(|| {
		let id = thread(ThreadMode::Open);
		assert_ok!(post(EVE, id, "mine"));
		assert_ok!(post(POOR, id, "spam"));
		assert_noop!(Proposals::delete_post(signed(DAVE), id, 0), Error::NotTheAuthor);
		assert_ok!(Proposals::delete_post(signed(EVE), id, 0));
		assert_noop!(Proposals::delete_post(signed(EVE), id, 0), Error::PostNotFound);
		assert_noop!(Proposals::edit_post(signed(EVE), id, 0, text("x")), Error::PostNotFound);
		let trace = Posts::<Test>::get(id, 0).unwrap();
		assert_eq!((trace.body, trace.revisions), (None, 1));
		assert_eq!(held(HoldReason::Post, EVE), 10);
		// The council may.
		assert_ok!(Proposals::delete_post(signed(MAJORITY), id, 1));
		assert_eq!(held(HoldReason::Post, POOR), 10);

		// The proposal goes; the thread stays as long as it has posts.
		wait(10 + 100);
		assert!(Stored::<Test>::get(id).is_none());
		assert!(Threads::<Test>::contains_key(id));
		assert_noop!(post(EVE, id, "late"), Error::ProposalNotFound);
		assert_ok!(Proposals::delete_post(signed(CHARLIE), id, 0));
		assert_ok!(Proposals::delete_post(signed(CHARLIE), id, 1));
		assert_eq!(held(HoldReason::Post, EVE) + held(HoldReason::Post, POOR), 0);
		assert!(!Threads::<Test>::contains_key(id));
	});
}

#[test]
fn threads_without_posts_go_with_their_proposal() {
	run(|| {
		let id = thread(ThreadMode::Open);
		wait(10 + 100);
		assert!(!Threads::<Test>::contains_key(id));
	});
}

#[test]
fn threads_are_bounded() {
	run(|| {
		let id = thread(ThreadMode::Open);
		for _ in 0..MAX_POSTS {
			assert_ok!(post(EVE, id, ""));
		}
		assert_noop!(post(EVE, id, ""), Error::ThreadFull);
		assert_noop!(Proposals::post(signed(EVE), id, list(vec![0xff])), Error::NotUtf8);
	});
}
