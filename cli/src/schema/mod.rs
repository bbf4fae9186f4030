//! Schemas: their files, what the files mean on chain, and the commands about them.

pub(crate) mod check;
pub(crate) mod commands;
mod listing;
mod live;
pub(crate) mod lookup;
pub(crate) mod model;
pub(crate) mod parse;
pub(crate) mod render;
mod rules;
pub(crate) mod starter;
mod suggest;
mod types;
mod walk;

pub(crate) use walk::parse_json;

#[cfg(test)]
mod tests;
