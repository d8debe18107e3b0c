use super::truncate::truncate;
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// An absolute shape id: `namespace#Name` or `namespace#Name$member` (Smithy specification, "Shape
/// ID").
///
/// Ids order by their text, and cloning one copies a pointer. A map keyed by ids can be searched by
/// `&str`.
#[derive(Clone)]
pub struct ShapeId {
    text: Arc<str>,
    hash: usize,
    dollar: Option<usize>,
}

/// The maximum length of an id or a member name, in bytes. Each member id repeats the id of its
/// shape, so memory grows with the square of the length. The longest id in AWS's models has 182.
const LONGEST: usize = 1_000;

impl ShapeId {
    /// Parses an absolute shape id.
    pub fn parse(text: &str) -> Result<Self, InvalidShapeId> {
        let invalid = || InvalidShapeId {
            text: text.to_owned(),
        };
        if text.len() > LONGEST {
            return Err(invalid());
        }
        let (namespace, rest) = text.split_once('#').ok_or_else(invalid)?;
        let (name, member) = match rest.split_once('$') {
            Some((name, member)) => (name, Some(member)),
            None => (rest, None),
        };
        let valid = namespace.split('.').all(is_identifier)
            && is_identifier(name)
            && member.is_none_or(is_identifier);
        if !valid {
            return Err(invalid());
        }
        let hash = namespace.len();
        Ok(Self {
            text: text.into(),
            hash,
            dollar: member.map(|_| hash + 1 + name.len()),
        })
    }

    /// Creates an id without member from a literal of this crate.
    pub(crate) fn constant(text: &'static str) -> Self {
        Self {
            text: text.into(),
            hash: text.find('#').unwrap_or_default(),
            dollar: None,
        }
    }

    /// Returns the whole id.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the part before `#`.
    pub fn namespace(&self) -> &str {
        self.slice(0, self.hash)
    }

    /// Returns the name of the shape, without namespace and member.
    pub fn name(&self) -> &str {
        self.slice(self.hash + 1, self.container_end())
    }

    /// Returns the name of the member, if this is the id of a member.
    pub fn member(&self) -> Option<&str> {
        self.dollar
            .map(|dollar| self.slice(dollar + 1, self.text.len()))
    }

    /// Returns the id of a member of this shape, or of its container if this is the id of a member.
    ///
    /// `member` is not checked: names in a loaded model are identifiers.
    pub fn with_member(&self, member: &str) -> ShapeId {
        let end = self.container_end();
        let text = format!("{}${member}", self.slice(0, end));
        Self {
            text: text.into(),
            hash: self.hash,
            dollar: Some(end),
        }
    }

    /// Returns the id of the shape that contains this member, or the id itself if it is not the id
    /// of a member.
    pub fn container(&self) -> ShapeId {
        match self.dollar {
            Some(end) => Self {
                text: self.slice(0, end).into(),
                hash: self.hash,
                dollar: None,
            },
            None => self.clone(),
        }
    }

    /// Returns whether the id is in the namespace of the prelude, `smithy.api`.
    pub fn is_prelude(&self) -> bool {
        self.namespace() == "smithy.api"
    }

