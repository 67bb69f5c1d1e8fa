//! A command, or a piece of work, into its time and its memory.

use std::env;
use std::fs;
use std::io;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::failure::Failure;
use crate::workspace;

/// How often memory is looked at. The system keeps the highest value itself, so that only what a
/// process takes in its last moments can be missed.
const INTERVAL: Duration = Duration::from_millis(10);

/// What a command took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Wall time in seconds.
    pub(crate) seconds: f64,
    /// Time on all processors in seconds; 0 where the system does not tell.
    pub(crate) cpu_seconds: f64,
    /// The most memory that one process of the command held, in MiB; 0 where the system does not
    /// tell.
    pub(crate) mebibytes: f64,
    /// The command's exit code.
    pub(crate) code: Option<i32>,
}

impl Cost {
    /// The middle value of each figure.
    pub(crate) fn median(costs: &[Self]) -> Self {
        let middle = |of: fn(&Self) -> f64| median(costs.iter().map(of).collect());
        Self {
            seconds: middle(|cost| cost.seconds),
            cpu_seconds: middle(|cost| cost.cpu_seconds),
            mebibytes: middle(|cost| cost.mebibytes),
            code: None,
        }
    }
}

/// Runs a command whose words nobody wants to see.
///
/// # Errors
///
/// When it can't be started.
pub(crate) fn run_silently(command: &mut Command) -> Result<Cost, Failure> {
    run(command.stdout(Stdio::null()).stderr(Stdio::null()))
}

/// Runs a command.
///
/// # Errors
///
/// When it can't be started.
pub(crate) fn run(command: &mut Command) -> Result<Cost, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |error: io::Error| Failure::new(format!("`{name}` can't be run ({error})"));
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let mut child = command.stdin(Stdio::null()).spawn().map_err(failed)?;
    let id = child.id();
    let ended = AtomicBool::new(false);
    let (status, seconds, kibibytes) = thread::scope(|scope| {
        let watch = scope.spawn(|| watch(id, &ended));
        let status = child.wait();
        let seconds = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (status, seconds, watch.join().unwrap_or_default())
    });
    Ok(Cost {
        seconds,
        cpu_seconds: cpu_seconds() - cpu,
        mebibytes: kibibytes as f64 / 1024.0,
        code: status.map_err(failed)?.code(),
    })
}

/// Does a piece of work in this process. To clear its result away is no part of it.
///
/// # Errors
///
/// Those of the work.
pub(crate) fn work<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<Cost, Failure> {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let result = std::hint::black_box(work()?);
    let cost = Cost {
        seconds: start.elapsed().as_secs_f64(),
        cpu_seconds: cpu_seconds() - cpu,
        ..Cost::default()
    };
    drop(result);
    Ok(cost)
}

/// The time on all processors of this process and of the children that it has waited for, with
/// theirs: `man 5 proc_pid_stat`.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program stands in parentheses and may hold anything.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(4);
    let ticks: u64 = ticks.flat_map(str::parse::<u64>).sum();
    ticks as f64 / ticks_per_second()
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn ticks_per_second() -> f64 {
    rustix::param::clock_ticks_per_second() as f64
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn ticks_per_second() -> f64 {
    1.0
}

/// This program.
pub(crate) fn xtask() -> Result<Command, Failure> {
    let program = env::current_exe();
    let program = program.map_err(|error| Failure::new(format!("xtask is not found ({error})")))?;
    Ok(Command::new(program))
}

/// A folder that goes away with the value. It is on a disk, not in the memory that some systems
/// keep temporary files in.
pub(crate) fn temporary() -> Result<TempDir, Failure> {
    let target = workspace::target().join("bench");
    let made = fs::create_dir_all(&target).and_then(|()| TempDir::new_in(&target));
    made.map_err(|error| Failure::io(&target, "cannot be written", &error))
}

/// The middle one of some times; 0 of none.
fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or_default()
}

/// The most memory, in KiB, that the process or one below it holds until it has ended.
fn watch(root: u32, ended: &AtomicBool) -> u64 {
    let mut peak = 0;
    while !ended.load(Ordering::Relaxed) {
        let held = family(root).into_iter().filter_map(peak_of);
        peak = held.fold(peak, u64::max);
        thread::sleep(INTERVAL);
    }
    peak
}

/// A process and those below it.
fn family(root: u32) -> Vec<u32> {
    let mut found = vec![root];
    let mut next = 0;
    while let Some(id) = found.get(next) {
        found.extend(children(*id));
        next += 1;
    }
    found
}

/// The processes that the threads of a process have started: `man 5 proc_tid_children`.
fn children(id: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{id}/task"));
    let threads = threads.into_iter().flatten().flatten();
    let lists =
        threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let ids = lists.flat_map(|list| {
        let ids = list.split_whitespace().flat_map(str::parse::<u32>);
        ids.collect::<Vec<_>>()
    });
    ids.collect()
}

/// `VmHWM` of a process in KiB: the most memory that it has held so far.
fn peak_of(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(Vec::new()), 0.0);
    }

    #[test]
    fn work_is_time_on_a_processor() {
        let done = work(|| {
            let start = Instant::now();
            while start.elapsed() < Duration::from_millis(300) {}
            Ok(())
        });
        let cost = done.expect("there is nothing to fail");
        assert!(cost.seconds >= 0.3, "{cost:?}");
        if cfg!(target_os = "linux") {
            assert!(cost.cpu_seconds > 0.02, "{cost:?}");
        }
    }

    #[test]
    fn a_command_takes_time_and_ends_with_its_code() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let cost = run_silently(Command::new(cargo).arg("--version")).expect("cargo runs");
        assert_eq!(cost.code, Some(0));
        assert!(cost.seconds > 0.0);
    }
}
