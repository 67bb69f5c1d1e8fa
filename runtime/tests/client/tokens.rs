//! How long tokens are kept, who renews them, and what a refused one leads to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;

use graph_runtime::{
    AccessToken, BoxFuture, Client, CredentialError, Error, NoContent, Operation, Timestamp,
    TokenCredential, TokenRequest,
};

use crate::server::{Answer, Server};
use crate::{CREATE, GET, transport};

/// `{"access_token":{"nbf":{"essential":true}}}`.
const ENCODED: &str = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==";
const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true}}}"#;

/// Gives its answers in turn, the last again and again, each after a while.
#[derive(Debug)]
struct Scripted {
    answers: Vec<Result<AccessToken, CredentialError>>,
    asked: Mutex<Vec<TokenRequest>>,
}

impl Scripted {
    fn new(answers: impl IntoIterator<Item = Result<AccessToken, CredentialError>>) -> Arc<Self> {
        Arc::new(Self {
            answers: answers.into_iter().collect(),
            asked: Mutex::default(),
        })
    }

    fn asked(&self) -> Vec<TokenRequest> {
        self.asked.lock().expect("no panic").clone()
    }
}

impl TokenCredential for Scripted {
    fn get_token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        let turn = {
            let mut asked = self.asked.lock().expect("no panic");
            asked.push(request.clone());
            asked.len() - 1
        };
        let answer = self.answers.get(turn).or(self.answers.last());
        let answer = answer.expect("an answer").clone();
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            answer
        })
    }
}

/// A token that is valid for so many seconds from now on.
fn token(secret: &str, seconds: i64) -> AccessToken {
    AccessToken::new(secret).with_expiry(from_now(seconds))
}

/// A valid token that is due to be renewed.
fn ageing(secret: &str) -> Result<AccessToken, CredentialError> {
    Ok(token(secret, 3600).with_refresh(from_now(-1)))
}

fn from_now(seconds: i64) -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second() + seconds).expect("a moment")
}

fn lasting(secret: &str) -> Result<AccessToken, CredentialError> {
    Ok(token(secret, 3600))
}

fn refusal() -> Result<AccessToken, CredentialError> {
    Err(CredentialError::new("signed out"))
}

fn client(server: &Server, credential: &Arc<Scripted>) -> Client {
    Client::builder(Arc::clone(credential))
        .endpoint(server.url("/beta"))
        .http_client(transport())
        .build()
        .expect("a client")
}

async fn call(client: &Client, operation: &'static Operation) -> Result<(), Error> {
    let place = client.root().segment("tasks");
    place.undocumented::<NoContent>(operation).await
}

fn sent_tokens(server: &Server) -> Vec<String> {
    let seen = server.seen();
    let tokens = seen.iter().map(|seen| seen.header("authorization"));
    tokens
        .map(|token| token.expect("a token").to_owned())
        .collect()
}

fn fine() -> Answer {
    Answer::new(204, "")
}

fn refused(challenge: String) -> Answer {
    Answer::new(401, "").header("www-authenticate", challenge)
}

fn wants_claims() -> Answer {
    refused(format!(
        r#"Bearer realm="", error="insufficient_claims", claims="{ENCODED}""#
    ))
}

#[tokio::test]
async fn a_hundred_calls_at_once_ask_for_one_token() {
    let server = Server::answering([fine()]).await;
    let credential = Scripted::new([lasting("a")]);
    let client = client(&server, &credential);
    let calls = join_all((0..100).map(|_| call(&client, &GET))).await;
    assert!(calls.iter().all(Result::is_ok));
    call(&client, &CREATE).await.expect("an answer");
    assert_eq!(credential.asked().len(), 1);
    assert_eq!(sent_tokens(&server), vec!["Bearer a"; 101]);
}

#[tokio::test]
async fn a_hundred_calls_at_once_share_one_refusal() {
    let server = Server::answering([fine()]).await;
    let credential = Scripted::new([refusal(), lasting("a")]);
    let client = client(&server, &credential);
    let calls = join_all((0..100).map(|_| call(&client, &GET))).await;
    for error in calls.into_iter().filter_map(Result::err) {
        assert_eq!(error.to_string(), "no access token: signed out");
    }
    assert_eq!(credential.asked().len(), 1);
    assert!(server.seen().is_empty());
    call(&client, &GET).await.expect("an answer");
    assert_eq!(sent_tokens(&server), ["Bearer a"]);
}

