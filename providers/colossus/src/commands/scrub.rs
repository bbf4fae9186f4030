//! `colossus scrub`: rereads every object now.

use crate::{
	config::Config,
	duties::scrubber::{step, Pass},
};
use rome_provider::store::{owner, Store};
use rustix::process::{kill_process, Pid, Signal};
use std::{path::Path, time::Duration};
use tokio::{task::spawn_blocking, time::sleep};

/// Asks the daemon for a pass and follows it, or does it where no daemon runs. An error if anything was
/// damaged.
pub async fn run(config: &Config) -> Result<(), String> {
	let pass = match owner(&config.data) {
		Some(process) => follow(&config.data, process).await?,
		None => alone(config).await?,
	};
	println!("objects        {}", pass.objects);
	println!("bytes          {}", pass.bytes);
	println!("trees mended   {}", pass.trees_mended);
	println!("damaged        {}", pass.damaged.len());
	for hash in &pass.damaged {
		println!("               {hash}");
	}
	match pass.damaged.len() {
		0 => Ok(()),
		count => Err(format!(
			"{count} objects were damaged and put aside; the daemon reports them lost and fetches them anew. \
			 Look at the disk (smartctl, dmesg)"
		)),
	}
}

async fn follow(root: &Path, process: u32) -> Result<Pass, String> {
	let before = Pass::read(root);
	let pid = i32::try_from(process).ok().and_then(Pid::from_raw).ok_or("no such process")?;
	if !before.is_open() {
		kill_process(pid, Signal::USR1)
			.map_err(|error| format!("the daemon (process {process}) cannot be told: {error}"))?;
	}
	println!(
		"the daemon (process {process}) rereads everything; breaking off here does not stop it"
	);
	loop {
		sleep(Duration::from_secs(1)).await;
		let pass = Pass::read(root);
		let new = before.is_open() || pass.number > before.number;
		if new && !pass.is_open() {
			return Ok(pass);
		}
		if owner(root) != Some(process) {
			return Err(
				"the daemon has stopped; it goes on with the pass when it runs again".into()
			);
		}
	}
}

async fn alone(config: &Config) -> Result<Pass, String> {
	println!("no daemon runs: rereading everything here, as fast as the disk allows");
	let (root, reserve) = (config.data.clone(), config.reserve_bytes);
	let done = spawn_blocking(move || -> Result<Pass, String> {
		let store = Store::open(&root, reserve).map_err(|error| error.to_string())?;
		let mut pass = Pass::read(&root).next();
		let mut outcome = Ok(());
		while pass.is_open() && outcome.is_ok() {
			outcome = step(&store, &mut pass, |_| true).map(drop);
		}
		// Also where it broke off: a daemon goes on there.
		pass.write(&root).and(outcome).map_err(|error| error.to_string())?;
		Ok(pass)
	});
	done.await.map_err(|error| error.to_string())?
}
