//! The Permissions section, and the files that it includes, into who may call.

mod names;

use crate::diagnostic::Code;
use crate::page::{BlockKind, Inline, Page, Row, Table, trim};
use crate::schema::{Permission, PermissionScheme};
use crate::source::Span;

use super::Reader;
use names::names_in;

const HEADINGS: &[&str] = &["permissions", "prerequisites", "permission"];

/// Whether a section is about permissions: all tables in it are read, or reported whole.
pub(super) fn is_about(reader: &Reader<'_, '_>, index: usize) -> bool {
    let outline = &reader.outline;
    outline.within(index, |heading| HEADINGS.contains(&heading))
}

/// Reads the permissions of the page. Several tables are brought together, scheme by scheme.
pub(super) fn read(reader: &Reader<'_, '_>) -> Vec<Permission> {
    let mut found = Vec::new();
    for index in reader.outline.all(HEADINGS) {
        let mut is_told = false;
        for block in reader.outline.blocks(reader.outline.under(index)) {
            match &block.kind {
                BlockKind::Table(table) => read_table(reader, table, block.span, &mut found),
                BlockKind::Include(include) => {
                    read_include(reader, &include.target, block.span, &mut found)
                }
                _ => continue,
            }
            is_told = true;
        }
        if !is_told {
            report_untold(reader, index);
        }
    }
    found
}

/// A section with neither a table nor an included file leaves everybody to guess.
fn report_untold(reader: &Reader<'_, '_>, index: usize) {
    if let Some(section) = reader.outline.section(index) {
        let message = "the section has no table of permissions and includes none".to_owned();
        reader.report(Code::PermissionsUnreadable, section.heading.span, message);
    }
}

fn read_include(reader: &Reader<'_, '_>, target: &str, span: Span, found: &mut Vec<Permission>) {
    let Some(page) = (reader.context.includes)(reader.page.file, target) else {
        return;
    };
    let tables = tables(page);
    if tables.is_empty() && target.contains("permissions/") {
        let message = format!("the included file `{target}` holds no table of permissions");
        reader.report(Code::PermissionsUnreadable, span, message);
    }
    for (table, place) in tables {
        read_table(reader, table, place, found);
    }
}

fn tables<'a, 's>(page: &'a Page<'s>) -> Vec<(&'a Table<'s>, Span)> {
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    let tables = blocks.filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some((table, block.span)),
        _ => None,
    });
    tables.collect()
}

/// How a table is laid out.
#[derive(Debug, Eq, PartialEq)]
enum Layout {
    /// A row a scheme; columns for the least privileged and for higher permissions.
    Columns { least: usize, higher: Option<usize> },
    /// A row a scheme; one column, in order.
    List { column: usize, least_first: bool },
    /// A column a scheme; a row for each thing that is called.
    Transposed,
}

/// The header that nearly all tables have: a row a scheme, and one column.
const USUAL_HEADER: [&str; 2] = [
    "Permission type",
    "Permissions (from least to most privileged)",
];

fn layout(table: &Table<'_>) -> Option<Layout> {
    let header = table.header.iter().map(Inline::text);
    if header.eq(USUAL_HEADER) {
        return Some(Layout::List {
            column: 1,
            least_first: true,
        });
    }
    layout_of(table)
}

fn layout_of(table: &Table<'_>) -> Option<Layout> {
    let headers: Vec<String> = table
        .header
        .iter()
        .map(|cell| cell.text().to_lowercase())
        .collect();
    let find = |test: &dyn Fn(&str) -> bool| headers.iter().position(|header| test(header));
    let orders = |header: &str| header.contains("from") || header.contains("most");
    if let Some(least) = find(&|header| header.contains("least") && !orders(header)) {
        let higher = find(&|header| header.contains("higher"));
        return Some(Layout::Columns { least, higher });
    }
    if headers
        .iter()
        .filter(|header| scheme_in(header).is_some())
        .count()
        > 1
    {
        return Some(Layout::Transposed);
    }
    let column = headers
        .iter()
        .skip(1)
        .position(|header| header.contains("permission") || orders(header))?
        + 1;
    let least_first = headers.get(column).is_none_or(|header| {
        !header.contains("most to least") && !header.contains("most privileged to")
    });
    Some(Layout::List {
        column,
        least_first,
    })
}

