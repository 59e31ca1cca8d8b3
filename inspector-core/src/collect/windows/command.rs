//! The programs that a command line of Windows starts.

use super::places::{Places, base_name, is_on_a_drive};

/// Programs of Windows, and other interpreters, that only start something else: what they are given says more.
const STARTERS: [&str; 15] =
    ["rundll32", "regsvr32", "cmd", "powershell", "pwsh", "wscript", "cscript", "mshta", "java", "javaw", "python", "pythonw", "node", "conhost", "explorer"];
/// The endings of what such a program is given.
const STARTED: [&str; 14] = [".exe", ".dll", ".bat", ".cmd", ".vbs", ".vbe", ".js", ".jse", ".ps1", ".hta", ".jar", ".py", ".pyw", ".ocx"];

/// The longest line that Windows starts something with.
const LONGEST_LINE: usize = 32_767;
/// The longest beginning of a line without quotes that is tried as the name of a program. Every try is kept, so a long line must not make
/// many long ones.
const LONGEST_TRY: usize = 1_024;

/// The programs that a command line starts, as absolute paths where they can be told: the first, and what a program that only starts others
/// is given. `exists` tells whether a file is there, or that nobody knows.
///
/// Without quotes the name of the program may have spaces; Windows then tries one after the other, and so does this.
pub(super) fn programs(line: &str, places: &Places, exists: &dyn Fn(&str) -> Option<bool>) -> Vec<String> {
    let line = line.trim();
    if line.encode_utf16().nth(LONGEST_LINE).is_some() {
        return Vec::new();
    }
    let (program, rest) = first(line, places, exists);
    if program.is_empty() {
        return Vec::new();
    }
    let name = base_name(&program).to_ascii_lowercase();
    let starts_others = STARTERS.contains(&name.strip_suffix(".exe").unwrap_or(&name));
    let mut found = vec![program];
    if starts_others {
        found.extend(given(rest, places));
    }
    found
}

/// Whether what an entry starts is still there: the program itself, and then the first thing that it is given. What comes after that may be
/// a file that it only writes.
pub(super) fn still_starts(exec: &[String], exists: impl Fn(&str) -> Option<bool>) -> Option<bool> {
    let (program, given) = exec.split_first()?;
    match (exists(program), given.first()) {
        (Some(false), _) => Some(false),
        (_, Some(given)) => exists(given),
        (there, None) => there,
    }
}

/// The program itself and the rest of the line.
fn first<'a>(line: &'a str, places: &Places, exists: &dyn Fn(&str) -> Option<bool>) -> (String, &'a str) {
    if let Some((program, rest)) = line.strip_prefix('"').map(|line| line.split_once('"').unwrap_or((line, ""))) {
        let path = in_system(places.absolute(program), places, exists);
        let may_lack_ending = is_on_a_drive(&path) && !base_name(&path).contains('.') && exists(&path) == Some(false);
        let with_ending = may_lack_ending.then(|| format!("{path}.exe")).filter(|path| exists(path) == Some(true));
        return (with_ending.unwrap_or(path), rest);
    }
    let mut ends = line.match_indices(' ').map(|(at, _)| at).chain([line.len()]);
    let shortest = ends.next().unwrap_or_default();
    for end in [shortest].into_iter().chain(ends).take(40).take_while(|end| *end <= LONGEST_TRY) {
        let path = places.absolute(&line[..end]);
        if !is_on_a_drive(&path) {
            // A longer beginning is on no drive either.
            break;
        }
        let lower = path.to_ascii_lowercase();
        if STARTED.iter().chain(&[".com", ".sys", ".scr"]).any(|ending| lower.ends_with(ending)) {
            return (path, &line[end..]);
        }
        // Windows adds the ending only to a name that has none.
        let path = if base_name(&path).contains('.') { path } else { path + ".exe" };
        if exists(&path) == Some(true) {
            return (path, &line[end..]);
        }
    }
    (in_system(places.absolute(&line[..shortest]), places, exists), &line[shortest..])
}

/// A program that is named without its folder is looked for in that of the system; what is not found there keeps its name.
fn in_system(program: String, places: &Places, exists: &dyn Fn(&str) -> Option<bool>) -> String {
    if program.is_empty() || is_on_a_drive(&program) || program.contains('\\') {
        return program;
    }
    let with_ending = if program.contains('.') { program.clone() } else { format!("{program}.exe") };
    let path = format!("{}\\System32\\{with_ending}", places.get("systemroot"));
    if exists(&path) == Some(true) { path } else { program }
}

/// A library that may be named without its folder, which is then `folder` in that of Windows, and without its ending.
pub(super) fn library_at(places: &Places, folder: &str, name: &str) -> String {
    let name = places.expand(name.trim().trim_matches('"'));
    let ending = if base_name(&name).contains('.') { "" } else { ".dll" };
    if name.contains(['\\', '/']) {
        return places.absolute(&name) + ending;
    }
    format!("{}\\{folder}\\{name}{ending}", places.get("systemroot"))
}

