//! Observations: facts that show observing without naming a product. A pure function.

use crate::facts::{
    Anchor, BrowserPolicy, Certificate, Device, DeviceInUse, Enabled, EventTap, Extension, ExtensionPart, Fact, Install, NetworkExtension, NetworkSort,
    Preload, PrivacyDecision, PrivacyRight, Proxy, SetBy, Setting, SystemExtension,
};
use crate::inventory::Inventory;
use crate::kinds::IndicatorKind;
use crate::report::{Confidence, Finding, Level, Observation, ObservationEvidence};

/// Every observation in an inventory. Where a product that was recognised is behind it, the observation names the product.
pub fn observe(inventory: &Inventory, findings: &[Finding]) -> Vec<Observation> {
    let mut all: Vec<Observation> = Vec::new();
    for fact in &inventory.facts {
        let Some(mut observation) = of_fact(fact, inventory) else { continue };
        if let Some(product) = product_behind(fact, findings) {
            observation.by.clone_from(&product.product);
        }
        // The same thing in several profiles or files is one observation with more evidence.
        match all
            .iter_mut()
            .find(|other| other.id == observation.id && other.by == observation.by && other.set_by == observation.set_by && other.level == observation.level)
        {
            Some(other) => other.evidence.append(&mut observation.evidence),
            None => all.push(observation),
        }
    }
    all
}

fn of_fact(fact: &Fact, inventory: &Inventory) -> Option<Observation> {
    match fact {
        Fact::Certificate(certificate) => added_root(certificate),
        Fact::Proxy(proxy) => through_proxy(proxy),
        Fact::BrowserPolicy(policy) => proxy_by_policy(policy),
        Fact::Extension(extension) => forced_extension(extension),
        Fact::Setting(setting) => set_for_others(setting, inventory),
        Fact::Preload(preload) => (preload.exists != Some(false)).then(|| preloaded(preload)),
        Fact::PrivacyDecision(decision) => may_look(decision),
        Fact::NetworkExtension(extension) => content_filter(extension),
        Fact::EventTap(tap) => keyboard_listener(tap),
        Fact::DeviceInUse(used) => device_in_use(used),
        Fact::SystemExtension(extension) => endpoint_security(extension),
        _ => None,
    }
    .map(|observation| Observation { evidence: vec![evidence(fact, &observation)], ..observation })
}

fn observation(id: &str, categories: &[&str], level: Level, by: &str, set_by: SetBy) -> Observation {
    Observation {
        id: id.into(),
        categories: categories.iter().map(ToString::to_string).collect(),
        level,
        by: by.into(),
        set_by,
        ordinary: set_by == SetBy::User || set_by == SetBy::Distribution,
        evidence: Vec::new(),
    }
}

fn evidence(fact: &Fact, observation: &Observation) -> ObservationEvidence {
    let value = match fact {
        Fact::Certificate(certificate) => format!("{} (SHA-256 {})", certificate.subject, certificate.sha256),
        Fact::BrowserPolicy(policy) => format!("{} = {}", policy.name, policy.value),
        Fact::Extension(extension) => format!("{} {} ({})", extension.name, extension.id, extension.browser),
        _ => observation.by.clone(),
    };
    // For a forced extension the policy is what a person must see, not the browser's own account of it.
    let place = match fact {
        Fact::Extension(extension) => extension.policy.clone().unwrap_or_else(|| extension.place.clone()),
        _ => fact.place().to_owned(),
    };
    ObservationEvidence { kind: fact.word().into(), value, place }
}

/// A root certificate that somebody added: who has its key can read and change what goes over HTTPS. Whether anybody does, it does not say.
fn added_root(certificate: &Certificate) -> Option<Observation> {
    let by = certificate.names.first().unwrap_or(&certificate.subject);
    let set_by = match certificate.store.as_str() {
        "policy" | "enterprise" => SetBy::Policy,
        "user" => SetBy::User,
        // An administrator, a program or the worker: only these could have done it, and all of them can.
        _ => SetBy::Unknown,
    };
    (certificate.anchor == Anchor::Added).then(|| observation("added-root-certificate", &["websites", "network_traffic"], Level::Possible, by, set_by))
}

