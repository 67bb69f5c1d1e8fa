//! What a run is at, told to whoever watches it.
//!
//! Nothing depends on it: a run that nobody watches does the same.

use std::fmt;
use std::sync::Arc;

/// What a run begins to do, or has done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Progress {
    /// So many pages are about to be taken apart and read.
    Extract {
        /// How often [`Progress::Page`] will follow.
        pages: usize,
    },
    /// One more page is read; comes from any thread.
    Page,
    /// The facts of all pages are brought together, and corrected.
    Assemble,
    /// The lints run.
    Check,
    /// It is decided what the crate holds.
    Lower,
    /// The files of the crate are printed.
    Emit,
}

/// Somebody who is told of [`Progress`], or nobody.
#[derive(Clone, Default)]
pub struct Watcher(Option<Arc<dyn Fn(Progress) + Send + Sync>>);

impl Watcher {
    /// A watcher whose function is called on the thread that has something to tell. It has to be
    /// quick, since pages are told of while they are read.
    pub fn new(tell: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(tell)))
    }

    /// Tells the watcher, if there is one.
    pub(crate) fn tell(&self, progress: Progress) {
        if let Some(tell) = &self.0 {
            tell(progress);
        }
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.0.is_some() {
            "somebody"
        } else {
            "nobody"
        };
        write!(f, "Watcher({word})")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn every_stage_is_told_once_and_every_page() {
        let page = "# thing resource type\n\nNamespace: microsoft.graph\n".to_owned();
        let files =
            ["resources/a.md", "resources/b.md"].map(|path| (path.to_owned(), page.clone()));
        let mut docs = crate::from_files(files).expect("there is no configuration");
        let told = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&told);
        docs.watcher = Watcher::new(move |progress| ear.lock().expect("no panic").push(progress));
        crate::generate(&docs, &crate::Target::default());
        let expected = [
            Progress::Extract { pages: 2 },
            Progress::Page,
            Progress::Page,
            Progress::Assemble,
            Progress::Check,
            Progress::Lower,
            Progress::Emit,
        ];
        assert_eq!(*told.lock().expect("no panic"), expected);
    }
}
