//! Scripts.

use crate::client::config::builder::Builder;
use crate::client::service_client::ServiceClient;
use crate::client::system::{System, Tokio};
use crate::client::test_util::answer::Answer;
use crate::client::test_util::request::RecordedRequest;
use crate::client::test_util::state::{Shared, lock};
use crate::client::test_util::system::TestSystem;
use crate::client::transport::error::TransportError;
use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use crate::json::encode::Encode;
use crate::operation::auth::Scheme;
use crate::operation::operation_trait::Operation;
use aws_credential_types::{Credentials, Token};
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tower_service::Service;

/// The answers to the requests of a test, and the requests.
///
/// A request that has no answer fails at once and is not retried. When the script is dropped, it
/// panics if there was such a request or if an answer was not used, unless the thread is panicking
/// already. [`Script::finish`] does so at a place of the test.
pub struct Script {
    shared: Arc<Mutex<Shared>>,
}

/// The transport of a script, for layers of tower. Clones share the script.
#[derive(Clone)]
pub struct ScriptedTransport {
    shared: Arc<Mutex<Shared>>,
}

impl Script {
    /// A script whose answers are used in their order.
    #[allow(clippy::new_without_default)] // There are two kinds of scripts.
    pub fn new() -> Self {
        Self::with(true)
    }

    /// A script in which each request gets the first answer that is for it and not used up. Use it
    /// if the order of requests does not matter or is not known.
    pub fn unordered() -> Self {
        Self::with(false)
    }

    fn with(in_order: bool) -> Self {
        Self {
            shared: Arc::new(Mutex::new(Shared::new(in_order))),
        }
    }

    /// Adds an answer.
    pub fn answer(&self, answer: Answer) -> &Self {
        lock(&self.shared).answers.push(answer);
        self
    }

    /// Adds the output of an operation, see [`Answer::output`].
    pub fn output<O: Operation>(&self, output: O::Output) -> &Self
    where
        O::Output: Clone + Send,
    {
        self.answer(Answer::output::<O>(output))
    }

    /// Adds an error of an operation, see [`Answer::error`].
    pub fn error<O: Operation>(
        &self,
        error: impl Into<O::Error> + Encode + Clone + Send + 'static,
    ) -> &Self {
        self.answer(Answer::error::<O>(error))
    }

    /// A client that uses the script, with the settings of [`Script::builder`].
    pub fn client<C: ServiceClient>(&self) -> C {
        self.builder().deferred()
    }

    /// The builder of a client that uses the script: with the region `us-east-1`, fixed
    /// credentials or a fixed token,
    /// a clock that starts at 2024-01-01T00:00:00Z, and idempotency tokens that count from
    /// `00000000-0000-4000-8000-000000000001`. Requests and their signatures are therefore the same
    /// in each run. Pauses between attempts and between polls of a waiter take no time, but the
    /// clock of the client moves by their duration.
    pub fn builder<C: ServiceClient>(&self) -> Builder<C> {
        let mut builder = Builder::new()
            .region("us-east-1")
            .system(TestSystem::default())
            .transport(self.transport());
        for scheme in C::SERVICE.schemes {
            builder = match scheme {
                Scheme::Bearer => builder.bearer_token(Token::new("test-token", None)),
                _ => builder.credentials(Credentials::new(
                    "AKIDTEST",
                    "test-secret",
                    None,
                    None,
                    "test",
                )),
            };
        }
        builder
    }

    /// The transport.
    pub fn transport(&self) -> ScriptedTransport {
        ScriptedTransport {
            shared: Arc::clone(&self.shared),
        }
    }

    /// All requests in their order.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.shared).requests.clone()
    }

    /// The requests of an operation in their order.
    pub fn requests_of<O: Operation>(&self) -> Vec<RecordedRequest> {
        let mut requests = self.requests();
        requests.retain(|request| request.operation() == Some(O::NAME));
        requests
    }

    /// The only request.
    ///
    /// # Panics
    /// There is no request, or there are several.
    #[track_caller]
    pub fn request(&self) -> RecordedRequest {
        let mut requests = self.requests();
        let names: Vec<&str> = requests.iter().map(RecordedRequest::name).collect();
        assert!(
            names.len() == 1,
            "there are {} requests, not 1: {names:?}",
            names.len()
        );
        requests.remove(0)
    }

    /// Checks that each request had an answer and each answer was used.
    ///
    /// # Panics
    /// There was a request without an answer, or an answer was not used.
    #[track_caller]
    pub fn finish(self) {
        self.check();
    }

    #[track_caller]
    fn check(&self) {
        let problems = lock(&self.shared).all_problems();
        assert!(
            problems.is_empty(),
            "the script differs from the requests:\n- {}",
            problems.join("\n- ")
        );
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // A second panic would abort the process and hide the first one.
        if !std::thread::panicking() {
            self.check();
        }
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = lock(&self.shared);
        f.debug_struct("Script")
            .field("answers", &shared.answers)
            .field("requests", &shared.requests)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ScriptedTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScriptedTransport")
    }
}

impl Service<http::Request<Body>> for ScriptedTransport {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<http::Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let request = RecordedRequest::new(head, body.collect().await?);
            let content = lock(&shared).take(&request);
            let content = content.map_err(TransportError::setup)?;
            if !content.delay.is_zero() {
                Tokio.sleep(content.delay).await?;
            }
            content.respond(&request).unwrap_or_else(|error| {
                let problem = format!("the answer to {} is invalid: {error}", request.name());
                lock(&shared).problems.push(problem.clone());
                Err(TransportError::setup(problem).into())
            })
        })
    }
}
