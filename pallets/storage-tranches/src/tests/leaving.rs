//! Leaving lowers no coverage, or is paid for.

use super::*;
use rome_primitives::actors::ActorState;

fn leave(id: ProviderId) {
	assert_ok!(Storage::begin_leaving(signed(owner(id)), id));
}

fn finish(id: ProviderId) -> sp_runtime::DispatchResult {
	Storage::finish_leaving(signed(owner(id)), id)
}

#[test]
fn a_leaver_goes_once_others_have_taken_over() {
	run(|| {
		members(5, 2);
		let all = (0..6).map(|seed| stored(seed, 3)).collect::<Vec<_>>();
		leave(0);
		let mine = all.iter().filter(|key| crate::Holdings::<Test>::contains_key(0, key));
		let mine = mine.copied().collect::<Vec<_>>();
		assert!(!mine.is_empty());
		assert_noop!(finish(0), Error::NoticeRunning);
		assert_noop!(release(0, &mine[..1]), Error::WouldUncover);
		// Successors are assigned, and the leaver counts until they have confirmed.
		assert_eq!(counts().degraded, 0);
		(0..6).for_each(confirm_all);
		for key in &mine {
			let view = Storage::api_object(*key).unwrap();
			assert_eq!((view.holders.len(), view.surplus), (4, vec![0]));
		}
		assert_ok!(release(0, &mine));
		assert_ok!(finish(0));
		assert_eq!(state(0), ActorState::Left);
		assert_eq!(counts().degraded, 0);
		assert_eq!(held(HoldReason::Stake, owner(0)), 0);
		assert_eq!(free(owner(0)), RICH);
		let event = Event::ProviderLeft { provider: 0, forfeited: 0, returned: STAKE };
		assert_happened(event);
		assert!(!Storage::has_seat(0, 0));
	});
}

#[test]
fn a_leaver_is_given_nothing_and_its_reservations_pass_on() {
	run(|| {
		members(5, 2);
		MaxPendingObjects::set(100);
		(0..30).for_each(|seed| {
			pin(alice(), seed, 1);
		});
		assert!(member(0).reservations > 0);
		leave(0);
		assert!((0..30).all(|seed| !view(seed).assigned.contains(&0)));
		assert!((0..30).all(|seed| view(seed).assigned.len() == 3));
		blocks(1);
		assert_eq!((member(0).reservations, member(0).reserved), (0, 0));
		// Whoever stands in has room reserved.
		assert!(crate::Objects::<Test>::iter_values().all(|object| object.assigned.len() == 3));
		assert_ok!(finish(0));
	});
}

#[test]
fn after_the_notice_what_is_left_costs_a_share_of_the_stake_that_pays_who_takes_over() {
	run(|| {
		members(4, 2);
		let all = (0..4).map(|seed| stored(seed, 9)).collect::<Vec<_>>();
		leave(0);
		let left = member(0).replicas;
		assert!(left > 0);
		blocks(LeavingNotice::get() - 1);
		assert_noop!(finish(0), Error::NoticeRunning);
		blocks(1);
		assert_ok!(finish(0));
		let forfeit = ForfeitShare::get() * STAKE;
		let share = forfeit.div_ceil(left.into());
		let forfeited = share * Balance::from(left);
		assert_eq!(free(owner(0)), RICH - forfeited);
		assert_happened(Event::ProviderLeft {
			provider: 0,
			forfeited,
			returned: STAKE - forfeited,
		});
		assert_eq!((counts().unswept, counts().degraded), (left, 0));
		blocks(1);
		assert_eq!((counts().unswept, counts().degraded), (0, left));
		let earned = || (1..4).map(crate::Earned::<Test>::get).sum::<Balance>();
		let before = earned();
		(0..4).for_each(confirm_all);
		assert_eq!(counts().degraded, 0);
		assert_eq!(earned() - before, forfeited);
		assert!(crate::Repairs::<Test>::iter().next().is_none());
		assert_eq!(all.len(), 4);
	});
}

