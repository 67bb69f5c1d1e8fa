use super::*;
use crate::schema::PathTemplate;
use crate::verify::csdl;

const METADATA: &str = r#"
<Schema Namespace="microsoft.graph" Alias="g">
  <EntityType Name="entity" />
  <EntityType Name="shelf" BaseType="g.entity">
    <Property Name="label" Type="g.label" />
    <NavigationProperty Name="books" Type="Collection(g.book)" />
  </EntityType>
  <EntityType Name="book" BaseType="g.entity" />
  <EntityType Name="atlas" BaseType="g.book">
    <NavigationProperty Name="maps" Type="Collection(g.entity)" />
  </EntityType>
  <ComplexType Name="label" OpenType="true" />
  <Action Name="lend" IsBound="true"><Parameter Name="it" Type="g.book" /></Action>
  <Function Name="delta" IsBound="true">
    <Parameter Name="all" Type="Collection(g.book)" /><ReturnType Type="Collection(g.book)" />
  </Function>
  <EntityContainer Name="c">
    <EntitySet Name="shelves" EntityType="g.shelf" /><Singleton Name="main" Type="g.shelf" />
  </EntityContainer>
</Schema>"#;

/// A path as the reader gives it.
fn template(path: &str) -> PathTemplate {
    let page = format!("# Get it\n\n## HTTP request\n\n```http\nGET {path}\n```\n");
    let docs = crate::from_files([("api/it-get.md".to_owned(), page)]).expect("documents");
    let mut operations = crate::analyse(&docs).schema.operations;
    operations.remove(0).path_templates.remove(0)
}

#[test]
fn paths_lead_where_the_service_has_something() {
    let service = csdl::read(METADATA).expect("metadata");
    let cases = [
        ("/shelves/{id}/books/{id}", None, None),
        ("/Main/Books/{id}/lend", Some("lend"), None),
        (
            "/main/books/{id}/microsoft.graph.lend()",
            Some("lend"),
            None,
        ),
        ("/main/books/delta", Some("delta"), None),
        ("/main/books/delta()/{id}/lend", Some("lend"), None),
        ("/main/books/{id}/microsoft.graph.atlas/maps", None, None),
        (
            "/main/books/{id}/maps/$count",
            None,
            Some("microsoft.graph.atlas"),
        ),
        ("/main/label/anything/goes", None, None),
        ("/main:/a/folder:/books", None, None),
        ("/shelves/{host}:/{path}", None, None),
    ];
    for (path, call, cast) in cases {
        let arrival = walk(&service, &template(path).segments).expect(path);
        assert_eq!(arrival.call.map(|call| call.name.as_str()), call, "{path}");
        assert_eq!(arrival.supplied_cast, cast, "{path}");
    }
}

#[test]
fn a_word_behind_a_collection_is_taken_for_a_key() {
    let service = csdl::read(METADATA).expect("metadata");
    let cases = [
        ("/shelves/first/books", true),
        ("/shelves/{id}/books", false),
    ];
    for (path, expected) in cases {
        let arrival = walk(&service, &template(path).segments).expect(path);
        assert_eq!(arrival.has_word_for_key, expected, "{path}");
    }
}

#[test]
fn paths_that_lead_astray_say_where() {
    let service = csdl::read(METADATA).expect("metadata");
    let cases = [
        ("/rooms", Code::PathRoot, "rooms", ""),
        ("/{id}", Code::PathKey, "id", ""),
        ("/main/{id}", Code::PathKey, "id", "microsoft.graph.shelf"),
        (
            "/main/films",
            Code::PathSegment,
            "films",
            "microsoft.graph.shelf",
        ),
        (
            "/shelves/books",
            Code::PathKey,
            "books",
            "Collection(microsoft.graph.shelf)",
        ),
        (
            "/main/books/{id}/delta",
            Code::PathKey,
            "delta",
            "microsoft.graph.book",
        ),
        (
            "/main/books/{id}/lend/again",
            Code::PathSegment,
            "again",
            "",
        ),
    ];
    for (path, code, segment, at) in cases {
        let expected = Lost {
            code,
            segment: segment.to_owned(),
            at: at.to_owned(),
        };
        let lost = walk(&service, &template(path).segments).expect_err(path);
        assert_eq!(lost, expected, "{path}");
    }
}
