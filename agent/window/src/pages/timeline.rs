//! What appeared, started, stopped and disappeared, over days to years: drawn, and as a list.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use inzage_agent::texts::Value;
use inzage_core::history::{About, Change, What, key};

use super::{Seen, View};
use crate::page::{Action, Block, Page, Setting, Shape};

/// The fewest days that are shown.
const SHORTEST: f64 = 7.0;
/// So many lanes are drawn; all of it is in the list.
const MOST_LANES: usize = 12;

/// Days, counted from the first of the record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The first day that is shown.
    pub from: f64,
    /// How many days are shown.
    pub days: f64,
}

impl Span {
    /// All days of a record.
    const fn all(days: f64) -> Self {
        Self { from: 0.0, days }
    }

    /// Twice as close, or twice as far, for each step; the day at a place of what is shown (0 to 1) stays where it is.
    #[must_use]
    pub fn zoomed(self, at: f64, steps: i32, all: f64) -> Self {
        let days = (self.days * 2_f64.powi(-steps)).clamp(SHORTEST.min(all), all);
        Self { from: self.from + at * (self.days - days), days }.within(all)
    }

    /// Goes along, by a part of what is shown.
    #[must_use]
    pub fn moved(self, by: f64, all: f64) -> Self {
        Self { from: self.from + by * self.days, ..self }.within(all)
    }

    fn within(self, all: f64) -> Self {
        Self { from: self.from.clamp(0.0, (all - self.days).max(0.0)), ..self }
    }
}

/// A stretch of a lane, as parts of the width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub until: f64,
    /// Whether it ran then.
    pub is_running: bool,
}

/// One program or setting over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// When it was there, and when it ran.
    pub bars: Vec<Bar>,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The lanes, what is there now first.
    pub lanes: Vec<Lane>,
    /// Days along the bottom: where, and their names.
    pub ticks: Vec<(f64, String)>,
    /// The days that are shown.
    pub span: Span,
    /// How many days there are.
    pub all: f64,
    /// The same in words.
    pub told: String,
}

