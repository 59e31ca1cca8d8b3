//! Showing notifications. Whatever goes wrong here is no error: everything is also kept in the list of the program.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::Duration;

use notify_rust::{Notification, NotificationResponse};

/// One notification; its text may hold names from the computer, made fit to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// What it says at a glance.
    pub(crate) title: String,
    /// What it says below that, a line for each thing.
    pub(crate) body: String,
    /// The words on its button, where the system offers buttons.
    pub(crate) button: String,
    /// The id of the product or category that it tells of; nothing if it tells of several.
    pub(crate) about: Option<String>,
}

/// Shows notifications from a thread of its own, so that a server that does not answer holds nothing up.
#[derive(Clone)]
pub(crate) struct Notifier(SyncSender<Message>);

/// So many wait for a server that does not answer; more are not shown.
const WAITING: usize = 16;
/// So many wait for a click at the same time; later ones have no button.
const MOST_BUTTONS: usize = 6;
/// How often it is asked whether the worker may be disturbed again, and only while something waits.
const ASK_AGAIN: Duration = Duration::from_secs(30);

impl Notifier {
    /// `opened` is called when the worker clicks a notification.
    pub(crate) fn start(opened: impl Fn(Option<&str>) + Send + Sync + 'static) -> Self {
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        // Without the thread nothing is shown, and all is in the list.
        let _ =
            thread::Builder::new().name("notify".to_owned()).spawn(move || show_all(&receiver, &Shower { opened: Arc::new(opened), waiting: Arc::default() }));
        Self(sender)
    }

    /// Shows it as soon as the worker may be disturbed.
    pub(crate) fn show(&self, message: Message) {
        if self.0.try_send(message).is_err() {
            tracing::warn!("too many notifications wait");
        }
    }
}

fn show_all(messages: &Receiver<Message>, shower: &Shower) {
    let mut held = VecDeque::new();
    loop {
        let next = if held.is_empty() { messages.recv().map_err(|_| RecvTimeoutError::Disconnected) } else { messages.recv_timeout(ASK_AGAIN) };
        match next {
            Ok(message) => held.push_back(message),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        let may = may_disturb();
        tracing::info!(waiting = held.len(), may, "a notification may disturb");
        if may && let Some(message) = join(&mut held) {
            shower.show(&message);
        }
    }
}

/// All that waited as one: whoever comes back from a talk is not met by a heap.
fn join(held: &mut VecDeque<Message>) -> Option<Message> {
    let mut first = held.pop_front()?;
    for message in held.drain(..) {
        if message.about != first.about {
            first.about = None;
        }
        if !first.body.lines().any(|line| message.body.lines().any(|other| other == line)) {
            first.body = format!("{}\n{}", first.body, message.body);
        }
    }
    Some(first)
}

/// What is done when a notification is clicked, with the id of what it told of.
type Opened = dyn Fn(Option<&str>) + Send + Sync;

struct Shower {
    opened: Arc<Opened>,
    waiting: Arc<AtomicUsize>,
}

impl Shower {
    fn show(&self, message: &Message) {
        let (has_buttons, has_markup) = abilities();
        let has_buttons = has_buttons && self.waiting.load(Ordering::Acquire) < MOST_BUTTONS;
        let body = if has_markup { escape(&message.body) } else { message.body.clone() };
        let mut notification = Notification::new();
        notification.appname("Inzage").summary(&message.title).body(&body);
        for_this_system(&mut notification);
        if has_buttons {
            // `default` is a click beside the button.
            notification.action("default", &message.button).action("open", &message.button);
        }
        let shown = notification.show();
        // What the server says of it may hold anything.
        tracing::info!(shown = shown.is_ok(), has_buttons, "a notification");
        let Ok(handle) = shown else { return };
        if !has_buttons {
            return;
        }
        self.waiting.fetch_add(1, Ordering::AcqRel);
        let (opened, waiting, about) = (Arc::clone(&self.opened), Arc::clone(&self.waiting), message.about.clone());
        let wait = move || {
            let _ = handle.wait_for_response(|response: &NotificationResponse| {
                if matches!(response, NotificationResponse::Default | NotificationResponse::Action(_)) {
                    opened(about.as_deref());
                }
            });
            waiting.fetch_sub(1, Ordering::AcqRel);
        };
        if thread::Builder::new().name("notified".to_owned()).spawn(wait).is_err() {
            self.waiting.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

/// Names from the computer must not speak in the markup of the server.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Never urgent, so that the desktop's own do-not-disturb holds, and not transient, so that it stays in the desktop's own list.
#[cfg(not(any(windows, target_os = "macos")))]
fn for_this_system(notification: &mut Notification) {
    use notify_rust::{Hint, Urgency};
    notification.urgency(Urgency::Normal).hint(Hint::DesktopEntry("inzage".to_owned())).hint(Hint::Resident(false));
}

/// Windows shows a toast only of a program that it knows by this name. The installer makes it known; without it Windows shows nothing, and
/// the notice stands in the menu all the same. The name of another program, which is the library's way out, would be a lie.
#[cfg(windows)]
fn for_this_system(notification: &mut Notification) {
    notification.app_id("Inzage.Inzage");
}

#[cfg(target_os = "macos")]
fn for_this_system(_: &mut Notification) {}

/// Whether the server shows buttons, and whether it reads markup.
#[cfg(not(any(windows, target_os = "macos")))]
fn abilities() -> (bool, bool) {
    let all = notify_rust::get_capabilities().unwrap_or_default();
    let has = |ability: &str| all.iter().any(|own| own == ability);
    (has("actions"), has("body-markup"))
}

#[cfg(any(windows, target_os = "macos"))]
fn abilities() -> (bool, bool) {
    (true, false)
}

/// Whether the desktop lets programs disturb the worker now. A server that does not say keeps its own peace: GNOME and dunst show nothing
/// then, and put it in their list.
#[cfg(not(any(windows, target_os = "macos")))]
fn may_disturb() -> bool {
    let ask = || -> zbus::Result<bool> {
        const SERVER: &str = "org.freedesktop.Notifications";
        let bus = zbus::blocking::connection::Builder::session()?.method_timeout(Duration::from_secs(5)).build()?;
        let reply = bus.call_method(Some(SERVER), "/org/freedesktop/Notifications", Some("org.freedesktop.DBus.Properties"), "Get", &(SERVER, "Inhibited"))?;
        let value: zbus::zvariant::OwnedValue = reply.body().deserialize()?;
        Ok(bool::try_from(value)?)
    };
    !ask().unwrap_or(false)
}

/// Windows and macOS themselves keep notifications back.
#[cfg(any(windows, target_os = "macos"))]
fn may_disturb() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> Message {
        Message { title: "t".to_owned(), body: body.to_owned(), button: "b".to_owned(), about: None }
    }

    #[test]
    fn what_waited_is_shown_as_one() {
        let mut held = VecDeque::from(["a", "b", "a"].map(message));
        assert_eq!(join(&mut held).unwrap().body, "a\nb");
        assert!(join(&mut held).is_none());
    }

    #[test]
    fn names_do_not_speak_in_markup() {
        assert_eq!(escape("<b>A & B</b>"), "&lt;b&gt;A &amp; B&lt;/b&gt;");
    }
}
