//! A provider's life: objects come, are copied, confirmed, damaged, lost and mended; the node goes away.

use crate::support::*;
use rome_primitives::actors::ActorState;
use std::{
	fs::{self, File},
	os::unix::fs::FileExt,
	time::Duration,
};
use tokio::time::sleep;

#[tokio::test(flavor = "multi_thread")]
async fn three_providers_keep_three_copies() {
	let mut node = Node::start();
	let chain = node.chain().await;
	let rpc = [node.url()];
	let mut providers = Vec::new();
	for (number, owner) in ["//Bob", "//Charlie", "//Dave"].into_iter().enumerate() {
		providers.push(Provider::start(&chain, &rpc, owner, number as u32 + 1).await);
	}
	for provider in &providers {
		until("the daemons are up", || async {
			provider.metric("colossus_provider_active").await.filter(|on| *on == 1.0)
		})
		.await;
	}

	// Uploaded to two, it is stored; the third fetches it from them.
	let bytes = sample(1, 9_000_000);
	let key = pin(&chain, &bytes).await;
	assert_eq!(object(&chain, &key).await.assigned.len(), 3);
	for provider in &providers[..2] {
		until("the upload", || async {
			provider.upload(&chain, &key, &bytes).await.filter(|status| *status < 300)
		})
		.await;
	}
	assert_eq!(held_by(&chain, &key, 3).await.len(), 3);
	for provider in &providers {
		assert!(provider.get(&key).await.unwrap() == bytes);
	}
	assert_eq!(providers[2].metric("colossus_fetched_total").await, Some(1.0));
	assert!(object(&chain, &key).await.size_proved);

	// Many small ones, of which each provider gets its copy.
	let mut small = Vec::new();
	for seed in 10..20 {
		let bytes = sample(seed, 1 + seed as usize * 3_001);
		let key = pin(&chain, &bytes).await;
		until("the upload", || async {
			providers[0].upload(&chain, &key, &bytes).await.filter(|status| *status < 300)
		})
		.await;
		until("the upload", || async {
			providers[1].upload(&chain, &key, &bytes).await.filter(|status| *status < 300)
		})
		.await;
		small.push(key);
	}
	for key in &small {
		held_by(&chain, key, 3).await;
	}

	// A flipped bit is found by the scrubber, reported, and the object is fetched again.
	let file = File::options().read(true).write(true).open(providers[1].path(&key)).unwrap();
	let mut byte = [0];
	file.read_exact_at(&mut byte, 5_000_000).unwrap();
	file.write_all_at(&[byte[0] ^ 4], 5_000_000).unwrap();
	drop(file);
	let found = providers[1].run(&["scrub"]);
	assert!(!found.status.success());
	assert!(String::from_utf8_lossy(&found.stdout).contains(&hex::encode(key.hash)), "{found:?}");
	until("the loss is mended", || async {
		let lost = providers[1].metric("colossus_lost_total").await;
		let held = object(&chain, &key).await.holders.len();
		(lost == Some(1.0) && held == 3).then_some(())
	})
	.await;
	assert!(providers[1].get(&key).await.unwrap() == bytes);
	assert!(providers[1].run(&["scrub"]).status.success());

	// A file that is missing at the start is reported first.
	providers[2].stop();
	fs::remove_file(providers[2].path(&small[0])).unwrap();
	providers[2].resume();
	until("the missing file is reported and fetched", || async {
		let lost = providers[2].metric("colossus_lost_total").await;
		let held = object(&chain, &small[0]).await.holders.len();
		(lost == Some(1.0) && held == 3).then_some(())
	})
	.await;
	assert!(providers[2].get(&small[0]).await.is_some());

	// A disk that is not mounted is not taken for a lost one.
	providers[2].stop();
	let data = providers[2].folder.path().join("data");
	fs::rename(data.join("objects"), data.join("aside")).unwrap();
	let refused = providers[2].run(&["run"]);
	let said = String::from_utf8_lossy(&refused.stderr);
	assert!(!refused.status.success() && said.contains("is the right disk mounted?"), "{said}");
	fs::remove_dir_all(data.join("objects")).unwrap();
	fs::rename(data.join("aside"), data.join("objects")).unwrap();
	providers[2].resume();
	until("the disk is there again", || async {
		providers[2].metric("colossus_provider_active").await.filter(|on| *on == 1.0)
	})
	.await;
	assert_eq!(held_by(&chain, &small[0], 3).await.len(), 3);

	// The node goes away: what is here is served; it comes back, and heartbeats go on.
	node.kill();
	sleep(Duration::from_secs(8)).await;
	assert!(providers[0].get(&key).await.unwrap() == bytes);
	node.resume();
	let chain = node.chain().await;
	let before = providers[0].view(&chain).await.last_heartbeat;
	for provider in &providers {
		until("heartbeats go on", || async {
			let me = provider.view(&chain).await;
			(me.state == ActorState::Active && me.last_heartbeat > before + 20).then_some(())
		})
		.await;
	}
	let late = pin(&chain, &sample(99, 50_000)).await;
	for provider in &providers[..2] {
		until("an upload afterwards", || async {
			provider.upload(&chain, &late, &sample(99, 50_000)).await.filter(|status| *status < 300)
		})
		.await;
	}
	held_by(&chain, &late, 3).await;

	let status = providers[0].run(&["status", "--json"]);
	let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
	assert_eq!(status["chain"]["state"], "Active");
	assert_eq!(status["disk"]["objects"], 12);
	let check = providers[0].run(&["check", "--json"]);
	let check: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
	for line in check["checks"].as_array().unwrap() {
		// There is one endpoint; and blocks quicker than the chain's slots put its clock ahead of the wall's.
		let expected = line["check"] != "two endpoints" && line["check"] != "clock";
		assert_eq!(line["ok"], expected, "{line}");
	}
	for provider in &mut providers {
		provider.stop();
	}
}
