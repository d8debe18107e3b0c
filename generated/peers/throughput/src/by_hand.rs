//! The same routes by hand in axum with serde.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use tokio::net::TcpListener;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    max_results: Option<i32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListOutput {
    app_bundle_summary_list: Vec<Summary>,
}

#[derive(Serialize)]
struct Summary {
    arn: String,
}

async fn list(Query(input): Query<List>) -> Json<ListOutput> {
    let count = input.max_results.unwrap_or(10);
    let summaries = (0..count).map(|number| Summary {
        arn: crate::arn(number),
    });
    Json(ListOutput {
        app_bundle_summary_list: summaries.collect(),
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Create {
    app: String,
    auth_type: AuthType,
    credential: Credential,
    tenant: Tenant,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
enum AuthType {
    ApiKey,
    Oauth2,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Credential {
    ApiKeyCredential(ApiKey),
    Oauth2Credential(Oauth2),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiKey {
    api_key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Oauth2 {
    client_id: String,
    client_secret: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Tenant {
    tenant_identifier: String,
    tenant_display_name: String,
}

#[derive(Deserialize)]
struct Tag {
    key: String,
    value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateOutput {
    app_authorization: Authorization,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Authorization {
    app: String,
    app_authorization_arn: &'static str,
    app_bundle_arn: String,
    auth_type: AuthType,
    created_at: &'static str,
    status: &'static str,
    tenant: Tenant,
    updated_at: &'static str,
}

impl Create {
    fn is_valid(&self) -> bool {
        let fits = |text: &str, max: usize| (1..=max).contains(&text.chars().count());
        let secrets = match &self.credential {
            Credential::ApiKeyCredential(it) => fits(&it.api_key, 2048),
            Credential::Oauth2Credential(it) => {
                fits(&it.client_id, 2048) && fits(&it.client_secret, 2048)
            }
        };
        secrets
            && fits(&self.app, 255)
            && fits(&self.tenant.tenant_identifier, 1024)
            && fits(&self.tenant.tenant_display_name, 2048)
            && self.tags.len() <= 50
            && self
                .tags
                .iter()
                .all(|tag| fits(&tag.key, 128) && tag.value.chars().count() <= 256)
    }
}

async fn create(
    Path(bundle): Path<String>,
    Json(input): Json<Create>,
) -> Result<(StatusCode, Json<CreateOutput>), StatusCode> {
    if !input.is_valid() {
        return Err(StatusCode::BAD_REQUEST);
    }
    let time = "2026-01-02T03:04:05Z";
    let authorization = Authorization {
        app: input.app,
        app_authorization_arn: "arn:a-1",
        app_bundle_arn: bundle,
        auth_type: input.auth_type,
        created_at: time,
        status: "PendingConnect",
        tenant: input.tenant,
        updated_at: time,
    };
    Ok((
        StatusCode::CREATED,
        Json(CreateOutput {
            app_authorization: authorization,
        }),
    ))
}

pub(crate) async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router: Router = Router::new()
        .route("/appbundles", get(list))
        .route("/appbundles/{bundle}/appauthorizations", post(create));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let service = TowerToHyperService::new(router.clone());
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    address
}
