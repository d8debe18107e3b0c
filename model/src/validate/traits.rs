use super::subject::Subject;
use super::trait_form::{self, Flaw};
use super::trait_table::{self, Rule};
use crate::load::Log;
use crate::words::ticked;
use crate::{Code, Diagnostic, Member, Model, Node, Shape, ShapeId, suggest};
use indexmap::IndexSet;
use std::collections::HashSet;

/// Checks each trait against its definition: the form of the value, where it stands, what stands beside it.
pub(super) fn check(model: &Model, log: &mut Log) {
    let mut undefined: HashSet<&ShapeId> = HashSet::new();
    for subject in Subject::all(model) {
        for (id, node) in subject.traits().iter() {
            match trait_table::find(id.as_str()) {
                Some(rule) => check_known(rule, node, subject, model, log),
                None if model.shapes.contains_key(id) => check_defined(id, node, subject, model, log),
                None if is_foreign(id) && undefined.insert(id) => {
                    log.report(undefined_trait(id, node, subject))
                }
                None => {}
            }
        }
    }
    for shape in model.shapes.values() {
        check_repetition(shape, log);
    }
}

/// A trait of the prelude, or of another namespace that is known here.
fn check_known(rule: &Rule, node: &Node, subject: Subject<'_>, model: &Model, log: &mut Log) {
    let mut flaws = Vec::new();
    trait_form::check(rule.form, node, "", &mut flaws);
    log.diagnostics.extend(flaws.into_iter().map(|flaw| bad_value(rule.id, flaw).shape(subject.id())));
    if !(rule.place.test)(subject, model) {
        let message = format!("`{}` cannot stand on {}", rule.id, describe(subject));
        let problem = Diagnostic::error(Code::MisplacedTrait, message).at(node.span).shape(subject.id());
        log.report(problem.help(format!("it is for {}", rule.place.what)));
    }
    let others = rule.excludes.iter().filter(|other| **other != rule.id && subject.traits().has(other));
    for other in others {
        log.report(conflict(rule.id, other, node, subject));
    }
}

/// A trait that the model defines.
fn check_defined(id: &ShapeId, node: &Node, subject: Subject<'_>, model: &Model, log: &mut Log) {
    let definition = model.shapes.get(id).and_then(|shape| shape.traits.get("smithy.api#trait"));
    let conflicts = definition.and_then(|definition| definition.get("conflicts")?.as_array());
    for other in conflicts.into_iter().flatten().filter_map(Node::as_str).filter(|o| subject.traits().has(o))
    {
        log.report(conflict(id.as_str(), other, node, subject));
    }
}

fn bad_value(id: &str, flaw: Flaw) -> Diagnostic {
    let subject = if flaw.path.is_empty() { format!("`{id}`") } else { format!("`{}` of `{id}`", flaw.path) };
    let message = format!("{subject} {}", flaw.what);
    if flaw.harmless {
        Diagnostic::warning(Code::BadTraitValue, message).at(flaw.span).help("remove it; nothing reads it")
    } else {
        Diagnostic::error(Code::BadTraitValue, message).at(flaw.span)
    }
}

fn conflict(id: &str, other: &str, node: &Node, subject: Subject<'_>) -> Diagnostic {
    Diagnostic::error(Code::ConflictingTraits, format!("`{id}` and `{other}` exclude each other"))
        .at(node.span)
        .shape(subject.id())
        .help(format!("remove one of them from `{}`", subject.id()))
}

/// Traits of other parties are only known if the model defines them. Of Smithy's own namespaces, only that of the
/// prelude is known as a whole.
fn is_foreign(id: &ShapeId) -> bool {
    let first = id.namespace().split('.').next().unwrap_or_default();
    id.is_prelude() || !matches!(first, "smithy" | "aws" | "alloy")
}

fn undefined_trait(id: &ShapeId, node: &Node, subject: Subject<'_>) -> Diagnostic {
    let problem = Diagnostic::warning(Code::UndefinedTrait, format!("the trait `{id}` is not defined"))
        .at(node.span)
        .shape(subject.id())
        .help("add the file that defines it; until then the trait is ignored");
    suggest::did_you_mean(problem, id.as_str(), trait_table::ids())
}

/// Some traits can stand on one member of a structure only.
fn check_repetition(shape: &Shape, log: &mut Log) {
    let used: IndexSet<&ShapeId> = shape.members().flat_map(|member| member.traits.0.keys()).collect();
    for id in used {
        if !trait_table::find(id.as_str()).is_some_and(|rule| rule.once) {
            continue;
        }
        let holders: Vec<&Member> = shape.members().filter(|member| member.traits.has(id.as_str())).collect();
        if let [_, second, ..] = holders.as_slice() {
            let names = ticked(holders.iter().map(|member| &member.name));
            let message = format!("`{id}` stands on several members of `{}`: {names}", shape.id);
            let problem = Diagnostic::error(Code::RepeatedTrait, message).at(second.span).shape(&shape.id);
            log.report(problem.help("leave it on one of them"));
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
