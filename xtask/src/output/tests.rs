//! Runs that end after any of their steps, on real folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use walkdir::WalkDir;

use super::found::slash_path;
use super::steps::{self, Step};
use super::*;

/// How the new output takes the place of the old one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Way {
    Swap,
    Replace,
}

/// A folder with an output in it.
struct Place {
    _folder: TempDir,
    out: PathBuf,
}

impl Place {
    fn empty() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        let out = folder
            .path()
            .canonicalize()
            .expect("the folder is there")
            .join("out");
        Self {
            _folder: folder,
            out,
        }
    }

    fn with(files: &Files) -> Self {
        let place = Self::empty();
        write(&place.out, files).expect("an empty place can be written to");
        place
    }

    fn plan(&self) -> Plan {
        Plan::beside(&self.out).expect("the output has a name")
    }

    /// Every file of the output but those of tools.
    fn ours(&self) -> Files {
        let mut files = read(&self.out);
        files.retain(|path, _| !path.starts_with("target/") && path != "Cargo.lock");
        files
    }

    /// The output folder is all that is left.
    fn is_tidy(&self) -> bool {
        let beside = fs::read_dir(self.out.parent().expect("the output stands in a folder"));
        beside.expect("the folder can be read").count() == usize::from(self.out.exists())
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.out.join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

/// A whole run, as far as writing goes.
fn write(out: &Path, files: &Files) -> Result<Difference, Failure> {
    let files = full(files);
    let paths = files.keys().map(|path| &**path).collect();
    Output::look(out, &paths)?.write(&files)
}

fn read(root: &Path) -> Files {
    let entries = WalkDir::new(root).into_iter().flatten();
    let entries = entries.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let text = fs::read_to_string(entry.path()).expect("a file of text");
        (slash_path(root, entry.path()), text.into())
    };
    entries.map(read).collect()
}

fn files(pairs: &[(&str, &str)]) -> Files {
    let pairs = pairs.iter();
    pairs
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned().into()))
        .collect()
}

/// Holds a file that stays, one that changes, one that goes, a folder that goes, a folder that
/// becomes a file and a file that becomes a folder.
fn old() -> Files {
    files(&[
        ("Cargo.toml", "[package]\n"),
        ("src/lib.rs", "old\n"),
        ("src/gone.rs", "gone\n"),
        ("src/gone/deep.rs", "deep\n"),
        ("src/turns", "a file\n"),
        ("src/becomes/one.rs", "a folder\n"),
    ])
}

fn new() -> Files {
    files(&[
        ("Cargo.toml", "[package]\n"),
        ("src/lib.rs", "new\n"),
        ("src/models/task.rs", "task\n"),
        ("src/turns/into.rs", "a folder\n"),
        ("src/becomes", "a file\n"),
    ])
}

fn difference(plan: &Plan, files: &Files) -> Difference {
    let found = look(&plan.out, files).expect("the output can be read");
    let difference = Difference::between(&found, files);
    assert_eq!(difference.foreign, Vec::<String>::new());
    difference
}

/// All the steps of a run up to the cleaning up.
fn steps_of<'f>(plan: &Plan, files: &'f Files, way: Way) -> Vec<Step<'f>> {
    let difference = difference(plan, files);
    let mut steps = plan.stage(files, &difference);
    steps.extend(match way {
        Way::Swap => plan.swap(),
        Way::Replace => plan.replace(&difference),
    });
    steps
}

/// Starts a run that ends after `count` steps; gives whether it had more.
fn cut_short(place: &Place, way: Way, count: usize) -> bool {
    let files = full(&new());
    let plan = place.plan();
    let steps = steps_of(&plan, &files, way);
    let first = steps.get(..count).unwrap_or(&steps);
    steps::run_all(first).expect("each step works");
    count < steps.len()
}

fn full(files: &Files) -> Files {
    with_manifest(files.clone()).expect("the paths are fine")
}

/// The states that a run may leave: the old one until the last step that counts, then the new one.
fn assert_old_then_new(states: &[Files], old: &Files, new: &Files, way: Way) {
    let turn = states.iter().position(|state| state == new);
    let turn = turn.unwrap_or_else(|| panic!("{way:?} never comes to the new output"));
    for (step, state) in states.iter().enumerate() {
        let expected = if step < turn { old } else { new };
        assert_eq!(state, expected, "{way:?}, cut short after {step} steps");
    }
}

/// The states that runs leave which end after 0, 1, 2, … steps.
fn states(way: Way, tools: bool, look: impl Fn(&Place) -> Files) -> Vec<Files> {
    let mut states = Vec::new();
    for count in 0.. {
        let place = Place::with(&old());
        if tools {
            place.put("target/debug/x.d", "built\n");
            place.put("Cargo.lock", "locked\n");
        }
        let has_more = cut_short(&place, way, count);
        states.push(look(&place));
        if !has_more {
            break;
        }
    }
    states
}

