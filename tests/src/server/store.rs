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
    /// The tasks whose actions were begun.
    actions: Vec<String>,
    /// How often a task is read until its action is over; `None` for actions without an end.
    reads: Option<u32>,
    has_etags: bool,
    /// Lists show tasks as they were put in.
    lists_lag: bool,
}

#[derive(Debug)]
struct Task {
    id: String,
    members: Map<String, Value>,
    /// The members that it was put in with.
    first: Map<String, Value>,
    /// How often it was changed.
    version: u64,
    /// How often it was read.
    reads: u32,
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
            first: members.clone(),
            members,
            version: 1,
            reads: 0,
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

    pub(super) fn finish_after(&mut self, reads: u32) {
        self.reads = Some(reads);
    }

    pub(super) fn use_etags(&mut self) {
        self.has_etags = true;
    }

    pub(super) fn let_lists_lag(&mut self) {
        self.lists_lag = true;
    }

    pub(super) fn actions(&self) -> &[String] {
        &self.actions
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Value> {
        self.tasks.iter().map(|task| match self.lists_lag {
            true => Value::Object(task.first.clone()),
            false => self.shown(task),
        })
    }

    pub(super) fn get(&self, id: &str) -> Option<Value> {
        let task = self.tasks.iter().find(|task| same(&task.id, id))?;
        Some(self.shown(task))
    }

    /// A task as answers show it.
    fn shown(&self, task: &Task) -> Value {
        let mut members = task.members.clone();
        if self.has_etags {
            let etag = format!("W/\"{}\"", task.version);
            members.insert("@odata.etag".to_owned(), json!(etag));
        }
        Value::Object(members)
    }

    /// Notes that a task was read: so time goes by for its action.
    pub(super) fn note_read(&mut self, id: &str) {
        let reads = self.reads;
        let Some(task) = self.tasks.iter_mut().find(|task| same(&task.id, id)) else {
            return;
        };
        if task.members.get("actionStatus") != Some(&json!("inProgress")) {
            return;
        }
        task.reads += 1;
        if reads.is_some_and(|reads| task.reads >= reads) {
            self.change(id, json!({ "actionStatus": "completed" }));
        }
    }

    /// Replaces members of a task, and notes the time.
    pub(super) fn change(&mut self, id: &str, changes: Value) -> Option<Value> {
        let task = self.tasks.iter_mut().find(|task| same(&task.id, id))?;
        let noted = json!({ "lastModifiedDateTime": now(), "lastModifiedByDisplayName": ACTOR });
        for part in [changes, noted] {
            task.members
                .extend(part.as_object().cloned().unwrap_or_default());
        }
        task.version += 1;
        self.get(id)
    }

    /// Whether there was such a task.
    pub(super) fn delete(&mut self, id: &str) -> bool {
        let before = self.tasks.len();
        self.tasks.retain(|task| !same(&task.id, id));
        self.tasks.len() < before
    }

    /// Runs the action of a task: a task whose action goes wrong goes wrong with it.
    pub(super) fn run(&mut self, id: &str, action_type: &str) {
        self.actions.push(id.to_owned());
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
