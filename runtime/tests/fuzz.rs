//! Random and damaged documents, read by this crate and by serde_json. Both have to accept the same
//! documents and return the same values, and must not panic. The tests are deterministic. A failure
//! prints the document; add a test for it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // A failed test panics.

use serde_json::Value;
use smithy_rt::{Document, json};

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one_of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.below(choices.len())]
    }
}

const SPACES: &[&str] = &["", "", "", " ", "\n", "\t\r ", "\u{b}", "/**/", "\u{feff}"];
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "10",
    "01",
    "-",
    "+1",
    "1.",
    ".5",
    "1.5",
    "-0.0",
    "1e5",
    "1E+5",
    "1e-5",
    "1e",
    "1e+",
    "0x1",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "123456789012345678901234567890",
    "1e308",
    "1e400",
    "-1e400",
    "1e-400",
    "0.1",
    "1.7976931348623157e308",
    "2.2250738585072014e-308",
    "NaN",
    "Infinity",
    "1_0",
    "1,0",
    "0.00000000000000000000000000001",
    "1.0000000000000000000000001",
];
const STRINGS: &[&str] = &[
    "",
    "a",
    "key",
    "abcdefg",
    "abcdefgh",
    "abcdefghi",
    "é",
    "日本",
    "\u{1f600}",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b\\f",
    "\\r\\t",
    "\\u0041",
    "\\u00e9",
    "\\uD83D\\uDE00",
    "\\ud83d",
    "\\udE00",
    "\\ud83dx",
    "\\ud83d\\n",
    "\\ud83d\\u0041",
    "\\ud83d\\ud83d",
    "\\u",
    "\\u12",
    "\\u12g4",
    "\\x",
    "\\",
    "\n",
    "\u{0}",
    "\u{1f}",
    "\u{7f}",
    "\"",
    "__type",
    "\\u0000",
    "long enough to need more than one word of eight bytes, and then \\u00fc",
    "\\uFFFF",
    "\u{ffff}",
];
const WORDS: &[&str] = &[
    "true",
    "false",
    "null",
    "tru",
    "nul",
    "True",
    "nulll",
    "truefalse",
    "undefined",
    "",
];

/// Mostly JSON.
fn value(random: &mut Random, depth: usize, out: &mut String) {
    out.push_str(if random.below(40) == 0 {
        random.one_of(SPACES)
    } else {
        random.one_of(&SPACES[..6])
    });
    match random.below(if depth == 0 { 6 } else { 9 }) {
        0 | 1 => out.push_str(if random.below(8) == 0 {
            random.one_of(NUMBERS)
        } else {
            random.one_of(&["0", "-12", "3.25", "7e2"])
        }),
        2 | 3 => string(random, out),
        4 | 5 => out.push_str(if random.below(20) == 0 {
            random.one_of(WORDS)
        } else {
            random.one_of(&WORDS[..3])
        }),
        6 => sequence(random, ('[', ']'), out, |random, out| {
            value(random, depth - 1, out)
        }),
        _ => sequence(random, ('{', '}'), out, |random, out| {
            string(random, out);
            out.push_str(if random.below(60) == 0 {
                random.one_of(&["", "=", "::", ","])
            } else {
                ":"
            });
            value(random, depth - 1, out);
        }),
    }
    out.push_str(random.one_of(&SPACES[..6]));
}

fn string(random: &mut Random, out: &mut String) {
    out.push('"');
    for _ in 0..random.below(4) {
        out.push_str(if random.below(4) == 0 {
            random.one_of(STRINGS)
        } else {
            random.one_of(&STRINGS[..16])
        });
    }
    out.push('"');
}

fn sequence(
    random: &mut Random,
    brackets: (char, char),
    out: &mut String,
    mut item: impl FnMut(&mut Random, &mut String),
) {
    out.push(brackets.0);
    let length = random.below(5);
    for index in 0..length {
        item(random, out);
        if index + 1 < length || random.below(40) == 0 {
            out.push(',');
        }
    }
    out.push(brackets.1);
}

/// A few bytes changed, dropped, doubled or cut off.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..random.below(3) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        match random.below(5) {
            0 => bytes[at] = random.next() as u8,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, b"{}[]\",:\\0e-.tn \x80\xff"[random.below(17)]),
            3 => bytes.truncate(at),
            _ => bytes.insert(at, bytes[at]),
        }
    }
}

fn same(ours: &Document, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Document::Null, Value::Null) => true,
        (Document::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Document::String(ours), Value::String(theirs)) => ours == theirs,
        (Document::Number(ours), Value::Number(theirs)) => same_number(ours.as_str(), theirs),
        (Document::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(ours, theirs)| same(ours, theirs))
        }
        (Document::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .all(|(key, ours)| theirs.get(key).is_some_and(|theirs| same(ours, theirs)))
        }
        _ => false,
    }
}

