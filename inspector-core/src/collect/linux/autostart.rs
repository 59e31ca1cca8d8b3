//! What starts by itself besides systemd: desktop entries at login, cron, the profiles of the shell, and programs started over D-Bus.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::apps::{desktop_entries, finish};
use super::{base_name, command, keys_and_values, places};
use crate::collect::log::Log;
use crate::collect::tree::What;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Autostart, Enabled, Fact, Mechanism};
use crate::inventory::{ReasonCode, Source};
use crate::text;

pub(super) fn xdg(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::XdgAutostart);
    let mut seen = HashSet::new();
    let mut facts = Vec::new();
    // The worker's own entry replaces the system's of the same id.
    for folder in places(context, &["~/.config/autostart", "/etc/xdg/autostart"]) {
        desktop_entries(&mut log, &folder, &mut |log, id, path, entry| {
            if seen.insert(id.clone()) {
                facts.push(
                    Autostart {
                        mechanism: Mechanism::Xdg,
                        name: id.clone(),
                        entry: Some(id),
                        exec_exists: entry.exec.as_deref().and_then(|exec| log.exists(Path::new(exec))),
                        exec: entry.exec.into_iter().collect(),
                        enabled: if entry.off { Enabled::No } else { Enabled::Yes },
                        place: path_text(path),
                        ..Autostart::default()
                    }
                    .into(),
                );
            }
        });
    }
    finish(context, log, facts)
}

/// Where cron of a system keeps what it starts.
pub(in crate::collect) struct CronPlaces {
    /// Folders of programs.
    pub(in crate::collect) folders: &'static [&'static str],
    /// Tables that name the user.
    pub(in crate::collect) tables: &'static [&'static str],
    /// A folder of such tables.
    pub(in crate::collect) folder_of_tables: Option<&'static str>,
    /// Folders of personal tables; the first that is there counts.
    pub(in crate::collect) personal: &'static [&'static str],
}

pub(super) fn cron(context: &Context) -> Collected {
    const PLACES: CronPlaces = CronPlaces {
        folders: &["/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly"],
        tables: &["/etc/crontab", "/etc/anacrontab"],
        folder_of_tables: Some("/etc/cron.d"),
        // Debian keeps them one folder deeper than others do.
        personal: &["/var/spool/cron/crontabs", "/var/spool/cron"],
    };
    cron_of(context, &PLACES)
}

/// What cron starts, wherever a system keeps that.
pub(in crate::collect) fn cron_of(context: &Context, places: &CronPlaces) -> Collected {
    let mut log = Log::new(context, Source::Cron);
    let mut facts = Vec::new();
    for folder in places.folders.iter().map(Path::new) {
        for entry in log.list(folder) {
            // Debian keeps an empty file in each of these folders.
            if entry.what != What::Folder && entry.name != ".placeholder" {
                let path = folder.join(&entry.name);
                facts.push(job(&log, &path, file_name(&path), vec![path_text(&path)]));
            }
        }
    }
    let mut tables: Vec<_> = places.tables.iter().map(PathBuf::from).collect();
    if let Some(folder) = places.folder_of_tables.map(Path::new) {
        tables.extend(log.list(folder).iter().filter(|entry| entry.name != ".placeholder").map(|entry| folder.join(&entry.name)));
    }
    for table in tables {
        read_table(&mut log, &table, true, &mut facts);
    }
    let mut personal = Log::new(context, Source::CronOfOthers);
    if let Some(folder) = places.personal.iter().map(Path::new).find(|folder| personal.exists(folder) != Some(false)) {
        for entry in personal.list(folder) {
            if entry.what == What::File {
                read_table(&mut personal, &folder.join(&entry.name), false, &mut facts);
            }
        }
    }
    Collected { facts, coverage: vec![log.finish(), personal.finish()] }
}

/// The name of a file, as text.
fn file_name(path: &Path) -> String {
    path.file_name().map(|name| text::from_bytes(name.as_encoded_bytes())).unwrap_or_default()
}

/// Reads the lines `* * * * * [user] command` of a table.
fn read_table(log: &mut Log, path: &Path, with_user: bool, facts: &mut Vec<Fact>) {
    let Some(bytes) = log.read_up_to(path, 1 << 20) else { return };
    for line in text::from_bytes(&bytes).lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let times = if line.starts_with('@') { 1 } else { 5 };
        let mut rest = line;
        for _ in 0..times + usize::from(with_user) {
            rest = rest.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
        }
        for part in rest.split(['|', '&', ';']) {
            let programs = command::programs(log, part.trim());
            // Tests and changes of folder are no programs that observe.
            if programs.first().is_some_and(|program| !matches!(base_name(program), "test" | "[" | "true" | "echo" | "run-parts" | "command")) {
                // A personal table has the name of its owner, which is not the name of what it starts.
                let name = if with_user { file_name(path) } else { "crontab".into() };
                facts.push(job(log, path, name, programs));
            }
        }
    }
}

