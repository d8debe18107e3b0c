//! Where traits can stand: what the specification writes as selectors.

use super::subject::{Subject, is, is_header_value, is_integer, is_number, is_string};
use crate::shapes::model::Model;
use crate::shapes::shape::{Shape, ShapeKind, Simple};

/// Where a trait can stand: in words, and as a test.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) what: &'static str,
    pub(crate) test: fn(Subject<'_>, &Model) -> bool,
}

const fn place(what: &'static str, test: fn(Subject<'_>, &Model) -> bool) -> Place {
    Place { what, test }
}

pub(crate) const ANYWHERE: Place = place("anything", |_, _| true);
pub(crate) const SERVICE: Place = place("services", |s, _| {
    is_shape(s, |k| matches!(k, ShapeKind::Service(_)))
});
pub(crate) const RESOURCE: Place = place("resources", |s, _| {
    is_shape(s, |k| matches!(k, ShapeKind::Resource(_)))
});
pub(crate) const OPERATION: Place = place("operations", |s, _| {
    is_shape(s, |k| matches!(k, ShapeKind::Operation(_)))
});
pub(crate) const SERVICE_OR_OPERATION: Place = place("services and operations", |s, _| {
    is_shape(s, |kind| {
        matches!(kind, ShapeKind::Service(_) | ShapeKind::Operation(_))
    })
});
pub(crate) const SERVICE_OR_RESOURCE: Place = place("services and resources", |s, m| {
    (SERVICE.test)(s, m) || (RESOURCE.test)(s, m)
});
pub(crate) const RESOURCE_OR_OPERATION: Place = place("resources and operations", |s, m| {
    (RESOURCE.test)(s, m) || (OPERATION.test)(s, m)
});
pub(crate) const SERVICE_RESOURCE_OR_OPERATION: Place =
    place("services, resources and operations", |s, _| {
        is_shape(s, is_service_type)
    });
pub(crate) const EVENT_STREAM_OPERATION: Place =
    place("operations with event streams", |s, model| {
        let ShapeKind::Operation(operation) = &s.shape.kind else {
            return false;
        };
        [&operation.input, &operation.output]
            .into_iter()
            .filter_map(|id| model.shape(id))
            .flat_map(Shape::members)
            .filter_map(|member| model.target(member))
            .any(|target| {
                matches!(target.kind, ShapeKind::Union(_))
                    && target.traits.has("smithy.api#streaming")
            })
    });
pub(crate) const STRUCTURE: Place = place("structures", |s, _| {
    is_shape(s, |k| matches!(k, ShapeKind::Structure(_)))
});
pub(crate) const ERROR: Place = place("structures with the `error` trait", |s, _| {
    is_shape(s, |kind| matches!(kind, ShapeKind::Structure(_)))
        && s.traits().has("smithy.api#error")
});
pub(crate) const OPERATION_OR_ERROR: Place = place(
    "operations and structures with the `error` trait",
    |s, m| (OPERATION.test)(s, m) || (ERROR.test)(s, m),
);
pub(crate) const COMPARABLE_LIST: Place =
    place("lists, but not of floats or documents", |s, model| {
        // Only what the items themselves are, not what lies in them: Smithy looks deeper, but has
        // let such lists pass.
        let is_comparable = |item: &Shape| {
            ![Simple::Float, Simple::Double, Simple::Document]
                .iter()
                .any(|simple| is(item, *simple))
        };
        is_shape(s, |kind| matches!(kind, ShapeKind::List(_)))
            && is_comparable(item(s.shape, model))
    });
