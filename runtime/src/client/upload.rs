//! Upload sessions: a large file in, piece after piece of it on the wire, the finished item out
//! (driveItem: createUploadSession, and large attachments of Outlook).

mod created;
mod source;
mod status;

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use reqwest::Url;

pub use self::created::Upload;
pub use self::source::ByteSource;
pub use self::status::UploadStatus;
use super::body::Body;
use super::pipeline::{self, Access, Outgoing, Settings};
use super::{Client, Error, Response, origin};

/// What the pieces of a file are multiples of: others are documented to make files fail.
const UNIT: usize = 320 * 1024;

/// The size of pieces unless another is set: the largest that fits the 4 MB that Outlook takes.
const PIECE: usize = 12 * UNIT;

/// What no piece may reach.
const MAX_PIECE: usize = 60 * 1024 * 1024;

/// How often in a row the service may have asked for the same piece again.
const MAX_STANDSTILLS: u32 = 5;

/// A file on its way to the service in pieces. Made by [`Upload::session`], or by
/// [`Client::upload_session`] from the URL alone.
///
/// The URL is the key to the session: it is asked without the token, which the service documents to
/// refuse, on whatever host it is. A piece that fails is tried again as any `PUT` is; after an
/// [`upload`](Self::upload) that failed for good, another one goes on from what the service has, also
/// in another process, until the session expires.
///
/// ```
/// use graph_runtime::{Bytes, Client, Error, Response};
///
/// async fn upload(client: &Client, place: &str, content: Bytes) -> Result<Response, Error> {
///     let session = client.post(&format!("{place}/createUploadSession")).await?;
///     let url = session["uploadUrl"].as_str().unwrap_or_default();
///     client.upload_session(url)?.upload(&mut { content }).await
/// }
/// ```
#[must_use = "a session does nothing until something is uploaded"]
pub struct UploadSession {
    client: Client,
    url: Url,
    piece: usize,
    /// Where the next piece starts; `None` when only the service knows.
    position: Option<u64>,
    /// How often in a row the service has asked for the same piece again.
    standstills: u32,
}

impl Client {
    /// A new session, from the `uploadUrl` of a `createUploadSession` answer.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when it is no `https` URL; it is a secret and not in the error.
    pub fn upload_session(&self, upload_url: &str) -> Result<UploadSession, Error> {
        self.session(upload_url, Some(0))
    }

    /// A session in which something may have been uploaded before: the service is asked what it has.
    ///
    /// # Errors
    ///
    /// As [`upload_session`](Self::upload_session).
    pub fn resume_upload_session(&self, upload_url: &str) -> Result<UploadSession, Error> {
        self.session(upload_url, None)
    }

    fn session(&self, upload_url: &str, position: Option<u64>) -> Result<UploadSession, Error> {
        let url = Url::parse(upload_url)
            .map_err(|error| Error::InvalidRequest(format!("no URL to upload to: {error}")))?;
        origin::require_safe_without_token(&url)?;
        Ok(UploadSession {
            client: self.clone(),
            url,
            piece: PIECE,
            position,
            standstills: 0,
        })
    }
}

impl UploadSession {
    /// How many bytes go at once: rounded down to a multiple of 320 KiB, between that and less than 60
    /// MiB. 3,932,160 unless set, which all services take.
    pub fn piece_size(self, bytes: usize) -> Self {
        let most = (MAX_PIECE - 1) / UNIT;
        Self {
            piece: (bytes / UNIT).clamp(1, most) * UNIT,
            ..self
        }
    }

    /// The URL of the session, to go on in another process. It is a secret.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// How many bytes from the start the service has; `None` when it has yet to be asked: in a session
    /// that is resumed, and after a failure.
    #[must_use]
    pub fn position(&self) -> Option<u64> {
        self.position
    }

    /// Uploads what the service does not have yet, and gives its last answer: 201 or 200, with the
    /// item as its body where the service sends one, or 202 for a session whose item is yet to be
    /// [committed](Self::commit).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] for an empty source, and for one that fails or is shorter than it
    /// says; else whatever ended the attempts at a piece: [`Error::Service`] with 404 or 410 for a
    /// session that has expired, or has been over since an attempt whose answer got lost; with 409 for
    /// a name that is taken.
    pub async fn upload(&mut self, source: &mut dyn ByteSource) -> Result<Response, Error> {
        loop {
            if let Some(response) = self.upload_piece(source).await? {
                return Ok(response);
            }
        }
    }