    fn container_end(&self) -> usize {
        self.dollar.unwrap_or(self.text.len())
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Returns whether `text` is an identifier: a letter, or underscores followed by a letter or digit,
/// then letters, digits and underscores (Smithy specification, "Shape ID ABNF").
pub(crate) fn is_identifier(text: &str) -> bool {
    let stripped = text.trim_start_matches('_');
    let starts_well = match stripped.bytes().next() {
        Some(first) if stripped.len() == text.len() => first.is_ascii_alphabetic(),
        Some(first) => first.is_ascii_alphanumeric(),
        None => false,
    };
    starts_well && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Returns why a text is not an identifier, worded to follow its name, or `None` if it is one.
pub(crate) fn flaw(text: &str) -> Option<String> {
    let foreign = |c: &char| !c.is_ascii_alphanumeric() && *c != '_';
    if text.len() > LONGEST {
        Some(format!("has more than {LONGEST} bytes"))
    } else if is_identifier(text) {
        None
    } else if text.is_empty() {
        Some("is empty".to_owned())
    } else if let Some(c) = text.chars().find(foreign) {
        Some(format!("contains the character `{}`", c.escape_debug()))
    } else if text.starts_with('_') {
        Some("contains only underscores".to_owned())
    } else {
        Some("starts with a digit".to_owned())
    }
}

/// The help on invalid identifiers.
pub(crate) const IDENTIFIERS: &str = "use letters, digits and underscores, and start with a letter";

impl Borrow<str> for ShapeId {
    fn borrow(&self) -> &str {
        &self.text
    }
}

// `Borrow<str>` requires the equality, order and hash of the text.
impl PartialEq for ShapeId {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for ShapeId {}

impl PartialEq<str> for ShapeId {
    fn eq(&self, other: &str) -> bool {
        &*self.text == other
    }
}

impl PartialOrd for ShapeId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ShapeId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for ShapeId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How many bytes of a text that is too long an error shows.
const SHOWN: usize = 40;

/// The error for a text that is not an absolute shape id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidShapeId {
    text: String,
}

impl InvalidShapeId {
    /// The text as it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the part that is not an identifier, and why. `None` if the text has no namespace.
    pub(crate) fn flaw(&self) -> Option<(&str, String)> {
        let (namespace, rest) = self.text.split_once('#')?;
        let (name, member) = rest
            .split_once('$')
            .map_or((rest, None), |(name, member)| (name, Some(member)));
        if self.text.len() > LONGEST {
            return Some((
                truncate(&self.text, SHOWN),
                format!("… has more than {LONGEST} bytes"),
            ));
        }
        let mut parts = namespace.split('.').chain([name]).chain(member);
        parts.find_map(|part| Some((part, flaw(part)?)))
    }
}

impl fmt::Display for InvalidShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not an absolute shape id",
            truncate(&self.text, LONGEST)
        )?;
        match self.flaw() {
            Some(("", _)) => f.write_str(": one of its parts is empty"),
            Some((part, flaw)) => write!(f, ": `{part}` {flaw}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for InvalidShapeId {}

#[cfg(test)]
mod tests {
    use super::ShapeId;
    use indexmap::IndexMap;

    #[test]
    fn parts() {
        let id = ShapeId::parse("com.example#Thing$name").unwrap();
        assert_eq!(
            (id.namespace(), id.name(), id.member()),
            ("com.example", "Thing", Some("name"))
        );
        assert_eq!(id.container().as_str(), "com.example#Thing");
        assert_eq!(
            id.container().with_member("other").as_str(),
            "com.example#Thing$other"
        );
        assert_eq!(id.with_member("other").as_str(), "com.example#Thing$other");
        assert_eq!(id.container().member(), None);
        assert!(!id.is_prelude());
        assert!(ShapeId::parse("smithy.api#String").unwrap().is_prelude());
    }

    #[test]
    fn grammar() {
        for good in ["a#b", "_a#__b", "a.b.c#D$e", "a#_1", "a_1#b_2$c3"] {
            assert!(ShapeId::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "", "a", "#b", "a#", "a#b$", "a#b$c$d", "a..b#c", ".a#b", "a#1", "a#_", "a#b-c", "a#é",
            "a#b#c",
        ] {
            assert!(ShapeId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn maps_can_be_searched_by_text() {
        let map = IndexMap::from([(ShapeId::parse("a#B$c").unwrap(), 1)]);
        assert_eq!(map.get("a#B$c"), Some(&1));
        let made = ShapeId::parse("a#B").unwrap().with_member("c");
        assert_eq!(map.get(&made), Some(&1));
    }
}
