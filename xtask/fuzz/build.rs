//! Lists the operations of the emitted crate, so that the fuzzer decodes all of them.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const FOLDER: &str = "../../generated/src/operations";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut names = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let text = fs::read_to_string(entry?.path())?;
        let implementation = text.split_once("impl rt::Operation for ");
        let name = implementation.and_then(|(_, rest)| rest.split_whitespace().next());
        names.extend(name.map(str::to_owned));
    }
    names.sort();
    let parser = |name: &String| {
        format!("(operations::{name}::NAME, parse::<operations::{name}> as Parser)")
    };
    let parsers: Vec<String> = names.iter().map(parser).collect();
    let folder = env::var("OUT_DIR")?;
    let list = format!("&[{}]", parsers.join(", "));
    Ok(fs::write(Path::new(&folder).join("parsers.rs"), list)?)
}
