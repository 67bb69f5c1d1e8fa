//! A JSON value and a primitive type → whether the one can be the other.
//!
//! The forms are those of OData JSON Format 4.01, section 7.1; of a DateTimeOffset, RFC 3339.

use serde_json::Value;

/// A primitive type and the values that it has.
struct Format {
    /// The type, as schemas name it.
    name: &'static str,
    /// The form of its values, in words that follow "should be".
    form: &'static str,
    accepts: fn(&Value) -> bool,
}

/// The types that have a form of their own. Of others (`Edm.Untyped`, `Edm.Stream`, the geographic
/// ones) any value will do.
#[rustfmt::skip]
const FORMATS: &[Format] = &[
    Format { name: "Edm.Binary", form: "a string", accepts: Value::is_string },
    Format { name: "Edm.Boolean", form: "`true` or `false`, without quotes", accepts: Value::is_boolean },
    Format { name: "Edm.Byte", form: "a whole number, without quotes", accepts: is_whole },
    Format { name: "Edm.Date", form: "a date such as `2024-05-31`", accepts: |v| is_text(v, is_date) },
    Format { name: "Edm.DateTimeOffset", form: "a time with its offset, such as `2024-05-31T08:00:00Z`", accepts: |v| is_text(v, is_date_time_offset) },
    Format { name: "Edm.Decimal", form: "a number", accepts: is_decimal },
    Format { name: "Edm.Double", form: "a number, without quotes", accepts: is_float },
    Format { name: "Edm.Duration", form: "a duration such as `PT1H30M`", accepts: |v| is_text(v, is_duration) },
    Format { name: "Edm.Guid", form: "a GUID: 8-4-4-4-12 hexadecimal digits", accepts: |v| is_text(v, is_guid) },
    Format { name: "Edm.Int16", form: "a whole number, without quotes", accepts: is_whole },
    Format { name: "Edm.Int32", form: "a whole number, without quotes", accepts: is_whole },
    Format { name: "Edm.Int64", form: "a whole number", accepts: |v| is_whole(v) || is_text(v, is_digits) },
    Format { name: "Edm.SByte", form: "a whole number, without quotes", accepts: is_whole },
    Format { name: "Edm.Single", form: "a number, without quotes", accepts: is_float },
    Format { name: "Edm.String", form: "a string, in quotes", accepts: Value::is_string },
    Format { name: "Edm.TimeOfDay", form: "a time of day such as `08:00:00`", accepts: |v| is_text(v, is_time) },
];

/// The form that a value of the type should have and this one has not; none when it has.
pub(super) fn fault(type_name: &str, value: &Value) -> Option<&'static str> {
    let format = FORMATS.iter().find(|format| format.name == type_name)?;
    (!(format.accepts)(value)).then_some(format.form)
}

/// Whether the text only stands for a value: `String (timestamp)`, `{id}`, `datetime-value`, `...`.
pub(super) fn is_placeholder(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "string", "bool", "boolean", "int", "number", "guid", "double", "decimal", "date", "time",
        "duration", "binary", "enum", "uuid", "object", "null", "integer", "float", "stream",
        "edm.",
    ];
    let lower = text.trim().to_lowercase();
    lower.is_empty()
        || [
            "...",
            "…",
            "{",
            "<",
            "|",
            "-value",
            "microsoft.graph.",
            "xxx",
            "****",
        ]
        .iter()
        .any(|mark| lower.contains(mark))
        || WORDS.iter().any(|word| is_type_word(&lower, word))
}

/// Whether the text is a type's name, maybe with its size or an explanation: `int32`, `string (id)`.
fn is_type_word(lower: &str, word: &str) -> bool {
    lower.strip_prefix(word).is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.is_empty()
            || rest.starts_with([' ', '(', ','])
            || lower.starts_with("edm.")
            || (word == "date" && rest.starts_with("time"))
            || (word == "time" && rest.starts_with("stamp"))
    })
}

/// Whether the text is a GUID.
pub(super) fn is_guid(text: &str) -> bool {
    let groups = text.split('-').map(|group| {
        group
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit())
            .then_some(group.len())
    });
    groups.eq([8, 4, 4, 4, 12].map(Some))
}

fn is_text(value: &Value, accepts: fn(&str) -> bool) -> bool {
    value.as_str().is_some_and(accepts)
}

fn is_whole(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_float(value: &Value) -> bool {
    value.is_number() || matches!(value.as_str(), Some("INF" | "-INF" | "NaN"))
}

/// Clients may ask for decimals in quotes (IEEE754Compatible), so these are no fault.
fn is_decimal(value: &Value) -> bool {
    is_float(value)
        || value
            .as_str()
            .is_some_and(|text| text.parse::<f64>().is_ok())
}

fn is_date_time_offset(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return false;
    };
    let offset_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, offset) = time.split_at(offset_at);
    is_date(date) && is_time(clock) && is_offset(offset)
}

