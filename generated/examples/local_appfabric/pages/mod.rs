//! What the server has for people: the status page, the page on which a user grants access, and the
//! clock that tests advance.

mod html;
mod oauth;
mod status;

use super::requests::Requests;
use super::service::LocalAppFabric;
use appfabric::rt::Body;
use appfabric::rt::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, HeaderValue, ORIGIN,
};
use appfabric::rt::http::request::Parts;
use appfabric::rt::http::{Method, Response, StatusCode};
use std::net::IpAddr;

const POLICY: HeaderName = HeaderName::from_static("content-security-policy");

/// The response for a path that is not one of the service.
pub(crate) fn respond(
    service: &LocalAppFabric,
    requests: &Requests,
    head: &Parts,
    peer: IpAddr,
) -> Option<Response<Body>> {
    let get = head.method == Method::GET;
    let post = head.method == Method::POST;
    let query = head.uri.query().unwrap_or_default();
    if post && is_foreign(head) && matches!(head.uri.path(), "/oauth2/authorize" | "/_local/clock")
    {
        return Some(text(StatusCode::FORBIDDEN, "not from another site\n"));
    }
    Some(match head.uri.path() {
        "/" if get => page(StatusCode::OK, status::page(service, &requests.all())),
        "/oauth2/authorize" if get => oauth::ask(service, query),
        "/oauth2/authorize" if post => oauth::approve(service, query),
        "/oauth2/callback" if get => oauth::callback(query),
        "/_local/clock" if post => clock(service, query, peer),
        _ => return None,
    })
}

/// Whether a browser sends the request for the page of another site.
fn is_foreign(head: &Parts) -> bool {
    let value = |name| head.headers.get(name).map(HeaderValue::as_bytes);
    match (value(ORIGIN), value(HOST)) {
        (Some(origin), Some(host)) => origin.strip_prefix(b"http://") != Some(host),
        (origin, _) => origin.is_some(),
    }
}

/// Advances the clock, for programs on this machine.
fn clock(service: &LocalAppFabric, query: &str, peer: IpAddr) -> Response<Body> {
    if !peer.is_loopback() {
        return text(
            StatusCode::FORBIDDEN,
            "only from the machine of the server\n",
        );
    }
    let seconds = query
        .strip_prefix("advance=")
        .and_then(|text| text.parse().ok());
    match seconds.and_then(|seconds| service.clock.advance(seconds)) {
        Some(now) => text(StatusCode::OK, &format!("{now}\n")),
        None => text(
            StatusCode::BAD_REQUEST,
            "needs advance=SECONDS, at most a hundred years in all\n",
        ),
    }
}

fn text(status: StatusCode, text: &str) -> Response<Body> {
    response(status, "text/plain; charset=utf-8", text.to_owned())
}

fn page(status: StatusCode, html: String) -> Response<Body> {
    response(status, "text/html; charset=utf-8", html)
}

fn response(status: StatusCode, media_type: &'static str, content: String) -> Response<Body> {
    let mut response = Response::new(Body::from(content));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The pages have no script, and nothing from elsewhere. A page of another site cannot frame them.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    headers.insert(POLICY, HeaderValue::from_static(policy));
    response
}
