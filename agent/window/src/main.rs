//! `inzage-window`: opens the window. `inzage window` starts it.

// A program of windows has no console.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    match inzage_window::app::run(inzage_agent::asked_language(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => inzage_agent::fail(&format!("{error:#}")),
    }
}
