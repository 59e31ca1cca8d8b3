//! Whether a value has the form of its kind, and whether it can match anything at all.

use inzage_core::kinds::{Form, IndicatorKind, Os};
use inzage_core::matching::LETTERS_BEFORE_WILDCARD;
use inzage_core::text::is_unprintable;

use super::{Examined, paths};
use crate::format::Trace;
use crate::problem::{Code, shown};

const MANAGERS: [&str; 5] = ["deb", "rpm", "pacman", "flatpak", "snap"];
const UNIT_ENDINGS: [&str; 4] = [".service", ".timer", ".socket", ".path"];
/// File systems have no longer names.
const NAME_LIMIT: usize = 255;
/// Linux has no longer paths.
const PATH_LIMIT: usize = 4096;

/// Notes it if the value can never match, and says so.
pub(super) fn never_matches(file: &mut Examined<'_>, trace: &Trace) -> bool {
    let value = trace.value.value.as_str();
    let found = anything(value).or_else(|| system(trace.kind, trace.os.0)).or_else(|| match trace.kind {
        IndicatorKind::Path => paths::never_matches(value, trace.os.0),
        kind => characters(kind, value),
    });
    if let Some((why, help)) = found {
        file.add(Code::NeverMatches, &trace.value, format!("this can never match: {why}"), help);
        return true;
    }
    false
}

/// Why a value can never match, and what to do about it.
pub(super) type Dead = (&'static str, &'static str);

fn anything(value: &str) -> Option<Dead> {
    if value.is_empty() {
        Some(("it is empty", "write the value"))
    } else if value.trim() != value {
        Some(("it starts or ends with a space", "take the space out"))
    } else if value.chars().any(is_unprintable) {
        Some(("it has characters that cannot be shown", "take them out"))
    } else {
        None
    }
}

/// What only Linux has.
fn system(kind: IndicatorKind, os: Option<Os>) -> Option<Dead> {
    let linux = matches!(
        kind,
        IndicatorKind::Package
            | IndicatorKind::Unit
            | IndicatorKind::DesktopEntry
            | IndicatorKind::DbusName
            | IndicatorKind::KernelModule
            | IndicatorKind::PamModule
            | IndicatorKind::NssModule
    );
    (linux && os.is_some_and(|os| os != Os::Linux)).then_some(("only Linux has this kind", "write `os: linux`, or use another kind"))
}

fn characters(kind: IndicatorKind, value: &str) -> Option<Dead> {
    let ascii = |more: &str| value.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c));
    if value.len() > NAME_LIMIT {
        return Some(("it is longer than 255 bytes", "give the value as the system shows it"));
    }
    let (right, dead) = match kind {
        IndicatorKind::Process | IndicatorKind::Unit | IndicatorKind::DesktopEntry => {
            (!value.contains(['/', '\\']), ("a name has no slash", "give the name alone, or use `kind: path`"))
        }
        IndicatorKind::DbusName => (value.contains('.') && ascii("._-*?"), ("a D-Bus name is words with dots between them", "give the well-known name")),
        IndicatorKind::KernelModule => {
            (ascii("_*?"), ("a loaded module has only letters, digits and underscores", "write it as lsmod shows it, without `.ko`"))
        }
        IndicatorKind::PamModule => {
            (value.strip_suffix(".so").is_some() && !value.contains('/'), ("a PAM module is a file name with `.so`", "write it like `pam_tty_audit.so`"))
        }
        IndicatorKind::NssModule => (ascii("_-*?"), ("a module of nsswitch.conf is one word", "write it like `sss`")),
        IndicatorKind::NativeHost => {
            (ascii("._"), ("a native-messaging host has only letters, digits, dots and underscores", "give the `name` of its manifest"))
        }
        IndicatorKind::BrowserPolicy => (ascii("._-:"), ("the name of a policy is one word", "give the name alone, without its value")),
        IndicatorKind::Setting => (ascii("_-"), ("a setting is one word", "give our name for it, like `process-accounting`")),
        IndicatorKind::Path | IndicatorKind::Package | IndicatorKind::Extension | IndicatorKind::Certificate | IndicatorKind::CertificateName => return None,
    };
    (!right).then_some(dead)
}

