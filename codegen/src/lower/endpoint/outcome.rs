//! Reads endpoints: URL, headers, authentication schemes and other properties.

use crate::graph::endpoint::expr::Expr;
use crate::graph::endpoint::outcome::{AuthScheme, Endpoint, Property, Signing};
use crate::graph::endpoint::types::Base;
use crate::lower::endpoint::reader::Checker;
use crate::text::Text;
use indexmap::IndexMap;
use smithy_model::{Node, Value};

impl Checker<'_> {
    pub(super) fn endpoint(&mut self, node: &Node) -> Option<Endpoint> {
        self.object(node, "an endpoint", &["url", "properties", "headers"])?;
        let url = self
            .required(node, "url", "an endpoint")
            .and_then(|url| self.expect(url, Base::String));
        let schemes = node
            .get("properties")
            .and_then(|properties| properties.get("authSchemes"));
        let auth_schemes = match schemes {
            Some(schemes) => self.auth_schemes(schemes),
            None => Some(Vec::new()),
        };
        let properties = match node.get("properties") {
            Some(properties) => self.properties(properties, &["authSchemes"]),
            None => Some(IndexMap::new()),
        };
        let headers = match node.get("headers") {
            Some(headers) => self.entries(headers, &[], Self::header),
            None => Some(IndexMap::new()),
        };
        Some(Endpoint {
            url: url?,
            auth_schemes: auth_schemes?,
            properties: properties?,
            headers: headers?,
        })
    }

    fn header(&mut self, node: &Node) -> Option<Vec<Expr>> {
        let values = self.array(node, "a header's value")?;
        self.each(values, |checker, value| checker.expect(value, Base::String))
    }

    fn properties(&mut self, node: &Node, but: &[&str]) -> Option<IndexMap<Text, Property>> {
        self.entries(node, but, Self::property)
    }

    /// Reads the members of an object, except some.
    fn entries<T>(
        &mut self,
        node: &Node,
        but: &[&str],
        read: impl Fn(&mut Self, &Node) -> Option<T>,
    ) -> Option<IndexMap<Text, T>> {
        let Some(members) = node.as_object() else {
            return self.refuse(
                node,
                format!("expected an object, found {}", node.kind_name()),
                "write an object",
            );
        };
        let members = members
            .iter()
            .filter(|(name, _)| !but.contains(&name.as_str()));
        let found: Vec<_> = members
            .map(|(name, entry)| Some((Text::new(name), read(self, &entry.node)?)))
            .collect();
        found.into_iter().collect()
    }

    fn property(&mut self, node: &Node) -> Option<Property> {
        match &node.value {
            Value::Bool(value) => Some(Property::Bool(*value)),
            Value::Number(text) => {
                match node.as_i64().and_then(|value| i32::try_from(value).ok()) {
                    Some(value) => Some(Property::Int(value)),
                    None => self.refuse(
                        node,
                        format!("`{text}` is not a whole number of 32 bits"),
                        "write it as a string",
                    ),
                }
            }
            Value::String(_) => self.expect(node, Base::String).map(Property::String),
            Value::Array(items) => self.each(items, Self::property).map(Property::Array),
            Value::Object(members) if members.contains_key("fn") || members.contains_key("ref") => {
                let help = "assign the value to a variable in a condition, and use the variable in a template";
                self.refuse(node, "a reference or function call as a property", help)
            }
            Value::Object(_) => self.properties(node, &[]).map(Property::Object),
            Value::Null => self.refuse(node, "null as a property", "remove the property"),
        }
    }

    /// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-object>
    fn auth_schemes(&mut self, node: &Node) -> Option<Vec<AuthScheme>> {
        let nodes = self.array(node, "`authSchemes`")?;
        let name = |node: &Node| node.get("name").and_then(Node::as_str).map(str::to_owned);
        let names: Vec<Option<String>> = nodes.iter().map(name).collect();
        for (index, (node, name)) in nodes.iter().zip(&names).enumerate() {
            if let Some(name) = name
                && names
                    .iter()
                    .take(index)
                    .flatten()
                    .any(|earlier| earlier == name)
            {
                self.report(
                    node,
                    format!("two authentication schemes `{name}`"),
                    "remove one of them",
                );
            }
        }
        self.each(nodes, Self::auth_scheme)
    }

    fn auth_scheme(&mut self, node: &Node) -> Option<AuthScheme> {
        let name = self.required(node, "name", "an authentication scheme")?;
        let name = self.string(name, "`name` of an authentication scheme")?;
        Some(match name {
            "sigv4" => {
                let (region, signing) = self.sigv4(node)?;
                AuthScheme::SigV4 { region, signing }
            }
            "sigv4-s3express" => {
                let (region, signing) = self.sigv4(node)?;
                AuthScheme::SigV4S3Express { region, signing }
            }
            "sigv4a" => {
                let region_set = self.required_array(node, "signingRegionSet", "`sigv4a`");
                let region_set = region_set.and_then(|nodes| self.each(nodes, Self::text));
                let signing = self.signing(node, "signingRegionSet");
                AuthScheme::SigV4a {
                    region_set: region_set?,
                    signing: signing?,
                }
            }
            _ => AuthScheme::Other {
                name: Text::new(name),
                properties: self.properties(node, &["name"])?,
            },
        })
    }

    fn sigv4(&mut self, node: &Node) -> Option<(Option<Expr>, Signing)> {
        let region = self.optional(node, "signingRegion", |checker, node, _| checker.text(node));
        let signing = self.signing(node, "signingRegion");
        Some((region?, signing?))
    }

    fn signing(&mut self, node: &Node, region: &str) -> Option<Signing> {
        let name = self.optional(node, "signingName", |checker, node, _| checker.text(node));
        let double_encoding = self.optional(node, "disableDoubleEncoding", Self::bool);
        let normalize_path = self.optional(node, "disableNormalizePath", Self::bool);
        let known = [
            "name",
            "signingName",
            region,
            "disableDoubleEncoding",
            "disableNormalizePath",
        ];
        let other = self.properties(node, &known);
        Some(Signing {
            name: name?,
            disable_double_encoding: double_encoding?.unwrap_or(false),
            disable_normalize_path: normalize_path?.unwrap_or(false),
            other: other?,
        })
    }

    /// A string or template, where references and function calls are not allowed.
    fn text(&mut self, node: &Node) -> Option<Expr> {
        self.string(node, "a property of an authentication scheme")?;
        self.expect(node, Base::String)
    }
}
