//! What ordinary pages are made of.

use super::*;

const PAGE: &str = "---
title: \"Update task\"
author: 'somebody'
ms.date: 05/07/2025
toc.keywords: [ a, b ]
services:
- \"x\"
---

Words before any heading.

# Update task

Namespace: microsoft.graph

[!INCLUDE [beta-disclaimer](../../includes/beta-disclaimer.md)]
[!INCLUDE [second](x y.md)]
More words.

## Permissions

<!-- { \"blockType\": \"permissions\", \"name\": \"p\" } -->
[!INCLUDE [permissions-table](../includes/p.md)]

``` http
not described by the comment above
```

## HTTP request

<!-- { \"blockType\": \"request\", \"name\": \"n\" } -->

Prose between.

# [HTTP](#tab/http)
``` HTTP extra
PATCH /tasks/{id}

{}
```
``` json
```

# [C#](#tab/csharp)
```csharp
x
```
---

## Properties
|Property|Type|
|:---|:---|
|`a`|[String](s.md)|
|**Group**|
|b|

> [!NOTE]
> First.
>
> - Second

- one
  - two
- three `code`

  and more

### Deeper
";

fn page() -> Page<'static> {
    let (page, diagnostics) = read(PAGE);
    assert_eq!(diagnostics, []);
    page
}

fn texts(entries: &[Inline<'_>]) -> Vec<String> {
    entries
        .iter()
        .map(|entry| entry.text().into_owned())
        .collect()
}

#[test]
fn front_matter_has_keys_values_and_places() {
    let page = page();
    let table = [
        ("title", "Update task"),
        ("author", "somebody"),
        ("ms.date", "05/07/2025"),
        ("toc.keywords", "[ a, b ]"),
        ("services", "- \"x\""),
    ];
    assert_eq!(page.front_matter.len(), table.len());
    for (key, value) in table {
        let entry = page.front(key).expect("the key is there");
        assert_eq!(entry.value, value);
        assert_eq!(&PAGE[entry.span.range()], value);
    }
}

#[test]
fn sections_nest_by_level() {
    let page = page();
    let found: Vec<_> = page
        .sections
        .iter()
        .map(|s| (s.level, s.heading.text(), s.parent))
        .collect();
    let expected = [
        (0, "", None),
        (1, "Update task", None),
        (2, "Permissions", Some(1)),
        (2, "HTTP request", Some(1)),
        (2, "Properties", Some(1)),
        (3, "Deeper", Some(4)),
    ];
    assert_eq!(
        found,
        expected.map(|(level, heading, parent)| (level, heading.into(), parent))
    );
    assert_eq!(
        page.title().map(|title| title.text()),
        Some("Update task".into())
    );
    assert_eq!(page.section_index(" http REQUEST "), Some(3));
    assert_eq!(page.subsections(1).count(), 4);
    assert_eq!(page.subsections(4).count(), 1);
    assert_eq!(page.subsections(99).count(), 0);
}

#[test]
fn includes_are_told_from_prose() {
    let page = page();
    let blocks = &page.sections[1].blocks;
    let [_, first, second, prose] = blocks.as_slice() else {
        panic!("four blocks, not {blocks:#?}");
    };
    let target = |block: &Block<'_>| match &block.kind {
        BlockKind::Include(include) => include.target.to_string(),
        other => panic!("no include: {other:?}"),
    };
    assert_eq!(target(first), "../../includes/beta-disclaimer.md");
    assert_eq!(target(second), "x y.md");
    assert!(matches!(&prose.kind, BlockKind::Paragraph(p) if p.text() == "More words."));
    assert_eq!(&PAGE[second.span.range()], "[!INCLUDE [second](x y.md)]");
}

#[test]
fn a_comment_describes_the_first_fence_behind_it() {
    let page = page();
    let permissions = page.section("Permissions").expect("a section");
    assert!(
        permissions
            .code_blocks()
            .all(|code| code.annotation.is_none())
    );
    let request = page.section("HTTP request").expect("a section");
    let codes: Vec<_> = request.code_blocks().collect();
    let [first, second, third] = codes.as_slice() else {
        panic!("three fences, not {codes:#?}");
    };
    let annotation = first.annotation.as_ref().expect("an annotation");
    assert_eq!(annotation.block_type(), Some("request"));
    assert_eq!(annotation.members["name"], "n");
    assert_eq!(
        (&*first.language, &*first.text),
        ("http", "PATCH /tasks/{id}\n\n{}\n")
    );
    assert_eq!(&PAGE[first.text_span.range()], first.text);
    assert_eq!((&*second.language, &*second.text), ("json", ""));
    assert!(second.annotation.is_none() && third.annotation.is_none());
    let tabs: Vec<_> = codes.iter().map(|code| code.tab.as_deref()).collect();
    assert_eq!(tabs, [Some("http"), Some("http"), Some("csharp")]);
    assert!(codes.iter().all(|code| !code.unclosed));
}

#[test]
fn a_comment_above_the_heading_of_its_fence_moves_below_it() {
    let text = "# a\n<!-- { \"blockType\": \"request\" } -->\n## Request\n```http\nGET /\n```\n";
    let (page, _) = read(text);
    assert_eq!(page.sections[1].blocks.len(), 0);
    let code = page.sections[2].code_blocks().next().expect("a fence");
    assert!(code.annotation.is_some());
}

#[test]
fn rows_have_as_many_cells_as_the_header() {
    let page = page();
    let table = page
        .section("Properties")
        .and_then(|s| s.tables().next())
        .expect("a table");
    assert_eq!(texts(&table.header), ["Property", "Type"]);
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| (texts(&row.cells), row.written_cells))
        .collect();
    let row = |cells: [&str; 2], written| (cells.map(str::to_owned).to_vec(), written);
    let expected = [
        row(["a", "String"], None),
        row(["Group", ""], Some(1)),
        row(["b", ""], Some(1)),
    ];
    assert_eq!(rows, expected);
    assert_eq!(&PAGE[table.rows[1].span.range()], "|**Group**|");
    let cell = &table.rows[0].cells[1];
    assert_eq!(cell.links().collect::<Vec<_>>(), [("String", "s.md")]);
    assert_eq!(&PAGE[cell.span.range()], "[String](s.md)");
    assert_eq!(table.rows[0].cells[0].code_spans().count(), 1);
    assert_eq!(table.rows[1].cells[0].pieces[0].kind, PieceKind::Strong);
}

