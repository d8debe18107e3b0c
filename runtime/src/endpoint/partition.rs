//! Partitions: separate groups of AWS Regions.

/// A partition: a group of regions, and the names of hosts in it. The result of `aws.partition`.
///
/// <https://smithy.io/2.0/aws/rules-engine/library-functions.html#partition-structure>
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// The name of the partition, such as `aws-cn`.
    pub name: &'static str,
    /// The suffix of hosts.
    pub dns_suffix: &'static str,
    /// The suffix of hosts that support both IPv4 and IPv6.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether there are endpoints with FIPS-validated cryptography.
    pub supports_fips: bool,
    /// Whether there are endpoints that support both IPv4 and IPv6.
    pub supports_dual_stack: bool,
    /// The region of signatures for services without regions.
    pub implicit_global_region: &'static str,
    /// The prefixes of region names, which are followed by a word and a number.
    pub(super) prefixes: &'static [&'static str],
    /// Pseudo regions of global services.
    pub(super) global_regions: &'static [&'static str],
}

impl Partition {
    /// Whether the name of a region has the form `<prefix>-<word>-<number>`.
    pub(super) fn has(&self, region: &str) -> bool {
        let matches = |prefix: &&str| {
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
        self.global_regions.contains(&region) || self.prefixes.iter().any(matches)
    }
}
