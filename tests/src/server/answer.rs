//! What an operation comes to, as HTTP: bodies, the documented form of errors, and request IDs.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Value, json};
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
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: "BadRequest",
            message: message.into(),
        }
    }

    pub(super) fn invalid_id(id: &str) -> Self {
        Self::bad_request(format!("Invalid incidentTask id {id}"))
    }

    pub(super) fn no_task(id: &str) -> Self {
        let message = format!("taskId {id} not found");
        Self {
            status: StatusCode::NOT_FOUND,
            code: "NotFound",
            message,
        }
    }

    pub(super) fn unsupported_action_type(action_type: &str) -> Self {
        let message =
            format!("Action type '{action_type}' is not supported for automated execution.");
        Self {
            status: StatusCode::BAD_REQUEST,
            code: "UnsupportedActionType",
            message,
        }
    }

    pub(super) fn no_such_path(path: &str) -> Self {
        let message = format!("There is nothing at '{path}' that the method can be used on.");
        Self {
            status: StatusCode::NOT_FOUND,
            code: "ResourceNotFound",
            message,
        }
    }

    pub(super) fn unauthorized() -> Self {
        let message = "The access token is missing or not valid.".to_owned();
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: "InvalidAuthenticationToken",
            message,
        }
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

/// The answer to a request that carried `client_request_id`, under a request ID of the server's own.
pub(super) fn response(
    result: Result<Answer, Refusal>,
    client_request_id: Option<&str>,
) -> Response<Body> {
    let request_id = Uuid::new_v4().to_string();
    let client_request_id = client_request_id.unwrap_or(&request_id);
    let (status, body) = match result {
        Ok(answer) => (answer.status, answer.body),
        Err(refusal) => (
            refusal.status,
            Some(refusal.body(&request_id, client_request_id)),
        ),
    };
    let mut response = Response::new(Body::from(
        body.as_ref().map(Value::to_string).unwrap_or_default(),
    ));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if body.is_some() {
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
    }
    for (name, id) in [
        ("request-id", request_id.as_str()),
        ("client-request-id", client_request_id),
    ] {
        if let Ok(id) = HeaderValue::from_str(id) {
            headers.insert(name, id);
        }
    }
    response
}
