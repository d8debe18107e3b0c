//! The test kit: scripted answers, recorded requests, and the messages of failed assertions.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use appfabric::operations::{
    CreateAppBundle, DeleteAppBundle, GetAppBundle, GetAppBundleOutput, ListAppBundles,
    ListAppBundlesOutput,
};
use appfabric::rt::FailureKind;
use appfabric::rt::blocking::{BlockOn, BlockOnEach};
use appfabric::rt::client::TransportError;
use appfabric::rt::retry::RetryPolicy;
use appfabric::rt::test_util::{Answer, RecordedRequest, Script, json};
use appfabric::types::{
    AppBundle, AppBundleSummary, ConflictException, InternalServerException, Tag,
    ThrottlingException,
};
use appfabric::{Client, Error};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

fn bundle(arn: &str) -> GetAppBundleOutput {
    let bundle = AppBundle::builder().arn(arn).build();
    GetAppBundleOutput::builder().app_bundle(bundle).build()
}

fn page(arn: &str, next: Option<&str>) -> ListAppBundlesOutput {
    ListAppBundlesOutput::builder()
        .app_bundle_summary_list([AppBundleSummary::builder().arn(arn).build()])
        .next_token(next.map(str::to_owned))
        .build()
}

fn conflict() -> ConflictException {
    let error = ConflictException::builder().message("not empty");
    error.resource_id("b").resource_type("appBundle").build()
}

fn internal() -> InternalServerException {
    InternalServerException::builder().message("oops").build()
}

async fn get(client: &Client, id: &str) -> Result<GetAppBundleOutput, Error> {
    client
        .get_app_bundle()
        .app_bundle_identifier(id)
        .send()
        .await
}

async fn create(client: &Client) -> Result<(), Error> {
    let tag = Tag::builder().key("team").value("s3cr3t").build();
    client
        .create_app_bundle()
        .tags([tag])
        .send()
        .await
        .map(drop)
}

/// The message of a panic.
#[track_caller]
fn panics(test: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(test)).unwrap_err();
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap()
}

mod answers {
    use super::*;

    #[tokio::test]
    async fn outputs_and_errors_are_given_as_values() {
        let script = Script::new();
        script
            .output::<GetAppBundle>(bundle("a"))
            .error::<DeleteAppBundle>(conflict())
            .answer(
                Answer::error::<DeleteAppBundle>(conflict())
                    .status(409)
                    .header("x-amzn-requestid", "r-1"),
            );
        let client: Client = script.client();
        assert_eq!(get(&client, "a").await.unwrap(), bundle("a"));
        let delete = || client.delete_app_bundle().app_bundle_identifier("b").send();
        match delete().await {
            Err(Error::ConflictException(error)) => assert_eq!(*error, conflict()),
            other => unreachable!("{other:?}"),
        }
        assert_eq!(
            delete().await.unwrap_err().to_string(),
            "DeleteAppBundle failed: ConflictException (409, request id r-1): not empty"
        );
        script.finish();
    }

    #[tokio::test]
    async fn responses_are_given_as_json_or_bytes() {
        let script = Script::new();
        script
            .answer(
                Answer::json(200, json!({"appBundle": {"arn": "a"}}))
                    .header("x-amzn-requestid", "r-2"),
            )
            .answer(Answer::bytes(502, "<html>a proxy</html>"))
            .answer(Answer::service_error(403, "AccessDenied", "not you"));
        let builder = script.builder::<Client>().retry(RetryPolicy::off());
        let client = builder.build().unwrap();
        let call = client.get_app_bundle().app_bundle_identifier("a");
        let (output, metadata) = call.send_with_metadata().await.unwrap();
        assert_eq!(
            (output.app_bundle.arn.as_str(), metadata.request_id()),
            ("a", Some("r-2"))
        );
        assert_eq!(
            get(&client, "a").await.unwrap_err().body_excerpt(),
            Some("a proxy")
        );
        let denied = get(&client, "a").await.unwrap_err();
        assert!(matches!(denied, Error::Unmodeled(_)), "{denied:?}");
        assert_eq!(
            (denied.code(), denied.message()),
            (Some("AccessDenied"), Some("not you"))
        );
    }

