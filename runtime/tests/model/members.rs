//! Members of objects: documented, undocumented, `null`, absent, repeated, nested.

use graph_runtime::model::{
    Collection, DateTimeOffset, Json, Patch, Reference, Structured, Tagged, odata_etag,
};
use serde_json::json;

use crate::fixture::{Action, Device, NewTask, Status, Task, TaskUpdate, read, round_trip, write};

#[test]
fn documented_members_become_fields() {
    let task: Task = round_trip(
        r#"{"id":"1","status":"inProgress","createdDateTime":"2023-06-26T19:07:39.7433333Z",
            "customTags":["a","b"],"parent":{"id":"0","parent":{"status":"later"}}}"#,
    );
    assert_eq!(task.id.as_deref(), Some("1"));
    assert_eq!(task.status, Some(Status::InProgress));
    assert_eq!(
        task.created_date_time
            .map(DateTimeOffset::timestamp)
            .map(|at| at.as_second()),
        Some(1_687_806_459)
    );
    assert_eq!(task.custom_tags, Some(vec!["a".to_owned(), "b".to_owned()]));
    let grandparent = task.parent.and_then(|parent| parent.parent);
    assert_eq!(
        grandparent.and_then(|task| task.status),
        Some(Status::Unknown("later".to_owned()))
    );
    assert!(task.additional_properties.is_empty());
}

