//! Refusals: what was wrong, and what to do about it.

use serde_json::json;

/// Why a request is not carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
	/// The status code.
	pub status: u16,
	/// A word for programs.
	pub code: &'static str,
	/// What is wrong.
	pub message: String,
	/// What to do.
	pub hint: String,
	/// After how many seconds to try again, if that makes sense.
	pub retry_after: Option<u64>,
}

impl Refusal {
	/// A refusal without a hint.
	pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
		Self { status, code, message: message.into(), hint: String::new(), retry_after: None }
	}

	/// Adds what to do about it.
	pub fn hint(mut self, hint: impl Into<String>) -> Self {
		self.hint = hint.into();
		self
	}

	/// Adds after how many seconds to try again.
	pub fn retry_after(mut self, seconds: u64) -> Self {
		self.retry_after = Some(seconds.max(1));
		self
	}

	/// The body.
	pub fn json(&self) -> Vec<u8> {
		let mut body =
			json!({ "error": self.code, "message": self.message, "hint": self.hint }).to_string();
		body.push('\n');
		body.into_bytes()
	}

	/// No such object here.
	pub fn not_here() -> Self {
		Self::new(404, "not_here", "this object is not here")
			.hint("`rome get` asks the chain who holds it")
	}

	/// The hash in the path is none.
	pub fn bad_hash() -> Self {
		Self::new(400, "bad_hash", "the path names no hash")
			.hint("a hash is 64 lower-case hexadecimal digits, as `b3sum` prints it")
	}

	/// On the take-down list.
	pub fn blocked(reason: &str) -> Self {
		Self::new(451, "blocked", format!("this object is blocked: {reason}"))
			.hint("the council keeps the list; its reason is on chain")
	}

	/// The disk failed, or something else that is our own fault.
	pub fn internal(what: &str, error: &dyn std::fmt::Display) -> Self {
		tracing::error!(%error, "{what}");
		Self::new(500, "internal", what).hint("the operator finds the cause in the log")
	}

	/// Too much at once.
	pub fn busy(message: &str, seconds: u64) -> Self {
		Self::new(503, "busy", message).hint("try again, or another provider").retry_after(seconds)
	}

	/// More than a client's share.
	pub fn too_many(seconds: u64) -> Self {
		Self::new(429, "too_many_requests", "you ask more than your share")
			.hint("wait as long as Retry-After says")
			.retry_after(seconds)
	}

	/// The chain cannot be asked.
	pub fn no_chain(error: &crate::authority::Unavailable) -> Self {
		Self::new(503, "no_chain", error.to_string())
			.hint("downloads go on; try the upload again, or another provider")
			.retry_after(5)
	}
}
