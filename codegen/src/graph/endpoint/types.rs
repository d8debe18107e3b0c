//! Types of expressions, and the records that functions return.

use std::fmt;

/// A version of the rules engine. Each function is available since a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V1_0,
    V1_1,
}

impl Version {
    pub(crate) const ALL: [Self; 2] = [Self::V1_0, Self::V1_1];

    /// Reads a version. Later minor versions only add functions, and unknown functions are reported
    /// where they are called. A few rule sets of 2023 have the version `1.3`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let minor: u32 = text.strip_prefix("1.")?.parse().ok()?;
        Some(if minor == 0 { Self::V1_0 } else { Self::V1_1 })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
        })
    }
}

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Type {
    pub(crate) base: Base,
    /// Whether the value may be absent.
    pub(crate) optional: bool,
}

/// The type of a value that is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Bool,
    Int,
    String,
    StringArray,
    /// The result of `parseURL`.
    Url,
    /// The result of `aws.partition`.
    Partition,
    /// The result of `aws.parseArn`.
    Arn,
}

impl Base {
    pub(crate) const fn required(self) -> Type {
        Type {
            base: self,
            optional: false,
        }
    }

    pub(crate) const fn optional(self) -> Type {
        Type {
            base: self,
            optional: true,
        }
    }

    pub(crate) fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL
            .into_iter()
            .filter(move |field| field.row().0 == self)
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bool => "Bool",
            Self::Int => "Int",
            Self::String => "String",
            Self::StringArray => "[String]",
            Self::Url => "Url",
            Self::Partition => "Partition",
            Self::Arn => "Arn",
        })
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.base, if self.optional { "?" } else { "" })
    }
}

/// A field of a record that a function returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    UrlScheme,
    UrlAuthority,
    UrlPath,
    UrlNormalizedPath,
    UrlIsIp,
    PartitionName,
    PartitionDnsSuffix,
    PartitionDualStackDnsSuffix,
    PartitionSupportsFips,
    PartitionSupportsDualStack,
    PartitionImplicitGlobalRegion,
    ArnPartition,
    ArnService,
    ArnRegion,
    ArnAccountId,
    ArnResourceId,
}

impl Field {
    const ALL: [Self; 16] = [
        Self::UrlScheme,
        Self::UrlAuthority,
        Self::UrlPath,
        Self::UrlNormalizedPath,
        Self::UrlIsIp,
        Self::PartitionName,
        Self::PartitionDnsSuffix,
        Self::PartitionDualStackDnsSuffix,
        Self::PartitionSupportsFips,
        Self::PartitionSupportsDualStack,
        Self::PartitionImplicitGlobalRegion,
        Self::ArnPartition,
        Self::ArnService,
        Self::ArnRegion,
        Self::ArnAccountId,
        Self::ArnResourceId,
    ];

    /// The record, the name in rules, the name in Rust, and the type.
    ///
    /// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html>,
    /// <https://smithy.io/2.0/aws/rules-engine/library-functions.html>
    const fn row(self) -> (Base, &'static str, &'static str, Base) {
        match self {
            Self::UrlScheme => (Base::Url, "scheme", "scheme", Base::String),
            Self::UrlAuthority => (Base::Url, "authority", "authority", Base::String),
            Self::UrlPath => (Base::Url, "path", "path", Base::String),
            Self::UrlNormalizedPath => {
                (Base::Url, "normalizedPath", "normalized_path", Base::String)
            }
            Self::UrlIsIp => (Base::Url, "isIp", "is_ip", Base::Bool),
            Self::PartitionName => (Base::Partition, "name", "name", Base::String),
            Self::PartitionDnsSuffix => (Base::Partition, "dnsSuffix", "dns_suffix", Base::String),
            Self::PartitionDualStackDnsSuffix => (
                Base::Partition,
                "dualStackDnsSuffix",
                "dual_stack_dns_suffix",
                Base::String,
            ),
            Self::PartitionSupportsFips => {
                (Base::Partition, "supportsFIPS", "supports_fips", Base::Bool)
            }
            Self::PartitionSupportsDualStack => (
                Base::Partition,
                "supportsDualStack",
                "supports_dual_stack",
                Base::Bool,
            ),
            Self::PartitionImplicitGlobalRegion => (
                Base::Partition,
                "implicitGlobalRegion",
                "implicit_global_region",
                Base::String,
            ),
            Self::ArnPartition => (Base::Arn, "partition", "partition", Base::String),
            Self::ArnService => (Base::Arn, "service", "service", Base::String),
            Self::ArnRegion => (Base::Arn, "region", "region", Base::String),
            Self::ArnAccountId => (Base::Arn, "accountId", "account_id", Base::String),
            Self::ArnResourceId => (Base::Arn, "resourceId", "resource_id", Base::StringArray),
        }
    }

    /// The name in rules.
    pub(crate) const fn name(self) -> &'static str {
        self.row().1
    }

    /// The name of the Rust field.
    pub(crate) const fn rust_name(self) -> &'static str {
        self.row().2
    }

    /// The type of the field.
    pub(crate) const fn base(self) -> Base {
        self.row().3
    }
}
