//! The configuration file.

use rome_provider::http::Limits;
use serde::{Deserialize, Serialize};
use std::{
	fs,
	net::SocketAddr,
	path::{Path, PathBuf},
};

/// Everything that an operator sets. Paths are relative to the file's folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
	/// The data directory.
	pub data: PathBuf,
	/// The file with the operator key.
	pub key: PathBuf,
	/// Websocket addresses of nodes, in order of preference. Two of different operators let the daemon
	/// delete what it need not keep; with one it keeps everything.
	pub rpc: Vec<String>,
	/// Where to serve.
	#[serde(default = "default_listen")]
	pub listen: SocketAddr,
	/// Bytes of the disk that stay free.
	#[serde(default = "default_reserve")]
	pub reserve_bytes: u64,
	/// Limits of the HTTP side.
	#[serde(default)]
	pub limits: Limits,
	/// What it does by itself.
	#[serde(default)]
	pub duties: Duties,
}

/// What it does by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Duties {
	/// Objects that are fetched from other providers at once.
	pub fetches: usize,
	/// Pieces of one object that are fetched at once.
	pub streams: usize,
	/// Bytes a second that are fetched, all together; none is no limit.
	pub fetch_bytes_per_second: Option<u64>,
	/// Bytes a second that the scrubber reads.
	pub scrub_bytes_per_second: u64,
	/// How long the scrubber rests between two passes.
	pub scrub_rest_seconds: u64,
	/// How often the chain's whole list of what this provider holds is compared with the disk.
	pub compare_seconds: u64,
	/// How old a file is at least before it is deleted.
	pub release_after_seconds: u64,
	/// After how long without a new block the next endpoint is tried.
	pub stalled_seconds: u64,
}

impl Default for Duties {
	fn default() -> Self {
		Self {
			fetches: 4,
			streams: 3,
			fetch_bytes_per_second: None,
			scrub_bytes_per_second: 16 << 20,
			scrub_rest_seconds: 7 * 86_400,
			compare_seconds: 900,
			release_after_seconds: 3_600,
			stalled_seconds: 120,
		}
	}
}

fn default_listen() -> SocketAddr {
	SocketAddr::from(([0, 0, 0, 0], 7070))
}

fn default_reserve() -> u64 {
	5 << 30
}

impl Config {
	/// For a new provider.
	pub fn new(data: PathBuf, key: PathBuf, rpc: Vec<String>) -> Self {
		Self {
			data,
			key,
			rpc,
			listen: default_listen(),
			reserve_bytes: default_reserve(),
			limits: Limits::default(),
			duties: Duties::default(),
		}
	}

	/// Reads and checks a file.
	pub fn read(path: &Path) -> Result<Self, String> {
		let text = fs::read_to_string(path).map_err(|error| {
			format!("{} cannot be read: {error}; `colossus init` makes one", path.display())
		})?;
		let mut config: Self =
			toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
		let folder = path.parent().unwrap_or(Path::new("."));
		config.data = folder.join(&config.data);
		config.key = folder.join(&config.key);
		config.check().map_err(|what| format!("{}: {what}", path.display()))?;
		Ok(config)
	}

	fn check(&self) -> Result<(), String> {
		if self.rpc.is_empty() {
			return Err(
				"`rpc` names no endpoint; give one or more, such as wss://rpc.example".into()
			);
		}
		for url in &self.rpc {
			if !url.starts_with("ws://") && !url.starts_with("wss://") {
				return Err(format!("`{url}` is no websocket address (ws:// or wss://)"));
			}
		}
		let (limits, duties) = (&self.limits, &self.duties);
		let zero = [
			("limits.connections", limits.connections),
			("limits.connections_per_client", limits.connections_per_client),
			("limits.uploads", limits.uploads),
			("limits.uploads_per_client", limits.uploads_per_client),
			("limits.slices", limits.slices),
			("limits.slices_per_client", limits.slices_per_client),
			("limits.probe_uploads", limits.probe_uploads),
			("limits.probe_uploads_per_client", limits.probe_uploads_per_client),
			("duties.fetches", duties.fetches),
			("duties.streams", duties.streams),
			("duties.scrub_bytes_per_second", duties.scrub_bytes_per_second as usize),
			("limits.slow_seconds", limits.slow_seconds as usize),
			("limits.head_seconds", limits.head_seconds as usize),
		]
		.into_iter()
		.find(|(_, value)| *value == 0);
		match zero {
			Some((name, _)) => Err(format!("`{name}` is 0, and nothing would ever happen")),
			None => Ok(()),
		}
	}

	/// As a file, with what each line means.
	pub fn to_text(&self) -> String {
		let body = toml::to_string(self).unwrap_or_default();
		format!(
			"# Configuration of colossus. docs/provider.md says what each line means; paths are relative to\n\
			 # this file's folder. Give `rpc` two nodes of different operators.\n\n{body}"
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_written_reads_back() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("colossus.toml");
		let config = Config::new("data".into(), "operator.key".into(), vec!["ws://a:1".into()]);
		fs::write(&path, config.to_text()).unwrap();
		let read = Config::read(&path).unwrap();
		assert_eq!(read.data, folder.path().join("data"));
		assert_eq!((read.limits, read.duties), (config.limits, config.duties));
	}

	#[test]
	fn mistakes_are_named() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("colossus.toml");
		for (text, said) in [
			("data='d'\nkey='k'\nrpc=[]", "names no endpoint"),
			("data='d'\nkey='k'\nrpc=['http://a']", "no websocket address"),
			("data='d'\nkey='k'\nrpc=['ws://a']\nspeed=1", "speed"),
			("data='d'\nkey='k'\nrpc=['ws://a']\n[limits]\nuploads=0", "limits.uploads"),
			("data='d'\nkey='k'\nrpc=['ws://a']\n[limits]\nupload=1", "upload"),
		] {
			fs::write(&path, text).unwrap();
			let error = Config::read(&path).unwrap_err();
			assert!(error.contains(said), "{error}");
		}
	}
}
