//! The programs in `tests/examples`, each run as a process against the server on loopback.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use graph_tests::server::{Moment, Recorded, Server, TOKEN};
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::folders;

/// How long a program may take, and longer than that it has hung.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a program printed, and whether it was content.
struct Ran {
    success: bool,
    printed: String,
    told: String,
}

/// The program of an example. `cargo test --package graph-tests` builds it beside this test.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test is a program");
    let built = test
        .ancestors()
        .nth(2)
        .expect("it stands in a folder of a profile");
    let program = built
        .join("examples")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    let source = folders::root()
        .join("tests/examples")
        .join(name)
        .with_extension("rs");
    let made = |path: &PathBuf| fs::metadata(path).and_then(|file| file.modified()).ok();
    assert!(
        made(&program) >= made(&source),
        "{} is not built: `cargo test --package graph-tests` does, `--test all` alone does not",
        program.display()
    );
    program
}

fn command(server: &Server, name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program(name));
    command
        .args(arguments)
        .env("GRAPH_ENDPOINT", server.endpoint())
        .env("GRAPH_TOKEN", TOKEN)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn run(server: &Server, name: &str, arguments: &[&str]) -> Ran {
    let output = command(server, name, arguments).output();
    let output = timeout(PATIENCE, output).await.expect("it comes to an end");
    let output = output.expect("it can be started");
    Ran {
        success: output.status.success(),
        printed: String::from_utf8(output.stdout).expect("text"),
        told: String::from_utf8(output.stderr).expect("text"),
    }
}

/// An ID that is told from others by its number.
fn id(number: u32) -> String {
    format!("{number:08}-0000-4000-8000-000000000000")
}

/// A task that asks for a device to be isolated, with further members.
fn task(number: u32, members: Value) -> Value {
    let mut task = json!({
        "@odata.type": "#microsoft.graph.security.incidentTask",
        "id": id(number),
        "displayName": format!("Isolate device {number}"),
        "status": "open",
        "source": "defenderExpertsManagedResponse",
        "actionType": "isolateDevice",
        "actionStatus": "notStarted",
        "lastModifiedDateTime": format!("2023-06-27T10:{number:02}:33.98Z"),
    });
    for (name, value) in members.as_object().expect("an object") {
        task[name] = value.clone();
    }
    task
}

/// Methods and paths below the collection, with `$skip` where there is one.
fn lines(requests: &[Recorded]) -> Vec<String> {
    let line = |request: &Recorded| {
        let path = request.path.strip_prefix("/beta/security/incidentTasks");
        let path = path
            .unwrap_or(&request.path)
            .replace("-0000-4000-8000-000000000000", "");
        let skip = request.query.iter().find(|(name, _)| name == "$skip");
        let skip = skip.map_or_else(String::new, |(name, value)| format!("?{name}={value}"));
        format!("{} {path}{skip}", request.method)
    };
    requests.iter().map(line).collect()
}

#[tokio::test]
async fn triage_shows_open_tasks_and_takes_up_those_that_wait_for_us() {
    let server = Server::start().await;
    server.use_etags();
    let ours = json!({ "source": "defenderExpertsGuidedResponse" });
    server.put(task(3, ours.clone()));
    server.put(task(1, ours));
    server.put(task(2, json!({})));
    server.put(task(4, json!({ "status": "completed" })));
    server.interfere(&id(3));
    let ran = run(&server, "triage", &[]).await;
    assert!(ran.success, "{}", ran.told);
    assert_eq!(
        ran.printed,
        "2023-06-27T10:01:33.98Z      Isolate device 1\n\
         2023-06-27T10:02:33.98Z      Isolate device 2\n\
         2023-06-27T10:03:33.98Z      Isolate device 3\n\
         taken up: Isolate device 1\n\
         left to whoever has just changed it: Isolate device 3\n"
    );
    let requests = server.requests();
    assert_eq!(
        lines(&requests),
        ["GET ", "PATCH /00000001", "PATCH /00000003"]
    );
    assert_eq!(requests[1].header("if-match"), Some("W/\"1\""));
    assert_eq!(requests[1].json(), json!({ "status": "inProgress" }));
    assert!(
        requests[0]
            .query
            .contains(&("$filter".to_owned(), "status eq 'open'".to_owned())),
        "{:?}",
        requests[0].query
    );
}

#[tokio::test]
async fn a_token_that_is_refused_is_told_with_the_ids_of_the_request() {
    let server = Server::start().await;
    let mut triage = command(&server, "triage", &[]);
    let output = triage.env("GRAPH_TOKEN", "another").output().await;
    let output = output.expect("it can be started");
    let told = String::from_utf8(output.stderr).expect("text");
    assert!(!output.status.success());
    assert!(
        told.starts_with("401 Unauthorized, InvalidAuthenticationToken: "),
        "{told}"
    );
    assert!(
        told.contains("(request-id ") && !told.contains("another"),
        "{told}"
    );
}

