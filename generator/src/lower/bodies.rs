//! What requests carry into types of their own: `NewIncidentTask`, `IncidentTaskUpdate`.
//!
//! A body has what its page's table lists, less what the service alone writes. Where several pages
//! create or update the same type, their tables are one: a property is required when all of them
//! require it.

use std::collections::{BTreeMap, BTreeSet};

use super::docs::{self, Paragraphs};
use super::forms::Form;
use super::models::is_annotation;
use super::names::{self, Scope};
use super::types::{Place, Types, namespace_module};
use crate::assemble::{local_name, namespace_of};
use crate::resolve::EffectiveProperty;
use crate::rust::{
    BodyParameter, Construction, Field, Model, Presence, Primitive, Struct, Type, TypePath,
};
use crate::schema::{Operation, OperationKind, Property, RequestBody, Segment, TypeRef};

/// The namespace of a body that belongs to no type.
const ROOT: &str = "microsoft.graph";

/// The bodies made so far.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    made: BTreeMap<String, TypePath>,
    /// Types that requests carry as they are.
    sent: BTreeSet<TypePath>,
}

/// A body that is about to be made.
struct Draft<'d> {
    /// What it is for: the type that is created or updated.
    subject: Option<&'d str>,
    namespace: String,
    wanted: String,
    doc: String,
    presence: Presence,
}

impl Bodies {
    /// The parameter `body` of an operation's method, at a path of that form.
    pub(super) fn parameter(
        &mut self,
        types: &mut Types<'_>,
        operation: &Operation,
        form: Form,
    ) -> Option<BodyParameter> {
        match &operation.request_body {
            RequestBody::None => None,
            // Pages name the type of what is linked; what is sent is its address.
            _ if form == Form::Reference => Some(BodyParameter::Reference),
            RequestBody::Content { media_type } => {
                let media_type = media_type.as_deref().unwrap_or("application/octet-stream");
                Some(BodyParameter::Content(media_type.to_owned()))
            }
            // Content is replaced by content, whatever a page says of the object that it belongs to.
            _ if form == Form::Content && operation.method == "PUT" => Some(
                BodyParameter::Content("application/octet-stream".to_owned()),
            ),
            RequestBody::Undocumented => {
                Some(BodyParameter::Json(Type::Primitive(Primitive::Json)))
            }
            RequestBody::Properties { properties, .. } if properties.is_empty() => {
                Some(BodyParameter::Json(Type::Primitive(Primitive::Json)))
            }
            RequestBody::Properties {
                type_ref,
                properties,
            } => {
                let subject = subject(types, operation, type_ref.as_ref());
                let rows: Vec<Row<'_>> = properties
                    .iter()
                    .map(|p| Row::of_table(types, p, subject))
                    .collect();
                Some(self.of_rows(types, operation, subject, &rows))
            }
            RequestBody::Type { type_ref } => Some(self.of_type(types, operation, type_ref)),
        }
    }

    /// The body of a page that names a type and lists nothing.
    fn of_type(
        &mut self,
        types: &mut Types<'_>,
        operation: &Operation,
        type_ref: &TypeRef,
    ) -> BodyParameter {
        let subject = types
            .index
            .structured(&type_ref.name)
            .map(|t| t.name.as_str());
        let is_plain = |name: &&str| {
            !type_ref.is_collection
                && !types.index.is_abstract(name)
                && makes_or_changes(operation.kind)
        };
        match subject.filter(is_plain) {
            Some(name) => {
                let properties = types.index.properties(name);
                let rows: Vec<Row<'_>> = properties.iter().map(Row::of_type).collect();
                self.of_rows(types, operation, Some(name), &rows)
            }
            None => {
                let ty = types.of(type_ref, None, None);
                self.sent.extend(model_of(&ty).cloned());
                BodyParameter::Json(ty)
            }
        }
    }

