//! A call: build the request, then attempts until one succeeds or another one is of no use.

use super::auth::identity::Proof;
use super::auth::payload::Payload;
use super::exchange::Unanswered;
use super::target::{Route, Target};
use super::transport::{Fault, TransportError};
use super::{Client, Config, Pages};
use crate::error::{Call, OperationError, ServiceResponse, request_id};
use crate::operation::{Operation, read_output, write};
use crate::pages::Paginated;
use crate::request::{Sums, summed};
use crate::response::Response;
use crate::retry::{Decision, FailedAttempt, Stop, is_long_poll, retry_after};
use crate::{Body, BoxError, Failure, FailureKind, FromResponse, Retry};
use aws_credential_types::Credentials;
use bytes::Bytes;
use http::header::USER_AGENT;
use http::request::Parts;
use http::{HeaderMap, Request, StatusCode};
use std::cell::Cell;
use std::time::{Duration, Instant, SystemTime};
use tracing::{Instrument, Span, field};

/// The longest time that a presigned request may be good for.
const LONGEST_PRESIGNED: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Client {
    /// Sends an operation and reads the answer, all of it but a member that is a stream.
    ///
    /// # Errors
    /// The operation's error: the service's own, or a [`Failure`] when there is no usable answer.
    // No `async fn`, whose future would hold the arguments twice.
    pub fn send<O: Operation>(
        &self,
        operation: &O,
    ) -> impl Future<Output = Result<O::Output, O::Error>> {
        self.send_as(operation, self.facts::<O>())
    }

    /// Like [`Client::send`], with all of the answer in memory.
    pub(crate) fn send_whole<O: Operation>(
        &self,
        operation: &O,
    ) -> impl Future<Output = Result<O::Output, O::Error>> {
        self.send_as(
            operation,
            Facts {
                streams: false,
                ..self.facts::<O>()
            },
        )
    }

    async fn send_as<O: Operation>(
        &self,
        operation: &O,
        facts: Facts,
    ) -> Result<O::Output, O::Error> {
        let config = self.config(O::NAME)?;
        let route = self.route(config, operation).await?;
        let (request, checksums, has_token) = config.request(operation, &route.target)?;
        let facts = Facts {
            is_idempotent: facts.is_idempotent || has_token,
            ..facts
        };
        let mut request = match checksums.is_empty() {
            true => request,
            false => Box::pin(summed(request, checksums))
                .await
                .map_err(|error| {
                    Failure::new(Call::new(O::NAME, 0), FailureKind::Request, error)
                })?,
        };
        request
            .headers_mut()
            .insert(USER_AGENT, config.user_agent.clone());
        let span = tracing::debug_span!(
            "call",
            service = self.shared.service.id,
            operation = O::NAME,
            attempts = field::Empty,
            status = field::Empty,
            request_id = field::Empty,
        );
        let attempts = Attempts::new(config, &route, facts, request);
        // In a box, so that a call is a small future.
        match Box::pin(attempts.run::<O::Error>())
            .instrument(span.clone())
            .await
        {
            Ok((response, call)) => {
                let status = response.status();
                trace_end(
                    &span,
                    call.attempts,
                    Some(status),
                    request_id(response.headers()),
                );
                read(response, call, facts)
            }
            Err(error) => {
                let meta = error.meta();
                trace_end(&span, meta.attempts(), meta.status(), meta.request_id());
                Err(error)
            }
        }
    }

    /// The request of an operation with a signature in its query, which anybody can send until it
    /// expires: method, URI, headers and body as they are here.
    ///
    /// # Errors
    /// A [`Failure`] when the request cannot be built, its body is a stream, there are no
    /// credentials, or `expires_in` is not from 1 second to 7 days.
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
        let (cache, scheme) = match route.proof {
            Proof::Signature(cache, scheme) => (cache, scheme),
            Proof::Token(_) => {
                return Err(refused(
                    "a token would be everybody's who has the request: it is not presigned",
                )
                .into());
            }
            Proof::Nothing => {
                return Err(refused("nobody signs requests of this client or operation").into());
            }
        };
        let (mut request, ..) = config.request(operation, &route.target)?;
        let Some(body) = request.body().as_bytes().cloned() else {
            return Err(refused(
                "a presigned request has its body in memory, and this one is a stream",
            )
            .into());
        };
        let credentials = config.credentials(cache, call).await?;
        let scope = route.target.scope(scheme);
        let payload = Payload::of_bytes(&body);
        config.presign(
            scope,
            &mut request,
            &payload,
            &credentials,
            expires_in,
            call,
        )?;
        Ok(request.map(|_| body))
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

    fn facts<O: Operation>(&self) -> Facts {
        Facts {
            name: O::NAME,
            signed_payload: O::SIGNED_PAYLOAD,
            streams: O::Output::STREAMS,
            long_poll: O::LONG_POLL || is_long_poll(self.shared.service.id, O::NAME),
            is_idempotent: O::IDEMPOTENT || O::METHOD.is_idempotent(),
        }
    }

    fn config(&self, operation: &'static str) -> Result<&Config, Failure> {
        let call = Call::new(operation, 0);
        self.shared
            .config
            .as_ref()
            .map_err(|error| Failure::new(call, FailureKind::Config, error.clone()))
    }
}