#[tokio::test]
async fn an_action_is_executed_once_and_watched_to_its_end() {
    let table = [
        // What the task has besides, its device fails, its answer gets lost; what is printed.
        (json!({}), false, false, "handed over\ncompleted\n"),
        (json!({}), false, true, "completed\n"),
        (
            json!({ "actionType": "runAntiVirusScan" }),
            false,
            false,
            "handed over\ninProgress\ncompleted\n",
        ),
        (
            json!({ "responseAction": { "identifierValue": "broken" } }),
            true,
            false,
            "handed over\nfailed: to be looked at by a person\n",
        ),
    ];
    for (members, fails, is_lost, printed) in table {
        let server = Server::start().await;
        server.finish_after(2);
        server.fail_device("broken");
        server.put(task(1, members.clone()));
        if is_lost {
            server.lose_answer(&id(1));
        }
        let ran = run(&server, "execute_and_poll", &[&id(1)]).await;
        assert_eq!(ran.printed, printed, "{members} {}", ran.told);
        assert_eq!(ran.success, !fails, "{members}");
        assert_eq!(
            ran.told.starts_with("no answer: "),
            is_lost,
            "{members} {}",
            ran.told
        );
        assert_eq!(server.actions(), [id(1)], "{members}");
        let seen = lines(&server.requests());
        assert_eq!(seen[0], "POST /00000001/executeResponseAction");
        assert!(
            seen[1..].iter().all(|line| line == "GET /00000001"),
            "{seen:?}"
        );
    }
}

#[tokio::test]
async fn an_action_that_has_no_end_or_is_not_supported_is_told() {
    let server = Server::start().await;
    server.put(task(1, json!({ "actionType": "runAntiVirusScan" })));
    let ran = run(&server, "execute_and_poll", &[&id(1), "1"]).await;
    assert!(!ran.success);
    assert_eq!(ran.printed, "handed over\ninProgress\n");
    assert_eq!(ran.told, "not over in time; it may still be carried out\n");

    server.put(task(2, json!({ "actionType": "text" })));
    let ran = run(&server, "execute_and_poll", &[&id(2)]).await;
    assert!(!ran.success && ran.printed.is_empty());
    assert!(ran.told.contains("UnsupportedActionType"), "{}", ran.told);
    assert!(ran.told.contains("IsolateDevice"), "{}", ran.told);
}

#[tokio::test]
async fn many_tasks_are_closed_in_batches_of_twenty() {
    let server = Server::start().await;
    for number in 1..=45 {
        server.put(task(number, json!({ "actionStatus": "completed" })));
    }
    server.put(task(46, json!({})));
    // Throttled for once, and for longer than anyone tries.
    server.throttle(&id(7), 1);
    server.throttle(&id(30), 4);
    let ran = run(&server, "batch_close", &[]).await;
    assert!(!ran.success);
    assert_eq!(ran.printed, "44 closed, 1 to be tried later, 0 failed\n");
    let told = format!("{}: to be tried later: 429 Too Many Requests", id(30));
    assert!(ran.told.starts_with(&told), "{}", ran.told);
    let requests = server.requests();
    let sizes: Vec<usize> = requests[1..]
        .iter()
        .map(|post| post.json()["requests"].as_array().map_or(0, Vec::len))
        .collect();
    // All of them, then what is tried again: both, then one of them.
    assert_eq!(sizes, [20, 20, 5, 2, 1, 1]);

    let ran = run(&server, "batch_close", &[]).await;
    assert!(ran.success, "{}", ran.told);
    assert_eq!(ran.printed, "1 closed, 0 to be tried later, 0 failed\n");
}

/// Kills the program at every request in turn, before the service has done what it asks for and after.
#[tokio::test(flavor = "multi_thread")]
async fn whenever_it_is_killed_it_goes_on_and_executes_nothing_twice() {
    const TASKS: u32 = 5;
    /// Three pages of two tasks at most, and an action for each task.
    const REQUESTS: usize = 8;
    for number in 1..=REQUESTS {
        for moment in [Moment::Before, Moment::After] {
            let server = Server::start().await;
            server.let_lists_lag();
            for number in 1..=TASKS {
                server.put(task(number, json!({})));
            }
            server.put(task(9, json!({ "actionType": "text" })));
            let folder = tempfile::tempdir().expect("a folder");
            let journal = folder.path().join("journal");
            let journal = journal.to_str().expect("a path of text");
            server.hold(number, moment);
            let program = command(&server, "resume_after_crash", &[journal]).spawn();
            kill(&server, program).await;

            let before = server.requests();
            assert_eq!(before.len(), number);
            let ran = run(&server, "resume_after_crash", &[journal]).await;
            assert!(ran.success, "{number} {moment:?}: {}", ran.told);
            let ids: Vec<String> = (1..=TASKS).map(id).collect();
            assert_eq!(server.actions(), ids, "{number} {moment:?}");

            // It goes on from the page that it was at, not from the start.
            let (seen, further) = (lines(&before), lines(&server.requests()[number..]));
            let page = seen
                .iter()
                .rfind(|line| line.starts_with("GET ?") || *line == "GET ");
            assert_eq!(page, further.first(), "{number} {moment:?}");

            let ran = run(&server, "resume_after_crash", &[journal]).await;
            assert_eq!(
                ran.printed, "nothing is left to do\n",
                "{number} {moment:?}"
            );
            assert_eq!(server.actions().len(), ids.len(), "{number} {moment:?}");
        }
    }
}

/// Kills a program as soon as its request is held, as the system would: it gets no word of it.
async fn kill(server: &Server, program: std::io::Result<Child>) {
    let mut program = program.expect("it can be started");
    timeout(PATIENCE, server.held())
        .await
        .expect("the request comes");
    program.kill().await.expect("it runs");
}
