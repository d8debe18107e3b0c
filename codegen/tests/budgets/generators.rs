//! Models with extreme repetition or nesting, by the step that processes it.

use serde_json::{Map, Value, json};
use smithy_model::Code;

/// The expected result of a model.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    /// A crate.
    Crate,
    /// A crate and a warning with this code.
    Warning(Code),
    /// An error with this code.
    Refusal(Code),
}

/// A step that repeats or nests parts of a model, and the files of an extreme model.
pub(crate) struct Generator {
    pub(crate) name: &'static str,
    pub(crate) end: End,
    pub(crate) make: fn() -> Vec<String>,
}

use End::{Crate, Refusal, Warning};

/// Every such step.
pub(crate) const ALL: &[Generator] = &[
    // model: reading and merging
    of("json-nesting", Refusal(Code::TooDeep), json_nesting),
    of("json-below-the-limit", Crate, json_below_the_limit),
    of(
        "duplicate-keys",
        Refusal(Code::DuplicateKey),
        duplicate_keys,
    ),
    of("long-ids", Refusal(Code::InvalidShapeId), long_ids),
    of("long-names", Refusal(Code::InvalidShapeId), long_names),
    of("mixin-chain", Refusal(Code::TooLarge), mixin_chain),
    of("mixin-traits", Refusal(Code::TooLarge), mixin_traits),
    of("applied-traits", Crate, applied_traits),
    // model: validation
    of(
        "trait-conflicts",
        Refusal(Code::ConflictingTraits),
        trait_conflicts,
    ),
    of("trait-paths", Refusal(Code::BadTraitValue), trait_paths),
    of(
        "unknown-targets",
        Refusal(Code::UnknownTarget),
        unknown_targets,
    ),
    of(
        "unknown-members-of-examples",
        Warning(Code::InvalidExample),
        unknown_members_of_examples,
    ),
    of("services", Refusal(Code::TooLarge), services),
    of(
        "resource-identifiers",
        Refusal(Code::InvalidResource),
        resource_identifiers,
    ),
    of("query-literals", Crate, query_literals),
    of(
        "query-members-and-literals",
        Crate,
        query_members_and_literals,
    ),
    of("patterns", Crate, || {
        pattern(&("(".repeat(100) + "a" + &")".repeat(100)), 50)
    }),
    of("pattern-nesting", Crate, || {
        pattern(&("(".repeat(20_000) + "a" + &")".repeat(20_000)), 1)
    }),
    of("pattern-repetitions", Crate, || {
        pattern(&format!("a{}", "{1,1000}".repeat(8)), 50)
    }),
    of("pattern-classes", Crate, || {
        pattern(&r"[\w\p{L}]".repeat(3_000), 1)
    }),
    // codegen: the graph
    of("colliding-names", Crate, colliding_names),
    of("members-of-one-type", Crate, members_of_one_type),
    of("variants", Crate, variants),
    of(
        "pagination-path",
        Warning(Code::UnsupportedTrait),
        pagination_path,
    ),
    of(
        "jmespath-comparisons",
        Warning(Code::UnsupportedTrait),
        || waiter(&"a==".repeat(5_000), "a"),
    ),
    of("jmespath-brackets", Warning(Code::UnsupportedTrait), || {
        waiter(&"(".repeat(5_000), &")".repeat(5_000))
    }),
    of(
        "jmespath-negations",
        Warning(Code::UnsupportedTrait),
        || waiter(&"!".repeat(5_000), "a"),
    ),
    of(
        "jmespath-wildcards",
        Warning(Code::UnsupportedTrait),
        || waiter("a", &"[*]".repeat(5_000)),
    ),
    of("jmespath-pipes", Warning(Code::UnsupportedTrait), || {
        waiter("!a", &" | (@ && @)".repeat(30))
    }),
    of("jmespath-lists", Crate, || {
        waiter("a", &" | [@, @][0]".repeat(15))
    }),
    of(
        "jmespath-literals",
        Warning(Code::UnsupportedTrait),
        jmespath_literals,
    ),
    of("rule-trees", Crate, rule_trees),
    of("rule-functions", Crate, rule_functions),
    of("rule-variables", Crate, rule_variables),
    of(
        "rules-too-many",
        Warning(Code::UnsupportedTrait),
        rules_too_many,
    ),
    of(
        "diagram-shares-nodes",
        Warning(Code::UnsupportedTrait),
        diagram_shares_nodes,
    ),
    of(
        "diagram-shares-results",
        Warning(Code::UnsupportedTrait),
        diagram_shares_results,
    ),
    // codegen: emission
    of(
        "example-doubles",
        Warning(Code::TooMuchOutput),
        example_doubles,
    ),
    of("example-deep", Warning(Code::TooMuchOutput), example_deep),
    of(
        "published-example-deep",
        Warning(Code::TooMuchOutput),
        published_example_deep,
    ),
    of(
        "published-example-wide",
        Warning(Code::TooMuchOutput),
        published_example_wide,
    ),
    of("published-examples", Crate, published_examples),
    of("shared-input", Refusal(Code::TooMuchOutput), shared_input),
    of(
        "members-of-members",
        Refusal(Code::TooMuchOutput),
        members_of_members,
    ),
    of(
        "required-members",
        Refusal(Code::TooMuchOutput),
        required_members,
    ),
    of(
        "service-errors",
        Refusal(Code::TooMuchOutput),
        service_errors,
    ),
    of(
        "title-on-every-page",
        Refusal(Code::TooMuchOutput),
        title_on_every_page,
    ),
    of("crate-name", Refusal(Code::BadCrateName), crate_name),
    of("docs-of-a-target", Refusal(Code::TooMuchOutput), || {
        of_a_target("smithy.api#documentation", 200_000)
    }),
    of("pattern-of-a-target", Refusal(Code::TooMuchOutput), || {
        of_a_target("smithy.api#pattern", 200_000)
    }),
    of(
        "values-of-an-enum",
        Refusal(Code::TooMuchOutput),
        values_of_an_enum,
    ),
    // botocore's format
    of(
        "botocore-unknown-members",
        Refusal(Code::UnknownTarget),
        botocore_unknown_members,
    ),
    of("botocore-acceptors", Crate, botocore_acceptors),
    of("botocore-labels", Crate, botocore_labels),
    // codegen: documentation
    of("docs-table", Crate, || {
        docs(&format!(
            "<table><tr>{}</tr>{}",
            "<td>a".repeat(4_000),
            "<tr><td>b".repeat(4_000)
        ))
    }),
    of("docs-lists", Crate, || docs(&"<ul><li>a".repeat(10_000))),
    of("docs-quotes", Crate, || docs(&"> ".repeat(50_000))),
    of("docs-items", Crate, || {
        docs(
            &(0..300)
                .map(|i| format!("{}- a\n", "  ".repeat(i)))
                .collect::<String>(),
        )
    }),
    of("docs-tags", Crate, || docs(&"<a ".repeat(30_000))),
    of("docs-end-tags", Crate, || docs(&"</x".repeat(30_000))),
    of("docs-comments", Crate, || docs(&"<!--".repeat(30_000))),
    of("docs-links", Crate, || docs(&"[a](".repeat(10_000))),
    of("docs-brackets", Crate, || docs(&"[".repeat(100_000))),
    of("docs-images", Crate, || docs(&"![a]".repeat(30_000))),
    of("docs-backticks", Crate, || {
        docs(&(1..400).map(|i| "`".repeat(i) + " ").collect::<String>())
    }),
    of("docs-emphasis", Crate, || {
        docs(&"*a **b _c __d ".repeat(8_000))
    }),
    of("docs-entities", Crate, || docs(&"&amp".repeat(30_000))),
    of("docs-fences", Crate, || docs(&"```\n~~~\n".repeat(10_000))),
    of("docs-bars", Crate, || {
        docs(&format!(
            "{}\n{}\n{}",
            "|a".repeat(2_000),
            "|-".repeat(2_000),
            "|b\n".repeat(4_000)
        ))
    }),
    of("docs-escapes", Crate, || docs(&"\\<p>\\_".repeat(20_000))),
    of("docs-words", Crate, || docs(&"a. B! ".repeat(20_000))),
];