    fn of_rows(
        &mut self,
        types: &mut Types<'_>,
        operation: &Operation,
        subject: Option<&str>,
        rows: &[Row<'_>],
    ) -> BodyParameter {
        let draft = draft(operation, subject);
        let mut scope = Scope::with(&["additional_properties"]);
        let writable = rows
            .iter()
            .filter(|row| !row.read_only && (!is_annotation(row.name) || is_reference(row.name)));
        let fields: Vec<Field> = writable
            .map(|row| field(types, &draft, row, &mut scope))
            .collect();
        let path = self.place(types, &draft, operation, fields);
        BodyParameter::Json(Type::Model(path))
    }

    /// Puts a body into the crate, or its fields into the body that is there for the same use.
    fn place(
        &mut self,
        types: &mut Types<'_>,
        draft: &Draft<'_>,
        operation: &Operation,
        fields: Vec<Field>,
    ) -> TypePath {
        let key = format!("{}.{}", namespace_module(&draft.namespace), draft.wanted);
        if let Some(path) = self.made.get(&key)
            && draft.subject.is_some()
            && let Some(known) = types.get_struct_mut(path)
        {
            merge(&mut known.fields, fields);
            return path.clone();
        }
        let path = types.claim(&draft.namespace, &draft.wanted);
        let doc = Paragraphs::default()
            .add(&draft.doc)
            .page(Some(&operation.page))
            .doc();
        types.insert(
            path.clone(),
            Model::Struct(Struct {
                name: path.name.clone(),
                doc,
                odata_type: None,
                tag: draft.subject.and_then(|name| tag(types, name)),
                fields,
                construction: Construction::Write,
            }),
        );
        self.made.insert(key, path.clone());
        path
    }

    /// Lets users make values of every type that a body holds.
    pub(super) fn finish(self, types: &mut Types<'_>) {
        let mut next: Vec<TypePath> = self.sent.into_iter().collect();
        for path in self.made.into_values() {
            next.extend(held(types, &path));
        }
        let mut seen = BTreeSet::new();
        while let Some(path) = next.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            if types.make_sendable(&path) {
                next.extend(held(types, &path));
            } else if let Some(name) = types.documented_name(&path) {
                // A hierarchy: every subtype can be sent.
                let own = types.path(name).cloned();
                let below = types.index.descendants(name);
                let below = below.iter().filter_map(|t| types.path(&t.name).cloned());
                next.extend(own.into_iter().chain(below));
            }
        }
    }
}

/// The tag of a type that inherits from another than the one at the root of all entities: the
/// service can't tell from the path which type is meant.
fn tag(types: &Types<'_>, name: &str) -> Option<String> {
    let bases = types.index.bases(name);
    let is_subtype = bases
        .iter()
        .any(|base| types.index.is_polymorphic(&base.name));
    is_subtype.then(|| format!("#{name}"))
}

/// The models that a struct's fields hold.
fn held(types: &Types<'_>, path: &TypePath) -> Vec<TypePath> {
    let fields = types.get_struct(path).map_or(&[][..], |s| &s.fields);
    fields
        .iter()
        .filter_map(|f| model_of(&f.ty).cloned())
        .collect()
}

fn model_of(ty: &Type) -> Option<&TypePath> {
    match ty {
        Type::Model(path) => Some(path),
        Type::Boxed(inner) | Type::Vec(inner) | Type::Collection(inner) => model_of(inner),
        Type::Primitive(_) | Type::Flags(_) => None,
    }
}

/// Whether an annotation names another resource by its address: `@odata.id`, `site@odata.bind`.
fn is_reference(name: &str) -> bool {
    name.ends_with("@odata.id") || name.ends_with("@odata.bind")
}

fn makes_or_changes(kind: OperationKind) -> bool {
    matches!(kind, OperationKind::Create | OperationKind::Update)
}

/// The type that an operation creates or updates: the one that the body's prose names, the one
/// that the page is about, the one that it answers with.
fn subject<'i>(
    types: &Types<'i>,
    operation: &Operation,
    named: Option<&TypeRef>,
) -> Option<&'i str> {
    if !makes_or_changes(operation.kind) {
        return None;
    }
    let answered = operation
        .responses
        .iter()
        .filter_map(|r| r.type_ref.as_ref());
    let mut candidates = named.into_iter().chain(&operation.resource).chain(answered);
    candidates
        .find_map(|t| types.index.structured(&t.name))
        .map(|t| t.name.as_str())
}

fn draft<'d>(operation: &Operation, subject: Option<&'d str>) -> Draft<'d> {
    let namespace = subject.or(operation.resource.as_ref().map(|r| r.name.as_str()));
    let namespace = namespace.map_or(ROOT, namespace_of).to_owned();
    let (wanted, doc, presence) = match (operation.kind, subject.map(local_name)) {
        (OperationKind::Create, Some(name)) => (
            format!("New{}", names::camel(name)),
            format!("What is sent to create {}.", docs::code(name)),
            Presence::Optional,
        ),
        (OperationKind::Update, Some(name)) => (
            format!("{}Update", names::camel(name)),
            format!(
                "What is sent to update {}: what is not set stays as it is.",
                docs::code(name)
            ),
            Presence::Patch,
        ),
        (OperationKind::Reference, _) => {
            let name = last_name(operation);
            (
                format!("{}Reference", names::camel(&name)),
                format!("What is sent to put something into {}.", docs::code(&name)),
                Presence::Optional,
            )
        }
        _ => {
            let name = last_name(operation);
            (
                format!("{}Parameters", names::camel(&name)),
                format!("What is sent to {}.", docs::code(&name)),
                Presence::Optional,
            )
        }
    };
    Draft {
        subject,
        namespace,
        wanted,
        doc,
        presence,
    }
}

