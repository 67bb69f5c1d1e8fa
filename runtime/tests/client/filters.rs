//! Conditions for `$filter`, held against a reader of OData expressions.

use std::collections::BTreeMap;

use fastrand::Rng;
use graph_runtime::filter::{Condition, Operand, field};
use graph_runtime::model::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use graph_runtime::{Error, Json};
use serde_json::Value;

use crate::expression::{Tree, read};
use crate::server::{Answer, Server};
use crate::{GET, tasks};

/// An enum as generated code declares it.
#[derive(Clone, PartialEq)]
enum Severity {
    High,
    Unknown(String),
}
graph_runtime::open_enum! { Severity { "high" => High } }

#[test]
fn literals_are_odata() {
    let text = |text: &str| text.to_owned();
    let moment: DateTimeOffset = "2024-02-03T04:05:06.1234567+02:00"
        .parse()
        .expect("a moment");
    let guid: Guid = "01234567-89AB-CDEF-0123-456789abcdef"
        .parse()
        .expect("a GUID");
    let date: Date = "2024-02-03".parse().expect("a date");
    let time: TimeOfDay = "04:05:06".parse().expect("a time");
    let duration: Duration = "P1DT2H".parse().expect("a duration");
    let decimal: Decimal = "1.50".parse().expect("a decimal");
    let table: Vec<(Operand, &str)> = vec![
        ("it's".into(), "'it''s'"),
        ("".into(), "''"),
        ("' or 1 eq 1 or '".into(), "''' or 1 eq 1 or '''"),
        (text("a").into(), "'a'"),
        ((&text("a")).into(), "'a'"),
        (Some("a").into(), "'a'"),
        (None::<i32>.into(), "null"),
        (Operand::null(), "null"),
        (true.into(), "true"),
        ((-5).into(), "-5"),
        (i64::MIN.into(), "-9223372036854775808"),
        (0.1_f32.into(), "0.1"),
        (1.0.into(), "1.0"),
        (1e300.into(), "1e300"),
        (f64::NAN.into(), "NaN"),
        (f64::INFINITY.into(), "INF"),
        (f64::NEG_INFINITY.into(), "-INF"),
        (decimal.into(), "1.50"),
        (guid.into(), "01234567-89ab-cdef-0123-456789abcdef"),
        ((&moment).into(), "2024-02-03T04:05:06.1234567+02:00"),
        (moment.timestamp().into(), "2024-02-03T02:05:06.1234567Z"),
        (date.into(), "2024-02-03"),
        (time.into(), "04:05:06"),
        (duration.into(), "duration'P1DT2H'"),
        (
            Binary::base64(*b"\xfb\xff\xfe\x00").into(),
            "binary'-__-AA'",
        ),
        (Severity::High.into(), "'high'"),
        (Severity::Unknown(text("o'k")).into(), "'o''k'"),
        (field("a/b").into(), "a/b"),
    ];
    for (operand, expected) in table {
        let condition = field("x").eq(operand);
        assert_eq!(condition.as_str(), format!("x eq {expected}"));
    }
}

#[test]
fn comparisons_functions_and_lambdas() {
    let table = [
        (field("a").ne("x"), "a ne 'x'"),
        (field("a").gt(1), "a gt 1"),
        (field("a").ge(1), "a ge 1"),
        (field("a").lt(1), "a lt 1"),
        (field("a").le(1), "a le 1"),
        (field("a").has("x"), "a has 'x'"),
        (field("a").is_null(), "a eq null"),
        (field("a").is_not_null(), "a ne null"),
        (field("a").is_in(["x", "y'"]), "a in ('x','y''')"),
        (field("a").starts_with("x"), "startswith(a,'x')"),
        (field("a").ends_with("x"), "endswith(a,'x')"),
        (field("a").contains("x"), "contains(a,'x')"),
        (field("a").to_lower().eq("x"), "tolower(a) eq 'x'"),
        (
            field("a").trim().to_upper().eq("X"),
            "toupper(trim(a)) eq 'X'",
        ),
        (field("a").length().gt(3), "length(a) gt 3"),
        (field("a").count().gt(0), "a/$count gt 0"),
        (field("a").field("b/c").eq(1), "a/b/c eq 1"),
        (
            field("microsoft.graph.user/a").eq(1),
            "microsoft.graph.user/a eq 1",
        ),
        (field("a").is_not_empty(), "a/any()"),
        (field("a").any("x", |x| x.eq(1)), "a/any(x:x eq 1)"),
        (
            field("a").all("x", |x| {
                x.field("b").any("y", |y| y.eq(1).or(field("c").eq(2)))
            }),
            "a/all(x:x/b/any(y:y eq 1 or c eq 2))",
        ),
        (!field("a").eq(1), "not (a eq 1)"),
        (field("a").eq(1).not().not(), "not (not (a eq 1))"),
    ];
    for (condition, expected) in table {
        assert_eq!(condition.to_string(), expected);
        read(expected).expect(expected);
    }
}

