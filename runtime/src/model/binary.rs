//! `Edm.Binary` and `Edm.Stream` as bytes.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::{
    GeneralPurpose, PAD_INDIFFERENT, STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD,
};

use super::InvalidText;
use super::textual::textual;

const EXPECTING: &str = "base64 text";

/// Bytes: `Edm.Binary`
/// ([OData JSON 4.01, §7.1](https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html)).
///
/// It reads base64 in either alphabet, padded or not, and writes what it read as it was written.
/// New values are written in base64url, padded. Comparing looks at the bytes alone.
#[derive(Clone)]
pub struct Binary {
    bytes: Vec<u8>,
    form: Form,
}

/// Bytes that are a value of their own, such as the content of a file: `Edm.Stream`.
pub type Stream = Binary;

/// How the bytes are written.
#[derive(Clone)]
enum Form {
    Encoded(&'static GeneralPurpose),
    /// No encoder gives the text that was read, which has line breaks, both alphabets, or bits
    /// behind the last byte.
    Verbatim(Box<str>),
}

impl Binary {
    /// Bytes that services are sent as base64url with padding, the form that OData names.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Binary {
            bytes: bytes.into(),
            form: Form::Encoded(&URL_SAFE),
        }
    }

    /// Bytes that services are sent as base64 with padding, as `contentBytes` is documented.
    pub fn base64(bytes: impl Into<Vec<u8>>) -> Self {
        Binary {
            bytes: bytes.into(),
            form: Form::Encoded(&STANDARD),
        }
    }

    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads every form: which it is, is settled before and after.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    PAD_INDIFFERENT.with_decode_allow_trailing_bits(true),
);

fn form_of(text: &str, bytes: &[u8]) -> Form {
    let standard = text.contains(['+', '/']);
    let padded = text.ends_with('=') || text.len().is_multiple_of(4);
    let engine = match (standard, padded) {
        (true, true) => &STANDARD,
        (true, false) => &STANDARD_NO_PAD,
        (false, true) => &URL_SAFE,
        (false, false) => &URL_SAFE_NO_PAD,
    };
    if engine.encode(bytes) == text {
        Form::Encoded(engine)
    } else {
        Form::Verbatim(text.into())
    }
}

impl FromStr for Binary {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let plain: String = text
            .chars()
            .filter(|character| !character.is_ascii_whitespace())
            .map(|character| match character {
                '-' => '+',
                '_' => '/',
                other => other,
            })
            .collect();
        let bytes = LENIENT
            .decode(plain)
            .map_err(|_| InvalidText::new(EXPECTING))?;
        let form = form_of(text, &bytes);
        Ok(Binary { bytes, form })
    }
}

impl fmt::Display for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.form {
            Form::Encoded(engine) => {
                base64::display::Base64Display::new(&self.bytes, *engine).fmt(f)
            }
            Form::Verbatim(text) => f.write_str(text),
        }
    }
}

/// The number of bytes: contents are large, and may be secret.
impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({} bytes)", self.bytes.len())
    }
}

impl Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Binary::new(bytes)
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Binary::new(bytes)
    }
}

impl Default for Binary {
    fn default() -> Self {
        Binary::new([])
    }
}

impl PartialEq for Binary {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Binary {}

impl Hash for Binary {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

textual!(Binary, Binary::default(), EXPECTING);
crate::__serde_by_value!(Binary);
