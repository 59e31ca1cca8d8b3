//! What the program's faces share: its texts and words, its folder and settings, the record, and one look at this computer.

mod ask;
mod cli;
mod doctor;
mod face;
pub mod feedback;
pub mod home;
pub mod keep;
mod log;
pub mod login;
pub mod look;
mod notices;
mod notify;
pub mod one;
mod open;
mod output;
pub mod record;
mod resident;
mod run;
pub mod texts;
mod tray;
mod watch;
pub mod words;

use std::process::ExitCode;

pub use cli::asked_language;
pub use output::fail;

use home::Settings;
use texts::{Language, Texts};

/// The program's picture, so many pixels wide and high: four bytes each (red, green, blue, opacity), row by row.
pub fn picture(side: u32) -> Vec<u8> {
    tray::icon::draw(tray::State::Nothing, side, true)
}

/// The command line, from its arguments to the exit status.
pub fn main() -> ExitCode {
    // Faults are told as coverage, or in one line at the end; the words of the compiler's library help nobody.
    std::panic::set_hook(Box::new(log::panicked));
    #[cfg(windows)]
    inzage_windows::ask_for_no_disk();
    #[cfg(windows)]
    let closes = inzage_windows::has_own_console();
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let texts = Texts::new(match asked_language(&arguments) {
        None => Settings::read().language().unwrap_or_else(|| Language::choose(None)),
        asked => Language::choose(asked),
    });
    // Who wants no file at all gets no lines in one either.
    if !arguments.iter().any(|argument| argument == "--no-record") {
        log::begin();
    }
    // A double click wants the window and no console beside it.
    #[cfg(windows)]
    if closes && arguments.len() == 1 && open::has_window() && open::open(None, &texts).is_ok() {
        return ExitCode::SUCCESS;
    }
    let code = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| answer(&texts))).unwrap_or_else(|_| fail(&texts.get("reason-internal_error")));
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
        Err(error) => return fail(&cli::explain(&error, texts)),
    };
    output::code(run::run(&matches, texts), texts)
}
