//! Daemons on a real chain: a node of our own, and `colossus` as an operator runs it.

mod life;
mod support;
