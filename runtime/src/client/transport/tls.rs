//! TLS: the certificates that a client trusts.

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::load_native_certs;
use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// The largest file of certificates that is read, in bytes. The bundle of Mozilla has 230 KB.
const MAX_BUNDLE: u64 = 16 << 20;

/// The certificates that a client trusts.
#[derive(Clone, Default)]
pub(super) struct Trust {
    /// The whole configuration; the other fields do not count then.
    pub(super) config: Option<ClientConfig>,
    /// A file in PEM format instead of the certificates of the operating system, and the setting
    /// that names it.
    pub(super) bundle: Option<(&'static str, PathBuf)>,
    /// More certificates in PEM format.
    pub(super) more: Vec<Vec<u8>>,
}

impl Trust {
    /// The TLS configuration.
    ///
    /// # Errors
    /// The reason why TLS is not usable.
    pub(super) fn config(&self) -> Result<ClientConfig, String> {
        if let Some(config) = &self.config {
            return Ok(config.clone());
        }
        let mut roots = RootCertStore::empty();
        match &self.bundle {
            Some((setting, path)) => {
                let text = read(path).map_err(|error| {
                    format!("cannot read the certificates of {setting}, {path:?}: {error}")
                })?;
                add(&mut roots, &text).map_err(|error| format!("{setting}, {path:?}: {error}"))?;
            }
            None => add_native(&mut roots)?,
        }
        for text in &self.more {
            add(&mut roots, text).map_err(|error| format!("root_certificates: {error}"))?;
        }
        trusting(roots)
    }
}

/// The TLS configuration that trusts these certificates.
pub(super) fn trusting(roots: RootCertStore) -> Result<ClientConfig, String> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Whether an error comes from TLS.
pub(super) fn is_tls(error: &(dyn Error + 'static)) -> bool {
    // `source` of an I/O error is the source of the wrapped error, not the wrapped error.
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    error.is::<rustls::Error>()
        || wrapped.is_some_and(|error| is_tls(error))
        || error.source().is_some_and(is_tls)
}

/// Reads a file of limited size.
fn read(path: &PathBuf) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(path)
        .map_err(|error| error.to_string())?
        .len();
    if size > MAX_BUNDLE {
        return Err(format!(
            "it has {size} bytes, more than the maximum of {MAX_BUNDLE}"
        ));
    }
    std::fs::read(path).map_err(|error| error.to_string())
}

/// Adds the certificates of a text in PEM format.
fn add(roots: &mut RootCertStore, text: &[u8]) -> Result<(), String> {
    let mut count = 0;
    for certificate in CertificateDer::pem_slice_iter(text) {
        count += 1;
        let certificate = certificate
            .map_err(|error| format!("certificate {count} is not valid PEM: {error:?}"))?;
        roots
            .add(certificate)
            .map_err(|error| format!("certificate {count} is not usable: {error}"))?;
    }
    match count {
        0 => Err("there is no certificate in PEM format".to_owned()),
        _ => Ok(()),
    }
}

/// Adds the certificates of the operating system. Some of them may be unusable.
fn add_native(roots: &mut RootCertStore) -> Result<(), String> {
    let loaded = load_native_certs();
    let (added, _) = roots.add_parsable_certificates(loaded.certs);
    if added > 0 {
        return Ok(());
    }
    let reasons: Vec<String> = loaded.errors.iter().map(ToString::to_string).collect();
    Err(match reasons.as_slice() {
        [] => "the operating system has no certificates".to_owned(),
        reasons => format!(
            "cannot load the certificates of the operating system: {}",
            reasons.join("; ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(trust: &Trust) -> String {
        trust.config().err().unwrap()
    }

    #[test]
    fn errors_name_setting_and_file() {
        let file = |name: &str| Trust {
            bundle: Some(("AWS_CA_BUNDLE", PathBuf::from(name))),
            ..Trust::default()
        };
        let text = error(&file("/no/such/file.pem"));
        assert!(
            text.starts_with(
                "cannot read the certificates of AWS_CA_BUNDLE, \"/no/such/file.pem\": "
            ),
            "{text}"
        );
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let text = error(&file(manifest));
        assert!(
            text.starts_with("AWS_CA_BUNDLE, ")
                && text.ends_with("there is no certificate in PEM format"),
            "{text}"
        );
        let more = |text: &str| Trust {
            more: vec![text.as_bytes().to_vec()],
            ..Trust::default()
        };
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let text = error(&more(broken));
        assert!(
            text.starts_with("root_certificates: certificate 1 is not usable: "),
            "{text}"
        );
    }
}
