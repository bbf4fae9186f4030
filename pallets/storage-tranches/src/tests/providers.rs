//! How a provider comes to be, and what it may change.

use super::*;
use rome_primitives::actors::{ActorState, Declared, Endpoint};
use sp_core::Pair;
use sp_runtime::MultiSignature;

fn apply_with(
	who: AccountId,
	operator: AccountId,
	consent: MultiSignature,
	at: Endpoint,
	stake: Balance,
) -> sp_runtime::DispatchResult {
	Storage::apply(signed(who), operator, consent, at, DECLARED, stake)
}

fn here() -> Endpoint {
	endpoint("http://localhost:7070")
}

#[test]
fn apply_holds_the_stake_and_takes_the_key() {
	run(|| {
		let id = apply();
		assert_eq!(held(HoldReason::Stake, owner(id)), STAKE);
		assert_eq!(crate::ProviderByOperator::<Test>::get(operator(id)), Some(id));
		assert_eq!(state(id), ActorState::Applied);
		let event =
			Event::ProviderApplied { provider: id, owner: owner(id), operator: operator(id) };
		assert_happened(event);
	});
}

#[test]
fn apply_needs_the_consent_of_the_key_for_this_owner_and_chain() {
	run(|| {
		let apply = |consent| apply_with(owner(0), operator(0), consent, here(), STAKE);
		assert_noop!(apply(consent(owner(1), 0)), Error::BadConsent);
		assert_noop!(apply(consent(owner(0), 1)), Error::BadConsent);
		let message =
			rome_primitives::signing::OperatorConsent { owner: owner(0), operator: operator(0) };
		let elsewhere = rome_primitives::signing::payload(&[9; 32], &message);
		let signature = operator_pair(0).sign(&elsewhere);
		assert_noop!(apply(MultiSignature::Sr25519(signature)), Error::BadConsent);
		assert_ok!(apply(consent(owner(0), 0)));
	});
}

#[test]
fn a_key_serves_one_provider_only() {
	run(|| {
		apply();
		let again = apply_with(owner(1), operator(0), consent(owner(1), 0), here(), STAKE);
		assert_noop!(again, Error::OperatorTaken);
		let own = apply_with(operator(1), operator(1), consent(operator(1), 1), here(), STAKE);
		assert_noop!(own, Error::OperatorIsOwner);
	});
}

#[test]
fn apply_needs_a_stake_and_an_address() {
	run(|| {
		let apply = |at, stake| apply_with(owner(0), operator(0), consent(owner(0), 0), at, stake);
		assert_noop!(apply(here(), MinStake::get() - 1), Error::StakeTooSmall);
		for bad in [
			"",
			"http://",
			"localhost:7070",
			"ftp://localhost",
			"http://localhost/",
			"http://local host",
			"http://user@host",
			"http://host?x=1",
			"http://höst",
			"http:///path",
		] {
			assert_noop!(apply(endpoint(bad), STAKE), Error::BadEndpoint);
		}
		for good in ["http://[::1]:7070", "https://a.example/storage"] {
			assert_ok!(apply(endpoint(good), STAKE));
			assert_ok!(Storage::cancel_application(
				signed(owner(0)),
				crate::NextProviderId::<Test>::get() - 1
			));
		}
	});
}

#[test]
fn cancel_application_returns_the_stake_and_frees_the_key() {
	run(|| {
		let before = free(owner(0));
		let id = apply();
		assert_noop!(Storage::cancel_application(signed(bob()), id), Error::NotTheOwner);
		assert_ok!(Storage::cancel_application(signed(owner(0)), id));
		assert_eq!((free(owner(0)), held(HoldReason::Stake, owner(0))), (before, 0));
		assert!(!crate::ProviderByOperator::<Test>::contains_key(operator(id)));
		let active = provider();
		let cancel = Storage::cancel_application(signed(owner(active)), active);
		assert_noop!(cancel, Error::NotAnApplication);
	});
}

