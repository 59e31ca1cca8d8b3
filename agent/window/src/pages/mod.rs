//! The pages: pure functions from what was seen to what is shown. They judge nothing themselves.

mod category;
mod first;
mod overview;
mod program;
mod programs;
mod settings;
mod timeline;
mod unseen;

use inzage_agent::home::Settings;
use inzage_agent::words::Words;
use inzage_core::history::{Change, State};
use inzage_core::report::Report;

pub use self::timeline::{Chart, Lane, Span, chart};
use crate::page::{Page, Place};

/// What one look found, and what is known of the past.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What the look found.
    pub report: Report,
    /// The past, put together.
    pub state: State,
    /// Every change that is kept.
    pub changes: Vec<Change>,
    /// Whether what changes is kept.
    pub is_kept: bool,
}

/// How far the window is.
#[derive(Clone, Debug)]
pub enum Moment {
    /// The worker was not asked yet whether to look, and what to keep.
    First,
    /// The computer is being looked at: so many sources of so many.
    Looking(usize, usize),
    /// It was looked at.
    Seen(Box<Seen>),
    /// No look could be made; why, in the worker's language.
    Failed(String),
}

/// Everything that a page is made from.
pub struct View<'a> {
    /// The words of the worker's language.
    pub words: Words<'a>,
    /// How far the window is.
    pub moment: &'a Moment,
    /// What the worker decided.
    pub settings: &'a Settings,
    /// Whether the program starts at login.
    pub starts_at_login: bool,
    /// The days that the timeline shows; nothing for all of them.
    pub span: Option<Span>,
    /// Whether it may leave the computer: then what is behind a setting is left out.
    pub is_masked: bool,
}

impl View<'_> {
    fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    fn seen(&self) -> Option<&Seen> {
        match self.moment {
            Moment::Seen(seen) => Some(seen),
            _ => None,
        }
    }

    /// Makes a page.
    pub fn page(&self, place: &Place) -> Page {
        let title = self.t(place.key());
        // Before there is anything to show, every page of what was found tells how far the look is.
        match place {
            Place::Settings => return settings::settings(self, title),
            Place::About => return settings::about(self, title),
            Place::Forget => return settings::forget(self, title),
            _ => {}
        }
        let Some(seen) = self.seen() else { return first::page(self) };
        match place {
            Place::Programs => programs::page(self, seen, title),
            Place::Program(id) => program::program(self, seen, id, title),
            Place::Observation(id) => program::observation(self, seen, id, title),
            Place::Category(id) => category::page(self, seen, id, title),
            Place::Timeline => timeline::page(self, seen, title),
            Place::Unseen => unseen::page(self, seen, title),
            _ => overview::page(self, seen, title),
        }
    }
}
