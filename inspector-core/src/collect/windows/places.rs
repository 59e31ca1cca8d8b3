//! Where things are on a Windows computer, and the many ways in which its settings write paths.

use std::collections::BTreeMap;

use crate::collect::registry::{Data, Registry};

/// The places that settings name by variables. Windows keeps their names on disk in every language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// By the variable's name in lower case, without percent signs.
    variables: BTreeMap<String, String>,
}

impl Places {
    /// The places of a computer; `home` is the worker's home folder where it is known.
    pub(crate) fn read(registry: &dyn Registry, home: Option<&str>) -> Self {
        let text = |key: &str, name: &str| {
            let values = registry.values(key, 2_000).unwrap_or_default();
            values.into_iter().find_map(|(own, data)| match data {
                Data::Text(text) if own.eq_ignore_ascii_case(name) && is_on_a_drive(&text) => Some(text.trim_end_matches('\\').to_owned()),
                _ => None,
            })
        };
        let current = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion";
        let system_root = text("HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "SystemRoot").unwrap_or_else(|| "C:\\Windows".into());
        let drive = system_root[..2].to_owned();
        let at = |rest: &str| format!("{drive}\\{rest}");
        let program_files = text(current, "ProgramFilesDir").unwrap_or_else(|| at("Program Files"));
        let mut variables = BTreeMap::from([
            ("programfiles(x86)", text(current, "ProgramFilesDir (x86)").unwrap_or_else(|| at("Program Files (x86)"))),
            ("programw6432", program_files.clone()),
            ("commonprogramfiles", format!("{program_files}\\Common Files")),
            ("programfiles", program_files),
            ("programdata", at("ProgramData")),
            ("allusersprofile", at("ProgramData")),
            ("public", at("Users\\Public")),
            ("windir", system_root.clone()),
            ("systemroot", system_root),
            ("systemdrive", drive),
        ]);
        if let Some(home) = home {
            variables.extend([
                ("userprofile", home.to_owned()),
                ("appdata", format!("{home}\\AppData\\Roaming")),
                ("localappdata", format!("{home}\\AppData\\Local")),
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

    /// A path from the registry as a path on a drive: `\SystemRoot\…`, `\??\C:\…`, `System32\drivers\…` and variables resolved.
    pub(crate) fn absolute(&self, path: &str) -> String {
        let path = self.expand(path.trim()).replace('/', "\\");
        let path = ["\\??\\", "\\\\?\\", "\\\\.\\"].iter().find_map(|prefix| path.strip_prefix(prefix)).unwrap_or(&path);
        let below = |start: &str| path.get(..start.len()).filter(|own| own.eq_ignore_ascii_case(start)).map(|_| &path[start.len()..]);
        if let Some(rest) = below("\\SystemRoot\\") {
            return format!("{}\\{rest}", self.get("systemroot"));
        }
        if below("System32\\").is_some() || below("SysWOW64\\").is_some() {
            return format!("{}\\{path}", self.get("systemroot"));
        }
        if path.starts_with('\\') && !path.starts_with("\\\\") {
            return format!("{}{path}", self.get("systemdrive"));
        }
        path.to_owned()
    }
}

/// Whether a path begins with a drive.
pub(crate) fn is_on_a_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic())
}

/// The last name in a path.
pub(crate) fn base_name(path: &str) -> &str {
    path.rsplit(['\\', '/']).next().unwrap_or(path)
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
        ] {
            assert_eq!(places.absolute(written), meant, "{written}");
        }
    }
}
