//! Time limits, the settings of single calls, and settings that are read back.

use super::*;
use smithy_rt::client::Tokio;
use tokio::time::Instant;

/// A client with the timers of tokio, and a service that does not answer after these answers.
fn builder(world: &World) -> Builder<Example> {
    world.builder().system(Tokio)
}

fn ok() -> Answer {
    Ok(http::Response::new(Bytes::from_static(b"{}")))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(start_paused = true)]
async fn the_operation_timeout_limits_all_attempts() {
    let world = World::new([]);
    let client = builder(&world)
        .read_timeout(seconds(6))
        .operation_timeout(seconds(10))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = client.0.send(&Ping).await.err().unwrap();
    assert_eq!(start.elapsed(), seconds(10));
    let requests = world.requests().len() as u32;
    assert!(requests >= 2, "{requests}");
    let text = error.to_string();
    assert_eq!(
        text,
        format!(
            "Ping failed: timed out ({requests} attempts in 10.0 s): operation timeout after 10s"
        )
    );
    assert!(error.is_retryable() && error.attempts() == requests);

    let world = World::new([ok()]);
    let client = builder(&world).operation_timeout(seconds(10)).build();
    client.unwrap().0.send(&Ping).await.map(drop).unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_attempt_timeout_limits_each_attempt() {
    let world = World::new([]);
    let client = builder(&world)
        .operation_attempt_timeout(seconds(2))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = client.0.send(&Ping).await.err().unwrap();
    assert_eq!((world.requests().len(), error.attempts()), (3, 3));
    let waited = start.elapsed();
    assert!(waited >= seconds(6) && waited < seconds(8), "{waited:?}");
    let text = error.to_string();
    assert!(
        text.starts_with("Ping failed: timed out (3 attempts in")
            && text.ends_with(": operation attempt timeout after 2s"),
        "{text}"
    );
}

/// The limit includes the body, whose pieces are all fast enough for the read timeout.
#[tokio::test(start_paused = true)]
async fn the_attempt_timeout_includes_the_body() {
    struct Slow(u32, Pin<Box<tokio::time::Sleep>>);

    impl http_body::Body for Slow {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
            std::task::ready!(self.1.as_mut().poll(context));
            self.0 += 1;
            let after = Instant::now() + seconds(1);
            self.1.as_mut().reset(after);
            let piece = http_body::Frame::data(Bytes::from_static(b"piece"));
            Poll::Ready((self.0 <= 5).then_some(Ok(piece)))
        }
    }

    let answers = Answers(|_| async {
        let body = Slow(0, Box::pin(tokio::time::sleep(seconds(1))));
        Ok(http::Response::new(Body::new(body)))
    });
    for (limit, is_enough) in [(4, false), (7, true)] {
        let client = World::new([])
            .builder()
            .system(Tokio)
            .retry(RetryPolicy::off())
            .transport(answers.clone())
            .operation_attempt_timeout(seconds(limit))
            .build()
            .unwrap();
        let result = client.0.send(&Ping).await;
        assert_eq!(result.is_ok(), is_enough, "{limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_has_settings_of_its_own() {
    let world = World::new([ok()]);
    let client = builder(&world).build().unwrap().0;
    let other = client.customize(|call| {
        call.operation_timeout(seconds(1))
            .region("eu-west-1")
            .header("x-trace", "1")
            .retry(RetryPolicy::off())
    });
    other.send(&Ping).await.map(drop).unwrap();
    let request = world.requests().remove(0);
    assert_eq!(request.uri().host(), Some("example.eu-west-1.aws"));
    assert_eq!(request.headers()["x-trace"], "1");
    let signature = request.headers()["authorization"].to_str().unwrap();
    assert!(
        signature.contains("/eu-west-1/example/") && signature.contains("x-trace"),
        "{signature}"
    );
    let start = Instant::now();
    let error = other.send(&Ping).await.err().unwrap();
    assert_eq!((start.elapsed(), error.attempts()), (seconds(1), 1));

    // The first client keeps its settings.
    let settings = client.settings().unwrap();
    assert_eq!(settings.operation_timeout(), None);
    assert_eq!(settings.region(), Some("us-east-1"));
    let settings = other.settings().unwrap();
    assert_eq!(settings.operation_timeout(), Some(seconds(1)));
    assert_eq!(settings.retry(), &RetryPolicy::off());
}

#[test]
fn clients_share_their_retry_quota() {
    let busy = || {
        let response = http::Response::builder().status(503);
        Ok(response.body(Bytes::new()).unwrap())
    };
    let world = World::new(std::iter::repeat_with(busy).take(500));
    let client = world.client();
    for _ in 0..40 {
        let other = client.customize(|call| call.header("x-trace", "1"));
        assert!(now(other.send(&Ping)).is_err());
    }
    // 500 tokens are enough for 35 retries.
    assert_eq!(world.requests().len(), 40 + 35);
}

#[test]
fn presigned_requests_have_the_headers() {
    let client = World::new([]).client();
    let other = client.customize(|call| call.header("x-trace", "1"));
    let request = now(other.presigned(&Ping, seconds(60))).unwrap();
    assert_eq!(request.headers()["x-trace"], "1");
    let query = request.uri().query().unwrap();
    assert!(query.contains("x-trace"), "{query}");
}

#[test]
fn invalid_settings_of_a_call_are_its_error() {
    let client = World::new([]).client();
    for (name, value, reason) in [
        ("a b", "1", "the name of a header in `customize` is invalid"),
        (
            "x-a",
            "s3cret\n",
            "the value of the header `x-a` in `customize` is invalid",
        ),
        (
            "Authorization",
            "s3cret",
            "the client sets the header `authorization`, so that",
        ),
        (
            "X-Amz-Date",
            "1",
            "the client sets the header `x-amz-date`, so that",
        ),
        (
            "Content-Type",
            "a/b",
            "the operation sets the header `content-type`, so that",
        ),
    ] {
        let other = client.customize(|call| call.header(name, value));
        let text = now(other.send(&Ping)).err().unwrap().to_string();
        assert!(text.contains(reason) && !text.contains("s3cret"), "{text}");
    }
    let other = client.customize(|call| call.endpoint_url("not a URL"));
    let text = now(other.send(&Ping)).err().unwrap().to_string();
    assert!(text.contains("it is not a valid URL"), "{text}");
}

#[test]
fn settings_can_be_read_and_have_no_secrets() {
    let client = World::new([])
        .builder()
        .endpoint_url("https://user.example")
        .operation_attempt_timeout(seconds(4))
        .connect_timeout(seconds(2))
        .max_response_size(7)
        .user_agent("app/1")
        .build()
        .unwrap()
        .0;
    let settings = client.settings().unwrap();
    assert_eq!(settings.region(), Some("us-east-1"));
    assert_eq!(settings.endpoint_url(), Some("https://user.example"));
    assert_eq!(
        settings.endpoint().unwrap().to_string(),
        "https://user.example"
    );
    assert_eq!(settings.operation_attempt_timeout(), Some(seconds(4)));
    assert_eq!(settings.connect_timeout(), Some(seconds(2)));
    assert_eq!(settings.read_timeout(), Some(seconds(60)));
    assert_eq!(settings.max_response_size(), 7);
    assert!(settings.user_agent().ends_with(" app/1"));
    assert_eq!(settings.schemes(), [smithy_rt::Scheme::SigV4("example")]);
    assert!(!settings.fips() && !settings.dual_stack() && !settings.is_unsigned());
    let other = client.customize(|call| {
        let debug = format!("{:?}", call.clone().header("x-key", "s3cret"));
        assert!(
            debug.contains("x-key") && !debug.contains("s3cret"),
            "{debug}"
        );
        call
    });
    assert!(!format!("{settings:?}{other:?}").contains("s3cret"));
}

#[test]
fn a_success_has_metadata() {
    let response = http::Response::builder()
        .status(202)
        .header("x-amzn-requestid", "id-1")
        .header("x-amz-id-2", "id-2")
        .header("x-key", "s3cret")
        .body(Bytes::from_static(b"{}"))
        .unwrap();
    let busy = http::Response::builder()
        .status(503)
        .body(Bytes::new())
        .unwrap();
    let client = World::new([Ok(busy), Ok(response)]).client();
    let (output, metadata) = now(client.send_with_metadata(&Ping)).unwrap();
    assert_eq!(&output.0[..], b"{}");
    assert_eq!((metadata.status().as_u16(), metadata.attempts()), (202, 2));
    assert_eq!(metadata.request_id(), Some("id-1"));
    assert_eq!(metadata.extended_request_id(), Some("id-2"));
    assert_eq!(metadata.headers()["x-key"], "s3cret");
    assert!(metadata.elapsed() > Duration::ZERO);
    let debug = format!("{metadata:?}");
    assert!(
        debug.contains("x-key") && !debug.contains("s3cret"),
        "{debug}"
    );
}

#[test]
fn the_body_of_a_proxy_can_be_read() {
    let page = format!(
        "<html><body>Blocked by policy{}</body></html>",
        " x".repeat(1000)
    );
    let response = http::Response::builder()
        .status(403)
        .header("content-type", "text/html")
        .body(Bytes::from(page.clone()))
        .unwrap();
    let error = now(World::new([Ok(response)]).client().send(&Ping))
        .err()
        .unwrap();
    assert_eq!(error.raw_body().unwrap(), page.as_bytes());
    let text = error.to_string();
    assert!(
        text.contains("Blocked by policy") && text.len() < 500,
        "{text}"
    );
}
