//! The endpoint and authentication of calls.

use super::*;
use smithy_rt::client::{AccountIdEndpointMode, Token};

/// An operation that gives a parameter of the endpoint rules, and is called with a token or a
/// signature.
struct Tenant(&'static str);

impl Operation for Tenant {
    const NAME: &'static str = "Tenant";
    const METHOD: Method = Method::GET;
    const AUTH: Auth = Auth::By {
        schemes: &[Scheme::SigV4("example"), Scheme::Bearer],
        optional: false,
    };
    type Output = Output;
    type Error = Error;

    fn resolve(&self, params: &Params<'_>) -> Result<Option<Resolved>, ResolveError> {
        let tenant = params.filled("tenant", self.0)?;
        let account = params.account_id.unwrap_or("nobody");
        let mode = params.account_id_endpoint_mode.unwrap_or_default();
        let url = format!("https://{tenant}.{account}.{mode}.aws");
        Resolved::new(&url)?
            .header("x-tenant", tenant)
            .map(|resolved| Some(resolved.signing_region("moon-1")))
    }

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request.path("/tenant");
        Ok(())
    }
}

/// A service whose operations go to different places.
#[derive(Debug)]
struct PerCall(Client);

impl ServiceClient for PerCall {
    const SERVICE: Service = Service {
        id: "Per Call",
        schemes: &[Scheme::SigV4("example"), Scheme::Bearer],
        user_agent: "example/1.0",
        endpoints: Endpoints::PerCall {
            resolve,
            account: true,
        },
    };

    fn from_inner(inner: Client) -> Self {
        Self(inner)
    }

    fn inner(&self) -> &Client {
        &self.0
    }
}

fn per_call(world: &World) -> Builder<PerCall> {
    Builder::new()
        .region("us-east-1")
        .transport(world.clone())
        .system(world.clone())
}

fn of_account() -> Credentials {
    Credentials::builder()
        .access_key_id("AKID")
        .secret_access_key("s3cret")
        .account_id("123456789012")
        .provider_name("test")
        .build()
}

#[test]
fn parameters_of_an_operation_select_the_endpoint() {
    let world = World::new([answer(200, &[]), answer(200, &[]), answer(200, &[])]);
    let client = per_call(&world)
        .credentials(of_account())
        .build()
        .unwrap()
        .0;
    assert!(client.endpoint().is_none());
    now(client.send(&Tenant("a"))).unwrap();
    now(client.send(&Tenant("b"))).unwrap();
    now(client.send(&Ping)).unwrap();
    let requests = world.requests();
    let urls: Vec<String> = requests
        .iter()
        .map(|request| request.uri().to_string())
        .collect();
    assert_eq!(
        urls[..2],
        [
            "https://a.123456789012.preferred.aws/tenant",
            "https://b.123456789012.preferred.aws/tenant"
        ]
    );
    assert!(
        urls[2].starts_with("https://example.us-east-1.aws/ping/"),
        "{urls:?}"
    );
    assert_eq!(header(&requests[0], "x-tenant"), Some("a"));
    assert!(
        header(&requests[0], "authorization")
            .unwrap()
            .contains("/moon-1/example/aws4_request")
    );
    assert!(
        header(&requests[2], "authorization")
            .unwrap()
            .contains("/us-east-1/example/aws4_request")
    );
}

#[test]
fn nothing_is_sent_without_an_endpoint() {
    let world = World::new([]);
    let client = per_call(&world)
        .credentials(of_account())
        .build()
        .unwrap()
        .0;
    let error = now(client.send(&Tenant(" "))).err().unwrap();
    assert!(matches!(&error, Error::Failure(failure) if failure.kind() == FailureKind::Endpoint));
    let text = "Tenant failed: cannot resolve the endpoint: the member tenant, which selects the endpoint, is blank";
    assert_eq!(error.to_string(), text);
    assert!(world.requests().is_empty());
}

#[test]
fn the_account_can_be_disabled() {
    let world = World::new([answer(200, &[])]);
    let builder = per_call(&world).credentials(of_account());
    let client = builder
        .account_id_endpoint_mode(AccountIdEndpointMode::Disabled)
        .build()
        .unwrap()
        .0;
    now(client.send(&Tenant("a"))).unwrap();
    assert_eq!(
        world.requests()[0].uri(),
        "https://a.nobody.disabled.aws/tenant"
    );
}

#[test]
fn a_token_is_only_sent_over_https_and_not_printed() {
    let world = World::new([answer(200, &[]), answer(200, &[])]);
    let builder = || per_call(&world).bearer_token(Token::new("s3cret", None));
    assert!(!format!("{:?}", builder()).contains("s3cret"));
    let client = builder().build().unwrap().0;
    assert!(!format!("{client:?}").contains("s3cret"));
    now(client.send(&Tenant("a"))).unwrap();
    // The model prefers signatures.
    now(builder()
        .credentials(of_account())
        .build()
        .unwrap()
        .0
        .send(&Ping))
    .unwrap();
    let requests = world.requests();
    let authorization = requests[0].headers().get("authorization").unwrap();
    assert_eq!(
        (authorization, authorization.is_sensitive()),
        (&"Bearer s3cret".parse().unwrap(), true)
    );
    assert!(
        header(&requests[1], "authorization")
            .unwrap()
            .starts_with("AWS4-HMAC-SHA256")
    );

    let plain = builder()
        .endpoint_url("http://localhost")
        .build()
        .unwrap()
        .0;
    let error = now(plain.send(&Ping)).err().unwrap();
    assert_eq!(
        error.to_string(),
        "Ping failed: cannot get credentials: a bearer token can only be sent over https"
    );
    assert!(world.requests().is_empty());
}

#[test]
fn missing_identities_are_errors() {
    let world = World::new([]);
    let error = per_call(&world).build().err().unwrap().to_string();
    assert!(
        error.starts_with("no credentials: set `credentials`"),
        "{error}"
    );
    // A service that takes no tokens has no use for one.
    assert!(
        world
            .builder()
            .unsigned()
            .bearer_token(Token::new("t", None))
            .build()
            .is_ok()
    );
    let token = Token::new("t", None);
    let client = Builder::<Example>::new()
        .region("us-east-1")
        .transport(world.clone())
        .bearer_token(token);
    assert!(
        client
            .build()
            .err()
            .unwrap()
            .to_string()
            .starts_with("no credentials")
    );
}
