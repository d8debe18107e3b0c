//! The HTTP binding of an operation (Smithy, "HTTP bindings").

use crate::text::Text;

/// The `http` trait, its labels resolved to members of the input.
#[derive(Debug, PartialEq)]
pub(crate) struct Http {
    pub(crate) method: String,
    /// What goes before the endpoint's host (`endpoint`).
    pub(crate) host: Vec<HostPart>,
    pub(crate) path: Vec<PathPart>,
    /// Query literals of the URI pattern, encoded, such as `mode=fast`.
    pub(crate) query: Vec<Text>,
    pub(crate) code: u16,
}

/// A stretch of a request's path.
#[derive(Debug, PartialEq)]
pub(crate) enum PathPart {
    Literal(Text),
    /// The name of an input member, as in the model.
    Label {
        member: String,
        greedy: bool,
    },
}

/// A stretch of a host prefix.
#[derive(Debug, PartialEq)]
pub(crate) enum HostPart {
    Literal(Text),
    /// The name of an input member, as in the model.
    Label(String),
}

impl Http {
    /// Method and URI, as the model writes them.
    pub(crate) fn line(&self) -> Text {
        let mut parts = vec![Text::new(&self.method), Text::new(" ")];
        parts.extend(self.path.iter().map(|part| match part {
            PathPart::Literal(text) => text.clone(),
            PathPart::Label {
                member,
                greedy: false,
            } => Text::new(&format!("{{{member}}}")),
            PathPart::Label {
                member,
                greedy: true,
            } => Text::new(&format!("{{{member}+}}")),
        }));
        for (index, literal) in self.query.iter().enumerate() {
            parts.extend([
                Text::new(if index == 0 { "?" } else { "&" }),
                literal.clone(),
            ]);
        }
        Text::concat(&parts)
    }
}
