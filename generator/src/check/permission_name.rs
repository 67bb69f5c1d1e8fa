//! Permissions whose names no permission can have.

use std::collections::BTreeMap;

use super::spelling::did_you_mean;
use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Reports permissions that are not named `Resource.Operation` or `Resource.Operation.Constraint`,
/// as <https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern> has it.
///
/// A name is told once a file, also when several pages include the file.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let permissions = subject
        .index
        .operations()
        .iter()
        .flat_map(|operation| &operation.permissions);
    let named = permissions.flat_map(|permission| {
        let names = permission.least.iter().chain(&permission.higher);
        names.map(move |name| (permission, name.as_str()))
    });
    let mut found: BTreeMap<(FileId, &str), Vec<Span>> = BTreeMap::new();
    for (permission, name) in named.filter(|(_, name)| !is_regular(name)) {
        let span = subject.in_line(permission.span, name);
        let places = found.entry((span.file, name)).or_default();
        if !places.contains(&span) {
            places.push(span);
        }
    }
    found
        .into_iter()
        .filter_map(|((_, name), places)| report(name, places))
        .collect()
}

fn report(name: &str, mut places: Vec<Span>) -> Option<Diagnostic> {
    places.sort_unstable();
    let (first, others) = places.split_first()?;
    let help = with_dots(name).map_or_else(
        || "permissions are named `Resource.Operation.Constraint`".to_owned(),
        |meant| did_you_mean(&meant),
    );
    let message = format!("`{name}` is no permission's name");
    let diagnostic = Diagnostic::new(Code::PermissionName, *first, message).with_help(help);
    Some(others.iter().fold(diagnostic, |told, place| {
        told.with_related(*place, "and here")
    }))
}

/// The permissions of OpenID Connect and of Exchange that were named before there was a pattern.
const IRREGULAR: &[&str] = &[
    "email",
    "full_access_as_app",
    "full_access_as_user",
    "offline_access",
    "openid",
    "profile",
    "user_impersonation",
];

fn is_regular(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    IRREGULAR.contains(&name) || (name.contains('.') && name.split('.').all(is_part))
}

/// The name with the dots that it lacks, when its end shows where they belong.
fn with_dots(name: &str) -> Option<String> {
    const CONSTRAINTS: &[&str] = &[
        "All",
        "AppFolder",
        "CreatedByApp",
        "Hidden",
        "OwnedBy",
        "Selected",
        "Shared",
    ];
    const OPERATIONS: &[&str] = &[
        "ReadWrite",
        "ReadBasic",
        "Read",
        "Create",
        "Invite",
        "Manage",
        "Send",
        "Write",
    ];
    let bare: String = name.chars().filter(|c| *c != '.').collect();
    if !bare.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let (head, constraint) = split_suffix(&bare, CONSTRAINTS).unwrap_or((&bare, ""));
    let (resource, operation) = split_suffix(head, OPERATIONS)?;
    let parts = [resource, operation, constraint];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(parts.join("."))
}

fn split_suffix<'n>(name: &'n str, suffixes: &[&'n str]) -> Option<(&'n str, &'n str)> {
    let found = suffixes
        .iter()
        .find_map(|suffix| Some((name.strip_suffix(suffix)?, *suffix)));
    found.filter(|(head, _)| !head.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_names_have_dots() {
        let regular = [
            "User.Read",
            "SecurityIncident.ReadWrite.All",
            "offline_access",
            "Sites.Read.All",
        ];
        for name in regular {
            assert!(is_regular(name), "{name}");
        }
        for name in [
            "SecurityIncidentReadAll",
            "User..Read",
            "User.Read.",
            "Not supported",
            "",
        ] {
            assert!(!is_regular(name), "{name}");
        }
    }

    #[test]
    fn missing_dots_are_found() {
        let cases = [
            ("SecurityIncidentReadAll", Some("SecurityIncident.Read.All")),
            (
                "SecurityIncidentTaskReadWriteAll",
                Some("SecurityIncidentTask.ReadWrite.All"),
            ),
            ("MailSend", Some("Mail.Send")),
            ("ReadAll", None),
            ("Directory", None),
            ("Not supported", None),
        ];
        for (name, meant) in cases {
            assert_eq!(with_dots(name).as_deref(), meant, "{name}");
        }
    }
}