pub(crate) const LIST_OR_MAP: Place = place("lists and maps", |s, _| is_shape(s, is_list_or_map));
pub(crate) const TEXT_OR_BLOB: Place = place("strings and blobs", |s, _| {
    s.member.is_none() && (is_string(s.shape) || is(s.shape, Simple::Blob))
});
pub(crate) const STRING: Place = place("strings", |s, _| {
    is_shape(s, |kind| matches!(kind, ShapeKind::Simple(Simple::String)))
});
pub(crate) const STRING_OR_ENUM: Place = place("strings and enums", |s, _| {
    s.member.is_none() && is_string(s.shape)
});
pub(crate) const STRUCTURE_OR_STRING: Place = place("structures and strings", |s, _| {
    s.member.is_none() && (is_string(s.shape) || matches!(s.shape.kind, ShapeKind::Structure(_)))
});
pub(crate) const BLOB_OR_UNION: Place = place("blobs and unions", |s, _| {
    is_shape(s, |kind| {
        matches!(kind, ShapeKind::Simple(Simple::Blob) | ShapeKind::Union(_))
    })
});
pub(crate) const STREAMING_BLOB: Place = place("streaming blobs", |s, _| {
    is_shape(s, |kind| matches!(kind, ShapeKind::Simple(Simple::Blob)))
        && s.traits().has("smithy.api#streaming")
});
pub(crate) const DATA: Place = place("data shapes, not members", |s, _| {
    is_shape(s, |kind| !is_service_type(kind))
});
pub(crate) const DATA_OR_MEMBER: Place = place("data shapes and members", |s, _| {
    s.member.is_some() || !is_service_type(&s.shape.kind)
});
pub(crate) const CLASSIFIED: Place = place("data shapes but maps, and members", |s, _| {
    s.member.is_some()
        || !(is_service_type(&s.shape.kind) || matches!(s.shape.kind, ShapeKind::Map { .. }))
});
pub(crate) const DEFINITION: Place = place("trait definitions", |s, _| {
    s.member.is_none() && s.traits().has("smithy.api#trait")
});
pub(crate) const SHAPE: Place = place("shapes, not members", |s, _| s.member.is_none());
pub(crate) const XML_NAME: Place = place("structures, unions and members", |s, _| {
    s.member.is_some() || matches!(s.shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
});
pub(crate) const XML_NAMESPACE: Place = place("services, data shapes and members", |s, _| {
    !matches!(
        s.shape.kind,
        ShapeKind::Operation(_) | ShapeKind::Resource(_)
    )
});

pub(crate) const ANY_MEMBER: Place = place("members", |s, _| s.member.is_some());
pub(crate) const ENUM_MEMBER: Place = place("members of enums", |s, _| {
    s.member.is_some() && matches!(s.shape.kind, ShapeKind::Enum(_) | ShapeKind::IntEnum(_))
});
pub(crate) const STRUCTURE_MEMBER: Place =
    place("members of structures", |s, _| is_structure_member(s));
pub(crate) const STRUCTURE_OR_UNION_MEMBER: Place =
    place("members of structures and unions", |s, _| {
        s.member.is_some() && matches!(s.shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
    });
pub(crate) const DEFAULTED_MEMBER: Place = place("members with the `default` trait", |s, _| {
    is_structure_member(s) && s.traits().has("smithy.api#default")
});
pub(crate) const STRING_MEMBER: Place =
    place("members of structures that target strings", |s, model| {
        is_member_of(s, model, is_string)
    });
pub(crate) const REQUIRED_STRING_MEMBER: Place = place(
    "required members of structures that target strings",
    |s, m| is_member_of(s, m, is_string) && s.traits().has("smithy.api#required"),
);
const INTEGER_MEMBER: Place = place("members of structures that target integers", |s, model| {
    is_member_of(s, model, |target| {
        is(target, Simple::Integer) || matches!(target.kind, ShapeKind::IntEnum(_))
    })
});
pub(crate) const STATUS_MEMBER: Place = place(
    "members of structures that target integers, not of an `input`",
    |s, model| (INTEGER_MEMBER.test)(s, model) && !s.shape.traits.has("smithy.api#input"),
);
pub(crate) const HEADER_VALUE_MEMBER: Place = place(
    "members of structures that target strings, numbers, Booleans and timestamps",
    |s, model| is_member_of(s, model, is_header_value),
);
pub(crate) const HEADER_VALUES_MEMBER: Place = place(
    "members of structures that target strings, numbers, Booleans, timestamps and lists of these",
    |s, model| is_member_of(s, model, |target| is_header_value(item(target, model))),
);
pub(crate) const PREFIX_HEADERS_MEMBER: Place = place(
    "members of structures that target maps of strings, not sparse",
    |s, model| {
        is_member_of(s, model, |target| {
            map_value(target, model).is_some_and(is_string)
                && !target.traits.has("smithy.api#sparse")
        })
    },
);
pub(crate) const QUERY_PARAMS_MEMBER: Place = place(
    "members of structures that target maps of strings or of lists of strings",
    |s, model| {
        is_member_of(s, model, |target| {
            map_value(target, model).is_some_and(|value| is_string(item(value, model)))
        })
    },
);
pub(crate) const TOPIC_LABEL_MEMBER: Place = place(
    "required members that target strings, integers, Booleans and timestamps",
    |s, model| {
        s.member.is_some()
            && s.traits().has("smithy.api#required")
            && reaches(s, model, |target| {
                is_string(target) || is_fixed_integer(target) || {
                    [Simple::Boolean, Simple::Timestamp]
                        .iter()
                        .any(|simple| is(target, *simple))
                }
            })
    },
);
pub(crate) const EVENT_HEADER_MEMBER: Place = place(
    "members of structures that target Booleans, integers, blobs, strings and timestamps",
    |s, model| {
        is_member_of(s, model, |target| {
            is_string(target)
                || is_fixed_integer(target)
                || [Simple::Boolean, Simple::Blob, Simple::Timestamp]
                    .iter()
                    .any(|simple| is(target, *simple))
        })
    },
);
pub(crate) const EVENT_PAYLOAD_MEMBER: Place = place(
    "members of structures that target blobs, strings, structures and unions",
    |s, model| {
        is_member_of(s, model, |target| {
            is_string(target)
                || is(target, Simple::Blob)
                || matches!(target.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
        })
    },
);
pub(crate) const FLATTENED_MEMBER: Place =
    place("members that target lists and maps", |s, model| {
        s.member.is_some() && reaches(s, model, |target| is_list_or_map(&target.kind))
    });

pub(crate) const NUMBERS: Place = place("numbers", |s, model| reaches(s, model, is_number));
pub(crate) const STRINGS: Place = place("strings", |s, model| reaches(s, model, is_string));
pub(crate) const TIMESTAMPS: Place = place("timestamps", |s, model| {
    reaches(s, model, |t| is(t, Simple::Timestamp))
});
pub(crate) const BOXABLE: Place = place("numbers and Booleans", |s, model| {
    reaches(s, model, |t| is_number(t) || is(t, Simple::Boolean))
});
pub(crate) const LENGTHS: Place = place("lists, maps, strings and blobs", |s, model| {
    reaches(s, model, |t| {
        is_string(t) || is(t, Simple::Blob) || is_list_or_map(&t.kind)
    })
});
pub(crate) const DEFAULTS: Place = place(
    "simple shapes, enums, lists, maps, and members of structures that target these",
    |s, model| {
        (s.member.is_none() || is_structure_member(s))
            && reaches(s, model, |target| is_defaultable(&target.kind))
    },
);

fn is_shape(subject: Subject<'_>, test: fn(&ShapeKind) -> bool) -> bool {
    subject.member.is_none() && test(&subject.shape.kind)
}

fn is_structure_member(subject: Subject<'_>) -> bool {
    subject.member.is_some() && matches!(subject.shape.kind, ShapeKind::Structure(_))
}

/// Whether it is a member of a structure whose target passes the test. What targets nothing has its
/// own diagnostic.
fn is_member_of(subject: Subject<'_>, model: &Model, test: impl Fn(&Shape) -> bool) -> bool {
    is_structure_member(subject) && reaches(subject, model, test)
}

/// Whether the shape, or the target of the member, passes the test.
fn reaches(subject: Subject<'_>, model: &Model, test: impl Fn(&Shape) -> bool) -> bool {
    subject.data(model).is_none_or(test)
}

/// Whether values of the shape are integers of at most 64 bits.
fn is_fixed_integer(shape: &Shape) -> bool {
    is_integer(shape) && !is(shape, Simple::BigInteger)
}

fn is_list_or_map(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::List(_) | ShapeKind::Map { .. })
}

fn is_service_type(kind: &ShapeKind) -> bool {
    matches!(
        kind,
        ShapeKind::Service(_) | ShapeKind::Resource(_) | ShapeKind::Operation(_)
    )
}

fn is_defaultable(kind: &ShapeKind) -> bool {
    !is_service_type(kind) && !matches!(kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
}

/// The items of a list; anything else is its own item.
fn item<'a>(shape: &'a Shape, model: &'a Model) -> &'a Shape {
    match &shape.kind {
        ShapeKind::List(member) => model.target(member).unwrap_or(shape),
        _ => shape,
    }
}

fn map_value<'a>(shape: &Shape, model: &'a Model) -> Option<&'a Shape> {
    match &shape.kind {
        ShapeKind::Map { value, .. } => model.target(value),
        _ => None,
    }
}
