//! Whether somebody manages the computer, and which preferences they set.
//!
//! Only whether is kept: the name of the server and of the organisation are nobody's business here.

use std::path::Path;

use super::calls::Tool;
use super::settings::{setting, with_names};
use crate::collect::log::Log;
use crate::collect::tree::What;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Fact, ManagedPreferences};
use crate::inventory::{ReasonCode, Source};
use crate::text;

/// What the system keeps of its registration with an organisation.
const RECORDS: &str = "/private/var/db/ConfigurationProfiles/Settings";
const DIRECTORIES: &str = "/Library/Preferences/OpenDirectory/Configurations/Active Directory";
const PREFERENCES: &str = "/Library/Managed Preferences";
/// The longest domain that is told.
const LONGEST_DOMAIN: usize = 300;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::DeviceManagement);
    let enrolment = match context.mac {
        Some(_) => asked(context, &mut log),
        None => on_disk(&mut log),
    };
    let is_bound = with_names(&mut log, Path::new(DIRECTORIES), Path::new("/Library/Preferences"), |names| {
        names.iter().any(|name| name.to_lowercase().ends_with(".plist"))
    });
    let place = if context.mac.is_some() { super::profiles::PLACE } else { RECORDS };
    let facts = vec![
        setting("mdm-enrolment", enrolment.is_managed, place),
        setting("automated-enrolment", enrolment.is_automated, place),
        setting("directory-binding", is_bound, DIRECTORIES),
    ];
    Collected { facts, coverage: vec![log.finish()] }
}

/// What is known of the registration.
#[derive(Debug, Default, PartialEq, Eq)]
struct Enrolment {
    /// With a server for management.
    is_managed: Option<bool>,
    /// By itself, when the computer was set up, because the organisation bought it.
    is_automated: Option<bool>,
}

fn asked(context: &Context, log: &mut Log) -> Enrolment {
    let place = Path::new(super::profiles::PLACE);
    let Some(answer) = context.mac.and_then(|mac| log.keep(place, mac.ask(Tool::Enrolment))) else { return Enrolment::default() };
    let enrolment = understand(&text::from_bytes(&answer));
    if enrolment.is_managed.is_none() {
        log.trouble(ReasonCode::Malformed, place);
    }
    enrolment
}

/// Reads lines like `MDM enrollment: Yes (User Approved)` and `Enrolled via DEP: No`. Versions add lines, and other words behind the first.
fn understand(answer: &str) -> Enrolment {
    let mut enrolment = Enrolment::default();
    for (name, value) in answer.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim().to_lowercase();
        let is_on = if value.starts_with("yes") { Some(true) } else { value.starts_with("no").then_some(false) };
        match name.trim().to_lowercase().as_str() {
            "mdm enrollment" => enrolment.is_managed = is_on,
            name if name.starts_with("enrolled via") => enrolment.is_automated = is_on,
            _ => {}
        }
    }
    enrolment
}

/// What empty files on a disk tell, whose names are all they say.
fn on_disk(log: &mut Log) -> Enrolment {
    let (mut is_managed, mut is_automated) = (None, None);
    with_names(log, Path::new(RECORDS), Path::new("/private/var/db"), |names| {
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        is_managed = has(".cloudConfigProfileInstalled").then_some(true);
        is_automated = if has(".cloudConfigRecordFound") || has(".cloudConfigProfileInstalled") || has(".cloudConfigHasActivationRecord") {
            Some(true)
        } else {
            (has(".cloudConfigRecordNotFound") || has(".cloudConfigNoActivationRecord")).then_some(false)
        };
        true
    });
    if is_managed.is_none() {
        // A computer can be registered by hand, which leaves no such file.
        log.trouble(ReasonCode::NotLive, Path::new(super::profiles::PLACE));
    }
    Enrolment { is_managed, is_automated }
}

/// Preferences that profiles set. When a profile is taken away some of its files may stay, so this shows what was set once.
pub(super) fn preferences(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::ManagedPreferences);
    let folder = Path::new(PREFERENCES);
    let mut facts = Vec::new();
    let mut own = None;
    for entry in log.list(folder) {
        if entry.what == What::Folder {
            // The files of others are theirs.
            if context.home.as_deref().and_then(Path::file_name) == Some(&entry.name) {
                own = Some(folder.join(&entry.name));
            }
        } else {
            facts.extend(preference(&folder.join(&entry.name)));
        }
    }
    if let Some(own) = own {
        facts.extend(log.list(&own).into_iter().filter(|entry| entry.what != What::Folder).filter_map(|entry| preference(&own.join(entry.name))));
    }
    if context.home.is_none() {
        log.trouble(ReasonCode::NoHome, Path::new("~"));
    }
    Collected { facts, coverage: vec![log.finish()] }
}

