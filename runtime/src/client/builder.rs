//! How a client is made: credential, endpoint and transport in, a client or an error out.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::redirect::Policy;

use super::budget::Budget;
use super::limits::Limits;
use super::token_cache::TokenCache;
use super::{Client, Cloud, Error, Shared, TokenCredential, TokenRequest, origin};

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// What a client calls itself when its user chooses no name.
const USER_AGENT: &str = concat!("graph-runtime/", env!("CARGO_PKG_VERSION"));

/// Settings of a client to be, where `C` is [`Client`] or a generated type around it.
pub struct ClientBuilder<C = Client> {
    credential: Arc<dyn TokenCredential>,
    endpoint: String,
    cloud: Option<Cloud>,
    http_client: Option<reqwest::Client>,
    user_agent: String,
    scopes: Vec<String>,
    connect_timeout: Duration,
    pub(super) limits: Limits,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Starts from a credential and the endpoint to use unless another is named.
    pub fn new(
        credential: impl TokenCredential + 'static,
        default_endpoint: impl Into<String>,
    ) -> Self {
        Self {
            credential: Arc::new(credential),
            endpoint: default_endpoint.into(),
            cloud: None,
            http_client: None,
            user_agent: USER_AGENT.to_owned(),
            scopes: Vec::new(),
            connect_timeout: CONNECT_TIMEOUT,
            limits: Limits::default(),
            client: PhantomData,
        }
    }

    /// The base URL, version included, such as `https://graph.microsoft.us/v1.0`.
    ///
    /// `http` is accepted for `localhost` and loopback addresses only.
    #[must_use]
    pub fn endpoint(self, url: impl Into<String>) -> Self {
        Self {
            endpoint: url.into(),
            cloud: None,
            ..self
        }
    }

    /// The cloud to use: its host takes the place of the endpoint's, whose version stays, and tokens
    /// are asked for in its scope.
    #[must_use]
    pub fn cloud(self, cloud: Cloud) -> Self {
        Self {
            cloud: Some(cloud),
            ..self
        }
    }

    /// The transport to use, with its proxies and certificates. Its own timeouts hold beside those of
    /// the client.
    ///
    /// Build it with [`Policy::none`]: the pipeline follows redirects itself, within the host and
    /// for reading requests only. One that follows on its own is noticed when it ends up elsewhere,
    /// and its answer refused.
    #[must_use]
    pub fn http_client(self, http_client: reqwest::Client) -> Self {
        Self {
            http_client: Some(http_client),
            ..self
        }
    }

    /// How long a connection may take to come about; 10 seconds unless set. It does not change a
    /// transport given to [`http_client`](Self::http_client).
    #[must_use]
    pub fn connect_timeout(self, connect_timeout: Duration) -> Self {
        Self {
            connect_timeout,
            ..self
        }
    }

    /// The `User-Agent` to send in place of `graph-runtime/<version>`.
    #[must_use]
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            ..self
        }
    }

    /// The scopes to ask tokens for in place of `https://<host>/.default`.
    #[must_use]
    pub fn scopes<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        Self {
            scopes: scopes.into_iter().map(Into::into).collect(),
            ..self
        }
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::Endpoint`] when the endpoint is not one a token may be sent to;
    /// [`Error::Builder`] when the user agent can't be sent or the transport can't be set up.
    pub fn build(self) -> Result<C, Error> {
        let endpoint = origin::parse_endpoint(&self.endpoint)?;
        let endpoint = match self.cloud {
            Some(cloud) => origin::parse_endpoint(cloud.endpoint())?
                .join(endpoint.path())
                .map_err(|error| Error::Endpoint(error.to_string()))?,
            None => endpoint,
        };
        let scopes = match self.scopes.is_empty() {
            true => vec![origin::default_scope(&endpoint)],
            false => self.scopes,
        };
        let http = match self.http_client {
            Some(http_client) => http_client,
            None => default_http_client(&endpoint, self.connect_timeout)?,
        };
        let user_agent = user_agent_value(&self.user_agent)?;
        Ok(C::from(Client {
            shared: Arc::new(Shared {
                endpoint,
                http,
                tokens: TokenCache::new(self.credential, TokenRequest::new(scopes)),
                user_agent,
                budget: Budget::of_retries(self.limits.retries),
                limits: self.limits,
            }),
        }))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The endpoint is as the user typed it, which may hold a password until `build` refuses it.
        f.debug_struct("ClientBuilder")
            .field("user_agent", &self.user_agent)
            .field("scopes", &self.scopes)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

fn default_http_client(
    endpoint: &Url,
    connect_timeout: Duration,
) -> Result<reqwest::Client, Error> {
    #[cfg(feature = "rustls")]
    ensure_crypto_provider();
    let mut transport = reqwest::Client::builder()
        .redirect(Policy::none())
        .connect_timeout(connect_timeout);
    // What goes to this machine unencrypted must not take the way over a proxy of the environment.
    if endpoint.scheme() == "http" {
        transport = transport.no_proxy();
    }
    transport
        .build()
        .map_err(|error| Error::Builder(format!("the transport can't be set up: {error}")))
}

/// Gives rustls its cryptography, unless the program has chosen one before.
#[cfg(feature = "rustls")]
pub(crate) fn ensure_crypto_provider() {
    // An error means that there is a provider already, which then stands.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn user_agent_value(text: &str) -> Result<http::HeaderValue, Error> {
    http::HeaderValue::from_str(text)
        .map_err(|_| Error::Builder("the user agent holds characters no header can".to_owned()))
}
