use appfabric::operations::ListIngestions;

fn main() {
    let _ = ListIngestions::builder().next_token(7);
}
