//! Root certificates that somebody made this Mac trust.
//!
//! A certificate that lies in a keychain is not trusted for that: trust settings say so, which are property lists. Those of administrators and
//! of configuration profiles count for the computer, those of an account for it alone. Apple's own roots are in neither.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sha1::{Digest as _, Sha1};
use x509_parser::prelude::{FromDer as _, X509Name};

use inzage_macos::Root;

use super::keychain;
use crate::collect::certificates::{Described, LONGEST_NAME, describe, is_known};
use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary, Value};
use crate::collect::tree::What;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Anchor, Certificate, Fact};
use crate::inventory::{ReasonCode, Source};

/// Where trust settings lie: those of administrators, and one list or folder for each account, by a number that only the directory knows. On a
/// running Mac nobody but one of its daemons may look there.
const SETTINGS: &str = "/private/var/protected/trustd/private";
/// Where they lay before macOS 13. What is left there afterwards counts no more.
const OLD_SETTINGS: &str = "/Library/Security/Trust Settings";
/// Where a person looks them up.
const PLACE: &str = "Keychain Access";
/// The list of administrators.
const OF_COMPUTER: &str = "Admin.plist";
/// Keychains whose certificates trust settings speak of.
const KEYCHAINS: [&str; 3] = ["/Library/Keychains/System.keychain", "~/Library/Keychains/login.keychain-db", "~/Library/Keychains/login.keychain"];
/// The largest keychain.
const LARGEST: u64 = 64 << 20;
/// The most certificates that trust settings name.
const MOST: usize = 2_000;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Certificates);
    if let Some(mac) = context.mac {
        let roots = log.keep(Path::new(PLACE), mac.trusted_roots()).unwrap_or_default();
        log.checked(roots.len());
        let facts = roots.into_iter().filter_map(|root| of_running(&mut log, &root)).collect();
        return Collected { facts, coverage: vec![log.finish()] };
    }
    let mut trusted = Vec::new();
    let lists = lists(&mut log);
    // Of several accounts' lists nobody can tell which one is the worker's.
    let is_of_computer = |list: &Path| list.file_name().is_some_and(|name| name == OF_COMPUTER);
    let of_user = if lists.iter().filter(|list| !is_of_computer(list)).count() == 1 { "user" } else { "unknown" };
    for list in lists {
        read(&mut log, &list, if is_of_computer(&list) { "computer" } else { of_user }, &mut trusted);
    }
    if trusted.is_empty() {
        return Collected { facts: Vec::new(), coverage: vec![log.finish()] };
    }
    // Only when there is something to explain are keychains opened.
    let wanted = trusted.iter().map(|one| one.sha1.as_str()).collect();
    let certificates = in_keychains(&mut log, context, &wanted);
    let mut facts = Vec::new();
    for Trusted { sha1, issuer, since, store, place } in trusted {
        let described = certificates.get(&sha1).map(|certificate| (certificate, describe(certificate)));
        let Described { sha256, subject, names, .. } = match described {
            Some((certificate, _)) if is_known(certificate) => continue,
            // It vouches for nobody but itself.
            Some((_, Some(described))) if !described.is_ca => continue,
            Some((_, Some(described))) => described,
            // Its bytes lie in a keychain that may not be read. Who trusts it, and whose it is, is told all the same.
            _ => {
                log.trouble(ReasonCode::Absent, Path::new(KEYCHAINS[0]));
                of_name(&issuer)
            }
        };
        facts.push(Certificate { sha256, subject, names, anchor: Anchor::Added, since, store: store.into(), place: path_text(&place) }.into());
    }
    Collected { facts, coverage: vec![log.finish()] }
}

/// A root that a running Mac says it trusts.
fn of_running(log: &mut Log, root: &Root) -> Option<Fact> {
    let store = if root.of_user { "user" } else { "computer" };
    let Some(Described { sha256, subject, names, is_ca }) = describe(&root.certificate) else {
        log.trouble(ReasonCode::Malformed, Path::new(PLACE));
        return None;
    };
    let fact = Certificate { sha256, subject, names, anchor: Anchor::Added, since: None, store: store.into(), place: PLACE.into() };
    (is_ca && !is_known(&root.certificate)).then(|| fact.into())
}

/// The lists of trust settings on a disk.
fn lists(log: &mut Log) -> Vec<PathBuf> {
    let folder = Path::new(SETTINGS);
    if log.exists(folder) == Some(false) {
        let old = Path::new(OLD_SETTINGS);
        return log.list(old).into_iter().map(|entry| old.join(entry.name)).filter(|path| path.extension().is_some_and(|end| end == "plist")).collect();
    }
    let entries = log.list(folder).into_iter();
    let lists = entries.map(|entry| if entry.what == What::Folder { folder.join(entry.name).join("TrustSettings.plist") } else { folder.join(entry.name) });
    lists.filter(|path| path.extension().is_some_and(|end| end == "plist")).collect()
}

