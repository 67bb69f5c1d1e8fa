//! `README.md`: the name, and what the crate says of itself.

use super::doc;
use super::print::NOTICE;
use crate::rust;

/// The text of `README.md`.
pub(super) fn text(krate: &rust::Crate) -> String {
    let name = doc::line(&krate.manifest.name);
    let mut text = format!("<!-- {NOTICE} -->\n\n# {name}\n\n");
    for line in doc::header(&krate.readme, &krate.manifest.description) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}
