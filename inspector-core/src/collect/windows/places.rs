//! Where things are on a Windows computer, and the many ways in which its settings write paths.

use std::collections::BTreeMap;

use super::{CURRENT_VERSION, texts};
use crate::collect::registry::Registry;

/// The places that settings name by variables. Windows keeps their names on disk in every language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// By the variable's name in lower case, without percent signs.
    variables: BTreeMap<String, String>,
}

impl Places {
    /// The places of a computer; `home` is the worker's home folder where it is known.
    pub(crate) fn read(registry: &dyn Registry, home: Option<&str>) -> Self {
        let on_a_drive = |text: Option<String>| text.filter(|text| is_on_a_drive(text)).map(|text| text.trim_end_matches('\\').to_owned());
        let current = texts(registry, "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion");
        let system_root = on_a_drive(texts(registry, CURRENT_VERSION)("SystemRoot")).unwrap_or_else(|| "C:\\Windows".into());
        let drive = system_root[..2].to_owned();
        let at = |rest: &str| format!("{drive}\\{rest}");
        let program_files = on_a_drive(current("ProgramFilesDir")).unwrap_or_else(|| at("Program Files"));
        let mut variables = BTreeMap::from([
            ("programfiles(x86)", on_a_drive(current("ProgramFilesDir (x86)")).unwrap_or_else(|| at("Program Files (x86)"))),
            ("programw6432", program_files.clone()),
            ("commonprogramfiles", format!("{program_files}\\Common Files")),
            ("commonprogramw6432", format!("{program_files}\\Common Files")),
            ("programfiles", program_files),
            ("programdata", at("ProgramData")),
            ("allusersprofile", at("ProgramData")),
            ("public", at("Users\\Public")),
            ("windir", system_root.clone()),
            ("systemroot", system_root),
            ("systemdrive", drive),
        ]);
        let common = format!("{}\\Common Files", variables["programfiles(x86)"]);
        variables.insert("commonprogramfiles(x86)", common);
        if let Some(home) = home {
            // Employers often keep these on a share of their own; then they are not on this computer.
            let folders = texts(registry, "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders");
            let moved = |name: &str, usual: &str| {
                let written = folders(name).map(|text| replace_start(&text, "%USERPROFILE%", home));
                written.filter(|text| is_on_a_drive(text) || text.starts_with("\\\\")).unwrap_or_else(|| format!("{home}\\{usual}"))
            };
            variables.extend([
                ("userprofile", home.to_owned()),
                ("appdata", moved("AppData", "AppData\\Roaming")),
                ("localappdata", moved("Local AppData", "AppData\\Local")),
                ("temp", format!("{home}\\AppData\\Local\\Temp")),
                ("tmp", format!("{home}\\AppData\\Local\\Temp")),
            ]);
        }
        Self { variables: variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() }
    }

    /// The folder that a variable names.
    pub(crate) fn get(&self, variable: &str) -> &str {
        self.variables.get(variable).map_or("", String::as_str)
    }

    /// A text with its variables replaced; those that are not known stay.
    pub(crate) fn expand(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('%') {
            let Some(length) = rest[start + 1..].find('%') else { break };
            let name = &rest[start + 1..start + 1 + length];
            out += &rest[..start];
            if let Some(value) = self.variables.get(&name.to_ascii_lowercase()) {
                out += value;
                rest = &rest[start + length + 2..];
            } else {
                // The second sign may begin the next variable.
                out += &rest[start..=start + length];
                rest = &rest[start + 1 + length..];
            }
        }
        out + rest
    }

    /// A path in the worker's folders for data, where those lie elsewhere than usual.
    pub(crate) fn moved(&self, path: &str) -> String {
        for (variable, usual) in [("appdata", "AppData\\Roaming\\"), ("localappdata", "AppData\\Local\\")] {
            let start = format!("{}\\{usual}", self.get("userprofile"));
            let rest = path.get(..start.len()).filter(|own| own.replace('/', "\\").eq_ignore_ascii_case(&start)).map(|_| &path[start.len()..]);
            if let Some(rest) = rest.filter(|_| !self.get("userprofile").is_empty()) {
                return format!("{}\\{rest}", self.get(variable));
            }
        }
        path.to_owned()
    }

    /// A path, and the same for programs of 32 bits where it lies in the folder of programs.
    pub(crate) fn both_widths(&self, path: &str) -> Vec<String> {
        let programs = format!("{}\\", self.get("programfiles"));
        let rest = path.get(..programs.len()).filter(|start| start.eq_ignore_ascii_case(&programs)).map(|_| &path[programs.len()..]);
        let other = rest.map(|rest| format!("{}\\{rest}", self.get("programfiles(x86)")));
        [Some(path.to_owned()), other].into_iter().flatten().collect()
    }

    /// A path from the registry as a path on a drive: `\SystemRoot\…`, `\??\C:\…`, `System32\drivers\…` and variables resolved.
    pub(crate) fn absolute(&self, path: &str) -> String {
        let path = self.expand(path.trim()).replace('/', "\\");
        let path = ["\\??\\", "\\\\?\\", "\\\\.\\", "\\DosDevices\\", "\\GLOBAL??\\"].iter().find_map(|prefix| path.strip_prefix(prefix)).unwrap_or(&path);
        let below = |start: &str| path.get(..start.len()).filter(|own| own.eq_ignore_ascii_case(start)).map(|_| &path[start.len()..]);
        if let Some(rest) = below("\\SystemRoot\\") {
            return format!("{}\\{rest}", self.get("systemroot"));
        }
        if below("System32\\").is_some() || below("SysWOW64\\").is_some() {
            return format!("{}\\{path}", self.get("systemroot"));
        }
        // What the kernel calls a disk; which drive that is, only the running computer knows.
        if below("\\Device\\").is_some() || below("\\ArcName\\").is_some() {
            return path.to_owned();
        }
        if path.starts_with('\\') && !path.starts_with("\\\\") {
            return format!("{}{path}", self.get("systemdrive"));
        }
        path.to_owned()
    }
}

