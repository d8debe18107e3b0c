//! The server of AppFabric, without a connection: routing, strict reading, responses.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use appfabric::operations::{
    CreateAppBundle, CreateAppBundleOutput, GetAppBundle, GetAppBundleOutput, UntagResource,
    UntagResourceOutput,
};
use appfabric::rt::http::{Method, Request, Response, StatusCode};
use appfabric::rt::{Body, Bytes};
use appfabric::server::{
    Context, CreateAppBundleError, GetAppBundleError, Operations, Server, UntagResourceError,
    Violations,
};
use appfabric::types::{
    AppBundle, ConflictException, ValidationException, ValidationExceptionField,
    ValidationExceptionReason,
};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Mutex;
use tower::ServiceExt as _;

/// Three operations. The others are left out.
#[derive(Default)]
struct Service {
    untagged: Mutex<Vec<UntagResource>>,
}

impl Operations for Service {
    async fn create_app_bundle(
        &self,
        input: CreateAppBundle,
        context: Context,
    ) -> Result<CreateAppBundleOutput, CreateAppBundleError> {
        if input.customer_managed_key_identifier.is_some() {
            let conflict = ConflictException::builder()
                .message("exists")
                .resource_id("b-1")
                .resource_type("AppBundle")
                .build();
            return Err(conflict.into());
        }
        assert_eq!(context.operation(), "CreateAppBundle");
        let arn = format!("arn:{}", context.headers()["x-name"].to_str().unwrap());
        let bundle = AppBundle::builder().arn(arn).build();
        Ok(CreateAppBundleOutput::builder().app_bundle(bundle).build())
    }

    async fn get_app_bundle(
        &self,
        _: GetAppBundle,
        _: Context,
    ) -> Result<GetAppBundleOutput, GetAppBundleError> {
        Err(GetAppBundleError::internal("the password is hunter2"))
    }

    async fn untag_resource(
        &self,
        input: UntagResource,
        _: Context,
    ) -> Result<UntagResourceOutput, UntagResourceError> {
        self.untagged.lock().unwrap().push(input);
        Ok(UntagResourceOutput::default())
    }

    fn validation_exception(&self, violations: &Violations) -> ValidationException {
        let fields = violations.iter().map(|violation| {
            ValidationExceptionField::builder()
                .name(violation.path())
                .message(violation.message())
                .build()
        });
        ValidationException::builder()
            .message(violations.message())
            .reason(ValidationExceptionReason::FieldValidationFailed)
            .field_list(fields.collect::<Vec<_>>())
            .build()
    }
}

async fn answer(request: Request<Body>) -> Result<(StatusCode, Response<Bytes>), Infallible> {
    let response = Server::new(Service::default()).oneshot(request).await?;
    let (head, body) = response.into_parts();
    let body = body.bytes().await.unwrap();
    Ok((head.status, Response::from_parts(head, body)))
}

fn request(method: Method, uri: &str, body: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(uri);
    let request = if body.is_empty() {
        request
    } else {
        request.header("content-type", "application/json")
    };
    request.body(Body::from(body.to_owned())).unwrap()
}

/// The status, the code and the body of a response.
async fn facts(request: Request<Body>) -> (u16, String, Value) {
    let (status, response) = answer(request).await.unwrap();
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    let code = header("x-amzn-errortype").unwrap_or_default();
    assert_eq!(
        header("content-type")
            .as_deref()
            .unwrap_or("application/json"),
        "application/json"
    );
    let body = match response.body().as_ref() {
        [] => Value::Null,
        body => serde_json::from_slice(body).unwrap(),
    };
    (status.as_u16(), code, body)
}

