//! What the worker decides, what the program is made of, and the question before everything is removed.

use inzage_agent::home;
use inzage_agent::texts::{Language, Value};
use inzage_agent::words::shown;

use super::View;
use crate::page::{Action, Block, Page, Place, Row, Setting, Shape};

/// Sizes of text, in percent.
pub(crate) const TEXT_SIZES: [u16; 4] = [100, 125, 150, 200];

/// The names and licences of everything that is built in, one in a line.
const LICENCES: &str = include_str!("../../licences.txt");

pub(super) fn settings(view: &View, title: String) -> Page {
    let mut page = Page::new(title);
    let set = |setting| Action::Set(setting);
    page.add(Block::Choice {
        title: view.t("settings-language"),
        // Each language by its own name, so that nobody is lost in the wrong one.
        options: ["Nederlands", "English"].into_iter().enumerate().map(|(at, name)| (name.to_owned(), set(Setting::Language(at)))).collect(),
        chosen: Language::ALL.iter().position(|(_, language)| *language == view.words.language()).unwrap_or(0),
    });
    page.add(Block::Choice {
        title: view.t("settings-text-size"),
        options: TEXT_SIZES.iter().map(|size| (format!("{size}%"), set(Setting::TextSize(*size)))).collect(),
        chosen: TEXT_SIZES.iter().rposition(|size| *size <= view.settings.text_size.unwrap_or(100)).unwrap_or(0),
    });
    let switch = |key: &str, is_on: bool, action| Block::Switch { title: view.t(key), text: view.t(&format!("{key}-explained")), is_on, action };
    let keeps = view.settings.record == Some(true);
    page.add(switch("settings-record", keeps, set(Setting::Record(!keeps))));
    page.add(switch("settings-login", view.starts_at_login, set(Setting::Login(!view.starts_at_login))));
    let full = view.settings.full_notices;
    page.add(switch("settings-notices", full, set(Setting::FullNotices(!full))));
    let row = |key: &str, place| {
        Block::Row(Row { title: view.t(key), text: String::new(), note: view.t(&format!("{key}-explained")), shape: Shape::None, action: Action::Go(place) })
    };
    page.add(row("settings-forget", Place::Forget));
    page.add(row("settings-about", Place::About));
    page
}

pub(super) fn about(view: &View, title: String) -> Page {
    let mut page = Page::new(title);
    page.add(Block::Lead(view.t("about-lead")));
    page.fact(view.t("about-version"), env!("CARGO_PKG_VERSION").to_owned());
    let bundle = view.words.bundle();
    let values = [("products", Value::Count(bundle.products.len())), ("version", Value::Text(&bundle.version))];
    page.fact(view.t("about-list"), view.words.with("about-list-value", &values));
    page.fact(view.t("about-licence"), view.t("about-licence-value"));
    page.heading(view.t("about-parts"));
    page.list = LICENCES.lines().map(|line| Block::Quiet(line.to_owned())).collect();
    page
}

pub(super) fn forget(view: &View, title: String) -> Page {
    let mut page = Page::new(title);
    let folder = home::folder().map(|folder| folder.display().to_string()).unwrap_or_default();
    let text = view.words.with("forget-text", &[("path", Value::Text(&shown(&folder)))]);
    page.add(Block::Notice { title: view.t("settings-forget"), text, shape: Shape::Alert, button: None });
    page.add(Block::Button { title: view.t("forget-keep"), action: Action::Go(Place::Settings), is_primary: true });
    page.add(Block::Button { title: view.t("forget-do"), action: Action::Forget, is_primary: false });
    page
}
