//! Comparing each look with the past, and keeping what changed if the worker said yes.

use inzage_core::history::{self, Change, State};
use inzage_core::record::{FILE_NAME, Record, RecordError};
use inzage_core::report::Report;
use inzage_core::text;

use crate::home::{self, Settings};
use crate::texts::{Texts, Value};

/// The past that looks are compared with.
pub enum Keeper {
    /// On the disk.
    Record(Box<Record>),
    /// Only as long as the program runs.
    Memory(Box<State>),
}

impl Keeper {
    /// The record, if the worker wants one and it can be opened; `say` is told why not, in the worker's language.
    pub fn open(texts: &Texts, say: &mut dyn FnMut(&str)) -> Self {
        let Some(folder) = home::folder().filter(|_| Settings::read().record == Some(true)) else { return Self::Memory(Box::default()) };
        match Record::open(&folder.join(FILE_NAME), &home::today()) {
            Ok(opened) => {
                if let Some(aside) = opened.aside {
                    say(&texts.with("record-aside", &[("path", Value::Text(&aside.display().to_string()))]));
                }
                Self::Record(Box::new(opened.record))
            }
            Err(error) => {
                say(&not_kept(&error, texts));
                Self::Memory(Box::default())
            }
        }
    }

    /// Whether what changes is kept on the disk.
    pub const fn is_kept(&self) -> bool {
        matches!(self, Self::Record(_))
    }

    /// Opens or closes the record when the worker has answered otherwise since.
    pub(crate) fn follow_answer(&mut self, was: &mut Option<bool>, texts: &Texts, say: &mut dyn FnMut(&str)) {
        let answer = Settings::read().record;
        if answer != *was {
            *was = answer;
            let before = self.state().clone();
            *self = Self::open(texts, say);
            // What is known already is no news.
            if let Self::Memory(state) = self {
                **state = before;
            }
        }
    }

    /// Every change that is kept.
    pub fn past(&self) -> Vec<Change> {
        match self {
            Self::Record(record) => record.changes().unwrap_or_default(),
            Self::Memory(_) => Vec::new(),
        }
    }

    /// What is known of the past.
    pub fn state(&self) -> &State {
        match self {
            Self::Record(record) => record.state(),
            Self::Memory(state) => state,
        }
    }

    /// Compares and keeps. A record that fails costs nobody the comparison: from then on it is made in memory.
    pub fn keep(&mut self, report: &mut Report, texts: &Texts, say: &mut dyn FnMut(&str)) -> Vec<Change> {
        let day = home::today();
        let changes = match self {
            Self::Record(record) => match record.keep(report, &day) {
                Ok(changes) => changes,
                Err(error) => {
                    say(&not_kept(&error, texts));
                    *self = Self::Memory(Box::new(record.state().clone()));
                    self.remember(report, &day)
                }
            },
            Self::Memory(_) => self.remember(report, &day),
        };
        if self.is_kept() {
            self.state().fill(report);
        }
        changes
    }

    fn remember(&mut self, report: &Report, day: &str) -> Vec<Change> {
        let Self::Memory(state) = self else { return Vec::new() };
        let changes = history::changes(state, report, day);
        for change in &changes {
            state.apply(change);
        }
        changes
    }
}

/// Why nothing is kept, and what to do about it.
pub fn not_kept(error: &RecordError, texts: &Texts) -> String {
    tracing::warn!(fault = crate::log::fault(error), "the record");
    let why = match error {
        RecordError::File { path, cause } => {
            let path = path.display().to_string();
            texts.with("record-error-file", &[("path", Value::Text(&text::for_terminal(&path, 300))), ("why", Value::Text(&cause.to_string()))])
        }
        RecordError::Newer(_) => texts.get("record-error-newer"),
        RecordError::Damaged(_) => texts.get("record-error-damaged"),
        RecordError::Full => texts.get("record-error-full"),
        RecordError::ReadOnly => texts.get("record-error-read_only"),
        RecordError::Busy => texts.get("record-error-busy"),
        other => other.to_string(),
    };
    texts.with("record-not-kept", &[("why", Value::Text(&why))])
}
