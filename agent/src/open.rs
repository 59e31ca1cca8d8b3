//! Showing what was found: in the window, or where that is not installed in a terminal of the desktop.

use std::io;
use std::path::PathBuf;
use std::process::Command;
#[cfg(not(windows))]
use std::process::Stdio;

use anyhow::bail;

use crate::output::Outcome;
use crate::texts::Texts;

/// The program of the window: a process of its own, so that nothing of it stays when it is closed.
fn window_program() -> io::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(format!("inzage-window{}", std::env::consts::EXE_SUFFIX)))
}

/// Whether there is a window, and a desktop to show it on.
pub(crate) fn has_window() -> bool {
    has_desktop() && window_program().is_ok_and(|program| program.exists())
}

/// Opens the window, and waits until it is closed.
pub(crate) fn window(texts: &Texts) -> anyhow::Result<Outcome> {
    let program = window_program()?;
    if !program.exists() {
        bail!(texts.get("window-absent"));
    }
    let status = Command::new(program).args(["--lang", texts.language.word()]).status()?;
    // It has said itself why.
    Ok(if status.success() { Outcome::Done } else { Outcome::Failed })
}

/// Opens the window, at what has the id `about`, or a terminal with a look at the computer in it; an error when there is neither.
pub(crate) fn open(about: Option<&str>, texts: &Texts) -> io::Result<()> {
    if has_window() {
        let mut window = Command::new(window_program()?);
        window.args(["--lang", texts.language.word()]);
        return spawn(match about {
            Some(about) => window.args(["--show", about]),
            None => &mut window,
        });
    }
    let exe = std::env::current_exe()?;
    let exe = exe.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut missing = io::ErrorKind::NotFound.into();
    for mut command in commands(exe, texts) {
        match spawn(&mut command) {
            Ok(()) => return Ok(()),
            Err(error) => missing = error,
        }
    }
    Err(missing)
}

fn spawn(command: &mut Command) -> io::Result<()> {
    // What it says of itself is nobody's concern. On Windows a new console takes the place of all three.
    #[cfg(not(windows))]
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // Somebody must wait for it, or its number stays taken.
    let _ = std::thread::Builder::new().name("opened".to_owned()).spawn(move || child.wait());
    Ok(())
}

#[cfg(not(any(windows, target_os = "macos")))]
fn has_desktop() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(any(windows, target_os = "macos"))]
const fn has_desktop() -> bool {
    true
}

/// Terminals, and what each wants before a command. The first two start the one that the worker has chosen.
#[cfg(not(any(windows, target_os = "macos")))]
const TERMINALS: [(&str, &[&str]); 10] = [
    ("xdg-terminal-exec", &[]),
    ("x-terminal-emulator", &["-e"]),
    ("gnome-terminal", &["--"]),
    ("kgx", &["--"]),
    ("konsole", &["-e"]),
    ("xfce4-terminal", &["-x"]),
    ("mate-terminal", &["-x"]),
    ("foot", &[]),
    ("alacritty", &["-e"]),
    ("xterm", &["-e"]),
];

#[cfg(not(any(windows, target_os = "macos")))]
fn commands(exe: &str, texts: &Texts) -> Vec<Command> {
    if !has_desktop() {
        return Vec::new();
    }
    // A terminal closes with its program; the path and the words are arguments, so that nothing in them is read by the shell.
    let line = r#""$1" scan --lang "$2"; printf '\n%s ' "$3"; read -r _"#;
    let chosen = std::env::var("TERMINAL").ok().filter(|name| !name.is_empty());
    let named = chosen.iter().map(|name| (name.as_str(), ["-e"].as_slice()));
    let close = texts.get("ask-close");
    named
        .chain(TERMINALS)
        .map(|(terminal, before)| {
            let mut command = Command::new(terminal);
            command.args(before).args(["sh", "-c", line, "inzage", exe, texts.language.word(), &close]);
            command
        })
        .collect()
}

/// A console of its own for the program as from a double click, which waits until the worker has read what is there.
#[cfg(windows)]
fn commands(exe: &str, _: &Texts) -> Vec<Command> {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NEW_CONSOLE: u32 = 0x10;
    let mut command = Command::new(exe);
    command.creation_flags(CREATE_NEW_CONSOLE);
    vec![command]
}

#[cfg(target_os = "macos")]
fn commands(exe: &str, _: &Texts) -> Vec<Command> {
    let mut command = Command::new("/usr/bin/open");
    command.args(["-a", "Terminal", exe]);
    vec![command]
}
