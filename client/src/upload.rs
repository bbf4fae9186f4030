//! Uploads an object to a provider.

use crate::{download::Watch, Account};
use futures::stream;
use reqwest::{
	header::{AUTHORIZATION, CONTENT_LENGTH},
	Body, StatusCode,
};
use rome_primitives::{
	signing::{GenesisHash, Signed, UploadReceipt, UploadToken},
	slices::{SizeError, TreeHasher},
	storage::ObjectKey,
};
use serde::Deserialize;
use sp_runtime::AccountId32;
use std::{
	io::{self, Read},
	path::Path,
	sync::{
		atomic::{AtomicBool, AtomicU64, Ordering},
		Arc,
	},
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{
	fs::File,
	io::AsyncReadExt,
	time::{sleep, Instant},
};

/// Bytes that are read and sent together.
const PIECE: usize = 256 * 1024;

/// How long a provider may take nothing of what is sent to it.
const SILENCE: Duration = Duration::from_secs(60);

/// How long a provider may take to answer when it has everything: it syncs its disk.
const CONCLUSION: Duration = Duration::from_secs(300);

/// The longest that a token counts. Checked when the upload begins.
const TOKEN_LIFETIME: Duration = Duration::from_secs(300);

/// The longest answer that is read.
const LONGEST_ANSWER: usize = 16 * 1024;

/// A provider that an object is uploaded to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
	/// What it is called when something is told about it.
	pub name: String,
	/// Its base address, with no slash at its end.
	pub base: String,
	/// Its operator key.
	pub operator: [u8; 32],
}

/// Who uploads, on which chain.
#[derive(Clone, Debug)]
pub struct Uploader {
	/// The owner of a pin, or whom that one named.
	pub account: Account,
	/// The chain's block 0.
	pub genesis: GenesisHash,
	/// Made by [`crate::http::uploads`].
	pub http: reqwest::Client,
}

/// Why an upload failed.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
	/// The file cannot be read.
	#[error("the file cannot be read: {0}")]
	Read(#[from] io::Error),
	/// The file is another one than the one that was hashed.
	#[error("the file has changed meanwhile")]
	Changed,
	/// The provider could not be reached, or the connection was lost.
	#[error("{0}")]
	Connection(String),
	/// The provider refused.
	#[error("it refused ({status}): {message}")]
	Refused {
		/// The HTTP status.
		status: u16,
		/// What it said.
		message: String,
	},
	/// The provider's receipt is not one.
	#[error("its receipt is not signed by its operator for this upload")]
	Receipt,
}

impl UploadError {
	/// Whether another provider would refuse as well.
	pub fn is_own_fault(&self) -> bool {
		match self {
			Self::Read(_) | Self::Changed => true,
			Self::Refused { status, .. } => matches!(status, 403 | 404 | 422 | 451),
			Self::Connection(_) | Self::Receipt => false,
		}
	}
}

#[derive(Deserialize)]
struct Receipt {
	receipt: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
	message: String,
	hint: Option<String>,
}

/// The hash and size of a file, read once; `read` is told how many bytes more have been. Blocks.
pub fn hash_file(path: &Path, mut read: impl FnMut(u64)) -> io::Result<ObjectKey> {
	let mut file = std::fs::File::open(path)?;
	let size = file.metadata()?.len();
	let invalid = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_string());
	if size == 0 {
		return Err(invalid("it is empty, and an object has at least one byte"));
	}
	let changed = |_: SizeError| invalid("it changed while it was read");
	let mut hasher = TreeHasher::new(size);
	let mut piece = vec![0; 1024 * 1024];
	loop {
		let count = file.read(&mut piece)?;
		if count == 0 {
			let hash = hasher.finish().map_err(changed)?;
			return Ok(ObjectKey { hash, size });
		}
		hasher.update(&piece[..count], |_, _| {}).map_err(changed)?;
		read(count as u64);
	}
}

