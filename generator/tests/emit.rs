//! What the emitter prints for a crate that has one of everything.

mod emit_sample;

use std::collections::BTreeMap;

use emit_sample::{HOSTILE, krate};
use graph_codegen::emit::emit;
use graph_codegen::rust::{Crate, Manifest};

fn sample() -> BTreeMap<String, String> {
    emit(&krate("../runtime"))
}

#[test]
fn every_part_has_its_file() {
    let paths: Vec<String> = sample().into_keys().collect();
    insta::assert_snapshot!(paths.join("\n"));
}

#[test]
fn every_source_file_parses_and_says_where_it_is_from() {
    for (path, text) in sample() {
        assert!(text.contains("Edits are overwritten"), "{path}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
        assert!(!text.contains('\r'), "{path}");
        if path.ends_with(".rs") {
            let parsed = syn::parse_file(&text);
            assert!(parsed.is_ok(), "{path}: {:?}\n{text}", parsed.err());
        }
    }
}

#[test]
fn a_struct_that_is_read_and_sent() {
    insta::assert_snapshot!(sample()["src/models/graph/entity.rs"]);
}

#[test]
fn a_struct_that_is_only_sent() {
    insta::assert_snapshot!(sample()["src/models/security/new_task.rs"]);
}

#[test]
fn an_update() {
    insta::assert_snapshot!(sample()["src/models/security/task_update.rs"]);
}

#[test]
fn an_open_enum() {
    insta::assert_snapshot!(sample()["src/models/security/task_status.rs"]);
}

#[test]
fn a_hierarchy() {
    insta::assert_snapshot!(sample()["src/models/security/action.rs"]);
}

#[test]
fn a_hierarchy_with_a_concrete_base() {
    insta::assert_snapshot!(sample()["src/models/security/any_device.rs"]);
}

#[test]
fn a_namespace() {
    insta::assert_snapshot!(sample()["src/models/graph.rs"]);
}

#[test]
fn the_root_of_the_client() {
    insta::assert_snapshot!(sample()["src/client.rs"]);
}

#[test]
fn a_collection_in_the_client() {
    insta::assert_snapshot!(sample()["src/client/tasks.rs"]);
}

#[test]
fn a_member_in_the_client() {
    insta::assert_snapshot!(sample()["src/client/tasks/by_id.rs"]);
}

#[test]
fn the_front_page_has_the_program_that_is_an_example() {
    let sample = sample();
    let program = &sample["examples/start.rs"];
    insta::assert_snapshot!(program);
    let (_, code) = program.split_once("front page.\n\n").expect("a header");
    let documented: Vec<String> = code.lines().map(|line| format!("//! {line}")).collect();
    let documented: Vec<&str> = documented.iter().map(|line| line.trim_end()).collect();
    let block = format!("//! ```no_run\n{}\n//! ```\n", documented.join("\n"));
    assert!(
        sample["src/lib.rs"].contains(&block),
        "{}",
        sample["src/lib.rs"]
    );
}

#[test]
fn examples_are_tests() {
    insta::assert_snapshot!(sample()["tests/examples/tasks.rs"]);
}

#[test]
fn the_manifest() {
    insta::assert_snapshot!(sample()["Cargo.toml"]);
}

#[test]
fn the_manifest_holds_what_it_was_given() {
    let table: toml::Table = sample()["Cargo.toml"].parse().expect("TOML");
    assert_eq!(table["package"]["description"].as_str(), Some(HOSTILE));
    assert!(table.contains_key("workspace"));
}

/// What a document says can't add an item, wherever it stands.
#[test]
fn hostile_text_is_never_code() {
    for (path, text) in sample() {
        if !path.ends_with(".rs") {
            continue;
        }
        let file = syn::parse_file(&text).expect("Rust");
        let functions = file
            .items
            .iter()
            .filter(|item| matches!(item, syn::Item::Fn(_)));
        let expected = match path.as_str() {
            "tests/examples/tasks.rs" => 6,
            "examples/start.rs" => 1,
            _ => 0,
        };
        assert_eq!(functions.count(), expected, "{path}");
        assert!(!text.contains('\u{202E}'), "{path}");
    }
}

/// Wire names in the field table are what the documents say, to the character.
#[test]
fn hostile_names_reach_the_wire_unchanged() {
    let text = &sample()["src/models/security/task_status.rs"];
    let file = syn::parse_file(text).expect("Rust");
    let table = file.items.iter().find_map(|item| match item {
        syn::Item::Macro(table) => Some(table.mac.tokens.to_string()),
        _ => None,
    });
    let literal = proc_macro2::Literal::string(HOSTILE).to_string();
    assert!(table.is_some_and(|table| table.contains(&literal)));
}

#[test]
fn a_crate_without_client_and_examples_is_models_only() {
    let files = emit(&Crate {
        manifest: Manifest {
            name: "graph-sample".to_owned(),
            ..Manifest::default()
        },
        ..Crate::default()
    });
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "Cargo.toml",
        "README.md",
        "rustfmt.toml",
        "src/lib.rs",
        "src/models.rs",
    ];
    assert_eq!(paths, expected);
    assert!(!files["src/lib.rs"].contains("client"));
}

#[test]
fn the_output_is_the_same_on_one_thread() {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool");
    assert_eq!(pool.install(sample), sample());
}
