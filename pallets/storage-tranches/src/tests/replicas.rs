//! Confirmations, releases and losses.

use super::*;

#[test]
fn a_quorum_stores_and_the_coverage_fills() {
	run(|| {
		members(4, 2);
		let key = pin(alice(), 1, 2);
		let assigned = view(1).assigned;
		assert_eq!(assigned.len(), 3);
		assert_eq!(counts().pending, 1);
		assert!(try_confirm(1, assigned[0]));
		assert!(matches!(view(1).state, ObjectState::Pending { .. }));
		assert!(try_confirm(1, assigned[1]));
		assert_eq!(view(1).state, ObjectState::Stored);
		assert_happened(Event::ObjectStored { key, tranche: 0 });
		assert_eq!((counts().pending, counts().filling), (0, 1));
		assert_eq!(view(1).assigned, assigned[2..]);
		assert!(try_confirm(1, assigned[2]));
		assert_eq!((counts().filling, counts().degraded), (0, 0));
		assert_happened(Event::CoverageReached { key, tranche: 0 });
		assert!(view(1).assigned.is_empty());
		for id in assigned {
			assert_eq!((member(id).replicas, member(id).bytes, member(id).reserved), (1, SIZE, 0));
		}
	});
}

#[test]
fn only_who_is_to_have_it_confirms_and_only_once() {
	run(|| {
		let ids = members(4, 2);
		pin(alice(), 1, 2);
		let assigned = view(1).assigned;
		let other = ids.iter().copied().find(|id| !assigned.contains(id)).unwrap();
		assert!(!try_confirm(1, other));
		let error = Error::NotAssigned.into();
		let failed = |provider| Event::ConfirmationFailed { provider, key: key(1, SIZE), error };
		assert_happened(failed(other));
		assert!(try_confirm(1, assigned[0]));
		assert!(!try_confirm(1, assigned[0]));
		assert_happened(failed(assigned[0]));
	});
}

#[test]
fn a_failed_entry_of_a_batch_changes_nothing_for_the_others() {
	run(|| {
		members(3, 2);
		pin(alice(), 1, 2);
		pin(alice(), 2, 2);
		let wrong = confirmation(1, SIZE, 1);
		let right = confirmation(2, SIZE, 0);
		let batch = BoundedVec::truncate_from(vec![wrong, right]);
		let info = Storage::confirm_replicas(signed(operator(0)), 0, batch).unwrap();
		// Not all counted: the fee stays.
		assert_eq!(info.pays_fee, frame_support::dispatch::Pays::Yes);
		assert_eq!((view(1).holders.len(), view(2).holders.len()), (0, 1));
	});
}

#[test]
fn the_chunk_is_the_one_that_an_anchor_chooses() {
	run(|| {
		members(3, 2);
		// Many chunks: another one is asked of each provider and window.
		let size = 150_000;
		try_pin(alice(), key(1, size), 2).unwrap();
		let confirm = |confirmation| {
			let one = BoundedVec::truncate_from(vec![confirmation]);
			Storage::confirm_replicas(signed(operator(0)), 0, one).unwrap().pays_fee
				== frame_support::dispatch::Pays::No
		};
		let early = confirmation(1, size, 0);
		assert!(!confirm(confirmation(1, size, 1)), "another provider's chunk");
		// The anchor before counts for half a window more, and then no longer.
		blocks(16);
		let current = confirmation(1, size, 0);
		assert_ne!(early.chunk, current.chunk);
		frame_support::hypothetically!(assert!(confirm(early.clone())));
		blocks(8);
		assert!(!confirm(early), "of an anchor too long ago");
		// A recent block that is no anchor chooses nothing.
		let mut forged = current.clone();
		let hash = System::block_hash(System::block_number() - 1).0;
		let index = rome_primitives::storage::challenge::chunk_to_open(&hash, &key(1, size), 0);
		let (of, outboard) = tree(1, size);
		let range = rome_primitives::slices::group_of_chunk(size, index);
		let group = bytes(1, size)[range.start as usize..range.end as usize].to_vec();
		forged.chunk =
			rome_primitives::slices::prove_chunk(&of, index, &mut &outboard[..], &group).unwrap();
		assert!(!confirm(forged), "of a block that is no anchor");
		// The first one opens the last chunk too.
		let mut short = confirmation(1, size, 0);
		short.last = None;
		assert!(!confirm(short));
		let error = Error::SizeNotProved.into();
		assert_happened(Event::ConfirmationFailed { provider: 0, key: key(1, size), error });
		assert!(confirm(confirmation(1, size, 0)));
		assert!(Storage::api_object(key(1, size)).unwrap().size_proved);
	});
}

