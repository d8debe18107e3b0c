//! The part of Smithy's selectors that trait definitions use (Smithy specification, "Selectors").

use crate::shapes::model::Model;
use crate::shapes::shape::ShapeKind;
use crate::syntax::shape_id::ShapeId;
use crate::traits::subject::{Subject, is_number};

/// A step of a selector: takes subjects, returns subjects.
pub(super) enum Step {
    /// Keeps subjects of a type.
    Type(String),
    /// `[trait|id]`
    Trait(String),
    /// `[id=id]`
    Id(String),
    /// `[id|member=name]`
    MemberName(String),
    /// `:is(…)`: what any of the selectors returns.
    Is(Vec<Vec<Step>>),
    /// `:test(…)`: keeps subjects for which a selector returns something.
    Test(Vec<Vec<Step>>),
    /// `:not(…)`: keeps subjects for which no selector returns something.
    Not(Vec<Vec<Step>>),
    /// `>`, or `-[names]->` if there are names: the shapes that subjects refer to.
    Neighbors(Vec<String>),
    /// `~>`: all shapes that subjects lead to.
    Closure,
}

/// Reads a selector.
pub(super) fn parse(text: &str) -> Vec<Step> {
    let mut parser = Parser { rest: text };
    let steps = parser.steps();
    assert_eq!(parser.rest, "", "of {text}");
    steps
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn steps(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next().filter(|c| !",)".contains(*c)) else {
                return steps;
            };
            steps.push(match first {
                '*' => {
                    self.take("*");
                    continue;
                }
                '>' => self.take(">").then(|| Step::Neighbors(Vec::new())).unwrap(),
                '~' => self.take("~>").then_some(Step::Closure).unwrap(),
                '-' => {
                    self.take("-[");
                    let names = self.until("]->");
                    Step::Neighbors(
                        names
                            .split(',')
                            .map(|name| name.trim().to_owned())
                            .collect(),
                    )
                }
                '[' => {
                    self.take("[");
                    attribute(&self.until("]"))
                }
                ':' => {
                    self.take(":");
                    let name = self.until("(");
                    let selectors = self.selectors();
                    match name.as_str() {
                        "is" => Step::Is(selectors),
                        "test" => Step::Test(selectors),
                        "not" => Step::Not(selectors),
                        _ => panic!("unknown function {name}"),
                    }
                }
                _ => {
                    let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric());
                    let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
                    assert!(!name.is_empty(), "{}", self.rest);
                    self.rest = rest;
                    Step::Type(name.to_owned())
                }
            });
        }
    }

    fn selectors(&mut self) -> Vec<Vec<Step>> {
        let mut selectors = vec![self.steps()];
        while self.take(",") {
            selectors.push(self.steps());
        }
        assert!(self.take(")"), "{}", self.rest);
        selectors
    }

    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn until(&mut self, token: &str) -> String {
        let (text, rest) = self.rest.split_once(token).unwrap();
        self.rest = rest;
        text.to_owned()
    }
}

fn attribute(text: &str) -> Step {
    if let Some(id) = text.strip_prefix("trait|") {
        let is_absolute = id.contains('#');
        let id = if is_absolute {
            id.to_owned()
        } else {
            format!("smithy.api#{id}")
        };
        Step::Trait(id)
    } else if let Some(name) = text.strip_prefix("id|member=") {
        Step::MemberName(name.to_owned())
    } else {
        Step::Id(text.strip_prefix("id=").unwrap().to_owned())
    }
}

/// The subjects that a selector returns for others.
pub(super) fn select<'m>(
    steps: &[Step],
    mut subjects: Vec<Subject<'m>>,
    model: &'m Model,
) -> Vec<Subject<'m>> {
    for step in steps {
        let mut selected: Vec<Subject<'m>> = Vec::new();
        for subject in subjects {
            for next in apply(step, subject, model) {
                if !selected.iter().any(|known| known.id() == next.id()) {
                    selected.push(next);
                }
            }
        }
        subjects = selected;
    }
    subjects
}

