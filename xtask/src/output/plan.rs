//! A difference into the steps that make it go away, and a work folder into those that undo them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Files;
use super::difference::Difference;
use super::found::slash_path;
use super::steps::{self, Step};
use crate::failure::Failure;

/// The places that a run works in.
///
/// In the work folder stand `new`, the whole new output; `old`, the files that are about to be
/// replaced or removed; and `undo`, the journal. While there is a journal, the old output is what
/// counts: `old` holds what it lacks, and the journal lists what it has too many.
#[derive(Debug)]
pub(super) struct Plan {
    /// The output folder.
    pub(super) out: PathBuf,
    /// The work folder.
    pub(super) work: PathBuf,
}

impl Plan {
    /// The plan for the folder `out`, a full path.
    ///
    /// # Errors
    ///
    /// When `out` is the root of the file system.
    pub(super) fn beside(out: &Path) -> Result<Self, Failure> {
        let name = out.file_name().ok_or_else(|| {
            Failure::new(format!(
                "the output `{}` has no name of its own",
                out.display()
            ))
        })?;
        let work = out.with_file_name(format!(".{}.graph-codegen", name.to_string_lossy()));
        Ok(Self {
            out: out.to_path_buf(),
            work,
        })
    }

    /// The steps that build the whole new output in the work folder.
    pub(super) fn stage<'f>(&self, files: &'f Files, difference: &Difference) -> Vec<Step<'f>> {
        let new = self.new_folder();
        let mut steps = vec![Step::MakeFolder(new.clone())];
        if self.out.exists() {
            steps.push(Step::CopyPermissions {
                from: self.out.clone(),
                to: new.clone(),
            });
        }
        let parents: BTreeSet<&str> = files.keys().map(|path| parent(path)).collect();
        steps.extend(
            parents
                .iter()
                .map(|parent| Step::MakeFolder(new.join(parent))),
        );
        for path in &difference.unchanged {
            steps.push(Step::Link {
                from: self.out.join(path),
                to: new.join(path),
            });
        }
        for (path, content) in files {
            if let (Err(_), Some(text)) = (difference.unchanged.binary_search(path), &content.text)
            {
                steps.push(Step::Write {
                    path: new.join(path),
                    text: Cow::Borrowed(text),
                });
            }
        }
        steps
    }

    /// The steps that build a single new file in the work folder.
    pub(super) fn stage_file<'f>(&self, files: &'f Files, path: &str) -> Vec<Step<'f>> {
        let new = self.new_folder();
        let text = files.get(path).and_then(|content| content.text.as_deref());
        let write = text.map(|text| Step::Write {
            path: new.join(path),
            text: Cow::Borrowed(text),
        });
        let mut steps = vec![make_parent(&new, path)];
        steps.extend(write);
        steps
    }

    /// The step that puts a staged file in the place of the old one.
    pub(super) fn replace_file(&self, path: &str) -> Vec<Step<'static>> {
        vec![Step::Rename {
            from: self.new_folder().join(path),
            to: self.out.join(path),
        }]
    }

    /// The output folder holds nothing that must stay where it is, and nobody known stands in it.
    pub(super) fn can_swap(&self, difference: &Difference) -> bool {
        let stands_in_it = env::current_dir().is_ok_and(|folder| folder.starts_with(&self.out));
        !difference.has_tool_files && !stands_in_it
    }

    /// The step that puts the staged output in the place of the old one.
    pub(super) fn swap(&self) -> Vec<Step<'static>> {
        let (new, out) = (self.new_folder(), self.out.clone());
        vec![match out.exists() {
            true => Step::Exchange {
                left: new,
                right: out,
            },
            false => Step::Rename { from: new, to: out },
        }]
    }

    /// The steps that move the staged files, one by one, to where they belong.
    pub(super) fn replace(&self, difference: &Difference) -> Vec<Step<'static>> {
        let Difference {
            created,
            changed,
            removed,
            ..
        } = difference;
        let mut steps = self.back_up(changed.iter().chain(removed));
        steps.extend(self.begin_journal(created));
        for path in removed {
            steps.extend(remove(&self.out, path));
        }
        for path in created.iter().chain(changed) {
            steps.extend(move_file(&self.new_folder(), &self.out, path));
        }
        steps.push(Step::RemoveFile(self.journal()));
        steps
    }

    /// Puts the old output back if a run was cut short while it replaced files, and removes what
    /// runs leave in the work folder.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub(super) fn recover(&self) -> Result<(), Failure> {
        steps::run_all(&self.recovery()?)
    }

    /// The steps of [`Plan::recover`].
    pub(super) fn recovery(&self) -> Result<Vec<Step<'static>>, Failure> {
        let mut steps = Vec::new();
        if self.journal().exists() {
            steps.extend(self.undo()?);
        }
        steps.push(Step::RemoveTree(self.new_folder()));
        steps.push(Step::RemoveTree(self.old_folder()));
        Ok(steps)
    }

    fn back_up<'p>(&self, paths: impl Iterator<Item = &'p String>) -> Vec<Step<'static>> {
        let old = self.old_folder();
        let link = |path: &String| Step::Link {
            from: self.out.join(path),
            to: old.join(path),
        };
        let steps = paths.flat_map(|path| [make_parent(&old, path), link(path)]);
        steps.collect()
    }

    /// The journal comes to be in one step, so that it is never read half.
    fn begin_journal(&self, created: &[String]) -> [Step<'static>; 2] {
        let draft = self.work.join("undo.draft");
        [
            Step::Write {
                path: draft.clone(),
                text: created.iter().map(|path| format!("{path}\n")).collect(),
            },
            Step::Rename {
                from: draft,
                to: self.journal(),
            },
        ]
    }

    fn undo(&self) -> Result<Vec<Step<'static>>, Failure> {
        let journal = self.journal();
        let created = fs::read_to_string(&journal);
        let created = created.map_err(|error| Failure::io(&journal, "cannot be read", &error))?;
        let mut steps = Vec::new();
        for path in created.lines() {
            steps.extend(remove(&self.out, path));
        }
        let old = self.old_folder();
        let saved = WalkDir::new(&old).sort_by_file_name().into_iter();
        for entry in saved.flatten().filter(|entry| !entry.file_type().is_dir()) {
            steps.extend(move_file(&old, &self.out, &slash_path(&old, entry.path())));
        }
        steps.push(Step::RemoveFile(journal));
        Ok(steps)
    }

    fn new_folder(&self) -> PathBuf {
        self.work.join("new")
    }

    fn old_folder(&self) -> PathBuf {
        self.work.join("old")
    }

    fn journal(&self) -> PathBuf {
        self.work.join("undo")
    }
}

fn make_parent(root: &Path, path: &str) -> Step<'static> {
    Step::MakeFolder(root.join(parent(path)))
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn move_file(from: &Path, to: &Path, path: &str) -> [Step<'static>; 2] {
    let rename = Step::Rename {
        from: from.join(path),
        to: to.join(path),
    };
    [make_parent(to, path), rename]
}

fn remove(root: &Path, path: &str) -> [Step<'static>; 2] {
    let full = root.join(path);
    let folders = Step::RemoveEmptyFolders {
        root: root.to_path_buf(),
        path: full.clone(),
    };
    [Step::RemoveFile(full), folders]
}
