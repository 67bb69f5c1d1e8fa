//! Lists that come in pages: the first request in, all pages or all items out.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::StatusCode;
use serde::de::DeserializeOwned;

use super::pipeline;
use super::request::Parts;
use super::response::decode_json;
use super::trail::Trail;
use super::{BoxFuture, Error, ListKind, Request, RequestType, Response, Warning};
use crate::model::Collection;

impl<O: RequestType> Request<O>
where
    O::Response: ListKind,
{
    /// The items of all pages, each page fetched when the items before it are used up.
    pub fn into_stream(self) -> Items<<O::Response as ListKind>::Item> {
        Items::new(self.into_pages())
    }

    /// The pages one by one, each fetched when it is asked for.
    pub fn into_pages(self) -> Pages<<O::Response as ListKind>::Item> {
        Pages::new(self.parts)
    }

    /// The same request for the page that a link leads to, in place of the first.
    ///
    /// The link is one that the service gave: [`Collection::next_link`] to go on with a list, or
    /// [`Collection::delta_link`] for what has changed since, after however long a time. It holds the
    /// path and all query options, in place of those of this request; the headers stay. Links that
    /// are relative start from where this request goes.
    ///
    /// A link that can't be read surfaces as [`Error::InvalidRequest`] when the request is sent, and
    /// one to another scheme, host or port as [`Error::ForeignHost`]. For a delta link that has
    /// become too old see [`Error::is_resync_required`].
    pub fn resume(mut self, link: impl AsRef<str>) -> Self {
        self.parts.resume(link.as_ref());
        self
    }
}

/// A stream of pages: each is fetched when it is asked for, by the link in the one before it.
///
/// The links are followed as they are, with the headers of the first request. A link to another
/// scheme, host or port than the endpoint's ends the stream with [`Error::ForeignHost`], and links
/// that lead in a circle end it with [`Error::RepeatedLink`]. After an error the stream ends, and
/// [`Pages::next_link`] has the page to [resume](Request::resume) from. An empty link is none: it
/// would lead to the page it is on.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<T> {
    /// The request for the next page.
    parts: Box<Parts>,
    state: State,
    trail: Trail,
    /// The link of the page that was handed out last; `None` when that was the first.
    page_link: Option<String>,
    next_link: Option<String>,
    delta_link: Option<String>,
    total_count: Option<i64>,
    is_partial: bool,
    warnings: Vec<Warning>,
    items: PhantomData<fn() -> T>,
}

/// What the next poll has to do.
enum State {
    Ready,
    InFlight(BoxFuture<'static, Result<Response, Error>>),
    /// The link to the next page can't be followed.
    Broken(Error),
    Done,
}

impl<T> Pages<T> {
    pub(super) fn new(parts: Box<Parts>) -> Self {
        Self {
            next_link: parts.link(),
            parts,
            state: State::Ready,
            trail: Trail::default(),
            page_link: None,
            delta_link: None,
            total_count: None,
            is_partial: false,
            warnings: Vec::new(),
            items: PhantomData,
        }
    }

    /// The link to the next page, absolute: of the first page that was not handed out, also when
    /// fetching it has failed. `None` before the first page, unless that came from a link, and after
    /// the last.
    ///
    /// Kept with what was done of the pages before, it lets another process [go on](Request::resume)
    /// from here.
    #[must_use]
    pub fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    /// `@odata.deltaLink` of the last page, where the operation documents one: what to
    /// [resume](Request::resume) from for later changes. `None` before the last page.
    #[must_use]
    pub fn delta_link(&self) -> Option<&str> {
        self.delta_link.as_deref()
    }

    /// The next page; `None` behind the last.
    ///
    /// The same as of [`Stream`], of which crates such as `futures-util` offer more.
    ///
    /// # Errors
    ///
    /// Whatever keeps the page from being had; see [`Error`].
    pub async fn try_next(&mut self) -> Result<Option<Collection<T>>, Error>
    where
        T: Send + 'static,
        Collection<T>: DeserializeOwned,
    {
        next(self).await
    }

    /// `@odata.count`, the number of items on all pages, when a page so far has said it. Asked for by
    /// `$count`.
    #[must_use]
    pub fn total_count(&self) -> Option<i64> {
        self.total_count
    }

