//! Resource pages: the forms in which they name base types, subtypes and properties.

use crate::extract::testing::page_facts;
use crate::schema::StructuredType;

/// The type of a page with some words below its title, and some text below its table.
fn widget(words: &str, below: &str) -> StructuredType {
    let text = format!(
        "# widget resource type\n\n{words}\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n|displayName|String|A name.|\n|size|Int32|A size.|\n\n{below}"
    );
    let (facts, _) = page_facts("resources/widget.md", &text);
    let [widget] = facts.types.as_slice() else {
        panic!("{:?}", facts.types)
    };
    widget.clone()
}

#[test]
fn prose_names_the_base_type() {
    let cases = [
        ("Inherits from [part](part.md).", Some("part")),
        ("A subclass of [part](part.md). It is round.", Some("part")),
        (
            "It is the derivative of the [part](part.md) resource.",
            Some("part"),
        ),
        ("It derives from [part](part.md).", Some("part")),
        ("This type will inherit from [part](part.md).", Some("part")),
        ("Derived from [part].", Some("part")),
        ("All the widgets inherit from [part](part.md).", None),
        ("Things of a platform are inherited from here.", None),
    ];
    for (words, base) in cases {
        let found = widget(words, "").base_type.map(|base| base.name);
        assert_eq!(found.as_deref(), base, "{words}");
    }
}

#[test]
fn the_section_of_the_properties_may_name_the_base_type() {
    let below = "The following properties are inherited from **[part][]**.\n\n|Property|Type|Description|\n|:--|:--|:--|\n|id|String|The key.|\n\n[part]: part.md\n";
    let base = widget("A widget.", below).base_type.expect("a base");
    assert_eq!(base.link.as_deref(), Some("resources/part.md"));
}

#[test]
fn a_list_of_subtypes_is_announced_as_one() {
    let list = "- [Big](bigwidget.md)\n- [smallWidget](smallwidget.md) is small";
    let both = ["bigwidget", "smallWidget"];
    let cases: [(&str, &[&str]); 5] = [
        ("It is the base type of:", &both),
        ("The following types are derived from **widget**:", &both),
        (
            "An abstract thing.\n\nIt can be one of the following:",
            &both,
        ),
        ("The base type of all.\n\nThese calls return it:", &[]),
        ("It has uses:", &[]),
    ];
    for (words, expected) in cases {
        let found = widget(&format!("{words}\n\n{list}"), "").listed_subtypes;
        let found: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(found, expected, "{words}");
    }
}

#[test]
fn a_note_may_say_that_a_type_without_properties_is_abstract() {
    let text = "# widget resource type\n\nA widget.\n\n> [!NOTE]\n> This complex type is abstract.\n\n## Kinds\n\nMany.\n";
    let (facts, _) = page_facts("resources/widget.md", text);
    let found: Vec<_> = facts.types.iter().map(|found| found.is_abstract).collect();
    assert_eq!(found, [true]);
}

#[test]
fn the_json_block_adds_what_no_row_has() {
    let cases = [
        (
            r#"{"displayName": "String", "made": "String"}"#,
            "displayName size made",
        ),
        (r#"{"displayname": "String"}"#, "displayName size"),
        (
            r#"{"dispalyName": "String"}"#,
            "displayName size dispalyName",
        ),
        (r#"{"displyName": "String"}"#, "displayName size"),
        (
            r#"{"displayName": "String", "displayNames": ["String"]}"#,
            "displayName size displayNames",
        ),
        (
            r#"{"value": [{"displayName": "String"}]}"#,
            "displayName size",
        ),
        (
            r#"{"jd8S5gOaFk2S8aWCIAJz42QAAxtD": {"a": 1}}"#,
            "displayName size",
        ),
    ];
    for (json, expected) in cases {
        let below = format!(
            "## JSON representation\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.widget\" }} -->\n```json\n{json}\n```\n"
        );
        let found = widget("A widget.", &below).properties;
        let found: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(found.join(" "), expected, "{json}");
    }
}

#[test]
fn what_the_text_in_a_property_holds_is_no_property() {
    let below = "### Properties of a widget policy definition\n\n|Property|Type|Description|\n|:--|:--|:--|\n|Version|Integer|Always 1.|\n";
    assert_eq!(widget("A widget.", below).properties.len(), 2);
}
