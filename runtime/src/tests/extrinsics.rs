//! Transactions: what they do, what they cost, and which are refused.

use super::{council_members, run, sign, sign_with_tip};
use crate::{
	configs::parameters::{dynamic_params, SessionLength, TermDuration},
	Balance, Balances, Runtime, RuntimeParameters, System, Treasury, ROME,
};
use frame_support::traits::Get;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Eve, Ferdie};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError, MultiAddress, Permill,
};

fn transfer(to: Sr25519Keyring, value: Balance) -> pallet_balances::Call<Runtime> {
	pallet_balances::Call::transfer_keep_alive { dest: to.to_account_id().into(), value }
}

fn free(who: Sr25519Keyring) -> Balance {
	Balances::free_balance(who.to_account_id())
}

#[test]
fn transfer_moves_money() {
	run("development", |chain| {
		let before = free(Bob);
		chain.apply(Eve, transfer(Bob, 5 * ROME));
		assert_eq!(free(Bob), before + 5 * ROME);
	});
}

#[test]
fn fees_go_to_treasury_and_author() {
	run("development", |chain| {
		// Of this chain, Alice makes every block.
		let (payer, author) = (free(Eve), free(Alice));
		let treasury = Balances::free_balance(Treasury::account_id());
		let issuance = Balances::total_issuance();
		let tip = ROME;
		let results = chain.block(vec![sign_with_tip(Eve, 0, tip, transfer(Bob, 5 * ROME))]);
		assert_eq!(results[0], Ok(Ok(())));

		let fee = payer - free(Eve) - 5 * ROME - tip;
		let to_treasury = Balances::free_balance(Treasury::account_id()) - treasury;
		let to_author = free(Alice) - author;
		assert!(fee > 0);
		assert_eq!(to_treasury, Permill::from_percent(80) * fee);
		assert_eq!(to_author, fee - to_treasury + tip);
		assert_eq!(Balances::total_issuance(), issuance);
		// The price that the configuration states: about a hundredth for a transfer.
		assert!((ROME / 200..ROME / 20).contains(&fee), "a transfer cost {fee}");
	});
}

#[test]
fn share_of_the_treasury_can_be_governed() {
	run("development", |chain| {
		chain.pass(pallet_parameters::Call::set_parameter {
			key_value: RuntimeParameters::Fees(dynamic_params::fees::Parameters::TreasuryShare(
				dynamic_params::fees::TreasuryShare,
				Some(Permill::from_percent(10)),
			)),
		});
		let (payer, treasury) = (free(Eve), Balances::free_balance(Treasury::account_id()));
		chain.apply(Eve, transfer(Bob, ROME));
		let fee = payer - free(Eve) - ROME;
		assert_eq!(
			Balances::free_balance(Treasury::account_id()) - treasury,
			Permill::from_percent(10) * fee,
		);
	});
}

#[test]
fn author_is_known_while_fees_are_paid() {
	run("local_testnet", |chain| {
		// Slots go round the four validators, and none of them is paid for another's block.
		let validators = crate::Session::validators();
		for _ in 0..8 {
			let expected =
				validators[(chain.next_slot() % validators.len() as u64) as usize].clone();
			let before = Balances::free_balance(&expected);
			chain.apply(Ferdie, transfer(Eve, ROME));
			assert!(Balances::free_balance(&expected) > before);
		}
	});
}

#[test]
fn wrong_transactions_are_refused() {
	run("development", |chain| {
		let invalid = |reason| Err(TransactionValidityError::Invalid(reason));
		let results = chain.block(vec![
			sign(Eve, 1, transfer(Bob, ROME)),
			sign(Eve, 0, transfer(Bob, ROME)),
			sign(Eve, 0, transfer(Bob, ROME)),
		]);
		assert_eq!(results[0], invalid(InvalidTransaction::Future));
		assert_eq!(results[1], Ok(Ok(())));
		assert_eq!(results[2], invalid(InvalidTransaction::Stale));

		// An account that has nothing cannot pay.
		let results = chain.block(vec![sign(Sr25519Keyring::One, 0, transfer(Bob, ROME))]);
		assert_eq!(results[0], invalid(InvalidTransaction::Payment));

		// A signature by someone else.
		let mut forged = sign(Eve, 1, transfer(Bob, ROME));
		if let sp_runtime::generic::Preamble::Signed(address, ..) = &mut forged.preamble {
			*address = MultiAddress::Id(Ferdie.to_account_id());
		}
		assert_eq!(chain.block(vec![forged])[0], invalid(InvalidTransaction::BadProof));
	});
}

#[test]
fn only_the_sudo_key_is_root() {
	run("development", |chain| {
		let remark = |bytes: &[u8]| {
			Box::new(frame_system::Call::remark_with_event { remark: bytes.to_vec() }.into())
		};
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(Alice.to_account_id()));
		chain.apply(Alice, pallet_sudo::Call::sudo { call: remark(b"root") });
		let results =
			chain.block(vec![sign(Bob, 0, pallet_sudo::Call::sudo { call: remark(b"not") })]);
		assert_eq!(
			results[0],
			Ok(Err(DispatchError::from(pallet_sudo::Error::<Runtime>::RequireSudo))),
		);
	});
}

#[test]
fn parameters_cannot_stop_the_chain() {
	run("development", |chain| {
		for key_value in [
			RuntimeParameters::Validators(dynamic_params::validators::Parameters::SessionLength(
				dynamic_params::validators::SessionLength,
				Some(0),
			)),
			RuntimeParameters::Council(dynamic_params::council::Parameters::TermDuration(
				dynamic_params::council::TermDuration,
				Some(0),
			)),
		] {
			let call = pallet_parameters::Call::set_parameter { key_value };
			chain.apply(Alice, pallet_sudo::Call::sudo { call: Box::new(call.into()) });
		}
		assert_eq!(SessionLength::get(), crate::configs::parameters::MIN_SESSION_LENGTH);
		assert_eq!(TermDuration::get(), crate::configs::parameters::MIN_COUNCIL_TERM);
		// Sessions change, elections take place, and transactions still find room.
		chain.run_until(|| System::block_number() > TermDuration::get() + 1);
		chain.run_until(|| System::block_number() % SessionLength::get() != 4);
		chain.apply(Eve, transfer(Bob, ROME));
		assert_eq!(council_members(), crate::tests::genesis::council());
	});
}

#[test]
fn strangers_cannot_change_parameters() {
	run("development", |chain| {
		let call = pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::Fees(dynamic_params::fees::Parameters::TreasuryShare(
				dynamic_params::fees::TreasuryShare,
				None,
			)),
		};
		assert_eq!(chain.block(vec![sign(Eve, 0, call)])[0], Ok(Err(DispatchError::BadOrigin)));
	});
}
