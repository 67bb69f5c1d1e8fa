//! What the emitter prints compiles against the real runtime, without a warning, and its examples
//! hold.

mod emit_sample;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use graph_codegen::emit::emit;

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Writes the sample to a folder of its own.
fn write(folder: &Path) {
    let runtime = root().join("runtime").canonicalize().expect("the runtime");
    let krate = emit_sample::krate(&runtime.to_string_lossy());
    for (path, text) in emit(&krate) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
}

/// Runs cargo in the folder, holds it to success, and gives what it prints. What is built lands beside the workspace's own
/// builds, with the same profile, so that it is built once.
fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => PathBuf::from(target),
        None => root().join("target"),
    };
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .output()
        .expect("cargo runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo {arguments:?}:\n{printed}{words}"
    );
    printed
}

/// Without TLS, which loopback has no use for and which takes longest to build.
const CLIENT: [&str; 2] = ["--no-default-features", "--features=client"];

#[test]
fn the_sample_compiles_without_a_warning_and_its_examples_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path());
    let deny = ["--", "-Dwarnings"];
    let models = ["clippy", "--no-default-features"];
    cargo(folder.path(), &["fmt", "--check"]);
    cargo(folder.path(), &[&models[..], &deny].concat());
    cargo(
        folder.path(),
        &[&["clippy", "--all-targets"], &CLIENT[..], &deny].concat(),
    );
    cargo(
        folder.path(),
        &[&["doc", "--no-deps"], &CLIENT[..]].concat(),
    );
    let tests = cargo(folder.path(), &[&["test"], &CLIENT[..]].concat());
    assert!(tests.contains("6 passed"), "{tests}");
}
