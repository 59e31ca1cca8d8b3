//! Root certificates that the system trusts, without those of Mozilla's list and of the distribution's own package.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use memchr::memmem;
use sha2::{Digest as _, Sha256};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::log::Log;
use super::tree::What;
use super::{Collected, Collector, Context, path_text};
use crate::facts::{Anchor, Certificate};
use crate::inventory::{ReasonCode, Source};

pub(super) const COLLECTOR: Collector = Collector { sources: &[Source::Certificates], collect };

/// What the system trusts, of every family of distributions; the first that exists is taken.
const BUNDLES: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ca-certificates/extracted/tls-ca-bundle.pem",
];
/// Where the distribution's own package keeps its certificates: they are subtracted.
const DISTRIBUTION: [&str; 5] = [
    "/usr/share/ca-certificates/mozilla",
    "/usr/share/ca-certificates/trust-source",
    "/usr/share/pki/ca-trust-source",
    "/usr/share/pki/trust",
    "/usr/share/p11-kit/trust-source",
];
/// Where an administrator or a program adds certificates.
const ADDED: [&str; 8] = [
    "/usr/local/share/ca-certificates",
    "/etc/ca-certificates/trust-source",
    "/etc/pki/ca-trust/source",
    "/etc/pki/trust",
    "/usr/share/ca-certificates",
    "/etc/ssl/certs",
    "/usr/local/share/p11-kit/trust-source",
    "/usr/share/pki/trust/anchors",
];

fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Certificates);
    let Some((bundle, trusted)) = BUNDLES.iter().map(Path::new).find_map(|path| Some((path, log.read(path)?))) else {
        return Collected { facts: Vec::new(), coverage: vec![log.finish()] };
    };
    let mozilla = mozilla();
    let (certificates, broken) = from_pem(&trusted);
    if broken || (certificates.is_empty() && !trusted.trim_ascii().is_empty()) {
        log.trouble(ReasonCode::Malformed, bundle);
    }
    log.checked(certificates.len());
    let unusual: BTreeSet<&[u8]> = certificates.iter().map(|pem| pem.der.as_slice()).filter(|der| !mozilla.contains(der)).collect();
    let texts = certificates.iter().map(|pem| (pem.text, pem.der.as_slice())).collect();
    let mut files = Files { texts, unusual: &unusual, any: false, places: BTreeMap::new() };
    // Only when there is something to explain are the many single files read.
    if !unusual.is_empty() {
        for folder in DISTRIBUTION {
            files.below(&mut log, Path::new(folder), 3);
        }
    }
    let (of_distribution, knows_distribution) = (std::mem::take(&mut files.places), files.any);
    if of_distribution.len() < unusual.len() {
        // /etc/ssl/certs is mostly links to the other folders, where they are found first.
        for folder in ADDED {
            files.below(&mut log, Path::new(folder), 3);
        }
    }
    let mut facts = Vec::new();
    for certificate in &unusual {
        let Some(described) = describe(certificate) else {
            log.trouble(ReasonCode::Malformed, bundle);
            continue;
        };
        if !described.is_ca {
            continue;
        }
        let (place, anchor) = match (of_distribution.get(certificate), files.places.get(certificate)) {
            (Some(place), _) => (place.as_path(), Anchor::Distribution),
            (None, Some(place)) => (place.as_path(), Anchor::Added),
            (None, None) if knows_distribution => (bundle, Anchor::Added),
            // Without the distribution's own files nobody can say which ones it did not bring.
            (None, None) => (bundle, Anchor::Unknown),
        };
        if anchor == Anchor::Unknown {
            log.trouble(ReasonCode::Absent, Path::new(DISTRIBUTION[0]));
        }
        // The bundle is rewritten whenever it is made anew, so only a file of its own tells since when.
        let since = (anchor == Anchor::Added && place != bundle).then(|| log.modified(&path_text(place))).flatten();
        facts.push(
            Certificate {
                sha256: described.sha256,
                subject: described.subject,
                names: described.names,
                anchor,
                since,
                store: "system".into(),
                place: path_text(place),
            }
            .into(),
        );
    }
    Collected { facts, coverage: vec![log.finish()] }
}

