//! Whether an actor's receipt for a transfer agrees with what a prober says of it.
//!
//! The actor signs after the last byte: for whom, in which round, what range of which object, and from when to
//! when by its own clock ([`ProbeReceipt`]). That proves a transfer. It does not prove its speed against an actor
//! that colludes; the times only have to be of the same order as what is reported.

use super::{assignment::Draw, Hash, Observation};
use crate::signing::ProbeReceipt;
use codec::Encode;

/// The key of the hash of receipts.
pub const RECEIPT_KEY: &[u8; 32] = b"rome/benchmark/receipt/v1.......";

/// How far the clocks of prober and actor may differ, in milliseconds.
pub const CLOCK_TOLERANCE: u64 = 10_000;
/// Rates of transfers shorter than this, in milliseconds, are not compared: clocks are too coarse.
pub const SHORTEST_COMPARED: u64 = 100;
/// The factor between the receipt's mean rate and the rate reported, either way, from which on they contradict
/// each other. Wide, because the rate is that of the second half, as the prober saw it.
pub const RATE_TOLERANCE: u64 = 8;

/// What an observation holds of a receipt.
pub fn digest(receipt: &ProbeReceipt) -> Hash {
	*blake3::keyed_hash(RECEIPT_KEY, &receipt.encode()).as_bytes()
}

/// Whether a receipt is the one that the observation was made with, drawn by the prober's preimage, and its times
/// do not contradict it. Whose receipt it is, and its signature, are for the caller to check.
pub fn agrees(receipt: &ProbeReceipt, seen: &Observation, draw: &Draw) -> bool {
	let Some(millis) = receipt.ended.checked_sub(receipt.started) else { return false };
	let lasted = u64::from(seen.lasted);
	let near = receipt.started.abs_diff(seen.started) <= CLOCK_TOLERANCE
		&& millis <= lasted.saturating_add(CLOCK_TOLERANCE);
	let within = receipt.length > 0
		&& receipt.offset.checked_add(receipt.length).is_some_and(|end| end <= receipt.key.size);
	seen.receipt == Some(digest(receipt))
		&& receipt.nonce == draw.nonce
		&& near
		&& within
		&& rates_agree(receipt, seen, millis)
}

fn rates_agree(receipt: &ProbeReceipt, seen: &Observation, millis: u64) -> bool {
	let Some(reading) = seen.download.filter(|_| millis >= SHORTEST_COMPARED) else { return true };
	let all =
		u128::from(receipt.length).saturating_mul(seen.streams.max(1).into()).saturating_mul(1_000);
	let mean = all.checked_div(millis.into()).unwrap_or(0);
	let reported = u128::from(reading.value);
	reported <= mean.saturating_mul(RATE_TOLERANCE.into())
		&& mean <= reported.saturating_mul(RATE_TOLERANCE.into())
}
