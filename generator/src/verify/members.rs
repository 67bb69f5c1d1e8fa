//! Properties and navigation properties: which are documented, and with which types.

use super::codes::Code;
use super::csdl::Typed;
use super::measures::Measure;
use super::mention::{self, Mention};
use super::report::{Difference, Draft};
use super::sides::{Pair, Sides};
use super::{cell, scan, type_names};
use crate::resolve::AnyProperty;
use crate::schema::{StructuredType, TypeRef};
use crate::source::Span;

/// The two kinds of members.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Role {
    Structural,
    Navigation,
}

/// A member as a page has it.
#[derive(Clone, Copy, Debug)]
struct Row<'s> {
    name: &'s str,
    type_ref: &'s TypeRef,
    role: Role,
    is_inherited: bool,
    span: Span,
}

/// Compares the members of the types that both sides have.
pub(super) fn compare(sides: &Sides<'_>, draft: &mut Draft) {
    for pair in sides.pairs() {
        let rows = rows(pair.documented.structured);
        for role in [Role::Structural, Role::Navigation] {
            for declared in role.own(pair) {
                recall(sides, pair, &rows, role, declared, draft);
            }
            with_inherited(sides, pair, role, draft);
        }
        for row in &rows {
            precision(sides, pair, row, draft);
        }
    }
}

impl Role {
    fn own(self, pair: Pair<'_>) -> &[Typed] {
        match self {
            Self::Structural => &pair.service.properties,
            Self::Navigation => &pair.service.navigations,
        }
    }

    fn measure(self) -> Measure {
        match self {
            Self::Structural => Measure::Properties,
            Self::Navigation => Measure::NavigationProperties,
        }
    }

    /// The measure of what stands on a page.
    fn on_page(self) -> Measure {
        match self {
            Self::Structural => Measure::PropertiesOnPage,
            Self::Navigation => Measure::NavigationOnPage,
        }
    }

    /// The code for a member of this role that stands in the table of the other.
    fn misplaced(self) -> Code {
        match self {
            Self::Structural => Code::PropertyAsNavigation,
            Self::Navigation => Code::NavigationAsProperty,
        }
    }

    fn of(declaration: AnyProperty<'_>) -> Self {
        match declaration {
            AnyProperty::Structural(_) => Self::Structural,
            AnyProperty::Navigation(_) => Self::Navigation,
        }
    }
}

fn rows(structured: &StructuredType) -> Vec<Row<'_>> {
    let properties = structured.properties.iter().map(|p| Row {
        name: &p.name,
        type_ref: &p.type_ref,
        role: Role::Structural,
        is_inherited: p.inherited_from.is_some(),
        span: p.span,
    });
    let navigations = structured.navigation_properties.iter().map(|n| Row {
        name: &n.name,
        type_ref: &n.type_ref,
        role: Role::Navigation,
        is_inherited: n.inherited_from.is_some(),
        span: n.span,
    });
    properties.chain(navigations).collect()
}

/// Whether a member that the service declares is documented, and how.
fn recall(
    sides: &Sides<'_>,
    pair: Pair<'_>,
    rows: &[Row<'_>],
    role: Role,
    declared: &Typed,
    draft: &mut Draft,
) {
    let row = best_row(rows, role, &declared.name);
    draft.tally(role.measure()).expect(row.is_some());
    match row {
        Some(row) => {
            draft.tally(role.on_page()).expect(true);
            agreement(sides, pair, row, role, declared, draft);
        }
        None => {
            let difference = absence(sides, pair, declared);
            let is_absent = matches!(
                difference.code,
                Code::PropertyMissing | Code::PropertyElsewhere
            );
            if !is_absent {
                draft.tally(role.on_page()).expect(false);
            }
            draft.differ(difference);
        }
    }
}

/// The row of a name: in its own case and role rather than another.
fn best_row<'r, 's>(rows: &'r [Row<'s>], role: Role, name: &str) -> Option<&'r Row<'s>> {
    let same = rows
        .iter()
        .filter(|row| row.name.eq_ignore_ascii_case(name));
    same.max_by_key(|row| (row.name == name, row.role == role))
}

/// Whether a documented member has the service's spelling, role and type.
fn agreement(
    sides: &Sides<'_>,
    pair: Pair<'_>,
    row: &Row<'_>,
    role: Role,
    declared: &Typed,
    draft: &mut Draft,
) {
    let differ = |code, span| {
        let difference = sides.difference(code, span, &pair.service.name);
        difference.of_member(&declared.name)
    };
    let (documented, service) = (type_names::text(row.type_ref), &declared.type_name);
    draft
        .tally(Measure::Spelling)
        .agree(row.name == declared.name);
    if row.name != declared.name {
        let difference = differ(Code::PropertyCase, row.span).documented(row.name);
        draft.differ(difference.service(&declared.name));
    }
    draft.tally(Measure::PropertyRoles).agree(row.role == role);
    if row.role != role {
        let difference = differ(role.misplaced(), row.span).documented(&documented);
        draft.differ(difference.service(service));
    }
    let code = type_names::difference(row.type_ref, service, sides.service);
    draft.tally(Measure::PropertyTypes).agree(code.is_none());
    if let Some(code) = code {
        let written = written(sides, row);
        let difference = differ(code, row.type_ref.span).documented(documented);
        let difference = Difference {
            written: written.map_or_else(String::new, |cell| cell.text),
            ..difference
        };
        draft.differ(difference.service(service));
    }
}

/// The Type cell of a row; what only the JSON representation has, has none.
fn written(sides: &Sides<'_>, row: &Row<'_>) -> Option<cell::Written> {
    let place = sides.place(row.span)?;
    let file = sides.sources.get(row.span.file);
    cell::on_line(&file.text, place.line)
}

