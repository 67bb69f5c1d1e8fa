//! The six operations, each as its page describes it.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Refusal};
use super::query::{self, Options};
use super::store::Store;

/// The body of Create: each property that it may hold, with the values that it takes, none for any.
const CREATABLE: [(&str, &[&str]); 7] = [
    ("actionType", &ACTION_TYPES),
    ("description", &[]),
    ("displayName", &[]),
    ("incident", &[]),
    ("responseAction", &[]),
    (
        "source",
        &[
            "defenderExpertsGuidedResponse",
            "defenderExpertsManagedResponse",
        ],
    ),
    ("status", &STATUSES),
];

const STATUSES: [&str; 5] = ["open", "inProgress", "completed", "failed", "notRelevant"];

const ACTION_TYPES: [&str; 16] = [
    "text",
    "isolateDevice",
    "stopAndQuarantineFile",
    "runAntiVirusScan",
    "collectInvestigationPackage",
    "restrictAppExecution",
    "submitIocRule",
    "forceUserPasswordReset",
    "disableUser",
    "markUserAsCompromised",
    "requireSignIn",
    "hardDeleteEmail",
    "softDeleteEmail",
    "unIsolateDevice",
    "unRestrictAppExecution",
    "enableUser",
];

/// The action types that a task can't be created with.
const NOT_CREATABLE: [&str; 4] = [
    "markUserAsCompromised",
    "requireSignIn",
    "hardDeleteEmail",
    "softDeleteEmail",
];

/// The action types that the service carries out itself.
const EXECUTABLE: [&str; 8] = [
    "collectInvestigationPackage",
    "isolateDevice",
    "unRestrictAppExecution",
    "unIsolateDevice",
    "restrictAppExecution",
    "runAntiVirusScan",
    "stopAndQuarantineFile",
    "submitIocRule",
];

pub(super) fn list(
    store: &Store,
    query: &[(String, String)],
    root: &str,
) -> Result<Answer, Refusal> {
    let options = Options::parse(query)?;
    let mut tasks: Vec<Value> = store.all().filter(|task| options.admits(task)).collect();
    options.sort(&mut tasks);
    let end = options.skip.saturating_add(options.top);
    let more = tasks.len() > end;
    let page = tasks.into_iter().skip(options.skip).take(options.top);
    let mut body = json!({ "value": page.map(|task| options.project(task)).collect::<Vec<_>>() });
    if more {
        body["@odata.nextLink"] = json!(query::next_link(root, query, end));
    }
    Ok(Answer::ok(body))
}

pub(super) fn create(store: &mut Store, body: &[u8]) -> Result<Answer, Refusal> {
    let given = object(body)?;
    for (name, value) in &given {
        let (_, values) = CREATABLE
            .iter()
            .find(|(known, _)| known == name)
            .ok_or_else(|| Refusal::bad_request(format!("Property '{name}' can't be set.")))?;
        among(name, value, values)?;
    }
    if let Some(action_type) = given.get("actionType").and_then(Value::as_str)
        && NOT_CREATABLE.contains(&action_type)
    {
        let message = format!("A task can't be created with the action type '{action_type}'.");
        return Err(Refusal::bad_request(message));
    }
    match given
        .get("incident")
        .and_then(|incident| incident.get("id"))
    {
        Some(Value::String(_)) => Ok(Answer::created(store.create(given))),
        _ => Err(Refusal::bad_request(
            "Property 'incident' is required, with its 'id'.",
        )),
    }
}

pub(super) fn get(store: &mut Store, id: &str) -> Result<Answer, Refusal> {
    task(store, id)?;
    store.note_read(id);
    task(store, id).map(Answer::ok)
}

pub(super) fn update(
    store: &mut Store,
    id: &str,
    if_match: Option<&str>,
    body: &[u8],
) -> Result<Answer, Refusal> {
    let current = task(store, id)?;
    if let (Some(wanted), Some(etag)) = (if_match, current["@odata.etag"].as_str())
        && !["*", etag].contains(&wanted)
    {
        return Err(Refusal::changed_meanwhile());
    }
    let changes = object(body)?;
    for (name, value) in &changes {
        if name != "status" {
            return Err(Refusal::bad_request(format!(
                "Property '{name}' can't be changed."
            )));
        }
        among(name, value, &STATUSES)?;
    }
    let changed = store.change(id, Value::Object(changes));
    changed.map(Answer::ok).ok_or_else(|| Refusal::no_task(id))
}

pub(super) fn delete(store: &mut Store, id: &str) -> Result<Answer, Refusal> {
    task(store, id)?;
    store.delete(id);
    Ok(Answer::no_content())
}

pub(super) fn execute(store: &mut Store, id: &str) -> Result<Answer, Refusal> {
    let task = task(store, id)?;
    let action_type = task["actionType"].as_str().unwrap_or_default();
    if !EXECUTABLE.contains(&action_type) {
        return Err(Refusal::unsupported_action_type(action_type));
    }
    store.run(id, action_type);
    Ok(Answer::no_content())
}

/// The task of an ID, which has to be a GUID as GUIDs are usually written.
fn task(store: &Store, id: &str) -> Result<Value, Refusal> {
    if id.len() != 36 || Uuid::try_parse(id).is_err() {
        return Err(Refusal::invalid_id(id));
    }
    store.get(id).ok_or_else(|| Refusal::no_task(id))
}

fn object(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(format!("The body is no JSON object: {error}")))
}

/// Holds a value to those that the property takes, where there is a list of them.
fn among(name: &str, value: &Value, values: &[&str]) -> Result<(), Refusal> {
    let fits = value.as_str().is_some_and(|text| values.contains(&text));
    if values.is_empty() || fits {
        return Ok(());
    }
    Err(Refusal::bad_request(format!(
        "{value} is no value of property '{name}'."
    )))
}
