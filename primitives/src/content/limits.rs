//! Limits of the formats. They bound what one call can make the chain read, write and check; weights are
//! measured at these limits, so raising one needs new weights.

/// Longest name of a class or property, in bytes.
pub const MAX_NAME_BYTES: u32 = 64;
/// Longest description of a class or property, and longest reason or variant of an enumeration, in bytes.
pub const MAX_DESCRIPTION_BYTES: u32 = 256;
/// Most properties of one schema.
pub const MAX_PROPERTIES: u32 = 64;
/// Most unique properties of one schema.
pub const MAX_UNIQUE: u32 = 4;
/// Most indexed properties of one schema.
pub const MAX_INDEXED: u32 = 8;
/// Most variants of one enumeration; a value stores the variant's number in one byte.
pub const MAX_VARIANTS: u32 = 128;
/// Largest encoded schema, in bytes.
pub const MAX_SCHEMA_BYTES: u32 = 16 * 1024;
/// Longest text or byte string, in bytes.
pub const MAX_STRING_BYTES: u32 = 8 * 1024;
/// Most items of one list.
pub const MAX_LIST_ITEMS: u32 = 128;
/// Largest encoded set of values of one entity, in bytes.
pub const MAX_ENTITY_BYTES: u32 = 16 * 1024;
/// Most references in the values of one entity.
pub const MAX_REFERENCES: u32 = 64;
/// Most data objects in the values of one entity.
pub const MAX_OBJECTS: u32 = 16;
/// Digits after the point that a decimal may have: more would not leave any before it.
pub const MAX_DECIMAL_SCALE: u8 = 18;
/// Most accounts in a class's allow list.
pub const MAX_ALLOWED_CREATORS: u32 = 64;
/// Most steps from one schema version to a later one that reading and migrating take: how far the oldest
/// version of a class that is not retired may lie behind its newest.
pub const MAX_MIGRATION_STEPS: u16 = 16;
/// Most versions of one class that may hold entities at a time: those, and free-form documents.
pub const MAX_LIVE_VERSIONS: u32 = MAX_MIGRATION_STEPS as u32 + 2;
/// Most members of one curator group.
pub const MAX_CURATORS: u32 = 64;
/// Most classes that one curator group looks after.
pub const MAX_CURATED_CLASSES: u32 = 64;
/// Most curator groups whose members may create a class's entities.
pub const MAX_CREATOR_GROUPS: u32 = 8;
/// Most operations in one batch.
pub const MAX_OPERATIONS: u32 = 64;
/// Most entries in one page of a runtime API's answer.
pub const MAX_PAGE: u32 = 1_000;
