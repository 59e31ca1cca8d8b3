//! What is known of the past: every change so far, put together.

use std::collections::{BTreeMap, BTreeSet};

use super::{About, Change, What, key};
use crate::inventory::{Source, Status};
use crate::report::{Answer, Confidence, Level, Report};

/// Whether something can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It was seen at the last look.
    Seen,
    /// It was seen before; now a source that shows it is closed, so nobody knows.
    Lost,
    /// It was looked for and is not there.
    Gone,
}

/// A product or an observation, over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The first day on which it was seen.
    pub first_seen: String,
    /// The last day on which it was seen; for what is still seen that of the last look.
    pub last_seen: String,
    /// Whether it is seen now.
    pub sight: Sight,
    /// What is known of it, by the names in [`key`].
    pub values: BTreeMap<String, String>,
    /// The sources that show it, and how far they were looked at when it was last seen.
    pub(super) needs: BTreeMap<Source, Status>,
    /// The day of its last appearance or disappearance: what comes and goes all the time is told once a day.
    pub(super) turned: String,
}

impl Subject {
    /// A value, if it is known.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Whether a product is certain.
    pub fn is_confirmed(&self) -> bool {
        self.value(key::CONFIDENCE) == Some(Confidence::Confirmed.word())
    }

    pub(super) fn is(&self, key: &str, answer: Answer) -> bool {
        self.value(key) == Some(answer.word())
    }
}

/// Everything that is known of the past.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The day of the last look.
    pub looked: Option<String>,
    /// The day of the look before that day's looks.
    pub(super) looked_before: Option<String>,
    /// Products, by id.
    pub products: BTreeMap<String, Subject>,
    /// Observations, by id and by what is behind them.
    pub observations: BTreeMap<(String, String), Subject>,
    /// The highest level that each category ever had, and since when.
    pub levels: BTreeMap<String, (Level, String)>,
    /// How far each source was looked at.
    pub coverage: BTreeMap<Source, Status>,
    /// SHA-256 of the signatures that were used last.
    pub signatures: Option<String>,
    /// The version of the program that looked last.
    pub program: Option<String>,
    /// Products that ran on the day of the last look, and on the day of looks before it.
    pub(super) ran: BTreeSet<String>,
    pub(super) ran_before: BTreeSet<String>,
    /// Changes of coverage on the day of the last look: none is told twice a day.
    pub(super) told: BTreeSet<(Source, What)>,
}

impl State {
    /// Puts one more change to what is known. A change that this version does not understand changes nothing.
    pub fn apply(&mut self, change: &Change) {
        if change.about != About::Record {
            self.turn_to(&change.day);
        }
        match change.about {
            About::Computer => self.look(change),
            About::Product => apply_to(&mut self.products, change.id.clone(), change),
            About::Observation => apply_to(&mut self.observations, observation_id(change), change),
            About::Category => {
                if let Some(level) = change.value(key::LEVEL).and_then(level_of) {
                    self.levels.insert(change.id.clone(), (level, change.day.clone()));
                }
            }
            About::Source => {
                if let (Some(source), Some(status)) = (source_of(&change.id), change.value(key::STATUS).and_then(status_of)) {
                    self.coverage.insert(source, status);
                    self.told.insert((source, change.what));
                }
            }
            About::Signatures => self.signatures = change.value(key::SHA256).map(str::to_owned),
            About::Program => self.program = change.value(key::VERSION).map(str::to_owned),
            About::Record | About::Unknown => {}
        }
    }

    fn turn_to(&mut self, day: &str) {
        if self.looked.as_deref() != Some(day) {
            self.looked_before = self.looked.replace(day.to_owned());
            self.ran_before = std::mem::take(&mut self.ran);
            self.told.clear();
        }
    }

    fn look(&mut self, change: &Change) {
        self.ran.extend(change.value(key::RUNNING).into_iter().flat_map(|ids| ids.split(',')).filter(|id| !id.is_empty()).map(str::to_owned));
        self.coverage.extend(change.value(key::COVERAGE).map(read_statuses).unwrap_or_default());
        let all = self.products.values_mut().chain(self.observations.values_mut());
        for subject in all.filter(|subject| subject.sight == Sight::Seen) {
            subject.last_seen.clone_from(&change.day);
        }
    }

    /// Puts the days on which its findings were seen first and last into a report that this state already knows.
    pub fn fill(&self, report: &mut Report) {
        for finding in &mut report.findings {
            if let Some(subject) = self.products.get(&finding.product) {
                finding.first_seen = Some(subject.first_seen.clone());
                finding.last_seen = Some(subject.last_seen.clone());
            }
        }
    }
}

pub(super) fn observation_id(change: &Change) -> (String, String) {
    (change.id.clone(), change.value(key::BY).unwrap_or_default().to_owned())
}

fn apply_to<K: Ord>(subjects: &mut BTreeMap<K, Subject>, id: K, change: &Change) {
    let subject = subjects.entry(id).or_insert_with(|| Subject {
        first_seen: change.day.clone(),
        last_seen: change.day.clone(),
        sight: Sight::Seen,
        values: BTreeMap::new(),
        needs: BTreeMap::new(),
        turned: change.day.clone(),
    });
    match change.what {
        What::Appeared | What::Started | What::Changed => {
            let is_lost = change.value(key::SIGHT) == Some("lost");
            subject.sight = if is_lost { Sight::Lost } else { Sight::Seen };
            if !is_lost {
                subject.last_seen.clone_from(&change.day);
            }
        }
        What::Disappeared => subject.sight = Sight::Gone,
        _ => {}
    }
    if change.what == What::Appeared {
        // What it was when it was here before says nothing of it now.
        subject.values.clear();
    }
    if matches!(change.what, What::Appeared | What::Disappeared) {
        subject.turned.clone_from(&change.day);
    }
    let lasting = change.values.iter().filter(|(key, _)| !matches!(key.as_str(), key::NEEDS | key::SIGHT));
    subject.values.extend(lasting.map(|(key, value)| (key.clone(), value.clone())));
    if let Some(needs) = change.value(key::NEEDS) {
        subject.needs = read_statuses(needs);
    }
}

/// `packages=full,processes=partial`, as it is written by [`write_statuses`]. Words of a newer version are left out.
pub(super) fn read_statuses(text: &str) -> BTreeMap<Source, Status> {
    text.split(',').filter_map(|one| one.split_once('=')).filter_map(|(source, status)| Some((source_of(source)?, status_of(status)?))).collect()
}

pub(super) fn write_statuses(statuses: impl IntoIterator<Item = (Source, Status)>) -> String {
    statuses.into_iter().map(|(source, status)| format!("{}={}", source.word(), status_word(status))).collect::<Vec<_>>().join(",")
}

fn source_of(word: &str) -> Option<Source> {
    Source::ALL.iter().copied().find(|source| source.word() == word)
}

fn status_of(word: &str) -> Option<Status> {
    [Status::Full, Status::Partial, Status::None].into_iter().find(|status| status_word(*status) == word)
}

pub(super) const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Full => "full",
        Status::Partial => "partial",
        Status::None => "none",
    }
}

fn level_of(word: &str) -> Option<Level> {
    [Level::Possible, Level::On, Level::Seen].into_iter().find(|level| level.word() == word)
}
