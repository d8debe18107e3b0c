//! Every kind of API change in every format.

use super::report::{self, Files, Models};
use super::{changelog, markdown};
use crate::bump::Difference;
use smithy_codegen::{ApiChange, ApiVerdict, BehaviorChange, BehaviorKind, ChangeKind, ItemChange};
use smithy_model::diff::{Event, EventSeverity};
use smithy_model::{Model, ShapeId, Sources};

/// An item, what changed, its sentence, and its place in the changelog.
type Case = (
    &'static str,
    ChangeKind,
    &'static str,
    Option<(&'static str, &'static str)>,
);

fn cases() -> Vec<Case> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let signature = ChangeKind::Signature {
        old: "Vec<i32>".to_owned(),
        new: "Vec<Option<i32>>".to_owned(),
    };
    vec![
        (
            "Client::put",
            ChangeKind::Added,
            "`Client::put` was added",
            Some(("Added", "`Client::put`")),
        ),
        (
            "impl Default for types::Size",
            ChangeKind::Removed,
            "`impl Default for types::Size` was removed",
            Some(("Removed", "`impl Default for types::Size`")),
        ),
        (
            "types::Size::depth",
            ChangeKind::Deprecated,
            "`types::Size::depth` is now deprecated",
            Some(("Deprecated", "`types::Size::depth`")),
        ),
        (
            "types::Size::widths",
            signature,
            "`types::Size::widths` changed from `Vec<i32>` to `Vec<Option<i32>>`",
            Some((
                "Changed",
                "`types::Size::widths` changed from `Vec<i32>` to `Vec<Option<i32>>`",
            )),
        ),
        (
            "types::Size::builder()",
            ChangeKind::RequiresMore(names(&["height", "width"])),
            "`types::Size::builder()` now requires `height`, `width`",
            Some((
                "Changed",
                "`types::Size::builder()` now requires `height`, `width`",
            )),
        ),
        (
            "types::Line::builder()",
            ChangeKind::RequiresLess(names(&["length"])),
            "`types::Line::builder()` no longer requires `length`",
            Some((
                "Changed",
                "`types::Line::builder()` no longer requires `length`",
            )),
        ),
    ]
}

fn difference(item: &str, kind: ChangeKind) -> Difference {
    let change = ItemChange {
        item: item.to_owned(),
        kind,
        shape: ShapeId::parse("example.shop#Size").unwrap(),
    };
    Difference {
        events: Vec::new(),
        api_version: None,
        api: Ok(ApiChange {
            breaking: vec![change],
            compatible: Vec::new(),
            behavior: Vec::new(),
        }),
    }
}

#[test]
fn every_kind_of_change_in_every_format() {
    let (sources, model) = (Sources::new(), Model::default());
    let files = Files {
        old: &sources,
        new: &sources,
    };
    let models = Models {
        old: &model,
        new: &model,
    };
    for (item, kind, sentence, in_changelog) in cases() {
        let side = if kind == ChangeKind::Removed {
            "old"
        } else {
            "new"
        };
        let difference = difference(item, kind);
        let text = report::text(&difference, files, "version: major");
        assert_eq!(
            text,
            format!("model: no changes\nRust API: breaking\n    {sentence}\nversion: major\n")
        );
        let markdown = markdown::page(&difference, files, "version: major");
        assert_eq!(
            markdown,
            format!(
                "## Rust API: breaking\n\nVersion: **major**.\n\n- **Breaking:** {sentence}\n\n\
                 ## Model: no changes\n"
            )
        );
        let json = report::json(&difference, models, files);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            json["breaking"],
            serde_json::json!([
                {"what": sentence, "shape": "example.shop#Size", "model": side, "place": null}
            ])
        );
        let expected = match in_changelog {
            Some((section, line)) => format!("### {section}\n\n- **Breaking:** {line}\n"),
            None => "No changes that users see.\n".to_owned(),
        };
        assert_eq!(changelog::draft(&difference), expected);
    }
}

fn event(id: &str, shape: &str, message: String) -> Event {
    Event {
        severity: EventSeverity::Note,
        id: id.to_owned(),
        shape: Some(ShapeId::parse(shape).unwrap()),
        message,
        place: None,
    }
}

