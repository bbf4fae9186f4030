//! The share of all objects that each member is expected to keep.
//!
//! Scores are the largest of equally distributed numbers, as many as the member has slots. Read backwards
//! as times, they are those of a race: a member with `w` slots arrives at a time `t` with the density
//! `w e^(-wt)`, independently of all others, and ranks are orders of arrival. A member that arrives at `t`
//! is among the first `c` in rank if few enough of the others have arrived before, counted three times:
//! within its operator (its turn), among the operators of its zone (its zone turn), and among the zones.
//! Each is a sum of independent yes-or-no variables, whose distribution is exact and cheap. What is left is
//! one integral over `t` for each member. It is taken as a sum over `t = 2^(k/3)`: for a function that is
//! smooth and falls off at both ends such a sum is exact to far more digits than are kept here.

use super::{Member, MAX_COVERAGE};
use alloc::vec::Vec;
use sp_runtime::Perbill;

/// The share of a tranche's objects for which each member is among the first `coverage` in rank, in the
/// order of `members`.
///
/// The shares add up to `coverage`, or to the number of members with slots if that is less, to the last
/// billionth; each is right to a hundred-thousandth of itself, with few members to a millionth. Exact operators and zones are those of
/// [`rank`](super::rank); members of one operator in several zones, which the pallet does not let happen,
/// are taken to be in the first of them. A coverage above [`MAX_COVERAGE`] counts as that.
///
/// Integer arithmetic only: the same everywhere. Costs at most 111 rounds, each with about 100
/// multiplications for each member, operator and zone: for 64 members of 64 operators in 64 zones two
/// million in all, some milliseconds on chain. To be called when members change, not for each object.
pub fn expected_load(members: &[Member], coverage: u8) -> Vec<Perbill> {
	let coverage = u32::from(coverage).min(MAX_COVERAGE) as usize;
	let mut order: Vec<usize> = (0..members.len()).filter(|i| members[*i].slots > 0).collect();
	let mut shares = alloc::vec![Perbill::zero(); members.len()];
	if coverage >= order.len() {
		order.iter().for_each(|i| shares[*i] = Perbill::one());
		return shares;
	}
	let zone_of = |i: usize| {
		let operator = members[i].domain.operator;
		let same =
			members.iter().filter(|member| member.slots > 0 && member.domain.operator == operator);
		same.map(|member| member.domain.zone).min()
	};
	// Operators' members stand together, and so do zones' operators.
	order.sort_by_cached_key(|i| (zone_of(*i), members[*i].domain.operator, members[*i].provider));

	let mut race = Race::new(&order, members, zone_of, coverage);
	let raw = race.run();
	for (i, share) in order.iter().zip(normalise(&raw, coverage)) {
		shares[*i] = Perbill::from_parts(share);
	}
	shares
}

/// 1 as a probability.
const ONE: u64 = 1 << PROBABILITY_BITS;
const PROBABILITY_BITS: u32 = 31;
/// Binary places of times.
const TIME_BITS: u32 = 52;
/// Binary places of powers of e.
const EXP_BITS: u32 = 62;
const EXP_ONE: u64 = 1 << EXP_BITS;
/// ln 2 as a time.
const LN_2: u64 = 0x000b_1721_7f7d_1cf7;
/// 1, 2^(1/3) and 2^(2/3) as times.
const THIRDS: [u64; 3] = [1 << TIME_BITS, 0x0014_28a2_f98d_728a, 0x0019_65fe_a53d_6e3c];
/// Before 2^-32 not even 64 members with 16 slots each have arrived, but in one case of four millions.
const FIRST_OCTAVE: i32 = -32;
/// After 2^5 everybody has arrived, but for one case in 10^13.
const LAST_OCTAVE: i32 = 4;

/// How probable it is that 0, 1, 2, ... have arrived. More than these never matter.
type Counts = [u64; MAX_COVERAGE as usize];

const NOBODY: Counts = {
	let mut counts = [0; MAX_COVERAGE as usize];
	counts[0] = ONE;
	counts
};

fn times(a: u64, b: u64) -> u64 {
	(a * b + ONE / 2) >> PROBABILITY_BITS
}

/// The counts with one more who has arrived with the probability `arrived`.
fn with_one(counts: &Counts, arrived: u64) -> Counts {
	let mut sum = [0; MAX_COVERAGE as usize];
	for (n, value) in sum.iter_mut().enumerate() {
		let one_less = n.checked_sub(1).map_or(0, |n| counts[n]);
		*value = times(counts[n], ONE - arrived) + times(one_less, arrived);
	}
	sum
}

