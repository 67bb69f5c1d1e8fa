//! What is commonly derived and here walks the table: `Clone`, `PartialEq`, `Debug`, `Default`.

use graph_runtime::model::Patch;

use crate::fixture::{NewTask, Primitives, Task, TaskUpdate, read};

/// One of each primitive, set.
const PRIMITIVES: &str = r#"{
    "boolean": true, "byte": 200, "sbyte": -3, "int16": -300, "int32": 70000, "int64": 5000000000,
    "single": 1.5, "double": 2.25, "decimal": 3.10, "guid": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "date": "2025-02-03", "timeOfDay": "04:05:06.7", "dateTimeOffset": "2025-02-03T04:05:06.1234567Z",
    "duration": "PT5M", "binary": "AQID", "json": {"a": [1, null]}, "flags": "open,inProgress"
}"#;

/// A task with everything in it: a parent, a hierarchy, a list, and what no table lists.
const TASK: &str = r##"{
    "id": "1", "status": "rare", "createdDateTime": "2025-02-03T04:05:06Z", "customTags": ["a", "b"],
    "parent": {"id": "0", "x": 1}, "device": {"@odata.type": "#example.phone", "number": 5},
    "action": {"@odata.type": "#example.isolateDevice", "comment": "now"}, "x": {"y": null}
}"##;

#[test]
fn a_clone_holds_the_same_down_to_the_last_member() {
    let task: Task = read(TASK);
    let clone = task.clone();
    assert_eq!(clone, task);
    let json = |task: &Task| serde_json::to_string(task).ok();
    assert_eq!(json(&clone), json(&task));
    let primitives: Primitives = read(PRIMITIVES);
    assert_eq!(primitives.clone(), primitives);
    let new = new_task();
    assert_eq!(new.clone(), new);
}

#[test]
fn a_clone_stands_for_itself() {
    let task: Task = read(TASK);
    let mut clone = task.clone();
    clone.parent = None;
    clone.additional_properties.clear();
    assert!(task.parent.is_some() && !task.additional_properties.is_empty());
}

/// Each member by itself makes the difference, as does what no table lists.
#[test]
fn objects_that_differ_in_one_member_differ() {
    let whole: serde_json::Map<String, serde_json::Value> = read(PRIMITIVES);
    let all: Primitives = read(PRIMITIVES);
    for name in whole.keys() {
        let mut less = whole.clone();
        less.remove(name);
        let less: Primitives = read(&serde_json::Value::Object(less).to_string());
        assert_ne!(less, all, "{name}");
    }
    let task: Task = read(TASK);
    let changes: [fn(&mut Task); 4] = [
        |task| task.additional_properties.clear(),
        |task| {
            task.parent
                .as_mut()
                .into_iter()
                .for_each(|parent| parent.id = None)
        },
        |task| task.status = Some("open".into()),
        |task| {
            task.custom_tags
                .as_mut()
                .into_iter()
                .for_each(|tags| tags.reverse())
        },
    ];
    for change in changes {
        let mut changed = task.clone();
        change(&mut changed);
        assert_ne!(changed, task);
    }
}

#[test]
fn unset_null_and_a_value_differ() {
    let patches = [Patch::Unset, Patch::Null, Patch::Value("open".into())];
    let updates = patches.map(|status| TaskUpdate {
        status,
        ..TaskUpdate::default()
    });
    for (left, a) in updates.iter().enumerate() {
        for (right, b) in updates.iter().enumerate() {
            assert_eq!(a == b, left == right);
        }
    }
}

/// As `f64` has it, and so as a derive would.
#[test]
fn not_a_number_equals_nothing() {
    let nan: Primitives = read(r#"{"double": "NaN"}"#);
    assert_ne!(nan, nan.clone());
}

#[test]
fn debug_shows_what_is_set() {
    let task: Task = read(r#"{"id": "1", "status": "open", "parent": {"id": "0"}, "x": 1}"#);
    assert_eq!(
        format!("{task:?}"),
        r#"Task { id: Some("1"), status: Some(Open), parent: Some(Task { id: Some("0"), .. }), additional_properties: {"x": Number(1)}, .. }"#
    );
    let nulled = TaskUpdate {
        status: Patch::Null,
        ..TaskUpdate::default()
    };
    assert_eq!(format!("{nulled:?}"), "TaskUpdate { status: Null, .. }");
}

#[test]
fn the_default_has_nothing_set() {
    assert_eq!(
        serde_json::to_string(&Task::default()).ok().as_deref(),
        Some("{}")
    );
    assert_eq!(Task::default(), read("{}"));
}

fn new_task() -> NewTask {
    NewTask {
        parent: Box::new(read(TASK)),
        first: Task::default(),
        display_name: "first".to_owned(),
        action: read(r##"{"@odata.type": "#example.disableUser", "identifier": "a"}"##),
        note: None,
        additional_properties: Default::default(),
    }
}
