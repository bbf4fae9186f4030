//! Accepts connections and serves them until it is told to stop.

use super::{connection::Guarded, context::Context, fast, object::Reply, Refusal};
use crate::{limits, metrics::Kind};
use axum::Router;
use bytes::BytesMut;
use futures::FutureExt;
use hyper::{body::Incoming, server::conn::http1, Request};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
	io,
	net::SocketAddr,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	time::{Duration, SystemTime},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpStream},
	time::{sleep, timeout},
};
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// Bytes of a request's head.
pub(crate) const MAX_HEAD: usize = 16 * 1024;
/// Bytes that hyper buffers of a connection.
const BUFFER: usize = 64 * 1024;

/// The address that a connection came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PeerAddress(pub SocketAddr);

/// Serves until the context's stop; then what is under way is finished, within its time.
pub async fn serve(context: Arc<Context>, listener: TcpListener, router: Router) {
	let connections = TaskTracker::new();
	loop {
		let accepted = tokio::select! {
			() = context.stop.cancelled() => break,
			accepted = listener.accept() => accepted,
		};
		let (stream, address) = match accepted {
			Ok(accepted) => accepted,
			Err(error) => {
				// Out of descriptors, perhaps: those that are open will end.
				tracing::warn!(%error, "a connection cannot be accepted");
				sleep(Duration::from_millis(100)).await;
				continue;
			},
		};
		let client = limits::client_of(address.ip());
		let admitted = match context.admission.admit(client) {
			Ok(admitted) => admitted,
			Err(kind) => {
				context.metrics.turned_away.get_or_create(&Kind { kind }).inc();
				turn_away(&stream);
				continue;
			},
		};
		let _ = stream.set_nodelay(true);
		let (context, router) = (context.clone(), router.clone());
		connections.spawn(async move {
			let _admitted = admitted;
			context.metrics.connections.inc();
			connection(&context, stream, address, router).await;
			context.metrics.connections.dec();
		});
	}
	connections.close();
	let patience = Duration::from_secs(context.limits.stop_seconds);
	if timeout(patience, connections.wait()).await.is_err() {
		tracing::warn!("{} connections are cut off at the stop", connections.len());
	}
}

/// Says that there are too many connections, as far as that can be said without waiting.
fn turn_away(stream: &TcpStream) {
	let refusal = Refusal::busy("too many connections", 5);
	let reply = Reply::refusal(&refusal, false);
	let mut answer = reply.head(&httpdate::fmt_http_date(SystemTime::now()), true);
	answer.extend_from_slice(&refusal.json());
	let _ = stream.try_write(&answer);
}

async fn connection(
	context: &Arc<Context>,
	stream: TcpStream,
	address: SocketAddr,
	router: Router,
) {
	let mut buffer = BytesMut::with_capacity(2 * 1024);
	match fast::serve(context, &stream, address, &mut buffer).await {
		Ok(fast::Next::Routes) => routed(context, stream, buffer, address, router).await,
		Ok(fast::Next::Close) => linger(stream).await,
		Err(error) if error.kind() == io::ErrorKind::TimedOut => {
			context.metrics.slow.inc();
			tracing::debug!(%address, "a connection was too slow");
		},
		Err(error) => tracing::trace!(%address, %error, "a connection ended"),
	}
}

/// Hands a connection to hyper, with what was read of it.
async fn routed(
	context: &Arc<Context>,
	stream: TcpStream,
	read: BytesMut,
	address: SocketAddr,
	router: Router,
) {
	let limits = &context.limits;
	let (idle, head) =
		(Duration::from_secs(limits.idle_seconds), Duration::from_secs(limits.head_seconds));
	let busy = Arc::new(AtomicBool::new(false));
	let guarded = Guarded::new(stream, read.freeze(), context.slow(), head, busy.clone());
	let service = hyper::service::service_fn(move |request: Request<Incoming>| {
		busy.store(true, Ordering::Relaxed);
		let busy = busy.clone();
		let mut request = request.map(axum::body::Body::new);
		request.extensions_mut().insert(PeerAddress(address));
		router.clone().oneshot(request).inspect(move |_| busy.store(false, Ordering::Relaxed))
	});
	let mut connection = http1::Builder::new()
		.timer(TokioTimer::new())
		// Counts from the answer before, so it bounds the rest as well; the guard times the head itself.
		.header_read_timeout(idle + head)
		.max_buf_size(BUFFER)
		.max_headers(64)
		.serve_connection(TokioIo::new(guarded), service);
	let mut told = false;
	let ended = loop {
		tokio::select! {
			ended = std::future::poll_fn(|poll| connection.poll_without_shutdown(poll)) => break ended,
			() = context.stop.cancelled(), if !told => {
				told = true;
				std::pin::Pin::new(&mut connection).graceful_shutdown();
			},
		}
	};
	if let Err(error) = ended {
		if was_slow(&error) {
			context.metrics.slow.inc();
		}
		tracing::trace!(%address, %error, "a connection ended");
	}
	linger(connection.into_parts().io.into_inner().into_stream()).await;
}

/// Whether the client was too slow; one that rested for too long was not.
fn was_slow(error: &hyper::Error) -> bool {
	let mut cause: Option<&dyn std::error::Error> = Some(error);
	while let Some(error) = cause {
		if error.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::TimedOut)
		{
			return true;
		}
		cause = error.source();
	}
	false
}

/// Closes a connection on which the client may still be sending what was refused: if what it sent were left
/// unread, the kernel would reset the connection, and the client might lose the answer.
pub(crate) async fn linger(mut stream: TcpStream) {
	const BYTES: usize = 4 * 1024 * 1024;
	if stream.shutdown().await.is_err() {
		return;
	}
	let rest = async {
		let mut sink = [0; 16 * 1024];
		let mut read = 0;
		while read < BYTES {
			match stream.read(&mut sink).await {
				Ok(0) | Err(_) => return,
				Ok(bytes) => read += bytes,
			}
		}
	};
	let _ = timeout(Duration::from_secs(2), rest).await;
}
