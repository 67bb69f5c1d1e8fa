//! Documented exchanges as tests: the HTTP texts of an example in, a panic with the difference out.
//!
//! An [`Exchange`] holds the request and the response of an example as a page prints them. Replaying
//! it starts a server on loopback that answers with the documented response, has a client make the
//! call, and holds both ends to the page: the request sent equals the documented one, and what the
//! response was decoded into serialises back to the documented body.
//!
//! This is support for tests: whatever does not hold is a panic that says what and where.

mod compare;
mod message;
mod outputs;
mod request;
mod server;

use http::header::LOCATION;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use self::message::{RequestText, ResponseText};
use self::server::{Recorded, Server};
use crate::client::{Client, ClientBuilder, Error, ServiceError, StaticToken};

/// The request and the response of a documented example.
#[derive(Clone, Debug)]
pub struct Exchange {
    request: RequestText,
    response: ResponseText,
    base_path: String,
}

impl Exchange {
    /// Reads the texts of an example: start line, headers and body, the blank lines where pages put
    /// them or leave them out.
    ///
    /// # Panics
    ///
    /// When a text has no start line that can be read.
    #[must_use]
    #[track_caller]
    pub fn new(request: &'static str, response: &'static str) -> Self {
        let request = RequestText::parse(request).unwrap_or_else(|fault| panic!("{fault}"));
        let response = ResponseText::parse(response).unwrap_or_else(|fault| panic!("{fault}"));
        let base_path = request.version_path();
        Self {
            request,
            response,
            base_path,
        }
    }

    /// Says what the client's endpoint has for a path, such as `/api/v2`, where it is other than
    /// one segment like `beta` or `v1.0` at the start of the documented URL.
    #[must_use]
    pub fn base_path(self, path: &str) -> Self {
        Self {
            base_path: path.trim_end_matches('/').to_owned(),
            ..self
        }
    }

