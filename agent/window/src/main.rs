//! `inzage-window [--lang nl|en] [--show ID]`: opens the window, at a product or category if one is named. `inzage window` starts it.

// A program of windows has no console.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let about = arguments.iter().position(|argument| argument == "--show").and_then(|at| arguments.get(at + 1));
    match inzage_window::app::run(inzage_agent::asked_language(&arguments), about.map(String::as_str)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => inzage_agent::fail(&format!("{error:#}")),
    }
}
