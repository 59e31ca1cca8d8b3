//! Proxies, servers for names, and what network traffic goes through.

use std::path::Path;

use super::NETWORK;
use super::calls::Tool;
use crate::collect::linux::of_session;
use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary, Unread, Value};
use crate::collect::{Collected, Context, without_secret};
use crate::facts::{Dns, Fact, NetworkExtension, NetworkSort, Proxy, SetBy};
use crate::inventory::{ReasonCode, Source};

/// Filters, tunnels and the like that programs or profiles added.
const EXTENSIONS: &str = "/Library/Preferences/com.apple.networkextension.plist";

/// The most servers, proxies or configurations that are told of.
const MOST: usize = 200;

/// Who stands in the network, in a configuration: a filter, a filter of packets, a tunnel.
const PROVIDER: [&str; 5] =
    ["dataproviderbundleidentifier", "packetproviderbundleidentifier", "neproviderbundleidentifier", "providerbundleidentifier", "plugintype"];

/// The services of the location that is in use: Ethernet, Wi-Fi, tunnels.
fn services(network: &Dictionary) -> Vec<&Dictionary> {
    let Some(services) = plist::inner(network, "NetworkServices") else { return Vec::new() };
    let chosen = plist::text(network, "CurrentSet").and_then(|set| Some(set.rsplit('/').next()?.to_owned()));
    let set = chosen.and_then(|set| plist::inner(plist::inner(network, "Sets")?, &set));
    let of_set = set.and_then(|set| plist::inner(plist::inner(set, "Network")?, "Service"));
    // A computer of which nobody knows the location may use any of them.
    let is_in_use = |id: &String| of_set.is_none_or(|of_set| of_set.contains_key(id));
    let services = services.iter().filter(|(id, _)| is_in_use(id)).filter_map(|(_, service)| service.as_dictionary());
    services.filter(|service| plist::yes(service, "__INACTIVE__") != Some(true)).collect()
}

/// What `scutil` says is in use now, its lines `key : value` as texts; nothing on a disk. A key may come several times: each line stands for itself.
fn in_use(log: &mut Log, context: &Context, tool: Tool) -> Vec<Dictionary> {
    let Some(mac) = context.mac else { return Vec::new() };
    let answer = log.keep(Path::new("scutil"), mac.ask(tool)).unwrap_or_default();
    let text = crate::text::from_bytes(&answer);
    let lines = text.lines().filter_map(|line| line.split_once(" : ")).map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
    let lines = lines.take(10 * MOST).map(|(key, value)| (key, Value::String(value.chars().take(300).collect())));
    if tool == Tool::Proxies { vec![lines.collect()] } else { lines.map(|line| [line].into_iter().collect()).collect() }
}

/// A part of a service, unless it is switched off.
fn part<'a>(service: &'a Dictionary, name: &str) -> Option<&'a Dictionary> {
    plist::inner(service, name).filter(|part| plist::yes(part, "__INACTIVE__") != Some(true))
}

pub(super) fn proxy(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Proxy);
    let mut proxies: Vec<Proxy> = Vec::new();
    let mut add = |address: &str, automatic, used_by: &str, set_by, place: &str| {
        let proxy = Proxy { address: without_secret(address), automatic, used_by: used_by.into(), set_by, place: place.into() };
        // Wi-Fi and Ethernet mostly have the same.
        if !proxy.address.is_empty() && proxies.len() < MOST && !proxies.contains(&proxy) {
            proxies.push(proxy);
        }
    };
    for (name, value) in of_session(context) {
        // Who set a variable of the session cannot be told from the session.
        add(value, false, "session", SetBy::Unknown, name);
    }
    let network = plist::read(&mut log, Path::new(NETWORK)).unwrap_or_default();
    // What a tunnel, the network or a profile set is nowhere on the disk.
    let now = in_use(&mut log, context, Tool::Proxies);
    for proxies in services(&network).into_iter().filter_map(|service| part(service, "Proxies")).chain(&now) {
        let is_on = |key: &str| plist::yes(proxies, key) == Some(true);
        for kind in ["HTTP", "HTTPS", "SOCKS", "FTP", "RTSP", "Gopher"] {
            let host = plist::text(proxies, &format!("{kind}Proxy")).filter(|_| is_on(&format!("{kind}Enable")));
            let Some(host) = host else { continue };
            let port = proxies
                .get(&format!("{kind}Port"))
                .and_then(|port| port.as_unsigned_integer().or_else(|| port.as_string()?.parse().ok()))
                .filter(|port| (1..=65_535).contains(port));
            add(&port.map_or_else(|| host.clone(), |port| format!("{host}:{port}")), false, "macOS", SetBy::System, NETWORK);
        }
        if is_on("ProxyAutoConfigEnable") {
            add(&plist::text(proxies, "ProxyAutoConfigURLString").unwrap_or_default(), true, "macOS", SetBy::System, NETWORK);
        }
        if is_on("ProxyAutoDiscoveryEnable") {
            add("wpad", true, "macOS", SetBy::System, NETWORK);
        }
    }
    Collected { facts: proxies.into_iter().map(Fact::from).collect(), coverage: vec![log.finish()] }
}