fn apply<'m>(step: &Step, subject: Subject<'m>, model: &'m Model) -> Vec<Subject<'m>> {
    let any = |selectors: &[Vec<Step>]| {
        let results = selectors.iter();
        results
            .flat_map(|steps| select(steps, vec![subject], model))
            .collect::<Vec<_>>()
    };
    let keep = |condition: bool| condition.then_some(subject).into_iter().collect();
    match step {
        Step::Type(name) => keep(is_type(subject, name)),
        Step::Trait(id) => keep(subject.traits().has(id)),
        Step::Id(id) => keep(subject.id().as_str() == id),
        Step::MemberName(name) => keep(subject.member.is_some_and(|member| member.name == *name)),
        Step::Is(selectors) => any(selectors),
        Step::Test(selectors) => keep(!any(selectors).is_empty()),
        Step::Not(selectors) => keep(any(selectors).is_empty()),
        Step::Neighbors(names) => neighbors(subject, names, model),
        Step::Closure => {
            let mut found = neighbors(subject, &[], model);
            let mut next = 0;
            while let Some(subject) = found.get(next).copied() {
                next += 1;
                for neighbor in neighbors(subject, &[], model) {
                    if !found.iter().any(|known| known.id() == neighbor.id()) {
                        found.push(neighbor);
                    }
                }
            }
            found
        }
    }
}

fn is_type(subject: Subject<'_>, name: &str) -> bool {
    if name == "member" || subject.member.is_some() {
        return name == "member" && subject.member.is_some();
    }
    let kind = &subject.shape.kind;
    let is_service_type = matches!(
        kind,
        ShapeKind::Service(_) | ShapeKind::Resource(_) | ShapeKind::Operation(_)
    );
    match (name, kind) {
        ("simpleType", ShapeKind::Simple(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_)) => true,
        ("number", _) => is_number(subject.shape),
        ("dataType", _) => !is_service_type,
        ("string", ShapeKind::Enum(_)) | ("integer", ShapeKind::IntEnum(_)) => true,
        _ => kind.name() == name,
    }
}

fn neighbors<'m>(subject: Subject<'m>, names: &[String], model: &'m Model) -> Vec<Subject<'m>> {
    let shape_of = |id: &ShapeId| {
        let shape = model.shape(id)?;
        Some(Subject {
            shape,
            member: None,
        })
    };
    if let Some(member) = subject.member {
        return shape_of(&member.target).into_iter().collect();
    }
    let shape = subject.shape;
    let mut ids: Vec<(&str, &ShapeId)> = Vec::new();
    match &shape.kind {
        ShapeKind::Operation(operation) => {
            ids.extend([("input", &operation.input), ("output", &operation.output)]);
            ids.extend(operation.errors.iter().map(|id| ("error", id)));
        }
        ShapeKind::Resource(resource) => {
            ids.extend(
                resource
                    .lifecycle
                    .iter()
                    .map(|(name, id)| (name.as_str(), id)),
            );
            ids.extend(resource.operations.iter().map(|id| ("operation", id)));
        }
        ShapeKind::Service(service) => {
            ids.extend(service.operations.iter().map(|id| ("operation", id)));
            ids.extend(service.resources.iter().map(|id| ("resource", id)));
        }
        _ => {}
    }
    // An operation without input or output refers to none.
    ids.retain(|(_, id)| id.as_str() != "smithy.api#Unit");
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    let shapes = ids.into_iter().filter(|(name, _)| wanted(name));
    let shapes = shapes.filter_map(|(_, id)| shape_of(id));
    let members = shape.members().map(|member| Subject {
        shape,
        member: Some(member),
    });
    shapes.chain(members.filter(|_| names.is_empty())).collect()
}

#[test]
fn selectors() {
    assert_eq!(
        parse("structure > :test(member[trait|required] > string)").len(),
        3
    );
    assert_eq!(parse(":is(service, -[input, output]-> member)").len(), 1);
}
