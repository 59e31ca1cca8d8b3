//! Configuration profiles, as a running Mac tells of them. On a disk they lie where only the system looks, in forms of its own.
//!
//! What a profile says to its server, its certificates and its passwords are never kept: only what kinds of settings it has.

use std::path::Path;

use time::{Date, Month};

use super::calls::Tool;
use crate::collect::log::{Log, not_looked_at};
use crate::collect::plist::{self, Dictionary, Value};
use crate::collect::tree::Trouble;
use crate::collect::{Collected, Context};
use crate::facts::{ConfigurationProfile, NetworkExtension, NetworkSort, PrivacyDecision, SetBy};
use crate::inventory::{ReasonCode, Source};

/// Where a person looks profiles up.
pub(super) const PLACE: &str = "System Settings > General > Device Management";
/// The most kinds of payloads that are told of one profile.
const MOST_PAYLOADS: usize = 200;
/// The kind of payload that decides on what programs may do.
const PRIVACY: &str = "com.apple.TCC.configuration-profile-policy";
/// The kind of payload that sets preferences of any program.
const PREFERENCES: &str = "com.apple.ManagedClient.preferences";

/// One profile, with those of its payloads that other collectors look at.
pub(in crate::collect) struct Profile {
    fact: ConfigurationProfile,
    payloads: Vec<Payload>,
}

/// One group of settings in a profile.
struct Payload {
    /// Its kind.
    kind: String,
    /// What it sets; nothing where that was not understood.
    data: Option<Dictionary>,
}

impl Context<'_> {
    /// The profiles of a running Mac; nothing on a disk. They are asked for once.
    fn profiles(&self) -> Option<Result<&[Profile], Trouble>> {
        let mac = self.mac?;
        Some(self.profiles.get_or_init(|| read(&mac.ask(Tool::Profiles)?)).as_deref().map_err(Clone::clone))
    }

    /// The payloads of all profiles of a running Mac; that some could not be asked for or understood is in the account.
    fn payloads(&self, log: &mut Log, is_wanted: impl Fn(&str) -> bool) -> Vec<(&ConfigurationProfile, &str, &Dictionary)> {
        let Some(profiles) = self.profiles() else { return Vec::new() };
        let mut found = Vec::new();
        for profile in log.keep(Path::new(PLACE), profiles).unwrap_or_default() {
            for payload in profile.payloads.iter().filter(|payload| is_wanted(&payload.kind)) {
                match &payload.data {
                    Some(data) => found.push((&profile.fact, payload.kind.as_str(), data)),
                    None => log.trouble(ReasonCode::UnsupportedFormat, Path::new(&profile.fact.place)),
                }
            }
        }
        found
    }
}

pub(super) fn collect(context: &Context) -> Collected {
    let Some(profiles) = context.profiles() else {
        let coverage = vec![not_looked_at(Source::ConfigurationProfiles, ReasonCode::NotLive)];
        return Collected { facts: Vec::new(), coverage };
    };
    let mut log = Log::new(context, Source::ConfigurationProfiles);
    let profiles = log.keep(Path::new(PLACE), profiles).unwrap_or_default();
    let facts = profiles.iter().map(|profile| profile.fact.clone().into()).collect();
    Collected { facts, coverage: vec![log.finish()] }
}

/// Reads what the system's own program writes. With no profiles at all it may write nothing.
fn read(answer: &[u8]) -> Result<Vec<Profile>, Trouble> {
    let mut profiles = Vec::new();
    if !answer.trim_ascii().is_empty() {
        let list = plist::parse(answer).map_err(|unread| if unread == plist::Unread::TooMany { Trouble::TooMany } else { Trouble::Malformed })?;
        if list.as_array().is_none() && list.as_dictionary().is_none() {
            return Err(Trouble::Malformed);
        }
        find(&list, true, &mut profiles);
    }
    Ok(profiles)
}