    #[tokio::test]
    async fn an_output_can_depend_on_the_request() {
        let script = Script::unordered();
        script
            .answer(Answer::output_with::<GetAppBundle>(|request| bundle(request.path())).always());
        let client: Client = script.client();
        for id in ["a", "b"] {
            let output = get(&client, id).await.unwrap();
            assert_eq!(output.app_bundle.arn, format!("/appbundles/{id}"));
        }
    }

    #[tokio::test]
    async fn answers_are_chosen_by_operation_and_condition() {
        let script = Script::unordered();
        script
            .output::<GetAppBundle>(bundle("first"))
            .output::<ListAppBundles>(page("listed", None))
            .answer(
                Answer::output::<GetAppBundle>(bundle("b"))
                    .when(|request| request.path().ends_with("/b")),
            );
        let client: Client = script.client();
        let listed = client.list_app_bundles().send().await.unwrap();
        assert_eq!(listed, page("listed", None));
        assert_eq!(get(&client, "b").await.unwrap(), bundle("first"));
        assert_eq!(get(&client, "b").await.unwrap(), bundle("b"));
        assert_eq!(script.requests_of::<GetAppBundle>().len(), 2);
    }
}

mod failures {
    use super::*;

    #[tokio::test]
    async fn retries_take_no_time_and_are_recorded() {
        let throttled = ThrottlingException::builder().message("slow down").build();
        let script = Script::new();
        script
            .error::<CreateAppBundle>(throttled)
            .answer(Answer::connection_reset())
            .answer(Answer::json(201, json!({"appBundle": {"arn": "a"}})));
        create(&script.client()).await.unwrap();
        let requests = script.requests();
        // The attempts of a call share the token.
        let token = json!({"clientToken": "00000000-0000-4000-8000-000000000001"});
        requests
            .iter()
            .for_each(|request| request.assert_json_includes(token.clone()));
        assert_eq!(requests.len(), 3);
    }

