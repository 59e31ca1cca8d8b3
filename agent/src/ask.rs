//! The question before the first look at this computer, and the wait before a console closes.

use std::io::{self, BufRead as _, IsTerminal, Write as _};

use crate::face::wrap;
use crate::texts::Texts;

/// Asks whether to go on; without a person at a terminal there is nobody to ask.
///
/// The answer is not kept: nothing is stored until the worker has said yes to a record.
pub(crate) fn may_look(texts: &Texts) -> bool {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return true;
    }
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "{}\n\n{}\n", texts.get("ask-title"), wrap(&texts.get("ask-text"), 0));
    loop {
        let _ = write!(err, "{} ", texts.get("ask-question"));
        let _ = err.flush();
        let mut answer = String::new();
        match io::stdin().lock().read_line(&mut answer) {
            Ok(0) | Err(_) => return false,
            Ok(_) => {}
        }
        match answer.trim().to_lowercase().as_str() {
            "j" | "ja" | "y" | "yes" => return true,
            "n" | "nee" | "no" | "" => return false,
            _ => {}
        }
    }
}

/// Waits until the worker has read what is there: the console closes together with the program.
#[cfg(windows)]
pub(crate) fn wait(texts: &Texts) {
    let mut err = io::stderr().lock();
    let _ = write!(err, "\n{} ", texts.get("ask-close"));
    let _ = err.flush();
    let _ = io::stdin().lock().read_line(&mut String::new());
}
