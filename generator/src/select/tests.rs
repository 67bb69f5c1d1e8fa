//! A small web of types, and what is left of it when somebody asks for a part.

use super::*;
use crate::{Docs, Target};

/// A type as a test writes it: name, base, properties, navigation properties.
type Row = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str)],
);

/// `task` → `incident` → `alert` → `user` are navigation properties, one after the other.
#[rustfmt::skip]
const TYPES: &[Row] = &[
    ("entity", "", &[("id", "String")], &[]),
    ("task", "entity", &[("action", "action"), ("owner", "owner")], &[("incident", "incident")]),
    ("action", "", &[("note", "String")], &[]),
    ("wideAction", "action", &[("scope", "scope")], &[]),
    ("scope", "", &[("name", "String")], &[]),
    ("owner", "", &[("name", "String")], &[]),
    ("incident", "entity", &[("name", "String")], &[("alerts", "alert")]),
    ("alert", "entity", &[("state", "alertState")], &[("assignee", "user")]),
    ("person", "entity", &[("born", "DateTimeOffset")], &[]),
    ("user", "person", &[("mail", "String")], &[("tasks", "task")]),
    ("guest", "person", &[("host", "String")], &[]),
];

/// A call as a test writes it: file, title, request line, what the answer links to.
const CALLS: &[(&str, &str, &[&str], &str)] = &[
    (
        "task-list",
        "List tasks",
        &["GET /tasks", "GET /users/{id}/tasks"],
        "task",
    ),
    ("task-get", "Get task", &["GET /tasks/{taskId}"], "task"),
    ("alert-get", "Get alert", &["GET /alerts/{id}"], "alert"),
];

fn type_page((name, base, properties, navigations): &Row) -> (String, String) {
    let rows = |rows: &[(&str, &str)]| -> String {
        let row = |(name, ty): &(&str, &str)| match TYPES.iter().any(|(known, ..)| known == ty) {
            true => format!("|{name}|[{ty}](../resources/{ty}.md)|What.|\n"),
            false if *ty == "alertState" => {
                format!("|{name}|alertState|What. The possible values are: `new`, `resolved`.|\n")
            }
            false => format!("|{name}|{ty}|What.|\n"),
        };
        rows.iter().map(row).collect()
    };
    let inherits = match *base {
        "" => String::new(),
        base => format!("Inherits from [{base}](../resources/{base}.md).\n\n"),
    };
    let text = format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\n{inherits}\
         ## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{}\n\
         ## Relationships\n|Relationship|Type|Description|\n|:---|:---|:---|\n{}\n",
        rows(properties),
        rows(navigations),
    );
    (format!("resources/{name}.md"), text)
}

fn call_page((file, title, lines, answer): &(&str, &str, &[&str], &str)) -> (String, String) {
    let text = format!(
        "# {title}\n\nNamespace: microsoft.graph\n\nGets it.\n\n## HTTP request\n```http\n{}\n```\n\n\
         ## Request body\nDon't supply a request body.\n\n## Response\n\
         If successful, this method returns a `200 OK` response code and \
         a [{answer}](../resources/{answer}.md) object in the response body.\n",
        lines.join("\n"),
    );
    (format!("api/{file}.md"), text)
}

fn docs() -> Docs {
    let types = TYPES.iter().map(type_page);
    let calls = CALLS.iter().map(call_page);
    crate::from_files(types.chain(calls)).expect("no configuration")
}

fn selection(wanted: &[&str], navigation: usize) -> Selection {
    Selection {
        wanted: wanted.iter().map(|word| Wanted::from(*word)).collect(),
        navigation,
    }
}

fn selected(wanted: &[&str], navigation: usize) -> Result<Schema, SelectError> {
    let schema = crate::analyse(&docs()).schema;
    select(&schema, &selection(wanted, navigation))
}

fn part(wanted: &[&str], navigation: usize) -> Schema {
    selected(wanted, navigation).unwrap_or_else(|error| panic!("{error}"))
}

/// The local names of all types, in order.
fn types(schema: &Schema) -> String {
    let structured = schema.entity_types.iter().chain(&schema.complex_types);
    let names = structured.map(|t| &t.name);
    let names = names.chain(schema.enum_types.iter().map(|e| &e.name));
    let mut names: Vec<&str> = names.map(|name| local_name(name)).collect();
    names.sort_unstable();
    names.join(" ")
}

fn paths(schema: &Schema) -> Vec<&str> {
    templates(schema).collect()
}

#[test]
fn a_type_brings_what_its_values_hold() {
    let rows = [
        (&["owner"][..], 1, "owner"),
        (
            &["microsoft.graph.task"],
            0,
            "action entity owner scope task wideAction",
        ),
        (
            &["task"],
            1,
            "action entity incident owner scope task wideAction",
        ),
        (
            &["task"],
            2,
            "action alert alertState entity incident owner scope task wideAction",
        ),
        (&["alertState"], 1, "alertState"),
        (&["wideAction"], 1, "action scope wideAction"),
        (&["owner", "alertState"], 0, "alertState owner"),
        (&["entity"], 9, "entity"),
    ];
    for (wanted, navigation, expected) in rows {
        let part = part(wanted, navigation);
        assert_eq!(types(&part), expected, "{wanted:?} {navigation}");
        assert_eq!(paths(&part), Vec::<&str>::new());
    }
}