pub(super) fn dns(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Dns);
    let mut servers: Vec<String> = Vec::new();
    let network = plist::read(&mut log, Path::new(NETWORK)).unwrap_or_default();
    // Servers that a network gives out are nowhere on the disk.
    for (key, value) in in_use(&mut log, context, Tool::NameServers).into_iter().flatten() {
        let Value::String(server) = value else { continue };
        if (key.starts_with("nameserver") || key.starts_with("search domain")) && servers.len() < MOST && !servers.contains(&server) {
            servers.push(server);
        }
    }
    for dns in services(&network).into_iter().filter_map(|service| part(service, "DNS")) {
        for server in plist::texts(dns, "ServerAddresses").into_iter().chain(plist::texts(dns, "SearchDomains")) {
            if servers.len() < MOST && !servers.contains(&server) {
                servers.push(server);
            }
        }
    }
    if servers.len() >= MOST {
        log.trouble(ReasonCode::TooMany, Path::new(NETWORK));
    }
    let facts = servers.into_iter().map(|server| Dns { server, place: NETWORK.into() }.into()).collect();
    Collected { facts, coverage: vec![log.finish()] }
}

pub(super) fn extensions(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::NetworkExtensions);
    let mut found = configured(&mut log);
    let network = plist::read(&mut log, Path::new(NETWORK)).unwrap_or_default();
    for service in services(&network).into_iter().filter_map(tunnel) {
        // The system makes a service of each tunnel.
        if !found.iter().any(|known| known.sort == service.sort && known.bundle_id.is_some() && known.bundle_id == service.bundle_id) {
            found.push(service);
        }
    }
    // A rule of a profile and what the system made of it are one.
    for by_profile in super::profiles::network_extensions(context, &mut log) {
        match found.iter_mut().find(|other| other.sort == by_profile.sort && other.bundle_id.is_some() && other.bundle_id == by_profile.bundle_id) {
            Some(known) => known.set_by = SetBy::Policy,
            None => found.push(by_profile),
        }
    }
    Collected { facts: found.into_iter().map(Fact::from).collect(), coverage: vec![log.finish()] }
}

/// A tunnel among the services of the network.
fn tunnel(service: &Dictionary) -> Option<NetworkExtension> {
    let interface = plist::inner(service, "Interface")?;
    let (kind, below) = (plist::text(interface, "Type")?, plist::text(interface, "SubType"));
    let is_tunnel = match kind.as_str() {
        "VPN" | "IPSec" => true,
        // A modem is no tunnel.
        "PPP" => matches!(below.as_deref(), Some("L2TP" | "PPTP")),
        _ => false,
    };
    is_tunnel.then(|| NetworkExtension {
        name: plist::text(service, "UserDefinedName").unwrap_or_default(),
        sort: NetworkSort::Vpn,
        bundle_id: below.filter(|_| kind == "VPN"),
        on: None,
        set_by: SetBy::Unknown,
        place: NETWORK.into(),
    })
}

