//! Paths as other programs write them.

use inzage_core::kinds::Os;

/// Where a path of ours may start on Windows, and where that is on the disk.
const PLACES: [(&str, &[&str]); 12] = [
    ("%programfiles%\\", &["C:\\Program Files\\", "C:\\Program Files (x86)\\"]),
    ("%programfiles(x86)%\\", &["C:\\Program Files\\", "C:\\Program Files (x86)\\"]),
    ("%programw6432%\\", &["C:\\Program Files\\", "C:\\Program Files (x86)\\"]),
    ("c:\\program files\\", &["C:\\Program Files\\", "C:\\Program Files (x86)\\"]),
    ("c:\\program files (x86)\\", &["C:\\Program Files\\", "C:\\Program Files (x86)\\"]),
    ("%programdata%\\", &["C:\\ProgramData\\"]),
    ("%systemroot%\\", &["C:\\Windows\\"]),
    ("%windir%\\", &["C:\\Windows\\"]),
    ("%appdata%\\", &["C:\\Users\\*\\AppData\\Roaming\\"]),
    ("%localappdata%\\", &["C:\\Users\\*\\AppData\\Local\\"]),
    ("%userprofile%\\", &["C:\\Users\\*\\"]),
    ("~/", &["C:\\Users\\*\\"]),
];

/// The full paths that a path of ours stands for, each with `*` in the place of a user's name.
pub(crate) fn expanded(value: &str, os: Os) -> Vec<String> {
    if os != Os::Windows {
        let homes = if os == Os::Macos { "/Users" } else { "/home" };
        return vec![value.strip_prefix("~/").map_or_else(|| value.to_owned(), |rest| format!("{homes}/*/{rest}"))];
    }
    let lower = value.to_ascii_lowercase();
    let place = PLACES.iter().find(|(start, _)| lower.starts_with(start));
    place.map_or_else(|| vec![value.to_owned()], |(start, full)| full.iter().map(|full| format!("{full}{}", value[start.len()..].replace('/', "\\"))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_in_full() {
        assert_eq!(expanded("~/.x/", Os::Linux), ["/home/*/.x/"]);
        assert_eq!(expanded("~/Library/X", Os::Macos), ["/Users/*/Library/X"]);
        assert_eq!(expanded("%AppData%\\X\\", Os::Windows), ["C:\\Users\\*\\AppData\\Roaming\\X\\"]);
        assert_eq!(expanded("C:\\Program Files\\X\\", Os::Windows), ["C:\\Program Files\\X\\", "C:\\Program Files (x86)\\X\\"]);
        assert_eq!(expanded("D:\\X", Os::Windows), ["D:\\X"]);
    }
}