const fn of(name: &'static str, end: End, make: fn() -> Vec<String>) -> Generator {
    Generator { name, end, make }
}

/// Objects by name, such as members and shapes.
type Entries = Vec<(String, Value)>;

fn entries(count: usize, entry: impl Fn(usize) -> (String, Value)) -> Entries {
    (0..count).map(entry).collect()
}

fn object(entries: Entries) -> Value {
    Value::Object(entries.into_iter().collect())
}

fn target(id: &str) -> Value {
    json!({"target": id})
}

fn required(id: &str) -> Value {
    json!({"target": id, "traits": {"smithy.api#required": {}}})
}

fn structure(members: Entries) -> Value {
    json!({"type": "structure", "members": object(members)})
}

fn strings(count: usize) -> Entries {
    entries(count, |i| (format!("m{i}"), target("smithy.api#String")))
}

/// A service with one operation, `a#Get`, whose input is `a#Input`. The given shapes are added or
/// replace these.
struct Model {
    service: Map<String, Value>,
    operation: Map<String, Value>,
    shapes: Entries,
    uri: String,
}

impl Model {
    fn new(shapes: Entries) -> Self {
        Self {
            service: Map::new(),
            operation: Map::new(),
            shapes,
            uri: "/".to_owned(),
        }
    }

