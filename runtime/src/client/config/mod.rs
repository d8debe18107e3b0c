//! Settings of a client, and their sources.

pub(super) mod builder;
mod call_settings;
mod environment;
#[cfg(feature = "https")]
mod https_variables;
mod lookup;
#[cfg(feature = "aws-config")]
mod sdk_config;
mod settings;

pub use builder::Builder;
pub use call_settings::CallSettings;
pub use settings::Settings;
