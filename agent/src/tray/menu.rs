//! The menu of the icon.

use tray_icon::menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};

use super::{Picked, Shown};
use crate::texts::{Language, Texts};

/// So many notices stand in the menu; the list of all is elsewhere.
const NOTICES: usize = 5;

/// The menu for what is shown. It is made anew each time: so nothing in it can be left over from another language or state.
pub(super) fn build(shown: &Shown, texts: &Texts) -> Menu {
    let menu = Menu::new();
    let line = || PredefinedMenuItem::separator();
    let item = |id: &str, text: &str| MenuItem::with_id(id, plain(text), true, None);
    let check = |id: &str, text: &str, is_on: bool| CheckMenuItem::with_id(id, plain(text), true, is_on, None);
    let notices = Submenu::with_id("notices", plain(&texts.get("tray-notices")), true);
    for notice in shown.notices.iter().take(NOTICES) {
        let _ = notices.append(&item(OPEN, notice));
    }
    let language = Submenu::with_id("language", plain(&texts.get("tray-language")), true);
    for (word, one) in Language::ALL {
        let _ = language.append(&check(&format!("{LANGUAGE}{word}"), &texts.get(&format!("tray-language-{word}")), one == shown.language));
    }
    // A menu that cannot take an item still shows the others.
    let _ = menu.append(&MenuItem::with_id("summary", plain(&shown.summary), false, None));
    if !shown.notices.is_empty() {
        let _ = menu.append(&notices);
    }
    let _ = menu.append_items(&[
        &line(),
        &item(OPEN, &texts.get("tray-open")),
        &item("look", &texts.get("tray-look")),
        &check("pause", &texts.get("tray-pause"), shown.is_paused),
        &line(),
        &language,
        &check("login", &texts.get("tray-login"), shown.starts_at_login),
        &check("tell", &texts.get("tray-tell-all"), shown.tells_all),
        &line(),
        &item("quit", &texts.get("tray-quit")),
    ]);
    menu
}

const OPEN: &str = "open";
const LANGUAGE: &str = "language-";

/// What a click on an item means. Items that switch turn around what is shown, whatever the menu itself has ticked.
pub(super) fn picked(id: &str, shown: &Shown) -> Option<Picked> {
    if let Some(word) = id.strip_prefix(LANGUAGE) {
        return Language::ALL.into_iter().find_map(|(own, language)| (own == word).then_some(Picked::Language(language)));
    }
    Some(match id {
        OPEN => Picked::Open,
        "look" => Picked::Look,
        "pause" => Picked::Pause(!shown.is_paused),
        "login" => Picked::StartAtLogin(!shown.starts_at_login),
        "tell" => Picked::TellAll(!shown.tells_all),
        "quit" => Picked::Quit,
        _ => return None,
    })
}

/// In a menu `&` marks the letter of a shortcut.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}