fn job(log: &Log, place: &Path, name: String, exec: Vec<String>) -> Fact {
    Autostart {
        mechanism: Mechanism::Cron,
        name,
        exec_exists: exec.last().and_then(|exec| log.exists(Path::new(exec))),
        exec,
        enabled: Enabled::Yes,
        place: path_text(place),
        ..Autostart::default()
    }
    .into()
}

/// Where the profiles of the shell are: `~/` stands for the home.
pub(in crate::collect) struct ProfilePlaces {
    /// Profiles.
    pub(in crate::collect) files: &'static [&'static str],
    /// Folders in which every file is one.
    pub(in crate::collect) folders: &'static [&'static str],
}

pub(super) fn shell(context: &Context) -> Collected {
    const PLACES: ProfilePlaces = ProfilePlaces {
        files: &[
            "~/.profile",
            "~/.bash_profile",
            "~/.bash_login",
            "~/.bashrc",
            "~/.zshenv",
            "~/.zprofile",
            "~/.zshrc",
            "~/.config/fish/config.fish",
            "~/.xprofile",
            "~/.xinitrc",
            "~/.xsession",
            "~/.xsessionrc",
            "~/.login",
            "/etc/profile",
            "/etc/bash.bashrc",
            "/etc/zsh/zshrc",
            "/etc/zsh/zprofile",
        ],
        folders: &["/etc/profile.d", "/etc/X11/Xsession.d", "/etc/fish/conf.d"],
    };
    profiles_of(context, &PLACES)
}

/// What the profiles of the shell start, wherever a system keeps them.
pub(in crate::collect) fn profiles_of(context: &Context, all: &ProfilePlaces) -> Collected {
    let mut log = Log::new(context, Source::ShellProfiles);
    let mut files: Vec<_> = places(context, all.files).collect();
    for folder in all.folders.iter().map(Path::new) {
        files.extend(log.list(folder).iter().filter(|entry| entry.what != What::Folder).map(|entry| folder.join(&entry.name)));
    }
    let mut facts = Vec::new();
    for file in files {
        let Some(bytes) = log.read_up_to(&file, 1 << 20) else { continue };
        let mut exec = vec![path_text(&file)];
        for line in text::from_bytes(&bytes).lines() {
            exec.extend(started(&log, line));
        }
        exec.sort();
        exec.dedup();
        facts.push(
            Autostart {
                mechanism: Mechanism::Shell,
                name: file_name(&file),
                exec,
                exec_exists: Some(true),
                enabled: Enabled::Yes,
                place: path_text(&file),
                ..Autostart::default()
            }
            .into(),
        );
    }
    finish(context, log, facts)
}

/// The programs that a line of a profile starts: what is named by its path, replaces the shell (`exec`), or stays in the background.
/// Everything else in a profile is ordinary shell, and none of our business.
fn started(log: &Log, line: &str) -> Vec<String> {
    let line = line.trim();
    if line.starts_with('#') {
        return Vec::new();
    }
    let mut found = Vec::new();
    for part in line.split(['|', ';']).flat_map(|part| part.split("&&")) {
        let (part, background) = part.trim().strip_suffix('&').map_or((part.trim(), false), |part| (part.trim(), true));
        let (part, exec) =
            ["exec ", ". ", "source ", "then ", "do "].iter().find_map(|word| part.strip_prefix(word)).map_or((part, false), |part| (part, true));
        if exec || background || part.starts_with('/') || part.starts_with("~/") {
            found.extend(command::programs(log, part));
        }
    }
    found
}

