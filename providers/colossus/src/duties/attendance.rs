//! Notices when a part of the daemon ends before it was told to.
//!
//! A daemon without its heartbeat, or without its server, looks alive and is not: it had better end with an
//! error and be started again.

use futures::FutureExt;
use std::{
	any::Any,
	future::Future,
	panic::AssertUnwindSafe,
	sync::{Arc, Mutex, MutexGuard},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Keeps an eye on everything that runs until the stop.
#[derive(Clone)]
pub struct Attendance {
	stop: CancellationToken,
	/// Who left first, and why.
	left: Arc<Mutex<Option<String>>>,
}

impl Attendance {
	/// Of a daemon that this stops: `stop` is also set when somebody leaves early.
	pub fn new(stop: CancellationToken) -> Self {
		Self { stop, left: Arc::default() }
	}

	fn lock(&self) -> MutexGuard<'_, Option<String>> {
		self.left.lock().unwrap_or_else(|bad| bad.into_inner())
	}

	/// Starts something that is to run until the stop.
	pub fn start<Duty>(&self, tasks: &TaskTracker, name: &'static str, duty: Duty)
	where
		Duty: Future<Output = ()> + Send + 'static,
	{
		let attendance = self.clone();
		tasks.spawn(async move {
			let why = match AssertUnwindSafe(duty).catch_unwind().await {
				Ok(()) if attendance.stop.is_cancelled() => return,
				Ok(()) => format!("{name} ended by itself, which it never should"),
				Err(panic) => format!("{name} failed: {}", message(&*panic)),
			};
			attendance.give_up(format!("{why}; the log has the cause. Start the daemon again"));
		});
	}

	/// Ends it all with an error.
	pub fn give_up(&self, why: String) {
		tracing::error!("stopping: {why}");
		self.lock().get_or_insert(why);
		self.stop.cancel();
	}

	/// An error if somebody left early, or gave up.
	pub fn outcome(&self) -> Result<(), String> {
		match &*self.lock() {
			None => Ok(()),
			Some(why) => Err(why.clone()),
		}
	}
}

fn message(panic: &(dyn Any + Send)) -> &str {
	let text = panic.downcast_ref::<&str>().copied();
	text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("it panicked")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[tokio::test]
	async fn who_leaves_early_ends_it_all() {
		for (ends_badly, said) in
			[(false, "heartbeats ended by itself"), (true, "heartbeats failed: oh")]
		{
			let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
			let attendance = Attendance::new(stop.clone());
			let told = stop.clone();
			attendance.start(&tasks, "serving", async move { told.cancelled().await });
			tokio::task::yield_now().await;
			assert!(attendance.outcome().is_ok() && !stop.is_cancelled());
			attendance.start(&tasks, "heartbeats", async move {
				assert!(!ends_badly, "oh");
			});
			tasks.close();
			tasks.wait().await;
			assert!(stop.is_cancelled());
			let error = attendance.outcome().unwrap_err();
			assert!(error.contains(said), "{error}");
		}
	}

	#[test]
	fn the_first_reason_is_the_one_that_is_told() {
		let stop = CancellationToken::new();
		let attendance = Attendance::new(stop.clone());
		attendance.give_up("the disk is another one".into());
		attendance.clone().give_up("heartbeats failed".into());
		assert!(stop.is_cancelled());
		assert_eq!(attendance.outcome().unwrap_err(), "the disk is another one");
	}

	#[tokio::test]
	async fn who_ends_when_told_to_is_in_order() {
		let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
		let attendance = Attendance::new(stop.clone());
		let told = stop.clone();
		attendance.start(&tasks, "serving", async move { told.cancelled().await });
		stop.cancel();
		tasks.close();
		tasks.wait().await;
		attendance.outcome().unwrap();
	}
}
