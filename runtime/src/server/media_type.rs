//! Media types of requests and responses (RFC 9110 sections 8.3 and 12.5.1).

/// Whether a `content-type` has this media type. Parameters and case are ignored.
pub(super) fn is(content_type: &str, media_type: &str) -> bool {
    essence(content_type).eq_ignore_ascii_case(essence(media_type))
}

/// Whether an `accept` header includes this media type.
pub(super) fn accepts(accept: &str, media_type: &str) -> bool {
    let main = |text: &str| {
        text.split('/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    accept.split(',').any(|range| {
        let refused = range.split(';').skip(1).any(|parameter| {
            let quality = parameter.trim().strip_prefix("q=");
            quality.is_some_and(|quality| quality.trim_matches(['0', '.']).is_empty())
        });
        let wanted = essence(range);
        !refused
            && (wanted == "*/*"
                || wanted.eq_ignore_ascii_case(essence(media_type))
                || wanted.ends_with("/*") && main(wanted) == main(media_type))
    })
}

/// The media type without parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_and_case_are_ignored() {
        assert!(is("Application/JSON; charset=utf-8", "application/json"));
        assert!(!is("application/json5", "application/json"));
        assert!(!is("", "application/json"));
    }

    #[test]
    fn ranges_include_media_types() {
        for accept in ["*/*", "application/*", "text/html, application/json;q=0.5"] {
            assert!(accepts(accept, "application/json"), "{accept}");
        }
        for accept in ["text/*", "application/hal+json", "application/json;q=0", ""] {
            assert!(!accepts(accept, "application/json"), "{accept}");
        }
    }
}
