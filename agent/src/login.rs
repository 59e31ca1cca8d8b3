//! Start at login, only when the worker says so: a file in the autostart folder, a launch agent, or a value in the worker's own registry. None
//! needs administrator rights, and each is shown by the system among what starts by itself.

#[cfg(not(windows))]
use std::fs;
use std::path::{Path, PathBuf};
use std::{env, io};

/// Whether the program starts at login.
pub fn is_on() -> bool {
    place().is_some_and(|place| place.is_on())
}

/// Makes the program start at login.
pub fn on() -> io::Result<()> {
    let exe = own_program()?;
    let exe = exe.to_str().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidFilename, exe.display().to_string()))?;
    place().ok_or(io::ErrorKind::NotFound)?.write(exe)
}

/// Takes that away again; nothing happens when it was not there.
pub fn off() -> io::Result<()> {
    place().map_or(Ok(()), |place| place.remove())
}

/// The file of this program as it will still be called at the next login.
fn own_program() -> io::Result<PathBuf> {
    // An AppImage is mounted anew under another name each time; the variable names the file itself.
    match env::var_os("APPIMAGE").map(PathBuf::from) {
        Some(image) if image.is_file() => Ok(image),
        _ => env::current_exe().map(|exe| beside_the_window(&exe)),
    }
}

/// The window changes this setting too, and what starts at login is not the window.
fn beside_the_window(exe: &Path) -> PathBuf {
    let is_window = exe.file_stem().is_some_and(|name| name == "inzage-window");
    if is_window { exe.with_file_name(format!("inzage{}", env::consts::EXE_SUFFIX)) } else { exe.to_owned() }
}

/// Where the system looks at login.
#[cfg(not(windows))]
struct Place {
    file: PathBuf,
}

#[cfg(not(windows))]
fn place() -> Option<Place> {
    let folders = directories::BaseDirs::new()?;
    #[cfg(target_os = "macos")]
    let file = folders.home_dir().join("Library/LaunchAgents").join(format!("{LABEL}.plist"));
    #[cfg(not(target_os = "macos"))]
    let file = folders.config_dir().join("autostart/inzage.desktop");
    Some(Place { file })
}

#[cfg(not(windows))]
impl Place {
    fn is_on(&self) -> bool {
        // Desktops switch an entry off by a line in it.
        let is_off = |line: &str| matches!(line.replace(' ', "").as_str(), "Hidden=true" | "X-GNOME-Autostart-enabled=false");
        fs::read_to_string(&self.file).is_ok_and(|text| !text.lines().any(is_off))
    }

    fn write(&self, exe: &str) -> io::Result<()> {
        let content = if cfg!(target_os = "macos") { launch_agent(exe) } else { desktop_entry(exe)? };
        let folder = self.file.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(folder)?;
        // A full disk must not leave half a file, which some desktops would start.
        let new = self.file.with_extension("new");
        fs::write(&new, content).and_then(|()| fs::rename(&new, &self.file)).inspect_err(|_| {
            let _ = fs::remove_file(&new);
        })
    }

    fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(windows)]
struct Place;

#[cfg(windows)]
fn place() -> Option<Place> {
    Some(Place)
}

/// What Windows starts for this user.
#[cfg(windows)]
const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
/// Where the task manager keeps which of these the user switched off.
#[cfg(windows)]
const APPROVED: &str = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run";
#[cfg(windows)]
const VALUE: &str = "Inzage";

#[cfg(windows)]
impl Place {
    fn is_on(&self) -> bool {
        let user = windows_registry::CURRENT_USER;
        // An odd first byte means: switched off.
        let is_off = user.open(APPROVED).and_then(|key| key.get_value(VALUE)).is_ok_and(|value| value.first().is_some_and(|byte| byte % 2 == 1));
        !is_off && user.open(RUN).and_then(|key| key.get_string(VALUE)).is_ok()
    }

    fn write(&self, exe: &str) -> io::Result<()> {
        let user = windows_registry::CURRENT_USER;
        user.create(RUN).and_then(|key| key.set_string(VALUE, command(exe)))?;
        // The worker has just said yes, which counts more than an earlier no.
        if let Ok(key) = user.options().read().write().open(APPROVED) {
            let _ = key.remove_value(VALUE);
        }
        Ok(())
    }

    fn remove(&self) -> io::Result<()> {
        let user = windows_registry::CURRENT_USER;
        if user.open(RUN).and_then(|key| key.get_value(VALUE)).is_err() {
            return Ok(());
        }
        Ok(user.options().read().write().open(RUN).and_then(|key| key.remove_value(VALUE))?)
    }
}

/// A command line of Windows; a file name there can hold no quotation mark.
#[cfg_attr(not(windows), allow(dead_code))]
fn command(exe: &str) -> String {
    format!("\"{exe}\" tray")
}

/// The name under which launchd keeps it.
#[cfg_attr(not(target_os = "macos"), allow(dead_code))]
const LABEL: &str = "nl.inzage.tray";

/// An entry as the Desktop Entry Specification wants it.
#[cfg_attr(any(windows, target_os = "macos"), allow(dead_code))]
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
#[cfg_attr(not(target_os = "macos"), allow(dead_code))]
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
    fn the_window_makes_the_program_beside_it_start() {
        let window = Path::new("folder").join(format!("inzage-window{}", env::consts::EXE_SUFFIX));
        let program = Path::new("folder").join(format!("inzage{}", env::consts::EXE_SUFFIX));
        assert_eq!(beside_the_window(&window), program);
        assert_eq!(beside_the_window(&program), program);
        assert_eq!(beside_the_window(Path::new("folder/Inzage.AppImage")), Path::new("folder/Inzage.AppImage"));
    }

    #[test]
    fn a_launch_agent_is_a_property_list() {
        let text = launch_agent("/Applications/a & b/<inzage>");
        assert!(text.contains("<string>/Applications/a &amp; b/&lt;inzage&gt;</string>"));
        assert!(text.contains("<key>RunAtLoad</key>\n\t<true/>"));
    }

    #[test]
    fn a_command_of_windows_has_its_path_in_quotation_marks() {
        assert_eq!(command(r"C:\Program Files\Inzage\inzage.exe"), r#""C:\Program Files\Inzage\inzage.exe" tray"#);
    }

    #[cfg(not(windows))]
    #[test]
    fn it_is_written_told_and_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { file: folder.path().join("deep/autostart/inzage.desktop") };
        assert!(!place.is_on());
        place.remove().unwrap();
        place.write("/usr/bin/inzage").unwrap();
        assert!(place.is_on());
        let text = fs::read_to_string(&place.file).unwrap();
        fs::write(&place.file, format!("{text}Hidden=true\n")).unwrap();
        assert!(!place.is_on());
        place.write("/usr/bin/inzage").unwrap();
        assert!(place.is_on());
        place.remove().unwrap();
        assert!(!place.is_on());
        assert_eq!(fs::read_dir(place.file.parent().unwrap()).unwrap().count(), 0);
    }
}
