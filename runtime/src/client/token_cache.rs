//! The token that a client sends: a credential in, a header out, with as few questions as will do.
//!
//! Tokens that say when they expire are kept and renewed ahead of it, by one call at a time; the others go
//! on with the old one while it is valid, and wait together once it is not. A token that
//! does not say is asked for before each attempt, as only the credential can know.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use jiff::{SignedDuration, Timestamp};
use tokio::time::timeout;

use super::{AccessToken, CredentialError, TokenCredential, TokenRequest};

/// How long before its expiry a token is renewed, where the credential names no moment; of a short life,
/// half of it.
const AHEAD: SignedDuration = SignedDuration::from_secs(300);

/// How long a renewal may take while the old token is still valid.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long after a failed renewal the next is tried, while the old token is still valid.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// A credential and the token that it gave last.
pub(super) struct TokenCache {
    credential: Arc<dyn TokenCredential>,
    request: TokenRequest,
    state: Mutex<State>,
    /// Held by whoever asks the credential, so that nobody else does.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    held: Held,
    /// How often the credential has answered, and with what failure, if it was one, the last time.
    answers: u64,
    failure: Option<CredentialError>,
}

#[derive(Default)]
enum Held {
    #[default]
    Nothing,
    /// A token to use until it expires.
    Token(Token),
    /// The credential gives tokens of which it does not say how long they are valid.
    Unbounded,
}

struct Token {
    header: HeaderValue,
    expires_on: Timestamp,
    renew_at: Timestamp,
}

/// What the cache has to offer at a moment.
enum Offer {
    /// A token far from its expiry.
    Fresh(HeaderValue),
    /// A token that is valid and due to be renewed.
    Ageing(HeaderValue),
    /// No token that is valid.
    Nothing,
    /// No token, as they are not kept.
    Unbounded,
}

impl TokenCache {
    pub(super) fn new(credential: Arc<dyn TokenCredential>, request: TokenRequest) -> Self {
        Self {
            credential,
            request,
            state: Mutex::default(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// The value for `Authorization`, where there is one that need not be asked for.
    pub(super) fn fresh(&self) -> Option<HeaderValue> {
        match self.offer() {
            Offer::Fresh(header) => Some(header),
            Offer::Ageing(_) | Offer::Nothing | Offer::Unbounded => None,
        }
    }

    /// The value for `Authorization`.
    ///
    /// # Errors
    ///
    /// What the credential says when it has no token and there is no valid one from before, and when
    /// what it has can't be put in a header.
    pub(super) async fn header(&self) -> Result<HeaderValue, CredentialError> {
        match self.offer() {
            Offer::Fresh(header) => Ok(header),
            Offer::Ageing(header) => Ok(self.renewed().await.unwrap_or(header)),
            Offer::Unbounded => self.ask(None).await,
            Offer::Nothing => self.awaited().await,
        }
    }

    /// Another token than one that the service has refused, with the claims that it asked for; `None`
    /// when the credential has no other.
    ///
    /// # Errors
    ///
    /// As [`TokenCache::header`].
    pub(super) async fn other_than(
        &self,
        refused: &HeaderValue,
        claims: Option<String>,
    ) -> Result<Option<HeaderValue>, CredentialError> {
        let answers = self.state().answers;
        let _asking = self.asking.lock().await;
        match self.offer() {
            // Another call was refused as well, and has been here before.
            Offer::Fresh(header) | Offer::Ageing(header) if header != refused => {
                return Ok(Some(header));
            }
            Offer::Unbounded => {}
            _ => self.state().held = Held::Nothing,
        }
        self.failure_since(answers)?;
        let header = self.ask(claims).await?;
        Ok(Some(header).filter(|header| header != refused))
    }

    fn offer(&self) -> Offer {
        let now = Timestamp::now();
        match &self.state().held {
            Held::Unbounded => Offer::Unbounded,
            Held::Token(token) if now < token.renew_at => Offer::Fresh(token.header.clone()),
            Held::Token(token) if now < token.expires_on => Offer::Ageing(token.header.clone()),
            Held::Token(_) | Held::Nothing => Offer::Nothing,
        }
    }

    /// A new token while the old one is still good; `None` when somebody else is at it, and when it fails.
    async fn renewed(&self) -> Option<HeaderValue> {
        let _asking = self.asking.try_lock().ok()?;
        if let Offer::Fresh(header) = self.offer() {
            return Some(header);
        }
        if let Ok(Ok(header)) = timeout(PATIENCE, self.ask(None)).await {
            return Some(header);
        }
        if let Held::Token(token) = &mut self.state().held {
            let now = Timestamp::now();
            token.renew_at = now.checked_add(PAUSE).unwrap_or(token.expires_on);
        }
        None
    }

    /// A token that this call or one before it asks for; whoever waits learns what the one before did.
    async fn awaited(&self) -> Result<HeaderValue, CredentialError> {
        let answers = self.state().answers;
        let _asking = self.asking.lock().await;
        if let Offer::Fresh(header) | Offer::Ageing(header) = self.offer() {
            return Ok(header);
        }
        self.failure_since(answers)?;
        self.ask(None).await
    }

    fn failure_since(&self, answers: u64) -> Result<(), CredentialError> {
        let state = self.state();
        match &state.failure {
            Some(failure) if state.answers != answers => Err(failure.clone()),
            _ => Ok(()),
        }
    }

    async fn ask(&self, claims: Option<String>) -> Result<HeaderValue, CredentialError> {
        let answer = match claims {
            None => self.credential.get_token(&self.request).await,
            claims => {
                let scopes = self.request.scopes.clone();
                let request = TokenRequest { scopes, claims };
                self.credential.get_token(&request).await
            }
        };
        let answer = answer.and_then(|token| Ok((header(&token)?, token)));
        let mut state = self.state();
        state.answers += 1;
        match answer {
            Ok((header, token)) => {
                state.failure = None;
                state.held = held(header.clone(), &token, Timestamp::now());
                Ok(header)
            }
            Err(failure) => {
                state.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn held(header: HeaderValue, token: &AccessToken, now: Timestamp) -> Held {
    let Some(expires_on) = token.expires_on() else {
        return Held::Unbounded;
    };
    Held::Token(Token {
        header,
        expires_on,
        renew_at: renewal(expires_on, token.refresh_on(), now),
    })
}

/// When to renew a token that was obtained `now`.
fn renewal(expires_on: Timestamp, refresh_on: Option<Timestamp>, now: Timestamp) -> Timestamp {
    if let Some(refresh_on) = refresh_on {
        return refresh_on.min(expires_on);
    }
    let ahead = AHEAD.min(expires_on.duration_since(now) / 2);
    expires_on.checked_sub(ahead).unwrap_or(expires_on)
}

fn header(token: &AccessToken) -> Result<HeaderValue, CredentialError> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.secret()))
        .map_err(|_| CredentialError::new("the token can't be put in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_renewed_ahead_of_their_expiry() {
        let at = |second| Timestamp::from_second(second).expect("a moment");
        let table = [
            (3600, None, 3300),
            (600, None, 300),
            (60, None, 30),
            (0, None, 0),
            (3600, Some(1800), 1800),
            (3600, Some(7200), 3600),
        ];
        for (expires_on, refresh_on, renewed) in table {
            let renewal = renewal(at(expires_on), refresh_on.map(at), at(0));
            assert_eq!(renewal, at(renewed), "{expires_on} {refresh_on:?}");
        }
    }
}
