async fn list(client: &appfabric::Client) {
    let _ingestions = client.list_ingestions().max_results(50).items();
}

fn main() {}
