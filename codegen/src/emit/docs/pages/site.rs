//! The data that all pages share.

use crate::emit::docs::pages::users::Users;
use crate::emit::examples::calls::ExampleTexts;
use crate::graph::service::Service;
use crate::print::source::CommandName;
use crate::text::markdown::Markdown;

/// The data that all pages share.
pub(crate) struct Site<'s> {
    pub(super) command: &'s CommandName,
    pub(super) service: &'s Service,
    pub(super) examples: &'s ExampleTexts,
    /// The service's title.
    pub(super) title: Markdown,
    /// The crate's name in Rust.
    pub(super) crate_ident: String,
    pub(super) users: Users<'s>,
}

impl<'s> Site<'s> {
    pub(crate) fn new(
        service: &'s Service,
        examples: &'s ExampleTexts,
        command: &'s CommandName,
    ) -> Self {
        let title = service.title.plain();
        Self {
            command,
            service,
            examples,
            title,
            crate_ident: service.crate_ident(),
            users: Users::of(service),
        }
    }
}
