//! What users do with functions and keys.

#[allow(dead_code, reason = "each use needs another part of it")]
mod loopback;

use functions_and_keys::GraphClient;
use functions_and_keys::models::library::Genre;
use graph_runtime::StaticToken;
use graph_runtime::model::Flags;
use loopback::Loopback;

fn client(server: &Loopback) -> GraphClient {
    let builder = GraphClient::builder(StaticToken::new("t")).endpoint(server.endpoint());
    builder.build().expect("loopback needs no TLS")
}

#[tokio::test]
async fn arguments_and_keys_are_sent_as_literals() {
    let server = Loopback::answering(&["200 OK\n\n{\"value\":[]}"; 5]);
    let books = client(&server).books();
    books.find("O'Hara", 5).await.expect("books");
    books.by_isbn("a'b").get().await.expect("a book");
    books.in_bindings("linen").await.expect("books");
    books.by_genre(Genre::Novel, Genre::Poems, "north").await.expect("books");
    let both: Flags<Genre> = [Genre::Novel, Genre::Poems].into_iter().collect();
    books.by_genre(both, "o'", "it's").await.expect("books");
    let seen = server.seen();
    let lines: Vec<&str> = seen.iter().map(|seen| seen.line.as_str()).collect();
    let expected = [
        "GET /v1.0/books/find(about='O''Hara',limit=5)",
        "GET /v1.0/books(isbn='a%27%27b')",
        "GET /v1.0/books/inBindings(binding=microsoft.graph.library.binding'linen')",
        "GET /v1.0/books/byGenre(genre=microsoft.graph.library.genre'novel',mood='poems',shelf='north')",
        "GET /v1.0/books/byGenre(genre=microsoft.graph.library.genre'novel,poems',mood='o''',shelf='it''s')",
    ];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn no_argument_ends_the_literal_of_a_member() {
    let server = Loopback::answering(&["200 OK\n\n{\"value\":[]}"]);
    let books = client(&server).books();
    books.in_bindings("x',a='/y").await.expect("books");
    let line = server.seen().remove(0).line;
    assert_eq!(
        line,
        "GET /v1.0/books/inBindings(binding=microsoft.graph.library.binding'x'',a=''%2Fy')"
    );
}
