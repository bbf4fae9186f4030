//! Who validates, how others join, and what an equivocation costs.

use super::{new_session_keys, run, sign, Chain};
use crate::{
	configs::{
		consensus::HISTORY_DEPTH,
		parameters::{dynamic_params, MIN_SESSION_LENGTH},
	},
	validators::Invulnerables,
	AccountId, Balances, Grandpa, Hash, Header, Historical, Runtime, RuntimeCall,
	RuntimeHoldReason, RuntimeParameters, Session, UncheckedExtrinsic,
};
use codec::{Decode, Encode};
use frame_support::traits::{fungible::InspectHold, KeyOwnerProofSystem};
use pallet_session::SessionManager;
use sp_consensus_grandpa::{AuthorityId, EquivocationProof, Message, Prevote, KEY_TYPE};
use sp_keyring::{
	Ed25519Keyring,
	Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie},
};
use sp_runtime::DispatchError;

fn invulnerables() -> Vec<AccountId> {
	pallet_collator_selection::Invulnerables::<Runtime>::get().into_inner()
}

/// Sessions as short as they can be, so that tests need few blocks.
fn shorten_sessions(chain: &mut Chain) {
	let call = pallet_parameters::Call::set_parameter {
		key_value: RuntimeParameters::Validators(
			dynamic_params::validators::Parameters::SessionLength(
				dynamic_params::validators::SessionLength,
				Some(MIN_SESSION_LENGTH),
			),
		),
	};
	chain.apply(Alice, pallet_sudo::Call::sudo { call: Box::new(call.into()) });
}

/// Let `rounds` sessions pass, and end up in a block that has room.
fn pass_sessions(chain: &mut Chain, rounds: u32) {
	let target = Session::current_index() + rounds;
	chain.run_until(|| Session::current_index() >= target);
}

#[test]
fn council_adds_a_validator_that_has_keys() {
	run("local_testnet", |chain| {
		shorten_sessions(chain);
		let eve = Eve.to_account_id();
		let add =
			|| pallet_collator_selection::Call::<Runtime>::add_invulnerable { who: eve.clone() };

		// Without session keys it does not work.
		pass_sessions(chain, 1);
		chain.pass(add());
		assert!(!invulnerables().contains(&eve));

		// Keys of which the account cannot show that it owns them are refused.
		let (keys, _) = new_session_keys(&Ferdie.to_account_id());
		let (_, honest) = new_session_keys(&eve);
		let pallet_session::Call::set_keys { proof, .. } = honest.clone() else { panic!() };
		pass_sessions(chain, 1);
		let stolen = pallet_session::Call::<Runtime>::set_keys { keys, proof };
		assert_eq!(
			chain.block(vec![sign(Eve, 0, stolen)])[0],
			Ok(Err(pallet_session::Error::<Runtime>::InvalidProof.into())),
		);

		chain.apply(Eve, honest);
		let reason = RuntimeHoldReason::Session(pallet_session::HoldReason::Keys);
		assert_eq!(Balances::balance_on_hold(&reason, &eve), 10 * crate::ROME);
		pass_sessions(chain, 1);
		chain.pass(add());
		assert!(invulnerables().contains(&eve));

		// After two changes of session it authors and votes.
		pass_sessions(chain, 2);
		assert!(Session::validators().contains(&eve));
		assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), 5);
		pass_sessions(chain, 1);
		assert_eq!(Grandpa::grandpa_authorities().len(), 5);
		chain.run_until(|| {
			pallet_collator_selection::LastAuthoredBlock::<Runtime>::contains_key(&eve)
		});

		// And it can be removed again.
		pass_sessions(chain, 1);
		chain.pass(pallet_collator_selection::Call::remove_invulnerable { who: eve.clone() });
		pass_sessions(chain, 2);
		assert!(!Session::validators().contains(&eve));
	});
}

#[test]
fn strangers_cannot_become_validators() {
	run("local_testnet", |chain| {
		let (_, set_keys) = new_session_keys(&Eve.to_account_id());
		chain.apply(Eve, set_keys);
		let filtered = DispatchError::from(frame_system::Error::<Runtime>::CallFiltered);
		type Call = pallet_collator_selection::Call<Runtime>;
		let add = Call::add_invulnerable { who: Eve.to_account_id() };
		for (nonce, call, error) in [
			(1, Call::register_as_candidate {}, filtered),
			(2, Call::take_candidate_slot { deposit: 1, target: Alice.to_account_id() }, filtered),
			(3, Call::set_desired_candidates { max: 10 }, filtered),
			(4, Call::set_candidacy_bond { bond: 0 }, filtered),
			(5, add, DispatchError::BadOrigin),
		] {
			assert_eq!(chain.block(vec![sign(Eve, nonce, call)])[0], Ok(Err(error)));
		}
		// Nor does the council open candidacy.
		chain.pass(Call::set_desired_candidates { max: 10 });
		assert_eq!(pallet_collator_selection::DesiredCandidates::<Runtime>::get(), 0);
	});
}

