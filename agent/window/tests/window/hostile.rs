//! Reports and records in which every value that may come from a computer is hostile: whatever stands there, a page shows it as text, fit to read.

use std::collections::BTreeSet;

use inzage_agent::home::Settings;
use inzage_agent::texts::{Language, Texts};
use inzage_core::report::Report;
use inzage_core::text::is_unprintable;
use inzage_window::page::{Block, Page, Place};
use inzage_window::pages::{Moment, Seen};
use inzage_window::save;
use serde_json::{Value, json};

use crate::data::{kept, read, view};

/// The longest text of a page, in characters: our own longest ones, and a few values of the computer.
const LONGEST: usize = 1_600;

/// Hostile values, with what each of them is.
pub fn values() -> Vec<(&'static str, String)> {
    vec![
        ("endless", "A".repeat(10_000)),
        ("endless, wide", "漢".repeat(10_000)),
        ("right to left", "برنامج مراقبة الموظفين \u{202e}gpj.exe תוכנת מעקב\u{2066}אבג\u{2069}\u{200f}".to_owned()),
        ("emoji", "👩\u{200d}👩\u{200d}👧\u{200d}👦🏳\u{fe0f}\u{200d}🌈🇳🇱e\u{301}\u{302}\u{303}".to_owned()),
        ("markup", "<b>fett</b> **bold** &amp; <script>alert(1)</script><img src=x onerror=alert(1)>'\"><i>".to_owned()),
        ("control", "a\u{1b}[31mb\u{7}\0c\r\nINJECTED line\u{9b}2Jd\u{2028}e\u{feff}\t".to_owned()),
        ("nothing", String::new()),
        ("placeholders", "{ $name } {0} %s %n ${HOME} $(id) `id` \\u{202e} \u{fffd}FF".to_owned()),
        ("an address", "javascript:alert(document.cookie)".to_owned()),
        ("a file", "file:///etc/passwd".to_owned()),
    ]
}

/// Puts a value in the place of every text of a report that is no word of ours; how many there were.
fn fill(value: &mut Value, hostile: &str, whole: &dyn Fn(&str) -> bool) -> usize {
    match value {
        Value::String(text) if !whole(text) => {
            hostile.clone_into(text);
            1
        }
        Value::Array(items) => items.iter_mut().map(|item| fill(item, hostile, whole)).sum(),
        Value::Object(fields) => fields.values_mut().map(|field| fill(field, hostile, whole)).sum(),
        _ => 0,
    }
}

/// A report of real packages, with an observation, which none of those leaves.
fn report() -> Value {
    let mut report: Value = serde_json::from_slice(&std::fs::read(kept().join("found.json")).unwrap()).unwrap();
    report["observations"] = json!([
        {"id": "proxy", "categories": ["sites"], "level": "on", "by": "squid", "set_by": "policy", "ordinary": false,
         "evidence": [{"kind": "setting", "value": "a value of the computer", "where": "a place of the computer"}]},
        {"id": "an observation", "categories": ["a category"], "level": "seen", "by": "a program", "set_by": "user", "ordinary": false,
         "evidence": [{"kind": "a kind", "value": "a value of the computer", "where": "a place of the computer"}]}
    ]);
    report["coverage"][0]["status"] = json!("partial");
    report["coverage"][0]["reason"] = json!({"code": "denied", "args": {"path": "a path of the computer", "count": "a count"}});
    report
}

/// Whether nothing else than this word can stand in its place: then a report with another one is refused when it is read.
fn words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut strings = Vec::new();
    collect(&report(), "", &mut strings);
    for (pointer, word) in strings {
        let mut report = report();
        *report.pointer_mut(&pointer).unwrap() = json!("no word of ours");
        if serde_json::from_value::<Report>(report).is_err() {
            words.insert(word);
        }
    }
    words
}

fn collect(value: &Value, pointer: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((pointer.to_owned(), text.clone())),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| collect(item, &format!("{pointer}/{at}"), found)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| collect(field, &format!("{pointer}/{key}"), found)),
        _ => {}
    }
}

/// What was seen, with a hostile value everywhere. `keeps`: the ids stay, so that their pages are those of products and categories.
pub fn seen(hostile: &str, keeps_ids: bool) -> Seen {
    let words = words();
    let known: BTreeSet<String> = {
        let bundle = inzage_signatures::embedded();
        let ids = bundle.products.iter().map(|product| product.id.clone()).chain(bundle.categories.iter().map(|category| category.id.clone()));
        if keeps_ids { ids.chain(["proxy".to_owned()]).collect() } else { BTreeSet::new() }
    };
    let mut value = report();
    let filled = fill(&mut value, hostile, &|text| words.contains(text) || known.contains(text));
    assert!(filled > 100, "{filled} values");
    let mut seen = read(&kept().join("found.json")).unwrap();
    seen.report = serde_json::from_value(value).unwrap();
    for change in &mut seen.changes {
        if !keeps_ids {
            hostile.clone_into(&mut change.id);
        }
        for (key, value) in &mut change.values {
            if !words.contains(value.as_str()) || key == "name" {
                hostile.clone_into(value);
            }
        }
    }
    seen
}

/// Every page of a report.
pub fn places(seen: &Seen) -> Vec<Place> {
    let mut places = Place::MENU.to_vec();
    places.extend(seen.report.findings.iter().map(|finding| Place::Program(finding.product.clone())));
    places.extend(seen.report.observations.iter().map(|one| Place::Observation(one.id.clone())));
    places.extend(seen.report.exposure.iter().map(|one| Place::Category(one.category.clone())));
    places.extend([Place::About, Place::Forget, Place::Program("of an earlier look".to_owned())]);
    places.sort();
    places.dedup();
    places
}

