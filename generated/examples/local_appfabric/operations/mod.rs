//! The operations, as functions of the state, the caller and the time.

mod authorizations;
mod bundles;
mod connect;
mod destinations;
mod ingestions;
mod tags;
mod user_access;

use super::account::Caller;
use super::errors::{Kind, conflict, invalid, invalid_member};
use super::state::{Ingestion, Record, State};
use super::tokens::Key;
use appfabric::rt::{Operation, RequestError, Timestamp};
use appfabric::types::{ConflictException, ResourceNotFoundException, Tag, ValidationException};
use std::collections::BTreeMap;

pub(crate) use connect::approve;
pub(crate) use user_access::status;

/// A call of an operation.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) caller: &'a Caller,
    pub(crate) now: Timestamp,
    /// The URL of this server, for `authUrl`.
    pub(crate) url: &'a str,
}

impl Call<'_> {
    /// An ingestion of an app bundle.
    fn ingestion(
        &mut self,
        bundle: &str,
        identifier: &str,
    ) -> Result<&mut Ingestion, ResourceNotFoundException> {
        let bundle = self.state.bundle(self.caller, bundle)?;
        bundle.ingestion(identifier)
    }
}

/// What operations that create resources have in common.
struct Creation {
    number: u64,
    client_token: Option<String>,
    fingerprint: String,
    tags: BTreeMap<String, String>,
}

impl Creation {
    /// Takes the client token and the tags from an input. The rest of it is the fingerprint.
    fn take<O: Operation>(
        state: &mut State,
        input: &mut O,
        parts: impl Fn(&mut O) -> (&mut Option<String>, &Option<Vec<Tag>>),
    ) -> Result<Self, ValidationException> {
        let (client_token, tags) = parts(input);
        let tags = tags::unique(tags.as_deref().unwrap_or_default())?;
        let client_token = client_token.take();
        let fingerprint = state.key.fingerprint(input);
        Ok(Self {
            number: state.number(),
            client_token,
            fingerprint: fingerprint.ok_or_else(|| invalid("The request is not valid."))?,
            tags,
        })
    }

    /// Creates the record. `arn` is the ARN of an ID.
    fn record<T>(
        self,
        arn: impl FnOnce(&str) -> String,
        shape: impl FnOnce(&str) -> T,
    ) -> Result<Record<T>, RequestError> {
        let id = appfabric::rt::random_token()?;
        let arn = arn(&id);
        Ok(Record {
            number: self.number,
            shape: shape(&arn),
            tags: self.tags,
            client_token: self.client_token,
            fingerprint: self.fingerprint,
            id,
            arn,
        })
    }

    /// The record that an earlier request with the same client token created.
    fn earlier<'r, T: 'r>(
        &self,
        kind: Kind,
        mut records: impl Iterator<Item = &'r Record<T>>,
    ) -> Result<Option<&'r Record<T>>, ConflictException> {
        let Some(token) = &self.client_token else {
            return Ok(None);
        };
        match records.find(|record| record.client_token.as_ref() == Some(token)) {
            Some(record) if record.fingerprint != self.fingerprint => Err(conflict(
                kind,
                &record.id,
                "IdempotentParameterMismatch: a request with the same client token had other parameters.",
            )),
            found => Ok(found),
        }
    }
}

/// A page of a list.
struct Page<'r, T> {
    records: Vec<&'r Record<T>>,
    next_token: Option<String>,
}

/// What identifies a page.
struct PageRequest<'a> {
    /// The name of the operation and the identifiers of the list.
    list: &'a [&'a str],
    max_results: Option<i32>,
    next_token: Option<&'a str>,
}

/// The largest page, and the one without `maxResults`.
const PAGE_SIZE: i32 = 100;

impl PageRequest<'_> {
    fn page<'r, T>(
        &self,
        key: &Key,
        now: Timestamp,
        records: impl Iterator<Item = &'r Record<T>>,
    ) -> Result<Page<'r, T>, ValidationException> {
        let size = self.max_results.unwrap_or(PAGE_SIZE);
        let list = format!("{}#{size}", self.list.join("#"));
        let after = match self.next_token {
            Some(token) => key.open_page_token(token, &list, now)?,
            None => 0,
        };
        let mut rest = records.filter(|record| record.number > after);
        let size = usize::try_from(size)
            .ok()
            .filter(|size| *size > 0)
            .ok_or_else(|| invalid_member("maxResults", "The value must be 1 to 100."))?;
        let records: Vec<_> = rest.by_ref().take(size).collect();
        let next_token = match (records.last(), rest.next()) {
            (Some(last), Some(_)) => Some(key.page_token(&list, last.number, now)),
            _ => None,
        };
        Ok(Page {
            records,
            next_token,
        })
    }
}