/// The counts of two groups together.
fn together(a: &Counts, b: &Counts) -> Counts {
	let mut sum = [0; MAX_COVERAGE as usize];
	for (n, value) in sum.iter_mut().enumerate() {
		*value = (0..=n).map(|k| times(a[k], b[n - k])).sum();
	}
	sum
}

/// Fewer than `n`.
fn fewer_than(counts: &Counts, n: usize) -> u64 {
	counts.iter().take(n).sum::<u64>().min(ONE)
}

/// Writes for each of a group the counts of all the others, and gives back the counts of all. Adds only:
/// taking one out of the counts of all would divide by probabilities near zero.
fn all_but_one(
	arrived: impl DoubleEndedIterator<Item = u64> + Clone,
	others: &mut [Counts],
) -> Counts {
	let mut before = NOBODY;
	for (probability, counts) in arrived.clone().zip(others.iter_mut()) {
		*counts = before;
		before = with_one(&before, probability);
	}
	let mut after = NOBODY;
	for (probability, counts) in arrived.rev().zip(others.iter_mut().rev()) {
		*counts = together(counts, &after);
		after = with_one(&after, probability);
	}
	before
}

/// A stretch of members of one operator, or of operators in one zone.
#[derive(Clone)]
struct Stretch {
	start: usize,
	end: usize,
}

struct Race {
	/// The members' weights, an operator's together.
	weights: Vec<u8>,
	/// The operators' members, a zone's operators together.
	operators: Vec<Stretch>,
	/// The zones' operators.
	zones: Vec<Stretch>,
	/// All members with a smaller turn are in.
	turn: usize,
	/// Of the members with that turn, all with a smaller zone turn are in.
	zone_turn: usize,
	/// Of the members with both, so many are in.
	left: usize,
}

impl Race {
	fn new(
		order: &[usize],
		members: &[Member],
		zone_of: impl Fn(usize) -> Option<u32>,
		coverage: usize,
	) -> Self {
		let mut operators: Vec<Stretch> = Vec::new();
		let mut zones: Vec<Stretch> = Vec::new();
		for (n, i) in order.iter().enumerate() {
			let before = n.checked_sub(1).map(|n| order[n]);
			let same_operator =
				before.is_some_and(|b| members[b].domain.operator == members[*i].domain.operator);
			let same_zone = before.is_some_and(|b| zone_of(b) == zone_of(*i));
			match operators.last_mut() {
				Some(last) if same_operator => last.end = n + 1,
				_ => operators.push(Stretch { start: n, end: n + 1 }),
			}
			match zones.last_mut() {
				Some(last) if same_zone => last.end = operators.len(),
				_ => zones.push(Stretch { start: operators.len() - 1, end: operators.len() }),
			}
		}
		let weights = order.iter().map(|i| members[*i].weight()).collect();
		let mut race = Self { weights, operators, zones, turn: 0, zone_turn: 0, left: coverage };
		// There are more members than the coverage, so both searches end.
		race.turn = race.full_turns(race.operators.iter().map(|o| o.end - o.start).collect());
		let turn = race.turn;
		let in_zone = |zone: &Stretch| {
			let operators = &race.operators[zone.start..zone.end];
			operators.iter().filter(|o| o.end - o.start > turn).count()
		};
		let sizes = race.zones.iter().map(in_zone).collect();
		race.zone_turn = race.full_turns(sizes);
		race
	}

	/// Of groups of these sizes, how many times one of each that has as many is in; takes them off what is
	/// left, which is at least 1 afterwards.
	fn full_turns(&mut self, sizes: Vec<usize>) -> usize {
		for turn in 0..MAX_COVERAGE as usize {
			let takes = sizes.iter().filter(|size| **size > turn).count();
			if self.left <= takes {
				return turn;
			}
			self.left -= takes;
		}
		0
	}

