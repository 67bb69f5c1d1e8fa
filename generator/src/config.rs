//! `codegen.toml`: the name of the crate, the address of the service, and where the pages stand.

use serde::Deserialize;

use crate::extract::Site;

/// The configuration of a documents folder.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The `[crate]` table.
    #[serde(rename = "crate")]
    pub package: Package,
    /// The `[api]` table.
    pub api: Api,
    /// The `[site]` table. Without it the documentation has no links.
    pub site: Option<Site>,
}

/// The package that is generated.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Package {
    /// The package name. Without it, the name of the documents folder.
    pub name: Option<String>,
    /// The package version. Without it, `0.1.0`.
    pub version: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
}

/// The service.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Api {
    /// The address that paths are appended to, with its version. Without it, what the absolute
    /// addresses in the examples begin with.
    pub base_url: Option<String>,
}

impl Config {
    /// Reads the text of a `codegen.toml`.
    ///
    /// # Errors
    ///
    /// Says in one sentence what the text should not hold.
    pub fn parse(text: &str) -> Result<Self, String> {
        let config: Self = toml::from_str(text).map_err(|error| sentence(&error, text))?;
        let package = &config.package;
        let checks = [
            (
                "crate.name",
                package.name.as_deref(),
                package_name_fault as fn(&str) -> _,
            ),
            ("crate.version", package.version.as_deref(), version_fault),
            (
                "api.base_url",
                config.api.base_url.as_deref(),
                address_fault,
            ),
            (
                "site.root",
                config.site.as_ref().map(|s| s.root.as_str()),
                address_fault,
            ),
        ];
        for (key, value, fault) in checks {
            if let Some(value) = value
                && let Some(fault) = fault(value)
            {
                return Err(format!("`{key}` is `{value}`, {fault}"));
            }
        }
        Ok(config)
    }
}

/// What is wrong with a TOML text, as one sentence with its line.
pub(crate) fn sentence(error: &toml::de::Error, text: &str) -> String {
    let message = error.message().replace('\n', "; ");
    match error.span().and_then(|span| text.get(..span.start)) {
        Some(before) => format!("line {}: {message}", before.matches('\n').count() + 1),
        None => message,
    }
}

/// Why a text can't be the name of a package that depends on `graph-runtime`, if it can't. See
/// <https://doc.rust-lang.org/cargo/reference/manifest.html#the-name-field>.
pub(crate) fn package_name_fault(name: &str) -> Option<&'static str> {
    const TAKEN: &[&str] = &[
        "alloc",
        "core",
        "graph-runtime",
        "graph_runtime",
        "proc-macro",
        "proc_macro",
        "std",
        "test",
    ];
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(allowed) {
        Some(
            "which is no package name: it has to begin with a letter, and hold letters, digits, `-` and `_`",
        )
    } else if TAKEN.contains(&name)
        || syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err()
    {
        Some("which is taken: it is a word or a crate of Rust's, or the runtime's own name")
    } else {
        None
    }
}

/// Why a text is no version of the form `1.2.3`, if it is none.
fn version_fault(version: &str) -> Option<&'static str> {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<&str> = core.split('.').collect();
    let number = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let fine = parts.len() == 3 && parts.iter().all(number);
    (!fine).then_some("which is no version; write it as `1.2.3`")
}

/// Why a text is no absolute address, if it is none.
fn address_fault(address: &str) -> Option<&'static str> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let host = rest
        .unwrap_or_default()
        .split('/')
        .next()
        .unwrap_or_default();
    let clean = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"'`".contains(c);
    let fine = !host.is_empty() && address.chars().all(clean);
    (!fine).then_some("which is no address; it has to begin with `https://` and a host")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_or_a_client_would_refuse_is_refused() {
        let table = [
            ("[crate]\nname = \"graph-security\"", None),
            ("[crate]\nname = \"\"", Some("package name")),
            ("[crate]\nname = \"my crate\"", Some("package name")),
            ("[crate]\nname = \"1abc\"", Some("package name")),
            ("[crate]\nname = \"self\"", Some("taken")),
            ("[crate]\nname = \"std\"", Some("taken")),
            ("[crate]\nname = \"graph-runtime\"", Some("taken")),
            ("[crate]\nversion = \"1.0.0-beta.1\"", None),
            ("[crate]\nversion = \"x\"", Some("no version")),
            (
                "[api]\nbase_url = \"https://graph.microsoft.com/beta\"",
                None,
            ),
            ("[api]\nbase_url = \"nope\"", Some("no address")),
            ("[api]\n\nbase = 1", Some("line 3")),
        ];
        for (text, expected) in table {
            match (Config::parse(text), expected) {
                (Ok(_), None) => {}
                (Err(told), Some(part)) => assert!(told.contains(part), "{text}: {told}"),
                (parsed, _) => panic!("{text}: {parsed:?}"),
            }
        }
    }
}