/// A setting of the system with which others can look along, or which shows that they manage the computer.
fn set_for_others(setting: &Setting, inventory: &Inventory) -> Option<Observation> {
    let name = setting.name.as_str();
    // Policies have a part of the registry for themselves.
    let set_by = if setting.place.to_ascii_lowercase().contains("\\policies\\") { SetBy::Policy } else { SetBy::System };
    let observation = |id, categories, level, set_by| observation(id, categories, level, name, set_by);
    let mut observation = match name {
        "remote-desktop-shadow-without-consent" => {
            // The rule takes the question away. That the computer can be reached at all is another setting.
            let is_reachable =
                inventory.facts.iter().any(|fact| matches!(fact, Fact::Setting(other) if other.name == "remote-desktop" && other.on == Some(true)));
            observation("remote-shadow", &["screen_live", "remote_control"], if is_reachable { Level::On } else { Level::Possible }, set_by)
        }
        // Whoever offers help this way is still asked in.
        "remote-assistance-unsolicited" => observation("remote-assistance", &["screen_live", "remote_control"], Level::Possible, set_by),
        "remote-desktop" => observation("remote-desktop", &["remote_control"], Level::Possible, set_by),
        // macOS shows in its menu bar that somebody looks, not that somebody may.
        "remote-management" | "screen-sharing" => observation("screen-sharing", &["screen_live", "remote_control"], Level::Possible, set_by),
        "mdm-enrolment" | "intune-enrolment" | "configmgr-client" => observation("device-managed", &["device_inventory"], Level::On, SetBy::Policy),
        _ => return None,
    };
    // Many computers can be reached from elsewhere, and those of an employer are managed: that by itself follows nobody.
    observation.ordinary = matches!(observation.id.as_str(), "remote-desktop" | "device-managed");
    (setting.on == Some(true)).then_some(observation)
}

/// A proxy or PAC file: the traffic goes through somebody's computer. The way itself is switched on; what is kept there is not known.
fn through_proxy(proxy: &Proxy) -> Option<Observation> {
    // A setting of the package manager alone says nothing about the worker's own traffic.
    let set_by = match proxy.set_by {
        // An employer's scripts that run at login write into the worker's own settings of Windows, too.
        SetBy::User if proxy.used_by == "Windows" => SetBy::Unknown,
        set_by => set_by,
    };
    (proxy.used_by != "apt").then(|| proxied(&proxy.address, set_by))
}

fn proxied(address: &str, set_by: SetBy) -> Observation {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let is_local = ["127.", "localhost", "[::1]", "::1"].iter().any(|local| host.starts_with(local));
    // A program on this computer may be anything: a filter, a developer's tool, a tunnel.
    let level = if is_local { Level::Possible } else { Level::On };
    observation("proxy", &["network_traffic"], level, address, set_by)
}

fn proxy_by_policy(policy: &BrowserPolicy) -> Option<Observation> {
    let is_about_proxy = matches!(policy.name.as_str(), "ProxySettings" | "ProxyMode" | "ProxyServer" | "ProxyPacUrl" | "Proxy");
    let is_without = ["\"direct\"", "\"system\"", "\"none\""].iter().any(|mode| policy.value.contains(mode));
    let set_by = if policy.mandatory { SetBy::Policy } else { SetBy::System };
    (is_about_proxy && !is_without).then(|| observation("proxy", &["network_traffic"], Level::On, &policy.browser, set_by))
}

/// An extension that the worker did not choose and that may read every page, with what is typed on it.
fn forced_extension(extension: &Extension) -> Option<Observation> {
    let is_forced = extension.install == Install::Policy && extension.enabled != Some(false);
    // Makers of browsers put policies of their own beside the program, where an administrator could put some too. On Windows Mozilla does not.
    let is_of_maker = |policy: &str| {
        ["/usr/lib", "/usr/share/", "/snap/"].iter().any(|place| policy.starts_with(place))
            || (["\\distribution\\policies.json", ".app/Contents/Resources/distribution/policies.json"].iter().any(|end| policy.ends_with(end))
                && extension.browser != "Firefox")
    };
    let of_browser = extension.policy.as_deref().is_some_and(is_of_maker);
    let set_by = if of_browser { SetBy::Unknown } else { SetBy::Policy };
    (is_forced && extension.all_sites).then(|| observation("forced-extension", &["websites", "typed_text"], Level::Possible, &extension.id, set_by))
}

