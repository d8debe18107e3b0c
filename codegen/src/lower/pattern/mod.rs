//! Patterns of the model, which are in the syntax of ECMA 262 or Java, in the syntax of the crate
//! `fancy-regex`.

#[cfg(test)]
mod tests;
mod translation;

use crate::graph::service::Patterns;
use crate::select::closure::Closure;
use crate::text::Text;
use smithy_model::traits::PATTERN;
use smithy_model::{Code, Diagnostic, Log, Shape, Span, Traits};

/// The patterns of inputs. Those that servers cannot check are reported.
pub(crate) fn lower(closure: &Closure<'_>, log: &mut Log) -> Patterns {
    let mut patterns = Patterns::new();
    let model = closure.model;
    let inputs = closure
        .operations
        .values()
        .filter_map(|(_, operation)| model.shape(&operation.input));
    let nested = closure.inputs.iter().filter_map(|id| model.shape(id));
    for shape in inputs.chain(nested) {
        add(&mut patterns, &shape.traits, shape, shape.span, log);
        for member in shape.members() {
            add(&mut patterns, &member.traits, shape, member.span, log);
        }
    }
    patterns
}

fn add(patterns: &mut Patterns, traits: &Traits, shape: &Shape, span: Option<Span>, log: &mut Log) {
    let Some(source) = PATTERN.of(traits).map(Text::new) else {
        return;
    };
    if patterns.contains_key(&source) {
        return;
    }
    let regex = source.convert(translation::translate);
    if regex.is_none() {
        let message = format!("servers do not check the pattern `{}`", source.shown());
        let help = "use the syntax of ECMA 262, with at most some thousand repetitions";
        log.push(
            Diagnostic::warning(Code::UncheckedPattern, message)
                .at(span)
                .shape(&shape.id)
                .help(help),
        );
    }
    patterns.insert(source, regex);
}