fn same_number(ours: &str, theirs: &serde_json::Number) -> bool {
    if theirs.is_i64() || theirs.is_u64() {
        return ours == theirs.to_string();
    }
    // serde_json reads doubles fast rather than exactly.
    let (ours, theirs) = (ours.parse::<f64>().unwrap(), theirs.as_f64().unwrap());
    (ours - theirs).abs() <= ours.abs() * 1e-15
}

/// The document with `\ufffd` for each half of a surrogate pair, which serde_json refuses and we
/// replace.
fn whole_pairs(bytes: &[u8]) -> Vec<u8> {
    let unit = |at: usize| -> Option<u32> {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        digits.iter().try_fold(0, |unit, digit| {
            Some(unit * 16 + char::from(*digit).to_digit(16)?)
        })
    };
    let mut whole = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        at += match (bytes[at], unit(at), unit(at + 6)) {
            (b'\\', Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (b'\\', Some(0xd800..0xe000), _) => {
                whole[at..at + 6].copy_from_slice(b"\\ufffd");
                6
            }
            (b'\\', ..) => 2,
            _ => 1,
        };
    }
    whole
}

fn check(bytes: &[u8]) -> bool {
    let shown = String::from_utf8_lossy(bytes);
    let ours = json::from_slice::<Document>(bytes);
    let mut reader = json::Reader::new(bytes);
    let skipped = reader.skip().and_then(|()| reader.finish());
    assert_eq!(
        skipped.is_ok(),
        ours.is_ok(),
        "skipping and reading differ: {shown}"
    );
    match (&ours, serde_json::from_slice::<Value>(&whole_pairs(bytes))) {
        (Ok(ours), Ok(theirs)) => {
            assert!(same(ours, &theirs), "{shown}\n{ours}\n{theirs}");
            let text = ours.to_string();
            assert_eq!(
                &Document::from_json(&text).unwrap(),
                ours,
                "does not come back: {text}"
            );
            assert_eq!(
                serde_json::from_str::<Value>(&text).unwrap(),
                theirs,
                "written differently: {text}"
            );
        }
        (Err(error), Err(_)) => {
            assert!(
                error.offset() <= bytes.len() && !error.to_string().contains('\n'),
                "{shown}"
            )
        }
        // We keep the digits of a number that no double can hold.
        (Ok(_), Err(error)) => {
            assert!(
                error.to_string().contains("out of range"),
                "only we accept {shown}: {error}"
            )
        }
        (Err(error), Ok(_)) => panic!("only serde_json accepts {shown}: {error}"),
    }
    ours.is_ok()
}

#[test]
fn the_reader_and_serde_json_agree() {
    let mut random = Random(0x5eed);
    let (mut accepted, mut rejected) = (0, 0);
    for _ in 0..rounds() {
        let mut text = String::new();
        value(&mut random, 5, &mut text);
        let mut bytes = text.into_bytes();
        if random.below(2) == 0 {
            damage(&mut random, &mut bytes);
        }
        if check(&bytes) {
            accepted += 1;
        } else {
            rejected += 1;
        }
    }
    // A generator that only ever makes one kind tests nothing.
    assert!(
        accepted > rounds() / 5 && rejected > rounds() / 5,
        "{accepted} accepted, {rejected} rejected"
    );
}

#[test]
fn all_prefixes_of_a_document_are_rejected() {
    let text = r#"{"a":[1.5e-3,"x\n\ud83d\ude00é",true,false,null,{}],"b":-0}"#.as_bytes();
    assert!(check(text));
    for end in 0..text.len() {
        assert!(!check(&text[..end]), "{end}");
    }
}

#[test]
fn no_single_byte_change_panics() {
    let text = "{\"a\":[1.5e-3,\"x\\n\\u00e9é\",true,null]}".as_bytes();
    for at in 0..text.len() {
        for byte in 0..=u8::MAX {
            let mut bytes = text.to_vec();
            bytes[at] = byte;
            check(&bytes);
        }
    }
}

#[test]
fn serde_json_reads_written_strings() {
    let mut random = Random(7);
    for _ in 0..rounds() / 10 {
        let text: String = (0..random.below(40))
            .filter_map(|_| {
                let range = [0x20, 0x80, 0x800, 0x11_0000][random.below(4)];
                char::from_u32(random.below(range) as u32)
            })
            .collect();
        let written = json::to_vec(text.as_str());
        assert_eq!(serde_json::from_slice::<String>(&written).unwrap(), text);
        assert_eq!(written, serde_json::to_vec(&text).unwrap());
        assert_eq!(json::from_slice::<String>(&written).unwrap(), text);
    }
}

/// `SMITHY_RT_FUZZ=10000000 cargo test --release -p smithy-rt --test fuzz` for a long run.
fn rounds() -> usize {
    std::env::var("SMITHY_RT_FUZZ")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(60_000)
}