#[test]
fn a_swap_that_is_cut_short_shows_the_old_output_or_the_new_one() {
    let states = states(Way::Swap, false, Place::ours);
    assert_old_then_new(&states, &full(&old()), &full(&new()), Way::Swap);
}

#[test]
fn the_next_run_puts_the_old_output_back_or_keeps_the_new_one() {
    for way in [Way::Swap, Way::Replace] {
        let states = states(way, way == Way::Replace, |place| {
            place.plan().recover().expect("recovery works");
            place.ours()
        });
        assert_old_then_new(&states, &full(&old()), &full(&new()), way);
    }
}

#[test]
fn a_recovery_that_is_cut_short_is_taken_up_again() {
    for count in [1, 3, 8] {
        let states = states(Way::Replace, false, |place| {
            let steps = place
                .plan()
                .recovery()
                .expect("the work folder can be read");
            let first = steps.get(..count).unwrap_or(&steps);
            steps::run_all(first).expect("each step works");
            place.plan().recover().expect("recovery works");
            place.ours()
        });
        assert_old_then_new(&states, &full(&old()), &full(&new()), Way::Replace);
    }
}

#[test]
fn a_run_after_one_that_was_cut_short_writes_the_new_output_and_leaves_nothing_else() {
    for way in [Way::Swap, Way::Replace] {
        // A folder in which tools have files is never swapped.
        let tools = way == Way::Replace;
        let states = states(way, tools, |place| {
            write(&place.out, &new()).expect("the next run works");
            assert!(place.is_tidy());
            read(&place.out)
        });
        let mut expected = full(&new());
        if tools {
            expected.extend(files(&[
                ("target/debug/x.d", "built\n"),
                ("Cargo.lock", "locked\n"),
            ]));
        }
        assert!(
            states.iter().all(|state| *state == expected),
            "{way:?}: {states:?}"
        );
    }
}

#[test]
fn a_run_that_was_cut_short_in_an_empty_place_leaves_nothing_or_all() {
    for way in [Way::Swap, Way::Replace] {
        for count in 0.. {
            let place = Place::empty();
            let has_more = cut_short(&place, way, count);
            place.plan().recover().expect("recovery works");
            let found = place.ours();
            assert!(
                found.is_empty() || found == full(&new()),
                "{way:?}, {count} steps"
            );
            if !has_more {
                assert_eq!(found, full(&new()));
                break;
            }
        }
    }
}

#[test]
fn what_is_unchanged_keeps_its_time() {
    for tools in [false, true] {
        let place = Place::with(&old());
        if tools {
            place.put("Cargo.lock", "locked\n");
        }
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for path in ["Cargo.toml", "src/lib.rs"] {
            let file = fs::File::options().write(true).open(place.out.join(path));
            file.and_then(|file| file.set_modified(long_ago))
                .expect("a time can be set");
        }
        let modified = |path: &str| {
            let found = fs::metadata(place.out.join(path));
            found
                .and_then(|found| found.modified())
                .expect("the file is there")
        };

        write(&place.out, &new()).expect("the run works");

        assert_eq!(modified("Cargo.toml"), long_ago);
        assert_ne!(modified("src/lib.rs"), long_ago);
    }
}

#[test]
fn what_tools_put_there_stays() {
    let place = Place::with(&old());
    place.put("target/debug/x.d", "built\n");
    place.put("Cargo.lock", "locked\n");
    place.put(".git/HEAD", "ref\n");
    write(&place.out, &new()).expect("the run works");
    let found = read(&place.out);
    for path in ["target/debug/x.d", "Cargo.lock", ".git/HEAD"] {
        assert!(found.contains_key(path), "{path} is gone");
    }
    assert_eq!(found.len(), full(&new()).len() + 3);
    assert!(place.is_tidy());
}

#[test]
fn folders_that_are_no_longer_needed_go_and_their_neighbours_stay() {
    let place = Place::with(&old());
    place.put("Cargo.lock", "locked\n");
    write(&place.out, &new()).expect("the run works");
    assert!(!place.out.join("src/gone").exists());
    assert_eq!(place.ours(), full(&new()));
}

#[test]
fn a_file_of_somebody_else_is_named_and_everything_stays() {
    let place = Place::with(&old());
    place.put("src/mine.rs", "mine\n");
    let before = read(&place.out);
    let failure = write(&place.out, &new())
        .expect_err("the file is not ours")
        .to_string();
    assert!(failure.contains("`src/mine.rs`"), "{failure}");
    assert!(!failure.contains("lib.rs"), "{failure}");
    assert_eq!(read(&place.out), before);
    assert!(place.is_tidy());
}

