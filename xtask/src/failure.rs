//! What stopped a command into the one sentence that is shown for it.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a command could not do its work: wrong usage or an unreadable input, exit code 2.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure told in one sentence without a full stop.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The system refused to do something with a file or folder; `cannot` tells what, as in
    /// "cannot be written".
    pub(crate) fn io(path: &Path, cannot: &str, error: &io::Error) -> Self {
        Self(format!("`{}` {cannot} ({error})", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
