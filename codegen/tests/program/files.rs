//! Copies a file to the service, and the file of the service to another one.
//!
//! `files FROM TO`

use std::error::Error;
use streaming::rt::Body;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("usage: files FROM TO");
    let (from, to) = (next()?, next()?);
    let client = streaming::Client::from_env()?;

    // The file is read while it is sent, and read again by a retry.
    let content = Body::from_path(&from).await?;
    client.upload().name(&from).content(content).send().await?;

    // `send` returns after the head of the response.
    let mut output = client.download().send().await?;
    let mut file = File::create(&to).await?;
    let mut length = 0;
    while let Some(piece) = output.content.next().await {
        let piece = piece?;
        length += piece.len();
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    println!("{length} bytes, {}", output.etag.unwrap_or_default());
    Ok(())
}
