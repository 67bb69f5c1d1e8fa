//! A crate made by hand that has one of everything that can be printed.

mod client;
mod examples;
mod models;

use graph_codegen::rust::{Crate, Doc, Manifest, Replays};

/// Text that tries to leave every place it can stand in.
pub(crate) const HOSTILE: &str = "*/ }} \"# \"## \\ \\n #[test] ]]> `unbalanced ``` \r\n #![no_std]\u{2028}fn f() {}\u{202E} \t {0} 'x";

/// The crate. `runtime_path` is where `graph-runtime` stands.
pub(crate) fn krate(runtime_path: &str) -> Crate {
    Crate {
        manifest: Manifest {
            name: "graph-sample".to_owned(),
            version: "0.1.0".to_owned(),
            description: HOSTILE.to_owned(),
            license: Some("MIT".to_owned()),
            rust_version: "1.89".to_owned(),
            runtime_path: runtime_path.to_owned(),
            standalone: true,
        },
        doc: doc("Typed models and a client.\n\nAll of it is made from a sample."),
        topics: doc("[`models`] holds the types."),
        start: Some(client::start()),
        readme: doc("Typed models and a client."),
        namespaces: models::namespaces(),
        client: Some(client::client()),
        examples: examples::examples(),
        replays: Replays::default(),
    }
}

/// The lines of a documentation.
pub(crate) fn doc(text: &str) -> Doc {
    Doc(text.lines().map(str::to_owned).collect())
}

/// Owned text of each.
pub(crate) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}
