//! A JSON batch into the requests in it, and their answers into one
//! (<https://learn.microsoft.com/graph/json-batching>).

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};

use super::answer::{Answer, Refusal, Told};
use super::{Recorded, VERSION, query};

/// How many requests a batch may hold.
const MAX_PARTS: usize = 20;

/// Answers each request of a batch by itself. The answers come last first, as any order will do.
pub(super) fn answer(
    batch: &Recorded,
    answer_to_one: impl Fn(&Recorded) -> Result<Answer, Refusal>,
) -> Result<Answer, Refusal> {
    let body = batch.json();
    let parts = body["requests"].as_array();
    let parts = parts.ok_or_else(|| Refusal::bad_request("A batch has 'requests'."))?;
    if parts.is_empty() || parts.len() > MAX_PARTS {
        let message = format!("A batch holds 1 to {MAX_PARTS} requests.");
        return Err(Refusal::bad_request(message));
    }
    let mut responses = Vec::new();
    for part in parts {
        let request = request(part)?;
        let result = answer_to_one(&request);
        let told = Told::new(result, batch.header("client-request-id"));
        responses.insert(0, told.part(&part["id"]));
    }
    Ok(Answer::ok(json!({ "responses": responses })))
}

/// One request of a batch, as if it had come by itself.
fn request(part: &Value) -> Result<Recorded, Refusal> {
    let text = |name: &str| {
        let text = part[name].as_str();
        text.ok_or_else(|| Refusal::bad_request(format!("A request has '{name}'.")))
    };
    text("id")?;
    let (path, query) = match text("url")?.split_once('?') {
        Some((path, query)) => (path, query),
        None => (text("url")?, ""),
    };
    let method = Method::from_bytes(text("method")?.as_bytes());
    Ok(Recorded {
        method: method.map_err(|error| Refusal::bad_request(error.to_string()))?,
        path: format!("/{VERSION}{path}"),
        query: query::pairs(query),
        headers: headers(&part["headers"]),
        body: match &part["body"] {
            Value::Null => Default::default(),
            body => body.to_string().into(),
        },
    })
}

fn headers(object: &Value) -> HeaderMap {
    let members = object.as_object().into_iter().flatten();
    members
        .filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_str(value.as_str()?).ok()?))
        })
        .collect()
}
