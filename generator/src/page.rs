//! The text of one page into its structure: front matter, sections, and the blocks in them.
//!
//! Nothing here knows what a property or an operation is. The structure borrows from the text.

mod blank;
mod blocks;
mod comment;
mod containers;
mod fence;
mod front_matter;
mod html;
mod include;
mod inline;
mod lookup;
mod markdown;
mod parts;
mod piece;
mod table;
mod text;

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// A page as markdown describes it.
#[derive(Clone, Debug, Default)]
pub struct Page<'s> {
    /// The file that the page was read from.
    pub file: FileId,
    /// The keys of the front matter in the order of the page, quotes stripped.
    pub front_matter: Vec<FrontMatterEntry<'s>>,
    /// What stands before the first heading is a section of level 0. A heading that only labels a
    /// tab (`# [HTTP](#tab/http)`) opens no section; it is a [`BlockKind::Tab`].
    pub sections: Vec<Section<'s>>,
}

/// One `key: value` line of the front matter.
#[derive(Clone, Debug)]
pub struct FrontMatterEntry<'s> {
    /// The key, as written.
    pub key: &'s str,
    /// The value without its quotes.
    pub value: &'s str,
    /// Where the value stands.
    pub span: Span,
}

/// A heading and all that follows it up to the next heading.
#[derive(Clone, Debug, Default)]
pub struct Section<'s> {
    /// 1 to 6; 0 for what stands before the first heading.
    pub level: u8,
    /// The heading's text.
    pub heading: Inline<'s>,
    /// The place in [`Page::sections`] of the section that this one is nested in.
    pub parent: Option<usize>,
    /// What stands under the heading, in the order of the page.
    pub blocks: Vec<Block<'s>>,
}

/// A block of a section.
#[derive(Clone, Debug)]
pub struct Block<'s> {
    /// What it is.
    pub kind: BlockKind<'s>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of blocks that the format uses.
#[derive(Clone, Debug)]
pub enum BlockKind<'s> {
    /// A paragraph of prose.
    Paragraph(Inline<'s>),
    /// A bullet or numbered list, one entry an item, nested lists flattened behind their item.
    List(Vec<Inline<'s>>),
    /// A table.
    Table(Table<'s>),
    /// A fenced block, with the metadata comment that stands before it.
    Code(CodeBlock<'s>),
    /// A block quote or an alert (`> [!NOTE]`), one entry a paragraph or list item in it.
    Quote(Vec<Inline<'s>>),
    /// `[!INCLUDE [label](target)]` on a line of its own.
    Include(Include<'s>),
    /// A comment that holds no metadata and belongs to no fence, e.g. a commented-out table.
    Comment(&'s str),
    /// A metadata comment that no fence follows: `page.annotation`, `permissions`, …
    Annotation(Annotation<'s>),
    /// The label of a tab: `# [HTTP](#tab/http)`.
    Tab {
        /// The visible label, e.g. `HTTP`.
        label: Cow<'s, str>,
        /// The tab's id, e.g. `http`.
        id: Cow<'s, str>,
    },
    /// Raw HTML that is no comment (`<table>…`), as text.
    Html(&'s str),
}

/// A table, its cells as prose.
#[derive(Clone, Debug, Default)]
pub struct Table<'s> {
    /// The cells of the header row.
    pub header: Vec<Inline<'s>>,
    /// The rows below it. A row has as many cells as the header: missing cells are empty.
    pub rows: Vec<Row<'s>>,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row<'s> {
    /// The cells, as many as the header has.
    pub cells: Vec<Inline<'s>>,
    /// Where the row stands.
    pub span: Span,
    /// The number of cells that the row itself has in the text, when it isn't the header's.
    pub written_cells: Option<usize>,
}

/// A fenced block.
#[derive(Clone, Debug, Default)]
pub struct CodeBlock<'s> {
    /// The first word of the info string, in lower case: `http`, `json`, …; empty without one.
    pub language: Cow<'s, str>,
    /// The text between the fences.
    pub text: Cow<'s, str>,
    /// Where the text begins and ends.
    pub text_span: Span,
    /// The metadata comment that stands before the fence with nothing but prose between.
    pub annotation: Option<Annotation<'s>>,
    /// No fence closes the block before the document ends.
    pub unclosed: bool,
    /// The id of the tab that the fence stands in, if any (`http`, `csharp`, …).
    pub tab: Option<Cow<'s, str>>,
}

/// A metadata comment: `<!-- { "blockType": … } -->`.
#[derive(Clone, Debug, Default)]
pub struct Annotation<'s> {
    /// Its members, when the text could be read, strictly or leniently.
    pub members: serde_json::Map<String, serde_json::Value>,
    /// The comment's text without its markers.
    pub text: &'s str,
    /// Where the comment stands.
    pub span: Span,
    /// What had to be forgiven to read it, or why it couldn't be read. Empty for strict JSON.
    pub faults: Vec<AnnotationFault>,
}

/// What is wrong with a metadata comment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AnnotationFault {
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The comment could not be read at all; `members` is empty.
    pub fatal: bool,
}

/// `[!INCLUDE [label](target)]`.
#[derive(Clone, Debug, Default)]
pub struct Include<'s> {
    /// The label in the inner brackets.
    pub label: Cow<'s, str>,
    /// The path as written, relative to the page.
    pub target: Cow<'s, str>,
}

/// A run of prose: a paragraph, a cell, a heading, a list item.
#[derive(Clone, Debug, Default)]
pub struct Inline<'s> {
    /// The parts in order. Empty for an empty cell.
    pub pieces: Vec<Piece<'s>>,
    /// Where the run stands.
    pub span: Span,
}

/// A part of a run of prose.
#[derive(Clone, Debug)]
pub struct Piece<'s> {
    /// The visible text, entities and escapes resolved.
    pub text: Cow<'s, str>,
    /// How it is marked.
    pub kind: PieceKind<'s>,
    /// Where it stands.
    pub span: Span,
}

/// How a part of prose is marked. Where marks nest, the one that matters most is kept:
/// code over link over strong over emphasis; a code span in a link keeps the link in `Link`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PieceKind<'s> {
    /// Plain text.
    Text,
    /// A code span.
    Code,
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// The text of a link.
    Link {
        /// Where it leads, as written.
        target: Cow<'s, str>,
        /// The text is a code span.
        code: bool,
    },
    /// A picture; the text is its alternative text.
    Image,
    /// A line break (`<br>`, two spaces, or a line end in a paragraph); the text is one space.
    Break,
    /// Inline HTML other than `<br>`, as written.
    Html,
}

pub(crate) use blank::{is_blank, trim, trim_start};
pub(crate) use parts::{Parts, is_delimiter_row};

/// The structure of a page, and what is wrong with its markdown.
///
/// Any text gives a page: what can't be read is passed over with a diagnostic.
#[must_use]
pub fn parse(file: FileId, text: &str) -> (Page<'_>, Vec<Diagnostic>) {
    blocks::read(file, text)
}

#[cfg(test)]
mod tests;
