//! Sizes, hashes, addresses and states, as people write and read them.

use crate::failure::Failure;
use rome_client::{storage::ProviderInfo, Chain};
use rome_primitives::{
	actors::{ActorState, Endpoint, Suspension},
	content::ObjectHash,
	storage::{api::ObjectView, ObjectKey, ObjectState, ProviderId},
};
use serde_json::{json, Value as Json};

/// A size as people write it: bytes, or a number with a unit.
pub(crate) fn parse_size(text: &str) -> Result<u64, Failure> {
	let wrong = || {
		Failure::usage(format!("`{text}` is no size"))
			.hint("write bytes, or a number with a unit: 500GB, 1.5TB, 64MiB")
	};
	let compact: String = text.chars().filter(|sign| *sign != ' ' && *sign != '_').collect();
	let split = compact.find(|sign: char| sign.is_ascii_alphabetic()).unwrap_or(compact.len());
	let (number, unit) = compact.split_at(split);
	let unit = unit.strip_suffix("/s").unwrap_or(unit).to_ascii_lowercase();
	let factor: u128 = match unit.as_str() {
		"" | "b" => 1,
		"k" | "kb" => 1_000,
		"m" | "mb" => 1_000_000,
		"g" | "gb" => 1_000_000_000,
		"t" | "tb" => 1_000_000_000_000,
		"kib" => 1 << 10,
		"mib" => 1 << 20,
		"gib" => 1 << 30,
		"tib" => 1 << 40,
		_ => return Err(wrong()),
	};
	let (whole, part) = number.split_once('.').unwrap_or((number, ""));
	let digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
	if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 9 {
		return Err(wrong());
	}
	let whole: u128 = whole.parse().map_err(|_| wrong())?;
	let scale = 10u128.pow(part.len() as u32);
	let part: u128 = if part.is_empty() { 0 } else { part.parse().map_err(|_| wrong())? };
	let bytes =
		whole.checked_mul(factor).and_then(|bytes| bytes.checked_add(part * factor / scale));
	bytes.and_then(|bytes| u64::try_from(bytes).ok()).filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

/// A size for people.
pub(crate) fn size(bytes: u64) -> String {
	let mut value = bytes as f64;
	for unit in ["B", "kB", "MB", "GB", "TB"] {
		if value < 999.5 || unit == "TB" {
			return match unit {
				"B" => format!("{bytes} B"),
				_ if value < 9.95 => format!("{value:.1} {unit}"),
				_ => format!("{value:.0} {unit}"),
			};
		}
		value /= 1_000.0;
	}
	format!("{bytes} B")
}

/// The hash that `text` says, if it is one.
pub(super) fn hash_of(text: &str) -> Option<ObjectHash> {
	hex::decode(text.strip_prefix("0x").unwrap_or(text)).ok()?.try_into().ok()
}

/// The hash that `text` has to say.
pub(super) fn parse_hash(text: &str) -> Result<ObjectHash, Failure> {
	hash_of(text).ok_or_else(|| {
		Failure::usage(format!("`{text}` is no object's hash"))
			.hint("write 64 hexadecimal digits, as `b3sum FILE` prints them")
	})
}

/// An endpoint for people.
pub(super) fn address(endpoint: &Endpoint) -> String {
	let Endpoint::Http(bytes) = endpoint;
	crate::output::printable(&String::from_utf8_lossy(bytes)).replace(['\n', '\t'], "")
}

/// An endpoint's base address, if one can be reached by it.
pub(super) fn base(endpoint: &Endpoint) -> Option<String> {
	let text = address(endpoint);
	let url = rome_client::reqwest::Url::parse(&text).ok()?;
	let plain = matches!(url.scheme(), "http" | "https")
		&& url.has_host()
		&& url.username().is_empty()
		&& url.password().is_none()
		&& url.query().is_none()
		&& url.fragment().is_none();
	plain.then(|| text.trim_end_matches('/').to_string())
}

/// The endpoint that `text` says.
pub(super) fn parse_endpoint(text: &str) -> Result<Endpoint, Failure> {
	let wrong = |why: &str| {
		Failure::usage(format!("`{text}` cannot be an endpoint: {why}")).hint(
			"write http:// or https://, the host, and a port if need be: https://storage.example.org:7070",
		)
	};
	let trimmed = text.trim_end_matches('/');
	let bytes =
		trimmed.as_bytes().to_vec().try_into().map_err(|_| wrong("it is longer than 256 bytes"))?;
	let endpoint = Endpoint::Http(bytes);
	match base(&endpoint) {
		Some(_) => Ok(endpoint),
		None => Err(wrong("it is no plain web address")),
	}
}

/// How an actor stands, in words.
pub(super) fn state(state: &ActorState) -> String {
	match state {
		ActorState::Applied => "applied".into(),
		ActorState::Verified { until } => format!("verified until block {until}"),
		ActorState::Active => "active".into(),
		ActorState::Suspended { until, cause, .. } => {
			let cause = match cause {
				Suspension::Maintenance => "in maintenance",
				Suspension::Silence => "suspended: heartbeats missed",
				Suspension::Conductor => "suspended by the conductor",
			};
			match until {
				Some(until) => format!("{cause} until block {until}"),
				None => cause.into(),
			}
		},
		ActorState::Leaving { deadline, .. } => {
			format!("leaving until block {deadline} at the latest")
		},
		ActorState::Failed { since } => format!("failed since block {since}"),
		ActorState::Left => "left".into(),
		ActorState::Evicted => "evicted".into(),
	}
}

/// How an actor stands, in one word for programs.
pub(super) fn state_word(state: &ActorState) -> &'static str {
	match state {
		ActorState::Applied => "applied",
		ActorState::Verified { .. } => "verified",
		ActorState::Active => "active",
		ActorState::Suspended { .. } => "suspended",
		ActorState::Leaving { .. } => "leaving",
		ActorState::Failed { .. } => "failed",
		ActorState::Left => "left",
		ActorState::Evicted => "evicted",
	}
}

