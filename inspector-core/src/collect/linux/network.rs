//! Proxy and DNS settings.

use std::path::Path;

use super::{keys_and_values, places};
use crate::collect::log::Log;
use crate::collect::{Collected, Context, path_text, without_secret};
use crate::facts::{Dns, Fact, Proxy, SetBy};
use crate::inventory::{ReasonCode, Source};
use crate::text;

pub(super) fn proxy(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Proxy);
    let mut facts: Vec<Fact> = Vec::new();
    let mut add = |address: &str, automatic: bool, used_by: &str, set_by, place: &str| {
        let address = without_secret(address);
        let known = facts.iter().any(|fact| matches!(fact, Fact::Proxy(other) if other.address == address && other.place == place));
        if !address.is_empty() && !known {
            facts.push(Proxy { address, automatic, used_by: used_by.into(), set_by, place: place.into() }.into());
        }
    };
    for (name, value) in of_session(context) {
        // Who set a variable of the session cannot be told from the session.
        add(value, false, "session", SetBy::Unknown, name);
    }
    for (file, set_by) in [("/etc/environment", SetBy::System), ("/etc/default/docker", SetBy::System), ("~/.pam_environment", SetBy::User)] {
        for path in places(context, &[file]) {
            for line in text::from_bytes(&log.read_up_to(&path, 1 << 20).unwrap_or_default()).lines() {
                let line = line.trim().trim_start_matches("export ");
                if let Some((name, value)) = line.split_once('=').filter(|(name, _)| is_proxy_variable(name)) {
                    add(value.trim_matches(['"', '\'']), false, "session", set_by, &format!("{}: {name}", path_text(&path)));
                }
            }
        }
    }
    for path in places(context, &["~/.config/kioslaverc"]) {
        let contents = text::from_bytes(&log.read_up_to(&path, 1 << 20).unwrap_or_default());
        let value = |wanted: &str| keys_and_values(&contents).find(|(_, key, _)| *key == wanted).map_or("", |(_, _, value)| value);
        // 0 none, 1 by hand, 2 PAC file, 3 found automatically, 4 from the environment.
        match value("ProxyType") {
            "1" => ["httpProxy", "httpsProxy", "socksProxy"].iter().for_each(|key| add(value(key), false, "KDE", SetBy::User, &path_text(&path))),
            "2" => add(value("Proxy Config Script"), true, "KDE", SetBy::User, &path_text(&path)),
            "3" => add("wpad", true, "KDE", SetBy::User, &path_text(&path)),
            _ => {}
        }
    }
    // What an administrator sets for GNOME lies in text files beside the compiled database; the worker's own choice only in the compiled one.
    for folder in ["/etc/dconf/db/local.d", "/etc/dconf/db/site.d"].map(Path::new) {
        for entry in log.list(folder) {
            let path = folder.join(&entry.name);
            if entry.what != crate::collect::What::File {
                continue;
            }
            let contents = text::from_bytes(&log.read_up_to(&path, 1 << 20).unwrap_or_default());
            for (section, key, value) in keys_and_values(&contents) {
                let value = value.trim_matches('\'');
                match (section, key) {
                    ("system/proxy", "autoconfig-url") => add(value, true, "GNOME", SetBy::Policy, &path_text(&path)),
                    ("system/proxy/http" | "system/proxy/https" | "system/proxy/socks", "host") => add(value, false, "GNOME", SetBy::Policy, &path_text(&path)),
                    _ => {}
                }
            }
        }
    }
    for own in places(context, &["~/.config/dconf/user"]) {
        let mentions = log.read(&own).is_some_and(|database| memchr::memmem::find(&database, b"autoconfig-url").is_some());
        if mentions {
            log.trouble(ReasonCode::UnsupportedFormat, &own);
        }
    }
    let apt = Path::new("/etc/apt/apt.conf.d");
    for entry in log.list(apt) {
        let path = apt.join(&entry.name);
        for line in text::from_bytes(&log.read_up_to(&path, 1 << 20).unwrap_or_default()).lines() {
            let line = line.trim();
            if let Some(value) = ["Acquire::http::Proxy", "Acquire::https::Proxy"].iter().find_map(|key| line.strip_prefix(key)) {
                // Only the package manager goes through it.
                add(value.trim().trim_matches([';', '"', ' ']), false, "apt", SetBy::System, &path_text(&path));
            }
        }
    }
    super::apps::finish(context, log, facts)
}

