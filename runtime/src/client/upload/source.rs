//! [`ByteSource`]: where the bytes of an upload come from.

use std::io;

use bytes::Bytes;

use super::super::BoxFuture;

/// Something of known length that can be read from any place: bytes in memory, a file.
///
/// A piece that the service asks for again is read again, so a source gives the same bytes each time.
pub trait ByteSource: Send {
    /// How many bytes there are in all.
    fn length(&self) -> u64;

    /// Reads exactly `size` bytes from `start` on; `start + size` is never beyond the length.
    ///
    /// # Errors
    ///
    /// When they can't be read; the upload ends with it and can be gone on with.
    fn read(&mut self, start: u64, size: usize) -> BoxFuture<'_, io::Result<Bytes>>;
}

impl ByteSource for Bytes {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&mut self, start: u64, size: usize) -> BoxFuture<'_, io::Result<Bytes>> {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let end = start.saturating_add(size).min(self.len());
        let bytes = self.slice(start.min(end)..end);
        Box::pin(async { Ok(bytes) })
    }
}
