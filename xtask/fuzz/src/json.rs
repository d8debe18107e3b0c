//! Mutations of JSON documents.

use crate::Random;
use serde_json::{Map, Value};

/// The values that mutations insert, besides parts of the document.
pub(crate) struct Palette<'p> {
    /// Strings for values and keys.
    pub(crate) strings: &'static [&'static str],
    /// Strings that are repeated many times.
    pub(crate) repeated: &'static [&'static str],
    /// Keys with values that are not replaced, because most other values would only be rejected.
    pub(crate) structural: &'static [&'static str],
    /// Members of other documents, with the key of the objects that they are inserted into.
    pub(crate) members: (&'static str, &'p [(String, Value)]),
}

/// The start of a string that stands for JSON text which a [`Value`] cannot represent or a parser
/// rejects.
const RAW: &str = "\u{1}raw:";

/// JSON texts that are invalid or unusual.
const TEXTS: &[&str] = &[
    "1e400",
    "-1e400",
    "1e-400",
    "-0",
    "-0.0",
    "1.0",
    "1e3",
    "0.5",
    "123456789012345678901234567890",
    "9223372036854775808",
    "-9223372036854775809",
    "253402300800",
    "1e19",
    "NaN",
    "Infinity",
    "\"\\ud800\"",
    "\"a\\udc00b\"",
    "\"\\ud83d\\n\"",
    "\"\\u0000\"",
    "\"\u{0}\"",
    "\"\\x\"",
    "tru",
    "",
    "{\"a\":1,\"a\":2}",
    "{\"\":{}}",
    "[,]",
];

/// Returns the document as text, with the texts of [`RAW`] strings.
pub(crate) fn text(value: &Value) -> String {
    let text = value.to_string();
    // The marker as serde_json escapes it.
    let marker = "\"\\u0001raw:";
    let mut parts = text.split(marker);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = end_of_string(part);
        let (quoted, rest) = part.split_at(end);
        let raw: String = serde_json::from_str(&format!("\"{quoted}\"")).unwrap_or_default();
        out.push_str(&raw);
        out.push_str(rest.get(1..).unwrap_or_default());
    }
    out
}

/// The position of the closing quote.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(text.len())
}

/// Changes a document at one position, and returns a description of the change.
pub(crate) fn mutate(document: &mut Value, palette: &Palette<'_>, random: &mut Random) -> String {
    let places = count(document);
    let Some(place) = (places > 0).then(|| Place::nth(document, random.below(places))) else {
        *document = plain(palette, random);
        return "replaced the document".to_owned();
    };
    let shown = shortened(&place.pointer());
    let structural = palette.structural.contains(&place.key.as_str()) && !random.one_in(16);
    match random.below(16) {
        0 if !structural => {
            place.remove(document);
            format!("removed {shown}")
        }
        1 if !structural => {
            let other = Place::nth(document, random.below(places)).pointer();
            let other = document.pointer(&other).cloned().unwrap_or_default();
            place.set(document, other);
            format!("replaced {shown} with another value of the document")
        }
        2 if !structural => {
            let name = changed(&place.key, palette, random);
            let told = format!("renamed {shown} to {}", shortened(&name));
            if let Some(value) = place.remove(document)
                && let Some(Value::Object(members)) = document.pointer_mut(&place.parent)
            {
                members.insert(name, value);
            }
            told
        }
        3..=6 => add_member(document, &place, palette, random),
        7 | 8 => {
            let times = random.pick(&[1, 1, 2, 20, 300]).copied().unwrap_or(1);
            place.repeat(document, times);
            format!("added {times} copies of {shown}")
        }
        9..=12 if !structural => {
            let new = match document.pointer(&place.pointer()) {
                Some(Value::String(text)) if !random.one_in(8) => {
                    Value::String(changed(text, palette, random))
                }
                Some(Value::Number(_)) if random.one_in(2) => number(random),
                Some(Value::Bool(is)) if random.one_in(2) => Value::Bool(!is),
                Some(value) if random.one_in(8) => Value::Array(vec![value.clone()]),
                Some(Value::Object(_) | Value::Array(_)) => {
                    return add_member(document, &place, palette, random);
                }
                _ => plain(palette, random),
            };
            let told = format!("set {shown} to {}", shortened(&new.to_string()));
            place.set(document, new);
            told
        }
        _ => {
            let other = similar(document, &place, random)
                .cloned()
                .unwrap_or_default();
            place.set(document, other);
            format!("replaced {shown} with another value of the same key")
        }
    }
}

