//! What bounds the benchmark oracle's model. Part of encodings: larger means a migration.

/// The most probers, whatever their state.
pub const MAX_PROBERS: u32 = 128;
/// The most actors that are probed in a round.
pub const MAX_TARGETS: u32 = 1_024;
/// The most observations of a prober in a round. Who is assigned more actors reports on the first of them.
pub const MAX_OBSERVATIONS: u32 = 256;
/// The most observations of an actor in a round that are settled.
pub const MAX_SAMPLES: u32 = 96;
/// The most rounds that one hash chain is for.
pub const MAX_CHAIN: u32 = 1_024;
/// The results that are kept of each target, the youngest ones.
pub const MAX_HISTORY: u32 = 32;
/// The most rounds of a verification, and of a decision: the bound's table ends there.
pub const MAX_ROUNDS: u32 = 64;
/// The most buckets of a histogram that are not empty.
pub const MAX_BUCKETS: u32 = 64;
/// The levels of the tree over [`MAX_OBSERVATIONS`] observations.
pub const MAX_TREE_DEPTH: u32 = 8;
/// The longest text of a report, in bytes.
pub const MAX_REPORT_BYTES: u32 = 1_024;
/// The most entries in a page of the runtime API.
pub const MAX_PAGE: u32 = 256;
