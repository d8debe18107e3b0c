//! A service with one of each, and what its pages must say.

use crate::options::Options;
use std::collections::BTreeMap;

/// Its operation nests three structures: the input, `Outer` in it, `Inner` in that.
const MODEL: &str = r##"{"smithy": "2.0", "shapes": {
  "x#Shop": {"type": "service", "version": "1", "operations": [{"target": "x#Order"}], "errors": [{"target": "x#Busy"}],
    "traits": {"aws.protocols#restJson1": {}, "smithy.api#title": "Shop <b>&</b> *Co*"}},
  "x#Order": {"type": "operation", "input": {"target": "x#OrderInput"}, "output": {"target": "x#OrderOutput"},
    "errors": [{"target": "x#Gone"}], "traits": {
      "smithy.api#http": {"method": "POST", "uri": "/a/{id}/b/{rest+}?fixed=1", "code": 202},
      "smithy.api#paginated": {"inputToken": "token", "outputToken": "page.next", "items": "page.all"}}},
  "x#OrderInput": {"type": "structure", "members": {
    "id": {"target": "x#Id", "traits": {"smithy.api#required": {}, "smithy.api#httpLabel": {}}},
    "rest": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.api#httpLabel": {}}},
    "token": {"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "tok`en"}},
    "key": {"target": "smithy.api#String", "traits": {"smithy.api#idempotencyToken": {}, "smithy.api#httpHeader": "X-Key"}},
    "size": {"target": "x#Size", "traits": {"smithy.api#required": {}, "smithy.api#jsonName": "sz"}},
    "gaps": {"target": "x#Gaps"}, "choice": {"target": "x#Choice"}, "outer": {"target": "x#Outer"}}},
  "x#OrderOutput": {"type": "structure", "members": {"page": {"target": "x#Page", "traits": {"smithy.api#required": {}}}}},
  "x#Page": {"type": "structure", "members": {"next": {"target": "smithy.api#String"},
    "all": {"target": "x#Outers", "traits": {"smithy.api#required": {}}}}},
  "x#Outers": {"type": "list", "member": {"target": "x#Outer"}},
  "x#Outer": {"type": "structure", "members": {"inner": {"target": "x#Inner"}, "twin": {"target": "x#Inner"},
    "size": {"target": "x#Size", "traits": {"smithy.api#default": "s|m"}}}},
  "x#Inner": {"type": "structure", "members": {"leaf": {"target": "smithy.api#String"}}},
  "x#Choice": {"type": "union", "members": {"secret": {"target": "x#Secret"}, "inner": {"target": "x#Inner"}}},
  "x#Secret": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
  "x#Gaps": {"type": "list", "member": {"target": "x#Gap"}, "traits": {"smithy.api#sparse": {}}},
  "x#Gap": {"type": "list", "member": {"target": "smithy.api#Integer"}},
  "x#Id": {"type": "string", "traits": {"smithy.api#pattern": "^(a|`)$", "smithy.api#length": {"min": 1, "max": 9}}},
  "x#Size": {"type": "enum", "members": {
    "NONE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "-"}},
    "BIG": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "big",
      "smithy.api#documentation": "<p>Big.</p><p>Really.</p>"}},
    "OTHER": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "s|m",
      "smithy.api#documentation": "<ul><li>one</li></ul>"}}}},
  "x#Busy": {"type": "structure", "members": {"message": {"target": "smithy.api#String"}}, "traits": {
    "smithy.api#error": "server", "smithy.api#httpError": 503, "smithy.api#retryable": {"throttling": true}}},
  "x#Gone": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}}}}"##;

/// The pages of a model, by path.
fn pages(model: &str) -> BTreeMap<String, String> {
    let mut sources = smithy_model::Sources::new();
    sources.add("model.json", model);
    let loaded = smithy_model::load(&sources);
    assert!(loaded.is_ok(), "{:#?}", loaded.diagnostics);
    let (service, _) = crate::lower::build(&loaded.model, &Options::default()).expect("a graph");
    let examples =
        crate::emit::examples::calls::ExampleTexts::of_service(&service).expect("examples");
    let command = crate::print::source::CommandName::new("make");
    let site = crate::emit::docs::pages::site::Site::new(&service, &examples, &command);
    crate::emit::docs::pages::list::pages(&service)
        .iter()
        .map(|page| page.file(&site))
        .collect()
}

fn page(path: &str) -> String {
    pages(MODEL).remove(path).expect("a page")
}

/// Asserts that a page has these texts with an empty line before and a line's end after.
fn assert_blocks(page: &str, blocks: &[&str]) {
    for block in blocks {
        assert!(
            page.contains(&format!("\n\n{block}\n")),
            "no block {block:?} in\n{page}"
        );
    }
}

#[test]
fn every_link_leads_to_a_page() {
    let pages = pages(MODEL);
    let mut links = 0;
    for (path, text) in &pages {
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let mut target: Vec<&str> = path.split('/').collect();
            target.pop();
            link.split('/').for_each(|step| {
                if step == ".." {
                    target.pop();
                } else {
                    target.push(step)
                }
            });
            assert!(
                pages.contains_key(&target.join("/")),
                "{path} links to {link}"
            );
            links += 1;
        }
    }
    assert!(links > pages.len());
}

