//! The content directory.
