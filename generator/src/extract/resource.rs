//! A resource page into structured types.

mod sample;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::page::{Annotation, BlockKind, CodeBlock};
use crate::schema::{Method, NavigationProperty, Property, StructuredType, TypeRef};
use crate::source::Span;

use super::outline::Outline;
use super::prose::{self, Prose, is_identifier};
use super::summary::{self, Summary};
use super::tables::{Column, Columns, is_blank, is_group};
use super::{Reader, json_representation, properties, type_cell};

pub(super) const PROPERTIES: &[&str] = &["properties", "property"];
const RELATIONSHIPS: &[&str] = &["relationships", "relationship", "navigation properties"];
const METHODS: &[&str] = &["methods", "method", "tasks", "actions"];
pub(super) const JSON: &[&str] = &["json representation", "json representations", "json"];

/// The titles of resource pages, less the name.
const TITLES: &[&str] = &[
    "resource type",
    "complex type",
    "entity type",
    "resource",
    "type",
    "facet",
    "entity",
];

/// The namespace in the `Namespace:` line of a page.
pub(super) fn namespace(outline: &Outline<'_, '_>) -> Option<String> {
    let title = outline.title()?;
    outline.blocks(0..title + 1).find_map(|block| {
        let BlockKind::Paragraph(inline) = &block.kind else {
            return None;
        };
        let first = inline
            .pieces
            .iter()
            .find(|piece| !piece.text.trim().is_empty())?;
        if !first.text.trim_start().starts_with(['N', '<']) {
            return None;
        }
        let text = inline.text();
        let rest = text
            .trim_start()
            .strip_prefix("Namespace")?
            .trim_start()
            .strip_prefix(':')?;
        let name = rest
            .split_whitespace()
            .next()?
            .trim_matches(['*', '`', '.']);
        prose::is_type_name(name).then(|| name.to_owned())
    })
}

/// Reads the types of the page: mostly one, the subject; more when its metadata names more.
pub(super) fn read(reader: &Reader<'_, '_>) -> Vec<StructuredType> {
    let identities = identities(reader);
    let (first, others) = match identities.split_first() {
        Some((first, others)) => (first, others),
        None => return from_title(reader).into_iter().collect(),
    };
    let mut types = vec![subject(reader, first)];
    types.extend(others.iter().map(|other| from_json(reader, other)));
    types
}

/// A type that a metadata comment names, and the blocks that show it.
struct Identity<'a, 's> {
    name: String,
    span: Span,
    annotations: Vec<&'a Annotation<'s>>,
    blocks: Vec<&'a CodeBlock<'s>>,
}

/// The types that metadata comments of the kind `resource` name, in order. Several blocks may
/// show one type.
fn identities<'a, 's>(reader: &Reader<'a, 's>) -> Vec<Identity<'a, 's>> {
    let mut identities: Vec<Identity<'a, 's>> = Vec::new();
    for block in reader.outline.blocks(0..reader.page.sections.len()) {
        let (annotation, code) = match &block.kind {
            BlockKind::Code(code) => (code.annotation.as_ref(), Some(code)),
            BlockKind::Annotation(annotation) => (Some(annotation), None),
            _ => continue,
        };
        let Some(annotation) = annotation.filter(|annotation| is_resource(annotation)) else {
            continue;
        };
        let Some(name) = odata_type(reader, annotation) else {
            continue;
        };
        let place = identities
            .iter()
            .position(|known| known.name.eq_ignore_ascii_case(&name));
        let place = place.unwrap_or_else(|| {
            identities.push(Identity {
                name,
                span: annotation.span,
                annotations: Vec::new(),
                blocks: Vec::new(),
            });
            identities.len() - 1
        });
        if let Some(identity) = identities.get_mut(place) {
            identity.annotations.push(annotation);
            identity.blocks.extend(code);
        }
    }
    subject_first(reader, identities)
}

/// The type that the title names goes first: the tables of the page are its.
fn subject_first<'a, 's>(
    reader: &Reader<'_, '_>,
    mut identities: Vec<Identity<'a, 's>>,
) -> Vec<Identity<'a, 's>> {
    let title = title_name(&reader.title).unwrap_or_default();
    let names_title =
        |identity: &Identity<'_, '_>| short_name(&identity.name).eq_ignore_ascii_case(title);
    if let Some(place) = identities.iter().position(names_title) {
        identities[..=place].rotate_right(1);
    }
    identities
}

fn is_resource(annotation: &Annotation<'_>) -> bool {
    text_member(annotation, "blockType").is_some_and(|kind| kind.eq_ignore_ascii_case("resource"))
}

fn odata_type(reader: &Reader<'_, '_>, annotation: &Annotation<'_>) -> Option<String> {
    let name =
        text_member(annotation, "@odata.type").or_else(|| text_member(annotation, "@type"))?;
    let name = name.trim().trim_start_matches('#');
    prose::is_type_name(name).then(|| reader.qualify(name))
}

/// A member of a metadata comment that is text.
pub(super) fn text_member<'a>(annotation: &'a Annotation<'_>, key: &str) -> Option<&'a str> {
    annotation.members.get(key).and_then(Value::as_str)
}

