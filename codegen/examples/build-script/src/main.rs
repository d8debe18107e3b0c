//! Calls the service that the module `stock` is generated for.

/// The client, from the build script.
pub mod stock {
    include!(concat!(env!("OUT_DIR"), "/stock.rs"));
}

use stock::operations::{ListItems, ListItemsOutput};
use stock::rt::Operation;
use stock::types::{Item, Size};
use stock::{Client, Error};

/// A call, as a program makes it.
pub async fn items_of(client: &Client) -> Result<ListItemsOutput, Error> {
    client.list_items().shelf("A").size(Size::Large).send().await
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let endpoint = stock::rt::Endpoint::new("https://stock.example.com")?;
    let operation = ListItems::builder().shelf("A").size(Size::Large).build();
    println!("{}", operation.to_request(&endpoint)?.uri());

    let body = r#"{"items": [{"name": "nail"}]}"#;
    let response = stock::rt::http::Response::new(body.into());
    let output = ListItems::parse_response(response)?;
    assert_eq!(output.items, [Item::builder().name("nail").build()]);
    println!("{:?}", output.items);
    Ok(())
}
