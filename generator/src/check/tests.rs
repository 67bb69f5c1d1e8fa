//! Small folders of pages, and what the lints say of them.

use crate::diagnostic::Diagnostic;
use crate::resolve::Index;

const TASK: (&str, &str) = (
    "resources/security-task.md",
    r##"# task resource type

Namespace: microsoft.graph.security

Something to do.

## Methods
|Method|Return type|Description|
|:---|:---|:---|
|[List](../api/security-task-list.md)|[task](../resources/security-task.md) collection|All tasks.|

## Properties
|Property|Type|Description|
|:---|:---|:---|
|action|[microsoft.graph.security.taskAction](../resources/security-taskaction.md)|What to do.|
|dueDateTime|DateTimeOffset|When.|
|id|String|The identifier, a GUID.|
|isDone|Boolean|Whether it is done.|
|labels|String collection|Any labels.|
|state|microsoft.graph.security.taskState|The state. The possible values are: `open`, `done`, `unknownFutureValue`.|

### taskState values
|Member|Description|
|:---|:---|
|open|Not done.|
|done|Done.|
|unknownFutureValue|More to come.|

## JSON representation
<!-- { "blockType": "resource", "@odata.type": "microsoft.graph.security.task" } -->
```json
{
  "id": "String",
  "state": "String"
}
```
"##,
);

const ACTION: (&str, &str) = (
    "resources/security-taskaction.md",
    r##"# taskAction resource type

Namespace: microsoft.graph.security

This is an abstract type, the base type of:

- [isolateTaskAction](../resources/security-isolatetaskaction.md)

## Properties
|Property|Type|Description|
|:---|:---|:---|
|identifier|String|Of what.|

## JSON representation
<!-- { "blockType": "resource", "@odata.type": "microsoft.graph.security.taskAction", "abstract": true } -->
```json
{
  "identifier": "String"
}
```
"##,
);

const ISOLATE: (&str, &str) = (
    "resources/security-isolatetaskaction.md",
    r##"# isolateTaskAction resource type

Namespace: microsoft.graph.security

Cuts a device off.

Inherits from [taskAction](../resources/security-taskaction.md).

## Properties
|Property|Type|Description|
|:---|:---|:---|
|isFull|Boolean|Wholly.|

## JSON representation
<!-- { "blockType": "resource", "@odata.type": "microsoft.graph.security.isolateTaskAction" } -->
```json
{
  "isFull": true
}
```
"##,
);

/// The API page of the list of tasks, which answers with `body`.
fn list(body: &str) -> (&'static str, String) {
    let text = format!(
        r##"# List tasks

Namespace: microsoft.graph.security

All tasks.

## Permissions
|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Delegated (work or school account)|Task.Read.All|

## HTTP request
``` http
GET /security/tasks
```

## Response
If successful, this method returns a `200 OK` response code and a collection of [task](../resources/security-task.md) objects in the response body.

## Examples
### Request
<!-- {{ "blockType": "request", "name": "list_task" }} -->
``` http
GET https://graph.microsoft.com/beta/security/tasks
```

### Response
<!-- {{ "blockType": "response", "truncated": true, "@odata.type": "Collection(microsoft.graph.security.task)" }} -->
``` http
HTTP/1.1 200 OK
Content-Type: application/json

{body}
```
"##
    );
    ("api/security-task-list.md", text)
}

/// What the lints alone say of the pages.
fn diagnostics(pages: &[(&str, &str)]) -> (crate::Docs, Vec<Diagnostic>) {
    let owned = pages
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let docs = crate::from_files(owned).expect("no configuration");
    let analysis = crate::analyse(&docs);
    let found = super::check(&Index::new(&analysis.schema), &docs.sources);
    (docs, found)
}

/// The findings as lines: severity, code, place, what stands there, message, label, related
/// places, help.
fn lint(pages: &[(&str, &str)]) -> String {
    let (docs, found) = diagnostics(pages);
    let mut lines = String::new();
    for diagnostic in found {
        let path = &docs.sources.get(diagnostic.span.file).path;
        let place = docs.sources.line_column(diagnostic.span);
        lines += &format!(
            "{}[{}] {path}:{}:{} {:?}\n    {}\n",
            diagnostic.severity.as_str(),
            diagnostic.code.as_str(),
            place.line,
            place.column,
            docs.sources.text(diagnostic.span),
            diagnostic.message
        );
        for related in &diagnostic.related {
            let path = &docs.sources.get(related.span.file).path;
            let line = docs.sources.line_column(related.span).line;
            lines += &format!("    {path}:{line}: {}\n", related.label);
        }
        if let Some(help) = &diagnostic.help {
            lines += &format!("    help: {help}\n");
        }
    }
    lines
}

