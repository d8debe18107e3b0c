//! Paginators become the `paginated` trait, as far as that can say what they do.

use super::Lowering;
use super::common::put;
use super::nodes::object;
use crate::load::fields::Fields;
use crate::words::ticked;
use crate::{Code, Diagnostic, Entry, Node, Value};

/// Results that stand beside the items, and a name for one programming language.
const SKIPPED: &[&str] = &["non_aggregate_keys", "py_input_token"];

impl Lowering<'_, '_> {
    /// Lowers an entry of `pagination`.
    pub(super) fn paginator(&mut self, operation: &str, entry: Entry) {
        let Some(id) = self.extended(operation, entry.key) else { return };
        let key = entry.key;
        let Some(mut fields) = Fields::of(&id, operation, entry, self.log) else { return };
        let input = path(&mut fields, "input_token");
        let output = path(&mut fields, "output_token");
        let size = path(&mut fields, "limit_key");
        let items = path(&mut fields, "result_key");
        if let Some(node) = fields.take("more_results") {
            fields.warn(unsaid("more_results", &node));
        }
        fields.skip(SKIPPED);
        fields.finish();
        let (Some(input), Some(output)) = (input, output) else { return };
        let members = [
            ("inputToken", Some(input)),
            ("outputToken", Some(output)),
            ("pageSize", size),
            ("items", items),
        ];
        if let Some(draft) = self.drafts.get_mut(&id) {
            put(&mut draft.traits, "smithy.api#paginated", Some(object(key, members)));
        }
    }
}

/// The path to a member: names with dots between. Lists of one are what they hold.
fn path(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Node> {
    let mut node = fields.take(key)?;
    if let Value::Array(items) = &mut node.value
        && items.len() == 1
    {
        node = items.pop()?;
    }
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if node.as_str().is_some_and(|path| path.split('.').all(is_name)) {
        return Some(node);
    }
    fields.warn(unsaid(key, &node));
    None
}

fn unsaid(key: &str, node: &Node) -> Diagnostic {
    let values = node.as_array().map_or_else(|| node.to_json(), ticked);
    let message = format!("pages cannot be described by `{key}` {values}");
    let help = match key {
        "result_key" => "pages are emitted, but no stream of their items",
        "more_results" => "the last page is the one without a token",
        "limit_key" => "the size of pages is a member like others",
        _ => "the operation is emitted without pages",
    };
    Diagnostic::warning(Code::UnsupportedTrait, message).at(node.span).help(help)
}