/// What single files hold.
struct Files<'a> {
    /// The texts in the bundle, and what each of them says: they are those of the files that it was made from, which so need not be
    /// decoded once more.
    texts: BTreeMap<&'a [u8], &'a [u8]>,
    /// The certificates that are looked for.
    unusual: &'a BTreeSet<&'a [u8]>,
    /// Whether there was any certificate at all.
    any: bool,
    /// The first file of each that was found.
    places: BTreeMap<&'a [u8], PathBuf>,
}

impl Files<'_> {
    fn below(&mut self, log: &mut Log, folder: &Path, depth: u32) {
        for entry in log.list(folder) {
            let path = folder.join(&entry.name);
            match entry.what {
                // Those have been read already.
                _ if BUNDLES.iter().chain(&DISTRIBUTION).any(|known| path.as_os_str() == *known) => {}
                What::Folder if depth > 0 => self.below(log, &path, depth - 1),
                What::File => {
                    let Some(bytes) = log.read_up_to(&path, 8 << 20) else { continue };
                    match self.texts.get(bytes.trim_ascii()).copied() {
                        Some(certificate) => self.note(certificate, &path),
                        None => certificates_in(bytes).iter().for_each(|certificate| self.note(certificate, &path)),
                    }
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, certificate: &[u8], path: &Path) {
        self.any = true;
        if let Some(certificate) = self.unusual.get(certificate) {
            self.places.entry(*certificate).or_insert_with(|| path.to_path_buf());
        }
    }
}

/// The certificates in a file, whether it is PEM or one certificate in binary form.
fn certificates_in(bytes: Vec<u8>) -> Vec<Vec<u8>> {
    let (certificates, _) = from_pem(&bytes);
    if certificates.is_empty() && describe(&bytes).is_some() {
        return vec![bytes];
    }
    certificates.into_iter().map(|certificate| certificate.der).collect()
}

/// A certificate in a PEM file.
struct Pem<'a> {
    /// As it is written there, from its first line to its last.
    text: &'a [u8],
    /// Its bytes.
    der: Vec<u8>,
}

/// The certificates in a PEM file, and whether some of it could not be understood.
fn from_pem(bytes: &[u8]) -> (Vec<Pem<'_>>, bool) {
    let (begin, end) = (memmem::Finder::new("-----BEGIN CERTIFICATE-----"), memmem::Finder::new("-----END CERTIFICATE-----"));
    let mut certificates = Vec::new();
    let mut broken = false;
    let mut rest = bytes;
    while let Some(at) = begin.find(rest) {
        rest = &rest[at..];
        let Some(length) = end.find(rest) else {
            broken = true;
            break;
        };
        let lines: Vec<_> = rest[begin.needle().len()..length].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).collect();
        let (text, after) = rest.split_at(length + end.needle().len());
        match BASE64.decode(&lines.concat()) {
            Ok(der) => certificates.push(Pem { text, der }),
            Err(_) => broken = true,
        }
        rest = after;
    }
    (certificates, broken)
}

/// The certificates of Mozilla's list.
pub(super) fn mozilla() -> BTreeSet<&'static [u8]> {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(AsRef::as_ref).collect()
}

/// SHA-256 of the roots that makers of systems and browsers know, sorted; data/roots/README.md tells where they come from.
pub(super) static KNOWN: &[u8] = include_bytes!("../../data/roots/known.bin");

/// Whether a root is in the list of known ones.
pub(super) fn is_known(certificate: &[u8]) -> bool {
    let hash: [u8; 32] = Sha256::digest(certificate).into();
    KNOWN.as_chunks::<32>().0.binary_search(&hash).is_ok()
}

/// The most characters of a name.
pub(super) const LONGEST_NAME: usize = 300;

/// What is told of a certificate.
pub(super) struct Described {
    /// SHA-256 of its bytes, in hexadecimal.
    pub(super) sha256: String,
    /// The whole subject.
    pub(super) subject: String,
    /// Common name and organisation.
    pub(super) names: Vec<String>,
    /// Whether it may sign others.
    pub(super) is_ca: bool,
}

