//! Tests of the binary `rome` itself: alone, and against a node.

mod chain;
mod governance;
mod help_desk;
mod migrations;
mod mirror;
mod offline;
mod queries;
mod storage;
mod support;
