use super::node::{Node, Value};

/// Structural equality. Positions and the order of keys are ignored. Numbers are equal if their
/// texts are, or if both are the same double (`1`, `1.0`).
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => same_number(a, b),
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => a == b,
            (Value::Object(a), Value::Object(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(key, entry)| {
                        b.get(key).is_some_and(|other| other.node == entry.node)
                    })
            }
            _ => false,
        }
    }
}

/// Compares integers as text, since different long ones can be the same double.
fn same_number(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let whole = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    if whole(a) && whole(b) {
        return false;
    }
    matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(a), Ok(b)) if a.is_finite() && a == b)
}
