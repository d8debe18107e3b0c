//! Endpoints: URL, headers, authentication schemes and other properties.

use crate::graph::endpoint::expr::Expr;
use crate::text::Text;
use indexmap::IndexMap;

/// An endpoint.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-object>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Endpoint {
    pub(crate) url: Expr,
    /// Changes to the signing of requests, the preferred scheme first.
    pub(crate) auth_schemes: Vec<AuthScheme>,
    /// The other properties.
    pub(crate) properties: IndexMap<Text, Property>,
    /// Headers to add to requests, each with its values.
    pub(crate) headers: IndexMap<Text, Vec<Expr>>,
}

/// Changes to an authentication scheme; a client ignores those of schemes that it does not use.
///
/// <https://smithy.io/2.0/aws/rules-engine/auth-schemes.html>
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AuthScheme {
    SigV4 {
        region: Option<Expr>,
        signing: Signing,
    },
    SigV4a {
        region_set: Vec<Expr>,
        signing: Signing,
    },
    SigV4S3Express {
        region: Option<Expr>,
        signing: Signing,
    },
    Other {
        name: Text,
        properties: IndexMap<Text, Property>,
    },
}

/// The properties that the AWS schemes share.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signing {
    /// The service in the signature.
    pub(crate) name: Option<Expr>,
    pub(crate) disable_double_encoding: bool,
    pub(crate) disable_normalize_path: bool,
    /// Properties that the specification does not define.
    pub(crate) other: IndexMap<Text, Property>,
}

/// A value of a property. Strings are expressions since they can be templates.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Property {
    Bool(bool),
    Int(i32),
    String(Expr),
    Array(Vec<Property>),
    Object(IndexMap<Text, Property>),
}

/// The regions in which a signature is valid.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Regions<'e> {
    /// One region (version 4): the region of the client if there is none here.
    One(Option<&'e Expr>),
    /// Several regions (version 4a).
    Set(&'e [Expr]),
}

impl Endpoint {
    /// The signing properties of version 4, or of version 4a if the endpoint accepts no other
    /// version.
    pub(crate) fn signatures(&self) -> Option<(Regions<'_>, &Signing)> {
        let v4 = self.auth_schemes.iter().find_map(|scheme| match scheme {
            AuthScheme::SigV4 { region, signing } => Some((Regions::One(region.as_ref()), signing)),
            _ => None,
        });
        let v4a = || {
            self.auth_schemes.iter().find_map(|scheme| match scheme {
                AuthScheme::SigV4a {
                    region_set,
                    signing,
                } => Some((Regions::Set(region_set), signing)),
                _ => None,
            })
        };
        v4.or_else(v4a)
    }
}
