use super::*;

const OBJECTS: u64 = 100_000;

fn domains(members: &[Member]) -> BTreeMap<u32, FailureDomain> {
	members.iter().map(|member| (member.provider, member.domain)).collect()
}

#[test]
fn equal_members_keep_equally_much() {
	let members =
		members(&[(2, 0), (2, 0), (2, 1), (2, 1), (2, 2), (2, 2), (2, 3), (2, 3), (2, 4), (2, 4)]);
	let mean = OBJECTS as f64 * 3.0 / 10.0;
	for (provider, kept) in kept(&members, 3, OBJECTS) {
		let deviation = (kept as f64 / mean - 1.0).abs();
		assert!(deviation < 0.03, "provider {provider}: {kept} of {mean}");
	}
}

#[test]
fn unequal_zones_and_slots_keep_what_is_expected() {
	let cases = [
		// Unequal slots, zones of unequal size.
		members(&[(1, 0), (2, 0), (4, 0), (2, 1), (2, 1), (1, 2), (3, 3), (1, 3)]),
		// Fewer zones than the coverage.
		members(&[(1, 0), (2, 0), (4, 0), (3, 0), (2, 1), (5, 1), (1, 1)]),
		// Operators with several members.
		vec![
			member(0, 4, 0, 0),
			member(1, 2, 0, 0),
			member(2, 3, 1, 0),
			member(3, 3, 2, 1),
			member(4, 3, 2, 1),
			member(5, 2, 3, 2),
			member(6, 4, 4, 2),
		],
		// Fewer operators than the coverage.
		vec![
			member(0, 4, 0, 0),
			member(1, 2, 0, 0),
			member(2, 3, 0, 0),
			member(3, 3, 1, 0),
			member(4, 6, 1, 0),
			member(5, 3, 1, 0),
		],
	];
	for members in cases {
		for coverage in [3, 5] {
			let shares = expected_load(&members, coverage);
			let kept = kept(&members, coverage, OBJECTS);
			for (member, share) in members.iter().zip(shares) {
				let expected = f64::from(share.deconstruct()) / 1e9 * OBJECTS as f64;
				let kept = kept[&member.provider] as f64;
				assert!((kept / expected - 1.0).abs() < 0.03, "{member:?}: {kept} of {expected}");
			}
		}
	}
}

#[test]
fn operators_are_distinct_whenever_there_are_enough_and_then_zones() {
	let mut dice = Dice::new(5);
	for _ in 0..300 {
		let members = any_members(&mut dice, 24);
		let domains = domains(&members);
		let coverage = 1 + dice.below(5) as u8;
		let away: BTreeSet<u32> =
			members.iter().map(|member| member.provider).filter(|_| dice.chance(20)).collect();
		let open: Vec<_> = members.iter().filter(|m| !away.contains(&m.provider)).collect();
		let count = |of: fn(&FailureDomain) -> u32, among: &[FailureDomain]| {
			among.iter().map(of).collect::<BTreeSet<_>>().len()
		};
		let all: Vec<_> = open.iter().map(|member| member.domain).collect();
		for n in 0..20 {
			let assigned = assign(&key(n), 1, &members, coverage, |id| away.contains(&id));
			assert_eq!(assigned.len(), open.len().min(coverage.into()));
			assert_eq!(assigned.iter().collect::<BTreeSet<_>>().len(), assigned.len());
			assert!(assigned.iter().all(|id| !away.contains(id)));
			let got: Vec<_> = assigned.iter().map(|id| domains[id]).collect();
			type Of = fn(&FailureDomain) -> u32;
			for of in [(|d| d.operator) as Of, |d| d.zone] {
				assert_eq!(
					count(of, &got),
					count(of, &all).min(assigned.len()),
					"{got:?} of {all:?}"
				);
			}
		}
	}
}

#[test]
fn operators_spread_over_zones_as_evenly_as_can_be() {
	let members = members(&[(1, 0), (9, 0), (9, 0), (1, 1), (1, 1), (1, 2)]);
	let domains = domains(&members);
	for n in 0..1_000 {
		let mut zones = [0; 3];
		for provider in assign(&key(n), 1, &members, 5, |_| false) {
			zones[domains[&provider].zone as usize] += 1;
		}
		assert_eq!(zones, [2, 2, 1]);
	}
}

#[test]
fn the_rank_is_the_greedy_choice() {
	// Said in other words: always the best of those whose operator, then zone, has the fewest already.
	let mut dice = Dice::new(6);
	for _ in 0..200 {
		// With at most one turn, in which the two are the same; scores are seen from members all alone.
		let mut members = any_members(&mut dice, 12);
		for (n, member) in members.iter_mut().enumerate() {
			member.domain.operator = n as u32;
		}
		for n in 0..10 {
			let key = key(n);
			let alone: Vec<Member> = members
				.iter()
				.map(|m| Member {
					domain: FailureDomain { operator: m.provider, zone: m.provider },
					..*m
				})
				.collect();
			let by_score = rank(&key, 1, &alone);
			let domains = domains(&members);
			let mut left = by_score.clone();
			let mut greedy: Vec<u32> = Vec::new();
			while !left.is_empty() {
				let crowd = |id: &u32| {
					greedy.iter().filter(|other| domains[*other].zone == domains[id].zone).count()
				};
				let best = (0..left.len()).min_by_key(|n| (crowd(&left[*n]), *n)).unwrap();
				greedy.push(left.remove(best));
			}
			assert_eq!(rank(&key, 1, &members), greedy);
		}
	}
}