#[tokio::test]
async fn outputs_and_declared_errors_are_written() {
    let mut create = request(Method::POST, "/appbundles", "{}");
    create
        .headers_mut()
        .insert("x-name", "b-1".parse().unwrap());
    let (status, response) = answer(create).await.unwrap();
    assert_eq!(status, 201);
    let id = response.headers()["x-amzn-requestid"].to_str().unwrap();
    assert_eq!(id.len(), 36, "{id}");
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(body, json!({"appBundle": {"arn": "arn:b-1"}}));

    let key = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
    let body = json!({ "customerManagedKeyIdentifier": key }).to_string();
    let expected = json!({"message": "exists", "resourceId": "b-1", "resourceType": "AppBundle"});
    assert_eq!(
        facts(request(Method::POST, "/appbundles", &body)).await,
        (409, "ConflictException".to_owned(), expected)
    );
}

#[tokio::test]
async fn internal_errors_have_no_details() {
    let (status, code, body) = facts(request(Method::GET, "/appbundles/arn:b", "")).await;
    assert_eq!((status, code.as_str()), (500, "InternalFailureException"));
    assert!(!body.to_string().contains("hunter2"), "{body}");

    let (status, code, _) = facts(request(Method::GET, "/appbundles", "")).await;
    assert_eq!((status, code.as_str()), (501, "NotImplementedException"));
}

#[tokio::test]
async fn requests_without_an_operation_are_refused() {
    for (method, uri, status, code) in [
        (Method::GET, "/", 404, "UnknownOperationException"),
        (Method::GET, "/appbundle", 404, "UnknownOperationException"),
        (
            Method::GET,
            "/appbundles/",
            404,
            "UnknownOperationException",
        ),
        (
            Method::GET,
            "/appbundles/a/b/c",
            404,
            "UnknownOperationException",
        ),
        (Method::PUT, "/appbundles", 405, "MethodNotAllowedException"),
    ] {
        let (actual, name, _) = facts(request(method, uri, "")).await;
        assert_eq!((actual, name.as_str()), (status, code), "{uri}");
    }
    let (_, response) = answer(request(Method::PUT, "/appbundles", ""))
        .await
        .unwrap();
    let allow = response.headers()["allow"].to_str().unwrap();
    assert!(allow == "GET, POST" || allow == "POST, GET", "{allow}");
}

#[tokio::test]
async fn media_types_are_checked() {
    let mut text = request(Method::POST, "/appbundles", "{}");
    text.headers_mut()
        .insert("content-type", "text/plain".parse().unwrap());
    let (status, code, _) = facts(text).await;
    assert_eq!(
        (status, code.as_str()),
        (415, "UnsupportedMediaTypeException")
    );

    let mut html = request(Method::POST, "/appbundles", "{}");
    html.headers_mut()
        .insert("accept", "text/html".parse().unwrap());
    let (status, code, _) = facts(html).await;
    assert_eq!((status, code.as_str()), (406, "NotAcceptableException"));
}

/// Each of these bodies is one that no model allows, or that does not match the types of the model.
#[tokio::test]
async fn bodies_are_read_strictly() {
    for body in [
        "{",
        "[]",
        "null",
        "{} {}",
        r#"{"clientToken": 1}"#,
        r#"{"tags": {}}"#,
        r#"{"tags": [null]}"#,
        r#"{"tags": [{"key": true, "value": ""}]}"#,
        "{\"clientToken\": \"\\ud800\"}",
        "{\"clientToken\": \"\u{1}\"}",
    ] {
        let (status, code, _) = facts(request(Method::POST, "/appbundles", body)).await;
        assert_eq!(
            (status, code.as_str()),
            (400, "SerializationException"),
            "{body}"
        );
    }
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(200), "]".repeat(200));
    let (status, _, body) = facts(request(Method::POST, "/appbundles", &deep)).await;
    assert_eq!(status, 400);
    assert!(
        body["message"]
            .as_str()
            .unwrap()
            .contains("nested too deeply"),
        "{body}"
    );
}

