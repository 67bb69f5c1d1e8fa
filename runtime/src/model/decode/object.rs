//! JSON objects to structures: members to fields by name, and hierarchies by their tag.

use std::fmt;

use serde::Deserializer;
use serde::de::value::MapDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};

use super::{Fill, Filled, Segment, Trail};
use crate::model::tagged::type_name;
use crate::model::{Json, ODATA_TYPE, Structured, Tagged};

/// Fills a structure from all members that `map` has left.
pub(super) fn structured<'de, A: MapAccess<'de>>(
    body: &mut dyn Structured,
    trail: &mut Trail,
    mut map: A,
) -> Result<Filled, A::Error> {
    members(body, trail, &mut map)?;
    Ok(Filled::Kept)
}

/// Looks for the tag, keeping what comes before it, and fills the body of the variant it selects.
///
/// RFC 8259 §4 leaves open what a name given twice means. Here the first tag that is not `null`
/// selects the variant, and is the one that is kept: a second one would make what is written back
/// another type than what was read.
pub(super) fn tagged<'de, A: MapAccess<'de>>(
    place: &mut dyn Tagged,
    trail: &mut Trail,
    mut map: A,
) -> Result<Filled, A::Error> {
    let Opening { tag, before } = opening(trail, &mut map)?;
    let body = place.select(tag.as_deref().map(type_name));
    if let Some(tag) = tag {
        body.additional_properties_mut()
            .insert(ODATA_TYPE.to_owned(), Json::String(tag));
    }
    members_before(body, trail, before)?;
    members(body, trail, &mut map)?;
    Ok(Filled::Kept)
}

/// The tag of an object, and the members met before it.
struct Opening {
    tag: Option<String>,
    before: Vec<(String, Json)>,
}

/// Reads up to and including the tag; to the end if there is none.
fn opening<'de, A: MapAccess<'de>>(trail: &mut Trail, map: &mut A) -> Result<Opening, A::Error> {
    let mut before = Vec::new();
    while let Some(name) = map.next_key::<String>()? {
        if name != ODATA_TYPE {
            let value = noted(map.next_value(), trail, || Segment::Other(name.clone()))?;
            before.push((name, value));
            continue;
        }
        match noted(map.next_value(), trail, || Segment::Documented(ODATA_TYPE))? {
            Some(tag) => {
                return Ok(Opening {
                    tag: Some(tag),
                    before,
                });
            }
            None => before.push((name, Json::Null)),
        }
    }
    Ok(Opening { tag: None, before })
}

/// Notes on the trail what a failure was inside of.
fn noted<T, E>(
    result: Result<T, E>,
    trail: &mut Trail,
    segment: impl FnOnce() -> Segment,
) -> Result<T, E> {
    if result.is_err() {
        trail.note(segment());
    }
    result
}

/// Fills from members that were read before it was known what they are members of.
fn members_before<E: Error>(
    body: &mut dyn Structured,
    trail: &mut Trail,
    before: Vec<(String, Json)>,
) -> Result<(), E> {
    let mut map = MapDeserializer::<_, serde_json::Error>::new(before.into_iter());
    members(body, trail, &mut map).map_err(E::custom)
}

fn members<'de, A: MapAccess<'de>>(
    body: &mut dyn Structured,
    trail: &mut Trail,
    map: &mut A,
) -> Result<(), A::Error> {
    let names = body.names();
    let mut likely = 0;
    while let Some(name) = map.next_key_seed(Name { names, likely })? {
        let read = match name {
            Member::Documented(index, name) => {
                likely = index + 1;
                documented_member(name, index, body, trail, map)
            }
            Member::Other(name) => additional_member(name, body, trail, map),
        };
        read?;
    }
    Ok(())
}

fn documented_member<'de, A: MapAccess<'de>>(
    name: &'static str,
    index: usize,
    body: &mut dyn Structured,
    trail: &mut Trail,
    map: &mut A,
) -> Result<(), A::Error> {
    let Some(member) = body.member_mut(index) else {
        return additional_member(name.to_owned(), body, trail, map);
    };
    // A name can be given twice; the last value stands, and nothing of the first shows through.
    member.clear();
    let slot = member.slot();
    let filled = map.next_value_seed(Fill { slot, trail });
    let filled = noted(filled, trail, || Segment::Documented(name))?;
    remember_null(name, filled, body);
    Ok(())
}

/// A `null` that its field cannot tell from an absent member is kept aside.
fn remember_null(name: &str, filled: Filled, body: &mut dyn Structured) {
    let aside = body.additional_properties_mut();
    match filled {
        Filled::NullForgotten => {
            aside.insert(name.to_owned(), Json::Null);
        }
        Filled::Kept if !aside.is_empty() => {
            aside.remove(name);
        }
        Filled::Kept => {}
    }
}

/// Keeps a member aside: the last of its name, but the first `@odata.type`, which may have selected
/// the variant.
fn additional_member<'de, A: MapAccess<'de>>(
    name: String,
    body: &mut dyn Structured,
    trail: &mut Trail,
    map: &mut A,
) -> Result<(), A::Error> {
    let value = noted(map.next_value(), trail, || Segment::Other(name.clone()))?;
    let aside = body.additional_properties_mut();
    if name == ODATA_TYPE {
        aside.entry(name).or_insert(value);
    } else {
        aside.insert(name, value);
    }
    Ok(())
}

/// The name of a member.
enum Member {
    /// One of the table: its index and its name there.
    Documented(usize, &'static str),
    /// Any other.
    Other(String),
}

/// Reads the name of a member. Members mostly come in the order of the documents, so the one after
/// the last is tried first.
struct Name {
    names: &'static [&'static str],
    likely: usize,
}

impl Name {
    fn find(&self, name: &str) -> Option<Member> {
        let likely = self.names.get(self.likely);
        let likely = likely.filter(|likely| **likely == name);
        let (index, name) = match likely {
            Some(likely) => (self.likely, likely),
            None => {
                let mut names = self.names.iter().enumerate();
                names.find(|(_, documented)| **documented == name)?
            }
        };
        Some(Member::Documented(index, name))
    }
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Member, E> {
        let documented = self.find(name);
        Ok(documented.unwrap_or_else(|| Member::Other(name.to_owned())))
    }
}
