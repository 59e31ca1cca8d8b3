//! Whether a value has the form of its kind, and whether it can match anything at all.

use inzage_core::kinds::{Form, IndicatorKind, Os};
use inzage_core::matching::LETTERS_BEFORE_WILDCARD;
use inzage_core::text::is_unprintable;

use super::{Examined, paths};
use crate::format::Trace;
use crate::problem::{Code, shown};

const LINUX_MANAGERS: [&str; 5] = ["deb", "rpm", "pacman", "flatpak", "snap"];
const UNIT_ENDINGS: [&str; 4] = [".service", ".timer", ".socket", ".path"];
/// File systems have no longer names.
const NAME_LIMIT: usize = 255;
/// Linux has no longer paths.
const PATH_LIMIT: usize = 4096;

/// Notes it if the value can never match, and says so.
pub(super) fn never_matches(file: &mut Examined<'_>, trace: &Trace) -> bool {
    let value = trace.value.value.as_str();
    let found = anything(value).or_else(|| system(trace)).or_else(|| match trace.kind {
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

/// Whether the system that it names has this at all.
fn system(trace: &Trace) -> Option<Dead> {
    let manager = trace.value.value.split_once(':').map(|(manager, _)| manager);
    let systems = match manager {
        Some(manager) if trace.kind == IndicatorKind::Package => manager_systems(manager)?,
        _ => trace.kind.info().systems,
    };
    let named = Os::ALL.iter().filter(|os| trace.os.0.is_none_or(|own| own == **os));
    let help = match systems {
        [Os::Linux] => "write `os: linux`, or use another kind",
        [Os::Windows] => "write `os: windows`, or use another kind",
        _ => "write `os: macos`, or use another kind",
    };
    (!named.clone().all(|os| systems.contains(os))).then_some(("the system it names does not have this kind", help))
}

/// The system of a package manager that is known.
fn manager_systems(manager: &str) -> Option<&'static [Os]> {
    match manager {
        "pkgutil" => Some(&[Os::Macos]),
        "msix" => Some(&[Os::Windows]),
        _ => LINUX_MANAGERS.contains(&manager).then_some(&[Os::Linux]),
    }
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
        IndicatorKind::Service | IndicatorKind::RunEntry | IndicatorKind::UninstallKey => {
            (!value.contains('\\'), ("the name of a key has no backslash", "give the name alone, without the keys above it"))
        }
        IndicatorKind::ScheduledTask => (value.starts_with('\\'), ("the full name of a task starts with a backslash", "write it like `\\Acme\\Update`")),
        IndicatorKind::BundleId | IndicatorKind::ManagedPreferences => {
            (value.contains('.') && ascii("._-"), ("an identifier is words with dots between them", "write it like `com.acme.agent`"))
        }
        IndicatorKind::LaunchdLabel => (!value.contains('/') && !value.ends_with(".plist"), ("a label is no file name", "leave out the folder and `.plist`")),
        IndicatorKind::Setting => (ascii("_-"), ("a setting is one word", "give our name for it, like `process-accounting`")),
        IndicatorKind::Path
        | IndicatorKind::Package
        | IndicatorKind::Extension
        | IndicatorKind::Certificate
        | IndicatorKind::CertificateName
        | IndicatorKind::ProgramName
        | IndicatorKind::Signer
        | IndicatorKind::UpgradeCode
        | IndicatorKind::RegistryKey
        | IndicatorKind::TeamId => return None,
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
        IndicatorKind::Package if !is_package(value) => Some((
            Code::BadPackage,
            "a package is `manager:name`",
            "the managers are deb, rpm, pacman, flatpak, snap, pkgutil and msix; quote it because of the colon",
        )),
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
        IndicatorKind::UpgradeCode if !is_guid(value) => {
            Some((Code::BadGuid, "an upgrade code is a GUID", "write it between braces, like `{01234567-89AB-CDEF-0123-456789ABCDEF}`, in quotes"))
        }
        IndicatorKind::TeamId if value.len() != 10 || !value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) => {
            Some((Code::BadTeamId, "this is not the id of an Apple developer", "it has ten capital letters and digits"))
        }
        IndicatorKind::RegistryKey if !is_registry_key(value) => {
            let help = "start it with `HKLM\\` or `HKCU\\` and name a key of the product's own; leave out WOW6432Node";
            Some((Code::BadRegistryKey, "this is not a registry key of the product's own", help))
        }
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

/// A GUID between braces.
fn is_guid(value: &str) -> bool {
    let guid = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
    guid.is_some_and(|guid| guid.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && guid.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'))
}

/// A key below the places that programs share.
fn is_registry_key(value: &str) -> bool {
    const SHARED: [&str; 9] = ["software", "system", "microsoft", "windows", "currentversion", "policies", "currentcontrolset", "services", "classes"];
    let lower = value.to_ascii_lowercase();
    let below = lower.strip_prefix("hklm\\").or_else(|| lower.strip_prefix("hkcu\\"));
    below.is_some_and(|below| !below.contains("wow6432node") && below.split('\\').any(|part| !part.is_empty() && !SHARED.contains(&part)))
}

fn is_package(value: &str) -> bool {
    let Some((manager, name)) = value.split_once(':') else { return false };
    manager_systems(manager).is_some() && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "+-._@*?".contains(c))
}

fn is_extension(value: &str) -> bool {
    let chromium = value.len() == 32 && value.bytes().all(|b| (b'a'..=b'p').contains(&b));
    let address = !value.starts_with('@') && value.contains('@') || value.len() > 1 && value.starts_with('@');
    chromium || is_guid(value) || (address && !value.contains(char::is_whitespace))
}

fn wildcards(file: &mut Examined<'_>, trace: &Trace) {
    let value = trace.value.value.as_str();
    let form = trace.kind.info().form;
    let odd = matches!(form, Form::Path | Form::Name) && value.contains(['[', ']', '{', '}']);
    let unparsable = || value.contains(['*', '?']) && globset::Glob::new(&value.replace('\\', "/")).is_err();
    if odd || matches!(form, Form::Path | Form::Name) && unparsable() {
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
        Form::Id | Form::Registry => {
            let message = format!("a {} has no wildcards, and {} has one", trace.kind.word(), shown(value));
            file.add(Code::BadWildcard, &trace.value, message, "give the whole value");
        }
    }
}
