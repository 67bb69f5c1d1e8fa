//! What an operation comes to, as HTTP: bodies, the documented form of errors, and request IDs.

use std::io;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode};
use futures_util::stream;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A successful answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// None for `204 No Content`.
    pub(super) body: Option<Value>,
}

impl Answer {
    pub(super) fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            body: Some(body),
        }
    }

    pub(super) fn created(body: Value) -> Self {
        Self {
            status: StatusCode::CREATED,
            body: Some(body),
        }
    }

    pub(super) fn no_content() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            body: None,
        }
    }
}

/// An error, with the code and the message of its body.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    pub(super) fn throttled() -> Self {
        let message = "Too many requests were sent.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", message)
    }

    pub(super) fn changed_meanwhile() -> Self {
        let message = "The task is not what 'If-Match' says any more.";
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "PreconditionFailed",
            message,
        )
    }

    pub(super) fn invalid_id(id: &str) -> Self {
        Self::bad_request(format!("Invalid incidentTask id {id}"))
    }

    pub(super) fn no_task(id: &str) -> Self {
        let message = format!("taskId {id} not found");
        Self::new(StatusCode::NOT_FOUND, "NotFound", message)
    }

    pub(super) fn unsupported_action_type(action_type: &str) -> Self {
        let message =
            format!("Action type '{action_type}' is not supported for automated execution.");
        Self::new(StatusCode::BAD_REQUEST, "UnsupportedActionType", message)
    }

    pub(super) fn no_such_path(path: &str) -> Self {
        let message = format!("There is nothing at '{path}' that the method can be used on.");
        Self::new(StatusCode::NOT_FOUND, "ResourceNotFound", message)
    }

    pub(super) fn unauthorized() -> Self {
        let message = "The access token is missing or not valid.".to_owned();
        Self::new(
            StatusCode::UNAUTHORIZED,
            "InvalidAuthenticationToken",
            message,
        )
    }

    fn body(&self, request_id: &str, client_request_id: &str) -> Value {
        // The documented dates of errors have no time zone, unlike those of tasks.
        let date = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S").to_string();
        json!({
            "error": {
                "code": self.code,
                "message": self.message,
                "innerError": {
                    "date": date,
                    "request-id": request_id,
                    "client-request-id": client_request_id,
                }
            }
        })
    }
}

/// An answer in the parts that HTTP has, by itself or in a batch.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) status: StatusCode,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
}

impl Told {
    /// The answer to a request that carried `client_request_id`, under a request ID of the server's own.
    pub(super) fn new(result: Result<Answer, Refusal>, client_request_id: Option<&str>) -> Self {
        let request_id = Uuid::new_v4().to_string();
        let client_request_id = client_request_id.unwrap_or(&request_id).to_owned();
        let (status, body) = match result {
            Ok(answer) => (answer.status, answer.body),
            Err(refusal) => (
                refusal.status,
                Some(refusal.body(&request_id, &client_request_id)),
            ),
        };
        let mut headers = vec![
            ("request-id", request_id),
            ("client-request-id", client_request_id),
        ];
        if body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            headers.push(("retry-after", "0".to_owned()));
        }
        Self {
            status,
            headers,
            body,
        }
    }

    /// The answer by itself.
    pub(super) fn response(self) -> Response<Body> {
        let body = self.body.as_ref().map(Value::to_string);
        let mut response = Response::new(Body::from(body.unwrap_or_default()));
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            // An ID that is no header is one that the caller made up.
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    /// The answer to the request of that ID in a batch.
    pub(super) fn part(self, id: &Value) -> Value {
        let headers: Map<String, Value> = self
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect();
        let mut part = json!({ "id": id, "status": self.status.as_u16(), "headers": headers });
        if let Some(body) = self.body {
            part["body"] = body;
        }
        part
    }
}

/// An answer that breaks off before its body comes, and the connection with it.
pub(super) fn broken() -> Response<Body> {
    Response::new(Body::from_stream(stream::once(async {
        Err::<Bytes, _>(io::Error::other("lost on the way"))
    })))
}
