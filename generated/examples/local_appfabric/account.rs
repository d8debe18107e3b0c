//! Who sends a request: the account and the Region, from the credential scope of its signature.

use super::text::query_value;
use appfabric::rt::http::request::Parts;
use std::collections::BTreeMap;

/// The account of access keys that are in no table.
pub(crate) const DEFAULT_ACCOUNT: &str = "123456789012";
/// The Region of requests without a signature.
const DEFAULT_REGION: &str = "us-east-1";

/// An account in a Region. Each has resources of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Caller {
    pub(crate) account: String,
    pub(crate) region: String,
}

impl Caller {
    /// The caller of a request.
    pub(crate) fn of(head: &Parts, accounts: &BTreeMap<String, String>) -> Self {
        let scope = credential(head).and_then(|text| Scope::parse(&text));
        let account = scope.as_ref().and_then(|scope| accounts.get(&scope.key));
        let region = scope.as_ref().map(|scope| scope.region.as_str());
        Self {
            account: account.map_or(DEFAULT_ACCOUNT, String::as_str).to_owned(),
            region: region
                .filter(|region| is_region(region))
                .unwrap_or(DEFAULT_REGION)
                .to_owned(),
        }
    }
}

/// A credential scope: `KEY/20260102/us-east-1/appfabric/aws4_request`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) key: String,
    pub(crate) date: String,
    pub(crate) region: String,
    pub(crate) service: String,
}

impl Scope {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.rsplitn(5, '/');
        parts.next().filter(|end| *end == "aws4_request")?;
        let service = parts.next()?.to_owned();
        let region = parts.next()?.to_owned();
        let date = parts.next()?.to_owned();
        let key = parts.next().filter(|key| !key.is_empty())?.to_owned();
        Some(Self {
            key,
            date,
            region,
            service,
        })
    }
}

/// The credential of a signature in the header `Authorization` or in the query string.
fn credential(head: &Parts) -> Option<String> {
    let header = head.headers.get("authorization");
    if let Some(value) = header.and_then(|value| value.to_str().ok()) {
        let (_, rest) = value.split_once("Credential=")?;
        return rest.split(',').next().map(|text| text.trim().to_owned());
    }
    query_value(head.uri.query()?, "X-Amz-Credential")
}

fn is_region(text: &str) -> bool {
    let valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&text.len()) && text.bytes().all(valid)
}
