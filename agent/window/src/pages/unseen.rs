//! How far each source was looked at, why, and what would be needed.

use inzage_agent::texts::Value;
use inzage_core::inventory::{Coverage, Status};

use super::{Seen, View};
use crate::page::{Block, Page, Shape};

pub(super) fn page(view: &View, seen: &Seen, title: String) -> Page {
    let mut page = Page::new(title);
    page.add(Block::Lead(view.t("unseen-lead")));
    for (status, shape, key) in
        [(Status::None, Shape::Nothing, "unseen-none"), (Status::Partial, Shape::Partly, "unseen-partial"), (Status::Full, Shape::Full, "unseen-full")]
    {
        let of_status: Vec<_> = seen.report.coverage.iter().filter(|one| one.status == status).collect();
        if of_status.is_empty() {
            continue;
        }
        page.heading(view.words.with(key, &[("count", Value::Count(of_status.len()))]));
        for one in of_status {
            page.add(source(view, one, shape));
        }
    }
    page
}

fn source(view: &View, one: &Coverage, shape: Shape) -> Block {
    let reason = one.reason.as_ref().filter(|_| one.status != Status::Full);
    Block::Item {
        title: view.t(&format!("source-{}", one.source.word())),
        text: reason.map(|reason| view.words.reason(reason)).unwrap_or_default(),
        note: reason.map(|reason| view.words.needed(reason)).unwrap_or_default(),
        shape,
    }
}
