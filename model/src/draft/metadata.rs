use super::loading::Loading;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::syntax::node::{Entry, Node, Value};
use indexmap::IndexMap;
use indexmap::map::Entry as Slot;

/// Merges the metadata of all files. Arrays are concatenated, equal values are kept once,
/// everything else is a conflict (Smithy specification, "Metadata conflicts").
pub(super) fn merge(
    entries: Vec<(String, Entry)>,
    loading: &mut Loading,
) -> IndexMap<String, Node> {
    let mut merged: IndexMap<String, Node> = IndexMap::new();
    for (key, Entry { node, key: span }) in entries {
        // The keys that Smithy defines.
        if matches!(&*key, "validators" | "suppressions") && node.as_array().is_none() {
            let message = format!(
                "metadata `{key}` must be an array, not {}",
                node.kind_name()
            );
            let help = "write an array, `[…]`";
            loading.report(
                Diagnostic::error(Code::UnexpectedValue, message)
                    .at(node.span)
                    .help(help),
            );
        }
        match merged.entry(key) {
            Slot::Vacant(slot) => drop(slot.insert(node)),
            Slot::Occupied(mut slot) => {
                let key = slot.key().clone();
                let old = slot.get_mut();
                match (&mut old.value, node.value) {
                    (Value::Array(old), Value::Array(new)) => old.extend(new),
                    (_, value) => {
                        if *old
                            != (Node {
                                value,
                                span: node.span,
                            })
                        {
                            let problem = Diagnostic::error(
                                Code::ConflictingMetadata,
                                format!("metadata `{key}` has two different values"),
                            );
                            let help = format!(
                                "keep one value; the other is at {}",
                                loading.sources.place(old.span)
                            );
                            loading.report(problem.at(span).help(help));
                        }
                    }
                }
            }
        }
    }
    merged
}
