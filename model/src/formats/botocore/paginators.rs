//! Paginators become the `paginated` trait, as far as that can say what they do.

use super::common::put;
use super::lowering::Lowering;
use super::nodes::object;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::definition::Body;
use crate::formats::fields::Fields;
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;

/// Results that stand beside the items, and a name for one programming language.
const SKIPPED: &[&str] = &["non_aggregate_keys", "py_input_token"];

impl Lowering<'_, '_> {
    /// Lowers an entry of `pagination`.
    pub(super) fn paginator(&mut self, operation: &str, entry: Entry) {
        let Some(id) = self.extended(operation, entry.key) else {
            return;
        };
        let key = entry.key;
        let Some(mut fields) = Fields::of(&id, operation, entry, self.loading) else {
            return;
        };
        let tokens = ["input_token", "output_token"].map(|key| path(&mut fields, key));
        let size = path(&mut fields, "limit_key");
        let items = path(&mut fields, "result_key");
        if let Some(node) = fields.take("more_results") {
            fields.warn(unsaid("more_results", &node));
        }
        fields.skip(SKIPPED);
        fields.finish();
        let [Some(input), Some(output)] = tokens else {
            return;
        };
        let (size, items) = (
            self.known(&id, Side::Input, size),
            self.known(&id, Side::Output, items),
        );
        let tokens = [(Side::Input, input), (Side::Output, output)];
        let tokens = tokens.map(|(side, token)| self.known(&id, side, Some(token)));
        let [Some(input), Some(output)] = tokens else {
            return;
        };
        if let Some(token) = self.required_token(&id, [&input, &output]) {
            return self.loading.report(always_there(token).shape(&id));
        }
        let members = [
            ("inputToken", Some(input)),
            ("outputToken", Some(output)),
            ("pageSize", size),
            ("items", items),
        ];
        if let Some(draft) = self.drafts.get_mut(&id) {
            put(
                &mut draft.traits,
                "smithy.api#paginated",
                Some(object(key, members)),
            );
        }
    }
}

/// What a path of a paginator starts from.
#[derive(Clone, Copy)]
enum Side {
    Input,
    Output,
}

impl Lowering<'_, '_> {
    /// The path, if it leads to a member. The file may be newer than the service, or older: then it
    /// is reported and left out.
    fn known(&mut self, operation: &ShapeId, side: Side, path: Option<Node>) -> Option<Node> {
        let path = path?;
        if self.leads_to_member(operation, side, &path).is_some() {
            return Some(path);
        }
        let of = match side {
            Side::Input => "input",
            Side::Output => "output",
        };
        let message = format!("{} leads to no member of the {of}", path.to_json());
        let help = "it is left out; pages need both tokens, and streams of items need `result_key`";
        let problem = Diagnostic::warning(Code::UnknownTarget, message).at(path.span);
        self.loading.report(problem.shape(operation).help(help));
        None
    }

    fn leads_to_member(&self, operation: &ShapeId, side: Side, path: &Node) -> Option<()> {
        let Body::Operation { input, output, .. } = &self.drafts.get(operation)?.body else {
            return None;
        };
        let mut structure = match side {
            Side::Input => input.as_ref()?,
            Side::Output => output.as_ref()?,
        };
        for name in path.as_str()?.split('.') {
            structure = &self.drafts.get(structure)?.members.get(name)?.target;
        }
        Some(())
    }

    /// The token of input and output that is a required member, if one is.
    fn required_token<'a>(&self, operation: &ShapeId, tokens: [&'a Node; 2]) -> Option<&'a Node> {
        let Body::Operation { input, output, .. } = &self.drafts.get(operation)?.body else {
            return None;
        };
        let is_required = |structure: &Option<ShapeId>, token: &Node| {
            let member = || {
                self.drafts
                    .get(structure.as_ref()?)?
                    .members
                    .get(token.as_str()?)
            };
            member().is_some_and(|member| member.traits.has("smithy.api#required"))
        };
        [input, output]
            .into_iter()
            .zip(tokens)
            .find(|(of, token)| is_required(of, token))
            .map(|(_, token)| token)
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
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if node
        .as_str()
        .is_some_and(|path| path.split('.').all(is_name))
    {
        return Some(node);
    }
    fields.warn(unsaid(key, &node));
    None
}

fn always_there(token: &Node) -> Diagnostic {
    let message = format!("{} is a token of pages, but required", token.to_json());
    let help = "the operation is emitted without pages: no response would be the last";
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(token.span)
        .help(help)
}

fn unsaid(key: &str, node: &Node) -> Diagnostic {
    let message = format!("Smithy's pages cannot have the `{key}` {}", node.to_json());
    let help = match key {
        "result_key" => "pages are emitted, but no stream of their items",
        "more_results" => "the last page is the one without a token",
        "limit_key" => "the size of pages is a member like others",
        _ => "the operation is emitted without pages",
    };
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(node.span)
        .help(help)
}
