//! What the JSON representation of a type adds to its tables.

use crate::diagnostic::Code;
use crate::extract::Reader;
use crate::schema::{NavigationProperty, Property, TypeRef};

/// Adds the properties that only the JSON block has. What it spells in another way than a table,
/// or fills in where a name would stand, is no further property.
pub(super) fn complete(
    reader: &Reader<'_, '_>,
    properties: &mut Vec<Property>,
    navigation: &[NavigationProperty],
    sample: Vec<Property>,
) {
    if is_envelope(&sample) && !properties.is_empty() {
        return;
    }
    let in_sample: Vec<String> = sample.iter().map(|extra| extra.name.clone()).collect();
    let tabled = properties.iter().map(|known| known.name.clone());
    let tabled: Vec<String> = tabled
        .chain(navigation.iter().map(|known| known.name.clone()))
        .collect();
    for extra in sample {
        let in_table = properties.iter_mut().find(|known| known.name == extra.name);
        match in_table {
            Some(known)
                if known.type_ref.name == "Edm.Untyped"
                    && known.type_ref.link.is_none()
                    && !known.type_ref.is_collection
                    && !says_json(reader, &known.type_ref) =>
            {
                known.type_ref = extra.type_ref;
            }
            Some(_) => {}
            None if tabled.contains(&extra.name) => {}
            None if is_sample_key(&extra.name) => {}
            None => match meant_row(&extra.name, &tabled, &in_sample) {
                Some(row) => report_misspelt(reader, &extra, row),
                None => properties.push(extra),
            },
        }
    }
}

/// Whether a row says that the property holds any JSON: a sample of it tells no more.
fn says_json(reader: &Reader<'_, '_>, type_ref: &TypeRef) -> bool {
    let cell = reader.context.sources.text(type_ref.span);
    let is_mark = |sign: char| sign.is_whitespace() || "|*`".contains(sign);
    let cell = cell.trim_matches(is_mark).to_ascii_lowercase();
    matches!(cell.as_str(), "any" | "edm.untyped" | "json" | "untyped")
}

fn report_misspelt(reader: &Reader<'_, '_>, extra: &Property, row: &str) {
    let message = format!(
        "the JSON representation has `{}`, and the table has `{row}` in its place",
        extra.name
    );
    reader.report(Code::JsonPropertyNotInTable, extra.span, message);
}

/// Whether a JSON block shows an answer, `{"value": [{…}]}`, not the type.
fn is_envelope(sample: &[Property]) -> bool {
    matches!(sample, [only] if only.name == "value" && only.type_ref.is_collection)
}

/// The row of a table that a name is in another case or one letter off. A row that the JSON block
/// has as well is another one.
fn meant_row<'t>(name: &str, tabled: &'t [String], in_sample: &[String]) -> Option<&'t str> {
    let mut rows = tabled.iter().filter(|row| !in_sample.contains(row));
    let meant =
        rows.find(|row| row.eq_ignore_ascii_case(name) || name.len() > 5 && is_one_off(name, row));
    meant.map(String::as_str)
}

/// Whether one letter has to be put in, left out or replaced to get from one text to the other.
fn is_one_off(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let pairs = || one.iter().zip(other);
    let head = pairs().take_while(|(a, b)| a == b).count();
    let reversed = one.iter().rev().zip(other.iter().rev());
    let tail = reversed.take_while(|(a, b)| a == b).count();
    let longer = one.len().max(other.len());
    one.len().abs_diff(other.len()) <= 1 && head + tail + 1 >= longer
}

/// Whether a name is a generated key of an open type's member: long, and with digits all over it.
fn is_sample_key(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    name.len() >= 20 && digits >= 3
}

#[cfg(test)]
mod tests {
    use super::{is_one_off, is_sample_key};

    #[test]
    fn a_letter_makes_a_slip() {
        let cases = [
            ("displayName", "displyName", true),
            ("displayName", "displayNames", true),
            ("displayName", "displayNane", true),
            ("displayName", "dispalyName", false),
            ("displayName", "display", false),
            ("abcabc", "abcabcabc", false),
            ("aaaaaa", "aaaaaaa", true),
        ];
        for (one, other, expected) in cases {
            assert_eq!(is_one_off(one, other), expected, "{one} {other}");
            assert_eq!(is_one_off(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn generated_keys_are_no_names() {
        let cases = [
            ("jd8S5gOaFk2S8aWCIAJz42QAAxtD", true),
            ("irs1099Code", false),
            ("oauth2RequirePostResponseMode", false),
            ("isBackendCertificateValidationEnabled", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_sample_key(name), expected, "{name}");
        }
    }
}
