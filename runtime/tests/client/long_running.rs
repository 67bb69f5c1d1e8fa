//! Operations that go on after their answer.

use std::time::{Duration, Instant};

use graph_runtime::model::Collection;
use graph_runtime::{
    Accepted, Error, NoContent, OperationErrorKind, OperationState, Outcome, Poller, StatusReport,
};
use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::{CREATE, SECRET, tasks};

fn accepted(header: &'static str, link: &str) -> Answer {
    Answer::new(202, "")
        .header(header, link)
        .header("retry-after", "0")
}

/// A report after which the next question may follow at once.
fn report(status: u16, body: serde_json::Value) -> Answer {
    Answer::new(status, body.to_string()).header("retry-after", "0")
}

async fn poller(server: &Server) -> Poller {
    let request = tasks(server)
        .segment("copy")
        .undocumented::<NoContent>(&CREATE);
    let accepted = request.start().await.expect("an answer");
    assert_eq!(accepted.response.status, 202);
    accepted
        .poller()
        .expect("a link")
        .deadline(Duration::from_secs(5))
}

async fn outcome(
    answers: impl IntoIterator<Item = Answer>,
) -> (Server, Result<StatusReport, Error>) {
    let server = Server::answering(
        [accepted("Location", "/beta/operations/1")]
            .into_iter()
            .chain(answers),
    )
    .await;
    let result = poller(&server).await.wait().await;
    (server, result)
}

#[tokio::test]
async fn an_operation_is_asked_for_until_it_is_over() {
    let (server, report) = outcome([
        report(202, json!({"status": "notStarted"})),
        report(
            200,
            json!({"status": "running", "percentageComplete": 27.8}),
        ),
        report(
            202,
            json!({"status": "completed", "percentageComplete": 100.0, "resourceId": "7"}),
        ),
    ])
    .await;
    let report = report.expect("success");
    assert_eq!(report.resource_id.as_deref(), Some("7"));
    assert_eq!(report.percentage_complete, Some(100.0));
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    let token = format!("Bearer {SECRET}");
    for question in &seen[1..] {
        assert_eq!(
            (question.method.as_str(), question.uri.path()),
            ("GET", "/beta/operations/1")
        );
        assert_eq!(question.header("authorization"), Some(&*token));
    }
}

#[tokio::test]
async fn results_come_as_answers_and_as_redirects() {
    let (_, result) = outcome([report(200, json!({"id": "7"}))]).await;
    assert_eq!(
        &result.expect("a result").response.body[..],
        br#"{"id":"7"}"#
    );
    let (_, result) = outcome([report(
        200,
        json!({"status": "succeeded", "resourceLocation": "/items/7"}),
    )])
    .await;
    assert_eq!(
        result.expect("a result").resource_location.as_deref(),
        Some("/items/7")
    );
    let redirect = Answer::new(303, "").header("location", "https://files.example/7?sig=hunter2");
    let (server, result) = outcome([redirect]).await;
    let result = result.expect("a result");
    assert_eq!(
        result.resource_location.as_deref(),
        Some("https://files.example/7?sig=hunter2")
    );
    assert_eq!(
        (result.response.status.as_u16(), server.seen().len()),
        (303, 2)
    );
    assert!(!format!("{result:?}").contains("hunter2"), "{result:?}");
}

#[tokio::test]
async fn failures_of_the_operation_are_errors_that_keep_the_report() {
    let body = json!({"status": "failed", "error": {"code": "nameAlreadyExists", "message": "m"}});
    let (_, result) = outcome([report(200, body)]).await;
    let error = result.expect_err("a failure");
    assert_eq!(error.code(), Some("nameAlreadyExists"));
    assert!(
        error
            .to_string()
            .starts_with("the operation failed: 200 OK, nameAlreadyExists: m"),
        "{error}"
    );
    let Error::Operation(failure) = error else {
        panic!("{error:?}");
    };
    assert_eq!(failure.kind, OperationErrorKind::Failed);
    assert_eq!(failure.status.as_deref(), Some("failed"));
    let (_, result) = outcome([report(200, json!({"status": "cancelled"}))]).await;
    assert!(
        matches!(result, Err(Error::Operation(failure)) if failure.kind == OperationErrorKind::Cancelled)
    );
    let (_, result) = outcome([Answer::new(404, "")]).await;
    assert_eq!(
        result
            .expect_err("404")
            .status()
            .map(|status| status.as_u16()),
        Some(404)
    );
}

#[tokio::test]
async fn operation_location_goes_before_location_and_success_needs_no_poller() {
    let both =
        accepted("Operation-Location", "/beta/operations/2").header("Location", "/beta/things/1");
    let server = Server::answering([both, report(200, json!({}))]).await;
    let mut poller = poller(&server).await;
    assert_eq!(poller.url(), server.url("/beta/operations/2"));
    assert!(matches!(
        poller.poll().await,
        Ok(OperationState::Succeeded(_))
    ));
    for status in [200, 201, 202, 204] {
        let answer = Answer::new(status, "");
        let answer = if status == 202 {
            answer
        } else {
            answer.header("location", "/beta/things/1")
        };
        let server = Server::answering([answer]).await;
        let request = tasks(&server).undocumented::<NoContent>(&CREATE);
        assert!(
            request.start().await.expect("an answer").poller().is_none(),
            "{status}"
        );
    }
}

/// A monitor of a documented type; any type with a reading of its own will do.
type Monitor = Collection<Value>;

