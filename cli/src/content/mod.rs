//! Content: entries, their values as people write them, and the commands about them.

pub(crate) mod commands;
mod import;
mod select;
mod show;
mod values;
mod write;
