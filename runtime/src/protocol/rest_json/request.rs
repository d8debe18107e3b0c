//! JSON bodies of requests.

use crate::http_binding::request::error::{RequestError, RequestErrorKind};
use crate::http_binding::request::writer::RequestWriter;
use crate::json::encode::Encode;
use crate::json::writer::{Fault, FaultKind, Writer};

const JSON: &str = "application/json";

impl From<Fault> for RequestError {
    fn from(Fault { kind, member }: Fault) -> Self {
        let kind = match kind {
            FaultKind::TimestampOutOfRange => RequestErrorKind::TimestampOutOfRange,
            FaultKind::TooDeep => RequestErrorKind::TooDeep,
        };
        Self::new(kind, member)
    }
}

impl RequestWriter<'_> {
    /// Sets a JSON body. The content type is `application/json` unless a header member sets
    /// another.
    pub fn json(&mut self, write: impl FnOnce(&mut Writer)) -> &mut Self {
        let mut json = Writer::new();
        write(&mut json);
        if let Some(fault) = json.fault() {
            self.fail(fault.into());
        }
        self.body(JSON, json.into_vec().into())
    }

    /// Sets a JSON object as the body; `members` writes its members.
    pub fn object(&mut self, members: impl FnOnce(&mut Writer)) -> &mut Self {
        self.json(|json| json.object(members))
    }

    /// Sets a union or document as the body (`httpPayload`), unless it is `None`.
    pub fn json_payload<T: Encode>(&mut self, value: &T) -> &mut Self {
        if value.is_absent() {
            self
        } else {
            self.json(|json| value.encode(json))
        }
    }

    /// Sets a structure as the body (`httpPayload`). `None` becomes an empty object, since the
    /// service expects JSON (protocol test `RestJsonHttpWithEmptyStructurePayload`).
    pub fn structure_payload<T: Encode>(&mut self, value: &T) -> &mut Self {
        if value.is_absent() {
            self.json(|json| json.object(|_| {}))
        } else {
            self.json_payload(value)
        }
    }
}