#[tokio::test]
async fn a_token_is_renewed_ahead_of_its_expiry_by_one_call() {
    let server = Server::answering([fine()]).await;
    let credential = Scripted::new([ageing("a"), lasting("b")]);
    let client = client(&server, &credential);
    call(&client, &GET).await.expect("an answer");
    let calls = join_all((0..20).map(|_| call(&client, &GET))).await;
    assert!(calls.iter().all(Result::is_ok));
    assert_eq!(credential.asked().len(), 2);
    let sent = sent_tokens(&server);
    // One call waits for the new token; the others go on with the old one.
    assert_eq!(sent.iter().filter(|token| *token == "Bearer b").count(), 1);
    call(&client, &GET).await.expect("an answer");
    assert_eq!(sent_tokens(&server).last().expect("a token"), "Bearer b");
}

#[tokio::test]
async fn an_expired_token_is_not_sent_again() {
    let server = Server::answering([fine()]).await;
    let credential = Scripted::new([Ok(token("a", -5)), lasting("b")]);
    let client = client(&server, &credential);
    for _ in 0..3 {
        call(&client, &GET).await.expect("an answer");
    }
    assert_eq!(credential.asked().len(), 2);
    assert_eq!(sent_tokens(&server), ["Bearer a", "Bearer b", "Bearer b"]);
}

#[tokio::test]
async fn a_failed_renewal_leaves_the_old_token_in_use() {
    let server = Server::answering([fine()]).await;
    let credential = Scripted::new([ageing("a"), refusal()]);
    let client = client(&server, &credential);
    for _ in 0..5 {
        call(&client, &GET).await.expect("an answer");
    }
    // The next renewal is tried after a pause, not by each call.
    assert_eq!(credential.asked().len(), 2);
    assert_eq!(sent_tokens(&server), vec!["Bearer a"; 5]);
}

#[tokio::test]
async fn a_token_that_does_not_say_when_it_expires_is_not_kept() {
    let server = Server::answering([fine()]).await;
    let credential = Scripted::new(["a", "b", "c"].map(|secret| Ok(AccessToken::new(secret))));
    let client = client(&server, &credential);
    for _ in 0..3 {
        call(&client, &GET).await.expect("an answer");
    }
    assert_eq!(sent_tokens(&server), ["Bearer a", "Bearer b", "Bearer c"]);
}

#[tokio::test]
async fn a_claims_challenge_asks_once_more_with_the_claims() {
    for operation in [&GET, &CREATE] {
        let server = Server::answering([wants_claims(), fine()]).await;
        let credential = Scripted::new([lasting("a"), lasting("b")]);
        let client = client(&server, &credential);
        call(&client, operation).await.expect("an answer");
        let asked = credential.asked();
        let claims: Vec<_> = asked.iter().map(|asked| asked.claims.as_deref()).collect();
        assert_eq!(claims, [None, Some(CLAIMS)]);
        assert_eq!(asked[0].scopes, asked[1].scopes);
        call(&client, operation).await.expect("an answer");
        assert_eq!(sent_tokens(&server), ["Bearer a", "Bearer b", "Bearer b"]);
        let seen = server.seen();
        assert_eq!(seen[1].header("retry-attempt"), Some("1"));
        assert_eq!(
            seen[0].header("client-request-id"),
            seen[1].header("client-request-id")
        );
    }
}

#[tokio::test]
async fn a_token_that_is_refused_twice_ends_the_call() {
    let server = Server::answering([wants_claims()]).await;
    let credential = Scripted::new([lasting("a"), lasting("b"), lasting("c")]);
    let error = call(&client(&server, &credential), &CREATE).await;
    let error = error.expect_err("refused");
    assert_eq!((server.seen().len(), credential.asked().len()), (2, 2));
    assert_eq!(error.attempts(), 2);
    let Error::Service(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.claims_challenge().as_deref(), Some(CLAIMS));
}

