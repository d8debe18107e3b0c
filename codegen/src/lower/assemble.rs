//! Puts the graph together from what the other passes found out.

use crate::graph::member::{Member, MemberName, Type};
use crate::graph::service::{ErrorVariant, Operation, Pagination, Retry, Service};
use crate::graph::shape::{
    Blank, Enum, EnumValue, ErrorShape, IntEnum, Shape, Structure, TypeName, Union, Variant,
};
use crate::graph::wire::{Document, Location, Request, Response};
use crate::lower::auth::Schemes;
use crate::lower::endpoint;
use crate::lower::host_prefix::host_prefix;
use crate::lower::members::{Position, blank, deprecated};
use crate::lower::names::assign::Names;
use crate::lower::names::ident;
use crate::lower::recursion::Recursion;
use crate::lower::{body, customize, examples, nesting, waiters};
use crate::options::Options;
use crate::protocol::interface::{Container, ErrorKey, Message, Protocol, WireName};
use crate::select::closure::Closure;
use crate::text::Text;
use crate::text::docs::Docs;
use indexmap::IndexMap;
use smithy_model::{Code, Diagnostic, Log, Node, ShapeId, ShapeKind, Traits};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// What the earlier passes found out.
pub(crate) struct Context<'c, 'm> {
    pub(crate) protocol: &'c dyn Protocol,
    pub(crate) closure: &'c Closure<'m>,
    pub(crate) recursion: &'c Recursion<'m>,
    pub(crate) names: &'c Names,
    /// How structures are made blank, as far as anything has asked: many members may target the
    /// same one.
    pub(crate) blanks: RefCell<HashMap<ShapeId, Blank>>,
}

/// The methods that the `http` crate has constants for.
const METHODS: [&str; 9] = [
    "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
];

type Members = IndexMap<String, smithy_model::Member>;

/// Assembles the whole graph.
pub(crate) fn service(context: &Context<'_, '_>, options: &Options, log: &mut Log) -> Service {
    let shape = context.closure.service.shape;
    let traits = &shape.traits;
    let sdk_id = context.sdk_id();
    let title = traits.get("smithy.api#title").and_then(Node::as_str);
    let default_name = sdk_id.unwrap_or(shape.id.name());
    let rule_set = traits
        .get("smithy.rules#endpointRuleSet")
        .map(|node| endpoint::parse::parse(node, &shape.id));
    let diagram = || {
        traits
            .get("smithy.rules#endpointBdd")
            .map(|node| endpoint::parse::parse_bdd(node, &shape.id))
    };
    let endpoint = rule_set.or_else(diagram).transpose();
    let endpoint = endpoint
        .map_err(|problems| log.extend(problems))
        .ok()
        .flatten();
    let mut service = Service {
        id: shape.id.clone(),
        sdk_id: Text::new(default_name),
        title: Text::new(title.unwrap_or(default_name)),
        crate_name: crate_name(default_name, shape, options, log),
        version: Text::new(&context.closure.service.service.version),
        schemes: Schemes::of(shape).known(),
        docs: docs(traits),
        operations: context.operations(options, log),
        shapes: context.shapes(log),
        errors: context
            .closure
            .errors
            .iter()
            .filter_map(|id| context.error_variant(id))
            .collect(),
        error_reader: context.protocol.error_reader(),
        endpoint,
        recursion_limit: nesting::recursion_limit(context.closure),
    };
    endpoint::bindings::bind(context.closure, &mut service, log);
    check_pages(&mut service, log);
    add_waiters(&mut service, context, log);
    service
}

/// Leaves out pages whose token cannot go from an output into the next input, or whose input cannot
/// be sent again.
fn check_pages(service: &mut Service, log: &mut Log) {
    let unfit: Vec<(ShapeId, [&str; 2])> = service
        .operations
        .values()
        .filter_map(|operation| Some((operation.id.clone(), misfit(service, operation)?)))
        .collect();
    for (id, [why, help]) in unfit {
        if let Some(operation) = service.operations.get_mut(&id) {
            operation.pagination = None;
        }
        let message = format!("operation `{id}` has no `pages`, since {why}");
        log.push(
            Diagnostic::warning(Code::UnsupportedTrait, message)
                .shape(&id)
                .help(help),
        );
    }
}