#[test]
fn lists_and_quotes_are_flat() {
    let page = page();
    let blocks = &page.section("Properties").expect("a section").blocks;
    let quote = blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Quote(entries) => Some(texts(entries)),
        _ => None,
    });
    assert_eq!(quote.expect("a quote"), ["First.", "Second"]);
    let list = blocks.iter().find_map(|block| match &block.kind {
        BlockKind::List(entries) => Some(texts(entries)),
        _ => None,
    });
    assert_eq!(list.expect("a list"), ["one", "two", "three code and more"]);
}

#[test]
fn pieces_borrow_from_the_page_and_know_their_place() {
    let text = "Plain **bold** *it* `code` [a `b`](c.md) ![alt](i.png) x<br/>y \\* &lt;";
    let inline = prose(text);
    assert_eq!(inline.text(), "Plain bold it code a b alt x y * <");
    for piece in &inline.pieces {
        if let Cow::Borrowed(part) = piece.text {
            let written = &text[piece.span.range()];
            assert!(
                written.contains(part.trim()) || part == " ",
                "{part:?} in {written:?}"
            );
        }
    }
    let owned = inline
        .pieces
        .iter()
        .filter(|piece| matches!(piece.text, Cow::Owned(_)))
        .count();
    assert_eq!(
        owned, 1,
        "only the run with the escape and the entity is a copy"
    );
    let link = PieceKind::Link {
        target: "c.md".into(),
        code: true,
    };
    assert!(
        inline
            .pieces
            .iter()
            .any(|piece| piece.kind == link && piece.text == "b")
    );
}