#[test]
fn losing_after_the_notice_was_given_costs_the_forfeits_share() {
	run(|| {
		members(4, 2);
		(0..4).for_each(|seed| {
			stored(seed, 9);
		});
		leave(0);
		let mine = crate::Holdings::<Test>::iter_key_prefix(0).collect::<Vec<_>>();
		let share = (ForfeitShare::get() * STAKE).div_ceil(mine.len() as Balance);
		lose(0, &mine);
		assert_eq!(stake(0), STAKE - share * mine.len() as Balance);
		assert_ok!(finish(0));
	});
}

#[test]
fn losing_before_the_notice_is_given_does_not_avoid_it() {
	run(|| {
		members(4, 2);
		(0..4).for_each(|seed| {
			stored(seed, 9);
		});
		let mine = crate::Holdings::<Test>::iter_key_prefix(0).collect::<Vec<_>>();
		lose(0, &mine);
		leave(0);
		assert!(stake(0) <= STAKE - ForfeitShare::get() * (STAKE - LossFee::get() * 9));
		// Long ago counts no more.
		let id = 1;
		let one = crate::Holdings::<Test>::iter_key_prefix(id).take(1).collect::<Vec<_>>();
		lose(id, &one);
		let before = stake(id);
		blocks(LeavingNotice::get() + 1);
		leave(id);
		assert_eq!(stake(id), before);
	});
}

#[test]
fn silence_after_the_notice_was_given_costs_the_forfeit_and_the_failure() {
	run(|| {
		members(4, 2);
		(0..4).for_each(|seed| {
			stored(seed, 9);
		});
		LeavingNotice::set(1_000);
		leave(0);
		let share = member(0).share * Balance::from(member(0).replicas);
		blocks_without(5 * (MissedToFail::get() + 1) + 1, &[0]);
		assert!(matches!(state(0), ActorState::Failed { .. }));
		let rest = STAKE - share;
		assert_eq!(stake(0), rest - FailureSlash::get().mul_floor(rest));
	});
}

#[test]
fn failing_never_costs_less_than_leaving_everything_behind() {
	run(|| {
		FailureSlash::set(sp_runtime::Perbill::from_percent(1));
		members(3, 2);
		blocks_without(5 * (MissedToFail::get() + 1) + 1, &[0]);
		assert_eq!(stake(0), STAKE - ForfeitShare::get() * STAKE);
	});
}

#[test]
fn who_loses_an_object_and_brings_it_back_takes_no_bounty() {
	run(|| {
		members(4, 2);
		let key = stored(1, 9);
		let holders = view(1).holders;
		// One loses it before the other leaves it behind: both are missing.
		lose(holders[0], &[key]);
		leave(holders[1]);
		lose(holders[1], &[key]);
		let bounty = crate::Repairs::<Test>::get(key).unwrap().bounty;
		assert!(bounty > 0);
		assert!(try_confirm(1, holders[0]));
		// Not before the coverage is there.
		assert_eq!(crate::Earned::<Test>::iter_values().sum::<Balance>(), 0);
		let other = (0..4).find(|id| !holders.contains(id)).unwrap();
		assert!(try_confirm(1, other));
		assert_eq!(crate::Earned::<Test>::get(holders[0]), 0);
		assert_eq!(crate::Earned::<Test>::get(other), bounty);
		assert_happened(Event::BountyPaid { key, amount: bounty, takers: 1 });
	});
}

#[test]
fn a_member_leaves_one_tranche_the_same_way() {
	run(|| {
		members(4, 2);
		(0..4).for_each(|seed| {
			stored(seed, 9);
		});
		let change = || Storage::change_slots(signed(owner(0)), 0, 0, 0);
		assert_ok!(change());
		let share = member(0).share;
		let left = member(0).replicas;
		assert!(share > 0 && left > 0);
		assert_noop!(Storage::change_slots(signed(owner(0)), 0, 0, 3), Error::LeavingTranche);
		assert_noop!(change(), Error::NoticeRunning);
		blocks(LeavingNotice::get());
		assert_ok!(change());
		assert_eq!(stake(0), STAKE - share * Balance::from(left));
		assert_noop!(change(), Error::NotSwept);
		blocks(2);
		assert_noop!(change(), Error::NotAMember);
		assert_eq!(state(0), ActorState::Active);
		(0..4).for_each(confirm_all);
	});
}

