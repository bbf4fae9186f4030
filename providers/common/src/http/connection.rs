//! A connection as hyper gets it: what was read already comes first, and who reads too slowly, or does not end
//! the head of a request, is cut off. Between two requests it may rest.

use super::context::Progress;
use bytes::{Buf, Bytes};
use std::{
	future::Future,
	io::{self, IoSlice},
	pin::Pin,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	task::{Context, Poll},
	time::Duration,
};
use tokio::{
	io::{AsyncRead, AsyncWrite, ReadBuf},
	net::TcpStream,
	time::{sleep, sleep_until, Instant, Sleep},
};

pub(crate) struct Guarded {
	stream: TcpStream,
	read: Bytes,
	/// Runs while the other side takes no bytes.
	waiting: Option<(Progress, Pin<Box<Sleep>>)>,
	within: Duration,
	/// Runs while a head comes.
	head: Option<Pin<Box<Sleep>>>,
	head_within: Duration,
	/// Whether a request is being looked at: then what is read is its body.
	busy: Arc<AtomicBool>,
}

impl Guarded {
	/// `within`: 64 KiB of an answer; `head_within`: a request's head.
	pub(crate) fn new(
		stream: TcpStream,
		read: Bytes,
		within: Duration,
		head_within: Duration,
		busy: Arc<AtomicBool>,
	) -> Self {
		Self { stream, read, waiting: None, within, head: None, head_within, busy }
	}

	/// After a read that gave `bytes`, or nothing yet: whether a head takes too long.
	fn head_is_late(&mut self, context: &mut Context<'_>, bytes: usize) -> bool {
		if self.busy.load(Ordering::Relaxed) {
			self.head = None;
			return false;
		}
		let within = self.head_within;
		if bytes > 0 {
			self.head.get_or_insert_with(|| Box::pin(sleep(within)));
		}
		self.head.as_mut().is_some_and(|head| head.as_mut().poll(context).is_ready())
	}

	pub(crate) fn into_stream(self) -> TcpStream {
		self.stream
	}

	fn wrote(
		&mut self,
		context: &mut Context<'_>,
		outcome: Poll<io::Result<usize>>,
	) -> Poll<io::Result<usize>> {
		match outcome {
			Poll::Ready(Ok(bytes)) => {
				// The next head waits for the answer to the one before it.
				if let Some(head) = &mut self.head {
					head.as_mut().reset(Instant::now() + self.head_within);
				}
				if let Some((progress, sleep)) = &mut self.waiting {
					let before = progress.deadline();
					progress.moved(bytes as u64);
					if progress.deadline() != before {
						sleep.as_mut().reset(progress.deadline());
					}
				}
				Poll::Ready(Ok(bytes))
			},
			Poll::Pending => {
				let within = self.within;
				let (_, sleep) = self.waiting.get_or_insert_with(|| {
					let progress = Progress::new(within);
					let sleep = Box::pin(sleep_until(progress.deadline()));
					(progress, sleep)
				});
				match sleep.as_mut().poll(context) {
					Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
					Poll::Pending => Poll::Pending,
				}
			},
			outcome => outcome,
		}
	}
}

impl AsyncRead for Guarded {
	fn poll_read(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		buffer: &mut ReadBuf<'_>,
	) -> Poll<io::Result<()>> {
		let before = buffer.filled().len();
		let outcome = if self.read.is_empty() {
			Pin::new(&mut self.stream).poll_read(context, buffer)
		} else {
			let bytes = self.read.len().min(buffer.remaining());
			buffer.put_slice(&self.read[..bytes]);
			self.read.advance(bytes);
			Poll::Ready(Ok(()))
		};
		let bytes = buffer.filled().len() - before;
		match self.head_is_late(context, bytes) {
			true => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
			false => outcome,
		}
	}
}

impl AsyncWrite for Guarded {
	fn poll_write(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		bytes: &[u8],
	) -> Poll<io::Result<usize>> {
		let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
		self.wrote(context, outcome)
	}

	fn poll_write_vectored(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		slices: &[IoSlice<'_>],
	) -> Poll<io::Result<usize>> {
		let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
		self.wrote(context, outcome)
	}

	fn is_write_vectored(&self) -> bool {
		true
	}

	fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
		// All that there was is with the kernel: nobody is being waited for.
		self.waiting = None;
		Pin::new(&mut self.stream).poll_flush(context)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_shutdown(context)
	}
}
