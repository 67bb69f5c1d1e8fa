//! Who the client speaks for: scopes in, a bearer token out.

use std::error;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use super::BoxFuture;

/// Something that can obtain access tokens, such as an identity library or a secret store.
///
/// The client asks before each request; an implementation that calls a token service keeps its
/// tokens until they are about to expire.
pub trait TokenCredential: fmt::Debug + Send + Sync {
    /// Obtains a token for `scopes`, such as `https://graph.microsoft.com/.default`.
    ///
    /// # Errors
    ///
    /// When no token can be had; the request that wanted it fails with
    /// [`Error::Credential`](super::Error::Credential) and nothing is sent.
    fn get_token<'a>(
        &'a self,
        scopes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>>;
}

impl<C: TokenCredential + ?Sized> TokenCredential for Arc<C> {
    fn get_token<'a>(
        &'a self,
        scopes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        (**self).get_token(scopes)
    }
}

/// A bearer token (RFC 6750) and when it ceases to be valid. `Debug` does not show the token.
#[derive(Clone, Eq, PartialEq)]
pub struct AccessToken {
    secret: String,
    expires_on: Option<Timestamp>,
}

impl AccessToken {
    /// A token whose expiry is not known.
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            expires_on: None,
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
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("secret", &"[redacted]")
            .field("expires_on", &self.expires_on)
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
        _scopes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

/// Why a credential has no token to give.
#[derive(Debug)]
pub struct CredentialError {
    message: String,
    source: Option<Box<dyn error::Error + Send + Sync>>,
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
            source: Some(Box::new(source)),
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
