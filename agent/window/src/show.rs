//! Puts a page into the window.

use std::rc::Rc;

use inzage_agent::words::Words;
use inzage_core::report::Level;
use slint::{Model as _, ModelRc, SharedString, VecModel};

use crate::page::{Action, Block, Page, Place, Row, Shape};
use crate::pages::Chart;
use crate::ui::{self, Kind, Main};

/// What each number of an action means, in the page that is shown.
#[derive(Default)]
pub struct Actions(Vec<Action>);

impl Actions {
    /// The action of a number; nothing for a number of an earlier page.
    pub fn get(&self, number: i32) -> Option<&Action> {
        self.0.get(usize::try_from(number).ok()?)
    }

    fn number(&mut self, action: &Action) -> i32 {
        self.0.push(action.clone());
        i32::try_from(self.0.len() - 1).unwrap_or(-1)
    }
}

/// Puts the words of the window's frame, and the names of its pages.
pub fn frame(window: &Main, words: &Words, place: &Place) {
    let t = |key: &str| SharedString::from(words.t(key));
    window.set_words(ui::Frame {
        menu: t("frame-menu"),
        back: t("frame-back"),
        save: t("frame-save"),
        save_page: t("frame-save-page"),
        open: t("frame-open"),
        look: t("look-again"),
        pages: t("frame-pages"),
        close_menu: t("frame-close-menu"),
        word_on: t("frame-on"),
        word_off: t("frame-off"),
        closer: t("chart-closer"),
        farther: t("chart-farther"),
        earlier: t("chart-earlier"),
        later: t("chart-later"),
        whole: t("chart-whole"),
        chart: t("chart-label"),
    });
    let entries = Place::MENU.iter().map(|entry| ui::Entry { name: t(entry.key()), chosen: entry.key() == place.key() });
    window.set_pages(model(window.get_pages(), entries.collect()));
}

/// Puts a page.
pub fn page(window: &Main, page: &Page) -> Actions {
    let mut actions = Actions::default();
    window.set_page_title(page.title.as_str().into());
    window.set_blocks(blocks(window.get_blocks(), &page.blocks, &mut actions));
    window.set_rows(blocks(window.get_rows(), &page.list, &mut actions));
    let foot = page.foot.as_ref();
    let text = |part: fn(&Row) -> &str| SharedString::from(foot.map(part).unwrap_or_default());
    window.set_foot_title(text(|row| &row.title));
    window.set_foot_text(text(|row| &row.text));
    window.set_foot_shape(foot.map_or(ui::Shape::None, |row| shape(row.shape)));
    window.set_foot_action(foot.map_or(-1, |row| actions.number(&row.action)));
    actions
}

/// Puts the drawing of the timeline; an empty one when there is nothing to draw.
pub fn chart(window: &Main, chart: Option<&Chart>) {
    #[expect(clippy::cast_possible_truncation, reason = "a part of the width")]
    let part = |part: f64| part as f32;
    let lanes = chart.map(|chart| chart.lanes.as_slice()).unwrap_or_default().iter().map(|lane| ui::Lane {
        name: lane.name.as_str().into(),
        bars: model(ModelRc::default(), lane.bars.iter().map(|bar| ui::Bar { from: part(bar.from), until: part(bar.until), strong: bar.is_running }).collect()),
    });
    window.set_lanes(model(window.get_lanes(), lanes.collect()));
    let ticks = chart.map(|chart| chart.ticks.as_slice()).unwrap_or_default().iter();
    window.set_ticks(model(window.get_ticks(), ticks.map(|(at, text)| ui::Tick { at: part(*at), text: text.as_str().into() }).collect()));
    window.set_chart_told(chart.map_or_else(SharedString::new, |chart| chart.told.as_str().into()));
}

/// A window, of which only this crate knows how it is made.
pub fn window() -> Result<Main, slint::PlatformError> {
    let window = Main::new()?;
    window.set_picture(crate::system::picture());
    Ok(window)
}

/// Puts items where others stood: what stays the same is not made anew, so that it keeps the focus of the keyboard.
fn model<T: Clone + PartialEq + 'static>(before: ModelRc<T>, items: Vec<T>) -> ModelRc<T> {
    let Some(rows) = before.as_any().downcast_ref::<VecModel<T>>() else { return ModelRc::from(Rc::new(VecModel::from(items))) };
    while rows.row_count() > items.len() {
        rows.remove(rows.row_count() - 1);
    }
    for (at, item) in items.into_iter().enumerate() {
        match rows.row_data(at) {
            None => rows.push(item),
            Some(old) if old != item => rows.set_row_data(at, item),
            Some(_) => {}
        }
    }
    before
}