/// The last name in an operation's path.
fn last_name(operation: &Operation) -> String {
    let segments = operation
        .path_templates
        .first()
        .map_or(&[][..], |p| &p.segments);
    let name = |segment: &Segment| match segment {
        Segment::Literal { name } | Segment::Call { name, .. } => Some(local_name(name).to_owned()),
        Segment::Key { .. }
        | Segment::AlternateKey { .. }
        | Segment::RelativePath { .. }
        | Segment::Cast { .. }
        | Segment::System { .. } => None,
    };
    segments
        .iter()
        .rev()
        .find_map(name)
        .unwrap_or_else(|| "request".to_owned())
}

/// A property that may be sent.
struct Row<'r> {
    name: &'r str,
    type_ref: &'r TypeRef,
    owner: Option<&'r str>,
    values: &'r [String],
    required: bool,
    read_only: bool,
    doc: &'r str,
}

impl<'r> Row<'r> {
    /// A row of the body's table. The type's own page knows better where the table says `String`
    /// or names a type that no page describes.
    fn of_table<'i: 'r>(
        types: &Types<'i>,
        property: &'r Property,
        subject: Option<&'i str>,
    ) -> Self {
        let known = subject.and_then(|name| types.index.property(name, &property.name));
        let vague = property.type_ref.name == "Edm.String" || !is_known(types, &property.type_ref);
        let (type_ref, owner, values) = match known {
            Some(known) if vague => {
                let declaration = known.declaration;
                let owner = Some(known.owner.name.as_str());
                (declaration.type_ref(), owner, declaration.allowed_values())
            }
            Some(_) | None => (
                &property.type_ref,
                subject,
                property.allowed_values.as_slice(),
            ),
        };
        let known_read_only = known.is_some_and(|k| k.declaration.read_only());
        Self {
            name: &property.name,
            type_ref,
            owner,
            values,
            required: property.required,
            read_only: property.read_only || (known_read_only && !property.required),
            doc: &property.doc,
        }
    }

    fn of_type(property: &'r EffectiveProperty<'_>) -> Self {
        let declaration = property.declaration;
        Self {
            name: declaration.name(),
            type_ref: declaration.type_ref(),
            owner: Some(&property.owner.name),
            values: declaration.allowed_values(),
            required: declaration.required() && !declaration.read_only(),
            read_only: declaration.read_only(),
            doc: property.doc,
        }
    }
}

fn is_known(types: &Types<'_>, type_ref: &TypeRef) -> bool {
    type_ref.name.starts_with("Edm.") || types.path(&type_ref.name).is_some()
}

fn field(types: &mut Types<'_>, draft: &Draft<'_>, row: &Row<'_>, scope: &mut Scope) -> Field {
    let fallback = format!("{}.{}", draft.namespace, draft.wanted);
    let place = Place {
        owner: row.owner.unwrap_or(&fallback),
        property: row.name,
        values: row.values,
    };
    let required = row.required && draft.presence == Presence::Optional;
    let name = scope.claim(&names::snake(row.name));
    Field {
        setter: names::setter(&name),
        name,
        wire_name: row.name.to_owned(),
        doc: docs::doc(row.doc),
        ty: types.of(row.type_ref, Some(place), None),
        presence: if required {
            Presence::Required
        } else {
            draft.presence
        },
    }
}

/// Adds the fields of another page for the same use.
fn merge(known: &mut Vec<Field>, fields: Vec<Field>) {
    for field in known.iter_mut() {
        let other = fields.iter().find(|f| f.wire_name == field.wire_name);
        if field.presence == Presence::Required
            && other.is_none_or(|f| f.presence != Presence::Required)
        {
            field.presence = Presence::Optional;
        }
    }
    for mut field in fields {
        if known.iter().any(|k| k.wire_name == field.wire_name) {
            continue;
        }
        if field.presence == Presence::Required {
            field.presence = Presence::Optional;
        }
        let mut scope = Scope::with(&["additional_properties"]);
        known.iter().for_each(|k| {
            scope.try_claim(&k.name);
        });
        field.name = scope.claim(&field.name);
        field.setter = names::setter(&field.name);
        known.push(field);
    }
}
