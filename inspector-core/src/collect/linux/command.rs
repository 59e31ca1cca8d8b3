//! Which programs a command line starts. Only their paths are kept, never the command line.

use std::path::Path;

use super::base_name;
use crate::collect::log::Log;

/// Where a program without a path is looked for.
const PATH: [&str; 6] = ["/usr/local/bin", "/usr/bin", "/usr/local/sbin", "/usr/sbin", "/bin", "/usr/games"];

/// Programs that run a script named after them.
pub(in crate::collect) fn is_interpreter(program: &str) -> bool {
    const NAMES: [&str; 21] = [
        "python",
        "python2",
        "python3",
        "perl",
        "ruby",
        "bash",
        "dash",
        "sh",
        "zsh",
        "ksh",
        "fish",
        "node",
        "nodejs",
        "java",
        "mono",
        "php",
        "lua",
        "tclsh",
        "wish",
        "wine",
        "osascript",
    ];
    let name = base_name(program);
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    NAMES.contains(&name) || NAMES.contains(&stem)
}

/// Programs that only start another one.
fn is_wrapper(program: &str) -> bool {
    matches!(
        base_name(program),
        "env"
            | "nohup"
            | "nice"
            | "ionice"
            | "setsid"
            | "exec"
            | "sudo"
            | "timeout"
            | "chronic"
            | "flatpak-spawn"
            | "dbus-launch"
            | "dbus-run-session"
            | "systemd-cat"
    )
}

/// The words of a command line, quotes taken away. Good enough to find programs; it expands nothing.
pub(in crate::collect) fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut any) = (Vec::new(), String::new(), None, false);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\\', None | Some('"')) => word.extend(chars.next()),
            ('\'' | '"', None) => (quote, any) = (Some(c), true),
            (c, Some(open)) if c == open => quote = None,
            (c, None) if c.is_whitespace() => {
                if any || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
            }
            (c, _) => word.push(c),
        }
    }
    if any || !word.is_empty() {
        words.push(word);
    }
    words
}

/// The script that an interpreter was told to run: its first argument that is not an option. `-c` and `-m` name no file.
pub(super) fn script_of(arguments: &[String]) -> Option<&str> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "-c" | "-m" | "-e" | "--command" => return None,
            "-jar" => return rest.next().map(String::as_str),
            "-cp" | "-classpath" | "-W" | "-X" | "-O" => drop(rest.next()),
            option if is_line_option(option) => return None,
            option if option.starts_with('-') => {}
            script => return Some(script),
        }
    }
    None
}

/// The programs that a command line starts, as paths: the program itself, and behind a wrapper or an interpreter what that one runs.
pub(in crate::collect) fn programs(log: &Log, line: &str) -> Vec<String> {
    programs_of(log, &words(line))
}

/// The programs that a command line starts whose words are known.
pub(in crate::collect) fn programs_of(log: &Log, words: &[String]) -> Vec<String> {
    // `NAME=value program`, as a shell or env takes it.
    let mut rest = words.iter().map(String::as_str).skip_while(|word| is_assignment(word)).peekable();
    let mut found = Vec::new();
    while let Some(program) = rest.next() {
        let (wrapper, interpreter) = (is_wrapper(program), is_interpreter(program));
        match locate(log, program) {
            Some(path) => found.push(path),
            // What a missing wrapper or interpreter would run is told all the same.
            None if wrapper || interpreter => {}
            None => break,
        }
        if interpreter {
            let arguments: Vec<_> = rest.map(str::to_owned).collect();
            let exact = arguments.iter().position(|argument| argument == "-c");
            // Behind the script stand the script's own options.
            let among = || arguments.iter().take_while(|argument| argument.starts_with('-')).position(|argument| is_line_option(argument));
            match exact.or_else(among).and_then(|at| arguments.get(at + 1)) {
                Some(inner) => found.extend(programs(log, inner)),
                None => found.extend(script_of(&arguments).and_then(|script| locate(log, script))),
            }
            break;
        }
        if !wrapper {
            break;
        }
        while rest.peek().is_some_and(|word| word.starts_with('-') || is_assignment(word)) {
            rest.next();
        }
    }
    found
}

/// Whether an option of a shell says that a command line follows: `-c`, also among others, as in `-lc`. The line may have a secret in it, and
/// must not be taken for the path of a script.
fn is_line_option(option: &str) -> bool {
    option.len() <= 4 && option.strip_prefix('-').is_some_and(|letters| letters.ends_with('c') && letters.bytes().all(|b| b.is_ascii_lowercase()))
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
}

/// The path of a program: itself if it has one, otherwise where the system would find it.
fn locate(log: &Log, program: &str) -> Option<String> {
    if program.starts_with('/') || program.starts_with("~/") {
        return Some(program.to_owned());
    }
    if program.is_empty() || program.contains('/') {
        return None;
    }
    PATH.iter().map(|folder| format!("{folder}/{program}")).find(|path| log.exists(Path::new(path)) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::collect::{Collected, Context};
    use crate::facts::Setting;
    use crate::inventory::Source;

    fn all(context: &Context) -> Collected {
        let log = Log::new(context, Source::Programs);
        let lines = [
            "/opt/x/agent --token secret",
            "env A=b -i /opt/x/agent",
            "sh -c 'exec /opt/x/run.sh --fast'",
            "sh -lc '/opt/x/run.sh --token secret'",
            "/usr/bin/python3 -u /opt/x/tool.py",
            "tool --flag",
            "LANG=C \"/opt/with space/agent\"",
            "missing-program",
            "",
        ];
        let facts = lines.iter().map(|line| Setting { name: programs(&log, line).join(" + "), ..Setting::default() }.into()).collect();
        Collected { facts, coverage: vec![log.finish()] }
    }

    #[test]
    fn programs_of_a_command_line() {
        let collected = Fixture::new().file("/usr/bin/tool", "").file("/usr/bin/env", "").file("/usr/bin/sh", "").collect(all);
        let found: Vec<_> = collected
            .facts
            .into_iter()
            .map(|fact| match fact {
                crate::facts::Fact::Setting(setting) => setting.name,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            found,
            [
                "/opt/x/agent",
                "/usr/bin/env + /opt/x/agent",
                "/usr/bin/sh + /opt/x/run.sh",
                "/usr/bin/sh + /opt/x/run.sh",
                "/usr/bin/python3 + /opt/x/tool.py",
                "/usr/bin/tool",
                "/opt/with space/agent",
                "",
                ""
            ]
        );
    }
}