/// The same for the parts of a page.
fn blocks(before: ModelRc<ui::Block>, blocks: &[Block], actions: &mut Actions) -> ModelRc<ui::Block> {
    let new = blocks.iter().enumerate().map(|(at, block)| shown(block, before.row_data(at).unwrap_or_default(), actions)).collect();
    model(before, new)
}

const fn shape(shape: Shape) -> ui::Shape {
    match shape {
        Shape::None => ui::Shape::None,
        Shape::Level(Level::Seen) => ui::Shape::Seen,
        Shape::Level(Level::On) => ui::Shape::On,
        Shape::Level(Level::Possible) => ui::Shape::Possible,
        Shape::Level(Level::NotFound) => ui::Shape::NotFound,
        Shape::Level(Level::Unknown) => ui::Shape::Unknown,
        Shape::Full => ui::Shape::Full,
        Shape::Partly => ui::Shape::Partly,
        Shape::Nothing => ui::Shape::Nothing,
        Shape::Alert => ui::Shape::Alert,
    }
}

/// One part, which takes the place of another.
fn shown(block: &Block, before: ui::Block, actions: &mut Actions) -> ui::Block {
    let mut out = ui::Block { action: -1, options: before.options, tiles: before.tiles, ..ui::Block::default() };
    match block {
        Block::Headline { title, text, shape: own, button } | Block::Notice { title, text, shape: own, button } => {
            out.kind = if matches!(block, Block::Headline { .. }) { Kind::Headline } else { Kind::Notice };
            (out.title, out.text, out.shape) = (title.into(), text.into(), shape(*own));
            if let Some((title, action)) = button {
                (out.note, out.action) = (title.into(), actions.number(action));
            }
        }
        Block::Lead(text) => (out.kind, out.text) = (Kind::Lead, text.into()),
        Block::Heading(text) => (out.kind, out.title) = (Kind::Heading, text.into()),
        Block::Text(text) => (out.kind, out.text) = (Kind::Text, text.into()),
        Block::Quiet(text) => (out.kind, out.text) = (Kind::Quiet, text.into()),
        Block::Tiles(tiles) => {
            out.kind = Kind::Tiles;
            let tiles = tiles.iter().map(|tile| ui::Tile {
                title: tile.title.as_str().into(),
                word: tile.word.as_str().into(),
                by: tile.by.as_str().into(),
                shape: shape(Shape::Level(tile.level)),
                action: actions.number(&tile.action),
            });
            out.tiles = model(out.tiles, tiles.collect());
        }
        Block::Row(row) => {
            (out.kind, out.title, out.text, out.note) = (Kind::Row, row.title.as_str().into(), row.text.as_str().into(), row.note.as_str().into());
            (out.shape, out.action) = (shape(row.shape), actions.number(&row.action));
        }
        Block::Fact { name, value } => (out.kind, out.title, out.text) = (Kind::Fact, name.into(), value.into()),
        Block::Item { title, text, note, shape: own } => {
            (out.kind, out.title, out.text, out.note, out.shape) = (Kind::Item, title.into(), text.into(), note.into(), shape(*own));
        }
        Block::Link { title, address } => (out.kind, out.title, out.action) = (Kind::Link, title.into(), actions.number(&Action::Visit(address.clone()))),
        Block::Button { title, action, is_primary } => {
            (out.kind, out.title, out.on, out.action) = (Kind::Button, title.into(), *is_primary, actions.number(action));
        }
        Block::Switch { title, text, is_on, action } => {
            (out.kind, out.title, out.text, out.on, out.action) = (Kind::Switch, title.into(), text.into(), *is_on, actions.number(action));
        }
        Block::Choice { title, options, chosen } => {
            (out.kind, out.title, out.chosen) = (Kind::Choice, title.into(), i32::try_from(*chosen).unwrap_or_default());
            out.options = model(out.options, options.iter().map(|(name, _)| name.into()).collect());
            // The numbers of the options follow each other.
            let numbers: Vec<_> = options.iter().map(|(_, action)| actions.number(action)).collect();
            out.action = numbers.first().copied().unwrap_or(-1);
        }
        Block::Progress { title, text, percent } => {
            (out.kind, out.title, out.text, out.part) = (Kind::Progress, title.into(), text.into(), f32::from(*percent) / 100.0);
        }
    }
    out
}