/// The findings in the example of a list of tasks.
fn lint_example(body: &str) -> String {
    let (path, text) = list(body);
    lint(&[TASK, ACTION, ISOLATE, (path, &text)])
}

#[test]
fn a_conforming_example_has_no_findings() {
    let body = r##"{
  "@odata.context": "https://graph.microsoft.com/beta/$metadata#security/tasks",
  "value": [
    {
      "id": "02851525-dc00-438b-83f5-3b2947bf4a48",
      "state": "open",
      "dueDateTime": "2024-05-31T08:00:00.1234567Z",
      "labels": ["a", "String", null],
      "isDone": null,
      "action": {
        "@odata.type": "#microsoft.graph.security.isolateTaskAction",
        "identifier": "x",
        "isFull": true
      },
      "extension_0123_note": 1
    },
    { "id": "{id}", "dueDateTime": "String (timestamp)", "action": { "isFull": false } }
  ]
}"##;
    assert_eq!(lint_example(body), "");
}

#[test]
fn values_are_held_against_their_types() {
    let body = r##"{
  "value": [
    {
      "id": "213213",
      "state": "Open",
      "dueDateTime": "2024-05-31T08:00:00",
      "labels": "a",
      "isDone": "true"
    },
    { "id": "213214", "state": "closed", "isDone": { "x": 1 } }
  ]
}"##;
    insta::assert_snapshot!(lint_example(body), @r##"
    warning[example-value-format] api/security-task-list.md:36:13 "\"213213\""
        `id` of `microsoft.graph.security.task` is documented as a GUID, but the example holds `"213213"`
        resources/security-task.md:17: documented here
        api/security-task-list.md:42: and here
        help: correct the example, or the documented type
    warning[enum-value-undocumented] api/security-task-list.md:37:16 "\"Open\""
        the example holds `Open`, which is no member of `microsoft.graph.security.taskState`
        resources/security-task.md:22: the members are listed here
        help: did you mean `open`?
    warning[example-value-format] api/security-task-list.md:38:22 "\"2024-05-31T08:00:00\""
        `dueDateTime` of `microsoft.graph.security.task` is documented as DateTimeOffset, but the example holds `"2024-05-31T08:00:00"`
        resources/security-task.md:16: documented here
        help: correct the example, or the documented type
    warning[example-value-format] api/security-task-list.md:39:17 "\"a\""
        `labels` of `microsoft.graph.security.task` is documented as a collection of String, but the example holds `"a"`
        resources/security-task.md:19: documented here
        help: correct the example, or the documented type
    warning[example-value-format] api/security-task-list.md:40:17 "\"true\""
        `isDone` of `microsoft.graph.security.task` is documented as Boolean, but the example holds `"true"`
        resources/security-task.md:18: documented here
        api/security-task-list.md:42: and here
        help: correct the example, or the documented type
    warning[enum-value-undocumented] api/security-task-list.md:42:32 "\"closed\""
        the example holds `closed`, which is no member of `microsoft.graph.security.taskState`
        resources/security-task.md:22: the members are listed here
        help: add the member to the list, or correct the example
    "##);
}

#[test]
fn what_is_unknown_is_told_once_and_not_entered() {
    let body = r##"{
  "value": [
    {
      "owner": { "state": 1, "unknown": { "deeper": true } },
      "id": null,
      "isDone": true
    },
    { "id": null, "owner": {} }
  ]
}"##;
    insta::assert_snapshot!(lint_example(body), @r##"
    warning[example-property-undocumented] api/security-task-list.md:36:7 "\"owner\""
        the example holds `owner`, which `microsoft.graph.security.task` does not document
        resources/security-task.md:30: the type is described here
        api/security-task-list.md:40: and here
        help: document the property, or take it out of the example
    "##);
}

