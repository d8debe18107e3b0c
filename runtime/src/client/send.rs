//! A call: build the request, then attempts until one succeeds or another one is of no use.

use super::identity::Proof;
use super::signing::Form;
use super::target::{Route, Target};
use super::transport::{Fault, TransportError};
use super::{Body, BoxError, Client, Config, Pages};
use crate::error::{Call, OperationError, ServiceResponse, request_id};
use crate::operation::{Operation, read_output};
use crate::pages::Paginated;
use crate::request::RequestError;
use crate::response::Response;
use crate::retry::{Decision, FailedAttempt, Stop, retry_after};
use crate::{Failure, FailureKind, Retry};
use aws_credential_types::Credentials;
use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, Request, StatusCode};
use std::time::{Duration, Instant};
use tracing::{Instrument, Span, field};

/// The longest time that a presigned request may be good for.
const LONGEST_PRESIGNED: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Client {
    /// Sends an operation and reads the answer.
    ///
    /// # Errors
    /// The operation's error: the service's own, or a [`Failure`] when there is no usable answer.
    pub async fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, O::Error> {
        let config = self.config(O::NAME)?;
        let route = self.route(config, operation).await?;
        let mut request = config.request(operation, &route.target)?;
        request.headers_mut().insert(USER_AGENT, config.user_agent.clone());
        let span = tracing::debug_span!(
            "call",
            service = self.shared.service.id,
            operation = O::NAME,
            attempts = field::Empty,
            status = field::Empty,
            request_id = field::Empty,
        );
        let attempts = Attempts::new(config, &route);
        let answered = attempts.run::<O::Error>(request).instrument(span.clone()).await;
        match answered {
            Ok((response, call)) => {
                let status = response.status();
                trace_end(&span, call.attempts, Some(status), request_id(response.headers()));
                read_output(Response::new(&response), call)
            }
            Err(error) => {
                let meta = error.meta();
                trace_end(&span, meta.attempts(), meta.status(), meta.request_id());
                Err(error)
            }
        }
    }

    /// The request of an operation with a signature in its query, which anybody can send until it expires: method,
    /// URI, headers and body as they are here.
    ///
    /// # Errors
    /// A [`Failure`] when the request cannot be built, there are no credentials, or `expires_in` is not from 1 second to
    /// 7 days.
    pub async fn presigned<O: Operation>(
        &self,
        operation: &O,
        expires_in: Duration,
    ) -> Result<Request<Bytes>, O::Error> {
        let call = Call::new(O::NAME, 0);
        let refused = |message: &str| Failure::new(call, FailureKind::Request, message);
        if !(Duration::from_secs(1)..=LONGEST_PRESIGNED).contains(&expires_in) {
            return Err(refused("a presigned request is good for 1 second to 7 days").into());
        }
        let config = self.config(O::NAME)?;
        let route = self.route(config, operation).await?;
        let Proof::Signature(cache, scheme) = route.proof else {
            return Err(refused("nobody signs requests of this client or operation").into());
        };
        let mut request = config.request(operation, &route.target)?;
        let credentials = config.credentials(cache, call).await?;
        config.sign(route.target.scope(scheme), &mut request, credentials, Form::Query(expires_in), call)?;
        Ok(request)
    }

    /// Every page of an operation, from the one that it asks for.
    pub fn pages<O>(&self, operation: O) -> Pages<O>
    where
        O: Paginated + Send + Sync + 'static,
        O::Output: Send,
        O::Error: Send,
    {
        Pages::new(self.clone(), operation)
    }

    fn config(&self, operation: &'static str) -> Result<&Config, Failure> {
        let call = Call::new(operation, 0);
        self.shared.config.as_ref().map_err(|error| Failure::new(call, FailureKind::Config, error.clone()))
    }
}

impl Config {
    /// The request as all attempts have it: with its idempotency token, and without a signature.
    fn request<O: Operation>(&self, operation: &O, target: &Target) -> Result<Request<Bytes>, Failure> {
        let tokens = || self.patience.system.token();
        let request = operation.request(&target.endpoint, &tokens);
        let mut request = request.map_err(|error: RequestError| Failure::request(O::NAME, error))?;
        request.headers_mut().extend(target.headers.clone());
        Ok(request)
    }
}

/// The attempts of a call.
struct Attempts<'c> {
    config: &'c Config,
    route: &'c Route<'c>,
    start: Instant,
    /// How many were made.
    count: u32,
    /// What the last retry took out of the bucket.
    cost: Option<u32>,
    /// Whether a new signature was tried.
    signed_again: bool,
}

/// What an attempt that failed tells.
struct Failed<E> {
    error: E,
    timeout: bool,
    retry_after: Option<Duration>,
    /// Whether a new signature may do.
    sign_again: bool,
}

impl<'c> Attempts<'c> {
    fn new(config: &'c Config, route: &'c Route<'c>) -> Self {
        let start = config.patience.system.instant();
        Self { config, route, start, count: 0, cost: None, signed_again: false }
    }

    /// Makes attempts until one succeeds, or another one is of no use.
    async fn run<E: OperationError>(
        mut self,
        request: Request<Bytes>,
    ) -> Result<(http::Response<Bytes>, Call), E> {
        loop {
            let failed = match self.attempt::<E>(&request).await {
                Ok(response) => {
                    self.config.bucket.put_back(self.cost);
                    return Ok((response, self.call()));
                }
                Err(failed) => failed,
            };
            match self.next(&failed) {
                Ok(Duration::ZERO) => {}
                Ok(pause) => self.config.patience.system.sleep(pause).await,
                Err(stop) => {
                    if !matches!(stop, Stop::NotRetryable | Stop::AttemptsUsedUp) {
                        failed.error.meta().give_up(stop.to_string());
                    }
                    return Err(failed.error);
                }
            }
        }
    }

