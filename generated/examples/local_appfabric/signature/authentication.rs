//! The parts of a signature in the header `Authorization` or in the query string of a presigned
//! request.

use super::super::account::Scope;
use super::super::text::{query_value, unhex};
use super::Refusal;
use appfabric::rt::Timestamp;
use appfabric::rt::http::request::Parts;
use std::time::Duration;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

pub(super) struct Authentication {
    pub(super) scope: Scope,
    /// In lower case, sorted.
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: Vec<u8>,
    /// `20260102T030405Z`.
    pub(super) time: String,
    /// Of a presigned request.
    pub(super) lifetime: Option<Duration>,
    pub(super) token: Option<String>,
}

impl Authentication {
    pub(super) fn of(head: &Parts) -> Result<Self, Refusal> {
        let query = head.uri.query().unwrap_or_default();
        match head.headers.get("authorization") {
            Some(value) => {
                let value = value.to_str();
                Self::of_header(head, value.map_err(|_| unreadable("header"))?)
            }
            None if query.contains("X-Amz-Algorithm=") => Self::of_query(query),
            None => Err(Refusal::missing()),
        }
    }

    fn of_header(head: &Parts, value: &str) -> Result<Self, Refusal> {
        let parameters = value
            .strip_prefix(ALGORITHM)
            .filter(|rest| rest.starts_with(' '))
            .ok_or_else(|| unreadable("algorithm"))?;
        let parameter = |name: &str| {
            let mut all = parameters.split(',').map(str::trim);
            let value = all.find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
            value.map(str::to_owned)
        };
        let header = |name: &str| {
            let value = head.headers.get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        Self::new(
            parameter,
            header("x-amz-date"),
            header("x-amz-security-token"),
            None,
        )
    }

    fn of_query(query: &str) -> Result<Self, Refusal> {
        let value = |name: &str| query_value(query, &format!("X-Amz-{name}"));
        if value("Algorithm").as_deref() != Some(ALGORITHM) {
            return Err(unreadable("algorithm"));
        }
        let seconds = value("Expires").and_then(|text| text.parse().ok());
        let lifetime = seconds.map(Duration::from_secs);
        let lifetime = lifetime.ok_or_else(|| lacks("X-Amz-Expires"))?;
        let token = value("Security-Token");
        Self::new(value, value("Date"), token, Some(lifetime))
    }

    fn new(
        parameter: impl Fn(&str) -> Option<String>,
        time: Option<String>,
        token: Option<String>,
        lifetime: Option<Duration>,
    ) -> Result<Self, Refusal> {
        let required = |name: &str| parameter(name).ok_or_else(|| lacks(name));
        let scope =
            Scope::parse(&required("Credential")?).ok_or_else(|| unreadable("Credential"))?;
        let names = required("SignedHeaders")?;
        let signature = required("Signature")?;
        Ok(Self {
            scope,
            signed_headers: names.split(';').map(str::to_owned).collect(),
            signature: unhex(&signature).ok_or_else(|| unreadable("Signature"))?,
            time: time.ok_or_else(|| lacks("X-Amz-Date"))?,
            lifetime,
            token,
        })
    }

    pub(super) fn signs(&self, header: &str) -> bool {
        self.signed_headers.iter().any(|name| name == header)
    }

    /// The time of the request.
    pub(super) fn timestamp(&self) -> Result<Timestamp, Refusal> {
        let [year, month, day, hour, minute, second] =
            [0..4, 4..6, 6..8, 9..11, 11..13, 13..15].map(|digits| self.time.get(digits));
        let parts = (year, month, day, hour, minute, second);
        let (Some(year), Some(month), Some(day), Some(hour), Some(minute), Some(second)) = parts
        else {
            return Err(unreadable("X-Amz-Date"));
        };
        format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z")
            .parse()
            .map_err(|_| unreadable("X-Amz-Date"))
    }
}

fn lacks(name: &str) -> Refusal {
    Refusal::incomplete(format!("The signature of the request requires '{name}'."))
}

fn unreadable(name: &str) -> Refusal {
    Refusal::incomplete(format!(
        "The signature of the request has a part that is not valid: {name}."
    ))
}