/// An object for programs.
pub(super) fn object_json(object: &ObjectView) -> Json {
	let blocked = object.blocked.as_ref().map(|reason| String::from_utf8_lossy(reason));
	json!({
		"hash": hex::encode(object.key.hash),
		"size": object.key.size,
		"tranche": object.tranche,
		"state": match object.state {
			ObjectState::Pending { .. } => "pending",
			ObjectState::Stored => "stored",
		},
		"expires": match object.state {
			ObjectState::Pending { expires } => Some(expires),
			ObjectState::Stored => None,
		},
		"holders": object.holders,
		"assigned": object.assigned,
		"surplus": object.surplus,
		"pins": object.pins,
		"sizeProved": object.size_proved,
		"blocked": blocked,
	})
}

/// The provider of that number, or what to do instead.
pub(super) async fn need_provider(chain: &Chain, id: ProviderId) -> Result<ProviderInfo, Failure> {
	chain.storage().provider(id).await?.ok_or_else(|| {
		Failure::new(format!("there is no provider {id}")).hint("`rome provider list` shows them")
	})
}

/// The object registered under a hash: the stored one, or the only one.
pub(super) async fn need_object(chain: &Chain, hash: &ObjectHash) -> Result<ObjectView, Failure> {
	let objects = chain.storage().objects_of(hash).await?;
	let stored = objects.iter().find(|object| object.state == ObjectState::Stored).cloned();
	stored.or_else(|| objects.into_iter().next()).ok_or_else(|| {
		Failure::new(format!("the network has no object {}", hex::encode(hash)))
			.hint("check the hash; an object is there as long as somebody pins it (`rome pin add`)")
	})
}

/// `hash (size)` for people.
pub(super) fn key_text(key: &ObjectKey) -> String {
	format!("{} ({})", hex::encode(key.hash), size(key.size))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn sizes() {
		for (text, bytes) in [
			("1", 1),
			("10kB", 10_000),
			("1.5 TB", 1_500_000_000_000),
			("64MiB", 64 << 20),
			("2g", 2_000_000_000),
			("100MB/s", 100_000_000),
			("1_000", 1_000),
		] {
			assert_eq!(parse_size(text).unwrap(), bytes, "{text}");
		}
		for text in ["", "0", "MB", "-1", "1XB", "1e3", "99999999TB", "1.0000000001GB"] {
			assert!(parse_size(text).is_err(), "{text}");
		}
		let shown = [1, 999, 1_000, 9_949, 123_456, 999_499, 999_500, 7_300_000_000_000];
		let expected = ["1 B", "999 B", "1.0 kB", "9.9 kB", "123 kB", "999 kB", "1.0 MB", "7.3 TB"];
		assert_eq!(shown.map(size), expected);
	}

	#[test]
	fn endpoints() {
		for text in ["http://127.0.0.1:7070", "https://storage.example.org/rome/"] {
			let endpoint = parse_endpoint(text).unwrap();
			assert_eq!(base(&endpoint).unwrap(), text.trim_end_matches('/'));
		}
		for text in [
			"",
			"ftp://a",
			"a.example.org",
			"http://",
			"http://user@a.example.org",
			"http://a.example.org/?q=1",
			"http://a.example.org/#x",
			&format!("http://{}", "a".repeat(256)),
		] {
			assert!(parse_endpoint(text).is_err(), "{text}");
		}
	}

	#[test]
	fn hashes() {
		let text = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
		assert_eq!(hex::encode(parse_hash(text).unwrap()), text);
		assert!(parse_hash(&text[1..]).is_err() && parse_hash("3-17").is_err());
	}
}