impl Uploader {
	/// A token with which an object can be uploaded once to the provider of that operator.
	///
	/// Fails where the system has no random numbers.
	pub fn token(&self, operator: [u8; 32], key: &ObjectKey) -> io::Result<Signed<UploadToken>> {
		let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
		let expires = u64::try_from((now + TOKEN_LIFETIME).as_millis()).unwrap_or(u64::MAX);
		let mut nonce = [0; 16];
		getrandom::fill(&mut nonce).map_err(|error| io::Error::other(error.to_string()))?;
		let message =
			UploadToken { provider: AccountId32::new(operator), key: *key, nonce, expires };
		let signer = AccountId32::new(self.account.id().0);
		Ok(Signed::new(&self.genesis, message, signer, |bytes| self.account.sign(bytes)))
	}

	/// Uploads the file `path`, which is the object `key`, to a provider. `watch` is told of the bytes sent. Gives the
	/// provider's receipt, also where it had the object.
	pub async fn upload(
		&self,
		path: &Path,
		key: &ObjectKey,
		target: &Target,
		watch: Arc<dyn Watch>,
	) -> Result<Signed<UploadReceipt>, UploadError> {
		let file = File::open(path).await?;
		if file.metadata().await?.len() != key.size {
			return Err(UploadError::Changed);
		}
		let sent = Arc::new(AtomicU64::new(0));
		let changed = Arc::new(AtomicBool::new(false));
		let token = self.token(target.operator, key)?;
		let address = format!("{}/objects/{}", target.base, hex::encode(key.hash));
		let request = self
			.http
			.put(address)
			.header(AUTHORIZATION, format!("Rome {}", token.to_header()))
			.header(CONTENT_LENGTH, key.size)
			.body(body(file, key.size, sent.clone(), changed.clone(), watch))
			.send();
		let answer = tokio::select! {
			answer = request => answer,
			why = silence(&sent, key.size) => return Err(UploadError::Connection(why)),
		};
		if changed.load(Ordering::Relaxed) {
			return Err(UploadError::Changed);
		}
		let answer =
			answer.map_err(|error| UploadError::Connection(crate::download::reason(&error)))?;
		let status = answer.status();
		let text = read(answer).await?;
		match status {
			// Who says that it has the object vouches for that as well: anybody can say 200.
			StatusCode::CREATED | StatusCode::OK => {
				self.receipt(&text, &token, key).ok_or(UploadError::Receipt)
			},
			_ => {
				let refusal = serde_json::from_slice::<Refusal>(&text).ok();
				let message = refusal.map_or_else(
					|| status.canonical_reason().unwrap_or("no reason given").to_string(),
					|it| match it.hint {
						Some(hint) => format!("{}; {hint}", it.message),
						None => it.message,
					},
				);
				// What a stranger says goes to somebody's terminal.
				let message: String =
					message.chars().filter(|sign| !sign.is_control()).take(300).collect();
				Err(UploadError::Refused { status: status.as_u16(), message })
			},
		}
	}
}

impl Uploader {
	/// The receipt in an answer, if it is one for this token.
	fn receipt(
		&self,
		answer: &[u8],
		token: &Signed<UploadToken>,
		key: &ObjectKey,
	) -> Option<Signed<UploadReceipt>> {
		let receipt = serde_json::from_slice::<Receipt>(answer).ok()?.receipt?;
		let receipt = Signed::<UploadReceipt>::from_header(&receipt).ok()?;
		let operator = &token.message.provider;
		let said = receipt.by(&self.genesis, operator)?;
		let right = said.provider == *operator
			&& said.uploader == token.signer
			&& said.key == *key
			&& said.nonce == token.message.nonce;
		right.then_some(receipt)
	}
}

/// A file as a body of exactly `size` bytes.
fn body(
	file: File,
	size: u64,
	sent: Arc<AtomicU64>,
	changed: Arc<AtomicBool>,
	watch: Arc<dyn Watch>,
) -> Body {
	let pieces = stream::try_unfold((file, size), move |(mut file, left)| {
		let (sent, changed, watch) = (sent.clone(), changed.clone(), watch.clone());
		async move {
			if left == 0 {
				return Ok::<_, io::Error>(None);
			}
			let mut piece = vec![0; usize::try_from(left).unwrap_or(PIECE).min(PIECE)];
			let count = file.read(&mut piece).await?;
			if count == 0 {
				changed.store(true, Ordering::Relaxed);
				return Err(io::ErrorKind::UnexpectedEof.into());
			}
			piece.truncate(count);
			sent.fetch_add(count as u64, Ordering::Relaxed);
			watch.verified(count as u64);
			Ok(Some((piece, (file, left - count as u64))))
		}
	});
	Body::wrap_stream(pieces)
}

