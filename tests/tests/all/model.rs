//! JSON through the generated models and back: whatever comes in comes out as the same value.

use graph_runtime::model::{Collection, Patch};
use graph_security::models::graph::Entity;
use graph_security::models::security::{
    Incident, IncidentTask, IncidentTaskActionType, IncidentTaskResponseAction as Action,
    IncidentTaskSource, IncidentTaskStatus, IncidentTaskUpdate,
    IsolateDeviceIncidentTaskResponseAction, IsolationType, NewIncidentTask, ResponseAction,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::folders;

/// Decodes a text, holds what comes back out of it to the same value, and gives what was decoded.
fn round_trip<T: DeserializeOwned + Serialize>(text: &str) -> T {
    let decoded: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    let sent: Value = serde_json::from_str(text).expect("the text is JSON");
    let back = serde_json::to_value(&decoded).expect("a model can be written");
    assert_eq!(back, sent);
    decoded
}

/// The bodies of the documented responses, each with the type that its page gives for it.
fn documented_responses() -> Vec<(String, String)> {
    let docs =
        graph_codegen::read(&folders::root().join("docs-src")).expect("the pages can be read");
    let operations = graph_codegen::analyse(&docs).schema.operations;
    let examples = operations
        .into_iter()
        .flat_map(|operation| operation.examples);
    let bodies = examples.filter_map(|example| {
        let response_type = example.response_type?;
        let name = match response_type.is_collection {
            true => format!("Collection({})", response_type.name),
            false => response_type.name,
        };
        Some((name, example.response?.body))
    });
    bodies.collect()
}

#[test]
fn documented_samples_round_trip() {
    let responses = documented_responses();
    assert_eq!(responses.len(), 5);
    for (name, body) in responses {
        match name.as_str() {
            "microsoft.graph.security.incidentTask" => drop(round_trip::<IncidentTask>(&body)),
            "Collection(microsoft.graph.security.incidentTask)" => {
                drop(round_trip::<Collection<IncidentTask>>(&body));
            }
            other => panic!("a response of another type: {other}"),
        }
    }
}

/// The sample contradicts its pages three times; none of it may be lost.
#[test]
fn the_sample_of_get_keeps_what_its_page_does_not_know() {
    let page = folders::page("api/security-incidenttask-get.md");
    let body = page
        .rsplit("HTTP/1.1 200 OK")
        .next()
        .and_then(|rest| rest.split("\n\n").nth(1));
    let body = body
        .and_then(|body| body.split("```").next())
        .expect("the page shows a response");
    let task: IncidentTask = round_trip(body);
    assert_eq!(task.id.as_deref(), Some("213213"));
    assert_eq!(
        task.source,
        Some(IncidentTaskSource::Unknown("defenderExpertsXDR".to_owned()))
    );
    let action = task.response_action.expect("the sample has an action");
    let Action::Unknown(unknown) = &action else {
        panic!("a documented action: {action:?}")
    };
    assert_eq!(
        action.odata_type(),
        Some("microsoft.graph.security.isolateDeviceResponseAction")
    );
    assert_eq!(
        action.identifier_value().map(String::as_str),
        Some("02851525-dc00-438b-83f5-3b2947bf4a48")
    );
    assert_eq!(
        unknown.additional_properties.get("isolationType"),
        Some(&json!("full"))
    );
}

#[test]
fn times_keep_every_digit() {
    for time in [
        "2023-06-26T19:07:39.7433333Z",
        "2023-06-27T10:49:33.98Z",
        "2023-06-27T10:49:33.9800000Z",
        "2023-06-27T10:49:33Z",
        "2023-06-27T12:49:33.1+02:00",
        "0001-01-01T00:00:00Z",
    ] {
        let task: IncidentTask = round_trip(&json!({ "createdDateTime": time }).to_string());
        assert_eq!(
            task.created_date_time.map(|t| t.to_string()).as_deref(),
            Some(time)
        );
    }
}

#[test]
fn enum_values_that_nobody_documented_keep_their_text() {
    for text in [
        "unknownFutureValue",
        "paused",
        "Open",
        "",
        "in progress",
        "öffnen",
    ] {
        let task: IncidentTask = round_trip(&json!({ "status": text }).to_string());
        assert_eq!(
            task.status,
            Some(IncidentTaskStatus::Unknown(text.to_owned()))
        );
    }
    let task: IncidentTask = round_trip(r#"{"status":"open"}"#);
    assert_eq!(task.status, Some(IncidentTaskStatus::Open));
}

/// A derived type: the name less what all have in common, a test for its variant, and a member of
/// its own where it has one.
type Subtype = (
    &'static str,
    fn(&Action) -> bool,
    Option<(&'static str, &'static str)>,
);

const SUBTYPES: [Subtype; 14] = [
    (
        "collectInvestigationPackage",
        |a| matches!(a, Action::CollectInvestigationPackage(_)),
        None,
    ),
    ("disableUser", |a| matches!(a, Action::DisableUser(_)), None),
    ("enableUser", |a| matches!(a, Action::EnableUser(_)), None),
    (
        "forceUserPasswordReset",
        |a| matches!(a, Action::ForceUserPasswordReset(_)),
        None,
    ),
    (
        "hardDeleteEmail",
        |a| matches!(a, Action::HardDeleteEmail(_)),
        None,
    ),
    (
        "isolateDevice",
        isolates_selectively,
        Some(("isolationType", "selective")),
    ),
    (
        "markUserAsCompromised",
        |a| matches!(a, Action::MarkUserAsCompromised(_)),
        None,
    ),
    (
        "requireSignIn",
        |a| matches!(a, Action::RequireSignIn(_)),
        None,
    ),
    (
        "restrictAppExecution",
        |a| matches!(a, Action::RestrictAppExecution(_)),
        None,
    ),
    (
        "runAntivirusScan",
        |a| matches!(a, Action::RunAntivirusScan(_)),
        None,
    ),
    ("softDelete", |a| matches!(a, Action::SoftDelete(_)), None),
    (
        "stopAndQuarantineFile",
        quarantines_on_device,
        Some(("deviceId", "d-1")),
    ),
    (
        "unIsolateDevice",
        |a| matches!(a, Action::UnIsolateDevice(_)),
        None,
    ),
    (
        "unRestrictAppExecution",
        |a| matches!(a, Action::UnRestrictAppExecution(_)),
        None,
    ),
];

fn isolates_selectively(action: &Action) -> bool {
    matches!(action, Action::IsolateDevice(a) if a.isolation_type == Some(IsolationType::Selective))
}

fn quarantines_on_device(action: &Action) -> bool {
    matches!(action, Action::StopAndQuarantineFile(a) if a.device_id.as_deref() == Some("d-1"))
}

/// An action with its tag at a place among the other members. Written by hand: a map of members
/// would put them into an order of its own.
fn action(tag: &str, place: usize, own: Option<(&str, &str)>) -> String {
    let mut members = vec![
        r#""identifierValue":"i-1""#.to_owned(),
        r#""extra":{"deep":[null,1]}"#.to_owned(),
    ];
    members.extend(own.map(|(name, value)| format!("{:?}:{:?}", name, value)));
    members.insert(
        place.min(members.len()),
        format!(r#""@odata.type":"{tag}""#),
    );
    format!("{{{}}}", members.join(","))
}

#[test]
fn each_subtype_is_its_own_variant_wherever_its_tag_stands() {
    for (name, is_its_own, own) in SUBTYPES {
        for hash in ["#", ""] {
            for place in [0, 1, usize::MAX] {
                let tag =
                    format!("{hash}microsoft.graph.security.{name}IncidentTaskResponseAction");
                let text = action(&tag, place, own);
                let decoded: Action = round_trip(&text);
                assert!(is_its_own(&decoded), "{text}: {decoded:?}");
                assert_eq!(decoded.odata_type(), Some(tag.trim_start_matches('#')));
                assert_eq!(decoded.identifier_value().map(String::as_str), Some("i-1"));
            }
        }
    }
}

#[test]
fn each_subtype_is_a_variant_for_the_base_of_its_base_too() {
    for (name, _, own) in SUBTYPES {
        let tag = format!("#microsoft.graph.security.{name}IncidentTaskResponseAction");
        let decoded: ResponseAction = round_trip(&action(&tag, 1, own));
        assert!(!matches!(decoded, ResponseAction::Unknown(_)), "{name}");
    }
}

#[test]
fn a_subtype_that_nobody_documented_keeps_every_member() {
    for tag in [
        "#microsoft.graph.security.rebootDeviceIncidentTaskResponseAction",
        "microsoft.graph.security.isolateDeviceResponseAction",
        "#microsoft.graph.security.isolatedeviceincidenttaskresponseaction",
        "",
    ] {
        for place in [0, 1, usize::MAX] {
            let decoded: Action = round_trip(&action(tag, place, Some(("own", "o"))));
            let Action::Unknown(unknown) = &decoded else {
                panic!("{tag}: {decoded:?}")
            };
            assert_eq!(unknown.identifier_value.as_deref(), Some("i-1"));
            assert_eq!(
                unknown.additional_properties.get("extra"),
                Some(&json!({ "deep": [null, 1] }))
            );
        }
    }
}

#[test]
fn a_known_subtype_with_a_malformed_body_is_an_error_that_says_where() {
    let tag =
        r##""@odata.type":"#microsoft.graph.security.isolateDeviceIncidentTaskResponseAction""##;
    for (members, path) in [
        (
            format!(r#"{tag},"isolationType":5"#),
            "responseAction.isolationType",
        ),
        (
            format!(r#""isolationType":5,{tag}"#),
            "responseAction.isolationType",
        ),
        (
            format!(r#"{tag},"identifierValue":{{}}"#),
            "responseAction.identifierValue",
        ),
        (
            format!(r#""identifierValue":["a"],"isolationType":"full",{tag}"#),
            "responseAction.identifierValue",
        ),
    ] {
        let text = format!(r#"{{"value":[{{}},{{"responseAction":{{{members}}}}}]}}"#);
        let error = serde_json::from_str::<Collection<IncidentTask>>(&text)
            .expect_err("the body is malformed");
        let told = error.to_string();
        assert!(told.contains(&format!("value[1].{path}:")), "{told}");
        assert!(error.line() == 1 && error.column() > 0, "{told}");
    }
}

#[test]
fn a_body_that_is_no_object_is_an_error() {
    for (text, path) in [
        (r#"{"responseAction":"isolate"}"#, "responseAction"),
        (r#"{"incident":[]}"#, "incident"),
        (r#"{"createdDateTime":"yesterday"}"#, "createdDateTime"),
        (r#"{"displayName":5}"#, "displayName"),
    ] {
        let error = serde_json::from_str::<IncidentTask>(text).expect_err("the value does not fit");
        assert!(error.to_string().starts_with(path), "{error}");
    }
}

#[test]
fn a_task_without_a_tag_decodes() {
    let task: IncidentTask =
        round_trip(r#"{"id":"1","incident":{"id":"2"},"responseAction":{"identifierValue":"3"}}"#);
    assert_eq!(
        task.incident.and_then(|incident| incident.id).as_deref(),
        Some("2")
    );
    assert!(matches!(task.response_action, Some(Action::Unknown(_))));
    assert_eq!(round_trip::<IncidentTask>("{}"), IncidentTask::default());
}

#[test]
fn what_nobody_documented_is_kept() {
    for text in [
        r##"{"@odata.etag":"W/\"1\"","@odata.type":"#microsoft.graph.security.incidentTask","id":"1"}"##,
        r#"{"note":null,"nested":{"a":[{"b":null}],"c":1.5}}"#,
        r#"{"incident":{"owner":{"name":null}},"incident@odata.context":"x"}"#,
        r#"{"responseAction":null,"status":null,"createdDateTime":null,"incident":null}"#,
        r#"{"big":18446744073709551615,"small":-9223372036854775808}"#,
    ] {
        let _: IncidentTask = round_trip(text);
    }
    let _: Incident =
        round_trip(r#"{"customTags":["a","b"],"systemTags":["c"],"status":"redirected"}"#);
    let _: Entity = round_trip(r#"{"id":"1","more":[{}]}"#);
}

#[test]
fn an_update_sends_what_was_set() {
    for (update, body) in [
        (IncidentTaskUpdate::new(), json!({})),
        (
            IncidentTaskUpdate::new().status(IncidentTaskStatus::Completed),
            json!({ "status": "completed" }),
        ),
        (
            IncidentTaskUpdate::new().status(IncidentTaskStatus::from("later")),
            json!({ "status": "later" }),
        ),
        (
            IncidentTaskUpdate::new().status(Patch::Null),
            json!({ "status": null }),
        ),
    ] {
        assert_eq!(
            serde_json::to_value(&update).expect("an update can be written"),
            body
        );
        assert_eq!(
            serde_json::from_value::<IncidentTaskUpdate>(body).expect("and read"),
            update
        );
    }
}

/// Naming every field is what holds the type to having no other.
#[test]
fn an_update_has_the_status_alone() {
    let IncidentTaskUpdate {
        status,
        additional_properties,
        ..
    } = IncidentTaskUpdate::new();
    assert!(status.is_unset() && additional_properties.is_empty());
    let page = folders::read(
        &folders::root().join("generated/src/models/security/incident_task_update.rs"),
    );
    let fields: Vec<_> = page
        .lines()
        .filter(|line| line.starts_with("    pub ") && line.ends_with(','))
        .collect();
    assert_eq!(fields.len(), 2, "{fields:?}");
}

#[test]
fn a_new_task_has_no_read_only_property() {
    let text =
        folders::read(&folders::root().join("generated/src/models/security/new_incident_task.rs"));
    for name in [
        "id",
        "action_status",
        "created_by_display_name",
        "created_date_time",
        "last_modified_by_display_name",
        "last_modified_date_time",
    ] {
        assert!(
            !text.contains(&format!("pub {name}:")),
            "{name} is set by the service"
        );
    }
    let task = NewIncidentTask::new(Incident::new().id("123"));
    let body = serde_json::to_value(&task).expect("a task can be written");
    assert_eq!(body, json!({ "incident": { "id": "123" } }));
}

#[test]
fn an_action_made_by_hand_is_tagged_first() {
    let action = IsolateDeviceIncidentTaskResponseAction::new().isolation_type(IsolationType::Full);
    let text = serde_json::to_string(&Action::from(action)).expect("an action can be written");
    let tag = "#microsoft.graph.security.isolateDeviceIncidentTaskResponseAction";
    assert_eq!(
        text,
        format!(r#"{{"@odata.type":"{tag}","isolationType":"full"}}"#)
    );
    assert_eq!(tag, IsolateDeviceIncidentTaskResponseAction::ODATA_TYPE);
}

#[test]
fn members_and_their_texts_belong_together() {
    let members = <IncidentTaskActionType as graph_runtime::model::OpenEnum>::MEMBERS;
    assert_eq!(members.len(), 16);
    for (text, member) in members {
        assert_eq!(&IncidentTaskActionType::from(*text), member);
        assert_eq!(
            (member.as_str(), member.to_string().as_str()),
            (*text, *text)
        );
        assert_eq!(text.parse(), Ok(member.clone()));
    }
}
