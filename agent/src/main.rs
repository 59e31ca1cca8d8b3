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
        Err(error) if !error.use_stderr() => {
            let help = error.render();
            let help = if face::may_colour() { help.ansi().to_string() } else { help.to_string() };
            return output::code(output::print(&format!("{}\n", help.trim_end())), &texts);
        }
        Err(error) => {
            // One clear line: what is wrong, and where to read more.
            let rendered = error.to_string();
            let line = rendered.lines().take_while(|line| !line.is_empty()).map(str::trim).collect::<Vec<_>>().join(" ");
            let line = line.trim_start_matches("error: ");
            return output::fail(&format!("{line} {}", texts.get("cli-see-help")));
        }
    };
    output::code(run::run(&matches, &texts), &texts)
}