/// A certificate that trust settings name.
struct Trusted {
    /// SHA-1 of its bytes, in hexadecimal.
    sha1: String,
    /// The name of who issued it, which for a root is its own, in DER.
    issuer: Vec<u8>,
    since: Option<i64>,
    store: &'static str,
    place: PathBuf,
}

fn read(log: &mut Log, place: &Path, store: &'static str, trusted: &mut Vec<Trusted>) {
    let Some(settings) = plist::read(log, place) else { return };
    let Some(list) = plist::inner(&settings, "trustList") else {
        log.trouble(ReasonCode::Malformed, place);
        return;
    };
    for (sha1, values) in list {
        // `kSecTrustRecordDefaultRootCert` is no certificate.
        let Some(values) = values.as_dictionary().filter(|_| sha1.len() == 40) else { continue };
        if trusted.len() >= MOST {
            log.trouble(ReasonCode::TooMany, place);
            return;
        }
        if is_trusted_for_websites(values) {
            let issuer = values.get("issuerName").and_then(Value::as_data).unwrap_or_default().to_vec();
            trusted.push(Trusted { sha1: sha1.to_lowercase(), issuer, since: plist::moment(values, "modDate"), store, place: place.into() });
        }
    }
}

/// Whether a certificate may vouch for websites. No settings at all mean that it is trusted for everything.
fn is_trusted_for_websites(values: &Dictionary) -> bool {
    const TRUST_ROOT: i64 = 1;
    const TRUST_AS_ROOT: i64 = 2;
    let mut settings = plist::inners(values, "trustSettings").peekable();
    settings.peek().is_none()
        || settings.any(|setting| {
            let result = setting.get("kSecTrustSettingsResult").and_then(Value::as_signed_integer).unwrap_or(TRUST_ROOT);
            // Policies have names since macOS 10.13: `sslServer`, `basicX509`, `SMIME`. Without one it counts for all.
            let policy = plist::text(setting, "kSecTrustSettingsPolicyName");
            // One host alone, such as a router that a person once chose to trust.
            let is_for_one_host = setting.contains_key("kSecTrustSettingsPolicyString");
            let is_for_websites =
                !is_for_one_host && policy.is_none_or(|policy| policy.to_lowercase().contains("ssl") || policy.eq_ignore_ascii_case("basicX509"));
            matches!(result, TRUST_ROOT | TRUST_AS_ROOT) && is_for_websites
        })
}

/// Those of the wanted certificates that lie in keychains that may be read, by their SHA-1 in hexadecimal.
fn in_keychains(log: &mut Log, context: &Context, wanted: &BTreeSet<&str>) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in super::places(context, &KEYCHAINS) {
        let Some(bytes) = log.read_up_to(&path, LARGEST) else { continue };
        let Some((certificates, broken)) = keychain::certificates(&bytes) else {
            log.trouble(ReasonCode::Malformed, &path);
            continue;
        };
        if broken {
            log.trouble(ReasonCode::Malformed, &path);
        }
        log.checked(certificates.len());
        let named = certificates.into_iter().map(|certificate| (crate::text::hexadecimal(&Sha1::digest(certificate)), certificate));
        found.extend(named.filter(|(sha1, _)| wanted.contains(sha1.as_str())).map(|(sha1, certificate)| (sha1, certificate.to_vec())));
    }
    found
}

