//! Who made a signature, by the certificates that lie in it.
//!
//! The outer shell is read with the parts of `x509-parser`, and not with the crate `cms`: that one refuses the whole for one certificate
//! that it does not understand or that stands there twice, and sorts every set in a time that grows with its square, which is too much
//! for what anybody may have made.

use x509_parser::asn1_rs::{Any, Class, FromBer as _, Tag};
use x509_parser::prelude::{FromDer as _, ParsedExtension, X509Certificate, X509Name};

use super::{LONGEST_NAME, MOST_SIGNERS, Unread, add, kept};
use crate::text;

/// How many signatures are read, with those that lie in others.
const MOST_SIGNATURES: usize = 16;
/// How many certificates of one signature are looked at. Real ones have less than ten.
const MOST_CERTIFICATES: usize = 256;
/// 1.2.840.113549.1.7.2, `SignedData`.
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
/// 1.3.6.1.4.1.311.2.4.1, under which a second signature lies in the first, for systems that know a newer method.
const NESTED: &[u8] = &[0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x04, 0x01];

/// The organisations that signed something, or the persons where no organisation is named; each once. `pkcs7` is a catalogue, or a
/// signature in a program.
pub(in crate::collect) fn signers_in(pkcs7: &[u8]) -> Result<Vec<String>, Unread> {
    let mut names = Vec::new();
    let mut unnamed = false;
    let mut signatures = vec![pkcs7];
    let mut done = 0;
    while let Some(signature) = signatures.get(done).copied() {
        done += 1;
        let Some(signed) = Signed::parse(signature) else {
            unnamed = true;
            continue;
        };
        for signer in &signed.signers {
            match signed.certificates.iter().find(|certificate| signer.id.is_of(certificate)).and_then(|certificate| name(certificate.subject())) {
                Some(name) => add(&mut names, name),
                None => unnamed = true,
            }
            let room = MOST_SIGNATURES.saturating_sub(signatures.len());
            signatures.extend(signer.nested.iter().take(room));
        }
    }
    // A catalogue may be without any signature; one that names nobody is broken.
    if names.is_empty() && unnamed { Err(Unread::Malformed) } else { Ok(names) }
}

/// What matters of a signature.
struct Signed<'a> {
    certificates: Vec<X509Certificate<'a>>,
    signers: Vec<Signer<'a>>,
}

/// One of those who signed.
struct Signer<'a> {
    id: Id<'a>,
    /// Signatures that lie in this one.
    nested: Vec<&'a [u8]>,
}

/// By what the certificate of a signer is found.
enum Id<'a> {
    IssuerAndSerial(&'a [u8], &'a [u8]),
    Key(&'a [u8]),
}

impl<'a> Signed<'a> {
    fn parse(mut bytes: &'a [u8]) -> Option<Self> {
        let mut message = take(&mut bytes, Class::Universal, Tag::Sequence)?;
        if take(&mut message, Class::Universal, Tag::Oid)? != SIGNED_DATA {
            return None;
        }
        let mut content = take(&mut message, Class::ContextSpecific, Tag(0))?;
        let mut signed = take(&mut content, Class::Universal, Tag::Sequence)?;
        for passed_over in [Tag::Integer, Tag::Set, Tag::Sequence] {
            take(&mut signed, Class::Universal, passed_over)?;
        }
        let certificates = take(&mut signed, Class::ContextSpecific, Tag(0)).unwrap_or_default();
        let _revoked = take(&mut signed, Class::ContextSpecific, Tag(1));
        let signers = take(&mut signed, Class::Universal, Tag::Set)?;
        Some(Self {
            certificates: each(certificates).take(MOST_CERTIFICATES).filter_map(|bytes| Some(X509Certificate::from_der(bytes).ok()?.1)).collect(),
            signers: each(signers).take(MOST_SIGNERS).map(Signer::parse).collect::<Option<_>>()?,
        })
    }
}

impl<'a> Signer<'a> {
    fn parse(mut bytes: &'a [u8]) -> Option<Self> {
        let mut signer = take(&mut bytes, Class::Universal, Tag::Sequence)?;
        take(&mut signer, Class::Universal, Tag::Integer)?;
        let id = match take(&mut signer, Class::Universal, Tag::Sequence) {
            Some(mut both) => {
                let issuer = next(&mut both)?.0;
                Id::IssuerAndSerial(issuer, take(&mut both, Class::Universal, Tag::Integer)?)
            }
            None => Id::Key(take(&mut signer, Class::ContextSpecific, Tag(0))?),
        };
        take(&mut signer, Class::Universal, Tag::Sequence)?;
        let _signed_too = take(&mut signer, Class::ContextSpecific, Tag(0));
        for passed_over in [Tag::Sequence, Tag::OctetString] {
            take(&mut signer, Class::Universal, passed_over)?;
        }
        let added = take(&mut signer, Class::ContextSpecific, Tag(1)).unwrap_or_default();
        let nested = each(added).filter_map(nested_in).flat_map(each).take(MOST_SIGNATURES).collect();
        Some(Self { id, nested })
    }
}

/// The signatures in something that was added to a signature, if it is of that kind.
fn nested_in(mut added: &[u8]) -> Option<&[u8]> {
    let mut attribute = take(&mut added, Class::Universal, Tag::Sequence)?;
    let kind = take(&mut attribute, Class::Universal, Tag::Oid)?;
    let values = take(&mut attribute, Class::Universal, Tag::Set)?;
    (kind == NESTED).then_some(values)
}

impl Id<'_> {
    fn is_of(&self, certificate: &X509Certificate<'_>) -> bool {
        match self {
            Self::IssuerAndSerial(issuer, serial) => certificate.issuer().as_raw() == *issuer && certificate.raw_serial() == *serial,
            Self::Key(key) => certificate
                .extensions()
                .iter()
                .any(|extension| matches!(extension.parsed_extension(), ParsedExtension::SubjectKeyIdentifier(own) if own.0 == *key)),
        }
    }
}

/// The organisation in the name of a certificate, else the person.
fn name(subject: &X509Name<'_>) -> Option<String> {
    subject.iter_organization().chain(subject.iter_common_name()).find_map(|part| kept(&as_text(part.attr_value())))
}

/// Old certificates write their names in other ways than UTF-8.
fn as_text(value: &Any<'_>) -> String {
    match value.tag() {
        Tag::BmpString => {
            text::from_wide(&value.data.chunks_exact(2).take(2 * LONGEST_NAME).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect::<Vec<_>>())
        }
        Tag::T61String => value.data.iter().take(LONGEST_NAME).copied().map(char::from).collect(),
        _ => text::from_bytes(value.data),
    }
}

/// Takes the next value, with its header, and its contents.
fn next<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], Any<'a>)> {
    let (after, value) = Any::from_ber(rest).ok()?;
    let (whole, _) = rest.split_at(rest.len() - after.len());
    *rest = after;
    Some((whole, value))
}

/// Takes the contents of the next value, if it is of this kind.
fn take<'a>(rest: &mut &'a [u8], class: Class, tag: Tag) -> Option<&'a [u8]> {
    let mut ahead = *rest;
    let (_, value) = next(&mut ahead).filter(|(_, value)| value.class() == class && value.tag() == tag)?;
    *rest = ahead;
    Some(value.data)
}

/// The values that follow each other, up to the first that cannot be understood.
fn each(mut rest: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || Some(next(&mut rest)?.0))
}