/// Inserts a member of this or another document into an object of the same kind.
fn add_member(
    document: &mut Value,
    place: &Place,
    palette: &Palette<'_>,
    random: &mut Random,
) -> String {
    let (key, members) = palette.members;
    let of_other = random.one_in(2).then(|| random.pick(members)).flatten();
    let (into, entry) = match (of_other, keyed(document, key, random)) {
        (Some(entry), Some(_)) => (keyed_place(document, key, random), Some(entry.clone())),
        _ => (
            Some(place.parent.clone()),
            member_of_similar(document, place, random),
        ),
    };
    match into.zip(entry) {
        Some((into, (key, value))) => {
            if let Some(Value::Object(members)) = document.pointer_mut(&into) {
                members.insert(key.clone(), value);
            }
            format!("added {} to {}", shortened(&key), shortened(&into))
        }
        None => format!("left {} as it is", shortened(&place.pointer())),
    }
}

/// Returns a value that is unrelated to the document.
fn plain(palette: &Palette<'_>, random: &mut Random) -> Value {
    match random.below(12) {
        0 => Value::Null,
        1 => Value::Bool(random.one_in(2)),
        2 => number(random),
        3 => Value::Array(Vec::new()),
        4 => Value::Object(Map::new()),
        5 => Value::String("x".to_owned()),
        6 | 7 => raw(random.pick(TEXTS).copied().unwrap_or_default()),
        8 => {
            let depth = random
                .pick(&[20, 100, 127, 129, 2000])
                .copied()
                .unwrap_or_default();
            let (open, close) = random
                .pick(&[("[", "]"), ("{\"a\":", "}")])
                .copied()
                .unwrap_or_default();
            raw(&format!("{}1{}", open.repeat(depth), close.repeat(depth)))
        }
        _ => Value::String(string(palette, random)),
    }
}

fn number(random: &mut Random) -> Value {
    Value::from(
        random
            .pick(&[0_i64, 1, -1, 2, 126, 1000, 65_536, i64::MAX, i64::MIN])
            .copied(),
    )
}

fn raw(text: &str) -> Value {
    Value::String(format!("{RAW}{text}"))
}

fn string(palette: &Palette<'_>, random: &mut Random) -> String {
    if random.one_in(6) {
        let times = random
            .pick(&[10, 100, 1000, 5000])
            .copied()
            .unwrap_or_default();
        return random
            .pick(palette.repeated)
            .copied()
            .unwrap_or_default()
            .repeat(times);
    }
    random
        .pick(palette.strings)
        .copied()
        .unwrap_or_default()
        .to_owned()
}

/// Returns a string with a change.
fn changed(text: &str, palette: &Palette<'_>, random: &mut Random) -> String {
    let boundaries: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let at = random.pick(&boundaries).copied().unwrap_or_default();
    let (before, after) = text.split_at(at);
    match random.below(8) {
        0 => before.to_owned(),
        1 => after.to_owned(),
        2 => text.to_uppercase(),
        3 => format!("{text}{text}"),
        4 => format!("{before}{}", after.chars().skip(1).collect::<String>()),
        5 => format!(
            "{before}{}{after}",
            random.pick(PIECES).copied().unwrap_or_default()
        ),
        6 => string(palette, random),
        _ => format!("{before}{}{after}", string(palette, random)),
    }
}

/// Characters with a meaning in names, paths, patterns, dates or numbers.
const PIECES: &[&str] = &[
    "#", "$", ".", "_", "1", "-", " ", "/", "{", "}", "{a}", "{a+}", "?", "&", "=", "(", ")", "[",
    "]", "*", "+", "\\", "|", "^", "\"", "'", "`", "@", ":", ",", "==", "&&", "!", "e9", "Z", "T",
    "00", "9999", "é", "A",
];

/// A position in a document: a member of an object or an item of an array.
struct Place {
    /// The JSON pointer of the object or array.
    parent: String,
    /// The key of the member or the number of the item.
    key: String,
}

impl Place {
    /// Returns the position with this number. Parents come before their children.
    fn nth(document: &Value, number: usize) -> Self {
        let (mut at, mut left, mut parent) = (document, number, String::new());
        loop {
            let mut next = None;
            children(at, &mut |key, value| {
                let size = 1 + count(value);
                if next.is_none() && left < size {
                    next = Some((key.to_string(), value));
                } else if next.is_none() {
                    left -= size;
                }
            });
            let (key, value) = next.unwrap_or_else(|| (String::new(), at));
            let place = Self { parent, key };
            if left == 0 || std::ptr::eq(value, at) {
                return place;
            }
            (at, left, parent) = (value, left - 1, place.pointer());
        }
    }

    fn pointer(&self) -> String {
        format!(
            "{}/{}",
            self.parent,
            self.key.replace('~', "~0").replace('/', "~1")
        )
    }

    fn set(&self, document: &mut Value, value: Value) {
        if let Some(place) = document.pointer_mut(&self.pointer()) {
            *place = value;
        }
    }

    fn remove(&self, document: &mut Value) -> Option<Value> {
        match document.pointer_mut(&self.parent)? {
            Value::Object(members) => members.remove(&self.key),
            Value::Array(items) => {
                let index = self.key.parse().ok().filter(|index| *index < items.len())?;
                Some(items.remove(index))
            }
            _ => None,
        }
    }

