//! What pages said in an earlier run, as bytes for the next one.
//!
//! What a page says follows from its text, from the files that it may include, from which files
//! there are and where the pages are published, and from the program. All but the program is in the
//! key under which it is kept, so that an entry is right whatever has happened since, or is not found.
//! Whoever keeps the bytes sees to it that no other program gets them.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use blake3::{Hash, Hasher};

use super::Reading;
use crate::docs::Docs;
use crate::source::{FileKind, SourceFile};

/// The digest of all that the reading of a page follows from.
pub(super) type Key = [u8; blake3::OUT_LEN];

/// How many bytes the digest takes that stands behind the rest: what was damaged on the way is not
/// believed.
const DIGEST: usize = blake3::OUT_LEN;

/// How many bytes are written at once: many enough to be digested side by side.
const CHUNK: usize = 1 << 17;

/// What pages said in an earlier run.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PageCache {
    /// The readings by their keys, as bytes.
    readings: BTreeMap<Key, Vec<u8>>,
}

impl PageCache {
    /// The cache that these are the bytes of; one that knows nothing when they are none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let readings = bytes
            .split_last_chunk::<DIGEST>()
            .filter(|(readings, digest)| blake3::hash(readings) == **digest);
        let readings = readings.and_then(|(readings, _)| borsh::from_slice(readings).ok());
        let readings = readings.unwrap_or_default();
        Self { readings }
    }

    /// Writes the bytes of the cache. Programs of other versions may take them for something else.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(&self, out: impl Write) -> io::Result<()> {
        let digested = Digested {
            out,
            digest: Hasher::new(),
        };
        let mut buffer = BufWriter::with_capacity(CHUNK, digested);
        borsh::to_writer(&mut buffer, &self.readings)?;
        let mut digested = buffer.into_inner()?;
        let digest = digested.digest.finalize();
        digested.out.write_all(digest.as_bytes())
    }

    /// What is known under a key.
    pub(super) fn reading(&self, key: &Key) -> Option<Reading> {
        borsh::from_slice(self.readings.get(key)?).ok()
    }

    /// Takes in what was read, and forgets what has not been asked for: of each page its key, and its
    /// reading unless that was known.
    pub(super) fn update(&mut self, pages: Vec<(Key, Option<Vec<u8>>)>) {
        let mut old = std::mem::take(&mut self.readings);
        let readings = pages.into_iter().filter_map(|(key, bytes)| {
            let bytes = bytes.or_else(|| old.remove(&key));
            Some((key, bytes?))
        });
        self.readings = readings.collect();
    }
}

/// What is written, and its digest so far.
struct Digested<W> {
    out: W,
    digest: Hasher,
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        let taken = bytes.get(..written).unwrap_or(bytes);
        self.digest.update(taken);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The bytes of a reading, unless it can't be kept.
pub(super) fn bytes(reading: &Reading) -> Option<Vec<u8>> {
    borsh::to_vec(reading).ok()
}

/// What all readings of a folder follow from.
pub(super) struct Cause(Hash);

impl Cause {
    pub(super) fn of(docs: &Docs) -> Self {
        let mut cause = Hasher::new();
        let site = format!("{:?}", docs.config.site);
        cause.update(blake3::hash(site.as_bytes()).as_bytes());
        for (_, file) in docs.sources.iter() {
            // Neither paths nor kinds hold what parts them here.
            cause.update(format!("{}\0{:?}\0", file.path, file.kind).as_bytes());
            if file.kind == FileKind::Include {
                cause.update(&file.digest());
            }
        }
        Self(cause.finalize())
    }

    /// The key of a page's reading. The path tells pages of one text apart.
    pub(super) fn key(&self, page: &SourceFile) -> Key {
        let mut key = Hasher::new();
        key.update(self.0.as_bytes());
        key.update(blake3::hash(page.path.as_bytes()).as_bytes());
        key.update(&page.digest());
        *key.finalize().as_bytes()
    }
}