pub(super) fn page(view: &View, seen: &Seen, title: String) -> Page {
    let mut page = Page::new(title);
    if !seen.is_kept {
        page.add(Block::Lead(view.t("timeline-none")));
        page.text(view.t("first-record"));
        page.add(Block::Button { title: view.t("first-keep"), action: Action::Set(Setting::Record(true)), is_primary: false });
        return page;
    }
    page.add(Block::Button { title: view.t("timeline-export"), action: Action::Export, is_primary: false });
    let chart = chart(view, seen);
    let shown = chart.as_ref().and_then(|chart| days_of(seen, chart.span));
    let told = seen.changes.iter().rev().filter(|change| change.what != What::Looked);
    // What has a damaged day is somewhere, so it is always told.
    let within = told.filter(|change| {
        let is_within = |(first, last): &(NaiveDate, NaiveDate)| day(&change.day).is_none_or(|day| (first..=last).contains(&&day));
        shown.as_ref().is_none_or(is_within)
    });
    let mut day_before = "";
    for change in within {
        if change.day != day_before {
            day_before = &change.day;
            page.list.push(Block::Heading(view.words.date(day_before)));
        }
        page.list.push(Block::Item { title: view.words.change(change, view.is_masked), text: String::new(), note: String::new(), shape: Shape::None });
    }
    if page.list.is_empty() {
        page.list.push(Block::Text(view.t("timeline-quiet")));
    }
    page
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn days_of(seen: &Seen, span: Span) -> Option<(NaiveDate, NaiveDate)> {
    let (first, _) = range(seen)?;
    let at = |days: f64| first.checked_add_days(Days::new(whole(days)));
    Some((at(span.from.floor())?, at((span.from + span.days).ceil())?))
}

/// Days are few, and never less than none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number of days of a record, not negative")]
fn whole(days: f64) -> u64 {
    days.max(0.0) as u64
}

/// The first and the last day of a record.
fn range(seen: &Seen) -> Option<(NaiveDate, NaiveDate)> {
    let first = seen.changes.iter().filter_map(|change| day(&change.day)).min()?;
    let last = seen.changes.iter().filter_map(|change| day(&change.day)).chain(seen.state.looked.as_deref().and_then(day)).max()?;
    Some((first, last))
}

/// What is drawn of a record; nothing while it is empty.
pub fn chart(view: &View, seen: &Seen) -> Option<Chart> {
    let (first, last) = range(seen)?;
    let since = |date: NaiveDate| (date - first).num_days() as f64;
    // The last day counts whole.
    let all = since(last) + 1.0;
    let span = view.span.unwrap_or(Span::all(all)).within(all);
    let place = |days: f64| (days - span.from) / span.days;
    let mut stories: BTreeMap<(bool, String), Story> = BTreeMap::new();
    for change in &seen.changes {
        let Some(date) = day(&change.day) else { continue };
        let is_product = match change.about {
            About::Product => true,
            About::Observation => false,
            _ => continue,
        };
        let by = change.value(key::BY).unwrap_or_default();
        let story = stories.entry((!is_product, format!("{}\0{by}", change.id))).or_default();
        story.take(change, since(date));
        story.name = if is_product {
            view.words.product_name(&change.id, change.value(key::NAME).or(story.kept_name.as_deref()))
        } else {
            view.words.observation_name(&change.id, if view.is_masked { "" } else { by })
        };
    }
    let mut stories: Vec<_> = stories.into_iter().map(|((is_observation, _), story)| (story.here.is_none(), is_observation, story.ended(all))).collect();
    stories.sort_by_key(|(is_gone, is_observation, _)| (*is_gone, *is_observation));
    let told = view.words.with("chart-told", &[("count", Value::Count(stories.len())), ("first", Value::Text(&view.words.date(&first.to_string())))]);
    let lanes = stories.into_iter().take(MOST_LANES).map(|(_, _, story)| Lane {
        name: story.name,
        bars: story
            .bars
            .into_iter()
            .map(|bar| Bar { from: place(bar.from).clamp(0.0, 1.0), until: place(bar.until).clamp(0.0, 1.0), ..bar })
            .filter(|bar| bar.until > bar.from)
            .collect(),
    });
    Some(Chart { lanes: lanes.collect(), ticks: ticks(view, first, span), span, all, told })
}

/// What became of one program or setting.
#[derive(Default)]
struct Story {
    name: String,
    kept_name: Option<String>,
    here: Option<f64>,
    running: Option<f64>,
    bars: Vec<Bar>,
}

impl Story {
    fn take(&mut self, change: &Change, at: f64) {
        if let Some(name) = change.value(key::NAME) {
            self.kept_name = Some(name.to_owned());
        }
        match change.what {
            What::Disappeared => self.end(at),
            What::Stopped => self.stop(at),
            _ => {
                self.here.get_or_insert(at);
                if change.what == What::Started || change.value(key::RUNNING) == Some("yes") {
                    self.running.get_or_insert(at);
                }
            }
        }
    }

    fn stop(&mut self, at: f64) {
        if let Some(from) = self.running.take() {
            self.bars.push(Bar { from, until: at.max(from + 1.0), is_running: true });
        }
    }

    fn end(&mut self, at: f64) {
        self.stop(at);
        if let Some(from) = self.here.take() {
            // Thin bars lie below those of the time that it ran.
            self.bars.insert(0, Bar { from, until: at.max(from + 1.0), is_running: false });
        }
    }

    /// What is there now lasts until the last day.
    fn ended(mut self, all: f64) -> Self {
        self.end(all);
        self
    }
}

/// At most about six days with a name.
fn ticks(view: &View, first: NaiveDate, span: Span) -> Vec<(f64, String)> {
    let Some(begin) = first.checked_add_days(Days::new(whole(span.from.ceil()))) else { return Vec::new() };
    let end = span.from + span.days;
    let since = |date: NaiveDate| (date - first).num_days() as f64;
    let months = span.days / 30.4;
    let mut found = Vec::new();
    if months < 3.0 {
        let step = whole((span.days / 6.0).ceil()).max(1);
        let mut date = begin;
        while since(date) < end {
            found.push((date, view.words.date(&date.to_string())));
            let Some(next) = date.checked_add_days(Days::new(step)) else { break };
            date = next;
        }
    } else {
        // A damaged day may make centuries of it: the steps still are few.
        let centuries = std::iter::successors(Some(240_u32), |step| step.checked_mul(2));
        let mut steps = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().chain(centuries);
        let step = steps.find(|step| months / f64::from(*step) <= 6.0).unwrap_or(u32::MAX);
        // The first month that divides well.
        let mut date = begin.with_day(1).unwrap_or(begin);
        while date < begin || !(date.month0() + 12 * date.year().unsigned_abs()).is_multiple_of(step) {
            let Some(next) = date.checked_add_months(Months::new(1)) else { break };
            date = next;
        }
        while since(date) < end {
            let name = if step >= 12 { date.year().to_string() } else { format!("{} {}", view.t(&format!("month-{}", date.month())), date.year()) };
            found.push((date, name));
            let Some(next) = date.checked_add_months(Months::new(step)) else { break };
            date = next;
        }
    }
    found.into_iter().map(|(date, name)| ((since(date) - span.from) / span.days, name)).collect()
}
