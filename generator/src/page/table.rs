//! Table events into a [`Table`], with what markdown drops from a row found again.
//!
//! Markdown gives every row as many cells as the header has, and takes any line below a table for a
//! row. A line that carries on a cell of the line above, and a line of prose, are told from rows here.

use std::ops::Range;

use super::text::{self, Text};
use super::{Inline, Row, Table, blank};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The table that is being read.
#[derive(Default)]
pub(super) struct TableReader<'s> {
    file: FileId,
    table: Table<'s>,
    cells: Vec<Inline<'s>>,
    /// The header row has pipes at both ends, so that a row without one is no row.
    piped: bool,
    /// The last row ends without a pipe: the next line may carry it on.
    open_row: bool,
    prose: Vec<Inline<'s>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'s> TableReader<'s> {
    pub(super) fn new(file: FileId) -> Self {
        Self {
            file,
            ..Self::default()
        }
    }

    pub(super) fn push_cell(&mut self, cell: Inline<'s>) {
        self.cells.push(cell);
    }

    /// The cells read so far are the header row, which stands at `range`.
    pub(super) fn end_header(&mut self, range: Range<usize>, text: &Text<'s>) {
        let line = blank::trim(text.slice(range));
        self.piped = line.starts_with('|') && line.ends_with('|');
        self.table.header = std::mem::take(&mut self.cells);
    }

    /// The cells read so far are a row, which stands at `range`.
    pub(super) fn end_row(&mut self, range: Range<usize>, text: &Text<'s>) {
        let room = Vec::with_capacity(self.table.header.len());
        let cells = std::mem::replace(&mut self.cells, room);
        let line = text.slice(range.clone());
        let start = range.start + (line.len() - blank::trim_start(line).len());
        let line = blank::trim(line);
        let is_row = !self.piped || line.starts_with('|');
        let carries_on = !is_row && self.open_row;
        self.open_row = !line.ends_with('|');
        if carries_on {
            self.carry_on(cells, start + line.len());
        } else if !is_row && !line.contains('|') {
            self.prose.extend(cells.into_iter().next());
        } else {
            self.push_row(cells, start..start + line.len(), text);
        }
    }

    /// Reads a table line by line: header, dashes, rows.
    pub(super) fn read_lines(file: FileId, lines: Range<usize>, text: &Text<'s>) -> Self {
        let mut reader = Self::new(file);
        let mut start = lines.start;
        for (number, line) in text.slice(lines).split('\n').enumerate() {
            let range = start..start + line.len();
            start = range.end + 1;
            if number == 1 || line.trim().is_empty() {
                continue;
            }
            reader.split_line(range.clone(), text);
            match number {
                0 => reader.end_header(range, text),
                _ => reader.end_row(range, text),
            }
        }
        reader
    }

    /// The cells of a line, as many as the header has.
    fn split_line(&mut self, range: Range<usize>, text: &Text<'s>) {
        let line = text.slice(range.clone());
        let offset = range.start + (line.len() - line.trim_start().len());
        let mut cells = cells(line.trim());
        let expected = self.table.header.len();
        if expected > 0 {
            cells.resize(expected, line.trim().len()..line.trim().len());
        }
        let cells = cells
            .into_iter()
            .map(|cell| offset + cell.start..offset + cell.end);
        self.cells
            .extend(cells.map(|cell| text.inline(self.file, cell)));
    }

    /// The table, and the prose that markdown took for its rows.
    pub(super) fn finish(self) -> (Table<'s>, Vec<Inline<'s>>, Vec<Diagnostic>) {
        (self.table, self.prose, self.diagnostics)
    }

    fn push_row(&mut self, mut cells: Vec<Inline<'s>>, range: Range<usize>, text: &Text<'s>) {
        let line = text.slice(range.clone());
        let span = Span::new(self.file, range.start, range.end);
        let expected = self.table.header.len();
        let written = count_cells(line);
        if written > expected
            && let Some(rest) = excess(line, expected)
            && let Some(last) = cells.last_mut()
        {
            let rest = range.start + rest.start..range.start + rest.end;
            *last = text.inline(self.file, rest);
            self.report(
                span,
                written,
                "the rest of the row is taken for its last cell",
            );
        } else if written < expected && written > 1 && !self.open_row {
            self.report(span, written, "the last cells are taken to be empty");
        }
        self.table.rows.push(Row {
            cells,
            span,
            written_cells: (written != expected).then_some(written),
        });
    }

    /// A row of one cell is never reported: it is the title of a group of rows.
    fn report(&mut self, span: Span, written: usize, label: &str) {
        let expected = self.table.header.len();
        let message = format!("the row has {written} cells, the table's header {expected}");
        let diagnostic = Diagnostic::new(Code::RowCellCount, span, message).with_label(label);
        self.diagnostics.push(match written > expected {
            true => diagnostic.with_help("write `\\|` for a pipe that is no border of a cell"),
            false => diagnostic,
        });
    }

    /// Adds a line to the row above: its first cell carries on the last cell that is written there.
    fn carry_on(&mut self, cells: Vec<Inline<'s>>, end: usize) {
        let expected = self.table.header.len();
        let Some(row) = self.table.rows.last_mut() else {
            return;
        };
        let written = row
            .written_cells
            .unwrap_or(expected)
            .clamp(1, expected.max(1));
        for (more, place) in cells.into_iter().zip(written - 1..) {
            if let Some(cell) = row.cells.get_mut(place) {
                join(cell, more);
            }
        }
        row.span = Span::new(self.file, row.span.start as usize, end);
    }
}