/// Adds what needs the graph as it is so far, since its expressions are typed against it.
fn add_waiters(service: &mut Service, context: &Context<'_, '_>, log: &mut Log) {
    let waiters: Vec<_> = context
        .closure
        .operations
        .values()
        .filter_map(|(shape, _)| Some((*shape, service.operations.get(&shape.id)?)))
        .map(|(shape, operation)| (&shape.id, waiters::of(operation, shape, service, log)))
        .collect();
    for (id, waiters) in waiters {
        if let Some(operation) = service.operations.get_mut(id) {
            operation.waiters = waiters;
        }
    }
}

/// How many members a path to the token or items of a page may have; those of AWS have 3 at most.
const LONGEST_PATH: usize = 16;

/// Why an operation's pages cannot be asked for one after another, and what would do.
fn misfit(service: &Service, operation: &Operation) -> Option<[&'static str; 2]> {
    let pages = operation.pagination.as_ref()?;
    if pages.output_token.len().max(pages.items.len()) > LONGEST_PATH {
        return Some([
            "a path to its token or items has more than 16 members",
            "move what it leads to further up",
        ]);
    }
    if operation.input.stream().is_some() {
        return Some([
            "its input has a stream, which is sent only once",
            "send the operation with the token of each page",
        ]);
    }
    let input = operation
        .input
        .member(&pages.input_token)
        .filter(|token| token.is_optional());
    let output = service.path(&operation.output, &pages.output_token);
    let output = output.as_deref().and_then(<[&Member]>::last);
    let fits = input
        .zip(output)
        .is_some_and(|(input, output)| input.ty == output.ty);
    (!fits).then_some([
        "its tokens differ in type",
        "the token of the input is an optional member of the same type as the token of the output",
    ])
}

/// The name that the options give, or the SDK id as in the names of AWS's own crates, `app-mesh`
/// for `App Mesh`.
fn crate_name(
    sdk_id: &str,
    service: &smithy_model::Shape,
    options: &Options,
    log: &mut Log,
) -> String {
    let kebab = || {
        sdk_id
            .trim()
            .to_ascii_lowercase()
            .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    };
    let name = options.crate_name.clone().unwrap_or_else(kebab);
    if !ident::is_crate_name(&name) {
        let message = format!("`{name}` cannot be the name of the crate");
        let help = "give another one with `--crate-name`: ASCII letters, digits, `-` and `_`, a letter first, no \
                    keyword, and not the name of a crate that every program has";
        log.push(
            Diagnostic::error(Code::BadCrateName, message)
                .at(service.span)
                .shape(&service.id)
                .help(help),
        );
    }
    name
}

fn docs(traits: &Traits) -> Docs {
    traits
        .get("smithy.api#documentation")
        .and_then(Node::as_str)
        .map(Docs::from_html)
        .unwrap_or_default()
}

