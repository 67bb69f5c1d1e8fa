//! The macros where documents use names that Rust has in its prelude.

use graph_runtime::model::AdditionalProperties;

use crate::fixture::round_trip;

type Text = ::std::string::String;
type Maybe<T> = ::core::option::Option<T>;

/// Shadows of prelude names, as documents may bring them.
struct Box;
struct String;
struct Vec;
struct Result;
struct Option;

struct Some {
    id: Maybe<Text>,
    additional_properties: AdditionalProperties,
}
graph_runtime::structured! { Some: Default { 0 "id" => id } }

struct None {
    additional_properties: AdditionalProperties,
}
graph_runtime::structured! { None: Default {} }

#[derive(Clone, Debug, PartialEq)]
enum Ok {
    Some(::std::boxed::Box<Some>),
    Unknown(::std::boxed::Box<None>),
}
graph_runtime::tagged! { Ok { "example.some" => Some(Some), _ => Unknown(None) } }

#[derive(Clone, PartialEq)]
enum Err {
    Unknown(Text),
}
graph_runtime::open_enum! { Err {} }

#[test]
fn macros_stand_on_absolute_paths() {
    assert_eq!(size_of_val(&(Box, String, Vec, Result, Option)), 0);
    let some: Ok = round_trip(r#"{"id":"1","@odata.type":"example.some"}"#);
    assert!(matches!(some, Ok::Some(_)));
    assert_eq!(round_trip::<Err>("\"x\"").as_str(), "x");
    assert_eq!(round_trip::<None>("{}"), None::default());
}
