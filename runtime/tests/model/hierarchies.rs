//! Hierarchies: which variant a tag selects, wherever it stands, and how it is written back.

use serde_json::json;

use crate::fixture::{
    Action, AnyDevice, Device, DisableUser, IsolateDevice, LooseDevice, Phone, Task, UnknownAction,
    UnknownDevice, error, read, round_trip, write,
};

/// The variant of an [`Action`].
fn variant(action: &Action) -> &'static str {
    match action {
        Action::IsolateDevice(_) => "IsolateDevice",
        Action::DisableUser(_) => "DisableUser",
        Action::Unknown(_) => "Unknown",
    }
}

const ACTIONS: [(&str, &str); 15] = [
    (
        r##"{"@odata.type":"#example.isolateDevice","comment":"c"}"##,
        "IsolateDevice",
    ),
    (
        r#"{"@odata.type":"example.isolateDevice","comment":"c"}"#,
        "IsolateDevice",
    ),
    (
        r##"{"comment":"c","@odata.type":"#example.isolateDevice"}"##,
        "IsolateDevice",
    ),
    (
        r##"{"comment":"c","x":null,"@odata.type":"#example.isolateDevice","identifier":"i","y":[1]}"##,
        "IsolateDevice",
    ),
    (r##"{"@odata.type":"#example.disableUser"}"##, "DisableUser"),
    (r##"{"@odata.type":"#example.DisableUser"}"##, "Unknown"),
    (r###"{"@odata.type":"##example.disableUser"}"###, "Unknown"),
    (
        r##"{"@odata.type":"https://graph.example/beta/$metadata#example.disableUser"}"##,
        "DisableUser",
    ),
    (
        r##"{"@odata.type":"https://graph.example/beta/$metadata#example.newer"}"##,
        "Unknown",
    ),
    (
        r##"{"@odata.type":"https://graph.example/example.disableUser"}"##,
        "Unknown",
    ),
    (
        r##"{"@odata.type":"#example.disableUserNow","comment":{"a":1}}"##,
        "Unknown",
    ),
    (
        r##"{"comment":{"a":1},"@odata.type":"#example.newer","identifier":"i"}"##,
        "Unknown",
    ),
    (r#"{"comment":5,"identifier":null}"#, "Unknown"),
    (r#"{"@odata.type":null,"identifier":"i"}"#, "Unknown"),
    ("{}", "Unknown"),
];

#[test]
fn the_tag_selects_the_variant_and_nothing_is_lost() {
    for (json, wanted) in ACTIONS {
        let action: Action = round_trip(json);
        assert_eq!(variant(&action), wanted, "{json}");
    }
}

#[test]
fn the_tag_as_received_is_written_first() {
    for tag in [
        "example.disableUser",
        "#example.disableUser",
        "#example.newer",
        "newer",
    ] {
        let json = format!(r#"{{"a":1,"identifier":"i","@odata.type":"{tag}","z":2}}"#);
        let wanted = format!(r#"{{"@odata.type":"{tag}","identifier":"i","a":1,"z":2}}"#);
        assert_eq!(write(&read::<Action>(&json)), wanted);
    }
}

#[test]
fn of_two_tags_the_one_that_selects_is_kept() {
    for json in [
        r##"{"@odata.type":"#example.disableUser","@odata.type":"#example.isolateDevice"}"##,
        r##"{"a":1,"@odata.type":"#example.disableUser","@odata.type":5,"a":2}"##,
        r##"{"@odata.type":"#example.disableUser","@odata.type":null}"##,
        r##"{"@odata.type":null,"@odata.type":"#example.disableUser"}"##,
    ] {
        let action: Action = read(json);
        assert_eq!(variant(&action), "DisableUser", "{json}");
        assert_eq!(action.odata_type(), Some("example.disableUser"), "{json}");
        let written = write(&action);
        let tag = r##"{"@odata.type":"#example.disableUser""##;
        assert!(written.starts_with(tag), "{written}");
    }
}

#[test]
fn a_value_built_by_hand_gets_the_documented_tag() {
    let body = DisableUser {
        identifier: Some("i".to_owned()),
        ..DisableUser::default()
    };
    let action = Action::from(body);
    assert_eq!(action.odata_type(), Some("example.disableUser"));
    assert_eq!(
        write(&action),
        r##"{"@odata.type":"#example.disableUser","identifier":"i"}"##
    );
}

#[test]
fn the_variants_without_a_tag_of_their_own_get_none() {
    assert_eq!(write(&AnyDevice::from(Device::default())), "{}");
    assert_eq!(
        write(&AnyDevice::Unknown(Box::<UnknownDevice>::default())),
        "{}"
    );
    assert_eq!(
        write(&Action::Unknown(Box::<UnknownAction>::default())),
        "{}"
    );
    assert_eq!(
        Action::Unknown(Box::<UnknownAction>::default()).odata_type(),
        None
    );
}

#[test]
fn the_type_is_known_whatever_the_variant() {
    let newer: Action = read(r##"{"@odata.type":"#example.newer"}"##);
    assert_eq!(newer.odata_type(), Some("example.newer"));
    let newer: Action = read(r##"{"@odata.type":"https://a.example/$metadata#example.newer"}"##);
    assert_eq!(newer.odata_type(), Some("example.newer"));
    let phone: AnyDevice = read(r#"{"@odata.type":"example.phone"}"#);
    assert_eq!(phone.odata_type(), Some("example.phone"));
    let base: AnyDevice = read(r#"{"id":"1"}"#);
    assert_eq!(base.odata_type(), None);
}

#[test]
fn a_concrete_base_is_taken_when_the_tag_is_absent_or_its_own() {
    let device = |json: &str| match round_trip::<AnyDevice>(json) {
        AnyDevice::Phone(phone) => ("Phone", phone.id),
        AnyDevice::Device(device) => ("Device", device.id),
        AnyDevice::Unknown(unknown) => ("Unknown", unknown.id),
    };
    let id = Some("1".to_owned());
    assert_eq!(device(r#"{"id":"1"}"#), ("Device", id.clone()));
    assert_eq!(
        device(r##"{"id":"1","@odata.type":"#example.device"}"##),
        ("Device", id.clone())
    );
    assert_eq!(
        device(r##"{"id":"1","@odata.type":"#example.phone"}"##),
        ("Phone", id.clone())
    );
    assert_eq!(
        device(r##"{"id":"1","@odata.type":"#example.tablet"}"##),
        ("Unknown", id)
    );
}

#[test]
fn a_base_tag_without_a_row_is_an_unknown_one() {
    let loose: LooseDevice = round_trip(r#"{"id":"1"}"#);
    assert!(matches!(loose, LooseDevice::Device(_)));
    let loose: LooseDevice = round_trip(r#"{"@odata.type":"example.device"}"#);
    assert!(matches!(loose, LooseDevice::Unknown(_)));
}

#[test]
fn a_known_tag_with_a_malformed_body_is_an_error() {
    for json in [
        r##"{"@odata.type":"#example.phone","number":"five"}"##,
        r##"{"number":"five","@odata.type":"#example.phone"}"##,
    ] {
        assert!(
            error::<AnyDevice>(json).starts_with("number: invalid type: string \"five\""),
            "{json}"
        );
    }
    // An unknown type is free to use the name for something else.
    round_trip::<AnyDevice>(r##"{"number":"five","@odata.type":"#example.tablet"}"##);
}

#[test]
fn hierarchies_nest() {
    let task: Task = round_trip(
        r##"{"action":{"owner":{"device":{"number":5,"@odata.type":"#example.phone"}},
                       "@odata.type":"#example.isolateDevice"},
            "actions":[{"@odata.type":"#example.disableUser"},{"x":1}]}"##,
    );
    let owner = task.action.as_ref().and_then(Action::owner);
    let phone = match owner.and_then(|owner| owner.device.as_ref()) {
        Some(AnyDevice::Phone(phone)) => phone.number,
        other => panic!("{other:?}"),
    };
    assert_eq!(phone, Some(5));
    let variants: Vec<_> = task.actions.iter().flatten().map(variant).collect();
    assert_eq!(variants, ["DisableUser", "Unknown"]);
}

#[test]
fn base_properties_are_found_in_every_variant() {
    for tag in [
        "example.isolateDevice",
        "example.disableUser",
        "example.newer",
    ] {
        let action: Action = serde_json::from_value(
            json!({"@odata.type": tag, "identifier": "i", "owner": {"id": "o"}}),
        )
        .unwrap();
        assert_eq!(action.identifier().map(String::as_str), Some("i"));
        assert_eq!(
            action.owner().and_then(|owner| owner.id.as_deref()),
            Some("o")
        );
    }
    let empty = Action::from(IsolateDevice::default());
    assert_eq!(empty.identifier(), None);
    assert_eq!(empty.owner(), None);
    let phone = AnyDevice::from(Phone::default());
    assert_eq!(
        graph_runtime::model::base_property::<i64>(&phone, "id"),
        None
    );
}
