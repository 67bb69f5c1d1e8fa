//! Documented exchanges replayed: those that hold pass, those that don't say what differs.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use graph_runtime::model::Collection;
use graph_runtime::replay::Exchange;
use graph_runtime::{
    Client, Error, Json, NoContent, Operation, Permissions, Request, Single, Text, Undocumented,
};
use serde_json::{Value, json};

const GET: Operation = operation("GET");
const PATCH: Operation = operation("PATCH");
const POST: Operation = operation("POST");

const fn operation(method: &'static str) -> Operation {
    Operation {
        name: "An operation",
        method,
        path_templates: &[],
        permissions: Permissions {
            delegated_work: None,
            delegated_personal: None,
            application: None,
        },
        errors: &[],
        documentation: None,
    }
}

const UPDATE: &str = r#"PATCH https://graph.microsoft.com/beta/security/incidentTasks/213213
Content-type: application/json; charset=utf-8
Authorization: Bearer {token}
Content-length: 999
Prefer: return=representation

{
    "status": "completed",
    "weight": 5.0
}"#;

const UPDATED: &str = r##"HTTP/1.1 200 OK
Content-Type: application/json
Content-length: 999

{
    "@odata.type": "#microsoft.graph.security.incidentTask",
    "id": "213213",
    "responseAction": null,
    "weight": 5
}"##;

/// As generated code wraps the client.
struct GraphClient(Client);

impl From<Client> for GraphClient {
    fn from(client: Client) -> Self {
        Self(client)
    }
}

impl GraphClient {
    fn update(&self, id: &str, body: &Value) -> Request<Undocumented<Json<Value>>> {
        let task = self
            .0
            .root()
            .segment("security")
            .segment("incidentTasks")
            .key(id);
        task.undocumented(&PATCH)
            .body(body)
            .header("Prefer", "return=representation")
    }
}

/// The text of the panic that replaying a call ends in.
async fn panic_of(replayed: impl Future<Output = ()>) -> String {
    let panic = AssertUnwindSafe(replayed)
        .catch_unwind()
        .await
        .expect_err("a panic");
    *panic.downcast::<String>().expect("a text")
}

#[tokio::test]
async fn an_exchange_that_holds() {
    let exchange = Exchange::new(UPDATE, UPDATED);
    let body: Value = exchange.body();
    assert_eq!(body["status"], "completed");
    let equal = json!({"weight": 5, "status": "completed"});
    exchange
        .replay(|client: GraphClient| client.update("213213", &equal).send())
        .await;
    exchange
        .replay::<GraphClient, _>(async |client| client.update("213213", &body).await)
        .await;
}

#[tokio::test]
async fn a_request_that_differs_is_named() {
    let right = json!({"status": "completed", "weight": 5});
    let wrong = json!({"status": "open", "weight": 5});
    let extra = json!({"status": "completed", "weight": 5, "id": "1"});
    let table = [
        (
            "1",
            &right,
            "path:\n  documented: [\"beta\", \"security\", \"incidentTasks\", \"213213\"]",
        ),
        (
            "213213",
            &wrong,
            "body: status:\n  documented: \"completed\"\n  actual:     \"open\"",
        ),
        (
            "213213",
            &extra,
            "body: id:\n  documented: nothing\n  actual:     \"1\"",
        ),
    ];
    for (id, body, difference) in table {
        let exchange = Exchange::new(UPDATE, UPDATED);
        let text =
            panic_of(exchange.replay(|client: GraphClient| client.update(id, body).send())).await;
        assert!(
            text.starts_with("PATCH https://graph.microsoft.com/beta/security"),
            "{text}"
        );
        assert!(text.contains(difference), "{text}");
    }
}