/// The files that a starter is given.
fn given(rest: &str, places: &Places) -> Vec<String> {
    let mut found = Vec::new();
    for word in words(rest) {
        // `rundll32 C:\x.dll,Entry`
        let path = places.absolute(word.split(',').next().unwrap_or_default());
        let lower = path.to_ascii_lowercase();
        if is_on_a_drive(&path) && STARTED.iter().any(|ending| lower.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

/// The words of a line; quotes keep spaces.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        // `cmd /c ""C:\a b\x.bat" argument"`: the whole is in quotes, and so are its parts.
        if rest.strip_prefix("\"\"").is_some_and(|inside| inside.starts_with(|next: char| !next.is_whitespace())) {
            rest = &rest[1..];
        }
        let quoted = rest.strip_prefix('"');
        let (word, after) = match quoted {
            Some(inside) => inside.split_once('"').unwrap_or((inside, "")),
            None => rest.split_once([' ', '\t', '"']).unwrap_or((rest, "")),
        };
        let is_over = rest.is_empty();
        rest = after;
        (!is_over).then_some(word)
    })
    .take(64)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::collect::registry::NoRegistry;

    fn of(line: &str) -> Vec<String> {
        let places = Places::read(&NoRegistry, Some("C:\\Users\\anna"));
        let there = ["C:\\Windows\\System32\\rundll32.exe", "C:\\Program Files\\Acme Watch\\agent.exe", "C:\\Windows\\System32\\cmd.exe", "C:\\tool\\run.x"];
        programs(line, &places, &|path| Some(there.iter().any(|known| known.eq_ignore_ascii_case(path))))
    }

    #[test]
    fn the_program_of_a_line() {
        for (line, expected) in [
            ("\"C:\\Program Files\\Acme Watch\\agent.exe\" -service", &["C:\\Program Files\\Acme Watch\\agent.exe"][..]),
            ("C:\\Program Files\\Acme Watch\\agent.exe -service", &["C:\\Program Files\\Acme Watch\\agent.exe"]),
            ("C:\\Program Files\\Acme Watch\\agent -service", &["C:\\Program Files\\Acme Watch\\agent.exe"]),
            ("C:\\Program Files\\Gone\\agent.exe /x", &["C:\\Program Files\\Gone\\agent.exe"]),
            ("C:\\tool\\run.x now", &["C:\\tool\\run.x"]),
            ("rundll32.exe \"C:\\Program Files\\X\\hook.dll\",Start", &["C:\\Windows\\System32\\rundll32.exe", "C:\\Program Files\\X\\hook.dll"]),
            ("rundll32 C:\\X\\hook.dll,Start", &["C:\\Windows\\System32\\rundll32.exe", "C:\\X\\hook.dll"]),
            ("cmd /c start %APPDATA%\\x.bat", &["C:\\Windows\\System32\\cmd.exe", "C:\\Users\\anna\\AppData\\Roaming\\x.bat"]),
            ("\"C:\\Program Files\\Acme Watch\\agent\" -x", &["C:\\Program Files\\Acme Watch\\agent.exe"]),
            ("\"C:\\Program Files\\Gone\\agent\" -x", &["C:\\Program Files\\Gone\\agent"]),
            ("cmd /c \"\"C:\\a b\\x.bat\" argument\"", &["C:\\Windows\\System32\\cmd.exe", "C:\\a b\\x.bat"]),
            ("cmd /c \"\" C:\\x.bat", &["C:\\Windows\\System32\\cmd.exe", "C:\\x.bat"]),
            ("agent.exe --x", &["agent.exe"]),
            ("\"", &[]),
            ("", &[]),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
    }

    #[test]
    fn long_lines_cost_little() {
        let places = Places::read(&NoRegistry, None);
        let asked = |line: &str| {
            let asked = Cell::new(0);
            let found = programs(line, &places, &|path| {
                asked.set(asked.get() + path.len());
                Some(false)
            });
            (found.len(), asked.get())
        };
        let words = format!("C:\\{}", "a b".repeat(10_000));
        assert_eq!(asked(&words).0, 1);
        let long_words = format!("C:\\{}", ["x"; 600].concat() + " ").repeat(50);
        for line in [&words, &long_words] {
            assert!(asked(line).1 <= 40 * (LONGEST_TRY + 4), "{}", asked(line).1);
        }
        assert_eq!(asked(&format!("C:\\{}.exe", "é".repeat(LONGEST_LINE - 7))).0, 1);
        assert_eq!(asked(&format!("C:\\{}.exe", "é".repeat(LONGEST_LINE - 6))), (0, 0));
    }

    #[test]
    fn what_is_gone() {
        let exists = |path: &str| (path != "java").then_some(path.starts_with("C:\\there"));
        for (exec, expected) in [
            (&[][..], None),
            (&["C:\\there.exe"], Some(true)),
            (&["C:\\gone.exe"], Some(false)),
            (&["C:\\gone.exe", "C:\\there.jar"], Some(false)),
            (&["C:\\there.exe", "C:\\gone.jar"], Some(false)),
            (&["java", "C:\\there.jar", "C:\\gone.js"], Some(true)),
            (&["java"], None),
        ] {
            let exec: Vec<_> = exec.iter().map(|path| (*path).to_owned()).collect();
            assert_eq!(still_starts(&exec, exists), expected, "{exec:?}");
        }
    }
}
