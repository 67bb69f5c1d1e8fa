//! `fixups.toml`: corrections of what the documents say, each named and with its reason.
//!
//! A correction is applied to the schema before anything is decided from it. One that finds
//! nothing to correct is an error: the documents have moved on, and it has to go.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use crate::config::sentence;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Member, Origin, Property, Schema, StructuredType, TypeRef};
use crate::source::{FileId, Span};

/// One `[[fixup]]`: why, and exactly one correction.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fixup {
    /// A name of its own, in kebab case.
    pub id: Spanned<String>,
    /// Why the documents are wrong.
    pub reason: String,
    /// The page that shows it.
    pub evidence: Option<String>,
    /// Adds a property that the page lacks.
    pub add_property: Option<AddProperty>,
    /// Replaces the type of a property.
    pub set_property_type: Option<SetPropertyType>,
    /// Takes a property away that does not exist.
    pub remove_property: Option<RemoveProperty>,
    /// Replaces the base type.
    pub set_base_type: Option<SetBaseType>,
    /// Says whether a type is abstract.
    pub set_abstract: Option<SetAbstract>,
    /// Adds a member to an enumeration.
    pub add_member: Option<AddMember>,
}

/// `add-property`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddProperty {
    /// The qualified name of the type.
    #[serde(rename = "type")]
    pub owner: String,
    /// The property's name.
    pub name: String,
    /// The qualified name of its type; `Collection(…)` for a collection.
    pub property_type: String,
    /// What it holds.
    #[serde(default)]
    pub doc: String,
}

/// `set-property-type`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SetPropertyType {
    /// The qualified name of the type.
    #[serde(rename = "type")]
    pub owner: String,
    /// The property's name.
    pub property: String,
    /// The qualified name of its type; `Collection(…)` for a collection.
    pub property_type: String,
}

/// `remove-property`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RemoveProperty {
    /// The qualified name of the type.
    #[serde(rename = "type")]
    pub owner: String,
    /// The property's name.
    pub property: String,
}

/// `set-base-type`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SetBaseType {
    /// The qualified name of the type.
    #[serde(rename = "type")]
    pub owner: String,
    /// The qualified name of its base.
    pub base_type: String,
}

/// `set-abstract`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SetAbstract {
    /// The qualified name of the type.
    #[serde(rename = "type")]
    pub owner: String,
    /// Whether it is.
    #[serde(rename = "abstract")]
    pub is_abstract: bool,
}

/// `add-member`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddMember {
    /// The qualified name of the enumeration.
    #[serde(rename = "type")]
    pub owner: String,
    /// The member's name.
    pub member: String,
    /// What it means.
    #[serde(default)]
    pub doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fixup: Vec<Fixup>,
}

/// Reads the text of a `fixups.toml`.
///
/// # Errors
///
/// Says in one sentence what the text should not hold.
pub fn parse(text: &str) -> Result<Vec<Fixup>, String> {
    let file: File = toml::from_str(text).map_err(|error| sentence(&error, text))?;
    let mut ids = BTreeSet::new();
    for fixup in &file.fixup {
        let id = fixup.id.get_ref();
        if !ids.insert(id.as_str()) {
            return Err(format!(
                "two fix-ups are called `{id}`; each has a name of its own"
            ));
        }
        if fixup.reason.trim().is_empty() {
            return Err(format!(
                "fix-up `{id}` gives no reason; say why the documents are wrong"
            ));
        }
        if corrections(fixup) != 1 {
            let number = corrections(fixup);
            return Err(format!(
                "fix-up `{id}` makes {number} corrections; it has to make one"
            ));
        }
    }
    Ok(file.fixup)
}

/// How many corrections a fix-up makes.
fn corrections(fixup: &Fixup) -> usize {
    let made = [
        fixup.add_property.is_some(),
        fixup.set_property_type.is_some(),
        fixup.remove_property.is_some(),
        fixup.set_base_type.is_some(),
        fixup.set_abstract.is_some(),
        fixup.add_member.is_some(),
    ];
    made.into_iter().filter(|made| *made).count()
}

/// Applies the corrections in order. `file` is the file that they stand in.
pub fn apply(schema: &mut Schema, fixups: &[Fixup], file: FileId) -> Vec<Diagnostic> {
    let fault = |fixup: &Fixup| {
        let span = span(fixup, file);
        let problem = run(schema, fixup, span).err()?;
        let message = format!("fix-up `{}` does not apply: {problem}", fixup.id.get_ref());
        Some(
            Diagnostic::new(Code::FixupStale, span, message)
                .with_label("remove it, or name what it should correct"),
        )
    };
    fixups.iter().filter_map(fault).collect()
}