#[test]
fn etags_are_found_and_references_written() {
    let task: Task = read(r#"{"@odata.etag":"W/\"1\"","id":"1"}"#);
    assert_eq!(odata_etag(&task), Some("W/\"1\""));
    let action: Action = read(r#"{"identifier":"1","@odata.etag":"2"}"#);
    assert_eq!(odata_etag(action.body()), Some("2"));
    for json in [
        "{}",
        r#"{"@odata.etag":5}"#,
        r#"{"parent":{"@odata.etag":"3"}}"#,
    ] {
        assert_eq!(odata_etag(&read::<Task>(json)), None);
    }
    let url = "https://graph.microsoft.com/beta/users/1";
    for reference in [Reference::new(url), url.into(), url.to_owned().into()] {
        assert_eq!(reference.id(), Some(url));
        let json = serde_json::to_value(&reference).expect("JSON");
        assert_eq!(json, json!({"@odata.id": url}));
    }
    let tagged = r##"{"@odata.type":"#example.user","@odata.id":"users('1')"}"##;
    assert_eq!(
        round_trip::<Reference>(tagged).id.as_deref(),
        Some("users('1')")
    );
    assert_eq!(round_trip::<Reference>("{}"), Reference::default());
}

#[test]
fn undocumented_members_are_kept_and_written_back() {
    let task: Task = round_trip(
        r##"{"@odata.context":"https://example.com/$metadata#tasks","@odata.etag":"W/\"1\"","id":"1",
            "newer":{"deep":[1,null,{"x":-0.1}]},"gone":null,"status@odata.type":"#example.status",
            "parent":{"@odata.id":"tasks('0')","alsoNewer":[]}}"##,
    );
    assert_eq!(task.additional_properties.len(), 5);
    assert_eq!(
        task.additional_properties["newer"]["deep"][2]["x"],
        json!(-0.1)
    );
    assert_eq!(task.additional_properties["gone"], Json::Null);
    let parent = task.parent.unwrap_or_default();
    assert_eq!(
        parent.additional_properties["@odata.id"],
        json!("tasks('0')")
    );
}

#[test]
fn the_type_annotation_of_a_plain_structure_is_written_first() {
    let json = r##"{"@odata.type":"#example.device","id":"1","a":2}"##;
    assert_eq!(write(&round_trip::<Device>(json)), json);
}

#[test]
fn documented_members_are_written_in_their_order_and_others_after_them() {
    let task: Task = read(r#"{"a":2,"status":"open","z":1,"id":"1"}"#);
    assert_eq!(write(&task), r#"{"id":"1","status":"open","a":2,"z":1}"#);
}

#[test]
fn a_null_comes_back_as_a_null() {
    let task: Task = round_trip(
        r#"{"id":null,"status":null,"customTags":null,"parent":null,"action":null,"actions":null,
            "device":null,"createdDateTime":null}"#,
    );
    assert_eq!(task.id, None);
    assert_eq!(task.action, None);
    assert_eq!(task.additional_properties["action"], Json::Null);
    assert_eq!(write(&Task::default()), "{}");
}

#[test]
fn a_null_gives_way_to_a_value_set_later() {
    let mut task: Task = read(r#"{"id":null,"x":null}"#);
    task.id = Some("2".to_owned());
    assert_eq!(write(&task), r#"{"id":"2","x":null}"#);
}

#[test]
fn an_empty_array_is_not_an_absent_one() {
    let task: Task = round_trip(r#"{"customTags":[]}"#);
    assert_eq!(task.custom_tags, Some(Vec::new()));
}

/// Text, and what the last value of each member is.
const REPEATED: [(&str, &str); 8] = [
    (r#"{"id":"1","id":"2"}"#, r#"{"id":"2"}"#),
    (r#"{"id":"1","id":null}"#, r#"{"id":null}"#),
    (r#"{"id":null,"id":"1"}"#, r#"{"id":"1"}"#),
    (r#"{"x":1,"x":2}"#, r#"{"x":2}"#),
    (
        r#"{"customTags":["a"],"customTags":["b"]}"#,
        r#"{"customTags":["b"]}"#,
    ),
    (
        r#"{"parent":{"id":"1"},"parent":{"x":1}}"#,
        r#"{"parent":{"x":1}}"#,
    ),
    (
        r#"{"action":{"identifier":"1"},"action":{"@odata.type":"example.disableUser"}}"#,
        r#"{"action":{"@odata.type":"example.disableUser"}}"#,
    ),
    (
        r#"{"parent":{"id":null},"parent":{"id":"1"}}"#,
        r#"{"parent":{"id":"1"}}"#,
    ),
];

#[test]
fn the_last_of_repeated_members_stands() {
    for (json, wanted) in REPEATED {
        let task: Task = read(json);
        assert_eq!(write(&task), wanted);
        assert_eq!(task, read(wanted), "{json}");
    }
}

#[test]
fn the_last_of_repeated_required_members_stands() {
    let new: NewTask = read(
        r#"{"first":{"id":"1","x":1},"first":{"status":"open"},
            "parent":{"id":"1"},"parent":{"status":"open"}}"#,
    );
    assert_eq!(write(&new.first), r#"{"status":"open"}"#);
    assert_eq!(write(&new.parent), r#"{"status":"open"}"#);
}

#[test]
fn required_members_need_no_default() {
    let new: NewTask = round_trip(
        r##"{"parent":{"id":"0"},"first":{},"displayName":"Check",
            "action":{"@odata.type":"#example.disableUser","identifier":"u"}}"##,
    );
    assert_eq!(new.display_name, "Check");
    assert!(matches!(new.action, Action::DisableUser(_)));
    assert_eq!(new.note, None);
}

#[test]
fn an_update_sends_what_is_set() {
    let mut update = TaskUpdate::default();
    assert_eq!(write(&update), "{}");
    update.status = Patch::Null;
    update.custom_tags = vec!["a".to_owned()].into();
    assert_eq!(write(&update), r#"{"status":null,"customTags":["a"]}"#);
    update.status = Status::Open.into();
    assert_eq!(write(&update), r#"{"status":"open","customTags":["a"]}"#);
}

#[test]
fn an_update_is_read_as_it_was_sent() {
    let update: TaskUpdate = round_trip(r#"{"status":null,"parent":{"id":"1"},"more":null}"#);
    assert_eq!(update.status, Patch::Null);
    assert!(update.custom_tags.is_unset());
    assert_eq!(
        update
            .parent
            .value()
            .and_then(|parent| parent.id.as_deref()),
        Some("1")
    );
    assert!(!update.additional_properties.contains_key("status"));
}

#[test]
fn a_collection_keeps_its_links_and_its_annotations() {
    let tasks: Collection<Task> = round_trip(
        r#"{"@odata.context":"c","@odata.count":2,"@odata.nextLink":"n","@odata.deltaLink":"d",
            "value":[{"id":"1"},{"id":"2","x":null}]}"#,
    );
    assert_eq!(tasks.count, Some(2));
    assert_eq!(tasks.next_link.as_deref(), Some("n"));
    assert_eq!(tasks.delta_link.as_deref(), Some("d"));
    assert_eq!(tasks.additional_properties["@odata.context"], json!("c"));
    let ids: Vec<_> = tasks.into_iter().filter_map(|task| task.id).collect();
    assert_eq!(ids, ["1", "2"]);
}

#[test]
fn a_collection_holds_primitives_and_hierarchies_as_well() {
    round_trip::<Collection<String>>(r#"{"value":["a"]}"#);
    round_trip::<Collection<i32>>(r#"{"value":[1,2]}"#);
    round_trip::<Collection<Json>>(r#"{"value":[1,"a",null,{}]}"#);
    round_trip::<Collection<Option<String>>>(r#"{"value":["a",null]}"#);
    let actions: Collection<Action> =
        round_trip(r##"{"value":[{"@odata.type":"#example.disableUser"},{"x":1}]}"##);
    assert!(matches!(
        actions.value.as_slice(),
        [Action::DisableUser(_), Action::Unknown(_)]
    ));
    assert_eq!(write(&Collection::<Task>::default()), r#"{"value":[]}"#);
}

#[test]
fn properties_can_be_asked_for_by_wire_name() {
    let task: Task = read(r#"{"createdDateTime":"2020-01-01T00:00:00Z","x":1}"#);
    let task: &dyn Structured = &task;
    assert!(
        task.property("createdDateTime")
            .is_some_and(|value| !value.read().is_unset())
    );
    assert!(
        task.property("id")
            .is_some_and(|value| value.read().is_unset())
    );
    assert!(task.property("x").is_none());
    assert!(task.additional_properties().contains_key("x"));
}
