//! Settings of macOS with which others can look along, take over or log in, and its account of what happens.

use std::path::Path;

use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary};
use crate::collect::tree::Trouble;
use crate::collect::{Collected, Context};
use crate::facts::{Fact, Setting};
use crate::inventory::Source;
use crate::text;

/// Where Remote Management notes that it is switched on.
const REMOTE_DESKTOP: &str = "/Library/Application Support/Apple/Remote Desktop/RemoteManagement.launchd";
/// Who may use Remote Management.
const REMOTE_MANAGEMENT: &str = "/Library/Preferences/com.apple.RemoteManagement.plist";
/// What launchd was told to start or not to start, against what is written with it.
const SWITCHES: &str = "/private/var/db/com.apple.xpc.launchd/disabled.plist";
const SECURITY: &str = "/private/etc/security";

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::SystemSettings);
    let is_managed = is_there(&mut log, Path::new(REMOTE_DESKTOP), Path::new("/Library/Application Support"));
    let for_all = list(&mut log, REMOTE_MANAGEMENT, "/Library/Preferences").map(|values| plist::yes(&values, "ARD_AllLocalUsers") == Some(true));
    let switches = plist::read(&mut log, Path::new(SWITCHES));
    // These come switched off. A service that was never touched is not named.
    let is_on = |label: &str| switches.as_ref().map(|switches| plist::yes(switches, label) == Some(false));
    let is_audited = with_names(&mut log, Path::new(SECURITY), Path::new("/private/etc"), |names| names.iter().any(|name| name == "audit_control"));
    let facts = vec![
        setting("remote-management", is_managed, REMOTE_DESKTOP),
        setting("remote-management-all-users", for_all, REMOTE_MANAGEMENT),
        setting("screen-sharing", is_on("com.apple.screensharing"), SWITCHES),
        setting("remote-login", is_on("com.openssh.sshd"), SWITCHES),
        setting("remote-apple-events", is_on("com.apple.AEServer"), SWITCHES),
        // Newer versions come with an example of the file alone.
        setting("system-audit", is_audited, &format!("{SECURITY}/audit_control")),
    ];
    Collected { facts, coverage: vec![log.finish()] }
}

/// A property list; an empty one if it is certain that there is none.
fn list(log: &mut Log, path: &str, above: &str) -> Option<Dictionary> {
    if is_there(log, Path::new(path), Path::new(above))? { plist::read(log, Path::new(path)) } else { Some(Dictionary::new()) }
}

/// Whether a file is there. Where even the folder `above`, which every Mac has, is not, nobody knows.
fn is_there(log: &mut Log, path: &Path, above: &Path) -> Option<bool> {
    let result = log.in_time().and_then(|()| log.context.tree.meta(path));
    let is_absent = result == Err(Trouble::Absent);
    if log.keep(path, result).is_some() {
        return Some(true);
    }
    (is_absent && log.meta(above).is_some()).then_some(false)
}

/// What follows from the names in a folder; from none if it is certain that it is not there.
pub(super) fn with_names(log: &mut Log, folder: &Path, above: &Path, judge: impl FnOnce(&[String]) -> bool) -> Option<bool> {
    let result = log.in_time().and_then(|()| log.context.tree.list(folder, crate::collect::log::LIST_LIMIT));
    let is_absent = result.as_ref().err() == Some(&Trouble::Absent);
    let names = match log.keep(folder, result) {
        Some(entries) => entries.iter().map(|entry| text::from_bytes(entry.name.as_encoded_bytes())).collect(),
        None if is_absent && log.meta(above).is_some() => Vec::new(),
        None => return None,
    };
    Some(judge(&names))
}

/// A fact on one setting.
pub(super) fn setting(name: &str, on: Option<bool>, place: &str) -> Fact {
    Setting { name: name.into(), on, place: place.into() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::{ReasonCode, Status};

    /// A Mac as it comes.
    fn fixture() -> Fixture {
        Fixture::new()
            .folder("/Library/Application Support")
            .folder("/Library/Preferences")
            .file(SWITCHES, r#"{"com.apple.ftpd": true}"#)
            .file("/private/etc/security/audit_control.example", "")
    }

    fn on(collected: &Collected) -> Vec<Option<bool>> {
        collected.facts.iter().map(|fact| if let Fact::Setting(setting) = fact { setting.on } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn as_it_comes_and_with_everything_on() {
        let usual = fixture().collect_macos(collect);
        assert_eq!(on(&usual), [Some(false); 6]);
        assert_eq!(usual.of(Source::SystemSettings), (Status::Full, None));
        let all = fixture()
            .file(REMOTE_DESKTOP, "enabled")
            .file(REMOTE_MANAGEMENT, r#"{"ARD_AllLocalUsers": 1}"#)
            .file(SWITCHES, r#"{"com.apple.screensharing": false, "com.openssh.sshd": false, "com.apple.AEServer": false}"#)
            .file("/private/etc/security/audit_control", "flags:lo");
        assert_eq!(on(&all.collect_macos(collect)), [Some(true); 6]);
        let off = fixture().file(SWITCHES, r#"{"com.apple.screensharing": true, "com.openssh.sshd": "?"}"#);
        assert_eq!(on(&off.collect_macos(collect))[2..4], [Some(false); 2]);
    }

    #[test]
    fn absent_denied_and_malformed() {
        let absent = Fixture::new().collect_macos(collect);
        assert_eq!(on(&absent), [None; 6]);
        assert_eq!(absent.of(Source::SystemSettings), (Status::Full, Some(ReasonCode::Absent)));
        let denied = fixture().file(REMOTE_MANAGEMENT, "{}").deny(REMOTE_MANAGEMENT).deny("/private").collect_macos(collect);
        assert_eq!(on(&denied), [Some(false), None, None, None, None, None]);
        assert_eq!(denied.of(Source::SystemSettings), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        let wrong = fixture().file(SWITCHES, "<plist><dict>").file(REMOTE_MANAGEMENT, "[]").collect_macos(collect);
        assert_eq!(on(&wrong)[..5], [Some(false), None, None, None, None]);
        assert_eq!(wrong.of(Source::SystemSettings), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