/// Ends when nothing has been taken for too long.
async fn silence(sent: &AtomicU64, size: u64) -> String {
	let mut last = (sent.load(Ordering::Relaxed), Instant::now());
	loop {
		sleep(Duration::from_secs(1)).await;
		let now = sent.load(Ordering::Relaxed);
		if now != last.0 {
			last = (now, Instant::now());
		}
		let patience = if now == size { CONCLUSION } else { SILENCE };
		if last.1.elapsed() > patience {
			return format!("it took nothing more for {} s", patience.as_secs());
		}
	}
}

/// A short answer.
async fn read(mut answer: reqwest::Response) -> Result<Vec<u8>, UploadError> {
	let mut text = Vec::new();
	let lost = |error: reqwest::Error| UploadError::Connection(crate::download::reason(&error));
	let all = async {
		while let Some(piece) = answer.chunk().await? {
			text.extend_from_slice(&piece);
			if text.len() > LONGEST_ANSWER {
				break;
			}
		}
		Ok(())
	};
	match tokio::time::timeout(SILENCE, all).await {
		Err(_) => return Err(UploadError::Connection("it did not end its answer".into())),
		Ok(outcome) => outcome.map_err(lost)?,
	}
	Ok(text)
}

#[cfg(test)]
mod tests {
	use super::*;
	use axum::{extract::Request, http::StatusCode, routing::put, Router};

	struct Nobody;

	impl Watch for Nobody {
		fn verified(&self, _: u64) {}
		fn trouble(&self, _: &str, _: &str, _: bool) {}
	}

	/// A provider that answers every upload with this status, and with a receipt that `signer` signs.
	async fn provider(status: u16, signer: Option<&'static str>) -> Target {
		let answer = move |request: Request| async move {
			let token = request.headers()[AUTHORIZATION].to_str().unwrap();
			let token = Signed::<UploadToken>::from_header(token.strip_prefix("Rome ").unwrap());
			let token = token.unwrap();
			let receipt = signer.map(|name| {
				let account = Account::from_phrase(name).unwrap();
				let UploadToken { provider, key, nonce, .. } = token.message;
				let receipt =
					UploadReceipt { provider, uploader: token.signer.clone(), key, nonce, at: 1 };
				let signer = AccountId32::new(account.id().0);
				Signed::new(&[7; 32], receipt, signer, |bytes| account.sign(bytes)).to_header()
			});
			let body = serde_json::json!({ "receipt": receipt }).to_string();
			(StatusCode::from_u16(status).unwrap(), body)
		};
		let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
		let base = format!("http://{}", listener.local_addr().unwrap());
		let router = Router::new().route("/objects/{hash}", put(answer));
		tokio::spawn(async move { axum::serve(listener, router).await });
		let operator = Account::from_phrase("//Operator").unwrap().id().0;
		Target { name: "provider".into(), base, operator }
	}

	#[tokio::test]
	async fn without_its_receipt_a_yes_is_none() {
		let file = tempfile::NamedTempFile::new().unwrap();
		std::fs::write(file.path(), b"some bytes").unwrap();
		let key = hash_file(file.path(), |_| {}).unwrap();
		let http = crate::http::uploads().unwrap().build().unwrap();
		let account = Account::from_phrase("//Alice").unwrap();
		let uploader = Uploader { account, genesis: [7; 32], http };
		for status in [200, 201] {
			for (signer, good) in
				[(Some("//Operator"), true), (Some("//Mallory"), false), (None, false)]
			{
				let target = provider(status, signer).await;
				let done = uploader.upload(file.path(), &key, &target, Arc::new(Nobody)).await;
				match good {
					true => assert_eq!(done.unwrap().message.key, key),
					false => {
						assert!(matches!(done, Err(UploadError::Receipt)), "{status} {signer:?}")
					},
				}
			}
		}
	}
}
