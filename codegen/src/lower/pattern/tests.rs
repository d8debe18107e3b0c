//! What patterns match after the translation.

use super::translation::translate;
use crate::graph::member::Constraints;
use crate::lower::sample_text;
use crate::text::Text;
use fancy_regex::Regex;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn patterns_are_translated() {
    for (pattern, regex) in [
        ("^arn:[a-z]+$", "^arn:[a-z]+$"),
        (r"^[\w-_]*$", r"^[A-Za-z0-9_\-_]*$"),
        (r"\d{2,8}\/\-", r"[0-9]{2,8}/\-"),
        ("a{b}c", r"a\{b\}c"),
        ("[[a&&b~-]", r"[\[a\&&b~\-]"),
        ("[^][]", r"[\s\S][^\s\S]"),
        (r"[\p{Graph}\x20]\P{Lu}", r"[[:graph:]\x{20}]\P{Lu}"),
        (
            r"[\u0020-\uD7FF\uD800\uDC00-\uDBFF\uDFFF]",
            r"[\x{20}-\x{d7ff}\x{10000}-\x{10ffff}]",
        ),
        (r"(?=a)\cJ", r"(?=a)\x{a}"),
        // A range that ends or starts with a hyphen is no operator.
        ("[a-z--/]", r"[a-z\--/]"),
        ("[+--]", r"[+-\-]"),
        // A hyphen beside a set starts no range.
        (r"[\w--/]", r"[A-Za-z0-9_\-\-/]"),
        (r"[a-\d]", r"[a\-0-9]"),
        (r"\<b\>[\b]", r"<b>[\x{8}]"),
        (r"[\D]\s", r"[[^0-9]][\s\x{feff}--\x{85}]"),
        (r"(?!a)+?(?=b)+c", "(?!a)(?=b)c"),
        ("a{,3}{", r"a\{,3\}\{"),
    ] {
        assert_eq!(translate(pattern).as_deref(), Some(regex), "{pattern}");
    }
}

#[test]
fn what_cannot_be_checked_is_refused() {
    for pattern in [
        "(",
        ")",
        r"\uD800",
        r"\uD800\uE000",
        "(a{1000}){1000}",
        "(?=b)(((a{4294967295}){4294967295}){4294967295})",
        "(?!a)*",
        "[",
        r"\Aa\z",
        r"[\1]",
        "(?s).",
    ] {
        assert_eq!(translate(pattern), None, "{pattern}");
    }
}

/// The patterns of all models in a folder of the reference data.
fn patterns_of(folder: &str, patterns: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(Path::new(env!("REFERENCE_DATA")).join(folder)).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for rest in text.split("\"smithy.api#pattern\": ").skip(1) {
            let mut literals = serde_json::Deserializer::from_str(rest).into_iter::<String>();
            patterns.insert(literals.next().unwrap().unwrap());
        }
    }
}

/// A text that matches the pattern, if the generator finds one.
fn sample(pattern: &str) -> String {
    let constraints = Constraints {
        pattern: Some(Text::new(pattern)),
        ..Constraints::default()
    };
    sample_text::of("key-id", &constraints).raw().to_owned()
}

/// The peer is the crate `regex`, which reads the patterns as they are in the models. Its syntax has
/// no look-around, and differs in sets of other characters than those of ASCII.
#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn patterns_of_services_match_what_a_peer_matches() {
    let mut patterns = BTreeSet::new();
    patterns_of("services", &mut patterns);
    patterns_of("protocol-tests", &mut patterns);
    let samples: BTreeSet<String> = patterns.iter().map(|it| sample(it)).collect();
    let texts: Vec<&String> = samples.iter().filter(|it| it.is_ascii()).collect();
    let (mut refused, mut compared) = (Vec::new(), 0);
    for pattern in &patterns {
        let Some(regex) = translate(pattern) else {
            refused.push(pattern);
            continue;
        };
        let regex = Regex::new(&regex).unwrap();
        let Ok(peer) = regex::Regex::new(pattern) else {
            continue;
        };
        assert!(regex.is_match(&sample(pattern)).unwrap(), "{pattern}");
        for text in &texts {
            assert_eq!(
                regex.is_match(text).unwrap(),
                peer.is_match(text),
                "{pattern} {text:?}"
            );
        }
        compared += 1;
    }
    // The only one that is too large.
    assert_eq!(refused, [r"^[\P{C}\r\n\t]{1,250}$"]);
    assert!(
        compared > 300 && texts.len() > 100,
        "{compared} {}",
        texts.len()
    );
}
