//! What is wrong in a page, and where.
//!
//! A stage never stops at a bad page: it says so in a [`Diagnostic`] and goes on with what it could
//! read. [`render`] turns the diagnostics into text for people and for tools.

mod codes;
pub mod render;

use std::cmp::Ordering;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::source::Span;

pub use codes::{CODES, Code, CodeInfo};

/// How much a diagnostic matters.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// What was generated from the page can't be trusted.
    Error,
    /// A contradiction, or something that is lost.
    Warning,
    /// Worth knowing; nothing is lost.
    Note,
}

impl Severity {
    /// The name in lower case, as every output format spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Something to tell about a place in a page.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// How much it matters; [`Code::severity`] unless a stage knows better.
    pub severity: Severity,
    /// One sentence without a full stop that names the things concerned.
    pub message: String,
    /// Where it is.
    pub span: Span,
    /// A few words at the place itself; may be empty.
    pub label: String,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// What to do about it.
    pub help: Option<String>,
}

/// Another place that a diagnostic points to.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, PartialEq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// A few words on it.
    pub label: String,
}

impl Diagnostic {
    /// A diagnostic with the severity of its code, and neither label, related places nor help.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// Sets the words at the place.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn with_related(mut self, span: Span, label: impl Into<String>) -> Self {
        let label = label.into();
        self.related.push(Related { span, label });
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the severity where it differs from that of the code.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Puts diagnostics in the order of files, then of places, then of codes and messages, so that the
/// order in which threads found them does not show, and says once what was found twice.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(in_order);
    diagnostics.dedup();
}

fn in_order(left: &Diagnostic, right: &Diagnostic) -> Ordering {
    let place = left
        .span
        .file
        .cmp(&right.span.file)
        .then(left.span.start.cmp(&right.span.start));
    let code = place.then_with(|| left.code.as_str().cmp(right.code.as_str()));
    code.then_with(|| left.message.cmp(&right.message))
}