/// Describes a certificate; nothing if it is none.
pub(super) fn describe(der: &[u8]) -> Option<Described> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let subject = certificate.subject();
    let cut = |name: &str| name.chars().take(LONGEST_NAME).collect::<String>();
    let names = subject.iter_common_name().chain(subject.iter_organization()).filter_map(|name| name.as_str().ok()).map(cut).collect();
    // Roots of the first version have no extensions; they sign others all the same.
    let is_ca = certificate.is_ca() || (certificate.version().0 < 2 && certificate.subject() == certificate.issuer());
    let sha256 = crate::text::hexadecimal(&Sha256::digest(der));
    Some(Described { sha256, subject: cut(&subject.to_string()), names, is_ca })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;

    const ADDED_ROOT: &str = include_str!("../../testdata/certificates/added-root.pem");
    const BUNDLE: &str = BUNDLES[0];

    fn three_of_mozilla() -> String {
        use std::fmt::Write as _;
        let mut pem = String::new();
        for certificate in &webpki_root_certs::TLS_SERVER_ROOT_CERTS[..3] {
            let hex: Vec<u8> = certificate.to_vec();
            let _ = write!(pem, "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", base64(&hex));
        }
        pem
    }

    fn base64(bytes: &[u8]) -> String {
        const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let sign = |group: u32, shift: u32| char::from(SIGNS[(group >> shift & 63) as usize]);
        let mut out = String::new();
        for chunk in bytes.chunks(3) {
            let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
            out.extend([18, 12, 6, 0].iter().take(chunk.len() + 1).map(|shift| sign(group, *shift)));
            out.extend(std::iter::repeat_n('=', 3 - chunk.len()));
        }
        out
    }

    #[test]
    fn an_added_root_stands_out() {
        let collected = Fixture::new()
            .file(BUNDLE, format!("{}{ADDED_ROOT}", three_of_mozilla()))
            .file("/usr/local/share/ca-certificates/acme/acme.crt", ADDED_ROOT)
            .collect(collect);
        let [Fact::Certificate(certificate)] = &collected.facts[..] else { panic!("{:?}", collected.facts) };
        assert_eq!(certificate.anchor, Anchor::Added);
        assert_eq!(certificate.place, "/usr/local/share/ca-certificates/acme/acme.crt");
        assert!(certificate.names.iter().any(|name| name == "Acme Inspection Root"), "{certificate:?}");
        assert!(certificate.since.is_some());
        assert_eq!(collected.of(Source::Certificates), (Status::Full, None));
    }

    #[test]
    fn the_distribution_is_subtracted() {
        let collected = Fixture::new().file(BUNDLE, ADDED_ROOT).file("/usr/share/ca-certificates/mozilla/Old_Root.crt", ADDED_ROOT).collect(collect);
        assert!(matches!(&collected.facts[..], [Fact::Certificate(certificate)] if certificate.anchor == Anchor::Distribution));
    }

    #[test]
    fn without_the_distribution_nothing_is_said_to_be_added() {
        let collected = Fixture::new().file(BUNDLE, ADDED_ROOT).collect(collect);
        assert!(matches!(&collected.facts[..], [Fact::Certificate(certificate)] if certificate.anchor == Anchor::Unknown));
        assert_eq!(collected.of(Source::Certificates), (Status::Partial, Some(ReasonCode::Absent)));
    }

    #[test]
    fn absent_denied_and_malformed() {
        assert_eq!(Fixture::new().collect(collect).of(Source::Certificates), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(
            Fixture::new().file(BUNDLE, ADDED_ROOT).deny(BUNDLE).collect(collect).of(Source::Certificates),
            (Status::None, Some(ReasonCode::PermissionDenied))
        );
        let malformed = Fixture::new().file(BUNDLE, format!("{ADDED_ROOT}-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n")).collect(collect);
        assert_eq!(malformed.of(Source::Certificates), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(malformed.facts.len(), 1);
    }
}
