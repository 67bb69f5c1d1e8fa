//! What a run is at into a bar on a terminal, and into nothing elsewhere.

use std::path::Path;
use std::time::Duration;

use graph_codegen::Docs;
use graph_codegen::progress::{Progress, Watcher};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::failure::Failure;

/// How often a stage that counts nothing shows that it is alive.
const TICK: Duration = Duration::from_millis(100);

/// A stage whose end nobody knows.
const SPINNER: &str = "{spinner} {msg} {elapsed}";

/// A stage that counts pages.
const COUNTER: &str = "{msg} [{bar:40}] {pos}/{len}";

/// A bar on stderr. It is gone when the value is, so that no word is ever printed beside it: drop it
/// before anything is said.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar that shows itself where stderr is a terminal that can move its cursor: in a pipe, in a
    /// file and with `TERM=dumb` nothing is printed.
    pub(crate) fn on_stderr() -> Self {
        Self::on(ProgressDrawTarget::stderr())
    }

    fn on(target: ProgressDrawTarget) -> Self {
        let bar = ProgressBar::with_draw_target(None, target);
        if !bar.is_hidden() {
            bar.enable_steady_tick(TICK);
        }
        Self(bar)
    }

    /// Reads a documents folder; what is done with it afterwards shows on the bar.
    ///
    /// # Errors
    ///
    /// When the documents can't be used.
    pub(crate) fn read(&self, folder: &Path) -> Result<Docs, Failure> {
        self.stage("reading files");
        let docs = graph_codegen::read(folder);
        let mut docs = docs.map_err(|error| Failure::new(error.to_string()))?;
        docs.watcher = self.watcher();
        Ok(docs)
    }

    /// Shows what is done now, by a word like "reading".
    pub(crate) fn stage(&self, words: &'static str) {
        begin(&self.0, SPINNER, words);
    }

    fn watcher(&self) -> Watcher {
        let bar = self.0.clone();
        if bar.is_hidden() {
            return Watcher::default();
        }
        Watcher::new(move |progress| show(&bar, progress))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.disable_steady_tick();
        self.0.finish_and_clear();
    }
}

fn show(bar: &ProgressBar, progress: Progress) {
    match progress {
        Progress::Extract { pages } => {
            bar.set_length(u64::try_from(pages).unwrap_or(u64::MAX));
            bar.set_position(0);
            begin(bar, COUNTER, "reading pages");
        }
        Progress::Page => bar.inc(1),
        Progress::Assemble => begin(bar, SPINNER, "bringing facts together"),
        Progress::Check => begin(bar, SPINNER, "checking"),
        Progress::Lower => begin(bar, SPINNER, "laying out the crate"),
        Progress::Emit => begin(bar, SPINNER, "printing the crate"),
    }
}

fn begin(bar: &ProgressBar, template: &str, words: &'static str) {
    // The templates are constants, which the tests draw.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(words);
    bar.tick();
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;

    use super::*;

    /// A bar on a terminal in memory that draws whatever it is told, at once.
    fn bar(terminal: &InMemoryTerm) -> Bar {
        let target = ProgressDrawTarget::term_like(Box::new(terminal.clone()));
        Bar(ProgressBar::with_draw_target(None, target))
    }

    #[test]
    fn every_stage_is_drawn_and_the_end_leaves_nothing() {
        let terminal = InMemoryTerm::new(4, 80);
        let bar = bar(&terminal);
        let rows = [
            (Progress::Extract { pages: 4 }, "reading pages [", "0/4"),
            (Progress::Page, "reading pages [██████████░", "1/4"),
            (
                Progress::Page,
                "reading pages [████████████████████░",
                "2/4",
            ),
            (Progress::Assemble, "bringing facts together", ""),
            (Progress::Check, "checking", ""),
            (Progress::Lower, "laying out the crate", ""),
            (Progress::Emit, "printing the crate", ""),
        ];
        for (progress, words, count) in rows {
            show(&bar.0, progress);
            bar.0.tick();
            let drawn = terminal.contents();
            assert!(drawn.contains(words), "{drawn:?}");
            assert!(drawn.ends_with(count), "{drawn:?}");
            assert_eq!(drawn.lines().count(), 1, "{drawn:?}");
        }
        drop(bar);
        assert_eq!(terminal.contents(), "");
    }

    #[test]
    fn a_folder_that_cannot_be_read_leaves_nothing_either() {
        let terminal = InMemoryTerm::new(4, 80);
        let bar = bar(&terminal);
        bar.read(Path::new("no-such-folder"))
            .expect_err("it is not there");
        assert!(terminal.contents().contains("reading files"));
        drop(bar);
        assert_eq!(terminal.contents(), "");
    }
}