fn preference(path: &Path) -> Option<Fact> {
    let is_list = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("plist"));
    let domain: String = text::from_bytes(path.file_stem()?.as_encoded_bytes()).chars().take(LONGEST_DOMAIN).collect();
    // One file repeats all the others.
    let is_own = is_list && domain != "complete" && !domain.starts_with('.');
    is_own.then(|| ManagedPreferences { domain, place: path_text(path) }.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::macos::testing::Answers;
    use crate::collect::testing::Fixture;
    use crate::collect::tree::Trouble;
    use crate::inventory::Status;

    fn on(collected: &Collected) -> Vec<Option<bool>> {
        collected.facts.iter().map(|fact| if let Fact::Setting(setting) = fact { setting.on } else { panic!("{fact:?}") }).collect()
    }

    fn asked(answer: Result<&str, Trouble>) -> Collected {
        let answers = Answers { enrolment: answer.map(|text| text.as_bytes().to_vec()), ..Answers::default() };
        Fixture::new().folder("/Library/Preferences").mac(answers).collect_macos(collect)
    }

    #[test]
    fn what_a_running_mac_says() {
        let (yes, no) = (Some(true), Some(false));
        let managed = asked(Ok("Enrolled via DEP: Yes\nMDM enrollment: Yes (User Approved)\nMDM server: https://mdm.acme.example/x\n"));
        assert_eq!(on(&managed), [yes, yes, no]);
        assert_eq!(managed.of(Source::DeviceManagement), (Status::Full, None));
        assert!(!serde_json::to_string(&managed.facts).unwrap().contains("acme"), "the server is nobody's business");
        assert_eq!(on(&asked(Ok("Enrolled via DEP: No\nMDM enrollment: No\n"))), [no, no, no]);
        let odd = asked(Ok("profiles: \0\u{fffd}:::"));
        assert_eq!((on(&odd), odd.of(Source::DeviceManagement)), (vec![None, None, no], (Status::Partial, Some(ReasonCode::Malformed))));
        let denied = asked(Err(Trouble::Denied));
        assert_eq!((on(&denied)[0], denied.of(Source::DeviceManagement).1), (None, Some(ReasonCode::PermissionDenied)));
    }

    #[test]
    fn what_a_disk_says() {
        let (yes, no) = (Some(true), Some(false));
        let record = |name: &str| Fixture::new().file(&format!("{RECORDS}/{name}"), "");
        let bound = record(".cloudConfigProfileInstalled").file(&format!("{DIRECTORIES}/acme.plist"), "x").collect_macos(collect);
        assert_eq!((on(&bound), bound.of(Source::DeviceManagement)), (vec![yes, yes, yes], (Status::Full, None)));
        assert_eq!(on(&record(".cloudConfigRecordFound").collect_macos(collect))[..2], [None, yes]);
        let none = record(".cloudConfigRecordNotFound").folder("/Library/Preferences").collect_macos(collect);
        assert_eq!((on(&none), none.of(Source::DeviceManagement)), (vec![None, no, no], (Status::Partial, Some(ReasonCode::NotLive))));
        assert_eq!(on(&Fixture::new().collect_macos(collect)), [None; 3]);
        let denied = record(".cloudConfigRecordFound").folder(DIRECTORIES).deny(RECORDS).deny(DIRECTORIES).collect_macos(collect);
        assert_eq!((on(&denied), denied.of(Source::DeviceManagement).0), (vec![None; 3], Status::None));
    }

    #[test]
    fn managed_preferences() {
        let fixture = || {
            ["com.google.Chrome.plist", "complete.plist", "notes.txt", "anna/com.acme.agent.plist", "anna/complete.plist", "bert/com.secret.plist"]
                .iter()
                .fold(Fixture::new(), |fixture, name| fixture.file(&format!("{PREFERENCES}/{name}"), "not even a list"))
        };
        let collected = fixture().collect_macos(preferences);
        let mut domains: Vec<_> = collected.facts.iter().map(|fact| if let Fact::ManagedPreferences(one) = fact { &one.domain } else { panic!() }).collect();
        domains.sort();
        assert_eq!(domains, ["com.acme.agent", "com.google.Chrome"]);
        assert_eq!(collected.of(Source::ManagedPreferences), (Status::Full, None));
        let of = |fixture: Fixture| fixture.collect_macos(preferences).of(Source::ManagedPreferences);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(fixture().deny(PREFERENCES)), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().deny(&format!("{PREFERENCES}/anna"))), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().homeless()).1, Some(ReasonCode::NoHome));
    }
}
