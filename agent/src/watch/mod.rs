//! The process that stays: looks again when it matters, and compares what it sees with the past.

mod backing_off;
mod cost;
mod engine;
mod eyes;
mod power;

use inzage_core::history::Change;
use inzage_core::inventory::Status;
use inzage_core::mask::Masker;
use inzage_core::report::{self, Report};

use crate::home::Settings;
use crate::keep::Keeper;
use crate::texts::Texts;

pub(crate) use engine::{Asker, Wish, Wishes, wishes};

/// A look, and what changed since the one before.
pub(crate) struct Followed {
    pub(crate) report: Report,
    pub(crate) changes: Vec<Change>,
    /// Takes names out of it.
    pub(crate) masker: Masker,
    /// What the worker should be told of the program itself, in their language.
    pub(crate) said: Vec<String>,
}

/// Looks, compares and keeps until it is told to stop. `tell` is given each look that was made because something changed or somebody asked.
pub(crate) fn follow(wishes: &Wishes, mut keeper: Keeper, texts: &Texts, tell: &mut dyn FnMut(Followed)) -> anyhow::Result<()> {
    let mut answer = Settings::read().record;
    engine::run(wishes, &mut |looked| {
        let mut said = Vec::new();
        if looked.too_few_watched {
            said.push(texts.get("watch-too-few"));
        }
        let mut say = |text: &str| said.push(text.to_owned());
        keeper.follow_answer(&mut answer, texts, &mut say);
        // Loaded for this look only: the signatures are large, and most of the time nobody needs them.
        let mut report = report::build(looked.inventory, &inzage_signatures::load(), &inzage_signatures::sha256());
        let changes = keeper.keep(&mut report, texts, &mut say);
        let sources = looked.changed.iter().map(|source| source.word()).collect::<Vec<_>>().join(" ");
        let full = report.coverage.iter().filter(|one| one.status == Status::Full).count();
        tracing::info!(
            why = looked.why.word(),
            facts = looked.inventory.facts.len(),
            full,
            sources,
            changes = changes.len(),
            kept = keeper.is_kept(),
            "looked"
        );
        tell(Followed { report, changes, masker: Masker::new(looked.inventory), said });
    })
}
