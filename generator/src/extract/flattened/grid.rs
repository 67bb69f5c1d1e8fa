//! A table with each cell on a line of its own, or with TABs between cells, into a [`Table`].

use std::ops::Range;

use super::{extent, line_at, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::extract::prose::is_identifier;
use crate::extract::site::Links;
use crate::extract::tables::{Column, column_named};
use crate::extract::type_cell;
use crate::page::{Inline, Parts, Row, Table};

/// A table that was found.
pub(super) struct Grid<'s> {
    pub(super) table: Table<'s>,
    /// Where to read on.
    pub(super) end: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The table whose header begins at a place, if one does.
pub(super) fn at<'s>(parts: &Parts<'s>, text: &str, start: usize) -> Option<Grid<'s>> {
    let first = line_at(text, start);
    if parts.slice(first.clone()).contains('\t') {
        return tabbed(parts, text, &first);
    }
    let header = header(parts, text, start)?;
    let mut reader = Reader {
        parts,
        columns: header.iter().map(|line| column_of(parts, line)).collect(),
        lines: lines_from(text, header.last()?.end + 1),
        place: 0,
        grid: Grid {
            table: Table::default(),
            end: header.last()?.end + 1,
            diagnostics: Vec::new(),
        },
    };
    while reader.row() {}
    reader.grid.table.header = header.into_iter().map(|line| parts.inline(line)).collect();
    Some(reader.grid)
}

/// The lines of a text from a place on that are not blank.
fn lines_from(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = from;
    while at < text.len() {
        let line = line_at(text, at);
        at = line.end + 1;
        if text
            .get(line.clone())
            .is_some_and(|line| !line.trim().is_empty())
        {
            lines.push(line);
        }
    }
    lines
}

fn column_of(parts: &Parts<'_>, line: &Range<usize>) -> Column {
    column_named(parts.slice(line.clone()).trim())
}

/// Headings of columns on lines that follow each other: two at least, the first of a name.
fn header(parts: &Parts<'_>, text: &str, start: usize) -> Option<Vec<Range<usize>>> {
    let mut header: Vec<Range<usize>> = Vec::new();
    let mut at = start;
    while at < text.len() && header.len() < 4 {
        let line = line_at(text, at);
        at = line.end + 1;
        let heading = parts.slice(line.clone()).trim();
        if heading.is_empty() {
            continue;
        }
        let Some(column) = words::column(heading) else {
            break;
        };
        let begins = matches!(
            column,
            Column::Name | Column::Member | Column::Value | Column::Method | Column::Header
        );
        let follows = matches!(
            column,
            Column::Type | Column::Description | Column::Value | Column::ReturnType
        );
        // A title such as "Properties" stands above the heading of a column of that name.
        if header.is_empty() && !begins || !header.is_empty() && !follows {
            break;
        }
        header.push(line);
    }
    (header.len() > 1).then_some(header)
}

/// A table with TABs between its cells.
fn tabbed<'s>(parts: &Parts<'s>, text: &str, first: &Range<usize>) -> Option<Grid<'s>> {
    let header = cells(parts, first);
    let named = |cell: &Range<usize>| words::column(parts.slice(cell.clone()).trim()).is_some();
    if !header.iter().all(named) {
        return None;
    }
    let mut table = Table {
        header: header
            .iter()
            .map(|cell| parts.inline(cell.clone()))
            .collect(),
        rows: Vec::new(),
    };
    let mut end = first.end + 1;
    while end < text.len() {
        let line = line_at(text, end);
        if !parts.slice(line.clone()).contains('\t') {
            break;
        }
        end = line.end + 1;
        let mut row: Vec<Inline<'s>> = Vec::new();
        row.extend(
            cells(parts, &line)
                .into_iter()
                .map(|cell| parts.inline(cell)),
        );
        row.resize(header.len(), Inline::default());
        table.rows.push(Row {
            cells: row,
            span: parts.span(line),
            written_cells: None,
        });
    }
    let diagnostics = Vec::new();
    Some(Grid {
        table,
        end,
        diagnostics,
    })
}

fn cells(parts: &Parts<'_>, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut start = line.start;
    let cells = parts.slice(line.clone()).split('\t').map(|cell| {
        let range = start..start + cell.len();
        start = range.end + 1;
        range
    });
    cells.collect()
}

