//! The client of the providers' HTTP interfaces: one set-up for everything that talks to servers which nobody
//! vouches for.

use rustls::{crypto::ring, ClientConfig, RootCertStore};
use std::{sync::Arc, time::Duration};

/// How long a server may take to accept a connection.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a connection may be silent, before the answer's head and in between its body.
pub const SILENCE_TIMEOUT: Duration = Duration::from_secs(30);

/// A client for uploads: as [`builder`]'s, but an answer may take as long as the upload does. Callers watch its
/// progress.
pub fn uploads() -> Result<reqwest::ClientBuilder, rustls::Error> {
	common()
}

/// A client that follows no redirects, takes no proxy from the environment, sends no referrer, keeps no
/// cookies, unpacks nothing and waits for nobody longer than [`CONNECT_TIMEOUT`] and [`SILENCE_TIMEOUT`].
/// Certificates are checked against the system's. Callers bound what they read.
pub fn builder() -> Result<reqwest::ClientBuilder, rustls::Error> {
	Ok(common()?.read_timeout(SILENCE_TIMEOUT))
}

fn common() -> Result<reqwest::ClientBuilder, rustls::Error> {
	let mut roots = RootCertStore::empty();
	// A machine without certificates can still talk to servers without them.
	roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
	let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
		.with_safe_default_protocol_versions()?
		.with_root_certificates(roots)
		.with_no_client_auth();
	Ok(reqwest::Client::builder()
		.tls_backend_preconfigured(tls)
		.redirect(reqwest::redirect::Policy::none())
		.retry(reqwest::retry::never())
		.no_proxy()
		.referer(false)
		.connect_timeout(CONNECT_TIMEOUT)
		.pool_idle_timeout(Duration::from_secs(30))
		.user_agent(concat!("rome/", env!("CARGO_PKG_VERSION"))))
}
