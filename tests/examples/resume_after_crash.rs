//! Isolates every device that a task asks for, each once, however often this program is killed.
//!
//! `GRAPH_TOKEN=… cargo run --package graph-tests --example resume_after_crash <journal>`
#![expect(clippy::print_stderr, clippy::print_stdout, reason = "a program talks")]

use std::collections::BTreeSet;
use std::error::Error;
use std::process::ExitCode;
use std::{env, fs};

use graph_security::GraphClient;
use graph_security::graph_runtime::{StaticToken, filter::field};
use graph_security::models::security::{IncidentTaskActionStatus, IncidentTaskActionType};
use serde::{Deserialize, Serialize};

/// How far we have come. Links may be keys to what they lead to: keep it where only you can read it.
#[derive(Default, Deserialize, Serialize)]
struct Journal {
    /// The link of the page that we are at; none for the first.
    page: Option<String>,
    /// The tasks of that page whose actions we may have sent.
    begun: BTreeSet<String>,
}

impl Journal {
    /// Puts a new file in place of the old one, so that a crash leaves one of both whole.
    fn write(&self, path: &str) -> Result<(), Box<dyn Error>> {
        let new = format!("{path}.new");
        let file = fs::File::create(&new)?;
        serde_json::to_writer(&file, self)?;
        file.sync_all()?;
        Ok(fs::rename(new, path)?)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    run().await.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

async fn run() -> Result<ExitCode, Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("where is the journal?")?;
    let mut journal = match fs::exists(&path)? {
        true => serde_json::from_slice(&fs::read(&path)?)?,
        false => Journal::default(),
    };
    let token = StaticToken::new(env::var("GRAPH_TOKEN")?);
    let endpoint = env::var("GRAPH_ENDPOINT").unwrap_or_else(|_| GraphClient::BASE_URL.to_owned());
    let client = GraphClient::builder(token).endpoint(endpoint).build()?;
    let tasks = client.security().incident_tasks();

    // Nothing that is done here changes which tasks are listed, so that the pages stay as they are.
    let isolation = field("actionType").eq(IncidentTaskActionType::IsolateDevice);
    let mut list = tasks.list().filter(isolation).top(2);
    if let Some(link) = &journal.page {
        list = list.resume(link);
    }
    let mut pages = list.into_pages();
    while let Some(page) = pages.try_next().await? {
        for task in page.value {
            let Some(id) = task.id else { continue };
            // Whether what was begun has arrived, the service says; lists may lag behind.
            let status = match journal.begun.contains(&id) {
                true => tasks.by_id(&id).get().await?.action_status,
                false => task.action_status,
            };
            if status == Some(IncidentTaskActionStatus::NotStarted) {
                journal.begun.insert(id.clone());
                journal.write(&path)?;
                tasks.by_id(&id).execute_response_action().await?;
                println!("{id}: carried out");
            }
        }
        // The journal stays at the last page: to look at it once more does no harm.
        if let Some(link) = pages.next_link() {
            let (page, begun) = (Some(link.to_owned()), BTreeSet::new());
            journal = Journal { page, begun };
            journal.write(&path)?;
        }
    }
    println!("nothing is left to do");
    Ok(ExitCode::SUCCESS)
}
