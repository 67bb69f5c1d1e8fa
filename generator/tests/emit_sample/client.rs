//! The client of the sample.

use graph_codegen::rust::{
    BodyParameter, Call, Client, ClientModule, Doc, ErrorFacts, FunctionParameter, Literal,
    NamedOption, Navigation, Operation, OperationFacts, OperationPath, OptionSetter, OptionValue,
    Output, PermissionSet, Primitive, RequestOption, Start, StartBody, StartStep, StartValue, Step,
    Type, ValueList, ValueListValues,
};

use super::models::security;
use super::{HOSTILE, doc, texts};

/// `/tasks`, `/tasks/{id}`, `/tasks(name='{name}')`, `/models`, and steps of every kind below.
pub(crate) fn client() -> Client {
    Client {
        base_url: "https://graph.microsoft.com/beta".to_owned(),
        doc: doc("The client of the sample."),
        navigations: vec![
            segment("tasks", "TasksRequestBuilder"),
            segment("models", "ModelsRequestBuilder"),
        ],
        calls: vec![call(
            "ping",
            vec![Step::Segment("ping".to_owned())],
            None,
            "Ping",
        )],
        operations: vec![operation("Ping", "POST", Output::None)],
        modules: vec![models(), tasks()],
    }
}

/// A program that makes every kind of call.
pub(crate) fn start() -> Start {
    let body = StartBody {
        ty: security("TaskUpdate"),
        field: Some(("r#type".to_owned(), StartValue::Text)),
    };
    Start {
        way: vec![StartStep {
            method: "tasks".to_owned(),
            takes_key: false,
        }],
        list: Some("list".to_owned()),
        has_top: true,
        member: Some("by_id".to_owned()),
        get: Some("get".to_owned()),
        update: Some(("update".to_owned(), body)),
        action: Some("content".to_owned()),
    }
}

fn tasks() -> ClientModule {
    let name = ("name".to_owned(), "name".to_owned());
    ClientModule {
        navigations: vec![
            navigation(
                "by_id",
                Step::Key("id".to_owned()),
                "by_id",
                "TaskRequestBuilder",
            ),
            navigation(
                "by_name",
                Step::AlternateKey(vec![name]),
                "by_name",
                "NamedRequestBuilder",
            ),
        ],
        calls: vec![
            call("list", Vec::new(), None, "List"),
            call("create", Vec::new(), Some(json_body("NewTask")), "Create"),
            call(
                "count",
                vec![Step::Segment("$count".to_owned())],
                None,
                "Count",
            ),
            call("delta", vec![delta()], None, "Delta"),
        ],
        operations: vec![
            list(),
            operation(
                "Create",
                "POST",
                Output::Json(Type::Model(security("Task"))),
            ),
            operation(
                "Count",
                "GET",
                Output::Single(Type::Primitive(Primitive::Int32)),
            ),
            operation(
                "Delta",
                "GET",
                Output::Json(Type::Primitive(Primitive::Json)),
            ),
        ],
        children: vec![
            task(),
            module("by_name", "NamedRequestBuilder", "/tasks(name='{name}')"),
        ],
        ..module("tasks", "TasksRequestBuilder", "/tasks")
    }
}

fn task() -> ClientModule {
    ClientModule {
        navigations: vec![
            navigation(
                "as_user",
                Step::Segment("graph.user".to_owned()),
                "by_id",
                "UserRequestBuilder",
            ),
            segment("r#type", "TypeRequestBuilder"),
        ],
        calls: vec![
            call(
                "update",
                Vec::new(),
                Some(json_body("TaskUpdate")),
                "Update",
            ),
            Call {
                operation: OperationPath::Elsewhere {
                    modules: texts(&["tasks", "by_name"]),
                    name: "Get".to_owned(),
                },
                ..call("get", Vec::new(), None, "Get")
            },
            call("content", vec![value()], None, "Content"),
            call("upload", vec![value()], Some(image()), "Upload"),
        ],
        operations: vec![
            update(),
            operation("Content", "GET", Output::Content),
            operation("Upload", "PUT", Output::None),
        ],
        children: vec![
            module("by_id", "UserRequestBuilder", "/tasks/{id}/graph.user"),
            module("r#type", "TypeRequestBuilder", "/tasks/{id}/type"),
        ],
        ..module("by_id", "TaskRequestBuilder", "/tasks/{id}")
    }
}

/// A place with a name that the client's own paths begin with.
fn models() -> ClientModule {
    module("models", "ModelsRequestBuilder", "/models")
}

/// A place that can be read.
fn module(name: &str, builder: &str, path: &str) -> ClientModule {
    ClientModule {
        name: name.to_owned(),
        builder: builder.to_owned(),
        path: path.to_owned(),
        calls: vec![call("get", Vec::new(), None, "Get")],
        operations: vec![operation(
            "Get",
            "GET",
            Output::Json(Type::Model(security("Task"))),
        )],
        ..ClientModule::default()
    }
}