impl Config {
    /// The request as all attempts have it, with its idempotency token and without a signature;
    /// what sums of its body go into it; and whether there is such a token.
    fn request<O: Operation>(
        &self,
        operation: &O,
        target: &Target,
    ) -> Result<(Request<Body>, Sums, bool), Failure> {
        let tokens = || self.patience.system.token();
        let written = write(operation, &target.endpoint, &tokens, self.requests);
        let request = written.and_then(|written| {
            let has_token = written.has_token();
            Ok((written.finish_unsummed()?, has_token))
        });
        let ((mut request, checksums), has_token) =
            request.map_err(|error| Failure::request(O::NAME, error))?;
        request.headers_mut().extend(target.headers.clone());
        Ok((request, checksums, has_token))
    }
}

/// Reads the output of an answer, whose body is a stream unless it was read.
fn read<T: FromResponse, E: OperationError>(
    response: http::Response<Body>,
    call: Call,
    facts: Facts,
) -> Result<T, E> {
    let (head, body) = response.into_parts();
    if let Some(bytes) = body.as_bytes() {
        let response = http::Response::from_parts(head, bytes.clone());
        return read_output(Response::new(&response), call);
    }
    let (status, id) = (head.status, request_id(&head.headers).map(str::to_owned));
    let body = body.through(move |frame| {
        frame.map_err(|error| {
            broken_off(error, call, facts)
                .answered(status, id.clone())
                .into()
        })
    });
    let (head, stream) = (
        http::Response::from_parts(head, Bytes::new()),
        Cell::new(body),
    );
    read_output(Response::streaming(&head, &stream), call)
}

/// The failure to read an answer after its head told of success: the service has acted on the
/// request.
fn broken_off(error: BoxError, call: Call, facts: Facts) -> Failure {
    let is_passing = is_passing(&error);
    let kind = match fault(&error) {
        Some(Fault::Timeout) => FailureKind::Timeout,
        _ => FailureKind::Body,
    };
    let failure = Failure::new(call, kind, error);
    if facts.is_idempotent && is_passing {
        failure.transient()
    } else {
        failure
    }
}

fn fault(error: &BoxError) -> Option<Fault> {
    TransportError::find(&**error).map(|error| error.fault)
}

/// Whether another attempt may not meet the same fault.
fn is_passing(error: &BoxError) -> bool {
    !matches!(fault(error), Some(Fault::Setup | Fault::Size))
}

/// What the attempts of a call have to know of its operation.
#[derive(Clone, Copy)]
struct Facts {
    name: &'static str,
    signed_payload: bool,
    /// Whether the body of an answer with success is left to whoever gets it.
    streams: bool,
    long_poll: bool,
    /// Whether the service may act on it several times.
    is_idempotent: bool,
}

/// The attempts of a call.
struct Attempts<'c> {
    config: &'c Config,
    route: &'c Route<'c>,
    facts: Facts,
    head: Parts,
    body: Body,
    /// What signatures cover of the body, once there was one.
    payload: Option<Payload>,
    start: Instant,
    /// How many were made.
    count: u32,
    /// What the last retry took out of the bucket.
    cost: Option<u32>,
    /// Whether a new signature was tried.
    signed_again: bool,
}

/// What a signature was made with.
struct Signed {
    credentials: Credentials,
    at: SystemTime,
}

