//! Proposals, grants, bounties and the community fund; and how the council and root decide what other commands
//! ask of them.

mod actions;
pub(crate) mod args;
mod bounties;
mod council;
mod decisions;
mod fund;
mod grants;
mod motions;
mod proposals;
mod root;
mod show;
mod signing;
mod submit;
mod terms;
mod text;
mod thread;

pub(crate) use bounties::run as bounty;
pub(crate) use council::{administer, Measure, Standing};
pub(crate) use decisions::{decide, Matter};
pub(crate) use fund::run as fund;
pub(crate) use grants::run as grant;
pub(crate) use motions::{move_and_vote, Share};
pub(crate) use proposals::{run as proposal, vote_reason};
pub(crate) use root::sudo;
pub(crate) use submit::schema_title;
