//! Pages: the trait `smithy.api#paginated`.

use crate::graph::member::Member;
use crate::graph::service::{Pagination, Shapes, member_path};
use crate::lower::operations::Messages;
use crate::lower::tables::Tables;
use smithy_model::traits::{PAGINATED, Spanned};
use smithy_model::{Code, Diagnostic, Log, ShapeId, Traits};
use std::collections::BTreeMap;

/// The most members of a path to the token or items of a page; those of AWS have 3 at most.
const LONGEST_PATH: usize = 16;

/// The pagination of operations. Operations whose tokens differ in type, and operations whose input
/// cannot be sent again, are reported and left out.
pub(crate) fn lower(
    tables: &Tables<'_, '_>,
    messages: &BTreeMap<ShapeId, Messages>,
    shapes: &Shapes,
    log: &mut Log,
) -> BTreeMap<ShapeId, Pagination> {
    let service = &tables.closure.service.shape.traits;
    let mut pages = BTreeMap::new();
    for (id, (shape, _)) in &tables.closure.operations {
        let Some((messages, pagination)) = messages.get(*id).zip(read(&shape.traits, service))
        else {
            continue;
        };
        match mismatch(&pagination, messages, shapes) {
            None => drop(pages.insert((*id).clone(), pagination)),
            Some([why, help]) => {
                let message = format!("operation `{id}` is generated without `pages`: {why}");
                let problem = Diagnostic::warning(Code::UnsupportedTrait, message);
                log.push(problem.shape(id).help(help));
            }
        }
    }
    pages
}

/// The trait of an operation, completed by that of the service.
fn read(operation: &Traits, service: &Traits) -> Option<Pagination> {
    let paginated = PAGINATED.of(operation)?.or(PAGINATED.of(service));
    let path = |part: Option<Spanned<&str>>| -> Option<Vec<String>> {
        Some(part?.value.split('.').map(str::to_owned).collect())
    };
    Some(Pagination {
        input_token: paginated.input_token?.value.to_owned(),
        output_token: path(paginated.output_token)?,
        items: path(paginated.items).unwrap_or_default(),
        page_size: paginated.page_size.map(|name| name.value.to_owned()),
    })
}

/// Why pages cannot be requested one after another, and the cure.
fn mismatch(pages: &Pagination, messages: &Messages, shapes: &Shapes) -> Option<[&'static str; 2]> {
    if pages.output_token.len().max(pages.items.len()) > LONGEST_PATH {
        return Some([
            "a path to its token or items has more than 16 members",
            "move the target of the path up",
        ]);
    }
    if messages.input.stream().is_some() {
        return Some([
            "its input has a stream, which can be sent only once",
            "send the operation with the token of each page",
        ]);
    }
    let input = messages
        .input
        .member(&pages.input_token)
        .filter(|token| token.is_optional());
    let output = member_path(shapes, &messages.output, &pages.output_token);
    let output = output.as_deref().and_then(<[&Member]>::last);
    let fits = input
        .zip(output)
        .is_some_and(|(input, output)| input.ty == output.ty);
    (!fits).then_some([
        "its tokens differ in type",
        "make the input token an optional member with the type of the output token",
    ])
}
