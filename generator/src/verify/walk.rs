//! A documented path, followed through the metadata from its root.
//!
//! Names are compared without case, as the service does. A path that lacks the cast to a derived
//! type is followed as if it had it, a word behind a collection is taken for a key (`/sites/root`),
//! and the arrival says so.
//!
//! Source: OData URL Conventions 4.01, chapter 4,
//! <https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html>.

use super::codes::Code;
use super::csdl::{Call, Service, Structured, TypeName};
use crate::assemble::local_name;
use crate::schema::Segment;

/// Where a path leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival<'s> {
    /// The action or function that the path ends in.
    pub(super) call: Option<&'s Call>,
    /// The first type that a cast was supplied to, if any.
    pub(super) supplied_cast: Option<&'s str>,
    /// A word was taken for the key of a member of a collection.
    pub(super) has_word_for_key: bool,
}

/// Why a path leads nowhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Lost {
    /// What is wrong.
    pub(super) code: Code,
    /// The segment that does not fit.
    pub(super) segment: String,
    /// What stands before it: a type, or nothing at the root.
    pub(super) at: String,
}

/// What a path has led to so far.
#[derive(Clone, Copy, Debug)]
enum At<'s> {
    Root,
    /// One value or a collection of a type.
    Value(&'s str, bool),
    /// Below an open type anything goes.
    Anything,
}

/// Follows a path.
///
/// # Errors
///
/// At the first segment that the service does not have.
pub(super) fn walk<'s>(service: &'s Service, path: &[Segment]) -> Result<Arrival<'s>, Lost> {
    let mut walker = Walker {
        service,
        at: At::Root,
        call: None,
        supplied_cast: None,
        has_word_for_key: false,
    };
    for segment in path {
        walker.step(segment)?;
    }
    Ok(Arrival {
        call: walker.call,
        supplied_cast: walker.supplied_cast,
        has_word_for_key: walker.has_word_for_key,
    })
}

struct Walker<'s> {
    service: &'s Service,
    at: At<'s>,
    call: Option<&'s Call>,
    supplied_cast: Option<&'s str>,
    has_word_for_key: bool,
}

impl<'s> Walker<'s> {
    fn step(&mut self, segment: &Segment) -> Result<(), Lost> {
        match segment {
            Segment::Literal { name } => self.name(name),
            Segment::Key { name } => self.key(name),
            Segment::AlternateKey { keys } => {
                let names: Vec<&str> = keys.iter().map(|(name, _)| name.as_str()).collect();
                self.key(&names.join(","))
            }
            Segment::Call { name, .. } => self.name(local_name(name)),
            Segment::Cast { type_name } => self.cast(type_name),
            // A file below a folder and a site below a site are of the same type as that.
            Segment::RelativePath { .. } => Ok(()),
            // `$value`, `$count` and `$ref` say how to see a thing, not which.
            Segment::System { .. } => Ok(()),
        }
    }

    fn name(&mut self, name: &str) -> Result<(), Lost> {
        self.call = None;
        match self.at {
            At::Root => match self.service.roots.get(&name.to_lowercase()) {
                Some(root) => self.go(root),
                None => return Err(self.lost(Code::PathRoot, name)),
            },
            At::Value(type_name, is_collection) => {
                return self.below(type_name, is_collection, name);
            }
            At::Anything => {}
        }
        Ok(())
    }

    /// A property, an action or a function of what the path has led to.
    fn below(&mut self, type_name: &'s str, is_collection: bool, name: &str) -> Result<(), Lost> {
        if self.follow(type_name, is_collection, name) {
            return Ok(());
        }
        let service = self.service;
        for derived in service.descendants(type_name) {
            if self.follow(&derived.name, is_collection, name) {
                self.supplied_cast.get_or_insert(&derived.name);
                return Ok(());
            }
        }
        if service
            .lineage(type_name)
            .any(|structured| structured.is_open)
            && !is_collection
        {
            self.at = At::Anything;
            return Ok(());
        }
        let has_with_key = self.follow(type_name, !is_collection, name);
        self.at = At::Value(type_name, is_collection);
        self.call = None;
        if is_collection && !has_with_key {
            self.has_word_for_key = true;
            return self.key(name);
        }
        let code = match has_with_key {
            true => Code::PathKey,
            false => Code::PathSegment,
        };
        Err(self.lost(code, name))
    }

    /// Goes to a member or a call of exactly this type or its bases; whether there is one.
    fn follow(&mut self, type_name: &str, is_collection: bool, name: &str) -> bool {
        if !is_collection && let Some(member) = member(self.service, type_name, name) {
            self.go(member);
            return true;
        }
        let Some(call) = call(self.service, type_name, is_collection, name) else {
            return false;
        };
        self.call = Some(call);
        self.at = match &call.returns {
            Some(returns) => At::Value(&returns.name, returns.is_collection),
            None => At::Value("", false),
        };
        true
    }

    fn key(&mut self, text: &str) -> Result<(), Lost> {
        match self.at {
            At::Value(name, true) => self.at = At::Value(name, false),
            At::Anything => {}
            At::Root | At::Value(_, false) => return Err(self.lost(Code::PathKey, text)),
        }
        self.call = None;
        Ok(())
    }

    /// A cast to a type, or a call that is written with its namespace.
    fn cast(&mut self, text: &str) -> Result<(), Lost> {
        let service = self.service;
        let known = service.type_named(text);
        if let (At::Value(from, is_collection), Some(to)) = (self.at, known)
            && (service.is_a(&to.name, from) || service.is_a(from, &to.name))
        {
            self.at = At::Value(&to.name, is_collection);
            self.call = None;
            return Ok(());
        }
        self.name(local_name(text))
    }

    fn go(&mut self, to: &'s TypeName) {
        self.at = At::Value(&to.name, to.is_collection);
    }

    fn lost(&self, code: Code, segment: &str) -> Lost {
        let at = match self.at {
            At::Root | At::Anything => String::new(),
            At::Value(name, is_collection) => TypeName {
                name: name.to_owned(),
                is_collection,
            }
            .to_string(),
        };
        Lost {
            code,
            segment: segment.to_owned(),
            at,
        }
    }
}

/// A property of either kind, own or inherited.
fn member<'s>(service: &'s Service, type_name: &str, name: &str) -> Option<&'s TypeName> {
    let mut members = service.lineage(type_name).flat_map(Structured::members);
    let member = members.find(|member| member.name.eq_ignore_ascii_case(name))?;
    Some(&member.type_name)
}

/// The call of this name that is bound to the type, or to the nearest of its bases.
fn call<'s>(
    service: &'s Service,
    type_name: &str,
    is_collection: bool,
    name: &str,
) -> Option<&'s Call> {
    let distance = |call: &Call| {
        let binding = call.binding.as_ref()?;
        let place = match binding.name == type_name {
            true => Some(0),
            false => {
                let mut lineage = service.lineage(type_name);
                lineage.position(|structured| structured.name == binding.name)
            }
        };
        place.filter(|_| binding.is_collection == is_collection)
    };
    let near = service
        .overloads(name)
        .filter_map(|call| Some((distance(call)?, call)));
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, call)| call)
}

#[cfg(test)]
mod tests;
