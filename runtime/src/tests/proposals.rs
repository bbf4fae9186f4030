//! Proposals by signed transactions: what the council decides, what pays, and what is closed.

use super::{preset_config, proposal_state, run, run_from, sign, Chain};
use crate::{
	configs::{
		governance::{CouncilCollective, DesiredMembers},
		proposals::KindDefaults,
		system::is_emergency,
	},
	genesis_config_presets::{kinds, COUNCIL_STAKE, ENDOWMENT},
	Balance, Balances, BlockNumber, Proposals, Runtime, RuntimeCall, RuntimeHoldReason, System,
	Treasury, ROME,
};
use codec::Encode;
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{
		fungible::{Inspect, InspectHold},
		EnsureOrigin, Get, Hooks,
	},
	weights::Weight,
};
use pallet_proposals::{Call, HoldReason};
use rome_primitives::{
	content::{
		Category, ClassConfig, ClassStatus, CreationPolicy, DraftProperty, Property, PropertyType,
		ScalarType, SchemaDraft, SuggestionTarget,
	},
	governance::{
		Action, Condition, Failure, Kind, KindParameters, MilestoneTerms, ProposalState, Vote,
	},
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie, One};
use sp_runtime::{traits::Convert, DispatchError, Perbill};

fn free(who: Sr25519Keyring) -> Balance {
	Balances::balance(&who.to_account_id())
}

fn spend(to: Sr25519Keyring, amount: Balance) -> Action<crate::AccountId, Balance> {
	Action::Spend { beneficiary: to.to_account_id(), amount }
}

#[test]
fn fund_pays_what_the_council_decides() {
	run("development", |chain| {
		let before = free(One);
		// By somebody outside the council.
		let id = chain.submit(Ferdie, spend(One, 100 * ROME));
		let stake = KindDefaults::convert(Kind::Spend).stake;
		let held = |reason: HoldReason, who: Sr25519Keyring| {
			Balances::balance_on_hold(&RuntimeHoldReason::Proposals(reason), &who.to_account_id())
		};
		assert_eq!(held(HoldReason::ProposalStake, Ferdie), stake);
		chain.approve(id, &[Alice, Bob]);
		let ProposalState::Approved { execute_at } = proposal_state(id) else {
			panic!("{:?}", proposal_state(id))
		};
		assert!(execute_at > System::block_number());
		assert_eq!(held(HoldReason::ProposalStake, Ferdie), 0);
		chain.run_until(|| System::block_number() >= execute_at);
		assert!(matches!(proposal_state(id), ProposalState::Executed { .. }));
		assert_eq!(free(One), before + 100 * ROME);
	});
}

#[test]
fn sudo_vetoes() {
	run("development", |chain| {
		let before = free(One);
		let id = chain.submit(Ferdie, spend(One, 100 * ROME));
		chain.approve(id, &[Alice, Bob]);
		let veto = Call::veto { proposal: id };
		chain.apply(Alice, pallet_sudo::Call::sudo { call: Box::new(veto.into()) });
		assert!(matches!(proposal_state(id), ProposalState::Vetoed { .. }));
		for _ in 0..10 {
			chain.block(Vec::new());
		}
		assert_eq!(free(One), before);
	});
}

#[test]
fn nobody_else_spends_from_the_fund() {
	type SpendOrigin = <Runtime as pallet_treasury::Config>::SpendOrigin;
	use crate::RuntimeOrigin;
	for origin in [
		RuntimeOrigin::root(),
		RuntimeOrigin::signed(Alice.to_account_id()),
		crate::configs::proposals::ApprovedOrigin::convert((7, 7)),
	] {
		assert!(SpendOrigin::try_origin(origin).is_err());
	}
	let burn = <<Runtime as pallet_treasury::Config>::Burn as Get<sp_runtime::Permill>>::get();
	assert!(burn.is_zero());
	assert_eq!(
		std::any::TypeId::of::<<Runtime as pallet_treasury::Config>::SpendFunds>(),
		std::any::TypeId::of::<()>(),
	);
	run("development", |chain| {
		let fund = Balances::balance(&Treasury::account_id());
		assert_eq!(fund, ENDOWMENT);
		// Not even the council does, except by this pallet.
		let call = pallet_treasury::Call::spend {
			asset_kind: Box::new(()),
			amount: ROME,
			beneficiary: Box::new(One.to_account_id().into()),
			valid_from: None,
		};
		let state = chain.pass(call);
		let bad = Failure::Refused(DispatchError::BadOrigin);
		assert!(matches!(state, ProposalState::ExecutionFailed { failure, .. } if failure == bad));
		assert!(Balances::balance(&Treasury::account_id()) >= fund);
	});
}

