use crate::graph::member::Blank;
use crate::graph::shape::{Structure, TypeName};
use crate::lower::jmespath::parse::{DEEPEST, Root, parse};
use crate::lower::jmespath::scope::Scope;
use indexmap::IndexMap;
use smithy_model::ShapeId;

/// The problem of an expression over input and output, both without members.
fn problem(text: &str) -> String {
    problem_from(Root::InputOutput, text)
}

fn problem_from(root: Root, text: &str) -> String {
    let structure = || Structure {
        id: ShapeId::parse("example#Empty").unwrap(),
        name: TypeName {
            rust: String::new(),
            builder: String::new(),
            module: String::new(),
        },
        members: Vec::new(),
        blank: Blank::Derived,
        recursive: false,
        in_input: false,
        sensitive: false,
        deprecated: None,
        docs: crate::text::docs::Docs::default(),
    };
    let (input, output, shapes) = (structure(), structure(), IndexMap::new());
    parse(
        text,
        root,
        Scope {
            input: &input,
            output: &output,
            shapes: &shapes,
        },
    )
    .unwrap_err()
}

#[test]
fn expressions_cannot_exhaust_the_stack() {
    for (sign, times) in [
        ("(", 1),
        ("[", 1),
        ("!", 1),
        ("output.", 1),
        ("a[?", 1),
        ("a||", 2),
        ("{a:", 1),
        ("f(", 1),
    ] {
        assert!(!problem(&sign.repeat(DEEPEST / times)).is_empty(), "{sign}");
        let deeper = problem(&sign.repeat(DEEPEST / times + 1));
        assert_eq!(
            deeper, "it has more than 100 brackets and operators",
            "{sign}"
        );
    }
}

#[test]
fn errors_name_the_cause() {
    for (text, wanted) in [
        ("output.a", "`Empty` has no member `a`"),
        ("a", "`a` is neither `input` nor `output`"),
        ("output[0]", "elements are read from the output"),
        ("output[*]", "elements are read from the output"),
        ("output.*", "values are read from the output"),
        ("[input, output]", "a list has the input and the output"),
        ("`[1]`", "literal lists and objects are not supported"),
        ("{a: input}", "multi-select hashes are not supported"),
        (
            "length(input, output)",
            "`length` does not take 2 arguments",
        ),
        ("length(input)", "the length is read from the input"),
        (
            "sort_by(input, &a)",
            "expression references are not supported",
        ),
        ("!input", "the input cannot be tested for truth"),
        (
            "`1` < 'a'",
            "this comparison of a number with a string always has the same result",
        ),
    ] {
        assert_eq!(problem(text), wanted, "{text}");
    }
}

/// <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait>
#[test]
fn endpoint_parameters_allow_a_subset() {
    for text in ["a.b", "a[*].b", "a.*", "a[]", "a.[b, c][]", "keys(a)"] {
        assert_eq!(
            problem_from(Root::Operation, text),
            "`Empty` has no member `a`",
            "{text}"
        );
    }
    let beyond = [
        "a[0]", "a[:1]", "a[?b]", "a || b", "a && b", "!a", "a == b", "`1`", "'a'", "{a: b}", "&a",
    ];
    for text in beyond.into_iter().chain([
        "values(a)",
        "length(a)",
        "a[*].[b, c[0]]",
        "keys(values(a))",
    ]) {
        let wanted = "only members, `[*]`, `*`, `[]`, `[a, b]` and `keys` are allowed";
        assert_eq!(problem_from(Root::Operation, text), wanted, "{text}");
    }
}
