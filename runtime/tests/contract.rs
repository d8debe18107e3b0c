//! Code in the form that the generator emits, so that an API change that breaks emitted code fails
//! here first.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // A failed test panics.
#![allow(missing_docs)] // It is what the tests say it is.

use smithy_rt::build::{IntoOptional, IntoOptionalList, IntoOptionalMap, Set};
use smithy_rt::protocol::rest_json;
use smithy_rt::{
    Blob, Bytes, Document, Endpoint, ErrorFacts, ErrorMeta, Failure, FromResponse, Method, Modeled,
    Operation, OperationError, RequestError, RequestWriter, Response, ResponseError,
    ServiceResponse, Timestamp, Unit, UnknownMember, Unmodeled, http, json,
};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tenant {
    pub tenant_display_name: String,
    pub tenant_identifier: String,
    pub prefix: Option<String>,
    pub at: Timestamp,
    pub until: Option<Timestamp>,
    pub days: Option<Vec<Timestamp>>,
    pub sparse: Option<Vec<Option<i32>>>,
    pub levels: BTreeMap<AuthType, Level>,
    pub parent: Option<Box<Tenant>>,
    pub credential: Option<Credential>,
}

impl Tenant {
    pub(crate) fn blank() -> Self {
        Self {
            tenant_display_name: String::new(),
            tenant_identifier: String::new(),
            prefix: None,
            at: Timestamp::EPOCH,
            until: None,
            days: None,
            sparse: None,
            levels: BTreeMap::new(),
            parent: None,
            credential: None,
        }
    }
}

smithy_rt::builder!(Tenant, requires [tenant_display_name, tenant_identifier]);

impl<A, B> Builder<(A, B)> {
    pub fn tenant_display_name(self, value: impl Into<String>) -> Builder<(Set, B)> {
        self.with(|it| it.tenant_display_name = value.into())
    }

    pub fn tenant_identifier(self, value: impl Into<String>) -> Builder<(A, Set)> {
        self.with(|it| it.tenant_identifier = value.into())
    }

    pub fn prefix<M>(self, value: impl IntoOptional<String, M>) -> Self {
        self.with(|it| it.prefix = value.into_optional())
    }

    pub fn days<M>(self, value: impl IntoOptionalList<Timestamp, M>) -> Self {
        self.with(|it| it.days = value.into_optional())
    }

    pub fn parent<M>(self, value: impl IntoOptional<Box<Tenant>, M>) -> Self {
        self.with(|it| it.parent = value.into_optional())
    }

    pub fn levels(
        self,
        value: impl IntoIterator<Item = (impl Into<AuthType>, impl Into<Level>)>,
    ) -> Self {
        self.with(|it| {
            it.levels = value
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect()
        })
    }
}

impl json::Encode for Tenant {
    fn encode(&self, json: &mut json::Writer) {
        json.object(|json| {
            json.member("tenantDisplayName", &self.tenant_display_name);
            json.member("tenantIdentifier", &self.tenant_identifier);
            json.member("prefix", &self.prefix);
            json.member_as("at", &self.at, json::Writer::date_time);
            json.optional_as("until", &self.until, json::Writer::http_date);
            json.optional_as("days", &self.days, |json, days| {
                json.list(days, json::Writer::date_time)
            });
            json.member("sparse", &self.sparse);
            json.member("levels", &self.levels);
            json.member("parent", &self.parent);
            json.member("credential", &self.credential);
        });
    }
}

