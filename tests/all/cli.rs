//! What the command line promises to who types and to who writes scripts.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use inzage_tests::{LONGEST, Root, finding, inzage, list, program, run};
use serde_json::Value;

/// A computer with one product that is surely there, and one that may be.
fn root() -> Root {
    Root::new()
        .file("/var/lib/dpkg/status", "Package: auditd\nStatus: install ok installed\nVersion: 1\n")
        .folder("/etc/tlog")
        .file("/etc/environment", "https_proxy=http://proxy.acme.example:3128\n")
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[track_caller]
fn check_failure<S: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = S>, expect: &str) {
    let ran = run(&mut inzage(words));
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{}", ran.err);
    assert!(ran.err.ends_with('\n') && ran.err.lines().count() == 1 && ran.err.starts_with("inzage: "), "not one clear line: {:?}", ran.err);
    assert!(ran.err.contains(expect), "{:?} does not say {expect:?}", ran.err);
    assert!(!ran.err.trim_end().contains(char::is_control), "{:?}", ran.err);
}

#[test]
fn a_failure_is_one_clear_line() {
    for (line, expect) in [
        ("--colour", "no option --colour"),
        ("frobnicate", "no command frobnicate"),
        ("scan --lang de", "nl, en"),
        ("scan --os linux", "--root"),
        ("scan --root / --os beos", "cannot be \"beos\""),
        ("scan --root /nonexistent/inzage", "/nonexistent/inzage"),
        ("scan --root /etc/passwd", "/etc/passwd"),
        ("scan --root / --os linux --user nobody-of-this-name", "nobody-of-this-name"),
        ("inventory --root / --user nobody-of-this-name", "nobody-of-this-name"),
        ("signatures", "show"),
        ("signatures show no-such-product", "no-such-product"),
        ("signatures show \u{1b}[31m", "\\u{1b}[31m"),
        ("match", "INVENTORY"),
        ("match /nonexistent/inventory.json", "/nonexistent/inventory.json"),
        ("match /", "/ is not an inventory"),
        ("doctor --log perhaps", "on, off"),
        ("completions csh", "bash, elvish, fish, powershell, zsh"),
        ("completions", "SHELL"),
        ("--lang nl frobnicate", "er is geen opdracht frobnicate (inzage --help laat zien wat je kunt vragen)"),
        ("--lang nl signatures show no-such-product", "geen product bekend"),
    ] {
        check_failure(words(line), expect);
    }
}