impl Context<'_, '_> {
    fn operations(&self, options: &Options, log: &mut Log) -> IndexMap<ShapeId, Operation> {
        let schemes = Schemes::of(self.closure.service.shape);
        let mut operations = IndexMap::new();
        for (id, (shape, operation)) in &self.closure.operations {
            let Some(names) = self.names.operations.get(*id) else {
                continue;
            };
            let head = match self.protocol.head(shape) {
                Ok(head) => head,
                Err(problem) => {
                    log.push(problem);
                    continue;
                }
            };
            if !METHODS.contains(&head.method.as_str()) {
                let message = format!(
                    "operation `{id}` has the HTTP method `{}`, which is not generated",
                    head.method
                );
                let problem = Diagnostic::error(Code::UnsupportedShape, message)
                    .at(shape.span)
                    .shape(id);
                log.push(problem.help(format!("use one of {}", METHODS.join(", "))));
            }
            let [input_shape, output_shape] = self.closure.input_output(operation);
            let deprecated = deprecated(&shape.traits);
            let container = Container::Input(&head);
            let mut input = self.structure(input_shape, id, &names.input, container, log);
            let document = self.document(container, input_shape, &input);
            // The operation is its input.
            input.deprecated = deprecated.clone().or(input.deprecated);
            let output = self.structure(output_shape, id, &names.output, Container::Output, log);
            let response = Response {
                status: self.protocol.status(shape),
                document: self.document(Container::Output, output_shape, &output),
            };
            let errors: BTreeSet<&ShapeId> = operation
                .errors
                .iter()
                .chain(&self.closure.service.service.errors)
                .collect();
            let errors: Vec<ErrorVariant> = errors
                .into_iter()
                .filter_map(|id| self.error_variant(id))
                .collect();
            let protocol_tests = if options.protocol_tests {
                self.protocol_tests(id, &shape.traits, &errors)
            } else {
                Vec::new()
            };
            let mut assembled = Operation {
                id: (*id).clone(),
                name: names.input.clone(),
                method: names.method.clone(),
                auth: schemes.auth(shape, log),
                signed_payload: !shape.traits.has("aws.auth#unsignedPayload"),
                idempotent: is_idempotent(&shape.traits, &head.method, &input),
                long_poll: shape.traits.has("smithy.api#longPoll"),
                bindings: Vec::new(),
                pagination: self.pagination(&shape.traits),
                waiters: Vec::new(),
                examples: examples::of(&shape.traits),
                deprecated,
                docs: docs(&shape.traits),
                errors,
                protocol_tests,
                request: Request {
                    host_prefix: host_prefix(&shape.traits),
                    head,
                    document,
                    body_steps: body::steps(shape, &input, log),
                },
                input,
                response,
                output,
            };
            customize::operation(
                self.sdk_id(),
                &self.closure.service.service.version,
                &mut assembled,
            );
            operations.insert((*id).clone(), assembled);
        }
        operations
    }

    /// The `sdkId` of `aws.api#service`.
    fn sdk_id(&self) -> Option<&str> {
        self.closure
            .service
            .shape
            .traits
            .get("aws.api#service")?
            .get("sdkId")?
            .as_str()
    }

    fn shapes(&self, log: &mut Log) -> IndexMap<ShapeId, Shape> {
        let mut shapes = IndexMap::new();
        for (id, shape) in &self.closure.data {
            let Some(name) = self.names.types.get(*id) else {
                continue;
            };
            let assembled = match &shape.kind {
                ShapeKind::Structure(_) if self.closure.errors.contains(*id) => {
                    let structure = self.structure(Some(shape), id, name, Container::Error, log);
                    Shape::Error(ErrorShape {
                        response: Response {
                            status: self.protocol.error_key(shape).status,
                            document: self.document(Container::Error, Some(shape), &structure),
                        },
                        structure,
                        nested: self.closure.is_member(id),
                    })
                }
                ShapeKind::Structure(_) => {
                    Shape::Structure(self.structure(Some(shape), id, name, Container::Nested, log))
                }
                ShapeKind::Union(members) => Shape::Union(self.union(shape, members, name)),
                ShapeKind::Enum(members) => Shape::Enum(Enum {
                    id: shape.id.clone(),
                    name: name.clone(),
                    values: self.enum_values(members, |node| node.as_str().map(Text::new)),
                    sensitive: shape.traits.has("smithy.api#sensitive"),
                    deprecated: deprecated(&shape.traits),
                    docs: docs(&shape.traits),
                }),
                ShapeKind::IntEnum(members) => Shape::IntEnum(IntEnum {
                    id: shape.id.clone(),
                    name: name.clone(),
                    values: self.enum_values(members, |node| {
                        node.as_number().and_then(|text| text.parse().ok())
                    }),
                    sensitive: shape.traits.has("smithy.api#sensitive"),
                    deprecated: deprecated(&shape.traits),
                    docs: docs(&shape.traits),
                }),
                _ => continue,
            };
            shapes.insert((*id).clone(), assembled);
        }
        shapes
    }

