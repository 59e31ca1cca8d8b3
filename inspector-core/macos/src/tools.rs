//! Apple's own tools.

use std::io::{self, ErrorKind, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::Refused;

/// How often a tool that has said everything is asked whether it has ended.
const BETWEEN: Duration = Duration::from_millis(5);
/// How long a tool that was killed may take to end. One that runs as another user cannot be killed, and is left.
const TO_DIE: Duration = Duration::from_secs(1);

/// Runs one of the system's own tools and gives back what it prints, all of it or nothing: half an answer must not pass for a whole one.
///
/// The tool is named by its whole path, so that no other one is found; it gets nothing to read, none of this program's environment, the root as its folder,
/// and speaks English. It and what it has started are killed after `limit`, and as soon as it prints more than `most` bytes; both are
/// [`Refused::Failed`], as is a tool that says by its exit status that it failed. A tool that is not there is [`Refused::Absent`].
///
/// Every macOS from 13 on has `/usr/sbin/system_profiler`, `/usr/bin/profiles` and `/usr/sbin/scutil`. No right is needed to run them, but `profiles list` tells an
/// ordinary user less than an administrator. To try on a Mac: `/usr/bin/profiles status -type enrollment`, which ends within a second;
/// `/usr/sbin/system_profiler -xml SPConfigurationProfileDataType` can take five.
pub fn run(program: &str, arguments: &[&str], limit: Duration, most: usize) -> Result<Vec<u8>, Refused> {
    if !program.starts_with('/') {
        return Err(Refused::Absent);
    }
    let deadline = Instant::now() + limit;
    let mut child = Command::new(program)
        .args(arguments)
        .env_clear()
        .env("LANG", "C")
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .current_dir("/")
        // A group of its own, so that what it starts can be killed with it.
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| refused(&error))?;
    let said = listen(&mut child, most, limit);
    if let Some(said) = said.filter(|said| said.len() <= most)
        && let Some(succeeded) = ended(&mut child, deadline)
    {
        return if succeeded { Ok(said) } else { Err(Refused::Failed) };
    }
    kill(&child);
    ended(&mut child, Instant::now() + TO_DIE);
    Err(Refused::Failed)
}

/// All that it prints, up to one byte more than `most`; nothing if that takes too long.
fn listen(child: &mut Child, most: usize, limit: Duration) -> Option<Vec<u8>> {
    let output = child.stdout.take()?;
    let (give, take) = mpsc::channel();
    let listener = thread::Builder::new().spawn(move || {
        let mut said = Vec::new();
        let whole = output.take((most as u64).saturating_add(1)).read_to_end(&mut said);
        // Nobody waits any more when it took too long.
        let _ = give.send(whole.ok().map(|_| said));
    });
    listener.ok()?;
    take.recv_timeout(limit).ok()?
}

/// Whether it went well, once it has ended.
fn ended(child: &mut Child, deadline: Instant) -> Option<bool> {
    loop {
        if let Some(status) = child.try_wait().ok()? {
            return Some(status.success());
        }
        if Instant::now() >= deadline {
            return None;
        }
        thread::sleep(BETWEEN);
    }
}

fn kill(child: &Child) {
    let Ok(group) = libc::pid_t::try_from(child.id()) else { return };
    // SAFETY: takes numbers. The child has not been waited for, so its number is still its own and that of the group it was started in.
    unsafe { libc::killpg(group, libc::SIGKILL) };
}

fn refused(error: &io::Error) -> Refused {
    match error.kind() {
        ErrorKind::PermissionDenied => Refused::Denied,
        ErrorKind::NotFound => Refused::Absent,
        _ => Refused::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    fn shell(script: &str, limit: Duration, most: usize) -> (Result<Vec<u8>, Refused>, Duration) {
        let start = Instant::now();
        (run("/bin/sh", &["-c", script], limit, most), start.elapsed())
    }

    #[test]
    fn gives_what_is_printed() {
        assert_eq!(run("/bin/echo", &["a  b"], LONG, 5), Ok(b"a  b\n".to_vec()));
        assert_eq!(run("/bin/echo", &["a  b"], LONG, 4), Err(Refused::Failed));
        assert_eq!(shell("cat; echo no >&2", LONG, 100).0, Ok(Vec::new()));
    }

    #[test]
    fn hands_nothing_on() {
        let (said, _) = shell("/usr/bin/env; pwd", LONG, 10_000);
        let said = String::from_utf8(said.unwrap()).unwrap();
        let mut names: Vec<_> =
            said.lines().filter_map(|line| Some(line.split_once('=')?.0)).filter(|name| !["PWD", "OLDPWD", "SHLVL", "_"].contains(name)).collect();
        names.sort_unstable();
        assert_eq!(names, ["LANG", "PATH"]);
        assert_eq!(said.lines().last(), Some("/"));
    }

    #[test]
    fn ends_in_time() {
        for script in ["exec sleep 60", "sleep 60 & sleep 60", "exec >&-; sleep 60", "sleep 60 & exit 0"] {
            let (said, took) = shell(script, Duration::from_millis(300), 100);
            assert_eq!(said, Err(Refused::Failed), "{script}");
            assert!(took < Duration::from_secs(10), "{script}: {took:?}");
        }
    }

    #[test]
    fn limits_endless_output() {
        let (said, took) = shell("exec yes", LONG, 1_000_000);
        assert_eq!(said, Err(Refused::Failed));
        assert!(took < Duration::from_secs(10), "{took:?}");
    }

    #[test]
    fn what_it_started_dies_with_it() {
        let marker = tempfile_name();
        let (said, _) = shell(&format!("(sleep 1; echo >{marker}) & sleep 60"), Duration::from_millis(200), 100);
        assert_eq!(said, Err(Refused::Failed));
        thread::sleep(Duration::from_secs(2));
        assert!(!std::path::Path::new(&marker).exists());
    }

    fn tempfile_name() -> String {
        std::env::temp_dir().join(format!("inzage-macos-{}", std::process::id())).display().to_string()
    }

    #[test]
    fn tells_what_is_wrong() {
        assert_eq!(run("/absent/program", &[], LONG, 100), Err(Refused::Absent));
        assert_eq!(run("sh", &[], LONG, 100), Err(Refused::Absent));
        assert_eq!(run("/bin/sh", &["-c", "echo half; exit 3"], LONG, 100), Err(Refused::Failed));
        assert_eq!(run("/etc/passwd", &[], LONG, 100), Err(Refused::Denied));
    }
}
