//! What strings in traits must look like.

/// Whether a text is a name of XML: a local name, or a prefix and a local name.
pub(crate) fn is_xml_name(text: &str) -> bool {
    let part = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    match text.split_once(':') {
        Some((prefix, name)) => part(prefix) && part(name),
        None => part(text),
    }
}

/// Whether a text can name a value in the `enum` trait.
pub(crate) fn is_enum_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a text is a media type of RFC 6838: `type/subtype`, then parameters `; name=value`.
pub(crate) fn is_media_type(text: &str) -> bool {
    let Some((kind, mut rest)) = text.split_once('/') else {
        return false;
    };
    let subtype_end = rest.find(';').unwrap_or(rest.len());
    let (subtype, parameters) = rest.split_at(subtype_end);
    if !is_token(kind) || !is_token(subtype.trim_end()) {
        return false;
    }
    rest = parameters;
    while let Some(parameter) = rest.strip_prefix(';') {
        let Some((name, value)) = parameter.trim_start().split_once('=') else {
            return false;
        };
        let Some(after) = skip_value(value) else {
            return false;
        };
        if !is_token(name) {
            return false;
        }
        rest = after.trim_start();
    }
    rest.is_empty()
}

/// What follows the value of a parameter, a token or a quoted string.
fn skip_value(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('"') {
        let mut escaped = false;
        let end = quoted.find(|c| match c {
            '"' if !escaped => true,
            c => {
                escaped = c == '\\' && !escaped;
                false
            }
        })?;
        return quoted.get(end + 1..);
    }
    let end = text.find(|c: char| !is_token_char(c)).unwrap_or(text.len());
    (end > 0).then(|| text.get(end..)).flatten()
}

/// Whether a text is a token of RFC 9110: the name of a header or method.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_char)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::is_media_type;

    #[test]
    fn media_types() {
        for good in [
            "text/plain",
            "application/vnd.a+json; charset=utf-8; q=\"a;\\\"b\"",
            "a/b;c=d",
        ] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in [
            "",
            "text",
            "text/",
            "/a",
            "a/b;",
            "a/b; c",
            "a/b; c=",
            "a/b; c=,",
            "a/b; c=d;",
            "a/b; c=\"d",
        ] {
            assert!(!is_media_type(bad), "{bad}");
        }
    }
}
