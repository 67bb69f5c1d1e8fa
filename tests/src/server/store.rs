//! The tasks, and what becomes of them when their action runs.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Who the server says has changed a task.
const ACTOR: &str = "Defender Experts";

/// The actions that take a while: they are under way when the call returns.
const SLOW: [&str; 2] = ["collectInvestigationPackage", "runAntiVirusScan"];

/// The members of a `responseAction` that may name a device.
const DEVICE_MEMBERS: [&str; 2] = ["deviceId", "identifierValue"];

/// The tasks in the order of their creation, and the devices on which every action goes wrong.
#[derive(Debug, Default)]
pub(super) struct Store {
    tasks: Vec<Task>,
    failing: BTreeSet<String>,
}

#[derive(Debug)]
struct Task {
    id: String,
    members: Map<String, Value>,
}

impl Store {
    pub(super) fn put(&mut self, task: Value) -> String {
        let Value::Object(mut members) = task else {
            panic!("a task is an object, and this is none: {task}");
        };
        let id = members.get("id").and_then(Value::as_str).map(str::to_owned);
        let id = id.unwrap_or_else(|| Uuid::new_v4().to_string());
        members.insert("id".to_owned(), json!(id));
        self.tasks.push(Task {
            id: id.clone(),
            members,
        });
        id
    }

    /// Adds a task made of what the caller gave and what the service sets itself.
    pub(super) fn create(&mut self, given: Map<String, Value>) -> Value {
        let now = now();
        let set = json!({
            "@odata.type": "#microsoft.graph.security.incidentTask",
            "id": Uuid::new_v4().to_string(),
            "createdDateTime": now,
            "createdByDisplayName": ACTOR,
            "lastModifiedDateTime": now,
            "lastModifiedByDisplayName": ACTOR,
            "actionStatus": "notStarted",
        });
        let defaults = json!({ "status": "open", "responseAction": null });
        let mut task = Map::new();
        for part in [defaults, Value::Object(given), set] {
            task.extend(part.as_object().cloned().unwrap_or_default());
        }
        if let Some(Value::Object(incident)) = task.get_mut("incident") {
            let tag = json!("#microsoft.graph.security.incident");
            incident.entry("@odata.type").or_insert(tag);
        }
        let task = Value::Object(task);
        self.put(task.clone());
        task
    }

    pub(super) fn fail_device(&mut self, device: &str) {
        self.failing.insert(device.to_owned());
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Value> {
        self.tasks
            .iter()
            .map(|task| Value::Object(task.members.clone()))
    }

    pub(super) fn get(&self, id: &str) -> Option<Value> {
        let task = self.tasks.iter().find(|task| same(&task.id, id))?;
        Some(Value::Object(task.members.clone()))
    }

    /// Replaces members of a task, and notes the time.
    pub(super) fn change(&mut self, id: &str, changes: Value) -> Option<Value> {
        let task = self.tasks.iter_mut().find(|task| same(&task.id, id))?;
        let noted = json!({ "lastModifiedDateTime": now(), "lastModifiedByDisplayName": ACTOR });
        for part in [changes, noted] {
            task.members
                .extend(part.as_object().cloned().unwrap_or_default());
        }
        Some(Value::Object(task.members.clone()))
    }

    /// Whether there was such a task.
    pub(super) fn delete(&mut self, id: &str) -> bool {
        let before = self.tasks.len();
        self.tasks.retain(|task| !same(&task.id, id));
        self.tasks.len() < before
    }

    /// Runs the action of a task: a task whose action goes wrong goes wrong with it.
    pub(super) fn run(&mut self, id: &str, action_type: &str) {
        let changes = match self.device_fails(id) {
            true => json!({ "actionStatus": "failed", "status": "failed" }),
            false if SLOW.contains(&action_type) => json!({ "actionStatus": "inProgress" }),
            false => json!({ "actionStatus": "completed" }),
        };
        self.change(id, changes);
    }

    fn device_fails(&self, id: &str) -> bool {
        let task = self.get(id).unwrap_or_default();
        let named = DEVICE_MEMBERS
            .iter()
            .filter_map(|name| task["responseAction"][name].as_str());
        named
            .into_iter()
            .any(|device| self.failing.contains(device))
    }
}

/// IDs are GUIDs, whose letters have no case.
fn same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

/// The time as the service writes it, with seven digits behind the second.
fn now() -> String {
    Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%S.%7fZ")
        .to_string()
}