#[tokio::test]
async fn what_is_documented_as_accepted_gives_the_way_to_its_end() {
    let end = json!({"status": "succeeded", "value": [7]});
    let server = Server::answering([
        accepted("Location", "/teams('1')/operations('2')"),
        report(202, json!({"status": "inProgress", "value": []})),
        report(200, end),
    ])
    .await;
    let request = tasks(&server).undocumented::<Accepted<Monitor>>(&CREATE);
    let accepted = request.await.expect("an answer");
    let url = server.url("/beta/teams('1')/operations('2')");
    assert_eq!(accepted.location(), Some(&*url));
    assert_eq!(
        accepted.poller().map(|poller| poller.url().to_owned()),
        Some(url)
    );
    let report = accepted.wait().await.expect("success").expect("a report");
    assert_eq!(report.operation().expect("a monitor").value, [7]);
    assert_eq!(
        server.seen()[2].uri.path(),
        "/beta/teams('1')/operations('2')"
    );

    let server = Server::answering([Answer::new(204, "")]).await;
    let done = tasks(&server).undocumented::<Accepted>(&CREATE);
    let done = done.await.expect("an answer");
    assert_eq!(done.location(), None);
    assert!(done.wait().await.expect("no question").is_none());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn what_may_be_done_at_once_says_which() {
    type Either = Outcome<Value, Monitor>;
    let server = Server::answering([
        Answer::json(r#"{"id":"7"}"#),
        accepted("Location", "/beta/operations/1"),
        report(200, json!({"status": "completed", "value": []})),
    ])
    .await;
    let request = tasks(&server).undocumented::<Either>(&CREATE);
    let done = request.clone().await.expect("a value").done();
    assert_eq!(done, Some(json!({"id": "7"})));
    let outcome = request.await.expect("a way");
    assert!(!format!("{outcome:?}").contains("Done"), "{outcome:?}");
    let accepted = outcome.accepted().expect("a way");
    let report = accepted.wait().await.expect("success").expect("a report");
    assert!(report.operation().expect("a monitor").value.is_empty());
}

#[tokio::test]
async fn parts_of_batches_lead_on_as_requests_do() {
    let accepted = json!({"responses": [{
        "id": "1", "status": 202, "headers": {"Location": "/operations/1", "Retry-After": "0"},
    }]});
    let server = Server::answering([
        Answer::json(&accepted.to_string()),
        report(200, json!({"status": "completed"})),
    ])
    .await;
    let tasks = tasks(&server);
    let mut batch = tasks.client().batch();
    let part = batch.add(tasks.undocumented::<Accepted>(&CREATE));
    let part = part.expect("a part");
    let mut answers = batch.send().await.expect("answers");
    let accepted = answers.take(part).expect("accepted");
    let url = server.url("/beta/operations/1");
    assert_eq!(accepted.location(), Some(&*url));
    assert!(accepted.wait().await.expect("success").is_some());
}

#[tokio::test]
async fn monitors_elsewhere_see_no_token() {
    let monitor = Server::answering([report(200, json!({"status": "completed"}))]).await;
    let link = monitor.url("/monitor/1?key=hunter2");
    let server = Server::answering([accepted("Location", &link)]).await;
    let request = tasks(&server).undocumented::<NoContent>(&CREATE);
    let accepted = request.start().await.expect("an answer");
    assert!(!format!("{accepted:?}").contains("hunter2"), "{accepted:?}");
    let mut poller = accepted.poller().expect("a link");
    assert_eq!(poller.url(), link);
    assert!(!format!("{poller:?}").contains("hunter2"), "{poller:?}");
    poller.wait().await.expect("success");
    assert!(monitor.only().header("authorization").is_none());
    assert!(monitor.only().header("client-request-id").is_none());
    let client = tasks(&server).client().clone();
    client
        .poller(&link)
        .expect("a poller")
        .interval(Duration::ZERO)
        .wait()
        .await
        .expect("success");
    for link in [
        "http://monitor.example/1",
        "no link",
        "ftp://monitor.example/",
    ] {
        assert!(
            matches!(client.poller(link), Err(Error::InvalidRequest(_))),
            "{link}"
        );
    }
}

#[tokio::test]
async fn the_services_waits_are_kept_and_the_deadline_too() {
    let busy = |seconds: &str| Answer::new(202, "").header("retry-after", seconds);
    let server = Server::answering([
        accepted("Location", "/beta/operations/1"),
        busy("1"),
        report(200, json!({})),
    ])
    .await;
    let start = Instant::now();
    poller(&server).await.wait().await.expect("success");
    assert!(start.elapsed() >= Duration::from_secs(1));

    let server =
        Server::answering([accepted("Location", "/beta/operations/1"), busy("3600")]).await;
    let mut poller = poller(&server).await;
    let error = poller.wait().await.expect_err("too long");
    assert!(
        matches!(&error, Error::Operation(failure) if failure.kind == OperationErrorKind::DeadlineExceeded),
        "{error:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(4));
    assert!(matches!(
        poller.poll().await,
        Ok(OperationState::Running(_))
    ));

    let server = Server::answering([
        busy("0").header("location", "/beta/operations/1"),
        Answer::new(202, ""),
    ])
    .await;
    let request = tasks(&server).undocumented::<NoContent>(&CREATE);
    let poller = request
        .start()
        .await
        .expect("an answer")
        .poller()
        .expect("a link");
    let mut poller = poller
        .interval(Duration::from_millis(10))
        .deadline(Duration::from_millis(200));
    poller.wait().await.expect_err("no end");
    let questions = server.seen().len() - 1;
    assert!((3..=20).contains(&questions), "{questions}");
}