#[test]
fn the_order_of_members_does_not_matter() {
	let mut dice = Dice::new(7);
	for n in 0..200 {
		let members = any_members(&mut dice, 30);
		let mut shuffled = members.clone();
		for place in (1..shuffled.len()).rev() {
			shuffled.swap(place, dice.position(place + 1));
		}
		assert_eq!(rank(&key(n), 1, &members), rank(&key(n), 1, &shuffled));
		let by_number = |members: &[Member]| -> BTreeMap<u32, _> {
			members.iter().map(|m| m.provider).zip(expected_load(members, 3)).collect()
		};
		assert_eq!(by_number(&members), by_number(&shuffled));
	}
}

#[test]
fn tranches_and_objects_place_independently_and_sizes_do_not_matter() {
	let members = members(&[(1, 0); 30]);
	let of = |key: &ObjectKey, tranche| rank(key, tranche, &members);
	assert_ne!(of(&key(1), 1), of(&key(1), 2));
	assert_ne!(of(&key(1), 1), of(&key(2), 1));
	assert_eq!(of(&key(1), 1), of(&ObjectKey { size: 77, ..key(1) }, 1));
}

#[test]
fn a_member_without_slots_is_not_ranked_and_more_than_sixteen_count_as_sixteen() {
	let mut members = members(&[(0, 0), (16, 1), (1, 2)]);
	let ranks: Vec<_> = (0..200).map(|n| rank(&key(n), 1, &members)).collect();
	assert!(ranks.iter().all(|ranked| ranked.len() == 2 && !ranked.contains(&0)));
	members[1].slots = 255;
	assert!((0..200).map(|n| rank(&key(n), 1, &members)).eq(ranks));
	assert_eq!(rank(&key(0), 1, &[]), Vec::<u32>::new());
}

#[test]
fn coverage_is_bounded() {
	let members = members(&[(1, 0); 9]);
	assert_eq!(assign(&key(0), 1, &members, 0, |_| false), Vec::<u32>::new());
	assert_eq!(assign(&key(0), 1, &members, 255, |_| false).len(), 5);
	assert_eq!(expected_load(&members, 255), expected_load(&members, 5));
}

/// What others than `id` get that they did not have, over many objects; and what `id` gets.
fn moved(before: &[Member], after: &[Member], coverage: u8, id: u32, objects: u64) -> (u64, u64) {
	let (mut others, mut its) = (0, 0);
	for n in 0..objects {
		let had = assign(&key(n), 1, before, coverage, |_| false);
		for provider in assign(&key(n), 1, after, coverage, |_| false) {
			if !had.contains(&provider) {
				*(if provider == id { &mut its } else { &mut others }) += 1;
			}
		}
	}
	(others, its)
}

#[test]
fn who_joins_moves_what_it_is_to_keep_and_no_more() {
	let before =
		members(&[(2, 0), (2, 0), (2, 1), (2, 1), (2, 2), (2, 2), (2, 3), (2, 3), (2, 4), (2, 4)]);
	for (slots, zone) in [(2, 0), (1, 3), (4, 5), (16, 2)] {
		let mut after = before.clone();
		after.push(member(10, slots, 110, zone));
		let expected = f64::from(expected_load(&after, 3)[10].deconstruct()) / 1e9 * OBJECTS as f64;
		let (others, its) = moved(&before, &after, 3, 10, OBJECTS);
		assert_eq!(others, 0);
		let ratio = its as f64 / expected;
		assert!((0.98..=1.02).contains(&ratio), "{its} of {expected}");
	}
}

#[test]
fn nobody_exchanges_objects_when_another_joins_leaves_or_changes_slots() {
	let mut dice = Dice::new(8);
	for _ in 0..400 {
		let before = any_members(&mut dice, 14);
		let coverage = 1 + dice.below(5) as u8;
		let mut joined = before.clone();
		// An operator that is there already, or a new one in any zone.
		let domain = match dice.chance(50) {
			true => before[dice.position(before.len())].domain,
			false => FailureDomain { operator: 900, zone: dice.below(9) },
		};
		joined.push(Member { provider: 999, slots: 1 + dice.below(16) as u8, domain });
		let mut more = joined.clone();
		more.last_mut().unwrap().slots += 1;
		for n in 0..40 {
			let of = |members: &[Member]| -> BTreeSet<u32> {
				assign(&key(n), 1, members, coverage, |_| false).into_iter().collect()
			};
			let (had, has, has_more) = (of(&before), of(&joined), of(&more));
			// Joining, and the other way round leaving: one new member, in place of one at most.
			assert!(has.difference(&had).all(|id| *id == 999), "{had:?} {has:?}");
			assert!(had.difference(&has).count() <= 1);
			assert!(has_more.difference(&has).all(|id| *id == 999), "{has:?} {has_more:?}");
			// Skipping is as if it were not there.
			let skipped = assign(&key(n), 1, &joined, coverage, |id| id == 999);
			assert_eq!(skipped, assign(&key(n), 1, &before, coverage, |_| false));
		}
	}
}
