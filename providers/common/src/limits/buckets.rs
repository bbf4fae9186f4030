//! Token buckets, one a client.

use std::{
	collections::HashMap,
	hash::{BuildHasher, RandomState},
	net::IpAddr,
	sync::Mutex,
	time::{Duration, Instant},
};

/// How much a client may take.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rate {
	/// Units a second; none is no limit.
	pub per_second: Option<u64>,
	/// Units that may be taken at once after a rest.
	pub burst: u64,
}

#[derive(Clone, Copy)]
struct Bucket {
	left: f64,
	at: Instant,
}

const SHARDS: usize = 16;
/// Clients that are remembered in a shard. Beyond that, who is not known shares one bucket.
const CLIENTS: usize = 4_096;
/// How often full buckets are looked for, at most.
const SWEEP: Duration = Duration::from_secs(1);

#[derive(Default)]
struct Shard {
	buckets: HashMap<IpAddr, Bucket>,
	swept: Option<Instant>,
}

/// Buckets of all clients for one kind of unit.
pub struct Buckets {
	rate: Rate,
	hasher: RandomState,
	shards: [Mutex<Shard>; SHARDS],
}

impl Buckets {
	/// All of them full.
	pub fn new(rate: Rate) -> Self {
		Self { rate, hasher: RandomState::new(), shards: Default::default() }
	}

	fn with<T>(&self, client: IpAddr, use_it: impl FnOnce(&mut Bucket, f64) -> T) -> Option<T> {
		let speed = self.rate.per_second? as f64;
		let burst = self.rate.burst as f64;
		let now = Instant::now();
		let shard = self.hasher.hash_one(client) as usize % SHARDS;
		let mut shard = self.shards.get(shard)?.lock().unwrap_or_else(|bad| bad.into_inner());
		let filled = |bucket: &Bucket| {
			(bucket.left + now.duration_since(bucket.at).as_secs_f64() * speed).min(burst)
		};
		let mut client = client;
		if shard.buckets.len() >= CLIENTS && !shard.buckets.contains_key(&client) {
			// A full bucket says nothing that a new one does not. Looking for them takes time: now and then.
			if shard.swept.is_none_or(|at| now.duration_since(at) >= SWEEP) {
				shard.buckets.retain(|_, bucket| filled(bucket) < burst);
				shard.swept = Some(now);
			}
			if shard.buckets.len() >= CLIENTS {
				client = IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);
			}
		}
		let bucket = shard.buckets.entry(client).or_insert(Bucket { left: burst, at: now });
		*bucket = Bucket { left: filled(bucket), at: now };
		Some(use_it(bucket, speed))
	}

	/// Takes `amount`, or says how long to wait until that much is there.
	pub fn take(&self, client: IpAddr, amount: u64) -> Result<(), Duration> {
		let amount = amount as f64;
		self.with(client, |bucket, speed| {
			if bucket.left < amount {
				let wait = (amount - bucket.left) / speed.max(1e-9);
				return Err(Duration::from_secs_f64(wait.min(3_600.0)));
			}
			bucket.left -= amount;
			Ok(())
		})
		.unwrap_or(Ok(()))
	}

	/// Takes `amount` of what was used already, and says how long to rest before using more.
	pub fn debit(&self, client: IpAddr, amount: u64) -> Duration {
		let amount = amount as f64;
		self.with(client, |bucket, speed| {
			bucket.left -= amount;
			Duration::from_secs_f64((-bucket.left / speed.max(1e-9)).clamp(0.0, 3_600.0))
		})
		.unwrap_or_default()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn address(number: u32) -> IpAddr {
		IpAddr::V4(number.into())
	}

	#[test]
	fn a_bucket_empties_and_fills() {
		let buckets = Buckets::new(Rate { per_second: Some(1_000), burst: 5 });
		for _ in 0..5 {
			buckets.take(address(1), 1).unwrap();
		}
		let wait = buckets.take(address(1), 3).unwrap_err();
		assert!(wait <= Duration::from_millis(3));
		buckets.take(address(2), 5).unwrap();
		std::thread::sleep(wait + Duration::from_millis(1));
		buckets.take(address(1), 3).unwrap();
		assert!(buckets.debit(address(1), 1_000) > Duration::from_millis(900));
	}

	#[test]
	fn no_rate_is_no_limit() {
		let buckets = Buckets::new(Rate { per_second: None, burst: 0 });
		assert!(buckets.take(address(1), u64::MAX).is_ok());
		assert_eq!(buckets.debit(address(1), u64::MAX), Duration::ZERO);
	}

	#[test]
	fn many_clients_take_bounded_memory() {
		let buckets = Buckets::new(Rate { per_second: Some(1), burst: 100_000 });
		for number in 1..200_000 {
			let _ = buckets.take(address(number), 100_000);
		}
		let known = buckets.shards.iter().map(|shard| shard.lock().unwrap().buckets.len());
		let known: usize = known.sum();
		assert!(known <= SHARDS * (CLIENTS + 1));
		// Who is not known any more shares what is left with all others.
		assert!(buckets.take(address(200_001), 100_000).is_err());
	}
}
