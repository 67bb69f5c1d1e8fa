//! The generated client against a server that behaves as the pages say, through all six operations.

use futures_util::TryStreamExt;
use graph_runtime::{Error, StaticToken};
use graph_security::GraphClient;
use graph_security::client::security::incident_tasks::by_id::ExecuteResponseAction;
use graph_security::client::security::incident_tasks::{Create, IncidentTasksRequestBuilder};
use graph_security::models::security::{
    Incident, IncidentTask, IncidentTaskActionStatus, IncidentTaskActionType,
    IncidentTaskResponseAction, IncidentTaskSource, IncidentTaskStatus, IncidentTaskUpdate,
    IsolateDeviceIncidentTaskResponseAction, IsolationType, NewIncidentTask,
};
use graph_tests::server::{Server, TOKEN};
use serde_json::json;

const DEVICE: &str = "02851525-dc00-438b-83f5-3b2947bf4a48";

/// A GUID that no task has.
const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

fn client(server: &Server, token: &str) -> GraphClient {
    let builder = GraphClient::builder(StaticToken::new(token)).endpoint(server.endpoint());
    builder.build().expect("loopback needs no TLS")
}

fn tasks(server: &Server) -> IncidentTasksRequestBuilder {
    client(server, TOKEN).security().incident_tasks()
}

/// A task that asks for a device to be isolated.
fn isolation() -> NewIncidentTask {
    let action = IsolateDeviceIncidentTaskResponseAction::new()
        .identifier_value(DEVICE)
        .isolation_type(IsolationType::Full);
    NewIncidentTask::new(Incident::new().id("123"))
        .display_name("Isolate device testmachine20")
        .status(IncidentTaskStatus::Open)
        .source(IncidentTaskSource::DefenderExpertsManagedResponse)
        .action_type(IncidentTaskActionType::IsolateDevice)
        .response_action(action)
}

async fn created(server: &Server) -> String {
    let task = tasks(server)
        .create(isolation())
        .await
        .expect("the task is created");
    task.id.expect("a created task has an ID")
}

/// The status and the code of an error that the service answered with.
fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (u16, String) {
    match result.expect_err("the service refuses") {
        Error::Service(error) => (error.status.as_u16(), error.code.unwrap_or_default()),
        other => panic!("not an answer of the service: {other}"),
    }
}

#[tokio::test]
async fn create_sends_what_was_set_and_gives_the_new_task() {
    let server = Server::start().await;
    let task = tasks(&server)
        .create(isolation())
        .await
        .expect("the task is created");
    let request = server.last_request();
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/beta/security/incidentTasks")
    );
    let sent = json!({
        "incident": { "id": "123" },
        "displayName": "Isolate device testmachine20",
        "status": "open",
        "source": "defenderExpertsManagedResponse",
        "actionType": "isolateDevice",
        "responseAction": {
            "@odata.type": "#microsoft.graph.security.isolateDeviceIncidentTaskResponseAction",
            "identifierValue": DEVICE,
            "isolationType": "full",
        },
    });
    assert_eq!(request.json(), sent);
    assert_eq!(
        task.action_status,
        Some(IncidentTaskActionStatus::NotStarted)
    );
    assert_eq!(
        task.incident.and_then(|incident| incident.id).as_deref(),
        Some("123")
    );
    let created = task
        .created_date_time
        .expect("the service notes the time")
        .to_string();
    let fraction = created
        .trim_end_matches('Z')
        .rsplit('.')
        .next()
        .map(str::len);
    assert_eq!(fraction, Some(7), "{created}");
    let Some(IncidentTaskResponseAction::IsolateDevice(action)) = task.response_action else {
        panic!("another action came back: {:?}", task.response_action);
    };
    assert_eq!(action.isolation_type, Some(IsolationType::Full));
}

#[tokio::test]
async fn create_refuses_each_type_that_the_constant_lists() {
    let server = Server::start().await;
    for action_type in Create::UNSUPPORTED_ACTION_TYPES {
        let task = isolation().action_type(action_type.clone());
        let result = tasks(&server).create(task).await;
        assert_eq!(
            refusal(result),
            (400, "BadRequest".to_owned()),
            "{action_type}"
        );
    }
}

