//! Real HTTP against a real server. Who may upload is decided by a fixture of the chain's answers.

mod crash;
mod downloads;
mod guests;
mod peers;
mod slow;
mod support;
mod uploads;
