//! Root certificates that somebody made this Mac trust.
//!
//! A certificate that lies in a keychain is not trusted for that: trust settings say so, which are property lists. Those of administrators and
//! of configuration profiles count for the computer, those of an account for it alone. Apple's own roots are in neither.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha1::{Digest as _, Sha1};
use x509_parser::prelude::{FromDer as _, X509Name};

use super::keychain;
use crate::collect::certificates::{Described, describe, is_known};
use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary, Value};
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Anchor, Certificate};
use crate::inventory::{ReasonCode, Source};

/// Where trust settings lie: those of administrators, and one list for each account, by a number that only the directory knows.
const SETTINGS: &str = "/Library/Security/Trust Settings";
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
    let mut trusted = Vec::new();
    for entry in log.list(Path::new(SETTINGS)) {
        let name = entry.name.to_string_lossy();
        if name.ends_with(".plist") {
            let store = if name == OF_COMPUTER { "computer" } else { "user" };
            read(&mut log, &Path::new(SETTINGS).join(&entry.name), store, &mut trusted);
        }
    }
    if trusted.is_empty() {
        return Collected { facts: Vec::new(), coverage: vec![log.finish()] };
    }
    // Only when there is something to explain are keychains opened.
    let certificates = in_keychains(&mut log, context);
    let mut facts = Vec::new();
    for Trusted { sha1, issuer, since, store, place } in trusted {
        let described = certificates.get(&sha1).map(|certificate| (certificate, describe(certificate)));
        let Described { sha256, subject, names, .. } = match described {
            Some((certificate, _)) if is_known(certificate) => continue,
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
            let is_for_websites = policy.is_none_or(|policy| policy.to_lowercase().contains("ssl") || policy.eq_ignore_ascii_case("basicX509"));
            matches!(result, TRUST_ROOT | TRUST_AS_ROOT) && is_for_websites
        })
}

/// The certificates in the keychains that may be read, by their SHA-1 in hexadecimal.
fn in_keychains(log: &mut Log, context: &Context) -> BTreeMap<String, Vec<u8>> {
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
        found.extend(certificates.into_iter().map(|certificate| (crate::text::hexadecimal(&Sha1::digest(certificate)), certificate.to_vec())));
    }
    found
}

/// What the name of a certificate tells where the certificate itself cannot be read.
fn of_name(der: &[u8]) -> Described {
    let name = X509Name::from_der(der).map(|(_, name)| name).ok();
    let parts = name.iter().flat_map(|name| name.iter_common_name().chain(name.iter_organization()));
    let names = parts.filter_map(|part| part.as_str().ok()).map(str::to_owned).collect();
    Described { sha256: String::new(), subject: name.as_ref().map(ToString::to_string).unwrap_or_default(), names, is_ca: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;
    use data_encoding::BASE64;

    const ADDED_ROOT: &str = include_str!("../../../testdata/certificates/added-root.pem");
    const ADMIN: &str = "/Library/Security/Trust Settings/Admin.plist";
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
        let of_user = "/Library/Security/Trust Settings/7A1B2C3D-0000-4000-8000-123456789ABC.plist";
        let collected = Fixture::new().file(of_user, settings(&root(), "")).collect_macos(collect);
        assert_eq!(found(&collected), [("user", "Acme Inspection Root", false)]);
        assert_eq!(collected.of(Source::Certificates), (Status::Partial, Some(ReasonCode::Absent)));
    }

    #[test]
    fn absent_denied_and_malformed() {
        let of = |fixture: Fixture| fixture.collect_macos(collect).of(Source::Certificates);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        let trusting = || Fixture::new().file(ADMIN, settings(&root(), ""));
        assert_eq!(of(trusting().deny("/Library/Security/Trust Settings")), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(trusting().file(SYSTEM, "kych")).0, Status::Partial);
        assert_eq!(of(Fixture::new().file(ADMIN, "<plist><dict/></plist>")), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