#[tokio::test]
async fn a_plain_401_asks_for_another_token_once() {
    let plain = || refused("Bearer realm=\"\", error=\"invalid_token\"".to_owned());
    let table = [
        // The credential has another token: it is used.
        ([lasting("a"), lasting("b")], 2, 2, true),
        (
            [Ok(AccessToken::new("a")), Ok(AccessToken::new("b"))],
            2,
            2,
            true,
        ),
        // It has none: to send the same again would be in vain.
        ([lasting("a"), lasting("a")], 2, 1, false),
        (
            [Ok(AccessToken::new("a")), Ok(AccessToken::new("a"))],
            2,
            1,
            false,
        ),
    ];
    for (answers, asked, sent, fine_at_last) in table {
        let server = Server::answering([plain(), fine()]).await;
        let credential = Scripted::new(answers);
        let result = call(&client(&server, &credential), &CREATE).await;
        assert_eq!(credential.asked().len(), asked);
        assert!(
            credential
                .asked()
                .iter()
                .all(|asked| asked.claims.is_none())
        );
        assert_eq!((server.seen().len(), result.is_ok()), (sent, fine_at_last));
        if let Err(error) = result {
            assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        }
    }
}

#[tokio::test]
async fn calls_that_are_refused_together_ask_for_one_other_token() {
    let server = Server::answering(vec![wants_claims(); 20].into_iter().chain([fine()])).await;
    let credential = Scripted::new([lasting("a"), lasting("b")]);
    let client = client(&server, &credential);
    let calls = join_all((0..20).map(|_| call(&client, &CREATE))).await;
    assert!(calls.iter().all(Result::is_ok), "{calls:?}");
    assert_eq!(credential.asked().len(), 2);
    assert_eq!(server.seen().len(), 40);
}

#[tokio::test]
async fn a_credential_that_fails_after_a_401_says_both() {
    let server = Server::answering([wants_claims().header("request-id", "abc")]).await;
    let credential = Scripted::new([lasting("a"), refusal()]);
    let error = call(&client(&server, &credential), &GET).await;
    let error = error.expect_err("no token");
    assert!(matches!(error, Error::Credential(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with("no access token: signed out; "), "{text}");
    assert!(text.contains("401 Unauthorized (request-id abc"), "{text}");
}

#[tokio::test]
async fn a_credential_that_hangs_ends_with_the_call() {
    #[derive(Debug)]
    struct Hanging;

    impl TokenCredential for Hanging {
        fn get_token<'a>(
            &'a self,
            _request: &'a TokenRequest,
        ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
            Box::pin(std::future::pending())
        }
    }

    let server = Server::answering([fine()]).await;
    let client = Client::builder(Hanging)
        .endpoint(server.url("/beta"))
        .http_client(transport())
        .deadline(Duration::from_millis(100))
        .build()
        .expect("a client");
    let error = call(&client, &GET).await.expect_err("no token");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.attempts(), 0);
    assert!(!error.may_have_been_carried_out());
    assert!(server.seen().is_empty());
}

#[cfg(feature = "azure-identity")]
mod azure {
    use std::sync::Arc;

    use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
    use azure_core::time::{Duration, OffsetDateTime};
    use graph_runtime::{AzureCredential, Client, Error};

    use crate::server::Server;
    use crate::{GET, transport};

    /// A credential as the crates of Azure's SDK have them.
    #[derive(Debug)]
    struct Secret(Option<&'static str>);

    #[async_trait::async_trait]
    impl TokenCredential for Secret {
        async fn get_token(
            &self,
            scopes: &[&str],
            _options: Option<TokenRequestOptions<'_>>,
        ) -> azure_core::Result<AccessToken> {
            assert_eq!(scopes, ["http://127.0.0.1/.default"]);
            let expires_on = OffsetDateTime::now_utc() + Duration::hours(1);
            let refused = || {
                azure_core::Error::with_message(
                    azure_core::error::ErrorKind::Credential,
                    "no such app",
                )
            };
            let token = self.0.ok_or_else(refused)?;
            Ok(AccessToken::new(token, expires_on))
        }
    }

    #[tokio::test]
    async fn credentials_of_azure_give_tokens_and_reasons() {
        for secret in [Some("of-azure"), None] {
            let server = Server::answering([super::fine()]).await;
            let client = Client::builder(AzureCredential::from(Arc::new(Secret(secret))))
                .endpoint(server.url("/beta"))
                .http_client(transport())
                .build()
                .expect("a client");
            let result = super::call(&client, &GET).await;
            match (secret, result) {
                (Some(_), Ok(())) => {
                    assert_eq!(super::sent_tokens(&server), ["Bearer of-azure"]);
                }
                (None, Err(Error::Credential(error))) => {
                    assert!(error.to_string().contains("no such app"), "{error}");
                }
                (_, other) => panic!("{other:?}"),
            }
        }
    }
}
