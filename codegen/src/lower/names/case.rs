//! Case conversion of Smithy names. Names equal those of the AWS SDK for Rust.
//!
//! The SDK has two rules for splitting names into words. Fields, methods and modules follow the
//! rule of smithy-rs (`toSnakeCase` in `Strings.kt`), which recognizes plural acronyms and units.
//! Types and variants follow the rule of Smithy (`CaseUtils` in smithy-utils), which does not. So
//! `VPCIDs` is the field `vpcids` and the type `VpciDs`.

/// Units, which are one word despite their capitals.
const UNITS: [&str; 7] = ["ipv4", "ipv6", "sigv4", "mib", "gib", "kib", "ttl"];

/// `snake_case` for fields, methods and modules.
pub(crate) fn snake_case(name: &str) -> String {
    let all_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
    let mut out = String::with_capacity(name.len() + 8);
    let mut word = Word::default();
    let mut rest = name.as_bytes().iter();
    while let Some(&byte) = rest.next() {
        let starts_word = !word.is_empty() && word.ends_before(byte, rest.as_slice(), all_lower);
        if !byte.is_ascii_alphanumeric() || starts_word {
            word = Word::default();
        }
        if byte.is_ascii_alphanumeric() {
            if word.is_empty() {
                word.unit = unit_at(byte, rest.as_slice());
                if !out.is_empty() {
                    out.push('_');
                }
            }
            word.push(byte);
            out.push(byte.to_ascii_lowercase().into());
        }
    }
    out
}

/// `PascalCase` for types and variants.
pub(crate) fn pascal_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut previous = b'_';
    let mut rest = name.as_bytes().iter();
    while let Some(&byte) = rest.next() {
        let next_is_lower = rest.as_slice().first().is_some_and(u8::is_ascii_lowercase);
        let starts_word = match previous {
            b'_' | b'-' | b' ' => true,
            b'A'..=b'Z' => byte.is_ascii_uppercase() && next_is_lower,
            _ => byte.is_ascii_uppercase(),
        };
        if !matches!(byte, b'_' | b'-' | b' ') {
            out.push(
                if starts_word {
                    byte.to_ascii_uppercase()
                } else {
                    byte.to_ascii_lowercase()
                }
                .into(),
            );
        }
        previous = byte;
    }
    out
}

/// The current word.
#[derive(Default)]
struct Word {
    last: u8,
    length: usize,
    /// The length of the unit at its start.
    unit: usize,
}

impl Word {
    fn is_empty(&self) -> bool {
        self.length == 0
    }

    fn push(&mut self, byte: u8) {
        self.last = byte;
        self.length += 1;
    }

    /// Whether the word ends before this letter or digit.
    fn ends_before(&self, byte: u8, rest: &[u8], all_lower: bool) -> bool {
        let in_unit = self.length < self.unit;
        let after_lower = byte.is_ascii_uppercase() && !self.last.is_ascii_uppercase();
        // `s3key` is `s3_key`, but `S3key` is one word.
        let after_digit = all_lower && self.last.is_ascii_digit() && byte.is_ascii_lowercase();
        !in_unit && (after_lower || after_digit)
            || self.last.is_ascii_uppercase() && ends_acronym(byte, rest)
    }
}

/// Whether a capital after a capital starts a word: the `P` of `DBProxy` does, but not the `L` of
/// `ACLs` or the `B` of `DynamoDBv2`.
fn ends_acronym(byte: u8, rest: &[u8]) -> bool {
    byte.is_ascii_uppercase()
        && match rest {
            [b's', after, ..] => after.is_ascii_lowercase(),
            [b'v', after, ..] => !after.is_ascii_digit(),
            [next, ..] => next.is_ascii_lowercase() && *next != b's',
            [] => false,
        }
}

/// The length of the unit that starts here, or 0.
fn unit_at(first: u8, rest: &[u8]) -> usize {
    let starts = |unit: &&str| {
        let (head, tail) = unit.as_bytes().split_first().unwrap_or((&0, &[]));
        first.eq_ignore_ascii_case(head)
            && rest
                .get(..tail.len())
                .is_some_and(|text| text.eq_ignore_ascii_case(tail))
    };
    UNITS
        .iter()
        .find(|unit| starts(unit))
        .map_or(0, |unit| unit.len())
}