#[test]
fn validators_without_keys_do_not_count_and_the_last_ones_stay() {
	run("local_testnet", |chain| {
		let all = Session::validators();
		for who in [Alice, Bob, Charlie] {
			chain.apply(who, pallet_session::Call::purge_keys {});
		}
		assert_eq!(
			<Invulnerables as SessionManager<AccountId>>::new_session(9),
			Some(vec![Dave.to_account_id()]),
		);
		chain.apply(Dave, pallet_session::Call::purge_keys {});
		assert_eq!(<Invulnerables as SessionManager<AccountId>>::new_session(9), None);
		// They come back with new keys.
		for who in [Alice, Bob, Charlie, Dave] {
			let (_, set_keys) = new_session_keys(&who.to_account_id());
			chain.apply(who, set_keys);
		}
		assert_eq!(<Invulnerables as SessionManager<AccountId>>::new_session(9), Some(all));
	});
}

#[test]
fn history_is_pruned() {
	run("development", |_| {
		pallet_session::historical::StoredRange::<Runtime>::put((0, HISTORY_DEPTH + 8));
		<Invulnerables as SessionManager<AccountId>>::end_session(HISTORY_DEPTH + 7);
		assert_eq!(
			pallet_session::historical::StoredRange::<Runtime>::get(),
			Some((7, HISTORY_DEPTH + 8)),
		);
	});
}

/// Two votes of `who` in the same round, for different blocks.
fn equivocation(who: Ed25519Keyring, round: u64, set_id: u64) -> EquivocationProof<Hash, u32> {
	let vote = |target: u8| {
		let prevote =
			Prevote::<Header> { target_hash: Hash::repeat_byte(target), target_number: 1 };
		let message = Message::<Header>::Prevote(prevote.clone());
		let payload = sp_consensus_grandpa::localized_payload(round, set_id, &message);
		(prevote, who.sign(&payload))
	};
	let identity = AuthorityId::from(who.public());
	// As it is encoded: the set, a prevote, its round, the voter and the two votes.
	let encoded = (set_id, 0u8, round, identity, vote(1), vote(2)).encode();
	EquivocationProof::decode(&mut &encoded[..]).expect("it is encoded as above")
}

fn report(proof: EquivocationProof<Hash, u32>) -> UncheckedExtrinsic {
	let owner = Historical::prove((KEY_TYPE, proof.offender().clone())).expect("it is a validator");
	UncheckedExtrinsic::new_bare(RuntimeCall::Grandpa(
		pallet_grandpa::Call::report_equivocation_unsigned {
			equivocation_proof: Box::new(proof),
			key_owner_proof: owner,
		},
	))
}

#[test]
fn equivocating_voter_is_dismissed() {
	run("local_testnet", |chain| {
		shorten_sessions(chain);
		let dave = Dave.to_account_id();
		assert!(invulnerables().contains(&dave));
		let set_id = Grandpa::current_set_id();
		let offence = report(equivocation(Ed25519Keyring::Dave, 3, set_id));
		assert_eq!(chain.block(vec![offence.clone()])[0], Ok(Ok(())));
		assert!(!invulnerables().contains(&dave));

		// It is reported once.
		assert!(chain.block(vec![offence])[0].is_err());

		pass_sessions(chain, 2);
		assert!(!Session::validators().contains(&dave));
		pass_sessions(chain, 1);
		assert_eq!(Grandpa::grandpa_authorities().len(), 3);

		// The council may forgive.
		chain.pass(pallet_collator_selection::Call::add_invulnerable { who: dave.clone() });
		assert!(invulnerables().contains(&dave));
	});
}

#[test]
fn last_validator_is_not_dismissed() {
	run("development", |chain| {
		let set_id = Grandpa::current_set_id();
		let offence = report(equivocation(Ed25519Keyring::Alice, 3, set_id));
		chain.block(Vec::new());
		assert_eq!(chain.block(vec![offence])[0], Ok(Ok(())));
		assert_eq!(invulnerables(), vec![Sr25519Keyring::Alice.to_account_id()]);
	});
}

#[test]
fn made_up_equivocations_are_refused() {
	run("local_testnet", |chain| {
		let set_id = Grandpa::current_set_id();
		// Signed by someone else than the accused.
		let forged = {
			let genuine = equivocation(Ed25519Keyring::Ferdie, 3, set_id).encode();
			let mut bytes = genuine;
			// The accused's key follows set, kind and round.
			bytes[17..49].copy_from_slice(&Ed25519Keyring::Dave.public().0);
			EquivocationProof::<Hash, u32>::decode(&mut &bytes[..]).expect("same length")
		};
		let result = chain.block(vec![report(forged)])[0];
		assert_eq!(
			result,
			Ok(Err(pallet_grandpa::Error::<Runtime>::InvalidEquivocationProof.into())),
		);
		assert!(invulnerables().contains(&Dave.to_account_id()));
	});
}
