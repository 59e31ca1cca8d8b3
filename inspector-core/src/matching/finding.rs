//! The verdict on one product: which evidence counts, how sure it is, and what state the product is in.

use std::collections::{BTreeMap, BTreeSet};

use super::Match;
use super::state::states;
use crate::facts::{Enabled, Executable, Fact};
use crate::inventory::Inventory;
use crate::kinds::{Form, IndicatorKind, Normaliser, Strength};
use crate::report::{Answer, Confidence, Evidence, Finding, FindingState, ObservesEntry, PresentSince};
use crate::signature::{Indicator, Part, Product, Proves};

/// The most pieces of evidence that a finding shows; a folder of a product can hold thousands of files.
const MOST_EVIDENCE: usize = 40;
/// The most weak traces that are compared with each other. A hostile computer can hold any number that fit.
const MOST_WEAK: usize = 200;

/// A match, judged.
pub(super) struct Judged<'a> {
    pub(super) fact: &'a Fact,
    pub(super) kind: IndicatorKind,
    pub(super) value: &'a str,
    pub(super) indicator: &'a Indicator,
    /// The part it really shows: what points to a program that is gone shows remains.
    pub(super) part: Part,
    /// The name fits, but the program was started from a place that is not the product's.
    pub(super) name_only: bool,
}

/// Whether a product is recognised, and if so how.
pub(super) fn judge(product: &Product, matches: &[Match], inventory: &Inventory, normaliser: &Normaliser) -> Option<Finding> {
    let judged: Vec<_> = matches.iter().filter_map(|found| judge_match(product, found, matches, inventory)).collect();
    // A name that others have too, or the signature of a maker of many things, is seen on computers without the product. Alone it says nothing.
    if judged.iter().all(|one| one.indicator.generic) {
        return None;
    }
    // A setting of which nobody knows whether it is on may be all that is left of a product.
    let is_undecided = |fact: &Fact| matches!(fact, Fact::Setting(setting) if setting.on.is_none());
    let of_part = |wanted: &[Part]| judged.iter().any(|one| wanted.contains(&one.part) && !is_undecided(one.fact));
    // What is told of the state concerns the part that counts most: the agent, otherwise a viewer, otherwise what is left.
    let relevant: &[Part] = if of_part(OBSERVING) {
        OBSERVING
    } else if of_part(LOOKING) {
        LOOKING
    } else {
        &[Part::Remains]
    };
    let confidence = if is_confirmed(&judged, normaliser) { Confidence::Confirmed } else { Confidence::Possible };
    let counted: Vec<_> = judged.iter().filter(|one| relevant.contains(&one.part)).collect();
    let states = states(product, &counted, relevant == [Part::Remains], inventory);
    Some(Finding {
        product: product.id.clone(),
        name: product.name.clone(),
        vendor: product.vendor.clone(),
        class: product.class,
        group: product.group,
        confidence,
        state: match (states.running, states.autostart, states.installed) {
            (Answer::Yes, ..) => FindingState::Running,
            (_, Answer::Yes, _) => FindingState::Autostart,
            (.., Answer::No) => FindingState::Remains,
            _ => FindingState::Installed,
        },
        installed: states.installed,
        autostart: states.autostart,
        running: states.running,
        evidence: evidence(product, judged.iter().filter(|one| one.indicator.part != Part::Remains || relevant == [Part::Remains])),
        observes: product.card.observes.iter().map(|observes| ObservesEntry::new(product, observes)).collect(),
        first_seen: None,
        last_seen: None,
        present_since: present_since(&counted),
    })
}

const OBSERVING: &[Part] = &[Part::Agent, Part::Extension];
const LOOKING: &[Part] = &[Part::Viewer, Part::Console];

