//! The query of a list request into the options that the page documents.

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::answer::Refusal;

/// How many tasks a page holds when nobody says, and at most.
const MAX_PAGE: usize = 500;

/// What `$filter` works on, and whether the values are times.
const FILTERABLE: [(&str, bool); 4] = [
    ("status", false),
    ("actionType", false),
    ("createdDateTime", true),
    ("lastModifiedDateTime", true),
];

/// What `$orderby` works on.
const SORTABLE: &str = "lastModifiedDateTime";

/// The options of a list request.
#[derive(Debug)]
pub(super) struct Options {
    conditions: Vec<Condition>,
    order: Option<Order>,
    select: Option<Vec<String>>,
    pub(super) top: usize,
    pub(super) skip: usize,
}

/// `property eq value`
#[derive(Debug)]
struct Condition {
    property: String,
    value: Literal,
}

#[derive(Debug)]
enum Literal {
    Text(String),
    Time(Timestamp),
}

#[derive(Clone, Copy, Debug)]
enum Order {
    Ascending,
    Descending,
}

impl Options {
    pub(super) fn parse(query: &[(String, String)]) -> Result<Self, Refusal> {
        let mut options = Self {
            conditions: Vec::new(),
            order: None,
            select: None,
            top: MAX_PAGE,
            skip: 0,
        };
        for (name, value) in query {
            match name.as_str() {
                "$filter" => options.conditions = conditions(value)?,
                "$orderby" => options.order = Some(order(value)?),
                "$select" => options.select = Some(value.split(',').map(str::to_owned).collect()),
                "$top" => options.top = number(value, 1)?,
                "$skip" => options.skip = number(value, 0)?,
                _ => {
                    return Err(Refusal::bad_request(format!(
                        "Query option '{name}' is not supported."
                    )));
                }
            }
        }
        Ok(options)
    }

    pub(super) fn admits(&self, task: &Value) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition.holds(task))
    }

    pub(super) fn sort(&self, tasks: &mut [Value]) {
        match self.order {
            Some(Order::Ascending) => tasks.sort_by_key(last_modified),
            Some(Order::Descending) => {
                tasks.sort_by_key(|task| std::cmp::Reverse(last_modified(task)))
            }
            None => {}
        }
    }

    /// The task with the selected properties alone.
    pub(super) fn project(&self, task: Value) -> Value {
        match (task, &self.select) {
            (Value::Object(mut members), Some(selected)) => {
                members.retain(|name, _| name.starts_with('@') || selected.contains(name));
                Value::Object(members)
            }
            (task, _) => task,
        }
    }
}

impl Condition {
    fn holds(&self, task: &Value) -> bool {
        let actual = task.get(&self.property).and_then(Value::as_str);
        match &self.value {
            Literal::Text(text) => actual == Some(text),
            Literal::Time(time) => actual.and_then(|a| a.parse().ok()) == Some(*time),
        }
    }
}

/// The pairs of a query, decoded. A plus sign is a plus sign: OData's addresses follow RFC 3986.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

/// The address of the page that begins behind `skip` tasks: the same query otherwise.
pub(super) fn next_link(root: &str, query: &[(String, String)], skip: usize) -> String {
    /// What RFC 3986 leaves as it is, and the sign that the names of system options begin with.
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'$')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    let kept = query.iter().filter(|(name, _)| name != "$skip");
    let mut pairs: Vec<String> = kept
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, KEPT)))
        .collect();
    pairs.push(format!("$skip={skip}"));
    format!("{root}/security/incidentTasks?{}", pairs.join("&"))
}

fn last_modified(task: &Value) -> Option<Timestamp> {
    task.get(SORTABLE)?.as_str()?.parse().ok()
}

fn number(text: &str, least: usize) -> Result<usize, Refusal> {
    let parsed = text.parse().ok().filter(|number| *number >= least);
    parsed
        .ok_or_else(|| Refusal::bad_request(format!("'{text}' is not a count.")))
        .map(|number: usize| {
            if least == 0 {
                number
            } else {
                number.min(MAX_PAGE)
            }
        })
}

fn order(text: &str) -> Result<Order, Refusal> {
    match text.split_whitespace().collect::<Vec<_>>().as_slice() {
        [SORTABLE] | [SORTABLE, "asc"] => Ok(Order::Ascending),
        [SORTABLE, "desc"] => Ok(Order::Descending),
        _ => Err(Refusal::bad_request(format!(
            "Tasks can't be sorted by '{text}'."
        ))),
    }
}

fn conditions(filter: &str) -> Result<Vec<Condition>, Refusal> {
    filter.split(" and ").map(condition).collect()
}

fn condition(text: &str) -> Result<Condition, Refusal> {
    let refused = || Refusal::bad_request(format!("Tasks can't be filtered by '{text}'."));
    let (property, value) = text.trim().split_once(" eq ").ok_or_else(refused)?;
    let known = FILTERABLE.iter().find(|(name, _)| *name == property);
    let (_, is_time) = known.ok_or_else(refused)?;
    let value = match is_time {
        true => value.parse().map(Literal::Time).map_err(|_| refused())?,
        false => Literal::Text(quoted(value).ok_or_else(refused)?),
    };
    Ok(Condition {
        property: property.to_owned(),
        value,
    })
}

/// The text of a literal in single quotes, in which a quote is doubled.
fn quoted(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}
