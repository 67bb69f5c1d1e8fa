//! Types of the documents into types of Rust: where each lives, what it is called, what a
//! reference to it becomes.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::docs;
use super::names::{self, Scope};
use super::recursion::Recursion;
use crate::assemble::{local_name, namespace_of};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::resolve::Index;
use crate::rust::{
    Construction, Doc, Model, ModelFile, Namespace, OpenEnum, Primitive, Struct, Type, TypePath,
    Variant,
};
use crate::schema::{Member, TypeRef};
use crate::source::Span;

/// Primitive types of OData, and what the runtime has for them.
/// See <https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/odata-csdl-xml-v4.01.html#sec_PrimitiveTypes>.
const PRIMITIVES: &[(&str, Primitive)] = &[
    ("Edm.Binary", Primitive::Binary),
    ("Edm.Boolean", Primitive::Boolean),
    ("Edm.Byte", Primitive::Byte),
    ("Edm.Date", Primitive::Date),
    ("Edm.DateTimeOffset", Primitive::DateTimeOffset),
    ("Edm.Decimal", Primitive::Decimal),
    ("Edm.Double", Primitive::Double),
    ("Edm.Duration", Primitive::Duration),
    ("Edm.Guid", Primitive::Guid),
    ("Edm.Int16", Primitive::Int16),
    ("Edm.Int32", Primitive::Int32),
    ("Edm.Int64", Primitive::Int64),
    ("Edm.SByte", Primitive::SByte),
    ("Edm.Single", Primitive::Single),
    ("Edm.Stream", Primitive::Binary),
    ("Edm.String", Primitive::String),
    ("Edm.TimeOfDay", Primitive::TimeOfDay),
];

/// The member that tells old clients of new members; see
/// <https://learn.microsoft.com/graph/best-practices-concept#handling-future-members-in-evolvable-enumerations>.
const SENTINEL: &str = "unknownFutureValue";

/// The types of the crate while they are being decided.
pub(super) struct Types<'i> {
    /// The documents.
    pub(super) index: &'i Index<'i>,
    recursion: Recursion,
    scopes: BTreeMap<String, Scope>,
    documented: HashMap<&'i str, TypePath>,
    /// Hierarchies of concrete types, `Any…`, by the type's qualified name.
    any: HashMap<&'i str, TypePath>,
    /// The qualified names of the types that both hold, by path.
    names: HashMap<TypePath, &'i str>,
    /// Those that something refers to.
    pub(super) used_any: BTreeSet<&'i str>,
    models: BTreeMap<TypePath, Model>,
    /// Names that had to give way to others.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Whose property a reference is, so that a list of values can be named after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    /// The qualified name of the type that declares the property.
    pub(super) owner: &'p str,
    /// The property's name.
    pub(super) property: &'p str,
    /// "The possible values are: …"
    pub(super) values: &'p [String],
}

impl<'i> Types<'i> {
    /// Names every documented type.
    pub(super) fn new(index: &'i Index<'i>) -> Self {
        let (types, recursion) = rayon::join(|| Self::named(index), || Recursion::of(index));
        Self { recursion, ..types }
    }

    fn named(index: &'i Index<'i>) -> Self {
        let mut types = Self {
            index,
            recursion: Recursion::default(),
            scopes: BTreeMap::new(),
            documented: HashMap::new(),
            any: HashMap::new(),
            names: HashMap::new(),
            used_any: BTreeSet::new(),
            models: BTreeMap::new(),
            diagnostics: Vec::new(),
        };
        let structured = index.structured_types().map(|t| t.name.as_str());
        let enums = index.schema().enum_types.iter().map(|e| e.name.as_str());
        for name in structured.chain(enums) {
            let path = types.claim(namespace_of(name), &names::type_name(local_name(name)));
            if let Entry::Vacant(free) = types.documented.entry(name) {
                types.names.insert(path.clone(), name);
                free.insert(path);
            }
        }
        for structured in index.structured_types() {
            let name = structured.name.as_str();
            if index.is_polymorphic(name) && !index.is_abstract(name) {
                let wanted = format!("Any{}", names::camel(local_name(name)));
                let path = types.claim(namespace_of(name), &wanted);
                types.names.insert(path.clone(), name);
                types.any.insert(name, path);
            }
        }
        types
    }

