//! What is worth a notification, and when: a pure decision about changes, with the time given from outside.
//!
//! Too many make people blind, so only what is newly confirmed and what can newly be observed is told: once, a few an hour, and together when
//! there is more. All that was told stands in a list, because a banner goes away by itself.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use inzage_core::history::{About, Because, Change, What, key};
use inzage_core::report::{Answer, Confidence, Finding, FindingState, Level, Report};
use inzage_core::signature::Group;
use inzage_core::text;

use crate::notify::Message;
use crate::texts::{Language, Texts, Value};

/// So many notifications in an hour; what comes more waits and is joined.
const MOST_AN_HOUR: usize = 4;
const HOUR: Duration = Duration::from_hours(1);
/// So many sentences in one notification.
const MOST_SENTENCES: usize = 4;
/// So many stay in the list; the record keeps all changes.
const MOST_KEPT: usize = 50;
/// The longest name that is shown.
const LONGEST_NAME: usize = 80;

/// What sort of news it is. The same of the same thing is told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A confirmed product is new.
    Appeared,
    /// A product that was possible is confirmed.
    Confirmed,
    /// A confirmed product runs.
    Started,
    /// A category is on.
    On,
    /// A category was seen.
    Seen,
}

/// One thing worth telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct News {
    kind: Kind,
    /// Of the product or category.
    id: String,
    /// Of a product.
    name: String,
    /// It is for management or security.
    is_often_normal: bool,
    /// Our list or our program is new; the thing may be older.
    may_be_older: bool,
    day: String,
}

/// What was told, what waits, and when.
#[derive(Default)]
pub(crate) struct Notices {
    /// With the day on which it went away, which lets it be told again on another.
    told: BTreeMap<(Kind, String), Option<String>>,
    kept: VecDeque<News>,
    waiting: Vec<News>,
    shown_at: VecDeque<Duration>,
}

impl Notices {
    /// What the record already knows is not told again.
    pub(crate) fn remember(&mut self, past: &[Change]) {
        for change in past {
            self.forget_gone(change);
            let told = kind(change).filter(|_| change.because() != Some(Because::FirstLook));
            if let Some(kind) = told {
                self.mark_told(kind, &change.id);
            }
        }
    }

    /// Gives what to show now as one notification, or nothing. While the worker has paused, all goes into the list only.
    pub(crate) fn hear(&mut self, changes: &[Change], report: &Report, now: Duration, is_paused: bool) -> Vec<News> {
        let mut news: Vec<News> = Vec::new();
        for change in changes {
            self.forget_gone(change);
            let Some(one) = worth_telling(change, report) else { continue };
            if self.told.get(&(one.kind, one.id.clone())).is_some_and(|gone| gone.as_ref().is_none_or(|day| *day == one.day)) {
                continue;
            }
            self.mark_told(one.kind, &one.id);
            // That a product is there says enough; that it also runs or is certain would be the same again.
            if !news.iter().any(|other| other.id == one.id && (other.kind == one.kind || other.kind == Kind::Appeared)) {
                news.push(one);
            }
        }
        for one in &news {
            self.kept.push_front(one.clone());
        }
        self.kept.truncate(MOST_KEPT);
        if is_paused {
            self.waiting.clear();
            return Vec::new();
        }
        self.waiting.extend(news);
        self.due(now)
    }

    /// What waited, once the hour has room for it.
    pub(crate) fn due(&mut self, now: Duration) -> Vec<News> {
        while self.shown_at.front().is_some_and(|then| now.saturating_sub(*then) >= HOUR) {
            self.shown_at.pop_front();
        }
        if self.waiting.is_empty() || self.shown_at.len() >= MOST_AN_HOUR {
            return Vec::new();
        }
        self.shown_at.push_back(now);
        std::mem::take(&mut self.waiting)
    }

    /// How long until something that waits may be shown.
    pub(crate) fn next(&self, now: Duration) -> Option<Duration> {
        let oldest = self.shown_at.front().filter(|_| !self.waiting.is_empty())?;
        Some((*oldest + HOUR).saturating_sub(now))
    }

    /// The list, newest first, as lines in a language.
    pub(crate) fn lines<'a>(&'a self, texts: &'a Texts) -> impl Iterator<Item = String> + 'a {
        self.kept.iter().map(|one| {
            let sentence = sentence(one, texts);
            texts.with("notice-on-day", &[("day", Value::Text(&one.day)), ("what", Value::Text(&sentence))])
        })
    }

