//! `Patch`, `Flags` and open enumerations by themselves.

use graph_runtime::model::{Flags, OpenEnum, Patch};

use crate::fixture::{Status, Undocumented, read, round_trip, write};

/// A property of an update, and what its helpers say of it.
struct PatchCase {
    patch: Patch<i32>,
    unset: bool,
    null: bool,
    option: Option<Option<i32>>,
}

#[rustfmt::skip]
const PATCHES: [PatchCase; 3] = [
    PatchCase { patch: Patch::Unset, unset: true, null: false, option: None },
    PatchCase { patch: Patch::Null, unset: false, null: true, option: Some(None) },
    PatchCase { patch: Patch::Value(5), unset: false, null: false, option: Some(Some(5)) },
];

#[test]
fn patches_can_be_asked() {
    for PatchCase {
        patch,
        unset,
        null,
        option,
    } in PATCHES
    {
        let value = option.flatten();
        assert_eq!(patch.is_unset(), unset);
        assert_eq!(patch.is_null(), null);
        assert_eq!(patch.into_option(), option);
        assert_eq!(patch.value().copied(), value);
        assert_eq!(patch.as_ref().into_value().copied(), value);
        assert_eq!(
            patch.map(|number| number + 1).into_value(),
            value.map(|number| number + 1)
        );
    }
    assert_eq!(Patch::<i32>::default(), Patch::Unset);
    assert_eq!(Patch::from(5), Patch::Value(5));
}

/// Text on the wire, and the member it is.
fn members() -> [(&'static str, Status); 5] {
    let unknown = |text: &str| Status::Unknown(text.to_owned());
    [
        ("open", Status::Open),
        ("inProgress", Status::InProgress),
        ("unknownFutureValue", unknown("unknownFutureValue")),
        ("InProgress", unknown("InProgress")),
        ("", unknown("")),
    ]
}

#[test]
fn enumerations_keep_what_they_do_not_know() {
    for (text, member) in members() {
        assert_eq!(member.as_str(), text);
        assert_eq!(member.to_string(), text);
        assert_eq!(member.as_ref(), text);
        assert_eq!(Status::from(text), member);
        assert_eq!(Status::from(text.to_owned()), member);
        assert_eq!(text.parse(), Ok(member.clone()));
        assert_eq!(round_trip::<Status>(&format!("\"{text}\"")), member);
    }
}

#[test]
fn enumerations_know_their_documented_members() {
    assert_eq!(
        Status::MEMBERS,
        [("open", Status::Open), ("inProgress", Status::InProgress)]
    );
    assert!(Undocumented::MEMBERS.is_empty());
    assert_eq!(Undocumented::from("any").as_str(), "any");
}

#[test]
fn an_enumeration_is_padded_as_text_is() {
    assert_eq!(
        format!("{:>6}|{:<6}|", Status::Open, Status::Open),
        "  open|open  |"
    );
}

/// Text on the wire, and how many members it has.
const FLAGS: [(&str, usize); 7] = [
    ("open", 1),
    ("open,inProgress", 2),
    ("inProgress, open", 2),
    ("open,later,later", 2),
    ("", 0),
    ("open,", 1),
    ("Open", 1),
];

#[test]
fn flags_are_written_back_as_read() {
    for (text, length) in FLAGS {
        let flags: Flags<Status> = round_trip(&format!("\"{text}\""));
        assert_eq!(flags.len(), length, "{text}");
        assert_eq!(flags.as_str(), text);
        assert_eq!(flags.is_empty(), length == 0);
    }
}

#[test]
fn flags_are_a_set() {
    let mut flags: Flags<Status> = read("\"inProgress, later\"");
    assert!(flags.contains(&Status::InProgress));
    assert!(!flags.insert(Status::InProgress));
    assert_eq!(write(&flags), "\"inProgress, later\"");
    assert!(flags.insert(Status::Open));
    assert_eq!(write(&flags), "\"inProgress,later,open\"");
    assert!(flags.remove(&Status::from("later")));
    assert!(!flags.remove(&Status::from("later")));
    assert_eq!(flags.to_string(), "inProgress,open");
    assert_eq!(
        flags.iter().collect::<Vec<_>>(),
        [&Status::InProgress, &Status::Open]
    );
    let same: Flags<Status> = [Status::Open, Status::InProgress, Status::Open]
        .into_iter()
        .collect();
    assert_eq!(same.as_str(), "open,inProgress");
    assert_eq!(flags, same);
    assert_ne!(flags, Flags::from(Status::Open));
}