#[test]
fn a_manifest_makes_no_file_outside_of_the_folder_ours() {
    let place = Place::with(&old());
    let beside = place.out.with_file_name("beside");
    fs::write(&beside, "mine\n").expect("a file");
    place.put(manifest::NAME, "../beside\nsrc/lib.rs\nCargo.toml\nsrc/gone.rs\nsrc/gone/deep.rs\nsrc/turns\nsrc/becomes/one.rs\n");
    write(&place.out, &new()).expect("the run works");
    assert!(beside.exists());
}

#[test]
fn files_that_are_the_same_already_are_taken_over() {
    let place = Place::empty();
    for (path, content) in new() {
        place.put(&path, &content.text.expect("the file is new"));
    }
    let difference = write(&place.out, &new()).expect("nothing is lost");
    assert_eq!(difference.created, [manifest::NAME]);
    assert_eq!(place.ours(), full(&new()));
}

#[test]
fn what_is_edited_by_hand_is_written_again() {
    let place = Place::with(&new());
    place.put("src/lib.rs", "edited\n");
    let difference = write(&place.out, &new()).expect("the run works");
    assert_eq!(difference.changed, ["src/lib.rs"]);
    assert_eq!(place.ours(), full(&new()));
}

/// One file takes the place of the other, whatever else is there.
#[test]
fn a_single_file_is_replaced_where_it_stands() {
    let place = Place::with(&new());
    place.put("Cargo.lock", "locked\n");
    let mut files = new();
    files.extend(self::files(&[("src/models/task.rs", "new task\n")]));
    let difference = write(&place.out, &files).expect("the run works");
    assert_eq!(difference.single(), Some("src/models/task.rs"));
    assert_eq!(place.ours(), full(&files));
    assert!(place.is_tidy());
}

#[test]
fn what_was_kept_and_then_edited_stops_the_run() {
    let place = Place::with(&new());
    let mut files = full(&new());
    let kept = Content::kept(files["src/lib.rs"].digest);
    files.insert("src/lib.rs".to_owned(), kept);
    files.insert("README.md".to_owned(), "read\n".to_owned().into());
    let paths = files.keys().map(|path| &**path).collect();
    let output = Output::look(&place.out, &paths).expect("the output has a name");
    place.put("src/lib.rs", "edited by hand\n");
    let before = read(&place.out);
    let failure = output.write(&files).expect_err("nobody has the text");
    assert!(failure.to_string().contains("meanwhile"), "{failure}");
    assert_eq!(read(&place.out), before);
    assert!(place.is_tidy());
}

#[test]
fn where_nothing_differs_nothing_is_touched() {
    let place = Place::with(&new());
    let time = |path: &Path| {
        fs::metadata(path)
            .and_then(|found| found.modified())
            .expect("a time")
    };
    let parent = place.out.parent().expect("the output stands in a folder");
    let before = (time(&place.out), time(parent));
    let difference = write(&place.out, &new()).expect("the run works");
    assert!(difference.is_empty());
    assert_eq!((time(&place.out), time(parent)), before);
}

#[test]
fn the_second_of_two_runs_on_one_output_stops() {
    let place = Place::with(&old());
    let lock = Lock::take(&place.plan().work).expect("nobody else has it");
    let failure = write(&place.out, &new())
        .expect_err("the lock is taken")
        .to_string();
    assert!(failure.contains("another run"), "{failure}");
    assert_eq!(place.ours(), full(&old()));
    drop(lock);
    write(&place.out, &new()).expect("the lock is free");
    assert!(place.is_tidy());
}

#[test]
fn threads_that_write_one_output_take_turns_or_stop() {
    let place = Place::with(&old());
    std::thread::scope(|scope| {
        for files in [old(), new(), old(), new()] {
            let out = &place.out;
            scope.spawn(move || {
                for _ in 0..20 {
                    if let Err(failure) = write(out, &files) {
                        let failure = failure.to_string();
                        assert!(failure.contains("another run"), "{failure}");
                    }
                }
            });
        }
    });
    write(&place.out, &new()).expect("nobody else writes any more");
    assert_eq!(place.ours(), full(&new()));
    assert!(place.is_tidy());
}

#[test]
fn a_step_that_fails_leaves_the_old_output() {
    let place = Place::with(&old());
    place.put("Cargo.lock", "locked\n");
    let plan = place.plan();
    let files = full(&new());
    let difference = difference(&plan, &files);
    steps::run_all(&plan.stage(&files, &difference)).expect("staging works");
    // The last file to be moved is missing, as it would be if the disk had lost it.
    fs::remove_file(plan.work.join("new/src/lib.rs")).expect("the file was staged");
    steps::run_all(&plan.replace(&difference)).expect_err("a file is missing");
    plan.recover().expect("recovery works");
    assert_eq!(place.ours(), full(&old()));
}
