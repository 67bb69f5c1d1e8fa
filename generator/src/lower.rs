//! The indexed schema into the crate that will be printed: every decision is made here.
//!
//! Models come first, because names are claimed by documented types before anything that the
//! generator names itself; then the client, whose bodies and responses name models; then the
//! documented examples, which are calls on that client.

mod addresses;
mod bodies;
mod client;
mod decodes;
mod docs;
mod examples;
mod fault;
mod forms;
mod hierarchies;
mod models;
mod names;
mod operations;
mod outputs;
mod paths;
mod recursion;
mod start;
mod types;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::resolve::Index;
use crate::rust;
use crate::source::SourceMap;

/// Where the crate will stand.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// The folder of `graph-runtime`, relative to the crate or absolute.
    pub runtime_path: String,
    /// The crate stands outside of this workspace, so it is the root of its own.
    pub standalone: bool,
}

/// The name of the package when neither the configuration nor the folder gives one.
const DEFAULT_PACKAGE: &str = "graph-generated";

/// The address when neither the configuration nor an example gives one.
const DEFAULT_BASE_URL: &str = "https://graph.microsoft.com/v1.0";

/// Decides what the crate holds.
pub fn lower(
    index: &Index<'_>,
    sources: &SourceMap,
    config: &Config,
    target: &Target,
) -> (rust::Crate, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut types = types::Types::new(index);
    let ((), root) = rayon::join(
        || models::lower(&mut types),
        || client::tree(index.operations()),
    );
    let mut bodies = bodies::Bodies::default();
    let base_url = base_url(index, config);
    let (client, callables) =
        client::lower(&mut types, &mut bodies, &root, &base_url, &mut diagnostics);
    bodies.finish(&mut types);
    hierarchies::lower(&mut types);
    let (examples, replays) = examples::lower(&types, &callables, sources, &mut diagnostics);
    diagnostics.append(&mut types.diagnostics);
    let namespaces = types.into_namespaces();
    let krate = rust::Crate {
        manifest: manifest(config, target),
        doc: docs::front_page(config),
        topics: docs::topics(&client, &base_url),
        start: start::lower(&client, &namespaces),
        readme: docs::readme(config, &client, &base_url),
        namespaces,
        client: (!client.navigations.is_empty()).then_some(client),
        examples,
        replays,
    };
    (krate, diagnostics)
}

fn manifest(config: &Config, target: &Target) -> rust::Manifest {
    let package = &config.package;
    rust::Manifest {
        name: package
            .name
            .clone()
            .unwrap_or_else(|| DEFAULT_PACKAGE.to_owned()),
        version: package
            .version
            .clone()
            .unwrap_or_else(|| "0.1.0".to_owned()),
        description: docs::description(config).to_owned(),
        license: package.license.clone(),
        rust_version: "1.89".to_owned(),
        runtime_path: target.runtime_path.clone(),
        standalone: target.standalone,
    }
}

/// The configured address, or what the absolute addresses of the examples begin with.
fn base_url(index: &Index<'_>, config: &Config) -> String {
    let configured = config.api.base_url.clone();
    let of_example = || {
        let requests = index.operations().iter().flat_map(|o| &o.examples);
        let lines = requests.filter_map(|e| e.request.as_ref());
        lines
            .map(|message| message.start_line.as_str())
            .find_map(paths::service_root)
    };
    configured
        .or_else(of_example)
        .unwrap_or_else(|| DEFAULT_BASE_URL.to_owned())
}
