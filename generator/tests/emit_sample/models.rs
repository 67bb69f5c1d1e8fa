//! The models of the sample.

use graph_codegen::rust::{
    Accessor, Construction, Doc, Field, Hierarchy, HierarchyVariant, Model, ModelFile, Namespace,
    OpenEnum, Presence, Primitive, Struct, Type, TypePath, Variant,
};

use super::{HOSTILE, doc};

/// `security` with one of each kind, `graph` with the names that are hard to have.
pub(crate) fn namespaces() -> Vec<Namespace> {
    vec![
        Namespace {
            module: "graph".to_owned(),
            doc: doc("`microsoft.graph`"),
            files: vec![
                file("entity", Model::Struct(entity())),
                file("graph", Model::Struct(empty("Graph"))),
                file("json", Model::Struct(json())),
                file("r#type", Model::Struct(empty("Type"))),
            ],
        },
        Namespace {
            module: "security".to_owned(),
            doc: Doc::default(),
            files: vec![
                file("action", Model::Hierarchy(action())),
                file("any_device", Model::Hierarchy(any_device())),
                file("color", Model::OpenEnum(empty_enum())),
                file("device", Model::Struct(empty("Device"))),
                file("new_task", Model::Struct(new_task())),
                file("phone", Model::Struct(empty("Phone"))),
                file("task", Model::Struct(task())),
                file("task_action", Model::Struct(task_action("TaskAction"))),
                file("task_status", Model::OpenEnum(task_status())),
                file("task_update", Model::Struct(task_update())),
                file(
                    "unknown_action",
                    Model::Struct(task_action("UnknownAction")),
                ),
                file("unknown_device", Model::Struct(empty("UnknownDevice"))),
            ],
        },
    ]
}

/// The path of a type in `security`.
pub(crate) fn security(name: &str) -> TypePath {
    path("security", name)
}

fn path(namespace: &str, name: &str) -> TypePath {
    TypePath {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    }
}

fn file(module: &str, model: Model) -> ModelFile {
    ModelFile {
        module: module.to_owned(),
        model,
    }
}

fn field(name: &str, wire_name: &str, ty: Type, presence: Presence, text: &str) -> Field {
    Field {
        name: name.to_owned(),
        setter: match name {
            "r#type" => "r#type".to_owned(),
            plain => plain.to_owned(),
        },
        wire_name: wire_name.to_owned(),
        doc: doc(text),
        ty,
        presence,
    }
}

fn model(name: &str) -> Type {
    Type::Model(security(name))
}

fn empty(name: &str) -> Struct {
    Struct {
        name: name.to_owned(),
        ..Struct::default()
    }
}

fn entity() -> Struct {
    let id = Type::Primitive(Primitive::String);
    let peer = Type::Model(path("graph", "Json"));
    Struct {
        doc: doc("Has an identity."),
        odata_type: Some("#microsoft.graph.entity".to_owned()),
        fields: vec![
            field("id", "id", id, Presence::Optional, "Its key."),
            field(
                "peer",
                "peer",
                peer,
                Presence::Optional,
                "A type that is called as one of the runtime's.",
            ),
        ],
        construction: Construction::ReadWrite,
        ..empty("Entity")
    }
}

fn json() -> Struct {
    let any = Type::Primitive(Primitive::Json);
    Struct {
        fields: vec![field("any", "any", any, Presence::Optional, "")],
        ..empty("Json")
    }
}

/// Every primitive, every way to wrap a type, a keyword, hostile text, and itself.
fn task() -> Struct {
    let mut fields: Vec<Field> = PRIMITIVES
        .iter()
        .map(|&(name, primitive)| {
            field(
                name,
                name,
                Type::Primitive(primitive),
                Presence::Optional,
                "",
            )
        })
        .collect();
    fields.extend([
        field(
            "status",
            "status",
            model("TaskStatus"),
            Presence::Optional,
            "How far it is.\n\nMore on that.",
        ),
        field(
            "colors",
            "colors",
            Type::Flags(security("Color")),
            Presence::Optional,
            "Some.",
        ),
        field(
            "parent",
            "parent",
            Type::Boxed(Box::new(model("Task"))),
            Presence::Optional,
            "Above.",
        ),
        field(
            "children",
            "children",
            Type::Vec(Box::new(model("Task"))),
            Presence::Optional,
            "Below.",
        ),
        field(
            "owner",
            "owner",
            Type::Model(path("graph", "Entity")),
            Presence::Optional,
            "Whose.",
        ),
        field(
            "action",
            "action",
            model("Action"),
            Presence::Optional,
            "What to do.",
        ),
        field(
            "r#type",
            "type",
            Type::Primitive(Primitive::String),
            Presence::Optional,
            "A keyword.",
        ),
        field(
            "hostile",
            HOSTILE,
            Type::Primitive(Primitive::String),
            Presence::Optional,
            HOSTILE,
        ),
    ]);
    Struct {
        doc: doc("Something to be done."),
        odata_type: Some("#microsoft.graph.security.task".to_owned()),
        fields,
        construction: Construction::ReadWrite,
        ..empty("Task")
    }
}

