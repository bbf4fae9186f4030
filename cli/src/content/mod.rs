//! Content: entries, their values as people write them, and the commands about them.

pub(crate) mod commands;
mod import;
mod migrate;
mod migrate_class;
mod moderate;
mod reading;
mod select;
mod show;
pub(crate) mod values;
mod write;

pub(crate) use import::settle_left_overs;
pub(crate) use moderate::visibility_text;
pub(crate) use reading::unreadable;
pub(crate) use show::{need_property, Reader};
pub(crate) use write::{misfit, parse_object, read_json};
