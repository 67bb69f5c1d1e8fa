//! Examples: which requests and responses belong together.

use crate::extract::testing::page_facts;
use crate::schema::{Example, Operation};

const HEAD: &str = "# Do x\n\n## HTTP request\n```http\nPOST /xs/{id}/do\n```\n\n";

fn operations(text: &str) -> Vec<Operation> {
    page_facts("api/x-do.md", text).0.operations
}

/// An example in short: the request line, and the response's status line or else its body.
fn short(example: &Example) -> String {
    let request = example.request.as_ref().map_or("-", |m| &m.start_line);
    let response = example.response.as_ref();
    let response = response.map_or("-", |m| match m.start_line.as_str() {
        "" => m.body.as_str(),
        line => line,
    });
    format!("{request} > {response}")
}

fn examples(text: &str) -> Vec<String> {
    let found = operations(&format!("{HEAD}{text}"));
    found[0].examples.iter().map(short).collect()
}

#[test]
fn requests_and_responses_find_each_other() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "what a redirect leads to is a further response",
            "## Example\n### Request\n```http\nGET /a\n```\n### Response\n```http\nHTTP/1.1 302 Found\n```\nFollow it.\n```http\nHTTP/1.1 200 OK\n```\n",
            &["GET /a > HTTP/1.1 302 Found", "GET /a > HTTP/1.1 200 OK"],
        ),
        (
            "a further response below a heading of its own",
            "## Example\n### Request\n```http\nGET /a\n```\n### Response\n```http\nHTTP/1.1 200 OK\n```\n### Partial success response\n```http\nHTTP/1.1 207 Multi-Status\n```\n",
            &[
                "GET /a > HTTP/1.1 200 OK",
                "GET /a > HTTP/1.1 207 Multi-Status",
            ],
        ),
        (
            "a response of another example is none of this one",
            "## Example 1\n```http\nGET /a\n```\n```http\nHTTP/1.1 200 OK\n```\n## Example 2\n```http\nHTTP/1.1 201 Created\n```\n",
            &["GET /a > HTTP/1.1 200 OK", "- > HTTP/1.1 201 Created"],
        ),
        (
            "requests in one section share the response",
            "## Example\n### Request\n```http\nGET /a\nGET /b\n```\nOr:\n```http\nGET /c\n```\n### Response\n```http\nHTTP/1.1 200 OK\n```\n",
            &[
                "GET /a > HTTP/1.1 200 OK",
                "GET /b > HTTP/1.1 200 OK",
                "GET /c > HTTP/1.1 200 OK",
            ],
        ),
        (
            "JSON below a GET is its response",
            "## Example\n**Request**\n```http\nGET /a\n```\n**Response**\n```json\n{\"a\": 1}\n```\n",
            &["GET /a > {\"a\": 1}"],
        ),
        (
            "a response in a section behind the example",
            "## Example\n```http\nGET /a\n```\n## Response\nIt is:\n```http\nHTTP/1.1 200 OK\n```\n",
            &["GET /a > HTTP/1.1 200 OK"],
        ),
        (
            "metadata marks an example anywhere",
            "## Upload\n<!-- { \"blockType\": \"request\" } -->\n```http\nPUT /a\n```\n<!-- { \"blockType\": \"response\" } -->\n```http\nHTTP/1.1 202 Accepted\n```\n",
            &["PUT /a > HTTP/1.1 202 Accepted"],
        ),
        (
            "a notification and its answer are left out",
            "## Example\n```http\nPOST /xs/1/do\n```\n```http\nHTTP/1.1 202 Accepted\n```\n### Notification\n```http\nPOST https://bot.contoso.com/calls\n```\n```json\n{\"state\": \"done\"}\n```\n```http\nHTTP/1.1 200 OK\n```\n",
            &["POST /xs/1/do > HTTP/1.1 202 Accepted"],
        ),
        (
            "nothing is known behind what can't be read",
            "## Example\n```http\nGET /a\n```\n```http\nHTTP/1.1 200 OK\n```\n```http\nnonsense\n```\n```http\nHTTP/1.1 201 Created\n```\n",
            &["GET /a > HTTP/1.1 200 OK", "- > HTTP/1.1 201 Created"],
        ),
    ];
    for (what, text, expected) in cases {
        assert_eq!(examples(text), *expected, "{what}");
    }
}

#[test]
fn json_below_a_request_is_its_body_or_its_response() {
    let start = "## Example\n### Request\n```http\nPOST /xs/1/do\n```\n";
    let end = "### Response\n```http\nHTTP/1.1 204 No Content\n```\n";
    let cases = [
        ("```json\n{\"a\": 1}\n```\n", "{\"a\": 1}"),
        ("### Response\n```json\n{\"a\": 1}\n```\n", ""),
        (
            "<!-- { \"blockType\": \"response\" } -->\n```json\n{\"a\": 1}\n```\n",
            "",
        ),
    ];
    for (json, body) in cases {
        let found = operations(&format!("{HEAD}{start}{json}{end}"));
        let request = found[0].examples[0].request.as_ref().expect("a request");
        assert_eq!(request.body, body, "{json}");
    }
}

#[test]
fn examples_of_a_page_of_several_methods_belong_to_theirs() {
    let text = "# Do x\n\n## HTTP request\n```http\nGET /xs/{id}\nDELETE /xs/{id}\n```\n\n## Example\n```http\nDELETE /xs/1\n```\n```http\nHTTP/1.1 204 No Content\n```\n\n## Example\n```http\nGET /xs/1\n```\n```http\nHTTP/1.1 200 OK\n```\n\n## Example\n```http\nPUT /elsewhere\n```\n";
    let found = operations(text);
    let found = found.iter().map(|operation| {
        let examples = operation.examples.iter().map(short);
        (operation.method.as_str(), examples.collect::<Vec<_>>())
    });
    let other = "PUT /elsewhere > -";
    let expected = [
        ("GET", vec!["GET /xs/1 > HTTP/1.1 200 OK", other]),
        (
            "DELETE",
            vec!["DELETE /xs/1 > HTTP/1.1 204 No Content", other],
        ),
    ];
    let expected = expected.map(|(method, found)| {
        let found = found.into_iter().map(str::to_owned);
        (method, found.collect::<Vec<_>>())
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn request_lines_may_stand_below_any_heading_but_an_example() {
    let text = "# Do x\n\n## Permissions\n```http\nPOST /xs/{id}/do\n```\n\n## Example\n```http\nPOST /xs/1/do\n```\n";
    let found = operations(text);
    assert_eq!(found.len(), 1);
    let paths: Vec<&str> = found[0]
        .path_templates
        .iter()
        .map(|p| p.text.as_str())
        .collect();
    assert_eq!(paths, ["/xs/{id}/do"]);
}
