//! What is asked of a credential, and what becomes of its answer.

use std::sync::{Arc, Mutex};

use graph_runtime::{
    AccessToken, BoxFuture, Client, ClientBuilder, Cloud, CredentialError, Error, NoContent,
    TokenCredential, TokenRequest,
};

use crate::GET;
use crate::server::{Answer, Server};

/// Remembers the scopes it was asked for; answers with a token or a refusal.
#[derive(Debug)]
struct Recording {
    token: Option<&'static str>,
    scopes: Mutex<Vec<String>>,
}

impl Recording {
    fn new(token: Option<&'static str>) -> Arc<Self> {
        Arc::new(Self {
            token,
            scopes: Mutex::default(),
        })
    }

    fn scopes(&self) -> Vec<String> {
        self.scopes.lock().expect("no panic").clone()
    }
}

impl TokenCredential for Recording {
    fn get_token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async {
            *self.scopes.lock().expect("no panic") = request.scopes.clone();
            let refusal = || CredentialError::new("signed out").with_source(std::fmt::Error);
            self.token.map(AccessToken::new).ok_or_else(refusal)
        })
    }
}

/// As generated code wraps the client.
struct GraphClient(Client);

impl From<Client> for GraphClient {
    fn from(client: Client) -> Self {
        Self(client)
    }
}

#[tokio::test]
async fn scopes_are_the_hosts_default_or_the_callers() {
    let server = Server::answering([Answer::new(204, "")]).await;
    let table = [
        (vec![], vec!["http://127.0.0.1/.default"]),
        (vec!["a", "b"], vec!["a", "b"]),
    ];
    for (given, asked) in table {
        let credential = Recording::new(Some("t"));
        let client =
            ClientBuilder::<GraphClient>::new(Arc::clone(&credential), server.url("/beta"))
                .scopes(given)
                .user_agent("triage/1.0")
                .build()
                .expect("a client");
        client
            .0
            .root()
            .segment("me")
            .undocumented::<NoContent>(&GET)
            .await
            .expect("an answer");
        assert_eq!(credential.scopes(), asked);
        let seen = server.seen().pop().expect("a request");
        assert_eq!(seen.header("authorization"), Some("Bearer t"));
        assert_eq!(seen.header("user-agent"), Some("triage/1.0"));
    }
}

#[tokio::test]
async fn without_a_usable_token_nothing_is_sent() {
    let server = Server::answering([Answer::new(204, "")]).await;
    for token in [None, Some("two\r\nlines")] {
        let client = Client::builder(Recording::new(token))
            .endpoint(server.url("/beta"))
            .build()
            .expect("a client");
        let error = client
            .root()
            .segment("me")
            .undocumented::<NoContent>(&GET)
            .await;
        let error = error.expect_err("no token");
        assert!(matches!(error, Error::Credential(_)), "{error:?}");
        assert!(
            error.to_string().starts_with("no access token: "),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("lines"), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[test]
fn a_user_agent_no_header_can_hold_is_refused() {
    let builder = Client::builder(Recording::new(None)).user_agent("a\nb");
    assert!(matches!(builder.build(), Err(Error::Builder(_))));
}

#[test]
fn clouds_change_the_host_and_leave_the_version() {
    let builder = || Client::builder(Recording::new(None));
    let hosts = [
        (Cloud::Global, "https://graph.microsoft.com"),
        (Cloud::UsGovernmentL4, "https://graph.microsoft.us"),
        (Cloud::UsGovernmentL5, "https://dod-graph.microsoft.us"),
        (Cloud::China, "https://microsoftgraph.chinacloudapi.cn"),
    ];
    assert_eq!(hosts.map(|(cloud, _)| cloud), Cloud::ALL);
    for (cloud, host) in hosts {
        let client = builder().cloud(cloud).build().expect("a client");
        assert_eq!(client.endpoint(), format!("{host}/v1.0"));
        let beta = builder().endpoint("https://graph.microsoft.com/beta/");
        let client = beta.cloud(cloud).build().expect("a client");
        assert_eq!(client.endpoint(), format!("{host}/beta"));
        let last = builder()
            .cloud(cloud)
            .endpoint("https://graph.example/v1.0");
        let client = last.build().expect("a client");
        assert_eq!(client.endpoint(), "https://graph.example/v1.0");
    }
}
