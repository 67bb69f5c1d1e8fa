//! Counts over the real pages, checked by hand. They are skipped without the environment variable
//! `GRAPH_DOCS`, which names the folder that holds them.

use std::path::PathBuf;

use crate::diagnostic::{Code, Diagnostic};
use crate::extract::PageFacts;
use crate::extract::testing::facts_in;
use crate::page;
use crate::schema::{OperationKind, Permission, RequestBody, RestrictionKind};
use crate::source::SourceMap;

/// The facts of a folder of real pages; nothing, and a word on it, where there is none.
#[allow(clippy::print_stderr, reason = "a skipped test has to say so")]
fn facts(folder: &str) -> Option<Vec<(String, PageFacts, Vec<Diagnostic>)>> {
    let Some(root) = std::env::var_os("GRAPH_DOCS").map(PathBuf::from) else {
        eprintln!("skipped: GRAPH_DOCS is not set");
        return None;
    };
    let (sources, _) = SourceMap::read(&root.join(folder)).expect("a folder of pages");
    let parsed: Vec<_> = sources
        .iter()
        .map(|(id, file)| page::parse(id, &file.text).0)
        .collect();
    let facts = facts_in(&sources, &parsed).into_iter();
    Some(
        facts
            .map(|(facts, found)| (sources.get(facts.file).path.clone(), facts, found))
            .collect(),
    )
}

fn page<'f>(facts: &'f [(String, PageFacts, Vec<Diagnostic>)], path: &str) -> &'f PageFacts {
    let found = facts.iter().find(|(known, _, _)| known == path);
    &found.expect(path).1
}

#[test]
fn the_incident_task_page_is_read_whole() {
    let Some(facts) = facts("security-2025") else {
        return;
    };
    let facts = page(&facts, "resources/security-incidenttask.md");
    let [task] = facts.types.as_slice() else {
        panic!("{:?}", facts.types)
    };
    assert_eq!(task.name, "microsoft.graph.security.incidentTask");
    assert_eq!(
        (
            task.properties.len(),
            task.navigation_properties.len(),
            task.methods.len()
        ),
        (11, 1, 4)
    );
    assert_eq!(task.key.as_deref(), Some("id"));
    assert!(task.navigation_properties[0].required);
    let base = task.base_type.as_ref().expect("a base type");
    assert_eq!(
        (base.name.as_str(), base.link.as_deref()),
        ("microsoft.graph.entity", Some("resources/entity.md"))
    );
    let read_only = task
        .properties
        .iter()
        .filter(|property| property.read_only)
        .count();
    assert_eq!(read_only, 4);
    let enums: Vec<_> = facts
        .enums
        .iter()
        .map(|found| (found.name.as_str(), found.members.len()))
        .collect();
    let expected = [
        ("microsoft.graph.security.incidentTaskActionStatus", 6),
        ("microsoft.graph.security.incidentTaskActionType", 17),
        ("microsoft.graph.security.incidentTaskSource", 3),
        ("microsoft.graph.security.incidentTaskStatus", 6),
    ];
    assert_eq!(enums, expected);
    for (property, (name, count)) in ["actionStatus", "actionType", "source", "status"]
        .iter()
        .zip(expected)
    {
        let found = task
            .properties
            .iter()
            .find(|known| known.name == *property)
            .expect(property);
        assert_eq!(
            (found.type_ref.name.as_str(), found.allowed_values.len()),
            (name, count)
        );
    }
}

#[test]
fn the_incident_task_calls_are_read_whole() {
    let Some(facts) = facts("security-2025") else {
        return;
    };
    let cases = [
        (
            "api/security-list-incidenttasks.md",
            OperationKind::List,
            "/security/incidentTasks",
            200,
            1,
        ),
        (
            "api/security-incidenttask-get.md",
            OperationKind::Get,
            "/security/incidentTasks/{incidentTaskId}",
            200,
            1,
        ),
        (
            "api/security-incidenttask-update.md",
            OperationKind::Update,
            "/security/incidentTasks/{incidentTaskId}",
            200,
            2,
        ),
        (
            "api/security-incidenttask-executeresponseaction.md",
            OperationKind::Action,
            "/security/incidentTasks/{incidentTaskId}/executeResponseAction",
            204,
            1,
        ),
    ];
    for (path, kind, template, status, headers) in cases {
        let operations = &page(&facts, path).operations;
        let [operation] = operations.as_slice() else {
            panic!("{path}: {operations:?}")
        };
        assert_eq!(operation.kind, kind, "{path}");
        assert_eq!(operation.path_templates[0].text, template);
        assert_eq!(operation.responses.len(), 1, "{path}");
        assert_eq!(operation.responses[0].status, status, "{path}");
        assert_eq!(operation.headers.len(), headers, "{path}");
        assert_eq!(operation.permissions.len(), 3, "{path}");
        let [example] = operation.examples.as_slice() else {
            panic!("{path}")
        };
        assert!(
            example.request.is_some() && example.response.is_some(),
            "{path}"
        );
    }
}

