//! Templates of malformed request tests: texts with parameters, `$name:L`, `${name:S}`.

use std::collections::HashMap;
use std::fmt;

/// The values of parameters, by name.
pub(crate) type Values<'a> = HashMap<&'a str, &'a str>;

/// A text with parameters (Smithy, "HTTP protocol compliance tests", `testParameters`). `$$` is a
/// dollar sign.
pub(crate) struct Template<'t>(Vec<Part<'t>>);

enum Part<'t> {
    Text(&'t str),
    Parameter { name: &'t str, format: Format },
}

/// How the value of a parameter is written.
#[derive(Clone, Copy)]
enum Format {
    /// As it is.
    Literal,
    /// As a string in quotation marks, with the escapes of Java.
    Quoted,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadTemplate {
    /// A dollar sign that starts no parameter, with the text that follows it.
    Form(String),
    /// A parameter that has no value in a case.
    NoValue(String),
}

impl fmt::Display for BadTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(text) => write!(f, "`{text}` is not a parameter"),
            Self::NoValue(name) => {
                write!(
                    f,
                    "the parameter `{name}` does not have a value in each case"
                )
            }
        }
    }
}

impl std::error::Error for BadTemplate {}

impl<'t> Template<'t> {
    pub(crate) fn parse(text: &'t str) -> Result<Self, BadTemplate> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            parts.push(Part::Text(before));
            rest = match after.strip_prefix('$') {
                Some(tail) => {
                    parts.push(Part::Text("$"));
                    tail
                }
                None => {
                    let (part, tail) = parameter(after).ok_or_else(|| {
                        BadTemplate::Form(format!(
                            "${}",
                            after.chars().take(20).collect::<String>()
                        ))
                    })?;
                    parts.push(part);
                    tail
                }
            };
        }
        parts.push(Part::Text(rest));
        Ok(Self(parts))
    }

    pub(crate) fn expand(&self, values: &Values<'_>) -> Result<String, BadTemplate> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Parameter { name, format } => {
                    let value = value(name, values)?;
                    match format {
                        Format::Literal => text.push_str(value),
                        Format::Quoted => quote(value, &mut text),
                    }
                }
            }
        }
        Ok(text)
    }

    /// An upper bound of the number of bytes of the expanded text, and of its parts.
    pub(crate) fn size(&self, values: &Values<'_>) -> Result<usize, BadTemplate> {
        let mut total = 0_usize;
        for part in &self.0 {
            let length = match part {
                Part::Text(part) => part.len().saturating_add(1),
                Part::Parameter { name, format } => {
                    let length = value(name, values)?.len();
                    match format {
                        Format::Literal => length.saturating_add(1),
                        Format::Quoted => length.saturating_mul(MOST_OF_ESCAPE).saturating_add(2),
                    }
                }
            };
            total = total.saturating_add(length);
        }
        Ok(total)
    }
}

/// The bytes of the longest escape, `\u001f`.
const MOST_OF_ESCAPE: usize = 6;

fn value<'v>(name: &str, values: &Values<'v>) -> Result<&'v str, BadTemplate> {
    let value = values.get(name).copied();
    value.ok_or_else(|| BadTemplate::NoValue(name.to_owned()))
}

/// The parameter after a dollar sign, and the text after it.
fn parameter(text: &str) -> Option<(Part<'_>, &str)> {
    let braced = text.strip_prefix('{');
    let (name, after) = name(braced.unwrap_or(text))?;
    let (format, tail) = match after.strip_prefix(":L") {
        Some(tail) => (Format::Literal, tail),
        None => (Format::Quoted, after.strip_prefix(":S")?),
    };
    let tail = match braced {
        Some(_) => tail.strip_prefix('}')?,
        None => tail,
    };
    Some((Part::Parameter { name, format }, tail))
}

fn name(text: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text.split_at_checked(end)
        .filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
}

/// Appends a string with the escapes of Java, which JSON shares.
fn quote(value: &str, text: &mut String) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            c if c.is_ascii_control() => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(text: &str) -> Result<String, BadTemplate> {
        let values = Values::from([("value", "a\"\n\u{1}"), ("n", "$n:L")]);
        let template = Template::parse(text)?;
        let expanded = template.expand(&values)?;
        assert!(template.size(&values)? >= expanded.len());
        Ok(expanded)
    }

    #[test]
    fn parameters_are_replaced() {
        for (template, expanded) in [
            ("", ""),
            ("{ \"a\": $value:S }", "{ \"a\": \"a\\\"\\n\\u0001\" }"),
            ("$value:L$value:L", "a\"\n\u{1}a\"\n\u{1}"),
            ("${n:L}s and $n:Ls", "$n:Ls and $n:Ls"),
            ("^[a-m]+$$", "^[a-m]+$"),
            ("$$n:L", "$n:L"),
        ] {
            assert_eq!(expand(template).as_deref(), Ok(expanded), "{template}");
        }
    }

    #[test]
    fn other_dollar_signs_are_errors() {
        for template in ["$", "a $ b", "$n", "$n:X", "${n:L", "$1:L", "$:L", "$ n:L"] {
            let error = expand(template).unwrap_err();
            assert!(matches!(error, BadTemplate::Form(_)), "{template}");
        }
        let error = expand("$other:L").unwrap_err();
        assert_eq!(error, BadTemplate::NoValue("other".to_owned()));
    }
}
