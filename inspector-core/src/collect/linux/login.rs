//! Modules that take part in logging in (PAM) and in looking up accounts (NSS).

use std::collections::BTreeMap;
use std::path::Path;

use super::base_name;
use crate::collect::log::Log;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{AuthModule, AuthSystem, Fact};
use crate::inventory::{ReasonCode, Source};
use crate::text;

pub(super) fn pam(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Pam);
    // Module → first place, and the services that use it.
    let mut modules: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for folder in ["/etc/pam.d", "/usr/lib/pam.d"].map(Path::new) {
        for entry in log.list(folder) {
            let path = folder.join(&entry.name);
            let Some(bytes) = log.read_up_to(&path, 1 << 20) else { continue };
            let contents = text::from_bytes(&bytes);
            if !bytes.is_ascii() && std::str::from_utf8(&bytes).is_err() {
                log.trouble(ReasonCode::Malformed, &path);
            }
            for module in contents.lines().filter_map(module_of) {
                let service = text::from_bytes(entry.name.as_encoded_bytes());
                let (_, used_by) = modules.entry(module).or_insert_with(|| (path_text(&path), Vec::new()));
                if used_by.last() != Some(&service) {
                    used_by.push(service);
                }
            }
        }
    }
    let facts = modules
        .into_iter()
        .map(|(module, (place, used_by))| AuthModule { system: AuthSystem::Pam, pam: Some(module), used_by, place, ..AuthModule::default() }.into());
    Collected { facts: facts.collect(), coverage: vec![log.finish()] }
}

/// The module in a line `type control module arguments`; the control may be a list in brackets. Arguments can hold secrets and are not kept.
fn module_of(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches('-');
    if line.starts_with(['#', '@']) {
        return None;
    }
    let (_, rest) = line.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let rest = if rest.starts_with('[') { rest.split_once(']')?.1 } else { rest.split_once(char::is_whitespace)?.1 };
    let module = base_name(rest.split_whitespace().next()?);
    module.ends_with(".so").then(|| module.to_owned())
}

pub(super) fn nss(context: &Context) -> Collected {
    const PLACE: &str = "/etc/nsswitch.conf";
    let mut log = Log::new(context, Source::Nss);
    let mut modules: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(bytes) = log.read_up_to(Path::new(PLACE), 1 << 20) {
        let text = text::from_bytes(&bytes);
        let lines = || text.lines().filter_map(|line| line.split('#').next()).filter(|line| !line.trim().is_empty());
        for (database, services) in lines().filter_map(|line| line.split_once(':')) {
            // `files [NOTFOUND=return] dns`
            for service in services.split_whitespace().filter(|word| !word.contains(['[', ']', '='])) {
                modules.entry(service.to_owned()).or_default().push(database.trim().to_owned());
            }
        }
        if lines().any(|line| !line.contains(':')) {
            log.trouble(ReasonCode::Malformed, Path::new(PLACE));
        }
    }
    let facts: Vec<Fact> = modules
        .into_iter()
        .map(|(module, used_by)| AuthModule { system: AuthSystem::Nss, nss: Some(module), used_by, place: PLACE.into(), ..AuthModule::default() }.into())
        .collect();
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    fn found(collected: &Collected) -> Vec<(&str, usize)> {
        collected
            .facts
            .iter()
            .map(|fact| match fact {
                Fact::AuthModule(module) => (module.pam.as_deref().or(module.nss.as_deref()).unwrap(), module.used_by.len()),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn modules_of_pam() {
        let fixture = || {
            Fixture::new()
                .file(
                    "/etc/pam.d/sshd",
                    "# x\n@include common-auth\nsession required pam_tty_audit.so enable=*\nsession [success=1 default=ignore] /lib/security/pam_unix.so\n",
                )
                .file("/etc/pam.d/login", "-session optional pam_tty_audit.so secret=1\n")
        };
        let collected = fixture().collect(pam);
        assert_eq!(found(&collected), [("pam_tty_audit.so", 2), ("pam_unix.so", 1)]);
        assert!(!format!("{:?}", collected.facts).contains("secret"));
        assert_eq!(fixture().deny("/etc/pam.d").collect(pam).of(Source::Pam), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(Fixture::new().collect(pam).of(Source::Pam), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(fixture().file("/etc/pam.d/x", b"\xff\xff").collect(pam).of(Source::Pam), (Status::Partial, Some(ReasonCode::Malformed)));
    }

    #[test]
    fn modules_of_nss() {
        let fixture = || Fixture::new().file("/etc/nsswitch.conf", "passwd: files sss # x\nhosts: files [NOTFOUND=return] dns\n");
        assert_eq!(found(&fixture().collect(nss)), [("dns", 1), ("files", 2), ("sss", 1)]);
        assert_eq!(fixture().deny("/etc/nsswitch.conf").collect(nss).of(Source::Nss), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(Fixture::new().collect(nss).of(Source::Nss), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(Fixture::new().file("/etc/nsswitch.conf", "rubbish").collect(nss).of(Source::Nss), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
