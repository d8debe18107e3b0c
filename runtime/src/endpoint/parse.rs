//! Parsing of URLs and ARNs.

use crate::endpoint::url::{Endpoint, is_ip};

/// The parts of a URL. The result of `parseURL`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// The host, and the port if there is one.
    pub authority: &'a str,
    /// The unchanged path; `/` if there is none.
    pub path: &'a str,
    /// The path with a slash at the end.
    pub normalized_path: String,
    /// Whether the host is an IPv4 or IPv6 address.
    pub is_ip: bool,
}

/// Parses a URL. `None` if it is not valid, the scheme is neither `http` nor `https`, or it has
/// user information, a query string or a fragment.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parseurl-function>
pub fn parse_url(url: &str) -> Option<Url<'_>> {
    let endpoint = Endpoint::new(url).ok()?;
    let scheme = if endpoint.scheme() == "http" {
        "http"
    } else {
        "https"
    };
    let (_, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
    let path = if path.is_empty() { "/" } else { path };
    let slash = if path.ends_with('/') { "" } else { "/" };
    Some(Url {
        scheme,
        authority,
        path,
        normalized_path: format!("{path}{slash}"),
        is_ip: is_ip(authority),
    })
}

/// The parts of an Amazon Resource Name. The result of `aws.parseArn`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arn<'a> {
    /// The partition's name, never empty.
    pub partition: &'a str,
    /// The service's name, never empty.
    pub service: &'a str,
    /// The region's name; empty for a resource without a region.
    pub region: &'a str,
    /// The account ID; empty for a resource without an account.
    pub account_id: &'a str,
    /// The resource, split at colons and slashes.
    pub resource_id: Vec<&'a str>,
}

/// Parses an ARN. `None` if it has fewer than six parts, or no partition, service or resource.
///
/// <https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-parsearn-function>
pub fn parse_arn(arn: &str) -> Option<Arn<'_>> {
    let mut parts = arn.strip_prefix("arn:")?.splitn(5, ':');
    let (partition, service, region) = (parts.next()?, parts.next()?, parts.next()?);
    let (account_id, resource) = (parts.next()?, parts.next()?);
    if partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Arn {
        partition,
        service,
        region,
        account_id,
        resource_id: resource.split([':', '/']).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specification's examples and the cases of Smithy's own `parse-url` tests.
    #[test]
    fn urls_are_parsed_as_specified() {
        for (url, scheme, authority, path, normalized, is_ip) in [
            (
                "https://example.com",
                "https",
                "example.com",
                "/",
                "/",
                false,
            ),
            (
                "HTTPS://example.com/",
                "https",
                "example.com",
                "/",
                "/",
                false,
            ),
            (
                "http://example.com:80/foo/bar",
                "http",
                "example.com:80",
                "/foo/bar",
                "/foo/bar/",
                false,
            ),
            ("http://99_ab-.com", "http", "99_ab-.com", "/", "/", false),
            (
                "https://999.999.abc.blah",
                "https",
                "999.999.abc.blah",
                "/",
                "/",
                false,
            ),
            ("https://127.0.0.1", "https", "127.0.0.1", "/", "/", true),
            (
                "http://192.168.1.1:1234/foo/",
                "http",
                "192.168.1.1:1234",
                "/foo/",
                "/foo/",
                true,
            ),
            ("https://[fe80::1]", "https", "[fe80::1]", "/", "/", true),
            (
                "https://[2001:db8::7348]:443",
                "https",
                "[2001:db8::7348]:443",
                "/",
                "/",
                true,
            ),
        ] {
            let normalized_path = normalized.to_owned();
            let expected = Url {
                scheme,
                authority,
                path,
                normalized_path,
                is_ip,
            };
            assert_eq!(parse_url(url), Some(expected), "{url}");
        }
        for url in [
            "https://example.com:8443?foo=bar&faz=baz",
            "https://example.com/path?query1=foo",
            "acbd://example.com",
            "http://abc.com:a/foo",
            "example.com",
            "",
        ] {
            assert_eq!(parse_url(url), None, "{url}");
        }
    }

    /// The specification's examples and the cases of Smithy's own `parse-arn` tests.
    #[test]
    fn arns_are_parsed_as_specified() {
        for (arn, parts, resource) in [
            (
                "arn:aws:sns:us-west-2:0123:name",
                ["aws", "sns", "us-west-2", "0123"],
                &["name"][..],
            ),
            (
                "arn:aws:ec2:us-east-1:0123:vpc/vpc-0e",
                ["aws", "ec2", "us-east-1", "0123"],
                &["vpc", "vpc-0e"],
            ),
            (
                "arn:aws:iam::0123:user/johndoe",
                ["aws", "iam", "", "0123"],
                &["user", "johndoe"],
            ),
            (
                "arn:aws:s3:::bucket_name",
                ["aws", "s3", "", ""],
                &["bucket_name"],
            ),
            (
                "arn:aws:s3:us-east-2:01:outpost::",
                ["aws", "s3", "us-east-2", "01"],
                &["outpost", "", ""],
            ),
            (
                "arn:aws:s3:us-east-1:abcd:a/b:c",
                ["aws", "s3", "us-east-1", "abcd"],
                &["a", "b", "c"],
            ),
        ] {
            let found = parse_arn(arn).unwrap();
            assert_eq!(
                [
                    found.partition,
                    found.service,
                    found.region,
                    found.account_id
                ],
                parts,
                "{arn}"
            );
            assert_eq!(found.resource_id, resource, "{arn}");
        }
        for arn in [
            "11111111-2222-3333-4444-555555555555",
            "arn:aws:s3:us-west-2:123456789012:",
            "arn:aws::us-west-2:123456789012:resource-id",
            "arn::s3:us-west-2:123456789012:resource-id",
            "arn:aws:s3:us-west-2:123456789012",
            "",
        ] {
            assert_eq!(parse_arn(arn), None, "{arn}");
        }
    }
}