/// Of a base that is there for its properties alone, other subtypes are not needed; of one that
/// something holds, they are.
#[test]
fn subtypes_come_with_the_types_whose_values_they_may_be() {
    assert_eq!(types(&part(&["guest"], 1)), "entity guest person");
    assert_eq!(types(&part(&["person"], 0)), "entity guest person user");
}

#[test]
fn a_circle_of_navigations_is_followed_once() {
    let everything =
        "action alert alertState entity incident owner person scope task user wideAction";
    assert_eq!(types(&part(&["task"], 3)), everything);
    assert_eq!(types(&part(&["task"], 99)), everything);
}

#[test]
fn a_path_brings_the_calls_below_it_and_their_types() {
    let around_task = "action entity incident owner scope task wideAction";
    let rows = [
        ("/tasks", &["/tasks", "/tasks/{taskId}"][..], around_task),
        ("/Tasks/{any}", &["/tasks/{taskId}"], around_task),
        ("/users/{user-id}", &["/users/{id}/tasks"], around_task),
        (
            "/alerts",
            &["/alerts/{id}"],
            "alert alertState entity person user",
        ),
    ];
    for (wanted, expected, expected_types) in rows {
        let part = part(&[wanted], 1);
        assert_eq!(paths(&part), expected, "{wanted}");
        assert_eq!(types(&part), expected_types, "{wanted}");
    }
    let both = part(&["/alerts", "/users/{id}/tasks", "guest"], 0);
    assert_eq!(both.operations.len(), 2);
    assert!(types(&both).contains("guest"));
}

#[test]
fn what_is_not_there_is_an_error_with_the_nearest_name() {
    let rows = [
        (
            "/taskz",
            "no page documents a path that begins with `/taskz`; did you mean `/tasks`?",
        ),
        (
            "/nothing/like/it",
            "no page documents a path that begins with `/nothing/like/it`",
        ),
        ("incidnt", "no page describes a type `incidnt`"),
        (
            "incidents",
            "no page describes a type `incidents`; did you mean `incident`?",
        ),
        (
            "microsoft.graph.security.incident",
            "no page describes a type `microsoft.graph.security.incident`; did you mean \
             `microsoft.graph.incident`?",
        ),
        ("", "no page describes a type ``"),
    ];
    for (wanted, message) in rows {
        let error = selected(&[wanted], 1).expect_err(wanted);
        assert!(error.to_string().starts_with(message), "{wanted}: {error}");
    }
}

#[test]
fn a_local_name_that_two_types_have_is_not_enough() {
    let (path, text) = type_page(&TYPES[5]);
    let other = text.replace("microsoft.graph", "microsoft.graph.print");
    let files = [(path, text), ("resources/print-owner.md".to_owned(), other)];
    let schema = crate::analyse(&crate::from_files(files).expect("documents")).schema;
    let error = select(&schema, &selection(&["owner"], 1)).expect_err("two types");
    let message =
        "several types are called `owner`: `microsoft.graph.owner`, `microsoft.graph.print.owner`";
    assert_eq!(error.to_string(), message);
    let one = select(&schema, &selection(&["microsoft.graph.print.owner"], 1));
    assert_eq!(types(&one.expect("one type")), "owner");
}

/// What is left out is JSON, and the findings are those of all documents.
#[test]
fn the_crate_of_a_part_holds_the_rest_as_json() {
    let docs = docs();
    let target = Target::default();
    let whole = crate::generate(&docs, &target);
    let part = crate::generate_only(&docs, &target, &selection(&["task"], 0)).expect("a type");
    let field = |files: &std::collections::BTreeMap<String, String>| {
        let text = &files["src/models/graph/task.rs"];
        let line = text.lines().find(|line| line.contains("pub incident:"));
        line.map(str::trim).map(str::to_owned)
    };
    assert_eq!(
        field(&whole.files).as_deref(),
        Some("pub incident: Option<Box<Incident>>,")
    );
    assert_eq!(
        field(&part.files).as_deref(),
        Some("pub incident: Option<Json>,")
    );
    assert!(!part.files.contains_key("src/models/graph/incident.rs"));
    assert!(!part.files.contains_key("src/client.rs"));
    assert_eq!(part.diagnostics.len(), whole.diagnostics.len());
    assert_eq!(part.summary, whole.summary);
    assert_eq!(
        part.selected.map(|s| (s.pages, s.complex_types)),
        Some((6, 4))
    );
}

/// An address that only an example outside of the part tells is the address all the same.
#[test]
fn the_address_is_that_of_the_whole() {
    let example = "\n## Example\n### Request\n```http\nGET https://example.com/beta/alerts/1\n```\n\
                   ### Response\n```http\nHTTP/1.1 200 OK\n\n{}\n```\n";
    let calls = CALLS
        .iter()
        .map(call_page)
        .map(|(path, text)| match path.as_str() {
            "api/alert-get.md" => (path, text + example),
            _ => (path, text),
        });
    let docs = crate::from_files(TYPES.iter().map(type_page).chain(calls)).expect("documents");
    let wanted = selection(&["/tasks"], 0);
    let part = crate::generate_only(&docs, &Target::default(), &wanted).expect("a path");
    assert!(part.files["src/client.rs"].contains("https://example.com/beta"));
    assert!(!part.files.contains_key("src/client/alerts.rs"));
}
