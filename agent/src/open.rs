//! Showing what was found, until there is a window: in a terminal of the desktop.

use std::io;
use std::process::Command;
#[cfg(not(windows))]
use std::process::Stdio;

use crate::texts::Texts;

/// Opens a terminal with a look at the computer in it; an error when there is none.
pub(crate) fn open(texts: &Texts) -> io::Result<()> {
    let exe = std::env::current_exe()?;
    let exe = exe.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut missing = io::ErrorKind::NotFound.into();
    for mut command in commands(exe, texts) {
        // What a terminal says of itself is nobody's concern. On Windows the new console takes the place of all three.
        #[cfg(not(windows))]
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(mut child) => {
                // Somebody must wait for it, or its number stays taken.
                let _ = std::thread::Builder::new().name("opened".to_owned()).spawn(move || child.wait());
                return Ok(());
            }
            Err(error) => missing = error,
        }
    }
    Err(missing)
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
    if ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none_or(|value| value.is_empty())) {
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
