//! A runtime of storage alone.
