//! The binary `cargo-smithy`. Its code is in the library, which the fuzzer uses as well.

fn main() -> std::process::ExitCode {
    cargo_smithy::run()
}