fn span(fixup: &Fixup, file: FileId) -> Span {
    let range = fixup.id.span();
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        file,
        start: offset(range.start),
        end: offset(range.end),
    }
}

/// Applies one correction, or says why it can't be.
fn run(schema: &mut Schema, fixup: &Fixup, span: Span) -> Result<(), String> {
    match fixup {
        Fixup {
            add_property: Some(add),
            ..
        } => add_property(schema, add, span),
        Fixup {
            set_property_type: Some(set),
            ..
        } => set_property_type(schema, set),
        Fixup {
            remove_property: Some(remove),
            ..
        } => remove_property(schema, remove),
        Fixup {
            set_base_type: Some(set),
            ..
        } => set_base_type(schema, set),
        Fixup {
            set_abstract: Some(set),
            ..
        } => set_abstract(schema, set),
        Fixup {
            add_member: Some(add),
            ..
        } => add_member(schema, add, span),
        _ => Err("it names no correction".to_owned()),
    }
}

fn add_property(schema: &mut Schema, add: &AddProperty, span: Span) -> Result<(), String> {
    let owner = structured(schema, &add.owner)?;
    if owner.properties.iter().any(|p| p.name == add.name) {
        return Err(format!("`{}` has `{}` by now", add.owner, add.name));
    }
    owner.properties.push(Property {
        name: add.name.clone(),
        type_ref: type_ref(&add.property_type, span),
        doc: add.doc.clone(),
        origin: Origin::Fixup,
        span,
        ..Property::default()
    });
    Ok(())
}

fn set_property_type(schema: &mut Schema, set: &SetPropertyType) -> Result<(), String> {
    let property = property(structured(schema, &set.owner)?, &set.property)?;
    let wanted = type_ref(&set.property_type, property.type_ref.span);
    let current = &property.type_ref;
    if (&current.name, current.is_collection) == (&wanted.name, wanted.is_collection) {
        return Err(format!("`{}` has that type by now", set.property));
    }
    property.type_ref = wanted;
    Ok(())
}

fn remove_property(schema: &mut Schema, remove: &RemoveProperty) -> Result<(), String> {
    let owner = structured(schema, &remove.owner)?;
    if let Some(base) = &property(owner, &remove.property)?.inherited_from {
        return Err(format!(
            "`{}` has it from `{}`; remove it there",
            remove.owner, base.name
        ));
    }
    owner.properties.retain(|p| p.name != remove.property);
    Ok(())
}

fn set_base_type(schema: &mut Schema, set: &SetBaseType) -> Result<(), String> {
    let mut ancestor = Some(set.base_type.clone());
    while let Some(name) = ancestor {
        if name == set.owner {
            return Err(format!("`{}` would inherit from itself", set.owner));
        }
        let base = structured(schema, &name)?.base_type.as_ref();
        ancestor = base
            .map(|base| base.name.clone())
            .filter(|name| is_described(schema, name));
    }
    let owner = structured(schema, &set.owner)?;
    if owner
        .base_type
        .as_ref()
        .is_some_and(|b| b.name == set.base_type)
    {
        return Err(format!("`{}` has that base by now", set.owner));
    }
    owner.base_type = Some(type_ref(&set.base_type, owner.span));
    Ok(())
}

fn set_abstract(schema: &mut Schema, set: &SetAbstract) -> Result<(), String> {
    let owner = structured(schema, &set.owner)?;
    if owner.is_abstract == set.is_abstract {
        return Err(format!("`{}` says so by now", set.owner));
    }
    owner.is_abstract = set.is_abstract;
    Ok(())
}

fn add_member(schema: &mut Schema, add: &AddMember, span: Span) -> Result<(), String> {
    let found = schema.enum_types.iter_mut().find(|e| e.name == add.owner);
    let Some(enumeration) = found else {
        return Err(format!("no page lists the members of `{}`", add.owner));
    };
    if enumeration.members.iter().any(|m| m.name == add.member) {
        return Err(format!("`{}` has `{}` by now", add.owner, add.member));
    }
    enumeration.members.push(Member {
        name: add.member.clone(),
        doc: add.doc.clone(),
        span,
        ..Member::default()
    });
    Ok(())
}

