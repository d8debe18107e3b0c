use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::{code_list, with_article};
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Resource, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::resources::REFERENCES;
use crate::traits::subject::is_string;
use crate::traits::values::resources::Reference;

/// Checks that references refer to resources, with a member for each identifier (Smithy specification,
/// "references trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for shape in model.shapes.values() {
        for reference in REFERENCES.of(&shape.traits).into_iter().flatten() {
            for (message, help) in flaws(shape, &reference, model) {
                let problem = Diagnostic::error(Code::InvalidReference, message).at(reference.span);
                loading.report(problem.shape(&shape.id).help(help));
            }
        }
    }
}

/// A message and its help.
type Flaw = (String, &'static str);

fn flaws(shape: &Shape, reference: &Reference<'_>, model: &Model) -> Vec<Flaw> {
    let id = ShapeId::parse(reference.resource.value).ok();
    // A reference can refer to a resource of another model.
    let Some(target) = id.as_ref().and_then(|id| model.shape(id)) else {
        return Vec::new();
    };
    let ShapeKind::Resource(resource) = &target.kind else {
        let message = format!(
            "`{}` refers to `{}`, which is {}",
            shape.id,
            target.id,
            with_article(target.kind.name())
        );
        return vec![(message, "refer to a resource")];
    };
    let is_structure = matches!(shape.kind, ShapeKind::Structure(_));
    match Some(&reference.ids).filter(|ids| !ids.is_empty()) {
        Some(_) if !is_structure => {
            let message = format!(
                "`{}` refers to `{}` with `ids`, but has no members",
                shape.id, target.id
            );
            vec![(
                message,
                "remove the `ids`; a string is the only identifier of its resource",
            )]
        }
        None if !is_structure && resource.identifiers.len() != 1 => {
            let (count, names) = (
                resource.identifiers.len(),
                code_list(resource.identifiers.keys()),
            );
            let message = format!(
                "`{}` has {count} identifiers ({names}), but `{}` is a single string",
                target.id, shape.id
            );
            vec![(
                message,
                "refer to it from a structure with a member for each identifier",
            )]
        }
        None if !is_structure => Vec::new(),
        None => {
            let members = resource.identifiers.keys().map(String::as_str);
            members
                .filter_map(|name| invalid_identifier(shape, name, &target.id, model))
                .collect()
        }
        Some(ids) => {
            let invalid_identifier = ids
                .iter()
                .filter_map(|(_, name)| invalid_identifier(shape, name, &target.id, model));
            let names = ids.iter().map(|(name, _)| *name);
            other_identifiers(names.collect(), resource, target)
                .into_iter()
                .chain(invalid_identifier)
                .collect()
        }
    }
}

/// Checks that `ids` has exactly the identifiers of the resource.
fn other_identifiers(names: Vec<&str>, resource: &Resource, target: &Shape) -> Option<Flaw> {
    let same = names.len() == resource.identifiers.len()
        && names
            .iter()
            .all(|name| resource.identifiers.contains_key(*name));
    let identifiers = code_list(resource.identifiers.keys());
    let message = format!(
        "`ids` has {}, but the identifiers of `{}` are {identifiers}",
        code_list(names),
        target.id
    );
    (!same).then_some((message, "list each identifier once"))
}

/// Checks that an identifier is a member that targets a string.
fn invalid_identifier(shape: &Shape, name: &str, target: &ShapeId, model: &Model) -> Option<Flaw> {
    let help = "add this member, or bind another one with `ids`";
    match shape.member(name).map(|member| model.target(member)) {
        None => Some((
            format!(
                "`{}` refers to `{target}`, but has no member `{name}`",
                shape.id
            ),
            help,
        )),
        Some(Some(other)) if !is_string(other) => {
            let kind = with_article(other.kind.name());
            Some((
                format!(
                    "`{}${name}` is an identifier of `{target}`, but targets {kind}",
                    shape.id
                ),
                "target a string",
            ))
        }
        Some(_) => None,
    }
}
