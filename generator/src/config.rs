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
    /// Says in one sentence, with line and column, what the text should not hold.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
