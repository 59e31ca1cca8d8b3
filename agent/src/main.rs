//! `inzage`: shows a worker what software on their own computer can observe them.

mod ask;
mod cli;
mod face;
mod output;
mod run;
mod texts;

use std::process::ExitCode;

use texts::{Language, Texts};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let texts = Texts::new(Language::choose(cli::asked_language(&arguments)));
    let matches = match cli::command(&texts).try_get_matches() {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => return output::code(output::print(&error.render().ansi().to_string()), &texts),
        Err(error) => {
            // One clear line: what is wrong, and where to read more.
            let rendered = error.to_string();
            let line = rendered.lines().next().unwrap_or_default().trim_start_matches("error: ");
            return output::fail(&format!("{line} {}", texts.get("cli-see-help")));
        }
    };
    output::code(run::run(&matches, &texts), &texts)
}
