//! Tests of loading: reading, merging and validation.

#[cfg(test)]
mod common;
#[cfg(test)]
mod diagnostics;
#[cfg(test)]
mod helps;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod mixins;
#[cfg(test)]
mod official;
#[cfg(test)]
mod upgrade;
#[cfg(test)]
mod validation;
