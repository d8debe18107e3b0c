//! Mixins are flattened (Smithy specification, "Mixins").

use crate::common::{load_shapes, summary};
use smithy_model::{Code, Loaded, ShapeKind};

fn loaded(shapes: &str) -> Loaded {
    let (sources, loaded) = load_shapes(&[shapes]);
    assert!(loaded.is_ok(), "{:?}", summary(&sources, &loaded));
    loaded
}

fn member_names(loaded: &Loaded, id: &str) -> Vec<String> {
    loaded.model.shapes[id]
        .members()
        .map(|member| member.name.clone())
        .collect()
}

const STRUCTURES: &str = r#"
    "a#A": {"type": "structure", "members": {"a": {"target": "smithy.api#String",
        "traits": {"smithy.api#documentation": "generic", "smithy.api#required": {}}}},
        "traits": {"smithy.api#mixin": {"localTraits": ["smithy.api#private"]}, "smithy.api#private": {},
            "smithy.api#title": "A", "smithy.api#since": "1"}},
    "a#B": {"type": "structure", "mixins": [{"target": "a#A"}], "members": {"b": {"target": "smithy.api#String"}},
        "traits": {"smithy.api#mixin": {}, "smithy.api#title": "B"}},
    "a#C": {"type": "structure", "members": {"c": {"target": "smithy.api#String"}},
        "traits": {"smithy.api#mixin": {}, "smithy.api#since": "3"}},
    "a#S": {"type": "structure", "mixins": [{"target": "a#B"}, {"target": "a#C"}], "members":
        {"s": {"target": "smithy.api#String"},
         "c": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "refined"}}}},
    "a#S$a": {"type": "apply", "traits": {"smithy.api#documentation": "specific"}}"#;

#[test]
fn inherited_members_are_ordered_and_belong_to_the_user() {
    let loaded = loaded(STRUCTURES);
    assert_eq!(member_names(&loaded, "a#S"), ["a", "b", "c", "s"]);
    assert!(
        loaded.model.shapes["a#S"]
            .members()
            .all(|member| member.id.container().as_str() == "a#S")
    );
    assert_eq!(member_names(&loaded, "a#B"), ["a", "b"]);
}

#[test]
fn own_traits_take_precedence_and_local_traits_are_not_inherited() {
    let loaded = loaded(STRUCTURES);
    let shape = &loaded.model.shapes["a#S"];
    let text = |id: &str| shape.traits.get(id).and_then(|node| node.as_str());
    assert_eq!(text("smithy.api#title"), Some("B"));
    assert_eq!(text("smithy.api#since"), Some("3"));
    assert!(!shape.traits.has("smithy.api#private") && !shape.traits.has("smithy.api#mixin"));
    let docs = |name: &str| {
        shape
            .member(name)
            .unwrap()
            .traits
            .get("smithy.api#documentation")
            .unwrap()
            .as_str()
    };
    assert_eq!(docs("a"), Some("specific"));
    assert_eq!(docs("c"), Some("refined"));
    assert!(shape.member("a").unwrap().traits.has("smithy.api#required"));
}

#[test]
fn lists_operations_and_services_inherit() {
    let loaded = loaded(
        r#""a#M": {"type": "list", "member": {"target": "smithy.api#String"}, "traits": {"smithy.api#mixin": {}}},
        "a#L": {"type": "list", "mixins": [{"target": "a#M"}]},
        "a#E": {"type": "structure", "traits": {"smithy.api#error": "client"}},
        "a#F": {"type": "structure", "traits": {"smithy.api#error": "client"}},
        "a#P": {"type": "operation", "errors": [{"target": "a#E"}], "traits": {"smithy.api#mixin": {}}},
        "a#Q": {"type": "operation", "mixins": [{"target": "a#P"}], "errors": [{"target": "a#F"}, {"target": "a#E"}]},
        "a#T": {"type": "service", "version": "1", "operations": [{"target": "a#Q"}], "traits": {"smithy.api#mixin": {}}},
        "a#R": {"type": "operation"},
        "a#V": {"type": "service", "traits": {"smithy.api#mixin": {}}},
        "a#U": {"type": "service", "mixins": [{"target": "a#T"}, {"target": "a#V"}], "operations": [{"target": "a#R"}]}"#,
    );
    assert_eq!(member_names(&loaded, "a#L"), ["member"]);
    let ShapeKind::Operation(operation) = &loaded.model.shapes["a#Q"].kind else {
        panic!()
    };
    assert_eq!(
        operation
            .errors
            .iter()
            .map(|id| id.as_str())
            .collect::<Vec<_>>(),
        ["a#E", "a#F"]
    );
    let ShapeKind::Service(service) = &loaded.model.shapes["a#U"].kind else {
        panic!()
    };
    assert_eq!(
        service
            .operations
            .iter()
            .map(|id| id.as_str())
            .collect::<Vec<_>>(),
        ["a#Q", "a#R"]
    );
    assert_eq!(service.version, "1");
}

#[test]
fn invalid_mixins_are_rejected() {
    let mixin = r#""smithy.api#mixin": {}"#;
    let structure = |id: &str, members: &str, traits: &str, mixins: &str| {
        format!(
            r#""{id}": {{"type": "structure", "members": {{{members}}}, "traits": {{{traits}}}, "mixins": [{mixins}]}}"#
        )
    };
    let uses = |id: &str| format!(r#"{{"target": "{id}"}}"#);
    let m = |target: &str| format!(r#""m": {{"target": "smithy.api#{target}"}}"#);
    let cases = [
        (
            vec![structure("a#S", "", "", &uses("a#None"))],
            Code::UnknownMixin,
        ),
        (
            vec![
                structure("a#M", "", "", ""),
                structure("a#S", "", "", &uses("a#M")),
            ],
            Code::InvalidMixin,
        ),
        (
            vec![
                r#""a#M": {"type": "string", "traits": {"smithy.api#mixin": {}}}"#.to_owned(),
                structure("a#S", "", "", &uses("a#M")),
            ],
            Code::InvalidMixin,
        ),
        (
            vec![
                structure("a#M", &m("String"), mixin, ""),
                structure("a#S", &m("Blob"), "", &uses("a#M")),
            ],
            Code::ConflictingMixinMembers,
        ),
        (
            vec![structure("a#S", "", mixin, &uses("a#S"))],
            Code::MixinCycle,
        ),
        (
            vec![
                structure("a#M", "", mixin, ""),
                structure("a#S", "", "", &uses("a#M")),
                r#""a#S$m": {"type": "apply", "traits": {"smithy.api#title": "t"}}"#.to_owned(),
            ],
            Code::UnknownApplyTarget,
        ),
        (
            vec![
                structure("a#M", "", mixin, ""),
                r#""a#L": {"type": "list", "member": {"target": "a#M"}}"#.to_owned(),
            ],
            Code::WrongTargetKind,
        ),
    ];
    for (shapes, code) in cases {
        let (sources, loaded) = load_shapes(&[&shapes.join(",")]);
        assert_eq!(
            loaded
                .diagnostics
                .iter()
                .map(|d| d.code)
                .collect::<Vec<_>>(),
            [code],
            "{:?}",
            summary(&sources, &loaded)
        );
    }
}