/// What a class of free notes is made of.
fn suggestion() -> pallet_content_directory::Call<Runtime> {
	let property = Property {
		name: b"text".to_vec().try_into().unwrap(),
		description: Default::default(),
		kind: PropertyType::Single(ScalarType::Text { max_length: 100 }),
		required: false,
		unique: false,
		indexed: false,
		locked: false,
	};
	let draft = vec![DraftProperty { property, rule: None }];
	pallet_content_directory::Call::suggest_schema {
		target: SuggestionTarget::New {
			name: b"Note".to_vec().try_into().unwrap(),
			config: ClassConfig {
				category: Category::Video,
				description: Default::default(),
				creation: CreationPolicy::Anyone,
				max_entities: None,
				default_quota: None,
				free_form: false,
			},
		},
		schema: SchemaDraft { properties: draft.try_into().unwrap() },
	}
}

#[test]
fn council_approves_and_activates_schemas() {
	run("development", |chain| {
		chain.apply(Eve, suggestion());
		for (action, stays) in [
			(Action::ApproveSchema { suggestion: 0 }, true),
			(Action::ActivateSchema { suggestion: 0 }, false),
		] {
			let id = chain.submit(Alice, action);
			chain.approve(id, &[Alice, Bob]);
			// What this waits for is short on a development chain: the same block does it.
			assert!(matches!(proposal_state(id), ProposalState::Executed { .. }));
			let open = pallet_content_directory::Suggestions::<Runtime>::contains_key(0);
			assert_eq!(open, stays);
		}
		assert!(pallet_content_directory::Schemas::<Runtime>::contains_key(0, 1));
	});
}

#[test]
fn authority_is_that_of_the_votes() {
	run("development", |chain| {
		let id = {
			let call: RuntimeCall =
				pallet_identity::Call::add_registrar { account: Eve.to_account_id().into() }.into();
			let action = chain.dispatch(Alice, call, false);
			chain.submit(Alice, action)
		};
		chain.approve(id, &[Alice, Bob]);
		assert!(matches!(proposal_state(id), ProposalState::Executed { .. }));
		assert_eq!(pallet_identity::Registrars::<Runtime>::get().len(), 1);

		// A call for root alone is not the council's.
		let state = chain.pass(pallet_balances::Call::force_set_balance {
			who: Eve.to_account_id().into(),
			new_free: 0,
		});
		let bad = Failure::Refused(DispatchError::BadOrigin);
		assert!(matches!(state, ProposalState::ExecutionFailed { failure, .. } if failure == bad));
	});
}

#[test]
fn motions_are_for_emergencies() {
	run("development", |chain| {
		let filtered = Ok(Err(frame_system::Error::<Runtime>::CallFiltered.into()));
		let motion = |call: RuntimeCall| pallet_collective::Call::<_, CouncilCollective>::propose {
			threshold: 2,
			length_bound: call.encoded_size() as u32,
			proposal: Box::new(call),
		};
		let remark: RuntimeCall = frame_system::Call::remark { remark: b"hello".to_vec() }.into();
		let nonce = |who: Sr25519Keyring| System::account_nonce(who.to_account_id());
		let results = chain.block(vec![sign(Alice, nonce(Alice), motion(remark.clone()))]);
		assert_eq!(results[0], filtered);
		let execute = pallet_collective::Call::<Runtime, CouncilCollective>::execute {
			length_bound: remark.encoded_size() as u32,
			proposal: Box::new(remark),
		};
		assert_eq!(chain.block(vec![sign(Alice, nonce(Alice), execute)])[0], filtered);
		// Nor wrapped in something else.
		let pause: RuntimeCall = pallet_content_directory::Call::set_class_status {
			class: 0,
			status: ClassStatus::Open,
		}
		.into();
		assert!(!is_emergency(&pause));

		// Two thirds veto what is in its grace.
		let before = free(One);
		let id = chain.submit(Ferdie, spend(One, 100 * ROME));
		chain.approve(id, &[Alice, Bob]);
		let veto: RuntimeCall = Call::veto { proposal: id }.into();
		assert!(is_emergency(&veto));
		let (weight, length) = (veto.get_dispatch_info().call_weight, veto.encoded_size() as u32);
		let hash = <sp_runtime::traits::BlakeTwo256 as sp_runtime::traits::Hash>::hash_of(&veto);
		type Motion = pallet_collective::Call<Runtime, CouncilCollective>;
		let nonces = [nonce(Alice), nonce(Bob)];
		let vote = || Motion::vote { proposal: hash, index: 0, approve: true };
		let close = Motion::close {
			proposal_hash: hash,
			index: 0,
			proposal_weight_bound: weight,
			length_bound: length,
		};
		let results = chain.block(vec![
			sign(Alice, nonces[0], motion(veto)),
			sign(Alice, nonces[0] + 1, vote()),
			sign(Bob, nonces[1], vote()),
			sign(Alice, nonces[0] + 2, close),
		]);
		assert!(results.iter().all(|result| *result == Ok(Ok(()))), "{results:?}");
		assert!(matches!(proposal_state(id), ProposalState::Vetoed { .. }));
		assert_eq!(free(One), before);
	});
}

