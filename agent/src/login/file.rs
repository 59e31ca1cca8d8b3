//! A file that the system reads at login: an entry in the autostart folder of the desktop, or a launch agent of macOS.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The name under which launchd keeps it.
const LABEL: &str = "nl.inzage.tray";

fn place() -> Option<PathBuf> {
    let folders = directories::BaseDirs::new()?;
    Some(if cfg!(target_os = "macos") {
        folders.home_dir().join("Library/LaunchAgents").join(format!("{LABEL}.plist"))
    } else {
        folders.config_dir().join("autostart/inzage.desktop")
    })
}

pub(super) fn is_on() -> bool {
    place().is_some_and(|file| is_in(&file))
}

pub(super) fn write(exe: &str) -> io::Result<()> {
    write_to(&place().ok_or(io::ErrorKind::NotFound)?, exe)
}

pub(super) fn remove() -> io::Result<()> {
    place().map_or(Ok(()), |file| remove_from(&file))
}

fn is_in(file: &Path) -> bool {
    // Desktops switch an entry off by a line in it.
    let is_off = |line: &str| matches!(line.replace(' ', "").as_str(), "Hidden=true" | "X-GNOME-Autostart-enabled=false");
    fs::read_to_string(file).is_ok_and(|text| !text.lines().any(is_off))
}

fn write_to(file: &Path, exe: &str) -> io::Result<()> {
    let content = if cfg!(target_os = "macos") { launch_agent(exe) } else { desktop_entry(exe)? };
    fs::create_dir_all(file.parent().unwrap_or(Path::new("/")))?;
    // A full disk must not leave half a file, which some desktops would start.
    let new = file.with_extension("new");
    fs::write(&new, content).and_then(|()| fs::rename(&new, file)).inspect_err(|_| {
        let _ = fs::remove_file(&new);
    })
}

fn remove_from(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// An entry as the Desktop Entry Specification wants it.
fn desktop_entry(exe: &str) -> io::Result<String> {
    // The format has no way to write a line break in `Exec` that all desktops understand.
    if exe.contains(|c: char| c.is_control()) {
        return Err(io::ErrorKind::InvalidFilename.into());
    }
    let value = |text: &str| text.replace('\\', r"\\");
    // `Exec` is quoted as for a shell, and the result is a value, in which a backslash is written twice.
    let mut quoted = String::new();
    for c in exe.chars() {
        match c {
            '"' | '`' | '$' | '\\' => quoted.extend(['\\', c]),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(c),
        }
    }
    Ok(format!(
        "[Desktop Entry]\nType=Application\nVersion=1.5\nName=Inzage\n\
         Comment=Shows what software on this computer can observe you\nComment[nl]=Laat zien wat er op deze computer kan meekijken\n\
         TryExec={}\nExec={}\nTerminal=false\nStartupNotify=false\n",
        value(exe),
        value(&format!("\"{quoted}\" tray"))
    ))
}

/// A property list for launchd.
fn launch_agent(exe: &str) -> String {
    let exe = exe.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n\t<key>Label</key>\n\t<string>{LABEL}</string>\n\
         \t<key>ProgramArguments</key>\n\t<array>\n\t\t<string>{exe}</string>\n\t\t<string>tray</string>\n\t</array>\n\
         \t<key>RunAtLoad</key>\n\t<true/>\n\t<key>LimitLoadToSessionType</key>\n\t<string>Aqua</string>\n</dict>\n</plist>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_as_the_format_wants_it() {
        let line = |exe: &str, key: &str| {
            let entry = desktop_entry(exe).unwrap();
            entry.lines().find_map(|line| line.strip_prefix(key)).unwrap().to_owned()
        };
        assert_eq!(line("/usr/bin/inzage", "Exec="), "\"/usr/bin/inzage\" tray");
        assert_eq!(line("/home/a b/100%/in$zage", "Exec="), r#""/home/a b/100%%/in\\$zage" tray"#);
        assert_eq!(line("/home/a b/100%/in$zage", "TryExec="), "/home/a b/100%/in$zage");
        assert_eq!(line(r#"/x"y\z"#, "Exec="), r#""/x\\"y\\\\z" tray"#);
        assert!(desktop_entry("/x\ny").is_err());
    }

    #[test]
    fn a_launch_agent_is_a_property_list() {
        let text = launch_agent("/Applications/a & b/<inzage>");
        assert!(text.contains("<string>/Applications/a &amp; b/&lt;inzage&gt;</string>"));
        assert!(text.contains("<key>RunAtLoad</key>\n\t<true/>"));
    }

    #[test]
    fn it_is_written_told_and_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/autostart/inzage.desktop");
        assert!(!is_in(&file));
        remove_from(&file).unwrap();
        write_to(&file, "/usr/bin/inzage").unwrap();
        assert!(is_in(&file));
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{text}Hidden=true\n")).unwrap();
        assert!(!is_in(&file));
        write_to(&file, "/usr/bin/inzage").unwrap();
        assert!(is_in(&file));
        remove_from(&file).unwrap();
        assert!(!is_in(&file));
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 0);
    }
}
