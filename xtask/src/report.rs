//! Data onto stdout, words onto stderr.

use std::io::{self, ErrorKind, Write as _};

use crate::failure::Failure;

/// Prints what was asked for.
///
/// # Errors
///
/// When stdout can't be written to, unless nobody reads it any more: whoever closed it, as `head`
/// does, has seen enough.
pub(crate) fn data(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!(
            "the result can't be printed ({error})"
        ))),
        _ => Ok(()),
    }
}

/// Prints a line that is for people only; one that can't be printed is no reason to stop.
pub(crate) fn words(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
