//! What `rome schema new` writes: a small schema whose descriptions explain it.

use rome_primitives::content::Category;

use super::parse::category_name;

/// A starter schema for a class called `name`.
pub(crate) fn starter(name: &str, category: Category) -> String {
	let category = category_name(category);
	format!(
		r#"{{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "description": "What a {name} is, in a sentence or two. Replace every description here by your own.",
  "x-rome": {{
    "class": "{name}",
    "category": "{category}",
    "version": 1,
    "creation": "anyone",
    "defaultQuota": 10000
  }},
  "type": "object",
  "properties": {{
    "identifier": {{
      "description": "A text. Unique: no two entries hold the same, so entries are found and imported by it. Locked: never changed.",
      "type": "string",
      "maxLength": 128,
      "x-rome": {{
        "unique": true,
        "locked": true
      }}
    }},
    "name": {{
      "description": "Indexed: entries are found by this value. At most 8 properties are indexed, at most 4 unique.",
      "type": "string",
      "maxLength": 256,
      "x-rome": {{
        "indexed": true
      }}
    }},
    "datePublished": {{
      "description": "A moment, written 2024-01-31T12:00:00Z, or as a day or year alone.",
      "type": "string",
      "format": "date-time",
      "x-rome": {{
        "indexed": true
      }}
    }},
    "inLanguage": {{
      "description": "One of named variants.",
      "type": "string",
      "enum": [
        "en",
        "fr",
        "other"
      ]
    }},
    "position": {{
      "description": "A whole number in a range.",
      "type": "integer",
      "minimum": 0,
      "maximum": 100000
    }},
    "rating": {{
      "description": "A decimal number with a fixed number of digits after the point.",
      "type": "string",
      "x-rome": {{
        "type": "decimal",
        "scale": 1
      }}
    }},
    "keywords": {{
      "description": "A list. Of texts here; other types work as well.",
      "type": "array",
      "items": {{
        "type": "string",
        "maxLength": 64
      }},
      "maxItems": 16
    }},
    "isPartOf": {{
      "description": "Another entry. Of this class, unless x-rome names one: \"class\": \"series\".",
      "type": "string",
      "x-rome": {{
        "type": "reference"
      }}
    }},
    "sha256": {{
      "description": "A hash, or another 32 bytes, written in hexadecimal. For fewer or more: \"type\": \"bytes\", \"maxBytes\": 64.",
      "type": "string",
      "x-rome": {{
        "type": "hash32"
      }}
    }}
  }},
  "required": [
    "identifier",
    "name"
  ],
  "additionalProperties": false
}}
"#
	)
}
