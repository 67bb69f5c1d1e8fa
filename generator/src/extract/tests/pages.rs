//! Small pages, one for each form.

use crate::diagnostic::Code;
use crate::extract::testing::{facts_of, page_facts};
use crate::schema::{Operation, Origin, RequestBody, RestrictionKind};

fn codes(found: &[crate::diagnostic::Diagnostic]) -> Vec<Code> {
    found.iter().map(|diagnostic| diagnostic.code).collect()
}

fn operation(text: &str) -> Operation {
    let (facts, _) = page_facts("api/x-do.md", text);
    let [operation] = facts.operations.as_slice() else {
        panic!("{:?}", facts.operations)
    };
    operation.clone()
}

const RESOURCE: &str = "\
# widget resource type

Namespace: microsoft.graph.things

A widget. See [gadget](gadget.md).

- One
- Two

This is an abstract type. Inherits from [thing](../resources/thing.md).

## Properties

|Property|Type|Description|
|:--|:--|:--|
|**Group**|
|name (deprecated)|String|The name. Use the id.|
|size|[widgetSize](#widgetsize-values)|The size. Possible values are: `small`, `big`. The default value is `big`.|
|parts|Collection([part](part.md))|Parts. Not nullable. Inherited from [thing](thing.md).|
|@odata.type|String|A tag.|
|odd name here|String|Not a name.|

### widgetSize values

|Member|Value|Description|
|:--|:--|:--|
|small|1|Small.|
|big|2|Big. These are flags.|

## Relationships
None

## JSON representation

<!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.things.widget\", \"baseType\": \"microsoft.graph.entity\", \"openType\": \"true\" } -->
```json
{
  \"name\": \"String\",
  \"made\": \"String (timestamp)\"
}
```
";

#[test]
fn a_resource_page_becomes_a_type_and_its_enumerations() {
    let (facts, found) = page_facts("resources/widget.md", RESOURCE);
    let [widget] = facts.types.as_slice() else {
        panic!("{:?}", facts.types)
    };
    assert_eq!(widget.name, "microsoft.graph.things.widget");
    assert_eq!(
        widget.doc,
        "A widget. See gadget.\n\n- One\n- Two\n\nThis is an abstract type."
    );
    assert_eq!(
        widget.base_type.as_ref().map(|base| base.name.as_str()),
        Some("thing")
    );
    assert!(widget.is_abstract && widget.open_type);
    let names: Vec<_> = widget
        .properties
        .iter()
        .map(|property| (property.name.as_str(), property.origin))
        .collect();
    assert_eq!(
        names,
        [
            ("name", Origin::Table),
            ("size", Origin::Table),
            ("parts", Origin::Table),
            ("made", Origin::Json)
        ]
    );
    assert_eq!(widget.properties[0].deprecated.as_deref(), Some(""));
    assert_eq!(widget.properties[1].default.as_deref(), Some("big"));
    assert_eq!(widget.properties[2].nullable, Some(false));
    assert_eq!(widget.properties[2].doc, "Parts. Not nullable.");
    assert_eq!(widget.properties[3].type_ref.name, "Edm.DateTimeOffset");
    let [size] = facts.enums.as_slice() else {
        panic!("{:?}", facts.enums)
    };
    assert_eq!(
        (size.name.as_str(), size.members.len()),
        ("microsoft.graph.things.widgetSize", 2)
    );
    assert_eq!(size.members[1].value, Some(2));
    assert_eq!(codes(&found), [Code::RowUnreadable]);
}

#[test]
fn an_enum_page_becomes_an_enumeration() {
    let text = "# color enum type\n\nNamespace: microsoft.graph\n\nColors. This is a flagged enum.\n\n## Members\n|Member|Value|Description|\n|:--|:--|:--|\n|red|0|Red.|\n|green|1|Green.|\n";
    let (facts, found) = page_facts("resources/color.md", text);
    let [color] = facts.enums.as_slice() else {
        panic!("{:?}", facts.enums)
    };
    assert_eq!(color.name, "microsoft.graph.color");
    assert!(color.is_flags);
    assert_eq!(color.doc, "Colors. This is a flagged enum.");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_page_without_metadata_is_known_by_its_title() {
    let text = "# widget complex type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|\n|:--|:--|\n|a|Int32|\n";
    let (facts, _) = page_facts("resources/widget.md", text);
    assert_eq!(facts.types[0].name, "microsoft.graph.widget");
    assert_eq!(facts.types[0].properties[0].type_ref.name, "Edm.Int32");
}

#[test]
fn other_pages_are_told_to_say_nothing() {
    let (facts, found) = page_facts("resources/overview.md", "# Overview\n\nProse.\n");
    assert!(facts.types.is_empty());
    assert_eq!(codes(&found), [Code::PageWithoutFacts]);
    let (_, found) = page_facts("api/x.md", "# Get x\n\nSend `GET` to x.\n");
    assert_eq!(codes(&found), [Code::NoHttpRequest]);
}

const ACTION: &str = "\
# widget: polish

Polish a [widget](../resources/widget.md).

## Permissions

[!INCLUDE [permissions](../includes/permissions/polish.md)]

## HTTP request

```http
POST /widgets/{id}/polish?fast=true
POST https://graph.microsoft.com/beta/me/widgets/{widget-id}/polish
```

## Request body

In the request body, supply a JSON representation of the parameters.

|Parameter|Type|Description|
|:--|:--|:--|
|speed|Int32|How fast. Required.|

## Response

If successful, this method returns a `200 OK` response code and a collection of [widget](../resources/widget.md) objects. For more, see [errors](../resources/errors.md). If it is gone, `404 Not Found`.

## Error responses

### Unsupported

The API supports only these kinds of action:
- wax
- oil

```http
HTTP/1.1 400 Bad Request
Content-type: application/json
```

```json
{ \"error\": { \"code\": \"Unsupported\", \"message\": \"No {x}.\" } }
```

### Others

|Status|Error code|Condition|
|:--|:--|:--|
|409 Conflict|Busy|It is busy.|

## Examples

### Example 1: Fast

#### Request
<!-- { \"blockType\": \"request\", \"name\": \"polish_fast\" } -->
```http
POST https://graph.microsoft.com/beta/widgets/1/polish

Content-type: application/json
{
  \"speed\": 5,
}
```

#### Response
<!-- { \"blockType\": \"response\", \"truncated\": \"true\", \"@odata.type\": \"Collection(microsoft.graph.widget)\" } -->
```http
HTTP/1.1 200 OK
Content-type: application/json

{ \"value\": [] }
```

### Example 2

```http
POST https://graph.microsoft.com/beta/widgets/2/polish
```
";

#[test]
fn an_action_page_becomes_an_operation() {
    let include = "|Permission type|Permissions (from most to least privileged)|\n|:--|:--|\n|Delegated (work or school account)|A.Write, A.Read|\n|Application|Not supported.|\n";
    let files = [
        ("api/widget-polish.md", ACTION),
        ("includes/permissions/polish.md", include),
    ];
    let mut pages = facts_of(&files);
    let (facts, found) = pages.swap_remove(0);
    let [polish] = facts.operations.as_slice() else {
        panic!("{:?}", facts.operations)
    };
    let paths: Vec<_> = polish
        .path_templates
        .iter()
        .map(|path| path.text.as_str())
        .collect();
    assert_eq!(
        paths,
        ["/widgets/{id}/polish", "/me/widgets/{widget-id}/polish"]
    );
    assert_eq!(
        polish.resource.as_ref().map(|found| found.name.as_str()),
        Some("widget")
    );
    assert_eq!(
        (
            polish.permissions[0].least[0].as_str(),
            polish.permissions[0].higher[0].as_str()
        ),
        ("A.Read", "A.Write")
    );
    let RequestBody::Properties { properties, .. } = &polish.request_body else {
        panic!("{:?}", polish.request_body)
    };
    assert!(properties[0].required);
    assert!(
        polish.responses[0]
            .type_ref
            .as_ref()
            .is_some_and(|found| found.is_collection && found.name == "widget")
    );
    assert_eq!(polish.restrictions[0].kind, RestrictionKind::Supported);
    assert_eq!(polish.restrictions[0].values, ["wax", "oil"]);
    assert_eq!(codes(&found), [Code::ExampleJson, Code::ExampleUnpaired]);
}

#[test]
fn errors_are_read_from_fences_tables_and_prose() {
    let polish = operation(ACTION);
    let errors: Vec<_> = polish
        .errors
        .iter()
        .map(|error| (error.status, error.code.as_deref(), error.title.as_str()))
        .collect();
    let expected = [
        (Some(400), Some("Unsupported"), "Unsupported"),
        (Some(409), Some("Busy"), "It is busy."),
        (Some(404), None, "404 Not Found"),
    ];
    assert_eq!(errors, expected);
    let response = polish.errors[0].response.as_ref().expect("a message");
    assert_eq!(
        (response.start_line.as_str(), response.headers.len()),
        ("HTTP/1.1 400 Bad Request", 1)
    );
    assert_eq!(polish.errors[0].message.as_deref(), Some("No {x}."));
}

#[test]
fn examples_are_paired_in_order() {
    let polish = operation(ACTION);
    let [first, second] = polish.examples.as_slice() else {
        panic!("{:?}", polish.examples)
    };
    assert_eq!(
        (first.name.as_str(), first.title.as_str()),
        ("polish_fast", "Example 1: Fast")
    );
    let request = first.request.as_ref().expect("a request");
    assert_eq!(
        request.headers,
        [("Content-type".to_owned(), "application/json".to_owned())]
    );
    assert_eq!(request.json, Some(serde_json::json!({ "speed": 5 })));
    assert!(
        first.truncated
            && first
                .response_type
                .as_ref()
                .is_some_and(|found| found.is_collection)
    );
    assert!(second.response.is_none());
}

#[test]
fn query_options_are_read_from_prose() {
    let text = "# List xs\n\n## HTTP request\n```http\nGET /xs\n```\n\n## Optional query parameters\nThis method supports `$count`, `$filter` and `$top`. It does not support `$search`.\n\nThe following properties support `$filter` : **a**, **b** (`eq`, `ne`).\n";
    let list = operation(text);
    let options: Vec<_> = list
        .query_options
        .iter()
        .map(|option| (option.name.as_str(), option.properties.len()))
        .collect();
    assert_eq!(options, [("$count", 0), ("$filter", 2), ("$top", 0)]);
    assert_eq!(list.query_options[1].properties[1].operators, ["eq", "ne"]);
}

#[test]
fn a_page_with_several_methods_has_an_operation_for_each() {
    let text = "# Do x\n\n## HTTP request\n```http\nGET /xs/{id}\nDELETE/xs/{id}\nor\nget /me/xs/{id}\n```\n";
    let (facts, _) = page_facts("api/x.md", text);
    let methods: Vec<_> = facts
        .operations
        .iter()
        .map(|found| (found.method.as_str(), found.path_templates.len()))
        .collect();
    assert_eq!(methods, [("GET", 2), ("DELETE", 1)]);
}
