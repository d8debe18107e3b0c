//! Streams of pages and items.

use crate::client::handle::Client;
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};
use crate::operation::operation_trait::Operation;
use crate::operation::pagination::{Paginated, PaginatedItems};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A stream of an operation's outputs, one for each page. It requests a page when it is polled for
/// it, and not earlier.
///
/// The stream ends after the last page or after an error. A repeated token is an error
/// ([`FailureKind::Pagination`]), since the stream would be endless.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<O: Paginated> {
    client: Client,
    state: State<O>,
    tokens: CycleDetector<O::Token>,
}

/// The operation of a call, and its result.
type Page<O> = (O, Result<<O as Operation>::Output, <O as Operation>::Error>);

enum State<O: Paginated> {
    /// The operation that requests the next page.
    Ready(O),
    Waiting(Pin<Box<dyn Future<Output = Page<O>> + Send>>),
    /// The token of the next page was repeated.
    Repeated,
    Done,
}

impl Client {
    /// A stream of the pages of an operation, starting with the page that the operation requests.
    pub fn pages<O>(&self, operation: O) -> Pages<O>
    where
        O: Paginated + Send + Sync + 'static,
        O::Output: Send,
        O::Error: Send,
    {
        Pages {
            client: self.clone(),
            state: State::Ready(operation),
            tokens: CycleDetector::default(),
        }
    }
}

impl<O> Pages<O>
where
    O: Paginated + Send + Sync + 'static,
    O::Output: Send,
    O::Error: Send,
{
    /// Requests the next page; `None` after the last one.
    ///
    /// # Errors
    /// The call fails.
    pub async fn next(&mut self) -> Option<Result<O::Output, O::Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// A stream of the items of these pages.
    pub fn items(self) -> Items<O>
    where
        O: PaginatedItems,
    {
        Items {
            pages: self,
            page: None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Output, O::Error>>> {
        loop {
            let page = match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Waiting(call) => ready!(call.as_mut().poll(context)),
                State::Ready(_) => {
                    if let State::Ready(operation) = std::mem::replace(&mut self.state, State::Done)
                    {
                        self.state =
                            State::Waiting(Box::pin(request_page(self.client.clone(), operation)));
                    }
                    continue;
                }
                State::Repeated => {
                    self.state = State::Done;
                    let message = "the service returned the token of an earlier page";
                    let failure =
                        Failure::new(Call::new(O::NAME, 0), FailureKind::Pagination, message);
                    return Poll::Ready(Some(Err(failure.into())));
                }
            };
            let (mut operation, result) = page;
            self.state = match result.as_ref().ok().and_then(O::next_token) {
                None => State::Done,
                Some(token) if self.tokens.is_repeated(token) => State::Repeated,
                Some(token) => {
                    *operation.token() = Some(token.clone());
                    State::Ready(operation)
                }
            };
            return Poll::Ready(Some(result));
        }
    }
}

/// Requests a page. Returns the operation as well, for the next call.
async fn request_page<O: Paginated>(client: Client, operation: O) -> Page<O> {
    let result = client.send(&operation).await;
    (operation, result)
}

impl<O> Stream for Pages<O>
where
    O: Paginated + Send + Sync + Unpin + 'static,
    O::Token: Unpin,
    O::Output: Send,
    O::Error: Send,
{
    type Item = Result<O::Output, O::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<O: Paginated> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::NAME)
            .finish_non_exhaustive()
    }
}

/// A stream of the items of all pages. See [`Pages`].
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<O: PaginatedItems> {
    pages: Pages<O>,
    /// The rest of the current page.
    page: Option<<O::Items as IntoIterator>::IntoIter>,
}

impl<O> Items<O>
where
    O: PaginatedItems + Send + Sync + 'static,
    O::Output: Send,
    O::Error: Send,
{
    /// The next item; `None` after the last one.
    ///
    /// # Errors
    /// The call for the next page fails.
    pub async fn next(&mut self) -> Option<Result<Item<O>, O::Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Collects the remaining items.
    ///
    /// # Errors
    /// The call for a page fails. The items before it are lost.
    pub async fn try_collect(mut self) -> Result<Vec<Item<O>>, O::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Item<O>, O::Error>>> {
        loop {
            if let Some(item) = self.page.as_mut().and_then(Iterator::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.page = O::items(page).map(IntoIterator::into_iter),
            }
        }
    }
}

impl<O> Stream for Items<O>
where
    O: PaginatedItems + Send + Sync + Unpin + 'static,
    O::Token: Unpin,
    O::Output: Send,
    O::Error: Send,
    <O::Items as IntoIterator>::IntoIter: Unpin,
{
    type Item = Result<Item<O>, O::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<O: PaginatedItems> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &O::NAME)
            .finish_non_exhaustive()
    }
}

type Item<O> = <<O as PaginatedItems>::Items as IntoIterator>::Item;

/// Detects cycles of tokens with Brent's algorithm: it stores one token, and the number of tokens
/// since. Every cycle is detected after a few repetitions.
struct CycleDetector<T> {
    stored: Option<T>,
    since: usize,
    period: usize,
}

impl<T> Default for CycleDetector<T> {
    fn default() -> Self {
        Self {
            stored: None,
            since: 0,
            period: 1,
        }
    }
}

impl<T: Clone + PartialEq> CycleDetector<T> {
    fn is_repeated(&mut self, token: &T) -> bool {
        if self.stored.as_ref() == Some(token) {
            return true;
        }
        self.since += 1;
        if self.since >= self.period || self.stored.is_none() {
            self.stored = Some(token.clone());
            self.since = 0;
            self.period *= 2;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of tokens before a repetition is detected.
    fn tokens_before_detection(tokens: impl Iterator<Item = u32>) -> usize {
        let mut seen = CycleDetector::default();
        tokens.take_while(|token| !seen.is_repeated(token)).count()
    }

    #[test]
    fn all_cycles_are_detected() {
        assert_eq!(tokens_before_detection(std::iter::repeat(7)), 1);
        for (start, length) in [(0, 1), (0, 2), (3, 2), (10, 7), (100, 1), (1, 50)] {
            let tokens = (0..start).chain((1000..1000 + length).cycle());
            let passed = tokens_before_detection(tokens);
            let most = 3 * (start + length) as usize + 2;
            assert!(passed <= most, "{start} {length}: {passed}");
        }
        assert_eq!(tokens_before_detection(0..10_000), 10_000);
    }
}
