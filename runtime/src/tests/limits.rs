//! Every call fits a block, and whatever a stranger could fill costs a share of the money there is.

use super::{preset_config, run};
use crate::{
	configs::{
		governance::{
			CandidacyBond, MaxCandidates, MaxVoters, MaxVotesPerVoter, ProposalDeposit,
			VotingBondBase, VotingBondFactor, MAX_COUNCIL_MEMBERS, MAX_PROPOSALS,
		},
		system::{RuntimeBlockLength, RuntimeBlockWeights, MAX_BLOCK_WEIGHT},
	},
	AllPalletsWithSystem, Balance, Balances, Runtime,
};
use frame_support::{
	dispatch::DispatchClass,
	traits::{Get, GetCallName, IntegrityTest},
	weights::Weight,
};
use sp_runtime::{traits::Convert, Permill};

/// The least share of the issuance that it costs to fill a list that others need.
const MIN_SHARE: Permill = Permill::from_parts(5_000);

fn assert_costs_a_share(what: &str, cost: Balance) {
	run("development", |_| assert_costs(what, cost));
}

fn assert_costs(what: &str, cost: Balance) {
	let issuance = Balances::total_issuance();
	assert!(
		cost >= MIN_SHARE * issuance,
		"filling {what} costs {cost} of {issuance}, which is less than {MIN_SHARE:?}",
	);
}

#[test]
fn filling_the_voters_costs_a_share_of_the_issuance() {
	let bond = VotingBondBase::get() + VotingBondFactor::get();
	assert_costs_a_share("the voters", bond * Balance::from(MaxVoters::get()));
}

#[test]
fn filling_the_candidates_costs_a_share_of_the_issuance() {
	assert_costs_a_share(
		"the candidates",
		CandidacyBond::get() * Balance::from(MaxCandidates::get()),
	);
}

#[test]
fn filling_the_motions_costs_a_share_of_the_issuance() {
	let deposits: Balance = (0..MAX_PROPOSALS).map(ProposalDeposit::convert).sum();
	assert_costs_a_share("the motions", deposits);
}

#[test]
fn filling_the_probers_and_verifications_costs_a_share_of_the_issuance() {
	use crate::dynamic_params::{benchmark, storage};
	use pallet_benchmark_oracle::types::{CONDUCTORS_ROOM, FEE_STEP, MAX_VERIFYING};
	use rome_primitives::benchmark::limits::MAX_PROBERS;
	run("development", |_| {
		assert_costs("the probers", benchmark::Bond::get() * Balance::from(MAX_PROBERS));
		let running = 0..MAX_VERIFYING - CONDUCTORS_ROOM;
		let steps = running.map(|running| Balance::from(running / FEE_STEP + 1));
		let applicants: Balance = steps
			.map(|steps| steps * benchmark::VerificationFee::get() + storage::MinStake::get())
			.sum();
		assert_costs("the verifications", applicants);
	});
}

/// Deposits for what is not in a bounded list: it takes room on every node, and is paid by item.
#[test]
fn what_strangers_store_is_paid_for() {
	run("development", |_| {
		use crate::{
			configs::{accounts::*, consensus::KeyDeposit, governance::PreimageBaseDeposit},
			dynamic_params::content::*,
			ROME,
		};
		for (what, deposit) in [
			("session keys", KeyDeposit::get()),
			("a preimage", PreimageBaseDeposit::get()),
			("an identity", IdentityBasicDeposit::get()),
			("a shared account's call", MultisigDepositBase::get()),
			("a list of proxies", ProxyDepositBase::get()),
			("a suggestion", SuggestionDepositBase::get()),
			("an endorsement", MinEndorsement::get()),
		] {
			assert!(deposit >= ROME, "{what} costs {deposit}");
		}
		// The cheapest entity, so that a million of them costs tens of thousands.
		assert!(EntityDepositBase::get() + EntityDepositPerByte::get() > ROME / 100);
	});
}

#[test]
fn integrity_tests_pass() {
	run("development", |_| {
		<AllPalletsWithSystem as IntegrityTest>::integrity_test();
		RuntimeBlockWeights::get().validate().expect("block weights are consistent");
	});
}

/// The most that one call may weigh.
fn largest(class: DispatchClass) -> Weight {
	RuntimeBlockWeights::get().get(class).max_extrinsic.expect("both classes have a limit")
}

