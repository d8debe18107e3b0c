use std::fmt;

/// Declares [`Code`], a row for each code with its name, id and title.
macro_rules! catalogue {
    ($($name:ident $id:literal $title:literal)*) => {
        /// The codes of diagnostics: `E00xx` for reading and merging files, `E01xx` for validation,
        /// `E02xx` for code generation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in the order of the ids.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// Returns the id that diagnostics print, such as `E0001`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }

            /// Returns a short description of the problem.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title,)* }
            }
        }
    };
}

catalogue! {
    MalformedJson "E0001" "malformed JSON"
    DuplicateKey "E0002" "duplicate key"
    TooDeep "E0003" "JSON nested too deeply"
    MissingVersion "E0004" "missing Smithy version"
    UnsupportedVersion "E0005" "unsupported Smithy version"
    UnexpectedValue "E0006" "unexpected kind of JSON value"
    InvalidShapeId "E0007" "invalid shape id"
    UnknownShapeType "E0008" "unknown shape type"
    MissingProperty "E0009" "missing property"
    UnknownProperty "E0010" "unknown property"
    ConflictingDefinitions "E0011" "conflicting definitions"
    ConflictingTraitValues "E0012" "conflicting trait values"
    ConflictingMetadata "E0013" "conflicting metadata"
    UnknownApplyTarget "E0014" "trait applied to an unknown shape"
    MixinCycle "E0015" "mixin cycle"
    UnknownMixin "E0016" "unknown mixin"
    InvalidMixin "E0017" "invalid mixin"
    ConflictingMixinMembers "E0018" "conflicting mixin members"
    UndefinedTrait "E0019" "undefined trait"
    MixedFiles "E0020" "files of different models or formats"
    TooLarge "E0021" "model too large"

    UnknownTarget "E0101" "unknown target"
    WrongTargetKind "E0102" "wrong target type"
    BadTraitValue "E0103" "invalid trait value"
    MisplacedTrait "E0104" "misplaced trait"
    ConflictingTraits "E0105" "conflicting traits"
    RepeatedTrait "E0106" "trait on more than one member"
    InvalidUri "E0107" "invalid URI pattern"
    LabelWithoutMember "E0108" "URI label without a member"
    MemberWithoutLabel "E0109" "label member without a URI label"
    InvalidLabel "E0110" "invalid label member"
    DuplicateRoute "E0111" "duplicate HTTP method and URI"
    InvalidPayload "E0112" "invalid payload"
    InvalidHeader "E0113" "invalid header binding"
    InvalidMethod "E0114" "invalid HTTP method"
    InvalidStatusCode "E0115" "invalid HTTP status code"
    MissingHttpTrait "E0116" "operation without an HTTP binding"
    InvalidHostPrefix "E0117" "invalid host prefix"
    InvalidEnum "E0118" "invalid enum"
    EmptyShape "E0119" "shape without members"
    ConflictingJsonNames "E0120" "conflicting JSON names"
    ConflictingMemberNames "E0121" "conflicting member names"
    InvalidRecursion "E0122" "invalid recursion"
    InvalidPagination "E0123" "invalid pagination"
    ConflictingShapeNames "E0124" "conflicting shape names"
    InvalidRename "E0125" "invalid rename"
    InvalidResource "E0126" "invalid resource"
    InvalidStreaming "E0127" "invalid streaming"
    InvalidConstraint "E0128" "invalid constraint"
    InvalidAuth "E0129" "invalid authentication"
    InvalidReference "E0130" "invalid resource reference"
    InvalidQuery "E0131" "invalid query binding"
    InvalidWaiter "E0132" "invalid waiter"
    MisusedMessage "E0133" "misused input or output structure"
    InvalidEvent "E0134" "invalid event"
    InvalidContextParam "E0135" "invalid context parameter"
    InvalidExample "E0136" "invalid example"
    RepeatedBinding "E0137" "operation or resource bound more than once"

    MissingService "E0201" "no service"
    SeveralServices "E0202" "more than one service"
    UnknownService "E0203" "unknown service"
    UnsupportedProtocol "E0204" "unsupported protocol"
    UnsupportedTrait "E0205" "unsupported trait"
    NameCollision "E0206" "name collision"
    UnknownOperation "E0207" "unknown operation"
    UnsupportedShape "E0208" "unsupported shape"
    BadCrateName "E0209" "invalid crate name"
    BadEndpointRules "E0211" "invalid endpoint rules"
    TooMuchOutput "E0212" "output too large"
    UncheckedPattern "E0213" "pattern not checked"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn ids_ascend_and_titles_are_plain() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].id() < pair[1].id()));
        for code in Code::ALL {
            assert!(code.id().starts_with('E') && code.id().len() == 5, "{code}");
            assert!(
                !code.title().is_empty() && !code.title().ends_with('.'),
                "{code}"
            );
        }
    }
}