/// A page whose rows do not fit still has its verdict and all its ends.
#[test]
fn pages_have_at_most_60000_characters() {
    let sources = Sources::new();
    let files = Files {
        old: &sources,
        new: &sources,
    };
    let documentation = "ModifiedTrait.Update.smithy.api#documentation";
    for (items, rows) in [(1, 1), (10, 900), (900, 10), (3000, 3000)] {
        let mut difference = difference("types::Size", ChangeKind::Added);
        let api = difference.api.as_mut().unwrap();
        api.breaking = vec![api.breaking[0].clone(); items];
        for id in ["AddedShape", documentation] {
            let message = format!("from `{}` to `y`", "é|`".repeat(300));
            let events = vec![event(id, "example.shop#Size", message); rows];
            difference.events.extend(events);
        }
        let page = markdown::page(&difference, files, "version: major");
        assert!(page.chars().count() <= 60_000, "{}", page.chars().count());
        assert!(page.starts_with("## Rust API: breaking\n\nVersion: **major**.\n"));
        assert!(page.ends_with("\n</details>\n"), "{page}");
        let is_cut = rows > 100;
        assert_eq!(
            page.contains(" more, which the format `text` lists"),
            is_cut,
            "{items} {rows}"
        );
        let shown = page.matches("`AddedShape` |").count();
        assert!(is_cut || shown == rows, "{shown}");
    }
}

#[test]
fn an_enum_value_is_one_event() {
    let mut difference = difference("types::Color::Red", ChangeKind::Added);
    difference.events = vec![
        event(
            "AddedShape",
            "example.shop#Color$RED",
            "Added member".to_owned(),
        ),
        event(
            "ChangedEnumTrait.Appended.2",
            "example.shop#Color",
            "Enum value `red`".to_owned(),
        ),
        event(
            "AddedShape",
            "example.shop#Size$RED",
            "Added member".to_owned(),
        ),
    ];
    let reported: Vec<_> = difference
        .reported()
        .map(|event| event.id.as_str())
        .collect();
    assert_eq!(reported, ["ChangedEnumTrait.Appended.2", "AddedShape"]);
}

#[test]
fn behavior_in_the_changelog() {
    let change = |item: &str, kind| BehaviorChange {
        item: item.to_owned(),
        kind,
    };
    let mut difference = difference("", ChangeKind::Added);
    difference.api = Ok(ApiChange {
        behavior: vec![
            change("", BehaviorKind::EndpointRules),
            change(
                "operations::Put",
                BehaviorKind::CanReturn("Busy".to_owned()),
            ),
            change(
                "operations::Put",
                BehaviorKind::NoLongerReturns("Gone".to_owned()),
            ),
            change(
                "operations::Put",
                BehaviorKind::Waiter("wait_until_done".to_owned()),
            ),
            change("types::Size::width", BehaviorKind::Constraints),
            change("types::Size::width", BehaviorKind::Default),
            change("types::Size::width", BehaviorKind::Redacted(true)),
            change("types::Size::width", BehaviorKind::Redacted(false)),
            change("types::Color::Red", BehaviorKind::Value),
            change("types::Size", BehaviorKind::Documentation),
        ],
        ..ApiChange::default()
    });
    assert_eq!(
        difference.api.as_ref().unwrap().verdict(),
        ApiVerdict::Unchanged
    );
    assert_eq!(
        changelog::draft(&difference),
        "### Changed\n\n\
         - The endpoint rules of the service\n\
         - `operations::Put` can return `Error::Busy`\n\
         - `operations::Put` no longer returns `Error::Gone`\n\
         - The conditions of `operations::Put::builder().wait_until_done`\n\
         - The constraints of `types::Size::width`\n\
         - The default of `types::Size::width`\n\
         - `Debug` output no longer contains the value of `types::Size::width`\n\
         - `Debug` output contains the value of `types::Size::width`\n\
         - The value of `types::Color::Red`\n\
         - The documentation of 1 item\n"
    );
}
