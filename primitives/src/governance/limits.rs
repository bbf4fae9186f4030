//! What bounds governance's model. Part of every encoding: larger means a migration.

/// The most members that a council can have.
pub const MAX_COUNCIL: u32 = 32;
/// The longest title, in bytes.
pub const MAX_TITLE_BYTES: u32 = 128;
/// The longest text of a proposal, a post or a piece of submitted work, in bytes.
pub const MAX_TEXT_BYTES: u32 = 4_096;
/// The longest reason of a vote, in bytes.
pub const MAX_REASON_BYTES: u32 = 512;
/// The shortest reason that counts as one where informed voting is rewarded, in bytes.
pub const MIN_INFORMED_BYTES: u32 = 32;
/// The longest link, in bytes.
pub const MAX_LINK_BYTES: u32 = 256;
/// The most milestones of a grant.
pub const MAX_MILESTONES: u32 = 16;
/// The most accounts on the list of a closed bounty or thread.
pub const MAX_LIST: u32 = 32;
/// The most entries of a bounty.
pub const MAX_ENTRIES: u32 = 64;
/// The most winners of a bounty.
pub const MAX_WINNERS: u32 = 16;
/// The most posts of a thread.
pub const MAX_POSTS: u32 = 1_000;
/// The most proposals in voting that hold no reserved slot.
pub const MAX_OPEN_PROPOSALS: u32 = 64;
/// The most proposals in voting in all: a reserved slot for each member, and for the members of a council
/// before whose proposals are still open.
pub const MAX_SLOTS: u32 = MAX_OPEN_PROPOSALS + 2 * MAX_COUNCIL;
/// The most grants that one member can have on record while they wait for countersignatures.
pub const MAX_OPEN_RECORDS: u32 = 8;
/// The most entries in a page of the runtime API.
pub const MAX_PAGE: u32 = 256;
