use serde_json::json;

use super::*;

fn value(text: &str) -> Value {
    parse(text).expect("readable").0
}

fn faults(text: &str) -> Vec<(usize, String)> {
    let (_, faults) = parse(text).expect("readable");
    faults
        .into_iter()
        .map(|fault| (fault.offset, fault.message))
        .collect()
}

#[test]
fn strict_json_is_unchanged() {
    for text in [
        "{}",
        " [1, 2.50, -3e2]\n",
        r#"{"a": "\ud83d\ude00\n", "b": [null, true]}"#,
    ] {
        let strict: Value = serde_json::from_str(text).expect("strict");
        assert_eq!(parse(text), Ok((strict, Vec::new())));
    }
}

#[test]
fn strict_values_are_those_of_serde() {
    let mut read = 0;
    for text in [
        "null",
        "[true, false, [], {}]",
        "[0, -0, -1, 1.0, 1e400, 18446744073709551615, 18446744073709551616, 0.1]",
        r#"{"a": "é\u0000\/", "": {"b": [{"c": null}]}}"#,
        r#"{"$serde_json::private::RawValue": "1"}"#,
        "{\"a\": 1} ",
        "{\"a\": 1} x",
        "{\"a\": 1,}",
        "\u{feff}{}",
        "'a'",
    ] {
        let found = strict::value(text).map(|(value, _)| value);
        let expected: Option<Value> = match text.contains("RawValue") {
            true => Some(json!({"$serde_json::private::RawValue": "1"})),
            false => serde_json::from_str(text).ok(),
        };
        read += usize::from(found.is_some());
        assert_eq!(found, expected, "{text}");
    }
    assert!(read >= 4, "{read} texts are JSON");
}

#[test]
fn members_of_one_name_are_found_at_any_depth() {
    let table = [
        ("{\"a\": 1, \"b\": 2, \"A\": {\"a\": 3}}", vec![]),
        ("[{\"a\": 1}, {\"a\": 1}]", vec![]),
        ("{\"a\": 1, \"a\": 1}", vec![("a", 1, 9)]),
        (
            "{\"a\": 1, \"a\": 2, \"a\": 3}",
            vec![("a", 1, 9), ("a", 1, 17)],
        ),
        (
            "{\"x\": [{\"é\": 0, \"b\": 1,\n\"b\": 2}]}",
            vec![("b", 17, 25)],
        ),
        ("{\"a\": 1, \"\\u0061\": 2}", vec![("a", 1, 9)]),
        // No strict JSON.
        ("{a: {\"b\": 1, \"b\": 2,}, \"c\": 3}", vec![("b", 5, 13)]),
    ];
    for (text, expected) in table {
        let repeated = read(text).expect(text).repeated;
        let found: Vec<_> = repeated
            .iter()
            .map(|it| (it.name.as_str(), it.first, it.offset))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_people_write_is_forgiven() {
    let table = [
        (
            "{\"a\": 1,}",
            json!({"a": 1}),
            "a comma before the closing `}`",
        ),
        ("[1, 2,]", json!([1, 2]), "a comma before the closing `]`"),
        ("[1,, 2]", json!([1, 2]), "a comma parts nothing"),
        (
            "{\"a\": 1\n\"b\": 2}",
            json!({"a": 1, "b": 2}),
            "a comma is missing before this",
        ),
        ("{a: 1}", json!({"a": 1}), "a key without quotes"),
        (
            "{\"a\": String (timestamp)}",
            json!({"a": "String (timestamp)"}),
            "a value without quotes",
        ),
        (
            "{\"a\": \"x\ty\n z\"}",
            json!({"a": "x\ty\n z"}),
            "a string with characters that must be escaped",
        ),
        (
            "{\"a\": \"\\d\\n\n\"}",
            json!({"a": "\\d\n\n"}),
            "a string with characters that must be escaped",
        ),
        ("{\"a\": 1 // one\n}", json!({"a": 1}), "a comment"),
        ("{\"a\": /* one */ 1}", json!({"a": 1}), "a comment"),
        (
            "{\"a\": 1} and so on",
            json!({"a": 1}),
            "there is text behind the JSON value",
        ),
        (
            "{\"a\": \"x,\n\"b\": 2}",
            json!({"a": "x", "b": 2}),
            "a string without its closing quote",
        ),
        (
            "{\"a\": \"x\n}",
            json!({"a": "x"}),
            "a string without its closing quote",
        ),
        (
            "{\"a\": {\"b\": 1}",
            json!({"a": {"b": 1}}),
            "the closing `}` is missing",
        ),
        (
            "{\"a\": [1, ...]}",
            json!({"a": [1]}),
            "an ellipsis is no JSON",
        ),
        ("{\"a\": [1}", json!({"a": [1]}), "expected `]` here"),
    ];
    for (text, expected, fault) in table {
        assert_eq!(value(text), expected, "{text}");
        let faults = faults(text);
        assert!(
            faults.iter().any(|(_, message)| message == fault),
            "{text}: {faults:?}"
        );
    }
}

#[test]
fn faults_say_where_they_are() {
    assert_eq!(
        faults("{\"a\": 1,}"),
        [(7, "a comma before the closing `}`".to_owned())]
    );
    let at = faults("{\n  \"a\": 1\n  \"b\": 2\n}");
    assert_eq!(at, [(13, "a comma is missing before this".to_owned())]);
}

#[test]
fn what_makes_no_sense_is_an_error() {
    let table = [
        ("", 0),
        ("words", 0),
        ("{\"a\"}", 4),
        ("{\"a\": }", 6),
        ("{\"a\": \"x}", 6),
        ("{:", 2),
    ];
    for (text, offset) in table {
        assert_eq!(
            parse(text).map_err(|fault| fault.offset),
            Err(offset),
            "{text}"
        );
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let text = "[".repeat(100_000);
    assert!(parse(&text).is_err());
}

#[test]
fn members_come_in_the_order_of_the_text() {
    let text = "{\"b\": {\"x\": 1}, \"a\": [{\"y\": 2}], c: 1,}";
    let expected = [
        ("b", 1, json!({"x": 1})),
        ("a", 16, json!([{"y": 2}])),
        ("c", 33, json!(1)),
    ];
    let expected = expected.map(|(key, offset, value)| Member {
        key: key.to_owned(),
        offset,
        value,
    });
    assert_eq!(members_in_order(text), expected);
    for text in ["{\"a\": 1, \"b\" 2}", "[{\"a\": 1}]", "\"a\"", ""] {
        assert_eq!(members_in_order(text), [], "{text}");
    }
}

#[test]
fn members_of_strict_json_are_those_that_the_tolerant_reader_finds() {
    let texts = [
        "{}",
        " {\"a\" : {\"b\": 1},\n  \"\": [{\"c\": 2.5}], \"d\": null }\n",
        "{\"\\u0061\": 1, \"b\": 2}",
        "{\"a\": \"\\u0061\"}",
    ];
    for text in texts {
        assert_eq!(members_in_order(text), tolerant_members(text), "{text}");
    }
}

#[test]
fn objects_end_at_their_own_brace() {
    assert_eq!(object_length("{\"a\": \"}\", \"b\": {}} rest }"), Some(19));
    assert_eq!(object_length("{\"a\": {}"), None);
}
