//! Paths into an operation's input: what `operationContextParams` and `contextParam` select.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait>

use crate::graph::{Kind, Service, Structure, Type};
use jmespath::ast::Ast;

/// A way to one value, and from there to any number of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// The members on the way to one value.
    pub(crate) to: Vec<Hop>,
    /// What gives all values, each step for every value of the one before; none for a path to one value.
    pub(crate) each: Vec<Each>,
    pub(crate) leaf: Leaf,
    /// Whether a member on the way is.
    pub(crate) sensitive: bool,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hop {
    /// Its Rust name.
    pub(crate) field: String,
    pub(crate) optional: bool,
}

/// A step from a value to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Each {
    /// The items of a list, those that are null excepted.
    Items { sparse: bool },
    /// The values of a map, those that are null excepted.
    Values { sparse: bool },
    /// The keys of a map.
    Keys,
    /// A member, where there is one.
    Member(Hop),
    /// Several strings of a structure, where they are there.
    Several(Vec<Path>),
}

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaf {
    Bool,
    String,
    Enum,
}

/// Where a path has come to.
#[derive(Clone)]
struct Place<'g> {
    to: Vec<Hop>,
    each: Vec<Each>,
    /// Whether there are any number of values.
    many: bool,
    sensitive: bool,
    at: At<'g>,
}

#[derive(Clone)]
enum At<'g> {
    Structure(&'g Structure),
    Value(Type),
    /// Several strings, a list of them for each value: to be flattened.
    Lists,
}

/// The path to a member of the input.
pub(super) fn member(service: &Service, input: &Structure, name: &str) -> Result<Path, String> {
    Place::start(input).member(service, name)?.finish()
}

/// Reads a JMESPath expression.
pub(super) fn parse(service: &Service, input: &Structure, expression: &str) -> Result<Path, String> {
    let ast = jmespath::parse(expression).map_err(|error| error.reason.to_string())?;
    Place::start(input).walk(service, &ast)?.finish()
}

impl<'g> Place<'g> {
    fn start(input: &'g Structure) -> Self {
        Self { to: Vec::new(), each: Vec::new(), many: false, sensitive: false, at: At::Structure(input) }
    }

    fn walk(self, service: &'g Service, ast: &Ast) -> Result<Self, String> {
        match ast {
            Ast::Identity { .. } => Ok(self),
            Ast::Field { name, .. } => self.member(service, name),
            Ast::Subexpr { lhs, rhs, .. } => self.walk(service, lhs)?.walk(service, rhs),
            Ast::Projection { lhs, rhs, .. } => {
                let place = self.walk(service, lhs)?;
                let place = if matches!(**lhs, Ast::Flatten { .. } | Ast::ObjectValues { .. }) {
                    place
                } else {
                    place.items()?
                };
                place.walk(service, rhs)
            }
            Ast::Flatten { node, .. } => self.walk(service, node)?.flatten(),
            Ast::ObjectValues { node, .. } => self.walk(service, node)?.values(),
            Ast::Function { name, args, .. } => match (name.as_str(), args.as_slice()) {
                ("keys", [map]) => self.walk(service, map)?.keys(),
                _ => Err(format!("the only function of such paths is `keys` of a map, not `{name}`")),
            },
            Ast::MultiList { elements, .. } => self.several(service, elements),
            _ => Err("it has more than members, `[*]`, `*`, `[]`, `[a, b]` and `keys`".to_owned()),
        }
    }

    fn member(mut self, service: &'g Service, name: &str) -> Result<Self, String> {
        let structure = match &self.at {
            At::Structure(structure) => Some(*structure),
            At::Value(ty) => service.structure_of(ty),
            At::Lists => None,
        };
        let Some(member) = structure.and_then(|structure| structure.member(name)) else {
            return Err(format!("there is no member `{name}`"));
        };
        let hop = Hop { field: member.name.rust.clone(), optional: member.is_optional() };
        if self.many {
            self.each.push(Each::Member(hop))
        } else {
            self.to.push(hop)
        }
        self.sensitive |= member.sensitive;
        self.at = At::Value(member.ty.unboxed().clone());
        Ok(self)
    }

    fn items(mut self) -> Result<Self, String> {
        let At::Value(Type::List { item, sparse }) = self.at else {
            return Err("there is no list where it has `[*]` or `[]`".to_owned());
        };
        self.each.push(Each::Items { sparse });
        Ok(Self { many: true, at: At::Value(item.unboxed().clone()), ..self })
    }

    /// One list of the items of all lists; a list that holds none stays as it is.
    fn flatten(self) -> Result<Self, String> {
        match (&self.at, self.many) {
            (At::Lists, _) => Ok(Self { at: At::Value(Type::String), ..self }),
            (At::Value(Type::List { .. }), true) => self.items(),
            (_, true) => Ok(self),
            (_, false) => {
                let items = self.items()?;
                if matches!(items.at, At::Value(Type::List { .. })) { items.items() } else { Ok(items) }
            }
        }
    }

    fn values(mut self) -> Result<Self, String> {
        let At::Value(Type::Map { value, sparse, .. }) = self.at else {
            return Err("there is no map where it has `*`".to_owned());
        };
        self.each.push(Each::Values { sparse });
        Ok(Self { many: true, at: At::Value(value.unboxed().clone()), ..self })
    }

    fn keys(mut self) -> Result<Self, String> {
        match self.at {
            At::Value(Type::Map { key, .. }) if !self.many => {
                self.each.push(Each::Keys);
                Ok(Self { many: true, at: At::Value(*key), ..self })
            }
            _ => Err("there is no single map where it has `keys`".to_owned()),
        }
    }

    fn several(mut self, service: &'g Service, elements: &[Ast]) -> Result<Self, String> {
        let from = Self { to: Vec::new(), each: Vec::new(), many: false, ..self.clone() };
        let paths = elements.iter().map(|element| {
            let path = from.clone().walk(service, element)?.finish()?;
            if path.each.is_empty() && path.leaf != Leaf::Bool {
                Ok(path)
            } else {
                Err("what is between `[` and `]` is no string".to_owned())
            }
        });
        let paths: Vec<Path> = paths.collect::<Result<_, _>>()?;
        self.sensitive |= paths.iter().any(|path| path.sensitive);
        self.each.push(Each::Several(paths));
        let at = if self.many { At::Lists } else { At::Value(Type::String) };
        Ok(Self { many: true, at, ..self })
    }

    /// Ends at a string, a boolean, or strings.
    fn finish(self) -> Result<Path, String> {
        let place = match &self.at {
            At::Value(Type::List { .. }) if !self.many => self.items()?,
            _ => self,
        };
        let leaf = match &place.at {
            At::Value(Type::Boolean) if !place.many => Leaf::Bool,
            At::Value(Type::String) => Leaf::String,
            At::Value(Type::Named(named)) if named.kind == Kind::Enum => Leaf::Enum,
            _ => return Err("it does not lead to a string, a boolean or strings".to_owned()),
        };
        Ok(Path { to: place.to, each: place.each, leaf, sensitive: place.sensitive })
    }
}
