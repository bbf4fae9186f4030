//! The `rome content` commands.

use super::{
	import,
	migrate::migrate,
	migrate_class::migrate_class,
	moderate::moderate,
	reading::{list_as, show_as},
	select::{select, Selection},
	show::{list, Listing, Reader},
	write::Writer,
};
use crate::{
	accounts,
	args::{ContentCommand, Global},
	failure::Failure,
	mirror,
	output::Output,
};
use rome_client::Chain;
use rome_primitives::content::Moderation;

/// Runs a command.
pub(crate) async fn run(
	command: ContentCommand,
	global: &Global,
	output: Output,
) -> Result<(), Failure> {
	let connect = || async { Ok::<_, Failure>(Chain::connect(&global.url, output.json).await?) };
	let writer = || async {
		let account = accounts::one(global)?;
		Ok::<_, Failure>(Writer { chain: connect().await?, account, global, output })
	};
	match command {
		ContentCommand::Import(args) => import::run(&args, global, output).await,
		ContentCommand::Mirror(args) => mirror::run(&args, global, output).await,
		ContentCommand::Create { class, values, file, referenceable } => {
			writer().await?.create(&class, &values, file.as_deref(), referenceable).await
		},
		ContentCommand::Edit { id, values, clear, referenceable } => {
			writer().await?.edit(&id, &values, &clear, referenceable).await
		},
		ContentCommand::Migrate(args) => match &args.class {
			Some(class) => migrate_class(&args, class, global, output).await,
			None => migrate(&args, global, output).await,
		},
		ContentCommand::Hide(args) => moderate(&args, Moderation::Hide, global, output).await,
		ContentCommand::Freeze(args) => moderate(&args, Moderation::Freeze, global, output).await,
		ContentCommand::Unhide(args) => moderate(&args, Moderation::Show, global, output).await,
		ContentCommand::Remove { id } => writer().await?.remove(&id).await,
		ContentCommand::Transfer { id, to, cancel: _ } => {
			writer().await?.transfer(&id, to.as_deref()).await
		},
		ContentCommand::Accept { id, max_deposit } => {
			writer().await?.accept(&id, max_deposit.as_deref()).await
		},
		ContentCommand::List { class, limit, after, version: Some(version), .. } => {
			list_as(&connect().await?, &class, version, limit, after.as_deref(), output).await
		},
		ContentCommand::List { class, owner, filter, limit, after, version: None } => {
			let listing = Listing {
				class: &class,
				owner: owner.as_deref(),
				filter: filter.as_deref(),
				limit,
				after: after.as_deref(),
			};
			list(&connect().await?, &listing, output).await
		},
		ContentCommand::Select { query, explain, limit, after } => {
			let selection = Selection { text: &query, explain, limit, after: after.as_deref() };
			select(&connect().await?, &selection, output).await
		},
		ContentCommand::Show { id, by, version } => {
			let chain = connect().await?;
			let mut reader = Reader::new(&chain).await?;
			let info = match (id, by) {
				(Some(id), _) => reader.need(&id).await?,
				(None, Some(by)) => reader.by_unique(&by).await?,
				(None, None) => return Err(Failure::usage("name an entry")),
			};
			match version {
				Some(version) => show_as(&mut reader, &info, version, output).await,
				None => reader.show(&info, output).await,
			}
		},
	}
}
