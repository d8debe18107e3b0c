//! "Type refinement traits" of Smithy's specification.

use crate::syntax::node::Node;
use crate::traits::change::{FIXED, FIXED_PRESENCE, NOT_REMOVED};
use crate::traits::form::Form::{Any, Bool, Checked, List, NonEmpty, Object, OneOf, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, IDS, MARKER, STRINGS};
use crate::traits::registry::meta::TRAIT;
use crate::traits::row::Coverage::{Complete, Inferred, Partial};
use crate::traits::row::{row, traits};
use crate::traits::values::type_refinement::{EnumDefinitions, Fault};
use crate::traits::{grammar, place as on};

traits! {
    /// The default of the member was added after its release ("addedDefault trait").
    ADDED_DEFAULT: () = "smithy.api#addedDefault" => row(MARKER, on::DEFAULTED_MEMBER)
        .changes(NOT_REMOVED);
    /// The member can be absent, in Smithy 1.0 ("box trait").
    BOX: () = "smithy.api#box" => row(MARKER, on::BOXABLE);
    /// The member is optional to clients ("clientOptional trait").
    CLIENT_OPTIONAL: () = "smithy.api#clientOptional" => row(MARKER, on::STRUCTURE_MEMBER);
    /// The value of an absent member ("default trait").
    DEFAULT: Node = "smithy.api#default" => row(Any, on::DEFAULTS).botocore(Inferred);
    /// The values of a string, in Smithy 1.0 ("enum trait").
    ENUM: EnumDefinitions = "smithy.api#enum" => row(ENUM_FORM, on::STRING).changes(FIXED_PRESENCE)
        .botocore(Complete).prose_in(&["documentation"], 1);
    /// The value of a member of an enum ("enumValue trait").
    ENUM_VALUE: Node = "smithy.api#enumValue" => row(Any, on::ENUM_MEMBER).botocore(Complete);
    /// The structure is an error, and whose fault it is ("error trait").
    ERROR: Fault = "smithy.api#error" => row(OneOf(&["client", "server"]), on::STRUCTURE)
        .excludes(&[TRAIT.id()]).changes(FIXED).botocore(Complete);
    /// The structure is the input of one operation ("input trait").
    INPUT: () = "smithy.api#input" => row(MARKER, on::STRUCTURE)
        .excludes(&[OUTPUT.id(), ERROR.id()]).changes(FIXED_PRESENCE).botocore(Inferred);
    /// The shape is mixed into others ("mixin trait").
    MIXIN: () = "smithy.api#mixin" => row(Object(&[("localTraits", IDS, Optional)]), on::SHAPE)
        .implies(&[("interface", None)]);
    /// The structure is the output of one operation ("output trait").
    OUTPUT: () = "smithy.api#output" => row(MARKER, on::STRUCTURE)
        .excludes(&[INPUT.id(), ERROR.id()]).changes(FIXED_PRESENCE).botocore(Inferred);
    /// The member must be present ("required trait").
    REQUIRED: () = "smithy.api#required" => row(MARKER, on::STRUCTURE_MEMBER).botocore(Complete);
    /// The list or map can hold null ("sparse trait").
    SPARSE: () = "smithy.api#sparse" => row(MARKER, on::LIST_OR_MAP).changes(FIXED_PRESENCE)
        .botocore(Partial);
    /// The structure is the unit type ("Unit type").
    UNIT_TYPE: () = "smithy.api#unitType" => row(MARKER, on::STRUCTURE);
}

const ENUM_FORM: Form = List(
    1,
    &Object(&[
        ("value", NonEmpty, Required),
        ("name", ENUM_NAME, Optional),
        ("documentation", Text, Optional),
        ("tags", STRINGS, Optional),
        ("deprecated", Bool, Optional),
    ]),
);

const ENUM_NAME: Form = Checked(
    "a name of letters, digits and underscores",
    "NAME_1",
    grammar::is_enum_name,
);
