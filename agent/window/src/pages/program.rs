//! One program, or one sort of setting: what it is, what it can see, how it was recognised, and what can be asked.

use inzage_agent::texts::Value;
use inzage_agent::words::shown;
use inzage_core::kinds::Strength;
use inzage_core::report::{Answer, Finding, FindingState, Level};
use inzage_core::signature::{Class, Group, Part, When};

use super::{Seen, View, programs};
use crate::page::{Action, Address, Block, Page, Place, Row, Shape};

pub(super) fn program(view: &View, seen: &Seen, id: &str, title: String) -> Page {
    let mut page = Page::new(title);
    let Some(finding) = seen.report.findings.iter().find(|finding| finding.product == id) else {
        page.text(view.t("program-gone"));
        return page;
    };
    let known = view.words.bundle().products.iter().find(|product| product.id == finding.product);
    let about = known.and_then(|product| product.card.about.get(view.words.language().word())).cloned().unwrap_or_default();
    let class = finding.class.word();
    page.title = shown(&finding.name).into_owned();
    page.add(Block::Headline { title: page.title.clone(), text: about, shape: programs::shape(finding), button: None });
    page.fact(view.t("fact-maker"), shown(&finding.vendor).into_owned());
    page.fact(view.t("fact-class"), view.t(&format!("class-{class}")));
    page.fact(view.t("fact-state"), view.words.state(finding));
    page.fact(view.t("fact-sure"), view.t(&format!("confidence-{}", finding.confidence.word())));
    if let Some(since) = &finding.present_since {
        let values = [("date", Value::Text(&view.words.date(&since.date))), ("source", Value::Text(&shown(&since.source)))];
        page.fact(view.t("fact-since"), view.words.with("fact-since-value", &values));
    }
    if let (Some(first), Some(last)) = (&finding.first_seen, &finding.last_seen) {
        let values = [("first", Value::Text(&view.words.date(first))), ("last", Value::Text(&view.words.date(last)))];
        page.fact(view.t("fact-seen"), view.words.with("fact-seen-value", &values));
    }
    if let Some(product) = known {
        page.fact(view.t("fact-visible"), view.t(&format!("visibility-{}", product.card.visibility.word())));
    }
    page.text(unknowns(view, finding));
    page.text(view.t(&format!("class-{class}-who")));
    if finding.state == FindingState::Remains {
        page.text(view.t("program-remains"));
    } else {
        card(view, finding, &mut page);
    }
    evidence(view, finding, &mut page);
    page.heading(view.t("program-innocent"));
    page.text(view.t(&format!("class-{class}-innocent")));
    page.heading(view.t("program-ask"));
    page.text(view.t(&format!("class-{class}-ask")));
    if finding.group != Group::Own && !matches!(finding.class, Class::Keylogger | Class::ParentalControl) {
        page.heading(view.t("program-steps"));
        for step in 1..=5 {
            page.add(Block::Item { title: view.t(&format!("steps-{step}")), text: String::new(), note: String::new(), shape: Shape::None });
        }
        page.add(Block::Quiet(view.t("rules-who-checked")));
    }
    page.heading(view.t("program-wrong"));
    page.text(view.t("program-wrong-explained"));
    page.add(Block::Button { title: view.t("program-wrong-save"), action: Action::Wrong(finding.product.clone()), is_primary: false });
    page
}

fn unknowns(view: &View, finding: &Finding) -> String {
    let answers = [("autostart", finding.autostart), ("running", finding.running)];
    let unknown = answers.iter().filter(|(_, answer)| *answer == Answer::Unknown && finding.state != FindingState::Remains);
    unknown.map(|(what, _)| view.t(&format!("unknown-{what}"))).collect::<Vec<_>>().join(" ")
}

