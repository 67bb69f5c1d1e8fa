//! Copies of pages that have lost one thing after another.

use crate::diagnostic::Code;
use crate::extract::testing::page_facts;
use crate::schema::RequestBody;

#[test]
fn a_page_whose_front_matter_is_a_table_is_read() {
    let text = "\
| title | Update book |
|---|---|
| doc_type | apiPageType |
Namespace: microsoft.graph.library
Change a book.
PATCH /books/{bookId}| Name | Description |
|---|---|
| Authorization | Bearer {token}. Required. |
In the request body, supply only the values to update.
| Property | Type | Description |
|---|---|---|
| state | microsoft.graph.library.bookState | Where it is. Values: here, lent. |
If successful, this method returns a 200 OK response code and the updated library-rareBook object in the response body.
PATCH https://graph.microsoft.com/beta/books/1
Content-Type: application/json
{
\"state\": \"lent\"
}[!INCLUDE sample-code]
HTTP/1.1 200 OK
Content-Type: application/json
{
\"id\": \"1\"
}- More on books.
";
    let (facts, found) = page_facts("update.md", text);
    let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::FlattenedPage]);
    let [operation] = facts.operations.as_slice() else {
        panic!("{:?}", facts.operations)
    };
    assert_eq!(operation.name, "Update book");
    assert_eq!(facts.namespace.as_deref(), Some("microsoft.graph.library"));
    assert_eq!(operation.path_templates[0].text, "/books/{bookId}");
    assert_eq!(operation.headers.len(), 1);
    let RequestBody::Properties { properties, .. } = &operation.request_body else {
        panic!("{:?}", operation.request_body)
    };
    assert_eq!(properties[0].allowed_values, ["here", "lent"]);
    let answer = &operation.responses[0];
    let name = answer.type_ref.as_ref().map(|found| found.name.as_str());
    assert_eq!((answer.status, name), (200, Some("rareBook")));
    let [example] = operation.examples.as_slice() else {
        panic!("{:?}", operation.examples)
    };
    let bodies = [&example.request, &example.response];
    assert!(
        bodies
            .iter()
            .all(|message| message.as_ref().is_some_and(|m| m.json.is_some()))
    );
    let place = properties[0].span.range();
    assert_eq!(text.get(place), Some("state"));
}

#[test]
fn a_page_with_a_cell_a_line_is_read() {
    let text = "\
Skip to main content
book resource type
Article
Namespace: microsoft.graph.library
A book that can be lent.
Properties
Property
Type
Description
id
String
The identifier. Read-only.
notes
String collection
state
bookState
Where it is. The possible values are: here, lent.
A description whose row is lost.
title
String
What stands on the cover.
bookState values
Member
Description
here
On its shelf.
lent
With a reader.
Relationships
Relationship
Type
Description
shelf
shelf
Where it stands.
JSON representation
The following JSON shows the type.
{
  \"@odata.type\": \"#microsoft.graph.library.book\",
  \"id\": \"String (identifier)\"
}
";
    let (facts, found) = page_facts("book.md", text);
    let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::FlattenedPage, Code::RowUnreadable]);
    let [book] = facts.types.as_slice() else {
        panic!("{:?}", facts.types)
    };
    assert_eq!(book.name, "microsoft.graph.library.book");
    let names: Vec<&str> = book.properties.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["id", "notes", "state", "title"]);
    assert!(book.properties[1].type_ref.is_collection && book.properties[1].doc.is_empty());
    assert_eq!(book.navigation_properties.len(), 1);
    assert_eq!(book.key.as_deref(), Some("id"));
    let [state] = facts.enums.as_slice() else {
        panic!("{:?}", facts.enums)
    };
    assert_eq!(
        (state.name.as_str(), state.members.len()),
        ("microsoft.graph.library.bookState", 2)
    );
}

#[test]
fn a_table_with_tabs_is_read_and_properties_without_a_type_are_named() {
    let text = "\
Properties
Property\tType\tDescription
id\tString\tThe identifier.
state\tmicrosoft.graph.library.bookState\tWhere it is.

bookState values
Member\tDescription
here\tOn its shelf.
";
    let (facts, found) = page_facts("book.md", text);
    let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
    let expected = [Code::FlattenedPage, Code::TableUnknown, Code::RowsUnread];
    assert_eq!(codes, expected);
    assert!(facts.types.is_empty());
    assert_eq!(facts.enums[0].name, "microsoft.graph.library.bookState");
}

#[test]
fn prose_alone_is_no_copy_of_a_page() {
    let (_, found) = page_facts("notes.md", "Get the books.\n\nThey are here.\n");
    let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::PageWithoutFacts]);
}