    /// A model whose input has these members.
    fn of_input(members: Entries, shapes: Entries) -> Self {
        let mut model = Self::new(shapes);
        model
            .shapes
            .push(("a#Input".to_owned(), structure(members)));
        model
    }

    /// Gives the service a trait.
    fn service(mut self, id: &str, value: Value) -> Self {
        self.service.insert(id.to_owned(), value);
        self
    }

    /// Gives the operation a trait.
    fn operation(mut self, id: &str, value: Value) -> Self {
        self.operation.insert(id.to_owned(), value);
        self
    }

    fn uri(mut self, uri: String) -> Self {
        self.uri = uri;
        self
    }

    fn shapes(self) -> Map<String, Value> {
        let Self {
            mut service,
            mut operation,
            shapes,
            uri,
        } = self;
        service.insert("aws.protocols#restJson1".to_owned(), json!({}));
        operation.insert(
            "smithy.api#http".to_owned(),
            json!({"method": "POST", "uri": uri}),
        );
        let mut all: Map<String, Value> = Map::new();
        let operations = [target("a#Get")];
        all.insert(
            "a#Service".to_owned(),
            json!({"type": "service", "version": "1", "operations": operations, "traits": service}),
        );
        let messages = |shape: &str| target(shape);
        all.insert("a#Get".to_owned(), json!({"type": "operation", "input": messages("a#Input"), "output": messages("a#Output"), "traits": operation}));
        all.insert("a#Input".to_owned(), structure(Vec::new()));
        all.insert("a#Output".to_owned(), structure(Vec::new()));
        all.extend(shapes);
        all
    }

    fn text(self) -> Vec<String> {
        vec![json!({"smithy": "2.0", "shapes": self.shapes()}).to_string()]
    }
}

/// A value nested in this number of others.
fn nested(depth: usize, mut value: Value, around: impl Fn(Value) -> Value) -> Value {
    for _ in 0..depth {
        value = around(value);
    }
    value
}

fn json_nesting() -> Vec<String> {
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    vec![format!(
        r#"{{"smithy": "2.0", "metadata": {{"deep": {deep}}}}}"#
    )]
}

fn json_below_the_limit() -> Vec<String> {
    let deep = nested(190, json!(1), |inner| json!([inner]));
    Model::new(vec![
        (
            "a#Other".to_owned(),
            json!({"type": "string", "traits": {"a#t": deep}}),
        ),
        (
            "a#t".to_owned(),
            json!({"type": "document", "traits": {"smithy.api#trait": {}}}),
        ),
    ])
    .text()
}

