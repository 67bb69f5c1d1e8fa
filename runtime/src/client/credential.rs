//! Who the client speaks for: what a token is wanted for in, a bearer token out.

use std::error;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use super::{BoxFuture, Error};

/// Something that can obtain access tokens, such as an identity library or a secret store.
///
/// A client keeps a token that says when it expires: it asks again ahead of that moment, or when the
/// service refuses the token, and never twice at once. A token that does not say is asked for before
/// each attempt; a credential that gives such tokens and calls a token service keeps them itself.
pub trait TokenCredential: fmt::Debug + Send + Sync {
    /// Obtains a token.
    ///
    /// # Errors
    ///
    /// When no token can be had; the request that wanted it fails with
    /// [`Error::Credential`](super::Error::Credential) and nothing is sent.
    fn get_token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>>;
}

impl<C: TokenCredential + ?Sized> TokenCredential for Arc<C> {
    fn get_token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        (**self).get_token(request)
    }
}

/// What a token is wanted for.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct TokenRequest {
    /// The scopes, such as `https://graph.microsoft.com/.default`.
    pub scopes: Vec<String>,
    /// What the token must claim, as the JSON that the service's challenge held. A token that was kept from
    /// before does not: the token service has to be asked.
    pub claims: Option<String>,
}

impl TokenRequest {
    /// A request for a token of these scopes.
    pub fn new<S: Into<String>>(scopes: impl IntoIterator<Item = S>) -> Self {
        Self {
            scopes: scopes.into_iter().map(Into::into).collect(),
            claims: None,
        }
    }
}

/// A bearer token (RFC 6750) and when it ceases to be valid. `Debug` does not show the token.
#[derive(Clone, Eq, PartialEq)]
pub struct AccessToken {
    secret: String,
    expires_on: Option<Timestamp>,
    refresh_on: Option<Timestamp>,
}

impl AccessToken {
    /// A token whose expiry is not known.
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            expires_on: None,
            refresh_on: None,
        }
    }

    /// The same token, valid until `expires_on`.
    #[must_use]
    pub fn with_expiry(self, expires_on: Timestamp) -> Self {
        Self {
            expires_on: Some(expires_on),
            ..self
        }
    }

    /// The same token, to be renewed from `refresh_on` on. Without it the client renews a token five
    /// minutes before it expires.
    #[must_use]
    pub fn with_refresh(self, refresh_on: Timestamp) -> Self {
        Self {
            refresh_on: Some(refresh_on),
            ..self
        }
    }

    /// The text that goes after `Bearer ` in the `Authorization` header.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// When the token ceases to be valid, where the credential says.
    #[must_use]
    pub fn expires_on(&self) -> Option<Timestamp> {
        self.expires_on
    }

    /// When the token is to be renewed, where the credential says.
    #[must_use]
    pub fn refresh_on(&self) -> Option<Timestamp> {
        self.refresh_on
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("secret", &"[redacted]")
            .field("expires_on", &self.expires_on)
            .field("refresh_on", &self.refresh_on)
            .finish()
    }
}

/// A credential that always answers with the same token. `Debug` does not show the token.
#[derive(Clone, Debug)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// A credential around a token obtained elsewhere.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(AccessToken::new(secret))
    }
}

impl From<AccessToken> for StaticToken {
    fn from(token: AccessToken) -> Self {
        Self(token)
    }
}

impl TokenCredential for StaticToken {
    fn get_token<'a>(
        &'a self,
        _request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

/// Why a credential has no token to give.
#[derive(Clone, Debug)]
pub struct CredentialError {
    message: String,
    source: Option<Arc<dyn error::Error + Send + Sync>>,
}

impl CredentialError {
    /// An error that says what went wrong, in words fit for a log: no secret in them.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    /// The same error with the failure below it.
    #[must_use]
    pub fn with_source(self, source: impl error::Error + Send + Sync + 'static) -> Self {
        Self {
            source: Some(Arc::new(source)),
            ..self
        }
    }

    /// The same error for a call whose token the service has refused before.
    pub(super) fn after(self, refusal: &Error) -> Self {
        Self {
            message: format!(
                "{}; asked for as the service had answered {refusal}",
                self.message
            ),
            ..self
        }
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for CredentialError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn error::Error + 'static))
    }
}
