//! A receipt agrees with the transfer that it is for, and with no other.

use super::{
	super::{
		assignment::draw,
		receipt::{agrees, digest, CLOCK_TOLERANCE},
	},
	observation, Actor, Observation, Reading,
};
use crate::{signing::ProbeReceipt, storage::ObjectKey};
use sp_runtime::AccountId32;

const PREIMAGE: [u8; 32] = [5; 32];

/// A megabyte of a fourth of what was transferred, in two seconds.
fn receipt() -> ProbeReceipt {
	ProbeReceipt {
		prober: AccountId32::new([1; 32]),
		round: 9,
		nonce: draw(&PREIMAGE, &Actor::storage(1)).nonce,
		key: ObjectKey { hash: [2; 32], size: 1 << 30 },
		offset: 1_000,
		length: 500_000,
		digest: [3; 32],
		started: 1_000_000,
		ended: 1_002_000,
	}
}

fn agree(change: impl FnOnce(&mut ProbeReceipt), see: impl FnOnce(&mut Observation)) -> bool {
	let mut receipt = receipt();
	change(&mut receipt);
	let mut seen = observation(1);
	seen.receipt = Some(digest(&receipt));
	see(&mut seen);
	agrees(&receipt, &seen, &draw(&PREIMAGE, &Actor::storage(1)))
}

fn rate(value: u64) -> Option<Reading> {
	Some(Reading { value, at_least: false })
}

#[test]
fn what_was_transferred_agrees() {
	assert!(agree(|_| (), |_| ()));
	assert!(agree(|_| (), |seen| seen.download = rate(500_000)));
	assert!(agree(|_| (), |seen| seen.download = rate(7_000_000)));
	assert!(agree(|receipt| receipt.ended = receipt.started, |seen| seen.download = rate(9 << 40)));
}

#[test]
fn what_contradicts_it_does_not() {
	assert!(!agree(|_| (), |seen| seen.receipt = None));
	assert!(!agree(|_| (), |seen| seen.receipt = Some([0; 32])));
	assert!(!agree(|receipt| receipt.nonce[0] ^= 1, |_| ()));
	assert!(!agree(|receipt| receipt.ended = receipt.started - 1, |_| ()));
	assert!(!agree(|_| (), |seen| seen.started += CLOCK_TOLERANCE + 1));
	assert!(!agree(|_| (), |seen| seen.started -= CLOCK_TOLERANCE + 1));
	assert!(!agree(|receipt| receipt.ended += CLOCK_TOLERANCE + 1, |_| ()));
	assert!(!agree(|receipt| receipt.length = 0, |_| ()));
	assert!(!agree(|receipt| receipt.offset = receipt.key.size, |_| ()));
	assert!(!agree(|receipt| receipt.offset = u64::MAX, |_| ()));
	// The receipt's mean over four connections is a megabyte a second.
	assert!(!agree(|_| (), |seen| seen.download = rate(8_000_001)));
	assert!(!agree(|_| (), |seen| seen.download = rate(124_999)));
}