fn is_offset(text: &str) -> bool {
    matches!(text, "Z" | "z")
        || text
            .strip_prefix(['+', '-'])
            .is_some_and(|rest| match rest.split_once(':') {
                Some((hour, minute)) => number(hour, 2, 23) && number(minute, 2, 59),
                None => false,
            })
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return false;
    };
    number(year, 4, 9999)
        && number(month, 2, 12)
        && month != "00"
        && day != "00"
        && number(day, 2, days_in(year, month))
}

fn days_in(year: &str, month: &str) -> u32 {
    let year: u32 = year.parse().unwrap_or(0);
    match month {
        "02" if year.is_multiple_of(4)
            && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
        {
            29
        }
        "02" => 28,
        "04" | "06" | "09" | "11" => 30,
        _ => 31,
    }
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next(), parts.next(), parts.next());
    let (Some(hour), Some(minute), Some(second), None) = (hour, minute, second, parts.next())
    else {
        return false;
    };
    number(hour, 2, 23) && number(minute, 2, 59) && number(second, 2, 60) && is_digits(fraction)
}

/// Whether the text is a number of so many digits, and no more than `most`.
fn number(text: &str, digits: usize, most: u32) -> bool {
    text.len() == digits && is_digits(text) && text.parse().is_ok_and(|number: u32| number <= most)
}

fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    text.strip_prefix('P').is_some_and(|rest| {
        let unit = |c: char| "YMWDTHS.".contains(c) || c.is_ascii_digit();
        rest.ends_with(|c: char| "YMWDHS".contains(c)) && rest.chars().all(unit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_of_the_type_have_no_fault() {
        let cases = [
            ("Edm.String", json!("x")),
            ("Edm.Boolean", json!(true)),
            ("Edm.Int32", json!(-1)),
            ("Edm.Int32", json!(1.0)),
            ("Edm.Int64", json!("9007199254740993")),
            ("Edm.Decimal", json!("0.10")),
            ("Edm.Double", json!("NaN")),
            ("Edm.Date", json!("2024-02-29")),
            ("Edm.DateTimeOffset", json!("2023-06-26T19:07:39.7433333Z")),
            ("Edm.DateTimeOffset", json!("0001-01-01T00:00:00-08:00")),
            ("Edm.Duration", json!("-P1DT2.5S")),
            ("Edm.Guid", json!("02851525-dc00-438b-83f5-3b2947bf4A48")),
            ("Edm.TimeOfDay", json!("23:59:60")),
            ("Edm.Untyped", json!({"a": [1]})),
            ("Edm.GeographyPoint", json!({"type": "Point"})),
        ];
        for (name, value) in cases {
            assert_eq!(fault(name, &value), None, "{name} {value}");
        }
    }

    #[test]
    fn other_values_have() {
        let cases = [
            ("Edm.String", json!(1)),
            ("Edm.Boolean", json!("true")),
            ("Edm.Int32", json!("1")),
            ("Edm.Int32", json!(1.5)),
            ("Edm.Int64", json!("1e3")),
            ("Edm.Double", json!("1")),
            ("Edm.Date", json!("2023-02-29")),
            ("Edm.Date", json!("2023-00-01")),
            ("Edm.Date", json!("2023-1-1")),
            ("Edm.DateTimeOffset", json!("2023-09-04T05:47:56")),
            ("Edm.DateTimeOffset", json!("2023-09-04 05:47:56Z")),
            ("Edm.DateTimeOffset", json!("2023-09-04T25:47:56Z")),
            ("Edm.DateTimeOffset", json!("2023-09-04T05:47:56+0100")),
            ("Edm.DateTimeOffset", json!("9/4/2023 5:47 PM")),
            ("Edm.DateTimeOffset", json!(1_693_806_476)),
            ("Edm.Duration", json!("1 hour")),
            ("Edm.Duration", json!("PT")),
            ("Edm.Guid", json!("213213")),
            ("Edm.Guid", json!("g2851525-dc00-438b-83f5-3b2947bf4a48")),
            ("Edm.TimeOfDay", json!("8:00")),
        ];
        for (name, value) in cases {
            assert!(fault(name, &value).is_some(), "{name} {value}");
        }
    }

    #[test]
    fn placeholders_are_told_from_values() {
        let placeholders = [
            "",
            "String",
            "string (timestamp)",
            "Int32",
            "Boolean",
            "bool",
            "{id}",
            "<guid>",
            "...",
            "datetime-value",
            "DateTime",
            "timestamp",
            "low | high",
            "Edm.Guid",
            "microsoft.graph.identitySet",
            "xxxxxxxx-xxxx",
        ];
        for text in placeholders {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "open",
            "213213",
            "2023-09-04",
            "stringent",
            "integral",
            "timely",
            "nullified",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn formats_are_in_order() {
        assert!(FORMATS.is_sorted_by(|left, right| left.name < right.name));
    }
}
