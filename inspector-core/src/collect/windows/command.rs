//! The programs that a command line of Windows starts.

use super::places::{Places, base_name, is_on_a_drive};

/// Programs of Windows, and other interpreters, that only start something else: what they are given says more.
const STARTERS: [&str; 15] =
    ["rundll32", "regsvr32", "cmd", "powershell", "pwsh", "wscript", "cscript", "mshta", "java", "javaw", "python", "pythonw", "node", "conhost", "explorer"];
/// The endings of what such a program is given.
const STARTED: [&str; 14] = [".exe", ".dll", ".bat", ".cmd", ".vbs", ".vbe", ".js", ".jse", ".ps1", ".hta", ".jar", ".py", ".pyw", ".ocx"];

/// The programs that a command line starts, as absolute paths where they can be told: the first, and what a program that only starts others
/// is given. `exists` tells whether a file is there, or that nobody knows.
///
/// Without quotes the name of the program may have spaces; Windows then tries one after the other, and so does this.
pub(super) fn programs(line: &str, places: &Places, exists: &dyn Fn(&str) -> Option<bool>) -> Vec<String> {
    let line = line.trim();
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

/// The program itself and the rest of the line.
fn first<'a>(line: &'a str, places: &Places, exists: &dyn Fn(&str) -> Option<bool>) -> (String, &'a str) {
    if let Some((program, rest)) = line.strip_prefix('"').map(|line| line.split_once('"').unwrap_or((line, ""))) {
        return (in_system(places.absolute(program), places, exists), rest);
    }
    let ends = line.match_indices(' ').map(|(at, _)| at).chain([line.len()]).take(40);
    let mut shortest = None;
    for end in ends {
        let path = places.absolute(&line[..end]);
        if is_on_a_drive(&path) {
            let lower = path.to_ascii_lowercase();
            let is_whole = STARTED.iter().chain(&[".com", ".sys", ".scr"]).any(|ending| lower.ends_with(ending));
            if is_whole || exists(&path) == Some(true) && base_name(&path).contains('.') {
                return (path, &line[end..]);
            }
            if exists(&format!("{path}.exe")) == Some(true) {
                return (path + ".exe", &line[end..]);
            }
        }
        shortest.get_or_insert((path, end));
    }
    let (path, end) = shortest.unwrap_or_default();
    (in_system(path, places, exists), &line[end..])
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
            ("agent.exe --x", &["agent.exe"]),
            ("\"", &[]),
            ("", &[]),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
    }
}