/// What an attempt that failed tells.
struct Failed<E> {
    error: E,
    timeout: bool,
    retry_after: Option<Duration>,
    /// Why there must not be another attempt.
    forbidden: Option<Stop>,
    /// Whether a new signature may do.
    sign_again: bool,
}

impl<'c> Attempts<'c> {
    fn new(config: &'c Config, route: &'c Route<'c>, facts: Facts, request: Request<Body>) -> Self {
        let start = config.patience.system.instant();
        let (head, body) = request.into_parts();
        Self {
            config,
            route,
            facts,
            head,
            body,
            payload: None,
            start,
            count: 0,
            cost: None,
            signed_again: false,
        }
    }

    /// Makes attempts until one succeeds, or another one is of no use.
    async fn run<E: OperationError>(mut self) -> Result<(http::Response<Body>, Call), E> {
        loop {
            let failed = match self.attempt::<E>().await {
                Ok(response) => {
                    self.config.bucket.put_back(self.cost);
                    return Ok((response, self.call()));
                }
                Err(failed) => failed,
            };
            let decision = self.decide(&failed);
            let (Decision::Again { after, .. } | Decision::Stop { after, .. }) = decision;
            let paused = match after {
                Duration::ZERO => Ok(()),
                pause => self.config.patience.system.sleep(pause).await,
            };
            let stopped = match (decision, paused) {
                (Decision::Again { cost, .. }, Ok(())) => {
                    self.cost = cost.or(self.cost);
                    continue;
                }
                (Decision::Again { .. }, Err(no_timer)) => Some(no_timer.to_string()),
                (
                    Decision::Stop {
                        reason: Stop::NotRetryable | Stop::AttemptsUsedUp,
                        ..
                    },
                    _,
                ) => None,
                (Decision::Stop { reason, .. }, _) => Some(reason.to_string()),
            };
            if let Some(reason) = stopped {
                failed.error.meta().give_up(reason);
            }
            return Err(failed.error);
        }
    }

    /// One attempt: sign, send, classify.
    async fn attempt<E: OperationError>(&mut self) -> Result<http::Response<Body>, Failed<E>> {
        let mut request = Request::from_parts(self.head.clone(), self.body.share());
        let signed = self
            .sign(&mut request)
            .await
            .map_err(|failure| Failed::new(failure.into()))?;
        self.count += 1;
        let answer = self.config.exchange(request, self.facts.streams).await;
        let response = answer.map_err(|unanswered| match unanswered {
            Unanswered::NoHead(error) => self.unanswered(error),
            Unanswered::NoBody(head, error) => self.broken_off(&head, error),
        })?;
        let status = response.status();
        if status.is_success() {
            let request_id = request_id(response.headers());
            tracing::debug!(
                attempt = self.count,
                status = status.as_u16(),
                request_id,
                "answered"
            );
            if signed.is_some() {
                self.config
                    .clock_skew
                    .confirm(response.headers(), self.config.patience.system.now());
            }
            return Ok(response);
        }
        // It was read.
        let response = response.map(|body| body.as_bytes().cloned().unwrap_or_default());
        Err(self.refused(&response, signed))
    }