    /// Whether the service has said of a page so far that it is not all there is (206), as security
    /// products do when one of their providers did not answer. [`Pages::warnings`] has which.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// The warnings that came with the pages so far, in their order.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    fn start(&mut self) -> Result<BoxFuture<'static, Result<Response, Error>>, Error> {
        self.trail.step(&self.parts.url()?)?;
        Ok(Box::pin(pipeline::send(self.parts.clone())))
    }

    fn poll_response(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response, Error>>> {
        let future = match std::mem::replace(&mut self.state, State::Done) {
            State::Done => return Poll::Ready(None),
            State::Broken(error) => Err(error),
            State::InFlight(future) => Ok(future),
            State::Ready => self.start(),
        };
        let mut future = match future {
            Ok(future) => future,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        let polled = future.as_mut().poll(context);
        if polled.is_pending() {
            self.state = State::InFlight(future);
        }
        polled.map(Some)
    }

    /// Takes down what the service says of a page, beside it.
    fn note_answer(&mut self, response: &Response) {
        self.is_partial |= response.status == StatusCode::PARTIAL_CONTENT;
        self.warnings.extend(Warning::all(&response.headers));
    }

    /// Takes down what a page says of itself and of the next.
    fn note(&mut self, page: &Collection<T>) {
        self.page_link = self.next_link.take();
        self.delta_link.clone_from(&page.delta_link);
        self.total_count = self.total_count.or(page.count);
        let Some(link) = page.next_link.as_deref().filter(|link| !link.is_empty()) else {
            return;
        };
        match self.parts.follow(link) {
            Ok(()) => {
                self.next_link = self.parts.link();
                self.state = State::Ready;
            }
            Err(error) => self.state = State::Broken(error),
        }
    }
}

impl<T: Send + 'static> Stream for Pages<T>
where
    Collection<T>: DeserializeOwned,
{
    type Item = Result<Collection<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(response) = ready!(self.poll_response(context)) else {
            return Poll::Ready(None);
        };
        if let Ok(response) = &response {
            self.note_answer(response);
        }
        let page = response.and_then(decode_json::<Collection<T>>);
        if let Ok(page) = &page {
            self.note(page);
        }
        Poll::Ready(Some(page))
    }
}

// Links may be keys to what they lead to.
impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field(
                "operation",
                &self.parts.operation.map(|operation| operation.name),
            )
            .finish_non_exhaustive()
    }
}

/// A stream of the items of all pages. Ends like [`Pages`].
#[must_use = "streams do nothing unless polled"]
pub struct Items<T> {
    pages: Pages<T>,
    items: VecDeque<T>,
}

// The items are held by value and never pinned.
impl<T> Unpin for Items<T> {}

impl<T> Items<T> {
    pub(super) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            items: VecDeque::new(),
        }
    }

    /// The next item; `None` behind the last.
    ///
    /// The same as of [`Stream`], of which crates such as `futures-util` offer more.
    ///
    /// # Errors
    ///
    /// Whatever keeps the page that it is on from being had; see [`Error`].
    pub async fn try_next(&mut self) -> Result<Option<T>, Error>
    where
        T: Send + 'static,
        Collection<T>: DeserializeOwned,
    {
        next(self).await
    }

    /// The link of the page that the last item was on, absolute; `None` while that is the first page.
    ///
    /// Kept with what was done of the items before, it lets another process go on from that page: at
    /// most the items of one page are seen twice, none is missed.
    #[must_use]
    pub fn page_link(&self) -> Option<&str> {
        self.pages.page_link.as_deref()
    }

    /// As [`Pages::delta_link`]; it is known before the last items are handed out.
    #[must_use]
    pub fn delta_link(&self) -> Option<&str> {
        self.pages.delta_link()
    }

    /// As [`Pages::total_count`].
    #[must_use]
    pub fn total_count(&self) -> Option<i64> {
        self.pages.total_count()
    }

    /// As [`Pages::is_partial`], of the pages fetched so far.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.pages.is_partial()
    }

    /// As [`Pages::warnings`], of the pages fetched so far.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        self.pages.warnings()
    }
}

impl<T: Send + 'static> Stream for Items<T>
where
    Collection<T>: DeserializeOwned,
{
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = page.value.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("buffered", &self.items.len())
            .finish()
    }
}

async fn next<S, T>(stream: &mut S) -> Result<Option<T>, Error>
where
    S: Stream<Item = Result<T, Error>> + Unpin,
{
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context))
        .await
        .transpose()
}
