//! A run of prose into canonical markdown that says the same and nothing else.
//!
//! The result goes into doc comments, where rustdoc reads it again. Whatever the page's text holds,
//! it stays text there: every character that could mean something to markdown is escaped.

use super::{Inline, Piece, PieceKind};

impl Inline<'_> {
    /// The prose as one line of CommonMark that is safe in a doc comment.
    ///
    /// `link` gives the address for the target of a link; where it gives none, only the text of the
    /// link stays. HTML is left out, line breaks become spaces, addresses in the text become links.
    #[must_use]
    pub fn markdown(&self, link: &dyn Fn(&str) -> Option<String>) -> String {
        let length: usize = self.pieces.iter().map(|piece| piece.text.len()).sum();
        let mut writer = Writer {
            out: String::with_capacity(length + length / 8),
            code: String::new(),
        };
        let mut pieces = self
            .pieces
            .iter()
            .filter(|piece| piece.kind != PieceKind::Html)
            .peekable();
        while let Some(piece) = pieces.next() {
            let next = pieces.peek().and_then(|next| next.text.chars().next());
            match &piece.kind {
                PieceKind::Link { target, code } => match link(target) {
                    Some(url) => writer.link(&piece.text, *code, &url),
                    None if *code => writer.code(&piece.text),
                    None => writer.text(&piece.text),
                },
                PieceKind::Code => writer.code(&piece.text),
                PieceKind::Strong => writer.marked(piece, "**", next),
                PieceKind::Emphasis => writer.marked(piece, "*", next),
                PieceKind::Text | PieceKind::Image | PieceKind::Break | PieceKind::Html => {
                    writer.text(&piece.text);
                }
            }
        }
        writer.finish()
    }
}

/// The markdown so far.
#[derive(Default)]
struct Writer {
    out: String,
    /// The code of a span that is not written yet: two spans side by side would not part again.
    code: String,
}

impl Writer {
    fn text(&mut self, text: &str) {
        self.flush_code();
        let mut rest = text;
        while let Some((before, url, after)) = split_at_url(rest) {
            self.plain(before);
            self.out.extend(["<", url, ">"]);
            rest = after;
        }
        self.plain(rest);
    }

