//! JSON pointers (RFC 6901) to places in a document.

use crate::json::error::Result;
use crate::json::reader::Reader;
use std::iter::Peekable;
use std::vec::IntoIter;

/// Members that structures lack, with the offsets of the structures in ascending order.
type Missing = Peekable<IntoIter<(usize, &'static str)>>;

/// The JSON pointers of missing members. `missing` contains the offsets of their structures in the
/// document, in ascending order.
pub(crate) fn pointers(document: &[u8], missing: Vec<(usize, &'static str)>) -> Vec<String> {
    if missing.is_empty() {
        return Vec::new();
    }
    let mut search = Search {
        missing: missing.into_iter().peekable(),
        path: String::new(),
        found: Vec::new(),
    };
    // The document was read before, so that this does not fail.
    let _ = search.value(&mut Reader::of_request(document));
    search.found
}

/// Appends a name to a JSON pointer.
pub(crate) fn push(path: &mut String, name: &str) {
    path.push('/');
    for character in name.chars() {
        match character {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            character => path.push(character),
        }
    }
}

/// A walk through a document.
struct Search {
    missing: Missing,
    path: String,
    found: Vec<String>,
}

impl Search {
    fn value(&mut self, json: &mut Reader<'_>) -> Result<()> {
        let end = self.path.len();
        match json.peek() {
            Some(b'{') => {
                self.structure(json.at);
                let mut more = json.open(b'{')?;
                while more {
                    push(&mut self.path, &json.key()?);
                    self.value(json)?;
                    self.path.truncate(end);
                    more = json.another(b'}')?;
                }
            }
            Some(b'[') => {
                let (mut more, mut index) = (json.open(b'[')?, 0_usize);
                while more {
                    push(&mut self.path, &index.to_string());
                    self.value(json)?;
                    self.path.truncate(end);
                    index += 1;
                    more = json.another(b']')?;
                }
            }
            _ => json.skip()?,
        }
        Ok(())
    }

    /// Records the members that the structure at an offset lacks.
    fn structure(&mut self, at: usize) {
        while let Some((_, name)) = self.missing.next_if(|(offset, _)| *offset == at) {
            let mut path = self.path.clone();
            push(&mut path, name);
            self.found.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_members_of_nested_structures_are_found() {
        let document = br#" {"a/b": [ {}, {"~": {"x": null}} ], "c": 1}"#;
        let at = |text: &str| {
            let document = std::str::from_utf8(document).unwrap();
            document.find(text).unwrap()
        };
        let missing = vec![
            (at("{\"a/b"), "top"),
            (at("{}"), "first"),
            (at("{}"), "second"),
            (at("{\"x"), "inner"),
        ];
        assert_eq!(
            pointers(document, missing),
            [
                "/top",
                "/a~1b/0/first",
                "/a~1b/0/second",
                "/a~1b/1/~0/inner"
            ]
        );
    }
}
