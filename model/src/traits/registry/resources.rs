//! "Resource traits" of Smithy's specification.

use crate::traits::change::EventSeverity::Error;
use crate::traits::change::Kinds::{Remove, Update};
use crate::traits::change::{Change, FIXED, NOT_ADDED, NOT_REMOVED, change};
use crate::traits::form::Form::{List, Map, NonEmpty, Object, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, ID, MARKER};
use crate::traits::place as on;
use crate::traits::row::{row, traits};
use crate::traits::values::resources::References;

traits! {
    /// The member holds the properties of the resource ("nestedProperties trait").
    NESTED_PROPERTIES: () = "smithy.api#nestedProperties" => row(MARKER, on::STRUCTURE_MEMBER)
        .exclusive().changes(FIXED);
    /// `put` of the resource only creates ("noReplace trait").
    NO_REPLACE: () = "smithy.api#noReplace" => row(MARKER, on::RESOURCE);
    /// The member is no property of the resource ("notProperty trait").
    NOT_PROPERTY: () = "smithy.api#notProperty" => row(MARKER, on::ANYWHERE).changes(NOT_ADDED);
    /// The member is a property of the resource ("property trait").
    PROPERTY: () = "smithy.api#property" => row(Object(&[("name", Text, Optional)]), on::STRUCTURE_MEMBER)
        .excludes(&[RESOURCE_IDENTIFIER.id()]).changes(PROPERTY_CHANGES);
    /// The resources that the shape refers to ("references trait").
    REFERENCES: References = "smithy.api#references" =>
        row(REFERENCES_FORM, on::STRUCTURE_OR_STRING);
    /// The identifier of the resource that the member is ("resourceIdentifier trait").
    RESOURCE_IDENTIFIER: str = "smithy.api#resourceIdentifier" =>
        row(NonEmpty, on::REQUIRED_STRING_MEMBER).changes(NOT_REMOVED);
}

const PROPERTY_CHANGES: &[Change] = &[change(Remove, "", Error, ""), change(Update, "", Error, "")];

const REFERENCES_FORM: Form = List(
    0,
    &Object(&[
        ("resource", ID, Required),
        ("ids", Map(0, &NonEmpty), Optional),
        ("service", ID, Optional),
        ("rel", NonEmpty, Optional),
    ]),
);
