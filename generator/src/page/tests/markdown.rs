use super::*;

fn to_example(target: &str) -> Option<String> {
    (!target.starts_with("../")).then(|| format!("https://example.com/{target}"))
}

#[test]
fn prose_becomes_canonical_markdown() {
    let table = [
        ("plain words", "plain words"),
        ("a &lt;b&gt; &amp;amp; c", "a \\<b> \\&amp; c"),
        ("snake_case and _it_", "snake_case and *it*"),
        ("\\_x\\_", "\\_x\\_"),
        ("**Bold** text", "**Bold** text"),
        ("**a**b", "ab"),
        ("`a|b` and `` c`d ``", "`a|b` and ``c`d``"),
        ("[text](page.md)", "[text](<https://example.com/page.md>)"),
        (
            "[`code`](page.md)",
            "[`code`](<https://example.com/page.md>)",
        ),
        ("[text](../page.md)", "text"),
        ("[`code`](../page.md)", "`code`"),
        (
            "see https://example.com/a_b, or",
            "see <https://example.com/a_b>, or",
        ),
        (
            "<https://example.com>",
            "[https://example.com](<https://example.com/https://example.com>)",
        ),
        ("two\nlines", "two lines"),
        ("a<br/>b", "a b"),
        ("a<sup>2</sup>", "a2"),
        ("the <id> of", "the \\<id> of"),
        ("\\# no heading", "\\# no heading"),
        ("\\- no list", "\\- no list"),
        ("1\\. no list", "1\\. no list"),
        ("\\> no quote", "\\> no quote"),
        (
            "*/ ends no comment, \"# no string, ]]> neither",
            "\\*/ ends no comment, \"# no string, \\]\\]> neither",
        ),
        ("#[test]", "\\#\\[test\\]"),
        ("~~kept~~", "\\~\\~kept\\~\\~"),
    ];
    for (text, expected) in table {
        assert_eq!(prose(text).markdown(&to_example), expected, "{text}");
    }
}

/// What is written means the same text when it is read again.
#[test]
fn markdown_reads_back_as_the_same_text() {
    let table = [
        "plain *emphasis* **strong** `code` [link](x) end",
        "\\*not emphasis\\* \\[x\\](y) \\`z\\` a_b_c __init\\_\\_ \\\\ &amp;lt; &copy;",
        "`` ` `` and ``` `` ``` and ` a ` and `\\`",
        "`a``b` **a****b** *a***b** x**y**z",
        "\\~\\~\\~ not a fence",
        "\\+ x \\- y 12\\) z 3\\. w",
        "\\=== \\--- \\| a \\| b \\|",
        "https://example.com/a(b)?x=*y*&z=_w_. And (http://x.org).",
        "a\n    b\n\tc  \nd",
        "<https://example.com/x> <a@example.com> <b>x</b> <user-id>",
        "\\<!-- no comment --> \\<script>alert(1)\\</script>",
        "&nbsp;&nbsp;x&nbsp; \u{200b}y\u{a0}z",
        "[a **b** `c`](x) and [](y)",
        "**note:** text, **\"quoted\"** *(aside)*.",
        "[x]: y",
        "\\$a\\$ [^1] :::",
    ];
    for text in table {
        let inline = prose(text);
        let written = inline.markdown(&to_example);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let again = prose(&written);
        assert_eq!(
            words(&again.text()),
            words(&inline.text()),
            "{text}\n{written}"
        );
        assert_eq!(
            again.markdown(&|target| Some(target.to_owned())).is_empty(),
            written.is_empty()
        );
    }
}

#[test]
fn markdown_of_any_start_is_a_paragraph() {
    let starts = [
        "#", "-", "+", "*", ">", "1.", "1)", "===", "---", "```", "~~~", "|", "    ", "<p>",
        "[^1]:", ":",
    ];
    for start in starts {
        let piece = Piece {
            text: Cow::Owned(format!("{start} x")),
            kind: PieceKind::Text,
            span: Span::default(),
        };
        let inline = Inline {
            pieces: vec![piece],
            span: Span::default(),
        };
        let written = inline.markdown(&to_example);
        let again = prose(&written);
        assert_eq!(
            again.text().trim(),
            format!("{start} x").trim(),
            "{written}"
        );
    }
}