    /// A structure; `None` stands for `smithy.api#Unit`, with `id` for what takes its place.
    fn structure(
        &self,
        shape: Option<&smithy_model::Shape>,
        id: &ShapeId,
        name: &TypeName,
        container: Container<'_>,
        log: &mut Log,
    ) -> Structure {
        let shape_members = shape.into_iter().flat_map(|shape| {
            let members = shape.members();
            members.map(move |member| (shape, member))
        });
        let mut members: Vec<Member> = shape_members
            .filter_map(|(shape, member)| self.member(shape, member, container, log))
            .collect();
        members.sort_by(|a, b| a.name.model.cmp(&b.name.model));
        let empty = Traits::default();
        let traits = shape.map_or(&empty, |shape| &shape.traits);
        Structure {
            id: shape.map_or(id, |shape| &shape.id).clone(),
            name: name.clone(),
            blank: blank(members.iter().map(|member| member.presence.clone())),
            members,
            recursive: shape.is_some_and(|shape| self.recursion.structures.contains(&shape.id)),
            sensitive: traits.has("smithy.api#sensitive"),
            deprecated: deprecated(traits),
            docs: docs(traits),
        }
    }

    /// The document of a message that has this structure, if the message has one.
    fn document(
        &self,
        container: Container<'_>,
        shape: Option<&smithy_model::Shape>,
        structure: &Structure,
    ) -> Option<Document> {
        self.protocol.document(Message {
            container,
            shape,
            has_members: structure.body().next().is_some(),
        })
    }

    fn member(
        &self,
        shape: &smithy_model::Shape,
        member: &smithy_model::Member,
        container: Container<'_>,
        log: &mut Log,
    ) -> Option<Member> {
        let rust = self.names.members.get(&member.id)?.clone();
        let target = self.closure.model.shape(&member.target)?;
        let location = self.protocol.location(member, target, container);
        let position = match container {
            Container::Input(_) => Position::Input,
            Container::Output | Container::Error | Container::Nested => Position::Nested,
        };
        let WireName { name: wire, alias } = self.protocol.wire_name(member, shape);
        Some(Member {
            name: MemberName {
                model: member.name.clone(),
                wire,
                alias,
                rust,
            },
            ty: self.member_type(member),
            form: self.form(member, &location),
            presence: self.presence(member, &location, position, log),
            token: self.is_token(member, position),
            fallback: None,
            media_type: self.media_type(member),
            location,
            sensitive: self.is_sensitive(member),
            constraints: self.constraints(member),
            deprecated: deprecated(&member.traits),
            docs: self.member_docs(member),
        })
    }

    /// The member's own documentation, or that of a target which has no page of its own.
    fn member_docs(&self, member: &smithy_model::Member) -> Docs {
        let target = self.closure.model.shape(&member.target);
        match target {
            Some(target)
                if !member.traits.has("smithy.api#documentation")
                    && !self.names.types.contains_key(&target.id) =>
            {
                docs(&target.traits)
            }
            _ => docs(&member.traits),
        }
    }

