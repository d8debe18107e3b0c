//! Prints rules as pseudo-code, in Rust names.

use crate::graph::endpoint::bindings::BoundValue;
use crate::graph::endpoint::expr::{Expr, Literal, Part, Ref, Step};
use crate::graph::endpoint::outcome::{AuthScheme, Endpoint, Property, Signing};
use crate::graph::endpoint::params::{DefaultValue, Parameter, Presence};
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::endpoint::rules::{Condition, Outcome, Rule};
use crate::text::Text;
use indexmap::IndexMap;
use std::fmt::{self, Display, Formatter, Write as _};

impl Display for EndpointRules {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "endpoint rules {}", self.version)?;
        for parameter in self.parameters.values() {
            writeln!(f, "    {parameter}")?;
        }
        writeln!(f, "    ---")?;
        rules(f, &self.rules, "    ")
    }
}

impl Display for Parameter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rust_name, self.value_type())?;
        if let Presence::Default(value) = &self.presence {
            write!(f, " = {value}")?;
        }
        write!(f, " ({}", self.name)?;
        if let Some(builtin) = self.builtin {
            write!(f, " from {builtin}")?;
        }
        if let Some(setting) = &self.setting {
            write!(f, ", set by {}", setting.method)?;
        }
        if let Some(deprecated) = &self.deprecated {
            let since = deprecated
                .since
                .iter()
                .map(|since| format!(" since {}", since.shown()));
            let message = deprecated
                .message
                .iter()
                .map(|message| format!(": {}", message.line()));
            write!(
                f,
                ", deprecated{}",
                since.chain(message).collect::<String>()
            )?;
        }
        f.write_char(')')?;
        self.documentation
            .iter()
            .try_for_each(|text| write!(f, "  # {}", text.line()))
    }
}

impl Display for BoundValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Static(value) => write!(f, "{value}"),
            Self::Path { path, filled, .. } => {
                let filled = if *filled { ", not blank" } else { "" };
                let sensitive = if self.is_sensitive() {
                    " (sensitive)"
                } else {
                    ""
                };
                write!(f, "`{}`{filled}{sensitive}", path.shown())
            }
        }
    }
}

impl Display for DefaultValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::String(value) => write!(f, "{value:?}"),
            Self::StringArray(value) => write!(f, "{value:?}"),
        }
    }
}

fn rules(f: &mut Formatter<'_>, rules: &[Rule], indent: &str) -> fmt::Result {
    rules.iter().try_for_each(|each| rule(f, each, indent))
}

fn rule(f: &mut Formatter<'_>, rule: &Rule, indent: &str) -> fmt::Result {
    if let Some(documentation) = &rule.documentation {
        writeln!(f, "{indent}# {}", documentation.line())?;
    }
    let always = rule.conditions.is_empty();
    let deeper = format!("{indent}    ");
    if !always {
        let conditions = Joined(&rule.conditions, " and ").to_string();
        let one_line = indent.len() + conditions.len() <= 100;
        let and = if one_line {
            " and ".to_owned()
        } else {
            format!("\n{deeper}and ")
        };
        writeln!(f, "{indent}if {}:", Joined(&rule.conditions, &and))?;
    }
    let indent = if always { indent } else { &deeper };
    match &rule.outcome {
        Outcome::Error(error) => writeln!(f, "{indent}error {error}"),
        Outcome::Endpoint(found) => endpoint(f, found, indent),
        Outcome::Tree(inner) if always => {
            writeln!(f, "{indent}always:")?;
            rules(f, inner, &deeper)
        }
        Outcome::Tree(inner) => rules(f, inner, indent),
    }
}

fn endpoint(f: &mut Formatter<'_>, endpoint: &Endpoint, indent: &str) -> fmt::Result {
    writeln!(f, "{indent}endpoint {}", endpoint.url)?;
    for scheme in &endpoint.auth_schemes {
        writeln!(f, "{indent}    auth {scheme}")?;
    }
    for (name, values) in &endpoint.headers {
        writeln!(
            f,
            "{indent}    header {}: {}",
            name.shown(),
            Joined(values, ", ")
        )?;
    }
    for (name, value) in &endpoint.properties {
        writeln!(f, "{indent}    property {}: {value}", name.shown())?;
    }
    Ok(())
}