#[test]
fn an_object_of_a_wrong_size_is_never_stored() {
	run(|| {
		members(3, 2);
		let right = key(1, SIZE);
		let wrong = ObjectKey { size: SIZE - 100, ..right };
		assert_ok!(try_pin(alice(), wrong, 1));
		let mut forged = confirmation(1, SIZE, 0);
		forged.key = wrong;
		let one = BoundedVec::truncate_from(vec![forged]);
		let info = Storage::confirm_replicas(signed(operator(0)), 0, one).unwrap();
		assert_eq!(info.pays_fee, frame_support::dispatch::Pays::Yes);
		assert!(Storage::api_object(wrong).unwrap().holders.is_empty());
		// The right one is another object.
		assert_ok!(try_pin(bob(), right, 1));
		confirm_all(1);
		let sizes = |hash| {
			let all = Storage::api_objects_of(hash);
			all.into_iter().map(|object| object.key.size).collect::<Vec<_>>()
		};
		assert_eq!(sizes(right.hash), [SIZE, SIZE - 100]);
	});
}

#[test]
fn release_is_refused_below_the_coverage() {
	run(|| {
		members(4, 2);
		let key = stored(1, 2);
		let holders = view(1).holders;
		assert!(view(1).surplus.is_empty());
		assert_noop!(release(holders[0], &[key]), Error::WouldUncover);
		let other = (0..4).find(|id| !holders.contains(id)).unwrap();
		assert_noop!(release(other, &[key]), Error::NotAHolder);
	});
}

#[test]
fn report_lost_takes_replicas_out_of_the_count_at_once() {
	run(|| {
		members(4, 2);
		let key = stored(1, 2);
		let holders = view(1).holders;
		lose(holders[0], &[key, key, super::super::mock::key(9, SIZE)]);
		assert_eq!(counts().degraded, 1);
		assert_eq!(stake(holders[0]), STAKE - LossFee::get());
		assert_eq!(view(1).holders, holders[1..]);
		assert_happened(Event::CoverageLost { key, tranche: 0, holders: 2 });
		let charged = LossFee::get();
		assert_happened(Event::ReplicaLost { provider: holders[0], key, charged });
		// The next in rank among all who take new ones; it may be the same one.
		assert_eq!(view(1).assigned.len(), 1);
		confirm_all(1);
		assert_eq!(counts().degraded, 0);
	});
}

#[test]
fn losing_costs_less_than_being_caught() {
	run(|| {
		members(3, 2);
		let all = (0..5).map(|seed| stored(seed, 2)).collect::<Vec<_>>();
		lose(0, &all);
		blocks_without(5 * (MissedToFail::get() + 1) + 1, &[1]);
		assert!(stake(0) > stake(1));
	});
}

