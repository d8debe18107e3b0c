//! Setters are called in any order. An optional member accepts a value or an `Option` in any state of
//! the builder.

use appfabric::operations::{
    CreateAppAuthorization, CreateAppAuthorizationBuilder, CreateAppBundle, CreateAppBundleBuilder,
    ListAppBundles, UpdateAppAuthorization,
};
use appfabric::types::{ApiKeyCredential, AuthType, Credential, Oauth2Credential, Tag, Tenant};

fn main() {
    let tenant = Tenant::builder().tenant_display_name("A").tenant_identifier("T").build();
    let oauth2 = Oauth2Credential::builder().client_secret("s").client_id("i").build();
    let tag = Tag::builder().value("v").key("k").build();

    let one = CreateAppAuthorization::builder()
        .tags([tag.clone()])
        .auth_type(AuthType::Oauth2)
        .tenant(tenant.clone())
        .client_token("token")
        .credential(oauth2.clone())
        .app_bundle_identifier("bundle")
        .app(String::from("SLACK"))
        .build();
    let other = CreateAppAuthorization::builder()
        .app("SLACK")
        .app_bundle_identifier("bundle")
        .credential(Credential::Oauth2Credential(oauth2))
        .client_token(Some("token"))
        .tenant(tenant.clone())
        .tags(Some(vec![tag]))
        .auth_type(AuthType::Oauth2)
        .build();
    assert_eq!(one, other);

    let bundle = CreateAppBundle::builder();
    let bundle = bundle
        .client_token(None::<String>)
        .tags(None::<Vec<Tag>>)
        .customer_managed_key_identifier(None::<&str>);
    assert_eq!(bundle.build(), CreateAppBundle::builder().build());

    let page = ListAppBundles::builder().max_results(50).next_token("n".to_owned()).build();
    assert_eq!(
        page,
        ListAppBundles::builder().next_token(Some("n".to_owned())).max_results(Some(50)).build()
    );
    let none = ListAppBundles::builder().max_results(None::<i32>).next_token(None::<&str>);
    assert_eq!(none.build(), ListAppBundles::builder().build());

    let update =
        || UpdateAppAuthorization::builder().app_bundle_identifier("b").app_authorization_identifier("a");
    let key = ApiKeyCredential::builder().api_key("k").build();
    assert_eq!(update().tenant(&tenant).build(), update().tenant(Some(tenant)).build());
    let none = update().tenant(None::<&Tenant>).credential(None::<Credential>);
    assert_eq!(none.build(), update().build());
    assert_eq!(update().credential(key.clone()).build(), update().credential(Some(key)).build());

    let half = with_tags(CreateAppBundle::builder());
    assert_eq!(half.build().tags.map(|tags| tags.len()), Some(1));
    let half = with_token(CreateAppAuthorization::builder().app("SLACK"));
    let half = with_token(half.tenant(acme()));
    let text = format!("{half:?}");
    let start = "CreateAppAuthorizationBuilder { not_set: [\"app_bundle_identifier\", \"auth_type\", \"credential\"], value: CreateAppAuthorization { app: \"SLACK\", ";
    assert!(text.starts_with(start), "{text}");
    let text = format!("{:?}", Tag::builder().key("k").value("v"));
    assert_eq!(text, "TagBuilder { value: Tag { key: \"k\", value: \"v\" } }");
}

fn acme() -> Tenant {
    Tenant::builder().tenant_display_name("A").tenant_identifier("T").build()
}

/// Optional setters exist in any state.
fn with_token<Via, S>(
    builder: CreateAppAuthorizationBuilder<Via, S>,
) -> CreateAppAuthorizationBuilder<Via, S> {
    builder.client_token("token").tags(None::<Vec<Tag>>)
}

fn with_tags<Via>(builder: CreateAppBundleBuilder<Via>) -> CreateAppBundleBuilder<Via> {
    builder.tags([Tag::builder().key("k").value("v").build()])
}