/// The capability card.
fn card(view: &View, finding: &Finding, page: &mut Page) {
    page.heading(view.t("program-can-see"));
    for (when, level) in [(When::Always, Level::On), (When::Optional, Level::Possible), (When::Undocumented, Level::Unknown)] {
        let entries: Vec<_> = finding.observes.iter().filter(|entry| entry.when == when).collect();
        if entries.is_empty() {
            continue;
        }
        page.add(Block::Lead(view.t(&format!("when-{}", when.word()))));
        for entry in entries {
            let place = entry.at.as_deref().map(|at| format!(" ({})", shown(at))).unwrap_or_default();
            let read = entry.read.as_deref().map(|day| view.words.date(day)).unwrap_or_default();
            let source = entry
                .source
                .as_deref()
                .map(|url| view.words.with("cite", &[("url", Value::Text(&shown(url))), ("place", Value::Text(&place)), ("read", Value::Text(&read))]));
            page.add(Block::Item {
                title: view.words.category(&entry.category).into_owned(),
                text: source.unwrap_or_default(),
                note: String::new(),
                shape: Shape::Level(level),
            });
        }
    }
}

fn evidence(view: &View, finding: &Finding, page: &mut Page) {
    page.heading(view.t("program-evidence"));
    page.add(Block::Quiet(view.t("program-evidence-explained")));
    let mut sources: Vec<&str> = Vec::new();
    for evidence in &finding.evidence {
        let strength = match (evidence.generic, evidence.strength) {
            (true, _) => "generic",
            (false, Strength::Strong) => "strong",
            (false, Strength::Weak) => "weak",
        };
        let mut notes = vec![view.t(&format!("strength-{strength}"))];
        if evidence.part != Part::Agent {
            notes.push(view.t(&format!("part-{}", evidence.part.word())));
        }
        let place = if evidence.place == evidence.value {
            String::new()
        } else {
            view.words.with("evidence-place", &[("place", Value::Text(&shown(&evidence.place)))])
        };
        page.add(Block::Item {
            title: format!("{}: {}", view.t(&format!("kind-{}", evidence.kind.word())), shown(&evidence.value)),
            text: place,
            note: notes.join(", "),
            shape: Shape::None,
        });
        if !sources.contains(&evidence.source.as_str()) {
            sources.push(&evidence.source);
        }
    }
    if !sources.is_empty() {
        page.add(Block::Quiet(view.t("program-sources")));
    }
    for url in sources {
        let title = shown(url).into_owned();
        // What is no page of the web is read, and never opened.
        page.add(Address::of(url).map_or_else(|| Block::Text(title.clone()), |address| Block::Link { title: title.clone(), address }));
    }
}

pub(super) fn observation(view: &View, seen: &Seen, id: &str, title: String) -> Page {
    let mut page = Page::new(title);
    let alike: Vec<_> = seen.report.observations.iter().filter(|one| one.id == id).collect();
    let Some(level) = alike.iter().map(|one| one.level).max() else {
        page.text(view.t("program-gone"));
        return page;
    };
    page.title = view.words.who(id);
    page.add(Block::Headline {
        title: page.title.clone(),
        text: shown(&view.t(&format!("observation-{id}-explained"))).into_owned(),
        shape: Shape::Level(level),
        button: None,
    });
    page.fact(view.t("fact-level"), view.level(level));
    let mut categories: Vec<&str> = alike.iter().flat_map(|one| &one.categories).map(String::as_str).collect();
    categories.sort_unstable();
    categories.dedup();
    page.heading(view.t("observation-concerns"));
    for category in categories {
        page.add(Block::Row(Row {
            title: view.words.category(category).into_owned(),
            text: String::new(),
            note: String::new(),
            shape: Shape::None,
            action: Action::Go(Place::Category(category.to_owned())),
        }));
    }
    page.heading(view.t("program-evidence"));
    for one in alike {
        for evidence in &one.evidence {
            // Settings have names of our own, which only we can put into words.
            let value = if evidence.kind == "setting" {
                shown(&view.t(&format!("setting-{}", evidence.value))).into_owned()
            } else {
                shown(&evidence.value).into_owned()
            };
            let mut note = view.words.set_by(one);
            if one.ordinary {
                note = format!("{note} {}", view.t("observation-ordinary"));
            }
            let place = view.words.with("evidence-place", &[("place", Value::Text(&shown(&evidence.place)))]);
            page.add(Block::Item { title: value, text: place, note, shape: Shape::None });
        }
    }
    page
}