#[test]
fn operators_keep_together_what_was_put_together() {
    let [a, b, c] = ["a", "b", "c"].map(|name| field(name).eq(1));
    let table = [
        (a.clone().and(&b).or(&c), "a eq 1 and b eq 1 or c eq 1"),
        (a.clone().or(&b).and(&c), "(a eq 1 or b eq 1) and c eq 1"),
        (
            a.clone().and(b.clone().or(&c)),
            "a eq 1 and (b eq 1 or c eq 1)",
        ),
        (
            a.clone().and(b.clone().and(&c)),
            "a eq 1 and b eq 1 and c eq 1",
        ),
        (
            a.clone().or(b.clone().and(c.not())),
            "a eq 1 or b eq 1 and not (c eq 1)",
        ),
        (a.and("x eq 1 or y eq 2"), "a eq 1 and (x eq 1 or y eq 2)"),
        (Condition::from("x or y").or(b), "(x or y) or b eq 1"),
        ("x eq 1 or y eq 2".into(), "x eq 1 or y eq 2"),
    ];
    for (condition, expected) in table {
        assert_eq!(condition.as_str(), expected);
    }
}

/// A random condition, and the tree that a reader of OData must make of it.
fn random(rng: &mut Rng, depth: usize) -> (Condition, Tree) {
    let choices = if depth == 0 { 3 } else { 7 };
    match rng.usize(..choices) {
        0 => {
            let (text, number) = (text(rng), rng.i32(..));
            let condition = field("name").is_in([Operand::from(&text), number.into()]);
            let values = vec![Tree::text(&text), Tree::bare(number)];
            (condition, Tree::In("name".into(), values))
        }
        1 => {
            let text = text(rng);
            let call = Tree::Call(
                "startswith".into(),
                vec![Tree::bare("name"), Tree::text(&text)],
            );
            (field("name").starts_with(text), call)
        }
        2 => {
            let text = text(rng);
            let tree = Tree::compare("name", "ne", Tree::text(&text));
            (field("name").ne(text), tree)
        }
        3 => {
            let (inner, tree) = random(rng, depth - 1);
            (inner.not(), Tree::Not(Box::new(tree)))
        }
        4 => {
            let (inner, tree) = random(rng, depth - 1);
            let variable = format!("v{depth}");
            let condition = field("tags").any(&variable, |_| inner);
            (
                condition,
                Tree::Lambda("tags/any".into(), variable, Box::new(tree)),
            )
        }
        choice => {
            let ((left, left_tree), (right, right_tree)) =
                (random(rng, depth - 1), random(rng, depth - 1));
            match choice {
                5 => (left.and(right), Tree::and(left_tree, right_tree)),
                _ => (left.or(right), Tree::or(left_tree, right_tree)),
            }
        }
    }
}

/// Text that readers trip over.
fn text(rng: &mut Rng) -> String {
    let pieces = [
        "'",
        "''",
        " and ",
        " eq ",
        "(",
        ")",
        ",",
        "ü",
        "\u{1F512}",
        "%27",
        "\n",
        "x",
        "",
    ];
    (0..rng.usize(..5))
        .map(|_| pieces[rng.usize(..pieces.len())])
        .collect()
}

#[test]
fn whatever_is_built_reads_as_it_was_meant() {
    let mut rng = Rng::with_seed(4);
    let mut sizes = BTreeMap::new();
    for _ in 0..4000 {
        let depth = rng.usize(..6);
        let (condition, expected) = random(&mut rng, depth);
        let tree = read(condition.as_str()).unwrap_or_else(|error| panic!("{condition}: {error}"));
        assert_eq!(tree, expected, "{condition}");
        *sizes.entry(depth).or_insert(0) += 1;
    }
    assert_eq!(sizes.len(), 6, "{sizes:?}");
}

#[tokio::test]
async fn names_that_are_none_surface_on_send() {
    let server = Server::answering([Answer::json("{}")]).await;
    let table = [
        field("a eq 1 or b").eq(1),
        field("").eq(1),
        field("a//b").eq(1),
        field("a'").starts_with("x"),
        field("1a").is_null(),
        field("a").field("b)").eq(1),
        field("a").eq(field("b or c")),
        field("a").is_in(Vec::<String>::new()),
        field("a").any("x:x eq 1 or y", |x| x.eq(1)),
        field("ok").eq(1).and(field("not ok").eq(1)).not(),
    ];
    for condition in table {
        let shown = condition.to_string();
        let request = tasks(&server).undocumented::<Json<Value>>(&GET);
        let error = request.filter(condition).await.expect_err(&shown);
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_condition_arrives_encoded() {
    let server = Server::answering([Answer::json("{}")]).await;
    let moment: DateTimeOffset = "2024-02-03T04:05:06+02:00".parse().expect("a moment");
    let request = || tasks(&server).undocumented::<Json<Value>>(&GET);
    let built = field("name").eq("a&b='+").and(field("at").ge(moment));
    request()
        .filter("before")
        .filter(built)
        .await
        .expect("an answer");
    request()
        .filter(String::from("a eq 'b'"))
        .await
        .expect("an answer");
    let sent: Vec<_> = server.seen().into_iter().map(|seen| seen.uri).collect();
    let built = "$filter=name%20eq%20%27a%26b%3D%27%27%2B%27%20and%20at%20ge%202024-02-03T04%3A05%3A06%2B02%3A00";
    assert_eq!(sent[0].query(), Some(built));
    assert_eq!(sent[1].query(), Some("$filter=a%20eq%20%27b%27"));
}