#[test]
fn every_call_of_the_content_directory_fits_a_block() {
	use pallet_content_directory::{
		accept_weight, create_weight, max_migrate_weight, remove_weight, update_weight,
		weights::SubstrateWeight, ValueCounts, WeightInfo,
	};
	type W = SubstrateWeight<Runtime>;
	const MAX: &ValueCounts = &ValueCounts::MAX;
	let weights = [
		("suggest_schema", W::suggest_schema()),
		("endorse_schema", W::endorse_schema()),
		("withdraw_endorsement", W::withdraw_endorsement()),
		("withdraw_suggestion", W::withdraw_suggestion()),
		("approve_schema", W::approve_schema()),
		("reject_schema", W::reject_schema()),
		("activate_schema", W::activate_schema()),
		("retire_schema", W::retire_schema()),
		("create_entity", create_weight::<Runtime>(MAX)),
		("update_entity", update_weight::<Runtime>(MAX)),
		("remove_entity", remove_weight::<Runtime>(MAX)),
		("offer_transfer", W::offer_transfer()),
		("accept_transfer", accept_weight::<Runtime>(MAX)),
		("set_referenceable", W::set_referenceable()),
		("update_class", W::update_class()),
		("set_class_status", W::set_class_status()),
		("set_quota", W::set_quota()),
		("set_default_quota", W::set_default_quota()),
		("migrate_entity", max_migrate_weight::<Runtime>()),
		("migrate_class", W::migrate_class()),
		("cancel_migration", W::cancel_migration()),
		("transact", W::transact()),
		("create_curator_group", W::create_curator_group()),
		("update_curator_group", W::update_curator_group()),
		("set_visibility", W::set_visibility()),
	];
	for (call, weight) in weights {
		assert!(weight.ref_time() > 0, "{call} weighs nothing");
		// A tenth of what fits: one call never keeps all others out.
		assert!(
			weight.ref_time() * 10 <= largest(DispatchClass::Normal).ref_time(),
			"{call} weighs {weight:?}",
		);
	}
	// A new call must come into the list above.
	let mut listed = weights.map(|(call, _)| call).to_vec();
	let mut calls = pallet_content_directory::Call::<Runtime>::get_call_names().to_vec();
	listed.sort();
	calls.sort();
	assert_eq!(listed, calls);
}

#[test]
fn every_call_of_storage_fits_a_block() {
	use pallet_storage_tranches::{weights::SubstrateWeight, WeightInfo};
	use rome_primitives::storage::limits::MAX_BATCH;
	type W = SubstrateWeight<Runtime>;
	let weights = [
		("apply", W::apply()),
		("update_provider", W::update_provider()),
		("cancel_application", W::cancel_application()),
		("activate", W::activate()),
		("heartbeat", W::heartbeat().saturating_add(W::authorize_heartbeat())),
		("begin_maintenance", W::begin_maintenance()),
		("end_maintenance", W::end_maintenance()),
		("begin_leaving", W::begin_leaving()),
		("finish_leaving", W::finish_leaving()),
		("suspend", W::suspend()),
		("reinstate", W::reinstate()),
		("evict", W::evict()),
		("sweep_pins", W::sweep_pins(MAX_BATCH)),
		("create_tranche", W::create_tranche()),
		("update_tranche", W::update_tranche()),
		("close_tranche", W::close_tranche()),
		("join_tranche", W::join_tranche()),
		("change_slots", W::change_slots()),
		("pin", W::pin(MAX_BATCH)),
		("renew_pin", W::renew_pin()),
		("unpin", W::unpin(MAX_BATCH)),
		("confirm_replicas", W::confirm_replicas(MAX_BATCH)),
		("release_replicas", W::release_replicas(MAX_BATCH)),
		("report_lost", W::report_lost(MAX_BATCH)),
		("sweep", W::sweep(MAX_BATCH)),
		("move_objects", W::move_objects(MAX_BATCH)),
		("block_object", W::block_object()),
		("unblock_object", W::unblock_object()),
		("claim_pay", W::claim_pay(MAX_BATCH)),
		("attest", W::attest()),
		("slash", W::slash()),
		("cancel_slash", W::cancel_slash()),
		("back_class", W::back_class()),
		("back_objects", W::back_objects(MAX_BATCH)),
	];
	for (call, weight) in weights {
		assert!(weight.ref_time() > 0, "{call} weighs nothing");
		// A batch at its limit takes a third of what fits, and everything else much less.
		assert!(
			weight.ref_time() * 3 <= largest(DispatchClass::Normal).ref_time(),
			"{call} weighs {weight:?}",
		);
	}
	let mut listed = weights.map(|(call, _)| call).to_vec();
	let mut calls = pallet_storage_tranches::Call::<Runtime>::get_call_names().to_vec();
	listed.sort();
	calls.sort();
	assert_eq!(listed, calls);
}