    fn mark_told(&mut self, kind: Kind, id: &str) {
        self.told.insert((kind, id.to_owned()), None);
        // What was seen to happen need not be told as switched on later.
        if kind == Kind::Seen {
            self.told.insert((Kind::On, id.to_owned()), None);
        }
    }

    fn forget_gone(&mut self, change: &Change) {
        let is_gone = change.what == What::Disappeared || change.value(key::INSTALLED) == Some(Answer::No.word());
        if change.about != About::Product || !is_gone {
            return;
        }
        for ((_, id), gone) in &mut self.told {
            if *id == change.id {
                *gone = Some(change.day.clone());
            }
        }
    }
}

/// What a change would be told as.
fn kind(change: &Change) -> Option<Kind> {
    let says = |key, word: &str| change.value(key) == Some(word);
    let is_confirmed = says(key::CONFIDENCE, Confidence::Confirmed.word());
    match (change.about, change.what) {
        (About::Product, What::Appeared) if is_confirmed && !says(key::INSTALLED, Answer::No.word()) => Some(Kind::Appeared),
        // Only something was left of it, and now it is there again.
        (About::Product, What::Changed) if says(key::INSTALLED, Answer::Yes.word()) => Some(Kind::Appeared),
        (About::Product, What::Changed) if is_confirmed => Some(Kind::Confirmed),
        (About::Product, What::Started) => Some(Kind::Started),
        (About::Category, What::Appeared | What::Changed) if says(key::LEVEL, Level::On.word()) => Some(Kind::On),
        (About::Category, What::Appeared | What::Changed) if says(key::LEVEL, Level::Seen.word()) => Some(Kind::Seen),
        _ => None,
    }
}

fn worth_telling(change: &Change, report: &Report) -> Option<News> {
    let kind = kind(change).filter(|_| change.because() != Some(Because::FirstLook))?;
    let finding = match change.about {
        About::Product => Some(report.findings.iter().find(|finding| finding.product == change.id && is_told(finding))?),
        _ => None,
    };
    Some(News {
        kind,
        id: change.id.clone(),
        name: finding.map_or_else(String::new, |finding| finding.name.clone()),
        is_often_normal: finding.is_some_and(|finding| finding.group == Group::Management),
        may_be_older: matches!(change.because(), Some(Because::Signatures | Because::Program | Because::Coverage)),
        day: change.day.clone(),
    })
}

/// Whether a product is told of at all: neither what is only possible, nor remains, nor the worker's own tools.
fn is_told(finding: &Finding) -> bool {
    finding.confidence == Confidence::Confirmed && finding.state != FindingState::Remains && finding.installed != Answer::No && finding.group != Group::Own
}

/// The notification for what is shown together. Screens are shared, so it names nothing unless the worker wants it to.
pub(crate) fn message(news: &[News], tells_all: bool, texts: &Texts) -> Message {
    let body = if tells_all {
        let mut lines: Vec<_> = news.iter().take(MOST_SENTENCES).map(|one| sentence(one, texts)).collect();
        if news.len() > MOST_SENTENCES {
            lines.push(texts.with("notice-more", &[("count", Value::Count(news.len() - MOST_SENTENCES))]));
        }
        lines.join("\n")
    } else {
        texts.get("notice-neutral-body")
    };
    // What is told of many things at once leads to all of them.
    let about = if let [one] = news { Some(one.id.clone()) } else { None };
    Message { title: texts.get("notice-neutral"), body, button: texts.get("notice-open"), about }
}

fn sentence(news: &News, texts: &Texts) -> String {
    let key = match (news.kind, news.may_be_older) {
        (Kind::Appeared, false) => "notice-appeared",
        (Kind::Appeared, true) => "notice-appeared-listed",
        (Kind::Confirmed, false) => "notice-confirmed",
        (Kind::Confirmed, true) => "notice-confirmed-listed",
        (Kind::Started, _) => "notice-started",
        (Kind::On, false) => "notice-category-on",
        (Kind::On, true) => "notice-category-on-listed",
        (Kind::Seen, _) => "notice-category-seen",
    };
    let name = if matches!(news.kind, Kind::On | Kind::Seen) { label(&news.id, texts.language) } else { news.name.clone() };
    let said = texts.with(key, &[("name", Value::Text(&text::for_terminal(&name, LONGEST_NAME)))]);
    if news.is_often_normal { format!("{said} {}", texts.get("notice-often-normal")) } else { said }
}

fn label(category: &str, language: Language) -> String {
    let known = inzage_signatures::embedded().categories.iter().find(|known| known.id == category);
    known.map_or_else(
        || category.to_owned(),
        |known| match language {
            Language::Nl => known.nl.label.clone(),
            Language::En => known.en.label.clone(),
        },
    )
}