fn judge_match<'a>(product: &'a Product, found: &Match<'a>, all: &[Match], inventory: &'a Inventory) -> Option<Judged<'a>> {
    let fact = &inventory.facts[found.fact];
    let indicator = &product.indicators[found.indicator as usize];
    if indicator.proves == Some(Proves::Nothing) && !is_active(fact) {
        return None;
    }
    let part = if is_left_behind(fact) { Part::Remains } else { indicator.part };
    let name_only = found.kind == IndicatorKind::Process && is_elsewhere(product, found.fact, fact, all, inventory);
    Some(Judged { fact, kind: found.kind, value: found.value, indicator, part, name_only })
}

/// Whether a fact shows something at work, not only something that is there.
fn is_active(fact: &Fact) -> bool {
    match fact {
        Fact::Process(_) => true,
        Fact::Preload(preload) => preload.exists != Some(false),
        Fact::Autostart(entry) => entry.enabled == Enabled::Yes,
        Fact::Extension(extension) => extension.enabled == Some(true),
        Fact::Setting(setting) => setting.on == Some(true),
        _ => false,
    }
}

/// Whether a fact is what an uninstaller left: a removed package, an entry whose program is gone.
fn is_left_behind(fact: &Fact) -> bool {
    match fact {
        Fact::Package(package) => package.removed,
        // What runs is there, whatever became of its file: a program that protects itself may hide it.
        Fact::Autostart(entry) => entry.exec_exists == Some(false) && entry.running != Some(true),
        Fact::InstalledProgram(program) => program.location_exists == Some(false),
        Fact::MenuEntry(entry) => entry.exec_exists == Some(false),
        Fact::Preload(preload) => preload.exists == Some(false),
        Fact::SystemExtension(extension) => extension.state.contains("uninstall") && !extension.state.contains("still_running"),
        _ => false,
    }
}

/// Whether a program that has the product's name was started from a place that is not the product's. Only a known place tells: of a
/// closed executable the name is all there is.
fn is_elsewhere(product: &Product, number: usize, fact: &Fact, all: &[Match], inventory: &Inventory) -> bool {
    let Fact::Process(process) = fact else { return false };
    let place_is_known = matches!(process.executable, Executable::Open | Executable::Deleted);
    let product_has_places =
        product.indicators.iter().any(|one| one.kind == IndicatorKind::Path && one.is_for(inventory.host.os) && OBSERVING.contains(&one.part));
    let place_fits = all.iter().any(|other| other.fact == number && matches!(other.kind, IndicatorKind::Path | IndicatorKind::Unit));
    place_is_known && product_has_places && !place_fits
}

/// One strong indicator of the agent, or two weak ones on two independent objects.
fn is_confirmed(judged: &[Judged], normaliser: &Normaliser) -> bool {
    let of_agent = || judged.iter().filter(|one| OBSERVING.contains(&one.part) && !one.indicator.generic && !one.name_only);
    of_agent().any(|one| strength(one) == Strength::Strong) || independent_objects(of_agent().take(MOST_WEAK), normaliser) >= 2
}

/// The strength that a match has: never more than its kind can prove.
fn strength(one: &Judged) -> Strength {
    one.indicator.strength.min(one.kind.info().strongest)
}

/// How many objects these facts are. Two facts are one object when they share a path, a unit or the name of a program, or when one lies
/// in the folder of the other: a program, its process, its unit and its folder are one thing seen four times. And however many names of
/// running programs fit, they are one: anybody can give programs names.
fn independent_objects<'a>(judged: impl Iterator<Item = &'a Judged<'a>>, normaliser: &Normaliser) -> usize {
    let mut objects: Vec<BTreeSet<String>> = Vec::new();
    for one in judged {
        let mut signs = signs_of(one.fact, normaliser);
        if one.kind == IndicatorKind::Process {
            signs.insert("some name of a program".to_owned());
        }
        // Everything that shares a sign with the new fact melts into one object with it.
        objects.retain(|object| {
            let same = object.iter().any(|a| signs.iter().any(|b| is_same(a, b)));
            if same {
                signs.extend(object.iter().cloned());
            }
            !same
        });
        objects.push(signs);
    }
    objects.len()
}

