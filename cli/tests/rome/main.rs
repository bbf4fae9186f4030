//! Tests of the binary `rome` itself: alone, and against a node.

mod chain;
mod migrations;
mod offline;
mod queries;
mod support;