/// The variables of the session that name a proxy, on every Unix, with what they say.
pub(in crate::collect) fn of_session<'a>(context: &'a Context) -> impl Iterator<Item = (&'a str, &'a str)> {
    context.env.iter().filter(|(name, _)| is_proxy_variable(name)).map(|(name, value)| (name.as_str(), value.as_str()))
}

fn is_proxy_variable(name: &str) -> bool {
    matches!(name.to_ascii_lowercase().as_str(), "http_proxy" | "https_proxy" | "all_proxy" | "auto_proxy")
}

pub(super) fn dns(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Dns);
    let mut facts = Vec::new();
    // What systemd-resolved really asks lies in its own file; /etc/resolv.conf then only names its stub.
    for place in ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"] {
        let contents = text::from_bytes(&log.read_up_to(Path::new(place), 1 << 20).unwrap_or_default());
        for line in contents.lines() {
            let mut words = line.split_whitespace();
            if matches!(words.next(), Some("nameserver" | "search" | "domain")) {
                facts.extend(words.map(|server| Fact::from(Dns { server: server.into(), place: place.into() })));
            }
        }
        if contents.contains('\0') {
            log.trouble(ReasonCode::Malformed, Path::new(place));
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    fn found(collected: &Collected) -> Vec<(&str, bool, SetBy)> {
        collected.facts.iter().map(|fact| if let Fact::Proxy(p) = fact { (p.address.as_str(), p.automatic, p.set_by) } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn proxies_of_every_place() {
        let collected = Fixture::new()
            .env("https_proxy", "http://anna:secret@proxy.example:3128/")
            .file("/etc/environment", "HTTP_PROXY=\"http://10.0.0.1:80\"\n")
            .file("/home/anna/.config/kioslaverc", "[Proxy Settings]\nProxyType=2\nProxy Config Script=http://wpad/x.pac\n")
            .file("/etc/dconf/db/local.d/00-proxy", "[system/proxy]\nautoconfig-url='http://pac.example/p'\n")
            .file("/etc/apt/apt.conf.d/proxy", "Acquire::http::Proxy \"http://cache:3142\";\n")
            .collect(proxy);
        assert_eq!(
            found(&collected),
            [
                ("http://proxy.example:3128/", false, SetBy::Unknown),
                ("http://10.0.0.1:80", false, SetBy::System),
                ("http://wpad/x.pac", true, SetBy::User),
                ("http://pac.example/p", true, SetBy::Policy),
                ("http://cache:3142", false, SetBy::System)
            ]
        );
    }

    #[test]
    fn absent_denied_and_malformed() {
        assert_eq!(Fixture::new().collect(proxy).of(Source::Proxy), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(
            Fixture::new().file("/etc/environment", "x").deny("/etc/environment").collect(proxy).of(Source::Proxy),
            (Status::None, Some(ReasonCode::PermissionDenied))
        );
        let compiled = Fixture::new().file("/home/anna/.config/dconf/user", b"GVariant\0autoconfig-url\0").collect(proxy);
        assert_eq!(compiled.of(Source::Proxy), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
        assert_eq!(Fixture::new().file("/etc/resolv.conf", "nameserver 1.1.1.1\n").collect(dns).facts.len(), 1);
        assert_eq!(
            Fixture::new().file("/etc/resolv.conf", "x").deny("/etc/resolv.conf").collect(dns).of(Source::Dns),
            (Status::None, Some(ReasonCode::PermissionDenied))
        );
        assert_eq!(Fixture::new().file("/etc/resolv.conf", "\0").collect(dns).of(Source::Dns), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(Fixture::new().collect(dns).of(Source::Dns), (Status::Full, Some(ReasonCode::Absent)));
    }
}