/// What the name of a certificate tells where the certificate itself cannot be read.
fn of_name(der: &[u8]) -> Described {
    let cut = |name: &str| name.chars().take(LONGEST_NAME).collect::<String>();
    let name = X509Name::from_der(der).map(|(_, name)| name).ok();
    let parts = name.iter().flat_map(|name| name.iter_common_name().chain(name.iter_organization()));
    let names = parts.filter_map(|part| part.as_str().ok()).map(cut).collect();
    Described { sha256: String::new(), subject: name.as_ref().map(|name| cut(&name.to_string())).unwrap_or_default(), names, is_ca: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::macos::testing::Answers;
    use crate::collect::testing::Fixture;
    use crate::collect::tree::Trouble;
    use crate::facts::Fact;
    use crate::inventory::Status;
    use data_encoding::BASE64;

    const ADDED_ROOT: &str = include_str!("../../../testdata/certificates/added-root.pem");
    const ADMIN: &str = "/private/var/protected/trustd/private/Admin.plist";
    const SYSTEM: &str = "/Library/Keychains/System.keychain";

    fn root() -> Vec<u8> {
        let lines: Vec<_> = ADDED_ROOT.lines().filter(|line| !line.starts_with("---")).collect();
        BASE64.decode(lines.concat().as_bytes()).unwrap()
    }

    /// Trust settings for a certificate, with these settings.
    fn settings(certificate: &[u8], settings: &str) -> String {
        let sha1 = crate::text::hexadecimal(&Sha1::digest(certificate)).to_uppercase();
        let (_, parsed) = x509_parser::parse_x509_certificate(certificate).unwrap();
        format!(
            "<plist><dict><key>trustList</key><dict><key>{sha1}</key><dict><key>issuerName</key><data>{}</data><key>modDate</key>
            <date>2026-03-01T10:00:00Z</date>{settings}</dict></dict><key>trustVersion</key><integer>1</integer></dict></plist>",
            BASE64.encode(parsed.issuer().as_raw())
        )
    }

    fn found(collected: &Collected) -> Vec<(&str, &str, bool)> {
        let each = collected.facts.iter().map(|fact| match fact {
            Fact::Certificate(one) => (one.store.as_str(), one.names.first().map_or("", String::as_str), one.sha256.len() == 64),
            other => panic!("{other:?}"),
        });
        each.collect()
    }

    #[test]
    fn trusted_is_what_settings_trust() {
        let setting = |result: u8, policy: &str| {
            format!("<key>trustSettings</key><array><dict><key>kSecTrustSettingsResult</key><integer>{result}</integer>{policy}</dict></array>")
        };
        let (ssl, mail) = ("<key>kSecTrustSettingsPolicyName</key><string>sslServer</string>", "<key>kSecTrustSettingsPolicyName</key><string>SMIME</string>");
        for (written, trusted) in [
            (String::new(), true),
            ("<key>trustSettings</key><array/>".into(), true),
            (setting(1, ""), true),
            (setting(1, ssl), true),
            (setting(1, mail), false),
            (setting(3, ""), false),
            (setting(4, ""), false),
        ] {
            let fixture = Fixture::new().file(ADMIN, settings(&root(), &written)).file(SYSTEM, keychain::tests::keychain(&[&root()]));
            let collected = fixture.collect_macos(collect);
            assert_eq!(found(&collected), if trusted { vec![("computer", "Acme Inspection Root", true)] } else { vec![] }, "{written}");
            assert_eq!(collected.of(Source::Certificates), (Status::Full, None));
        }
        let only_there = Fixture::new().file(SYSTEM, keychain::tests::keychain(&[&root()])).collect_macos(collect);
        assert!(only_there.facts.is_empty(), "what lies in a keychain is not trusted for that");
    }

    #[test]
    fn roots_that_everybody_trusts_are_left_out() {
        let known = webpki_root_certs::TLS_SERVER_ROOT_CERTS[0].as_ref();
        let fixture = Fixture::new().file(ADMIN, settings(known, "")).file(SYSTEM, keychain::tests::keychain(&[known]));
        assert!(fixture.collect_macos(collect).facts.is_empty());
    }

    #[test]
    fn of_an_account_and_without_its_bytes() {
        let (new, old) = ("/private/var/protected/trustd/private/7A1B2C3D/TrustSettings.plist", "/Library/Security/Trust Settings/7A1B2C3D.plist");
        for of_user in [new, old] {
            let collected = Fixture::new().file(of_user, settings(&root(), "")).collect_macos(collect);
            assert_eq!(found(&collected), [("user", "Acme Inspection Root", false)]);
            assert_eq!(collected.of(Source::Certificates), (Status::Partial, Some(ReasonCode::Absent)));
        }
        let two = Fixture::new().file(new, settings(&root(), "")).file(&new.replace('7', "8"), settings(&root(), "")).collect_macos(collect);
        assert_eq!(found(&two)[0].0, "unknown", "which account is the worker's cannot be told");
        let upgraded = Fixture::new().file(old, settings(&root(), "")).folder("/private/var/protected/trustd/private").collect_macos(collect);
        assert!(upgraded.facts.is_empty(), "what an older version left counts no more");
    }

    #[test]
    fn what_a_running_mac_trusts() {
        let known = webpki_root_certs::TLS_SERVER_ROOT_CERTS[0].as_ref().to_vec();
        let roots = vec![Root { certificate: root(), of_user: false }, Root { certificate: known, of_user: true }];
        let collected = Fixture::new().mac(Answers { roots: Ok(roots), ..Answers::default() }).collect_macos(collect);
        assert_eq!(found(&collected), [("computer", "Acme Inspection Root", true)]);
        let refused = Fixture::new().mac(Answers { roots: Err(Trouble::Failed), ..Answers::default() }).collect_macos(collect);
        assert_eq!(refused.of(Source::Certificates), (Status::None, Some(ReasonCode::ReadError)));
    }

    #[test]
    fn absent_denied_and_malformed() {
        let of = |fixture: Fixture| fixture.collect_macos(collect).of(Source::Certificates);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        let trusting = || Fixture::new().file(ADMIN, settings(&root(), ""));
        assert_eq!(of(trusting().deny("/private/var/protected/trustd/private")), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(trusting().file(SYSTEM, "kych")).0, Status::Partial);
        assert_eq!(of(Fixture::new().file(ADMIN, "<plist><dict/></plist>")), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
