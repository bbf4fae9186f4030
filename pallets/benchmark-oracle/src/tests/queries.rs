//! What clients read.

use super::*;
use rome_primitives::benchmark::{Metric, Role};

#[test]
fn assignments_of_revealed_rounds_are_read_and_checked() {
	run(|| {
		let ids = probers(12);
		(0..4).for_each(|number| {
			actor(number, true);
		});
		work_until(7, &ids, &honest);
		let round = Oracle::api_round(2).unwrap();
		assert_eq!((round.probers, round.committee, round.targets.len()), (12, 5, 4));
		let reveals = Oracle::api_reveals(2);
		assert_eq!(reveals.iter().map(|view| view.prober).collect::<Vec<_>>(), ids);
		for view in &reveals {
			assert_eq!(view.observations, Some(view.assigned.len() as u32));
			assert_eq!(view.preimage, preimage(view.prober, 2).unwrap());
			assert!(view.opened);
		}
		let assigned = reveals.iter().map(|view| view.assigned.len()).sum::<usize>();
		assert!((8..36).contains(&assigned), "twenty are expected: {assigned}");
		assert!(reveals.iter().any(|view| view.to_open.is_some()));
		assert_eq!(Oracle::api_round(99), None);
		// Nobody reads who is assigned in a round that is not revealed.
		assert!(Oracle::api_reveals(6).is_empty());
	});
}

#[test]
fn probers_come_in_pages() {
	run(|| {
		probers(5);
		let first = Oracle::api_probers(None, 2);
		assert_eq!(first.items.iter().map(|view| view.id).collect::<Vec<_>>(), [0, 1]);
		let second = Oracle::api_probers(first.next, 9);
		assert_eq!(second.items.iter().map(|view| view.id).collect::<Vec<_>>(), [2, 3, 4]);
		assert_eq!(second.next, None);
		let view = Oracle::api_prober_of(key(3)).unwrap();
		assert!(view.active && view.admitted && !view.chain_due);
		assert_eq!((view.id, view.owner, view.leaving), (3, owner(3), None));
		assert_eq!(Oracle::api_prober(9), None);
	});
}

#[test]
fn records_sums_and_percentiles_are_of_the_results() {
	run(|| {
		let ids = probers(5);
		let (one, two) = (actor(0, true), actor(1, true));
		let see = |_: ProberId, of: Actor| if of == one { RATE } else { 2 * RATE };
		work_until(12, &ids, &see);
		let record = Oracle::api_record(two);
		assert_eq!((record.rounds, record.meets_bar), (3, Some(true)));
		assert_eq!(record.download.unwrap().value, 2 * RATE);
		let sum = Oracle::api_sum(Role::Storage);
		assert_eq!((sum.members, sum.measured), (2, 2));
		assert_eq!((sum.download.value, sum.upload.value), (3 * RATE, 3 * RATE / 2));
		let view = Oracle::api_percentiles(one, Metric::Download, 0, 9);
		assert_eq!(view.rounds as usize, Oracle::api_results(one).len());
		let p50 = view.p50.unwrap();
		assert!(p50 <= RATE && p50 > RATE - RATE / 16);
		assert_eq!(Oracle::api_percentiles(one, Metric::FirstByteMiss, 0, 9).p50, None);
		assert_eq!(Oracle::api_percentiles(one, Metric::Availability, 0, 0).rounds, view.rounds);
		let target = Oracle::api_target(one).unwrap();
		assert!(!target.verifying);
		assert_eq!(Oracle::api_risks().len(), 32);
		let clock = Oracle::api_clock();
		assert_eq!((clock.round, clock.parameters), (12, PARAMETERS));
		assert_eq!(clock.settled_until, 9);
	});
}