    /// Takes a type name in a namespace.
    pub(super) fn claim(&mut self, namespace: &str, wanted: &str) -> TypePath {
        let module = namespace_module(namespace);
        let name = self.scopes.entry(module.clone()).or_default().claim(wanted);
        TypePath {
            namespace: module,
            name,
        }
    }

    /// The path of a documented type.
    pub(super) fn path(&self, name: &str) -> Option<&TypePath> {
        self.documented.get(name)
    }

    /// The path of the `Any…` of a concrete type with subtypes.
    pub(super) fn any_path(&self, name: &str) -> Option<&TypePath> {
        self.any.get(name)
    }

    /// Puts a type into the crate.
    pub(super) fn insert(&mut self, path: TypePath, model: Model) {
        self.models.insert(path, model);
    }

    /// A type that was put into the crate.
    pub(super) fn model(&self, path: &TypePath) -> Option<&Model> {
        self.models.get(path)
    }

    /// A struct that was put into the crate.
    pub(super) fn get_struct(&self, path: &TypePath) -> Option<&Struct> {
        match self.models.get(path) {
            Some(Model::Struct(found)) => Some(found),
            Some(Model::OpenEnum(_) | Model::Hierarchy(_)) | None => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn get_struct_mut(&mut self, path: &TypePath) -> Option<&mut Struct> {
        match self.models.get_mut(path) {
            Some(Model::Struct(found)) => Some(found),
            Some(Model::OpenEnum(_) | Model::Hierarchy(_)) | None => None,
        }
    }

    /// Takes a name in a scope; one that has to give way to another is a finding.
    pub(super) fn claim_in(
        &mut self,
        scope: &mut Scope,
        wanted: &str,
        wire_name: &str,
        span: Span,
    ) -> String {
        let name = scope.claim(wanted);
        if name != wanted {
            let message = format!(
                "`{wire_name}` becomes `{name}`, because `{}` is taken",
                wanted.strip_prefix("r#").unwrap_or(wanted)
            );
            let finding = Diagnostic::new(Code::NameCollision, span, message);
            self.diagnostics.push(finding.with_severity(Severity::Note));
        }
        name
    }

    /// The qualified name of the documented type that a path stands for.
    pub(super) fn documented_name(&self, path: &TypePath) -> Option<&'i str> {
        self.names.get(path).copied()
    }

    /// What a reference becomes. `place` names the list of values that a `String` may come with;
    /// `holder` is the type whose struct holds the value in place.
    pub(super) fn of(
        &mut self,
        type_ref: &TypeRef,
        place: Option<Place<'_>>,
        holder: Option<&str>,
    ) -> Type {
        let single = self.single(type_ref, place);
        if type_ref.is_collection {
            Type::Vec(Box::new(single))
        } else if holder.is_some_and(|h| self.recursion.is_circular(h, &type_ref.name)) {
            Type::Boxed(Box::new(single))
        } else {
            single
        }
    }

    /// What one value becomes. A type that no page describes is JSON.
    pub(super) fn single(&mut self, type_ref: &TypeRef, place: Option<Place<'_>>) -> Type {
        let name = type_ref.name.as_str();
        if let Some(place) = place.filter(|p| name == "Edm.String" && !p.values.is_empty()) {
            return Type::Model(self.inline_enum(place));
        }
        if let Some((_, primitive)) = PRIMITIVES.iter().find(|(edm, _)| *edm == name) {
            return Type::Primitive(*primitive);
        }
        if let Some(enumeration) = self.index.enumeration(name)
            && let Some(path) = self.path(name)
        {
            let path = path.clone();
            return if enumeration.is_flags {
                Type::Flags(path)
            } else {
                Type::Model(path)
            };
        }
        let any = self
            .any
            .get_key_value(name)
            .map(|(key, path)| (*key, path.clone()));
        if let Some((key, path)) = any {
            self.used_any.insert(key);
            return Type::Model(path);
        }
        match self.path(name) {
            Some(path) => Type::Model(path.clone()),
            None => Type::Primitive(Primitive::Json),
        }
    }

    /// The enum of a `String` whose values the page lists, named after owner and property.
    fn inline_enum(&mut self, place: Place<'_>) -> TypePath {
        let local = local_name(place.owner);
        let wanted = format!("{}{}", names::camel(local), names::camel(place.property));
        let members: Vec<Member> = place
            .values
            .iter()
            .map(|value| Member {
                name: value.clone(),
                ..Member::default()
            })
            .collect();
        let doc = docs::doc(&format!(
            "The documented values of {} of {}.",
            docs::code(place.property),
            docs::code(local)
        ));
        let module = namespace_module(namespace_of(place.owner));
        let path = TypePath {
            namespace: module,
            name: wanted.clone(),
        };
        let made = self.open_enum(wanted.clone(), doc, &members);
        if let Some(Model::OpenEnum(known)) = self.models.get(&path)
            && known.variants.len() == made.variants.len()
            && known
                .variants
                .iter()
                .zip(&made.variants)
                .all(|(a, b)| a.wire_name == b.wire_name)
        {
            return path;
        }
        let path = self.claim(namespace_of(place.owner), &wanted);
        self.insert(
            path.clone(),
            Model::OpenEnum(OpenEnum {
                name: path.name.clone(),
                ..made
            }),
        );
        path
    }

    /// An enum of these members. The sentinel of evolvable enumerations is none of them: the enum
    /// keeps it, like any other text, in `Unknown`.
    pub(super) fn open_enum(&mut self, name: String, doc: Doc, members: &[Member]) -> OpenEnum {
        let mut scope = Scope::with(&["Unknown"]);
        let mut variants = Vec::with_capacity(members.len());
        for member in members {
            if !member.name.eq_ignore_ascii_case(SENTINEL) {
                let wanted = variant_name(&member.name);
                variants.push(Variant {
                    name: self.claim_in(&mut scope, &wanted, &member.name, member.span),
                    wire_name: member.name.clone(),
                    doc: variant_doc(member),
                });
            }
        }
        OpenEnum {
            name,
            doc,
            variants,
        }
    }

    /// The modules of the crate, each type in its file.
    pub(super) fn into_namespaces(self) -> Vec<Namespace> {
        let mut namespaces: BTreeMap<String, Namespace> = BTreeMap::new();
        let mut files: BTreeMap<String, Scope> = BTreeMap::new();
        for (path, model) in self.models {
            let scope = files.entry(path.namespace.clone()).or_default();
            let namespace = namespaces
                .entry(path.namespace.clone())
                .or_insert_with(|| Namespace {
                    module: path.namespace.clone(),
                    doc: docs::doc(&format!("The types of the namespace `{}`.", path.namespace)),
                    files: Vec::new(),
                });
            namespace.files.push(ModelFile {
                module: scope.claim(&names::module(&path.name)),
                model,
            });
        }
        for namespace in namespaces.values_mut() {
            namespace.files.sort_by(|a, b| a.module.cmp(&b.module));
        }
        namespaces.into_values().collect()
    }

    /// Lets values of a struct be made by users, because requests carry them.
    pub(super) fn make_sendable(&mut self, path: &TypePath) -> bool {
        match self.get_struct_mut(path) {
            Some(found) if found.construction == Construction::Read => {
                found.construction = Construction::ReadWrite;
                true
            }
            Some(_) | None => false,
        }
    }
}

/// `microsoft.graph.security` → `security`, `microsoft.graph` → `graph`.
pub(super) fn namespace_module(namespace: &str) -> String {
    let below = namespace
        .strip_prefix("microsoft.graph.")
        .unwrap_or(match namespace {
            "microsoft.graph" => "graph",
            other => other,
        });
    names::module(below)
}

/// The name of a member's variant. `Unknown` is what keeps undocumented text in every enum, so a
/// documented member `unknown` gets a name of its own.
fn variant_name(member: &str) -> String {
    match names::camel(member) {
        name if name == "Unknown" => "UnknownMember".to_owned(),
        name => name,
    }
}

fn variant_doc(member: &Member) -> Doc {
    let wire = format!("{} on the wire.", docs::code(&member.name));
    docs::Paragraphs::default()
        .add(if member.doc.is_empty() {
            &wire
        } else {
            &member.doc
        })
        .doc()
}
