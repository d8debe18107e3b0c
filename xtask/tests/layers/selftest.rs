//! The checker itself, on small crates that break each rule.

use crate::folders::Folders;
use crate::modules::Crate;
use crate::rules::{self, Rule, Violations};
use std::collections::{BTreeMap, BTreeSet};

fn find(folders: &str, recursive: &[&[&str]], files: &[(&str, &str)]) -> Violations {
    let files: BTreeMap<String, String> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let recursive: Vec<BTreeSet<String>> = recursive
        .iter()
        .map(|set| set.iter().map(|file| (*file).to_owned()).collect())
        .collect();
    Violations::find(&Crate::parse(&files), &Folders::parse(folders), &recursive)
}

fn of(violations: &Violations, rule: Rule) -> Vec<&str> {
    violations.of(rule).iter().map(String::as_str).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn imports_of_lower_folders_are_allowed() {
    let found = find(
        "low/\nhigh.rs\nlib.rs",
        &[],
        &[
            ("lib.rs", "mod high; mod low; pub use low::deep::Low;"),
            ("low/mod.rs", "pub(crate) mod deep;"),
            ("low/deep.rs", "pub struct Low;"),
            ("high.rs", "use crate::low::deep::Low; fn f(_: Low) {}"),
        ],
    );
    for rule in Rule::ALL {
        assert_eq!(of(&found, rule), NONE);
    }
}

#[test]
fn upward_imports_are_found_in_every_form() {
    let high = ("high.rs", "pub fn f() {} pub struct S;");
    for low in [
        "use crate::high::f;",
        "use super::high::{self, S};",
        "use crate::high; fn g() { high::f() }",
        "fn g() { crate::high::f() }",
        "fn g() { use crate::high::f as renamed; renamed() }",
        "fn g() { println!(\"{}\", super::high::f()) }",
        "impl From<crate::high::S> for u8 {}",
        "use crate::high::*;",
        "macro_rules! m { () => { $crate::high::f() } }",
        "mod inner { use super::super::high::f; }",
    ] {
        let lib = ("lib.rs", "mod high; mod low;");
        let found = find(
            "low.rs\nhigh.rs\nlib.rs",
            &[],
            &[lib, high, ("low.rs", low)],
        );
        assert_eq!(of(&found, Rule::Order), ["low.rs -> high.rs"], "{low}");
        assert_eq!(of(&found, Rule::Cycles), NONE, "{low}");
        assert_eq!(of(&found, Rule::Reexports), NONE, "{low}");
    }
}

#[test]
fn tests_and_emitted_text_are_left_out() {
    for low in [
        "#[cfg(test)] mod tests { use crate::high::f; }",
        "#[cfg(test)] use crate::high::f;",
        "struct S; impl S { #[cfg(test)] fn g() { crate::high::f() } fn h() {} }",
        "fn g() -> TokenStream { quote::quote! { crate::high::f() } }",
        "use other::high::f;",
    ] {
        let found = find(
            "low.rs\nhigh.rs\nlib.rs",
            &[],
            &[
                ("lib.rs", "mod high; mod low;"),
                ("high.rs", "pub fn f() {}"),
                ("low.rs", low),
            ],
        );
        assert_eq!(of(&found, Rule::Order), NONE, "{low}");
    }
}

#[test]
fn nested_entries_have_an_order_of_their_own() {
    let files = [
        ("lib.rs", "mod formats;"),
        (
            "formats/mod.rs",
            "mod json; mod fields; fn f() { json::read() }",
        ),
        (
            "formats/json.rs",
            "use super::fields::Fields; pub fn read() {}",
        ),
        ("formats/fields.rs", "pub struct Fields;"),
    ];
    let found = find("formats/\n json.rs\n fields.rs\nlib.rs", &[], &files);
    assert_eq!(
        of(&found, Rule::Order),
        ["formats/json.rs -> formats/fields.rs"]
    );
    let found = find("formats/\n fields.rs\n json.rs\nlib.rs", &[], &files);
    assert_eq!(of(&found, Rule::Order), NONE);
}

#[test]
fn cycles_within_a_folder_are_found_unless_declared() {
    let files = [
        ("lib.rs", "mod a;"),
        (
            "a/mod.rs",
            "mod check; mod functions; pub struct Table; fn f() { check::run() }",
        ),
        (
            "a/check.rs",
            "use super::functions::call; pub fn run() { call() } pub struct Checker;",
        ),
        (
            "a/functions.rs",
            "use super::check::Checker; pub fn call(_: Checker) {}",
        ),
    ];
    let cycle = [
        "a/check.rs -> a/functions.rs",
        "a/functions.rs -> a/check.rs",
    ];
    let found = find("a/\nlib.rs", &[], &files);
    assert_eq!(of(&found, Rule::Cycles), cycle);
    let found = find("a/\nlib.rs", &[&["a/check.rs", "a/functions.rs"]], &files);
    assert_eq!(of(&found, Rule::Cycles), NONE);
    let found = find("a/\nlib.rs", &[&["a/check.rs"]], &files);
    assert_eq!(of(&found, Rule::Cycles), cycle);
}

#[test]
fn a_type_in_mod_rs_makes_a_cycle_with_the_children_that_import_it() {
    let found = find(
        "a/\nlib.rs",
        &[],
        &[
            ("lib.rs", "mod a;"),
            (
                "a/mod.rs",
                "mod child; pub struct Table; fn f() { child::run() }",
            ),
            (
                "a/child.rs",
                "use super::Table; pub fn run() -> Table { Table }",
            ),
        ],
    );
    assert_eq!(
        of(&found, Rule::Cycles),
        ["a/child.rs -> a/mod.rs", "a/mod.rs -> a/child.rs"]
    );
}

#[test]
fn imports_through_reexports_are_found_and_count_for_the_defining_file() {
    for (user, through) in [
        ("use crate::Item;", "crate::Item"),
        ("use super::a::Item;", "crate::a::Item"),
        ("use crate::a; fn f() -> a::Item {}", "crate::a::Item"),
        ("use super::glob::Item;", "crate::glob::Item"),
        ("use crate::alias::Item;", "crate::alias"),
    ] {
        let found = find(
            "user.rs\na/\nglob.rs\nlib.rs",
            &[],
            &[
                (
                    "lib.rs",
                    "mod a; mod glob; mod user; pub use a::Item; pub use a::item as alias;",
                ),
                ("a/mod.rs", "pub mod item; pub use item::Item;"),
                ("a/item.rs", "pub struct Item;"),
                ("glob.rs", "pub use crate::a::item::*;"),
                ("user.rs", user),
            ],
        );
        let line = format!("user.rs -> {through}");
        assert_eq!(of(&found, Rule::Reexports), [line.as_str()], "{user}");
        assert_eq!(of(&found, Rule::Order), ["user.rs -> a/item.rs"], "{user}");
    }
}

#[test]
fn exported_macros_belong_to_the_root_and_are_defined_where_they_stand() {
    let found = find(
        "user.rs\nmacros.rs\nlib.rs",
        &[],
        &[
            ("lib.rs", "mod macros; mod user;"),
            (
                "macros.rs",
                "#[macro_export] macro_rules! m { () => { crate::user::f() } }",
            ),
            ("user.rs", "crate::m!(); fn f() { crate::m!() }"),
        ],
    );
    assert_eq!(of(&found, Rule::Order), ["user.rs -> macros.rs"]);
    assert_eq!(of(&found, Rule::Reexports), NONE);
}

#[test]
fn reports_list_the_violations_with_a_help() {
    let set = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    assert_eq!(rules::report("model", Rule::Order, &set(&[])), "");
    assert_eq!(
        rules::report("model", Rule::Reexports, &set(&["a -> b", "a -> c"])),
        "model: import the item from the module that defines it\n  a -> b\n  a -> c\n"
    );
}

#[test]
fn folder_lists_must_equal_the_folders() {
    let folders = Folders::parse("a/    what it is\n b.rs\n c.rs\ngone/\nlib.rs\n");
    let files = [
        "lib.rs", "a/mod.rs", "a/b.rs", "a/c/d.rs", "e/f.rs", "e/g.rs",
    ];
    assert_eq!(
        folders.compare(files.into_iter()),
        ["`e` is not listed", "`gone` is listed, but does not exist"]
    );
}
