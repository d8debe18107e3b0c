//! All pages of an operation, one call after another.

use super::Client;
use crate::error::Call;
use crate::operation::Operation;
use crate::pages::{Paginated, PaginatedItems};
use crate::{Failure, FailureKind};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A stream of an operation's outputs, one for each page. It makes a call when it is asked for a
/// page, and none ahead.
///
/// It ends after the last page, or after an error. A token that comes again is an error
/// ([`FailureKind::Pagination`]), since it would never end.
#[must_use = "a stream does nothing until it is asked for something"]
pub struct Pages<O: Paginated> {
    client: Client,
    state: State<O>,
    tokens: Tokens<O::Token>,
}

/// The operation that asked for a page, and the answer.
type Page<O> = (O, Result<<O as Operation>::Output, <O as Operation>::Error>);

enum State<O: Paginated> {
    /// This asks for the next page.
    Ready(O),
    Waiting(Pin<Box<dyn Future<Output = Page<O>> + Send>>),
    /// The next page was there before.
    Repeated,
    Done,
}

impl<O> Pages<O>
where
    O: Paginated + Send + Sync + 'static,
    O::Output: Send,
    O::Error: Send,
{
    pub(super) fn new(client: Client, first: O) -> Self {
        Self {
            client,
            state: State::Ready(first),
            tokens: Tokens::default(),
        }
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    /// What its call fails with.
    pub async fn next(&mut self) -> Option<Result<O::Output, O::Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The items of these pages, one by one.
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
            let answer = match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Waiting(answer) => ready!(answer.as_mut().poll(context)),
                State::Ready(_) => {
                    if let State::Ready(operation) = std::mem::replace(&mut self.state, State::Done)
                    {
                        self.state = State::Waiting(Box::pin(page(self.client.clone(), operation)));
                    }
                    continue;
                }
                State::Repeated => {
                    self.state = State::Done;
                    let message = "the service answered with the token of an earlier page";
                    let failure =
                        Failure::new(Call::new(O::NAME, 0), FailureKind::Pagination, message);
                    return Poll::Ready(Some(Err(failure.into())));
                }
            };
            let (mut operation, answer) = answer;
            self.state = match answer.as_ref().ok().and_then(O::next_token) {
                None => State::Done,
                Some(token) if self.tokens.is_repeated(token) => State::Repeated,
                Some(token) => {
                    *operation.token() = Some(token.clone());
                    State::Ready(operation)
                }
            };
            return Poll::Ready(Some(answer));
        }
    }
}

/// One call, and the operation for the next one.
async fn page<O: Paginated>(client: Client, operation: O) -> Page<O> {
    let answer = client.send(&operation).await;
    (operation, answer)
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

/// A stream of the items of all pages, in order; see [`Pages`].
#[must_use = "a stream does nothing until it is asked for something"]
pub struct Items<O: PaginatedItems> {
    pages: Pages<O>,
    /// What is left of the page at hand.
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
    /// What the call for its page fails with.
    pub async fn next(&mut self) -> Option<Result<Item<O>, O::Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// All items that are left.
    ///
    /// # Errors
    /// What the call for a page fails with; the items before it are lost.
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

/// Tokens so far, as far as they are needed to find a cycle (R. P. Brent's algorithm): one of them,
/// and how many came after it. Every cycle is found within a few of its rounds, however long the
/// way to it.
struct Tokens<T> {
    kept: Option<T>,
    since: usize,
    keep_for: usize,
}

impl<T> Default for Tokens<T> {
    fn default() -> Self {
        Self {
            kept: None,
            since: 0,
            keep_for: 1,
        }
    }
}

impl<T: Clone + PartialEq> Tokens<T> {
    fn is_repeated(&mut self, token: &T) -> bool {
        if self.kept.as_ref() == Some(token) {
            return true;
        }
        self.since += 1;
        if self.since >= self.keep_for || self.kept.is_none() {
            self.kept = Some(token.clone());
            self.since = 0;
            self.keep_for *= 2;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many tokens pass before one is found to be repeated.
    fn passed(tokens: impl Iterator<Item = u32>) -> usize {
        let mut seen = Tokens::default();
        tokens.take_while(|token| !seen.is_repeated(token)).count()
    }

    #[test]
    fn every_cycle_is_found() {
        assert_eq!(passed(std::iter::repeat(7)), 1);
        for (start, length) in [(0, 1), (0, 2), (3, 2), (10, 7), (100, 1), (1, 50)] {
            let tokens = (0..start).chain((1000..1000 + length).cycle());
            let passed = passed(tokens);
            let most = 3 * (start + length) as usize + 2;
            assert!(passed <= most, "{start} {length}: {passed}");
        }
        assert_eq!(passed(0..10_000), 10_000);
    }
}
