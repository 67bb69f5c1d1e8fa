//! A folder with documents to run the program in, and how a run ended.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use tempfile::TempDir;
use walkdir::WalkDir;

pub(crate) const THING: &str = "\
---
title: \"thing resource type\"
description: \"A thing that stands somewhere.\"
doc_type: resourcePageType
---

# thing resource type

Namespace: microsoft.graph

A thing that stands somewhere.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|Tells the thing from others.|
|place|String|Where the thing stands.|

## JSON representation

<!-- {
  \"blockType\": \"resource\",
  \"keyProperty\": \"id\",
  \"@odata.type\": \"microsoft.graph.thing\"
}
-->
``` json
{
  \"@odata.type\": \"#microsoft.graph.thing\",
  \"id\": \"String (identifier)\",
  \"place\": \"String\"
}
```
";

/// Includes what is not there, which is worth a warning.
pub(crate) const FAULTY: &str = "\
# other resource type

Namespace: microsoft.graph

[!INCLUDE [gone](../includes/gone.md)]

Another thing.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|Tells the thing from others.|
";

/// A folder with documents and room for an output.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self {
            folder: TempDir::new().expect("a folder for the test"),
        };
        place.put("docs/resources/thing.md", THING);
        place
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs the program in the folder; `words` are split at blanks.
    pub(crate) fn run(&self, words: &str) -> Run {
        self.run_in("", words)
    }

    pub(crate) fn run_in(&self, folder: &str, words: &str) -> Run {
        Run::of(self.command(words).current_dir(self.path(folder)))
    }

    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(words.split_whitespace()).stdin(Stdio::null());
        command.current_dir(self.folder.path());
        command.env("CARGO_TARGET_DIR", self.path("target"));
        command
    }

    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = WalkDir::new(self.path(folder)).into_iter().flatten();
        let entries = entries.filter(|entry| entry.file_type().is_file());
        let read = |entry: walkdir::DirEntry| {
            let path = entry
                .path()
                .strip_prefix(self.folder.path())
                .expect("it is in the folder");
            (path.to_path_buf(), fs::read(entry.path()).expect("a file"))
        };
        entries.map(read).collect()
    }

    /// Nothing is left beside the documents and the output.
    pub(crate) fn assert_tidy(&self) {
        let entries = fs::read_dir(self.folder.path()).expect("the folder can be read");
        let names = entries.flatten().map(|entry| entry.file_name());
        let hidden: Vec<_> = names
            .filter(|name| name.to_string_lossy().starts_with('.'))
            .collect();
        assert!(hidden.is_empty(), "{hidden:?}");
    }
}

/// How the program ended and what it printed.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("the program runs");
        Self {
            code: status.code(),
            stdout: String::from_utf8(stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(stderr).expect("stderr is UTF-8"),
        }
    }

    #[track_caller]
    pub(crate) fn assert_code(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// Exit code 2 and one sentence, which says `what`.
    #[track_caller]
    pub(crate) fn assert_refused(&self, what: &str) {
        self.assert_code(2);
        assert_eq!(self.stdout, "");
        assert_eq!(self.stderr.lines().count(), 1, "{self:#?}");
        assert!(self.stderr.starts_with("error: "), "{self:#?}");
        assert!(self.stderr.contains(what), "{what:?} is not in {self:#?}");
    }
}

pub(crate) fn modified(path: &Path) -> SystemTime {
    fs::metadata(path)
        .and_then(|found| found.modified())
        .expect("the file is there")
}