const PRIMITIVES: [(&str, Primitive); 17] = [
    ("string", Primitive::String),
    ("boolean", Primitive::Boolean),
    ("byte", Primitive::Byte),
    ("s_byte", Primitive::SByte),
    ("int16", Primitive::Int16),
    ("int32", Primitive::Int32),
    ("int64", Primitive::Int64),
    ("single", Primitive::Single),
    ("double", Primitive::Double),
    ("decimal", Primitive::Decimal),
    ("guid", Primitive::Guid),
    ("date_time_offset", Primitive::DateTimeOffset),
    ("date", Primitive::Date),
    ("time_of_day", Primitive::TimeOfDay),
    ("duration", Primitive::Duration),
    ("binary", Primitive::Binary),
    ("json", Primitive::Json),
];

fn new_task() -> Struct {
    let text = || Type::Primitive(Primitive::String);
    let parent = Type::Boxed(Box::new(model("Task")));
    let mut fields = vec![
        field(
            "display_name",
            "displayName",
            text(),
            Presence::Required,
            "Its name.",
        ),
        field("parent", "parent", parent, Presence::Required, "Above."),
        field(
            "urgent",
            "urgent",
            Type::Primitive(Primitive::Boolean),
            Presence::Required,
            "",
        ),
        field("note", "note", text(), Presence::Optional, "A note."),
        field(
            "tags",
            "tags",
            Type::Vec(Box::new(text())),
            Presence::Optional,
            "Tags.",
        ),
        field("status", "status", model("TaskStatus"), Presence::Patch, ""),
    ];
    for name in ["one", "two", "three", "four", "five"] {
        fields.push(field(
            name,
            name,
            Type::Primitive(Primitive::Int32),
            Presence::Required,
            "",
        ));
    }
    Struct {
        doc: doc("The body of a create."),
        fields,
        tag: Some("#microsoft.graph.security.task".to_owned()),
        construction: Construction::Write,
        ..empty("NewTask")
    }
}

fn task_update() -> Struct {
    let parent = Type::Boxed(Box::new(model("Task")));
    let text = Type::Primitive(Primitive::String);
    let flag = Type::Primitive(Primitive::Boolean);
    Struct {
        doc: doc("The body of an update."),
        fields: vec![
            field(
                "status",
                "status",
                model("TaskStatus"),
                Presence::Patch,
                "How far it is.",
            ),
            field("parent", "parent", parent, Presence::Patch, "Above."),
            field("r#type", "type", text, Presence::Patch, "A keyword."),
            field(
                "default",
                "default",
                flag,
                Presence::Patch,
                "A name of the standard library.",
            ),
        ],
        tag: Some("#microsoft.graph.security.task".to_owned()),
        construction: Construction::Write,
        ..empty("TaskUpdate")
    }
}

fn task_action(name: &str) -> Struct {
    let identifier = Type::Primitive(Primitive::String);
    let task = Type::Boxed(Box::new(model("Task")));
    Struct {
        fields: vec![
            field(
                "identifier",
                "identifier",
                identifier,
                Presence::Optional,
                "Of what.",
            ),
            field("task", "task", task, Presence::Optional, "The task."),
        ],
        ..empty(name)
    }
}

fn task_status() -> OpenEnum {
    let variant = |name: &str, wire_name: &str, text: &str| Variant {
        name: name.to_owned(),
        wire_name: wire_name.to_owned(),
        doc: doc(text),
    };
    OpenEnum {
        name: "TaskStatus".to_owned(),
        doc: doc("How far a task is."),
        variants: vec![
            variant("Open", "open", "Nothing is done."),
            variant("InProgress", "inProgress", ""),
            variant("Hostile", HOSTILE, HOSTILE),
        ],
    }
}

fn empty_enum() -> OpenEnum {
    OpenEnum {
        name: "Color".to_owned(),
        ..OpenEnum::default()
    }
}

fn hierarchy_variant(name: &str, odata_type: &str, ty: &str) -> HierarchyVariant {
    HierarchyVariant {
        name: name.to_owned(),
        odata_type: odata_type.to_owned(),
        ty: security(ty),
        doc: Doc::default(),
    }
}

fn action() -> Hierarchy {
    let accessor = |name: &str, ty: Type| Accessor {
        name: name.to_owned(),
        wire_name: name.to_owned(),
        ty,
        doc: Doc::default(),
    };
    Hierarchy {
        name: "Action".to_owned(),
        doc: doc("What can be done."),
        variants: vec![hierarchy_variant(
            "Task",
            "microsoft.graph.security.taskAction",
            "TaskAction",
        )],
        untagged: None,
        unknown: security("UnknownAction"),
        accessors: vec![
            accessor("identifier", Type::Primitive(Primitive::String)),
            accessor("task", Type::Boxed(Box::new(model("Task")))),
        ],
    }
}

fn any_device() -> Hierarchy {
    Hierarchy {
        name: "AnyDevice".to_owned(),
        doc: Doc::default(),
        variants: vec![hierarchy_variant(
            "Phone",
            "microsoft.graph.security.phone",
            "Phone",
        )],
        untagged: Some(hierarchy_variant(
            "Device",
            "microsoft.graph.security.device",
            "Device",
        )),
        unknown: security("UnknownDevice"),
        accessors: Vec::new(),
    }
}
