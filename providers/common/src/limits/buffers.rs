//! Buffers for uploads: a bounded number of them, used again and again.

use std::sync::{Arc, Mutex};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A pool of buffers.
pub struct Buffers {
	size: usize,
	permits: Arc<Semaphore>,
	free: Mutex<Vec<Vec<u8>>>,
}

/// A buffer; returns to its pool when it is dropped.
pub struct Buffer {
	/// What it holds.
	pub bytes: Vec<u8>,
	pool: Arc<Buffers>,
	_permit: OwnedSemaphorePermit,
}

impl Buffers {
	/// At most `count` buffers of `size` bytes.
	pub fn new(count: usize, size: usize) -> Arc<Self> {
		let permits = Arc::new(Semaphore::new(count));
		Arc::new(Self { size, permits, free: Mutex::default() })
	}

	/// Bytes that one holds.
	pub fn size(&self) -> usize {
		self.size
	}

	/// An empty one, as soon as there is one. `None` only when the pool is gone.
	pub async fn get(self: &Arc<Self>) -> Option<Buffer> {
		let permit = self.permits.clone().acquire_owned().await.ok()?;
		let bytes = self.free.lock().unwrap_or_else(|bad| bad.into_inner()).pop();
		let bytes = bytes.unwrap_or_else(|| Vec::with_capacity(self.size));
		Some(Buffer { bytes, pool: self.clone(), _permit: permit })
	}
}

impl Drop for Buffer {
	fn drop(&mut self) {
		let mut bytes = std::mem::take(&mut self.bytes);
		bytes.clear();
		if bytes.capacity() <= self.pool.size {
			self.pool.free.lock().unwrap_or_else(|bad| bad.into_inner()).push(bytes);
		}
	}
}
