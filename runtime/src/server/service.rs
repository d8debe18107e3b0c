//! The server as a `tower_service::Service`.

use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use crate::server::api::{Answer, Api, Call, OwnedLabels, Route, reject};
use crate::server::host;
use crate::server::rejection::{Rejection, RejectionKind};
use crate::server::values::pairs;
use bytes::Bytes;
use http_body::Body as HttpBody;
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_service::Service;

/// A server: a `tower_service::Service` from HTTP requests to responses, which calls the operations
/// of `S`. Clones share it.
///
/// It never fails: every error is a response. Connections, TLS, time limits and graceful shutdown
/// are those of the HTTP server and of the layers around it.
pub struct Server<S, A> {
    inner: Arc<Inner<S>>,
    max_body_size: u64,
    api: PhantomData<fn() -> A>,
}

struct Inner<S> {
    service: Arc<S>,
    /// Sorted by specificity.
    routes: Vec<Route<S>>,
}

/// The default of [`Server::max_body_size`].
const MAX_BODY_SIZE: u64 = 10 * 1024 * 1024;

impl<S, A: Api<S>> Server<S, A> {
    /// Creates a server with an implementation of the service.
    pub fn new(service: S) -> Self {
        let mut routes = A::routes();
        routes.sort_by(|one, other| one.uri.compare(&other.uri));
        Self {
            inner: Arc::new(Inner {
                service: Arc::new(service),
                routes,
            }),
            max_body_size: MAX_BODY_SIZE,
            api: PhantomData,
        }
    }
}

impl<S, A> Server<S, A> {
    /// Sets the maximum number of bytes of a request body that is not a stream, 10 MiB by default.
    /// The response for a larger one has the status 413.
    #[must_use]
    pub fn max_body_size(mut self, bytes: u64) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// The implementation of the service.
    pub fn service(&self) -> &S {
        &self.inner.service
    }
}

impl<S, A> Clone for Server<S, A> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            max_body_size: self.max_body_size,
            api: PhantomData,
        }
    }
}

impl<S, A> fmt::Debug for Server<S, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("operations", &self.inner.routes.len())
            .field("max_body_size", &self.max_body_size)
            .finish_non_exhaustive()
    }
}

impl<S, A, B> Service<http::Request<B>> for Server<S, A>
where
    S: Send + Sync + 'static,
    A: Api<S>,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let (inner, limit) = (self.inner.clone(), self.max_body_size);
        Box::pin(async move {
            let request = request.map(Body::new);
            Ok(match inner.route(request, limit).await {
                Ok(answer) => answer.await,
                Err(rejection) => reject(&rejection),
            })
        })
    }
}

impl<S> Inner<S> {
    /// Finds the operation of a request, and reads the body unless it is a stream.
    async fn route(&self, request: http::Request<Body>, limit: u64) -> Result<Answer, Rejection> {
        let (head, body) = request.into_parts();
        let (route, labels) = self.find(&head)?;
        let (body, stream) = if route.streams {
            (Bytes::new(), body)
        } else {
            (read(body, limit).await?, Body::default())
        };
        let call = Call {
            head,
            labels,
            body,
            stream,
        };
        Ok((route.call)(self.service.clone(), call))
    }

    /// The most specific route of a request, with its labels. Of several operations with the same
    /// URI pattern, it is the one whose host prefix the request has.
    fn find(&self, head: &http::request::Parts) -> Result<(&Route<S>, OwnedLabels), Rejection> {
        let query = pairs(head.uri.query().unwrap_or_default())
            .map_err(|error| Rejection::malformed("the query string", error))?;
        let mut allowed = Vec::new();
        let mut found: Option<(&Route<S>, OwnedLabels)> = None;
        for route in &self.routes {
            if let Some((first, _)) = &found
                && route.uri.compare(&first.uri).is_gt()
            {
                break;
            }
            let Some(labels) = route.uri.matches(head.uri.path(), &query) else {
                continue;
            };
            if route.method != head.method {
                if !allowed.contains(&route.method) {
                    allowed.push(route.method.clone());
                }
                continue;
            }
            let has_prefix =
                !route.host_prefix.is_empty() && host::starts_with(head, route.host_prefix);
            if found.is_none() || has_prefix {
                let labels = labels.into_iter();
                let labels = labels.map(|(name, text)| (name, text.to_owned()));
                found = Some((route, labels.collect()));
            }
            if has_prefix {
                break;
            }
        }
        if let Some(found) = found {
            return Ok(found);
        }
        Err(if allowed.is_empty() {
            Rejection::unknown_path()
        } else {
            let detail = format!("no operation with this path has the method {}", head.method);
            Rejection::new(RejectionKind::MethodNotAllowed { allowed }, detail)
        })
    }
}

/// Reads a body of limited size.
async fn read(body: Body, limit: u64) -> Result<Bytes, Rejection> {
    if body.length().is_none_or(|length| length <= limit) {
        match body.collect_up_to(limit).await {
            (bytes, Ok(true)) => return Ok(bytes),
            (_, Ok(false)) => {}
            (_, Err(_)) => {
                let detail = "the body could not be read";
                return Err(Rejection::new(RejectionKind::Incomplete, detail));
            }
        }
    }
    let detail = format!("the body has more than {limit} bytes");
    Err(Rejection::new(RejectionKind::TooLarge, detail))
}

impl<S> fmt::Debug for Route<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