#[test]
fn every_call_of_proposals_fits_a_block() {
	use frame_support::traits::GetCallName;
	use pallet_proposals::{weights::SubstrateWeight, WeightInfo};
	type W = SubstrateWeight<Runtime>;
	let decide = W::decide().saturating_add(W::reward().saturating_mul(MAX_COUNCIL_MEMBERS.into()));
	let weights = [
		("submit", W::submit()),
		("cancel", W::cancel()),
		("veto", W::veto()),
		("vote", W::vote().saturating_add(decide)),
		("remove_vote", W::remove_vote()),
		("execute", W::execute().max(decide)),
		("open_thread", W::open_thread()),
		("post", W::post()),
		("edit_post", W::edit_post()),
		("delete_post", W::delete_post()),
		("set_thread_mode", W::set_thread_mode()),
		("record_grant", W::record_grant()),
		("countersign_grant", W::countersign_grant()),
		("claim_milestone", W::claim_milestone()),
		("release_milestone", W::release_milestone()),
		("stop_grant", W::stop_grant()),
		("top_up", W::top_up()),
		("fund_bounty", W::fund_bounty()),
		("withdraw_contribution", W::withdraw_contribution()),
		("enter", W::enter()),
		("withdraw_entry", W::withdraw_entry()),
		("submit_work", W::submit_work()),
		("judge", W::judge()),
		("claim_prize", W::claim_prize()),
		("set_kind_parameters", W::set_kind_parameters()),
		("set_standing_reward", W::set_standing_reward()),
		("accept_judging", W::accept_judging()),
	];
	for (call, weight) in weights {
		assert!(weight.ref_time() > 0, "{call} weighs nothing");
		assert!(
			weight.ref_time() * 10 <= largest(DispatchClass::Normal).ref_time(),
			"{call} weighs {weight:?}",
		);
	}
	let mut listed = weights.map(|(call, _)| call).to_vec();
	let mut calls = pallet_proposals::Call::<Runtime>::get_call_names().to_vec();
	listed.sort();
	calls.sort();
	assert_eq!(listed, calls);
}

#[test]
fn every_call_of_the_benchmark_oracle_fits_a_block() {
	use pallet_benchmark_oracle::{weights::SubstrateWeight, WeightInfo};
	use rome_primitives::benchmark::limits::MAX_OBSERVATIONS;
	type W = SubstrateWeight<Runtime>;
	let reveal = W::reveal(MAX_OBSERVATIONS).saturating_add(W::authorize_reveal(MAX_OBSERVATIONS));
	let weights = [
		("register_prober", W::register_prober()),
		("admit_prober", W::admit_prober()),
		("remove_prober", W::remove_prober()),
		("commit_chain", W::commit_chain().saturating_add(W::authorize_commit_chain())),
		("commit", W::commit().saturating_add(W::authorize_commit())),
		("reveal", reveal),
		("open", W::open().saturating_add(W::authorize_open())),
		("request_verification", W::request_verification()),
		("order_measurement", W::order_measurement()),
		("cancel_order", W::cancel_order()),
		("record_report", W::record_report()),
		("set_thresholds", W::set_thresholds()),
		("set_round", W::set_round()),
		("appoint_conductor", W::appoint_conductor()),
		("dismiss_conductor", W::dismiss_conductor()),
		("prune", W::prune()),
		("announce_run", W::announce_run()),
	];
	for (call, weight) in weights {
		assert!(weight.ref_time() > 0, "{call} weighs nothing");
		assert!(
			weight.ref_time() * 10 <= largest(DispatchClass::Normal).ref_time(),
			"{call} weighs {weight:?}",
		);
	}
	let mut listed = weights.map(|(call, _)| call).to_vec();
	let mut calls = pallet_benchmark_oracle::Call::<Runtime>::get_call_names().to_vec();
	listed.sort();
	calls.sort();
	assert_eq!(listed, calls);
}

