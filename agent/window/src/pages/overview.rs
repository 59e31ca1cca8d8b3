//! The answer at one look: one sentence, the categories, and what could not be looked at.

use inzage_agent::texts::Value;
use inzage_agent::words::leads;
use inzage_core::inventory::Status;
use inzage_core::report::{Exposure, Level};
use inzage_core::signature::Group;

use super::{Seen, View};
use crate::page::{Action, Block, Page, Place, Row, Shape, Tile};

/// The first categories are the worker's own.
const TILES: usize = 4;

pub(super) fn page(view: &View, seen: &Seen, title: String) -> Page {
    let mut page = Page::new(title);
    let report = &seen.report;
    let is_found = report.findings.iter().any(|finding| finding.group == Group::Monitoring && leads(finding));
    let is_partly_blind = report.coverage.iter().any(|coverage| coverage.status != Status::Full);
    let shape = match (is_found, is_partly_blind) {
        (true, _) => Shape::Alert,
        (false, true) => Shape::Level(Level::Unknown),
        (false, false) => Shape::Level(Level::NotFound),
    };
    let meaning = view.t(if is_found { "moment-found-explained" } else { "moment-nothing-explained" });
    let looked = view.words.with("looked-at", &[("moment", Value::Text(&view.words.moment(&report.made_at)))]);
    page.add(Block::Headline { title: view.words.headline(report), text: format!("{meaning} {looked}"), shape, button: None });
    page.heading(view.t("overview-categories"));
    let tiles = report.exposure.iter().take(TILES).map(|one| Tile {
        title: view.words.category(&one.category).into_owned(),
        word: view.level(one.level),
        by: by(view, one),
        level: one.level,
        action: Action::Go(Place::Category(one.category.clone())),
    });
    page.add(Block::Tiles(tiles.collect()));
    for title in view.words.beside(report) {
        page.add(Block::Row(Row { title, text: String::new(), note: String::new(), shape: Shape::None, action: Action::Go(Place::Programs) }));
    }
    let rest = report.exposure.get(TILES..).unwrap_or_default();
    for of_group in rest.chunk_by(|a, b| group(view, a) == group(view, b)) {
        if let Some(first) = of_group.first() {
            page.heading(view.t(&format!("categories-{}", group(view, first))));
        }
        for one in of_group {
            page.add(Block::Row(row(view, one)));
        }
    }
    page.foot = foot(view, seen);
    page
}

fn group<'a>(view: &View<'a>, one: &Exposure) -> &'a str {
    let category = view.words.bundle().categories.iter().find(|category| category.id == one.category);
    category.map_or("fallback", |category| category.group.as_str())
}

/// A category with its level and by what.
fn row(view: &View, one: &Exposure) -> Row {
    Row {
        title: view.words.category(&one.category).into_owned(),
        text: view.level(one.level),
        note: by(view, one),
        shape: Shape::Level(one.level),
        action: Action::Go(Place::Category(one.category.clone())),
    }
}

/// By what a category can be observed. Programs that are not made to follow people stand apart, with a level of their own.
fn by(view: &View, one: &Exposure) -> String {
    let mut said = Vec::new();
    if !one.by.is_empty() {
        said.push(view.words.with("tile-by", &[("names", Value::Text(&view.words.names(&one.by)))]));
    }
    if !one.others.is_empty() {
        let level = view.level(one.groups.management.max(one.groups.own));
        said.push(view.words.with("by-others", &[("level", Value::Text(&level)), ("names", Value::Text(&view.words.names(&one.others)))]));
    }
    said.join(" · ")
}

/// What could not be looked at stays in sight.
fn foot(view: &View, seen: &Seen) -> Option<Row> {
    let unseen: Vec<_> = seen.report.coverage.iter().filter(|coverage| coverage.status != Status::Full).collect();
    let first: Vec<_> = unseen.iter().take(4).map(|coverage| view.t(&format!("source-{}", coverage.source.word()))).collect();
    (!unseen.is_empty()).then(|| Row {
        title: view.words.with("foot-unseen", &[("count", Value::Count(unseen.len()))]),
        text: first.join(" · "),
        note: String::new(),
        shape: Shape::Nothing,
        action: Action::Go(Place::Unseen),
    })
}

impl View<'_> {
    /// A level as a word.
    pub(super) fn level(&self, level: Level) -> String {
        self.t(&format!("level-{}", level.word()))
    }
}
