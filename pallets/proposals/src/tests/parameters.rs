//! What kinds of proposals cost and need.

use super::*;
use crate::mock::Defaults;
use rome_primitives::governance::{voting::MIN_THRESHOLD, KindParameters};
use sp_runtime::{traits::Convert, BuildStorage};

fn set(kind: Kind, change: impl FnOnce(&mut KindParameters<Balance>)) -> Result<(), DispatchError> {
	let mut parameters = Defaults::convert(kind);
	change(&mut parameters);
	Proposals::set_kind_parameters(root(), kind, parameters)
}

#[test]
fn parameters_change_what_is_asked() {
	run(|| {
		assert_ok!(set(Kind::Spend, |kind| {
			kind.stake = 7;
			kind.grace = 0;
			kind.threshold = Perbill::from_percent(100);
		}));
		assert_eq!(last_event(), Event::KindParametersSet { kind: Kind::Spend });
		let id = submit(DAVE, spend(10));
		assert_eq!(stored(id).stake, 7);
		approve(id, &[ALICE, BOB]);
		assert!(matches!(state(id), ProposalState::Active { .. }));
		approve(id, &[CHARLIE]);
		wait(1);
		assert!(matches!(state(id), ProposalState::Executed { .. }));
	});
}

#[test]
fn unsound_parameters_are_refused() {
	run(|| {
		type Change = fn(&mut KindParameters<Balance>);
		let changes: [Change; 5] = [
			|kind| kind.threshold = Perbill::from_percent(50),
			|kind| kind.threshold = Perbill::from_parts(MIN_THRESHOLD.deconstruct() - 1),
			|kind| kind.voting_period = 0,
			// Longer than what has root's authority.
			|kind| kind.grace = 21,
			|kind| kind.grace = u32::MAX,
		];
		for change in changes {
			assert_noop!(set(Kind::Spend, change), Error::BadParameters);
		}
		assert_noop!(set(Kind::RootDispatch, |kind| kind.grace = 19), Error::BadParameters);
		assert_ok!(set(Kind::RootDispatch, |kind| kind.grace = 30));
		assert_ok!(set(Kind::Spend, |kind| kind.grace = 25));
		assert_noop!(set(Kind::RootDispatch, |kind| kind.grace = 24), Error::BadParameters);
		let parameters = Defaults::convert(Kind::Spend);
		assert_noop!(
			Proposals::set_kind_parameters(signed(ALICE), Kind::Spend, parameters),
			DispatchError::BadOrigin
		);
	});
}

#[test]
#[should_panic(expected = "the parameters of Spend are not allowed")]
fn genesis_refuses_unsound_parameters() {
	let mut parameters = Defaults::convert(Kind::Spend);
	parameters.voting_period = 0;
	let config = crate::GenesisConfig::<Test> { kinds: vec![(Kind::Spend, parameters)] };
	let _ = config.build_storage();
}
