//! What the runtime API answers.

use super::*;

#[test]
fn providers_and_members_are_shown_as_they_stand() {
	run(|| {
		members(4, 2);
		(0..3).for_each(|seed| {
			stored(seed, 5);
		});
		let view = Storage::api_provider(0).unwrap();
		assert_eq!(view.owner, owner(0));
		assert_eq!(view.memberships, [(0, 2)]);
		assert_eq!((view.replicas, view.bytes), (member(0).replicas, member(0).bytes));
		assert_eq!(view.stake, STAKE);
		assert!(!view.heartbeat_due);
		blocks_without(5, &[0]);
		assert!(Storage::api_provider(0).unwrap().heartbeat_due);
		assert_eq!(Storage::api_provider_of(operator(2)).unwrap().id, 2);
		assert!(Storage::api_provider_of(bob()).is_none());
		let tranche = Storage::api_tranche(0).unwrap();
		let members = tranche.members.iter().map(|member| member.provider).collect::<Vec<_>>();
		assert_eq!(members, [0, 1, 2, 3]);
		assert_ok!(Storage::evict(signed(conductor()), 0, reason("bad")));
		let evicted = Storage::api_tranche(0).unwrap().members[0].clone();
		assert_eq!((evicted.replicas, evicted.placed), (0, false));
		assert_eq!(evicted.unswept, member(0).replicas);
		assert_eq!(Storage::api_provider(0).unwrap().replicas, 0);
		assert!(Storage::api_holdings(0, None, 10).items.is_empty());
	});
}

#[test]
fn lists_come_in_pages() {
	run(|| {
		members(5, 4);
		(0..9).for_each(|seed| {
			stored(seed, 5);
		});
		let mut seen = Vec::new();
		let mut after = None;
		loop {
			let page = Storage::api_providers(after, 2);
			assert!(page.items.len() <= 2);
			seen.extend(page.items.into_iter().map(|provider| provider.id));
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		assert_eq!(seen, [0, 1, 2, 3, 4]);
		let (mut seen, mut after) = (Vec::new(), None);
		loop {
			let page = Storage::api_pins(alice(), after, 4);
			seen.extend(page.items.into_iter().map(|pin| pin.key));
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		seen.sort();
		let mut all = (0..9).map(|seed| key(seed, SIZE)).collect::<Vec<_>>();
		all.sort();
		assert_eq!(seen, all);
		let (mut count, mut after) = (0, None);
		loop {
			let page = Storage::api_holdings(1, after, 2);
			count += page.items.len();
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		assert_eq!(count as u32, member(1).replicas);
		assert!(Storage::api_incomplete(0, None, 10).items.is_empty());
		pin(bob(), 20, 1);
		assert_eq!(Storage::api_incomplete(0, None, 10).items[0].key, key(20, SIZE));
		assert_eq!(Storage::api_tranches(None, 10).items.len(), 1);
	});
}

#[test]
fn parameters_are_those_that_are_set() {
	run(|| {
		let parameters = Storage::api_parameters();
		assert_eq!(parameters.upload_quorum, UploadQuorum::get());
		assert_eq!(parameters.heartbeat_interval, HeartbeatInterval::get());
		assert_eq!(parameters.max_term, MaxTerm::get());
		assert_eq!(parameters.pending_blocks, PendingBlocks::get());
		assert_eq!(parameters.era, 0);
		assert_eq!(Storage::api_quote(SIZE, 1).tranche, None);
	});
}

#[test]
fn wrong_sizes_hide_nothing_that_is_stored() {
	use crate::{Objects, Sizes};
	new_test_ext().execute_with(|| {
		members(4, 2);
		let key = stored(1, 5);
		let mut wrong = Objects::<Test>::get(key).unwrap();
		wrong.state = ObjectState::Pending { expires: 9 };
		for size in (1..=2_000).filter(|size| *size != SIZE) {
			Objects::<Test>::insert(ObjectKey { size, ..key }, wrong.clone());
			Sizes::<Test>::insert(key.hash, size, ());
		}
		let all = Storage::api_objects_of(key.hash);
		assert_eq!(all[0].key, key);
		assert_eq!(all.len(), rome_primitives::storage::limits::MAX_PAGE as usize);
	});
}
