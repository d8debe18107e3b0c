//! Waits until a thing is active, for at most a minute.
//!
//! `waiter THING`

use std::error::Error;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let id = std::env::args().nth(1).ok_or("usage: waiter THING")?;
    let client = waiters::Client::from_env()?;
    let get = client.get_thing().id(id);
    // The output is that of the last call.
    let output = get.wait_until_thing_active(Duration::from_secs(60)).await?;
    println!("{:?}", output.thing.and_then(|thing| thing.status));
    Ok(())
}
