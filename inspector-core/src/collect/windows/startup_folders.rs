//! The Startup folders: what lies in them is opened when somebody logs in.

use std::collections::HashSet;
use std::path::Path;

use super::command::{programs, still_starts};
use super::run_keys::switched_off;
use super::shortcut::Shortcut;
use super::{is_on_a_drive, is_on_disk, is_there};
use crate::collect::log::Log;
use crate::collect::tree::What;
use crate::collect::{Collected, Context};
use crate::facts::{Autostart, Enabled, Fact, Mechanism};
use crate::inventory::{ReasonCode, Source};
use crate::text;

/// The worker's folder and everybody's: the branch of the registry, the value that moves the folder, and where it is otherwise.
const FOLDERS: [(&str, &str, &str); 2] = [
    ("HKCU\\Software", "Startup", "%APPDATA%\\Microsoft\\Windows\\Start Menu\\Programs\\Startup"),
    ("HKLM\\SOFTWARE", "Common Startup", "%ProgramData%\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp"),
];
/// The most that is read of a shortcut.
const LARGEST: u64 = 1 << 20;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::StartupFolders);
    let mut facts = Vec::new();
    for (branch, value, usual) in FOLDERS {
        if branch.starts_with("HKCU") && context.home.is_none() {
            log.trouble(ReasonCode::NoHome, Path::new(usual));
            continue;
        }
        let explorer = format!("{branch}\\Microsoft\\Windows\\CurrentVersion\\Explorer");
        let moved = log.values(&format!("{explorer}\\User Shell Folders")).and_then(|values| values.text(&mut log, value).map(str::to_owned));
        let folder = context.absolute(moved.as_deref().unwrap_or(usual));
        if !is_on_a_drive(&folder) {
            // A share would be looked for in the network.
            log.trouble(ReasonCode::NotOnThisComputer, Path::new(&folder));
            continue;
        }
        let off = switched_off(&mut log, &format!("{explorer}\\StartupApproved\\StartupFolder"));
        for entry in log.list(Path::new(&folder)) {
            let name = text::from_bytes(entry.name.as_encoded_bytes());
            // The file in which Windows keeps the folder's own looks.
            if entry.what != What::Folder && !name.eq_ignore_ascii_case("desktop.ini") {
                facts.push(read_entry(&mut log, &folder, &name, &off));
            }
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

fn read_entry(log: &mut Log, folder: &str, name: &str, off: &HashSet<String>) -> Fact {
    let place = format!("{folder}\\{name}");
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let (exec, is_guess) = match ending.to_ascii_lowercase().as_str() {
        "lnk" => of_shortcut(log, &place),
        "url" => (of_address(log, &place), false),
        _ => (vec![place.clone()], false),
    };
    Autostart {
        mechanism: Mechanism::StartupFolder,
        name: stem.into(),
        // What is not found under a name that is only a guess may be there under its own.
        exec_exists: still_starts(&exec, |path| is_on_disk(log, path)).filter(|exists| *exists || !is_guess),
        exec,
        enabled: if off.contains(&name.to_lowercase()) { Enabled::No } else { Enabled::Yes },
        place,
        ..Autostart::default()
    }
    .into()
}

/// The programs that a shortcut starts, and whether their names are a guess.
fn of_shortcut(log: &mut Log, place: &str) -> (Vec<String>, bool) {
    let Some(bytes) = log.read_up_to(Path::new(place), LARGEST) else { return Default::default() };
    let code = match Shortcut::read(&bytes) {
        Some(Shortcut { target: Some(target), arguments, is_guess }) => {
            return (programs(&format!("\"{target}\" {arguments}"), &log.context.places, &is_there(log)), is_guess);
        }
        Some(_) => ReasonCode::UnsupportedFormat,
        None => ReasonCode::Malformed,
    };
    log.trouble(code, Path::new(place));
    Default::default()
}

/// What a file with an address opens, if it is a file; a page opens in the browser.
fn of_address(log: &mut Log, place: &str) -> Vec<String> {
    let Some(bytes) = log.read_up_to(Path::new(place), LARGEST) else { return Vec::new() };
    let contents = text::from_bytes(&bytes);
    let address = contents.lines().filter_map(|line| line.split_once('=')).find(|(key, _)| key.trim().eq_ignore_ascii_case("URL"));
    address.and_then(|(_, address)| file_of(address.trim())).into_iter().collect()
}

/// The file that an address names: `file:///C:/x` one of this computer, `file://server/x` and `file:////server/x` one of another.
fn file_of(address: &str) -> Option<String> {
    let rest = address.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("file:")).map(|_| &address[5..])?;
    let path = unescaped(rest).replace('/', "\\");
    let path = path.trim_start_matches('\\');
    let path = path.strip_prefix("localhost\\").unwrap_or(path);
    Some(if is_on_a_drive(path) { path.into() } else { format!("\\\\{path}") })
}

/// A text with its `%20` and the like replaced.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let escaped = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    text::from_bytes(&bytes)
}

#[cfg(test)]
mod tests {
    use super::super::run_keys::testing::entries;
    use super::super::shortcut::testing::{narrow, usual as shortcut};
    use super::*;
    use crate::collect::registry::Data;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    const OWN: &str = "C:\\Users\\anna\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup";
    const ALL: &str = "C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp";

