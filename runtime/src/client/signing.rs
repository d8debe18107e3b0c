//! Signature Version 4 (AWS, *IAM User Guide*, Signature Version 4 for API requests).

use super::BoxError;
use crate::endpoint::Resolved;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use std::time::{Duration, SystemTime};

/// Where the signature goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Into headers, for a request that is sent now.
    Headers,
    /// Into the query, for a request that may be sent so long.
    Query(Duration),
}

/// The scope of signatures: a service in a region, and how it wants paths.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) name: String,
    pub(super) region: String,
    double_encoding: bool,
    normalize_path: bool,
}

impl Scope {
    pub(super) fn new(name: String, region: String, resolved: &Resolved) -> Self {
        Self {
            name,
            region,
            double_encoding: !resolved.disable_double_encoding,
            normalize_path: !resolved.disable_normalize_path,
        }
    }

    /// Signs a request: its host, all its headers but `User-Agent`, path, query and body.
    pub(super) fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        credentials: Credentials,
        time: SystemTime,
        form: Form,
    ) -> Result<(), BoxError> {
        let identity = credentials.into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(&self.name)
            .time(time)
            .settings(self.settings(form))
            .build()?
            .into();
        let uri = request.uri().to_string();
        // Only ASCII gets into a header.
        let headers =
            request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()));
        let signable = SignableRequest::new(
            request.method().as_str(),
            uri,
            headers,
            SignableBody::Bytes(request.body()),
        )?;
        // The signer traces the request it signs, and that may hold secrets.
        let silent = tracing::Dispatch::none();
        let signed = tracing::dispatcher::with_default(&silent, || sign(signable, &params))?;
        signed.into_parts().0.apply_to_request_http1x(request);
        if let Some(authorization) = request.headers_mut().get_mut(AUTHORIZATION) {
            authorization.set_sensitive(true);
        }
        Ok(())
    }

    fn settings(&self, form: Form) -> SigningSettings {
        let mut settings = SigningSettings::default();
        if !self.double_encoding {
            settings.percent_encoding_mode = PercentEncodingMode::Single;
        }
        if !self.normalize_path {
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        }
        if let Form::Query(expires_in) = form {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = Some(expires_in);
        }
        settings
    }
}
