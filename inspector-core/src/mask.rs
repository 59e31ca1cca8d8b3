//! Masking: what leaves the program names no person, no computer and no employer, unless the worker asks for it.
//!
//! Masked are the names of user accounts and of the people behind them, the computer's name, mail addresses, the domains of the computer
//! and of its network, and the hosts of proxies and policies. Paths keep their shape, so that a helper can still read them.

use crate::facts::{Fact, Install};
use crate::inventory::{Coverage, Inventory};
use crate::report::Report;

/// The names that masking takes out. They are gathered with the inventory and never written with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Accounts of people, and their full names.
    pub people: Vec<String>,
    /// Names of this computer.
    pub hosts: Vec<String>,
    /// Domains of this computer and of its network.
    pub domains: Vec<String>,
}

/// Hosts of browser makers: they say nothing about an employer.
const MAKERS: [&str; 8] = ["google.com", "googleapis.com", "gstatic.com", "mozilla.org", "mozilla.com", "mozilla.net", "microsoft.com", "opera.com"];

/// How the place of a configuration profile begins, before the profile's name.
const PROFILES: &str = "Device Management: ";

/// Takes names out of texts.
pub struct Masker {
    /// What is replaced, in lower case, and by what; the longest first.
    words: Vec<(String, String)>,
    /// Accounts of people, also those too short to be looked for in texts.
    people: Vec<String>,
    home: Option<String>,
}

impl Masker {
    /// A masker for what was seen on one computer.
    pub fn new(inventory: &Inventory) -> Self {
        Self::with_facts(&inventory.names.clone().unwrap_or_default(), inventory.host.home.as_deref(), &inventory.facts)
    }

    /// A masker that knows the names of a computer and no facts of it.
    pub fn of(names: &Names, home: Option<&str>) -> Self {
        Self::with_facts(names, home, &[])
    }

    fn with_facts(names: &Names, home: Option<&str>, facts: &[Fact]) -> Self {
        let mut words = Vec::new();
        let mut add = |names: &[String], word: &str| {
            for name in names {
                // As it is looked for.
                let name = name.trim().to_ascii_lowercase();
                // Two letters are part of too many words; a home folder of such a name is masked by its place.
                if name.chars().count() > 2 && name != "localhost" && name != "root" && !words.iter().any(|(known, _)| *known == name) {
                    words.push((name, format!("<{word}>")));
                }
            }
        };
        // An account that comes from elsewhere than /etc/passwd is known by its home.
        let own: Vec<_> = home.iter().filter_map(|home| home.rsplit(['/', '\\']).next()).map(str::to_owned).collect();
        add(&names.people, "person");
        add(&own, "person");
        add(&names.hosts, "computer");
        add(&names.domains, "domain");
        // macOS names programs and settings by a domain backwards.
        let backwards = |domain: &String| domain.split('.').rev().collect::<Vec<_>>().join(".");
        add(&names.domains.iter().filter(|domain| domain.contains('.')).map(backwards).collect::<Vec<_>>(), "domain");
        for fact in facts {
            match fact {
                Fact::Proxy(proxy) => {
                    add(&hosts_in(&proxy.address), "domain");
                    if !proxy.address.contains([':', '/']) && proxy.address.contains('.') {
                        add(std::slice::from_ref(&proxy.address), "domain");
                    }
                }
                // Servers of names are often the employer's own; addresses in numbers say little.
                Fact::Dns(dns) if dns.server.contains(|c: char| c.is_ascii_alphabetic()) && !dns.server.contains("::") => {
                    add(&hosts_in(&dns.server), "domain");
                    add(&[dns.server.trim_start_matches('.').to_owned()].map(|server| if server.contains("://") { String::new() } else { server }), "domain");
                }
                // A filter without an identifier is told by its name, and is called after who set it.
                Fact::NetworkExtension(one) if one.bundle_id.is_none() => add(std::slice::from_ref(&one.name), "name"),
                Fact::BrowserPolicy(policy) => add(&hosts_in(&policy.value), "domain"),
                // An extension from a store names sites of the world; one that was put there may name the employer's own.
                Fact::Extension(extension) if extension.install != Install::Store => extension.hosts.iter().for_each(|host| add(&hosts_in(host), "domain")),
                _ => {}
            }
        }
        words.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Self { words, people: names.people.clone(), home: home.filter(|home| home.len() > 1).map(str::to_owned) }
    }

    /// Masks one text.
    pub fn text(&self, text: &str) -> String {
        let mut out = text.to_owned();
        if let Some(home) = &self.home {
            out = replace_words(&out, home, "~", |c| !c.is_alphanumeric());
        }
        for homes in ["/home/", "/Users/", "C:\\Users\\", "/var/spool/cron/crontabs/", "/var/spool/cron/", "/var/at/tabs/", "/Library/Managed Preferences/"] {
            out = mask_home(&out, homes);
        }
        out = mask_mail(&mask_accounts(&out));
        // The name of a profile is mostly a word that other things have too, so it is taken from its place alone.
        if let Some(at) = out.find(PROFILES).map(|at| at + PROFILES.len()) {
            out.replace_range(at.., "<name>");
        }
        for (name, word) in &self.words {
            out = replace_words(&out, name, word, |c| !c.is_alphanumeric());
        }
        out
    }