/// Libraries that are preloaded for speed or looks, by the beginning of their file's name. They observe nothing.
const HELPERS: [&str; 10] = [
    "libjemalloc",
    "libtcmalloc",
    "libmimalloc",
    "libeatmydata",
    "libgtk3-nocsd",
    "libfakeroot",
    "libgamemode",
    "libhardened_malloc",
    "libstderred",
    "libMangoHud",
];

/// A library in every program can see what these programs do: what is started, typed and opened.
fn preloaded(preload: &Preload) -> Observation {
    // Only an administrator can write the system's file; a variable of the session may come from anywhere.
    let set_by = if preload.system_wide { SetBy::System } else { SetBy::Unknown };
    let mut observation = observation("preload", &["app_time", "typed_text", "files"], Level::Possible, &preload.library, set_by);
    let name = preload.library.rsplit('/').next().unwrap_or_default();
    observation.ordinary = HELPERS.iter().any(|helper| name.starts_with(helper));
    observation
}

/// A program of macOS that was allowed to see the screen, or to read keys: by itself, or because it may control the computer.
fn may_look(decision: &PrivacyDecision) -> Option<Observation> {
    let (id, categories) = match decision.right {
        PrivacyRight::Screen => ("may-see-screen", ["screenshots", "screen_live"]),
        PrivacyRight::Input | PrivacyRight::Accessibility => ("may-read-keys", ["typed_text", "input_activity"]),
        _ => return None,
    };
    let mut observation = observation(id, &categories, Level::Possible, &decision.program, decision.set_by);
    // Programs for calls and for shortcuts have these, and macOS asks before anybody gets one; only a policy takes the worker's place.
    observation.ordinary = decision.set_by != SetBy::Policy;
    (decision.allowed == Some(true)).then_some(observation)
}

/// A filter sees every connection. What it keeps is not known.
fn content_filter(extension: &NetworkExtension) -> Option<Observation> {
    let is_filter = extension.sort == NetworkSort::ContentFilter && extension.on != Some(false);
    let by = extension.bundle_id.as_ref().unwrap_or(&extension.name);
    let mut observation = observation("content-filter", &["websites", "network_traffic"], Level::Possible, by, extension.set_by);
    // People install such filters themselves, against advertisements and unknown connections.
    observation.ordinary = extension.set_by != SetBy::Policy;
    is_filter.then_some(observation)
}

/// A program that is told of keys. Those for shortcuts are told of the same ones as those that keep what is typed.
fn keyboard_listener(tap: &EventTap) -> Option<Observation> {
    // Where macOS itself lies, and where people put the programs that they choose. A service in the background lies elsewhere.
    const CHOSEN: [&str; 6] = ["/System/", "/usr/libexec/", "/usr/sbin/", "/usr/bin/", "/Applications/", "/opt/homebrew/"];
    let by = tap.program.clone().unwrap_or_else(|| tap.pid.to_string());
    let mut observation = observation("keyboard-listener", &["input_activity", "typed_text"], Level::Possible, &by, SetBy::Unknown);
    observation.ordinary = CHOSEN.iter().any(|folder| by.starts_with(folder));
    (tap.keyboard && tap.on).then_some(observation)
}

/// The camera, the microphone or the screen at this moment: the worker's own call, mostly.
fn device_in_use(used: &DeviceInUse) -> Option<Observation> {
    let (word, categories): (_, &[&str]) = match used.device {
        Device::Camera => ("camera", &["webcam"]),
        Device::Microphone => ("microphone", &["microphone"]),
        Device::Screen => ("screen", &["screen_live"]),
        Device::Unknown => return None,
    };
    let by = used.program.as_deref().unwrap_or(word);
    Some(Observation { ordinary: true, ..observation("device-in-use", categories, Level::Seen, by, SetBy::Unknown) })
}

