//! Whether a product can be confirmed at all by what its file gives.

use inzage_core::kinds::{IndicatorKind, Normaliser, Os, Strength};
use inzage_core::matching::name_in;
use inzage_core::signature::{Part, Proves};

use super::Examined;
use super::indicators::systems;
use crate::format::{ProductFile, Trace};
use crate::problem::Code;

pub(super) fn check(file: &mut Examined<'_>, product: &ProductFile) {
    // Without any indicator the product is a card that says it cannot be recognised yet.
    if product.indicators.is_empty() || Os::ALL.into_iter().any(|os| can_be_confirmed(&product.indicators, os)) {
        return;
    }
    let help = "give one strong indicator of the agent or the extension, or two weak ones that are not generic and show different things (a path and the process \
                started from it are one thing); or leave out all indicators";
    file.add(Code::NeverConfirmed, &product.id, "these indicators can never confirm the product", help);
}

fn can_be_confirmed(indicators: &[Trace], os: Os) -> bool {
    let counts = |trace: &&Trace| {
        matches!(trace.part, Part::Agent | Part::Extension)
            && !trace.generic
            && (can_be_active(trace.kind) || trace.proves.as_ref().is_none_or(|proves| proves.value != Proves::Nothing))
            && systems(trace).any(|own| own == os)
    };
    let counting: Vec<&Trace> = indicators.iter().filter(counts).collect();
    let strong = counting.iter().any(|trace| trace.strength.value == Strength::Strong);
    strong || counting.iter().enumerate().any(|(at, one)| counting[..at].iter().any(|other| independent(one, other, os)))
}

/// Whether such a trace can be seen at work. Otherwise `proves: nothing` means that it never counts.
const fn can_be_active(kind: IndicatorKind) -> bool {
    matches!(
        kind,
        IndicatorKind::Path
            | IndicatorKind::Process
            | IndicatorKind::Unit
            | IndicatorKind::DesktopEntry
            | IndicatorKind::DbusName
            | IndicatorKind::Service
            | IndicatorKind::ScheduledTask
            | IndicatorKind::RunEntry
            | IndicatorKind::LaunchdLabel
            | IndicatorKind::Extension
            | IndicatorKind::Setting
    )
}

/// Whether two weak indicators can show two different things. The matcher takes traces of one name, or in one folder, for one thing.
fn independent(one: &Trace, other: &Trace, os: Os) -> bool {
    let compared = |trace: &Trace| Normaliser::new(os, None).value(trace.kind.info().form, &trace.value.value).trim_end_matches('/').to_owned();
    let (a, b) = (compared(one), compared(other));
    let paths = one.kind == IndicatorKind::Path && other.kind == IndicatorKind::Path;
    let names = one.kind == IndicatorKind::Process && other.kind == IndicatorKind::Process;
    name_in(one.kind.info().form, &a) != name_in(other.kind.info().form, &b) && !names && !(paths && (nested(&a, &b) || nested(&b, &a)))
}

fn nested(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::nested;

    #[test]
    fn paths_are_nested_at_their_components() {
        assert!(nested("/opt/x", "/opt/x/bin/x"));
        assert!(nested("/opt/x", "/opt/x"));
        assert!(!nested("/opt/x", "/opt/xy"));
    }
}
