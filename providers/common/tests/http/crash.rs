//! A server that is killed leaves nothing half-written, and one that is busy stays small.

use crate::support::*;
use rome_provider::store::{Health, Store};
use std::{
	collections::HashMap,
	fs,
	io::{BufReader, Read, Write},
	sync::{Arc, Mutex},
	thread::{sleep, spawn},
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// Kills a server a hundred times at random moments while objects are uploaded. Whatever got a receipt is
/// there afterwards, and whatever is there is whole.
#[test]
fn nothing_half_written_survives_a_kill() {
	const KILLS: u64 = 100;
	let folder = TempDir::new().unwrap();
	drop(Server::start(folder.path(), Default::default()));
	let promised = Arc::new(Mutex::new(HashMap::new()));
	let mut cut = 0;
	let start = Instant::now();
	for round in 0..KILLS {
		let mut server = ChildServer::start(folder.path());
		let address = server.address;
		let uploads: Vec<_> = (0..3)
			.map(|lane| {
				let promised = promised.clone();
				spawn(move || {
					for number in 0..1_000 {
						let seed = round * 100_000 + lane * 10_000 + number;
						// From one group to some buffers.
						let bytes = sample(seed, 1 + (seed as usize * 7_919) % 1_500_000);
						let key = key_of(&bytes);
						let mut request =
							put_head("objects", &key, &token(&key), bytes.len()).into_bytes();
						request.extend_from_slice(&bytes);
						let Ok(mut stream) = std::net::TcpStream::connect(address) else {
							return false;
						};
						if stream.write_all(&request).is_err() {
							return true;
						}
						match read_answer(&mut BufReader::new(stream), false) {
							Ok(answer) if answer.status == 201 => {
								promised.lock().unwrap().insert(key.hash, key.size);
							},
							_ => return true,
						}
					}
					false
				})
			})
			.collect();
		// Between nothing and many uploads; no two rounds alike.
		let pause = u64::from(blake3::hash(&round.to_le_bytes()).as_bytes()[0]);
		sleep(Duration::from_millis(pause));
		server.process.kill().unwrap();
		server.process.wait().unwrap();
		let ends = uploads.into_iter().map(|upload| upload.join().unwrap());
		cut += ends.filter(|cut| *cut).count();
	}
	assert!(
		cut > KILLS as usize / 2,
		"only {cut} uploads were under way when the server was killed"
	);
	assert!(start.elapsed() < Duration::from_secs(300));
	let store = Store::open(folder.path(), 0).unwrap();
	assert_eq!(fs::read_dir(folder.path().join("temporary")).unwrap().count(), 0);
	let mut there = HashMap::new();
	store
		.each(|hash, size| {
			there.insert(hash, size);
			true
		})
		.unwrap();
	for hash in there.keys() {
		assert_eq!(store.verify(hash, |_| true).unwrap(), Some(Health::Sound));
	}
	let promised = promised.lock().unwrap();
	// How many depends on the machine; without any, nothing would have been tested.
	assert!(promised.len() > 10, "{}", promised.len());
	for (hash, size) in promised.iter() {
		assert_eq!(there.get(hash), Some(size), "an object that had its receipt is gone");
	}
	println!(
		"{} objects had receipts, {} are there, {cut} uploads were cut",
		promised.len(),
		there.len()
	);
}

/// 64 uploads and 256 downloads at once take less than 256 MiB.
#[test]
fn memory_is_bounded() {
	let folder = TempDir::new().unwrap();
	drop(Server::start(folder.path(), Default::default()));
	let server = ChildServer::start(folder.path());
	let address = server.address;
	let served = sample(1, 24_000_000);
	let key = key_of(&served);
	assert_eq!(upload_to(address, "objects", &key, &token(&key), &served).status, 201);
	let hash = hex::encode(key.hash);
	let downloads: Vec<_> = (0..256)
		.map(|number| {
			// A third the fast way, a third through the routes, a third as slices.
			let path = match number % 3 {
				0 | 1 => format!("/objects/{hash}"),
				_ => format!("/objects/{hash}/slice"),
			};
			let extra = if number % 3 == 1 { "content-length: 0\r\n" } else { "" };
			let mut stream = connect(address);
			stream
				.write_all(
					format!("GET {path} HTTP/1.1\r\nhost: t\r\nconnection: close\r\n{extra}\r\n")
						.as_bytes(),
				)
				.unwrap();
			stream
		})
		.collect();
	let uploads: Vec<_> = (0..64u64)
		.map(|number| {
			spawn(move || {
				let bytes = sample(100 + number, 6_000_000);
				let key = key_of(&bytes);
				let mut stream = connect(address);
				stream
					.write_all(put_head("objects", &key, &token(&key), bytes.len()).as_bytes())
					.unwrap();
				// All of them are under way before one of them ends.
				let (first, rest) = bytes.split_at(3_000_000);
				stream.write_all(first).unwrap();
				sleep(Duration::from_secs(3));
				stream.write_all(rest).unwrap();
				read_answer(&mut BufReader::new(stream), false).unwrap().status
			})
		})
		.collect();
	sleep(Duration::from_secs(1));
	let reading: Vec<_> = downloads
		.into_iter()
		.map(|mut stream| {
			std::thread::Builder::new()
				.stack_size(256 * 1024)
				.spawn(move || {
					let mut sink = vec![0; 65_536];
					let mut bytes = 0;
					loop {
						match stream.read(&mut sink).unwrap() {
							0 => return bytes,
							count => bytes += count,
						}
					}
				})
				.unwrap()
		})
		.collect();
	for upload in uploads {
		assert_eq!(upload.join().unwrap(), 201);
	}
	for reader in reading {
		assert!(reader.join().unwrap() > served.len());
	}
	let peak = server.peak_memory() / 1024;
	println!("the server took {peak} MiB at most");
	assert!(peak < 256, "{peak} MiB");
}
