//! Slashes for cause.

use super::*;
use rome_primitives::actors::ActorState;

fn slash(id: ProviderId, amount: Balance) -> sp_runtime::DispatchResult {
	Storage::slash(signed(conductor()), id, amount, reason("late"))
}

#[test]
fn a_slash_waits_and_then_takes() {
	run(|| {
		members(3, 2);
		assert_ok!(slash(0, 1_000));
		assert_eq!(stake(0), STAKE);
		until_era(SlashDeferral::get());
		blocks(1);
		assert_eq!(stake(0), STAKE - 1_000);
		assert_eq!(free(fund()), 1_001);
		assert_eq!(crate::Slashes::<Test>::count(), 0);
	});
}

#[test]
fn slashes_are_capped_together() {
	run(|| {
		members(3, 2);
		let most = SlashCap::get() * STAKE;
		assert_noop!(slash(0, most + 1), Error::SlashTooHigh);
		assert_noop!(slash(0, 0), Error::SlashTooHigh);
		assert_ok!(slash(0, most - 1));
		assert_noop!(slash(0, 2), Error::SlashTooHigh);
		assert_ok!(slash(0, 1));
		assert_noop!(
			Storage::slash(signed(alice()), 0, 1, reason("x")),
			sp_runtime::DispatchError::BadOrigin
		);
		let applied = apply();
		assert_noop!(slash(applied, 1), Error::WrongState);
	});
}

#[test]
fn the_council_cancels_a_slash() {
	run(|| {
		members(3, 2);
		assert_ok!(slash(0, 1_000));
		assert_noop!(
			Storage::cancel_slash(signed(conductor()), 0),
			sp_runtime::DispatchError::BadOrigin
		);
		assert_ok!(Storage::cancel_slash(signed(council()), 0));
		assert_noop!(Storage::cancel_slash(signed(council()), 0), Error::SlashNotFound);
		until_era(SlashDeferral::get() + 1);
		assert_eq!(stake(0), STAKE);
	});
}

#[test]
fn a_leaver_gets_out_and_leaves_behind_what_slashes_wait_for() {
	run(|| {
		members(4, 2);
		assert_ok!(slash(0, 1_000));
		assert_ok!(slash(0, 500));
		assert_ok!(Storage::begin_leaving(signed(owner(0)), 0));
		assert_ok!(Storage::finish_leaving(signed(owner(0)), 0));
		assert_eq!(state(0), ActorState::Left);
		assert_eq!(held(HoldReason::Stake, owner(0)), 1_500);
		assert_noop!(slash(0, 1), Error::WrongState);
		assert_ok!(Storage::cancel_slash(signed(council()), 1));
		assert_eq!(held(HoldReason::Stake, owner(0)), 1_000);
		until_era(SlashDeferral::get());
		blocks(1);
		assert_eq!(free(owner(0)), RICH - 1_000);
	});
}
