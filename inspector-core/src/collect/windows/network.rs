//! Proxy and DNS settings.

use std::path::Path;

use crate::collect::log::Log;
use crate::collect::registry::{Data, Values};
use crate::collect::{Collected, Context, without_secret};
use crate::facts::{Dns, Fact, Proxy, SetBy};
use crate::inventory::{ReasonCode, Source};
use crate::text;

const SETTINGS: &str = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
const POLICY: &str = "SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
const SESSION_MANAGER: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment";
const USER_ENVIRONMENT: &str = "HKCU\\Environment";

/// Nothing is said of "find it automatically" alone: that is how Windows comes.
pub(super) fn proxy(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Proxy);
    let mut found = Found::default();
    let mut for_everybody = false;
    for hive in ["HKLM", "HKCU"] {
        let Some(values) = log.values(&format!("{hive}\\{POLICY}")) else { continue };
        for_everybody |= hive == "HKLM" && values.number(&mut log, "ProxySettingsPerUser") == Some(0);
        found.settings(&mut log, &values, "Windows", SetBy::Policy);
    }
    // A policy decides whose settings Windows follows; the others are then without effect.
    let (hive, set_by) = if for_everybody { ("HKLM", SetBy::System) } else { ("HKCU", SetBy::User) };
    let settings = format!("{hive}\\{SETTINGS}");
    if let Some(values) = log.values(&settings) {
        found.settings(&mut log, &values, "Windows", set_by);
    }
    found.connection(&mut log, &format!("{settings}\\Connections"), "DefaultConnectionSettings", "Windows", set_by);
    // What services use, and programs that ask for it.
    found.connection(&mut log, &format!("HKLM\\{SETTINGS}\\Connections"), "WinHttpSettings", "WinHTTP", SetBy::System);
    for (key, set_by) in [(SESSION_MANAGER, SetBy::System), (USER_ENVIRONMENT, SetBy::User)] {
        let Some(values) = log.values(key) else { continue };
        for (name, data) in values.iter().filter(|(name, _)| is_proxy_variable(name)) {
            match data {
                Data::Text(address) => found.add(address, false, "session", set_by, &format!("{key}\\{name}")),
                _ => log.trouble(ReasonCode::Malformed, Path::new(&format!("{key}\\{name}"))),
            }
        }
    }
    for (name, address) in context.env.iter().filter(|(name, _)| is_proxy_variable(name)) {
        // Most come from the two keys. Who set another cannot be told from the session.
        let address = without_secret(address);
        if !found.proxies.iter().any(|proxy| proxy.used_by == "session" && proxy.address == address) {
            found.add(&address, false, "session", SetBy::Unknown, name);
        }
    }
    super::finish(context, log, found.proxies.into_iter().map(Fact::from).collect())
}

/// The most servers of one setting.
const MOST_SERVERS: usize = 32;

#[derive(Default)]
struct Found {
    proxies: Vec<Proxy>,
}

impl Found {
    fn add(&mut self, address: &str, automatic: bool, used_by: &str, set_by: SetBy, place: &str) {
        let address = without_secret(address.trim());
        // Windows keeps the same setting in several values.
        let known = self.proxies.iter().any(|other| other.address == address && other.used_by == used_by && other.set_by == set_by);
        if !address.is_empty() && !known {
            self.proxies.push(Proxy { address, automatic, used_by: used_by.into(), set_by, place: place.into() });
        }
    }

    /// One address for all, or `http=…;https=…` with one for each protocol.
    fn by_hand(&mut self, servers: &str, used_by: &str, set_by: SetBy, place: &str) {
        for server in servers.split([';', ' ']).take(MOST_SERVERS) {
            self.add(server.split_once('=').map_or(server, |(_, address)| address), false, used_by, set_by, place);
        }
    }

    /// The settings that the Internet Options show.
    fn settings(&mut self, log: &mut Log, values: &Values, used_by: &str, set_by: SetBy) {
        if values.number(log, "ProxyEnable").is_some_and(|on| on != 0)
            && let Some(servers) = values.text(log, "ProxyServer")
        {
            self.by_hand(servers, used_by, set_by, &values.place("ProxyServer"));
        }
        if let Some(address) = values.text(log, "AutoConfigURL") {
            self.add(address, true, used_by, set_by, &values.place("AutoConfigURL"));
        }
    }

