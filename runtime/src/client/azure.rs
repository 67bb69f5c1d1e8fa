//! Microsoft's credentials as ours: an `azure_core` credential in, a [`TokenCredential`] out.

use std::sync::Arc;

use azure_core::credentials::TokenCredential as Inner;
use jiff::Timestamp;

use super::{AccessToken, BoxFuture, CredentialError, TokenCredential, TokenRequest};

/// A credential of the `azure_identity` crate, or any other that implements `azure_core`'s trait: managed
/// identity, workload identity, client secret or certificate, developer tools.
///
/// ```
/// use std::sync::Arc;
/// use azure_core::credentials::TokenCredential;
/// use graph_runtime::{AzureCredential, Client, Error};
///
/// fn client(credential: Arc<dyn TokenCredential>) -> Result<Client, Error> {
///     Client::builder(AzureCredential::new(credential)).build()
/// }
/// ```
///
/// `azure_core` 1.1 has no way to pass the claims of a challenge on. Its credential is asked again all the
/// same; where it answers with the token that was refused, the call ends with the service's 401, and
/// [`ServiceError::claims_challenge`](super::ServiceError::claims_challenge) has the claims.
///
/// The login authority is the credential's own setting: [`Cloud::login_authority`](super::Cloud::login_authority)
/// has it for the national clouds.
#[derive(Clone, Debug)]
pub struct AzureCredential(Arc<dyn Inner>);

impl AzureCredential {
    /// A credential that asks `credential`.
    #[must_use]
    pub fn new(credential: Arc<dyn Inner>) -> Self {
        Self(credential)
    }
}

impl<C: Inner + 'static> From<Arc<C>> for AzureCredential {
    fn from(credential: Arc<C>) -> Self {
        Self(credential)
    }
}

impl TokenCredential for AzureCredential {
    fn get_token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let scopes: Vec<&str> = request.scopes.iter().map(String::as_str).collect();
            let token = self
                .0
                .get_token(&scopes, None)
                .await
                .map_err(|error| CredentialError::new(error.to_string()).with_source(error))?;
            let expires_on = Timestamp::from_second(token.expires_on.unix_timestamp());
            let expires_on = expires_on.map_err(|error| {
                CredentialError::new("the token expires at no moment in time").with_source(error)
            })?;
            Ok(AccessToken::new(token.token.secret()).with_expiry(expires_on))
        })
    }
}
