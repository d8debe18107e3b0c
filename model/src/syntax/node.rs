use super::source::Span;
use indexmap::IndexMap;

/// A JSON value with its position in the source. Trait values and metadata are nodes.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The position of the value.
    pub span: Span,
}

/// The kinds of a [`Node`].
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written, so that no digit is lost.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object, in the order of the source.
    Object(IndexMap<String, Entry>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The position of the key.
    pub key: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// Returns whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Returns the value of a Boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the text of a number as it is written.
    pub fn as_number(&self) -> Option<&str> {
        match &self.value {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a number that is a whole number in range, such as `1`, `1.0` or `1e2`.
    pub fn as_i64(&self) -> Option<i64> {
        let text = self.as_number()?;
        text.parse().ok().or_else(|| whole(text.parse().ok()?))
    }

    /// Returns the text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the text of a string for changes.
    pub(crate) fn as_str_mut(&mut self) -> Option<&mut String> {
        match &mut self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the items of an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the members of an object.
    pub fn as_object(&self) -> Option<&IndexMap<String, Entry>> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Returns the value of a member, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key).map(|entry| &entry.node)
    }

    /// Estimates the memory of the value in bytes, as a measure of what a copy costs.
    pub fn weight(&self) -> usize {
        const EACH: usize = 64;
        match &self.value {
            Value::Null | Value::Bool(_) => EACH,
            Value::Number(text) | Value::String(text) => EACH + text.len(),
            Value::Array(items) => EACH + items.iter().map(Node::weight).sum::<usize>(),
            Value::Object(members) => {
                EACH + members
                    .iter()
                    .map(|(key, entry)| EACH + key.len() + entry.node.weight())
                    .sum::<usize>()
            }
        }
    }

    /// Returns the name of this kind of value in diagnostics.
    pub fn kind_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

/// Converts a double to an integer if it is a whole number and the conversion is exact.
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and in range"
    )]
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}