#[cfg(test)]
mod tests {
    use inzage_core::inventory::Inventory;

    use super::*;

    const DAY: &str = "2026-11-25";
    const NOON: Duration = Duration::from_hours(12);

    /// A report with a confirmed product of each group, a possible one, and what is left of one.
    fn report() -> Report {
        let inventory: Inventory = serde_json::from_str(r#"{"schema":"inzage-inventory/1","made_at":"2026-11-25T12:00:00Z","agent_version":"0","host":{"os":"linux","os_version":"","root":"/","elevated":false},"facts":[],"coverage":[]}"#).unwrap();
        let mut report = inzage_core::report::build(&inventory, inzage_signatures::embedded(), "");
        report.findings = ["monitor", "other", "manager", "own", "maybe", "left"].map(finding).into();
        report
    }

    fn finding(id: &str) -> Finding {
        let text = serde_json::json!({
            "product": id, "name": format!("The {id}"), "vendor": "V", "class": "employee-monitoring",
            "group": match id { "manager" => "management", "own" => "own", _ => "monitoring" },
            "confidence": if id == "maybe" { "possible" } else { "confirmed" },
            "state": if id == "left" { "remains" } else { "installed" },
            "installed": if id == "left" { "no" } else { "yes" }, "autostart": "unknown", "running": "no",
            "evidence": [], "observes": [], "first_seen": null, "last_seen": null, "present_since": null
        });
        serde_json::from_value(text).unwrap()
    }

    fn change(what: What, id: &str) -> Change {
        let change = Change::new(DAY, what, About::Product, id);
        match what {
            What::Appeared => {
                let confidence = if id == "maybe" { "possible" } else { "confirmed" };
                change.with(key::CONFIDENCE, confidence).with(key::INSTALLED, if id == "left" { "no" } else { "yes" })
            }
            _ => change,
        }
    }

    fn category(level: &str) -> Change {
        Change::new(DAY, What::Changed, About::Category, "screenshots").with(key::LEVEL, level)
    }

    /// What is shown at once, as sentences.
    fn shown(notices: &mut Notices, changes: &[Change], now: Duration) -> Vec<String> {
        let texts = Texts::new(Language::En);
        notices.hear(changes, &report(), now, false).iter().map(|one| sentence(one, &texts)).collect()
    }

    #[test]
    fn what_is_worth_telling() {
        let check = |changes: &[Change], expected: &[&str]| assert_eq!(shown(&mut Notices::default(), changes, NOON), expected, "{changes:?}");
        check(&[change(What::Appeared, "monitor")], &["The monitor is new on this computer."]);
        check(&[change(What::Appeared, "manager")], &["The manager is new on this computer. At work this is often normal."]);
        check(&[change(What::Started, "monitor")], &["The monitor is running now."]);
        check(&[change(What::Changed, "monitor").with(key::CONFIDENCE, "confirmed")], &["Now we are sure: The monitor is on this computer."]);
        check(&[change(What::Changed, "monitor").with(key::INSTALLED, "yes")], &["The monitor is new on this computer."]);
        check(&[change(What::Changed, "monitor").with(key::AUTOSTART, "yes")], &[]);
        for what in [What::Appeared, What::Started, What::Changed] {
            for quiet in ["own", "maybe", "left"] {
                check(&[change(what, quiet).with(key::CONFIDENCE, "confirmed")], &[]);
            }
        }
        check(&[change(What::Disappeared, "monitor"), change(What::Stopped, "other")], &[]);
        check(&[category("possible")], &[]);
        assert_eq!(shown(&mut Notices::default(), &[category("on")], NOON).len(), 1);
        assert_eq!(shown(&mut Notices::default(), &[category("seen")], NOON).len(), 1);
        check(&[Change { about: About::Observation, ..change(What::Appeared, "proxy") }], &[]);
    }

    #[test]
    fn the_first_look_is_no_news_and_a_new_list_says_so() {
        let first = change(What::Appeared, "monitor").with(key::BECAUSE, Because::FirstLook.word());
        assert!(shown(&mut Notices::default(), &[first, category("on").with(key::BECAUSE, Because::FirstLook.word())], NOON).is_empty());
        let listed = change(What::Appeared, "monitor").with(key::BECAUSE, Because::Signatures.word());
        assert_eq!(shown(&mut Notices::default(), &[listed], NOON), ["The monitor is new in our list. It may have been on this computer before."]);
    }

    #[test]
    fn never_the_same_twice() {
        let mut notices = Notices::default();
        assert_eq!(shown(&mut notices, &[change(What::Appeared, "monitor")], NOON).len(), 1);
        assert!(shown(&mut notices, &[change(What::Appeared, "monitor")], NOON * 3).is_empty());
        assert_eq!(shown(&mut notices, &[change(What::Started, "monitor")], NOON * 3).len(), 1);
        assert!(shown(&mut notices, &[change(What::Started, "monitor")], NOON * 9).is_empty());
        // Gone and back on the same day is an update of the product; on another day it is news.
        assert!(shown(&mut notices, &[change(What::Disappeared, "monitor"), change(What::Appeared, "monitor")], NOON * 9).is_empty());
        let later = Change { day: "2026-12-24".to_owned(), ..change(What::Appeared, "monitor") };
        assert_eq!(shown(&mut notices, std::slice::from_ref(&later), NOON * 90).len(), 1);
        assert!(shown(&mut notices, &[later], NOON * 91).is_empty());
    }

    #[test]
    fn what_the_record_knows_is_not_told_again() {
        let mut notices = Notices::default();
        let baseline = change(What::Appeared, "other").with(key::BECAUSE, Because::FirstLook.word());
        notices.remember(&[change(What::Appeared, "monitor"), change(What::Started, "monitor"), category("seen"), baseline]);
        let again = [change(What::Appeared, "monitor"), change(What::Started, "monitor"), category("on"), category("seen")];
        assert!(shown(&mut notices, &again, NOON).is_empty());
        assert_eq!(shown(&mut notices, &[change(What::Started, "other")], NOON).len(), 1);
        assert!(notices.lines(&Texts::new(Language::Nl)).count() == 1, "the list holds what was told since");
    }

    #[test]
    fn one_look_gives_one_notification_with_each_product_once() {
        let changes = [change(What::Appeared, "monitor"), change(What::Started, "monitor"), change(What::Appeared, "other"), category("on")];
        assert_eq!(shown(&mut Notices::default(), &changes, NOON).len(), 3);
    }

    #[test]
    fn at_most_four_an_hour_and_the_rest_joined() {
        let mut notices = Notices::default();
        let minute = Duration::from_mins(1);
        let kinds = [
            change(What::Appeared, "monitor"),
            change(What::Appeared, "other"),
            change(What::Appeared, "manager"),
            change(What::Started, "monitor"),
            change(What::Started, "other"),
            change(What::Started, "manager"),
        ];
        let at_once: Vec<_> = (0_u32..).zip(&kinds).map(|(number, one)| shown(&mut notices, std::slice::from_ref(one), NOON + minute * number).len()).collect();
        assert_eq!(at_once, [1, 1, 1, 1, 0, 0]);
        assert_eq!(notices.next(NOON + minute * 10), Some(minute * 50));
        assert!(notices.due(NOON + minute * 59).is_empty());
        assert_eq!(notices.due(NOON + minute * 60).len(), 2);
        assert_eq!(notices.next(NOON + minute * 60), None);
        assert_eq!(notices.lines(&Texts::new(Language::En)).count(), 6);
    }

    #[test]
    fn a_pause_is_silent_and_keeps_the_list() {
        let mut notices = Notices::default();
        assert!(notices.hear(&[change(What::Appeared, "monitor")], &report(), NOON, true).is_empty());
        assert!(notices.due(NOON * 2).is_empty());
        assert_eq!(notices.lines(&Texts::new(Language::En)).next().as_deref(), Some("2026-11-25: The monitor is new on this computer."));
        assert!(shown(&mut notices, &[change(What::Appeared, "monitor")], NOON * 2).is_empty());
    }

    #[test]
    fn screens_are_shared() {
        let mut hostile = report();
        hostile.findings[0].name = "\u{1b}[31mEvil\u{202e}\n".to_owned() + &"x".repeat(500);
        let news = Notices::default().hear(&[change(What::Appeared, "monitor")], &hostile, NOON, false);
        for language in [Language::En, Language::Nl] {
            let texts = Texts::new(language);
            let neutral = message(&news, false, &texts);
            assert!(!format!("{neutral:?}").contains("Evil"));
            let full = message(&news, true, &texts);
            assert!(full.body.contains("Evil") && full.body.len() < 300 && !full.body.contains(['\u{1b}', '\u{202e}', '\n']), "{full:?}");
        }
        let many = vec![news[0].clone(); 9];
        assert_eq!(message(&many, true, &Texts::new(Language::En)).body.lines().last(), Some("And 5 things more."));
    }
}