/// Whether a path is longer than any system's paths are.
pub(super) fn path_too_long(value: &str) -> bool {
    value.len() > PATH_LIMIT || value.split(['/', '\\']).any(|part| part.len() > NAME_LIMIT)
}

/// Checks that the value is written as its kind asks.
pub(super) fn form(file: &mut Examined<'_>, trace: &Trace) {
    let value = trace.value.value.as_str();
    let wrong = match trace.kind {
        IndicatorKind::Package if !is_package(value) => {
            Some((Code::BadPackage, "a package is `manager:name`", "the managers are deb, rpm, pacman, flatpak and snap; quote it because of the colon"))
        }
        IndicatorKind::Unit if !UNIT_ENDINGS.iter().any(|ending| value.ends_with(ending)) => {
            Some((Code::BadUnit, "a unit has an ending", "write .service, .timer, .socket or .path behind it"))
        }
        IndicatorKind::DesktopEntry if !value.ends_with(".desktop") => {
            Some((Code::BadDesktopEntry, "a desktop entry ends in `.desktop`", "write the name of its file"))
        }
        IndicatorKind::Extension if !is_extension(value) => Some((
            Code::BadExtension,
            "this is not the id of an extension",
            "a Chromium extension has 32 letters from a to p; a Firefox add-on has an id with an @, or a GUID between braces",
        )),
        IndicatorKind::Certificate if value.len() != 64 || !value.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Some((Code::BadCertificate, "this is not a SHA-256", "give the SHA-256 of the certificate in DER form, as 64 hexadecimal digits without colons"))
        }
        _ => None,
    };
    if let Some((code, message, help)) = wrong {
        file.add(code, &trace.value, message, help);
    }
    wildcards(file, trace);
}

fn is_package(value: &str) -> bool {
    let Some((manager, name)) = value.split_once(':') else { return false };
    MANAGERS.contains(&manager) && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "+-._@*?".contains(c))
}

fn is_extension(value: &str) -> bool {
    let chromium = value.len() == 32 && value.bytes().all(|b| (b'a'..=b'p').contains(&b));
    let guid = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
    let guid = guid.is_some_and(|guid| guid.len() == 36 && guid.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'));
    let address = !value.starts_with('@') && value.contains('@') || value.len() > 1 && value.starts_with('@');
    chromium || guid || (address && !value.contains(char::is_whitespace))
}

fn wildcards(file: &mut Examined<'_>, trace: &Trace) {
    let value = trace.value.value.as_str();
    let form = trace.kind.info().form;
    let odd = value.contains(['[', ']', '{', '}']);
    let unparsable = || value.contains(['*', '?']) && globset::Glob::new(&value.replace('\\', "/")).is_err();
    if form != Form::Id && (odd || unparsable()) {
        let help = "`*` and `?` stand for part of a name, `**` for folders; write `?` for a bracket or a brace that is really there";
        file.add(Code::BadPattern, &trace.value, format!("{} cannot be understood as a pattern", shown(value)), help);
        return;
    }
    let Some(at) = value.find(['*', '?']) else { return };
    match form {
        Form::Path => {}
        Form::Name if at >= LETTERS_BEFORE_WILDCARD && value.is_char_boundary(LETTERS_BEFORE_WILDCARD) => {}
        Form::Name => {
            let help = format!("write at least {LETTERS_BEFORE_WILDCARD} letters before the first wildcard");
            file.add(Code::BadWildcard, &trace.value, "a wildcard near the start of a name", help);
        }
        Form::Id => {
            let message = format!("a {} has no wildcards, and {} has one", trace.kind.word(), shown(value));
            file.add(Code::BadWildcard, &trace.value, message, "give the whole value");
        }
    }
}
