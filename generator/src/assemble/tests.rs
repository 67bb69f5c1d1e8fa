//! Facts of small pages, and what becomes of them together.

use super::assemble;
use crate::extract::PageFacts;
use crate::schema::{EnumType, PageRef, Property, StructuredType, TypeRef};

fn named(name: &str) -> TypeRef {
    TypeRef {
        name: name.to_owned(),
        ..TypeRef::default()
    }
}

/// A type whose page lists some subtypes.
fn parent(name: &str, base: Option<&str>, subtypes: &[&str]) -> StructuredType {
    StructuredType {
        name: format!("microsoft.graph.{name}"),
        base_type: base.map(|base| named(&format!("microsoft.graph.{base}"))),
        listed_subtypes: subtypes.iter().map(|subtype| named(subtype)).collect(),
        ..StructuredType::default()
    }
}

/// A page in a namespace with a type that has a property of the type `mood`.
fn user(namespace: &str) -> PageFacts {
    let property = Property {
        name: "mood".to_owned(),
        type_ref: named("mood"),
        ..Property::default()
    };
    PageFacts {
        namespace: Some(namespace.to_owned()),
        types: vec![StructuredType {
            name: "person".to_owned(),
            properties: vec![property],
            ..StructuredType::default()
        }],
        ..PageFacts::default()
    }
}

#[test]
fn enumerations_without_a_namespace_take_that_of_their_users() {
    let cases: [(&[&str], &str); 3] = [
        (&["microsoft.graph.a"], "microsoft.graph.a.mood"),
        (
            &["microsoft.graph.a", "microsoft.graph.b"],
            "microsoft.graph.mood",
        ),
        (&[], "microsoft.graph.mood"),
    ];
    for (users, expected) in cases {
        let page = PageRef {
            path: "resources/enums.md".to_owned(),
            url: None,
        };
        let mut facts: Vec<PageFacts> = users.iter().map(|namespace| user(namespace)).collect();
        facts.push(PageFacts {
            enums: vec![EnumType {
                name: "mood".to_owned(),
                pages: vec![page],
                ..EnumType::default()
            }],
            ..PageFacts::default()
        });
        let (schema, _) = assemble(facts);
        let found: Vec<&str> = schema.enum_types.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(found, [expected], "{users:?}");
    }
}

#[test]
fn a_list_of_subtypes_makes_a_type_abstract_that_extends_nothing_concrete() {
    let two: &[&str] = &["oneKind", "otherKind"];
    let cases = [
        (parent("x", None, two), true),
        (parent("x", Some("entity"), two), true),
        (parent("x", Some("root"), two), true),
        (parent("x", Some("elsewhere"), two), true),
        (parent("x", Some("message"), two), false),
        (parent("x", None, &["oneKind"]), false),
        (parent("x", None, &[]), false),
    ];
    for (subject, expected) in cases {
        let words = format!("{:?} {:?}", subject.base_type, subject.listed_subtypes);
        let root = parent("root", None, &["oneRoot", "otherRoot"]);
        let message = parent("message", None, &["letter"]);
        let facts = PageFacts {
            types: vec![subject, root, message],
            ..PageFacts::default()
        };
        let (schema, _) = assemble(vec![facts]);
        let mut types = schema.entity_types.iter().chain(&schema.complex_types);
        let found = types.find(|found| found.name == "microsoft.graph.x");
        assert_eq!(
            found.map(|found| found.is_abstract),
            Some(expected),
            "{words}"
        );
    }
}
