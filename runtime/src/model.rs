//! Generated models: how JSON becomes their fields and becomes JSON again, with nothing lost.
//!
//! A generated type is its fields and one table of wire names, written with one of three macros:
//! [`structured!`](crate::structured), [`open_enum!`](crate::open_enum) and
//! [`tagged!`](crate::tagged). The work behind their ordinary `serde` implementations is done once,
//! here: a value gives out a [`Slot`] to be decoded into and a [`ValueRef`] to be encoded from, and
//! both sides are walked through trait objects. The code of a crate of models therefore grows with
//! its tables, not with the square of what `serde` can do to them.
//!
//! - What a table does not list stays in [`AdditionalProperties`] and is written back.
//! - An error names the place it was met at: `value[3].createdDateTime: invalid value: …`.
//! - What is text in JSON prints back as the text that was read: dates and times with the fraction
//!   they came with, binary data in its own alphabet. [`Guid`] alone does not keep its form; it is
//!   written in lower case with hyphens.
//! - Numbers keep their value, as far as the type of their field holds it, and not their digits: 5
//!   read into an `f64` prints 5.0, 5.0 read into an integer prints 5. [`Decimal`] keeps the digits,
//!   but for one case that it names.
//! - Numbers of no documented type, in [`AdditionalProperties`] and [`Json`], are `serde_json`'s:
//!   integers of 64 bits, else the nearest `f64`. What has more than 17 digits is rounded, and what
//!   no `f64` reaches, such as `1e400`, is an error of the whole document.

mod binary;
mod collection;
mod date;
mod date_time_offset;
mod decimal;
mod decode;
mod duration;
mod encode;
mod etag;
mod flags;
mod guid;
mod macros;
mod open_enum;
mod patch;
mod primitive;
mod reference;
mod scan;
mod slot;
mod structured;
mod tagged;
mod textual;
mod time_of_day;
mod value;

pub use jiff;
pub use uuid;

pub use self::binary::{Binary, Stream};
pub use self::collection::Collection;
pub use self::date::Date;
pub use self::date_time_offset::DateTimeOffset;
pub use self::decimal::Decimal;
pub use self::decode::deserialize;
pub use self::duration::Duration;
pub use self::encode::serialize;
pub use self::etag::odata_etag;
pub use self::flags::Flags;
pub use self::guid::Guid;
pub use self::open_enum::{OpenEnum, debug_unknown, parse_member};
pub use self::patch::Patch;
pub use self::reference::Reference;
pub use self::slot::{IntegerPlace, OptionalPlace, Sequence, Slot, TextPlace};
pub use self::structured::{Structured, cloned, debug, is_equal};
pub use self::tagged::{Tagged, base_property, odata_type};
pub use self::textual::InvalidText;
pub use self::time_of_day::TimeOfDay;
pub use self::value::{Concrete, Value, ValueRef};

/// Any JSON value: what a document names but no page describes.
pub type Json = serde_json::Value;

/// The members of a JSON object that the documents do not list, by wire name: `@odata.*`
/// annotations, properties newer than the documents, and documented properties received as `null`.
pub type AdditionalProperties = serde_json::Map<String, Json>;

/// The control information that names the type of an object
/// ([OData JSON 4.01, §4.6.3](https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html)).
pub(crate) const ODATA_TYPE: &str = "@odata.type";
