//! Errors: what was wrong, and the path to it, once.

use graph_runtime::model::Collection;
use serde_json::json;

use crate::fixture::{Action, AnyDevice, NewTask, Primitives, Task, error};

/// Text of a collection of tasks, and its error.
const TASKS: [(&str, &str); 10] = [
    (
        r#"{"value":[{},{"createdDateTime":"yesterday"}]}"#,
        "value[1].createdDateTime: invalid value: string \"yesterday\", expected a date and time with an offset, such as 2023-06-26T19:07:39.7433333Z",
    ),
    (
        r#"{"value":[{"parent":{"parent":{"customTags":["a",5]}}}]}"#,
        "value[0].parent.parent.customTags[1]: invalid type: integer `5`, expected a string",
    ),
    (
        r##"{"value":[{"action":{"@odata.type":"#example.isolateDevice","isolationType":5}}]}"##,
        "value[0].action.isolationType: invalid type: integer `5`, expected a string",
    ),
    (
        r##"{"value":[{"action":{"isolationType":5,"@odata.type":"#example.isolateDevice"}}]}"##,
        "value[0].action.isolationType: invalid type: integer `5`, expected a string",
    ),
    (
        r#"{"value":[{"parent":"0"}]}"#,
        "value[0].parent: invalid type: string \"0\", expected an object",
    ),
    (
        r#"{"value":[{"action":[]}]}"#,
        "value[0].action: invalid type: sequence, expected an object",
    ),
    (
        r#"{"value":{}}"#,
        "value: invalid type: map, expected an array",
    ),
    (
        r#"{"value":[null]}"#,
        "value[0]: invalid type: null, expected an object",
    ),
    (r#"{"value":[{"x":[1,}]}"#, "value[0].x: expected value"),
    ("[]", "invalid type: sequence, expected an object"),
];

#[test]
fn errors_name_the_path_and_the_position_once() {
    for (json, wanted) in TASKS {
        let error = serde_json::from_str::<Collection<Task>>(json).unwrap_err();
        let wanted = format!("{wanted} at line 1 column {}", error.column());
        assert_eq!(error.to_string(), wanted, "{json}");
    }
}

#[test]
fn errors_of_json_values_name_the_path_without_a_position() {
    let value = json!({"first": {"parent": {"id": true}}});
    assert_eq!(
        serde_json::from_value::<NewTask>(value)
            .unwrap_err()
            .to_string(),
        "first.parent.id: invalid type: boolean `true`, expected a string"
    );
}

#[test]
fn errors_span_lines() {
    let error =
        serde_json::from_str::<Task>("{\n  \"id\": \"1\",\n  \"status\": 1\n}").unwrap_err();
    assert_eq!((error.line(), error.column()), (3, 13));
    assert!(error.to_string().starts_with("status: "), "{error}");
}

#[test]
fn required_members_do_not_take_null() {
    assert!(
        error::<NewTask>(r#"{"displayName":null}"#).starts_with("displayName: invalid type: null")
    );
    assert!(error::<NewTask>(r#"{"parent":null}"#).starts_with("parent: invalid type: null"));
}

#[test]
fn a_tag_has_to_be_text() {
    assert!(
        error::<Action>(r#"{"@odata.type":5}"#)
            .starts_with("@odata.type: invalid type: integer `5`, expected a string")
    );
    assert!(
        error::<AnyDevice>(r#"{"id":"1","@odata.type":{}}"#)
            .starts_with("@odata.type: invalid type: map")
    );
}

#[test]
fn input_may_end_anywhere() {
    let json = r##"{"@odata.context":"c","value":[{"id":"1","action":{"identifier":"é","@odata.type":"#example.disableUser"},"customTags":["a"]}]}"##;
    serde_json::from_str::<Collection<Task>>(json).unwrap();
    for end in (0..json.len()).filter(|end| json.is_char_boundary(*end)) {
        let error = serde_json::from_str::<Collection<Task>>(&json[..end]).unwrap_err();
        assert!(error.to_string().contains("EOF while parsing"), "{error}");
    }
}

/// A member of [`Primitives`], and what its error says.
const MALFORMED: [(&str, &str); 24] = [
    (
        r#"{"boolean":"true"}"#,
        "boolean: invalid type: string \"true\", expected a boolean",
    ),
    (
        r#"{"byte":256}"#,
        "byte: invalid value: integer `256`, expected an integer from 0 to 255",
    ),
    (
        r#"{"byte":-1}"#,
        "byte: invalid value: integer `-1`, expected an integer from 0 to 255",
    ),
    (
        r#"{"sbyte":128}"#,
        "sbyte: invalid value: integer `128`, expected an integer from -128 to 127",
    ),
    (
        r#"{"int16":32768}"#,
        "int16: invalid value: integer `32768`, expected an integer of 16 bits",
    ),
    (
        r#"{"int32":2147483648}"#,
        "int32: invalid value: integer `2147483648`, expected an integer of 32 bits",
    ),
    (
        r#"{"int32":2147483648.0}"#,
        "int32: invalid value: floating point `2147483648.0`",
    ),
    (
        r#"{"int32":1.5}"#,
        "int32: invalid type: floating point `1.5`, expected an integer of 32 bits",
    ),
    (r#"{"int32":"1"}"#, "int32: invalid type: string \"1\""),
    (
        r#"{"int64":9223372036854775808}"#,
        "int64: invalid type: floating point",
    ),
    (r#"{"int64":1e300}"#, "int64: invalid type: floating point"),
    (
        r#"{"double":"infinity"}"#,
        "double: invalid type: string \"infinity\", expected a number",
    ),
    (
        r#"{"single":true}"#,
        "single: invalid type: boolean `true`, expected a number",
    ),
    (
        r#"{"decimal":"1,5"}"#,
        "decimal: invalid value: \"1,5\", expected a decimal number",
    ),
    (
        r#"{"decimal":[1]}"#,
        "decimal: invalid value: [1], expected a decimal number",
    ),
    (
        r#"{"guid":"1234"}"#,
        "guid: invalid value: string \"1234\", expected a GUID",
    ),
    (
        r#"{"date":"2023-02-29"}"#,
        "date: invalid value: string \"2023-02-29\", expected a date",
    ),
    (
        r#"{"date":20230228}"#,
        "date: invalid type: integer `20230228`, expected a date",
    ),
    (
        r#"{"timeOfDay":"24:00:00"}"#,
        "timeOfDay: invalid value: string \"24:00:00\", expected a time of day",
    ),
    (
        r#"{"dateTimeOffset":"2023-01-01T00:00:00"}"#,
        "dateTimeOffset: invalid value: string",
    ),
    (
        r#"{"duration":"1 day"}"#,
        "duration: invalid value: string \"1 day\", expected an ISO 8601 duration",
    ),
    (
        r#"{"binary":"a?b"}"#,
        "binary: invalid value: string \"a?b\", expected base64 text",
    ),
    (
        r#"{"flags":["open"]}"#,
        "flags: invalid type: sequence, expected a string",
    ),
    (
        r#"{"flags":1}"#,
        "flags: invalid type: integer `1`, expected a string",
    ),
];

#[test]
fn malformed_primitives_are_errors() {
    for (json, wanted) in MALFORMED {
        let error = error::<Primitives>(json);
        assert!(error.starts_with(wanted), "{error}\n{wanted}");
    }
}