#[tokio::test]
async fn list_filters_sorts_and_selects() {
    let server = Server::start().await;
    for (name, status, changed) in [
        ("early", "open", "2023-06-27T10:49:33.98Z"),
        ("done", "completed", "2023-06-28T10:49:33.98Z"),
        ("late", "open", "2023-06-29T10:49:33.98Z"),
    ] {
        server.put(json!({
            "displayName": name, "status": status, "actionType": "text", "lastModifiedDateTime": changed,
        }));
    }
    let list = tasks(&server)
        .list()
        .filter("status eq 'open' and actionType eq 'text'")
        .order_by(["lastModifiedDateTime desc"])
        .select(["displayName", "status"])
        .await
        .expect("the tasks are listed");
    let names: Vec<_> = list
        .value
        .iter()
        .filter_map(|task| task.display_name.as_deref())
        .collect();
    assert_eq!(names, ["late", "early"]);
    assert!(
        list.value
            .iter()
            .all(|task| task.id.is_none() && task.action_type.is_none())
    );
    assert_eq!(list.next_link, None);
}

#[tokio::test]
async fn a_stream_follows_the_pages_to_the_last() {
    let server = Server::start().await;
    for number in 0..7 {
        let status = if number % 2 == 0 { "open" } else { "failed" };
        server.put(json!({ "displayName": number.to_string(), "status": status }));
    }
    let request = tasks(&server).list().filter("status eq 'open'").top(1);
    let found: Vec<IncidentTask> = request
        .into_stream()
        .try_collect()
        .await
        .expect("every page comes");
    let names: Vec<_> = found
        .iter()
        .filter_map(|task| task.display_name.as_deref())
        .collect();
    assert_eq!(names, ["0", "2", "4", "6"]);
    let requests = server.requests();
    assert_eq!(requests.len(), 4, "one request a page");
    for request in &requests {
        assert_eq!(
            request.query[0],
            ("$filter".to_owned(), "status eq 'open'".to_owned())
        );
        assert_eq!(
            request.header("authorization"),
            Some("Bearer token-of-the-tests")
        );
    }
}

#[tokio::test]
async fn pages_hold_what_the_service_gives_at_once() {
    let server = Server::start().await;
    for number in 0..5 {
        server.put(json!({ "displayName": number.to_string() }));
    }
    let pages = tasks(&server).list().top(2).into_pages();
    let sizes: Vec<usize> = pages
        .map_ok(|page| page.value.len())
        .try_collect()
        .await
        .expect("every page comes");
    assert_eq!(sizes, [2, 2, 1]);
}