    fn repeat(&self, document: &mut Value, times: usize) {
        let Some(value) = document.pointer(&self.pointer()).cloned() else {
            return;
        };
        match document.pointer_mut(&self.parent) {
            Some(Value::Array(items)) => items.extend(std::iter::repeat_n(value, times)),
            Some(Value::Object(members)) => {
                members.extend(
                    (0..times).map(|number| (format!("{}{number}", self.key), value.clone())),
                );
            }
            _ => {}
        }
    }
}

/// The key of a member or the number of an item.
enum Key<'v> {
    Name(&'v str),
    Index(usize),
}

impl std::fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Index(index) => index.fmt(f),
        }
    }
}

fn children<'v>(value: &'v Value, visit: &mut impl FnMut(Key<'v>, &'v Value)) {
    match value {
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| visit(Key::Index(index), item));
        }
        Value::Object(members) => members
            .iter()
            .for_each(|(key, member)| visit(Key::Name(key), member)),
        _ => {}
    }
}

/// The number of values inside a value, at any depth.
fn count(value: &Value) -> usize {
    let mut sum = 0;
    children(value, &mut |_, child| sum += 1 + count(child));
    sum
}

/// Returns one of the values with the same key anywhere in the document. For an item, returns
/// another item of its array.
fn similar<'v>(document: &'v Value, place: &Place, random: &mut Random) -> Option<&'v Value> {
    if let Some(Value::Array(items)) = document.pointer(&place.parent) {
        return random.pick(items);
    }
    keyed(document, &place.key, random)
}

/// Returns a member of an object that has the same key as the object of this position.
fn member_of_similar(
    document: &Value,
    place: &Place,
    random: &mut Random,
) -> Option<(String, Value)> {
    let key = place
        .parent
        .rsplit('/')
        .next()?
        .replace("~1", "/")
        .replace("~0", "~");
    let members = keyed(document, &key, random)?.as_object()?;
    let member = members.iter().nth(random.below(members.len()))?;
    Some((member.0.clone(), member.1.clone()))
}

/// Returns the pointer of an object with a key.
fn keyed_place(document: &Value, key: &str, random: &mut Random) -> Option<String> {
    let places = count(document);
    // They are many where there are any.
    let tried = (0..64).map(|_| Place::nth(document, random.below(places)));
    tried
        .into_iter()
        .find(|place| place.key == key)
        .map(|place| place.pointer())
}

/// Returns one of all values with a key.
fn keyed<'v>(document: &'v Value, key: &str, random: &mut Random) -> Option<&'v Value> {
    fn walk<'v>(value: &'v Value, key: &str, visit: &mut impl FnMut(&'v Value)) {
        if let Value::Array(items) = value {
            items.iter().for_each(|item| walk(item, key, visit));
        }
        if let Value::Object(members) = value {
            for (name, member) in members {
                if name == key {
                    visit(member);
                }
                walk(member, key, visit);
            }
        }
    }
    let (mut found, mut chosen) = (0, None);
    walk(document, key, &mut |value| {
        found += 1;
        if random.one_in(found) {
            chosen = Some(value);
        }
    });
    chosen
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(100).collect();
    format!("{short:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const PALETTE: Palette<'_> = Palette {
        strings: &["\n"],
        repeated: &["("],
        structural: &["target"],
        members: ("members", &[]),
    };

    #[test]
    fn every_position_is_mutated() {
        let document = json!({"a": {"b~/": [1, {"c": 2}]}, "": {"d": 3}});
        let places: Vec<String> = (0..count(&document))
            .map(|n| Place::nth(&document, n).pointer())
            .collect();
        assert_eq!(
            places,
            [
                "/",
                "//d",
                "/a",
                "/a/b~0~1",
                "/a/b~0~1/0",
                "/a/b~0~1/1",
                "/a/b~0~1/1/c"
            ]
        );
        assert!(places.iter().all(|place| document.pointer(place).is_some()));
    }

    #[test]
    fn invalid_json_is_mutated() {
        let document = json!([raw("1e400"), {"a\"b": raw("\"\\ud800\"")}, "\u{1}raw"]);
        assert_eq!(
            text(&document),
            "[1e400,{\"a\\\"b\":\"\\ud800\"},\"\\u0001raw\"]"
        );
    }

    /// Mutations change documents in different ways, and the same seed makes the same change.
    #[test]
    fn mutations_change_documents() {
        let document = json!({"shapes": {"a#B": {"members": {"c": {"target": "a#D"}}}, "a#D": {"members": {}}}});
        let mutated = |seed| {
            let mut mutated = document.clone();
            mutate(&mut mutated, &PALETTE, &mut Random::new(seed));
            text(&mutated)
        };
        let all: std::collections::BTreeSet<String> = (0..1000).map(mutated).collect();
        assert!(all.len() > 100, "{}", all.len());
        assert_eq!(mutated(7), mutated(7));
    }
}
