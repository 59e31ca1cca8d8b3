//! Printing, and the exit status: 0 it ran, 1 it failed with one clear line, 10 with `--exit-code` when something is confirmed.

use std::io::{self, IsTerminal, Write as _};
use std::process::ExitCode;

use inzage_core::text;

use crate::texts::{Texts, Value};

/// What a command ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It ran.
    Done,
    /// Something is confirmed, and the caller asked to be told by the exit status.
    Confirmed,
    /// It failed and said why itself.
    Failed,
}

/// Prints on standard output. A reader that went away, such as `head`, is no failure.
pub(crate) fn print(text: &str) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Outcome::Done),
    }
}

/// Prints a line on standard error.
pub(crate) fn note(text: &str) {
    // Nobody can be told that standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether a person reads standard output.
pub(crate) fn is_seen() -> bool {
    io::stdout().is_terminal()
}

/// Says in one line why it failed.
pub fn fail(why: &str) -> ExitCode {
    note(&format!("inzage: {}", text::for_terminal(why, 2_000)));
    ExitCode::from(1)
}

/// The exit status of a result.
pub(crate) fn code(result: anyhow::Result<Outcome>, texts: &Texts) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Confirmed) => ExitCode::from(10),
        Ok(Outcome::Failed) => ExitCode::from(1),
        Err(error) => {
            let causes: Vec<_> = error.chain().map(ToString::to_string).collect();
            fail(&texts.with("failed", &[("why", Value::Text(&causes.join(": ")))]))
        }
    }
}
