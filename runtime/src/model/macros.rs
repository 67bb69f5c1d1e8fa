//! The three macros that generated types are written with.
//!
//! Each expands to as little as it can: tables, and one-line methods that hand over to the code
//! that all types share. Paths are absolute, because a document may call a type `Option`.

/// Makes a structure readable and writable: its fields and their wire names, in wire order, numbered
/// from 0.
///
/// Every field but `additional_properties: AdditionalProperties` has a row, and is a
/// [`Value`](crate::model::Value): `Option<T>` in what services return, `T`, `Option<T>` or
/// [`Patch<T>`](crate::model::Patch) in what is sent.
///
/// Expands to [`Structured`](crate::model::Structured), [`Value`](crate::model::Value), `Clone`,
/// `PartialEq`, `Debug`, `Serialize` and `Deserialize`; with `: Default` behind the name to `Default`
/// as well, every field empty. All of them walk the table at run time: what would be derived is a
/// function body for each type and trait, which the compiler checks field by field.
///
/// ```
/// use graph_runtime::model::{AdditionalProperties, DateTimeOffset};
///
/// pub struct Note {
///     pub text: Option<String>,
///     pub created_date_time: Option<DateTimeOffset>,
///     pub additional_properties: AdditionalProperties,
/// }
/// graph_runtime::structured! {
///     Note: Default { 0 "text" => text, 1 "createdDateTime" => created_date_time }
/// }
///
/// let note: Note = serde_json::from_str(r#"{"text":"seen","mood":"calm"}"#)?;
/// assert_eq!(note.text.as_deref(), Some("seen"));
/// assert_eq!(serde_json::to_string(&note)?, r#"{"text":"seen","mood":"calm"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! structured {
    ($type:ident $(: $default:ident)? { $($index:literal $name:literal => $field:ident),* $(,)? }) => {
        impl $crate::model::Structured for $type {
            fn names(&self) -> &'static [&'static str] {
                &[$($name),*]
            }
            // Without a row there is nothing but the return.
            #[allow(unreachable_code)]
            fn member(&self, index: usize) -> ::core::option::Option<&dyn $crate::model::Value> {
                ::core::option::Option::Some(match index {
                    $($index => &self.$field,)*
                    _ => return ::core::option::Option::None,
                })
            }
            #[allow(unreachable_code)]
            fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn $crate::model::Value> {
                ::core::option::Option::Some(match index {
                    $($index => &mut self.$field,)*
                    _ => return ::core::option::Option::None,
                })
            }
            fn additional_properties(&self) -> &$crate::model::AdditionalProperties {
                &self.additional_properties
            }
            fn additional_properties_mut(&mut self) -> &mut $crate::model::AdditionalProperties {
                &mut self.additional_properties
            }
        }
        impl $crate::model::Value for $type {
            fn empty() -> Self {
                Self {
                    $($field: $crate::model::Value::empty(),)*
                    additional_properties: $crate::model::AdditionalProperties::new(),
                }
            }
            fn read(&self) -> $crate::model::ValueRef<'_> {
                $crate::model::ValueRef::Structured(self)
            }
            fn slot(&mut self) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Structured(self)
            }
        }
        impl ::core::clone::Clone for $type {
            fn clone(&self) -> Self {
                $crate::model::cloned(self)
            }
        }
        impl ::core::cmp::PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                $crate::model::is_equal(self, other)
            }
        }
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::model::debug(::core::stringify!($type), self, f)
            }
        }
        $(impl ::core::default::$default for $type {
            fn default() -> Self {
                $crate::model::Value::empty()
            }
        })?
        $crate::__serde_by_value!($type);
    };
}

/// Makes an enumeration readable and writable: its documented members, and a variant
/// `Unknown(String)` that keeps the text of any other. It derives at least `Clone` and `PartialEq`.
///
/// Expands to an inherent `as_str`, to `Debug`, `Display`, `FromStr` (which cannot fail), `From<&str>`,
/// `From<String>` and `AsRef<str>`, to [`OpenEnum`](crate::model::OpenEnum),
/// [`Value`](crate::model::Value), `Serialize` and `Deserialize`.
///
/// ```
/// #[derive(Clone, Eq, Hash, PartialEq)]
/// pub enum Color {
///     Red,
///     Unknown(String),
/// }
/// graph_runtime::open_enum! { Color { "red" => Red } }
///
/// assert_eq!(Color::from("red"), Color::Red);
/// assert_eq!(Color::from("mauve").as_str(), "mauve");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($type:ident { $($name:literal => $member:ident),* $(,)? }) => {
        impl $type {
            /// The member as it is written on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$member => $name,)*
                    Self::Unknown(text) => text,
                }
            }
        }
        impl $crate::model::OpenEnum for $type {
            const MEMBERS: &'static [(&'static str, Self)] = &[$(($name, Self::$member)),*];
            fn unknown(text: ::std::string::String) -> Self {
                Self::Unknown(text)
            }
            fn as_str(&self) -> &str {
                self.as_str()
            }
        }
        impl $crate::model::Value for $type {
            fn empty() -> Self {
                Self::Unknown(::std::string::String::new())
            }
            fn read(&self) -> $crate::model::ValueRef<'_> {
                $crate::model::ValueRef::String(self.as_str())
            }
            fn slot(&mut self) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Text(self)
            }
        }
        impl ::core::fmt::Debug for $type {
            // Without a documented member there is nothing but the return.
            #[allow(unreachable_code)]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(match self {
                    $(Self::$member => ::core::stringify!($member),)*
                    Self::Unknown(text) => return $crate::model::debug_unknown(text, f),
                })
            }
        }
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok($crate::model::parse_member(text))
            }
        }
        impl ::core::convert::From<&str> for $type {
            fn from(text: &str) -> Self {
                $crate::model::parse_member(text)
            }
        }
        impl ::core::convert::From<::std::string::String> for $type {
            fn from(text: ::std::string::String) -> Self {
                $crate::model::parse_member(&text)
            }
        }
        impl ::core::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        $crate::__serde_by_value!($type);
    };
}

