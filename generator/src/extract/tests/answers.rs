//! Answers of 202: what is in the body, and what the link in the headers leads to. Answers of content.

use crate::extract::testing::page_facts;

/// The type of the body and that of the monitor of the only answer, as the page names them.
fn answer(response: &str) -> (Option<String>, Option<String>) {
    let text = format!(
        "---\ntitle: \"x: run\"\n---\n# x: run\n\nRuns.\n\n## HTTP request\n```http\nPOST /xs/{{id}}/run\n```\n\
         ## Response\n{response}\n"
    );
    let (facts, _) = page_facts("api/x-run.md", &text);
    let responses = &facts.operations[0].responses;
    let accepted = responses.iter().find(|it| it.status == 202).expect("202");
    let name = |found: &Option<crate::schema::TypeRef>| found.as_ref().map(|it| it.name.clone());
    (name(&accepted.type_ref), name(&accepted.monitor))
}

#[test]
fn what_a_link_in_the_headers_leads_to_is_not_in_the_body() {
    let run = "[runOperation](../resources/runoperation.md)";
    let prose = "[operation](../resources/tasks-runoperation.md)";
    let table = [
        (
            format!("Returns `202 Accepted` and a {run} object in the response body."),
            "body",
        ),
        (
            format!(
                "Returns `202 Accepted` and a `Location` header that contains a link to the {run}."
            ),
            "monitor",
        ),
        (
            format!(
                "Returns `202 Accepted` response code. The response also has a `Location` header, which has the location of the {run} that was created."
            ),
            "monitor",
        ),
        (
            format!(
                "Returns `202 Accepted` and a link to the associated {run} in the `Operation-Location` header."
            ),
            "monitor",
        ),
        (
            format!("Returns a `202 Accepted` response containing a link to the {run}."),
            "monitor",
        ),
        (
            format!(
                "Returns `202 Accepted`.\n\nThe response contains a `Location` header with a link to the {run}."
            ),
            "monitor",
        ),
        (
            format!(
                "Returns `202 Accepted`. If it was started, this method returns `202 Accepted` and the location of the {prose}."
            ),
            "prose",
        ),
        (
            "Returns `202 Accepted`. See [how to wait](/graph/wait).".to_owned(),
            "",
        ),
    ];
    for (response, expected) in table {
        let found = answer(&response);
        let expected = match expected {
            "body" => (Some("runOperation"), None),
            "monitor" => (None, Some("runOperation")),
            "prose" => (None, Some("runoperation")),
            _ => (None, None),
        };
        let found = (found.0.as_deref(), found.1.as_deref());
        assert_eq!(found, expected, "{response}");
    }
}

/// Whether the only answer of a page that says no more than `Returns` is content, and the type of its
/// body, where this is the example of it.
fn shown(status: u16, example: &str, metadata: &str) -> (bool, Option<String>) {
    let text = format!(
        "---\ntitle: \"x: print\"\n---\n# x: print\n\nPrints.\n\n## HTTP request\n```http\nGET /xs/{{id}}/print\n```\n\
         ## Response\nReturns a `{status}` response code.\n\n## Example\n```http\nGET https://x.example/v1.0/xs/1/print\n```\n\
         <!-- {{ \"blockType\": \"response\"{metadata} }} -->\n```http\nHTTP/1.1 {status}\n{example}\n```\n"
    );
    let (facts, _) = page_facts("api/x-print.md", &text);
    let answer = facts.operations[0].responses.first().expect("an answer");
    let name = answer.type_ref.as_ref().map(|it| it.name.clone());
    (answer.is_content, name)
}

#[test]
fn content_is_what_is_shown_as_content() {
    let typed = r#", "@odata.type": "microsoft.graph.sheet""#;
    let sheet = "microsoft.graph.sheet";
    let table = [
        (200, "Content-Type: text/csv\n\na,b", "", true, None),
        (200, "Content-Type: Text/CSV\n\na,b", typed, true, None),
        // Nothing says that it is content, and nothing says otherwise.
        (200, "\na,b", "", true, None),
        (200, "Content-Type: text/plain\n\na,b", "", true, None),
        // Metadata does: somebody has left the object out.
        (200, "\nas above", typed, false, Some(sheet)),
        (
            200,
            "Content-Type: text/csv\n\n{ \"a\": 1 }",
            "",
            false,
            None,
        ),
        (200, "Content-Type: text/csv", "", false, None),
        (202, "\nin a while", "", false, None),
    ];
    for (status, example, metadata, is_content, name) in table {
        let found = shown(status, example, metadata);
        let expected = (is_content, name.map(str::to_owned));
        assert_eq!(found, expected, "{status} {example} {metadata}");
    }
}