/// Why a member has no row on the page of its type.
fn absence(sides: &Sides<'_>, pair: Pair<'_>, declared: &Typed) -> Difference {
    let name = &declared.name;
    let structured = pair.documented.structured;
    let differ = |code, span| {
        let difference = sides.difference(code, span, &pair.service.name);
        difference.of_member(name).service(&declared.type_name)
    };
    let missing = differ(Code::PropertyMissing, structured.span);
    let found = unread(sides, structured, missing);
    match elsewhere(sides, structured, name) {
        Some((owner, span)) if found.code == Code::PropertyMissing => {
            differ(Code::PropertyElsewhere, span).documented(format!("on {owner}"))
        }
        _ => found,
    }
}

/// The base or derived type whose page has the member.
fn elsewhere<'s>(
    sides: &Sides<'s>,
    structured: &StructuredType,
    name: &str,
) -> Option<(&'s str, Span)> {
    let bases = sides.index.bases(&structured.name);
    let derived = sides.index.descendants(&structured.name);
    bases.into_iter().chain(derived).find_map(|other| {
        let row = rows(other).into_iter().find(|row| row.name == name)?;
        Some((other.name.as_str(), row.span))
    })
}

/// Turns a missing member into an unread one where a page of the type has a row of its name, into
/// a mentioned one where it has the word.
fn unread(sides: &Sides<'_>, structured: &StructuredType, missing: Difference) -> Difference {
    let pages = structured.pages.iter().filter_map(|page| {
        let file = sides.sources.get(sides.sources.find(&page.path)?);
        Some((&page.path, &file.text))
    });
    let mut found = missing;
    for (page, text) in pages {
        let row = scan::property_row(text, &found.member);
        let mention = mention::find(text, &found.member);
        let (code, line) = match (row, mention) {
            (Some(line), _) => (Code::PropertyUnread, line),
            (None, Some(Mention::Text(line))) => (Code::PropertyMentioned, line),
            (None, Some(Mention::Comment(line))) => {
                found.documented = format!("a comment in line {line}");
                continue;
            }
            (None, None) => continue,
        };
        found.code = code;
        found.place = Some(super::Place {
            page: page.clone(),
            line,
        });
        if code == Code::PropertyUnread {
            break;
        }
    }
    found
}

/// Whether the service has what a row describes, as a member of either kind, own or inherited.
fn precision(sides: &Sides<'_>, pair: Pair<'_>, row: &Row<'_>, draft: &mut Draft) {
    let lineage = sides.service.lineage(&pair.service.name);
    let mut members = lineage.flat_map(|structured| structured.members());
    let member = members.find(|member| member.name.eq_ignore_ascii_case(row.name));
    if !row.is_inherited {
        draft.tally(row.role.measure()).find(member.is_some());
    }
    if !row.is_inherited {
        let tally = draft.tally(row.role.on_page());
        tally.find(is_on_page(sides, row));
    }
    if let Some(written) = written(sides, row) {
        as_written(sides, pair, row, written, draft);
    }
    if let Some(member) = member {
        let code = type_names::difference(row.type_ref, &member.type_name, sides.service);
        draft.tally(Measure::RowTypes).agree(code.is_none());
    } else if !row.is_inherited {
        let difference = sides.difference(Code::PropertyUnknown, row.span, &pair.service.name);
        let difference = difference.of_member(row.name);
        draft.differ(difference.documented(type_names::text(row.type_ref)));
    }
}

/// Whether a type was read as its cell says to the letter.
fn as_written(
    sides: &Sides<'_>,
    pair: Pair<'_>,
    row: &Row<'_>,
    written: cell::Written,
    draft: &mut Draft,
) {
    let is_same = written.is_read_as(row.type_ref);
    draft.tally(Measure::TypesAsWritten).agree(is_same);
    if !is_same {
        let difference = sides.difference(Code::TypeMisread, row.span, &pair.service.name);
        let difference = difference.of_member(row.name);
        draft.differ(Difference {
            written: written.text,
            ..difference.documented(type_names::text(row.type_ref))
        });
    }
}

/// Whether the page has the name of a row, where the row is said to be.
fn is_on_page(sides: &Sides<'_>, row: &Row<'_>) -> bool {
    sides.place(row.span).is_some_and(|place| {
        let text = &sides.sources.get(row.span.file).text;
        mention::is_on_line(text, row.name, place.line)
    })
}

/// What a type holds with its bases counted in, on both sides.
fn with_inherited(sides: &Sides<'_>, pair: Pair<'_>, role: Role, draft: &mut Draft) {
    let measure = match role {
        Role::Structural => Measure::PropertiesInherited,
        Role::Navigation => Measure::NavigationInherited,
    };
    let documented = sides.index.properties(&pair.documented.structured.name);
    let of_role = documented
        .iter()
        .filter(|p| Role::of(p.declaration) == role);
    let documented: Vec<&str> = of_role.map(|p| p.declaration.name()).collect();
    let lineage = sides.service.lineage(&pair.service.name);
    let declared = lineage.flat_map(|structured| match role {
        Role::Structural => &structured.properties,
        Role::Navigation => &structured.navigations,
    });
    let declared: Vec<&str> = declared.map(|member| member.name.as_str()).collect();
    let has = |names: &[&str], name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    let tally = draft.tally(measure);
    declared
        .iter()
        .for_each(|name| tally.expect(has(&documented, name)));
    documented
        .iter()
        .for_each(|name| tally.find(has(&declared, name)));
}