#[tokio::test]
async fn get_gives_the_task() {
    let server = Server::start().await;
    let id = created(&server).await;
    let task = tasks(&server)
        .by_id(&id)
        .get()
        .await
        .expect("the task is there");
    assert_eq!(task.id.as_deref(), Some(id.as_str()));
    let request = server.last_request();
    assert_eq!(request.path, format!("/beta/security/incidentTasks/{id}"));
    assert_eq!(
        request.header("prefer"),
        Some("include-unknown-enum-members")
    );
    assert!(request.header("client-request-id").is_some());
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn update_sends_the_status_and_nothing_else() {
    let server = Server::start().await;
    let id = created(&server).await;
    let done = IncidentTaskUpdate::new().status(IncidentTaskStatus::Completed);
    let task = tasks(&server)
        .by_id(&id)
        .update(done)
        .await
        .expect("the status is changed");
    assert_eq!(task.status, Some(IncidentTaskStatus::Completed));
    let request = server.last_request();
    assert_eq!(request.method, "PATCH");
    assert_eq!(request.body, r#"{"status":"completed"}"#.as_bytes());
    let read = tasks(&server)
        .by_id(&id)
        .get()
        .await
        .expect("the task is there");
    assert_eq!(read.status, Some(IncidentTaskStatus::Completed));
}

#[tokio::test]
async fn update_of_anything_else_is_refused_by_name() {
    let server = Server::start().await;
    let id = created(&server).await;
    let mut body = IncidentTaskUpdate::new();
    body.additional_properties
        .insert("displayName".to_owned(), json!("New"));
    let error = tasks(&server)
        .by_id(&id)
        .update(body)
        .await
        .expect_err("only the status can change");
    assert!(error.to_string().contains("displayName"), "{error}");
    let unheard_of = IncidentTaskUpdate::new().status(IncidentTaskStatus::from("paused"));
    let result = tasks(&server).by_id(&id).update(unheard_of).await;
    assert_eq!(refusal(result), (400, "BadRequest".to_owned()));
}

#[tokio::test]
async fn an_action_is_carried_out() {
    let server = Server::start().await;
    let id = created(&server).await;
    tasks(&server)
        .by_id(&id)
        .execute_response_action()
        .await
        .expect("the action is taken on");
    let request = server.last_request();
    assert_eq!(
        request.path,
        format!("/beta/security/incidentTasks/{id}/executeResponseAction")
    );
    assert!(request.body.is_empty());
    let task = tasks(&server)
        .by_id(&id)
        .get()
        .await
        .expect("the task is there");
    assert_eq!(
        task.action_status,
        Some(IncidentTaskActionStatus::Completed)
    );
    assert_eq!(task.status, Some(IncidentTaskStatus::Open));
}

#[tokio::test]
async fn a_task_whose_action_fails_gets_the_status_failed() {
    let server = Server::start().await;
    server.fail_device(DEVICE);
    let id = created(&server).await;
    tasks(&server)
        .by_id(&id)
        .execute_response_action()
        .await
        .expect("the action is taken on");
    let task = tasks(&server)
        .by_id(&id)
        .get()
        .await
        .expect("the task is there");
    assert_eq!(task.action_status, Some(IncidentTaskActionStatus::Failed));
    assert_eq!(task.status, Some(IncidentTaskStatus::Failed));
}

#[tokio::test]
async fn exactly_the_supported_types_are_carried_out() {
    let server = Server::start().await;
    let all = members::<IncidentTaskActionType>();
    assert_eq!(all.len(), 16);
    for action_type in all {
        let id = server.put(json!({ "actionType": action_type.as_str() }));
        let result = tasks(&server).by_id(&id).execute_response_action().await;
        if ExecuteResponseAction::SUPPORTED_ACTION_TYPES.contains(&action_type) {
            result.unwrap_or_else(|error| panic!("{action_type}: {error}"));
            continue;
        }
        let error = result.expect_err("the type is not supported");
        assert_eq!(
            error.code(),
            Some(ExecuteResponseAction::UNSUPPORTED_ACTION_TYPE)
        );
        let message =
            format!("Action type '{action_type}' is not supported for automated execution.");
        assert!(error.to_string().contains(&message), "{error}");
    }
}

/// The documented members of an enumeration.
fn members<E: graph_runtime::model::OpenEnum + Clone + 'static>() -> Vec<E> {
    E::MEMBERS
        .iter()
        .map(|(_, member)| member.clone())
        .collect()
}

#[tokio::test]
async fn an_id_that_is_no_guid_is_refused_and_one_of_nobody_is_not_found() {
    let server = Server::start().await;
    for (id, status, code, message) in [
        (
            "213213",
            400,
            ExecuteResponseAction::BAD_REQUEST,
            "Invalid incidentTask id 213213",
        ),
        (
            "a/b?c",
            400,
            ExecuteResponseAction::BAD_REQUEST,
            "Invalid incidentTask id a/b?c",
        ),
        (
            NOBODY,
            404,
            ExecuteResponseAction::NOT_FOUND,
            "taskId 00000000-0000-4000-8000-000000000000 not found",
        ),
    ] {
        let task = tasks(&server).by_id(id);
        let update = IncidentTaskUpdate::new().status(IncidentTaskStatus::Open);
        let refusals = [
            task.execute_response_action().await,
            task.get().await.map(drop),
            task.update(update).await.map(drop),
            task.delete().await,
        ];
        for error in refusals.map(|result| result.expect_err("the task can't be there")) {
            assert_eq!(error.status().map(|s| s.as_u16()), Some(status), "{error}");
            assert_eq!(error.code(), Some(code));
            assert!(error.to_string().contains(message), "{error}");
        }
    }
}

#[tokio::test]
async fn errors_carry_the_ids_of_the_request() {
    let server = Server::start().await;
    let error = tasks(&server)
        .by_id("213213")
        .get()
        .await
        .expect_err("the ID is no GUID");
    let sent = server.last_request();
    let Error::Service(error) = error else {
        panic!("not an answer of the service: {error}")
    };
    assert_eq!(
        error.client_request_id.as_deref(),
        sent.header("client-request-id")
    );
    let inner = error
        .inner_error
        .expect("the documented form has an inner error");
    assert_eq!(inner.client_request_id, error.client_request_id);
    assert_eq!(inner.request_id, error.request_id);
    assert!(error.request_id.is_some() && inner.date.is_some());
}

#[tokio::test]
async fn a_deleted_task_is_gone() {
    let server = Server::start().await;
    let id = created(&server).await;
    tasks(&server)
        .by_id(&id)
        .delete()
        .await
        .expect("the task is removed");
    assert_eq!(server.last_request().method, "DELETE");
    let result = tasks(&server).by_id(&id).get().await;
    assert_eq!(refusal(result), (404, "NotFound".to_owned()));
}

#[tokio::test]
async fn a_token_that_is_not_valid_is_answered_with_401() {
    let server = Server::start().await;
    let result = client(&server, "stale")
        .security()
        .incident_tasks()
        .list()
        .await;
    assert_eq!(refusal(result).0, 401);
}
