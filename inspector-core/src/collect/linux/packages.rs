//! Installed packages: dpkg, rpm, pacman.

use std::collections::HashMap;
use std::path::Path;

use super::rpm;
use crate::collect::log::Log;
use crate::collect::{Collected, Context};
use crate::facts::{Fact, Package};
use crate::inventory::{ReasonCode, Source, Status};
use crate::text;

const DPKG: &str = "/var/lib/dpkg/status";
/// No computer has so many; a file that says so is not what it seems.
const MOST_PACKAGES: usize = 100_000;
/// The database of a computer with 10,000 packages takes about 15 MB.
const DPKG_LIMIT: u64 = 256 << 20;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Packages);
    let mut facts = dpkg(&mut log);
    facts.append(&mut pacman(&mut log));
    facts.append(&mut rpm::collect(context, &mut log));
    let mut coverage = log.finish();
    if coverage.checked == 0 && coverage.status == Status::Full {
        // A Linux without any package database is one that this version cannot read, not one without programs.
        coverage.status = Status::None;
        coverage.reason = coverage.reason.map(|reason| crate::inventory::Reason { code: ReasonCode::UnsupportedFormat, ..reason });
    }
    Collected { facts, coverage: vec![coverage] }
}

fn dpkg(log: &mut Log) -> Vec<Fact> {
    let Some(status) = log.read_up_to(Path::new(DPKG), DPKG_LIMIT) else { return Vec::new() };
    let mut facts = Vec::new();
    let mut broken = false;
    let mut rest = status.trim_ascii();
    while !rest.is_empty() {
        if facts.len() >= MOST_PACKAGES {
            log.trouble(ReasonCode::TooMany, Path::new(DPKG));
            break;
        }
        let (mut name, mut version, mut state, mut arch, mut multi) = (None, None, None, None, None);
        // The lines of one paragraph; an empty line ends it.
        loop {
            let (line, after) = rest.split_at(memchr::memchr(b'\n', rest).unwrap_or(rest.len()));
            rest = after.get(1..).unwrap_or_default();
            let field = |key: &[u8]| line.strip_prefix(key).map(<[u8]>::trim_ascii);
            match line.first() {
                None => break,
                Some(b'P') => name = name.or(field(b"Package:")),
                Some(b'V') => version = version.or(field(b"Version:")),
                Some(b'S') => state = state.or(field(b"Status:")),
                Some(b'A') => arch = arch.or(field(b"Architecture:")),
                Some(b'M') => multi = multi.or(field(b"Multi-Arch:")),
                _ => {}
            }
        }
        rest = rest.trim_ascii_start();
        let (Some(name), Some(state)) = (name, state) else {
            broken = true;
            continue;
        };
        // The third word of the status: what is really on the disk.
        let state = state.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
        if state == b"not-installed" {
            continue;
        }
        let name = text::from_bytes(name);
        // dpkg names the list after the architecture too where packages of several may be installed beside each other.
        let list = |arch: &str| log.modified(&["/var/lib/dpkg/info/", &name, arch, ".list"].concat());
        let with_arch = || list(&format!(":{}", text::from_bytes(arch.unwrap_or_default())));
        let since = if multi == Some(b"same") { with_arch().or_else(|| list("")) } else { list("").or_else(with_arch) };
        facts.push(
            Package { id: ["deb:", &name].concat(), version: version.map(text::from_bytes), removed: state == b"config-files", since, place: DPKG.into() }
                .into(),
        );
    }
    if broken {
        log.trouble(ReasonCode::Malformed, Path::new(DPKG));
    }
    log.checked(facts.len());
    facts
}

fn pacman(log: &mut Log) -> Vec<Fact> {
    const LOCAL: &str = "/var/lib/pacman/local";
    let mut facts = Vec::new();
    for entry in log.list(Path::new(LOCAL)) {
        let path = Path::new(LOCAL).join(&entry.name).join("desc");
        let Some(desc) = log.read_up_to(&path, 1 << 20) else { continue };
        let desc = text::from_bytes(&desc);
        let mut fields = HashMap::new();
        let mut lines = desc.lines();
        while let Some(line) = lines.next() {
            if line.starts_with('%') {
                fields.insert(line, lines.next().unwrap_or_default());
            }
        }
        let place = crate::collect::path_text(&path);
        match fields.get("%NAME%") {
            Some(name) => facts.push(
                Package {
                    id: format!("pacman:{name}"),
                    version: fields.get("%VERSION%").map(ToString::to_string),
                    removed: false,
                    since: fields.get("%INSTALLDATE%").and_then(|date| date.parse().ok()),
                    place,
                }
                .into(),
            ),
            None => log.trouble(ReasonCode::Malformed, &path),
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;

    const STATUS: &str = "Package: acct\nStatus: install ok installed\nArchitecture: amd64\nVersion: 6.6.4-5\nDescription: x\n Package: not-me\n\n\
        Package: snoopy\nStatus: deinstall ok config-files\nVersion: 2\n\nPackage: never\nStatus: unknown ok not-installed\n";

    fn found(collected: &Collected) -> Vec<(&str, bool)> {
        collected.facts.iter().map(|fact| if let Fact::Package(p) = fact { (p.id.as_str(), p.removed) } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn dpkg_and_pacman() {
        let collected = Fixture::new()
            .file(DPKG, STATUS)
            .file("/var/lib/dpkg/info/acct.list", "")
            .file("/var/lib/pacman/local/x-1/desc", "%NAME%\nx\n\n%VERSION%\n1\n")
            .collect(collect);
        assert_eq!(found(&collected), [("deb:acct", false), ("deb:snoopy", true), ("pacman:x", false)]);
        assert!(matches!(&collected.facts[0], Fact::Package(acct) if acct.since.is_some() && acct.version.as_deref() == Some("6.6.4-5")));
        assert_eq!(collected.of(Source::Packages), (Status::Full, None));
    }

    #[test]
    fn absent_denied_and_malformed() {
        assert_eq!(Fixture::new().collect(collect).of(Source::Packages), (Status::None, Some(ReasonCode::UnsupportedFormat)));
        assert_eq!(
            Fixture::new().file(DPKG, STATUS).deny("/var/lib/dpkg").collect(collect).of(Source::Packages),
            (Status::None, Some(ReasonCode::PermissionDenied))
        );
        let malformed = Fixture::new().file(DPKG, format!("\u{0}\u{1}rubbish\n\n{STATUS}")).collect(collect);
        assert_eq!(found(&malformed).len(), 2);
        assert_eq!(malformed.of(Source::Packages), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
