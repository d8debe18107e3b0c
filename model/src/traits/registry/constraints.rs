//! "Constraint traits" of Smithy's specification.

use crate::syntax::node::Node;
use crate::traits::change::EventSeverity::{Note, Warning};
use crate::traits::change::Kinds::{Add, Presence, Update};
use crate::traits::change::{Change, change};
use crate::traits::form::Form::{Bool, Int, Number, Object, Text};
use crate::traits::form::Need::Optional;
use crate::traits::form::{Form, MARKER};
use crate::traits::place as on;
use crate::traits::reader::TraitValue;
use crate::traits::registry::type_refinement::SPARSE;
use crate::traits::row::Coverage::Complete;
use crate::traits::row::{row, traits};
use crate::traits::values::constraints::{Length, Range};

traits! {
    /// The strings are absolute shape ids ("idRef trait").
    ID_REF: () = "smithy.api#idRef" => row(ID_REF_FORM, on::STRINGS);
    /// Bounds a length ("length trait").
    LENGTH: Length = "smithy.api#length" =>
        row(Object(&[("min", Int, Optional), ("max", Int, Optional)]), on::LENGTHS)
        .botocore_like(Complete, same_length);
    /// A regular expression that strings match ("pattern trait").
    PATTERN: str = "smithy.api#pattern" => row(Text, on::STRINGS).changes(PATTERN_CHANGES)
        .botocore_like(Complete, same_pattern);
    /// Only shapes of its namespace can target the shape ("private trait").
    PRIVATE: () = "smithy.api#private" => row(MARKER, on::ANYWHERE);
    /// Bounds a number ("range trait").
    RANGE: Range = "smithy.api#range" => row(RANGE_FORM, on::NUMBERS).botocore(Complete);
    /// The items of a list differ ("uniqueItems trait").
    UNIQUE_ITEMS: () = "smithy.api#uniqueItems" => row(MARKER, on::COMPARABLE_LIST)
        .excludes(&[SPARSE.id()]).changes(UNIQUE_ITEMS_CHANGES);
}

const ID_REF_FORM: Form = Object(&[
    ("selector", Text, Optional),
    ("failWhenMissing", Bool, Optional),
    ("errorMessage", Text, Optional),
]);

const PATTERN_CHANGES: &[Change] = &[
    change(
        Add,
        "",
        Warning,
        "it breaks nobody only if every value matched before",
    ),
    change(Update, "", Note, "a pattern should only ever allow more"),
];

const RANGE_FORM: Form = Object(&[("min", Number, Optional), ("max", Number, Optional)]);

const UNIQUE_ITEMS_CHANGES: &[Change] = &[change(Presence, "", Warning, "")];

/// A minimum of 0 is sometimes left out.
fn same_length(existing: &Node, botocore: &Node) -> bool {
    let bounds = |node| Length::read(node).map(|length| (length.min.unwrap_or(0), length.max));
    bounds(existing) == bounds(botocore)
}

/// Anchors at the ends are lost.
fn same_pattern(existing: &Node, botocore: &Node) -> bool {
    let bare = |node: &Node| {
        let text = node.as_str().unwrap_or_default();
        let text = text.strip_prefix('^').unwrap_or(text);
        text.strip_suffix('$').unwrap_or(text).to_owned()
    };
    bare(existing) == bare(botocore)
}