#[tokio::test]
async fn methods_queries_and_headers_that_differ_are_named() {
    let table = [
        ("POST /v1.0/a", "method:\n  documented: \"POST\""),
        (
            "GET /v1.0/a?$top=5",
            "query:\n  documented: [(\"$top\", \"5\")]\n  actual:     []",
        ),
        (
            "GET /v1.0/a\nIf-Match: x",
            "header `if-match`:\n  documented: \"x\"\n  actual:     \"\"",
        ),
        (
            "GET /v1.0/a\nPrefer: x",
            "header `prefer`:\n  documented: \"x\"",
        ),
        (
            "GET /v1.0/a\n\n{\"b\":1}",
            "body:\n  documented: \"{\\\"b\\\":1}\"\n  actual:     \"\"",
        ),
    ];
    for (request, difference) in table {
        let exchange = Exchange::new(request, "HTTP/1.1 204 No Content");
        let text = panic_of(exchange.replay(get_a)).await;
        assert!(text.contains(difference), "{text}");
    }
}

fn get_a(client: Client) -> graph_runtime::BoxFuture<'static, Result<(), Error>> {
    client
        .root()
        .segment("a")
        .undocumented::<NoContent>(&GET)
        .send()
}

#[tokio::test]
async fn calls_that_make_no_request_or_two_are_refused() {
    let exchange = Exchange::new("GET /v1.0/a", "HTTP/1.1 204 No Content");
    exchange.replay(get_a).await;
    let none = panic_of(exchange.replay(async |_: Client| Ok(()))).await;
    assert!(none.ends_with("the call sent no request"), "{none}");
    let two = async |client: Client| {
        get_a(client.clone()).await?;
        get_a(client).await
    };
    let two = panic_of(exchange.replay(two)).await;
    assert!(two.ends_with("the call sent 2 requests"), "{two}");
    let unsendable =
        async |client: Client| client.root().key("").undocumented::<NoContent>(&GET).await;
    let unsendable = panic_of(exchange.replay(unsendable)).await;
    assert!(
        unsendable.contains("the call failed: the request can't be sent"),
        "{unsendable}"
    );
}

#[tokio::test]
async fn queries_in_any_order_and_placeholders_as_text() {
    let exchange = Exchange::new(
        "GET https://graph.microsoft.com/v1.0/users/{id | name}/tasks?$top=5&$filter=name eq 'a b' HTTP/1.1",
        "HTTP/1.1 200 OK\nContent-type: application/json\n{\"@odata.context\": \"c\", \"value\": [1, 2]}",
    );
    exchange
        .replay(|client: Client| {
            let tasks = client
                .root()
                .segment("users")
                .key("{id | name}")
                .segment("tasks");
            let request = tasks.undocumented::<Json<Collection<i32>>>(&GET);
            request
                .query("$filter", "name eq 'a b'")
                .query("$top", 5)
                .send()
        })
        .await;
    let single = async |client: Client| {
        let tasks = client
            .root()
            .segment("users")
            .key("{id | name}")
            .segment("tasks");
        let request = tasks.undocumented::<Single<Vec<i32>>>(&GET);
        request
            .query("$filter", "name eq 'a b'")
            .query("$top", 5)
            .await
    };
    exchange.replay(single).await;
}

#[tokio::test]
async fn an_endpoint_with_a_longer_path() {
    let request = "GET https://api.example/api/v2/a";
    let exchange = Exchange::new(request, "HTTP/1.1 204 No Content");
    let text = panic_of(exchange.replay(get_a)).await;
    assert!(text.contains("path:"), "{text}");
    exchange.base_path("/api/v2").replay(get_a).await;
}

#[tokio::test]
async fn a_response_that_loses_something_is_named() {
    let exchange = Exchange::new(
        "GET /beta/a",
        r#"HTTP/1.1 200 OK

{"id": "1", "inner": {"kept": 1, "lost": null}}"#,
    );
    let losing = async |client: Client| {
        let mut value = client
            .root()
            .segment("a")
            .undocumented::<Json<Value>>(&GET)
            .await?;
        value["inner"]
            .as_object_mut()
            .map(|inner| inner.remove("lost"));
        Ok(value)
    };
    let text = panic_of(exchange.replay(losing)).await;
    let difference = "inner.lost:\n  documented: null\n  actual:     nothing";
    assert!(text.ends_with(difference), "{text}");
    let ignoring = panic_of(exchange.replay(get_a)).await;
    assert!(
        ignoring.contains("does not round-trip: the whole:"),
        "{ignoring}"
    );
}

