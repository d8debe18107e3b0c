//! Lowers paginators to the `paginated` trait, as far as it can express them.

use super::common::put;
use super::lowering::Lowering;
use super::nodes::object;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::definition::Body;
use crate::formats::fields::Fields;
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::behavior::PAGINATED;
use crate::traits::registry::type_refinement::REQUIRED;

/// Other output members, and a name in the Python SDK.
const SKIPPED: &[&str] = &["non_aggregate_keys", "py_input_token"];

impl Lowering<'_, '_> {
    /// Lowers an entry of `pagination`.
    pub(super) fn paginator(&mut self, operation: &str, entry: Entry) {
        let Some(id) = self.extended_operation(operation, entry.key) else {
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
            fields.warn(not_expressible("more_results", &node));
        }
        fields.skip(SKIPPED);
        fields.finish();
        let [Some(input), Some(output)] = tokens else {
            return;
        };
        let (size, items) = (
            self.existing(&id, Side::Input, size),
            self.existing(&id, Side::Output, items),
        );
        let tokens = [(Side::Input, input), (Side::Output, output)];
        let tokens = tokens.map(|(side, token)| self.existing(&id, side, Some(token)));
        let [Some(input), Some(output)] = tokens else {
            return;
        };
        if let Some(token) = self.required_token(&id, [&input, &output]) {
            return self.loading.report(required_token(token).shape(&id));
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
                PAGINATED.id(),
                Some(object(key, members)),
            );
        }
    }
}

/// The structure from which a path of a paginator starts.
#[derive(Clone, Copy)]
enum Side {
    Input,
    Output,
}

impl Lowering<'_, '_> {
    /// Returns the path if it leads to a member, or reports it. The file of the paginators may be of
    /// another version than the service.
    fn existing(&mut self, operation: &ShapeId, side: Side, path: Option<Node>) -> Option<Node> {
        let path = path?;
        if self.check_path(operation, side, &path).is_some() {
            return Some(path);
        }
        let structure = match side {
            Side::Input => "input",
            Side::Output => "output",
        };
        let message = format!(
            "{} is not a path to a member of the {structure}",
            path.to_json()
        );
        let help = "the path is ignored; pagination needs both tokens, and iteration over items needs `result_key`";
        let problem = Diagnostic::warning(Code::UnknownTarget, message).at(path.span);
        self.loading.report(problem.shape(operation).help(help));
        None
    }

    fn check_path(&self, operation: &ShapeId, side: Side, path: &Node) -> Option<()> {
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

    /// Returns the token that is a required member of the input or output, if there is one.
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
            member().is_some_and(|member| member.traits.has(REQUIRED.id()))
        };
        [input, output]
            .into_iter()
            .zip(tokens)
            .find(|(of, token)| is_required(of, token))
            .map(|(_, token)| token)
    }
}

/// Takes a path to a member: names separated by dots. A list of one path counts as that path.
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
    fields.warn(not_expressible(key, &node));
    None
}

fn required_token(token: &Node) -> Diagnostic {
    let message = format!(
        "the pagination token {} is a required member",
        token.to_json()
    );
    let help = "the operation is generated without pagination, since no page would be the last";
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(token.span)
        .help(help)
}

fn not_expressible(key: &str, node: &Node) -> Diagnostic {
    let message = format!(
        "Smithy's pagination cannot express the `{key}` {}",
        node.to_json()
    );
    let help = match key {
        "result_key" => "pages are generated, but not the iteration over their items",
        "more_results" => "the page without a token is the last",
        "limit_key" => "the page size is generated as an ordinary member",
        _ => "the operation is generated without pagination",
    };
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(node.span)
        .help(help)
}