/// What programs and profiles added, from an archive of the system's own objects, which no documentation describes.
fn configured(log: &mut Log) -> Vec<NetworkExtension> {
    let path = Path::new(EXTENSIONS);
    let Some(list) = plist::read(log, path) else { return Vec::new() };
    let mut found = Vec::new();
    let mut troubles = Vec::new();
    if list.contains_key("$objects") {
        troubles.extend(take(&list, &mut found).err());
    } else {
        // Every configuration may be an archive of its own.
        let archives: Vec<_> = list.values().filter_map(Value::as_data).take(MOST).collect();
        if archives.is_empty() && !list.is_empty() {
            log.trouble(ReasonCode::UnsupportedFormat, path);
        }
        for bytes in archives {
            if log.in_time().is_err() {
                troubles.push(Unread::TooMany);
                break;
            }
            let archive = plist::parse(bytes).and_then(|value| value.into_dictionary().ok_or(Unread::Malformed));
            troubles.extend(archive.and_then(|archive| take(&archive, &mut found)).err());
        }
    }
    for trouble in troubles {
        log.trouble(if trouble == Unread::TooMany { ReasonCode::TooMany } else { ReasonCode::Malformed }, path);
    }
    found
}

/// Takes the configurations out of an archive.
fn take(archive: &Dictionary, found: &mut Vec<NetworkExtension>) -> Result<(), Unread> {
    let plain = plist::unarchive(archive)?;
    walk(&plain, found);
    Ok(())
}

fn walk(value: &Value, found: &mut Vec<NetworkExtension>) {
    match value {
        Value::Dictionary(values) if plist::text(values, "$class").as_deref() == Some("NEConfiguration") => configuration(values, found),
        Value::Dictionary(values) => values.values().for_each(|value| walk(value, found)),
        Value::Array(values) => values.iter().for_each(|value| walk(value, found)),
        _ => {}
    }
}

/// The kinds of traffic in one configuration, by the names that its fields have had.
const PARTS: [(&str, NetworkSort); 9] = [
    ("contentfilter", NetworkSort::ContentFilter),
    ("vpn", NetworkSort::Vpn),
    ("alwaysonvpn", NetworkSort::Vpn),
    ("appvpn", NetworkSort::Proxy),
    ("transparentproxy", NetworkSort::Proxy),
    ("relay", NetworkSort::Proxy),
    ("dnsproxy", NetworkSort::Dns),
    ("dnssettings", NetworkSort::Dns),
    ("dnssettingsbundle", NetworkSort::Dns),
];

fn configuration(values: &Dictionary, found: &mut Vec<NetworkExtension>) {
    let is_by_profile = ["profileinfo", "payloadinfo"].iter().any(|key| field(values, key).is_some_and(|value| value.as_dictionary().is_some()));
    let set_by = if is_by_profile { SetBy::Policy } else { SetBy::Unknown };
    for (key, sort) in PARTS {
        let Some(part) = field(values, key).and_then(Value::as_dictionary) else { continue };
        let provider = ["provider", "protocol", "protocolconfiguration"].iter().find_map(|key| field(part, key)).and_then(Value::as_dictionary);
        let of_provider = provider.and_then(|provider| first(provider, &PROVIDER));
        found.push(NetworkExtension {
            name: first(values, &["name", "applicationname"]).unwrap_or_default(),
            sort,
            bundle_id: first(values, &["application", "plugintype"]).or(of_provider),
            on: field(part, "enabled").and_then(|on| on.as_boolean().or_else(|| Some(on.as_signed_integer()? != 0))),
            set_by,
            place: EXTENSIONS.into(),
        });
    }
}

/// A field of an object, however a version of macOS writes its name.
fn field<'a>(values: &'a Dictionary, wanted: &str) -> Option<&'a Value> {
    values.iter().find(|(name, _)| name.trim_start_matches(['_', '-']).eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
}

