//! The path of a request: pages, signature, operation.

use super::super::account::Caller;
use super::super::pages;
use super::super::requests::{Entry, MOST_CHARACTERS, Note};
use super::super::signature::{Refusal, verify};
use super::{MAX_BODY_SIZE, Shared};
use appfabric::rt::http::header::{CONTENT_TYPE, HeaderValue};
use appfabric::rt::http::request::Parts;
use appfabric::rt::http::{Request, Response, StatusCode};
use appfabric::rt::{Body, Bytes, Timestamp, random_token};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};
use tower_service::Service;

/// The time for a request body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Answers a request.
pub(super) async fn respond(
    shared: &Shared,
    request: Request<Incoming>,
    peer: IpAddr,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let service = shared.service();
    if let Some(response) = pages::respond(service, &shared.requests, &head, peer) {
        return response;
    }
    let note = Arc::new(Note::new(Caller::of(&head, &shared.accounts)));
    let path: String = head.uri.path().chars().take(MOST_CHARACTERS).collect();
    let method = head.method.to_string();
    let response = answer(shared, head, body, &note).await;
    shared.requests.add(Entry {
        time: service.clock.now(),
        caller: note.caller.clone(),
        method,
        path,
        operation: note.operation.get().copied().unwrap_or_default(),
        status: response.status().as_u16(),
    });
    match note.is_broken() {
        true => response.map(BrokenBody::of),
        false => response,
    }
}

async fn answer(
    shared: &Shared,
    mut head: Parts,
    body: Incoming,
    note: &Arc<Note>,
) -> Response<Body> {
    let body = match tokio::time::timeout(BODY_TIMEOUT, read(body)).await {
        Ok(Some(body)) => body,
        Ok(None) => {
            return refused(
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestEntityTooLargeException",
                "The body is too large, or broke off.",
            );
        }
        Err(_) => {
            return refused(
                StatusCode::REQUEST_TIMEOUT,
                "RequestTimeoutException",
                "The body took too long.",
            );
        }
    };
    if !shared.keys.is_empty() {
        let now = Timestamp::from(SystemTime::now());
        if let Err(refusal) = verify(&shared.keys, "appfabric", &head, &body, now) {
            let Refusal {
                status,
                code,
                message,
            } = refusal;
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
            return refused(status, code, &message);
        }
    }
    head.extensions.insert(note.clone());
    let request = Request::from_parts(head, Body::from(body));
    match shared.server.clone().call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Reads a body of limited size; `None` if it is larger or breaks off.
async fn read(body: Incoming) -> Option<Bytes> {
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        if let Ok(data) = frame.ok()?.into_data() {
            bytes.extend_from_slice(&data);
            if u64::try_from(bytes.len()).ok()? > MAX_BODY_SIZE {
                return None;
            }
        }
    }
    Some(bytes.into())
}

/// An error of AWS's front end, before the service.
fn refused(status: StatusCode, code: &'static str, message: &str) -> Response<Body> {
    let text = serde_json::json!({ "message": message }).to_string();
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("x-amzn-errortype", HeaderValue::from_static(code));
    if let Some(id) = random_token().ok().and_then(|id| id.try_into().ok()) {
        headers.insert("x-amzn-requestid", id);
    }
    response
}

/// A body that breaks off in its middle.
struct BrokenBody {
    length: u64,
    half: Option<Bytes>,
}

impl BrokenBody {
    fn of(body: Body) -> Body {
        let bytes = body.as_bytes().cloned().unwrap_or_default();
        let half = bytes.slice(..bytes.len() / 2);
        Body::new(Self {
            // An empty body gets a length too, so that it can break off.
            length: u64::try_from(bytes.len()).unwrap_or(u64::MAX).max(1),
            half: Some(half),
        })
    }
}

impl HttpBody for BrokenBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(Some(match self.half.take() {
            Some(half) if !half.is_empty() => Ok(Frame::data(half)),
            _ => Err(std::io::Error::other("the fault broken-body")),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
