//! Tables of members into enumerations.

use crate::diagnostic::Code;
use crate::page::{Block, BlockKind, Inline, Row, Section, Table};
use crate::schema::{EnumOrigin, EnumType, Member};

use super::Reader;
use super::phrases::FLAGS;
use super::prose::{self, Prose, is_identifier};
use super::summary;
use super::tables::{Column, Columns, is_blank, is_group};

/// Reads every enumeration that has a table of members on the page.
pub(super) fn read(reader: &Reader<'_, '_>) -> Vec<EnumType> {
    let mut enums: Vec<EnumType> = Vec::new();
    for (index, section) in reader.page.sections.iter().enumerate() {
        let Some(name) = name(reader, index) else {
            continue;
        };
        match members_table(section) {
            Some((block, table)) => enums.push(enumeration(reader, index, &name, block, table)),
            None => report_no_table(reader, section, &name),
        }
    }
    enums
}

/// The name of the enumeration whose members a section lists: `X` of a heading `X values`, or the
/// subject of a page `X enum type` for its section Members.
fn name(reader: &Reader<'_, '_>, index: usize) -> Option<String> {
    let is_title = reader.outline.title() == Some(index);
    let plain = reader.outline.heading(index);
    if !is_title && !may_name(plain) {
        return None;
    }
    let text = reader.page.sections.get(index)?.heading.text();
    let heading = text.trim().trim_matches(['`', '*', ':']).trim();
    let named = strip_word(heading, "values").or_else(|| strip_word(heading, "enum values"));
    if let Some(name) = named.filter(|name| is_identifier(name)) {
        return Some(name.to_owned());
    }
    let members = matches!(
        plain,
        "members" | "member" | "values" | "enum members" | "enumeration members"
    );
    (members || is_title).then(|| enum_title(reader)).flatten()
}

/// Whether a heading may be one of members or values: it ends in such a word, or in a mark.
fn may_name(heading: &str) -> bool {
    let words = ["values", "members", "member"];
    !heading.ends_with(|sign: char| sign.is_ascii_alphanumeric())
        || words.iter().any(|word| heading.ends_with(word))
}

/// `X` of the title `X enum type`.
fn enum_title(reader: &Reader<'_, '_>) -> Option<String> {
    let title = reader.title.trim();
    let forms = [
        "enum type",
        "enum",
        "enumeration type",
        "enumeration",
        "flags enum type",
    ];
    let name = forms.iter().find_map(|form| strip_word(title, form))?;
    is_identifier(name).then(|| name.to_owned())
}

/// A text less the words at its end, compared without case.
fn strip_word<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(words.len())?;
    let (rest, end) = (text.get(..at)?, text.get(at..)?);
    (end.eq_ignore_ascii_case(words) && rest.ends_with(char::is_whitespace))
        .then(|| rest.trim_end())
}

fn members_table<'a, 's>(section: &'a Section<'s>) -> Option<(&'a Block<'s>, &'a Table<'s>)> {
    section.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Table(table) if Columns::of(table).lists_members() => Some((block, table)),
        _ => None,
    })
}

/// A heading that promises values, with a table that can't be read.
fn report_no_table(reader: &Reader<'_, '_>, section: &Section<'_>, name: &str) {
    let table = section
        .blocks
        .iter()
        .find(|block| matches!(block.kind, BlockKind::Table(_)));
    if let Some(block) = table {
        let message = format!("the table below \"{name} values\" has no column of members");
        reader.report(Code::TableUnknown, block.span, message);
    }
}

fn enumeration(
    reader: &Reader<'_, '_>,
    index: usize,
    name: &str,
    block: &Block<'_>,
    table: &Table<'_>,
) -> EnumType {
    let columns = Columns::of(table);
    let is_page = enum_title(reader).is_some_and(|title| title == name);
    let prose = reader
        .page
        .sections
        .get(index)
        .map(|section| prose_of(reader, section))
        .unwrap_or_default();
    let about = if is_page {
        summary::read(reader).doc
    } else {
        String::new()
    };
    let flags = format!("{prose} {about}").to_lowercase();
    let span = reader
        .page
        .sections
        .get(index)
        .map_or(block.span, |section| section.heading.span);
    EnumType {
        name: reader.qualify(name),
        is_flags: flags.contains("flags") || FLAGS.occurs_in(&flags),
        members: table
            .rows
            .iter()
            .filter_map(|row| member(reader, &columns, row))
            .collect(),
        origin: EnumOrigin::Table,
        doc: if about.is_empty() { prose } else { about },
        pages: vec![reader.links.page()],
        span,
    }
}

/// The paragraphs of a section, canonical.
fn prose_of(reader: &Reader<'_, '_>, section: &Section<'_>) -> String {
    if section.level == 1 {
        return String::new();
    }
    let paragraphs = section.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(inline) => Some(prose::markdown(inline, &reader.links)),
        _ => None,
    });
    let paragraphs: Vec<String> = paragraphs
        .filter(|text| !text.is_empty() && !text.starts_with("Namespace:"))
        .collect();
    paragraphs.join("\n\n")
}

fn member(reader: &Reader<'_, '_>, columns: &Columns, row: &Row<'_>) -> Option<Member> {
    if is_blank(row) || is_group(row) && !columns.has(Column::Member) {
        return None;
    }
    let place = [Column::Member, Column::Name, Column::Value]
        .into_iter()
        .find_map(|column| columns.place(column))?;
    let cell = row.cells.get(place)?;
    let name = member_name(cell);
    if name.is_empty() {
        reader.report(
            Code::RowUnreadable,
            row.span,
            "the row of an enumeration names no member".to_owned(),
        );
        return None;
    }
    let number = columns
        .cell(row, Column::Value)
        .and_then(|cell| cell.text().trim().parse().ok());
    let doc = columns
        .cell(row, Column::Description)
        .map(|cell| prose::markdown(cell, &reader.links));
    Some(Member {
        name,
        value: number,
        doc: doc.unwrap_or_default(),
        listed_only: false,
        span: cell.span,
    })
}

/// The name in a cell, less marks and what is said on it in parentheses.
fn member_name(cell: &Inline<'_>) -> String {
    let prose = Prose::new(cell);
    let text = prose.text.split('(').next().unwrap_or_default();
    let text =
        text.trim_matches(|sign: char| sign.is_whitespace() || "`*\"'.,\u{200b}".contains(sign));
    text.to_owned()
}
