//! What bounds storage's model. Part of every encoding: larger means a migration.

/// The most replicas that a tranche can ask for.
pub const MAX_COVERAGE: u32 = 5;
/// The most members of a tranche.
pub const MAX_MEMBERS: u32 = 64;
/// The most slots of a member.
pub const MAX_SLOTS: u8 = 16;
/// The most tranches that one provider is a member of.
pub const MAX_MEMBERSHIPS: u32 = 4;
/// The most holders of an object: while members leave, their successors hold it besides them.
pub const MAX_HOLDERS: u32 = 2 * MAX_COVERAGE;
/// The largest object, in bytes: 1 TiB.
pub const MAX_OBJECT_BYTES: u64 = 1 << 40;
/// The most objects in one call.
pub const MAX_BATCH: u32 = 64;
/// The most eras that a pin is paid for in advance.
pub const MAX_TERM: u32 = 64;
/// The most entries in a page of the runtime API.
pub const MAX_PAGE: u32 = 1_000;
/// Blocks between two anchors of challenges.
pub const CHALLENGE_WINDOW: u32 = 16;