fn duplicate_keys() -> Vec<String> {
    vec![format!(
        r#"{{"smithy": "2.0", "metadata": {{{}"a": 1}}}}"#,
        r#""a": 1, "#.repeat(30_000)
    )]
}

fn long_ids() -> Vec<String> {
    let id = format!("a#{}", "x".repeat(50_000));
    Model::of_input(
        vec![("first".to_owned(), target(&id))],
        vec![(id.clone(), structure(strings(5_000)))],
    )
    .text()
}

fn long_names() -> Vec<String> {
    let member = "x".repeat(50_000);
    Model::of_input(vec![(member, target("smithy.api#String"))], Vec::new()).text()
}

fn mixin_chain() -> Vec<String> {
    let mixin = |i: usize| {
        let mixins: Vec<Value> = i
            .checked_sub(1)
            .map(|i| target(&format!("a#M{i}")))
            .into_iter()
            .collect();
        let member = (format!("m{i}"), target("smithy.api#String"));
        let shape = json!({"type": "structure", "members": object(vec![member]), "mixins": mixins, "traits": {"smithy.api#mixin": {}}});
        (format!("a#M{i}"), shape)
    };
    Model::new(entries(1_000, mixin)).text()
}

fn mixin_traits() -> Vec<String> {
    let traits = json!({"smithy.api#mixin": {}, "smithy.api#documentation": "x".repeat(200_000)});
    let user = |i: usize| {
        (
            format!("a#U{i}"),
            json!({"type": "string", "mixins": [target("a#M")]}),
        )
    };
    let mut shapes = entries(2_000, user);
    shapes.push((
        "a#M".to_owned(),
        json!({"type": "string", "traits": traits}),
    ));
    Model::new(shapes).text()
}

