//! What exists: app bundles, with all that they contain.
//!
//! A record holds the shape of the model that its operations return. These shapes have no sensitive
//! members, so the state can be saved as it is.

use super::account::Caller;
use super::errors::{Kind, not_found};
use super::tokens::Key;
use appfabric::rt::{RequestError, Timestamp, json};
use appfabric::types::{self, ResourceNotFoundException};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The state of the service.
#[derive(Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) key: Key,
    /// The last number that was given to a record.
    last_number: u64,
    pub(crate) bundles: Vec<Bundle>,
}

/// A resource.
#[derive(Serialize, Deserialize)]
#[serde(bound = "T: json::Encode + json::Decode")]
pub(crate) struct Record<T> {
    pub(crate) id: String,
    pub(crate) arn: String,
    /// Increases from record to record. Lists are in this order.
    pub(crate) number: u64,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) client_token: Option<String>,
    /// The digest of the parameters of the request that created it.
    pub(crate) fingerprint: String,
    #[serde(with = "shape")]
    pub(crate) shape: T,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Bundle {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) record: Record<types::AppBundle>,
    pub(crate) authorizations: Vec<Authorization>,
    pub(crate) ingestions: Vec<Ingestion>,
    pub(crate) tasks: Vec<Task>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Authorization {
    pub(crate) record: Record<types::AppAuthorization>,
    /// The client ID of an OAuth2 client, which is no secret.
    pub(crate) client_id: Option<String>,
    /// The digest of the credentials. They are not kept.
    pub(crate) credential: String,
    /// The authorization code that the user has approved, until it is used.
    #[serde(skip)]
    pub(crate) code: Option<Code>,
}

/// An authorization code.
pub(crate) struct Code {
    pub(crate) text: String,
    pub(crate) redirect_uri: String,
    pub(crate) issued_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Ingestion {
    pub(crate) record: Record<types::Ingestion>,
    pub(crate) destinations: Vec<Record<types::IngestionDestination>>,
}

/// A user access task.
#[derive(Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) app: String,
    #[serde(with = "shape")]
    pub(crate) tenant: types::Tenant,
    /// Seconds since 1970.
    pub(crate) started_at: i64,
    pub(crate) outcome: Outcome,
    /// The email address is sensitive, so it is not saved.
    #[serde(skip)]
    pub(crate) email: Option<String>,
}

/// How a user access task ends.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Completed,
    Failed,
    Expired,
}

impl State {
    pub(crate) fn empty() -> Result<Self, RequestError> {
        Ok(Self {
            key: Key::random()?,
            last_number: 0,
            bundles: Vec::new(),
        })
    }

    /// The number of a new record.
    pub(crate) fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// The app bundle of a caller, if it has the identifier.
    pub(crate) fn bundle(
        &mut self,
        caller: &Caller,
        identifier: &str,
    ) -> Result<&mut Bundle, ResourceNotFoundException> {
        self.bundle_of(caller)
            .filter(|bundle| bundle.record.is(identifier))
            .ok_or_else(|| not_found(Kind::AppBundle, identifier))
    }

    /// The app bundle of a caller.
    pub(crate) fn bundle_of(&mut self, caller: &Caller) -> Option<&mut Bundle> {
        self.bundles
            .iter_mut()
            .find(|bundle| (&bundle.account, &bundle.region) == (&caller.account, &caller.region))
    }
}

impl<T> Record<T> {
    /// Whether it has the identifier, which is an ARN or a UUID.
    pub(crate) fn is(&self, identifier: &str) -> bool {
        self.arn == identifier || self.id == identifier
    }
}

impl Bundle {
    pub(crate) fn new(caller: &Caller, record: Record<types::AppBundle>) -> Self {
        Self {
            account: caller.account.clone(),
            region: caller.region.clone(),
            record,
            authorizations: Vec::new(),
            ingestions: Vec::new(),
            tasks: Vec::new(),
        }
    }

    pub(crate) fn authorization(
        &mut self,
        identifier: &str,
    ) -> Result<&mut Authorization, ResourceNotFoundException> {
        self.authorizations
            .iter_mut()
            .find(|it| it.record.is(identifier))
            .ok_or_else(|| not_found(Kind::AppAuthorization, identifier))
    }

    pub(crate) fn ingestion(
        &mut self,
        identifier: &str,
    ) -> Result<&mut Ingestion, ResourceNotFoundException> {
        self.ingestions
            .iter_mut()
            .find(|it| it.record.is(identifier))
            .ok_or_else(|| not_found(Kind::Ingestion, identifier))
    }

    /// The tags of the bundle, or of a resource that it contains.
    pub(crate) fn tags(&mut self, arn: &str) -> Option<&mut BTreeMap<String, String>> {
        let Self {
            record,
            authorizations,
            ingestions,
            ..
        } = self;
        let mut all = vec![(&record.arn, &mut record.tags)];
        for Authorization { record, .. } in authorizations {
            all.push((&record.arn, &mut record.tags));
        }
        for Ingestion {
            record,
            destinations,
        } in ingestions
        {
            all.push((&record.arn, &mut record.tags));
            all.extend(destinations.iter_mut().map(|it| (&it.arn, &mut it.tags)));
        }
        let mut all = all.into_iter();
        all.find(|(found, _)| *found == arn).map(|(_, tags)| tags)
    }
}

impl Ingestion {
    pub(crate) fn destination(
        &mut self,
        identifier: &str,
    ) -> Result<&mut Record<types::IngestionDestination>, ResourceNotFoundException> {
        self.destinations
            .iter_mut()
            .find(|it| it.is(identifier))
            .ok_or_else(|| not_found(Kind::IngestionDestination, identifier))
    }
}

/// Shapes of the model in the state, as JSON of the protocol.
mod shape {
    use appfabric::rt::json;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::Error as _};

    pub(super) fn serialize<T: json::Encode, S: Serializer>(
        shape: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let value: serde_json::Value =
            serde_json::from_slice(&json::to_vec(shape)).map_err(S::Error::custom)?;
        value.serialize(serializer)
    }

    pub(super) fn deserialize<'de, T: json::Decode, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        json::from_slice(value.to_string().as_bytes()).map_err(D::Error::custom)
    }
}
