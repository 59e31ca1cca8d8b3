//! The icon in the panel and its menu. It shows what it is given and tells what was picked; it decides nothing.
//!
//! On Linux a thread of the library speaks to the panel over D-Bus, and this one only waits for messages. Windows and macOS want the icon
//! on the main thread of the program, with a loop of events of their own; `events` is that loop for each.

#[cfg_attr(not(any(windows, target_os = "macos")), path = "linux.rs")]
mod events;
pub(crate) mod icon;
mod menu;

use tray_icon::menu::MenuEvent;
use tray_icon::{Icon, TrayIcon, TrayIconBuilder};

use crate::texts::{Language, Texts};
pub(crate) use icon::State;

/// All that the icon and its menu show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The shape of the icon.
    pub(crate) state: State,
    /// The same in one line, fit to show.
    pub(crate) summary: String,
    /// The latest notices, newest first, fit to show.
    pub(crate) notices: Vec<String>,
    /// Whether the worker asked to look no more for now.
    pub(crate) is_paused: bool,
    /// The language of the menu.
    pub(crate) language: Language,
    /// Whether the program starts at login.
    pub(crate) starts_at_login: bool,
    /// Whether notifications say what changed.
    pub(crate) tells_all: bool,
}

/// What the worker picked from the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picked {
    /// Show what was found.
    Open,
    /// Look now.
    Look,
    /// Look no more for now, or go on.
    Pause(bool),
    /// Speak this language.
    Language(Language),
    /// Start at login, or not.
    StartAtLogin(bool),
    /// Notifications say what changed, or not.
    TellAll(bool),
    /// End.
    Quit,
}

/// What the loop waits for.
enum Heard {
    Show(Box<Shown>),
    Clicked(String),
    /// The icon itself, where that does not open the menu.
    #[cfg(not(any(windows, target_os = "macos")))]
    IconClicked,
    End,
}

/// The icon before it is shown.
pub(crate) struct Tray(events::Loop);

/// Changes what the icon shows, from any thread.
#[derive(Clone)]
pub(crate) struct Hand(events::Sender);

impl Hand {
    /// Shows this from now on.
    pub(crate) fn show(&self, shown: Shown) {
        self.0.send(Heard::Show(Box::new(shown)));
    }

    /// Takes the icon away; `Tray::run` then comes back.
    pub(crate) fn end(&self) {
        self.0.send(Heard::End);
    }
}

impl Tray {
    /// Call it on the main thread.
    pub(crate) fn new() -> anyhow::Result<(Self, Hand)> {
        let (events, sender) = events::new()?;
        let clicks = sender.clone();
        MenuEvent::set_event_handler(Some(move |event: MenuEvent| clicks.send(Heard::Clicked(event.id.0))));
        events::hear_icon(&sender);
        Ok((Self(events), Hand(sender)))
    }

    /// Shows the icon until `Hand::end`. `no_panel` is told at most once, when the desktop has no place for icons; should one come later, the
    /// icon appears in it.
    pub(crate) fn run(self, first: Shown, picked: impl Fn(Picked) + 'static, no_panel: impl FnOnce() + 'static) {
        self.0.run(Panel { icon: None, texts: Texts::new(first.language), shown: first, picked: Box::new(picked), missing: Some(Box::new(no_panel)) });
    }
}

/// The icon, what it shows, and who hears of it.
struct Panel {
    icon: Option<TrayIcon>,
    texts: Texts,
    shown: Shown,
    picked: Box<dyn Fn(Picked)>,
    missing: Option<Box<dyn FnOnce()>>,
}

impl Panel {
    /// Whether to go on.
    fn hear(&mut self, heard: Heard) -> bool {
        match heard {
            Heard::Show(shown) => self.show(*shown),
            Heard::Clicked(id) => {
                if let Some(picked) = menu::picked(&id, &self.shown) {
                    (self.picked)(picked);
                }
                // The menu has ticked its item by itself; what is true is told by the next `Show`, which may say that nothing changed.
            }
            #[cfg(not(any(windows, target_os = "macos")))]
            Heard::IconClicked => (self.picked)(Picked::Open),
            Heard::End => {
                self.icon = None;
                return false;
            }
        }
        true
    }

    fn show(&mut self, shown: Shown) {
        if shown.language != self.shown.language {
            self.texts = Texts::new(shown.language);
        }
        let has_new_shape = shown.state != self.shown.state;
        self.shown = shown;
        let Some(icon) = &self.icon else { return self.make() };
        if has_new_shape {
            // macOS gives the lines the colour of its bar.
            #[cfg(target_os = "macos")]
            let _ = icon.set_icon_templated(picture(self.shown.state));
            #[cfg(not(target_os = "macos"))]
            let _ = icon.set_icon(picture(self.shown.state));
        }
        let _ = icon.set_tooltip(Some(self.tooltip()));
        icon.set_menu(Some(Box::new(menu::build(&self.shown, &self.texts))));
    }

    /// Makes the icon. Without a session bus there is none; the next `Show` tries again.
    fn make(&mut self) {
        let builder =
            TrayIconBuilder::new().with_id("inzage").with_title(TITLE).with_tooltip(self.tooltip()).with_menu(Box::new(menu::build(&self.shown, &self.texts)));
        let Some(icon) = picture(self.shown.state) else { return };
        #[cfg(target_os = "macos")]
        let builder = builder.with_icon_templated(icon);
        #[cfg(not(target_os = "macos"))]
        let builder = builder.with_icon(icon);
        self.icon = builder.build().ok();
        tracing::info!(made = self.icon.is_some(), "the icon");
    }

    fn tooltip(&self) -> String {
        // Windows takes no more.
        self.shown.summary.chars().take(120).collect()
    }

    fn tell_no_panel(&mut self) {
        tracing::info!("no panel for icons");
        if let Some(tell) = self.missing.take() {
            tell();
        }
    }
}

/// The name in panels that show one. On macOS a title would stand beside the icon.
const TITLE: &str = if cfg!(target_os = "macos") { "" } else { "Inzage" };

fn picture(state: State) -> Option<Icon> {
    // A multiple of what most panels show, so that making it smaller keeps the lines sharp.
    let size = if cfg!(windows) { 32 } else { 48 };
    Icon::from_rgba(icon::draw(state, size, cfg!(not(target_os = "macos"))), size, size).ok()
}
