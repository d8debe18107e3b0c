//! All properties of one operation, `CreateAppAuthorization`, as described in its botocore
//! documentation.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use appfabric::Error;
use appfabric::operations::{CreateAppAuthorization, CreateAppAuthorizationOutput};
use appfabric::rt::{
    Bytes, Endpoint, FailureKind, Operation, OperationError, RequestError, RequestErrorKind,
    StatusCode, Timestamp, http, json,
};
use appfabric::types::{
    ApiKeyCredential, AppAuthorizationStatus, AuthRequest, AuthType, Credential, Oauth2Credential,
    Persona, Tag, Tenant, ValidationExceptionReason,
};
use serde_json::Value;
use std::error::Error as _;

/// The secrets, which must not occur in any `Debug` output or error message.
const SECRETS: [&str; 3] = ["client-s3cr3t", "api-k3y-s3cr3t", "auth-c0de-s3cr3t"];

fn input() -> CreateAppAuthorization {
    CreateAppAuthorization::builder()
        .app_bundle_identifier("bundle-1")
        .app("SLACK")
        .credential(
            Oauth2Credential::builder()
                .client_id("client-1")
                .client_secret(SECRETS[0])
                .build(),
        )
        .tenant(
            Tenant::builder()
                .tenant_identifier("T0123")
                .tenant_display_name("Acme")
                .build(),
        )
        .auth_type(AuthType::Oauth2)
        .build()
}

fn body(input: &CreateAppAuthorization) -> Value {
    let endpoint = Endpoint::new("https://appfabric.us-east-1.amazonaws.com").unwrap();
    serde_json::from_slice(input.to_request(&endpoint).unwrap().body()).unwrap()
}

fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> http::Response<Bytes> {
    let mut response = http::Response::builder()
        .status(status)
        .header("x-amzn-requestid", "0aa1-77");
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.into()).unwrap()
}

/// Decodes a successful response with this value of `appAuthorization`.
fn read(authorization: &str) -> Result<CreateAppAuthorizationOutput, Error> {
    CreateAppAuthorization::parse_response(answer(
        201,
        &[],
        format!(r#"{{"appAuthorization":{authorization}}}"#),
    ))
}

/// Decodes an error with this code.
fn fail(status: u16, code: &str, body: &str) -> Error {
    CreateAppAuthorization::parse_response(answer(
        status,
        &[("x-amzn-errortype", code)],
        body.to_owned(),
    ))
    .unwrap_err()
}

mod request {
    use super::*;

    #[test]
    fn every_member_is_written_to_its_binding() {
        let mut input = input();
        input.app_bundle_identifier =
            "arn:aws:appfabric:us-east-1:111122223333:appbundle/1".to_owned();
        input.client_token = Some("0f0e0d0c-0b0a-4908-8706-050403020100".to_owned());
        input.tags = Some(vec![Tag::builder().key("team").value("security").build()]);
        let endpoint = Endpoint::new("https://appfabric.us-east-1.amazonaws.com").unwrap();
        let request = input.to_request(&endpoint).unwrap();

        assert_eq!(request.method(), http::Method::POST);
        assert_eq!(
            request.uri().to_string(),
            "https://appfabric.us-east-1.amazonaws.com/appbundles/\
             arn%3Aaws%3Aappfabric%3Aus-east-1%3A111122223333%3Aappbundle%2F1/appauthorizations"
        );
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(
            serde_json::from_slice::<Value>(request.body()).unwrap(),
            serde_json::json!({
                "app": "SLACK",
                "credential": {"oauth2Credential": {"clientId": "client-1", "clientSecret": SECRETS[0]}},
                "tenant": {"tenantIdentifier": "T0123", "tenantDisplayName": "Acme"},
                "authType": "oauth2",
                "clientToken": "0f0e0d0c-0b0a-4908-8706-050403020100",
                "tags": [{"key": "team", "value": "security"}],
            })
        );
    }

    #[test]
    fn a_credential_is_either_of_two() {
        let mut input = input();
        assert_eq!(body(&input)["credential"].as_object().unwrap().len(), 1);
        input.auth_type = AuthType::ApiKey;
        input.credential = ApiKeyCredential::builder()
            .api_key(SECRETS[1])
            .build()
            .into();
        let body = body(&input);
        assert_eq!(body["authType"], "apiKey");
        assert_eq!(
            body["credential"],
            serde_json::json!({"apiKeyCredential": {"apiKey": SECRETS[1]}})
        );
    }

    #[test]
    fn a_missing_token_is_a_new_uuid_for_each_request() {
        let (first, second) = (body(&input()), body(&input()));
        let (first, second) = (
            first["clientToken"].as_str().unwrap(),
            second["clientToken"].as_str().unwrap(),
        );
        assert_ne!(first, second);
        for token in [first, second] {
            let groups: Vec<_> = token.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{token}");
            assert!(
                token
                    .bytes()
                    .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-')),
                "{token}"
            );
            assert_eq!(&token[14..15], "4", "the version in {token}");
            assert!("89ab".contains(&token[19..20]), "the variant in {token}");
        }
    }

    #[test]
    fn a_given_token_is_kept() {
        let mut input = input();
        input.client_token = Some("mine".to_owned());
        assert_eq!(body(&input)["clientToken"], "mine");
        let endpoint = Endpoint::new("https://localhost").unwrap();
        let asked = || -> Result<String, RequestError> { unreachable!("no token is needed") };
        input.request(&endpoint, &asked).unwrap();
    }

    #[test]
    fn no_tags_and_an_empty_list_of_tags_differ() {
        let mut input = input();
        assert_eq!(body(&input).get("tags"), None);
        input.tags = Some(Vec::new());
        assert_eq!(body(&input)["tags"], serde_json::json!([]));
    }

    #[test]
    fn empty_labels_are_rejected() {
        let mut input = input();
        input.app_bundle_identifier = String::new();
        let error = input
            .to_request(&Endpoint::new("https://localhost").unwrap())
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.name()),
            (RequestErrorKind::EmptyLabel, "appBundleIdentifier")
        );
    }
}