impl json::Decode for Tenant {
    fn decode(json: &mut json::Reader<'_>) -> json::Result<Self> {
        let mut value = Self::blank();
        json.structure(|json, key| match key {
            "tenantDisplayName" => json.member(&mut value.tenant_display_name),
            "tenantIdentifier" => json.member(&mut value.tenant_identifier),
            "prefix" => json.member(&mut value.prefix),
            "at" => json.member_as(&mut value.at, json::Reader::date_time),
            "until" => json.member_as(&mut value.until, json::Reader::http_date),
            "days" => json.member_as(&mut value.days, |json| json.list(json::Reader::date_time)),
            "sparse" => json.member(&mut value.sparse),
            "levels" => json.member(&mut value.levels),
            "parent" => json.member(&mut value.parent),
            "credential" => json.member(&mut value.credential),
            _ => json.skip(),
        })?;
        Ok(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Credential {
    Key(String),
    When(Timestamp),
    Days(Vec<Timestamp>),
    Quit,
    Unknown(UnknownMember),
}

impl json::Encode for Credential {
    fn encode(&self, json: &mut json::Writer) {
        json.object(|json| match self {
            Self::Key(value) => json.member("key", value),
            Self::When(value) => json.member_as("when", value, json::Writer::date_time),
            Self::Days(value) => {
                json.member_as("days", value, |json, value| {
                    json.list(value, json::Writer::date_time)
                });
            }
            Self::Quit => json.member("quit", &Unit),
            Self::Unknown(unknown) => json.unknown(unknown),
        });
    }
}

impl json::Decode for Credential {
    fn decode(json: &mut json::Reader<'_>) -> json::Result<Self> {
        json.union(|json, key| match key {
            "key" => json::Decode::decode(json).map(Self::Key),
            "when" => json.date_time().map(Self::When),
            "days" => json.list(json::Reader::date_time).map(Self::Days),
            "quit" => json.skip().map(|()| Self::Quit),
            _ => json.unknown(key).map(Self::Unknown),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AuthType {
    ApiKey,
    Oauth2,
    Unknown(smithy_rt::UnknownValue),
}
smithy_rt::string_enum!(AuthType { ApiKey = "apiKey", Oauth2 = "oauth2" });

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    Unknown(smithy_rt::UnknownNumber),
}
smithy_rt::int_enum!(Level { Low = 1, High = 2 });

#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UpdateThing {
    pub thing_id: String,
    pub key: String,
    pub max: Option<i32>,
    pub client_token: Option<String>,
    pub name: Option<String>,
    pub if_match: Option<String>,
    pub until: Option<Timestamp>,
    pub params: Option<BTreeMap<String, String>>,
    pub meta: Option<BTreeMap<String, String>>,
    pub kinds: Vec<AuthType>,
    pub dates: Option<Vec<Timestamp>>,
}

impl json::Encode for UpdateThing {
    fn encode(&self, json: &mut json::Writer) {
        json.object(|json| json.member("name", &self.name));
    }
}

impl Operation for UpdateThing {
    const NAME: &'static str = "UpdateThing";
    const METHOD: Method = Method::PATCH;
    type Output = UpdateThingOutput;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Result<(), RequestError> {
        request.path("/things/").label("thingId", &self.thing_id)?;
        request.path("/parts/").greedy_label("key", &self.key)?;
        request.query_literal("mode=fast");
        request.query("max", &self.max);
        request.query_map(&self.params);
        request.query("until", &self.until.as_ref().map(Timestamp::date_time));
        request.header("If-Match", &self.if_match)?;
        request.header("X-Kinds", &self.kinds)?;
        request.header(
            "X-Dates",
            &self
                .dates
                .as_ref()
                .map(|dates| dates.iter().map(Timestamp::http_date).collect::<Vec<_>>()),
        )?;
        request.prefix_headers("x-meta-", &self.meta)?;
        request.query("clientToken", &request.token(&self.client_token));
        request.json(|json| json::Encode::encode(self, json));
        Ok(())
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateThingOutput {
    pub name: String,
    pub etag: Option<String>,
    pub last_modified: Option<Timestamp>,
    pub kinds: Option<Vec<AuthType>>,
    pub meta: Option<BTreeMap<String, String>>,
    pub code: i32,
}

impl json::Decode for UpdateThingOutput {
    fn decode(json: &mut json::Reader<'_>) -> json::Result<Self> {
        let mut value = Self {
            name: String::new(),
            etag: None,
            last_modified: None,
            kinds: None,
            meta: None,
            code: 0,
        };
        json.structure(|json, key| match key {
            "name" => json.member(&mut value.name),
            _ => json.skip(),
        })?;
        Ok(value)
    }
}

impl FromResponse for UpdateThingOutput {
    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError> {
        let mut output: Self = response.json()?;
        response.header("ETag", &mut output.etag)?;
        response.header("Last-Modified", &mut output.last_modified)?;
        response.header("X-Kinds", &mut output.kinds)?;
        response.prefix_headers("X-Meta-", &mut output.meta)?;
        response.status(&mut output.code);
        Ok(output)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ConflictException {
    pub message: String,
    pub resource_id: i32,
}

impl json::Decode for ConflictException {
    fn decode(json: &mut json::Reader<'_>) -> json::Result<Self> {
        let mut value = Self {
            message: String::new(),
            resource_id: 0,
        };
        json.structure(|json, key| match key {
            "message" => json.member(&mut value.message),
            "resourceId" => json.member(&mut value.resource_id),
            _ => json.skip(),
        })?;
        Ok(value)
    }
}

impl FromResponse for ConflictException {
    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError> {
        response.json()
    }
}

#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    ConflictException(Modeled<ConflictException>),
    ThrottlingException(Modeled<ConflictException>),
    Unmodeled(Unmodeled),
    Failure(Failure),
}

impl OperationError for Error {
    fn facts(response: &Response<'_>) -> ErrorFacts {
        rest_json::error_facts(response)
    }

    fn from_service(error: ServiceResponse<'_>) -> Self {
        match error.code() {
            "ConflictException" => error.modeled(Self::ConflictException),
            "ThrottlingException" => error.throttling().modeled(Self::ThrottlingException),
            _ => Self::Unmodeled(error.unmodeled()),
        }
    }

    fn meta(&self) -> &ErrorMeta {
        match self {
            Self::ConflictException(error) => error.meta(),
            Self::ThrottlingException(error) => error.meta(),
            Self::Unmodeled(error) => error.meta(),
            Self::Failure(error) => error.meta(),
        }
    }
}

smithy_rt::error_methods!(Error);

fn endpoint() -> Endpoint {
    Endpoint::new("https://things.us-east-1.amazonaws.com").unwrap()
}

fn thing() -> UpdateThing {
    UpdateThing {
        thing_id: "a/b".to_owned(),
        key: "c/d e".to_owned(),
        ..UpdateThing::default()
    }
}

fn respond(status: u16, headers: &[(&str, &str)], body: &str) -> Result<UpdateThingOutput, Error> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    UpdateThing::parse_response(
        response
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .unwrap(),
    )
}

#[test]
fn the_builder_takes_setters_in_any_order() {
    let tenant = Tenant::builder()
        .prefix("p")
        .tenant_identifier("i")
        .days([Timestamp::EPOCH])
        .parent(
            Tenant::builder()
                .tenant_display_name("m")
                .tenant_identifier("n")
                .build(),
        )
        .levels([("apiKey", 2), ("new", 7)])
        .tenant_display_name("d")
        .build();
    assert_eq!(
        (
            tenant.tenant_display_name.as_str(),
            tenant.prefix.as_deref()
        ),
        ("d", Some("p"))
    );
    assert_eq!(tenant.levels[&AuthType::ApiKey], Level::High);
    assert_eq!(tenant.levels[&AuthType::from("new")], Level::from(7));
    assert!(format!("{:?}", Tenant::builder()).contains("Builder"));
}

#[test]
fn structures_survive_a_round_trip() {
    let mut tenant = Tenant::builder()
        .tenant_display_name("\"d\"")
        .tenant_identifier("i")
        .build();
    tenant.until = Some(Timestamp::from_epoch_seconds(1_576_540_098));
    tenant.days = Some(vec![Timestamp::new(0, 500_000_000)]);
    tenant.sparse = Some(vec![Some(1), None]);
    tenant.levels = BTreeMap::from([(AuthType::Oauth2, Level::Low)]);
    tenant.credential = Some(Credential::Quit);
    let text = String::from_utf8(json::to_vec(&tenant)).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"tenantDisplayName":"\"d\"","tenantIdentifier":"i","at":"1970-01-01T00:00:00Z","#,
            r#""until":"Mon, 16 Dec 2019 23:48:18 GMT","days":["1970-01-01T00:00:00.5Z"],"sparse":[1,null],"#,
            r#""levels":{"oauth2":1},"credential":{"quit":{}}}"#
        )
    );
    assert_eq!(json::from_slice::<Tenant>(text.as_bytes()).unwrap(), tenant);
}

#[test]
fn null_members_are_absent_and_nulls_in_dense_collections_are_errors() {
    let text =
        br#"{"tenantDisplayName":null,"prefix":null,"at":null,"days":["1970-01-01T00:00:00Z"],
        "levels":null,"sparse":[null],"other":[{}]}"#;
    let tenant: Tenant = json::from_slice(text).unwrap();
    let mut expected = Tenant::blank();
    expected.days = Some(vec![Timestamp::EPOCH]);
    expected.sparse = Some(vec![None]);
    assert_eq!(tenant, expected);
    for text in [r#"{"days":[null]}"#, r#"{"levels":{"oauth2":null}}"#] {
        assert!(
            json::from_slice::<Tenant>(text.as_bytes()).is_err(),
            "{text}"
        );
    }
}

#[test]
fn a_union_has_one_member() {
    let read = |text: &str| json::from_slice::<Credential>(text.as_bytes());
    assert_eq!(
        read(r#"{"__type":"a#b","key":"k","when":null}"#).unwrap(),
        Credential::Key("k".to_owned())
    );
    assert_eq!(
        read(r#"{"when":"1970-01-01T00:00:00Z"}"#).unwrap(),
        Credential::When(Timestamp::EPOCH)
    );
    for (text, kind) in [
        ("{}", json::ErrorKind::EmptyUnion),
        (r#"{"key":null}"#, json::ErrorKind::EmptyUnion),
        (r#"{"__type":"x"}"#, json::ErrorKind::EmptyUnion),
        (
            r#"{"key":"k","when":"1970-01-01T00:00:00Z"}"#,
            json::ErrorKind::CrowdedUnion,
        ),
    ] {
        assert_eq!(read(text).unwrap_err().kind(), kind, "{text}");
    }
}

#[test]
fn unknown_union_members_survive_and_are_not_printed() {
    let text = r#"{"fresh":{"a":[1.10,null,"secret"]}}"#;
    let credential: Credential = json::from_slice(text.as_bytes()).unwrap();
    assert!(!format!("{credential:?}").contains("secret"));
    let Credential::Unknown(unknown) = &credential else {
        panic!("{credential:?}")
    };
    assert_eq!(unknown.name, "fresh");
    assert_eq!(String::from_utf8(json::to_vec(&credential)).unwrap(), text);
}

#[test]
fn unknown_enum_values_survive_and_known_values_are_never_unknown() {
    assert_eq!(AuthType::from("apiKey".to_owned()), AuthType::ApiKey);
    let fresh = AuthType::from("fresh");
    assert!("fresh".parse::<AuthType>().is_err());
    assert_eq!(
        (fresh.as_str(), fresh.to_string(), format!("{fresh:?}")),
        ("fresh", "fresh".to_owned(), "Unknown(\"fresh\")".to_owned())
    );
    assert_eq!(AuthType::VALUES, ["apiKey", "oauth2"]);
    assert_eq!("apiKey".parse(), Ok(AuthType::ApiKey));
    assert_eq!(AuthType::blank().as_ref(), "");
    assert_eq!(Level::blank().value(), 0);
    assert_eq!(Level::High.to_string(), "2");
}

#[test]
fn members_are_written_where_they_are_bound() {
    let mut thing = thing();
    thing.max = Some(3);
    thing.name = Some("n".to_owned());
    thing.if_match = Some("W/\"x\", y".to_owned());
    thing.until = Some(Timestamp::EPOCH);
    thing.params = Some(BTreeMap::from(
        [("max", "9"), ("mode", "x"), ("other", "1 2")].map(|(a, b)| (a.into(), b.into())),
    ));
    thing.meta = Some(BTreeMap::from([("A".to_owned(), "b".to_owned())]));
    thing.kinds = vec![AuthType::ApiKey, AuthType::from("b,c")];
    thing.dates = Some(vec![Timestamp::EPOCH, Timestamp::EPOCH]);
    let request = thing.request(&endpoint(), &|| Ok("t0".to_owned())).unwrap();
    assert_eq!(request.method(), Method::PATCH);
    assert_eq!(
        request.uri().to_string(),
        concat!(
            "https://things.us-east-1.amazonaws.com/things/a%2Fb/parts/c/d%20e?mode=fast&max=3",
            "&until=1970-01-01T00%3A00%3A00Z&clientToken=t0&other=1%202"
        )
    );
    assert_eq!(request.headers()["if-match"], "W/\"x\", y");
    assert_eq!(request.headers()["x-kinds"], "apiKey, \"b,c\"");
    assert_eq!(
        request.headers()["x-dates"],
        "Thu, 01 Jan 1970 00:00:00 GMT, Thu, 01 Jan 1970 00:00:00 GMT"
    );
    assert_eq!(request.headers()["x-meta-a"], "b");
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.body(), "{\"name\":\"n\"}");
}

#[test]
fn a_given_token_is_sent() {
    let mut thing = thing();
    thing.client_token = Some("mine".to_owned());
    let request = thing
        .request(&endpoint(), &|| panic!("no token is needed"))
        .unwrap();
    assert!(request.uri().to_string().ends_with("clientToken=mine"));
    thing.client_token = None;
    let (one, two) = (
        thing.to_request(&endpoint()).unwrap(),
        thing.to_request(&endpoint()).unwrap(),
    );
    assert_ne!(one.uri(), two.uri());
}

#[test]
fn members_are_read_from_where_they_are_bound() {
    let headers = [
        ("ETag", "\"e\""),
        ("Last-Modified", "Thu, 01 Jan 1970 00:00:01 GMT"),
        ("X-Kinds", "apiKey, \"b,c\""),
        ("x-kinds", "oauth2"),
        ("X-Meta-A", "1"),
    ];
    let output = respond(201, &headers, r#"{"name":"n"}"#).unwrap();
    assert_eq!(output.etag.as_deref(), Some("\"e\""));
    assert_eq!(output.last_modified, Some(Timestamp::from_epoch_seconds(1)));
    assert_eq!(
        output.kinds.unwrap(),
        ["apiKey", "b,c", "oauth2"].map(AuthType::from)
    );
    assert_eq!(
        output.meta.unwrap(),
        BTreeMap::from([("a".to_owned(), "1".to_owned())])
    );
    assert_eq!((output.name.as_str(), output.code), ("n", 201));
    assert_eq!(respond(200, &[], "").unwrap().name, "");
}

#[test]
fn a_modeled_error() {
    let headers = [
        ("x-amzn-ErrorType", "ns#ConflictException:http://x"),
        ("x-amzn-RequestId", "0aa-1"),
    ];
    let error = respond(409, &headers, r#"{"message":"in use","resourceId":7}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "UpdateThing failed: ConflictException (409, request id 0aa-1): in use"
    );
    assert_eq!(
        (error.code(), error.message()),
        (Some("ConflictException"), Some("in use"))
    );
    assert_eq!(
        (error.request_id(), error.status().unwrap().as_u16()),
        (Some("0aa-1"), 409)
    );
    assert_eq!((error.operation(), error.attempts()), ("UpdateThing", 1));
    assert!(!error.is_retryable() && std::error::Error::source(&error).is_none());
    let Error::ConflictException(conflict) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (conflict.message.as_str(), conflict.resource_id),
        ("in use", 7)
    );
    assert_eq!(conflict.into_inner().resource_id, 7);
}

#[test]
fn an_unreadable_modeled_error_keeps_its_code_and_message() {
    let error = respond(
        409,
        &[],
        r#"{"__type":"ConflictException","message":"in use","resourceId":"x"}"#,
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "UpdateThing failed: ConflictException (409): in use; cannot read its body: \
         expected a number, found a string at $.resourceId (byte 62)"
    );
    assert!(
        std::error::Error::source(&error)
            .unwrap()
            .downcast_ref::<ResponseError>()
            .is_some()
    );
    assert!(matches!(error, Error::Unmodeled(_)));
}

#[test]
fn an_unmodeled_error_is_read() {
    let error = respond(
        403,
        &[("x-amz-request-id", "r")],
        r#"{"code":"Denied","Message":"no"}"#,
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "UpdateThing failed: Denied (403, request id r): no"
    );
    assert!(matches!(error, Error::Unmodeled(_)));
}

#[test]
fn invalid_http_is_an_error() {
    let page = "<html>secret</html>";
    let error = respond(
        502,
        &[
            ("content-type", "text/html; charset=x"),
            ("x-amzn-requestid", "r"),
        ],
        page,
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "UpdateThing failed: 502 Bad Gateway, text/html, 19 bytes (request id r): secret"
    );
    assert!(error.is_retryable() && !error.is_throttling());
    assert_eq!(
        respond(500, &[], "").unwrap_err().to_string(),
        "UpdateThing failed: 500 Internal Server Error, no body"
    );
}

#[test]
fn throttling_is_retryable() {
    let error = respond(400, &[("x-amzn-errortype", "ThrottlingException")], "{}").unwrap_err();
    assert!(error.is_throttling() && error.is_retryable());
}

#[test]
fn an_unreadable_response_is_a_failure() {
    let error = respond(200, &[("x-amzn-requestid", "r")], r#"{"name":{}}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "UpdateThing failed: cannot read the response (200, request id r): \
         expected a string, found an object at $.name (byte 8)"
    );
    let error = respond(200, &[("Last-Modified", "secret")], "{}").unwrap_err();
    assert_eq!(
        error.to_string(),
        "UpdateThing failed: cannot read the response (200): the header `Last-Modified`: the text is not a valid timestamp"
    );
}

#[test]
fn empty_labels_are_errors_without_values() {
    let mut empty = thing();
    empty.thing_id.clear();
    let error = empty.to_request(&endpoint()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`thingId` is part of the path and must not be empty"
    );
    for bad in ["a\nb", "é"] {
        let mut thing = thing();
        thing.if_match = Some(bad.to_owned());
        let error = thing.to_request(&endpoint()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the header `If-Match` has a character that HTTP does not allow"
        );
    }
    for (key, value) in [("a b", "c"), ("a", "\r\n")] {
        let error = thing_with_meta(key, value)
            .to_request(&endpoint())
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "the header `x-meta-` has a character that HTTP does not allow"
        );
    }
}

fn thing_with_meta(key: &str, value: &str) -> UpdateThing {
    let mut thing = thing();
    thing.meta = Some(BTreeMap::from([(key.to_owned(), value.to_owned())]));
    thing
}

#[test]
fn errors_are_small_and_send() {
    fn travels<T: Send + Sync + 'static>() {}
    travels::<Error>();
    travels::<json::Error>();
    travels::<ResponseError>();
    assert!(size_of::<Error>() <= 24, "{}", size_of::<Error>());
    assert_eq!(size_of::<json::Error>(), size_of::<usize>());
    let _ = (Blob::default(), Document::Null);
    fn takes_maps<M>(_: impl IntoOptionalMap<String, String, M>) {}
    takes_maps([("a", "b")]);
}