    /// Uploads one piece, for callers that show progress between pieces. `None` while the service
    /// expects more.
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload).
    pub async fn upload_piece(
        &mut self,
        source: &mut dyn ByteSource,
    ) -> Result<Option<Response>, Error> {
        let length = source.length();
        let start = match self.position.take() {
            Some(position) => position,
            None => self.expected(length).await?,
        };
        let piece = read(source, start, self.piece).await?;
        let end = start + piece.len() as u64;
        match self.put(start, piece, length).await {
            Ok(response) => self.note(start, end, length, response),
            Err(Error::Service(error)) if error.status == StatusCode::RANGE_NOT_SATISFIABLE => {
                // The service has these bytes, from an attempt whose answer got lost perhaps.
                self.stand_still(Error::Service(error))?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Asks what the service has yet to get.
    ///
    /// # Errors
    ///
    /// Whatever keeps the answer from being had; [`Error::Service`] with 404 or 410 for a session that
    /// has expired or is over.
    pub async fn status(&self) -> Result<UploadStatus, Error> {
        let outgoing = self.outgoing(Method::GET, HeaderMap::new(), Body::Empty);
        UploadStatus::of(pipeline::exchange(&self.client, outgoing).await?)
    }

    /// Finishes a session that was created with `deferCommit`: the item appears.
    ///
    /// # Errors
    ///
    /// Whatever keeps an answer of success from being had; see [`Error`].
    pub async fn commit(self) -> Result<Response, Error> {
        let outgoing = self.outgoing(Method::POST, HeaderMap::new(), Body::Empty);
        pipeline::exchange(&self.client, outgoing).await
    }

    /// Ends the session; the service forgets what it has got.
    ///
    /// # Errors
    ///
    /// Whatever keeps an answer of success from being had; see [`Error`].
    pub async fn cancel(self) -> Result<(), Error> {
        let outgoing = self.outgoing(Method::DELETE, HeaderMap::new(), Body::Empty);
        pipeline::exchange(&self.client, outgoing).await.map(drop)
    }

    /// Where the service wants the next piece to start.
    async fn expected(&self, length: u64) -> Result<u64, Error> {
        let expected = self.status().await?.next_expected();
        match expected.filter(|start| *start < length) {
            Some(start) => Ok(start),
            None => Err(invalid(
                "the session expects nothing that the source has: it is over, or for another file",
            )),
        }
    }

    async fn put(&self, start: u64, piece: Bytes, length: u64) -> Result<Response, Error> {
        let end = start + (piece.len() as u64).saturating_sub(1);
        let range = HeaderValue::try_from(format!("bytes {start}-{end}/{length}"));
        let range = range.map_err(|error| Error::InvalidRequest(error.to_string()))?;
        let bytes = HeaderValue::from_static("application/octet-stream");
        let headers = [(CONTENT_RANGE, range), (CONTENT_TYPE, bytes)];
        let headers = HeaderMap::from_iter(headers);
        let outgoing = self.outgoing(Method::PUT, headers, Body::Bytes(piece));
        pipeline::exchange(&self.client, outgoing).await
    }

    /// Takes down the answer to a piece: the answer itself when it was the last.
    fn note(
        &mut self,
        start: u64,
        end: u64,
        length: u64,
        response: Response,
    ) -> Result<Option<Response>, Error> {
        let more = response.status == StatusCode::ACCEPTED && end < length;
        let expected = match response.status {
            StatusCode::CREATED => None,
            _ => UploadStatus::of(response.clone())
                .ok()
                .and_then(|status| status.next_expected())
                .or(Some(end).filter(|_| more)),
        };
        match expected {
            Some(next) if next > start => {
                self.standstills = 0;
                self.position = Some(next);
                Ok(None)
            }
            Some(_) => {
                let error = invalid("the session asks for the same bytes again and again");
                self.stand_still(error)?;
                Ok(None)
            }
            None if end == length => Ok(Some(response)),
            None => Err(invalid("the session was over before the end of the source")),
        }
    }

    /// Goes on from where the service says, unless that has led nowhere too often.
    fn stand_still(&mut self, error: Error) -> Result<(), Error> {
        self.standstills += 1;
        match self.standstills > MAX_STANDSTILLS {
            true => Err(error),
            false => Ok(()),
        }
    }

    fn outgoing(&self, method: Method, mut headers: HeaderMap, body: Body) -> Outgoing {
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        Outgoing {
            method,
            url: self.url.clone(),
            headers,
            body,
            access: Access::Link,
            follow_redirects: false,
            settings: Settings::default(),
        }
    }
}

/// The next piece of a source.
async fn read(source: &mut dyn ByteSource, start: u64, piece: usize) -> Result<Bytes, Error> {
    let left = source.length().saturating_sub(start);
    let size = usize::try_from(left).unwrap_or(usize::MAX).min(piece);
    if size == 0 {
        return Err(invalid("there is nothing to upload"));
    }
    let bytes = source.read(start, size).await;
    let bytes = bytes.map_err(|error| invalid(&format!("the source can't be read: {error}")))?;
    match bytes.len() == size {
        true => Ok(bytes),
        false => Err(invalid(
            "the source gives another number of bytes than asked for",
        )),
    }
}

fn invalid(fault: &str) -> Error {
    Error::InvalidRequest(fault.to_owned())
}

impl fmt::Debug for UploadSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadSession")
            .field("host", &self.url.host_str())
            .field("piece_size", &self.piece)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