/// With 100 providers and 10 probers, all of whom probe all of them, in the shortest rounds that there are.
#[test]
fn what_probers_send_takes_a_small_part_of_the_blocks() {
	use pallet_benchmark_oracle::{weights::SubstrateWeight, WeightInfo};
	type W = SubstrateWeight<Runtime>;
	let (providers, probers) = (100u32, 10u64);
	let base = RuntimeBlockWeights::get().get(DispatchClass::Operational).base_extrinsic;
	let sent = [
		W::commit().saturating_add(W::authorize_commit()),
		W::reveal(providers).saturating_add(W::authorize_reveal(providers)),
		W::open().saturating_add(W::authorize_open()),
	];
	let all = sent
		.into_iter()
		.fold(Weight::zero(), |sum, weight| sum.saturating_add(weight).saturating_add(base))
		.saturating_mul(probers);
	let blocks = u64::from(crate::genesis_config_presets::ROUNDS.0);
	let share = all.ref_time() as f64 / (MAX_BLOCK_WEIGHT.ref_time() * blocks) as f64;
	assert!(share < 0.05, "{share}");
}

#[test]
fn heaviest_calls_of_the_standard_pallets_fit_a_block() {
	use pallet_collator_selection::WeightInfo as _;
	use pallet_collective::WeightInfo as _;
	use pallet_elections_phragmen::WeightInfo as _;
	use pallet_identity::WeightInfo as _;
	use pallet_multisig::WeightInfo as _;
	use pallet_preimage::WeightInfo as _;
	use pallet_proxy::WeightInfo as _;

	type Collators = pallet_collator_selection::weights::SubstrateWeight<Runtime>;
	type Collective = pallet_collective::weights::SubstrateWeight<Runtime>;
	type Phragmen = pallet_elections_phragmen::weights::SubstrateWeight<Runtime>;
	type Identity = pallet_identity::weights::SubstrateWeight<Runtime>;
	type Multisig = pallet_multisig::weights::SubstrateWeight<Runtime>;
	type Preimage = pallet_preimage::weights::SubstrateWeight<Runtime>;
	type Proxy = pallet_proxy::weights::SubstrateWeight<Runtime>;
	let (members, motions) = (MAX_COUNCIL_MEMBERS, MAX_PROPOSALS);
	let bytes = *RuntimeBlockLength::get().max.get(DispatchClass::Normal);

	for (call, class, weight) in [
		(
			"collatorSelection.setInvulnerables",
			DispatchClass::Normal,
			Collators::set_invulnerables(100),
		),
		(
			"collatorSelection.addInvulnerable",
			DispatchClass::Normal,
			Collators::add_invulnerable(99, 0),
		),
		(
			"council.propose",
			DispatchClass::Operational,
			Collective::propose_proposed(bytes, members, motions),
		),
		(
			"council.close, without the motion",
			DispatchClass::Operational,
			Collective::close_approved(bytes, members, motions),
		),
		("elections.vote", DispatchClass::Normal, Phragmen::vote_more(MaxVotesPerVoter::get())),
		(
			"elections.submitCandidacy",
			DispatchClass::Normal,
			Phragmen::submit_candidacy(MaxCandidates::get()),
		),
		("identity.setIdentity", DispatchClass::Normal, Identity::set_identity(20)),
		("identity.setSubs", DispatchClass::Normal, Identity::set_subs_new(100)),
		("multisig.asMulti", DispatchClass::Normal, Multisig::as_multi_create(100, bytes)),
		("preimage.notePreimage", DispatchClass::Normal, Preimage::note_preimage(bytes)),
		("proxy.addProxy", DispatchClass::Normal, Proxy::add_proxy(32)),
		("proxy.announce", DispatchClass::Normal, Proxy::announce(32, 32)),
		(
			"grandpa.reportEquivocation",
			DispatchClass::Normal,
			<() as pallet_grandpa::WeightInfo>::report_equivocation(100, 0),
		),
	] {
		assert!(weight.all_lte(largest(class)), "{call} weighs {weight:?}");
	}

	// What is done at the beginning of a block has to fit as well.
	let election = Phragmen::election_phragmen(
		MaxCandidates::get(),
		MaxVoters::get(),
		MaxVoters::get() * MaxVotesPerVoter::get(),
	);
	assert!(election.ref_time() < MAX_BLOCK_WEIGHT.ref_time() / 2, "{election:?}");
}

#[test]
fn genesis_fits_its_limits() {
	for preset in ["development", "local_testnet"] {
		let config = preset_config(preset);
		assert!(config.elections.members.len() as u32 <= MAX_COUNCIL_MEMBERS);
		assert_eq!(config.collator_selection.desired_candidates, 0);
	}
}
