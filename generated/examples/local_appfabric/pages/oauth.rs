//! The application's side of OAuth2 (RFC 6749, section 4.1): a page on which a user grants access.

use super::super::operations::approve as issue;
use super::super::service::LocalAppFabric;
use super::super::text::{encoded, query_value};
use super::html::{Escaped, page as html};
use super::{page, text};
use appfabric::rt::Body;
use appfabric::rt::http::header::{HeaderValue, LOCATION};
use appfabric::rt::http::{Response, StatusCode};

/// Asks the user.
pub(super) fn ask(service: &LocalAppFabric, query: &str) -> Response<Body> {
    let state = query_value(query, "state").unwrap_or_default();
    let all = service.state();
    let mut all = all.bundles.iter().flat_map(|it| &it.authorizations);
    let found = all.find(|it| it.record.id == state && it.client_id.is_some());
    let Some(found) = found else {
        return unknown();
    };
    let shape = &found.record.shape;
    let content = format!(
        "<p>AppFabric asks for access to the tenant <b>{}</b> ({}) of <b>{}</b>.</p>\n\
         <form method=\"post\" action=\"/oauth2/authorize?{}\"><button>Approve</button></form>\n",
        Escaped(&shape.tenant.tenant_display_name),
        Escaped(&shape.tenant.tenant_identifier),
        Escaped(&shape.app),
        Escaped(query),
    );
    page(StatusCode::OK, html("Grant access", &content))
}

/// Redirects to the redirect URL with a code.
pub(super) fn approve(service: &LocalAppFabric, query: &str) -> Response<Body> {
    let state = query_value(query, "state").unwrap_or_default();
    let callback = format!("{}/oauth2/callback", service.url());
    let redirect = query_value(query, "redirect_uri").unwrap_or_else(|| callback.clone());
    if redirect != callback && !redirect.starts_with("https://") {
        let message = "redirect_uri must be an https URL, or the callback of this server\n";
        return text(StatusCode::BAD_REQUEST, message);
    }
    let code = issue(&mut service.state(), &state, &redirect, service.clock.now());
    let Ok(Some(code)) = code else {
        return unknown();
    };
    let separator = if redirect.contains('?') { '&' } else { '?' };
    let location = format!("{redirect}{separator}code={code}&state={}", encoded(&state));
    let Ok(location) = HeaderValue::try_from(location) else {
        return text(StatusCode::BAD_REQUEST, "redirect_uri is not valid\n");
    };
    let mut response = text(StatusCode::SEE_OTHER, "approved\n");
    response.headers_mut().insert(LOCATION, location);
    response
}

/// Shows the code, for callers without a page of their own.
pub(super) fn callback(query: &str) -> Response<Body> {
    let code = query_value(query, "code").unwrap_or_default();
    let content = format!(
        "<p>Access is granted. Pass this code to <code>ConnectAppAuthorization</code> within ten \
         minutes:</p>\n<p><code id=\"code\">{}</code></p>\n",
        Escaped(&code),
    );
    page(StatusCode::OK, html("Access granted", &content))
}

fn unknown() -> Response<Body> {
    let message = "state is not the ID of an app authorization with the type oauth2\n";
    text(StatusCode::NOT_FOUND, message)
}