#[test]
fn activation_needs_the_conductor_and_a_verification_that_counts() {
	run(|| {
		let id = apply();
		let activate = |who| Storage::activate(signed(who), id, domain(1, 1));
		assert_noop!(activate(owner(id)), sp_runtime::DispatchError::BadOrigin);
		assert_noop!(activate(conductor()), Error::NotVerified);
		assert_noop!(
			Storage::attest(signed(conductor()), id, DECLARED, 9),
			sp_runtime::DispatchError::BadOrigin
		);
		attest(id, 5);
		assert_eq!(state(id), ActorState::Verified { until: 5 });
		blocks(4);
		assert_noop!(activate(conductor()), Error::NotVerified);
		attest(id, 9);
		assert!(Activated::get().is_empty());
		assert_ok!(activate(conductor()));
		assert_eq!(state(id), ActorState::Active);
		assert_eq!(Activated::take(), vec![(owner(id), 1)]);
		assert_noop!(activate(conductor()), Error::WrongState);
	});
}

#[test]
fn an_application_that_declares_more_loses_its_verification() {
	run(|| {
		let id = apply();
		attest(id, 100);
		let more = Declared { upload: DECLARED.upload + 1, ..DECLARED };
		let update = |declared| {
			Storage::update_provider(signed(owner(id)), id, None, Some(declared), None, 0)
		};
		assert_ok!(update(more));
		assert_eq!(state(id), ActorState::Applied);
		let activate = Storage::activate(signed(conductor()), id, domain(1, 1));
		assert_noop!(activate, Error::NotVerified);
	});
}

#[test]
fn an_active_provider_raises_what_it_declares_by_a_new_verification() {
	run(|| {
		let id = provider();
		let declared = |id| crate::Providers::<Test>::get(id).unwrap().declared;
		let more = Declared { storage: DECLARED.storage * 2, ..DECLARED };
		let less = Declared { storage: MIB, ..DECLARED };
		let update = |declared| {
			Storage::update_provider(signed(owner(id)), id, None, Some(declared), None, 0)
		};
		assert_ok!(update(more));
		assert_eq!(declared(id), DECLARED);
		attest(id, 100);
		assert_eq!(declared(id), more);
		// Less is less whoever looks at it, but not less than its slots.
		assert_ok!(update(less));
		assert_eq!(declared(id), less);
		join(id, 0, 1);
		assert_noop!(update(Declared { storage: MIB - 1, ..DECLARED }), Error::BelowUse);
		let join = Storage::change_slots(signed(owner(id)), id, 0, 2);
		assert_noop!(join, Error::StorageTooSmall);
	});
}

#[test]
fn update_provider_changes_endpoint_operator_and_stake() {
	run(|| {
		let id = provider();
		let update =
			|at, operator| Storage::update_provider(signed(owner(id)), id, at, None, operator, 5);
		let refused = update(None, Some((operator(7), consent(owner(1), 7))));
		assert_noop!(refused, Error::BadConsent);
		assert_noop!(update(Some(endpoint("x")), None), Error::BadEndpoint);
		assert_ok!(update(Some(endpoint("https://x")), Some((operator(7), consent(owner(id), 7)))));
		let provider = crate::Providers::<Test>::get(id).unwrap();
		assert_eq!(provider.endpoint, endpoint("https://x"));
		assert_eq!((provider.stake, held(HoldReason::Stake, owner(id))), (STAKE + 5, STAKE + 5));
		assert_eq!(crate::ProviderByOperator::<Test>::get(operator(7)), Some(id));
		assert_eq!(crate::ProviderByOperator::<Test>::get(operator(id)), None);
	});
}

#[test]
fn root_attests_what_it_looked_at() {
	run(|| {
		let id = apply();
		let attest = |declared| Storage::attest(RuntimeOrigin::root(), id, declared, 100);
		let update = |declared| {
			Storage::update_provider(signed(owner(id)), id, None, Some(declared), None, 0)
		};
		let more = Declared { upload: DECLARED.upload + 1, ..DECLARED };
		assert_noop!(attest(more), Error::DeclaredOtherwise);
		// What it declares once it was looked at is not what was seen.
		assert_ok!(update(more));
		assert_noop!(attest(DECLARED), Error::DeclaredOtherwise);
		assert_ok!(attest(more));
		assert_ok!(Storage::activate(signed(conductor()), id, domain(1, 1)));
		let most = Declared { upload: DECLARED.upload + 2, ..DECLARED };
		assert_ok!(update(most));
		assert_eq!(Storage::api_provider(id).unwrap().wanted, Some(most));
		assert_noop!(attest(more), Error::DeclaredOtherwise);
		assert_ok!(attest(most));
	});
}
