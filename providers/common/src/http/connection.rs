//! A connection as hyper gets it: what was read already comes first, and who reads too slowly is cut off.

use super::context::Progress;
use bytes::{Buf, Bytes};
use std::{
	future::Future,
	io::{self, IoSlice},
	pin::Pin,
	task::{Context, Poll},
	time::Duration,
};
use tokio::{
	io::{AsyncRead, AsyncWrite, ReadBuf},
	net::TcpStream,
	time::{sleep_until, Sleep},
};

pub(crate) struct Guarded {
	stream: TcpStream,
	read: Bytes,
	/// Runs while the other side takes no bytes.
	waiting: Option<(Progress, Pin<Box<Sleep>>)>,
	within: Duration,
}

impl Guarded {
	pub(crate) fn new(stream: TcpStream, read: Bytes, within: Duration) -> Self {
		Self { stream, read, waiting: None, within }
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
		if !self.read.is_empty() {
			let bytes = self.read.len().min(buffer.remaining());
			buffer.put_slice(&self.read[..bytes]);
			self.read.advance(bytes);
			return Poll::Ready(Ok(()));
		}
		Pin::new(&mut self.stream).poll_read(context, buffer)
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