/// Five members of seven seats, and a week that is a few blocks.
fn with_five_members(test: impl FnOnce(&mut Chain)) {
	let mut genesis = preset_config("development");
	let five = [Alice, Bob, Charlie, Dave, Eve];
	genesis.elections.members = five.map(|member| (member.to_account_id(), COUNCIL_STAKE)).to_vec();
	genesis.proposals.kinds = kinds();
	run_from(genesis, test)
}

/// Make `block`, as if those between had been made and had changed nothing.
fn skip_to(chain: &mut Chain, block: BlockNumber) {
	chain.number = chain.number.max(block.saturating_sub(2));
	System::set_block_number(chain.number);
	chain.block(Vec::new());
	chain.block(Vec::new());
}

#[test]
fn unanimous_council_upgrades_the_runtime() {
	with_five_members(|chain| {
		assert!(5 * 3 >= 2 * DesiredMembers::get());
		let code_hash = sp_core::H256::repeat_byte(7);
		let upgrade = frame_system::Call::authorize_upgrade { code_hash };
		let action = chain.dispatch(Alice, upgrade, true);
		let id = chain.submit(Alice, action);
		chain.approve(id, &[Alice, Bob, Charlie, Dave]);
		assert!(matches!(proposal_state(id), ProposalState::Active { .. }));
		chain.approve(id, &[Eve]);
		let ProposalState::Approved { execute_at } = proposal_state(id) else {
			panic!("{:?}", proposal_state(id))
		};
		// After the longest grace of all.
		let graces = Proposals::api_kinds().into_iter().map(|(_, kind)| kind.grace);
		assert_eq!(Some(execute_at - System::block_number()), graces.max());
		skip_to(chain, execute_at);
		assert!(matches!(proposal_state(id), ProposalState::Executed { .. }));
		let authorized = System::authorized_upgrade().expect("the upgrade is authorized");
		assert_eq!(authorized.encode()[..32], code_hash.0);
	});
}

#[test]
fn one_vote_less_has_no_authority_of_root() {
	with_five_members(|chain| {
		let remark = frame_system::Call::set_storage { items: vec![(vec![1], vec![2])] };
		let action = chain.dispatch(Alice, remark, true);
		let id = chain.submit(Alice, action);
		chain.approve(id, &[Alice, Bob, Charlie, Dave]);
		let vote = Vote::Abstain;
		chain.apply(Eve, Call::vote { proposal: id, vote, reason: Default::default() });
		assert!(matches!(proposal_state(id), ProposalState::Rejected { .. }));
	});
	// Three of seven seats are too few, agreed as they may be.
	run("development", |chain| {
		let remark = frame_system::Call::set_storage { items: vec![(vec![1], vec![2])] };
		let action = chain.dispatch(Alice, remark, true);
		let id = chain.submit(Alice, action);
		let vote = Vote::Approve;
		let results = [Alice, Bob, Charlie].map(|member| {
			let nonce = System::account_nonce(member.to_account_id());
			let call = Call::vote { proposal: id, vote, reason: Default::default() };
			chain.block(vec![sign(member, nonce, call)])[0]
		});
		assert_eq!(results[0], Ok(Ok(())));
		assert!(matches!(proposal_state(id), ProposalState::Rejected { .. }));
	});
}

