//! Values as people and programs write them, and back: shared with the node.

pub(crate) use rome_content_query::{
	values::{
		describe_error, describe_type, list, parse_id, scalar_from_json, scalar_from_text,
		scalar_to_text, value_from_json, value_to_json,
	},
	words::shorten,
};
