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

/// How many bytes an id, or the name of a member, may have: each member's id repeats that of its
/// shape, so long ones take the square of their length. The longest id of AWS has 182.
const LONGEST: usize = 1_000;

impl ShapeId {
    /// Reads an absolute shape id.
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

    /// An id without member that is written out in this crate.
    pub(crate) fn constant(text: &'static str) -> Self {
        Self {
            text: text.into(),
            hash: text.find('#').unwrap_or_default(),
            dollar: None,
        }
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before `#`.
    pub fn namespace(&self) -> &str {
        self.slice(0, self.hash)
    }

    /// The name of the shape, without namespace and member.
    pub fn name(&self) -> &str {
        self.slice(self.hash + 1, self.container_end())
    }

    /// The name of the member, if the id is that of a member.
    pub fn member(&self) -> Option<&str> {
        self.dollar
            .map(|dollar| self.slice(dollar + 1, self.text.len()))
    }

    /// The id of a member of this shape (of the shape's container if this is a member's id).
    ///
    /// `member` is taken as it is: names that came out of a loaded model are identifiers.
    pub fn with_member(&self, member: &str) -> ShapeId {
        let end = self.container_end();
        let text = format!("{}${member}", self.slice(0, end));
        Self {
            text: text.into(),
            hash: self.hash,
            dollar: Some(end),
        }
    }

    /// The id of the shape that contains this member; the id itself if it is no member's.
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

    /// Whether the id is in Smithy's own namespace `smithy.api`.
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

/// Whether `text` is an identifier in Smithy's grammar: a letter, or underscores and then a letter
/// or digit; after that letters, digits and underscores (Smithy specification, "Shape ID ABNF").
pub(crate) fn is_identifier(text: &str) -> bool {
    let stripped = text.trim_start_matches('_');
    let starts_well = match stripped.bytes().next() {
        Some(first) if stripped.len() == text.len() => first.is_ascii_alphabetic(),
        Some(first) => first.is_ascii_alphanumeric(),
        None => false,
    };
    starts_well && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// What is wrong with a text that should be an identifier, to be said after its name; `None` if
/// nothing is.
pub(crate) fn flaw(text: &str) -> Option<String> {
    let foreign = |c: &char| !c.is_ascii_alphanumeric() && *c != '_';
    if text.len() > LONGEST {
        Some(format!("has more than {LONGEST} bytes"))
    } else if is_identifier(text) {
        None
    } else if text.is_empty() {
        Some("is empty".to_owned())
    } else if let Some(c) = text.chars().find(foreign) {
        Some(format!("has the character `{}` in it", c.escape_debug()))
    } else if text.starts_with('_') {
        Some("has nothing but underscores".to_owned())
    } else {
        Some("starts with a digit".to_owned())
    }
}

/// What an identifier may be, for helps.
pub(crate) const IDENTIFIERS: &str =
    "letters, digits and underscores are allowed, and a letter comes first";

impl Borrow<str> for ShapeId {
    fn borrow(&self) -> &str {
        &self.text
    }
}

// Equality, order and hash are those of the text, as `Borrow<str>` demands.
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

/// How much of a text that is too long is shown.
const SHOWN: usize = 40;

/// A text that is no absolute shape id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidShapeId {
    text: String,
}

impl InvalidShapeId {
    /// The text as it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The part that is no identifier, and what is wrong with it. `None` if there are no parts,
    /// only a name.
    pub(crate) fn flaw(&self) -> Option<(&str, String)> {
        let (namespace, rest) = self.text.split_once('#')?;
        let (name, member) = rest
            .split_once('$')
            .map_or((rest, None), |(name, member)| (name, Some(member)));
        if self.text.len() > LONGEST {
            return Some((
                truncate(&self.text, SHOWN),
                format!("and so on has more than {LONGEST} bytes"),
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
            Some(("", _)) => f.write_str(": a part of it is empty"),
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
    fn maps_are_searched_by_text() {
        let map = IndexMap::from([(ShapeId::parse("a#B$c").unwrap(), 1)]);
        assert_eq!(map.get("a#B$c"), Some(&1));
        let made = ShapeId::parse("a#B").unwrap().with_member("c");
        assert_eq!(map.get(&made), Some(&1));
    }
}
