//! The examples of the sample.

use graph_codegen::rust::{Ending, ExampleArgument, ExampleCall, ExampleTest, Type};

use super::models::security;
use super::texts;

/// A list, requests with bodies of JSON and of bytes, a function, and an error.
pub(crate) fn examples() -> Vec<ExampleTest> {
    vec![list(), create(), delta(), update(), upload(), not_found()]
}

fn call(method: &str, arguments: Vec<ExampleArgument>) -> ExampleCall {
    ExampleCall {
        method: method.to_owned(),
        arguments,
    }
}

fn task() -> Vec<ExampleCall> {
    let key = ExampleArgument::Text("a'b".to_owned());
    vec![call("tasks", Vec::new()), call("by_id", vec![key])]
}

fn list() -> ExampleTest {
    ExampleTest {
        module: "tasks".to_owned(),
        name: "list_tasks".to_owned(),
        place: "api/task-list.md:47".to_owned(),
        request: "GET https://graph.microsoft.com/beta/tasks?$filter=status eq 'open'&$top=5&$count=true&$select=id,status\r\nConsistencyLevel: eventual\r\n".to_owned(),
        response: "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"@odata.count\": 1, \"value\": [{\"status\": \"open\", \"double\": 5, \"note\": \"\\\"# kept\"}]}".to_owned(),
        calls: vec![
            call("tasks", Vec::new()),
            call("list", Vec::new()),
            call("filter", vec![ExampleArgument::Text("status eq 'open'".to_owned())]),
            call("top", vec![ExampleArgument::Number(5)]),
            call("count", vec![ExampleArgument::Boolean(true)]),
            call("select", vec![ExampleArgument::List(texts(&["id", "status"]))]),
            call("consistency_level", vec![ExampleArgument::Text("eventual".to_owned())]),
        ],
        ending: Ending::Output,
    }
}

fn create() -> ExampleTest {
    let body = ExampleArgument::Body(Type::Model(security("NewTask")));
    ExampleTest {
        module: "tasks".to_owned(),
        name: "create_task".to_owned(),
        place: "api/task-post.md:31".to_owned(),
        request: "POST https://graph.microsoft.com/beta/tasks\nContent-Type: application/json\n\n{\"displayName\": \"A\", \"parent\": {\"type\": \"b\"}, \"urgent\": true, \"one\": 1, \"two\": 2, \"three\": 3, \"four\": 4, \"five\": 5, \"status\": null, \"more\": [{}]}".to_owned(),
        response: "HTTP/1.1 201 Created\nContent-Type: application/json\n\n{\"type\": \"b\", \"int64\": 9007199254740993, \"dateTimeOffset\": \"2023-06-26T19:07:39.7433333Z\"}".to_owned(),
        calls: vec![call("tasks", Vec::new()), call("create", vec![body])],
        ending: Ending::Output,
    }
}

fn delta() -> ExampleTest {
    let arguments = vec![
        ExampleArgument::Text("a'b".to_owned()),
        ExampleArgument::Text("x/y".to_owned()),
        ExampleArgument::Number(7),
        ExampleArgument::Text("low".to_owned()),
    ];
    ExampleTest {
        module: "tasks".to_owned(),
        name: "delta_of_tasks".to_owned(),
        place: "api/task-delta.md:12".to_owned(),
        request:
            "GET https://graph.microsoft.com/beta/tasks/delta(since='a''b',type='x%2Fy',count=7,level=sample.level'low')\n"
                .to_owned(),
        response: "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"free\": [1, null]}"
            .to_owned(),
        calls: vec![call("tasks", Vec::new()), call("delta", arguments)],
        ending: Ending::Output,
    }
}

fn update() -> ExampleTest {
    let body = ExampleArgument::Body(Type::Model(security("TaskUpdate")));
    let mut calls = task();
    calls.push(call("update", vec![body]));
    ExampleTest {
        module: "tasks".to_owned(),
        name: "update_task".to_owned(),
        place: "api/task-update.md:60".to_owned(),
        request: "PATCH https://graph.microsoft.com/beta/tasks/a'b\nContent-Type: application/json\n\n{\n    \"status\": \"inProgress\",\n    \"parent\": null\n}\n".to_owned(),
        response: "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\n    \"@odata.type\": \"#microsoft.graph.security.task\",\n    \"status\": \"inProgress\",\n    \"parent\": null,\n    \"action\": {\"@odata.type\": \"#microsoft.graph.security.taskAction\", \"identifier\": \"5\"}\n}\n".to_owned(),
        calls,
        ending: Ending::Output,
    }
}

fn upload() -> ExampleTest {
    let mut calls = task();
    calls.push(call("upload", vec![ExampleArgument::Content]));
    ExampleTest {
        module: "tasks".to_owned(),
        name: "upload_value".to_owned(),
        place: "api/task-upload.md:9".to_owned(),
        request: "PUT https://graph.microsoft.com/beta/tasks/a'b/$value\nContent-Type: image/jpeg\n\nBinary data for the image\n".to_owned(),
        response: "HTTP/1.1 204 No Content\n".to_owned(),
        calls,
        ending: Ending::Output,
    }
}

fn not_found() -> ExampleTest {
    let mut calls = task();
    calls.extend([call("r#type", Vec::new()), call("get", Vec::new())]);
    ExampleTest {
        module: "tasks".to_owned(),
        name: "get_task_not_found".to_owned(),
        place: "api/task-get.md:80".to_owned(),
        request: "GET https://graph.microsoft.com/beta/tasks/a'b/type\n".to_owned(),
        response: "HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{\"error\": {\"code\": \"NotFound\", \"message\": \"There is none.\"}}\n".to_owned(),
        calls,
        ending: Ending::Error,
    }
}
