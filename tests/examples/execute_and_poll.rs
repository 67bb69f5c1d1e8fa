//! Has the action of one task carried out, and waits until it is over.
//!
//! `GRAPH_TOKEN=… cargo run --package graph-tests --example execute_and_poll <task id> [seconds]`
#![expect(clippy::print_stderr, clippy::print_stdout, reason = "a program talks")]

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use graph_security::GraphClient;
use graph_security::client::security::incident_tasks::by_id::ExecuteResponseAction;
use graph_security::graph_runtime::{RetryAfter, StaticToken};
use graph_security::models::security::IncidentTaskActionStatus;
use tokio::time::{Instant, sleep};

#[tokio::main]
async fn main() -> ExitCode {
    run().await.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

async fn run() -> Result<ExitCode, Box<dyn Error>> {
    let id = env::args().nth(1).ok_or("which task?")?;
    let seconds = env::args().nth(2).map_or(Ok(600), |text| text.parse())?;
    let token = StaticToken::new(env::var("GRAPH_TOKEN")?);
    let endpoint = env::var("GRAPH_ENDPOINT").unwrap_or_else(|_| GraphClient::BASE_URL.to_owned());
    let client = GraphClient::builder(token).endpoint(endpoint).build()?;
    let task = client.security().incident_tasks().by_id(id);

    match task.execute_response_action().await {
        Ok(()) => println!("handed over"),
        Err(error) if error.has_code(ExecuteResponseAction::UNSUPPORTED_ACTION_TYPE) => {
            let supported = ExecuteResponseAction::SUPPORTED_ACTION_TYPES;
            eprintln!("a person has to do this; the service does {supported:?}");
            return Err(error.into());
        }
        // Nobody knows whether it is under way, so it is not sent again: the status will tell.
        Err(error) if error.may_have_been_carried_out() => eprintln!("no answer: {error}"),
        Err(error) => return Err(error.into()),
    }

    let deadline = Instant::now() + Duration::from_secs(seconds);
    let mut wait = Duration::from_millis(500);
    while Instant::now() + wait < deadline {
        sleep(wait).await;
        wait = Duration::from_secs(30).min(wait * 2);
        let now = match task.get().await {
            Ok(task) => task,
            // Still so after the client's own attempts, and no reason to stop watching.
            Err(error) if error.is_retryable() => {
                wait = error.retry_after().map_or(wait, RetryAfter::delay);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        match now
            .action_status
            .ok_or("a task without the status of its action")?
        {
            IncidentTaskActionStatus::Completed => {
                println!("completed");
                return Ok(ExitCode::SUCCESS);
            }
            over @ (IncidentTaskActionStatus::Failed
            | IncidentTaskActionStatus::PartiallyCompleted) => {
                println!("{over}: to be looked at by a person");
                return Ok(ExitCode::FAILURE);
            }
            // Members that are added later are no end that we know of.
            under_way => println!("{under_way}"),
        }
    }
    Err("not over in time; it may still be carried out".into())
}