fn applied_traits() -> Vec<String> {
    let apply = |i: usize| {
        format!(r#""a#Input": {{"type": "apply", "traits": {{"smithy.api#tags": ["t{i}"]}}}}"#)
    };
    let mut files = Model::new(Vec::new()).text();
    files.extend((0..200).map(|i| format!(r#"{{"smithy": "2.0", "shapes": {{{}}}}}"#, apply(i))));
    files
}

fn trait_conflicts() -> Vec<String> {
    let ids: Vec<String> = (0..80).map(|i| format!("a#t{i}")).collect();
    let traits: Map<String, Value> = ids.iter().map(|id| (id.clone(), json!({}))).collect();
    let definition = |i: usize| {
        (
            ids[i].clone(),
            json!({"type": "structure", "members": {}, "traits": {"smithy.api#trait": {"conflicts": ids}}}),
        )
    };
    let mut shapes = entries(80, definition);
    shapes.extend(entries(300, |i| {
        (
            format!("a#S{i}"),
            json!({"type": "string", "traits": traits}),
        )
    }));
    Model::new(shapes).text()
}

fn trait_paths() -> Vec<String> {
    let acceptors = vec![json!(1); 5_000];
    let waiter = object(vec![("x".repeat(200_000), json!({"acceptors": acceptors}))]);
    Model::new(Vec::new())
        .operation("smithy.waiters#waitable", waiter)
        .text()
}

fn unknown_targets() -> Vec<String> {
    let list = |i: usize| {
        (
            format!("a#L{i}{}", "x".repeat(200)),
            json!({"type": "list", "member": target(&format!("a#N{i}{}", "x".repeat(200)))}),
        )
    };
    Model::new(entries(1_000, list)).text()
}

fn unknown_members_of_examples() -> Vec<String> {
    let input = object(entries(1_000, |i| (format!("n{i:050}"), json!(1))));
    let members = entries(1_000, |i| {
        (format!("m{i:050}"), target("smithy.api#String"))
    });
    Model::of_input(members, Vec::new())
        .operation(
            "smithy.api#examples",
            json!([{"title": "a", "input": input}]),
        )
        .text()
}

fn services() -> Vec<String> {
    let operations = [target("a#Get")];
    let service = |i: usize| {
        (
            format!("a#S{i}"),
            json!({"type": "service", "version": "1", "operations": operations, "traits": {"aws.protocols#restJson1": {}}}),
        )
    };
    let mut shapes = entries(500, service);
    shapes.push((
        "a#Input".to_owned(),
        structure(entries(500, |i| {
            (format!("m{i}"), target(&format!("a#T{i}")))
        })),
    ));
    shapes.extend(entries(500, |i| (format!("a#T{i}"), structure(strings(1)))));
    Model::new(shapes).text()
}

fn resource_identifiers() -> Vec<String> {
    let identifiers = object(entries(300, |i| {
        (format!("id{i}"), target("smithy.api#String"))
    }));
    let operations: Vec<Value> = (0..300).map(|i| target(&format!("a#O{i}"))).collect();
    let mut shapes = entries(300, |i| {
        (
            format!("a#O{i}"),
            json!({"type": "operation", "traits": {"smithy.api#http": {"method": "GET", "uri": format!("/{i}")}}}),
        )
    });
    shapes.push((
        "a#R".to_owned(),
        json!({"type": "resource", "identifiers": identifiers, "operations": operations}),
    ));
    Model::new(shapes).text()
}

fn query_literals() -> Vec<String> {
    let query: Vec<String> = (0..10_000).map(|i| format!("p{i}=v")).collect();
    Model::new(Vec::new())
        .uri(format!("/a?{}", query.join("&")))
        .text()
}

fn query_members_and_literals() -> Vec<String> {
    let query: Vec<String> = (0..3_000).map(|i| format!("p{i}=v")).collect();
    let member = |i: usize| {
        (
            format!("m{i}"),
            json!({"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": format!("q{i}")}}),
        )
    };
    Model::of_input(entries(300, member), Vec::new())
        .uri(format!("/a?{}", query.join("&")))
        .text()
}

fn pattern(pattern: &str, count: usize) -> Vec<String> {
    let traits = json!({"smithy.api#pattern": pattern});
    let member = |i: usize| {
        (
            format!("m{i}"),
            json!({"target": "smithy.api#String", "traits": traits}),
        )
    };
    Model::of_input(entries(count, member), Vec::new()).text()
}

fn colliding_names() -> Vec<String> {
    Model::of_input(
        entries(400, |i| {
            (
                format!("a{}b", "_".repeat(i + 1)),
                target("smithy.api#String"),
            )
        }),
        Vec::new(),
    )
    .text()
}

fn members_of_one_type() -> Vec<String> {
    let members = entries(800, |i| (format!("m{i}"), target("a#Other")));
    Model::of_input(
        vec![("one".to_owned(), target("a#Many"))],
        vec![
            ("a#Many".to_owned(), structure(members)),
            ("a#Other".to_owned(), structure(strings(800))),
        ],
    )
    .text()
}

fn variants() -> Vec<String> {
    let union = json!({"type": "union", "members": object(entries(600, |i| (format!("v{i}"), target(&format!("a#T{}", i / 2)))))});
    let mut shapes = entries(300, |i| (format!("a#T{i}"), structure(Vec::new())));
    shapes.push(("a#U".to_owned(), union));
    Model::of_input(vec![("union".to_owned(), target("a#U"))], shapes).text()
}

fn pagination_path() -> Vec<String> {
    let path = vec!["next"; 20_000].join(".");
    let members = vec![
        ("next".to_owned(), target("a#Page")),
        ("token".to_owned(), target("smithy.api#String")),
    ];
    let shapes = vec![
        ("a#Page".to_owned(), structure(members.clone())),
        ("a#Output".to_owned(), structure(members.clone())),
    ];
    Model::of_input(members, shapes)
        .operation(
            "smithy.api#paginated",
            json!({"inputToken": "token", "outputToken": format!("{path}.token")}),
        )
        .operation("smithy.api#readonly", json!({}))
        .text()
}

/// An operation with a waiter for a path in its output, which has the Boolean `a`.
fn waiter(start: &str, end: &str) -> Vec<String> {
    let path = format!("{start}{end}");
    let matcher =
        json!({"output": {"path": path, "expected": "true", "comparator": "booleanEquals"}});
    let waiters = json!({"Done": {"acceptors": [{"state": "success", "matcher": matcher}]}});
    let output = structure(vec![("a".to_owned(), target("smithy.api#Boolean"))]);
    Model::new(vec![("a#Output".to_owned(), output)])
        .operation("smithy.waiters#waitable", waiters)
        .text()
}

fn jmespath_literals() -> Vec<String> {
    waiter(
        &format!("'{}'", "x".repeat(50_000)),
        &format!(" | [{}]", vec!["@"; 5_000].join(",")),
    )
}

/// The rule set with these rules, and the string parameter `Region`.
fn rules(rules: Vec<Value>) -> Vec<String> {
    let set = json!({"version": "1.1", "parameters": {"Region": {"type": "String", "builtIn": "AWS::Region", "documentation": "Region"}}, "rules": rules});
    Model::new(Vec::new())
        .service("smithy.rules#endpointRuleSet", set)
        .text()
}

fn endpoint(url: &str) -> Value {
    json!({"conditions": [], "endpoint": {"url": url}, "type": "endpoint"})
}

fn is_set() -> Value {
    json!({"fn": "isSet", "argv": [{"ref": "Region"}]})
}

fn rule_trees() -> Vec<String> {
    let tree = |inner| json!({"conditions": [{"fn": "stringEquals", "argv": ["a", "b"]}], "rules": [inner, endpoint("https://b")], "type": "tree"});
    rules(vec![nested(60, endpoint("https://a"), tree)])
}

fn rule_functions() -> Vec<String> {
    let call = |inner| json!({"fn": "booleanEquals", "argv": [{"fn": "not", "argv": [inner]}, {"fn": "isSet", "argv": [{"ref": "Region"}]}]});
    let condition = nested(40, is_set(), call);
    rules(vec![
        json!({"conditions": [condition], "endpoint": {"url": "https://a"}, "type": "endpoint"}),
        endpoint("https://b"),
    ])
}

fn rule_variables() -> Vec<String> {
    let condition =
        |i: usize| json!({"fn": "parseURL", "argv": ["https://a"], "assign": format!("v{i}")});
    let conditions: Vec<Value> = (0..1_500).map(condition).collect();
    let url: String = (0..1_500).map(|i| format!("{{v{i}#authority}}")).collect();
    rules(vec![
        json!({"conditions": conditions, "endpoint": {"url": format!("https://{url}")}, "type": "endpoint"}),
    ])
}

fn rules_too_many() -> Vec<String> {
    let rule = |i: usize| json!({"conditions": [is_set()], "endpoint": {"url": format!("https://a{i}")}, "type": "endpoint"});
    rules((0..8_000).map(rule).collect())
}

/// A diagram in which both branches of each node lead to the next node.
fn diagram(conditions: Vec<Value>, nodes: usize, result: Value) -> Vec<String> {
    use base64::Engine;
    let result_of = 100_000_001_i32;
    let number = |i: usize| i32::try_from(i).unwrap();
    let mut bytes: Vec<u8> = [-1_i32, 1, -1]
        .into_iter()
        .flat_map(i32::to_be_bytes)
        .collect();
    for i in 0..nodes {
        let next = if i + 1 == nodes {
            result_of
        } else {
            number(i) + 3
        };
        bytes.extend(
            [number(i % conditions.len()), next, next]
                .into_iter()
                .flat_map(i32::to_be_bytes),
        );
    }
    let diagram = json!({
        "version": "1.1",
        "parameters": {"Region": {"type": "String", "builtIn": "AWS::Region", "documentation": "Region"}},
        "conditions": conditions, "results": [result], "root": 2, "nodeCount": nodes + 1,
        "nodes": base64::engine::general_purpose::STANDARD.encode(bytes),
    });
    Model::new(Vec::new())
        .service("smithy.rules#endpointBdd", diagram)
        .text()
}

fn diagram_shares_nodes() -> Vec<String> {
    let condition = |i: usize| json!({"fn": "stringEquals", "argv": [format!("{i}"), "b"]});
    diagram((0..60).map(condition).collect(), 60, endpoint("https://a"))
}

fn diagram_shares_results() -> Vec<String> {
    let condition = |i: usize| json!({"fn": "stringEquals", "argv": [format!("{i}"), "b"]});
    diagram(
        (0..11).map(condition).collect(),
        11,
        endpoint(&format!("https://{}", "a".repeat(100_000))),
    )
}

fn example_doubles() -> Vec<String> {
    let shape = |i: usize| {
        let next = format!("a#S{}", i + 1);
        (
            format!("a#S{i}"),
            structure(vec![
                ("left".to_owned(), required(&next)),
                ("right".to_owned(), required(&next)),
            ]),
        )
    };
    let mut shapes = entries(30, shape);
    shapes.push(("a#S30".to_owned(), structure(strings(1))));
    Model::of_input(vec![("first".to_owned(), target("a#S0"))], shapes).text()
}

fn example_deep() -> Vec<String> {
    let mut shapes = entries(200, |i| {
        (
            format!("a#S{i}"),
            structure(vec![(
                "next".to_owned(),
                required(&format!("a#S{}", i + 1)),
            )]),
        )
    });
    shapes.push(("a#S200".to_owned(), structure(strings(1))));
    Model::of_input(vec![("first".to_owned(), target("a#S0"))], shapes).text()
}

fn published(example: Value, count: usize) -> Vec<String> {
    let shapes = vec![
        (
            "a#Node".to_owned(),
            structure(vec![
                ("next".to_owned(), target("a#Node")),
                ("all".to_owned(), target("a#Nodes")),
            ]),
        ),
        (
            "a#Nodes".to_owned(),
            json!({"type": "list", "member": target("a#Node")}),
        ),
    ];
    Model::of_input(vec![("first".to_owned(), target("a#Node"))], shapes)
        .operation(
            "smithy.api#examples",
            Value::Array(vec![
                json!({"title": "A", "input": {"first": example}});
                count
            ]),
        )
        .text()
}

fn published_example_deep() -> Vec<String> {
    published(nested(150, json!({}), |inner| json!({"next": inner})), 1)
}

fn published_example_wide() -> Vec<String> {
    published(json!({"all": vec![json!({}); 6_000]}), 1)
}

fn published_examples() -> Vec<String> {
    published(json!({}), 500)
}

/// A service with this number of operations, which have the same input.
fn sharing(count: usize, input: Entries, errors: usize) -> Vec<String> {
    let mut model = Model::of_input(input, Vec::new()).shapes();
    let operations: Vec<Value> = (0..count).map(|i| target(&format!("a#O{i}"))).collect();
    model.extend(entries(count, |i| (format!("a#O{i}"), json!({"type": "operation", "input": target("a#Input"), "traits": {"smithy.api#http": {"method": "POST", "uri": format!("/{i}")}}}))));
    model.extend(entries(errors, |i| {
        (
            format!("a#E{i}"),
            json!({"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}}),
        )
    }));
    let errors: Vec<Value> = (0..errors).map(|i| target(&format!("a#E{i}"))).collect();
    if let Some(Value::Object(service)) = model.get_mut("a#Service") {
        service.insert("operations".to_owned(), Value::Array(operations));
        service.insert("errors".to_owned(), Value::Array(errors));
    }
    vec![json!({"smithy": "2.0", "shapes": model}).to_string()]
}

fn shared_input() -> Vec<String> {
    sharing(1_000, strings(500), 0)
}

fn required_members() -> Vec<String> {
    sharing(
        100,
        entries(200, |i| (format!("m{i}"), required("smithy.api#String"))),
        0,
    )
}

fn service_errors() -> Vec<String> {
    sharing(2_500, Vec::new(), 2_500)
}

fn members_of_members() -> Vec<String> {
    Model::of_input(
        entries(1_000, |i| (format!("m{i}"), target("a#Wide"))),
        vec![("a#Wide".to_owned(), structure(strings(2_000)))],
    )
    .text()
}

fn docs(text: &str) -> Vec<String> {
    let member =
        json!({"target": "smithy.api#String", "traits": {"smithy.api#documentation": text}});
    Model::of_input(vec![("name".to_owned(), member)], Vec::new())
        .operation("smithy.api#documentation", json!(text))
        .text()
}

fn title_on_every_page() -> Vec<String> {
    let members = entries(200, |i| (format!("m{i}"), target(&format!("a#T{i}"))));
    Model::of_input(
        members,
        entries(200, |i| (format!("a#T{i}"), structure(strings(1)))),
    )
    .service("smithy.api#title", json!("x".repeat(300_000)))
    .text()
}

fn crate_name() -> Vec<String> {
    Model::new(Vec::new())
        .service("aws.api#service", json!({"sdkId": "x".repeat(900)}))
        .text()
}

/// Members whose target is a string with this trait, whose text has this length.
fn of_a_target(id: &str, length: usize) -> Vec<String> {
    let shape = json!({"type": "string", "traits": object(vec![(id.to_owned(), json!("x".repeat(length)))])});
    Model::of_input(
        entries(500, |i| (format!("m{i}"), target("a#Text"))),
        vec![("a#Text".to_owned(), shape)],
    )
    .text()
}

fn values_of_an_enum() -> Vec<String> {
    let value = json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "x".repeat(100_000)}});
    let shape = json!({"type": "enum", "members": {"A": value}});
    Model::of_input(
        entries(500, |i| (format!("m{i}"), target("a#E"))),
        vec![("a#E".to_owned(), shape)],
    )
    .text()
}

/// A botocore service with one operation, whose input is `Input`, and companion files.
fn botocore(input: Value, uri: &str, others: Vec<Value>) -> Vec<String> {
    let metadata = json!({"apiVersion": "2020-01-01", "endpointPrefix": "a", "protocol": "rest-json", "serviceFullName": "A", "serviceId": "A", "signatureVersion": "v4", "uid": "a"});
    let operation = json!({"name": "Get", "http": {"method": "GET", "requestUri": uri}, "input": {"shape": "Input"}, "output": {"shape": "Output"}});
    let output = json!({"type": "structure", "members": {"ok": {"shape": "Ok"}}});
    let service = json!({
        "metadata": metadata,
        "operations": {"Get": operation},
        "shapes": {"Input": input, "Output": output, "Ok": {"type": "boolean"}, "Text": {"type": "string"}}
    });
    std::iter::once(service)
        .chain(others)
        .map(|file| file.to_string())
        .collect()
}

fn botocore_unknown_members() -> Vec<String> {
    let members = object(entries(1_000, |i| {
        (format!("m{i:050}"), json!({"shape": "Text"}))
    }));
    let required: Vec<String> = (0..1_000).map(|i| format!("n{i:050}")).collect();
    botocore(
        json!({"type": "structure", "members": members, "required": required}),
        "/",
        Vec::new(),
    )
}

fn botocore_acceptors() -> Vec<String> {
    let acceptor =
        json!({"state": "success", "matcher": "path", "argument": "ok", "expected": true});
    let waiter =
        json!({"operation": "Get", "delay": 1, "maxAttempts": 1, "acceptors": vec![acceptor; 400]});
    let waiters = json!({"version": 2, "waiters": {"Done": waiter}});
    botocore(
        json!({"type": "structure", "members": {}}),
        "/",
        vec![waiters],
    )
}

fn botocore_labels() -> Vec<String> {
    let label =
        |i: usize| json!({"shape": "Text", "location": "uri", "locationName": format!("l{i}")});
    let members = object(entries(150, |i| (format!("m{i}"), label(i))));
    let required: Vec<String> = (0..150).map(|i| format!("m{i}")).collect();
    let uri: String = (0..150).map(|i| format!("/{{l{i}}}")).collect();
    botocore(
        json!({"type": "structure", "members": members, "required": required}),
        &uri,
        Vec::new(),
    )
}
