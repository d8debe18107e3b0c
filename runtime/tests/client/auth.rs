//! Credentials, and the clock of signatures.

use super::*;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use smithy_rt::client::Token;

fn refused(code: &str, date: &str) -> Answer {
    answer(403, &[("x-amzn-errortype", code), ("date", date)])
}

fn dates(world: &World) -> Vec<String> {
    let requests = world.requests();
    requests
        .iter()
        .map(|request| header(request, "x-amz-date").unwrap().to_owned())
        .collect()
}

#[test]
fn a_wrong_clock_is_corrected_once() {
    let skewed = || refused("RequestTimeTooSkewed", "Fri, 02 Jan 2026 03:04:05 GMT");
    let world = World::new([skewed(), answer(200, &[]), answer(200, &[])]);
    let client = world.client();
    now(client.send(&Ping)).unwrap();
    now(client.send(&Ping)).unwrap();
    assert_eq!(
        dates(&world),
        ["19941106T084937Z", "20260102T030405Z", "20260102T030405Z"]
    );
    assert!(world.pauses().is_empty());

    let world = World::new([skewed(), skewed()]);
    assert_eq!(send(&world).err().unwrap().attempts(), 2);
}

#[test]
fn implausible_times_are_ignored() {
    let world = World::new([
        refused("RequestTimeTooSkewed", "Fri, 31 Dec 9999 23:59:59 GMT"),
        answer(200, &[]),
    ]);
    let client = world.client();
    assert_eq!(now(client.send(&Ping)).err().unwrap().attempts(), 1);
    now(client.send(&Ping)).unwrap();
    assert_eq!(dates(&world), ["19941106T084937Z", "19941106T084937Z"]);
}

#[test]
fn a_wrong_time_of_the_service_is_corrected_by_its_next_response() {
    let good = || answer(200, &[("date", "Fri, 02 Jan 2026 03:04:05 GMT")]);
    let world = World::new([
        refused("RequestTimeTooSkewed", "Mon, 01 Jan 2035 00:00:00 GMT"),
        good(),
        good(),
    ]);
    let client = world.client();
    now(client.send(&Ping)).unwrap();
    now(client.send(&Ping)).unwrap();
    assert_eq!(
        dates(&world),
        ["19941106T084937Z", "20350101T000000Z", "20260102T030405Z"]
    );
}

/// A call signs again once, and learns from each answer.
#[test]
fn the_last_result_is_returned() {
    let refused = |date| refused("RequestTimeTooSkewed", date);
    let world = World::new([
        refused("Mon, 01 Jan 2035 00:00:00 GMT"),
        refused("Fri, 02 Jan 2026 03:04:05 GMT"),
        answer(200, &[]),
    ]);
    let client = world.client();
    assert_eq!(now(client.send(&Ping)).err().unwrap().attempts(), 2);
    now(client.send(&Ping)).unwrap();
    assert_eq!(
        dates(&world),
        ["19941106T084937Z", "20350101T000000Z", "20260102T030405Z"]
    );
}

#[test]
fn errors_name_secrets_that_are_invalid_in_headers() {
    let key = Credentials::new("AKID\r", "s3cret", None, None, "test");
    let token = Credentials::new("AKID", "s3cret", Some("t0ken\n".to_owned()), None, "test");
    for (credentials, name) in [(key, "access key ID"), (token, "session token")] {
        let world = World::new([]);
        let client = world.builder().credentials(credentials).build().unwrap().0;
        let sent = now(client.send(&Ping)).err().unwrap();
        let presigned = now(client.presigned(&Ping, Duration::from_secs(60)))
            .err()
            .unwrap();
        for error in [sent, presigned] {
            assert!(
                matches!(&error, Error::Failure(failure) if failure.kind() == FailureKind::Credentials)
            );
            let text = error.to_string();
            assert!(
                text.contains(name) && !text.contains("AKID") && !text.contains("t0ken"),
                "{text}"
            );
        }
        assert!(world.requests().is_empty());
    }
    let world = World::new([]);
    let client = world
        .builder()
        .bearer_token(Token::new("t0ken\n", None))
        .build()
        .unwrap()
        .0;
    let text = now(client.send(&WithToken)).err().unwrap().to_string();
    assert!(
        text.contains("the bearer token contains a line feed") && !text.contains("t0ken"),
        "{text}"
    );
}

