//! "Documentation traits" of Smithy's specification.

use crate::traits::change::EventSeverity::Warning;
use crate::traits::change::Kinds::Remove;
use crate::traits::change::{Change, change};
use crate::traits::form::Form::{Any, Bool, List, Map, NonEmpty, Object, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, ID, MARKER, STRINGS};
use crate::traits::place as on;
use crate::traits::registry::type_refinement::REQUIRED;
use crate::traits::row::Coverage::{Complete, Partial};
use crate::traits::row::{Prose, ProseKeys, row, traits};
use crate::traits::values::documentation::{Deprecated, Examples};
use crate::traits::values::fields::Strings;

traits! {
    /// The shape should no longer be used ("deprecated trait").
    DEPRECATED: Deprecated = "smithy.api#deprecated" => row(DEPRECATED_FORM, on::ANYWHERE)
        .botocore(Complete).prose_in(&["message"], 1);
    /// Documentation, in CommonMark ("documentation trait").
    DOCUMENTATION: str = "smithy.api#documentation" => row(Text, on::ANYWHERE).prose(Prose::Whole);
    /// Examples of calls of the operation ("examples trait").
    EXAMPLES: Examples = "smithy.api#examples" => row(EXAMPLES_FORM, on::OPERATION)
        .botocore(Partial).prose(EXAMPLE_PROSE);
    /// Links to further documentation ("externalDocumentation trait").
    EXTERNAL_DOCUMENTATION: () = "smithy.api#externalDocumentation" =>
        row(Map(1, &NonEmpty), on::ANYWHERE);
    /// The shape is not for external users ("internal trait").
    INTERNAL: () = "smithy.api#internal" => row(MARKER, on::ANYWHERE).changes(INTERNAL_CHANGES);
    /// The member should be set ("recommended trait").
    RECOMMENDED: () = "smithy.api#recommended" =>
        row(Object(&[("reason", Text, Optional)]), on::STRUCTURE_MEMBER).excludes(&[REQUIRED.id()])
        .prose_in(&["reason"], 1);
    /// The values must not be logged ("sensitive trait").
    SENSITIVE: () = "smithy.api#sensitive" => row(MARKER, on::DATA).botocore(Complete);
    /// The version that introduced the shape ("since trait").
    SINCE: () = "smithy.api#since" => row(Text, on::ANYWHERE);
    /// Tags of the shape ("tags trait").
    TAGS: Strings = "smithy.api#tags" => row(STRINGS, on::ANYWHERE);
    /// The name of the service or resource ("title trait").
    TITLE: str = "smithy.api#title" => row(Text, on::ANYWHERE).botocore(Complete);
    /// The shape may change ("unstable trait").
    UNSTABLE: () = "smithy.api#unstable" => row(MARKER, on::ANYWHERE);
}

const DEPRECATED_FORM: Form = Object(&[("message", Text, Optional), ("since", Text, Optional)]);

const EXAMPLES_FORM: Form = List(
    0,
    &Object(&[
        ("title", Text, Required),
        ("documentation", Text, Optional),
        ("input", Any, Optional),
        ("output", Any, Optional),
        (
            "error",
            Object(&[("shapeId", ID, Optional), ("content", Any, Optional)]),
            Optional,
        ),
        ("allowConstraintErrors", Bool, Optional),
    ]),
);

const INTERNAL_CHANGES: &[Change] = &[change(
    Remove,
    "",
    Warning,
    "the shape becomes visible to everybody",
)];

const EXAMPLE_PROSE: Prose = Prose::Keys(ProseKeys {
    optional: &["documentation"],
    required: &[("title", "Example")],
    depth: 1,
});
