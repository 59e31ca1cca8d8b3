//! Linux: messages from the icon's own thread and from the rest of the program, one after the other.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use tray_icon::{MouseButton, TrayIconEvent};

use super::{Heard, Panel};

/// At login the panel may come later than this program.
const PANEL_COMES_WITHIN: Duration = Duration::from_secs(10);

pub(super) struct Loop(mpsc::Receiver<Heard>);

#[derive(Clone)]
pub(super) struct Sender(mpsc::Sender<Heard>);

impl Sender {
    pub(super) fn send(&self, heard: Heard) {
        // The loop is gone when the program ends.
        let _ = self.0.send(heard);
    }
}

pub(super) fn new() -> anyhow::Result<(Loop, Sender)> {
    let (sender, receiver) = mpsc::channel();
    Ok((Loop(receiver), Sender(sender)))
}

/// Panels open the menu with the other button; a click opens what was found.
pub(super) fn hear_icon(sender: &Sender) {
    let sender = sender.clone();
    TrayIconEvent::set_event_handler(Some(move |event| {
        if matches!(event, TrayIconEvent::Click { button: MouseButton::Left, .. }) {
            sender.send(Heard::IconClicked);
        }
    }));
}

impl Loop {
    pub(super) fn run(self, mut panel: Panel) {
        panel.make();
        let asked_at = std::time::Instant::now();
        loop {
            let left = panel.missing.as_ref().map(|_| PANEL_COMES_WITHIN.saturating_sub(asked_at.elapsed()));
            let heard = match left {
                Some(left) => self.0.recv_timeout(left),
                None => self.0.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match heard {
                Ok(heard) => {
                    if !panel.hear(heard) {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) if has_panel() => panel.missing = None,
                Err(RecvTimeoutError::Timeout) => panel.tell_no_panel(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

/// Whether somebody on the session bus keeps icons.
fn has_panel() -> bool {
    let Ok(bus) = zbus::blocking::Connection::session() else { return false };
    let answer = bus.call_method(
        Some("org.freedesktop.DBus"),
        "/org/freedesktop/DBus",
        Some("org.freedesktop.DBus"),
        "NameHasOwner",
        &("org.kde.StatusNotifierWatcher",),
    );
    answer.and_then(|reply| reply.body().deserialize()).unwrap_or(false)
}