    /// The documented body of the request, as the type that the call takes.
    ///
    /// # Panics
    ///
    /// When there is none, or it is not the JSON of a `T`.
    #[must_use]
    #[track_caller]
    pub fn body<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.request.body).unwrap_or_else(|error| {
            let Self { request, .. } = self;
            panic!(
                "{request}\nits documented body does not decode: {error}\n{}",
                request.body
            )
        })
    }

    /// Has `call` make the documented request of a client, and checks both ends.
    ///
    /// # Panics
    ///
    /// When it makes no request or several, when the request differs from the documented one, when
    /// the documented response does not decode, or when it does not come back as documented.
    pub async fn replay<C, T>(&self, call: impl AsyncFnOnce(C) -> Result<T, Error>)
    where
        C: From<Client>,
        T: Serialize,
    {
        let result = self.play(call).await;
        let output = result.unwrap_or_else(|error| self.fail(&format!("the call failed: {error}")));
        // By way of text, as it goes over the wire: a `Value` would hold an `f32` as another number.
        let output = serde_json::to_string(&output)
            .and_then(|text| serde_json::from_str(&text))
            .unwrap_or_else(|error| self.fail(&format!("the output can't be serialised: {error}")));
        self.hold(self.check_output(&output));
    }

    /// Has `call` make the documented request of a client, and checks that it fails as documented:
    /// with the status, the code and the message of the documented response.
    ///
    /// # Panics
    ///
    /// As [`Exchange::replay`], and when the call succeeds or fails in another way.
    pub async fn replay_error<C, T>(&self, call: impl AsyncFnOnce(C) -> Result<T, Error>)
    where
        C: From<Client>,
    {
        match self.play(call).await {
            Ok(_) => self.fail("the call succeeded where an error is documented"),
            Err(Error::Service(error)) => self.hold(self.check_error(&error)),
            Err(error) => self.fail(&format!("the call failed in another way: {error}")),
        }
    }

    /// Has `call` make the documented request of a client, and checks that it is answered with the
    /// documented redirect, which the client has not followed.
    ///
    /// # Panics
    ///
    /// As [`Exchange::replay`], and when the call ends in another way.
    pub async fn replay_redirect<C, T>(&self, call: impl AsyncFnOnce(C) -> Result<T, Error>)
    where
        C: From<Client>,
    {
        match self.play(call).await {
            Ok(_) => self.fail("the call succeeded where a redirect is documented"),
            Err(error) => self.hold(self.check_redirect(&error)),
        }
    }

    /// Makes the call against a server of its own and checks the request; gives what the call gave.
    async fn play<C, T>(&self, call: impl AsyncFnOnce(C) -> Result<T, Error>) -> Result<T, Error>
    where
        C: From<Client>,
    {
        let server = Server::start(&self.response).await;
        let server = server.unwrap_or_else(|fault| self.fail(&fault));
        let client = self.client(&server);
        let result = tokio::time::timeout(server::TIME_LIMIT, call(client)).await;
        let Ok(result) = result else {
            self.fail("the call did not come to an end in time");
        };
        let failure = result.as_ref().err();
        if let Err(fault) = self.check_request(&server.stop()) {
            let failure =
                failure.map_or_else(String::new, |error| format!("\nthe call failed: {error}"));
            self.fail(&format!("{fault}{failure}"));
        }
        result
    }

    fn client<C: From<Client>>(&self, server: &Server) -> C {
        let endpoint = format!("http://{}{}", server.address(), self.base_path);
        let http_client = transport().unwrap_or_else(|error| self.fail(&error.to_string()));
        ClientBuilder::new(StaticToken::new("replayed"), endpoint)
            .http_client(http_client)
            .no_retry()
            // What a page redirects to is not on this machine.
            .stay_on_host()
            .build()
            .unwrap_or_else(|error| self.fail(&error.to_string()))
    }

    fn check_request(&self, recorded: &[Recorded]) -> Result<(), String> {
        match recorded {
            [recorded] => request::check(&self.request, recorded),
            [] => Err("the call sent no request".to_owned()),
            several => Err(format!("the call sent {} requests", several.len())),
        }
    }

    fn check_output(&self, output: &Value) -> Result<(), String> {
        let documented = &self.response.body;
        if documented.is_empty() {
            return Ok(());
        }
        if compare::text_of_bytes(output).is_some_and(|text| text.trim() == documented) {
            return Ok(());
        }
        let Ok(documented) = serde_json::from_str(documented) else {
            return compare::text(documented, output)
                .map_err(|difference| format!("the output is not as documented: {difference}"));
        };
        compare::json(compare::unwrapped(&documented, output), output)
            .map_err(|difference| format!("the response does not round-trip: {difference}"))
    }

    fn check_redirect(&self, error: &Error) -> Result<(), String> {
        compare::equal("status", &Some(self.response.status), &error.status())?;
        let documented = self.response.headers.get(LOCATION);
        match documented.and_then(|location| location.to_str().ok()) {
            Some(location) => compare::equal("location", &Some(location), &error.location()),
            None => Ok(()),
        }
    }

    fn check_error(&self, error: &ServiceError) -> Result<(), String> {
        let documented = self.response.service_error();
        compare::equal("status", &documented.status, &error.status)?;
        compare::equal("code", &documented.code, &error.code)?;
        compare::equal("message", &documented.message, &error.message)
    }

    fn hold(&self, checked: Result<(), String>) {
        if let Err(fault) = checked {
            self.fail(&fault);
        }
    }

    fn fail(&self, fault: &str) -> ! {
        panic!("{}\n{fault}", self.request)
    }
}

/// A transport for loopback, made anew for each exchange, as connections belong to one runtime.
fn transport() -> reqwest::Result<reqwest::Client> {
    // Proxies of the environment have no business between two ends of one machine.
    let builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none());
    // Loading the platform's certificates would take most of the time of a test that needs none.
    #[cfg(feature = "rustls")]
    let builder = {
        crate::client::ensure_crypto_provider();
        builder.tls_certs_only([])
    };
    builder.build()
}