fn read_table(reader: &Reader<'_, '_>, table: &Table<'_>, span: Span, found: &mut Vec<Permission>) {
    let Some(layout) = layout(table) else {
        let message = "the table of permissions has an unknown header".to_owned();
        reader.report(Code::PermissionsUnreadable, span, message);
        return;
    };
    let mut caller = None;
    for row in &table.rows {
        if matches!(layout, Layout::Transposed) {
            read_transposed(table, row, found);
            continue;
        }
        let Some(cell) = row.cells.first() else {
            continue;
        };
        let text = cell.text();
        let label = trim(&text);
        // A row that names no caller belongs to the one above it: it tells what the call is for.
        caller = scheme(label)
            .map(|scheme| (scheme, label.to_owned()))
            .or(caller);
        let (least, higher) = in_order(&layout, row);
        match &caller {
            Some((scheme, label)) => add(found, *scheme, label, least, higher, cell.span),
            None => reader.report(
                Code::PermissionsUnreadable,
                cell.span,
                format!("`{}` is no kind of caller", cell.text().trim()),
            ),
        }
    }
}

/// The least privileged permissions of a row, and the others.
fn in_order(layout: &Layout, row: &Row<'_>) -> (Vec<String>, Vec<String>) {
    match *layout {
        Layout::Columns { least, higher } => {
            let higher = higher.map(|column| names(row, column));
            (names(row, least), higher.unwrap_or_default())
        }
        Layout::List {
            column,
            least_first,
        } => {
            let mut names = names(row, column);
            if !least_first {
                names.reverse();
            }
            let higher = if names.is_empty() {
                Vec::new()
            } else {
                names.split_off(1)
            };
            (names, higher)
        }
        Layout::Transposed => (Vec::new(), Vec::new()),
    }
}

fn read_transposed(table: &Table<'_>, row: &Row<'_>, found: &mut Vec<Permission>) {
    for (place, header) in table.header.iter().enumerate() {
        let label = header.text().trim().to_owned();
        if let Some(scheme) = scheme(&label) {
            add(
                found,
                scheme,
                &label,
                names(row, place),
                Vec::new(),
                header.span,
            );
        }
    }
}

/// Adds to what is known of a scheme. What is least privileged in one place stays it.
fn add(
    found: &mut Vec<Permission>,
    scheme: PermissionScheme,
    label: &str,
    least: Vec<String>,
    higher: Vec<String>,
    span: Span,
) {
    let known = found
        .iter()
        .position(|permission| permission.scheme == scheme);
    let place = known.unwrap_or_else(|| {
        found.push(Permission {
            scheme,
            label: label.to_owned(),
            span,
            ..Permission::default()
        });
        found.len() - 1
    });
    let Some(permission) = found.get_mut(place) else {
        return;
    };
    for name in least {
        if !permission.least.contains(&name) {
            permission.least.push(name);
        }
    }
    for name in higher {
        if !permission.least.contains(&name) && !permission.higher.contains(&name) {
            permission.higher.push(name);
        }
    }
}

/// The labels that nearly all tables use.
const LABELS: &[(&str, PermissionScheme)] = &[
    (
        "Delegated (work or school account)",
        PermissionScheme::DelegatedWork,
    ),
    (
        "Delegated (personal Microsoft account)",
        PermissionScheme::DelegatedPersonal,
    ),
    ("Application", PermissionScheme::Application),
];

/// The kind of caller that a label names.
fn scheme(label: &str) -> Option<PermissionScheme> {
    let usual = LABELS.iter().find(|(known, _)| *known == label);
    usual.map_or_else(
        || scheme_in(&label.to_lowercase()),
        |(_, scheme)| Some(*scheme),
    )
}

/// The kind of caller that a label names, in lower case.
fn scheme_in(label: &str) -> Option<PermissionScheme> {
    let has = |word: &str| label.contains(word);
    if has("personal") {
        Some(PermissionScheme::DelegatedPersonal)
    } else if has("delegated") || has("work or school") {
        Some(PermissionScheme::DelegatedWork)
    } else if has("application") {
        Some(PermissionScheme::Application)
    } else {
        None
    }
}

fn names(row: &Row<'_>, column: usize) -> Vec<String> {
    row.cells.get(column).map(names_in).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{LABELS, USUAL_HEADER, layout, layout_of, scheme, scheme_in};
    use crate::extract::testing::cell;
    use crate::page::Table;

    #[test]
    fn the_usual_header_is_read_as_any_other() {
        let header: Vec<_> = USUAL_HEADER.into_iter().map(cell).collect();
        let table = Table {
            header,
            ..Table::default()
        };
        let layouts = (layout(&table), layout_of(&table));
        assert!(layouts.0.is_some() && layouts.0 == layouts.1, "{layouts:?}");
    }

    #[test]
    fn labels_name_callers() {
        for (label, expected) in LABELS {
            assert_eq!(scheme_in(&label.to_lowercase()), Some(*expected), "{label}");
            assert_eq!(scheme(label), Some(*expected), "{label}");
            assert_eq!(scheme(&label.to_uppercase()), Some(*expected), "{label}");
        }
        assert_eq!(scheme("Not supported."), None);
    }
}
