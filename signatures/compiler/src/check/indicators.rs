//! How a product is recognised: strength, part, generic names, and the same trace twice.

use inzage_core::kinds::{IndicatorKind, Os, Strength};
use inzage_core::signature::Part;

use super::overlap::keys;
use super::{Examined, names, paths, values};
use crate::format::{ProductFile, Trace};
use crate::problem::{Code, shown};

pub(super) fn check(file: &mut Examined<'_>, product: &ProductFile) {
    for (at, trace) in product.indicators.iter().enumerate() {
        // What can never match needs no second remark about its form.
        if !values::never_matches(file, trace) {
            values::form(file, trace);
            paths::check(file, trace);
            common(file, trace);
            language(file, trace);
        }
        strength(file, trace);
        twice(file, trace, &product.indicators[..at]);
    }
}

/// The systems on which an indicator can be found.
pub(super) fn systems(trace: &Trace) -> impl Iterator<Item = Os> {
    let only = trace.os.0;
    Os::ALL.into_iter().filter(move |os| only.is_none_or(|only| only == *os))
}

fn common(file: &mut Examined<'_>, trace: &Trace) {
    if trace.generic {
        return;
    }
    if let Some(name) = names::name_in(trace.kind, &trace.value.value).filter(|name| names::is_common(name)) {
        let help = "add `generic: true`; if this is the product itself, choose a trace that only it has, such as its full path";
        file.add(Code::CommonName, &trace.value, format!("{} is a name that other programs have too", shown(name)), help);
    }
}

/// Folders and names that Windows or an installer translates.
const TRANSLATED: [&str; 16] = [
    "\\programme\\",
    "\\programmi\\",
    "\\archivos de programa",
    "\\programmes\\",
    "\\arquivos de programas",
    "\\programfiler",
    "\\documents and settings\\",
    "\\dokumente und einstellungen\\",
    "\\anwendungsdaten\\",
    "\\application data\\",
    "\\startmen\u{fc}",
    "\\menu d\u{e9}marrer",
    "\\autostart\\",
    "deinstall",
    "verwijderen",
    "d\u{e9}sinstall",
];

/// What is the same on every computer is not translated and carries no version.
fn language(file: &mut Examined<'_>, trace: &Trace) {
    if !matches!(trace.kind, IndicatorKind::Path | IndicatorKind::ProgramName | IndicatorKind::RunEntry) {
        return;
    }
    let value = trace.value.value.as_str();
    let lower = value.to_lowercase();
    if TRANSLATED.iter().any(|word| lower.contains(word)) && trace.os.0 != Some(Os::Linux) {
        let help = "give what is the same in every language: a key, a service, or a path with `%ProgramFiles%` and the like";
        file.add(Code::LanguageDependent, &trace.value, format!("{} is so on computers of one language only", shown(value)), help);
    }
    let has_version = value.split(|c: char| !(c.is_ascii_digit() || c == '.')).any(|word| word.trim_matches('.').contains('.'));
    if trace.kind == IndicatorKind::ProgramName && has_version {
        file.add(
            Code::LanguageDependent,
            &trace.value,
            format!("{} is so in one version only", shown(value)),
            "choose the key of the entry or its upgrade code",
        );
    }
}

fn strength(file: &mut Examined<'_>, trace: &Trace) {
    if trace.strength.value != Strength::Strong {
        return;
    }
    if trace.kind.info().strongest == Strength::Weak {
        let message = format!("a {} is never strong", trace.kind.word());
        file.add(Code::TooStrong, &trace.strength, message, "write `strength: weak`");
    }
    if trace.generic {
        file.add(Code::StrongGeneric, &trace.strength, "strong and generic at once", "what other programs have too is weak");
    }
    if trace.part == Part::Remains {
        file.add(Code::StrongRemains, &trace.strength, "what is left after removal cannot be strong", "write `strength: weak`");
    }
}

fn twice(file: &mut Examined<'_>, trace: &Trace, before: &[Trace]) {
    let own: Vec<_> = keys(trace.kind, &trace.value.value, systems(trace)).collect();
    let same = |other: &&Trace| keys(other.kind, &other.value.value, systems(other)).any(|key| own.contains(&key));
    let Some(other) = before.iter().find(same) else { return };
    let looks = |part| matches!(part, Part::Viewer | Part::Console);
    if looks(trace.part) == looks(other.part) {
        file.add(Code::DuplicateIndicator, &trace.value, "this indicator was given above", "leave one");
    } else {
        let help = "who looks is not who is looked at: choose a trace that only one of the two parts has";
        file.add(Code::PartsShareIndicator, &trace.value, format!("also given above for the part {}", other.part.word()), help);
    }
}