fn segment(name: &str, builder: &str) -> Navigation {
    let wire_name = name.trim_start_matches("r#").to_owned();
    navigation(name, Step::Segment(wire_name), name, builder)
}

fn navigation(method: &str, step: Step, module: &str, builder: &str) -> Navigation {
    Navigation {
        method: method.to_owned(),
        doc: Doc::default(),
        step,
        module: module.to_owned(),
        builder: builder.to_owned(),
    }
}

fn call(method: &str, steps: Vec<Step>, body: Option<BodyParameter>, operation: &str) -> Call {
    Call {
        method: method.to_owned(),
        doc: Doc::default(),
        steps,
        body,
        operation: OperationPath::Here(operation.to_owned()),
    }
}

fn json_body(name: &str) -> BodyParameter {
    BodyParameter::Json(Type::Model(security(name)))
}

fn image() -> BodyParameter {
    BodyParameter::Content("image/jpeg".to_owned())
}

fn value() -> Step {
    Step::Segment("$value".to_owned())
}

fn delta() -> Step {
    let parameter = |name: &str, wire_name: &str, literal: Literal| FunctionParameter {
        name: name.to_owned(),
        wire_name: wire_name.to_owned(),
        literal,
    };
    let level = Literal::Member("sample.level".to_owned());
    Step::Function {
        name: "delta".to_owned(),
        parameters: vec![
            parameter("since", "since", Literal::Quoted),
            parameter("r#type", "type", Literal::Quoted),
            parameter("count", "count", Literal::Bare),
            parameter("level", "level", level),
        ],
    }
}

fn operation(name: &str, method: &str, output: Output) -> Operation {
    Operation {
        name: name.to_owned(),
        doc: Doc::default(),
        facts: OperationFacts {
            name: format!("The {name}"),
            method: method.to_owned(),
            ..OperationFacts::default()
        },
        output,
        options: Vec::new(),
        value_lists: Vec::new(),
    }
}

fn list() -> Operation {
    let option = |wire_name: &str, option, method, takes| RequestOption {
        wire_name: wire_name.to_owned(),
        is_header: false,
        setter: OptionSetter::Method {
            option,
            method,
            takes,
        },
    };
    let named = |wire_name: &str, is_header: bool, constant: &str, words: &str| RequestOption {
        wire_name: wire_name.to_owned(),
        is_header,
        setter: OptionSetter::Named(NamedOption {
            constant: constant.to_owned(),
            doc: doc(words),
        }),
    };
    Operation {
        options: vec![
            option("$filter", "Filter", "filter", OptionValue::Text),
            option("$top", "Top", "top", OptionValue::Number),
            option("$count", "Count", "count", OptionValue::Boolean),
            option("$select", "Select", "select", OptionValue::List),
            RequestOption {
                is_header: true,
                ..option(
                    "ConsistencyLevel",
                    "ConsistencyLevel",
                    "consistency_level",
                    OptionValue::Text,
                )
            },
            named("startDateTime", false, "START_DATE_TIME", "The start."),
            named("X-Acts-As", true, "X_ACTS_AS", HOSTILE),
        ],
        ..operation(
            "List",
            "GET",
            Output::Collection(Type::Model(security("Task"))),
        )
    }
}

fn update() -> Operation {
    let error = |constant: &str, status: u16, message: &str| ErrorFacts {
        constant: constant.to_owned(),
        status,
        code: "NotAllowed".to_owned(),
        message: message.to_owned(),
        condition: HOSTILE.to_owned(),
        doc: doc("The service refuses."),
    };
    let read = PermissionSet {
        least: texts(&["Task.Read.All"]),
        higher: texts(&["Task.ReadWrite.All"]),
    };
    Operation {
        facts: OperationFacts {
            name: "Update task".to_owned(),
            method: "PATCH".to_owned(),
            path_templates: texts(&["/tasks/{id}"]),
            delegated_work: Some(read.clone()),
            delegated_personal: None,
            application: Some(read),
            errors: vec![
                error("NOT_ALLOWED", 400, "No."),
                error("NOT_ALLOWED", 0, HOSTILE),
                error("", 0, ""),
            ],
            documentation: Some("https://learn.microsoft.com/graph/api/task-update".to_owned()),
        },
        value_lists: vec![
            ValueList {
                name: "ALLOWED_STATUSES".to_owned(),
                doc: doc("What the status can be set to."),
                values: ValueListValues::Variants {
                    ty: security("TaskStatus"),
                    variants: texts(&["Open", "InProgress"]),
                },
            },
            ValueList {
                name: "ALLOWED_TEXTS".to_owned(),
                doc: Doc::default(),
                values: ValueListValues::Text(texts(&["a", HOSTILE])),
            },
        ],
        ..operation(
            "Update",
            "PATCH",
            Output::Json(Type::Model(security("Task"))),
        )
    }
}
