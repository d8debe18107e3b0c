//! Partitions: the groups of regions that AWS keeps apart.

/// A group of regions, and how hosts in it are named: what `aws.partition` returns.
///
/// <https://smithy.io/2.0/aws/rules-engine/library-functions.html#partition-structure>
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// Its name, such as `aws-cn`.
    pub name: &'static str,
    /// What hosts end in.
    pub dns_suffix: &'static str,
    /// What hosts end in that are reached over IPv6, too.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether there are endpoints that use FIPS-validated cryptography.
    pub supports_fips: bool,
    /// Whether there are endpoints that are reached over IPv6, too.
    pub supports_dual_stack: bool,
    /// The region that services of no region sign for.
    pub implicit_global_region: &'static str,
    /// What its regions' names start with, before a word and a number.
    prefixes: &'static [&'static str],
    /// The region that stands for all of them; it has no number.
    global: Option<&'static str>,
}

/// AWS's own, the partition of every region that belongs to no other.
static AWS: Partition = Partition {
    name: "aws",
    dns_suffix: "amazonaws.com",
    dual_stack_dns_suffix: "api.aws",
    supports_fips: true,
    supports_dual_stack: true,
    implicit_global_region: "us-east-1",
    prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    global: Some("aws-global"),
};

static OTHERS: [Partition; 7] = [
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        implicit_global_region: "cn-northwest-1",
        prefixes: &["cn"],
        global: Some("aws-cn-global"),
        ..AWS
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        implicit_global_region: "eusc-de-east-1",
        prefixes: &["eusc-de"],
        global: None,
        ..AWS
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        implicit_global_region: "us-iso-east-1",
        prefixes: &["us-iso"],
        global: Some("aws-iso-global"),
        ..AWS
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        implicit_global_region: "us-isob-east-1",
        prefixes: &["us-isob"],
        global: Some("aws-iso-b-global"),
        ..AWS
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        implicit_global_region: "eu-isoe-west-1",
        prefixes: &["eu-isoe"],
        global: Some("aws-iso-e-global"),
        ..AWS
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        implicit_global_region: "us-isof-south-1",
        prefixes: &["us-isof"],
        global: Some("aws-iso-f-global"),
        ..AWS
    },
    Partition {
        name: "aws-us-gov",
        implicit_global_region: "us-gov-west-1",
        prefixes: &["us-gov"],
        global: Some("aws-us-gov-global"),
        ..AWS
    },
];

/// The partition of a region, known or yet to come. One that looks like no other partition's is
/// taken for one of AWS's own, as every SDK does.
///
/// <https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function>
pub fn partition(region: &str) -> &'static Partition {
    OTHERS
        .iter()
        .find(|partition| partition.has(region))
        .unwrap_or(&AWS)
}

impl Partition {
    /// Whether a region is named as in this partition: `<prefix>-<word>-<number>`.
    fn has(&self, region: &str) -> bool {
        let named = |prefix: &&str| {
            let rest = region
                .strip_prefix(*prefix)
                .and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.split_once('-'))
                .is_some_and(|(word, number)| {
                    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
                    !word.is_empty()
                        && word.bytes().all(is_word)
                        && !number.is_empty()
                        && number.bytes().all(|byte| byte.is_ascii_digit())
                })
        };
        self.global == Some(region) || self.prefixes.iter().any(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use std::path::Path;

    #[test]
    fn regions_to_come_are_recognized() {
        for (region, name) in [
            ("us-north-17", "aws"),
            ("cn-south-2", "aws-cn"),
            ("us-gov-north-1", "aws-us-gov"),
            ("us-isob-south_2-10", "aws-iso-b"),
            ("aws-cn-global", "aws-cn"),
            ("us-gov-west", "aws"),
            ("us-gov-west-1a", "aws"),
            ("us-gov--1", "aws"),
            ("us-gov-west-", "aws"),
            ("us-gov-west-1-1", "aws"),
            ("local", "aws"),
            ("", "aws"),
        ] {
            assert_eq!(partition(region).name, name, "{region}");
        }
    }

    /// Every partition and region of AWS's own table. A region to come is the pattern with its
    /// parts filled in.
    #[test]
    fn the_table_is_that_of_aws() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/partitions.json");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: there is no {}", path.display());
            return;
        };
        let table: Value = serde_json::from_str(&text).unwrap();
        let partitions = table["partitions"].as_array().unwrap();
        assert_eq!(partitions.len(), OTHERS.len() + 1);
        for (expected, ours) in partitions.iter().zip(std::iter::once(&AWS).chain(&OTHERS)) {
            let outputs = json!({
                "name": ours.name,
                "dnsSuffix": ours.dns_suffix,
                "dualStackDnsSuffix": ours.dual_stack_dns_suffix,
                "supportsFIPS": ours.supports_fips,
                "supportsDualStack": ours.supports_dual_stack,
                "implicitGlobalRegion": ours.implicit_global_region,
            });
            assert_eq!(expected["outputs"], outputs);
            for region in expected["regions"].as_object().unwrap().keys() {
                assert!(ours.has(region), "{region}");
                assert_eq!(partition(region), ours, "{region}");
            }
            let prefixes = ours.prefixes.join("|");
            let alternatives = expected["regionRegex"]
                .as_str()
                .unwrap()
                .replace(r"\-", "-");
            let plain = alternatives.replace(['(', ')'], "");
            assert_eq!(plain, format!(r"^{prefixes}-\w+-\d+$"));
        }
    }
}
