//! `inzage`: shows a worker what software on their own computer can observe them.

mod ask;
mod cli;
mod doctor;
mod face;
mod home;
mod keep;
mod log;
mod login;
mod notices;
mod notify;
mod one;
mod open;
mod output;
mod record;
mod resident;
mod run;
mod texts;
mod tray;
mod watch;

use std::process::ExitCode;

use home::Settings;
use texts::{Language, Texts};

fn main() -> ExitCode {
    // Faults are told as coverage, or in one line at the end; the words of the compiler's library help nobody.
    std::panic::set_hook(Box::new(log::panicked));
    #[cfg(windows)]
    inzage_windows::ask_for_no_disk();
    #[cfg(windows)]
    let closes = inzage_windows::has_own_console();
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let texts = Texts::new(match cli::asked_language(&arguments) {
        None => Settings::read().language().unwrap_or_else(|| Language::choose(None)),
        asked => Language::choose(asked),
    });
    // Who wants no file at all gets no lines in one either.
    if !arguments.iter().any(|argument| argument == "--no-record") {
        log::begin();
    }
    let code = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| answer(&texts))).unwrap_or_else(|_| output::fail(&texts.get("reason-internal_error")));
    #[cfg(windows)]
    if closes {
        ask::wait(&texts);
    }
    code
}

fn answer(texts: &Texts) -> ExitCode {
    let matches = match cli::command(texts).try_get_matches() {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => {
            let help = error.render();
            let help = if face::may_colour() { help.ansi().to_string() } else { help.to_string() };
            return output::code(output::print(&format!("{}\n", help.trim_end())), texts);
        }
        Err(error) => return output::fail(&cli::explain(&error, texts)),
    };
    output::code(run::run(&matches, texts), texts)
}
