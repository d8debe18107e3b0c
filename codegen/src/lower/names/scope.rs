//! Scopes of Rust names, which start with reserved names.

use crate::lower::names::reserved::{
    BUILDER, CLIENT, CLIENT_TRAITS, DEVICES, ERROR, FIELD, MODULES, PAGINATED, SETTINGS, VARIANT,
    is_reserved_type,
};
use smithy_model::{Code, Diagnostic, Log, ShapeId, Span};
use std::collections::BTreeMap;

/// The owner of a name.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'m> {
    pub(crate) id: &'m ShapeId,
    pub(crate) span: Option<Span>,
    /// The named part of the shape, such as `the output of `; empty for the shape itself.
    pub(crate) role: &'static str,
}

impl<'m> Owner<'m> {
    pub(crate) fn new(id: &'m ShapeId, span: Option<Span>) -> Self {
        Self { id, span, role: "" }
    }
}

/// A scope. A name that is taken gets a number, with a warning.
pub(crate) struct Scope {
    reserved: fn(&str) -> bool,
    /// The separator before a number.
    separator: &'static str,
    /// Suffixes of names that each name claims too: `Tenant` claims `TenantBuilder`.
    endings: &'static [&'static str],
    /// The help of the warning; `None` gives no warning, since the names are not part of the API.
    help: Option<&'static str>,
    taken: BTreeMap<String, ShapeId>,
    /// The last number that a name got. All smaller ones are taken.
    numbers: BTreeMap<String, usize>,
}

impl Scope {
    /// Types, each with its builder.
    pub(crate) fn types() -> Self {
        let help = "give one of them another name in `rename` of the service";
        Self::new(is_reserved_type, "", &["", "Builder"], Some(help))
    }

    /// Modules of a folder, and their files.
    pub(crate) fn files() -> Self {
        Self::new(
            |name| DEVICES.contains(&name) || MODULES.contains(&name),
            "_",
            &[""],
            None,
        )
    }

    /// Settings of the client for this service alone.
    pub(crate) fn settings() -> Self {
        Self::new(|name| SETTINGS.contains(&name), "_", &[""], None)
    }

    /// Methods of the client.
    pub(crate) fn methods() -> Self {
        let help = "give one of them another name in `rename` of the service";
        Self::new(
            |name| CLIENT.contains(&name) || CLIENT_TRAITS.contains(&name),
            "_",
            &[""],
            Some(help),
        )
    }

    /// Fields and setters of a structure.
    pub(crate) fn fields() -> Self {
        Self::new(is_reserved_field, "_", &[""], Some(MEMBER))
    }

    /// Fields and setters of an operation.
    pub(crate) fn inputs(paginated: bool) -> Self {
        let reserved: fn(&str) -> bool = if paginated {
            |name| is_reserved_field(name) || PAGINATED.contains(&name)
        } else {
            is_reserved_field
        };
        Self::new(reserved, "_", &[""], Some(MEMBER))
    }

    /// Methods for waiters, beside the setters of an operation.
    pub(crate) fn waiters() -> Self {
        let help = "give the waiter or the member another name; `jsonName` keeps the name in JSON";
        Self::new(|_| false, "_", &[""], Some(help))
    }

    /// Variants of an enum or union.
    pub(crate) fn variants() -> Self {
        Self::new(|name| VARIANT.contains(&name), "", &[""], Some(MEMBER))
    }

    /// Variants of the error enum.
    pub(crate) fn errors() -> Self {
        let help = "give one of them another name in `rename` of the service";
        Self::new(|name| ERROR.contains(&name), "", &[""], Some(help))
    }

    fn new(
        reserved: fn(&str) -> bool,
        separator: &'static str,
        endings: &'static [&'static str],
        help: Option<&'static str>,
    ) -> Self {
        Self {
            reserved,
            separator,
            endings,
            help,
            taken: BTreeMap::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// Claims a name: the wanted one, with the suffix if it is reserved, and with a number if that
    /// is taken.
    pub(crate) fn claim(
        &mut self,
        wanted: &str,
        suffix: &str,
        owner: Owner<'_>,
        log: &mut Log,
    ) -> String {
        let base = if (self.reserved)(wanted) {
            format!("{wanted}{suffix}")
        } else {
            wanted.to_owned()
        };
        let other = self.owner(&base).cloned();
        let name = if other.is_none() {
            base.clone()
        } else {
            self.numbered(&base)
        };
        for ending in self.endings {
            self.taken.insert(key(&name, ending), owner.id.clone());
        }
        if let (Some(other), Some(help)) = (other, self.help) {
            let message = format!(
                "{}`{}` becomes `{name}` in Rust, since `{other}` is `{base}` already",
                owner.role, owner.id
            );
            log.push(
                Diagnostic::warning(Code::NameCollision, message)
                    .at(owner.span)
                    .shape(owner.id)
                    .help(help),
            );
        }
        name
    }

    /// The name with the first free number.
    fn numbered(&mut self, base: &str) -> String {
        // `self_` becomes `self_2`.
        let base = base.trim_end_matches('_');
        let mut number = self.numbers.get(base).map_or(2, |last| last + 1);
        loop {
            let name = format!("{base}{}{number}", self.separator);
            if self.owner(&name).is_none() {
                self.numbers.insert(base.to_owned(), number);
                return name;
            }
            number += 1;
        }
    }

    /// The owner of the name, or of a name that it would claim too.
    fn owner(&self, name: &str) -> Option<&ShapeId> {
        self.endings
            .iter()
            .find_map(|ending| self.taken.get(&key(name, ending)))
    }
}

fn is_reserved_field(name: &str) -> bool {
    BUILDER.contains(&name) || FIELD.contains(&name)
}

/// The key of a name. It ignores case, since some file systems do.
fn key(name: &str, ending: &str) -> String {
    format!("{name}{ending}").to_ascii_lowercase()
}

const MEMBER: &str = "give one of them another name; `jsonName` keeps the name in JSON";
