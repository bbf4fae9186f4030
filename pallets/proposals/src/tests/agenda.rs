//! What is due is done in the blocks that have room.

use super::*;
use crate::agenda::STEPS_PER_BLOCK;
use frame_support::{traits::Hooks, weights::Weight};

fn on_idle(room: Weight) -> Weight {
	<Proposals as Hooks<u64>>::on_idle(System::block_number(), room)
}

#[test]
fn no_more_weight_than_there_is() {
	run(|| {
		for _ in 0..5 {
			submit(DAVE, spend(1));
		}
		System::set_block_number(11);
		let active =
			|| (0..5).filter(|id| matches!(state(*id), ProposalState::Active { .. })).count();
		let mut room = Weight::zero();
		while active() > 0 {
			let before = active();
			let used = on_idle(room);
			assert!(used.all_lte(room), "{used:?} of {room:?}");
			assert!(active() <= before);
			room = room.saturating_add(Weight::from_parts(500_000_000, 1_000_000));
		}
	});
}

#[test]
fn many_steps_take_several_blocks() {
	run(|| {
		DefaultStake::set(1);
		let count = 3 * STEPS_PER_BLOCK;
		for _ in 0..count {
			submit(DAVE, spend(1));
		}
		DefaultStake::set(100);
		System::set_block_number(11);
		let active = || {
			(0..count).filter(|id| matches!(state(*id), ProposalState::Active { .. })).count()
				as u32
		};
		for left in [2, 1, 0] {
			on_idle(Weight::MAX);
			assert_eq!(active(), left * STEPS_PER_BLOCK);
		}
	});
}

#[test]
fn call_that_fits_no_block_does_not_hold_up_the_rest() {
	run(|| {
		let (hash, len) = note_call(frame_system::Call::remark { remark: vec![0; 100] });
		let heavy = submit(DAVE, Action::Dispatch { hash, len, root: false });
		approve(heavy, &[ALICE, BOB]);
		let other = submit(DAVE, spend(10));
		approve(other, &[ALICE, BOB]);
		System::set_block_number(3);
		let lookup = <() as crate::WeightInfo>::lookup(len);
		let room = <() as crate::WeightInfo>::serve_agenda(STEPS_PER_BLOCK)
			.saturating_add(Proposals::execute_weight().saturating_mul(2))
			.saturating_add(<() as crate::WeightInfo>::prune())
			.saturating_add(lookup);
		for _ in 0..2 {
			on_idle(room);
		}
		assert!(matches!(state(other), ProposalState::Executed { .. }), "{:?}", state(other));
	});
}