    /// Adds a signature or a token to the request, if the call has one. Returns what the signature
    /// was made with.
    async fn sign(&mut self, request: &mut Request<Body>) -> Result<Option<Signed>, Failure> {
        let (config, call) = (self.config, self.call());
        let (cache, scheme) = match self.route.proof {
            Proof::Nothing => return Ok(None),
            Proof::Token(cache) => {
                return match Box::pin(config.authorize(cache, request, call)).await {
                    Err(failure) if !self.route.optional => Err(failure),
                    _ => Ok(None),
                };
            }
            Proof::Signature(cache, scheme) => (cache, scheme),
        };
        let credentials = match config.credentials(cache, call).await {
            Ok(credentials) => credentials,
            Err(_) if self.route.optional => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let payload = match self.payload.take() {
            Some(payload) => payload,
            None => {
                let payload =
                    Payload::of(&self.body, &self.head.uri, self.facts.signed_payload).await;
                payload.map_err(|error| Failure::new(call, FailureKind::Request, error))?
            }
        };
        let scope = self.route.target.scope(scheme);
        let at = config.sign(scope, request, &payload, &credentials, call)?;
        self.payload = Some(payload);
        Ok(Some(Signed { credentials, at }))
    }

    /// The service answered with an error.
    fn refused<E: OperationError>(
        &mut self,
        response: &http::Response<Bytes>,
        signed: Option<Signed>,
    ) -> Failed<E> {
        let error = E::from_service(ServiceResponse::new(self.call(), Response::new(response)));
        let (meta, headers) = (error.meta(), response.headers());
        let (code, status) = (meta.code().unwrap_or_default(), response.status().as_u16());
        tracing::debug!(
            attempt = self.count,
            status,
            request_id = meta.request_id(),
            code,
            "refused"
        );
        // In this order, so that what the answer tells is learnt for other calls.
        let sign_again = self.can_sign_again(code, headers, signed) && !self.signed_again;
        self.signed_again |= sign_again;
        let now = self
            .config
            .clock_skew
            .apply(self.config.patience.system.now());
        Failed {
            retry_after: retry_after(headers, now),
            sign_again,
            ..Failed::new(error)
        }
    }

    /// Whether the service refused a signature for something that a new one does better.
    fn can_sign_again(&self, code: &str, headers: &HeaderMap, signed: Option<Signed>) -> bool {
        let (Proof::Signature(cache, _), Some(signed)) = (self.route.proof, signed) else {
            return false;
        };
        if matches!(code, "ExpiredToken" | "ExpiredTokenException") {
            cache.forget(&signed.credentials);
            return true;
        }
        self.config
            .clock_skew
            .learn(code, headers, self.config.patience.system.now(), signed.at)
    }

    /// There is no answer.
    fn unanswered<E: OperationError>(&self, error: BoxError) -> Failed<E> {
        tracing::debug!(
            attempt = self.count,
            error = &*error as &dyn std::error::Error,
            "not answered"
        );
        let kind = match fault(&error) {
            Some(Fault::Connect | Fault::Setup) => FailureKind::Connect,
            Some(Fault::Timeout) => FailureKind::Timeout,
            Some(Fault::Size) | None => FailureKind::Send,
        };
        let is_passing = is_passing(&error);
        let failure = Failure::new(self.call(), kind, error);
        let failure = if is_passing {
            failure.transient()
        } else {
            failure
        };
        Failed {
            timeout: kind == FailureKind::Timeout,
            ..Failed::new(failure.into())
        }
    }

    /// The answer told of success, and broke off.
    fn broken_off<E: OperationError>(
        &self,
        head: &http::response::Parts,
        error: BoxError,
    ) -> Failed<E> {
        tracing::debug!(
            attempt = self.count,
            error = &*error as &dyn std::error::Error,
            "broken off"
        );
        let is_forbidden = is_passing(&error) && !self.facts.is_idempotent;
        let failure = broken_off(error, self.call(), self.facts);
        let failure = failure.answered(head.status, request_id(&head.headers).map(str::to_owned));
        Failed {
            timeout: failure.kind() == FailureKind::Timeout,
            forbidden: is_forbidden.then_some(Stop::NotIdempotent),
            ..Failed::new(failure.into())
        }
    }

    /// Whether to try again, and when.
    fn decide<E: OperationError>(&self, failed: &Failed<E>) -> Decision {
        let Config {
            policy,
            bucket,
            patience,
            ..
        } = self.config;
        let attempt = FailedAttempt {
            retry: match failed.error.meta().retry() {
                None if failed.sign_again || failed.forbidden.is_some() => Some(Retry::Transient),
                retry => retry,
            },
            timeout: failed.timeout,
            retry_after: failed.retry_after,
            forbidden: failed.forbidden.or(self
                .body
                .try_clone()
                .is_none()
                .then_some(Stop::StreamRead)),
            sign_again: failed.sign_again,
            long_poll: self.facts.long_poll,
        };
        policy.decide(self.count, &attempt, patience.system.random(), bucket)
    }

    fn call(&self) -> Call {
        let elapsed = self
            .config
            .patience
            .system
            .instant()
            .saturating_duration_since(self.start);
        Call {
            operation: self.facts.name,
            attempts: self.count,
            elapsed,
        }
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
        Self {
            error,
            timeout: false,
            retry_after: None,
            forbidden: None,
            sign_again: false,
        }
    }
}