/// A member of a metadata comment that is true, as a boolean or as text.
pub(super) fn is_true(annotation: &Annotation<'_>, key: &str) -> bool {
    match annotation.members.get(key) {
        Some(Value::Bool(value)) => *value,
        Some(Value::String(text)) => text.trim().eq_ignore_ascii_case("true"),
        _ => false,
    }
}

pub(super) fn short_name(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// `X` of a title such as `X resource type`.
fn title_name(title: &str) -> Option<&str> {
    let rest = TITLES.iter().find_map(|words| {
        let at = title.len().checked_sub(words.len())?;
        let (name, end) = (title.get(..at)?, title.get(at..)?);
        end.eq_ignore_ascii_case(words).then(|| name.trim())
    });
    let name = rest.unwrap_or(title).trim_matches('`');
    let name = name.strip_suffix(" resource").unwrap_or(name);
    prose::is_type_name(name).then_some(name)
}

/// The type of a page without metadata: the title names it, and a table or the JSON representation
/// tells what it holds. A title that says that it is one of a type is enough where the page has a
/// section for its properties.
fn from_title(reader: &Reader<'_, '_>) -> Option<StructuredType> {
    let navigation_properties = navigation_of(reader);
    let mut properties = properties_of(reader);
    let Some(name) = title_name(&reader.title) else {
        report_nameless(reader, &properties);
        return None;
    };
    let block = json_representation::block(reader);
    let sample = block.map(json_representation::read).unwrap_or_default();
    let key = json_representation::key(block);
    sample::complete(reader, &mut properties, &navigation_properties, sample);
    let summary = summary::read(reader);
    let holds_nothing = properties.is_empty() && navigation_properties.is_empty();
    if holds_nothing && !promises_type(reader, &summary) {
        return None;
    }
    Some(StructuredType {
        name: json_representation::type_name(reader, block, name)
            .unwrap_or_else(|| reader.qualify(name)),
        base_type: summary.base_type,
        is_abstract: summary.is_abstract,
        open_type: summary.open_type,
        listed_subtypes: summary.listed_subtypes,
        methods: methods(reader),
        doc: summary.doc,
        pages: vec![reader.links.page()],
        span: reader.title_span(),
        properties,
        navigation_properties,
        key,
    })
}

/// A page without a title may list properties all the same.
fn report_nameless(reader: &Reader<'_, '_>, properties: &[Property]) {
    if let (Some(first), true) = (properties.first(), reader.title.is_empty()) {
        let message = "the page does not name the type whose properties these are".to_owned();
        reader.report(Code::TableUnknown, first.span, message);
    }
}

/// Whether a page without properties is one of a type: it says so, and has a place for them, or
/// tells what it inherits from or is abstract for.
fn promises_type(reader: &Reader<'_, '_>, summary: &Summary) -> bool {
    let title = reader.title.to_ascii_lowercase();
    let named = [" resource type", " complex type", " entity type"];
    let placed = !reader.outline.all(PROPERTIES).is_empty()
        || summary.base_type.is_some()
        || summary.is_abstract;
    placed && named.iter().any(|words| title.ends_with(words))
}

/// The type that the page is about.
fn subject(reader: &Reader<'_, '_>, identity: &Identity<'_, '_>) -> StructuredType {
    let summary = summary::read(reader);
    let navigation_properties = navigation_of(reader);
    let mut properties = properties_of(reader);
    let sample = identity
        .blocks
        .first()
        .map(|block| json_representation::read(block));
    sample::complete(
        reader,
        &mut properties,
        &navigation_properties,
        sample.unwrap_or_default(),
    );
    StructuredType {
        name: identity.name.clone(),
        base_type: base_type(&summary, identity),
        is_abstract: summary.is_abstract || says(identity, &["abstract", "isAbstract"]),
        open_type: summary.open_type || says(identity, &["openType", "isOpen"]),
        key: key(identity),
        listed_subtypes: summary.listed_subtypes,
        methods: methods(reader),
        doc: summary.doc,
        pages: vec![reader.links.page()],
        span: identity.span,
        properties,
        navigation_properties,
    }
}

/// A further type of the page: only its JSON block tells what it holds.
fn from_json(reader: &Reader<'_, '_>, identity: &Identity<'_, '_>) -> StructuredType {
    let sample = identity
        .blocks
        .first()
        .map(|block| json_representation::read(block));
    StructuredType {
        name: identity.name.clone(),
        base_type: metadata_base(identity),
        is_abstract: says(identity, &["abstract", "isAbstract"]),
        open_type: says(identity, &["openType", "isOpen"]),
        key: key(identity),
        properties: sample.unwrap_or_default(),
        pages: vec![reader.links.page()],
        span: identity.span,
        ..StructuredType::default()
    }
}

fn says(identity: &Identity<'_, '_>, keys: &[&str]) -> bool {
    let annotations = &identity.annotations;
    annotations
        .iter()
        .any(|annotation| keys.iter().any(|key| is_true(annotation, key)))
}

fn key(identity: &Identity<'_, '_>) -> Option<String> {
    let keys = identity
        .annotations
        .iter()
        .filter_map(|annotation| text_member(annotation, "keyProperty"));
    let mut keys = keys.map(str::trim).filter(|key| is_identifier(key));
    keys.next().map(str::to_owned)
}

fn metadata_base(identity: &Identity<'_, '_>) -> Option<TypeRef> {
    let base = |annotation: &&Annotation<'_>| {
        let name = text_member(annotation, "baseType")?.trim();
        (!name.is_empty() && name != "null").then(|| type_cell::from_text(name, annotation.span))
    };
    identity.annotations.iter().find_map(base)
}