/// An extension that macOS tells which programs start and which files they use. Every program for security on a Mac needs one.
fn endpoint_security(extension: &SystemExtension) -> Option<Observation> {
    let is_told = extension.enabled == Enabled::Yes && extension.parts.contains(&ExtensionPart::EndpointSecurity);
    let observation = observation("endpoint-security", &["app_time", "files"], Level::Possible, &extension.bundle_id, SetBy::Unknown);
    is_told.then_some(Observation { ordinary: true, ..observation })
}

/// The confirmed product that a fact belongs to: its evidence names the same value.
fn product_behind<'a>(fact: &Fact, findings: &'a [Finding]) -> Option<&'a Finding> {
    let mut keys = Vec::new();
    fact.each_key(|kind, value| keys.push((kind, value)));
    // What was allowed stays when the program is removed, so it shows no product by itself; but whose it was, it tells.
    if let Fact::PrivacyDecision(decision) = fact {
        let kind = if decision.program.starts_with('/') { IndicatorKind::Path } else { IndicatorKind::BundleId };
        keys.push((kind, &decision.program));
    }
    findings
        .iter()
        .filter(|finding| finding.confidence == Confidence::Confirmed)
        .find(|finding| finding.evidence.iter().any(|evidence| keys.iter().any(|(kind, value)| *kind == evidence.kind && *value == evidence.value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Os;

    fn of(fact: impl Into<Fact>) -> Option<(String, Level, SetBy, bool)> {
        let inventory = Inventory::of_facts(Os::Windows, vec![fact.into()]);
        observe(&inventory, &[]).pop().map(|one| (one.id, one.level, one.set_by, one.ordinary))
    }

    fn told(id: &str, level: Level, set_by: SetBy, ordinary: bool) -> Option<(String, Level, SetBy, bool)> {
        Some((id.into(), level, set_by, ordinary))
    }

    #[test]
    fn the_store_tells_who_added_a_root() {
        let root = |store: &str| Certificate { anchor: Anchor::Added, store: store.into(), subject: "CN=x".into(), ..Certificate::default() };
        for (store, set_by, ordinary) in [
            ("system", SetBy::Unknown, false),
            ("computer", SetBy::Unknown, false),
            ("policy", SetBy::Policy, false),
            ("enterprise", SetBy::Policy, false),
            ("user", SetBy::User, true),
        ] {
            assert_eq!(of(root(store)), told("added-root-certificate", Level::Possible, set_by, ordinary), "{store}");
        }
        assert_eq!(of(Certificate { anchor: Anchor::Unknown, ..root("computer") }), None);
    }

    #[test]
    fn settings_that_matter() {
        let setting = |name: &str, place: &str| Setting { name: name.into(), on: Some(true), place: place.into() };
        let (policy, system) = ("HKLM\\SOFTWARE\\Policies\\Microsoft\\x", "HKLM\\SYSTEM\\x");
        for (name, place, expected) in [
            ("remote-desktop-shadow-without-consent", policy, told("remote-shadow", Level::Possible, SetBy::Policy, false)),
            ("remote-assistance-unsolicited", policy, told("remote-assistance", Level::Possible, SetBy::Policy, false)),
            ("remote-desktop", policy, told("remote-desktop", Level::Possible, SetBy::Policy, true)),
            ("remote-desktop", system, told("remote-desktop", Level::Possible, SetBy::System, true)),
            ("intune-enrolment", system, told("device-managed", Level::On, SetBy::Policy, true)),
            ("remote-assistance", system, None),
            ("screen-sharing", "/private/x", told("screen-sharing", Level::Possible, SetBy::System, false)),
            ("remote-management", "/Library/x", told("screen-sharing", Level::Possible, SetBy::System, false)),
            ("remote-login", "/private/x", None),
            ("domain-join", system, None),
        ] {
            assert_eq!(of(setting(name, place)), expected, "{name}");
            assert_eq!(of(Setting { on: Some(false), ..setting(name, place) }), None);
            assert_eq!(of(Setting { on: None, ..setting(name, place) }), None);
        }
    }

    #[test]
    fn looking_along_needs_a_computer_that_can_be_reached() {
        let setting = |name: &str| Fact::from(Setting { name: name.into(), on: Some(true), ..Setting::default() });
        let inventory = Inventory::of_facts(Os::Windows, vec![setting("remote-desktop"), setting("remote-desktop-shadow-without-consent")]);
        let levels: Vec<_> = observe(&inventory, &[]).into_iter().map(|one| (one.id, one.level)).collect();
        assert_eq!(levels, [("remote-desktop".to_owned(), Level::Possible), ("remote-shadow".to_owned(), Level::On)]);
    }

    #[test]
    fn who_set_a_proxy_in_an_account_of_windows_is_not_known() {
        let proxy = |used_by: &str| Proxy { address: "proxy.example:80".into(), used_by: used_by.into(), set_by: SetBy::User, ..Proxy::default() };
        assert_eq!(of(proxy("Windows")), told("proxy", Level::On, SetBy::Unknown, false));
        assert_eq!(of(proxy("session")), told("proxy", Level::On, SetBy::User, true));
    }

    #[test]
    fn what_programs_of_macos_were_allowed() {
        let decision = |right, allowed, set_by| PrivacyDecision { right, program: "com.acme".into(), allowed, set_by, ..PrivacyDecision::default() };
        let yes = Some(true);
        for (fact, expected) in [
            (decision(PrivacyRight::Screen, yes, SetBy::User), told("may-see-screen", Level::Possible, SetBy::User, true)),
            (decision(PrivacyRight::Input, yes, SetBy::Unknown), told("may-read-keys", Level::Possible, SetBy::Unknown, true)),
            (decision(PrivacyRight::Accessibility, yes, SetBy::Policy), told("may-read-keys", Level::Possible, SetBy::Policy, false)),
            (decision(PrivacyRight::Camera, yes, SetBy::Policy), None),
            (decision(PrivacyRight::Screen, Some(false), SetBy::Policy), None),
            (decision(PrivacyRight::Screen, None, SetBy::Policy), None),
        ] {
            assert_eq!(of(fact), expected);
        }
    }

    #[test]
    fn what_a_mac_shows_at_work() {
        let filter = |on| NetworkExtension { sort: NetworkSort::ContentFilter, on, set_by: SetBy::Policy, ..NetworkExtension::default() };
        assert_eq!(of(filter(None)), told("content-filter", Level::Possible, SetBy::Policy, false));
        assert_eq!(of(filter(Some(false))), None);
        assert_eq!(of(NetworkExtension { sort: NetworkSort::Vpn, ..filter(None) }), None);
        let tap = |program: &str| EventTap { program: Some(program.into()), keyboard: true, on: true, ..EventTap::default() };
        assert_eq!(of(tap("/Applications/x")), told("keyboard-listener", Level::Possible, SetBy::Unknown, true));
        assert_eq!(of(tap("/Library/Acme/x")), told("keyboard-listener", Level::Possible, SetBy::Unknown, false));
        assert_eq!(of(tap("/System/x")), told("keyboard-listener", Level::Possible, SetBy::Unknown, true));
        assert_eq!(of(EventTap { keyboard: false, ..tap("/x") }).or(of(EventTap { on: false, ..tap("/x") })), None);
        assert_eq!(of(DeviceInUse { device: Device::Camera, ..DeviceInUse::default() }), told("device-in-use", Level::Seen, SetBy::Unknown, true));
        assert_eq!(of(DeviceInUse::default()), None);
        let extension = |enabled| SystemExtension { enabled, parts: vec![ExtensionPart::EndpointSecurity], ..SystemExtension::default() };
        assert_eq!(of(extension(Enabled::Yes)), told("endpoint-security", Level::Possible, SetBy::Unknown, true));
        assert_eq!(of(extension(Enabled::No)), None);
    }
}