/// Reads the rows of a table, line by line.
struct Reader<'p, 's> {
    parts: &'p Parts<'s>,
    columns: Vec<Column>,
    /// The lines below the header.
    lines: Vec<Range<usize>>,
    place: usize,
    grid: Grid<'s>,
}

impl<'s> Reader<'_, 's> {
    fn line(&self, place: usize) -> &'s str {
        let line = self.lines.get(place);
        line.map(|line| self.parts.slice(line.clone()).trim())
            .unwrap_or_default()
    }

    /// Takes in the next row; tells whether there was one.
    fn row(&mut self) -> bool {
        if self.ends(self.place) {
            return false;
        }
        if !self.begins_row(self.place) {
            return self.pass_over();
        }
        let mut taken = vec![self.place];
        self.place += 1;
        for column in self.columns.clone().into_iter().skip(1) {
            if self.fits(column) {
                taken.push(self.place);
                self.place += 1;
            } else {
                taken.push(usize::MAX);
            }
        }
        self.push(&taken);
        true
    }

    /// Whether a line ends the table: it begins something else, or there is none.
    fn ends(&self, place: usize) -> bool {
        let line = self.line(place);
        let lower = line.to_lowercase();
        line.is_empty()
            || line.starts_with(['{', '|'])
            || words::is_section(line)
            || words::values_of(line).is_some()
            || words::section_of(&lower).is_some()
            || lower.starts_with("the following ")
            || lower.starts_with("namespace:")
            || extent::side_of(line).is_some()
    }

    /// Whether a line is the first cell of a row. A name alone could be a word of prose, so that a
    /// type has to follow it where the table has types.
    fn begins_row(&self, place: usize) -> bool {
        let line = self.line(place);
        let typed = self.columns.get(1) == Some(&Column::Type);
        let names = matches!(
            self.columns.first(),
            Some(Column::Name | Column::Member | Column::Value)
        );
        let is_name = is_identifier(line.split([' ', '(']).next().unwrap_or_default())
            && line.split_whitespace().count() <= 2;
        if self.ends(place) || names && !is_name {
            return false;
        }
        !typed || self.is_type(place + 1)
    }

    fn is_type(&self, place: usize) -> bool {
        let Some(line) = self.lines.get(place).filter(|_| !self.ends(place)) else {
            return false;
        };
        let cell = type_cell::read(&self.parts.inline(line.clone()), &Links::new("", None));
        cell.fault.is_none()
    }

    /// Whether the next line fits a column. A cell that was empty has left no line.
    fn fits(&self, column: Column) -> bool {
        if self.ends(self.place) {
            return false;
        }
        let next = self.line(self.place);
        match column {
            Column::Value => next.parse::<i64>().is_ok() || self.columns.len() == 2,
            Column::Description if self.columns.get(1) == Some(&Column::Type) => {
                !self.begins_row(self.place)
            }
            Column::Description => !is_identifier(next) || self.is_last_word(),
            _ => true,
        }
    }

    /// A single word is a description, unless prose follows it: then it is the next row's name.
    fn is_last_word(&self) -> bool {
        let after = self.line(self.place + 1);
        self.ends(self.place + 1) || is_identifier(after)
    }

    /// A line that belongs to a row whose first cells are lost is named, when rows follow it.
    fn pass_over(&mut self) -> bool {
        if self.grid.table.rows.is_empty() || !self.begins_row(self.place + 1) {
            return false;
        }
        if let Some(line) = self.lines.get(self.place) {
            let message = "the line is part of a row that has lost its first cells";
            let span = self.parts.inline(line.clone()).span;
            let diagnostic = Diagnostic::new(Code::RowUnreadable, span, message);
            self.grid.diagnostics.push(diagnostic);
        }
        self.place += 1;
        true
    }

    fn push(&mut self, taken: &[usize]) {
        let lines: Vec<Option<Range<usize>>> = taken
            .iter()
            .map(|place| self.lines.get(*place).cloned())
            .collect();
        let last = lines.iter().flatten().next_back().cloned();
        let (Some(Some(first)), Some(last)) = (lines.first().cloned(), last) else {
            return;
        };
        let cells = lines
            .into_iter()
            .map(|line| line.map_or_else(Inline::default, |line| self.parts.inline(line)));
        self.grid.table.rows.push(Row {
            cells: cells.collect(),
            span: self.parts.span(first.start..last.end),
            written_cells: None,
        });
        self.grid.end = last.end + 1;
    }
}
