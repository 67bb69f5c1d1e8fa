//! A value and the property that it is of → what the value should be, when it isn't that.

use serde_json::Value;

use crate::check::format;
use crate::schema::EnumType;

/// The members that a value names and the enumeration lacks. A value may name several, with commas.
pub(super) fn unknown_members<'v>(
    value: &'v str,
    enumeration: &EnumType,
    inline: &[String],
) -> Vec<&'v str> {
    let known = |name: &str| {
        enumeration.members.iter().any(|member| member.name == name)
            || inline.iter().any(|member| member == name)
    };
    if known(value) || format::is_placeholder(value) {
        return Vec::new();
    }
    value
        .split(',')
        .map(str::trim)
        .filter(|name| !known(name))
        .collect()
}

/// Whether a property's description says that its values are GUIDs.
pub(super) fn says_guid(doc: &str) -> bool {
    const PHRASES: &[&str] = &[
        "valid guid",
        "be a guid",
        "is a guid",
        ", a guid",
        "guid identifier",
        "guid format",
    ];
    let lower = doc.to_lowercase();
    lower.contains("guid") && PHRASES.iter().any(|phrase| lower.contains(phrase))
}

/// The value as a page shows it, cut off when it is long.
pub(super) fn excerpt(value: &Value) -> String {
    const SHOWN: usize = 40;
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a collection".to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) if text.chars().count() > SHOWN => {
            format!("`\"{}…\"`", text.chars().take(SHOWN).collect::<String>())
        }
        Value::String(text) => format!("`\"{text}\"`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Member;
    use serde_json::json;

    #[test]
    fn members_are_compared_one_by_one() {
        let member = |name: &str| Member {
            name: name.to_owned(),
            ..Member::default()
        };
        let colors = EnumType {
            members: vec![member("red"), member("dark green")],
            ..EnumType::default()
        };
        let cases: [(&str, &[&str]); 7] = [
            ("red", &[]),
            ("dark green", &[]),
            ("blue", &[]),
            ("red, pink", &["pink"]),
            ("Red", &["Red"]),
            ("red | dark green", &[]),
            ("String", &[]),
        ];
        for (value, unknown) in cases {
            assert_eq!(
                unknown_members(value, &colors, &["blue".to_owned()]),
                unknown,
                "{value}"
            );
        }
    }

    #[test]
    fn descriptions_may_ask_for_guids() {
        for doc in [
            "Must be a valid GUID.",
            "The ID of the task, a GUID.",
            "It is a GUID",
        ] {
            assert!(says_guid(doc), "{doc}");
        }
        for doc in [
            "The name.",
            "The GUIDance.",
            "Not every ID here has to be one of the GUIDs.",
        ] {
            assert!(!says_guid(doc), "{doc}");
        }
    }

    #[test]
    fn long_values_are_cut_off() {
        assert_eq!(excerpt(&json!("a\"b")), "`\"a\"b\"`");
        assert_eq!(
            excerpt(&json!("é".repeat(41))),
            format!("`\"{}…\"`", "é".repeat(40))
        );
        assert_eq!(excerpt(&json!({})), "an object");
    }
}