    fn usual() -> Fixture {
        Fixture::new()
            .file("C:\\Program Files\\Acme\\agent.exe", "")
            .file("C:\\Windows\\System32\\cmd.exe", "")
            .file(&format!("{OWN}\\desktop.ini"), "[.ShellClassInfo]")
            .file(&format!("{OWN}\\Acme Agent.lnk"), shortcut("C:\\Program Files\\Acme\\agent.exe", "/tray"))
            .file(&format!("{OWN}\\start.bat"), "")
            .file(&format!("{ALL}\\Hidden.lnk"), shortcut("%windir%\\System32\\cmd.exe", "/c C:\\gone.vbs"))
            .file(&format!("{ALL}\\file.url"), "[InternetShortcut]\r\nURL=file:///C:/Program%20Files/x.exe\r\n")
            .file(&format!("{ALL}\\page.url"), "[InternetShortcut]\r\nURL=https://example.org/\r\n")
            .folder(&format!("{ALL}\\folder"))
    }

    #[test]
    fn what_lies_in_the_folders() {
        let collected = usual().collect_windows(collect);
        let batch = format!("{OWN}\\start.bat");
        assert_eq!(
            entries(&collected),
            [
                ("Acme Agent", Enabled::Yes, Some(true), vec!["C:\\Program Files\\Acme\\agent.exe"]),
                ("start", Enabled::Yes, Some(true), vec![batch.as_str()]),
                ("Hidden", Enabled::Yes, Some(false), vec!["C:\\Windows\\System32\\cmd.exe", "C:\\gone.vbs"]),
                ("file", Enabled::Yes, Some(false), vec!["C:\\Program Files\\x.exe"]),
                ("page", Enabled::Yes, None, vec![]),
            ]
        );
        assert_eq!(collected.facts[0].place(), format!("{OWN}\\Acme Agent.lnk"));
        assert_eq!(collected.of(Source::StartupFolders), (Status::Full, None));
    }

    #[test]
    fn a_name_that_is_only_a_guess_is_not_called_gone() {
        let of = |target: &[u8]| {
            let collected = Fixture::new().file("C:\\André\\there.exe", "").file(&format!("{OWN}\\a.lnk"), narrow(target)).collect_windows(collect);
            let [(.., exists, exec)] = &entries(&collected)[..] else { panic!() };
            (exec.join(" "), *exists)
        };
        assert_eq!(of(b"C:\\Andr\xE9\\there.exe"), ("C:\\André\\there.exe".into(), Some(true)));
        assert_eq!(of(b"C:\\Andr\xE9\\gone.exe"), ("C:\\André\\gone.exe".into(), None));
        assert_eq!(of(b"C:\\gone.exe"), ("C:\\gone.exe".into(), Some(false)));
    }

    #[test]
    fn addresses_of_files() {
        for (address, file) in [
            ("file:///C:/Program%20Files/%C3%A9%25.exe", Some("C:\\Program Files\\é%.exe")),
            ("FILE:///C:\\x%2eexe", Some("C:\\x.exe")),
            ("file://localhost/C:/x.exe", Some("C:\\x.exe")),
            ("file:////server/share/x", Some("\\\\server\\share\\x")),
            ("file://server/share/x", Some("\\\\server\\share\\x")),
            ("file:///C:/%25windir%25/%windir%/%2", Some("C:\\%windir%\\%windir%\\%2")),
            ("file:///C:/%é/%+1", Some("C:\\%é\\%+1")),
            ("https://example.org/file:///C:/x", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(file_of(address).as_deref(), file, "{address}");
        }
        let collected = Fixture::new().file(&format!("{ALL}\\x.url"), "[InternetShortcut]\nurl = file:////server/share/x\n").collect_windows(collect);
        assert_eq!(entries(&collected), [("x", Enabled::Yes, None, vec!["\\\\server\\share\\x"])]);
    }

    #[test]
    fn what_was_switched_off_and_a_folder_that_was_moved() {
        let explorer = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer";
        let off = usual().value(&format!("{explorer}\\StartupApproved\\StartupFolder"), "acme agent.lnk", Data::Bytes(vec![3, 0])).collect_windows(collect);
        assert_eq!(entries(&off)[0].1, Enabled::No);
        let moved = |to: &str| usual().file("C:\\Start\\x.exe", "").text(&format!("{explorer}\\User Shell Folders"), "Startup", to);
        assert_eq!(entries(&moved("%SystemDrive%\\Start").collect_windows(collect))[0].0, "x");
        let away = moved("\\\\server\\home\\Startup").collect_windows(collect);
        assert_eq!((away.of(Source::StartupFolders), away.facts.len()), ((Status::Partial, Some(ReasonCode::NotOnThisComputer)), 3));
    }

    #[test]
    fn folders_that_are_not_as_they_should_be() {
        let of = |fixture: Fixture| fixture.collect_windows(collect).of(Source::StartupFolders);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(usual().deny(OWN)), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(usual().homeless()), (Status::Partial, Some(ReasonCode::NoHome)));
        let broken = usual().file(&format!("{OWN}\\a.lnk"), "MZ").collect_windows(collect);
        assert_eq!(broken.of(Source::StartupFolders), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(entries(&broken)[1], ("a", Enabled::Yes, None, vec![]), "it is still there");
        let items = [&shortcut("C:\\x", "")[..20], &[1, 0, 0, 0], &[0; 56][..]].concat();
        assert_eq!(of(usual().file(&format!("{OWN}\\a.lnk"), items)), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
        assert_eq!(of(usual().file(&format!("{OWN}\\a.lnk"), vec![0; (1 << 20) + 1])), (Status::Partial, Some(ReasonCode::TooLarge)));
        assert_eq!(of(usual().file(&format!("{OWN}\\.lnk"), shortcut("", ""))).1, Some(ReasonCode::UnsupportedFormat));
    }
}
