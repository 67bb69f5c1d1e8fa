//! Has the actions of all open tasks carried out, and marks the tasks as done.

use std::env;
use std::error::Error;

use graph_security::GraphClient;
use graph_security::graph_runtime::StaticToken;
use graph_security::models::security::{IncidentTaskStatus, IncidentTaskUpdate};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let credential = StaticToken::new(env::var("GRAPH_TOKEN")?);
    let mut builder = GraphClient::builder(credential);
    if let Ok(endpoint) = env::var("GRAPH_ENDPOINT") {
        builder = builder.endpoint(endpoint);
    }
    let tasks = builder.build()?.security().incident_tasks();

    let mut open = tasks
        .list()
        .filter("status eq 'open'")
        .top(50)
        .into_stream();
    while let Some(task) = open.try_next().await? {
        let Some(id) = &task.id else { continue };
        tasks.by_id(id).execute_response_action().await?;
        let done = IncidentTaskUpdate::new().status(IncidentTaskStatus::Completed);
        tasks.by_id(id).update(done).await?;
        println!(
            "{}: carried out",
            task.display_name.as_deref().unwrap_or(id)
        );
    }
    Ok(())
}
