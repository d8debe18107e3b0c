//! The functions of the rules engine.

use crate::graph::endpoint::expr::Expr;
use crate::graph::endpoint::types::{Base, Version};

/// A function of the rules engine.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) since: Version,
    pub(super) call: Call,
}

type Make<const N: usize> = fn([Box<Expr>; N]) -> Expr;

/// The arguments of a function. Only those of the last four may be optional.
#[derive(Debug)]
pub(super) enum Call {
    One([Base; 1], Make<1>),
    Two([Base; 2], Make<2>),
    Three([Base; 3], Make<3>),
    Four([Base; 4], Make<4>),
    IsSet,
    GetAttr,
    Coalesce,
    Ite,
}

impl Call {
    /// The number of arguments: the exact number, or the least if true.
    pub(super) const fn arity(&self) -> (usize, bool) {
        match self {
            Self::One(..) | Self::IsSet => (1, false),
            Self::Two(..) | Self::GetAttr => (2, false),
            Self::Three(..) | Self::Ite => (3, false),
            Self::Four(..) => (4, false),
            Self::Coalesce => (2, true),
        }
    }
}

/// The function of that name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html>,
/// <https://smithy.io/2.0/aws/rules-engine/library-functions.html>
pub(super) static FUNCTIONS: [Function; 15] = {
    use Base::{Bool, Int, String};
    use Version::{V1_0, V1_1};
    const fn function(name: &'static str, since: Version, call: Call) -> Function {
        Function { name, since, call }
    }
    [
        function("isSet", V1_0, Call::IsSet),
        function("not", V1_0, Call::One([Bool], |[value]| Expr::Not(value))),
        function(
            "booleanEquals",
            V1_0,
            Call::Two([Bool, Bool], |[left, right]| {
                Expr::BooleanEquals(left, right)
            }),
        ),
        function(
            "stringEquals",
            V1_0,
            Call::Two([String, String], |[left, right]| {
                Expr::StringEquals(left, right)
            }),
        ),
        function("getAttr", V1_0, Call::GetAttr),
        function(
            "substring",
            V1_0,
            Call::Four([String, Int, Int, Bool], |[input, start, stop, reverse]| {
                Expr::Substring {
                    input,
                    start,
                    stop,
                    reverse,
                }
            }),
        ),
        function(
            "parseURL",
            V1_0,
            Call::One([String], |[url]| Expr::ParseUrl(url)),
        ),
        function(
            "isValidHostLabel",
            V1_0,
            Call::Two([String, Bool], |[value, allow_sub_domains]| {
                Expr::IsValidHostLabel {
                    value,
                    allow_sub_domains,
                }
            }),
        ),
        function(
            "uriEncode",
            V1_0,
            Call::One([String], |[value]| Expr::UriEncode(value)),
        ),
        function("coalesce", V1_1, Call::Coalesce),
        function("ite", V1_1, Call::Ite),
        function(
            "split",
            V1_1,
            Call::Three([String, String, Int], |[value, delimiter, limit]| {
                Expr::Split {
                    value,
                    delimiter,
                    limit,
                }
            }),
        ),
        function(
            "aws.partition",
            V1_0,
            Call::One([String], |[region]| Expr::Partition(region)),
        ),
        function(
            "aws.parseArn",
            V1_0,
            Call::One([String], |[arn]| Expr::ParseArn(arn)),
        ),
        function(
            "aws.isVirtualHostableS3Bucket",
            V1_0,
            Call::Two([String, Bool], |[value, allow_sub_domains]| {
                Expr::IsVirtualHostableS3Bucket {
                    value,
                    allow_sub_domains,
                }
            }),
        ),
    ]
};