    fn union(&self, shape: &smithy_model::Shape, members: &Members, name: &TypeName) -> Union {
        let variant = |member: &smithy_model::Member| {
            Some(Variant {
                model: member.name.clone(),
                wire: self.protocol.wire_name(member, shape).name,
                rust: self.names.members.get(&member.id)?.clone(),
                ty: self.member_type(member),
                form: self.form(member, &Location::Body),
                distinct: false,
                sensitive: self.is_sensitive(member),
                constraints: self.constraints(member),
                deprecated: deprecated(&member.traits),
                docs: self.member_docs(member),
            })
        };
        let mut variants: Vec<Variant> = members.values().filter_map(variant).collect();
        variants.sort_by(|a, b| a.model.cmp(&b.model));
        let named = |variant: &Variant| match variant.ty.unboxed() {
            Type::Named(named) => Some(named.id.clone()),
            _ => None,
        };
        let mut uses: HashMap<ShapeId, usize> = HashMap::new();
        variants
            .iter()
            .filter_map(named)
            .for_each(|id| *uses.entry(id).or_default() += 1);
        for variant in &mut variants {
            // `From` a structure or union says clearly which variant is meant; `From` a string
            // would not.
            variant.distinct =
                named(variant).is_some_and(|id| id != shape.id && uses.get(&id) == Some(&1));
        }
        Union {
            id: shape.id.clone(),
            name: name.clone(),
            variants,
            sensitive: shape.traits.has("smithy.api#sensitive"),
            deprecated: deprecated(&shape.traits),
            docs: docs(&shape.traits),
        }
    }

    fn enum_values<T>(
        &self,
        members: &Members,
        value: impl Fn(&Node) -> Option<T>,
    ) -> Vec<EnumValue<T>> {
        let convert = |member: &smithy_model::Member| {
            Some(EnumValue {
                model: member.name.clone(),
                rust: self.names.members.get(&member.id)?.clone(),
                value: value(member.traits.get("smithy.api#enumValue")?)?,
                deprecated: deprecated(&member.traits),
                docs: docs(&member.traits),
            })
        };
        let mut values: Vec<EnumValue<T>> = members.values().filter_map(convert).collect();
        values.sort_by(|a, b| a.model.cmp(&b.model));
        values
    }

    fn error_variant(&self, id: &ShapeId) -> Option<ErrorVariant> {
        let shape = self.closure.model.shape(id)?;
        let retry = match shape.traits.get("smithy.api#retryable") {
            None => Retry::Never,
            Some(node) if node.get("throttling").and_then(Node::as_bool) == Some(true) => {
                Retry::Throttling
            }
            Some(_) => Retry::Transient,
        };
        let ErrorKey { code, status } = self.protocol.error_key(shape);
        let retried = retried(retry, id.name(), status);
        let rust = self.names.errors.get(id)?.clone();
        let shape = self.names.types.get(id)?.rust.clone();
        Some(ErrorVariant {
            id: id.clone(),
            code,
            rust,
            shape,
            retry,
            retried,
        })
    }

    /// The operation's `paginated` trait; what it leaves out is the service's.
    fn pagination(&self, traits: &Traits) -> Option<Pagination> {
        let own = traits.get("smithy.api#paginated")?;
        let service = self
            .closure
            .service
            .shape
            .traits
            .get("smithy.api#paginated");
        let text = |key: &str| {
            own.get(key)
                .or_else(|| service.and_then(|node| node.get(key)))
                .and_then(Node::as_str)
                .map(str::to_owned)
        };
        let path = |key: &str| {
            text(key).map(|path| path.split('.').map(str::to_owned).collect::<Vec<_>>())
        };
        Some(Pagination {
            input_token: text("inputToken")?,
            output_token: path("outputToken")?,
            items: path("items").unwrap_or_default(),
            page_size: text("pageSize"),
        })
    }
}

/// Whether the model says that the service may act on an operation several times, and nothing else
/// does: its method, or an idempotency token.
fn is_idempotent(traits: &Traits, method: &str, input: &Structure) -> bool {
    let marked = traits.has("smithy.api#idempotent") || traits.has("smithy.api#readonly");
    let by_method =
        smithy_rt::Method::from_bytes(method.as_bytes()).is_ok_and(|method| method.is_idempotent());
    marked && !by_method && input.members.iter().all(|member| !member.token)
}

/// What a client does with an error that the model marks like this: what the runtime does.
fn retried(marked: Retry, code: &str, status: u16) -> Retry {
    match (marked, smithy_rt::Retry::classify(code, status)) {
        (Retry::Throttling, _) | (_, Some(smithy_rt::Retry::Throttling)) => Retry::Throttling,
        (Retry::Never, None) => Retry::Never,
        _ => Retry::Transient,
    }
}
