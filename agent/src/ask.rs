//! The question before the first look at this computer, and the wait before a console closes.

use std::io::{self, BufRead as _, IsTerminal, Write as _};
use std::path::Path;

use inzage_core::text;

use crate::face::wrap;
use crate::output::note;
use crate::texts::{Texts, Value};

/// Asks whether to go on; without a person at a terminal there is nobody to ask.
///
/// The answer is not kept. Who answered the question about a record has read this, and is not asked again.
pub(crate) fn may_look(texts: &Texts) -> bool {
    if !is_asked() {
        return true;
    }
    note(&format!("{}\n\n{}\n", texts.get("ask-title"), wrap(&texts.get("ask-text"), 0)));
    yes_or_no(&texts.get("ask-question")).unwrap_or(false)
}

/// Asks whether to keep a record, and where the answer is stored; nothing without a person at a terminal, or without an answer.
pub(crate) fn may_keep(folder: &Path, texts: &Texts) -> Option<bool> {
    if !is_asked() {
        return None;
    }
    let folder = folder.display().to_string();
    let text = texts.with("ask-record-text", &[("path", Value::Text(&text::for_terminal(&folder, 300)))]);
    note(&format!("\n{}\n\n{}\n", texts.get("ask-record-title"), wrap(&text, 0)));
    yes_or_no(&texts.get("ask-record-question"))
}

fn is_asked() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks until the answer is yes or no; Enter alone means no. Nothing without a person at a terminal, or when the input ends.
pub(crate) fn yes_or_no(question: &str) -> Option<bool> {
    if !is_asked() {
        return None;
    }
    let mut err = io::stderr().lock();
    loop {
        let _ = write!(err, "{question} ");
        let _ = err.flush();
        let mut answer = String::new();
        match io::stdin().lock().read_line(&mut answer) {
            Ok(0) | Err(_) => return None,
            Ok(_) => {}
        }
        match answer.trim().to_lowercase().as_str() {
            "j" | "ja" | "y" | "yes" => return Some(true),
            "n" | "nee" | "no" | "" => return Some(false),
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
