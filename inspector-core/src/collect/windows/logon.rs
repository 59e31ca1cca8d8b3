//! What Windows loads into every program, and what takes part in logging in.
//!
//! What every Windows has is left out: known by its name or class, and by the folder of the system in which it lies.

use super::classes::library_of;
use super::command::{library_at, programs};
use super::places::{Places, base_name};
use super::{CURRENT_VERSION, is_on_disk, is_there};
use crate::collect::log::Log;
use crate::collect::registry::Data;
use crate::collect::{Collected, Context};
use crate::facts::{AuthModule, AuthSystem, Fact, Preload};
use crate::inventory::Source;

const CONTROL: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
const SYSTEM_32: &str = "System32";

pub(super) fn collect_preloaded(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Preload);
    let mut facts = Vec::new();
    for (view, folder) in [(CURRENT_VERSION, SYSTEM_32), ("HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows NT\\CurrentVersion", "SysWOW64")] {
        let key = format!("{view}\\Windows");
        let Some(values) = log.values(&key) else { continue };
        let is_on = values.number(&mut log, "LoadAppInit_DLLs").is_some_and(|number| number != 0);
        let Some(list) = values.text(&mut log, "AppInit_DLLs").filter(|_| is_on) else { continue };
        if is_secure_boot(&mut log) {
            // Windows then loads none of them.
            continue;
        }
        for library in words(list) {
            facts.push(preload(&log, &library_at(&context.places, folder, &library), format!("{key}: AppInit_DLLs")));
        }
    }
    let key = format!("{CONTROL}\\Session Manager\\AppCertDlls");
    if let Some(values) = log.values(&key) {
        for (name, _) in values.iter() {
            let Some(library) = values.text(&mut log, name) else { continue };
            facts.push(preload(&log, &library_at(&context.places, SYSTEM_32, library), format!("{key}: {name}")));
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

fn is_secure_boot(log: &mut Log) -> bool {
    let state = log.values(&format!("{CONTROL}\\SecureBoot\\State"));
    state.is_some_and(|state| state.get("UEFISecureBootEnabled") == Some(&Data::Number(1)))
}

fn preload(log: &Log, library: &str, place: String) -> Fact {
    Preload { library: library.into(), system_wide: true, exists: is_on_disk(log, library), place }.into()
}

/// The parts of a list that spaces or commas separate; quotes keep both.
fn words(list: &str) -> Vec<String> {
    let mut is_quoted = false;
    let mut separates = |c: char| {
        is_quoted ^= c == '"';
        c == '"' || !is_quoted && matches!(c, ' ' | ',')
    };
    list.split(&mut separates).filter(|word| !word.trim().is_empty()).map(str::to_owned).collect()
}

pub(super) fn collect_parts(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::LogonParts);
    let mut facts = Vec::new();
    read_winlogon(&mut log, &mut facts);
    for (list, known) in PROVIDERS {
        read_providers(&mut log, list, known, &mut facts);
    }
    for (key, name, known) in PACKAGES {
        read_packages(&mut log, &format!("{CONTROL}\\{key}"), name, known, &mut facts);
    }
    read_network_providers(&mut log, &mut facts);
    super::finish(context, log, facts)
}

fn module(system: AuthSystem, library: String, used_by: &str, place: String) -> Fact {
    AuthModule { system, library: Some(library), used_by: vec![used_by.into()], place, ..AuthModule::default() }.into()
}

fn read_winlogon(log: &mut Log, facts: &mut Vec<Fact>) {
    let policies = "Software\\Microsoft\\Windows\\CurrentVersion\\Policies\\System";
    for (key, names) in [
        (format!("{CURRENT_VERSION}\\Winlogon"), &["Shell", "Userinit", "Taskman"][..]),
        ("HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon".into(), &["Shell"]),
        // A shell that a policy sets goes before the others.
        (format!("HKLM\\{policies}"), &["Shell"]),
        (format!("HKCU\\{policies}"), &["Shell"]),
    ] {
        let Some(values) = log.values(&key) else { continue };
        for name in names {
            let Some(list) = values.text(log, name) else { continue };
            for line in list.split(',') {
                for program in programs(line, &log.context.places, &is_there(log)) {
                    if !is_usual_program(&log.context.places, &program) {
                        facts.push(module(AuthSystem::Winlogon, program, name, format!("{key}: {name}")));
                    }
                }
            }
        }
    }
}

/// The two programs that every Windows starts at the login, each in its folder or by its name alone.
fn is_usual_program(places: &Places, program: &str) -> bool {
    let windows = places.get("systemroot");
    let usual = ["explorer.exe".to_owned(), format!("{windows}\\explorer.exe"), "userinit.exe".to_owned(), format!("{windows}\\System32\\userinit.exe")];
    usual.iter().any(|usual| usual.eq_ignore_ascii_case(program))
}

/// The lists of credential providers, each with those of Windows.
const PROVIDERS: [(&str, &[&str]); 3] = [
    ("Credential Providers", &OF_WINDOWS),
    ("Credential Provider Filters", &["{DDC0EED2-ADBE-40B6-A217-EDE16A79A0DE}"]),
    ("PLAP Providers", &["{5537E283-B1E7-4EF8-9C6E-7AB0AFE5056D}"]),
];
/// The credential providers of Windows 10 and 11, as their registries list them and as administrators publish the lists (23H2, and older
/// ones).
const OF_WINDOWS: [&str; 26] = [
    "{01A30791-40AE-4653-AB2E-FD210019AE88}",
    "{1B283861-754F-4022-AD47-A5EAAA618894}",
    "{1EE7337F-85AC-45E2-A23C-37C753209769}",
    "{2135F72A-90B5-4ED3-A7F1-8BB705AC276A}",
    "{25CBB996-92ED-457E-B28C-4774084BD562}",
    "{27FBDB57-B613-4AF2-9D7E-4FA7A66C21AD}",
    "{2D8B3101-E025-480D-917C-835522C7F628}",
    "{3DD6BEC0-8193-4FFE-AE25-E08E39EA4063}",
    "{48B4E58D-2791-456C-9091-D524C6C706F2}",
    "{600E7ADB-DA3E-41A4-9225-3C0399E88C0C}",
    "{60B78E88-EAD8-445C-9CFD-0B87F74EA6CD}",
    "{6F45DC1E-5384-457A-BC13-2CD81B0D28ED}",
    "{8AF662BF-65A0-4D0A-A540-A338A999D36F}",
    "{8FD7E19C-3BF7-489B-A72C-846AB3678C96}",
    "{94596C7E-3744-41CE-893E-BBF09122F76A}",
    "{A910D941-9DA9-4656-8933-AA1EAE01F76E}",
    "{BEC09223-B018-416D-A0AC-523971B639F5}",
    "{C5D7540A-CD51-453B-B22B-05305BA03F07}",
    "{C885AA15-1764-4293-B82A-0586ADD46B35}",
    "{CB82EA12-9F71-446D-89E1-8D0924E1256E}",
    "{D6886603-9D2F-4EB2-B667-1971041FA96B}",
    "{E74E57B0-6C6D-44D5-9CDA-FB2DF5ED7435}",
    "{F64945DF-4FA9-4068-A2FB-61AF319EDD33}",
    "{F8A0B131-5F68-486C-8040-7E8FC3C85BB6}",
    "{F8A1793B-7873-4046-B2A7-1F318747F427}",
    "{07AA0886-CC8D-4E19-A410-1C75AF686E62}",
];

fn read_providers(log: &mut Log, list: &str, known: &[&str], facts: &mut Vec<Fact>) {
    let top = format!("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\{list}");
    for class in log.keys(&top) {
        // Without a library there is nothing that Windows could load.
        let Some(library) = library_of(log, &class) else { continue };
        let is_usual = known.iter().any(|known| known.eq_ignore_ascii_case(&class)) && is_in_system(&log.context.places, &library);
        if !is_usual {
            facts.push(module(AuthSystem::CredentialProvider, library, list, format!("{top}\\{class}")));
        }
    }
}

/// Whether a file lies in the folder of the system itself.
fn is_in_system(places: &Places, path: &str) -> bool {
    let folder = path.strip_suffix(base_name(path)).unwrap_or_default();
    folder.eq_ignore_ascii_case(&format!("{}\\{SYSTEM_32}\\", places.get("systemroot")))
}

/// The security packages of Windows.
const SECURITY: &[&str] = &["kerberos", "msv1_0", "schannel", "wdigest", "tspkg", "pku2u", "livessp", "cloudap", "negoexts", "credssp"];
/// The lists of packages, each with those of Windows.
const PACKAGES: [(&str, &str, &[&str]); 4] = [
    ("Lsa", "Authentication Packages", &["msv1_0"]),
    ("Lsa", "Security Packages", SECURITY),
    ("Lsa\\OSConfig", "Security Packages", SECURITY),
    // The second one is on servers.
    ("Lsa", "Notification Packages", &["scecli", "rassfm"]),
];

fn read_packages(log: &mut Log, key: &str, name: &str, known: &[&str], facts: &mut Vec<Fact>) {
    let Some(values) = log.values(key) else { return };
    for package in values.texts(log, name) {
        // An empty list is written as one pair of quotes.
        let package = package.trim().trim_matches('"');
        if !package.is_empty() && !known.iter().any(|known| known.eq_ignore_ascii_case(package)) {
            facts.push(module(AuthSystem::Lsa, library_at(&log.context.places, SYSTEM_32, package), name, format!("{key}: {name}")));
        }
    }
}

/// The network providers of Windows with their libraries: remote desktops, shares, web folders, Linux below Windows.
const NETWORK: [(&str, &str); 4] = [("RDPNP", "drprov.dll"), ("LanmanWorkstation", "ntlanman.dll"), ("WebClient", "davclnt.dll"), ("P9NP", "p9np.dll")];

fn read_network_providers(log: &mut Log, facts: &mut Vec<Fact>) {
    let Some(values) = log.values(&format!("{CONTROL}\\NetworkProvider\\Order")) else { return };
    let Some(order) = values.text(log, "ProviderOrder") else { return };
    for name in order.split(',').map(str::trim).filter(|name| !name.is_empty() && !name.contains('\\')) {
        let key = format!("{}\\{name}\\NetworkProvider", super::services::SERVICES);
        let Some(provider) = log.values(&key) else { continue };
        let Some(library) = provider.text(log, "ProviderPath") else { continue };
        let library = library_at(&log.context.places, SYSTEM_32, library);
        let usual = NETWORK.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let is_usual = usual.is_some_and(|(_, file)| file.eq_ignore_ascii_case(base_name(&library))) && is_in_system(&log.context.places, &library);
        if !is_usual {
            facts.push(module(AuthSystem::NetworkProvider, library, name, format!("{key}: ProviderPath")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::{ReasonCode, Status};

    const WINDOWS: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Windows";
    const WINDOWS_32: &str = "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows NT\\CurrentVersion\\Windows";
    const CERTS: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\AppCertDlls";
    const WINLOGON: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon";
    const LSA: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa";
    const ORDER: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\NetworkProvider\\Order";
    const AUTHENTICATION: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication";

    fn preloaded(fixture: Fixture) -> Vec<(String, Option<bool>)> {
        let collected = fixture.collect_windows(collect_preloaded);
        let library = |fact| match fact {
            Fact::Preload(Preload { library, system_wide: true, exists, .. }) => (library, exists),
            other => panic!("{other:?}"),
        };
        collected.facts.into_iter().map(library).collect()
    }

    #[test]
    fn libraries_in_every_program() {
        let list = |list| {
            Fixture::new().file("C:\\Windows\\System32\\hook.dll", "").number(WINDOWS, "LoadAppInit_DLLs", 1).text(WINDOWS, "AppInit_DLLs", list).text(
                WINDOWS_32,
                "AppInit_DLLs",
                "other.dll",
            )
        };
        for (written, found) in [
            ("hook", &[("C:\\Windows\\System32\\hook.dll", Some(true))][..]),
            ("C:\\PROGRA~1\\Acme\\a.dll, hook.dll", &[("C:\\PROGRA~1\\Acme\\a.dll", None), ("C:\\Windows\\System32\\hook.dll", Some(true))]),
            ("\"C:\\Program Files\\a,b.dll\" ,C:\\x.dll", &[("C:\\Program Files\\a,b.dll", Some(false)), ("C:\\x.dll", Some(false))]),
            ("\\\\server\\share\\x.dll", &[("\\\\server\\share\\x.dll", None)]),
            ("\"", &[]),
            (" ", &[]),
            ("", &[]),
        ] {
            let found: Vec<_> = found.iter().map(|(library, exists)| ((*library).to_owned(), *exists)).collect();
            assert_eq!(preloaded(list(written)), found, "{written}");
        }
        assert_eq!(preloaded(list("hook").number(WINDOWS_32, "LoadAppInit_DLLs", 1))[1].0, "C:\\Windows\\SysWOW64\\other.dll");
        let secure = list("hook").number("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State", "UEFISecureBootEnabled", 1);
        assert_eq!(preloaded(secure), []);
        assert_eq!(preloaded(Fixture::new().number(WINDOWS, "LoadAppInit_DLLs", 0).text(WINDOWS, "AppInit_DLLs", "hook")), []);
        assert_eq!(preloaded(Fixture::new().text(WINDOWS, "AppInit_DLLs", "hook")), []);
        let certs = Fixture::new().text(CERTS, "Acme", "%ProgramFiles%\\Acme\\cert.dll");
        assert_eq!(preloaded(certs), [("C:\\Program Files\\Acme\\cert.dll".into(), Some(false))]);
    }

    #[test]
    fn preloading_that_is_not_as_it_should_be() {
        let of = |fixture: Fixture| fixture.collect_windows(collect_preloaded).of(Source::Preload);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(Fixture::new().key(WINDOWS)), (Status::Full, None));
        assert_eq!(of(Fixture::new().key(WINDOWS).deny_key("HKLM\\SYSTEM")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(Fixture::new().text(WINDOWS, "LoadAppInit_DLLs", "1")), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(Fixture::new().number(CERTS, "x", 1)), (Status::Partial, Some(ReasonCode::Malformed)));
    }

    fn clean() -> Fixture {
        on_clean(Fixture::new())
    }

    /// Adds what a clean Windows has. Of two values of one name the first counts, so what differs is put there before.
    fn on_clean(fixture: Fixture) -> Fixture {
        let class = |class: &str, library: &str| (format!("HKLM\\SOFTWARE\\Classes\\CLSID\\{class}\\InprocServer32"), library.to_owned());
        let (password, password_library) = class("{60b78e88-ead8-445c-9cfd-0b87f74ea6cd}", "%SystemRoot%\\system32\\credprovs.dll");
        let (filter, filter_library) = class("{DDC0EED2-ADBE-40b6-A217-EDE16A79A0DE}", "credprovs.dll");
        let provider = |name: &str| format!("HKLM\\SYSTEM\\CurrentControlSet\\Services\\{name}\\NetworkProvider");
        fixture
            .file("C:\\Windows\\System32\\userinit.exe", "")
            .text(WINLOGON, "Shell", "explorer.exe")
            .text(WINLOGON, "Userinit", "C:\\Windows\\system32\\userinit.exe,")
            .key(&format!("{AUTHENTICATION}\\Credential Providers\\{{60b78e88-ead8-445c-9cfd-0b87f74ea6cd}}"))
            .key(&format!("{AUTHENTICATION}\\Credential Provider Filters\\{{DDC0EED2-ADBE-40b6-A217-EDE16A79A0DE}}"))
            .text(&password, "", &password_library)
            .text(&filter, "", &filter_library)
            .value(LSA, "Authentication Packages", Data::Texts(vec!["msv1_0".into()]))
            .value(LSA, "Security Packages", Data::Texts(vec!["\"\"".into()]))
            .value(LSA, "Notification Packages", Data::Texts(vec!["scecli".into()]))
            .value(&format!("{LSA}\\OSConfig"), "Security Packages", Data::Texts(vec!["kerberos".into(), "CloudAP".into()]))
            .text(ORDER, "ProviderOrder", "RDPNP,LanmanWorkstation,webclient")
            .text(&provider("RDPNP"), "ProviderPath", "%SystemRoot%\\System32\\drprov.dll")
            .text(&provider("LanmanWorkstation"), "ProviderPath", "%SystemRoot%\\System32\\ntlanman.dll")
            .text(&provider("WebClient"), "ProviderPath", "%SystemRoot%\\System32\\davclnt.dll")
    }

    fn parts(fixture: Fixture) -> Vec<(AuthSystem, String, String)> {
        let part = |fact| match fact {
            Fact::AuthModule(mut module) => (module.system, module.library.unwrap(), module.used_by.remove(0)),
            other => panic!("{other:?}"),
        };
        fixture.collect_windows(collect_parts).facts.into_iter().map(part).collect()
    }

    #[test]
    fn a_clean_windows_has_nothing_to_tell() {
        assert_eq!(parts(clean()), []);
        assert_eq!(clean().collect_windows(collect_parts).of(Source::LogonParts), (Status::Full, None));
        assert_eq!(Fixture::new().collect_windows(collect_parts).of(Source::LogonParts), (Status::Full, Some(ReasonCode::Absent)));
    }

    #[test]
    fn what_was_added_to_the_login() {
        use AuthSystem::{CredentialProvider, Lsa, NetworkProvider, Winlogon};
        let new = Fixture::new;
        let class = "{0C0F33DE-2D4F-4A85-9B1B-5D7A0C8B5A11}";
        let server = format!("HKLM\\SOFTWARE\\Classes\\CLSID\\{class}\\InprocServer32");
        let own = "HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon";
        for (fixture, system, library, used_by) in [
            (new().text(WINLOGON, "Userinit", "userinit.exe,C:\\Acme\\logon.exe /x,"), Winlogon, "C:\\Acme\\logon.exe", "Userinit"),
            (new().text(own, "Shell", "C:\\Acme\\shell.exe"), Winlogon, "C:\\Acme\\shell.exe", "Shell"),
            (new().text(WINLOGON, "Taskman", "C:\\x.exe"), Winlogon, "C:\\x.exe", "Taskman"),
            (
                new().key(&format!("{AUTHENTICATION}\\Credential Providers\\{class}")).text(&server, "", "C:\\Acme\\provider.dll"),
                CredentialProvider,
                "C:\\Acme\\provider.dll",
                "Credential Providers",
            ),
            (
                new().text("HKLM\\SOFTWARE\\Classes\\CLSID\\{60B78E88-EAD8-445C-9CFD-0B87F74EA6CD}\\InprocServer32", "", "C:\\Acme\\wrapper.dll"),
                CredentialProvider,
                "C:\\Acme\\wrapper.dll",
                "Credential Providers",
            ),
            (
                new().text("HKLM\\SYSTEM\\CurrentControlSet\\Services\\WebClient\\NetworkProvider", "ProviderPath", "C:\\Windows\\System32\\sub\\davclnt.dll"),
                NetworkProvider,
                "C:\\Windows\\System32\\sub\\davclnt.dll",
                "webclient",
            ),
            (
                new().value(&format!("{LSA}\\OSConfig"), "Security Packages", Data::Texts(vec!["acmessp".into()])),
                Lsa,
                "C:\\Windows\\System32\\acmessp.dll",
                "Security Packages",
            ),
            (new().text(LSA, "Notification Packages", "C:\\Acme\\filter"), Lsa, "C:\\Acme\\filter.dll", "Notification Packages"),
        ] {
            assert_eq!(parts(on_clean(fixture)), [(system, library.to_owned(), used_by.to_owned())]);
        }
    }

    #[test]
    fn parts_that_are_not_as_they_should_be() {
        let of = |fixture: Fixture| fixture.collect_windows(collect_parts).of(Source::LogonParts);
        assert_eq!(of(clean().deny_key("HKLM\\SYSTEM")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(clean().homeless()), (Status::Partial, Some(ReasonCode::NoHome)));
        assert_eq!(of(Fixture::new().number(LSA, "Security Packages", 1)), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(Fixture::new().number(WINLOGON, "Shell", 1)), (Status::Partial, Some(ReasonCode::Malformed)));
        let hostile = Fixture::new().text(ORDER, "ProviderOrder", ",,..\\..\\x, ,none").key(&format!("{AUTHENTICATION}\\Credential Providers\\..\\x"));
        assert_eq!(parts(hostile), []);
    }
}
