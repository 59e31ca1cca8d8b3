//! What a Mac has as other Unixes do, cron and the profiles of the shell, and the plug-ins that are asked when somebody logs in.

use std::path::Path;

use super::bundle;
use crate::collect::linux::autostart::{CronPlaces, ProfilePlaces, cron_of, profiles_of};
use crate::collect::log::Log;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{AuthModule, AuthSystem, Fact};
use crate::inventory::{ReasonCode, Source};

const CRON: CronPlaces = CronPlaces { folders: &[], tables: &["/etc/crontab"], folder_of_tables: None, personal: &["/private/var/at/tabs"] };
const PROFILES: ProfilePlaces = ProfilePlaces {
    files: &[
        "~/.zshenv",
        "~/.zprofile",
        "~/.zshrc",
        "~/.zlogin",
        "~/.zlogout",
        "~/.profile",
        "~/.bash_profile",
        "~/.bash_login",
        "~/.bashrc",
        "~/.bash_logout",
        "~/.login",
        "~/.config/fish/config.fish",
        "/etc/zshenv",
        "/etc/zprofile",
        "/etc/zshrc",
        "/etc/zlogin",
        "/etc/profile",
        "/etc/bashrc",
    ],
    folders: &[],
};
/// Where others than Apple put plug-ins for the login.
const PLUGINS: &str = "/Library/Security/SecurityAgentPlugins";
/// The most plug-ins.
const MOST: usize = 500;

pub(super) fn cron(context: &Context) -> Collected {
    cron_of(context, &CRON)
}

pub(super) fn shell(context: &Context) -> Collected {
    profiles_of(context, &PROFILES)
}

/// Plug-ins for the login. Whether macOS asks them is in its authorisation database, which it does not show.
pub(super) fn logon_parts(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::LogonParts);
    let mut facts: Vec<Fact> = Vec::new();
    for path in bundle::in_folder(&mut log, Path::new(PLUGINS), "bundle") {
        if facts.len() >= MOST {
            log.trouble(ReasonCode::TooMany, Path::new(PLUGINS));
            break;
        }
        let own_path = path_text(&path);
        facts.push(AuthModule { system: AuthSystem::AuthorizationPlugin, library: Some(own_path.clone()), place: own_path, ..AuthModule::default() }.into());
        facts.extend(bundle::read(&mut log, &path).map(Fact::from));
    }
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Enabled;
    use crate::inventory::Status;

    fn entries(collected: &Collected) -> Vec<(&str, Enabled, Vec<&str>)> {
        collected
            .facts
            .iter()
            .map(|fact| match fact {
                Fact::Autostart(entry) => (entry.name.as_str(), entry.enabled, entry.exec.iter().map(String::as_str).collect()),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn cron_tables() {
        let fixture = || {
            Fixture::new()
                .file("/private/etc/crontab", "*/5 * * * * root /opt/acme/report --key secret\n")
                .file("/private/var/at/tabs/anna", "@reboot /Users/anna/agent\n")
        };
        let collected = fixture().collect_macos(cron);
        assert_eq!(entries(&collected), [("crontab", Enabled::Yes, vec!["/opt/acme/report"]), ("crontab", Enabled::Yes, vec!["/Users/anna/agent"])]);
        assert!(!format!("{:?}", collected.facts).contains("secret"));
        let denied = fixture().deny("/private/var/at/tabs").collect_macos(cron);
        assert_eq!(denied.of(Source::Cron), (Status::Full, None));
        assert_eq!(denied.of(Source::CronOfOthers), (Status::None, Some(ReasonCode::PermissionDenied)));
        let none = Fixture::new().collect_macos(cron);
        assert_eq!((none.of(Source::Cron).1, none.of(Source::CronOfOthers).1), (Some(ReasonCode::Absent), Some(ReasonCode::Absent)));
        assert!(Fixture::new().file("/private/etc/crontab", b"\xff\xff\0 \n\n* *").collect_macos(cron).facts.is_empty());
    }

    #[test]
    fn profiles_of_the_shell() {
        let fixture = || Fixture::new().file("/Users/anna/.zshrc", "/opt/acme/agent --key secret &\n").file("/private/etc/zshrc", b"\xff\0");
        let collected = fixture().collect_macos(shell);
        assert_eq!(entries(&collected), [(".zshrc", Enabled::Yes, vec!["/Users/anna/.zshrc", "/opt/acme/agent"]), ("zshrc", Enabled::Yes, vec!["/etc/zshrc"])]);
        assert_eq!(fixture().deny("/Users/anna/.zshrc").collect_macos(shell).of(Source::ShellProfiles), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(Fixture::new().collect_macos(shell).of(Source::ShellProfiles), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(fixture().homeless().collect_macos(shell).of(Source::ShellProfiles), (Status::Partial, Some(ReasonCode::NoHome)));
    }

    #[test]
    fn plug_ins_for_the_login() {
        let fixture = || Fixture::new().file(&format!("{PLUGINS}/Acme.bundle/Contents/Info.plist"), r#"{"CFBundleIdentifier": "com.acme.login"}"#);
        let collected = fixture().collect_macos(logon_parts);
        let mut keys = Vec::new();
        for fact in &collected.facts {
            fact.each_key(|kind, value| keys.push(format!("{} {value}", kind.word())));
        }
        let path = format!("path {PLUGINS}/Acme.bundle");
        assert_eq!(keys, [&path, &path, "bundle_id com.acme.login"]);
        let of = |fixture: Fixture| fixture.collect_macos(logon_parts).of(Source::LogonParts);
        assert_eq!(of(fixture()), (Status::Full, None));
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(fixture().deny(PLUGINS)), (Status::None, Some(ReasonCode::PermissionDenied)));
        let malformed = fixture().file(&format!("{PLUGINS}/B.bundle/Contents/Info.plist"), "x");
        assert_eq!(of(malformed), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