#[tokio::test]
async fn large_bodies_are_refused_before_they_are_read() {
    let server = Server::new(Service::default()).max_body_size(10);
    let large = request(Method::POST, "/appbundles", r#"{"a":"bcdef"}"#);
    let response = server.clone().oneshot(large).await.unwrap();
    assert_eq!(response.status(), 413);
    // A body of unknown length is not read to its end.
    let endless = futures_core_stream();
    let request = Request::builder()
        .method(Method::POST)
        .uri("/appbundles")
        .body(Body::from_stream(endless))
        .unwrap();
    assert_eq!(server.oneshot(request).await.unwrap().status(), 413);
}

/// Pieces without an end.
fn futures_core_stream() -> impl futures_core::Stream<Item = Result<Bytes, Infallible>> + Send {
    struct Endless;
    impl futures_core::Stream for Endless {
        type Item = Result<Bytes, Infallible>;

        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(Some(Ok(Bytes::from_static(b"[[[["))))
        }
    }
    Endless
}

#[tokio::test]
async fn labels_and_query_parameters_are_decoded() {
    let server = Server::new(Service::default());
    let uri = "/tags/arn%3Aaws%3Aappfabric%3Aus-east-1%3A123456789012%3Aappbundle%2Fb%201?tagKeys=a%26b&tagKeys=c+d";
    let response = server
        .clone()
        .oneshot(request(Method::DELETE, uri, ""))
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let untagged = server.service().untagged.lock().unwrap();
    assert_eq!(
        untagged[0].resource_arn,
        "arn:aws:appfabric:us-east-1:123456789012:appbundle/b 1"
    );
    assert_eq!(untagged[0].tag_keys, ["a&b", "c d"]);
}

#[tokio::test]
async fn all_missing_members_are_listed() {
    let (status, code, body) = facts(request(
        Method::POST,
        "/appbundles",
        r#"{"tags": [{"key": "k"}, {"value": "v"}]}"#,
    ))
    .await;
    assert_eq!((status, code.as_str()), (400, "ValidationException"));
    let names: Vec<&Value> = body["fieldList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| &field["name"])
        .collect();
    assert_eq!(names, ["/tags/0/value", "/tags/1/key"]);
    assert_eq!(body["reason"], "fieldValidationFailed");
    assert_eq!(
        body["message"],
        "2 validation errors detected. Value at '/tags/0/value' failed to satisfy constraint: Member must not be \
         null; Value at '/tags/1/key' failed to satisfy constraint: Member must not be null"
    );
}

/// Constraints of the model: length, pattern and enum, also of nested values.
#[tokio::test]
async fn all_violations_are_listed() {
    let body = json!({
        "app": "", "authType": "password", "clientToken": "x", "tags": [{"key": "", "value": "v"}],
        "credential": {"apiKeyCredential": {"apiKey": ""}},
        "tenant": {"tenantIdentifier": "t".repeat(1025), "tenantDisplayName": "T"},
    });
    let request = request(
        Method::POST,
        "/appbundles/b/appauthorizations",
        &body.to_string(),
    );
    let (status, code, body) = facts(request).await;
    assert_eq!((status, code.as_str()), (400, "ValidationException"));
    let fields = body["fieldList"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let fields: Vec<_> = fields
        .iter()
        .map(|it| (text(&it["name"]), text(&it["message"])))
        .collect();
    let of = |path: &str, constraint: &str| {
        let length = constraint.split_once(" length ").map(|_| match path {
            "/tenant/tenantIdentifier" => "with length 1025 ",
            _ => "with length 0 ",
        });
        let length = length.unwrap_or_default();
        let message = format!(
            "Value {length}at '{path}' failed to satisfy constraint: Member must {constraint}"
        );
        (path.to_owned(), message)
    };
    let uuid = "^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$";
    assert_eq!(
        fields,
        [
            of("/app", "have length between 1 and 255, inclusive"),
            of(
                "/appBundleIdentifier",
                &format!("satisfy regular expression pattern: ^arn:.+$|{uuid}")
            ),
            of("/authType", "satisfy enum value set: [apiKey, oauth2]"),
            of(
                "/clientToken",
                &format!("satisfy regular expression pattern: {uuid}")
            ),
            of(
                "/credential/apiKeyCredential/apiKey",
                "have length between 1 and 2048, inclusive"
            ),
            of("/tags/0/key", "have length between 1 and 128, inclusive"),
            of(
                "/tenant/tenantIdentifier",
                "have length between 1 and 1024, inclusive"
            ),
        ]
    );
}