#[test]
fn what_is_no_inventory_is_refused() {
    let folder = tempfile_with("inventory.json");
    let host = r#""host":{"os":"linux","os_version":"","root":"/","elevated":false}"#;
    for (contents, expect) in [
        (String::new(), "inventory.json is not an inventory"),
        ("{}".into(), "schema"),
        ("[".repeat(100_000), "inventory.json is not an inventory"),
        (format!(r#"{{"schema":{}"#, r#"{"a":"#.repeat(100_000)), "inventory.json is not an inventory"),
        (format!(r#"{{"schema":"x\u001b]0;y","made_at":"","agent_version":"",{host},"facts":[],"coverage":[]}}"#), "x\\u{1b}]0;y"),
        (format!(r#"{{"schema":"inzage-inventory/1","made_at":"","agent_version":"",{host},"facts":[{{"kind":"dns","server":7}}],"coverage":[]}}"#), "line 1"),
        (format!(r#"{{"schema":"inzage-report/1","made_at":"","agent_version":"",{host},"facts":[],"coverage":[]}}"#), "inzage-report/1"),
    ] {
        let path = folder.path().join("inventory.json");
        fs::write(&path, contents).unwrap();
        check_failure([Path::new("match"), &path], expect);
    }
}

fn tempfile_with(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), "").unwrap();
    folder
}

#[test]
fn the_exit_status_tells_only_when_asked() {
    let root = root();
    assert_eq!(run(&mut root.inzage(&["scan"])).code, Some(0));
    assert_eq!(run(&mut root.inzage(&["scan", "--exit-code"])).code, Some(10));
    assert_eq!(run(&mut root.inzage(&["scan", "--exit-code", "--json"])).code, Some(10));
    // Something that is only possible is not confirmed.
    let possible = Root::new().folder("/etc/tlog");
    assert!(finding(&possible.report(), "tlog").is_some());
    assert_eq!(run(&mut possible.inzage(&["scan", "--exit-code"])).code, Some(0));
    let saved = root.outside().join("inventory.json");
    fs::write(&saved, root.inventory().to_string()).unwrap();
    assert_eq!(run(inzage(["match", "--exit-code"]).arg(&saved)).code, Some(10));
    assert_eq!(run(inzage(["match"]).arg(&saved)).code, Some(0));
}

#[test]
fn a_saved_inventory_gives_the_same_findings() {
    let root = root()
        .file("/home/anna/.config/autostart/aw-qt.desktop", "[Desktop Entry]\nExec=/opt/activitywatch/aw-qt\n")
        .program("/opt/activitywatch/aw-qt")
        .folder("/home/anna/.config/activitywatch")
        .file("/etc/ssl/certs/ca-certificates.crt", include_str!("../../inspector-core/testdata/certificates/added-root.pem"))
        .file("/usr/local/share/ca-certificates/acme.crt", include_str!("../../inspector-core/testdata/certificates/added-root.pem"));
    let without_places = |report: &Value| -> Vec<Value> {
        let strip = |finding: &Value| {
            let mut finding = finding.clone();
            finding["evidence"].as_array_mut().unwrap().iter_mut().for_each(|evidence| drop(evidence.as_object_mut().unwrap().remove("where")));
            finding
        };
        list(report, "findings").iter().map(strip).collect()
    };
    for masked in [true, false] {
        let options: &[&str] = if masked { &[] } else { &["--unmasked"] };
        let json = |command: &str| run(root.inzage(&[command, "--json"]).args(options)).well();
        let report = json("scan").json();
        let saved = root.outside().join("inventory.json");
        fs::write(&saved, json("inventory").out).unwrap();
        let matched = run(inzage(["match", "--json"]).arg(&saved)).well().json();
        assert_eq!(list(&report, "findings").len(), 3, "{report}");
        assert_eq!(without_places(&matched), without_places(&report));
        assert_eq!(matched["exposure"], report["exposure"]);
        assert_eq!(matched["coverage"], report["coverage"]);
        assert_eq!(list(&matched, "observations").len(), list(&report, "observations").len());

        // The same from standard input, and for a person.
        let mut child = inzage(["match", "-", "--json"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(&fs::read(&saved).unwrap()).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&child.wait_with_output().unwrap().stdout).unwrap(), matched);
        assert!(run(inzage(["match"]).arg(&saved)).well().out.contains("ActivityWatch"));
    }
}

#[test]
fn the_language_is_that_of_the_worker() {
    let help = |variables: &[(&str, &str)], words: &[&str]| {
        let mut command = inzage(words);
        command.env_remove("LC_ALL").envs(variables.iter().copied());
        run(&mut command).well().out
    };
    let dutch = help(&[], &["--lang", "nl", "--help"]);
    let english = help(&[], &["--lang=en", "--help"]);
    assert!(dutch.starts_with("Laat zien") && english.starts_with("Shows"), "{dutch}\n{english}");
    assert_eq!(dutch.lines().filter(|line| line.starts_with("  ")).count(), english.lines().filter(|line| line.starts_with("  ")).count());
    for variables in
        [[("LC_ALL", "nl_NL.UTF-8"), ("LANG", "en_US.UTF-8")], [("LC_ALL", ""), ("LANG", "nl_BE.UTF-8")], [("LC_MESSAGES", "nl_NL"), ("LANG", "en_US.UTF-8")]]
    {
        assert_eq!(help(&variables, &["--help"]), dutch, "{variables:?}");
        assert_eq!(help(&variables, &["--help", "--lang", "en"]), english, "{variables:?}");
    }
    for variables in [[("LC_ALL", "C"), ("LANG", "C")], [("LC_ALL", "de_DE.UTF-8"), ("LANG", "nl_NL.UTF-8")]] {
        assert_eq!(help(&variables, &["--help"]), english, "{variables:?}");
    }
    // No language at all.
    assert_eq!(help(&[], &["--help"]), english);
    let root = root();
    let scan = |lang: &str| run(&mut root.inzage(&["scan", "--lang", lang])).well().out;
    assert!(scan("nl").contains("Op deze computer") || scan("nl").contains("We hebben"), "{}", scan("nl"));
    assert!(scan("en").contains("We found no program"), "{}", scan("en"));
    // The words of JSON are the same in every language.
    assert_eq!(
        run(&mut root.inzage(&["inventory", "--json", "--lang", "nl"])).json()["facts"],
        run(&mut root.inzage(&["inventory", "--json"])).json()["facts"]
    );
}

#[test]
fn help_is_there_for_every_command() {
    for command in ["", "scan", "inventory", "match", "signatures", "signatures list", "signatures show", "signatures check", "completions", "man", "doctor"] {
        for (lang, usage) in [("nl", "Gebruik: "), ("en", "Usage: ")] {
            let ran = run(&mut inzage(words(command).into_iter().chain(["--help", "--lang", lang]))).well();
            assert!(ran.out.contains(usage) && ran.out.ends_with('\n'), "{command}: {}", ran.out);
        }
    }
    assert_eq!(run(&mut inzage(["--version"])).well().out, format!("inzage {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_and_man_page() {
    for (shell, expect) in [
        ("bash", "complete "),
        ("elvish", "edit:completion"),
        ("fish", "complete -c inzage"),
        ("powershell", "Register-ArgumentCompleter"),
        ("zsh", "#compdef inzage"),
    ] {
        let out = run(&mut inzage(["completions", shell])).well().out;
        assert!(out.contains(expect) && out.contains("inventory"), "{shell}: {out}");
    }
    for (lang, about) in [("en", "It only looks"), ("nl", "Het kijkt alleen")] {
        let page = run(&mut inzage(["man", "--lang", lang])).well().out;
        assert!(page.lines().any(|line| line.starts_with(".TH inzage 1")), "{page}");
        assert!(page.contains(about) && page.contains("scan"), "{page}");
        let folder = tempfile_with("inzage.1");
        let path = folder.path().join("inzage.1");
        fs::write(&path, page).unwrap();
        match Command::new("man").args(["--warnings", "-E", "UTF-8", "-l"]).arg(&path).env("MANPAGER", "cat").stdin(Stdio::null()).output() {
            Ok(shown) => {
                assert!(shown.status.success() && shown.stderr.is_empty(), "{}", String::from_utf8_lossy(&shown.stderr));
                assert!(String::from_utf8_lossy(&shown.stdout).contains("INZAGE") || String::from_utf8_lossy(&shown.stdout).contains("inzage"));
            }
            Err(_) => eprintln!("skipped: there is no man here to show the page"),
        }
    }
    // A shell takes its completions without complaint.
    let bash = run(&mut inzage(["completions", "bash"])).out;
    match Command::new("bash").args(["-n", "-c", &bash]).output() {
        Ok(taken) => assert!(taken.status.success() && taken.stderr.is_empty(), "{}", String::from_utf8_lossy(&taken.stderr)),
        Err(_) => eprintln!("skipped: there is no bash here"),
    }
}

#[test]
fn signatures_are_shown_and_checked() {
    let listed = run(&mut inzage(["signatures", "list"])).well().out;
    for product in &inzage_signatures::embedded().products {
        assert!(listed.lines().any(|line| line.starts_with(&format!("{} ", product.id))), "{} is not listed", product.id);
        for lang in ["nl", "en"] {
            let card = run(&mut inzage(["signatures", "show", &product.id, "--lang", lang])).well().out;
            assert!(card.starts_with(&product.name), "{card}");
            assert!(product.indicators.iter().all(|indicator| card.contains(&product.page(&indicator.cite).url)), "a source is missing: {card}");
        }
    }
    // By name, and by an old name.
    assert!(run(&mut inzage(["signatures", "show", "italc"])).well().out.starts_with("Veyon"));

    let products = Path::new(env!("CARGO_MANIFEST_DIR")).join("../signatures/products");
    assert!(run(inzage(["signatures", "check"]).arg(&products)).well().out.contains("nothing wrong"));
    let folder = tempfile::tempdir().unwrap();
    let veyon = fs::read_to_string(products.join("veyon.yaml")).unwrap();
    for (from, to, code, line) in [
        ("vendor: Veyon Solutions", "vendr: Veyon Solutions", "E002", ":3:"),
        ("strength: strong, source: filelist", "strength: strong, source: nowhere", "E030", ":"),
    ] {
        let path = folder.path().join("veyon.yaml");
        fs::write(&path, veyon.replacen(from, to, 1)).unwrap();
        let ran = run(inzage(["signatures", "check"]).arg(&path));
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
        assert!(ran.err.contains(&format!("error[{code}]")) && ran.err.contains(&format!("veyon.yaml{line}")) && ran.err.contains('^'), "{}", ran.err);
    }
}

#[test]
fn json_is_all_that_is_printed() {
    let root = root();
    for command in ["scan", "inventory"] {
        let ran = run(&mut root.inzage(&[command, "--json"])).well();
        assert!(ran.json()["schema"].as_str().unwrap().ends_with("/1"));
        assert!(ran.out.starts_with('{') && ran.out.ends_with("}\n"));
    }
}

#[test]
fn no_colour_goes_into_a_pipe() {
    let root = root();
    for mut command in
        [root.inzage(&["scan"]), root.inzage(&["inventory"]), inzage(["signatures", "show", "veyon"]), inzage(["--help"]), inzage(["scan", "--help"])]
    {
        for variable in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
            command.env(variable, "");
        }
        assert!(!run(&mut command).well().out.contains('\u{1b}'), "{command:?}");
    }
}

/// The program on a terminal of its own, by `script`; nothing where that is not to be had.
#[cfg(target_os = "linux")]
fn on_a_terminal(line: &str, variables: &[(&str, &str)], typed: &str) -> Option<String> {
    let mut script = Command::new("script");
    script.args(["-qec", &format!("'{}' {line}", program().display()), "/dev/null"]).env_clear().envs([
        ("PATH", "/usr/bin:/bin"),
        ("TERM", "xterm"),
        ("LANG", "en_US.UTF-8"),
    ]);
    let Ok(mut child) = script.envs(variables.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
        eprintln!("skipped: there is no `script` here to give a terminal");
        return None;
    };
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    Some(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap())
}

#[test]
#[cfg(target_os = "linux")]
fn colour_is_for_terminals_that_want_it() {
    for line in ["signatures show veyon", "--help"] {
        let Some(coloured) = on_a_terminal(line, &[], "") else { return };
        assert!(coloured.contains('\u{1b}'), "{coloured}");
        for unwanted in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            let plain = on_a_terminal(line, &[unwanted], "").unwrap();
            assert!(!plain.contains('\u{1b}') && plain.len() > 100, "{plain}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_person_is_asked_before_the_first_look() {
    let Some(stopped) = on_a_terminal("scan", &[], "no\n") else { return };
    assert!(stopped.contains("Does this laptop belong to your employer?") && stopped.contains("Nothing was looked at"), "{stopped}");
    assert!(!stopped.contains("What can be seen"), "{stopped}");
    let stopped = on_a_terminal("doctor", &[], "no\n").unwrap();
    assert!(stopped.contains("Nothing was looked at") && !stopped.contains("The program"), "{stopped}");
    let looked = on_a_terminal("scan", &[], "perhaps\nyes\n").unwrap();
    assert_eq!(looked.matches("Go on and look").count(), 2, "{looked}");
    assert!(looked.contains("What can be seen"), "{looked}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for line in [words("signatures list"), words("scan --json --no-record"), words("completions bash")] {
        let mut child = inzage(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap()), (Some(0), String::new()));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = inzage(["signatures", "list"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!((ended.status.code(), said.lines().count()), (Some(1), 1), "{said}");
}

#[test]
fn nothing_is_left_behind() {
    let home = tempfile::tempdir().unwrap();
    for line in ["scan", "scan --json", "scan --no-record", "inventory --json", "", "signatures list", "record status", "doctor", "forget"] {
        let mut command = inzage(words(line));
        command.env("HOME", home.path()).env("XDG_RUNTIME_DIR", home.path()).env("TMPDIR", home.path()).current_dir(home.path());
        assert_eq!(run(&mut command).code, Some(0));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "{line:?} left something");
    }
    // Without a home there is nowhere to look for the worker's own files, and that is no failure.
    let ran = run(inzage(["scan", "--json", "--no-record"]).env_remove("HOME")).well();
    assert!(!list(&ran.json(), "exposure").is_empty());
}

/// What the program asked of the kernel, by `strace`; nothing where that is not to be had.
#[cfg(target_os = "linux")]
fn calls(line: &str, which: &str) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-e", &format!("trace=execve,{which}"), "-o"]).arg(&trace).arg(program()).args(words(line)).env("HOME", folder.path());
    match strace.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Ok(status) if status.success() => {}
        _ => {
            eprintln!("skipped: strace is not here or may not be used");
            return None;
        }
    }
    let calls: Vec<String> = fs::read_to_string(&trace).unwrap().lines().map(str::to_owned).collect();
    assert!(calls.iter().any(|call| call.contains("execve(")) && calls.iter().any(|call| call.contains("+++ exited with 0 +++")), "{calls:?}");
    Some(calls)
}

#[test]
#[cfg(target_os = "linux")]
fn a_look_goes_nowhere_and_changes_nothing() {
    for line in ["scan", "inventory --json", "doctor"] {
        let Some(network) = calls(line, "%network") else { return };
        // The C library may ask the name service of the same computer over a socket that is a file.
        let outward: Vec<_> = network.iter().filter(|call| call.contains("socket(") && !call.contains("AF_UNIX") && !call.contains("AF_LOCAL")).collect();
        assert!(outward.is_empty(), "{outward:?}");
        let which = "open,openat,creat,mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,\
            chown,fchown,fchownat,truncate,ftruncate,utimensat,setxattr,kill,tgkill,tkill,ptrace,process_vm_readv";
        let all = calls(line, which).unwrap();
        assert!(all.iter().any(|call| call.contains("O_RDONLY")));
        let changing = |call: &&String| {
            let opens = call.contains("open");
            let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| call.contains(flag));
            !call.contains("execve(") && !call.contains("resumed>") && !call.contains("+++") && !call.contains("---") && (!opens || writes)
        };
        let changed: Vec<_> = all.iter().filter(changing).collect();
        assert!(changed.is_empty(), "{changed:?}");
        // Memory of others is never read, nor what they were started with in their environment.
        let read: Vec<_> = all.iter().filter(|call| call.contains("/proc/") && (call.contains("/mem\"") || call.contains("/environ\""))).collect();
        assert!(read.is_empty(), "{read:?}");
    }
}

#[test]
fn a_look_ends_in_time_on_this_computer() {
    // `run` itself ends what takes longer.
    let started = std::time::Instant::now();
    let report = run(&mut inzage(["scan", "--json", "--no-record"])).well().json();
    assert!(started.elapsed() < LONGEST);
    assert_eq!(report["host"]["root"], "/");
    assert!(list(&report, "coverage").len() > 20);
}
