//! Answers of 202: what is in the body, and what the link in the headers leads to.

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
