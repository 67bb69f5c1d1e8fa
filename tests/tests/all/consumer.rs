//! A crate outside of the workspace that uses the generated one, as README shows.

use std::path::Path;

use graph_tests::server::{Server, TOKEN};
use serde_json::json;

use crate::folders;

/// The files of the consumer.
const FILES: [&str; 2] = ["Cargo.toml", "src/main.rs"];

/// Copies the consumer, so that nothing is left behind beside the committed one.
fn copy(folder: &Path) {
    let root = folders::root();
    let consumer = root.join("tests/consumer");
    for path in FILES {
        let text = folders::read(&consumer.join(path));
        let generated = root.join("generated");
        folders::write(
            &folder.join(path),
            &text.replace("../../generated", &generated.to_string_lossy()),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_of_the_readme_runs_from_outside() {
    let server = Server::start().await;
    for (name, status) in [
        ("Isolate device 1", "open"),
        ("Reset device 2", "completed"),
        ("Isolate device 3", "open"),
    ] {
        server.put(json!({ "displayName": name, "status": status, "actionType": "isolateDevice" }));
    }
    let endpoint = server.endpoint();
    let printed = tokio::task::spawn_blocking(move || {
        let folder = tempfile::tempdir().expect("a folder");
        copy(folder.path());
        let mut run = folders::cargo(folder.path());
        run.args(["run", "--quiet"])
            .env("GRAPH_ENDPOINT", endpoint)
            .env("GRAPH_TOKEN", TOKEN);
        folders::succeed(&mut run)
    });
    let printed = printed.await.expect("the consumer runs");
    assert_eq!(
        printed,
        "Isolate device 1: carried out\nIsolate device 3: carried out\n"
    );
    let sent: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.method.to_string())
        .collect();
    assert_eq!(sent, ["GET", "POST", "PATCH", "POST", "PATCH"]);
}
