use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::suggest;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::traits::form::{self, Flaw};
use crate::traits::registry;
use crate::traits::registry::meta::TRAIT;
use crate::traits::row::Row;
use crate::traits::subject::Subject;
use indexmap::IndexSet;
use std::collections::HashSet;

/// Checks each trait against its definition: its value, the shape that has it, and conflicting
/// traits.
pub(super) fn check(model: &Model, loading: &mut Loading) {
    let mut undefined: HashSet<&ShapeId> = HashSet::new();
    for subject in Subject::all(model) {
        for (id, node) in subject.traits().iter() {
            match registry::find(id.as_str()) {
                Some(rule) => check_known(rule, node, subject, model, loading),
                None if model.shapes.contains_key(id) => {}
                None if is_foreign(id) && undefined.insert(id) => {
                    loading.report(undefined_trait(id, node, subject))
                }
                None => {}
            }
        }
        check_conflicts(subject, model, loading);
    }
    for shape in model.shapes.values() {
        check_repetition(shape, loading);
    }
}

/// A trait of the prelude, or of another namespace that is known here.
fn check_known(
    rule: &Row,
    node: &Node,
    subject: Subject<'_>,
    model: &Model,
    loading: &mut Loading,
) {
    let mut flaws = Vec::new();
    form::check(rule.form, node, "", &mut flaws);
    loading.extend(
        flaws
            .into_iter()
            .map(|flaw| bad_value(rule.id, flaw).shape(subject.id())),
    );
    if !(rule.place.test)(subject, model) {
        let message = format!("`{}` cannot be applied to {}", rule.id, describe(subject));
        let problem = Diagnostic::error(Code::MisplacedTrait, message)
            .at(node.span)
            .shape(subject.id());
        loading.report(problem.help(format!("it is for {}", rule.place.what)));
    }
}

/// Reports each pair of traits that exclude each other once.
fn check_conflicts(subject: Subject<'_>, model: &Model, loading: &mut Loading) {
    let traits = &subject.traits().0;
    if loading.is_full() {
        return;
    }
    for (index, (id, node)) in traits.iter().enumerate() {
        for other in excluded(id, model) {
            let Some((place, other, first)) =
                traits.get_full(other).filter(|(place, ..)| *place != index)
            else {
                continue;
            };
            let is_reported = place < index && excluded(other, model).contains(&id.as_str());
            if !is_reported {
                let first = loading.position_suffix(first.span);
                let message = format!("`{id}` conflicts with `{other}`{first}");
                let problem = Diagnostic::error(Code::ConflictingTraits, message).at(node.span);
                let help = format!("remove one of them from `{}`", subject.id());
                loading.report(problem.shape(subject.id()).help(help));
            }
        }
    }
}

/// Returns the traits that conflict with a trait.
fn excluded<'a>(id: &ShapeId, model: &'a Model) -> Vec<&'a str> {
    if let Some(rule) = registry::find(id.as_str()) {
        return rule.excludes.to_vec();
    }
    let definition = model.shapes.get(id);
    definition
        .and_then(|shape| TRAIT.of(&shape.traits))
        .map(|definition| definition.conflicts)
        .unwrap_or_default()
}

fn bad_value(id: &str, flaw: Flaw) -> Diagnostic {
    let subject = if flaw.path.is_empty() {
        format!("`{id}`")
    } else {
        format!("`{}` of `{id}`", flaw.path)
    };
    let message = format!("{subject} {}", flaw.what);
    if flaw.harmless {
        Diagnostic::warning(Code::BadTraitValue, message)
            .at(flaw.span)
            .help(flaw.help)
    } else {
        Diagnostic::error(Code::BadTraitValue, message)
            .at(flaw.span)
            .help(flaw.help)
    }
}

/// Traits of other parties are only known if the model defines them. Of Smithy's own namespaces,
/// only that of the prelude is known as a whole.
fn is_foreign(id: &ShapeId) -> bool {
    let first = id.namespace().split('.').next().unwrap_or_default();
    id.is_prelude() || !matches!(first, "smithy" | "aws" | "alloy")
}

fn undefined_trait(id: &ShapeId, node: &Node, subject: Subject<'_>) -> Diagnostic {
    let help = suggest::did_you_mean(id.as_str(), registry::ids()).unwrap_or_else(|| {
        let help = if id.is_prelude() {
            "correct the name or remove the trait; only Smithy defines traits in `smithy.api`"
        } else {
            "add the file that defines it to the model; without it, the trait is ignored"
        };
        help.to_owned()
    });
    let message = format!("the trait `{id}` is not defined");
    // Only Smithy defines traits in the namespace of the prelude, so this one is misspelled, and
    // ignoring it would lose its meaning.
    let problem = if id.is_prelude() {
        Diagnostic::error(Code::UndefinedTrait, message)
    } else {
        Diagnostic::warning(Code::UndefinedTrait, message)
    };
    problem.at(node.span).shape(subject.id()).help(help)
}

/// Checks traits that only one member of a structure can have.
fn check_repetition(shape: &Shape, loading: &mut Loading) {
    let used: IndexSet<&ShapeId> = shape
        .members()
        .flat_map(|member| member.traits.0.keys())
        .collect();
    for id in used {
        if !registry::find(id.as_str()).is_some_and(|rule| rule.exclusive) {
            continue;
        }
        let holders: Vec<&Member> = shape
            .members()
            .filter(|member| member.traits.has(id.as_str()))
            .collect();
        if let [_, second, ..] = holders.as_slice() {
            let names = code_list(holders.iter().map(|member| &member.name));
            let message = format!("more than one member of `{}` has `{id}`: {names}", shape.id);
            let problem = Diagnostic::error(Code::RepeatedTrait, message)
                .at(second.span)
                .shape(&shape.id);
            loading.report(problem.help("keep it on one of them"));
        }
    }
}

fn describe(subject: Subject<'_>) -> String {
    let kind = subject.shape.kind.name();
    match subject.member {
        Some(member) => format!("the {kind} member `{}`", member.name),
        None => format!("the {kind} `{}`", subject.shape.id.name()),
    }
}