    /// Masks an inventory in place.
    pub fn inventory(&self, inventory: &mut Inventory) {
        for fact in &mut inventory.facts {
            // Cookies, tokens and configuration of a customer stand in the values of policies.
            if let Fact::BrowserPolicy(policy) = fact
                && is_secret(&policy.name)
            {
                policy.value = "\"<hidden>\"".into();
            }
            if let Fact::Process(process) = fact
                && process.user.as_ref().is_some_and(|user| self.people.contains(user))
            {
                process.user = Some("<person>".into());
            }
            match fact {
                Fact::ConfigurationProfile(profile) => (profile.name, profile.identifier) = ("<name>".into(), "<name>".into()),
                // Tunnels and filters are called after who set them.
                Fact::NetworkExtension(extension) => extension.name = "<name>".into(),
                _ => {}
            }
            if let Fact::Certificate(certificate) = fact
                && certificate.anchor == crate::facts::Anchor::Added
            {
                // Its maker may be the employer; the fingerprint still identifies it for who has the file.
                certificate.subject = "<name>".into();
                certificate.names.clear();
            }
            fact.each_text(|text| *text = self.text(text));
        }
        self.coverage(&mut inventory.coverage);
        inventory.host.root = self.text(&inventory.host.root);
        inventory.host.home = inventory.host.home.as_ref().map(|_| "~".into());
        inventory.names = None;
    }

    /// Masks a report in place.
    pub fn report(&self, report: &mut Report) {
        for finding in &mut report.findings {
            for evidence in &mut finding.evidence {
                evidence.value = self.text(&evidence.value);
                evidence.place = self.text(&evidence.place);
            }
            if let Some(since) = &mut finding.present_since {
                since.source = self.text(&since.source);
            }
        }
        let products: Vec<_> = report.findings.iter().map(|finding| finding.product.clone()).collect();
        for observation in &mut report.observations {
            let hidden = observation.id == "added-root-certificate";
            if !products.contains(&observation.by) {
                observation.by = if hidden { "<name>".into() } else { self.text(&observation.by) };
            }
            for evidence in &mut observation.evidence {
                evidence.value = match evidence.value.find("(SHA-256 ").filter(|_| hidden) {
                    Some(at) => format!("<name> {}", &evidence.value[at..]),
                    None => self.text(&evidence.value),
                };
                evidence.place = self.text(&evidence.place);
            }
        }
        self.coverage(&mut report.coverage);
        report.host.root = self.text(&report.host.root);
    }

    fn coverage(&self, coverage: &mut [Coverage]) {
        for value in coverage.iter_mut().filter_map(|one| one.reason.as_mut()).flat_map(|reason| reason.args.values_mut()) {
            *value = self.text(value);
        }
    }
}

/// Whether the value of a policy is a secret by its name: keys and the like, and what an employer sets for single extensions.
pub fn is_secret(policy: &str) -> bool {
    policy == "3rdparty" || ["Token", "Password", "Secret", "Key"].iter().any(|word| policy.contains(word))
}

/// Replaces a word wherever it stands alone, in any case.
fn replace_words(text: &str, word: &str, by: &str, is_border: impl Fn(char) -> bool) -> String {
    // ASCII folding keeps the places of all bytes, so that what is found can be cut out of the text itself.
    let (folded, word) = (text.to_ascii_lowercase(), word.to_ascii_lowercase());
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, found) in folded.match_indices(&word) {
        let alone = text[..at].chars().next_back().is_none_or(&is_border) && text[at + found.len()..].chars().next().is_none_or(&is_border);
        if alone && at >= done {
            out.push_str(&text[done..at]);
            out.push_str(by);
            done = at + found.len();
        }
    }
    out.push_str(&text[done..]);
    out
}

