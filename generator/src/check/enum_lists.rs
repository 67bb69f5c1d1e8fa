//! The values that a property lists inline, held against the members of its enumeration.

use super::spelling::list;
use super::subject::{Subject, short};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::schema::{EnumOrigin, EnumType, Property, RequestBody};

/// Reports "The possible values are: …" that differ from the table of the enumeration.
///
/// The list of a request body may be shorter than the table: a call need not take every member.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let types = subject.index.structured_types();
    let own = types
        .flat_map(|t| &t.properties)
        .map(|property| (property, true));
    let sent = subject.index.operations().iter().flat_map(|operation| {
        let rows: &[Property] = match &operation.request_body {
            RequestBody::Properties { properties, .. } => properties,
            RequestBody::None
            | RequestBody::Type { .. }
            | RequestBody::Content { .. }
            | RequestBody::Undocumented => &[],
        };
        operation
            .parameters
            .iter()
            .chain(rows)
            .map(|property| (property, false))
    });
    let compared = own
        .chain(sent)
        .filter(|(property, _)| !property.allowed_values.is_empty());
    compared
        .filter_map(|(property, is_whole)| {
            let enumeration = subject.index.enumeration(&property.type_ref.name)?;
            let has_table = enumeration.origin == EnumOrigin::Table;
            has_table
                .then(|| compare(property, enumeration, is_whole))
                .flatten()
        })
        .collect()
}

fn compare(property: &Property, enumeration: &EnumType, is_whole: bool) -> Option<Diagnostic> {
    let inline: Vec<&str> = names(property.allowed_values.iter().map(String::as_str));
    let table = enumeration.members.iter().filter(|m| !m.listed_only);
    let table: Vec<&str> = names(table.map(|m| m.name.as_str()));
    let extra = without(&inline, &table, |left, right| left == right);
    if !extra.is_empty() {
        return Some(report_extra(property, enumeration, &extra, &table));
    }
    let missing = without(&table, &inline, |left, right| left == right);
    (is_whole && !missing.is_empty()).then(|| report_missing(property, enumeration, &missing))
}

/// The names that are members: `unknownFutureValue` is in every evolvable enumeration, whether a
/// list says so or not, and `null` in none.
fn names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let stands_for_none =
        |name: &str| name == "null" || name.eq_ignore_ascii_case("unknownFutureValue");
    names.filter(|name| !stands_for_none(name)).collect()
}

fn without<'n>(names: &[&'n str], known: &[&str], same: fn(&str, &str) -> bool) -> Vec<&'n str> {
    let is_known = |name: &str| known.iter().any(|known| same(known, name));
    names
        .iter()
        .copied()
        .filter(|name| !is_known(name))
        .collect()
}

fn report_extra(
    property: &Property,
    enumeration: &EnumType,
    extra: &[&str],
    table: &[&str],
) -> Diagnostic {
    let misspelt = without(extra, table, str::eq_ignore_ascii_case).is_empty();
    let message = format!(
        "`{}` lists {}, which the members of `{}` lack",
        property.name,
        list(extra),
        enumeration.name
    );
    let help = match misspelt {
        true => "the members differ in case alone; write them alike",
        false => "add what is missing to the table of members, or take it out of the list",
    };
    report(property, enumeration, message).with_help(help)
}

fn report_missing(property: &Property, enumeration: &EnumType, missing: &[&str]) -> Diagnostic {
    let message = format!(
        "`{}` does not list {}, which `{}` has among its members",
        property.name,
        list(missing),
        enumeration.name
    );
    report(property, enumeration, message)
        .with_severity(Severity::Note)
        .with_help("add what is missing to the list, or leave the list to the table of members")
}

fn report(property: &Property, enumeration: &EnumType, message: String) -> Diagnostic {
    let label = format!("`{}` has its members here", short(&enumeration.name));
    Diagnostic::new(Code::EnumListsDiffer, property.span, message)
        .with_related(enumeration.span, label)
}