struct WithToken;

impl Operation for WithToken {
    const NAME: &'static str = "WithToken";
    const METHOD: Method = Method::GET;
    const AUTH: Auth = Auth::By {
        schemes: &[Scheme::Bearer],
        optional: false,
    };
    type Output = Output;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request.path("/token");
        Ok(())
    }
}

#[test]
fn the_timeout_of_providers_is_a_setting() {
    #[derive(Debug)]
    struct Hanging;
    impl ProvideCredentials for Hanging {
        fn provide_credentials<'a>(&'a self) -> Provided<'a>
        where
            Self: 'a,
        {
            Provided::new(std::future::pending())
        }
    }
    for (limit, pause) in [(None, 5000), (Some(Duration::from_secs(20)), 20_000)] {
        let world = World::new([]);
        let builder = world.builder().credentials(Hanging);
        let builder = match limit {
            Some(limit) => builder.credentials_timeout(limit),
            None => builder,
        };
        let error = now(builder.build().unwrap().0.send(&Ping)).err().unwrap();
        assert!(
            error
                .to_string()
                .contains("credentials provider timed out after"),
            "{error}"
        );
        assert_eq!((world.pauses(), error.attempts()), (vec![pause], 0));
    }
}

/// Gives other credentials each time it is asked.
#[derive(Debug, Default)]
struct Rotating(std::sync::atomic::AtomicU32);

impl ProvideCredentials for Rotating {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        let number = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let credentials = Credentials::new(format!("AKID{number}"), "s3cret", None, None, "test");
        Provided::ready(Ok(credentials))
    }
}

#[test]
fn expired_credentials_are_replaced_once() {
    let expired = || answer(403, &[("x-amzn-errortype", "ExpiredTokenException")]);
    let key = |request: &http::Request<Bytes>| {
        let authorization = header(request, "authorization").unwrap();
        authorization.split(['=', '/']).nth(1).unwrap().to_owned()
    };
    let world = World::new([expired(), answer(200, &[])]);
    let client = world
        .builder()
        .credentials(Rotating::default())
        .build()
        .unwrap()
        .0;
    now(client.send(&Ping)).unwrap();
    assert_eq!(
        world.requests().iter().map(key).collect::<Vec<_>>(),
        ["AKID0", "AKID1"]
    );
    assert!(world.pauses().is_empty());

    let world = World::new([expired(), expired()]);
    let client = world
        .builder()
        .credentials(Rotating::default())
        .build()
        .unwrap()
        .0;
    assert_eq!(now(client.send(&Ping)).err().unwrap().attempts(), 2);
}

#[test]
fn nothing_is_sent_if_the_provider_fails() {
    #[derive(Debug)]
    struct Failing;
    impl ProvideCredentials for Failing {
        fn provide_credentials<'a>(&'a self) -> Provided<'a>
        where
            Self: 'a,
        {
            let error = CredentialsError::provider_error("the session of `aws sso login` is over");
            Provided::ready(Err(error))
        }
    }
    let world = World::new([]);
    let client = world.builder().credentials(Failing).build().unwrap().0;
    let error = now(client.send(&Ping)).err().unwrap();
    assert!(
        matches!(&error, Error::Failure(failure) if failure.kind() == FailureKind::Credentials)
    );
    assert_eq!(
        error.to_string(),
        "Ping failed: cannot get credentials: an error occurred while loading credentials: the session of `aws sso \
         login` is over"
    );
    assert_eq!((error.attempts(), world.requests().len()), (0, 0));
}