/// `/home/anna/x` → `/home/<person>/x`: also of accounts that nobody told us of.
fn mask_home(text: &str, homes: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // ASCII folding keeps the places of all bytes. The same folder is written in several ways on Windows.
    while let Some(at) = if homes.contains('\\') { rest.to_ascii_lowercase().find(&homes.to_ascii_lowercase()) } else { rest.find(homes) } {
        let name_at = at + homes.len();
        let end = rest[name_at..].find(['/', '\\']).map_or(rest.len(), |length| name_at + length);
        out.push_str(&rest[..name_at]);
        match &rest[name_at..end] {
            "" => {}
            // The folder of everybody's tables is no name.
            "crontabs" => out.push_str("crontabs"),
            // What lies beside the folders of accounts is for everybody.
            file if homes.ends_with("Preferences/") && end == rest.len() => out.push_str(file),
            _ => out.push_str("<person>"),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// `S-1-5-21-1-2-3-1001` → `<account>`: the numbers that Windows gives accounts of people also name the employer's domain.
fn mask_accounts(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = ["S-1-5-21-", "S-1-12-1-"].iter().filter_map(|start| rest.find(start)).min() {
        let end = rest[at..].find(|c: char| c != 'S' && c != '-' && !c.is_ascii_digit()).map_or(rest.len(), |length| at + length);
        out.push_str(&rest[..at]);
        out.push_str("<account>");
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn mask_mail(text: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let start = rest[..at].rfind(|c| !is_part(c)).map_or(0, |before| before + rest[before..].chars().next().map_or(1, char::len_utf8));
        let end = rest[at + 1..].find(|c| !is_part(c)).map_or(rest.len(), |length| at + 1 + length);
        let domain = rest[at + 1..end].trim_end_matches('.');
        // `named@anna.service` is a unit, and an add-on's id may look like a mail address: those are no people.
        let is_mail = start < at
            && domain.contains('.')
            && ![".service", ".timer", ".socket", ".path", ".desktop"].iter().any(|ending| domain.ends_with(ending) || format!(".{domain}").ends_with(ending));
        if is_mail && !is_addon(&rest[start..end]) {
            out.push_str(&rest[..start]);
            out.push_str("<mail>");
        } else {
            out.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Ids of add-ons by the makers of browsers.
fn is_addon(text: &str) -> bool {
    MAKERS.iter().any(|maker| text.ends_with(maker))
}

/// The hosts of the addresses in a text, without those of browser makers.
fn hosts_in(text: &str) -> Vec<String> {
    let mut hosts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        rest = &rest[at + 3..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
        hosts.push(rest[..end].to_owned());
    }
    if hosts.is_empty()
        && let Some((host, port)) = text.rsplit_once(':')
        && !port.is_empty()
        && port.bytes().all(|b| b.is_ascii_digit())
    {
        hosts.push(host.to_owned());
    }
    hosts.retain(|host| !host.is_empty() && !host.starts_with("127.") && !MAKERS.iter().any(|maker| host == maker || host.ends_with(&format!(".{maker}"))));
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{ConfigurationProfile, NetworkExtension, Proxy};
    use crate::inventory::Host;
    use crate::kinds::Os;

    #[test]
    fn profiles_of_an_employer() {
        let place = "System Settings > General > Device Management: Acme Wi-Fi";
        let profile = ConfigurationProfile {
            identifier: "com.acme.mdm.wifi".into(),
            name: "Acme Wi-Fi".into(),
            payloads: vec!["com.apple.wifi.managed".into()],
            place: place.into(),
            ..ConfigurationProfile::default()
        };
        let tunnel =
            NetworkExtension { name: "Acme tunnel".into(), bundle_id: Some("com.vendor.vpn".into()), place: place.into(), ..NetworkExtension::default() };
        let mut inventory = Inventory::of_facts(Os::Macos, vec![profile.into(), tunnel.into()]);
        Masker::new(&inventory.clone()).inventory(&mut inventory);
        let json = serde_json::to_string(&inventory.facts).unwrap();
        assert!(!json.to_lowercase().contains("acme"), "{json}");
        assert!(json.contains("com.apple.wifi.managed") && json.contains("com.vendor.vpn") && json.contains("Device Management: <name>"), "{json}");
    }

    #[test]
    fn names_go_and_shape_stays() {
        let names =
            Names { people: vec!["anna".into(), "Anna de Vries".into(), "jo".into()], hosts: vec!["LAPTOP-17".into()], domains: vec!["werk.example".into()] };
        let inventory = Inventory {
            schema: String::new(),
            made_at: String::new(),
            agent_version: String::new(),
            host: Host { os: Os::Linux, os_version: String::new(), root: "/".into(), elevated: false, home: Some("/home/anna".into()) },
            facts: vec![Proxy { address: "http://proxy.acme.example:3128".into(), ..Proxy::default() }.into()],
            coverage: Vec::new(),
            names: Some(names),
        };
        let masker = Masker::new(&inventory);
        for (text, expect) in [
            ("/home/anna/.config/x", "~/.config/x"),
            ("/home/annabel/x", "/home/<person>/x"),
            ("/home/jo/x", "/home/<person>/x"),
            ("/var/spool/cron/crontabs/jo", "/var/spool/cron/crontabs/<person>"),
            ("/var/spool/cron/jo", "/var/spool/cron/<person>"),
            ("/var/spool/cron/crontabs", "/var/spool/cron/crontabs"),
            ("run by ANNA on laptop-17.werk.example", "run by <person> on <computer>.<domain>"),
            ("annals of havanna", "annals of havanna"),
            ("Anna de Vries <a.devries@elsewhere.example>", "<person> <<mail>>"),
            ("http://proxy.acme.example:3128", "http://<domain>:3128"),
            ("agent@anna.service", "agent@<person>.service"),
            ("langpack-nl@firefox.mozilla.org", "langpack-nl@firefox.mozilla.org"),
            ("/opt/ánna", "/opt/ánna"),
            ("c:\\users\\bob\\x.exe", "c:\\users\\<person>\\x.exe"),
            ("\\OneDrive Task-S-1-5-21-111-222-333-1001", "\\OneDrive Task-<account>"),
            ("S-1-5-18", "S-1-5-18"),
        ] {
            assert_eq!(masker.text(text), expect);
        }
    }
}
