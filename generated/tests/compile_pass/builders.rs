//! Setters are called in any order. An optional member accepts a value, an `Option`, or `None`.

use appfabric::operations::{
    CreateAppAuthorization, CreateAppBundle, ListAppBundles, UpdateAppAuthorization,
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
    assert_eq!(ListAppBundles::builder().max_results(None).build(), ListAppBundles::builder().build());

    let update =
        || UpdateAppAuthorization::builder().app_bundle_identifier("b").app_authorization_identifier("a");
    let key = ApiKeyCredential::builder().api_key("k").build();
    assert_eq!(update().tenant(tenant.clone()).build(), update().tenant(Some(tenant)).build());
    assert_eq!(update().tenant(None).credential(None::<Credential>).build(), update().build());
    assert_eq!(update().credential(key.clone()).build(), update().credential(Some(key)).build());
}
