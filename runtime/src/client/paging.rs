//! Lists that come in pages: the first request in, all pages or all items out.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use reqwest::Url;
use serde::de::DeserializeOwned;

use super::request::Parts;
use super::{BoxFuture, Error, Json, Response, ResponseKind, UnfollowedLink, pipeline};
use crate::model::Collection;

/// A stream of pages: each is fetched when it is asked for, by the link in the one before it.
///
/// The links are followed as they are, with the headers of the first request. A link to another
/// scheme, host or port than the endpoint's ends the stream with [`Error::ForeignHost`], and links
/// that lead in a circle end it with [`Error::RepeatedLink`]. After an error the stream ends. An
/// empty link is none: it would lead to the page it is on.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<T> {
    parts: Box<Parts>,
    state: State,
    trail: Trail,
    items: PhantomData<fn() -> T>,
}

/// What the next poll has to do.
enum State {
    First,
    Link(String),
    InFlight(BoxFuture<'static, Result<Response, Error>>),
    Done,
}

impl<T> Pages<T> {
    pub(super) fn new(parts: Box<Parts>) -> Self {
        Self {
            parts,
            state: State::First,
            trail: Trail::default(),
            items: PhantomData,
        }
    }

    /// The link by which the next page will be fetched; `None` before the first and after the last.
    #[must_use]
    pub fn next_link(&self) -> Option<&str> {
        match &self.state {
            State::Link(link) => Some(link),
            _ => None,
        }
    }

    fn start(&mut self) -> Result<BoxFuture<'static, Result<Response, Error>>, Error> {
        self.trail.step(&self.parts.url()?)?;
        Ok(pipeline::send(self.parts.clone()))
    }

    fn follow(&mut self, link: &str) -> Result<BoxFuture<'static, Result<Response, Error>>, Error> {
        let first = self.parts.url()?;
        let base = self.trail.last.as_ref().unwrap_or(&first);
        // The link itself may hold what an error should not print.
        let url = base.join(link).map_err(|error| {
            Error::InvalidRequest(format!("the `@odata.nextLink` can't be read: {error}"))
        })?;
        self.trail.step(&url)?;
        let client = self.parts.client.clone();
        let outgoing = self.parts.outgoing_to(url);
        Ok(Box::pin(async move {
            pipeline::exchange(&client, outgoing).await
        }))
    }

    fn poll_response(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response, Error>>> {
        let future = match std::mem::replace(&mut self.state, State::Done) {
            State::Done => return Poll::Ready(None),
            State::InFlight(future) => Ok(future),
            State::First => self.start(),
            State::Link(link) => self.follow(&link),
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
        let page = response.and_then(Json::<Collection<T>>::decode);
        if let Ok(Collection {
            next_link: Some(link),
            ..
        }) = &page
            && !link.is_empty()
        {
            self.state = State::Link(link.clone());
        }
        Poll::Ready(Some(page))
    }
}

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

/// The places asked so far, as much of them as finds a circle (R. P. Brent, 1980).
///
/// Three are kept however many there are: the first, where a service that lost its place starts
/// over; the last; and one that moves up to the present each time the number of steps has doubled.
/// A circle of any length meets the latter again.
#[derive(Default)]
struct Trail {
    steps: usize,
    first: Option<Url>,
    last: Option<Url>,
    milestone: Option<Url>,
}

impl Trail {
    fn step(&mut self, link: &Url) -> Result<(), Error> {
        let known = [&self.first, &self.last, &self.milestone];
        if known.iter().any(|seen| seen.as_ref() == Some(link)) {
            let link = UnfollowedLink::unasked(link.clone());
            return Err(Error::RepeatedLink(Box::new(link)));
        }
        self.steps += 1;
        self.first.get_or_insert_with(|| link.clone());
        self.last = Some(link.clone());
        if self.steps.is_power_of_two() {
            self.milestone = Some(link.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(page: usize) -> Url {
        Url::parse(&format!("https://graph.microsoft.com/beta?page={page}")).expect("a URL")
    }

    #[test]
    fn circles_of_every_length_are_found_within_three_rounds() {
        for length in 1..40 {
            for lead in 0..20 {
                let mut trail = Trail::default();
                let page = |step| match step < lead {
                    true => step,
                    false => lead + (step - lead) % length,
                };
                let found = (0..).position(|step| trail.step(&link(page(step))).is_err());
                assert!(
                    found.is_some_and(|steps| steps <= 3 * (lead + length)),
                    "{lead} {length}"
                );
            }
        }
    }

    #[test]
    fn a_way_back_to_the_start_is_found_at_once() {
        for length in 1..40 {
            let mut trail = Trail::default();
            assert!((0..length).all(|page| trail.step(&link(page)).is_ok()));
            assert!(trail.step(&link(0)).is_err(), "{length}");
        }
    }

    #[test]
    fn a_straight_way_is_none() {
        let mut trail = Trail::default();
        assert!((0..1000).all(|page| trail.step(&link(page)).is_ok()));
    }
}
