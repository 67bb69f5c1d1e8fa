use super::*;

const RESOURCES: &str = "\
# book resource type

Namespace: microsoft.graph

## Properties

|Property|Type|Description|
|:--|:--|:--|
|**title**|String|The title.|

<!--
|author|String|Who wrote it.|
-->

## Methods

|Method|Return type|
|:--|:--|
|lend|None|

## JSON representation

<!-- { \"blockType\": \"resource\",
  \"@odata.type\" : \"microsoft.graph.Book\" } -->
```json
{ \"# shelf resource type\": \"no heading\" }
```
";

const ENUMS: &str = "\
# Enumerations

Namespace: microsoft.graph.library

### coverKind values

|Member|
|:--|
|hard|

### emptyKind values

No table.

### values

|Member|
|:--|
";

const API: &str = "\
# Lend a book

## HTTP request
# [HTTP](#tab/http)
<!-- { \"blockType\": \"ignored\" } -->
```http
POST /books/{id}/lend
POST/books/lend
posting is no method
```

<!-- once more
```http
POST /never
```
-->

## Response

GET no fence

## Example

### HTTP request

```http
POST /books/1/lend
```

<!-- { \"blockType\": \"request\", \"name\": \"lend\" } -->
```http
POST https://example.com/beta/books/1/lend
```
";

fn evidence(files: &[(&str, &str)]) -> Evidence {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    scan(&SourceMap::from_files(files))
}

fn at(page: &str, line: u32) -> Place {
    Place {
        page: page.to_owned(),
        line,
    }
}

#[test]
fn types_are_known_by_comments_and_then_by_titles() {
    let untitled = "# x\n\n# shelf resource type\n";
    let bare = "# shelf resource type\n";
    let found = evidence(&[
        ("resources/book.md", RESOURCES),
        ("resources/bare.md", bare),
        ("resources/untitled.md", untitled),
    ]);
    let expected = [
        (
            "microsoft.graph.book".to_owned(),
            at("resources/book.md", 23),
        ),
        (
            "microsoft.graph.shelf".to_owned(),
            at("resources/bare.md", 1),
        ),
    ];
    assert_eq!(found.types, expected.into());
}

#[test]
fn enumerations_are_known_by_headings_above_tables() {
    let paper = "# paperKind enum type\n\n## Members\n\n|Member|\n|:--|\n";
    let found = evidence(&[("resources/enums.md", ENUMS), ("resources/paper.md", paper)]);
    let cases = [
        (
            "microsoft.graph.library.coverKind",
            Some(at("resources/enums.md", 5)),
        ),
        ("microsoft.graph.coverKind", None),
        ("microsoft.graph.library.emptyKind", None),
        (
            "microsoft.graph.paperKind",
            Some(at("resources/paper.md", 1)),
        ),
        ("any.namespace.paperkind", Some(at("resources/paper.md", 1))),
    ];
    for (name, expected) in cases {
        assert_eq!(found.enum_list(name), expected.as_ref(), "{name}");
    }
}

#[test]
fn request_lines_stand_in_fences_below_their_heading() {
    let found = evidence(&[("api/book-lend.md", API)]);
    let lines = found
        .request_lines
        .iter()
        .map(|line| (line.line, line.rest.as_str()));
    let expected = [(7, "/books/{id}/lend"), (8, "/books/lend")];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
    assert_eq!(found.example_requests, [(FileId(0), 1)]);
}

#[test]
fn rows_are_found_in_tables_of_properties_alone() {
    let cases = [
        ("title", Some(9)),
        ("lend", None),
        ("author", None),
        ("Title", None),
    ];
    for (name, expected) in cases {
        assert_eq!(property_row(RESOURCES, name), expected, "{name}");
    }
}