/// The first of some fields that has a text.
fn first(values: &Dictionary, wanted: &[&str]) -> Option<String> {
    let text = |name: &&str| Some(field(values, name)?.as_string()?.trim().chars().take(300).collect::<String>()).filter(|text| !text.is_empty());
    wanted.iter().find_map(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::macos::profiles::tests::answer;
    use crate::collect::macos::testing::Answers;
    use crate::collect::testing::Fixture;
    use crate::collect::tree::Trouble;
    use crate::inventory::Status;

    const USUAL: &str = r#"{"CurrentSet": "/Sets/S", "Sets": {"S": {"Network": {"Service": {"wifi": {"__LINK__": "/NetworkServices/wifi"}, "off": {}, "vpn": {}, "modem": {}}}}},
        "NetworkServices": {
            "wifi": {"Interface": {"Type": "Ethernet"}, "DNS": {"ServerAddresses": ["1.1.1.1"], "SearchDomains": ["acme.example"]},
                "Proxies": {"HTTPEnable": 1, "HTTPProxy": "proxy.example", "HTTPPort": 8080, "HTTPSEnable": 1, "HTTPSProxy": "proxy.example", "HTTPSPort": 8080,
                "SOCKSEnable": 0, "SOCKSProxy": "no.example", "ProxyAutoConfigEnable": 1, "ProxyAutoConfigURLString": "http://anna:x@pac.example/p?key=1",
                "ProxyAutoDiscoveryEnable": 1}},
            "off": {"__INACTIVE__": 1, "Proxies": {"HTTPEnable": 1, "HTTPProxy": "off.example"}},
            "elsewhere": {"DNS": {"ServerAddresses": ["9.9.9.9"]}},
            "vpn": {"UserDefinedName": "Work", "Interface": {"Type": "VPN", "SubType": "com.acme.vpn"}},
            "modem": {"Interface": {"Type": "PPP", "SubType": "PPPoE"}, "DNS": {"__INACTIVE__": 1, "ServerAddresses": ["8.8.8.8"]}}}}"#;

    fn fixture() -> Fixture {
        Fixture::new().file(NETWORK, USUAL)
    }

    /// An archive with one object, whose fields may name each other as `{"UID": n}`.
    fn archive(objects: &str) -> Vec<u8> {
        fn with_uids(value: Value) -> Value {
            match value {
                Value::Dictionary(values) => match values.get("UID").and_then(Value::as_unsigned_integer) {
                    Some(uid) => Value::Uid(::plist::Uid::new(uid)),
                    None => Value::Dictionary(values.into_iter().map(|(key, value)| (key, with_uids(value))).collect()),
                },
                Value::Array(values) => Value::Array(values.into_iter().map(with_uids).collect()),
                other => other,
            }
        }
        let value = plist::parse(format!(r#"{{"$top": {{"Index": {{"UID": 0}}, "A-1": {{"UID": 1}}}}, "$objects": {objects}}}"#).as_bytes()).unwrap();
        let mut bytes = Vec::new();
        with_uids(value).to_writer_binary(&mut bytes).unwrap();
        bytes
    }

    const FILTER: &str = r#"["$null", {"$class": {"UID": 2}, "Name": "Acme Filter", "Application": "com.acme.filter", "ContentFilter": {"UID": 3}, "VPN": {"UID": 0},
        "ProfileInfo": {"UID": 0}}, {"$classname": "NEConfiguration"}, {"Enabled": true, "Provider": {"UID": 4}}, {"PluginType": "com.acme.plugin"}]"#;

    fn found(collected: &Collected) -> Vec<(NetworkSort, Option<&str>, Option<bool>, SetBy)> {
        collected
            .facts
            .iter()
            .map(|fact| if let Fact::NetworkExtension(one) = fact { (one.sort, one.bundle_id.as_deref(), one.on, one.set_by) } else { panic!("{fact:?}") })
            .collect()
    }

    #[test]
    fn what_a_running_mac_uses_now() {
        let proxies =
            "<dictionary> {\n  ExceptionsList : <array> {\n    0 : *.local\n  }\n  HTTPSEnable : 1\n  HTTPSPort : 3128\n  HTTPSProxy : proxy.acme.example\n}\n";
        let servers = "resolver #1\n  search domain[0] : acme.example\n  nameserver[0] : 192.0.2.53\n  flags    : Request A records\n";
        let answers = || Answers { proxies: Ok(proxies.into()), name_servers: Ok(servers.into()), ..Answers::default() };
        let collected = Fixture::new().mac(answers()).collect_macos(proxy);
        let [Fact::Proxy(one)] = &collected.facts[..] else { panic!("{:?}", collected.facts) };
        assert_eq!((one.address.as_str(), one.automatic), ("proxy.acme.example:3128", false));
        let collected = Fixture::new().mac(answers()).collect_macos(dns);
        let told: Vec<_> = collected.facts.iter().map(|fact| if let Fact::Dns(dns) = fact { dns.server.as_str() } else { panic!() }).collect();
        assert_eq!(told, ["acme.example", "192.0.2.53"]);
        let refused = Fixture::new().mac(Answers { proxies: Err(Trouble::Failed), ..Answers::default() }).collect_macos(proxy);
        assert_eq!(refused.of(Source::Proxy), (Status::None, Some(ReasonCode::ReadError)));
    }

    #[test]
    fn proxies_and_servers_for_names() {
        let collected = fixture().env("https_proxy", "http://anna:secret@10.0.0.1:80/").collect_macos(proxy);
        let proxies: Vec<_> =
            collected.facts.iter().map(|fact| if let Fact::Proxy(one) = fact { (one.address.as_str(), one.automatic) } else { panic!() }).collect();
        assert_eq!(proxies, [("http://10.0.0.1:80/", false), ("proxy.example:8080", false), ("http://pac.example/p", true), ("wpad", true)]);
        let collected = fixture().collect_macos(dns);
        let servers: Vec<_> = collected.facts.iter().map(|fact| if let Fact::Dns(one) = fact { one.server.as_str() } else { panic!() }).collect();
        assert_eq!(servers, ["1.1.1.1", "acme.example"]);
        let nowhere = Fixture::new().file(NETWORK, r#"{"NetworkServices": {"a": {"DNS": {"ServerAddresses": ["9.9.9.9"]}}, "b": 3}}"#);
        assert_eq!(nowhere.collect_macos(dns).facts.len(), 1);
    }

    #[test]
    fn what_traffic_goes_through() {
        let payload = ("com.apple.webcontent-filter", r#"{ PluginBundleID = "com.acme.filter"; UserDefinedName = Acme; }"#);
        let relay = ("com.apple.relay.managed", r#"{ RelayUUID = "x"; }"#);
        let collected = fixture().file(EXTENSIONS, archive(FILTER)).mac(answer(&[payload, relay])).collect_macos(extensions);
        assert_eq!(
            found(&collected),
            [
                (NetworkSort::ContentFilter, Some("com.acme.filter"), Some(true), SetBy::Policy),
                (NetworkSort::Vpn, Some("com.acme.vpn"), None, SetBy::Unknown),
                (NetworkSort::Proxy, None, None, SetBy::Policy),
            ]
        );
        assert_eq!(collected.of(Source::NetworkExtensions), (Status::Full, None));
        // On a disk nobody tells of profiles, and each configuration may be an archive of its own.
        let own = Value::Dictionary([("B-2".to_owned(), Value::Data(archive(FILTER)))].into_iter().collect());
        let mut bytes = Vec::new();
        own.to_writer_binary(&mut bytes).unwrap();
        let collected = Fixture::new().file(EXTENSIONS, bytes).collect_macos(extensions);
        assert_eq!(found(&collected), [(NetworkSort::ContentFilter, Some("com.acme.filter"), Some(true), SetBy::Unknown)]);
        let broken = fixture().mac(answer(&[("com.apple.webcontent-filter", "{ no list")])).collect_macos(extensions);
        assert_eq!(broken.of(Source::NetworkExtensions), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
    }

    #[test]
    fn absent_denied_and_malformed() {
        for (collect, source, path) in
            [(proxy as fn(&Context) -> Collected, Source::Proxy, NETWORK), (dns, Source::Dns, NETWORK), (extensions, Source::NetworkExtensions, EXTENSIONS)]
        {
            assert_eq!(Fixture::new().collect_macos(collect).of(source), (Status::Full, Some(ReasonCode::Absent)));
            assert_eq!(Fixture::new().file(path, "{}").deny(path).collect_macos(collect).of(source), (Status::None, Some(ReasonCode::PermissionDenied)));
            assert_eq!(Fixture::new().file(path, "<plist>").collect_macos(collect).of(source), (Status::Partial, Some(ReasonCode::Malformed)));
            assert_eq!(Fixture::new().file(path, r#"{"CurrentSet": 1, "NetworkServices": [3], "Sets": "x"}"#).collect_macos(collect).facts.len(), 0);
        }
        let of = |bytes: Vec<u8>| Fixture::new().file(EXTENSIONS, bytes).collect_macos(extensions).of(Source::NetworkExtensions);
        assert_eq!(of(b"{\"a\": 1}".to_vec()), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
        assert_eq!(of(archive(r#"["$null", {"a": {"UID": 9}}]"#)), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(archive(r#"["$null", {"a": {"UID": 1}}]"#)), (Status::Partial, Some(ReasonCode::TooMany)));
    }
}