fn is_same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn signs_of(fact: &Fact, normaliser: &Normaliser) -> BTreeSet<String> {
    let mut signs = BTreeSet::new();
    fact.each_key(|kind, value| {
        let value = normaliser.value(kind.info().form, value);
        let value = value.trim_end_matches('/');
        // Signs that are names begin with a word that no path begins with.
        signs.insert(format!("name {}", name_in(kind.info().form, value)));
        if kind == IndicatorKind::Path {
            signs.insert(value.to_owned());
        }
    });
    signs
}

/// The name that a value carries, in lower case and without its ending: `x`, `deb:x`, `/opt/x`, `x.exe` and `x.service` carry one name.
pub fn name_in(form: Form, value: &str) -> String {
    let name = match form {
        Form::Path => value.rsplit('/').next(),
        Form::Name | Form::Id | Form::Registry => value.rsplit([':', '\\']).next(),
    };
    without_ending(&name.unwrap_or(value).to_ascii_lowercase()).to_owned()
}

/// A name in lower case without the ending that tells what sort of file it is.
pub fn without_ending(name: &str) -> &str {
    const ENDINGS: [&str; 13] = [".exe", ".app", ".service", ".timer", ".socket", ".path", ".desktop", ".plist", ".pkg", ".sys", ".dll", ".so", ".sh"];
    ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// The evidence to show. Where the product itself is there, its settings and logs say nothing more, and are left out before.
fn evidence<'a>(product: &Product, judged: impl Iterator<Item = &'a Judged<'a>>) -> Vec<Evidence> {
    let mut seen = BTreeMap::new();
    for one in judged {
        let proves = if one.name_only { "nothing".to_owned() } else { proves(one) };
        let page = product.page(&one.indicator.cite);
        let entry = Evidence {
            kind: one.kind,
            value: one.value.to_owned(),
            place: one.fact.place().to_owned(),
            part: one.part,
            proves,
            strength: if one.part == Part::Remains { Strength::Weak } else { strength(one) },
            generic: one.indicator.generic || one.name_only,
            source: page.url.clone(),
            at: one.indicator.cite.at.clone(),
            read: page.read.clone(),
        };
        // Strong before weak, the agent before other parts; otherwise as the facts came.
        seen.entry((std::cmp::Reverse(entry.strength), entry.part, entry.kind, entry.value.clone(), entry.place.clone())).or_insert(entry);
    }
    seen.into_values().take(MOST_EVIDENCE).collect()
}

/// What a piece of evidence proves: what its indicator says, otherwise what follows from the fact.
fn proves(one: &Judged) -> String {
    let word = match (&one.indicator.proves, one.fact) {
        _ if one.part == Part::Remains => "nothing",
        (Some(proves), _) if *proves != Proves::Nothing => proves.word(),
        (_, Fact::Process(_) | Fact::Preload(_)) => "running",
        (_, Fact::Autostart(entry)) if entry.enabled == Enabled::Yes => "autostart",
        (_, Fact::Extension(extension)) if extension.enabled == Some(true) => "enabled",
        (_, Fact::Setting(setting)) if setting.on == Some(true) => "enabled",
        _ => "present",
    };
    word.to_owned()
}

/// The earliest day that the system itself tells. The date of a file is no such day: it is the maker's, kept by the installer.
fn present_since(counted: &[&Judged]) -> Option<PresentSince> {
    let known = counted.iter().filter_map(|one| match one.fact {
        Fact::Package(package) if !package.removed => Some((package.since?, package.place.as_str())),
        Fact::Program(program) => Some((program.since?, program.place.as_str())),
        Fact::InstalledProgram(program) => Some((program.since?, program.place.as_str())),
        Fact::Certificate(certificate) => Some((certificate.since?, certificate.place.as_str())),
        _ => None,
    });
    let (since, place) = known.min()?;
    let date = time::OffsetDateTime::from_unix_timestamp(since).ok()?.date();
    Some(PresentSince { date: date.to_string(), source: place.to_owned() })
}
