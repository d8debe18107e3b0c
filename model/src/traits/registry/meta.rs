//! Traits of trait definitions, metadata and validation ("Model", "Model validation" of Smithy's
//! specification), and those that other tools read: "Smithy OpenAPI", "MQTT protocol bindings",
//! "Contract traits".

use crate::traits::change::EventSeverity::{Error, Note};
use crate::traits::change::Kinds::{All, Presence, Update};
use crate::traits::change::{Change, FIXED, change};
use crate::traits::form::Form::{Checked, List, Map, NonEmpty, Object, OneOf, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, MARKER};
use crate::traits::place as on;
use crate::traits::row::{row, traits};
use crate::traits::values::fields::Strings;
use crate::traits::values::meta::TraitDefinition;

traits! {
    /// The key of metadata that the shape describes ("Metadata").
    METADATA: () = "smithy.api#metadata" => row(Object(&[("key", NonEmpty, Required)]), on::DATA);
    /// Validation events that are suppressed ("suppress trait").
    SUPPRESS: Strings = "smithy.api#suppress" => row(List(0, &NonEmpty), on::ANYWHERE);
    /// The shape defines a trait ("trait trait").
    TRAIT: TraitDefinition = "smithy.api#trait" => row(TRAIT_FORM, on::DATA).changes(TRAIT_CHANGES)
        .implies(&[("selector", Some("\"*\""))]);
    /// Where the trait may stand ("traitValidators trait").
    TRAIT_VALIDATORS: () = "smithy.api#traitValidators" => row(Map(0, &VALIDATOR), on::DEFINITION);
    /// JMESPath expressions that values satisfy ("conditions trait").
    CONDITIONS: () = "smithy.contracts#conditions" => row(CONDITIONS_FORM, on::DATA_OR_MEMBER);
    /// The MQTT topic of the messages that the operation sends ("publish trait").
    PUBLISH: () = "smithy.mqtt#publish" => row(TOPIC, on::OPERATION).excludes(&[SUBSCRIBE.id()])
        .changes(FIXED);
    /// The MQTT topic of the events that the operation receives ("subscribe trait").
    SUBSCRIBE: () = "smithy.mqtt#subscribe" => row(TOPIC, on::OPERATION).excludes(&[PUBLISH.id()])
        .changes(FIXED);
    /// The member is a label of an MQTT topic ("topicLabel trait").
    TOPIC_LABEL: () = "smithy.mqtt#topicLabel" => row(MARKER, on::TOPIC_LABEL_MEMBER);
    /// The trait becomes an extension of OpenAPI ("specificationExtension trait").
    SPECIFICATION_EXTENSION: () = "smithy.openapi#specificationExtension" =>
        row(Object(&[("as", EXTENSION_KEY, Optional)]), on::DEFINITION)
        .changes(SPECIFICATION_EXTENSION_CHANGES);
}

const TRAIT_CHANGES: &[Change] = &[
    change(Presence, "", Error, ""),
    change(All, "/structurallyExclusive", Error, ""),
    change(
        Update,
        "/conflicts",
        Note,
        "models that were valid may no longer be",
    ),
];

const CONDITIONS_FORM: Form = Map(
    0,
    &Object(&[
        ("expression", Text, Required),
        ("documentation", Text, Required),
    ]),
);

const SPECIFICATION_EXTENSION_CHANGES: &[Change] = &[
    change(Presence, "", Error, ""),
    change(All, "/as", Error, ""),
];

const TRAIT_FORM: Form = Object(&[
    ("selector", Text, Optional),
    (
        "structurallyExclusive",
        OneOf(&["member", "target"]),
        Optional,
    ),
    ("conflicts", List(0, &NonEmpty), Optional),
    ("breakingChanges", List(1, &BREAKING_CHANGE), Optional),
]);

const BREAKING_CHANGE: Form = Object(&[
    ("path", Text, Optional),
    (
        "change",
        OneOf(&["update", "add", "remove", "presence", "any"]),
        Required,
    ),
    ("severity", SEVERITY, Optional),
    ("message", Text, Optional),
]);

const SEVERITY: Form = OneOf(&["NOTE", "WARNING", "DANGER", "ERROR"]);

const VALIDATOR: Form = Object(&[
    ("selector", Text, Required),
    ("message", Text, Optional),
    ("severity", SEVERITY, Optional),
]);

const TOPIC: Form = Checked("an MQTT topic without `#` and `+`", "a/{b}", |text| {
    !text.is_empty() && !text.contains(['#', '+'])
});

const EXTENSION_KEY: Form = Checked("a key that starts with `x-`", "x-key", |text| {
    text.strip_prefix("x-").is_some_and(|name| !name.is_empty())
});
