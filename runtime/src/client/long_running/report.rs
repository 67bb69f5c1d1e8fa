//! [`StatusReport`]: what a service answers about an operation, to how it goes.

use std::fmt;
use std::marker::PhantomData;

use http::header::LOCATION;
use http::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::response::header_text;
use super::super::{Error, Response, ServiceError};
use super::{OperationError, OperationErrorKind};
use crate::model;

/// A status report of an operation: of asyncJobStatus, longRunningOperation and their kind, or the
/// result itself. `M` is the type that the documents give it.
#[non_exhaustive]
pub struct StatusReport<M = model::Json> {
    /// The answer: the report, or the result of an operation that has succeeded.
    pub response: Response,
    /// `status` in the service's own word, such as `inProgress`; `None` where the answer has none.
    pub status: Option<String>,
    /// `percentageComplete`, from 0 to 100, where the service says it.
    pub percentage_complete: Option<f64>,
    /// Where the result is, once there is one: the `Location` of the answer, or `resourceLocation` of
    /// the report.
    pub resource_location: Option<String>,
    /// `resourceId`: the id of the result, where the report has it.
    pub resource_id: Option<String>,
    monitor: PhantomData<fn() -> M>,
}

/// What a report comes down to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// Statuses that an operation ends with, in lower case. All others say that it goes on: services
/// name new stages of work.
const ENDS: [(&str, Verdict); 9] = [
    ("succeeded", Verdict::Succeeded),
    ("success", Verdict::Succeeded),
    ("completed", Verdict::Succeeded),
    ("failed", Verdict::Failed),
    ("failure", Verdict::Failed),
    ("deletefailed", Verdict::Failed),
    ("aborted", Verdict::Failed),
    ("cancelled", Verdict::Cancelled),
    ("canceled", Verdict::Cancelled),
];

/// Where reports say where the result is.
const RESOURCE_LOCATIONS: [&str; 2] = ["resourceLocation", "targetResourceLocation"];

impl<M> StatusReport<M> {
    /// Reads an answer of success.
    pub(super) fn read(response: Response) -> (Self, Verdict) {
        let body = match serde_json::from_slice(&response.body) {
            Ok(Value::Object(body)) => body,
            _ => Map::new(),
        };
        let status = status(&body).map(str::to_owned);
        let verdict = verdict(response.status, status.as_deref());
        let text = |name: &str| body.get(name)?.as_str().map(str::to_owned);
        let location = header_text(&response.headers, LOCATION.as_str()).map(str::to_owned);
        let location = location.filter(|_| response.status != StatusCode::ACCEPTED);
        let report = Self {
            status,
            percentage_complete: body.get("percentageComplete").and_then(Value::as_f64),
            resource_location: location
                .or_else(|| RESOURCE_LOCATIONS.iter().find_map(|name| text(name))),
            resource_id: text("resourceId"),
            response,
            monitor: PhantomData,
        };
        (report, verdict)
    }

    /// The news that the result is elsewhere.
    pub(super) fn redirect(error: ServiceError) -> Self {
        let response = Response {
            status: error.status,
            headers: error.headers,
            body: error.body,
            client_request_id: error.client_request_id.unwrap_or_default(),
            method: Method::GET,
            attempts: error.attempts,
        };
        let location = header_text(&response.headers, LOCATION.as_str());
        Self {
            resource_location: location.map(str::to_owned),
            response,
            status: None,
            percentage_complete: None,
            resource_id: None,
            monitor: PhantomData,
        }
    }

    /// The error of an operation of which this is the last report.
    pub(super) fn into_error(self, kind: OperationErrorKind) -> Error {
        Error::Operation(Box::new(OperationError {
            kind,
            status: self.status,
            report: Some(Box::new(ServiceError::new(self.response))),
        }))
    }
}

impl<M: DeserializeOwned> StatusReport<M> {
    /// The report as the type that the documents give it.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is none: services may give the result in place of a last report.
    pub fn operation(&self) -> Result<M, Error> {
        self.response.clone().json()
    }
}

impl<M> Clone for StatusReport<M> {
    fn clone(&self) -> Self {
        Self {
            response: self.response.clone(),
            status: self.status.clone(),
            resource_location: self.resource_location.clone(),
            resource_id: self.resource_id.clone(),
            monitor: PhantomData,
            ..*self
        }
    }
}

// Where the result is may be a link that opens it.
impl<M> fmt::Debug for StatusReport<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusReport")
            .field("response", &self.response)
            .field("status", &self.status)
            .field("percentage_complete", &self.percentage_complete)
            .field("resource_id", &self.resource_id)
            .finish_non_exhaustive()
    }
}

/// The status of a report: `status` itself, or its `state` as print operations have it.
fn status(body: &Map<String, Value>) -> Option<&str> {
    match body.get("status")? {
        Value::String(status) => Some(status),
        Value::Object(status) => status.get("state")?.as_str(),
        _ => None,
    }
}

/// What the HTTP status and the status in the report come down to. An answer other than 202 without
/// a status is the result.
fn verdict(http: StatusCode, status: Option<&str>) -> Verdict {
    let Some(status) = status else {
        return match http {
            StatusCode::ACCEPTED => Verdict::Running,
            _ => Verdict::Succeeded,
        };
    };
    let mut ends = ENDS.iter();
    let end = ends.find(|(name, _)| name.eq_ignore_ascii_case(status));
    end.map_or(Verdict::Running, |(_, verdict)| *verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_answers_come_down_to() {
        let table = [
            (202, "", Verdict::Running),
            (202, r#"{"status":"inProgress"}"#, Verdict::Running),
            (202, r#"{"status":"completed"}"#, Verdict::Succeeded),
            (200, r#"{"status":"not started"}"#, Verdict::Running),
            (200, r#"{"status":"someNewStage"}"#, Verdict::Running),
            (200, r#"{"status":"Succeeded"}"#, Verdict::Succeeded),
            (200, r#"{"status":{"state":"aborted"}}"#, Verdict::Failed),
            (200, r#"{"status":"failed"}"#, Verdict::Failed),
            (200, r#"{"status":"canceled"}"#, Verdict::Cancelled),
            (200, r#"{"id":"1"}"#, Verdict::Succeeded),
            (200, r#"{"status":null}"#, Verdict::Succeeded),
            (204, "", Verdict::Succeeded),
        ];
        for (http, body, expected) in table {
            let http = StatusCode::from_u16(http).expect("a status");
            let body = serde_json::from_str(body).unwrap_or_default();
            assert_eq!(verdict(http, status(&body)), expected, "{http} {body:?}");
        }
        assert!(ENDS.iter().all(|(name, _)| *name == name.to_lowercase()));
    }
}
