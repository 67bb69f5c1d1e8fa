//! Which types have a page, what kind they are of, what they inherit from, which are abstract.

use super::codes::Code;
use super::csdl;
use super::kind::TypeKind;
use super::measures::Measure;
use super::report::{Difference, Draft};
use super::sides::{Documented, Pair, Sides, without_place};
use crate::resolve::ROOT_ENTITY;

/// Compares structured types; their members are left to `members`.
pub(super) fn compare(sides: &Sides<'_>, draft: &mut Draft) {
    for structured in sides.service.types.values() {
        presence(sides, structured, draft);
    }
    for documented in sides.all_documented() {
        existence(sides, documented, draft);
    }
    for pair in sides.pairs() {
        base(sides, pair, draft);
        abstractness(sides, pair, draft);
    }
}

/// The measure for types of a kind.
fn measure(kind: TypeKind) -> Measure {
    match kind {
        TypeKind::Entity => Measure::EntityTypes,
        TypeKind::Complex => Measure::ComplexTypes,
        TypeKind::Enum => Measure::EnumTypes,
    }
}

/// Whether a type of the service was read, where it has a page.
fn presence(sides: &Sides<'_>, structured: &csdl::Structured, draft: &mut Draft) {
    let documented = sides.documented(&structured.name);
    let page = sides.evidence.types.get(&structured.name.to_lowercase());
    draft.tally(Measure::Coverage).expect(documented.is_some());
    if documented.is_none() && page.is_none() {
        draft.differ(undocumented(sides, structured));
        return;
    }
    draft
        .tally(Measure::TypesWithPage)
        .expect(documented.is_some());
    draft
        .tally(measure(structured.kind))
        .expect(documented.is_some());
    if documented.is_none() {
        draft.differ(Difference {
            place: page.cloned(),
            service: structured.kind.as_str().to_owned(),
            ..without_place(Code::TypeUnread, &structured.name)
        });
    }
}

/// A type that no page describes as a structured type.
fn undocumented(sides: &Sides<'_>, structured: &csdl::Structured) -> Difference {
    let name = &structured.name;
    let difference = match sides.documented_enum(name) {
        Some(found) => sides
            .difference(Code::KindDiffers, found.span, name)
            .documented(TypeKind::Enum.as_str()),
        None => without_place(Code::TypeUndocumented, name),
    };
    difference.service(structured.kind.as_str())
}

/// Whether the service has a documented type, and as the same kind.
fn existence(sides: &Sides<'_>, documented: Documented<'_>, draft: &mut Draft) {
    let Documented { structured, kind } = documented;
    let lower = structured.name.to_lowercase();
    let service = sides.service.type_named(&lower);
    draft.tally(Measure::TypesWithPage).find(service.is_some());
    let same = service.is_some_and(|service| service.kind == kind);
    draft.tally(measure(kind)).find(same);
    let differ = |code| sides.difference(code, structured.span, &structured.name);
    let Some(service) = service else {
        let is_enum = sides.service.enums.contains_key(&structured.name);
        let (code, says) = match is_enum {
            true => (Code::KindDiffers, TypeKind::Enum.as_str()),
            false => (Code::TypeUnknown, ""),
        };
        draft.differ(differ(code).documented(kind.as_str()).service(says));
        return;
    };
    draft.tally(Measure::TypeKinds).agree(same);
    if !same {
        let difference = differ(Code::KindDiffers).documented(kind.as_str());
        draft.differ(difference.service(service.kind.as_str()));
    }
}

fn base(sides: &Sides<'_>, pair: Pair<'_>, draft: &mut Draft) {
    let Documented { structured, kind } = pair.documented;
    let stated = structured.base_type.as_ref();
    let is_root = structured.name == ROOT_ENTITY;
    let inferred = |kind| (kind == TypeKind::Entity && !is_root).then_some(ROOT_ENTITY);
    let service = pair.service.base.as_deref();
    let stated_name = stated.map(|base| base.name.as_str());
    draft
        .tally(Measure::BaseTypesStated)
        .agree(stated_name == service);
    let read = stated_name.or(inferred(kind));
    draft.tally(Measure::BaseTypesRead).agree(read == service);
    let documented = stated_name.or(inferred(pair.service.kind));
    draft.tally(Measure::BaseTypes).agree(documented == service);
    if documented == service {
        return;
    }
    let code = match (stated, service) {
        (_, None) => Code::BaseExtra,
        (None, Some(_)) => Code::BaseUnstated,
        (Some(_), Some(_)) => Code::BaseDiffers,
    };
    let span = stated.map_or(structured.span, |base| base.span);
    let says = match stated_name {
        Some(name) => name.to_owned(),
        None => documented.map_or_else(String::new, |name| format!("nothing; {name} inferred")),
    };
    let difference = sides.difference(code, span, &structured.name);
    draft.differ(
        difference
            .documented(says)
            .service(service.unwrap_or_default()),
    );
}

fn abstractness(sides: &Sides<'_>, pair: Pair<'_>, draft: &mut Draft) {
    let structured = pair.documented.structured;
    let truth = pair.service.is_abstract;
    let has_subtypes = !sides.index.subtypes(&structured.name).is_empty();
    let readings = [
        (Measure::Abstract, structured.is_abstract),
        (
            Measure::AbstractOrBase,
            structured.is_abstract || has_subtypes,
        ),
    ];
    for (measure, says) in readings {
        if truth {
            draft.tally(measure).expect(says);
        }
        if says {
            draft.tally(measure).find(truth);
        }
    }
    if truth != structured.is_abstract {
        let (code, documented, service) = match truth {
            true => (Code::AbstractUnstated, "", "abstract"),
            false => (Code::AbstractExtra, "abstract", "not abstract"),
        };
        let difference = sides.difference(code, structured.span, &structured.name);
        draft.differ(difference.documented(documented).service(service));
    }
}
