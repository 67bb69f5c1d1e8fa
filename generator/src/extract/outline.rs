//! The sections of a page by what their headings are called.

use std::borrow::Cow;
use std::ops::Range;

use crate::page::{Block, BlockKind, Page, Section, Table};

/// A page, and its headings in a form that can be compared.
#[derive(Debug)]
pub(super) struct Outline<'a, 's> {
    page: &'a Page<'s>,
    headings: Vec<String>,
}

impl<'a, 's> Outline<'a, 's> {
    /// The outline of a page.
    pub(super) fn new(page: &'a Page<'s>) -> Self {
        let headings = page
            .sections
            .iter()
            .map(|section| plain_heading(section))
            .collect();
        Self { page, headings }
    }

    /// The heading of a section: lower case, single spaces, no colon or marks around it.
    pub(super) fn heading(&self, index: usize) -> &str {
        self.headings.get(index).map_or("", String::as_str)
    }

    /// The section itself.
    pub(super) fn section(&self, index: usize) -> Option<&'a Section<'s>> {
        self.page.sections.get(index)
    }

    /// All sections with one of some headings.
    pub(super) fn all(&self, names: &[&str]) -> Vec<usize> {
        let places = 0..self.headings.len();
        places
            .filter(|&index| names.contains(&self.heading(index)))
            .collect()
    }

    /// The section with the title: the first of level 1.
    pub(super) fn title(&self) -> Option<usize> {
        self.page
            .sections
            .iter()
            .position(|section| section.level == 1)
    }

    /// A section and those nested in it.
    pub(super) fn under(&self, index: usize) -> Range<usize> {
        let level = self.section(index).map_or(0, |section| section.level);
        let behind = self.page.sections.iter().skip(index + 1);
        index..index + 1 + behind.take_while(|section| section.level > level).count()
    }

    /// Whether a section is, or stands below, one with a heading that a test accepts.
    pub(super) fn within(&self, index: usize, test: impl Fn(&str) -> bool) -> bool {
        self.ancestry(index).any(|place| test(self.heading(place)))
    }

    /// A section and those that it is nested in, from the inside out.
    pub(super) fn ancestry(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(index), |&index| self.section(index)?.parent)
    }

    /// The blocks of some sections in order.
    pub(super) fn blocks(&self, sections: Range<usize>) -> impl Iterator<Item = &'a Block<'s>> {
        let sections = self.page.sections.get(sections).unwrap_or_default();
        sections.iter().flat_map(|section| &section.blocks)
    }

    /// The tables of some sections in order.
    pub(super) fn tables(
        &self,
        sections: Range<usize>,
    ) -> impl Iterator<Item = (&'a Block<'s>, &'a Table<'s>)> {
        self.blocks(sections).filter_map(|block| match &block.kind {
            BlockKind::Table(table) => Some((block, table)),
            _ => None,
        })
    }
}

/// A heading as it is compared.
pub(super) fn plain_heading(section: &Section<'_>) -> String {
    let text = section.heading.text();
    let text = match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => text.to_lowercase(),
    };
    if is_plain(&text) {
        return text;
    }
    let words: Cow<'_, str> = match has_single_spaces(&text) {
        true => Cow::Borrowed(text.trim()),
        false => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    };
    match words.trim_matches([':', '*', '`', '.']) {
        plain if plain.len() == text.len() => text,
        plain => plain.to_owned(),
    }
}

/// Whether a heading, in lower case, is compared as it is: words with single spaces between them, as
/// most are.
fn is_plain(text: &str) -> bool {
    let ends = [text.as_bytes().first(), text.as_bytes().last()];
    ends.iter()
        .all(|end| end.is_some_and(u8::is_ascii_alphanumeric))
        && has_single_spaces(text)
}

/// No blank space but single spaces parts the words of a text.
fn has_single_spaces(text: &str) -> bool {
    let mut before = b'a';
    text.bytes().all(|byte| {
        let is_single = byte.is_ascii() && byte >= b' ' && (before, byte) != (b' ', b' ');
        before = byte;
        is_single
    })
}