#[test]
fn types_in_the_data_are_looked_up() {
    let body = r##"{
  "value": [
    { "action": { "@odata.type": "#microsoft.graph.security.isolateAction", "full": true } },
    { "action": { "@odata.type": "#microsoft.graph.security.task", "unknown": true } },
    { "action": { "@odata.type": "#microsoft.graph.isolateTaskAction" } }
  ]
}"##;
    insta::assert_snapshot!(lint_example(body), @r##"
    warning[example-type-undocumented] api/security-task-list.md:35:34 "\"#microsoft.graph.security.isolateAction\""
        the example holds a `microsoft.graph.security.isolateAction`, which no page describes
        resources/security-taskaction.md:15: the documented type is `taskAction`
        help: did you mean `isolateTaskAction`?
    warning[example-type-undocumented] api/security-task-list.md:36:34 "\"#microsoft.graph.security.task\""
        the example holds `microsoft.graph.security.task` where `microsoft.graph.security.taskAction` is documented, which it is not derived from
        resources/security-task.md:30: described here
        help: correct the `@odata.type`, or say on the type's page what it inherits from
    warning[example-property-undocumented] api/security-task-list.md:36:68 "\"unknown\""
        the example holds `unknown`, which `microsoft.graph.security.task` does not document
        resources/security-task.md:30: the type is described here
        help: document the property, or take it out of the example
    warning[example-type-undocumented] api/security-task-list.md:37:34 "\"#microsoft.graph.isolateTaskAction\""
        the example holds a `microsoft.graph.isolateTaskAction`, which no page describes
        resources/security-taskaction.md:15: the documented type is `taskAction`
        help: correct the name or its namespace: there is `microsoft.graph.security.isolateTaskAction`
    "##);
}

#[test]
fn an_example_of_another_type_is_told_once() {
    let body = r##"{ "value": [ { "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "id": null } ] }"##;
    insta::assert_snapshot!(lint_example(body), @r##"
    warning[example-property-undocumented] api/security-task-list.md:33:16 "\"a\""
        the example is documented as `microsoft.graph.security.task`, which documents none of `a`, `b`, `c`, `d`, and `e`
        resources/security-task.md:30: the type is described here
        help: correct the type that the page gives for the example, or the example
    "##);
}

/// A resource page of one type, with these rows in its table.
fn resource(name: &str, intro: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\n{intro}\n\n## Properties\n\
         |Property|Type|Description|\n|:---|:---|:---|\n{rows}\n\n## JSON representation\n\
         <!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.{name}\" }} -->\n\
         ```json\n{{\n  \"id\": \"String\"\n}}\n```\n"
    )
}