/// Every text of a page.
pub fn texts_of(page: &Page) -> Vec<&str> {
    let mut texts = vec![page.title.as_str()];
    for block in page.blocks.iter().chain(&page.list) {
        match block {
            Block::Headline { title, text, button, .. } | Block::Notice { title, text, button, .. } => {
                texts.extend([title.as_str(), text]);
                texts.extend(button.iter().map(|(title, _)| title.as_str()));
            }
            Block::Lead(text) | Block::Heading(text) | Block::Text(text) | Block::Quiet(text) => texts.push(text),
            Block::Tiles(tiles) => texts.extend(tiles.iter().flat_map(|tile| [tile.title.as_str(), &tile.word, &tile.by])),
            Block::Row(row) => texts.extend([row.title.as_str(), &row.text, &row.note]),
            Block::Fact { name, value } => texts.extend([name.as_str(), value]),
            Block::Item { title, text, note, .. } => texts.extend([title.as_str(), text, note]),
            Block::Link { title, .. } | Block::Button { title, .. } => texts.push(title),
            Block::Switch { title, text, .. } | Block::Progress { title, text, .. } => texts.extend([title.as_str(), text]),
            Block::Choice { title, options, .. } => {
                texts.push(title);
                texts.extend(options.iter().map(|(name, _)| name.as_str()));
            }
        }
    }
    if let Some(row) = &page.foot {
        texts.extend([row.title.as_str(), &row.text, &row.note]);
    }
    texts
}

/// Everything between `<` and `>`.
fn tags(html: &str) -> BTreeSet<&str> {
    html.match_indices('<').map(|(at, _)| html[at..].split_inclusive('>').next().unwrap_or_default()).collect()
}

fn all_pages(seen: Seen, visit: &mut dyn FnMut(&Place, &Page, Language)) {
    let places = places(&seen);
    let moment = Moment::Seen(Box::new(seen));
    for language in [Language::Nl, Language::En] {
        let (texts, settings) = (Texts::new(language), Settings { record: Some(true), ..Settings::default() });
        for is_masked in [false, true] {
            let mut view = view(&texts, &moment, &settings);
            view.is_masked = is_masked;
            for place in &places {
                visit(place, &view.page(place), language);
            }
        }
    }
}

#[test]
fn no_page_breaks_or_obeys() {
    // What tags our own pages have.
    let mut ours = BTreeSet::new();
    all_pages(seen("plain", true), &mut |_, page, language| {
        ours.extend(tags(&save::html(page, language.word(), "foot")).into_iter().filter(|tag| !tag.starts_with("<title")).map(str::to_owned));
    });
    assert!(ours.len() > 15 && !ours.iter().any(|tag| tag.contains("script") || tag.contains("<b>") || tag.contains("href")), "{ours:?}");
    for (what, hostile) in values() {
        for keeps_ids in [true, false] {
            let mut links = 0;
            all_pages(seen(&hostile, keeps_ids), &mut |place, page, language| {
                let place = format!("{place:?}");
                let place = format!("{what}, {place:.60}");
                for text in texts_of(page) {
                    let length = text.chars().count();
                    assert!(length <= LONGEST, "{place}: {length} characters: {text:.300}");
                    assert!(!text.lines().skip(1).any(|line| line.starts_with("INJECTED")), "{place}: a line of its own: {text}");
                    let bad = text.chars().find(|c| is_unprintable(*c) && *c != '\n');
                    assert_eq!(bad, None, "{place}: {text:.300}");
                }
                links += page.blocks.iter().filter(|block| matches!(block, Block::Link { .. })).count();
                let html = save::html(page, language.word(), &hostile);
                let other: Vec<_> = tags(&html).into_iter().filter(|tag| !ours.contains(*tag) && !tag.starts_with("<title")).map(str::to_owned).collect();
                assert!(other.is_empty(), "{place}: {other:?}");
                assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains("<img"), "{place}");
            });
            assert_eq!(links, 0, "{what}: is no page of the web");
        }
    }
}

#[test]
fn only_addresses_of_the_web_become_links() {
    let (texts, settings) = (Texts::new(Language::En), Settings::default());
    let moment = Moment::Seen(Box::new(seen("https://example.org/page", true)));
    let page = view(&texts, &moment, &settings).page(&Place::Program("veyon".to_owned()));
    assert!(page.blocks.iter().any(|block| matches!(block, Block::Link { .. })), "an address of the web is a link: {page:?}");
}

#[test]
fn what_went_wrong_is_shown_as_text() {
    for (what, hostile) in values() {
        let (texts, settings, moment) = (Texts::new(Language::Nl), Settings::default(), Moment::Failed(hostile));
        let page = view(&texts, &moment, &settings).page(&Place::Overview);
        assert!(texts_of(&page).iter().all(|text| text.chars().count() <= LONGEST && !text.chars().any(is_unprintable)), "{what}");
    }
}

#[test]
fn a_saved_page_has_nothing_that_is_fetched_or_run() {
    let found = read(&kept().join("found.json")).unwrap();
    all_pages(found, &mut |place, page, language| {
        let html = save::html(page, language.word(), "foot");
        for part in ["<script", "<link", "<img", "<a ", "href=", "src=", "url(", "@import", "http-equiv"] {
            assert!(!html.contains(part), "{place:?}: {part}");
        }
    });
}