	/// What each member's share is, up to a factor that is the same for all.
	fn run(&mut self) -> Vec<u64> {
		let mut shares = alloc::vec![0u64; self.weights.len()];
		let mut in_operator = alloc::vec![NOBODY; self.weights.len()];
		let mut in_zone = alloc::vec![NOBODY; self.operators.len()];
		let mut among_zones = alloc::vec![NOBODY; self.zones.len()];
		let mut operator_arrived = alloc::vec![0u64; self.operators.len()];
		let mut zone_arrived = alloc::vec![0u64; self.zones.len()];
		for octave in FIRST_OCTAVE..=LAST_OCTAVE {
			for third in THIRDS {
				let time = if octave < 0 { third >> -octave } else { third << octave };
				let moment = Moment::new(time);
				// Whether the member of this turn has come, is whether so many have come and one more.
				for (operator, arrived) in self.operators.iter().zip(&mut operator_arrived) {
					let members = operator.start..operator.end;
					let weights = self.weights[members.clone()].iter();
					let counts = all_but_one(
						weights.map(|weight| moment.arrived(*weight)),
						&mut in_operator[members],
					);
					*arrived = ONE - fewer_than(&counts, self.turn + 1);
				}
				for (zone, arrived) in self.zones.iter().zip(&mut zone_arrived) {
					let operators = zone.start..zone.end;
					let counts = all_but_one(
						operator_arrived[operators.clone()].iter().copied(),
						&mut in_zone[operators],
					);
					*arrived = ONE - fewer_than(&counts, self.zone_turn + 1);
				}
				all_but_one(zone_arrived.iter().copied(), &mut among_zones);

				for (zone, zones) in self.zones.iter().zip(&among_zones) {
					let last = fewer_than(zones, self.left);
					for operator in zone.start..zone.end {
						let others = &in_zone[operator];
						let in_zone = fewer_than(others, self.zone_turn)
							+ times(others[self.zone_turn], last);
						let Stretch { start, end } = self.operators[operator];
						for member in start..end {
							let others = &in_operator[member];
							let chance = fewer_than(others, self.turn)
								+ times(others[self.turn], in_zone.min(ONE));
							shares[member] +=
								moment.arriving(self.weights[member], chance.min(ONE));
						}
					}
				}
			}
		}
		shares
	}
}

/// What is known of one moment of the race.
struct Moment {
	time: u64,
	/// `e^(-wt)` by weight.
	absent: [u64; 1 + super::MAX_SLOTS as usize],
}

impl Moment {
	fn new(time: u64) -> Self {
		let base = exp_minus(time);
		let mut absent = [EXP_ONE; 1 + super::MAX_SLOTS as usize];
		for weight in 1..absent.len() {
			absent[weight] =
				((u128::from(absent[weight - 1]) * u128::from(base)) >> EXP_BITS) as u64;
		}
		Self { time, absent }
	}

	/// How probable it is that somebody with that weight has arrived.
	fn arrived(&self, weight: u8) -> u64 {
		const CUT: u32 = EXP_BITS - PROBABILITY_BITS;
		(EXP_ONE - self.absent[usize::from(weight)] + (1 << (CUT - 1))) >> CUT
	}

	/// The density of somebody's arrival by the logarithm of time, times a probability; with 48 places.
	fn arriving(&self, weight: u8, chance: u64) -> u64 {
		let rate = u128::from(self.time) * u128::from(weight);
		let density =
			(rate * u128::from(self.absent[usize::from(weight)])) >> (TIME_BITS + EXP_BITS - 48);
		((density * u128::from(chance)) >> PROBABILITY_BITS) as u64
	}
}

/// `e^(-time)`.
fn exp_minus(time: u64) -> u64 {
	let (halvings, rest) = (time / LN_2, time % LN_2);
	let rest = u128::from(rest) << (EXP_BITS - TIME_BITS);
	// 1 - x (1 - x/2 (1 - x/3 (...))) for x < 0.7: the last term is below 2^-62.
	let one = u128::from(EXP_ONE);
	let value = (1..=20u128).rev().fold(one, |inner, n| one - ((rest * inner) >> EXP_BITS) / n);
	u32::try_from(halvings).ok().and_then(|n| (value as u64).checked_shr(n)).unwrap_or(0)
}

/// Shares in billionths that add up to `coverage` billions, in proportion to `raw` but none above 1.
fn normalise(raw: &[u64], coverage: usize) -> Vec<u32> {
	const BILLION: u128 = 1_000_000_000;
	let total = raw.iter().map(|value| u128::from(*value)).sum::<u128>().max(1);
	let target = coverage as u128 * BILLION;
	let mut shares: Vec<u32> =
		raw.iter().map(|value| (u128::from(*value) * target / total).min(BILLION) as u32).collect();
	// What rounding and the cap left over goes round among those below 1: as many as the coverage were to
	// be full otherwise, and there are more members than that.
	let mut missing = target - shares.iter().map(|share| u128::from(*share)).sum::<u128>();
	while missing > 0 {
		let open = shares.iter().filter(|share| u128::from(**share) < BILLION).count() as u128;
		let each = (missing / open.max(1)).max(1);
		for share in shares.iter_mut() {
			let more = each.min(missing).min(BILLION - u128::from(*share));
			*share += more as u32;
			missing -= more;
		}
		if open == 0 {
			break;
		}
	}
	shares
}
