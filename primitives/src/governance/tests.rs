//! The voting rule, over all votes of councils of up to nine members.

use super::voting::{majority, Outcome, Tally, VotingRule, MIN_THRESHOLD};
use proptest::prelude::*;
use sp_runtime::Perbill;

/// Councils of up to this many are gone through one by one.
const COUNCILS: u32 = 9;

/// All thresholds in use, with all quorums, and those that lie at an edge.
fn rules(members: u32) -> Vec<VotingRule> {
	let thresholds = [
		MIN_THRESHOLD,
		Perbill::from_percent(60),
		Perbill::from_rational(2u32, 3),
		Perbill::from_percent(75),
		Perbill::from_percent(100),
	];
	let quorums = [
		Perbill::zero(),
		Perbill::from_rational(1u32, 3),
		Perbill::from_percent(50),
		Perbill::from_percent(60),
		Perbill::from_rational(2u32, 3),
		Perbill::from_percent(100),
	];
	let mut rules = Vec::new();
	for threshold in thresholds {
		for quorum in quorums {
			rules.push(VotingRule { threshold, quorum, unanimous: None });
		}
	}
	// As many seats as there are members, half as many again, and one more than that.
	for seats in [members, members * 3 / 2, members * 3 / 2 + 1] {
		let (threshold, quorum) = (Perbill::from_percent(100), Perbill::from_percent(100));
		rules.push(VotingRule { threshold, quorum, unanimous: Some(seats) });
	}
	rules
}

/// All tallies of at most `votes` votes.
fn tallies(votes: u32) -> Vec<Tally> {
	let mut all = Vec::new();
	for approve in 0..=votes {
		for reject in 0..=votes - approve {
			for abstain in 0..=votes - approve - reject {
				for slash in 0..=votes - approve - reject - abstain {
					all.push(Tally { approve, reject, abstain, slash });
				}
			}
		}
	}
	all
}

fn plus(a: &Tally, b: &Tally) -> Tally {
	Tally {
		approve: a.approve + b.approve,
		reject: a.reject + b.reject,
		abstain: a.abstain + b.abstain,
		slash: a.slash + b.slash,
	}
}

/// Goes through every rule and tally of every council.
fn each(mut check: impl FnMut(&VotingRule, &Tally, u32)) {
	for members in 0..=COUNCILS {
		let tallies = tallies(members);
		for rule in rules(members) {
			for tally in &tallies {
				check(&rule, tally, members);
			}
		}
	}
}

#[test]
fn outcome_is_what_the_design_says() {
	// The same once more, in fractions of whole numbers and in the design's own words.
	each(|rule, tally, members| {
		let Tally { approve, reject, abstain, slash } = *tally;
		let n = f64::from(members);
		let share = |share: Perbill| f64::from(share.deconstruct()) / 1e9;
		let decisive = f64::from(approve + reject + slash);
		let least = f64::from(approve);
		let quorum = f64::from(approve + reject + abstain + slash) + 1e-6 >= share(rule.quorum) * n;
		let mut passes = least + 1e-6 >= share(rule.threshold) * decisive
			&& least + 1e-6 >= f64::max(2.0, n / 3.0);
		if let Some(seats) = rule.unanimous {
			passes &= approve == members && n + 1e-6 >= f64::from(seats) * 2.0 / 3.0;
		}
		let expected = if members < 2 {
			Outcome::NoQuorum
		} else if slash >= 2 && f64::from(slash) + 1e-6 >= n * 2.0 / 3.0 {
			Outcome::Slashed
		} else if !quorum {
			Outcome::NoQuorum
		} else if passes {
			Outcome::Passed
		} else {
			Outcome::Rejected
		};
		assert_eq!(rule.outcome(tally, members), expected, "{rule:?} {tally:?} of {members}");
	});
}

#[test]
fn early_is_what_every_completion_gives() {
	each(|rule, tally, members| {
		let completions = tallies(members - tally.total());
		let mut outcomes = completions
			.iter()
			.map(|more| rule.outcome(&plus(tally, more), members))
			.collect::<Vec<_>>();
		outcomes.dedup();
		let only = (outcomes.len() == 1 && members >= 2).then(|| outcomes[0]);
		assert_eq!(rule.early(tally, members), only, "{rule:?} {tally:?} of {members}");
	});
}

#[test]
fn one_approval_never_spends() {
	each(|rule, tally, members| {
		if tally.approve < 2 || members < 2 {
			assert_ne!(rule.outcome(tally, members), Outcome::Passed);
		}
		// Nor do a few of many: less than a third of the members.
		if tally.approve * 3 < members {
			assert_ne!(rule.outcome(tally, members), Outcome::Passed);
		}
	});
}