/// Finds the profiles, however deep they lie. A section says whether they are for the computer or for an account.
fn find(value: &Value, of_computer: bool, profiles: &mut Vec<Profile>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| find(value, of_computer, profiles)),
        Value::Dictionary(values) => {
            if let Some(identifier) = plist::text(values, "spconfigprofile_profile_identifier") {
                profiles.push(profile(identifier, values, of_computer));
                return;
            }
            let section = plist::text(values, "_name").unwrap_or_default().to_lowercase();
            let of_computer = if section.contains("user") { false } else { of_computer || section.contains("device") };
            if let Some(items) = values.get("_items") {
                find(items, of_computer, profiles);
            }
        }
        _ => {}
    }
}

fn profile(identifier: String, values: &Dictionary, of_computer: bool) -> Profile {
    let payloads: Vec<Payload> = plist::inners(values, "_items").take(MOST_PAYLOADS).filter_map(payload).collect();
    let mut kinds: Vec<String> = Vec::new();
    let inside = payloads.iter().filter(|payload| payload.kind == PREFERENCES).filter_map(|payload| payload.data.as_ref()).flat_map(domains);
    for kind in payloads.iter().map(|payload| payload.kind.clone()).chain(inside) {
        if kinds.len() < MOST_PAYLOADS && !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let name = plist::text(values, "_name").unwrap_or_default();
    let place = format!("{PLACE}: {}", if name.is_empty() { &identifier } else { &name });
    let fact = ConfigurationProfile {
        identifier,
        name,
        payloads: kinds,
        of_computer,
        removable: plist::yes(values, "spconfigprofile_RemovalDisallowed").map(|disallowed| !disallowed),
        since: plist::moment(values, "spconfigprofile_install_date").or_else(|| moment(values.get("spconfigprofile_install_date").and_then(Value::as_string)?)),
        place,
    };
    Profile { fact, payloads }
}

fn payload(values: &Dictionary) -> Option<Payload> {
    let kind = plist::text(values, "_name")?;
    let kind = kind.strip_prefix("spconfigprofile_payload_").unwrap_or(&kind).to_owned();
    let data = match values.get("spconfigprofile_payload_data") {
        Some(Value::String(text)) => plist::parse(without_bytes(text).as_bytes()).ok().and_then(Value::into_dictionary),
        Some(Value::Dictionary(data)) => Some(data.clone()),
        // Of some kinds newer versions tell only that there is one, which is not the same as one that sets nothing.
        None if kind == PRIVACY || network_sort(&kind).is_some() => None,
        None => Some(Dictionary::new()),
        Some(_) => None,
    };
    Some(Payload { kind, data })
}

/// The data of a payload are written as macOS writes any object for people, with bytes in forms that nothing reads back:
/// `{length = 3, bytes = 0x010203}` and `<010203>`. They are certificates and the like, and are left out.
fn without_bytes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let (mut is_quoted, mut rest) = (false, text);
    // Looked for once more for each that begins, an end that is missing would cost time without end.
    let (has_brace, has_angle) = (text.rfind('}').unwrap_or(0), text.rfind('>').unwrap_or(0));
    while let Some(first) = rest.chars().next() {
        let end = match first {
            _ if is_quoted => None,
            '{' if text.len() - rest.len() < has_brace && rest.starts_with("{length = ") => rest.find('}'),
            '<' if text.len() - rest.len() < has_angle => rest.find('>'),
            _ => None,
        };
        if let Some(end) = end {
            plain.push_str("\"\"");
            rest = &rest[end + 1..];
            continue;
        }
        let mut length = first.len_utf8();
        match first {
            '"' => is_quoted = !is_quoted,
            // What is behind a backslash ends no text.
            '\\' if is_quoted => length += rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => {}
        }
        plain.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    plain
}

/// The programs whose preferences a payload sets, by their domains.
fn domains(data: &Dictionary) -> Vec<String> {
    let inside = ["PayloadContent", "PayloadContentManagedPreferences"].iter().find_map(|key| plist::inner(data, key)).unwrap_or(data);
    let is_set = |value: &Value| value.as_dictionary().is_some_and(|how| ["Forced", "Set-Once", "Often"].iter().any(|word| how.contains_key(word)));
    inside.iter().filter(|(_, value)| is_set(value)).map(|(domain, _)| domain.chars().take(300).collect()).collect()
}

/// The moment in a text like `Today at 10:00 (2026-02-03 09:00:00 +0000)`.
fn moment(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |at: usize, length: usize| {
        let digits = bytes.get(at..at + length)?;
        digits.iter().all(u8::is_ascii_digit).then(|| digits.iter().fold(0u16, |number, digit| number * 10 + u16::from(digit - b'0')))
    };
    let small = |at: usize| number(at, 2).and_then(|number| u8::try_from(number).ok());
    (0..bytes.len().min(200)).find_map(|at| {
        let is_dated = [(4, b'-'), (7, b'-'), (10, b' '), (13, b':'), (16, b':')].iter().all(|(offset, byte)| bytes.get(at + offset) == Some(byte));
        let date = Date::from_calendar_date(number(at, 4).filter(|_| is_dated)?.into(), Month::try_from(small(at + 5)?).ok()?, small(at + 8)?).ok()?;
        // Another zone than that of Greenwich is off by some hours, which no day of installation needs.
        Some(date.with_hms(small(at + 11)?, small(at + 14)?, small(at + 17)?).ok()?.assume_utc().unix_timestamp())
    })
}

/// What profiles decided on programs.
pub(super) fn privacy_decisions(context: &Context, log: &mut Log) -> Vec<PrivacyDecision> {
    let mut decisions = Vec::new();
    for (profile, _, data) in context.payloads(log, |kind| kind == PRIVACY) {
        for (service, rules) in plist::inner(data, "Services").into_iter().flatten() {
            let Some(right) = super::privacy::right(service) else { continue };
            for rule in rules.as_array().into_iter().flatten().filter_map(Value::as_dictionary) {
                let Some(program) = plist::text(rule, "Identifier") else {
                    log.trouble(ReasonCode::Malformed, Path::new(&profile.place));
                    continue;
                };
                let allowed = super::privacy::allowed_by_rule(rule);
                let place = profile.place.clone();
                decisions.push(PrivacyDecision { right, program, allowed, set_by: SetBy::Policy, since: profile.since, place });
            }
        }
    }
    decisions
}

/// What goes through what a kind of payload sets up, if it is one for the network.
fn network_sort(kind: &str) -> Option<NetworkSort> {
    Some(match kind {
        "com.apple.webcontent-filter" => NetworkSort::ContentFilter,
        "com.apple.dnsSettings.managed" | "com.apple.dnsProxy.managed" => NetworkSort::Dns,
        "com.apple.vpn.managed" | "com.apple.vpn.managed.applayer" => NetworkSort::Vpn,
        "com.apple.relay.managed" | "com.apple.proxy.http.global" => NetworkSort::Proxy,
        _ => return None,
    })
}

/// What profiles put in the way of network traffic.
pub(super) fn network_extensions(context: &Context, log: &mut Log) -> Vec<NetworkExtension> {
    let payloads = context.payloads(log, |kind| network_sort(kind).is_some());
    let extension = |(profile, kind, data): (&ConfigurationProfile, &str, &Dictionary)| {
        let first = |keys: &[&str]| keys.iter().find_map(|key| plist::text(data, key));
        let inner = plist::inner(data, "VPN").and_then(|vpn| plist::text(vpn, "ProviderBundleIdentifier"));
        Some(NetworkExtension {
            name: first(&["UserDefinedName", "PayloadDisplayName", "ProviderName"]).unwrap_or_else(|| profile.name.clone()),
            sort: network_sort(kind)?,
            bundle_id: first(&["PluginBundleID", "FilterDataProviderBundleIdentifier", "ProviderBundleIdentifier", "AppBundleIdentifier", "VPNSubType"])
                .or(inner),
            // The rule is there; whether the program that it needs is there, too, it does not tell.
            on: None,
            set_by: SetBy::Policy,
            place: profile.place.clone(),
        })
    };
    payloads.into_iter().filter_map(extension).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::collect::macos::testing::Answers;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;

    /// An answer with one profile for the computer that has the given payloads, as (kind, data), and one for the account.
    pub(in crate::collect::macos) fn answer(payloads: &[(&str, &str)]) -> Answers {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let items: Vec<String> = payloads
            .iter()
            .map(|(kind, data)| {
                let data = escaped(data);
                format!("<dict><key>_name</key><string>{kind}</string><key>spconfigprofile_payload_data</key><string>{data}</string></dict>")
            })
            .collect();
        let xml = format!(
            "<?xml version=\"1.0\"?><plist version=\"1.0\"><array><dict><key>_dataType</key><string>SPConfigurationProfileDataType</string>
            <key>_items</key><array>
            <dict><key>_name</key><string>spconfigprofile_section_userconfigprofiles</string><key>_items</key><array><dict>
              <key>_name</key><string>Own</string><key>spconfigprofile_profile_identifier</key><string>example.own</string>
              <key>spconfigprofile_RemovalDisallowed</key><string>no</string></dict></array></dict>
            <dict><key>_name</key><string>spconfigprofile_section_deviceconfigprofiles</string><key>_items</key><array><dict>
              <key>_name</key><string>Acme</string><key>spconfigprofile_profile_identifier</key><string>example.acme</string>
              <key>spconfigprofile_organization</key><string>Acme Ltd</string><key>spconfigprofile_RemovalDisallowed</key><string>yes</string>
              <key>spconfigprofile_install_date</key><string>Today at 10:00 (2026-02-03 09:00:00 +0000)</string>
              <key>spconfigprofile_new</key><integer>3</integer><key>_items</key><array>{}</array></dict></array></dict>
            </array></dict></array></plist>",
            items.concat()
        );
        Answers { profiles: Ok(xml.into_bytes()), ..Answers::default() }
    }

    #[test]
    fn profiles_of_the_computer_and_of_the_account() {
        let chrome = r#"{ PayloadContentManagedPreferences = { "com.google.Chrome" = { Forced = ( { "mcx_preference_settings" = { A = 1; }; } ); }; }; }"#;
        let server = "{ ServerURL = \"https://mdm.acme.example/secret\"; }";
        let payloads = [("com.apple.mdm", server), (PREFERENCES, chrome), ("spconfigprofile_payload_com.apple.mdm", "?")];
        let collected = Fixture::new().mac(answer(&payloads)).collect_macos(collect);
        let found: Vec<_> =
            collected.facts.iter().map(|fact| if let Fact::ConfigurationProfile(profile) = fact { profile } else { panic!("{fact:?}") }).collect();
        assert_eq!((found[0].identifier.as_str(), found[0].of_computer, found[0].removable), ("example.own", false, Some(true)));
        assert_eq!((found[1].of_computer, found[1].removable, found[1].since), (true, Some(false), Some(1_770_109_200)));
        assert_eq!(found[1].payloads, ["com.apple.mdm", PREFERENCES, "com.google.Chrome"]);
        assert!(!serde_json::to_string(&collected.facts).unwrap().contains("mdm.acme"));
        assert_eq!(collected.of(Source::ConfigurationProfiles), (Status::Full, None));
    }

    #[test]
    fn absent_denied_and_malformed() {
        let of = |profiles: Result<&[u8], Trouble>| {
            let answers = Answers { profiles: profiles.map(<[u8]>::to_vec), ..Answers::default() };
            Fixture::new().mac(answers).collect_macos(collect).of(Source::ConfigurationProfiles)
        };
        assert_eq!(Fixture::new().collect_macos(collect).of(Source::ConfigurationProfiles), (Status::None, Some(ReasonCode::NotLive)));
        assert_eq!(of(Ok(b"")), (Status::Full, None), "none are there");
        assert_eq!(of(Ok(b"<plist><array/></plist>")), (Status::Full, None));
        assert_eq!(of(Err(Trouble::Absent)), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(Err(Trouble::Denied)), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(Ok(b"<plist><array>")), (Status::None, Some(ReasonCode::Malformed)));
        assert_eq!(of(Ok(b"<plist><string>no</string></plist>")), (Status::None, Some(ReasonCode::Malformed)));
    }

    #[test]
    fn bytes_in_payloads() {
        let text = "{ A = {length = 3, bytes = 0x01}; B = <0102>; C = \"<\\\"{length = 3\"; D = é; E = <";
        assert_eq!(without_bytes(text), "{ A = \"\"; B = \"\"; C = \"<\\\"{length = 3\"; D = é; E = <");
        assert_eq!((moment("2026-02-03 09:00:00 +0000"), moment("2026-13-03 09:00:00"), moment("é-")), (Some(1_770_109_200), None, None));
    }
}
