//! The documented facts of an operation to the rows of its table, and to constants.

use std::collections::BTreeSet;

use quote::quote;

use super::doc::{self, Docs};
use super::name;
use super::print::Documented;
use crate::rust;

/// What the operation is called, as a sentence of documentation.
pub(super) fn title(facts: &rust::OperationFacts) -> String {
    match facts.name.trim() {
        "" => format!("A {} request.", doc::code_span(&facts.method)),
        name => format!("The operation {}.", doc::code_span(name)),
    }
}

/// The rows for the constant `OPERATION`, which the macro makes of them.
pub(super) fn rows(facts: &rust::OperationFacts) -> Vec<String> {
    let mut rows = vec![
        format!("name: {}", name::text(&facts.name)),
        format!("method: {}", name::text(&facts.method)),
        format!("paths: {}", texts(&facts.path_templates)),
    ];
    let permissions = [
        ("delegated_work", &facts.delegated_work),
        ("delegated_personal", &facts.delegated_personal),
        ("application", &facts.application),
    ];
    for (caller, set) in permissions {
        rows.extend(set.iter().map(|set| {
            let (least, higher) = (texts(&set.least), texts(&set.higher));
            format!("{caller}: {least} | {higher}")
        }));
    }
    rows.extend(facts.errors.iter().map(error_row));
    let documentation = facts.documentation.iter();
    rows.extend(documentation.map(|url| format!("documentation: {}", name::text(url))));
    rows
}

fn error_row(error: &rust::ErrorFacts) -> String {
    let words = [&error.code, &error.message, &error.condition].map(|text| name::text(text));
    let [code, message, condition] = words;
    format!("error: {} {code}, {message}, {condition}", error.status)
}

fn texts(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|it| name::text(it).to_string()).collect();
    format!("[{}]", texts.join(", "))
}

/// A constant for the code of each documented error; several errors may share one.
pub(super) fn error_codes(errors: &[rust::ErrorFacts]) -> Vec<Documented> {
    let mut seen = BTreeSet::new();
    errors
        .iter()
        .filter(|error| !error.constant.is_empty() && seen.insert(&error.constant))
        .map(error_code)
        .collect()
}

fn error_code(error: &rust::ErrorFacts) -> Documented {
    let constant = name::ident(&error.constant);
    let code = name::text(&error.code);
    Documented {
        docs: Docs::or(&error.doc, || "The code of a documented error.".to_owned()),
        code: quote! { pub const #constant: &'static str = #code; },
    }
}