#[test]
fn suspended_members_get_nothing_new_and_keep_their_places() {
	run(|| {
		members(5, 2);
		let first = pin(alice(), 1, 2);
		let assigned = crate::Objects::<Test>::get(first).unwrap().assigned.to_vec();
		assert_ok!(Storage::suspend(signed(conductor()), assigned[0], reason("slow")));
		// What it was to have stays its own.
		assert_eq!(view(1).assigned, assigned);
		assert!(try_confirm(1, assigned[0]));
		for seed in 10..30 {
			MaxPendingObjects::set(100);
			pin(alice(), seed, 1);
			assert!(!view(seed).assigned.contains(&assigned[0]));
		}
		let seat = Storage::api_tranche(0).unwrap().members[assigned[0] as usize].clone();
		assert!(seat.placed && !seat.takes_new);
		assert_ok!(Storage::reinstate(signed(conductor()), assigned[0]));
		assert!(Storage::api_tranche(0).unwrap().members[assigned[0] as usize].takes_new);
	});
}

#[test]
fn only_the_operator_confirms_releases_and_loses() {
	run(|| {
		members(3, 2);
		let key = stored(1, 2);
		let own = signed(owner(0));
		let confirm = Storage::confirm_replicas(own.clone(), 0, BoundedVec::new());
		assert_noop!(confirm, Error::NotTheOperator);
		assert_noop!(
			Storage::release_replicas(own.clone(), 0, keys(&[key])),
			Error::NotTheOperator
		);
		assert_noop!(Storage::report_lost(own, 0, keys(&[key])), Error::NotTheOperator);
	});
}

#[test]
fn no_operator_is_given_an_object_twice() {
	run(|| {
		for operator in [1, 1, 2, 2, 3] {
			let id = apply();
			activate(id, domain(operator, operator));
			join(id, 0, 2);
		}
		(0..6).for_each(|seed| {
			stored(seed, 9);
		});
		assert_ok!(Storage::evict(signed(conductor()), 4, reason("bad")));
		blocks(1);
		// Two operators are left, with four members: no third replica.
		assert_eq!(counts().degraded, 6);
		assert!((0..6).all(|seed| view(seed).assigned.is_empty()));
		let more = provider();
		join(more, 0, 2);
		(0..6).for_each(|seed| assert!(try_confirm(seed, more)));
		assert_eq!(counts().degraded, 0);
	});
}

#[test]
fn the_quorum_of_a_new_object_is_of_operators() {
	run(|| {
		for operator in [1, 1, 2, 3] {
			let id = apply();
			activate(id, domain(operator, operator));
			join(id, 0, 2);
		}
		for id in [2, 3] {
			assert_ok!(Storage::suspend(signed(conductor()), id, reason("slow")));
		}
		assert_noop!(try_pin(alice(), key(1, SIZE), 1), Error::NoRoom);
		assert_ok!(Storage::reinstate(signed(conductor()), 2));
		// It waits for its third.
		assert_ok!(try_pin(alice(), key(1, SIZE), 1));
		assert_eq!(view(1).assigned.len(), 2);
		assert_ok!(Storage::reinstate(signed(conductor()), 3));
		assert_eq!(view(1).assigned.len(), 3);
		confirm_all(1);
	});
}

#[test]
fn below_the_quorum_an_object_is_degraded_though_it_was_never_full() {
	run(|| {
		members(4, 2);
		let key = pin(alice(), 1, 2);
		let assigned = view(1).assigned;
		assert!(try_confirm(1, assigned[0]) && try_confirm(1, assigned[1]));
		assert_eq!((counts().filling, counts().degraded), (1, 0));
		lose(assigned[0], &[key]);
		assert_eq!((counts().filling, counts().degraded), (0, 1));
		assert_happened(Event::CoverageLost { key, tranche: 0, holders: 1 });
		// Whatever the quorum has become since.
		for quorum in [1, 3] {
			UploadQuorum::set(quorum);
			assert_ok!(Storage::do_try_state());
		}
		let next = view(1).assigned[0];
		assert!(try_confirm(1, next));
		assert_eq!((counts().filling, counts().degraded), (1, 0));
		confirm_all(1);
		assert_eq!((counts().filling, counts().degraded), (0, 0));
	});
}
