//! What keeps one client, or many, from taking everything.

mod buckets;
mod buffers;
mod connections;
mod shares;

pub use buckets::{Buckets, Rate};
pub use buffers::{Buffer, Buffers};
pub use connections::{Admission, Admitted};
pub use shares::{Share, Shares};

use std::net::{IpAddr, Ipv6Addr};

/// Whom limits count: an address, or for IPv6 the network of 64 bits that one customer has.
pub fn client_of(address: IpAddr) -> IpAddr {
	match address {
		IpAddr::V6(address) => match address.to_ipv4_mapped() {
			Some(address) => IpAddr::V4(address),
			None => {
				let [a, b, c, d, ..] = address.segments();
				IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
			},
		},
		address => address,
	}
}

/// The client behind a connection: where that comes from a proxy of ours, the address that the proxy says.
pub fn client_behind(peer: IpAddr, forwarded: Option<&str>, proxies: &[IpAddr]) -> IpAddr {
	let peer = match peer {
		IpAddr::V6(address) => address.to_ipv4_mapped().map_or(peer, IpAddr::V4),
		peer => peer,
	};
	if !proxies.contains(&peer) {
		return client_of(peer);
	}
	// The last address is the one that our proxy saw; those before it are hearsay.
	let last = forwarded.and_then(|list| list.rsplit(',').next()).map(str::trim);
	client_of(last.and_then(|text| text.parse().ok()).unwrap_or(peer))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_a_proxy_of_ours_is_believed() {
		let proxy: IpAddr = "127.0.0.1".parse().unwrap();
		let other: IpAddr = "10.1.1.1".parse().unwrap();
		let client: IpAddr = "192.0.2.7".parse().unwrap();
		let list = Some("198.51.100.1, 192.0.2.7");
		assert_eq!(client_behind(proxy, list, &[proxy]), client);
		assert_eq!(client_behind(other, list, &[proxy]), other);
		assert_eq!(client_behind(proxy, Some("nonsense"), &[proxy]), proxy);
		assert_eq!(client_behind("::ffff:127.0.0.1".parse().unwrap(), list, &[proxy]), client);
	}

	#[test]
	fn a_network_of_ipv6_is_one_client_also_behind_a_proxy() {
		let proxy: IpAddr = "127.0.0.1".parse().unwrap();
		let behind = |text| client_behind(proxy, Some(text), &[proxy]);
		assert_eq!(behind("2001:db8:1:2:3::1"), behind("2001:db8:1:2:ffff::9"));
		assert_ne!(behind("2001:db8:1:2::1"), behind("2001:db8:1:3::1"));
		assert_eq!(behind("::ffff:192.0.2.7"), behind("192.0.2.7"));
	}

	#[test]
	fn a_network_of_ipv6_is_one_client() {
		let first = client_of("2001:db8:1:2:3::1".parse().unwrap());
		assert_eq!(first, client_of("2001:db8:1:2:ffff::9".parse().unwrap()));
		assert_ne!(first, client_of("2001:db8:1:3::1".parse().unwrap()));
	}
}
