//! What delta links lead to when they are too old: an error in, whether to start over out.

use http::StatusCode;

use super::Error;

/// The codes by which services say that the state which a link stands for is no more
/// (<https://learn.microsoft.com/graph/delta-query-overview>, driveItem: delta).
const RESYNC_CODES: [&str; 4] = [
    "resyncChangesApplyDifferences",
    "resyncChangesUploadDifferences",
    "resyncRequired",
    "syncStateNotFound",
];

impl Error {
    /// Whether changes since a delta link can't be told any more, so that the list has to be read
    /// anew: 410 with a `Location`, or one of the codes that stand for it.
    ///
    /// [`Error::location`] is the link to [resume](crate::Request::resume) from, where the service
    /// gives one; else the first request is the place to start over. [`Error::code`] says what
    /// becomes of local changes: with `resyncChangesApplyDifferences` the service's state is the
    /// right one, with `resyncChangesUploadDifferences` local items that are not in it are to be
    /// kept.
    #[must_use]
    pub fn is_resync_required(&self) -> bool {
        let gone = self.status() == Some(StatusCode::GONE) && self.location().is_some();
        let says_so = |code: &str| {
            let mut codes = RESYNC_CODES.iter();
            codes.any(|known| known.eq_ignore_ascii_case(code))
        };
        gone || self.code().is_some_and(says_so)
    }
}
