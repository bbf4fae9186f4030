//! Waiting for the database at the end.

use std::{
	fs::{File, TryLockError},
	path::Path,
	thread::sleep,
	time::{Duration, Instant},
};

/// Longest wait. A disk that has not written some tens of megabytes by then will not.
const AT_MOST: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);

/// Waits until the ParityDB in the folder `database` is closed, for a minute at most.
///
/// It takes blocks into a queue in memory and writes them behind, and it empties that queue when its last
/// user lets go of it. That may be a task of the RPC server, for which nothing else waits: the process
/// would end first, and with it blocks that were final. The database gives up the lock on its file `lock`
/// when everything is written, so whoever gets that lock knows.
pub fn wait_until_closed(database: &Path) {
	if !closes_within(&database.join("lock"), AT_MOST) {
		log::error!("The database did not close within a minute; the newest blocks may be lost");
	}
}

fn closes_within(lock: &Path, at_most: Duration) -> bool {
	let Ok(file) = File::open(lock) else { return true };
	let began = Instant::now();
	while let Err(TryLockError::WouldBlock) = file.try_lock() {
		if began.elapsed() > at_most {
			return false;
		}
		sleep(PAUSE);
	}
	true
}

#[cfg(test)]
mod tests {
	use super::*;

	fn locked() -> (tempfile::TempDir, std::path::PathBuf, File) {
		let folder = tempfile::tempdir().expect("there is room for a folder");
		let path = folder.path().join("lock");
		let file = File::create(&path).expect("the folder is writable");
		file.try_lock().expect("nobody else knows of it");
		(folder, path, file)
	}

	#[test]
	fn waits_until_the_lock_is_given_up() {
		let (_folder, path, file) = locked();
		let began = Instant::now();
		let writer = std::thread::spawn(move || {
			sleep(Duration::from_millis(200));
			drop(file);
		});
		assert!(closes_within(&path, Duration::from_secs(30)));
		assert!(began.elapsed() >= Duration::from_millis(200));
		writer.join().expect("it only sleeps");
	}

	#[test]
	fn gives_up_after_a_while() {
		let (_folder, path, _file) = locked();
		assert!(!closes_within(&path, Duration::from_millis(50)));
	}

	#[test]
	fn does_not_wait_for_what_is_not_there() {
		let folder = tempfile::tempdir().expect("there is room for a folder");
		assert!(closes_within(&folder.path().join("lock"), Duration::from_secs(30)));
	}
}
