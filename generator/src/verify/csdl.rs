//! The service's metadata as records: what an OData CSDL document (XML) declares.
//!
//! Only what a page can be held against is kept; annotations are not. Aliases are replaced by the
//! namespaces that they stand for.
//!
//! Source: OData CSDL XML Representation 4.01,
//! <https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/odata-csdl-xml-v4.01.html>.

mod read;

use std::collections::BTreeMap;
use std::fmt;

pub(super) use read::read;

use super::kind::TypeKind;

/// Everything that a service declares.
#[derive(Debug, Default)]
pub(super) struct Service {
    /// EntityTypes and ComplexTypes by qualified name.
    pub(super) types: BTreeMap<String, Structured>,
    /// EnumTypes by qualified name.
    pub(super) enums: BTreeMap<String, Enumeration>,
    /// Actions and Functions, each overload on its own, in the order of the document.
    pub(super) calls: Vec<Call>,
    /// EntitySets and Singletons by the lower case of their names.
    pub(super) roots: BTreeMap<String, TypeName>,
    /// Lower case of a type's name → the name.
    written: BTreeMap<String, String>,
    /// Type → the types that name it as their base.
    subtypes: BTreeMap<String, Vec<String>>,
    /// Lower case of a call's name → its places in `calls`.
    call_places: BTreeMap<String, Vec<usize>>,
}

/// An EntityType or a ComplexType.
#[derive(Debug)]
pub(super) struct Structured {
    /// The qualified name.
    pub(super) name: String,
    /// Which of the two it is.
    pub(super) kind: TypeKind,
    /// The qualified name of the base type.
    pub(super) base: Option<String>,
    /// No value is of this type itself.
    pub(super) is_abstract: bool,
    /// A value may hold properties that are not declared.
    pub(super) is_open: bool,
    /// Own structural properties.
    pub(super) properties: Vec<Typed>,
    /// Own navigation properties.
    pub(super) navigations: Vec<Typed>,
}

/// Something with a name and a type: a property, a navigation property, a parameter.
#[derive(Debug)]
pub(super) struct Typed {
    /// The name.
    pub(super) name: String,
    /// The type.
    pub(super) type_name: TypeName,
}

/// The value of an attribute `Type`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct TypeName {
    /// The qualified name, or `Edm.` and a primitive type's.
    pub(super) name: String,
    /// It stands in `Collection(…)`.
    pub(super) is_collection: bool,
}

/// An EnumType.
#[derive(Debug)]
pub(super) struct Enumeration {
    /// The qualified name.
    pub(super) name: String,
    /// The members and their numbers.
    pub(super) members: Vec<(String, Option<i64>)>,
}

/// An overload of an Action or a Function.
#[derive(Debug)]
pub(super) struct Call {
    /// The name, without its namespace.
    pub(super) name: String,
    /// A Function; otherwise an Action.
    pub(super) is_function: bool,
    /// The type that it is bound to.
    pub(super) binding: Option<TypeName>,
    /// The parameters, the binding one left out.
    pub(super) parameters: Vec<Typed>,
    /// What it answers with.
    pub(super) returns: Option<TypeName>,
}

impl fmt::Display for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_collection {
            true => write!(f, "Collection({})", self.name),
            false => f.write_str(&self.name),
        }
    }
}

impl Service {
    /// Fills the tables that questions are answered from.
    fn index(&mut self) {
        for structured in self.types.values() {
            let lower = structured.name.to_lowercase();
            self.written.insert(lower, structured.name.clone());
            if let Some(base) = &structured.base {
                let subtypes = self.subtypes.entry(base.clone()).or_default();
                subtypes.push(structured.name.clone());
            }
        }
        for (place, call) in self.calls.iter().enumerate() {
            let places = self.call_places.entry(call.name.to_lowercase());
            places.or_default().push(place);
        }
    }

    /// The structured type of a name, in whatever case.
    pub(super) fn type_named(&self, name: &str) -> Option<&Structured> {
        self.types.get(self.written.get(&name.to_lowercase())?)
    }

    /// The type and its bases, nearest first.
    pub(super) fn lineage(&self, name: &str) -> impl Iterator<Item = &Structured> {
        let base_of = |structured: &&Structured| self.types.get(structured.base.as_ref()?);
        // A service that lets a type inherit from itself must not keep us for ever.
        std::iter::successors(self.types.get(name), base_of).take(self.types.len())
    }

    /// Whether a value of `name` is one of `base`, too.
    pub(super) fn is_a(&self, name: &str, base: &str) -> bool {
        self.lineage(name).any(|structured| structured.name == base)
    }

    /// All types that inherit from a type, directly or not.
    pub(super) fn descendants(&self, name: &str) -> Vec<&Structured> {
        let below = |name: &str| self.subtypes.get(name).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<&String> = below(name).iter().collect();
        let mut next = 0;
        while let Some(current) = found.get(next)
            && found.len() <= self.types.len()
        {
            found.extend(below(current));
            next += 1;
        }
        found
            .into_iter()
            .filter_map(|name| self.types.get(name))
            .collect()
    }

    /// All overloads of a name, in whatever case.
    pub(super) fn overloads(&self, name: &str) -> impl Iterator<Item = &Call> {
        let places = self.call_places.get(&name.to_lowercase());
        let places = places.map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|&place| self.calls.get(place))
    }
}

impl Structured {
    /// Own properties of both kinds.
    pub(super) fn members(&self) -> impl Iterator<Item = &Typed> {
        self.properties.iter().chain(&self.navigations)
    }
}