fn join<'s>(cell: &mut Inline<'s>, more: Inline<'s>) {
    if more.pieces.is_empty() {
        return;
    }
    cell.span = if cell.pieces.is_empty() {
        more.span
    } else {
        cell.span.to(more.span)
    };
    cell.push_line(more.pieces);
}

/// The cells that a row has in the text: what unescaped pipes part, borders left out.
fn count_cells(line: &str) -> usize {
    pipes(line).count() + 1 - usize::from(line.starts_with('|')) - ends_with_border(line)
}

fn ends_with_border(line: &str) -> usize {
    usize::from(line.len() > 1 && line.ends_with('|') && !line.ends_with("\\|"))
}

fn pipes(line: &str) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    let is_escaped = |at: usize| at > 0 && bytes.get(at - 1) == Some(&b'\\');
    memchr::memchr_iter(b'|', bytes).filter(move |at| !is_escaped(*at))
}

/// The cells of a row as ranges of the row.
fn cells(line: &str) -> Vec<Range<usize>> {
    let start = usize::from(line.starts_with('|'));
    let mut ends: Vec<usize> = pipes(line).filter(|at| *at >= start).collect();
    if ends_with_border(line) == 0 {
        ends.push(line.len());
    }
    let starts = std::iter::once(start).chain(ends.iter().map(|end| end + 1));
    starts
        .zip(ends.iter())
        .map(|(start, end)| start..*end)
        .collect()
}

/// What a row holds from its last cell on, when there is text behind that cell.
fn excess(line: &str, expected: usize) -> Option<Range<usize>> {
    let cells = cells(line);
    let (first, last) = (cells.get(expected.checked_sub(1)?)?, cells.last()?);
    let behind = line.get(first.end..last.end)?;
    if !behind.contains(|c: char| c != '|' && !c.is_whitespace()) {
        return None;
    }
    let rest = line.get(first.start..last.end)?;
    let text = rest.trim_start_matches(|c: char| c == '|' || c.is_whitespace());
    Some(last.end - text.len()..last.end)
}

/// The header of a table in a paragraph: the line above a row of dashes and pipes. Its place counts
/// from the paragraph's first word.
pub(super) fn find_lines(paragraph: &str) -> Option<Range<usize>> {
    memchr::memchr(b'|', paragraph.as_bytes())?;
    let paragraph = paragraph.trim();
    let (mut header, mut start) = (0..0, 0);
    for line in paragraph.split_inclusive('\n') {
        let is_dashes = line.contains("--") && text::is_delimiter_row(line.trim());
        if is_dashes && !header.is_empty() {
            return Some(header);
        }
        header = start..start + line.trim_end_matches('\n').len();
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{cells, count_cells, excess, find_lines};

    #[test]
    fn cells_are_counted_as_written() {
        let table = [
            ("|a|b|", 2),
            ("a|b", 2),
            ("|a|b", 2),
            ("|a\\|b|", 1),
            ("|**Group**|", 1),
            ("||", 1),
            ("|a||c|", 3),
        ];
        for (line, cells) in table {
            assert_eq!(count_cells(line), cells, "{line}");
        }
    }

    #[test]
    fn cells_are_split_as_they_are_counted() {
        for line in ["|a|b|", "a|b", "|a|b", "|a\\|b|", "||", "|a||c|", "|"] {
            assert_eq!(cells(line).len(), count_cells(line), "{line}");
        }
    }

    #[test]
    fn text_behind_the_last_cell_belongs_to_it() {
        let table = [
            ("|a|b|c|", Some("b|c")),
            ("|a|b|c", Some("b|c")),
            ("|a| |c|", Some("c")),
            ("|a|b||", None),
            ("|a|b|", None),
        ];
        for (line, expected) in table {
            let rest = excess(line, 2).and_then(|range| line.get(range));
            assert_eq!(rest, expected, "{line}");
        }
    }

    #[test]
    fn a_header_stands_above_dashes() {
        let table = [
            ("|a|b|\n|--|\n|c|d|", Some("|a|b|")),
            ("words\n|a|b|\n|:---|\n", Some("|a|b|")),
            ("a | b\nc -- d", None),
            ("|--|", None),
        ];
        for (paragraph, expected) in table {
            let header = find_lines(paragraph).and_then(|range| paragraph.get(range));
            assert_eq!(header, expected, "{paragraph}");
        }
    }
}
