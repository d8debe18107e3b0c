//! The binary behind `cargo xtask`; its code is in the library, which the fuzzer uses as well.

fn main() -> std::process::ExitCode {
    xtask::run()
}
