//! The commands.

pub mod check;
pub mod init;
pub mod run;
pub mod scrub;
pub mod status;