#[test]
fn begin_leaving_tells_what_the_others_have_no_room_for() {
	run(|| {
		members(3, 1);
		stored(1, 9);
		leave(0);
		let deadline = System::block_number() + LeavingNotice::get();
		// Two operators hold nothing at a coverage of three.
		let event = Event::LeavingBegan { provider: 0, deadline, shortfall: 3 * SIZE };
		assert_happened(event);
		assert_noop!(Storage::begin_leaving(signed(owner(0)), 0), Error::WrongState);
	});
}

fn leave_tranche(id: ProviderId) {
	assert_ok!(Storage::change_slots(signed(owner(id)), id, 0, 0));
}

fn four_members_with_objects() -> Vec<ObjectKey> {
	members(4, 2);
	(0..4).for_each(|seed| {
		stored(seed, 9);
	});
	let mine = crate::Holdings::<Test>::iter_key_prefix(0).collect::<Vec<_>>();
	assert!(!mine.is_empty());
	mine
}

#[test]
fn what_was_left_behind_in_a_tranche_is_paid_once_whatever_is_staked_later() {
	run(|| {
		four_members_with_objects();
		leave_tranche(0);
		blocks(LeavingNotice::get());
		leave_tranche(0);
		let (share, left) = (member(0).share, member(0).replicas);
		assert!(share > 0 && left > 0);
		let more = 100 * STAKE;
		assert_ok!(Storage::update_provider(signed(owner(0)), 0, None, None, None, more));
		leave(0);
		assert_eq!(member(0).share, share);
		assert_ok!(Storage::do_try_state());
		blocks(2);
		assert!(!Storage::has_seat(0, 0));
	});
}

#[test]
fn anyone_ends_a_notice_that_has_run_its_course() {
	run(|| {
		four_members_with_objects();
		let by_bob = || Storage::finish_leaving(signed(bob()), 0);
		assert_noop!(by_bob(), Error::NotTheOwner);
		leave(0);
		assert_noop!(by_bob(), Error::NoticeRunning);
		blocks(LeavingNotice::get());
		assert_ok!(by_bob());
		assert_eq!((state(0), stake(0)), (ActorState::Left, 0));
		assert!(free(owner(0)) > RICH - STAKE);
	});
}

#[test]
fn losing_everything_and_leaving_the_tranche_then_costs_as_much_as_leaving_it_behind() {
	run(|| {
		let mine = four_members_with_objects();
		lose(0, &mine);
		let before = stake(0);
		leave_tranche(0);
		assert_eq!(stake(0), before - ForfeitShare::get().mul_ceil(before));
		assert!(!Storage::has_seat(0, 0));
		// Long ago counts no more.
		let id = 1;
		let mine = crate::Holdings::<Test>::iter_key_prefix(id).collect::<Vec<_>>();
		lose(id, &mine);
		let before = stake(id);
		blocks(LeavingNotice::get() + 1);
		leave_tranche(id);
		assert_eq!(stake(id), before);
	});
}

#[test]
fn what_was_lost_under_a_tranches_notice_is_charged_once() {
	run(|| {
		let mine = four_members_with_objects();
		leave_tranche(0);
		lose(0, &mine);
		let before = stake(0);
		assert!(before < STAKE);
		leave(0);
		assert_eq!(stake(0), before);
	});
	// And what was lost before it, when it is given.
	run(|| {
		let mine = four_members_with_objects();
		assert!(mine.len() > 1);
		lose(0, &mine[..1]);
		let before = stake(0);
		leave_tranche(0);
		let share = member(0).share;
		assert_eq!(stake(0), before - share);
		leave(0);
		assert_eq!(stake(0), before - share);
	});
}
