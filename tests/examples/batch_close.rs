//! Closes all open tasks whose actions are done, twenty to a request.
//!
//! `GRAPH_TOKEN=… cargo run --package graph-tests --example batch_close`
#![expect(clippy::print_stderr, clippy::print_stdout, reason = "a program talks")]

use std::env;
use std::error::Error;
use std::process::ExitCode;

use graph_security::GraphClient;
use graph_security::graph_runtime::StaticToken;
use graph_security::graph_runtime::filter::field;
use graph_security::models::security::{
    IncidentTaskActionStatus, IncidentTaskStatus, IncidentTaskUpdate,
};

#[tokio::main]
async fn main() -> ExitCode {
    run().await.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

async fn run() -> Result<ExitCode, Box<dyn Error>> {
    let token = StaticToken::new(env::var("GRAPH_TOKEN")?);
    let endpoint = env::var("GRAPH_ENDPOINT").unwrap_or_else(|_| GraphClient::BASE_URL.to_owned());
    let client = GraphClient::builder(token).endpoint(endpoint).build()?;
    let tasks = client.security().incident_tasks();

    // More than twenty requests become several posts; each request keeps its own answer, and those
    // that the service has no time for are sent again by themselves.
    let mut batch = client.client().batch();
    let mut parts = Vec::new();
    let open = field("status").eq(IncidentTaskStatus::Open);
    let mut open = tasks.list().filter(open).into_stream();
    while let Some(task) = open.try_next().await? {
        let done = task.action_status == Some(IncidentTaskActionStatus::Completed);
        if let Some(id) = task.id.filter(|_| done) {
            let closed = IncidentTaskUpdate::new().status(IncidentTaskStatus::Completed);
            let part = batch.add(tasks.by_id(&id).update(closed))?;
            parts.push((id, part));
        }
    }

    let (mut closed, mut busy, mut failed) = (0, 0, 0);
    let mut answers = batch.send().await?;
    for (id, part) in parts {
        match answers.take(part) {
            Ok(_) => closed += 1,
            // Still so after the client's own attempts. The next run finds the task open, and goes on.
            Err(error) if error.is_retryable() => {
                eprintln!("{id}: to be tried later: {error}");
                busy += 1;
            }
            // `Display` names status, code, message and the request id, which support asks for.
            Err(error) => {
                eprintln!("{id}: {error}");
                failed += 1;
            }
        }
    }
    println!("{closed} closed, {busy} to be tried later, {failed} failed");
    Ok(match busy + failed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
