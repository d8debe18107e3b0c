//! The attempts of a call: send the request until an attempt succeeds or a retry is not possible.

use crate::client::auth::identity::ResolvedAuth;
use crate::client::auth::payload::Payload;
use crate::client::handle::Config;
use crate::client::send::exchange::{ExchangeError, exchange};
use crate::client::send::fault::{fault, incomplete_body, is_transient};
use crate::client::send::route::Route;
use crate::client::send::traits::OperationTraits;
use crate::client::transport::error::Fault;
use crate::error::box_error::BoxError;
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};
use crate::error::retry::Retry;
use crate::http_binding::body::body_type::Body;
use crate::http_binding::request_id::request_id;
use crate::http_binding::response::Response;
use crate::operation::error::{OperationError, read_error};
use crate::retry::{Decision, FailedAttempt, Stop, retry_after};
use aws_credential_types::Credentials;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Request};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// The attempts of a call.
pub(super) struct Attempts<'c> {
    config: &'c Config,
    route: &'c Route<'c>,
    traits: OperationTraits,
    head: Parts,
    body: Body,
    /// The payload of the first signature, which later signatures reuse.
    payload: Option<Payload>,
    start: Instant,
    /// The number of attempts.
    count: u32,
    /// The number of attempts for the caller, who may cancel them.
    sent: &'c AtomicU32,
    /// The tokens that the last retry took from the quota.
    cost: Option<u32>,
    /// Whether a rejected signature was replaced.
    signed_again: bool,
}

/// The credentials and time of a signature.
struct Signed {
    credentials: Credentials,
    at: SystemTime,
}

/// A failed attempt.
struct Failed<E> {
    error: E,
    timeout: bool,
    retry_after: Option<Duration>,
    /// The reason why a retry is not allowed.
    forbidden: Option<Stop>,
    /// Whether an attempt with a new signature may succeed.
    sign_again: bool,
}

impl<'c> Attempts<'c> {
    pub(super) fn new(
        config: &'c Config,
        route: &'c Route<'c>,
        traits: OperationTraits,
        request: Request<Body>,
        sent: &'c AtomicU32,
    ) -> Self {
        let start = config.system.instant();
        let (head, body) = request.into_parts();
        Self {
            config,
            route,
            traits,
            head,
            body,
            payload: None,
            start,
            count: 0,
            sent,
            cost: None,
            signed_again: false,
        }
    }

