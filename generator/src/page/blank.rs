//! Blank space around a text, told from bytes.
//!
//! [`str::trim`] decodes characters from both ends. Millions of short texts are trimmed here, and
//! nearly all of them begin and end in ASCII: only the others are left to the standard library.

/// A text without the blank space around it, as by [`str::trim`].
pub(crate) fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}

/// A text without the blank space before it, as by [`str::trim_start`].
pub(crate) fn trim_start(text: &str) -> &str {
    let trimmed = text.trim_ascii_start();
    match trimmed.as_bytes().first() {
        Some(first) if !first.is_ascii_graphic() => trimmed.trim_start(),
        _ => trimmed,
    }
}

/// A text without the blank space behind it, as by [`str::trim_end`].
pub(crate) fn trim_end(text: &str) -> &str {
    let trimmed = text.trim_ascii_end();
    match trimmed.as_bytes().last() {
        Some(last) if !last.is_ascii_graphic() => trimmed.trim_end(),
        _ => trimmed,
    }
}

/// Whether a text holds nothing but blank space. Its first letter tells that it does not.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{is_blank, trim, trim_end, trim_start};

    #[test]
    fn texts_are_trimmed_as_by_the_standard_library() {
        let texts = [
            "",
            " ",
            "a",
            " a b ",
            "\t\r\na\u{b}",
            "\u{b}a\u{c}",
            "\u{a0}a\u{a0} ",
            " \u{3000}",
            "é ",
            " \u{b} a",
            "a \u{b} ",
            "\u{85}",
            "\u{7f} ",
            "…",
        ];
        for text in texts {
            assert_eq!(trim(text), text.trim(), "{text:?}");
            assert_eq!(trim_start(text), text.trim_start(), "{text:?}");
            assert_eq!(trim_end(text), text.trim_end(), "{text:?}");
            assert_eq!(is_blank(text), text.trim().is_empty(), "{text:?}");
        }
    }
}