pub(super) fn dbus(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::DbusServices);
    let folders = [
        "/usr/share/dbus-1/system-services",
        "/usr/share/dbus-1/services",
        "/usr/local/share/dbus-1/system-services",
        "/usr/local/share/dbus-1/services",
        "/etc/dbus-1/system-services",
        "~/.local/share/dbus-1/services",
    ];
    let mut facts = Vec::new();
    for folder in places(context, &folders) {
        for entry in log.list(&folder) {
            let path = folder.join(&entry.name);
            if Path::new(&entry.name).extension().is_none_or(|ending| ending != "service") {
                continue;
            }
            let Some(bytes) = log.read_up_to(&path, 1 << 20) else { continue };
            let mut service = Autostart { mechanism: Mechanism::Dbus, enabled: Enabled::OnDemand, place: path_text(&path), ..Autostart::default() };
            for (section, key, value) in keys_and_values(&text::from_bytes(&bytes)) {
                match (section, key) {
                    ("D-BUS Service", "Name") => (service.name, service.dbus_name) = (value.to_owned(), Some(value.to_owned())),
                    ("D-BUS Service", "Exec") => service.exec = command::programs(&log, value),
                    ("D-BUS Service", "SystemdService") => service.unit = Some(value.to_owned()),
                    _ => {}
                }
            }
            if service.name.is_empty() {
                log.trouble(ReasonCode::Malformed, &path);
            } else {
                service.exec_exists = service.exec.last().and_then(|exec| log.exists(Path::new(exec)));
                facts.push(service.into());
            }
        }
    }
    finish(context, log, facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
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
    fn entries_at_login() {
        let fixture = || {
            Fixture::new()
                .file("/etc/xdg/autostart/agent.desktop", "[Desktop Entry]\nExec=/opt/agent\n")
                .file("/home/anna/.config/autostart/agent.desktop", "[Desktop Entry]\nHidden=true\n")
                .file("/etc/xdg/autostart/other.desktop", "[Desktop Entry]\nExec=/opt/other\n")
        };
        assert_eq!(entries(&fixture().collect(xdg)), [("agent.desktop", Enabled::No, vec![]), ("other.desktop", Enabled::Yes, vec!["/opt/other"])]);
        assert_eq!(fixture().deny("/home/anna/.config").collect(xdg).of(Source::XdgAutostart), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        let malformed = fixture().file("/etc/xdg/autostart/x.desktop", "nothing").collect(xdg);
        assert_eq!(malformed.of(Source::XdgAutostart), (Status::Partial, Some(ReasonCode::Malformed)));
    }

    #[test]
    fn cron_tables() {
        let fixture = || {
            Fixture::new()
                .file("/etc/crontab", "SHELL=/bin/sh\n17 * * * * root cd / && /opt/a/report --key secret\n")
                .file("/etc/cron.d/b", "@daily root test -x /opt/b/run && /opt/b/run\n")
                .file("/etc/cron.daily/c", "#!/bin/sh")
                .file("/var/spool/cron/crontabs/anna", "* * * * * /home/anna/d\n")
        };
        let collected = fixture().collect(cron);
        let found = entries(&collected);
        assert_eq!(
            found,
            [
                ("c", Enabled::Yes, vec!["/etc/cron.daily/c"]),
                ("crontab", Enabled::Yes, vec!["/opt/a/report"]),
                ("b", Enabled::Yes, vec!["/opt/b/run"]),
                ("crontab", Enabled::Yes, vec!["/home/anna/d"])
            ]
        );
        assert!(!format!("{:?}", collected.facts).contains("secret"));
        let denied = fixture().deny("/var/spool/cron/crontabs").collect(cron);
        assert_eq!(denied.of(Source::Cron), (Status::Full, None));
        assert_eq!(denied.of(Source::CronOfOthers).1, Some(ReasonCode::PermissionDenied));
        assert_eq!(Fixture::new().collect(cron).of(Source::Cron), (Status::Full, Some(ReasonCode::Absent)));
        assert!(Fixture::new().file("/etc/crontab", b"\xff\xff\0 \n\n* *").collect(cron).facts.is_empty());
    }

    #[test]
    fn profiles_of_the_shell() {
        let profile = "# /opt/no\nexport A=/opt/no\nif [ -x /opt/no ]; then /opt/yes --x; fi\nexec tlog-rec\n~/agent.sh &\nls /opt/no\n";
        let fixture = || Fixture::new().file("/home/anna/.bashrc", profile).file("/usr/bin/tlog-rec", "").file("/etc/profile.d/z.sh", "x=1");
        let collected = fixture().collect(shell);
        assert_eq!(
            entries(&collected),
            [
                (".bashrc", Enabled::Yes, vec!["/home/anna/.bashrc", "/opt/yes", "/usr/bin/tlog-rec", "~/agent.sh"]),
                ("z.sh", Enabled::Yes, vec!["/etc/profile.d/z.sh"])
            ]
        );
        assert_eq!(fixture().deny("/home/anna/.bashrc").collect(shell).of(Source::ShellProfiles), (Status::Partial, Some(ReasonCode::PermissionDenied)));
    }

    #[test]
    fn dbus_services() {
        let folder = "/usr/share/dbus-1/services";
        let fixture = || Fixture::new().file(&format!("{folder}/a.service"), "[D-BUS Service]\nName=org.a\nExec=/opt/a\nSystemdService=a.service\n");
        assert_eq!(entries(&fixture().collect(dbus)), [("org.a", Enabled::OnDemand, vec!["/opt/a"])]);
        assert_eq!(fixture().file(&format!("{folder}/b.service"), "x").collect(dbus).of(Source::DbusServices), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(fixture().deny(folder).collect(dbus).of(Source::DbusServices), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(Fixture::new().collect(dbus).of(Source::DbusServices), (Status::Full, Some(ReasonCode::Absent)));
    }
}