#[test]
fn new_code_fits_what_a_proposal_may_weigh() {
	let code = vec![0; 4 * 1024 * 1024 - 16];
	let call: RuntimeCall = frame_system::Call::set_code { code }.into();
	let weight = call.get_dispatch_info().call_weight;
	use pallet_proposals::WeightInfo;
	let lookup =
		<Runtime as pallet_proposals::Config>::WeightInfo::lookup(call.encoded_size() as u32);
	let most: Weight = <Runtime as pallet_proposals::Config>::MaxDispatchWeight::get();
	assert!(weight.saturating_add(lookup).all_lte(most), "{weight:?} {lookup:?}");
}

#[test]
fn council_is_elected_while_it_votes() {
	run("development", |chain| {
		let id = chain.submit(Ferdie, spend(One, 100 * ROME));
		chain.approve(id, &[Alice]);
		// Dave and Eve run, and everybody who was in is out.
		for who in [Dave, Eve] {
			let count = pallet_elections_phragmen::Candidates::<Runtime>::get().len() as u32;
			chain.apply(
				who,
				pallet_elections_phragmen::Call::submit_candidacy { candidate_count: count },
			);
		}
		for who in [Alice, Bob, Charlie] {
			use pallet_elections_phragmen::Renouncing;
			chain.apply(
				who,
				pallet_elections_phragmen::Call::renounce_candidacy {
					renouncing: Renouncing::Member,
				},
			);
		}
		chain.apply(
			Ferdie,
			pallet_elections_phragmen::Call::vote {
				votes: vec![Dave.to_account_id(), Eve.to_account_id()],
				value: 1_000 * ROME,
			},
		);
		let term = crate::configs::parameters::TermDuration::get();
		<crate::Elections as Hooks<BlockNumber>>::on_initialize(term);
		let mut elected = vec![Dave.to_account_id(), Eve.to_account_id()];
		elected.sort();
		assert_eq!(super::council_members(), elected);

		// The vote goes on, and Alice's is none.
		let view = Proposals::api_proposal(id).expect("it is there");
		assert_eq!((view.tally.approve, view.members), (0, 2));
		chain.approve(id, &[Dave, Eve]);
		assert!(matches!(proposal_state(id), ProposalState::Approved { .. }));
	});
}

#[test]
fn grants_are_counted_in_one_query() {
	run("development", |chain| {
		let milestones = |due| {
			let terms = MilestoneTerms { amount: 10 * ROME, due, condition: Condition::Council };
			vec![terms].try_into().unwrap()
		};
		let due = System::block_number() + 100;
		for grant in 0..3u32 {
			chain.apply(
				Alice,
				Call::record_grant {
					title: b"a grant".to_vec().try_into().unwrap(),
					beneficiary: One.to_account_id(),
					milestones: milestones(due),
					link: b"https://forum.example/1".to_vec().try_into().unwrap(),
					hash: [1; 32],
				},
			);
			chain.apply(Bob, Call::countersign_grant { grant });
		}
		for _ in 0..2 {
			let beneficiary = One.to_account_id();
			let id = chain.submit(Bob, Action::Grant { beneficiary, milestones: milestones(due) });
			chain.approve(id, &[Alice, Bob]);
		}
		chain.run_until(|| Proposals::api_grants(None, 0).counts.approved == 5);
		let before = free(One);
		for grant in 0..5u32 {
			chain.apply(Alice, Call::release_milestone { grant, milestone: 0 });
			chain.apply(Charlie, Call::release_milestone { grant, milestone: 0 });
		}
		assert_eq!(free(One), before + 50 * ROME);
		let counts = Proposals::api_grants(None, 0).counts;
		assert_eq!(
			(counts.approved, counts.off_chain.approved, counts.by_vote.approved),
			(5, 3, 2)
		);
		assert_eq!(counts.off_chain.paid + counts.by_vote.paid, 50 * ROME);
		assert_eq!(counts.off_chain.ended + counts.by_vote.ended, 5);
	});
}

#[test]
fn parameters_of_kinds_are_governed() {
	run("development", |chain| {
		let parameters = KindParameters {
			threshold: Perbill::from_percent(100),
			..KindDefaults::convert(Kind::Signal)
		};
		let call = Call::set_kind_parameters { kind: Kind::Signal, parameters: parameters.clone() };
		assert!(matches!(chain.pass(call), ProposalState::Executed { .. }));
		assert_eq!(Proposals::parameters(Kind::Signal), parameters);
	});
}
