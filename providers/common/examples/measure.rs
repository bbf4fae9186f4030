//! A server where everybody may do everything, and tokens for it: what `scripts/bench-provider` measures.
//!
//! ```sh
//! measure serve FOLDER       serves; prints `serving on ADDRESS`
//! measure token FILE         prints the file's hash and a token that allows its upload once
//! ```

use futures::future::BoxFuture;
use rome_primitives::{signing::UploadToken, slices::OutboardBuilder, storage::ObjectKey};
use rome_provider::{
	auth::now,
	authority::{AccountBytes, Authority, Cached, ObjectFacts, Unavailable},
	http::{routes, server, Context, Found, Identity, Limits, Parts, Refusal, Source},
	key::OperatorKey,
	metrics::Metrics,
	store::{Manifest, Opened, Store},
};
use std::{error::Error, fs::File, io, io::Read, path::Path, sync::Arc};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const GENESIS: [u8; 32] = [0; 32];

struct Everybody;

impl Authority for Everybody {
	fn object(&self, _: ObjectKey) -> BoxFuture<'_, Result<Option<ObjectFacts>, Unavailable>> {
		Box::pin(async { Ok(Some(ObjectFacts { ours: true, blocked: None })) })
	}

	fn may_upload(
		&self,
		_: AccountBytes,
		_: ObjectKey,
	) -> BoxFuture<'_, Result<bool, Unavailable>> {
		Box::pin(async { Ok(true) })
	}

	fn is_funded(&self, _: AccountBytes) -> BoxFuture<'_, Result<bool, Unavailable>> {
		Box::pin(async { Ok(true) })
	}

	fn is_peer(&self, _: AccountBytes) -> BoxFuture<'_, Result<bool, Unavailable>> {
		Box::pin(async { Ok(true) })
	}
}

struct Everything(Arc<Store>);

impl Source for Everything {
	fn find(&self, hash: &[u8; 32]) -> Found {
		match self.0.get(hash) {
			Ok(Some(opened)) => Found::Here(opened),
			Ok(None) => Found::Refused(Refusal::not_here()),
			Err(error) => Found::Refused(Refusal::internal("unreadable", &error)),
		}
	}

	fn tree(&self, hash: &[u8; 32]) -> io::Result<Option<Opened>> {
		self.0.tree(hash)
	}
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
	let arguments: Vec<String> = std::env::args().skip(1).collect();
	let operator = OperatorKey::from_secret("//Operator")?;
	match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
		["serve", folder] => serve(Path::new(folder), operator).await,
		["token", file] => token(Path::new(file), &operator),
		_ => Err("measure serve FOLDER | measure token FILE".into()),
	}
}

async fn serve(folder: &Path, operator: OperatorKey) -> Result<(), Box<dyn Error>> {
	if Manifest::read(folder).is_err() {
		Store::create(folder, &Manifest::new("colossus", operator.id().to_string()))?;
	}
	let store = Arc::new(Store::open(folder, 0)?);
	let context = Context::new(Parts {
		identity: Identity { genesis: GENESIS, key: operator, version: "measure".into() },
		source: Arc::new(Everything(store.clone())),
		store,
		authority: Cached::new(Arc::new(Everybody)),
		limits: Limits { requests_per_second: None, ..Limits::default() },
		metrics: Metrics::new("measure"),
		stop: CancellationToken::new(),
	})?;
	let listener = TcpListener::bind("127.0.0.1:0").await?;
	println!("serving on {}", listener.local_addr()?);
	server::serve(context.clone(), listener, routes::provider(context)).await;
	Ok(())
}

fn token(path: &Path, operator: &OperatorKey) -> Result<(), Box<dyn Error>> {
	let mut file = File::open(path)?;
	let size = file.metadata()?.len();
	let mut builder = OutboardBuilder::new(size);
	let mut buffer = vec![0; 1 << 20];
	loop {
		match file.read(&mut buffer)? {
			0 => break,
			count => builder.update(&buffer[..count])?,
		}
	}
	let key = ObjectKey { hash: builder.finish()?.0, size };
	let nonce = u128::from(now()).to_le_bytes();
	let token = UploadToken { provider: operator.id(), key, nonce, expires: now() + 600_000 };
	println!("{} {}", hex::encode(key.hash), operator.sign(&GENESIS, token).to_header());
	Ok(())
}