fn is_described(schema: &Schema, name: &str) -> bool {
    let mut types = schema.entity_types.iter().chain(&schema.complex_types);
    types.any(|t| t.name == name)
}

fn structured<'s>(schema: &'s mut Schema, name: &str) -> Result<&'s mut StructuredType, String> {
    schema
        .entity_types
        .iter_mut()
        .chain(&mut schema.complex_types)
        .find(|t| t.name == name)
        .ok_or_else(|| format!("no page describes `{name}`"))
}

fn property<'t>(owner: &'t mut StructuredType, name: &str) -> Result<&'t mut Property, String> {
    let owner_name = owner.name.clone();
    owner
        .properties
        .iter_mut()
        .find(|p| p.name == name)
        .ok_or_else(|| format!("`{owner_name}` has no property `{name}`"))
}

fn type_ref(text: &str, span: Span) -> TypeRef {
    let inner = text
        .strip_prefix("Collection(")
        .and_then(|rest| rest.strip_suffix(')'));
    TypeRef {
        name: inner.unwrap_or(text).to_owned(),
        is_collection: inner.is_some(),
        span,
        ..TypeRef::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_too_little_or_too_much_is_refused() {
        let fixup = |id: &str, rest: &str| format!("[[fixup]]\nid = \"{id}\"\n{rest}\n");
        let one = "reason = \"r\"\nset-abstract = { type = \"n.t\", abstract = true }";
        let none = "reason = \"r\"";
        let two = format!("{one}\nremove-property = {{ type = \"n.t\", property = \"p\" }}");
        let silent = one.replace("\"r\"", "\" \"");
        let table = [
            (fixup("a", one), None),
            (fixup("a", one) + &fixup("b", one), None),
            (
                fixup("a", one) + &fixup("a", one),
                Some("two fix-ups are called `a`"),
            ),
            (fixup("a", none), Some("makes 0 corrections")),
            (fixup("a", &two), Some("makes 2 corrections")),
            (fixup("a", &silent), Some("gives no reason")),
            (fixup("a", "colour = 1"), Some("colour")),
        ];
        for (text, expected) in table {
            match (parse(&text), expected) {
                (Ok(_), None) => {}
                (Err(told), Some(part)) => assert!(told.contains(part), "{text}: {told}"),
                (parsed, _) => panic!("{text}: {parsed:?}"),
            }
        }
    }

    fn named(name: &str, base: Option<&str>) -> StructuredType {
        StructuredType {
            name: name.to_owned(),
            base_type: base.map(|base| type_ref(base, Span::default())),
            properties: vec![Property {
                name: "id".to_owned(),
                inherited_from: base.map(|base| type_ref(base, Span::default())),
                ..Property::default()
            }],
            ..StructuredType::default()
        }
    }

    /// What each correction says of a schema where `n.b` inherits `id` from `n.a`.
    #[test]
    fn a_correction_that_corrects_nothing_says_so() {
        let table = [
            (
                "set-base-type = { type = \"n.a\", base-type = \"n.b\" }",
                "inherit from itself",
            ),
            (
                "set-base-type = { type = \"n.b\", base-type = \"n.a\" }",
                "by now",
            ),
            (
                "set-base-type = { type = \"n.b\", base-type = \"n.x\" }",
                "no page describes `n.x`",
            ),
            (
                "remove-property = { type = \"n.b\", property = \"id\" }",
                "remove it there",
            ),
            (
                "remove-property = { type = \"n.a\", property = \"no\" }",
                "no property `no`",
            ),
            (
                "set-abstract = { type = \"n.a\", abstract = false }",
                "by now",
            ),
            (
                "add-member = { type = \"n.e\", member = \"m\" }",
                "no page lists",
            ),
            (
                "remove-property = { type = \"n.a\", property = \"id\" }",
                "",
            ),
        ];
        for (correction, expected) in table {
            let mut schema = Schema {
                entity_types: vec![named("n.a", None), named("n.b", Some("n.a"))],
                ..Schema::default()
            };
            let text = format!("[[fixup]]\nid = \"f\"\nreason = \"r\"\n{correction}");
            let fixups = parse(&text).expect("a fix-up");
            let told: Vec<String> = apply(&mut schema, &fixups, FileId::default())
                .into_iter()
                .map(|found| found.message)
                .collect();
            assert_eq!(
                told.is_empty(),
                expected.is_empty(),
                "{correction}: {told:?}"
            );
            assert!(told.concat().contains(expected), "{correction}: {told:?}");
        }
    }
}
