//! Who may do what: upload tokens, and requests that peers signed.

mod nonces;
mod peers;
pub(crate) mod tokens;

pub use nonces::{Nonces, Spend};
pub use peers::{check_answer, sign_answer, sign_request, Peer, Peers, HEADER};
pub use tokens::{check_token, MAX_LIFETIME};

use std::time::{SystemTime, UNIX_EPOCH};

/// Unix time in milliseconds.
pub fn now() -> u64 {
	SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as u64)
}