#[test]
fn resource_pages_are_held_against_each_other() {
    let base = "Inherits from [thing](thing.md).";
    let car = resource(
        "car",
        base,
        "|id|String|Key.|\n|id|String|Key again.|\n|wheel|[wheel](wheel.md)|One.|\n\
         |wheels|wheel collection|All.|\n|door|micosoft.graph.dor|One.|\n|lock|bikes|One.|",
    );
    let bike = resource("bike", "This is an abstract type.", "|id|String|The key.|");
    let pages = [
        ("resources/car.md", car.as_str()),
        ("resources/bike.md", bike.as_str()),
    ];
    insta::assert_snapshot!(lint(&pages), @r##"
    note[abstract-conflict] resources/bike.md:13:1 "<!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.bike\" } -->"
        `microsoft.graph.bike` is abstract, but no page describes a type derived from it
        help: say on the pages of its subtypes that they inherit from it
    warning[unknown-base-type] resources/car.md:5:16 "thing"
        `microsoft.graph.car` inherits from `thing`, which no page describes
        help: what `car` inherits is lost; add the page of the base
    warning[duplicate-property] resources/car.md:11:2 "id"
        `microsoft.graph.car` documents `id` more than once
        resources/car.md:10: documented first here
        help: keep the row that is right
    warning[unresolved-type] resources/car.md:12:8 "[wheel](wheel.md)"
        `wheel` is named as a type, but no page describes it
        resources/car.md:13: also named here
        help: add a page for the type, or correct its name
    warning[unresolved-type] resources/car.md:14:7 "micosoft.graph.dor"
        `micosoft.graph.dor` is named as a type, but no page describes it
        help: add a page for the type, or correct its name
    warning[unresolved-type] resources/car.md:15:7 "bikes"
        `bikes` is named as a type, but no page describes it
        help: did you mean `bike`?
    "##);
}

#[test]
fn properties_that_only_the_json_has_are_noted() {
    let page = resource("car", "A car.", "|name|String|The name.|");
    let found = lint(&[("resources/car.md", &page)]);
    let place = "note[json-property-not-in-table] resources/car.md:16:3 ";
    let message =
        "the JSON representation of `microsoft.graph.car` has `id`, which its tables lack";
    assert!(
        found.starts_with(place) && found.contains(message),
        "{found}"
    );
}

#[test]
fn lists_of_values_are_held_against_the_members() {
    let more = TASK
        .1
        .replace("`open`, `done`,", "`open`, `Done`, `waiting`,");
    let fewer = TASK.1.replace("`open`, `done`,", "`open`,");
    assert!(more != TASK.1 && fewer != TASK.1);
    insta::assert_snapshot!(lint(&[(TASK.0, &more), ACTION, ISOLATE]), @r##"
    warning[enum-lists-differ] resources/security-task.md:20:2 "state"
        `state` lists `Done` and `waiting`, which the members of `microsoft.graph.security.taskState` lack
        resources/security-task.md:22: `taskState` has its members here
        help: add what is missing to the table of members, or take it out of the list
    "##);
    insta::assert_snapshot!(lint(&[(TASK.0, &fewer), ACTION, ISOLATE]), @r##"
    note[enum-lists-differ] resources/security-task.md:20:2 "state"
        `state` does not list `done`, which `microsoft.graph.security.taskState` has among its members
        resources/security-task.md:22: `taskState` has its members here
        help: add what is missing to the list, or leave the list to the table of members
    "##);
}

#[test]
fn api_pages_are_held_against_their_resource() {
    let (path, text) = list("{}");
    let text = text
        .replace("Task.Read.All", "TaskReadAll, Task.ReadWrite.All")
        .replace(
            "## Response\n",
            "## Optional query parameters\n|Name|Description|\n|:---|:---|\n\
             |$filter|Supported properties: **state** (`eq`), **endDateTime** (`eq`).|\n\n\
             ## Response\n",
        );
    let delete = "# Delete task\n\nNamespace: microsoft.graph.security\n\nDelete a \
                  [task](../resources/security-task.md).\n\n## HTTP request\n```http\n\
                  DELETE /security/tasks/{id}\n```\n\n## Response\nIf successful, this method \
                  returns a `204 No Content` response code.\n";
    let task = TASK.1.replace(
        "\n## Properties",
        "|[Get](../api/security-task-get.md)|task|One.|\n\n## Properties",
    );
    let pages = [
        (TASK.0, task.as_str()),
        ACTION,
        (path, &text),
        ("api/security-task-delete.md", delete),
    ];
    insta::assert_snapshot!(lint(&pages), @r##"
    note[unlisted-method] api/security-task-delete.md:9:1 "DELETE /security/tasks/{id}"
        no Methods table lists "Delete task"; it seems to be a method of `microsoft.graph.security.task`
        resources/security-task.md:31: `task` is described here
        help: add a row with a link to this page
    warning[permission-name] api/security-task-list.md:10:37 "TaskReadAll"
        `TaskReadAll` is no permission's name
        help: did you mean `Task.Read.All`?
    warning[query-property-unknown] api/security-task-list.md:20:52 "endDateTime"
        `$filter` is documented for `endDateTime`, which `microsoft.graph.security.task` does not have
        resources/security-task.md:31: the type is described here
        help: correct the name, or document the property on the type's page
    note[missing-page] resources/security-task.md:11:2 "[Get](../api/security-task-get.md)"
        `microsoft.graph.security.task` lists the method Get, but there is no page `api/security-task-get.md`
        help: add the page, or correct the link
    warning[subtype-undocumented] resources/security-taskaction.md:7:4 "isolateTaskAction"
        `isolateTaskAction` is listed as a kind of `microsoft.graph.security.taskAction`, but no page describes it
        help: add its page, or correct the link
    "##);
}
