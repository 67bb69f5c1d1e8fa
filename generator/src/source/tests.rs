use std::fs;
use std::path::Path;

use super::*;
use crate::diagnostic::Code;

fn write(root: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn read(files: &[(&str, &str)]) -> (SourceMap, Vec<crate::diagnostic::Diagnostic>) {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), files);
    SourceMap::read(root.path()).expect("readable")
}

fn paths(map: &SourceMap) -> Vec<(&str, FileKind)> {
    map.iter()
        .map(|(_, file)| (file.path.as_str(), file.kind))
        .collect()
}

#[test]
fn pages_are_found_in_their_folders_at_any_depth() {
    let (map, _) = read(&[
        ("api-reference/beta/resources/b.md", ""),
        ("api-reference/beta/api/a.md", ""),
        ("api-reference/beta/api/nested/c.MD", ""),
        ("api-reference/beta/includes/snippets/x.md", ""),
        ("api-reference/beta/toc.yml", ""),
        ("concepts/overview.md", ""),
        (".git/api/x.md", ""),
    ]);
    let expected = [
        ("api-reference/beta/api/a.md", FileKind::Api),
        ("api-reference/beta/api/nested/c.MD", FileKind::Api),
        ("api-reference/beta/resources/b.md", FileKind::Resource),
    ];
    assert_eq!(paths(&map), expected);
}

#[test]
fn a_folder_without_such_folders_is_read_whole() {
    let (map, _) = read(&[("b.md", ""), ("sub/a.md", ""), ("includes/c.md", "")]);
    assert_eq!(
        paths(&map),
        [("b.md", FileKind::Page), ("sub/a.md", FileKind::Page)]
    );
}

#[test]
fn reference_is_read_wherever_it_lies() {
    let (map, _) = read(&[
        ("resources/b.md", ""),
        ("b-get.md", "# Get b\n\n## HTTP request\n"),
        ("more/c.md", "# c\n\nNamespace: microsoft.graph\n"),
        ("README.md", "# Read me\n\nSend an HTTP request.\n"),
        ("snippets/csharp/d.md", "## HTTP request\n"),
    ]);
    let expected = [
        ("b-get.md", FileKind::Page),
        ("more/c.md", FileKind::Page),
        ("resources/b.md", FileKind::Resource),
    ];
    assert_eq!(paths(&map), expected);
}

#[test]
fn includes_are_read_when_a_page_names_them() {
    let (map, diagnostics) = read(&[
        (
            "api/a.md",
            "[!INCLUDE [x](../includes/p/x.md)]\n[!INCLUDE [s](../includes/snippets/s.md)]",
        ),
        ("api/b.md", "[!INCLUDE [x](../includes/./p/../p/x.md)]"),
        (
            "includes/p/x.md",
            "[!INCLUDE [y](y.md)] [!INCLUDE [x](x.md)]",
        ),
        ("includes/p/y.md", "end"),
        ("includes/p/unused.md", ""),
        ("includes/snippets/s.md", ""),
    ]);
    assert_eq!(diagnostics, []);
    let include = |path| (path, FileKind::Include);
    assert_eq!(
        paths(&map)[2..],
        [include("includes/p/x.md"), include("includes/p/y.md")]
    );
    let from = map.find("api/a.md").expect("the page");
    assert_eq!(map.include(from, "../includes/p/x.md"), Ok(FileId(2)));
    assert_eq!(map.include(from, "~/includes/p/x.md"), Ok(FileId(2)));
    assert_eq!(
        map.include(from, "../includes/snippets/s.md"),
        Err(IncludeError::Snippet)
    );
    assert_eq!(map.pages().count(), 2);
}

#[test]
fn includes_that_lead_nowhere_are_named_once() {
    let (map, diagnostics) = read(&[
        ("api/a.md", "x\n[!INCLUDE [x](../includes/gone.md)]"),
        (
            "api/b.md",
            "[!INCLUDE [x](../includes/gone.md)] [!INCLUDE [x](../../../secret.md)]",
        ),
    ]);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|d| (d.code, map.text(d.span)))
        .collect();
    let expected = [
        (Code::MissingInclude, "../includes/gone.md"),
        (Code::IncludeOutsideRoot, "../../../secret.md"),
    ];
    assert_eq!(found, expected);
    assert_eq!(
        diagnostics[0].help.as_deref(),
        Some("one more include names it")
    );
    assert_eq!(
        map.line_column(diagnostics[0].span),
        LineColumn {
            line: 2,
            column: 15
        }
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let root = tempfile::tempdir().expect("a folder");
    let docs = root.path().join("docs");
    write(
        root.path(),
        &[("secret.md", "secret"), ("docs/includes/keep.md", "")],
    );
    write(&docs, &[("api/a.md", "[!INCLUDE [x](../includes/x.md)]")]);
    let link = docs.join("includes/x.md");
    std::os::unix::fs::symlink(root.path().join("secret.md"), link).expect("a link");
    let (map, diagnostics) = SourceMap::read(&docs).expect("readable");
    assert_eq!(map.len(), 1);
    assert_eq!(diagnostics[0].code, Code::MissingInclude);
}

#[test]
fn what_cannot_be_read_is_said_in_one_sentence() {
    let root = tempfile::tempdir().expect("a folder");
    let message = |path: &Path| SourceMap::read(path).expect_err("unreadable").to_string();
    assert!(message(&root.path().join("gone")).starts_with("there is no folder"));
    assert!(message(root.path()).contains("holds no pages"));
    write(root.path(), &[("api/a.md", "x")]);
    assert!(message(&root.path().join("api/a.md")).contains("is not a folder"));
    fs::write(root.path().join("api/b.md"), b"abc\xff").expect("a file");
    let text = message(root.path());
    assert!(text.contains("b.md") && text.contains("offset 3"), "{text}");
}

#[test]
fn marks_and_line_ends_of_windows_are_dropped() {
    let (map, _) = read(&[("api/a.md", "\u{feff}one\r\ntwo\r\n")]);
    assert_eq!(map.get(FileId(0)).text, "one\ntwo\n");
}

#[test]
fn columns_count_characters() {
    let files = [("a.md".to_owned(), "Größe\nx\n\nend".to_owned())];
    let map = SourceMap::from_files(files);
    let at = |offset| {
        let place = map.get(FileId(0)).line_column(offset);
        (place.line, place.column)
    };
    assert_eq!(at(0), (1, 1));
    assert_eq!(at(6), (1, 5));
    assert_eq!(at(8), (2, 1));
    assert_eq!(at(10), (3, 1));
    assert_eq!(at(11), (4, 1));
    assert_eq!(at(99), (4, 4));
}

#[test]
fn files_come_in_path_order() {
    let files = ["b", "a/z", "a-b", "a"].map(|path| (path.to_owned(), String::new()));
    let map = SourceMap::from_files(files);
    let paths: Vec<_> = map.iter().map(|(_, file)| file.path.as_str()).collect();
    assert_eq!(paths, ["a", "a-b", "a/z", "b"]);
    assert_eq!(map.find("a/z"), Some(FileId(2)));
    assert_eq!(map.text(Span::new(FileId(9), 0, 1)), "");
}
