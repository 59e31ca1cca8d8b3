//! How a product is recognised: strength, part, generic names, and the same trace twice.

use inzage_core::kinds::{Os, Strength};
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