    /// One attempt: sign, send, classify.
    async fn attempt<E: OperationError>(
        &mut self,
        request: &Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Failed<E>> {
        let mut request = request.clone();
        let credentials = self.sign(&mut request).await.map_err(|failure| Failed::new(failure.into()))?;
        self.count += 1;
        let patience = self.config.patience.clone();
        match self.config.transport.exchange(request.map(Body::from), patience).await {
            Ok(response) if response.status().is_success() => {
                let (status, request_id) = (response.status().as_u16(), request_id(response.headers()));
                tracing::debug!(attempt = self.count, status, request_id, "answered");
                Ok(response)
            }
            Ok(response) => Err(self.refused(&response, credentials)),
            Err(error) => Err(self.unanswered(error)),
        }
    }

    /// Shows who makes the call, and tells with which credentials it signed; `None` if it did not.
    async fn sign(&self, request: &mut Request<Bytes>) -> Result<Option<Credentials>, Failure> {
        let (cache, scheme) = match self.route.proof {
            Proof::Nothing => return Ok(None),
            Proof::Token(cache) => {
                Box::pin(self.config.authorize(cache, request, self.call())).await?;
                return Ok(None);
            }
            Proof::Signature(cache, scheme) => (cache, scheme),
        };
        let credentials = match self.config.credentials(cache, self.call()).await {
            Ok(credentials) => credentials,
            Err(_) if self.route.optional => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let scope = self.route.target.scope(scheme);
        self.config.sign(scope, request, credentials.clone(), Form::Headers, self.call())?;
        Ok(Some(credentials))
    }

    /// The service answered with an error.
    fn refused<E: OperationError>(
        &mut self,
        response: &http::Response<Bytes>,
        credentials: Option<Credentials>,
    ) -> Failed<E> {
        let error = E::from_service(ServiceResponse::new(self.call(), Response::new(response)));
        let (meta, headers) = (error.meta(), response.headers());
        let (code, status) = (meta.code().unwrap_or_default(), response.status().as_u16());
        tracing::debug!(attempt = self.count, status, request_id = meta.request_id(), code, "refused");
        let sign_again = !self.signed_again && self.can_sign_again(code, headers, credentials);
        self.signed_again |= sign_again;
        let now = self.config.skew.apply(self.config.patience.system.now());
        Failed { retry_after: retry_after(headers, now), sign_again, ..Failed::new(error) }
    }

    /// Whether the service refused a signature for something that a new one does better.
    fn can_sign_again(&self, code: &str, headers: &HeaderMap, credentials: Option<Credentials>) -> bool {
        let (Proof::Signature(cache, _), Some(credentials)) = (self.route.proof, credentials) else {
            return false;
        };
        if matches!(code, "ExpiredToken" | "ExpiredTokenException") {
            cache.forget(&credentials);
            return true;
        }
        self.config.skew.correct(code, headers, self.config.patience.system.now())
    }

    /// There is no answer.
    fn unanswered<E: OperationError>(&self, error: BoxError) -> Failed<E> {
        let fault = TransportError::find(&*error).map(|error| error.fault);
        tracing::debug!(attempt = self.count, error = &*error as &dyn std::error::Error, "not answered");
        let (kind, passing) = match fault {
            Some(Fault::Connect) => (FailureKind::Connect, true),
            Some(Fault::Setup) => (FailureKind::Connect, false),
            Some(Fault::Timeout) => (FailureKind::Timeout, true),
            None => (FailureKind::Send, true),
        };
        let failure = Failure::new(self.call(), kind, error);
        let failure = if passing { failure.transient() } else { failure };
        Failed { timeout: kind == FailureKind::Timeout, ..Failed::new(failure.into()) }
    }

    /// How long to wait for the next attempt, or why there is none.
    fn next<E: OperationError>(&mut self, failed: &Failed<E>) -> Result<Duration, Stop> {
        let Config { policy, bucket, patience, .. } = self.config;
        let retry = failed.error.meta().retry();
        let attempt = FailedAttempt {
            retry: if failed.sign_again { Some(Retry::Transient) } else { retry },
            timeout: failed.timeout,
            retry_after: failed.retry_after,
        };
        match policy.decide(self.count, &attempt, patience.system.random()) {
            Decision::Stop(stop) => Err(stop),
            // What was wrong is put right; there is nothing to wait for.
            Decision::Again { .. } if failed.sign_again => Ok(Duration::ZERO),
            Decision::Again { cost, .. } if !bucket.take(cost) => Err(Stop::QuotaUsedUp),
            Decision::Again { after, cost } => {
                self.cost = Some(cost);
                Ok(after)
            }
        }
    }

    fn call(&self) -> Call {
        let elapsed = self.config.patience.system.instant().saturating_duration_since(self.start);
        Call { operation: self.route.operation, attempts: self.count, elapsed }
    }
}

/// Tells the span how the call ended.
fn trace_end(span: &Span, attempts: u32, status: Option<StatusCode>, request_id: Option<&str>) {
    span.record("attempts", attempts);
    span.record("status", status.map(|status| status.as_u16()));
    span.record("request_id", request_id);
}

impl<E> Failed<E> {
    fn new(error: E) -> Self {
        Self { error, timeout: false, retry_after: None, sign_again: false }
    }
}
