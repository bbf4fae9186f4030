//! The `rome content` commands.
use crate::{args::{ContentCommand, Global}, failure::Failure, output::Output};
pub(crate) async fn run(_: ContentCommand, _: &Global, _: Output) -> Result<(), Failure> { Ok(()) }