/// Makes a hierarchy readable and writable: an enumeration over its types, dispatched on
/// `@odata.type`. Every variant holds a boxed [`structured!`](crate::structured) type. It derives
/// at least `Clone`, `Debug` and `PartialEq`.
///
/// The name of the type is what stands behind the `#` of the tag received, which may be an absolute
/// URL; the tag is written back as it came. Of two tags in one object the first counts and is kept.
///
/// The rows are: the documented tags, without `#`; optionally `untagged`, the variant of an absent
/// tag, followed by the tag that also stands for it if there is one; and `_`, the variant of every
/// other tag, and of an absent one where no row is `untagged`.
///
/// Expands to an inherent `odata_type`, to `From` of each listed structure except that of `_`, to
/// [`Tagged`](crate::model::Tagged), [`Value`](crate::model::Value), `Serialize` and `Deserialize`.
///
/// ```
/// # use graph_runtime::model::AdditionalProperties;
/// # pub struct Device { pub id: Option<String>, pub additional_properties: AdditionalProperties }
/// # graph_runtime::structured! { Device { 0 "id" => id } }
/// # pub struct Phone { pub id: Option<String>, pub number: Option<String>, pub additional_properties: AdditionalProperties }
/// # graph_runtime::structured! { Phone { 0 "id" => id, 1 "number" => number } }
/// # pub struct UnknownDevice { pub id: Option<String>, pub additional_properties: AdditionalProperties }
/// # graph_runtime::structured! { UnknownDevice { 0 "id" => id } }
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum AnyDevice {
///     Phone(Box<Phone>),
///     Device(Box<Device>),
///     Unknown(Box<UnknownDevice>),
/// }
/// graph_runtime::tagged! {
///     AnyDevice {
///         "example.phone" => Phone(Phone),
///         untagged "example.device" => Device(Device),
///         _ => Unknown(UnknownDevice),
///     }
/// }
///
/// let phone: AnyDevice = serde_json::from_str(r##"{"number":"5","@odata.type":"#example.phone"}"##)?;
/// assert!(matches!(phone, AnyDevice::Phone(_)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! tagged {
    ($type:ident {
        $($tag:literal => $variant:ident($body:ty),)*
        $(untagged $($own:literal)? => $base:ident($base_body:ty),)?
        _ => $unknown:ident($unknown_body:ty) $(,)?
    }) => {
        impl $type {
            /// The name of this value's type, as in `@odata.type` behind the `#`: as received, or as
            /// documented for its variant.
            pub fn odata_type(&self) -> ::core::option::Option<&str> {
                $crate::model::odata_type(self)
            }
        }
        impl $crate::model::Tagged for $type {
            fn tag(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $(Self::$variant(_) => ::core::option::Option::Some($tag),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn body(&self) -> &dyn $crate::model::Structured {
                match self {
                    $(Self::$variant(body) => &**body,)*
                    $(Self::$base(body) => &**body,)?
                    Self::$unknown(body) => &**body,
                }
            }
            fn select(&mut self, tag: ::core::option::Option<&str>) -> &mut dyn $crate::model::Structured {
                *self = match tag {
                    $(::core::option::Option::Some($tag) => Self::$variant($crate::model::Value::empty()),)*
                    $(::core::option::Option::None $(| ::core::option::Option::Some($own))? => Self::$base($crate::model::Value::empty()),)?
                    _ => Self::$unknown($crate::model::Value::empty()),
                };
                match self {
                    $(Self::$variant(body) => &mut **body,)*
                    $(Self::$base(body) => &mut **body,)?
                    Self::$unknown(body) => &mut **body,
                }
            }
        }
        impl $crate::model::Value for $type {
            fn empty() -> Self {
                Self::$unknown($crate::model::Value::empty())
            }
            fn read(&self) -> $crate::model::ValueRef<'_> {
                $crate::model::ValueRef::Tagged(self)
            }
            fn slot(&mut self) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Tagged(self)
            }
        }
        $(impl ::core::convert::From<$body> for $type {
            fn from(body: $body) -> Self {
                Self::$variant(::std::boxed::Box::new(body))
            }
        })*
        $(impl ::core::convert::From<$base_body> for $type {
            fn from(body: $base_body) -> Self {
                Self::$base(::std::boxed::Box::new(body))
            }
        })?
        $crate::__serde_by_value!($type);
    };
}

/// `Serialize` and `Deserialize` of a [`Value`](crate::model::Value).
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_by_value {
    ($type:ty) => {
        impl $crate::__private::serde::Serialize for $type {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::model::serialize(self, serializer)
            }
        }
        impl<'de> $crate::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::model::deserialize(deserializer)
            }
        }
    };
}
