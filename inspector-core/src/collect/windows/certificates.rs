//! Root certificates in the registry, without those of Mozilla's list and of Microsoft's own.
//!
//! Windows shows one list of them, but keeps it in several stores. Which store a root lies in tells who put it there.

use std::collections::BTreeSet;
use std::path::Path;

use x509_parser::extensions::ExtendedKeyUsage;
use x509_parser::prelude::FromDer as _;

use crate::collect::certificates::{describe, is_known, mozilla};
use crate::collect::log::Log;
use crate::collect::registry::Data;
use crate::collect::{Collected, Context};
use crate::facts::{Anchor, Certificate};
use crate::inventory::{ReasonCode, Source};

/// A store of roots.
struct Store {
    key: &'static str,
    /// The word for who trusts what is in it.
    word: &'static str,
    /// Windows fills it by itself.
    of_windows: bool,
}

const STORES: [Store; 8] = [
    Store { key: "HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\Root", word: "computer", of_windows: false },
    Store { key: "HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot", word: "computer", of_windows: true },
    Store { key: "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Root", word: "policy", of_windows: false },
    Store { key: "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot", word: "policy", of_windows: false },
    Store { key: "HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates\\Root", word: "enterprise", of_windows: false },
    Store { key: "HKCU\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Root", word: "policy", of_windows: false },
    Store { key: "HKCU\\SOFTWARE\\Microsoft\\SystemCertificates\\Root", word: "user", of_windows: false },
    Store { key: "HKCU\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot", word: "user", of_windows: false },
];

/// What is in here is not trusted, wherever else it is.
const REFUSED: [&str; 5] = [
    "HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\Disallowed",
    "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Disallowed",
    "HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates\\Disallowed",
    "HKCU\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Disallowed",
    "HKCU\\SOFTWARE\\Microsoft\\SystemCertificates\\Disallowed",
];

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Certificates);
    let mozilla = mozilla();
    // Entries without a certificate name it by a hash alone. Whoever wants to hide a root could write any hash, so those do not count.
    let refused: BTreeSet<Vec<u8>> =
        REFUSED.iter().flat_map(|store| entries(&mut log, store)).filter_map(|(_, blob)| Some(Entry::read(&blob)?.certificate?.to_vec())).collect();
    let mut facts = Vec::new();
    for store in &STORES {
        for (place, blob) in entries(&mut log, store.key) {
            let Some((certificate, entry)) = Entry::read(&blob).and_then(|entry| Some((entry.certificate?, entry))) else {
                log.trouble(ReasonCode::Malformed, Path::new(&place));
                continue;
            };
            if mozilla.contains(certificate) || refused.contains(certificate) || !entry.is_for_websites(&mut log, &place) {
                continue;
            }
            let Some(described) = describe(certificate) else {
                log.trouble(ReasonCode::Malformed, Path::new(&place));
                continue;
            };
            if !described.is_ca {
                continue;
            }
            let anchor = if is_known(certificate) {
                Anchor::Distribution
            } else if store.of_windows {
                // Taken into Microsoft's program after our list was made, or put there by somebody else: nobody can say.
                Anchor::Unknown
            } else {
                Anchor::Added
            };
            facts.push(
                Certificate {
                    sha256: described.sha256,
                    subject: described.subject,
                    names: described.names,
                    anchor,
                    since: None,
                    store: store.word.into(),
                    place,
                }
                .into(),
            );
        }
    }
    super::finish(context, log, facts)
}

/// Every entry of a store: its key and its properties.
fn entries(log: &mut Log, store: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{store}\\Certificates");
    let mut entries = Vec::new();
    for name in log.keys(&folder) {
        let key = format!("{folder}\\{name}");
        let Some(values) = log.values(&key) else { continue };
        match values.get("Blob") {
            Some(Data::Bytes(blob)) => entries.push((key, blob.clone())),
            _ => log.trouble(ReasonCode::Malformed, Path::new(&key)),
        }
    }
    entries
}

/// What a store holds of a certificate.
#[derive(Default)]
struct Entry<'a> {
    certificate: Option<&'a [u8]>,
    /// What the certificate may be used for here; everything, where nothing is said.
    purposes: Option<&'a [u8]>,
}

impl<'a> Entry<'a> {
    /// Reads a list of properties: number, a reserved word, length, data. Nothing if it ends in the middle of one.
    fn read(blob: &'a [u8]) -> Option<Self> {
        const PURPOSES: u32 = 9;
        const CERTIFICATE: u32 = 0x20;
        let mut entry = Self::default();
        let mut rest = blob;
        while !rest.is_empty() {
            let (header, data) = rest.split_first_chunk::<12>()?;
            let number = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
            let (data, after) = data.split_at_checked(number(8).try_into().ok()?)?;
            match number(0) {
                PURPOSES => entry.purposes = Some(data),
                CERTIFICATE => entry.certificate = Some(data),
                _ => {}
            }
            rest = after;
        }
        Some(entry)
    }

