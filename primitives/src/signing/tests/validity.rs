use super::*;

const NOW: Validity = Validity { now: 100_000, skew: 50, longest: 1_000 };

#[test]
fn a_message_counts_until_it_expires_and_not_for_too_long() {
	for (expires, outcome) in [
		(0, Err(Stale::Expired { at: 0 })),
		(99_949, Err(Stale::Expired { at: 99_949 })),
		(99_950, Ok(())),
		(100_000, Ok(())),
		(101_050, Ok(())),
		(101_051, Err(Stale::TooFarAhead { latest: 101_050 })),
		(u64::MAX, Err(Stale::TooFarAhead { latest: 101_050 })),
	] {
		assert_eq!(NOW.check_expires(expires), outcome, "{expires}");
	}
}

#[test]
fn a_message_made_counts_for_a_while() {
	for (made, outcome) in [
		(0, Err(Stale::Expired { at: 1_000 })),
		(98_949, Err(Stale::Expired { at: 99_949 })),
		(98_950, Ok(())),
		(100_050, Ok(())),
		(100_051, Err(Stale::TooFarAhead { latest: 100_050 })),
		(u64::MAX, Err(Stale::TooFarAhead { latest: 100_050 })),
	] {
		assert_eq!(NOW.check_made(made), outcome, "{made}");
	}
}

#[test]
fn a_nonce_is_needed_no_longer_than_said() {
	for expires in 99_000..102_000 {
		let after = Validity { now: expires + NOW.skew + 1, ..NOW };
		assert_eq!(after.check_expires(expires), Err(Stale::Expired { at: expires }));
	}
}

#[test]
fn extreme_times_do_not_overflow() {
	for now in [0, u64::MAX] {
		let extreme = Validity { now, skew: u64::MAX, longest: u64::MAX };
		assert_eq!(extreme.check_expires(u64::MAX), Ok(()));
		assert_eq!(extreme.check_made(u64::MAX), Ok(()));
		assert_eq!(extreme.check_expires(0), Ok(()));
	}
}
