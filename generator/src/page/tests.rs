use std::borrow::Cow;

use super::*;

fn read(text: &str) -> (Page<'_>, Vec<Diagnostic>) {
    parse(FileId(0), text)
}

/// The only paragraph of a text.
fn prose(text: &str) -> Inline<'_> {
    let (page, _) = read(text);
    let paragraph = page.sections[0].paragraphs().next().cloned();
    paragraph.unwrap_or_default()
}

mod blocks;
mod corpus;
mod hazards;
mod markdown;
