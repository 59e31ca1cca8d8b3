//! Asks a Mac all that this crate can ask, and says how much came back: numbers and yes or no, and no name.
//!
//! `cargo run --release -p inzage-macos --example ask`, as an ordinary user; `packaging/try-on-macos.sh` runs it too.

#[cfg(target_os = "macos")]
fn main() {
    use std::time::{Duration, Instant};

    use inzage_macos as mac;

    fn timed<T>(what: &str, ask: impl FnOnce() -> T, tell: impl FnOnce(T) -> String) {
        let start = Instant::now();
        let answer = ask();
        let took = start.elapsed();
        println!("{what}: {} ({} ms)", tell(answer), took.as_millis());
    }
    fn told<T>(answer: Result<T, mac::Refused>, tell: impl FnOnce(T) -> String) -> String {
        answer.map_or_else(|refused| format!("{refused:?}"), tell)
    }

    timed("processes", mac::processes, |answer| {
        told(answer, |all| {
            let count = |which: fn(&mac::Process) -> bool| all.iter().filter(|process| which(process)).count();
            let (root, hidden) = (count(|one| one.uid == Some(0)), count(|one| one.exe.is_none()));
            let (no_number, no_name) = (count(|one| one.uid.is_none()), count(|one| one.user.is_none()));
            format!("{}, of root {root}, without a path {hidden}, without an account {no_number}, without its name {no_name}", all.len())
        })
    });
    timed("event taps", mac::event_taps, |answer| {
        told(answer, |all| {
            let count = |which: fn(&mac::EventTap) -> bool| all.iter().filter(|tap| which(tap)).count();
            let (keyboard, mouse) = (count(|one| one.keyboard), count(|one| one.mouse));
            let (may_change, enabled) = (count(|one| one.may_change), count(|one| one.enabled));
            format!("{}, keyboard {keyboard}, mouse {mouse}, may change {may_change}, enabled {enabled}", all.len())
        })
    });
    timed("microphone users", mac::microphone_users, |answer| told(answer, |all| all.len().to_string()));
    timed("camera in use", mac::camera_in_use, |answer| told(answer, |on| on.to_string()));
    timed("screen is shared", mac::screen_is_shared, |answer| told(answer, |on| on.to_string()));
    timed("user name", mac::user_name, |name| name.is_some().to_string());
    timed("full name", mac::full_name, |name| name.is_some().to_string());
    for (program, arguments) in [
        ("/usr/bin/profiles", &["status", "-type", "enrollment"][..]),
        ("/usr/sbin/scutil", &["--nc", "list"]),
        ("/usr/sbin/scutil", &["--proxy"]),
        ("/usr/sbin/system_profiler", &["-xml", "SPConfigurationProfileDataType", "-detailLevel", "full"]),
    ] {
        let what = format!("{program} {}", arguments.join(" "));
        timed(&what, || mac::run(program, arguments, Duration::from_secs(30), 1 << 24), |answer| told(answer, |said| format!("{} bytes", said.len())));
    }
}

#[cfg(not(target_os = "macos"))]
fn main() {
    println!("This asks a Mac.");
}
