use super::*;
use sp_runtime::Perbill;

/// The same in floating point and by going through every order of arrival: no integral, nothing aggregated.
fn by_every_order(members: &[Member], coverage: usize) -> Vec<f64> {
	fn place(
		members: &[Member],
		order: &[usize],
		coverage: usize,
		chance: f64,
		shares: &mut [f64],
	) {
		let mut turns: Vec<(usize, usize, usize, usize)> = Vec::new();
		for (n, i) in order.iter().enumerate() {
			let domain = members[*i].domain;
			let turn = order[..n]
				.iter()
				.filter(|j| members[**j].domain.operator == domain.operator)
				.count();
			let same = |(its, _, _, j): &&(usize, usize, usize, usize)| {
				*its == turn && members[*j].domain.zone == domain.zone
			};
			let zone_turn = turns.iter().filter(same).count();
			turns.push((turn, zone_turn, n, *i));
		}
		turns.sort();
		for (_, _, _, i) in turns.into_iter().take(coverage) {
			shares[i] += chance;
		}
	}
	fn go(
		members: &[Member],
		order: &mut Vec<usize>,
		coverage: usize,
		chance: f64,
		shares: &mut [f64],
	) {
		let left: Vec<usize> = (0..members.len()).filter(|i| !order.contains(i)).collect();
		if left.is_empty() {
			return place(members, order, coverage, chance, shares);
		}
		let total: f64 = left.iter().map(|i| f64::from(members[*i].slots)).sum();
		for i in left {
			order.push(i);
			go(members, order, coverage, chance * f64::from(members[i].slots) / total, shares);
			order.pop();
		}
	}
	let mut shares = vec![0.0; members.len()];
	go(members, &mut Vec::new(), coverage, 1.0, &mut shares);
	shares
}

fn sum(shares: &[Perbill]) -> u64 {
	shares.iter().map(|share| u64::from(share.deconstruct())).sum()
}

#[test]
fn shares_are_those_of_every_order_gone_through() {
	let mut dice = Dice::new(9);
	for round in 0..120 {
		let members = any_members(&mut dice, if round < 10 { 8 } else { 7 });
		for coverage in 1..=5 {
			let exact = by_every_order(&members, coverage.into());
			let shares = expected_load(&members, coverage);
			for (share, exact) in shares.iter().zip(&exact) {
				let share = f64::from(share.deconstruct()) / 1e9;
				assert!(
					(share / exact - 1.0).abs() < 2e-6,
					"{share} {exact} {coverage} {members:?}"
				);
			}
		}
	}
}

#[test]
fn shares_add_up_to_the_coverage_to_the_last_billionth() {
	let mut dice = Dice::new(10);
	for _ in 0..60 {
		let members = any_members(&mut dice, 64);
		for coverage in 0..=5u8 {
			let shares = expected_load(&members, coverage);
			assert_eq!(sum(&shares), members.len().min(coverage.into()) as u64 * 1_000_000_000);
		}
	}
}

#[test]
fn the_largest_tranches_are_right_too() {
	// Equal ones share equally, however many and however large.
	for slots in [1, 16] {
		let wanted = Perbill::from_rational(5u32, 64);
		let apart: Vec<Member> = (0..64).map(|n| member(n, slots, n, n)).collect();
		let one_zone: Vec<Member> = (0..64).map(|n| member(n, slots, n, 0)).collect();
		let one_operator: Vec<Member> = (0..64).map(|n| member(n, slots, 0, 0)).collect();
		for members in [apart, one_zone, one_operator] {
			for share in expected_load(&members, 5) {
				let off = share.deconstruct().abs_diff(wanted.deconstruct());
				assert!(off <= 1, "{share:?}");
			}
		}
	}
	// One slot beside 63 members of 16: it is among the first with about 5/1009 of the slots.
	let mut members: Vec<Member> = (0..64).map(|n| member(n, 16, n, n)).collect();
	members[63].slots = 1;
	let share = f64::from(expected_load(&members, 5)[63].deconstruct()) / 1e9;
	// By the first place, the second and so on, the others being equal.
	let mut absent = 1.0;
	for n in 0..5 {
		absent *= 1.0 - 1.0 / (16.0 * f64::from(63 - n) + 1.0);
	}
	assert!((share / (1.0 - absent) - 1.0).abs() < 1e-5, "{share} {absent}");
}

#[test]
fn a_large_member_among_small_ones_keeps_everything_at_most() {
	let mut large: Vec<Member> = (0..4).map(|n| member(n, 1, n, n)).collect();
	large[0].slots = 16;
	let shares = expected_load(&large, 3);
	assert!(shares[0] > Perbill::from_percent(97) && shares[0] <= Perbill::one());
	// The last billionth goes to one of the equal ones.
	assert!(shares[1..]
		.iter()
		.all(|share| share.deconstruct().abs_diff(shares[3].deconstruct()) <= 1));
	// Alone in its zone among three: it has to keep everything.
	let zones = members(&[(1, 0), (3, 1), (5, 1), (2, 2), (2, 2)]);
	assert_eq!(expected_load(&zones, 3)[0], Perbill::one());
	assert_eq!(sum(&expected_load(&zones, 3)), 3_000_000_000);
}

#[test]
fn members_without_slots_have_no_share() {
	let none = members(&[(0, 0), (3, 1), (3, 2), (0, 1)]);
	let one = Perbill::one();
	assert_eq!(expected_load(&none, 3), [Perbill::zero(), one, one, Perbill::zero()]);
	let half = Perbill::from_percent(50);
	assert_eq!(expected_load(&none, 1), [Perbill::zero(), half, half, Perbill::zero()]);
	assert_eq!(expected_load(&[], 3), []);
	assert_eq!(sum(&expected_load(&none, 0)), 0);
}
