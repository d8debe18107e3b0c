//! Generates the module `stock` from its model.

use smithy_codegen::Options;
use smithy_model::Sources;
use std::path::Path;
use std::{env, fs};

const MODEL: &str = "models/stock.json";

fn main() {
    println!("cargo::rerun-if-changed={MODEL}");
    let mut sources = Sources::new();
    sources.add(MODEL, fs::read_to_string(MODEL).expect("the model"));
    let loaded = smithy_model::load(&sources);
    let module = if loaded.is_ok() {
        smithy_codegen::module(&loaded.model, &Options::default(), &["client"])
    } else {
        Err(loaded.diagnostics)
    };
    match module {
        Ok(module) => {
            for warning in &module.warnings {
                println!("cargo::warning={}", warning.line(&sources));
            }
            let folder = env::var_os("OUT_DIR").expect("cargo sets the folder");
            fs::write(Path::new(&folder).join("stock.rs"), module.text).expect("a writable folder");
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={}", problem.line(&sources));
            }
        }
    }
}
