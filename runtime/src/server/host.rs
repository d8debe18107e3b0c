//! Host prefixes of operations (Smithy, *Endpoint traits*, endpoint trait).

use http::header::HOST;
use http::request::Parts;

/// Whether the host of a request starts with a prefix, such as `{account}.data.`.
pub(super) fn starts_with(head: &Parts, prefix: &str) -> bool {
    let header = || head.headers.get(HOST)?.to_str().ok();
    head.uri
        .host()
        .or_else(header)
        .is_some_and(|host| matches(host, prefix))
}

/// Whether a host starts with a prefix, whose labels match one or more characters except dots.
fn matches(host: &str, prefix: &str) -> bool {
    let mut rest = host;
    let mut label = false;
    for part in prefix.split('}') {
        let (literal, next) = part
            .split_once('{')
            .map_or((part, false), |(literal, _)| (literal, true));
        let start = if label {
            let Some(start) = rest.find(literal) else {
                return false;
            };
            let text = rest.get(..start).unwrap_or_default();
            if text.is_empty() || text.contains('.') {
                return false;
            }
            start
        } else {
            0
        };
        let Some(after) = rest
            .get(start..)
            .and_then(|rest| rest.strip_prefix(literal))
        else {
            return false;
        };
        (rest, label) = (after, next);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_match_one_part_of_the_host() {
        for (host, prefix, expected) in [
            ("data.example.com", "data.", true),
            ("example.com", "data.", false),
            ("a-1.data.example.com", "{account}.data.", true),
            (".data.example.com", "{account}.data.", false),
            ("a.b.data.example.com", "{account}.data.", false),
            ("foo.a.example.com", "foo.{label}.", true),
            ("foo.a.b.example.com", "{one}.{two}.b.", true),
        ] {
            assert_eq!(matches(host, prefix), expected, "{host} {prefix}");
        }
    }
}
