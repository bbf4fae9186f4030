//! How many of something each client has at once.

use std::{
	collections::HashMap,
	net::IpAddr,
	sync::{Arc, Mutex, MutexGuard},
};

/// Counts what clients have, each by itself.
pub struct Shares {
	most: usize,
	each: Mutex<HashMap<IpAddr, usize>>,
}

/// One of a client's; given back when it is dropped.
pub struct Share {
	shares: Arc<Shares>,
	client: IpAddr,
}

impl Shares {
	/// At most `most` of one client.
	pub fn new(most: usize) -> Arc<Self> {
		Arc::new(Self { most, each: Mutex::default() })
	}

	fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
		self.each.lock().unwrap_or_else(|bad| bad.into_inner())
	}

	/// One more, unless the client has as many as it may.
	pub fn take(self: &Arc<Self>, client: IpAddr) -> Option<Share> {
		let mut each = self.lock();
		let mine = each.get(&client).copied().unwrap_or(0);
		if mine >= self.most {
			return None;
		}
		each.insert(client, mine + 1);
		Some(Share { shares: self.clone(), client })
	}
}

impl Drop for Share {
	fn drop(&mut self) {
		let mut each = self.shares.lock();
		match each.get_mut(&self.client) {
			Some(mine) if *mine > 1 => *mine -= 1,
			_ => {
				each.remove(&self.client);
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn one_client_takes_nothing_from_another() {
		let [a, b] = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse().unwrap());
		let shares = Shares::new(2);
		let first = shares.take(a).unwrap();
		let _second = shares.take(a).unwrap();
		assert!(shares.take(a).is_none());
		let other = shares.take(b);
		assert!(other.is_some());
		drop(first);
		assert!(shares.take(a).is_some());
		drop(other);
		assert_eq!(shares.lock().len(), 1, "who has nothing is not remembered");
	}
}
