//! The positions of texts in a model, found in its JSON.

use super::common::{Case, repository};
use serde_json::{Map, Value, json};
use smithy_codegen::Options;
use smithy_model::Sources;

/// A position of a text: the value at a path, or the last key of the path.
pub(crate) struct Position {
    /// The case and its file.
    pub(crate) case: usize,
    pub(crate) file: usize,
    path: Vec<Step>,
    is_key: bool,
    /// The path without the names of shapes and members, which is equal for similar positions.
    pub(crate) kind: String,
}

#[derive(Clone)]
enum Step {
    Key(String),
    Index(usize),
}

/// Objects whose keys are names of the model.
const NAMED: [&str; 8] = [
    "shapes",
    "members",
    "operations",
    "params",
    "rename",
    "pagination",
    "waiters",
    "examples",
];

/// Models with the known traits that no fixture has, each at several shapes and with several
/// values.
pub(crate) fn of_other_traits(cases: &[Case]) -> Vec<Case> {
    let used: String = cases
        .iter()
        .flat_map(|case| case.sources.iter())
        .map(|(_, file)| &*file.text)
        .collect();
    let other = smithy_model::traits::ids().filter(|id| !used.contains(&format!("\"{id}\"")));
    let places = [
        "/shapes/a#S/traits",
        "/shapes/a#O/traits",
        "/shapes/a#I/members/m/traits",
    ];
    let values = [json!("x"), json!(["x"]), json!({ "x": "x" })];
    let mut found = Vec::new();
    for id in other {
        for (place, value) in places
            .iter()
            .flat_map(|place| values.iter().map(move |value| (place, value)))
        {
            let mut model = json!({"smithy": "2.0", "shapes": {
                "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}],
                    "traits": {"aws.protocols#restJson1": {}}},
                "a#O": {"type": "operation", "input": {"target": "a#I"},
                    "traits": {"smithy.api#http": {"method": "POST", "uri": "/"}}},
                "a#I": {"type": "structure", "members": {"m": {"target": "smithy.api#String", "traits": {}}}},
            }});
            let traits = model.pointer_mut(place).unwrap().as_object_mut().unwrap();
            traits.insert(id.to_owned(), value.clone());
            let mut sources = Sources::new();
            sources.add("model.json", model.to_string());
            let (name, folder) = (id.to_owned(), repository().to_owned());
            let options = Options {
                crate_name: Some("other".to_owned()),
                ..Options::default()
            };
            found.push(Case {
                name,
                folder,
                sources,
                options,
            });
        }
    }
    assert!(found.len() > 300, "{} models", found.len());
    found
}

/// Every position of every file.
pub(crate) fn of(cases: &[Case]) -> Vec<Position> {
    let mut found = Vec::new();
    for (case, model) in cases.iter().enumerate() {
        for (file, (_, source)) in model.sources.iter().enumerate() {
            let json: Value = serde_json::from_str(&source.text).unwrap();
            let mut walk = Walk {
                case,
                file,
                path: Vec::new(),
                found: &mut found,
            };
            walk.value(&json, &mut Vec::new());
        }
    }
    found
}

struct Walk<'f> {
    case: usize,
    file: usize,
    path: Vec<Step>,
    found: &'f mut Vec<Position>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, kind: &mut Vec<String>) {
        match value {
            Value::String(_) => self.push(kind, false),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.step(Step::Index(index), "*".to_owned(), item, kind);
                }
            }
            Value::Object(members) => {
                let parent = kind.last().cloned().unwrap_or_default();
                for (key, member) in members {
                    let ty = member.get("type").and_then(Value::as_str);
                    let shown = match NAMED.contains(&parent.as_str()) {
                        true => format!("<{}>", ty.unwrap_or("name")),
                        false => key.clone(),
                    };
                    self.path.push(Step::Key(key.clone()));
                    kind.push(shown.clone());
                    self.push(kind, true);
                    kind.pop();
                    self.path.pop();
                    self.step(Step::Key(key.clone()), shown, member, kind);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn step(&mut self, step: Step, shown: String, value: &Value, kind: &mut Vec<String>) {
        self.path.push(step);
        kind.push(shown);
        self.value(value, kind);
        kind.pop();
        self.path.pop();
    }

    fn push(&mut self, kind: &[String], is_key: bool) {
        let kind = format!("{}{}", kind.join("/"), if is_key { " (key)" } else { "" });
        let Self { case, file, .. } = *self;
        self.found.push(Position {
            case,
            file,
            path: self.path.clone(),
            is_key,
            kind,
        });
    }
}

impl Position {
    /// The file with the text at this position.
    pub(crate) fn with(&self, json: &str, text: &str) -> String {
        let mut root: Value = serde_json::from_str(json).unwrap();
        let (last, way) = self.path.split_last().unwrap();
        let mut place = &mut root;
        for step in way {
            place = match step {
                Step::Key(key) => place.get_mut(key).unwrap(),
                Step::Index(index) => place.get_mut(index).unwrap(),
            };
        }
        match last {
            Step::Key(key) if self.is_key => {
                let members = std::mem::take(place.as_object_mut().unwrap());
                let renamed =
                    |(name, value)| (if name == *key { text.to_owned() } else { name }, value);
                *place = Value::Object(members.into_iter().map(renamed).collect::<Map<_, _>>());
            }
            Step::Key(key) => *place.get_mut(key).unwrap() = Value::String(text.to_owned()),
            Step::Index(index) => *place.get_mut(index).unwrap() = Value::String(text.to_owned()),
        }
        root.to_string()
    }
}
