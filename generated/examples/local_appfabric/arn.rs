//! ARNs (*Service Authorization Reference*, Resource types defined by AWS AppFabric).

use super::account::Caller;

/// The ARN of an app bundle.
pub(crate) fn app_bundle(caller: &Caller, id: &str) -> String {
    let Caller { account, region } = caller;
    let partition = partition(region);
    format!("arn:{partition}:appfabric:{region}:{account}:appbundle/{id}")
}

/// The ARN of an app authorization.
pub(crate) fn app_authorization(bundle: &str, id: &str) -> String {
    format!("{bundle}/appauthorization/{id}")
}

/// The ARN of an ingestion.
pub(crate) fn ingestion(bundle: &str, id: &str) -> String {
    format!("{bundle}/ingestion/{id}")
}

/// The ARN of an ingestion destination.
pub(crate) fn ingestion_destination(ingestion: &str, id: &str) -> String {
    format!("{ingestion}/ingestiondestination/{id}")
}

fn partition(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}
