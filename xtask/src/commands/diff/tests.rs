//! Every kind of API change in every format.

use super::changelog;
use super::report::{self, Files, Models};
use crate::bump::Difference;
use smithy_codegen::{ApiChange, ChangeKind, ItemChange};
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
            None,
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
        let markdown = report::markdown(&difference, files);
        assert!(
            markdown.ends_with(&format!("\n## Rust API: breaking\n\n- {sentence}\n")),
            "{markdown}"
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
            Some((section, line)) => format!("### {section}\n\n- {line}\n"),
            None => "No changes that users see.\n".to_owned(),
        };
        assert_eq!(changelog::draft(&difference), expected);
    }
}