#[test]
fn a_page_is_markdown_with_a_marker_and_single_empty_lines() {
    for (path, text) in pages(MODEL) {
        let (first, rest) = text.split_once('\n').expect("lines");
        assert!(
            first.starts_with("<!-- @generated by ") && first.ends_with(" -->"),
            "{path}: {first}"
        );
        assert!(
            !rest.replace("\\<", "").contains("<") && rest.ends_with('\n'),
            "{path}:\n{rest}"
        );
        assert!(
            !text.contains("\n\n\n") && !text.ends_with("\n\n") && !text.contains(" \n"),
            "{path}:\n{text}"
        );
    }
}

#[test]
fn operation_pages_show_the_http_binding() {
    let page = page("docs/operations/order.md");
    assert_blocks(
        &page,
        &[
            "Operation of [Shop \\<b>&\\</b> \\*Co\\*](../README.md): `POST /a/{id}/b/{rest+}?fixed=1`, HTTP 202 on success",
            "### `id`\n\n`String`, **required**, path `id`\n\nLength: 1 to 9 characters. Pattern: ``^(a|`)$``.",
            "`String`, **required**, path with slashes `rest`",
            "`String`, optional, query ``tok`en``",
            "`String`, optional, header `X-Key`\n\nDefaults to a random UUID.",
            "[`Size`](../types/size.md), **required**, body `sz`\n\nValues:\n\n- `big`: Big.\n- `-`\n- `s|m`: one",
            "list of nullable list of `i32`, optional, body `gaps`",
            "[`Page`](../types/page.md), always present, body `page`",
            "- Token in the response: `page.next`\n- Token in the request for the next page: `token`\n- Items: `page.all`",
            "| Error | Status | Retried |\n|---|---|---|\n| [`Busy`](../types/busy.md) | 503 | yes, with longer delays |\n\
         | [`Gone`](../types/gone.md) | 400 | no |",
        ],
    );
}

#[test]
fn operation_pages_describe_members_of_members() {
    let page = page("docs/operations/order.md");
    assert_blocks(
        &page,
        &[
            "A tagged union, exactly one of:\n\n- `Choice::Inner`: [`Inner`](../types/inner.md)\n  - `leaf`: `String`\n- `Choice::Secret`: `String`",
            "Members of `Outer`:\n\n- `inner`: [`Inner`](../types/inner.md)\n  - `leaf`: `String`\n\
         - `size`: [`Size`](../types/size.md), default `Size::Other`\n  - `big`: Big.\n  - `-`\n  - `s|m`: one\n\
         - `twin`: [`Inner`](../types/inner.md)\n  - `leaf`: `String`",
            "Members of `Page`:\n\n- `all`: list of [`Outer`](../types/outer.md)\n  - `inner`: [`Inner`](../types/inner.md), optional",
        ],
    );
}

#[test]
fn examples_hide_lines_as_rustdoc_does() {
    let page = page("docs/operations/order.md");
    let example = page.split("```").nth(1).expect("an example");
    assert!(
        example.starts_with("rust\nuse ") && example.contains(".order()"),
        "{example}"
    );
    assert!(
        !example.contains("async fn") && !example.contains("Ok(())"),
        "{example}"
    );
}

#[test]
fn type_pages_list_kind_and_users() {
    assert_blocks(
        &page("docs/types/size.md"),
        &[
            "- `Big` = `big`:\n  Big.\n\n  Really.\n- `None` = `-`\n- `Other` = `s|m`:\n\n  - one",
            "- [`Order`](../operations/order.md)\n- [`Outer`](outer.md)",
        ],
    );
    let inner = page("docs/types/inner.md");
    // `Outer` has two members of the type, and is one user.
    assert!(
        inner.ends_with("\n## Used by\n\n- [`Choice`](choice.md)\n- [`Outer`](outer.md)\n"),
        "{inner}"
    );
    assert_blocks(
        &page("docs/types/choice.md"),
        &["### `Secret`\n\n`String`, JSON `secret`, sensitive"],
    );
    let busy = page("docs/types/busy.md");
    assert_blocks(
        &busy,
        &["- Status: 503\n- Code: `Busy`\n- Retried: yes, with longer delays"],
    );
    assert!(
        !busy.contains("Used by"),
        "every operation may return it:\n{busy}"
    );
}

#[test]
fn a_renamed_member_changes_the_pages_that_describe_it() {
    let changed = |from: &str, to: &str| {
        let after = pages(&MODEL.replace(from, to));
        let before = pages(MODEL);
        assert_eq!(before.len(), after.len());
        before
            .into_iter()
            .filter(|(path, text)| after.get(path) != Some(text))
            .map(|(path, _)| path)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        changed("\"leaf\"", "\"leave\""),
        [
            "docs/operations/order.md",
            "docs/types/inner.md",
            "docs/types/outer.md",
            "docs/types/page.md"
        ]
    );
    assert_eq!(
        changed("\"twin\"", "\"double\""),
        [
            "docs/operations/order.md",
            "docs/types/outer.md",
            "docs/types/page.md"
        ]
    );
}