#[test]
fn the_parts_of_the_incident_task_calls_are_read() {
    let Some(facts) = facts("security-2025") else {
        return;
    };
    let list = &page(&facts, "api/security-list-incidenttasks.md").operations[0];
    let options: Vec<_> = list
        .query_options
        .iter()
        .map(|option| (option.name.as_str(), option.properties.len()))
        .collect();
    assert_eq!(
        options,
        [("$filter", 6), ("$orderby", 1), ("$top", 0), ("$select", 0)]
    );
    assert_eq!(list.query_options[0].properties[0].operators, ["eq"]);
    let answer = list.responses[0].type_ref.as_ref().expect("a type");
    assert!(answer.is_collection);
    assert_eq!(
        answer.link.as_deref(),
        Some("resources/security-incidenttask.md")
    );

    let execute = &page(&facts, "api/security-incidenttask-executeresponseaction.md").operations[0];
    let [restriction] = execute.restrictions.as_slice() else {
        panic!("{:?}", execute.restrictions)
    };
    assert_eq!(
        (restriction.kind, restriction.values.len()),
        (RestrictionKind::Supported, 8)
    );
    assert!(matches!(execute.request_body, RequestBody::None));

    let update = &page(&facts, "api/security-incidenttask-update.md").operations[0];
    let RequestBody::Properties { properties, .. } = &update.request_body else {
        panic!("{:?}", update.request_body)
    };
    assert_eq!(properties.len(), 1);
    assert_eq!(properties[0].allowed_values.len(), 6);
    let counts = |permission: &Permission| (permission.least.len(), permission.higher.len());
    let counts: Vec<_> = update.permissions.iter().map(counts).collect();
    assert_eq!(counts, [(1, 0), (0, 0), (1, 2)]);
}

#[test]
fn subtypes_and_evolvable_lists_of_today_are_read() {
    let Some(facts) = facts("security-2025") else {
        return;
    };
    let base = &page(&facts, "resources/security-incidenttaskresponseaction.md").types[0];
    assert!(base.is_abstract);
    assert_eq!(base.listed_subtypes.len(), 14);
    assert_eq!(
        page(&facts, "resources/security-responseaction.md").types[0]
            .listed_subtypes
            .len(),
        16
    );
    let rule = &page(&facts, "resources/security-protectionrule.md").types[0];
    assert!(rule.is_abstract);
    let alert = &page(&facts, "resources/security-alert.md").types[0];
    let source = alert
        .properties
        .iter()
        .find(|property| property.name == "detectionSource")
        .expect("detectionSource");
    assert_eq!(source.allowed_values.len(), 30);
    let isolate = &page(
        &facts,
        "resources/security-isolatedeviceincidenttaskresponseaction.md",
    )
    .types[0];
    let inherited = isolate.properties[0]
        .inherited_from
        .as_ref()
        .expect("a base");
    assert_eq!(
        inherited.name,
        "microsoft.graph.security.incidentTaskResponseAction"
    );
    assert_eq!(
        isolate.properties[1].allowed_values,
        ["full", "selective", "unknownFutureValue"]
    );
}

#[test]
fn the_beta_pages_of_2021_are_read_without_panic() {
    let Some(facts) = facts("graph-2021-beta") else {
        return;
    };
    let types: usize = facts.iter().map(|(_, facts, _)| facts.types.len()).sum();
    let enums: usize = facts.iter().map(|(_, facts, _)| facts.enums.len()).sum();
    let operations: usize = facts
        .iter()
        .map(|(_, facts, _)| facts.operations.len())
        .sum();
    assert!(
        types > 2300 && enums > 800 && operations > 4950,
        "{types} types, {enums} enums, {operations} operations"
    );
    let unread = facts
        .iter()
        .filter(|(_, _, found)| found.iter().any(|known| known.code == Code::NoHttpRequest));
    assert!(unread.count() < 20);
    let task = page(
        &facts,
        "resources/synchronization-attributemappingsource.md",
    );
    assert_eq!(task.types.len(), 1, "three blocks that show one type");
    assert_eq!(
        page(&facts, "api/singlevaluelegacyextendedproperty-get.md").operations[0]
            .path_templates
            .len(),
        56
    );
}
