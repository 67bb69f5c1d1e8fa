//! A JSON string, with line ends in it or without its closing quote.

/// A string that was read.
pub(super) struct Read {
    pub(super) value: String,
    /// The bytes read, quotes included.
    pub(super) length: usize,
    pub(super) fault: Option<&'static str>,
}

/// Reads the string with which `text` begins; its first character is the opening quote.
pub(super) fn read(text: &str) -> Result<Read, &'static str> {
    let Some(end) = closing_quote(text) else {
        return Err("the closing quote is missing");
    };
    let (length, is_closed) = match end {
        End::Quote(at) => (at + 1, true),
        End::Line(at) => (at, false),
    };
    let written = text.get(..length).unwrap_or_default();
    if let Ok(value) = serde_json::from_str(written) {
        return Ok(Read {
            value,
            length,
            fault: None,
        });
    }
    let inner = written
        .get(1..length - usize::from(is_closed))
        .unwrap_or_default();
    let fault = match is_closed {
        true => "a string with characters that must be escaped",
        false => "a string without its closing quote",
    };
    Ok(Read {
        value: unescape(inner),
        length,
        fault: Some(fault),
    })
}

enum End {
    Quote(usize),
    /// The string ends with its line, less a comma.
    Line(usize),
}

/// Where a string ends: at its quote, or with its line when the next line begins another member.
fn closing_quote(text: &str) -> Option<End> {
    let bytes = text.as_bytes();
    let mut first_line = None;
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return Some(End::Quote(at)),
            b'\\' => at += 1,
            b'\n' => {
                first_line.get_or_insert(at);
                if begins_member(text.get(at..).unwrap_or_default()) {
                    return Some(End::Line(line_end(text, at)));
                }
            }
            _ => {}
        }
        at += 1;
    }
    first_line.map(|at| End::Line(line_end(text, at)))
}

fn line_end(text: &str, at: usize) -> usize {
    let line = text.get(..at).unwrap_or_default().trim_end();
    line.strip_suffix(',').unwrap_or(line).len().max(1)
}

/// The text goes on with `"key":`.
fn begins_member(text: &str) -> bool {
    let line = text.trim_start().split('\n').next().unwrap_or_default();
    let key = line.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    key.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// Resolves the escapes of RFC 8259 section 7 one by one; a backslash before any other character
/// stands for itself.
fn unescape(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        value.push_str(rest.get(..at).unwrap_or_default());
        let escape = rest.get(at..).unwrap_or_default();
        let (decoded, length) = read_escape(escape);
        value.push_str(&decoded);
        rest = escape.get(length..).unwrap_or_default();
    }
    value + rest
}

/// What the escape with which `text` begins stands for, and its length. A pair of surrogates is one.
fn read_escape(text: &str) -> (String, usize) {
    for length in [2, 6, 12] {
        let quoted = text.get(..length).map(|escape| format!("\"{escape}\""));
        if let Some(Ok(decoded)) = quoted.map(|quoted| serde_json::from_str::<String>(&quoted)) {
            return (decoded, length);
        }
    }
    ("\\".to_owned(), 1)
}