#[cfg(test)]
mod tests {
    use super::{pascal_case, snake_case};

    /// Names of fields, methods and modules in the official crates; those with a star are in
    /// smithy-rs's own tests.
    #[test]
    fn fields_are_those_of_the_official_crates() {
        #[rustfmt::skip]
        let cases = [
            // aws-sdk-iot
            ("dynamoDBv2", "dynamo_dbv2"), ("DynamoDBv2Action", "dynamo_dbv2_action"), ("dynamoDB", "dynamo_db"),
            ("enableIoTLoggingParams", "enable_io_t_logging_params"), ("caCertificatePem", "ca_certificate_pem"),
            ("additionalMetricsToRetainV2", "additional_metrics_to_retain_v2"),
            // aws-sdk-guardduty, aws-sdk-lambda
            ("ETag", "e_tag"), ("IpAddressV6", "ip_address_v6"), ("KMSKeyArn", "kms_key_arn"),
            ("Ipv6AllowedForDualStack", "ipv6_allowed_for_dual_stack"),
            // aws-sdk-quicksight, aws-sdk-connect, aws-sdk-mediaconvert
            ("OAuthParameters", "o_auth_parameters"), ("LexV2Bot", "lex_v2_bot"), ("M3u8Settings", "m3u8_settings"),
            ("AWSManagedClientApplicationReference", "aws_managed_client_application_reference"),
            ("memoryGiBPerVCpu", "memory_gib_per_v_cpu"), ("Av1QvbrSettings", "av1_qvbr_settings"),
            // *
            ("ACLs", "acls"), ("ACLsUpdateStatus", "acls_update_status"), ("AllowedAllVPCs", "allowed_all_vpcs"),
            ("AuthTtL", "auth_ttl"), ("CNAMEPrefix", "cname_prefix"), ("IAMUser", "iam_user"),
            ("OtaaV1_0_x", "otaa_v1_0_x"), ("SupportsClassB", "supports_class_b"), ("WriteIOs", "write_ios"),
            ("TotalGpuMemoryInMiB", "total_gpu_memory_in_mib"), ("s3key", "s3_key"), ("sha256sum", "sha256_sum"),
            ("SigV4Authorization", "sigv4_authorization"), ("IpV6Address", "ipv6_address"), ("sigv4", "sigv4"),
            ("signatureS", "signature_s"), ("BluePrimaryX", "blue_primary_x"),
            // What Smithy allows and AWS does not have.
            ("_1Password", "1_password"), ("__a__b__", "a_b"), ("_", ""), ("x-ray", "x_ray"),
            ("ABCs", "abcs"), ("ABCv", "ab_cv"), ("ABCv2", "abcv2"), ("MiBs", "mibs"), ("IPv", "i_pv"),
        ];
        for (name, expected) in cases {
            assert_eq!(snake_case(name), expected, "{name}");
        }
    }

    /// Names of types and variants in the official crates.
    #[test]
    fn types_are_those_of_the_official_crates() {
        let cases = [
            // aws-sdk-iot, aws-sdk-quicksight
            ("DynamoDBv2Action", "DynamoDBv2Action"),
            ("AWSIoTFleetWise", "AwsIoTFleetWise"),
            ("EnableIoTLoggingParams", "EnableIoTLoggingParams"),
            ("OAuthParameters", "OAuthParameters"),
            // aws-sdk-mediaconvert, aws-sdk-appfabric
            ("CLASS_4K_2K", "Class4K2K"),
            ("M2TS", "M2Ts"),
            ("M3U8", "M3U8"),
            ("SMPTE_170M", "Smpte170M"),
            ("ITU_2100ICtCp", "Itu2100ICtCp"),
            ("appBundle", "AppBundle"),
            // What Smithy allows and AWS does not have.
            ("x-ray", "XRay"),
            ("__a__b__", "AB"),
            ("_1Password", "1Password"),
            ("_", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(pascal_case(name), expected, "{name}");
        }
    }
}
