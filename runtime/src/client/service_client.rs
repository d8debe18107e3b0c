//! Clients of a service.

use crate::client::handle::Client;
use crate::client::service::Service;

/// The client of a service, which wraps a [`Client`].
///
/// [`client_methods!`](crate::client_methods) implements it.
pub trait ServiceClient: Sized {
    /// The service.
    const SERVICE: Service;

    /// Wraps a client.
    fn from_inner(inner: Client) -> Self;

    /// The wrapped client.
    fn inner(&self) -> &Client;
}
