//! [`Upload`]: what `createUploadSession` answers, and the way on from it.

use std::fmt;
use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::super::response::decode_json;
use super::super::{Client, Error, Origin, Response, ResponseKind};
use super::{ByteSource, UploadSession, invalid};
use crate::model::AdditionalProperties;

/// An upload session as it was just created: the documented `T`, which it derefs to, and the client to
/// upload with.
///
/// ```
/// use graph_runtime::{Bytes, Error, Response, Upload};
///
/// async fn upload<T>(created: Upload<T>, content: Bytes) -> Result<Response, Error> {
///     created.upload(&mut { content }).await
/// }
/// ```
///
/// To go on after a crash, keep the session's URL, and hand it to [`Client::resume_upload_session`].
#[derive(Clone)]
pub struct Upload<T> {
    created: T,
    client: Client,
    upload_url: Option<String>,
}

impl<T> Upload<T> {
    /// Uploads all of a source, and gives the service's last answer.
    ///
    /// # Errors
    ///
    /// As [`UploadSession::upload`]. What the service has got by then it keeps:
    /// [`Client::resume_upload_session`] goes on from there.
    pub async fn upload(&self, source: &mut dyn ByteSource) -> Result<Response, Error> {
        self.session()?.upload(source).await
    }

    /// The session, to choose the size of pieces or to upload them one by one.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when the answer has no `uploadUrl` that is `https`.
    pub fn session(&self) -> Result<UploadSession, Error> {
        let url = self.upload_url.as_deref();
        let url = url.ok_or_else(|| invalid("the session has no `uploadUrl`"))?;
        self.client.upload_session(url)
    }

    /// The session as the documents describe it.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.created
    }
}

impl<T> Deref for Upload<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.created
    }
}

impl<T: DeserializeOwned + Send + 'static> ResponseKind for Upload<T> {
    type Output = Self;

    fn decode(response: Response, origin: &Origin<'_>) -> Result<Self, Error> {
        let properties: AdditionalProperties = decode_json(response.clone())?;
        let upload_url = properties.get("uploadUrl").and_then(|url| url.as_str());
        Ok(Self {
            upload_url: upload_url.map(str::to_owned),
            created: decode_json(response)?,
            client: origin.client().clone(),
        })
    }
}

// The URL opens the session to whoever has it.
impl<T> fmt::Debug for Upload<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").finish_non_exhaustive()
    }
}