fn replace_start(text: &str, start: &str, by: &str) -> String {
    let rest = text.get(..start.len()).filter(|own| own.eq_ignore_ascii_case(start)).map(|_| &text[start.len()..]);
    rest.map_or_else(|| text.to_owned(), |rest| format!("{by}{rest}"))
}

/// Whether a path begins with a drive.
pub(crate) fn is_on_a_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic())
}

/// The last name in a path.
pub(crate) fn base_name(path: &str) -> &str {
    path.rsplit(['\\', '/']).next().unwrap_or(path)
}

/// Whether a text from a file is one name, safe to become a part of a path: no separator, no `..`, nothing that Windows would take away or
/// read as a stream of a file.
pub(crate) fn is_one_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['\\', '/', ':', '\0']) && !name.ends_with(['.', ' '])
}

/// Whether a path begins with a drive and goes straight down from there.
pub(crate) fn is_plain(path: &str) -> bool {
    is_on_a_drive(path) && path[3..].trim_end_matches(['\\', '/']).split(['\\', '/']).all(is_one_name)
}

/// Whether a path is a folder or lies below it.
pub(crate) fn is_within(path: &str, folder: &str) -> bool {
    let lower = |path: &str| path.replace('/', "\\").trim_end_matches('\\').to_lowercase();
    let folder = lower(folder);
    !folder.is_empty() && lower(path).strip_prefix(&folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('\\'))
}

/// The path that a file in `folder` means: its own, or one that begins at the folder.
pub(crate) fn resolved(folder: &str, path: &str) -> String {
    let path = path.replace('/', "\\");
    if is_on_a_drive(&path) || path.starts_with('\\') {
        return path;
    }
    let mut parts: Vec<&str> = folder.split(['\\', '/']).collect();
    for part in path.split('\\').filter(|part| !part.is_empty() && *part != ".") {
        match part {
            // The drive stays.
            ".." if parts.len() > 1 => drop(parts.pop()),
            ".." => {}
            name => parts.push(name),
        }
    }
    parts.join("\\")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::registry::NoRegistry;

    #[test]
    fn paths_of_settings() {
        let places = Places::read(&NoRegistry, Some("C:\\Users\\anna"));
        for (written, meant) in [
            ("%SystemRoot%\\system32\\svchost.exe", "C:\\Windows\\system32\\svchost.exe"),
            ("\\SystemRoot\\System32\\drivers\\x.sys", "C:\\Windows\\System32\\drivers\\x.sys"),
            ("system32\\DRIVERS\\x.sys", "C:\\Windows\\system32\\DRIVERS\\x.sys"),
            ("\\??\\C:\\Program Files\\X\\x.sys", "C:\\Program Files\\X\\x.sys"),
            ("%ProgramFiles(x86)%\\X", "C:\\Program Files (x86)\\X"),
            ("%LocalAppData%/X/y.exe", "C:\\Users\\anna\\AppData\\Local\\X\\y.exe"),
            ("%none%\\%windir%\\x", "%none%\\C:\\Windows\\x"),
            ("100%", "100%"),
            ("\\x\\y", "C:\\x\\y"),
            ("\\\\server\\share\\x", "\\\\server\\share\\x"),
            ("\\Device\\HarddiskVolume3\\x.sys", "\\Device\\HarddiskVolume3\\x.sys"),
            ("\\DosDevices\\C:\\x.sys", "C:\\x.sys"),
            ("%CommonProgramFiles(x86)%\\x", "C:\\Program Files (x86)\\Common Files\\x"),
        ] {
            assert_eq!(places.absolute(written), meant, "{written}");
        }
    }

    #[test]
    fn names_and_folders() {
        for name in ["Default", "Profile 1", "a.b", "..a"] {
            assert!(is_one_name(name), "{name}");
        }
        for name in ["", ".", "..", "...", "a.", "a ", ".. ", "..\\..\\other", "a/b", "C:\\x", "C:", "a:stream", "a\0b"] {
            assert!(!is_one_name(name), "{name}");
        }
        for path in ["C:\\Users\\anna", "c:/Users/anna/", "C:\\a\\b.c\\"] {
            assert!(is_plain(path), "{path}");
        }
        for path in ["", "C:", "C:x", "\\x", "\\\\server\\share", "C:\\a\\..\\b", "C:\\a\\\\b", "C:\\a.\\b", "\\\\?\\C:\\a", "C:\\a\\b:c"] {
            assert!(!is_plain(path), "{path}");
        }
        assert!(is_within("c:/users/ANNA/x", "C:\\Users\\anna") && is_within("C:\\Users\\anna\\", "C:\\Users\\anna"));
        assert!(!is_within("C:\\Users\\anna2", "C:\\Users\\anna") && !is_within("C:\\x", ""));
        for (path, meant) in [
            ("bridge.exe", "C:\\A\\B\\bridge.exe"),
            ("..\\bin/bridge.exe", "C:\\A\\bin\\bridge.exe"),
            ("..\\..\\..\\x", "C:\\x"),
            ("D:/x/y.exe", "D:\\x\\y.exe"),
            ("\\\\server\\x.exe", "\\\\server\\x.exe"),
        ] {
            assert_eq!(resolved("C:\\A\\B", path), meant, "{path}");
        }
    }
}
