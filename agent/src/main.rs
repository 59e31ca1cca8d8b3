//! `inzage`: shows a worker what software on their own computer can observe them.

use std::process::ExitCode;

fn main() -> ExitCode {
    inzage_agent::main()
}
