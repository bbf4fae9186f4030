//! How many connections there are, and from where.

use std::{
	collections::HashMap,
	net::IpAddr,
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};

/// How long an address counts as a peer's after its last signed request.
const REMEMBERED: Duration = Duration::from_secs(3_600);
/// Connections beyond the limits that peers may open: an attacker who fills the limits shuts nobody's
/// repair out.
const FOR_PEERS: usize = 128;
const PEERS: usize = 1_024;

#[derive(Default)]
struct Counts {
	total: usize,
	each: HashMap<IpAddr, usize>,
	peers: HashMap<IpAddr, Instant>,
}

/// Admits connections.
pub struct Admission {
	total: usize,
	per_address: usize,
	trusted: Vec<IpAddr>,
	counts: Mutex<Counts>,
}

/// A connection that was admitted.
pub struct Admitted {
	admission: Arc<Admission>,
	client: IpAddr,
}

impl Admission {
	/// At most `total` connections, and `per_address` from one client; proxies of ours are not held to the
	/// latter.
	pub fn new(total: usize, per_address: usize, trusted: Vec<IpAddr>) -> Arc<Self> {
		Arc::new(Self { total, per_address, trusted, counts: Mutex::default() })
	}

	fn lock(&self) -> std::sync::MutexGuard<'_, Counts> {
		self.counts.lock().unwrap_or_else(|bad| bad.into_inner())
	}

	/// Admits a connection, or says which limit is reached.
	pub fn admit(self: &Arc<Self>, client: IpAddr) -> Result<Admitted, &'static str> {
		let mut counts = self.lock();
		let peer = counts.peers.get(&client).is_some_and(|seen| seen.elapsed() < REMEMBERED);
		let extra = if peer { FOR_PEERS } else { 0 };
		if counts.total >= self.total + extra {
			return Err("total");
		}
		let mine = counts.each.get(&client).copied().unwrap_or(0);
		if mine >= self.per_address + extra && !self.trusted.contains(&client) {
			return Err("address");
		}
		counts.total += 1;
		counts.each.insert(client, mine + 1);
		Ok(Admitted { admission: self.clone(), client })
	}

	/// Remembers that a signed peer came from there.
	pub fn is_peer(&self, client: IpAddr) {
		let mut counts = self.lock();
		if counts.peers.len() >= PEERS {
			counts.peers.retain(|_, seen| seen.elapsed() < REMEMBERED);
		}
		if counts.peers.len() < PEERS {
			counts.peers.insert(client, Instant::now());
		}
	}

	/// Whether a signed peer came from there lately.
	pub fn knows_peer(&self, client: IpAddr) -> bool {
		self.lock().peers.get(&client).is_some_and(|seen| seen.elapsed() < REMEMBERED)
	}

	/// How many there are.
	pub fn count(&self) -> usize {
		self.lock().total
	}
}

impl Drop for Admitted {
	fn drop(&mut self) {
		let mut counts = self.admission.lock();
		counts.total = counts.total.saturating_sub(1);
		let left = counts.each.get(&self.client).copied().unwrap_or(0).saturating_sub(1);
		if left == 0 {
			counts.each.remove(&self.client);
		} else {
			counts.each.insert(self.client, left);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn limits_hold_and_are_given_back() {
		let [a, b, c] = ["10.0.0.1", "10.0.0.2", "10.0.0.3"].map(|text| text.parse().unwrap());
		let admission = Admission::new(3, 2, vec![]);
		let first = admission.admit(a).ok().unwrap();
		let _second = admission.admit(a).ok().unwrap();
		assert_eq!(admission.admit(a).err(), Some("address"));
		let _third = admission.admit(b).ok().unwrap();
		assert_eq!(admission.admit(c).err(), Some("total"));
		admission.is_peer(c);
		let peer = admission.admit(c);
		assert!(peer.is_ok());
		drop(peer);
		drop(first);
		assert!(admission.admit(c).is_ok());
		assert_eq!(admission.count(), 2);
	}
}