    #[tokio::test]
    async fn a_call_fails_when_its_attempts_do() {
        let kind = |error: &Error| match error {
            Error::Failure(failure) => failure.kind(),
            other => unreachable!("{other:?}"),
        };
        let script = Script::new();
        script
            .answer(
                Answer::error::<GetAppBundle>(internal())
                    .status(500)
                    .times(3),
            )
            .answer(Answer::timeout().times(3))
            .answer(Answer::connection_refused().times(3))
            .answer(Answer::failure(|| TransportError::setup("not trusted")));
        let client: Client = script.client();
        let error = get(&client, "b").await.unwrap_err();
        assert_eq!(
            (error.attempts(), error.status().unwrap().as_u16()),
            (3, 500)
        );
        for (expected, attempts) in [
            (FailureKind::Timeout, 3),
            (FailureKind::Connect, 3),
            (FailureKind::Connect, 1),
        ] {
            let error = get(&client, "b").await.unwrap_err();
            assert_eq!(
                (kind(&error), error.attempts()),
                (expected, attempts),
                "{error}"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn delays_reach_time_limits() {
        let script = Script::new();
        script
            .answer(Answer::output::<GetAppBundle>(bundle("late")).delay(Duration::from_secs(9)))
            .answer(
                Answer::output::<GetAppBundle>(bundle("in time")).delay(Duration::from_secs(1)),
            );
        let client: Client = script.client();
        let client =
            client.customize(|call| call.operation_attempt_timeout(Duration::from_secs(2)));
        assert_eq!(get(&client, "b").await.unwrap(), bundle("in time"));
    }
}

mod requests {
    use super::*;

    /// The only request of a call of `CreateAppBundle`.
    fn created() -> RecordedRequest {
        let script = Script::new();
        script.answer(Answer::json(201, json!({"appBundle": {"arn": "a"}})));
        create(&script.client()).block_on().unwrap();
        script.request()
    }

    #[test]
    fn the_same_request_is_sent_in_each_run() {
        let (one, other) = (created(), created());
        assert_eq!((one.headers(), one.body()), (other.headers(), other.body()));
        one.assert_header("x-amz-date", "20240101T000000Z");
        assert!(
            one.header("authorization")
                .unwrap()
                .contains("AKIDTEST/20240101/us-east-1/appfabric")
        );
    }

    #[test]
    fn assertions_accept_the_request() {
        let request = created();
        request.assert_operation::<CreateAppBundle>();
        request.assert_path("POST", "/appbundles");
        request.assert_query([]);
        request.assert_header("content-type", "application/json");
        request.assert_json(json!({
            "tags": [{"value": "s3cr3t", "key": "team"}],
            "clientToken": "00000000-0000-4000-8000-000000000001",
        }));
        request.assert_json_includes(json!({"tags": [{"key": "team"}]}));
        assert_eq!(request.json()["tags"][0]["key"], "team");
    }

    #[test]
    fn failed_assertions_name_both_values() {
        let request = created();
        let cases: [(String, &str); 8] = [
            (
                panics(|| request.assert_operation::<GetAppBundle>()),
                "the request is CreateAppBundle, not GetAppBundle",
            ),
            (
                panics(|| request.assert_path("PUT", "/appbundles/b")),
                "CreateAppBundle: the request line is `POST /appbundles`, not `PUT /appbundles/b`",
            ),
            (
                panics(|| request.assert_query([("a", "1")])),
                "CreateAppBundle: the query is [], not [(\"a\", \"1\")]",
            ),
            (
                panics(|| request.assert_header("content-type", "text/plain")),
                "CreateAppBundle: the header `content-type` is `application/json`, not `text/plain`",
            ),
            (
                panics(|| request.assert_header("x-none", "1")),
                "CreateAppBundle: there is no header `x-none`, which should be `1`",
            ),
            (
                panics(|| request.assert_json_includes(json!({"tags": [{"key": "other"}]}))),
                "CreateAppBundle: `/tags/0/key` is `\"team\"`, not `\"other\"`; the body is `{",
            ),
            (
                panics(|| {
                    request.assert_json_includes(json!({"customerManagedKeyIdentifier": "k"}))
                }),
                "CreateAppBundle: `` has no `customerManagedKeyIdentifier`, which is `\"k\"` in the expected document",
            ),
            (
                panics(|| {
                    request.assert_json(json!({"tags": [{"key": "team", "value": "s3cr3t"}]}))
                }),
                "CreateAppBundle: `` has `clientToken`, which is `\"00000000-0000-4000-8000-000000000001\"`",
            ),
        ];
        for (message, expected) in cases {
            assert!(message.starts_with(expected), "{message}");
        }
    }

    #[test]
    fn a_body_that_is_not_json_is_reported() {
        let script = Script::new();
        script.output::<GetAppBundle>(bundle("b"));
        get(&script.client(), "b").block_on().unwrap();
        let request = script.request();
        assert!(
            panics(|| drop(request.json())).starts_with("GetAppBundle: the body is not JSON: ")
        );
        let message = panics(|| request.assert_json(json!({})));
        assert!(
            message.starts_with("GetAppBundle: the body `` is not JSON: "),
            "{message}"
        );
    }

    #[test]
    fn debug_shows_no_values() {
        let request = created();
        let text = format!("{request:?} {request:#?}");
        assert!(
            text.contains("CreateAppBundle") && text.contains("authorization"),
            "{text}"
        );
        for secret in ["s3cr3t", "team", "AKIDTEST", "20240101T000000Z"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

mod scripts {
    use super::*;

    #[test]
    fn another_operation_than_the_next_is_an_error() {
        let script = Script::new();
        script.output::<GetAppBundle>(bundle("b"));
        let client: Client = script.client();
        let error = client.list_app_bundles().send().block_on().unwrap_err();
        let problem = "request 1, ListAppBundles, came instead of the request for answer 1, an output for GetAppBundle";
        assert!(error.to_string().contains(problem), "{error}");
        assert_eq!(error.attempts(), 1);
        assert_eq!(
            panics(|| script.finish()),
            format!(
                "the script differs from the requests:\n- {problem}\n\
                 - answer 1, an output for GetAppBundle, was used 0 times, not 1"
            )
        );
    }

    #[test]
    fn conditions_and_the_end_of_a_script_are_reported() {
        let script = Script::new();
        script.answer(
            Answer::output::<GetAppBundle>(bundle("b"))
                .when(|request| request.path() == "/appbundles/b"),
        );
        let client: Client = script.client();
        get(&client, "a").block_on().unwrap_err();
        get(&client, "b").block_on().unwrap();
        get(&client, "b").block_on().unwrap_err();
        assert_eq!(
            panics(|| drop(script)),
            "the script differs from the requests:\n\
             - request 1, GetAppBundle, does not meet the condition of answer 1, an output for GetAppBundle\n\
             - request 3, GetAppBundle, has no answer: the script ends after answer 1"
        );
    }

    #[test]
    fn unordered_scripts_name_the_answers_left() {
        let script = Script::unordered();
        script.error::<DeleteAppBundle>(conflict());
        let client: Client = script.client();
        get(&client, "b").block_on().unwrap_err();
        client
            .delete_app_bundle()
            .app_bundle_identifier("b")
            .send()
            .block_on()
            .unwrap_err();
        get(&client, "b").block_on().unwrap_err();
        assert_eq!(
            panics(|| script.finish()),
            "the script differs from the requests:\n\
             - request 1, GetAppBundle, has no answer; the answers left are: ConflictException for DeleteAppBundle\n\
             - request 3, GetAppBundle, has no answer: all answers are used up"
        );
    }

    #[test]
    fn an_invalid_answer_is_reported() {
        let script = Script::new();
        script.answer(Answer::bytes(99, ""));
        get(&script.client(), "b").block_on().unwrap_err();
        let message = panics(|| script.finish());
        assert!(
            message.contains("the answer to GetAppBundle is invalid: invalid status code"),
            "{message}"
        );
    }

    #[test]
    fn the_only_request_is_the_only_one() {
        let script = Script::new();
        assert_eq!(
            panics(|| drop(script.request())),
            "there are 0 requests, not 1: []"
        );
    }

    /// The first panic is the one that the test shows.
    #[test]
    fn an_unused_answer_is_not_reported_while_the_thread_panics() {
        let message = panics(|| {
            let script = Script::new();
            script.output::<GetAppBundle>(bundle("b"));
            unreachable!("the first");
        });
        assert!(message.ends_with("the first"), "{message}");
    }

    #[test]
    fn answers_in_order_can_be_for_any_number_of_requests() {
        let script = Script::new();
        script
            .answer(Answer::output::<GetAppBundle>(bundle("any")).always())
            .output::<ListAppBundles>(page("a", None))
            .answer(Answer::output::<ListAppBundles>(page("b", None)).always());
        let client: Client = script.client();
        for _ in 0..2 {
            assert_eq!(get(&client, "b").block_on().unwrap(), bundle("any"));
        }
        assert_eq!(
            client.list_app_bundles().send().block_on().unwrap(),
            page("a", None)
        );
        // What comes before an answer that was used is over.
        let error = get(&client, "b").block_on().unwrap_err();
        assert!(
            error.to_string().contains("the script ends after answer 3"),
            "{error}"
        );
        assert!(panics(|| script.finish()).contains("request 4, GetAppBundle"));
    }
}

#[test]
fn pages_are_scripted() {
    let script = Script::new();
    script
        .output::<ListAppBundles>(page("a", Some("2")))
        .output::<ListAppBundles>(page("b", None));
    let client: Client = script.client();
    let items = client.list_app_bundles().items().block_on_each();
    let arns: Vec<String> = items.map(|item| item.unwrap().arn).collect();
    assert_eq!(arns, ["a", "b"]);
    script.requests()[1].assert_query([("nextToken", "2")]);
}