impl Display for AuthScheme {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let region = |region: &Option<Expr>| {
            region
                .as_ref()
                .map_or(String::new(), |region| format!(" region {region}"))
        };
        match self {
            Self::SigV4 {
                region: of,
                signing,
            } => write!(f, "sigv4{}{signing}", region(of)),
            Self::SigV4a {
                region_set,
                signing,
            } => {
                write!(f, "sigv4a regions [{}]{signing}", Joined(region_set, ", "))
            }
            Self::SigV4S3Express {
                region: of,
                signing,
            } => {
                write!(f, "sigv4-s3express{}{signing}", region(of))
            }
            Self::Other { name, properties } => write!(f, "{}{}", name.shown(), Others(properties)),
        }
    }
}

impl Display for Signing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.name
            .iter()
            .try_for_each(|name| write!(f, " name {name}"))?;
        let flags = [
            (self.disable_double_encoding, " without double encoding"),
            (self.disable_normalize_path, " without path normalization"),
        ];
        flags
            .iter()
            .filter(|(set, _)| *set)
            .try_for_each(|(_, text)| f.write_str(text))?;
        Others(&self.other).fmt(f)
    }
}

/// Properties of an authentication scheme that only it knows.
struct Others<'a>(&'a IndexMap<Text, Property>);

impl Display for Others<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|(name, value)| write!(f, " {} {value}", name.shown()))
    }
}

impl Display for Property {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::String(value) => write!(f, "{value}"),
            Self::Array(items) => write!(f, "[{}]", Joined(items, ", ")),
            Self::Object(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| format!("{}: {value}", name.shown()))
                    .collect();
                write!(f, "{{{}}}", members.join(", "))
            }
        }
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.assign {
            Some(assign) => write!(f, "let {}: {} = {}", assign.name, assign.ty, self.expr),
            None => self.expr.fmt(f),
        }
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let one = |f: &mut Formatter<'_>, name: &str, value: &Expr| write!(f, "{name}({value})");
        match self {
            Self::Literal(literal) => literal.fmt(f),
            Self::Template(parts) => template(f, parts),
            Self::Ref(Ref { name, .. }) => f.write_str(name),
            Self::IsSet(value) => one(f, "is_set", value),
            Self::Not(value) => write!(f, "not {}", Operand(value)),
            Self::BooleanEquals(left, right) | Self::StringEquals(left, right) => {
                write!(f, "{} == {}", Operand(left), Operand(right))
            }
            Self::GetAttr { of, path } => {
                write!(f, "{}", Operand(of))?;
                path.iter().try_for_each(|step| step.fmt(f))
            }
            Self::Substring {
                input,
                start,
                stop,
                reverse,
            } => {
                write!(f, "substring({input}, {start}, {stop}, {reverse})")
            }
            Self::ParseUrl(value) => one(f, "parse_url", value),
            Self::IsValidHostLabel {
                value,
                allow_sub_domains,
            } => {
                write!(f, "is_valid_host_label({value}, {allow_sub_domains})")
            }
            Self::UriEncode(value) => one(f, "uri_encode", value),
            Self::Split {
                value,
                delimiter,
                limit,
            } => write!(f, "split({value}, {delimiter}, {limit})"),
            Self::Coalesce(first, rest) => write!(f, "coalesce({first}, {})", Joined(rest, ", ")),
            Self::Ite {
                condition,
                then,
                otherwise,
            } => write!(f, "ite({condition}, {then}, {otherwise})"),
            Self::Partition(value) => one(f, "partition", value),
            Self::ParseArn(value) => one(f, "parse_arn", value),
            Self::IsVirtualHostableS3Bucket {
                value,
                allow_sub_domains,
            } => {
                write!(
                    f,
                    "is_virtual_hostable_s3_bucket({value}, {allow_sub_domains})"
                )
            }
        }
    }
}

fn template(f: &mut Formatter<'_>, parts: &[Part]) -> fmt::Result {
    f.write_char('"')?;
    for part in parts {
        match part {
            Part::Text(text) => {
                write!(f, "{}", quoted(text).replace('{', "{{").replace('}', "}}"))?
            }
            Part::Value(value) => write!(f, "{{{value}}}")?,
        }
    }
    f.write_char('"')
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::String(value) => write!(f, "{value:?}"),
        }
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => write!(f, ".{}", field.rust_name()),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// The text as between quotes.
fn quoted(text: &Text) -> String {
    let literal = format!("{text:?}");
    literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or_default()
        .to_owned()
}

/// In parentheses where it has to be.
struct Operand<'a>(&'a Expr);

impl Display for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            expr @ (Expr::BooleanEquals(..) | Expr::StringEquals(..) | Expr::Not(_)) => {
                write!(f, "({expr})")
            }
            expr => expr.fmt(f),
        }
    }
}

struct Joined<'a, T>(&'a [T], &'a str);

impl<T: Display> Display for Joined<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if index == 0 { "" } else { self.1 })?;
        }
        Ok(())
    }
}