#[tokio::test]
async fn a_single_is_the_number_that_is_documented() {
    let exchange = Exchange::new(
        "GET /v1.0/a",
        "HTTP/1.1 200 OK\nContent-type: application/json\n\n[1.1, 0.1, 16777216, 3.4e38]",
    );
    let singles = |client: Client| {
        let place = client.root().segment("a");
        place.undocumented::<Json<Vec<f32>>>(&GET).send()
    };
    exchange.replay(singles).await;
    let exchange = Exchange::new(
        "GET /v1.0/a",
        "HTTP/1.1 200 OK\nContent-type: application/json\n\n[4.666666666666667]",
    );
    let panic = panic_of(exchange.replay(singles)).await;
    assert!(panic.contains("actual:     4.666"), "{panic}");
}

#[tokio::test]
async fn text_responses() {
    let exchange = Exchange::new(
        "GET /beta/a",
        "HTTP/1.1 200 OK\nContent-type: text/plain\n\nhello there",
    );
    let text = async |client: Client| client.root().segment("a").undocumented::<Text>(&GET).await;
    exchange.replay(text).await;
}

const REFUSED: &str = r#"HTTP/1.1 400 Bad Request
Content-Type: application/json

{
    "error": {
        "code": "UnsupportedActionType",
        "message": "Action type 'x' is not supported.",
        "innerError": {"request-id": "1"}
    }
}"#;

#[tokio::test]
async fn documented_errors() {
    let post = |client: Client| {
        client
            .root()
            .segment("a")
            .undocumented::<NoContent>(&POST)
            .send()
    };
    let exchange = Exchange::new("POST /beta/a", REFUSED);
    exchange.replay_error(post).await;
    let text = panic_of(exchange.replay(post)).await;
    assert!(
        text.contains("the call failed: 400 Bad Request, UnsupportedActionType"),
        "{text}"
    );

    let succeeding = Exchange::new("POST /beta/a", "HTTP/1.1 204 No Content");
    let text = panic_of(succeeding.replay_error(post)).await;
    assert!(
        text.contains("succeeded where an error is documented"),
        "{text}"
    );

    let other = async |client: Client| {
        client
            .root()
            .segment("a")
            .undocumented::<NoContent>(&POST)
            .await
            .map_err(|error| match error {
                Error::Service(mut error) => {
                    error.code = Some("Other".to_owned());
                    Error::Service(error)
                }
                error => error,
            })
    };
    let text = panic_of(exchange.replay_error(other)).await;
    assert!(
        text.contains("code:\n  documented: Some(\"UnsupportedActionType\")"),
        "{text}"
    );
}

#[test]
fn texts_that_are_no_messages_are_refused() {
    let table = [
        (
            "/beta/a",
            "HTTP/1.1 200 OK",
            "`/beta/a` does not start a request",
        ),
        ("GET /beta/a", "OK", "`OK` does not start a response"),
    ];
    for (request, response, expected) in table {
        let panic =
            std::panic::catch_unwind(|| Exchange::new(request, response)).expect_err(request);
        assert_eq!(*panic.downcast::<String>().expect("a text"), expected);
    }
}

#[test]
fn a_body_that_does_not_decode_is_shown() {
    let exchange = Exchange::new(UPDATE, UPDATED);
    let panic = std::panic::catch_unwind(|| exchange.body::<Vec<i32>>()).expect_err("an object");
    let text = panic.downcast::<String>().expect("a text");
    assert!(
        text.contains("does not decode: invalid type: map"),
        "{text}"
    );
    assert!(text.contains("\"status\": \"completed\""), "{text}");
}