    /// The settings of one connection, as Windows keeps them.
    fn connection(&mut self, log: &mut Log, key: &str, name: &str, used_by: &str, set_by: SetBy) {
        let Some(values) = log.values(key) else { return };
        let connection = match values.get(name) {
            None => return,
            Some(Data::Bytes(bytes)) => Connection::read(bytes),
            Some(_) => None,
        };
        let place = values.place(name);
        let Some(connection) = connection else { return log.trouble(ReasonCode::Malformed, Path::new(&place)) };
        self.by_hand(&connection.servers, used_by, set_by, &place);
        self.add(&connection.script, true, used_by, set_by, &place);
    }
}

/// What is in force for a connection.
struct Connection {
    /// Proxies, as a person writes them.
    servers: String,
    /// The address of a PAC file.
    script: String,
}

impl Connection {
    /// Version, a counter, and marks; then the proxies, what goes past them and the PAC file, each with its length before it. A value that
    /// is too short for what its marks say gives nothing.
    fn read(bytes: &[u8]) -> Option<Self> {
        const BY_HAND: u32 = 2;
        const BY_SCRIPT: u32 = 4;
        let mut rest = bytes.get(8..)?;
        let marks = number(&mut rest)?;
        let mut part = || {
            let length = number(&mut rest)?;
            let (part, after) = rest.split_at_checked(length.try_into().ok()?)?;
            rest = after;
            Some(text::from_bytes(part))
        };
        let mut connection = Self { servers: String::new(), script: String::new() };
        if marks & (BY_HAND | BY_SCRIPT) != 0 {
            connection.servers = part()?;
        }
        if marks & BY_SCRIPT != 0 {
            part()?;
            connection.script = part()?;
        }
        if marks & BY_HAND == 0 {
            connection.servers.clear();
        }
        Some(connection)
    }
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (number, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(u32::from_le_bytes(*number))
}

fn is_proxy_variable(name: &str) -> bool {
    matches!(name.to_ascii_lowercase().as_str(), "http_proxy" | "https_proxy" | "all_proxy" | "auto_proxy")
}

const DNS_CLIENT: &str = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\DNSClient";
const DNS_CACHE: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache";
const ADAPTERS: [&str; 2] = ["HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters", "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters"];

pub(super) fn dns(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Dns);
    let mut found: Vec<Dns> = Vec::new();
    let mut add = |servers: &str, place: String| {
        for server in servers.split([',', ';', ' ']).filter(|server| !server.is_empty()).take(MOST_SERVERS) {
            found.push(Dns { server: without_secret(server), place: place.clone() });
        }
    };
    let mut take = |log: &mut Log, key: &str, names: &[&str]| {
        let Some(values) = log.values(key) else { return };
        // The first that is set is in force: what was set by hand or by a policy goes before what the network gave.
        for name in names {
            if let Some(servers) = values.text(log, name) {
                return add(servers, values.place(name));
            }
        }
    };
    // Names that are asked somewhere else than at the usual servers.
    for rules in [format!("{DNS_CLIENT}\\DnsPolicyConfig"), format!("{DNS_CACHE}\\Parameters\\DnsPolicyConfig")] {
        for rule in log.keys(&rules) {
            let rule = format!("{rules}\\{rule}");
            take(&mut log, &rule, &["GenericDNSServers"]);
            take(&mut log, &rule, &["DirectAccessDNSServers"]);
        }
    }
    take(&mut log, DNS_CLIENT, &["NameServer"]);
    for parameters in ADAPTERS {
        take(&mut log, parameters, &["NameServer"]);
        let adapters = format!("{parameters}\\Interfaces");
        for adapter in log.keys(&adapters) {
            let key = format!("{adapters}\\{adapter}");
            let until = log.values(&key).and_then(|values| values.number(&mut log, "LeaseTerminatesTime"));
            // What a network gave is told until that is over; the keys of adapters and networks of long ago stay.
            let is_over = until.is_some_and(|until| i64::try_from(until).is_ok_and(|until| until < context.now));
            take(&mut log, &key, if is_over { &["NameServer"] } else { &["NameServer", "DhcpNameServer"] });
        }
    }
    // Servers that are asked over HTTPS, set for an adapter.
    let specific = format!("{DNS_CACHE}\\InterfaceSpecificParameters");
    for adapter in log.keys(&specific) {
        for protocol in ["Doh", "Doh6"] {
            let servers = format!("{specific}\\{adapter}\\DohInterfaceSettings\\{protocol}");
            for server in log.keys(&servers) {
                take(&mut log, &format!("{servers}\\{server}"), &["DohTemplate"]);
            }
        }
    }
    Collected { facts: found.into_iter().map(Fact::from).collect(), coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    fn key(hive: &str, rest: &str) -> String {
        format!("{hive}\\{rest}")
    }

    fn connection(marks: u32, parts: &[&str]) -> Data {
        let mut bytes: Vec<u8> = [0x46, 7, marks].iter().flat_map(|number: &u32| number.to_le_bytes()).collect();
        for part in parts {
            bytes.extend(u32::try_from(part.len()).unwrap().to_le_bytes());
            bytes.extend(part.as_bytes());
        }
        bytes.extend([0; 32]);
        Data::Bytes(bytes)
    }

    fn found(collected: &Collected) -> Vec<(&str, bool, &str, SetBy)> {
        fn one(fact: &Fact) -> (&str, bool, &str, SetBy) {
            match fact {
                Fact::Proxy(proxy) => (proxy.address.as_str(), proxy.automatic, proxy.used_by.as_str(), proxy.set_by),
                _ => panic!("{fact:?}"),
            }
        }
        collected.facts.iter().map(one).collect()
    }

    #[test]
    fn proxies_of_every_place() {
        let own = key("HKCU", SETTINGS);
        let collected = Fixture::new()
            .number(&own, "ProxyEnable", 1)
            .text(&own, "ProxyServer", "http=proxy.example:80;https=anna:secret@proxy.example:443")
            .text(&own, "AutoConfigURL", "http://pac.example/p.pac?key=secret")
            .value(&format!("{own}\\Connections"), "DefaultConnectionSettings", connection(15, &["proxy.example:80", "<local>", "http://other.example/p"]))
            .value(&key("HKLM", &format!("{SETTINGS}\\Connections")), "WinHttpSettings", connection(3, &["10.0.0.1:8080", ""]))
            .text(&key("HKCU", POLICY), "AutoConfigURL", "http://policy.example/p")
            .text(USER_ENVIRONMENT, "https_proxy", "http://anna:secret@127.0.0.1:3128")
            .env("HTTPS_PROXY", "http://127.0.0.1:3128")
            .env("ALL_PROXY", "socks5://10.0.0.2:1080")
            .collect_windows(proxy);
        let expected = [
            ("http://policy.example/p", true, "Windows", SetBy::Policy),
            ("proxy.example:80", false, "Windows", SetBy::User),
            ("proxy.example:443", false, "Windows", SetBy::User),
            ("http://pac.example/p.pac", true, "Windows", SetBy::User),
            ("http://other.example/p", true, "Windows", SetBy::User),
            ("10.0.0.1:8080", false, "WinHTTP", SetBy::System),
            ("http://127.0.0.1:3128", false, "session", SetBy::User),
            ("socks5://10.0.0.2:1080", false, "session", SetBy::Unknown),
        ];
        assert_eq!(found(&collected), expected);
        assert_eq!(collected.of(Source::Proxy), (Status::Full, None));
    }

    #[test]
    fn a_policy_can_put_the_settings_of_the_computer_before_those_of_the_user() {
        let fixture = || {
            Fixture::new()
                .number(&key("HKLM", SETTINGS), "ProxyEnable", 1)
                .text(&key("HKLM", SETTINGS), "ProxyServer", "proxy.example:80")
                .number(&key("HKCU", SETTINGS), "ProxyEnable", 1)
                .text(&key("HKCU", SETTINGS), "ProxyServer", "own.example:80")
        };
        assert_eq!(found(&fixture().collect_windows(proxy)), [("own.example:80", false, "Windows", SetBy::User)]);
        let for_everybody = fixture().number(&key("HKLM", POLICY), "ProxySettingsPerUser", 0).collect_windows(proxy);
        assert_eq!(found(&for_everybody), [("proxy.example:80", false, "Windows", SetBy::System)]);
    }

    #[test]
    fn what_is_switched_off_or_usual_is_no_proxy() {
        let own = key("HKCU", SETTINGS);
        let collected = Fixture::new()
            .number(&own, "ProxyEnable", 0)
            .text(&own, "ProxyServer", "proxy.example:80")
            .number(&own, "AutoDetect", 1)
            .value(&format!("{own}\\Connections"), "DefaultConnectionSettings", connection(9, &["proxy.example:80", "", ""]))
            .value(&key("HKLM", &format!("{SETTINGS}\\Connections")), "WinHttpSettings", connection(1, &["", ""]))
            .collect_windows(proxy);
        assert!(collected.facts.is_empty(), "{:?}", collected.facts);
        assert_eq!(collected.of(Source::Proxy), (Status::Full, None));
    }

    #[test]
    fn proxies_absent_denied_and_malformed() {
        assert_eq!(Fixture::new().collect_windows(proxy).of(Source::Proxy), (Status::Full, Some(ReasonCode::Absent)));
        let own = key("HKCU", SETTINGS);
        let denied = Fixture::new().number(&own, "ProxyEnable", 1).deny_key(&own).collect_windows(proxy);
        assert_eq!(denied.of(Source::Proxy), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(Fixture::new().homeless().collect_windows(proxy).of(Source::Proxy).1, Some(ReasonCode::NoHome));
        let Data::Bytes(whole) = connection(7, &["proxy.example:80", "", "http://pac.example"]) else { panic!() };
        for broken in [Data::Bytes(whole[..20].into()), Data::Bytes(whole[..5].into()), Data::Bytes([0xFF; 64].into()), Data::Text("text".into())] {
            let collected = Fixture::new().value(&format!("{own}\\Connections"), "DefaultConnectionSettings", broken).collect_windows(proxy);
            assert_eq!(collected.of(Source::Proxy), (Status::Partial, Some(ReasonCode::Malformed)));
        }
        let wrong = Fixture::new().text(&own, "ProxyEnable", "yes").number(&own, "AutoConfigURL", 1).number(USER_ENVIRONMENT, "HTTP_PROXY", 1);
        assert_eq!(wrong.collect_windows(proxy).of(Source::Proxy), (Status::Partial, Some(ReasonCode::Malformed)));
    }

    #[test]
    fn name_servers() {
        let adapters = format!("{}\\Interfaces", ADAPTERS[0]);
        let doh = format!("{DNS_CACHE}\\InterfaceSpecificParameters\\{{A}}\\DohInterfaceSettings\\Doh\\9.9.9.9");
        let collected = Fixture::new()
            .text(&format!("{DNS_CLIENT}\\DnsPolicyConfig\\{{R}}"), "GenericDNSServers", "10.1.0.1;10.1.0.2")
            .text(DNS_CLIENT, "SearchList", "acme.example")
            .text(&format!("{adapters}\\{{A}}"), "NameServer", "9.9.9.9,149.112.112.112")
            .text(&format!("{adapters}\\{{A}}"), "DhcpNameServer", "192.168.1.1")
            .text(&format!("{adapters}\\{{B}}"), "NameServer", "")
            .text(&format!("{adapters}\\{{B}}"), "DhcpNameServer", "192.168.1.1 192.168.1.2")
            .text(&doh, "DohTemplate", "https://dns.example/dns-query")
            .collect_windows(dns);
        let servers: Vec<_> = collected.facts.iter().map(|fact| if let Fact::Dns(dns) = fact { dns.server.as_str() } else { panic!() }).collect();
        let expected = ["10.1.0.1", "10.1.0.2", "9.9.9.9", "149.112.112.112", "192.168.1.1", "192.168.1.2", "https://dns.example/dns-query"];
        assert_eq!(servers, expected);
        assert_eq!(collected.facts[5].place(), format!("{adapters}\\{{B}}\\DhcpNameServer"));
        assert_eq!(Fixture::new().collect_windows(dns).of(Source::Dns), (Status::Full, Some(ReasonCode::Absent)));
        let denied = Fixture::new().key(&adapters).deny_key("HKLM\\SYSTEM").collect_windows(dns);
        assert_eq!(denied.of(Source::Dns), (Status::None, Some(ReasonCode::PermissionDenied)));
        let wrong = Fixture::new().number(&format!("{adapters}\\{{A}}"), "NameServer", 1).collect_windows(dns);
        assert_eq!(wrong.of(Source::Dns), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
