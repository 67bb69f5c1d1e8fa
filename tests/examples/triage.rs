//! Shows the open tasks, the oldest first, and takes up those that wait for us.
//!
//! `GRAPH_TOKEN=… cargo run --package graph-tests --example triage`
#![expect(clippy::print_stderr, clippy::print_stdout, reason = "a program talks")]

use std::env;
use std::error::Error;
use std::process::ExitCode;

use futures_util::TryStreamExt;
use graph_security::GraphClient;
use graph_security::graph_runtime::filter::field;
use graph_security::graph_runtime::model::odata_etag;
use graph_security::graph_runtime::{StaticToken, StatusCode};
use graph_security::models::security::{
    IncidentTask, IncidentTaskSource, IncidentTaskStatus, IncidentTaskUpdate,
};

#[tokio::main]
async fn main() -> ExitCode {
    run().await.unwrap_or_else(|error| {
        // `Display` names status, code, message and the request id, which support asks for.
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

async fn run() -> Result<ExitCode, Box<dyn Error>> {
    let token = StaticToken::new(env::var("GRAPH_TOKEN")?);
    let endpoint = env::var("GRAPH_ENDPOINT").unwrap_or_else(|_| GraphClient::BASE_URL.to_owned());
    let client = GraphClient::builder(token).endpoint(endpoint).build()?;
    let tasks = client.security().incident_tasks();

    let open: Vec<IncidentTask> = tasks
        .list()
        .filter(field("status").eq(IncidentTaskStatus::Open))
        .order_by(["lastModifiedDateTime"])
        .select(["id", "displayName", "source", "lastModifiedDateTime"])
        .top(100)
        .into_stream()
        // All of them before the first change: what is changed leaves the list, and its pages would shift.
        .try_collect()
        .await?;
    for task in &open {
        let changed = task.last_modified_date_time.as_ref();
        let changed = changed.map_or_else(String::new, ToString::to_string);
        println!("{changed:<28} {}", title(task));
    }

    let ours = Some(IncidentTaskSource::DefenderExpertsGuidedResponse);
    for task in open.iter().filter(|task| task.source == ours) {
        let Some(id) = &task.id else { continue };
        let begun = IncidentTaskUpdate::new().status(IncidentTaskStatus::InProgress);
        let mut update = tasks.by_id(id).update(begun);
        // No page documents ETags of tasks. Where the service sends one, nobody's change gets lost.
        if let Some(etag) = odata_etag(task) {
            update = update.header("If-Match", etag);
        }
        match update.await {
            Ok(_) => println!("taken up: {}", title(task)),
            Err(error) if is_conflict(error.status()) => {
                println!("left to whoever has just changed it: {}", title(task));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn is_conflict(status: Option<StatusCode>) -> bool {
    matches!(
        status,
        Some(StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED)
    )
}

fn title(task: &IncidentTask) -> &str {
    task.display_name.as_deref().unwrap_or("(no title)")
}