    /// Sends the request until an attempt succeeds or a retry is not possible.
    pub(super) async fn run<E: OperationError>(
        mut self,
    ) -> Result<(http::Response<Body>, Call), E> {
        loop {
            let failed = match self.attempt::<E>().await {
                Ok(response) => {
                    self.config.retry_quota.put_back(self.cost);
                    return Ok((response, self.call()));
                }
                Err(failed) => failed,
            };
            let decision = self.decide(&failed);
            let (Decision::Again { after, .. } | Decision::Stop { after, .. }) = decision;
            let paused = match after {
                Duration::ZERO => Ok(()),
                pause => self.config.system.pause(pause).await,
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

    /// A single attempt: sign, send, classify.
    async fn attempt<E: OperationError>(&mut self) -> Result<http::Response<Body>, Failed<E>> {
        let mut request = Request::from_parts(self.head.clone(), self.body.share());
        let signed = self
            .sign(&mut request)
            .await
            .map_err(|failure| Failed::new(failure.into()))?;
        self.count += 1;
        self.sent.store(self.count, Ordering::Relaxed);
        let response = exchange(self.config, request, self.traits.streams).await;
        let response = response.map_err(|error| match error {
            ExchangeError::NoResponse(error) => self.no_response(error),
            ExchangeError::IncompleteBody(head, error) => self.incomplete_body(&head, error),
        })?;
        let status = response.status();
        if status.is_success() {
            let request_id = request_id(response.headers());
            tracing::debug!(
                attempt = self.count,
                status = status.as_u16(),
                request_id,
                "attempt succeeded"
            );
            if signed.is_some() {
                self.config
                    .auth
                    .clock_skew
                    .confirm(response.headers(), self.config.system.now());
            }
            return Ok(response);
        }
        // The body of an error is in memory.
        let response = response.map(|body| body.as_bytes().cloned().unwrap_or_default());
        Err(self.error_response(&response, signed))
    }

    /// Adds a signature or a token to the request, if the call is authenticated. Returns the
    /// credentials and time of a signature.
    async fn sign(&mut self, request: &mut Request<Body>) -> Result<Option<Signed>, Failure> {
        let (config, call) = (self.config, self.call());
        let (cache, scheme) = match self.route.auth {
            ResolvedAuth::Anonymous => return Ok(None),
            ResolvedAuth::Token(cache) => {
                return match Box::pin(config.auth.add_token(cache, request, call)).await {
                    Err(failure) if !self.route.optional_auth => Err(failure),
                    _ => Ok(None),
                };
            }
            ResolvedAuth::Signature(cache, scheme) => (cache, scheme),
        };
        let credentials = match config.auth.credentials(cache, call).await {
            Ok(credentials) => credentials,
            Err(_) if self.route.optional_auth => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let failure = |error| Failure::new(call, FailureKind::Request, error);
        let payload = match self.payload.take() {
            Some(payload) => payload,
            None => Payload::of(&self.body, &self.head.uri, self.traits.signed_payload)
                .await
                .map_err(failure)?,
        };
        let scope = self.route.scope(scheme, config, call)?;
        let at = config
            .auth
            .sign(scope, request, &payload, &credentials)
            .map_err(failure)?;
        self.payload = Some(payload);
        Ok(Some(Signed { credentials, at }))
    }

    /// An attempt for which the service returned an error.
    fn error_response<E: OperationError>(
        &mut self,
        response: &http::Response<Bytes>,
        signed: Option<Signed>,
    ) -> Failed<E> {
        let error = read_error::<E>(Response::new(response), self.call());
        let (meta, headers) = (error.meta(), response.headers());
        let (code, status) = (meta.code().unwrap_or_default(), response.status().as_u16());
        tracing::debug!(
            attempt = self.count,
            status,
            request_id = meta.request_id(),
            code,
            "service returned an error"
        );
        // `can_sign_again` comes first, since other calls use the time that it learns.
        let sign_again = self.can_sign_again(code, headers, signed) && !self.signed_again;
        self.signed_again |= sign_again;
        let now = self.config.auth.clock_skew.apply(self.config.system.now());
        Failed {
            retry_after: retry_after(headers, now),
            sign_again,
            ..Failed::new(error)
        }
    }

    /// Whether the service rejected a signature for a reason that a new signature avoids.
    fn can_sign_again(&self, code: &str, headers: &HeaderMap, signed: Option<Signed>) -> bool {
        let (ResolvedAuth::Signature(cache, _), Some(signed)) = (self.route.auth, signed) else {
            return false;
        };
        if matches!(code, "ExpiredToken" | "ExpiredTokenException") {
            cache.forget(&signed.credentials);
            return true;
        }
        self.config
            .auth
            .clock_skew
            .learn(code, headers, self.config.system.now(), signed.at)
    }

    /// An attempt without a response.
    fn no_response<E: OperationError>(&self, error: BoxError) -> Failed<E> {
        tracing::debug!(
            attempt = self.count,
            error = &*error as &dyn std::error::Error,
            "no response"
        );
        let kind = match fault(&error) {
            Some(Fault::Connect | Fault::Setup) => FailureKind::Connect,
            Some(Fault::Timeout) => FailureKind::Timeout,
            Some(Fault::Size) | None => FailureKind::Send,
        };
        let is_transient = is_transient(&error);
        let failure = Failure::new(self.call(), kind, error);
        let failure = if is_transient {
            failure.transient()
        } else {
            failure
        };
        Failed {
            timeout: kind == FailureKind::Timeout,
            ..Failed::new(failure.into())
        }
    }

    /// An attempt with a successful response whose body cannot be read.
    fn incomplete_body<E: OperationError>(
        &self,
        head: &http::response::Parts,
        error: BoxError,
    ) -> Failed<E> {
        tracing::debug!(
            attempt = self.count,
            error = &*error as &dyn std::error::Error,
            "response is incomplete"
        );
        let is_forbidden = is_transient(&error) && !self.traits.is_idempotent;
        let request_id = request_id(&head.headers).map(str::to_owned);
        let failure =
            incomplete_body(error, self.call(), self.traits).with_response(head.status, request_id);
        Failed {
            timeout: failure.kind() == FailureKind::Timeout,
            forbidden: is_forbidden.then_some(Stop::NotIdempotent),
            ..Failed::new(failure.into())
        }
    }

    /// Decides whether and when to retry.
    fn decide<E: OperationError>(&self, failed: &Failed<E>) -> Decision {
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
            long_poll: self.traits.long_poll,
        };
        let random = self.config.system.random();
        self.config
            .retry
            .decide(self.count, &attempt, random, &self.config.retry_quota)
    }

    fn call(&self) -> Call {
        let elapsed = self
            .config
            .system
            .instant()
            .saturating_duration_since(self.start);
        Call {
            operation: self.traits.name,
            attempts: self.count,
            elapsed,
        }
    }
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