    /// Whether it may vouch for websites. One that is only for signed programs or mail cannot be used to read along.
    fn is_for_websites(&self, log: &mut Log, place: &str) -> bool {
        match self.purposes.map(ExtendedKeyUsage::from_der) {
            None => true,
            Some(Ok((_, purposes))) => purposes.any || purposes.server_auth,
            Some(Err(_)) => {
                log.trouble(ReasonCode::Malformed, Path::new(place));
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;

    const ROOT: &str = "HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\Root";
    const POLICY: &str = "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\Root";
    const USER: &str = "HKCU\\SOFTWARE\\Microsoft\\SystemCertificates\\Root";
    const SERVER: &[u8] = b"\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01";
    const CODE: &[u8] = b"\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x03";

    fn added() -> Vec<u8> {
        let pem = include_str!("../../../testdata/certificates/added-root.pem");
        let lines: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        data_encoding::BASE64.decode(lines.as_bytes()).unwrap()
    }

    fn blob(properties: &[(u32, &[u8])]) -> Data {
        let mut bytes = Vec::new();
        for (number, data) in properties {
            let length = u32::try_from(data.len()).unwrap();
            bytes.extend([*number, 1, length].iter().flat_map(|word| word.to_le_bytes()));
            bytes.extend(*data);
        }
        Data::Bytes(bytes)
    }

    fn with(fixture: Fixture, store: &str, name: &str, properties: &[(u32, &[u8])]) -> Fixture {
        fixture.value(&format!("{store}\\Certificates\\{name}"), "Blob", blob(properties))
    }

    fn found(collected: &Collected) -> Vec<(&str, Anchor)> {
        collected.facts.iter().map(|fact| if let Fact::Certificate(c) = fact { (c.store.as_str(), c.anchor) } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn an_added_root_stands_out() {
        let mozilla = webpki_root_certs::TLS_SERVER_ROOT_CERTS[0].to_vec();
        let mut fixture = with(Fixture::new(), ROOT, "AA", &[(3, b"hash"), (0x20, &added())]);
        for (store, name) in [(ROOT, "BB"), (POLICY, "BB")] {
            fixture = with(fixture, store, name, &[(0x20, &mozilla)]);
        }
        fixture = with(fixture, POLICY, "CC", &[(9, SERVER), (0x20, &added())]);
        fixture = with(fixture, USER, "DD", &[(0x20, &added())]);
        fixture = with(fixture, "HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates\\Root", "EE", &[(0x20, &added())]);
        fixture = with(fixture, "HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot", "FF", &[(0x20, &added())]);
        let collected = fixture.collect_windows(collect);
        let expected =
            [("computer", Anchor::Added), ("computer", Anchor::Unknown), ("policy", Anchor::Added), ("enterprise", Anchor::Added), ("user", Anchor::Added)];
        assert_eq!(found(&collected), expected);
        let Fact::Certificate(certificate) = &collected.facts[0] else { panic!() };
        assert!(certificate.names.iter().any(|name| name == "Acme Inspection Root"), "{certificate:?}");
        assert_eq!(certificate.place, format!("{ROOT}\\Certificates\\AA"));
        assert_eq!(collected.of(Source::Certificates), (Status::Full, None));
    }

    #[test]
    fn the_known_ones_are_sorted_and_hold_those_of_windows() {
        let (known, rest) = crate::collect::certificates::KNOWN.as_chunks::<32>();
        assert!(rest.is_empty() && known.is_sorted() && known.len() > 500);
        // Microsoft Root Certificate Authority 2011, and 2010.
        for hash in ["847df6a78497943f27fc72eb93f9a637320a02b561d0a91b09e87a7807ed7c61", "df545bf919a2439c36983b54cdfc903dfa4f37d3996d8d84b4c31eec6f3c163e"] {
            let bytes = data_encoding::HEXLOWER.decode(hash.as_bytes()).unwrap();
            assert!(known.iter().any(|known| known.as_slice() == bytes), "{hash}");
        }
    }

    #[test]
    fn what_cannot_read_along_is_left_out() {
        let for_code = with(Fixture::new(), ROOT, "AA", &[(9, CODE), (0x20, &added())]).collect_windows(collect);
        assert!(for_code.facts.is_empty());
        assert_eq!(for_code.of(Source::Certificates), (Status::Full, None));
        let refused = "HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\Disallowed";
        let root = || with(Fixture::new(), ROOT, "AA", &[(0x20, &added())]);
        assert!(with(root(), refused, "AA", &[(0x20, &added())]).collect_windows(collect).facts.is_empty());
        assert_eq!(with(root(), refused, "AA", &[(3, b"hash")]).collect_windows(collect).facts.len(), 1, "a hash alone refuses nothing");
    }

    #[test]
    fn absent_denied_and_malformed() {
        assert_eq!(Fixture::new().collect_windows(collect).of(Source::Certificates), (Status::Full, Some(ReasonCode::Absent)));
        let denied = with(Fixture::new(), ROOT, "AA", &[(0x20, &added())]).deny_key(ROOT).collect_windows(collect);
        assert_eq!(denied.of(Source::Certificates), (Status::None, Some(ReasonCode::PermissionDenied)));
        let Data::Bytes(whole) = blob(&[(0x20, &added())]) else { panic!() };
        let mut endless = whole.clone();
        endless[8..12].fill(0xFF);
        for broken in [
            Data::Bytes(whole[..whole.len() - 1].into()),
            Data::Bytes(whole[..7].into()),
            Data::Bytes(endless),
            Data::Bytes(Vec::new()),
            Data::Text("text".into()),
            blob(&[(3, b"hash")]),
            blob(&[(0x20, b"no certificate")]),
        ] {
            let collected = Fixture::new().value(&format!("{ROOT}\\Certificates\\AA"), "Blob", broken.clone()).collect_windows(collect);
            assert_eq!(collected.of(Source::Certificates), (Status::Partial, Some(ReasonCode::Malformed)), "{broken:?}");
            assert!(collected.facts.is_empty(), "{broken:?}");
        }
        // Purposes that cannot be understood must not hide a root.
        let collected = with(Fixture::new(), ROOT, "AA", &[(9, b"?"), (0x20, &added())]).collect_windows(collect);
        assert_eq!((collected.facts.len(), collected.of(Source::Certificates).1), (1, Some(ReasonCode::Malformed)));
    }
}
