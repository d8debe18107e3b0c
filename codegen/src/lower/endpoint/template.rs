//! Splits template strings and `getAttr` paths.

/// A part of a template string.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(String),
    /// The content of `{name}` or `{name#path}`.
    Place {
        name: &'a str,
        path: Option<&'a str>,
    },
}

/// A step of a `getAttr` path, with an unresolved key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PathStep<'a> {
    Key(&'a str),
    Index(i32),
}

/// Splits a template string. `{{` and `}}` are escaped braces.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string>
pub(super) fn split(template: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, from)) = rest
        .find(['{', '}'])
        .and_then(|at| rest.split_at_checked(at))
    {
        text.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else if let Some(inside) = from.strip_prefix('{') {
            let (place, after) = inside.split_once('}').ok_or("a `{` is not closed")?;
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(place_of(place)?);
            rest = after;
        } else {
            return Err("a `}` has no `{`".to_owned());
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}

fn place_of(place: &str) -> Result<Piece<'_>, String> {
    let (name, path) = match place.split_once('#') {
        Some((name, path)) => (name, Some(path)),
        None => (place, None),
    };
    if is_identifier(name) {
        Ok(Piece::Place { name, path })
    } else {
        Err(format!("`{{{place}}}` is not a parameter or variable"))
    }
}

/// Splits a path such as `resourceId[2]`.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parsing-path-strings>
pub(super) fn path(text: &str) -> Result<Vec<PathStep<'_>>, String> {
    let mut steps = Vec::new();
    for part in text.split('.') {
        if matches!(steps.last(), Some(PathStep::Index(_))) {
            return Err("an index must end the path".to_owned());
        }
        let (key, index) = match part.split_once('[') {
            Some((key, index)) => (key, Some(index)),
            None => (part, None),
        };
        if is_identifier(key) {
            steps.push(PathStep::Key(key));
        } else if index.is_none() || !key.is_empty() {
            return Err(format!("`{key}` is not a key"));
        }
        if let Some(index) = index {
            let digits = index
                .strip_suffix(']')
                .ok_or("a `[` is not closed at the end of the path")?;
            let number = digits
                .parse()
                .map_err(|_| format!("`{digits}` is not an index"))?;
            steps.push(PathStep::Index(number));
        }
    }
    Ok(steps)
}

/// Whether a name is valid in rules. AWS's rules use underscores, which the specification does not
/// mention.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.contains(|character: char| character.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
}
