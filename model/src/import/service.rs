use crate::shapes::model::Model;
use crate::shapes::shape::{Service, Shape};
use crate::traits::registry::aws::SERVICE;

/// Returns the service of a model that has exactly one.
pub fn only_service(model: &Model) -> Option<(&Shape, &Service)> {
    let mut services = model.services();
    services.next().filter(|_| services.next().is_none())
}

/// Returns the `sdkId` of a service (`aws.api#service`), which is the same in both formats.
pub fn sdk_id(service: &Shape) -> Option<&str> {
    SERVICE.of(&service.traits).map(|service| service.sdk_id)
}
