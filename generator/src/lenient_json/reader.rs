//! The tolerant reader: one pass, forgiving what it can.

use serde_json::{Map, Value};

use super::{Fault, Repeated, string};

/// Deeper nesting than this is an error, as in `serde_json`.
const MAX_DEPTH: usize = 128;

/// A text and how far it has been read.
pub(super) struct Reader<'s> {
    text: &'s str,
    at: usize,
    depth: usize,
    pub(super) faults: Vec<Fault>,
    pub(super) repeated: Vec<Repeated>,
    /// The keys of the outermost object with their first bytes.
    pub(super) top_keys: Vec<(String, usize)>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            faults: Vec::new(),
            repeated: Vec::new(),
            top_keys: Vec::new(),
        }
    }

    /// Reads the value with which the text begins; what stands behind it is a fault.
    pub(super) fn read_document(&mut self) -> Result<Value, Fault> {
        self.skip_blank();
        let value = match self.peek() {
            Some('{' | '[' | '"') => self.read_value()?,
            _ => return Err(self.error("neither an object, a list nor a text begins here")),
        };
        self.skip_blank();
        if self.at < self.text.len() {
            self.forgive(self.at, "there is text behind the JSON value");
        }
        Ok(value)
    }

    fn read_value(&mut self) -> Result<Value, Fault> {
        match self.peek() {
            Some('{') => self.nested(Self::read_object),
            Some('[') => self.nested(Self::read_array),
            Some('"') => self.read_string().map(Value::String),
            Some(_) => self.read_word(),
            None => Err(self.error("the text ends where a value should be")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Fault>) -> Result<Value, Fault> {
        if self.depth == MAX_DEPTH {
            return Err(self.error("the value is nested too deeply"));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn read_object(&mut self) -> Result<Value, Fault> {
        let mut members = Map::new();
        let mut keys = Vec::new();
        while self.read_separators('}', members.is_empty()) {
            let offset = self.at;
            let key = self.read_key()?;
            if self.depth == 1 {
                self.top_keys.push((key.clone(), offset));
            }
            self.skip_blank();
            let value = self.read_value()?;
            if members.insert(key.clone(), value).is_some() {
                self.repeat(&keys, &key, offset);
            }
            keys.push((key, offset));
        }
        Ok(Value::Object(members))
    }

    /// Notes a member whose name is among the keys before it.
    fn repeat(&mut self, keys: &[(String, usize)], name: &str, offset: usize) {
        let first = keys.iter().find(|(known, _)| known == name);
        self.repeated.push(Repeated {
            name: name.to_owned(),
            first: first.map_or(offset, |(_, first)| *first),
            offset,
        });
    }

    fn read_array(&mut self) -> Result<Value, Fault> {
        let mut items = Vec::new();
        while self.read_separators(']', items.is_empty()) {
            items.push(self.read_value()?);
        }
        Ok(Value::Array(items))
    }

    /// Reads up to the next item; false when the container ends instead, its bracket read.
    fn read_separators(&mut self, close: char, is_first: bool) -> bool {
        let mut comma = None;
        loop {
            self.skip_blank();
            match self.peek() {
                None => {
                    self.forgive(self.at, format!("the closing `{close}` is missing"));
                    return false;
                }
                Some(',') => {
                    if is_first || comma.is_some() {
                        self.forgive(self.at, "a comma parts nothing");
                    }
                    comma = Some(self.at);
                    self.at += 1;
                }
                Some(next @ ('}' | ']')) => return self.close(next, close, comma),
                Some(_) if self.skip_ellipsis() => {}
                Some(_) => {
                    if comma.is_none() && !is_first {
                        self.forgive(self.at, "a comma is missing before this");
                    }
                    return true;
                }
            }
        }
    }

    /// A bracket of the other kind most likely closes what is around: it is left to be read there.
    fn close(&mut self, found: char, wanted: char, comma: Option<usize>) -> bool {
        if let Some(comma) = comma {
            self.forgive(comma, format!("a comma before the closing `{wanted}`"));
        }
        if found == wanted {
            self.at += 1;
        } else {
            self.forgive(self.at, format!("expected `{wanted}` here"));
            // The outermost bracket has nothing around that could take the other kind.
            self.at += usize::from(self.depth == 1);
        }
        false
    }

    fn read_key(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let key = match self.peek() {
            Some('"') => self.read_string()?,
            _ => {
                let key = self.take_word(|c| c == ':').trim_matches('\'').to_owned();
                self.forgive(start, "a key without quotes");
                key
            }
        };
        self.skip_blank();
        match self.peek() {
            Some(':') => self.at += 1,
            _ => return Err(self.error("a colon is missing behind the key")),
        }
        Ok(key)
    }

    fn read_string(&mut self) -> Result<String, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let read = string::read(rest).map_err(|message| self.error(message))?;
        if let Some(message) = read.fault {
            self.forgive(self.at, message);
        }
        self.at += read.length;
        Ok(read.value)
    }

    /// A number, `true`, `false`, `null`, or any word, which is taken as a text.
    fn read_word(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        let word = self.take_word(|_| false);
        if word.is_empty() {
            return Err(self.error("a value is missing here"));
        }
        if let Ok(value) = serde_json::from_str(word) {
            return Ok(value);
        }
        self.forgive(start, "a value without quotes");
        Ok(Value::String(word.trim_matches('\'').to_owned()))
    }

    /// The text up to a line end, a comma, a bracket, or a character that `ends` it.
    fn take_word(&mut self, ends: fn(char) -> bool) -> &'s str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_end = |c: char| matches!(c, '\n' | ',' | '{' | '}' | '[' | ']') || ends(c);
        let word = rest
            .get(..rest.find(is_end).unwrap_or(rest.len()))
            .unwrap_or_default();
        let word = word.split("//").next().unwrap_or_default();
        self.at += word.len();
        word.trim()
    }

    /// `...` stands for what the author left out.
    fn skip_ellipsis(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = match rest.starts_with('…') {
            true => '…'.len_utf8(),
            false => rest.len() - rest.trim_start_matches('.').len(),
        };
        let found = length > 1;
        if found {
            self.forgive(self.at, "an ellipsis is no JSON");
            self.at += length;
        }
        found
    }

    /// Skips white space and comments, `// …` and `/* … */`.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            let length = match trimmed.get(..2) {
                Some("//") => trimmed.find('\n').unwrap_or(trimmed.len()),
                Some("/*") => trimmed.find("*/").map_or(trimmed.len(), |end| end + 2),
                _ => return,
            };
            self.forgive(self.at, "a comment");
            self.at += length;
        }
    }

    fn peek(&self) -> Option<char> {
        self.text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
    }

    fn forgive(&mut self, offset: usize, message: impl Into<String>) {
        self.faults.push(Fault::new(offset, message));
    }

    fn error(&self, message: &str) -> Fault {
        Fault::new(self.at, message)
    }
}
