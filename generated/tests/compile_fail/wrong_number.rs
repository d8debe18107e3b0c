use appfabric::operations::ListIngestions;

fn main() {
    let _ = ListIngestions::builder().max_results("50");
}