/// Prose wins over metadata that says no more than `entity`: that is a template's default.
fn base_type(summary: &Summary, identity: &Identity<'_, '_>) -> Option<TypeRef> {
    let metadata = metadata_base(identity);
    match &metadata {
        Some(base) if short_name(&base.name) != "entity" => metadata,
        _ => summary.base_type.clone().or(metadata),
    }
}

fn properties_of(reader: &Reader<'_, '_>) -> Vec<Property> {
    let mut found = Vec::new();
    for index in reader.outline.all(PROPERTIES) {
        for place in reader.outline.under(index) {
            if place != index && is_other_table(reader, place) {
                report_text_tables(reader, place);
                continue;
            }
            found.extend(properties_in(reader, place));
        }
    }
    found
}

/// A subsection of Properties that lists something else: the members of an enumeration, what the
/// text in a property holds ("Properties of a policy definition"), or, where the page nests its
/// sections by mistake, relationships.
fn is_other_table(reader: &Reader<'_, '_>, place: usize) -> bool {
    let heading = reader.outline.heading(place);
    let named = [RELATIONSHIPS, METHODS, JSON]
        .iter()
        .any(|names| names.contains(&heading));
    named || is_text_table(heading) || heading.ends_with(" values") || heading.contains("example")
}

/// Whether a section lists what stands in the text that a property holds.
fn is_text_table(heading: &str) -> bool {
    heading.starts_with("properties of ") && heading.ends_with(" definition")
}

fn report_text_tables(reader: &Reader<'_, '_>, place: usize) {
    if !is_text_table(reader.outline.heading(place)) {
        return;
    }
    for (block, _) in reader.outline.tables(place..place + 1) {
        let message = "the table lists what the text in a property holds: it is passed over";
        let diagnostic = Diagnostic::new(Code::TableUnknown, block.span, message.to_owned());
        reader.add(diagnostic.with_severity(Severity::Note));
    }
}

fn properties_in(reader: &Reader<'_, '_>, place: usize) -> Vec<Property> {
    let mut found = Vec::new();
    for (block, table) in reader.outline.tables(place..place + 1) {
        let columns = Columns::of(table);
        if columns.lists_properties() && (columns.has(Column::Type) || found.is_empty()) {
            found.extend(properties::read(reader, table));
        } else if columns.first() == Column::Other {
            let message =
                "a table among the properties has an unknown header and is passed over".to_owned();
            reader.report(Code::TableUnknown, block.span, message);
        }
    }
    found
}

fn navigation_of(reader: &Reader<'_, '_>) -> Vec<NavigationProperty> {
    let mut found = Vec::new();
    for index in reader.outline.all(RELATIONSHIPS) {
        for (block, table) in reader.outline.tables(index..index + 1) {
            if Columns::of(table).lists_properties() {
                found.extend(properties::read_navigation(reader, table));
            } else {
                let message = "the table of relationships has an unknown header".to_owned();
                reader.report(Code::TableUnknown, block.span, message);
            }
        }
    }
    found
}

fn methods(reader: &Reader<'_, '_>) -> Vec<Method> {
    let mut found = Vec::new();
    for index in reader.outline.all(METHODS) {
        for (_, table) in reader.outline.tables(reader.outline.under(index)) {
            let columns = Columns::of(table);
            let rows = table
                .rows
                .iter()
                .filter(|row| !is_group(row) && !is_blank(row));
            found.extend(rows.filter_map(|row| method(reader, &columns, row)));
        }
    }
    found
}

fn method(
    reader: &Reader<'_, '_>,
    columns: &Columns,
    row: &crate::page::Row<'_>,
) -> Option<Method> {
    let cell = row.cells.first()?;
    let prose = Prose::new(cell);
    let link = prose.link_in(0..prose.text.len());
    let page = link
        .as_ref()
        .and_then(|(_, piece)| reader.links.type_ref(piece, false).link);
    let name = link.map_or(&*prose.text, |(_, piece)| piece.text.as_ref());
    let returns = columns
        .cell(row, Column::ReturnType)
        .map(|cell| type_cell::read(cell, &reader.links));
    let returns = returns
        .filter(|read| read.fault.is_none() && !read.type_ref.name.eq_ignore_ascii_case("none"));
    Some(Method {
        name: name.trim().to_owned(),
        page: page.map(|page| page.split('#').next().unwrap_or_default().to_owned()),
        return_type: returns.map(|read| read.type_ref),
        doc: columns
            .cell(row, Column::Description)
            .map(|cell| prose::markdown(cell, &reader.links))
            .unwrap_or_default(),
        span: cell.span,
    })
}
