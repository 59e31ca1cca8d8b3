//! Start at login, only when the worker says so: a file in the autostart folder, a launch agent, or a value in the worker's own registry. None
//! needs administrator rights, and each is shown by the system among what starts by itself.

#[cfg_attr(windows, path = "login/registry.rs")]
#[cfg_attr(not(windows), path = "login/file.rs")]
mod system;

use std::path::{Path, PathBuf};
use std::{env, io};

/// Whether the program starts at login.
pub fn is_on() -> bool {
    system::is_on()
}

/// Makes the program start at login.
pub fn on() -> io::Result<()> {
    let exe = own_program()?;
    system::write(exe.to_str().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidFilename, exe.display().to_string()))?)
}

/// Takes that away again; nothing happens when it was not there.
pub fn off() -> io::Result<()> {
    system::remove()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_makes_the_program_beside_it_start() {
        let window = Path::new("folder").join(format!("inzage-window{}", env::consts::EXE_SUFFIX));
        let program = Path::new("folder").join(format!("inzage{}", env::consts::EXE_SUFFIX));
        assert_eq!(beside_the_window(&window), program);
        assert_eq!(beside_the_window(&program), program);
        assert_eq!(beside_the_window(Path::new("folder/Inzage.AppImage")), Path::new("folder/Inzage.AppImage"));
    }
}