    /// Text without addresses, escaped; white space becomes single spaces.
    fn plain(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let plain = match is_inside(&self.out) {
                true => &STANDS_FOR_ITSELF_INSIDE,
                false => &STANDS_FOR_ITSELF,
            };
            let (words, behind) = rest.split_at(plain_length(rest, plain));
            self.out.push_str(words);
            let mut chars = behind.chars();
            if let Some(c) = chars.next() {
                rest = chars.as_str();
                self.sign(c, rest.chars().next());
            } else {
                rest = behind;
            }
        }
    }

    /// A character that may be more than it looks like; `next` follows it.
    fn sign(&mut self, c: char, next: Option<char>) {
        if c.is_whitespace() {
            if !self.out.is_empty() && !self.out.ends_with(' ') {
                self.out.push(' ');
            }
            return;
        }
        if needs_escape(c, &self.out, next) {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    fn code(&mut self, code: &str) {
        self.code.push_str(code);
    }

    fn flush_code(&mut self) {
        if self.code.is_empty() {
            return;
        }
        let code = std::mem::take(&mut self.code);
        match is_bare_code(&code) {
            true => self.out.extend(["`", &code, "`"]),
            false => self.out.push_str(&code_span(&code)),
        }
    }

    fn link(&mut self, text: &str, code: bool, url: &str) {
        self.flush_code();
        self.out.push('[');
        match code {
            true => self.out.push_str(&code_span(text)),
            false => self.plain(text),
        }
        self.out.extend(["](<", &encode_url(url), ">)"]);
    }

    /// Bold or italic text, or plain text where the marks would not be read as marks.
    fn marked(&mut self, piece: &Piece<'_>, mark: &str, next: Option<char>) {
        self.flush_code();
        let text = piece.text.trim();
        if text.is_empty() || !self.can_mark(&piece.text, next) {
            self.text(&piece.text);
            return;
        }
        let lead = piece.text.len() - piece.text.trim_start().len();
        self.plain(piece.text.get(..lead).unwrap_or_default());
        self.out.push_str(mark);
        self.plain(text);
        self.out.push_str(mark);
        self.plain(piece.text.get(lead + text.len()..).unwrap_or_default());
    }

    /// Marks are read as such between spaces and punctuation, whatever they enclose; addresses are
    /// left to be links.
    fn can_mark(&self, text: &str, next: Option<char>) -> bool {
        let is_border = |c: Option<char>| {
            c.is_none_or(|c| c.is_whitespace() || (c.is_ascii_punctuation() && c != '*'))
        };
        let before = self.out.chars().next_back();
        let before = if text.starts_with(char::is_whitespace) {
            None
        } else {
            before
        };
        let after = if text.ends_with(char::is_whitespace) {
            None
        } else {
            next
        };
        is_border(before) && is_border(after) && split_at_url(text).is_none()
    }

    fn finish(mut self) -> String {
        self.flush_code();
        let kept = self.out.trim_end().len();
        self.out.truncate(kept);
        self.out
    }
}

/// Whether a line holds more than a number so far: no sign that follows can begin a block.
fn is_inside(before: &str) -> bool {
    before.bytes().any(|byte| !byte.is_ascii_digit())
}

/// The length of the words with which a text begins that stand for themselves: ASCII letters and
/// digits, signs that markdown gives no meaning to, and single spaces between them.
fn plain_length(text: &str, plain: &[bool; 256]) -> usize {
    let mut after_word = false;
    let is_special = |byte: u8| {
        let is_word = plain[usize::from(byte)];
        let is_space = byte == b' ' && after_word;
        after_word = is_word;
        !is_word && !is_space
    };
    text.bytes().position(is_special).unwrap_or(text.len())
}

/// Whether a byte means nothing to markdown wherever it stands, and is no space.
static STANDS_FOR_ITSELF: [bool; 256] = standing_for_themselves(b",:;!?\"'/(@$%{}");

/// The same, and what means something to markdown only where a block begins.
static STANDS_FOR_ITSELF_INSIDE: [bool; 256] = standing_for_themselves(b",:;!?\"'/(@$%{}#>|=-+.)");

const fn standing_for_themselves(signs: &[u8]) -> [bool; 256] {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut place = 0;
    while place < signs.len() {
        plain[signs[place] as usize] = true;
        place += 1;
    }
    plain
}

/// Code that stands between single backticks as it is.
fn is_bare_code(code: &str) -> bool {
    let is_bare = |byte: u8| !matches!(byte, b'`' | b'\n' | b'\r' | b'\t');
    !code.starts_with(' ') && code.bytes().all(is_bare)
}

/// A backslash keeps the character from meaning something to markdown. `before` is the line so far.
fn needs_escape(c: char, before: &str, next: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '*' | '[' | ']' | '`' | '~' => true,
        // Neither a tag nor an entity begins with a space.
        '<' | '&' => !next.is_some_and(char::is_whitespace),
        // Within a word an underscore is a letter like any other.
        '_' => !(is_word(before.chars().next_back()) && is_word(next)),
        '#' | '>' | '|' | '=' | '-' | '+' => before.is_empty(),
        // `1.` and `1)` begin a list.
        '.' | ')' => !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// Code between as many backticks as it takes (CommonMark 0.31, section 6.1).
fn code_span(code: &str) -> String {
    let code = code.replace(['\n', '\r', '\t'], " ");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let is_padded = code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty();
    let pad = match code.starts_with('`') || code.ends_with('`') || is_padded {
        true => " ",
        false => "",
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// The characters that end the target of a link, encoded.
fn encode_url(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            ' ' | '<' | '>' | '\\' | '\n' | '\r' | '\t' | '`' => {
                encoded.push_str(&format!("%{:02X}", u32::from(c)));
            }
            '&' => encoded.push_str("&amp;"),
            _ => encoded.push(c),
        }
    }
    encoded
}

/// The text before the first address, the address, and the text behind it.
fn split_at_url(text: &str) -> Option<(&str, &str, &str)> {
    let mut marks = memchr::memchr_iter(b':', text.as_bytes());
    let start = marks.find_map(|at| start_of_address(text, at))?;
    let (before, rest) = text.split_at_checked(start)?;
    let is_end = |c: char| c.is_whitespace() || c.is_control() || "<>`\"'|\\^[]“”’".contains(c);
    let end = rest.find(is_end).unwrap_or(rest.len());
    let url = rest
        .get(..end)?
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']);
    let host = url.split_once("://").map_or("", |(_, host)| host);
    if host.is_empty() {
        return None;
    }
    Some((before, url, rest.get(url.len()..)?))
}

/// Where the address begins that has its colon at `at`.
fn start_of_address(text: &str, at: usize) -> Option<usize> {
    let (before, after) = text.split_at_checked(at)?;
    let schemes = ["https", "http"].iter();
    let mut schemes = schemes.filter(|scheme| before.ends_with(**scheme));
    let scheme = schemes.next().filter(|_| after.starts_with("://"))?;
    Some(at - scheme.len())
}