#[test]
fn ties_are_rejections() {
	each(|rule, tally, members| {
		if tally.approve == tally.reject + tally.slash {
			assert_ne!(rule.outcome(tally, members), Outcome::Passed);
		}
	});
}

#[test]
fn every_majority_reaches_the_least_threshold() {
	for members in 2..=super::limits::MAX_COUNCIL {
		let rule = VotingRule {
			threshold: MIN_THRESHOLD,
			quorum: Perbill::from_percent(50),
			unanimous: None,
		};
		let approve = majority(members);
		let tally = Tally { approve, reject: members - approve, ..Default::default() };
		assert_eq!(rule.outcome(&tally, members), Outcome::Passed, "{tally:?}");
	}
}

#[test]
fn abstaining_never_equals_rejecting() {
	let mut differs = 0u32;
	each(|rule, tally, members| {
		if tally.abstain == 0 || rule.unanimous.is_some() {
			return;
		}
		let mut instead = *tally;
		instead.abstain -= 1;
		instead.reject += 1;
		let (abstained, rejected) = (rule.outcome(tally, members), rule.outcome(&instead, members));
		// A rejection instead of an abstention never helps.
		if rejected == Outcome::Passed {
			assert_eq!(abstained, Outcome::Passed, "{rule:?} {tally:?} of {members}");
		}
		differs += u32::from(abstained != rejected);
		// Abstaining is on no side: all that it does for the result is to be there.
		let mut absent = *tally;
		absent.abstain -= 1;
		let absent = rule.outcome(&absent, members);
		assert!(
			abstained == absent || absent == Outcome::NoQuorum,
			"{rule:?} {tally:?} of {members}: abstaining made {absent:?} {abstained:?}",
		);
	});
	assert!(differs > 1_000, "{differs}");
}

#[test]
fn votes_work_the_way_they_point() {
	each(|rule, tally, members| {
		if tally.total() == members || members < 2 {
			return;
		}
		let now = rule.outcome(tally, members);
		let with = |change: fn(&mut Tally)| {
			let mut tally = *tally;
			change(&mut tally);
			rule.outcome(&tally, members)
		};
		if now == Outcome::Passed {
			assert_eq!(with(|tally| tally.approve += 1), Outcome::Passed);
		}
		if now == Outcome::Rejected {
			assert_eq!(with(|tally| tally.reject += 1), Outcome::Rejected);
		}
		if now == Outcome::Slashed {
			for change in [
				(|tally| tally.approve += 1) as fn(&mut Tally),
				|tally| tally.reject += 1,
				|tally| tally.abstain += 1,
				|tally| tally.slash += 1,
			] {
				assert_eq!(with(change), Outcome::Slashed);
			}
		}
	});
}

#[test]
fn small_councils_decide_nothing() {
	for members in [0, 1] {
		for rule in rules(members) {
			for tally in tallies(members) {
				assert_eq!(rule.outcome(&tally, members), Outcome::NoQuorum);
				assert_eq!(rule.early(&tally, members), None);
			}
		}
	}
}

#[test]
fn root_needs_everyone_and_two_thirds_of_the_seats() {
	let rule = |seats| VotingRule {
		threshold: Perbill::from_percent(100),
		quorum: Perbill::from_percent(100),
		unanimous: Some(seats),
	};
	let all = |approve| Tally { approve, ..Default::default() };
	assert_eq!(rule(7).outcome(&all(5), 5), Outcome::Passed);
	assert_eq!(rule(7).outcome(&all(4), 4), Outcome::Rejected);
	assert_eq!(rule(3).outcome(&all(2), 2), Outcome::Passed);
	let abstaining = Tally { approve: 6, abstain: 1, ..Default::default() };
	assert_eq!(rule(7).outcome(&abstaining, 7), Outcome::Rejected);
}

proptest! {
	/// Larger councils than can be gone through one by one.
	#[test]
	fn early_holds_in_large_councils(
		members in 2u32..=super::limits::MAX_COUNCIL,
		votes in prop::array::uniform4(0u32..=32),
		more in prop::array::uniform4(0u32..=32),
		percent in (51u32..=100, 0u32..=100),
	) {
		let fit = |votes: [u32; 4], room: u32| {
			let mut left = room;
			let mut take = |count: u32| {
				let taken = count.min(left);
				left -= taken;
				taken
			};
			let [approve, reject, abstain, slash] = votes.map(&mut take);
			Tally { approve, reject, abstain, slash }
		};
		let rule = VotingRule {
			threshold: Perbill::from_percent(percent.0),
			quorum: Perbill::from_percent(percent.1),
			unanimous: None,
		};
		let tally = fit(votes, members);
		let completed = plus(&tally, &fit(more, members - tally.total()));
		if let Some(early) = rule.early(&tally, members) {
			prop_assert_eq!(rule.outcome(&completed, members), early);
		}
	}
}
