//! The configuration of each pallet, one file a theme.

pub mod accounts;
pub mod benchmark;
pub mod consensus;
pub mod content;
pub mod currency;
pub mod governance;
pub mod parameters;
pub mod proposals;
pub mod storage;
pub mod system;
