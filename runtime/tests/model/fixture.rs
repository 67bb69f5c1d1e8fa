//! The types that the tests read and write, in the shape that the generator gives them.

use graph_runtime::model::{
    AdditionalProperties, Binary, Date, DateTimeOffset, Decimal, Duration, Flags, Guid, Json,
    Patch, TimeOfDay,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[non_exhaustive]
pub(crate) struct Task {
    pub(crate) id: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) created_date_time: Option<DateTimeOffset>,
    pub(crate) custom_tags: Option<Vec<String>>,
    pub(crate) parent: Option<Box<Task>>,
    pub(crate) action: Option<Action>,
    pub(crate) actions: Option<Vec<Action>>,
    pub(crate) device: Option<AnyDevice>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! {
    Task: Default {
        0 "id" => id,
        1 "status" => status,
        2 "createdDateTime" => created_date_time,
        3 "customTags" => custom_tags,
        4 "parent" => parent,
        5 "action" => action,
        6 "actions" => actions,
        7 "device" => device,
    }
}

#[derive(Clone, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub(crate) enum Status {
    Open,
    InProgress,
    Unknown(String),
}
graph_runtime::open_enum! { Status { "open" => Open, "inProgress" => InProgress } }

/// An enumeration that the documents name and list no member of.
#[derive(Clone, Eq, Hash, PartialEq)]
pub(crate) enum Undocumented {
    Unknown(String),
}
graph_runtime::open_enum! { Undocumented {} }

pub(crate) struct IsolateDevice {
    pub(crate) identifier: Option<String>,
    pub(crate) owner: Option<Box<Task>>,
    pub(crate) isolation_type: Option<String>,
    pub(crate) comment: Option<String>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! {
    IsolateDevice: Default {
        0 "identifier" => identifier,
        1 "owner" => owner,
        2 "isolationType" => isolation_type,
        3 "comment" => comment,
    }
}

pub(crate) struct DisableUser {
    pub(crate) identifier: Option<String>,
    pub(crate) owner: Option<Box<Task>>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! { DisableUser: Default { 0 "identifier" => identifier, 1 "owner" => owner } }

pub(crate) struct UnknownAction {
    pub(crate) identifier: Option<String>,
    pub(crate) owner: Option<Box<Task>>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! { UnknownAction: Default { 0 "identifier" => identifier, 1 "owner" => owner } }

/// An abstract base.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum Action {
    IsolateDevice(Box<IsolateDevice>),
    DisableUser(Box<DisableUser>),
    Unknown(Box<UnknownAction>),
}
graph_runtime::tagged! {
    Action {
        "example.isolateDevice" => IsolateDevice(IsolateDevice),
        "example.disableUser" => DisableUser(DisableUser),
        _ => Unknown(UnknownAction),
    }
}

impl Action {
    pub(crate) fn identifier(&self) -> Option<&String> {
        graph_runtime::model::base_property(self, "identifier")
    }

    pub(crate) fn owner(&self) -> Option<&Task> {
        graph_runtime::model::base_property(self, "owner")
    }
}

pub(crate) struct Device {
    pub(crate) id: Option<String>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! { Device: Default { 0 "id" => id } }

pub(crate) struct Phone {
    pub(crate) id: Option<String>,
    pub(crate) number: Option<i32>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! { Phone: Default { 0 "id" => id, 1 "number" => number } }

pub(crate) struct UnknownDevice {
    pub(crate) id: Option<String>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! { UnknownDevice: Default { 0 "id" => id } }

/// A concrete base.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum AnyDevice {
    Phone(Box<Phone>),
    Device(Box<Device>),
    Unknown(Box<UnknownDevice>),
}
graph_runtime::tagged! {
    AnyDevice {
        "example.phone" => Phone(Phone),
        untagged "example.device" => Device(Device),
        _ => Unknown(UnknownDevice),
    }
}

/// A concrete base whose own tag has no row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LooseDevice {
    Device(Box<Device>),
    Unknown(Box<UnknownDevice>),
}
graph_runtime::tagged! {
    LooseDevice {
        untagged => Device(Device),
        _ => Unknown(UnknownDevice),
    }
}

/// The body of a PATCH.
pub(crate) struct TaskUpdate {
    pub(crate) status: Patch<Status>,
    pub(crate) parent: Patch<Box<Task>>,
    pub(crate) custom_tags: Patch<Vec<String>>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! {
    TaskUpdate: Default { 0 "status" => status, 1 "parent" => parent, 2 "customTags" => custom_tags }
}

/// The body of a POST. It has no `Default`.
pub(crate) struct NewTask {
    pub(crate) parent: Box<Task>,
    pub(crate) first: Task,
    pub(crate) display_name: String,
    pub(crate) action: Action,
    pub(crate) note: Option<String>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! {
    NewTask {
        0 "parent" => parent,
        1 "first" => first,
        2 "displayName" => display_name,
        3 "action" => action,
        4 "note" => note,
    }
}

/// One of each primitive.
pub(crate) struct Primitives {
    pub(crate) boolean: Option<bool>,
    pub(crate) byte: Option<u8>,
    pub(crate) sbyte: Option<i8>,
    pub(crate) int16: Option<i16>,
    pub(crate) int32: Option<i32>,
    pub(crate) int64: Option<i64>,
    pub(crate) single: Option<f32>,
    pub(crate) double: Option<f64>,
    pub(crate) decimal: Option<Decimal>,
    pub(crate) guid: Option<Guid>,
    pub(crate) date: Option<Date>,
    pub(crate) time_of_day: Option<TimeOfDay>,
    pub(crate) date_time_offset: Option<DateTimeOffset>,
    pub(crate) duration: Option<Duration>,
    pub(crate) binary: Option<Binary>,
    pub(crate) json: Option<Json>,
    pub(crate) flags: Option<Flags<Status>>,
    pub(crate) additional_properties: AdditionalProperties,
}
graph_runtime::structured! {
    Primitives: Default {
        0 "boolean" => boolean,
        1 "byte" => byte,
        2 "sbyte" => sbyte,
        3 "int16" => int16,
        4 "int32" => int32,
        5 "int64" => int64,
        6 "single" => single,
        7 "double" => double,
        8 "decimal" => decimal,
        9 "guid" => guid,
        10 "date" => date,
        11 "timeOfDay" => time_of_day,
        12 "dateTimeOffset" => date_time_offset,
        13 "duration" => duration,
        14 "binary" => binary,
        15 "json" => json,
        16 "flags" => flags,
    }
}

/// Reads `json`.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}\n{json}"))
}

/// What the error of reading `json` says.
pub(crate) fn error<T: DeserializeOwned>(json: &str) -> String {
    match serde_json::from_str::<T>(json) {
        Ok(_) => panic!("should not have been read: {json}"),
        Err(error) => error.to_string(),
    }
}

/// Writes `value`.
pub(crate) fn write<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads `json` both from text and from a JSON value, and holds that writing gives it back.
pub(crate) fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> T {
    let value: T = read(json);
    let wanted: Json = read(json);
    let written: Json = read(&write(&value));
    assert_eq!(written, wanted, "read from text");
    let buffered: T =
        serde_json::from_value(wanted.clone()).unwrap_or_else(|error| panic!("{error}"));
    let written = serde_json::to_value(&buffered).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(written, wanted, "read from a JSON value");
    value
}