mod response {
    use super::*;

    #[test]
    fn every_member_is_read() {
        let output = read(
            r#"{
                "appAuthorizationArn": "arn:a", "appBundleArn": "arn:b", "app": "SLACK",
                "tenant": {"tenantIdentifier": "T0123", "tenantDisplayName": "Acme"},
                "authType": "oauth2", "status": "PendingConnect",
                "createdAt": "2024-05-06T07:08:09.123Z", "updatedAt": "2024-05-06T09:08:10+02:00",
                "persona": "admin", "authUrl": "https://slack.com/oauth",
                "sinceThen": [{"added": null}]
            }"#,
        );
        let it = output.unwrap().app_authorization;
        assert_eq!(
            (&*it.app_authorization_arn, &*it.app_bundle_arn, &*it.app),
            ("arn:a", "arn:b", "SLACK")
        );
        assert_eq!(
            (
                &*it.tenant.tenant_identifier,
                &*it.tenant.tenant_display_name
            ),
            ("T0123", "Acme")
        );
        assert_eq!(
            (it.auth_type, it.status),
            (AuthType::Oauth2, AppAuthorizationStatus::PendingConnect)
        );
        assert_eq!(it.created_at, Timestamp::new(1_714_979_289, 123_000_000));
        assert_eq!(it.updated_at, Timestamp::from_epoch_seconds(1_714_979_290));
        assert_eq!(
            (it.persona, it.auth_url.as_deref()),
            (Some(Persona::Admin), Some("https://slack.com/oauth"))
        );
    }

    #[test]
    fn all_enum_values_are_known() {
        for (text, status) in [
            ("PendingConnect", AppAuthorizationStatus::PendingConnect),
            ("Connected", AppAuthorizationStatus::Connected),
            (
                "ConnectionValidationFailed",
                AppAuthorizationStatus::ConnectionValidationFailed,
            ),
            (
                "TokenAutoRotationFailed",
                AppAuthorizationStatus::TokenAutoRotationFailed,
            ),
        ] {
            assert_eq!(
                read(&format!(r#"{{"status":"{text}"}}"#))
                    .unwrap()
                    .app_authorization
                    .status,
                status
            );
        }
        for (text, persona) in [("admin", Persona::Admin), ("endUser", Persona::Enduser)] {
            let read = read(&format!(r#"{{"persona":"{text}"}}"#)).unwrap();
            assert_eq!(read.app_authorization.persona, Some(persona));
        }
        for (text, auth_type) in [("oauth2", AuthType::Oauth2), ("apiKey", AuthType::ApiKey)] {
            let read = read(&format!(r#"{{"authType":"{text}"}}"#)).unwrap();
            assert_eq!(read.app_authorization.auth_type, auth_type);
        }
    }

    #[test]
    fn values_unknown_to_the_model_survive_a_round_trip() {
        let it = read(r#"{"status":"Paused","authType":"kerberos","persona":"robot"}"#)
            .unwrap()
            .app_authorization;
        assert_eq!(
            (it.status.as_str(), it.auth_type.as_str()),
            ("Paused", "kerberos")
        );
        assert!(matches!(&it.status, AppAuthorizationStatus::Unknown(_)));
        let again: Value = serde_json::from_slice(&json::to_vec(&it)).unwrap();
        assert_eq!(
            (&again["status"], &again["authType"]),
            (&"Paused".into(), &"kerberos".into())
        );
        assert_eq!(again["persona"], "robot");

        let mut input = input();
        input.auth_type = "kerberos".into();
        assert_eq!(body(&input)["authType"], "kerberos");
        assert_eq!(AuthType::from("apiKey"), AuthType::ApiKey);
    }

    #[test]
    fn union_members_unknown_to_the_model_survive_a_round_trip() {
        let text = format!(
            r#"{{"ticketCredential":{{"n":[1.50,null,{{}}],"ticket":"{}"}}}}"#,
            SECRETS[1]
        );
        let credential: Credential = json::from_slice(text.as_bytes()).unwrap();
        assert!(
            matches!(&credential, Credential::Unknown(member) if member.name == "ticketCredential")
        );
        assert_eq!(String::from_utf8(json::to_vec(&credential)).unwrap(), text);
        let mut input = input();
        input.credential = credential;
        assert_eq!(
            body(&input)["credential"],
            serde_json::from_str::<Value>(&text).unwrap()
        );
        assert!(!format!("{input:?}").contains(SECRETS[1]));
    }

    #[test]
    fn missing_required_members_have_default_values() {
        for blank in [
            "{}",
            r#"{"app":null,"tenant":null,"status":null,"createdAt":null,"persona":null}"#,
            "null",
        ] {
            let it = read(blank).unwrap().app_authorization;
            assert_eq!(
                (
                    &*it.app,
                    &*it.app_authorization_arn,
                    &*it.tenant.tenant_identifier
                ),
                ("", "", ""),
                "{blank}"
            );
            assert_eq!(
                (it.created_at, it.updated_at),
                (Timestamp::EPOCH, Timestamp::EPOCH)
            );
            assert_eq!((it.status.as_str(), it.auth_type.as_str()), ("", ""));
            assert!(matches!(it.status, AppAuthorizationStatus::Unknown(_)));
            assert_eq!((it.persona, it.auth_url), (None, None));
        }
        for empty in ["", "{}", r#"{"appAuthorization":null}"#] {
            let output = CreateAppAuthorization::parse_response(answer(201, &[], empty)).unwrap();
            assert_eq!(output.app_authorization.app, "", "{empty}");
        }
    }

    #[test]
    fn values_of_the_wrong_type_are_errors_with_a_path() {
        for (authorization, told) in [
            (
                r#"{"app":true}"#,
                "expected a string, found a boolean at $.appAuthorization.app (byte 27)",
            ),
            (
                r#"{"tenant":[]}"#,
                "expected an object, found an array at $.appAuthorization.tenant (byte 30)",
            ),
            (
                r#"{"tenant":{"tenantIdentifier":false}}"#,
                "expected a string, found a boolean at $.appAuthorization.tenant.tenantIdentifier (byte 50)",
            ),
            (
                r#"{"status":{}}"#,
                "expected a string, found an object at $.appAuthorization.status (byte 30)",
            ),
            (
                r#"{"createdAt":"soon"}"#,
                "at $.appAuthorization.createdAt (byte",
            ),
        ] {
            let error = read(authorization).unwrap_err();
            assert!(
                matches!(&error, Error::Failure(failure) if failure.kind() == FailureKind::Response),
                "{error:?}"
            );
            assert_eq!(
                (error.status(), error.request_id()),
                (Some(StatusCode::CREATED), Some("0aa1-77"))
            );
            let text = error.to_string();
            let start = "CreateAppAuthorization failed: cannot read the response (201, request id 0aa1-77): ";
            assert!(text.starts_with(start) && text.contains(told), "{text}");
            assert!(error.source().is_some());
        }
    }

    #[test]
    fn truncated_responses_are_errors_at_every_length() {
        let whole = r#"{"appAuthorization":{"app":"SLACK","tenant":{"tenantIdentifier":"T"},"updatedAt":null}}"#;
        CreateAppAuthorization::parse_response(answer(201, &[], whole)).unwrap();
        for end in 1..whole.len() {
            let error = CreateAppAuthorization::parse_response(answer(201, &[], &whole[..end]))
                .unwrap_err();
            assert!(
                error
                    .to_string()
                    .contains("the document is not complete at $"),
                "{end}: {error}"
            );
        }
        for (body, told) in [
            (
                &b"<html>"[..],
                "expected an object, found something else at $ (byte 0)",
            ),
            (b"[]", "expected an object, found an array at $ (byte 0)"),
            (b"{} {}", "text after the document at $ (byte 3)"),
            (
                b"{\"appAuthorization\":{\"app\":\"\xff\"}}",
                "invalid UTF-8 at $.appAuthorization.app (byte 28)",
            ),
        ] {
            let error = CreateAppAuthorization::parse_response(answer(201, &[], body)).unwrap_err();
            assert!(error.to_string().ends_with(told), "{error}");
        }
    }
}

mod errors {
    use super::*;

    /// Checks the properties that every error has, and its message.
    fn told(error: &Error, status: u16, code: Option<&str>, message: Option<&str>, line: &str) {
        assert_eq!(error.to_string(), line);
        assert_eq!((error.code(), error.message()), (code, message));
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(
            (error.request_id(), error.operation(), error.attempts()),
            (Some("0aa1-77"), "CreateAppAuthorization", 1)
        );
    }

    #[test]
    fn every_modeled_error_has_a_variant() {
        let error = fail(403, "AccessDeniedException", r#"{"message":"no"}"#);
        assert!(
            matches!(&error, Error::AccessDeniedException(e) if e.message == "no"),
            "{error:?}"
        );
        let line =
            "CreateAppAuthorization failed: AccessDeniedException (403, request id 0aa1-77): no";
        told(&error, 403, Some("AccessDeniedException"), Some("no"), line);
        assert!(!error.is_retryable() && error.source().is_none());

        let text =
            r#"{"message":"there is one","resourceId":"a1","resourceType":"appAuthorization"}"#;
        let error = fail(409, "ConflictException", text);
        assert!(matches!(
            &error,
            Error::ConflictException(e) if e.resource_id == "a1" && e.resource_type == "appAuthorization"
        ));
        let line = "CreateAppAuthorization failed: ConflictException (409, request id 0aa1-77): there is one";
        told(
            &error,
            409,
            Some("ConflictException"),
            Some("there is one"),
            line,
        );

        let headers = [
            ("x-amzn-errortype", "InternalServerException"),
            ("retry-after", "7"),
        ];
        let error =
            CreateAppAuthorization::parse_response(answer(500, &headers, r#"{"message":"oops"}"#))
                .unwrap_err();
        assert!(
            matches!(&error, Error::InternalServerException(e) if e.retry_after_seconds == Some(7))
        );
        let line = "CreateAppAuthorization failed: InternalServerException (500, request id 0aa1-77): oops";
        told(
            &error,
            500,
            Some("InternalServerException"),
            Some("oops"),
            line,
        );
        assert!(error.is_retryable() && !error.is_throttling());

        let text = r#"{"message":"no bundle","resourceId":"b1","resourceType":"appBundle"}"#;
        let error = fail(404, "ResourceNotFoundException", text);
        assert!(matches!(
            &error,
            Error::ResourceNotFoundException(e) if e.resource_id == "b1" && e.resource_type == "appBundle"
        ));
        let line = "CreateAppAuthorization failed: ResourceNotFoundException (404, request id 0aa1-77): no bundle";
        told(
            &error,
            404,
            Some("ResourceNotFoundException"),
            Some("no bundle"),
            line,
        );

        let text = r#"{"message":"full","resourceId":"r","resourceType":"t","serviceCode":"s","quotaCode":"q"}"#;
        let error = fail(402, "ServiceQuotaExceededException", text);
        assert!(matches!(
            &error,
            Error::ServiceQuotaExceededException(e)
                if e.resource_id == "r" && e.resource_type == "t" && e.service_code == "s" && e.quota_code == "q"
        ));
        let line = "CreateAppAuthorization failed: ServiceQuotaExceededException (402, request id 0aa1-77): full";
        told(
            &error,
            402,
            Some("ServiceQuotaExceededException"),
            Some("full"),
            line,
        );

        let headers = [
            ("x-amzn-errortype", "ThrottlingException"),
            ("retry-after", "3"),
        ];
        let text = r#"{"message":"slower","serviceCode":"s","quotaCode":"q"}"#;
        let error =
            CreateAppAuthorization::parse_response(answer(429, &headers, text)).unwrap_err();
        assert!(matches!(
            &error,
            Error::ThrottlingException(e) if e.retry_after_seconds == Some(3)
                && e.service_code.as_deref() == Some("s") && e.quota_code.as_deref() == Some("q")
        ));
        let line =
            "CreateAppAuthorization failed: ThrottlingException (429, request id 0aa1-77): slower";
        told(
            &error,
            429,
            Some("ThrottlingException"),
            Some("slower"),
            line,
        );
        assert!(error.is_retryable() && error.is_throttling());

        let text = r#"{"message":"bad","reason":"fieldValidationFailed","fieldList":[{"name":"app","message":"what?"}]}"#;
        let error = fail(400, "ValidationException", text);
        let Error::ValidationException(e) = &error else {
            unreachable!("{error:?}")
        };
        assert_eq!(e.reason, ValidationExceptionReason::FieldValidationFailed);
        let fields = e.field_list.as_deref().unwrap();
        assert_eq!(
            (fields.len(), &*fields[0].name, &*fields[0].message),
            (1, "app", "what?")
        );
        let line =
            "CreateAppAuthorization failed: ValidationException (400, request id 0aa1-77): bad";
        told(&error, 400, Some("ValidationException"), Some("bad"), line);
    }

    #[test]
    fn error_codes_in_the_body_are_read() {
        for body in [
            r#"{"__type":"com.amazonaws.appfabric#ConflictException","message":"m"}"#,
            r#"{"code":"ConflictException","Message":"m"}"#,
        ] {
            let error = CreateAppAuthorization::parse_response(answer(409, &[], body)).unwrap_err();
            assert!(
                matches!(&error, Error::ConflictException(_)),
                "{body}: {error:?}"
            );
            assert_eq!(error.message(), Some("m"), "{body}");
        }
    }

    #[test]
    fn unmodeled_errors_are_decoded() {
        let error = fail(
            418,
            "TeapotException",
            r#"{"message":"short and stout","spout":{"x":1}}"#,
        );
        assert!(matches!(&error, Error::Unmodeled(_)), "{error:?}");
        let line = "CreateAppAuthorization failed: TeapotException (418, request id 0aa1-77): short and stout";
        told(
            &error,
            418,
            Some("TeapotException"),
            Some("short and stout"),
            line,
        );
        assert!(!error.is_retryable());
    }

    #[test]
    fn the_page_of_a_proxy_has_an_excerpt() {
        let page = "<html><head><title>502 Bad Gateway</title></head></html>";
        let headers = [("content-type", "text/html; charset=utf-8")];
        let error =
            CreateAppAuthorization::parse_response(answer(502, &headers, page)).unwrap_err();
        assert!(matches!(&error, Error::Unmodeled(_)), "{error:?}");
        let line = "CreateAppAuthorization failed: 502 Bad Gateway, text/html, 56 bytes (request id 0aa1-77): \
                    502 Bad Gateway";
        told(&error, 502, Some("502"), Some("502 Bad Gateway"), line);
        assert_eq!(error.body_excerpt(), error.message());
        assert!(error.is_retryable());

        let error = CreateAppAuthorization::parse_response(answer(503, &[], "")).unwrap_err();
        let line =
            "CreateAppAuthorization failed: 503 Service Unavailable, no body (request id 0aa1-77)";
        told(&error, 503, Some("503"), None, line);
    }

    #[test]
    fn modeled_errors_with_invalid_members_keep_their_code() {
        for (body, told) in [
            (
                r#"{"message":"m","reason":7}"#,
                "found a number at $.reason",
            ),
            (
                r#"{"message":"m","fieldList":[{"name":"app"},7]}"#,
                "found a number at $.fieldList[1]",
            ),
            (
                r#"{"message":"m","fieldList":["#,
                "the document is not complete at $",
            ),
        ] {
            let error = fail(400, "ValidationException", body);
            assert!(matches!(&error, Error::Unmodeled(_)), "{error:?}");
            assert_eq!(
                (error.code(), error.message()),
                (Some("ValidationException"), Some("m"))
            );
            assert!(error.to_string().contains(told), "{error}");
        }
        let error = fail(400, "ValidationException", "{}");
        assert!(
            matches!(&error, Error::ValidationException(e) if e.message.is_empty()),
            "{error:?}"
        );
        assert_eq!(
            error.to_string(),
            "CreateAppAuthorization failed: ValidationException (400, request id 0aa1-77)"
        );
    }

    #[test]
    fn redirects_are_errors() {
        let error = CreateAppAuthorization::parse_response(answer(301, &[("location", "/")], ""))
            .unwrap_err();
        assert_eq!(
            (error.status(), error.code()),
            (Some(StatusCode::MOVED_PERMANENTLY), Some("301"))
        );
    }
}

mod secrets {
    use super::*;

    fn assert_hidden(text: &str) {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} is in: {text}");
        }
    }

    #[test]
    fn debug_output_has_no_secrets() {
        let oauth2 = Oauth2Credential::builder()
            .client_id("client-1")
            .client_secret(SECRETS[0]);
        let api_key = ApiKeyCredential::builder().api_key(SECRETS[1]);
        let code = AuthRequest::builder()
            .code(SECRETS[2])
            .redirect_uri("https://example.com/");
        let connect = appfabric::operations::ConnectAppAuthorization::builder()
            .app_bundle_identifier("b")
            .app_authorization_identifier("a")
            .auth_request(code.clone().build());
        let create = CreateAppAuthorization::builder().credential(api_key.clone().build());
        let mut input = input();
        for text in [
            format!("{oauth2:?}{api_key:?}{code:?}{connect:?}{create:?}"),
            format!(
                "{:?}{:?}{:?}",
                oauth2.build(),
                api_key.clone().build(),
                code.build()
            ),
            format!("{input:?}{input:#?}{:?}", connect.build()),
            {
                input.credential = api_key.build().into();
                format!("{input:?}{input:#?}")
            },
        ] {
            assert_hidden(&text);
        }
        let start =
            appfabric::operations::StartUserAccessTasks::builder().app_bundle_identifier("b");
        assert_hidden(&format!("{:?}", start.email(SECRETS[0]).build()));
        // Other values are printed.
        assert!(format!("{:?}", self::input()).contains(r#"client_id: "client-1""#));
    }

    #[test]
    fn errors_have_no_secrets() {
        let endpoint = Endpoint::new("https://localhost").unwrap();
        let mut input = input();
        input.app_bundle_identifier = String::new();
        let error = input.to_request(&endpoint).unwrap_err();
        assert_hidden(&format!("{error}{error:?}"));
        let nothing = || {
            Err(RequestError::new(
                RequestErrorKind::NoRandomness,
                "idempotency token",
            ))
        };
        let error = super::input().request(&endpoint, &nothing).unwrap_err();
        assert_hidden(&format!("{error}{error:?}"));
        assert_eq!(error.kind(), RequestErrorKind::NoRandomness);

        // A service that returns the values of the request.
        for value in SECRETS {
            for body in [
                format!(r#"{{"appAuthorization":{{"createdAt":"{value}"}}}}"#),
                format!(r#"{{"appAuthorization":{{"tenant":"{value}"}}}}"#),
                format!(r#"{{"appAuthorization":{{"app":"{value}"#),
                format!(r#""{value}""#),
                value.to_owned(),
            ] {
                let error =
                    CreateAppAuthorization::parse_response(answer(201, &[], body)).unwrap_err();
                assert_hidden(&format!(
                    "{error}{error:?}{error:#?}{:?}",
                    error.meta().source()
                ));
            }
        }
        let text = format!(
            r#"{{"reason":{{"{}":1}},"fieldList":"{}"}}"#,
            SECRETS[0], SECRETS[1]
        );
        let error = fail(400, "ValidationException", &text);
        assert_hidden(&format!("{error}{error:?}"));
        for credential in [
            format!(
                r#"{{"oauth2Credential":{{"clientSecret":["{}"]}}}}"#,
                SECRETS[0]
            ),
            format!(r#"{{"apiKeyCredential":"{}"}}"#, SECRETS[1]),
            format!(
                r#"{{"oauth2Credential":{{}},"apiKeyCredential":{{"apiKey":"{}"}}}}"#,
                SECRETS[1]
            ),
        ] {
            let error = json::from_slice::<Credential>(credential.as_bytes()).unwrap_err();
            assert_hidden(&format!("{error}{error:?}"));
        }
    }
}
