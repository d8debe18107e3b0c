use appfabric::operations::TagResourceBuilder;
use appfabric::{Client, Error};

/// A function can take a builder in one state, here the initial one.
async fn tag(call: TagResourceBuilder<Client>, arn: &str) -> Result<(), Error> {
    call.resource_arn(arn).send_with_metadata().await?;
    Ok(())
}

fn main() {}
