//! What the desktop of a Linux offers: the session, its bus, a panel for icons, and who shows notifications.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use zbus::blocking::{Connection, connection};

use super::Page;
use crate::texts::Value;

/// How long the bus and those on it may take, all together.
const PATIENCE: Duration = Duration::from_secs(3);
const PANEL: &str = "org.kde.StatusNotifierWatcher";
const NOTIFICATIONS: &str = "org.freedesktop.Notifications";

/// What those on the bus answered.
struct Answers {
    has_panel: zbus::Result<bool>,
    server: zbus::Result<Server>,
}

/// Who shows notifications.
enum Server {
    /// A program with this name and version runs.
    Runs(String, String),
    /// One is started when it is needed.
    Later,
    /// Nobody.
    None,
}

impl Page<'_> {
    pub(super) fn session(&mut self) {
        self.heading("doctor-session");
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        for (key, name) in [("doctor-session-type", "XDG_SESSION_TYPE"), ("doctor-desktop", "XDG_CURRENT_DESKTOP")] {
            let value = variable(name).map(|value| self.own(&value));
            self.line(key, &value.unwrap_or_else(|| self.texts.get("doctor-not-set")));
        }
        let answers = match ask_all() {
            None => return self.line("doctor-bus", &self.texts.with("doctor-bus-silent", &[("seconds", Value::Text(&PATIENCE.as_secs().to_string()))])),
            Some(Err(error)) => return self.line("doctor-bus", &self.unknown(&error.to_string())),
            Some(Ok(answers)) => answers,
        };
        self.line("doctor-bus", &self.texts.get("doctor-bus-answers"));
        let panel = match answers.has_panel {
            Ok(has_panel) => self.texts.get(if has_panel { "doctor-panel-yes" } else { "doctor-panel-no" }),
            Err(error) => self.unknown(&error.to_string()),
        };
        self.line("doctor-panel", &panel);
        let server = match answers.server {
            Ok(Server::Runs(name, version)) => self.own(&format!("{name} {version}")),
            Ok(Server::Later) => self.texts.get("doctor-server-later"),
            Ok(Server::None) => self.texts.get("doctor-server-none"),
            Err(error) => self.unknown(&error.to_string()),
        };
        self.line("doctor-server", &server);
    }
}

/// Asks from a thread of its own: a bus that accepts and then says nothing would hold everything up. Nothing when it took too long.
fn ask_all() -> Option<zbus::Result<Answers>> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().name("bus".to_owned()).spawn(move || drop(sender.send(ask()))).ok()?;
    receiver.recv_timeout(PATIENCE).ok()
}

fn ask() -> zbus::Result<Answers> {
    let bus = connection::Builder::session()?.method_timeout(PATIENCE).build()?;
    Ok(Answers { has_panel: has_owner(&bus, PANEL), server: server(&bus) })
}

/// Asks the bus itself.
fn of_bus<B: serde::Serialize + zbus::zvariant::DynamicType>(bus: &Connection, method: &str, arguments: &B) -> zbus::Result<zbus::Message> {
    const BUS: &str = "org.freedesktop.DBus";
    bus.call_method(Some(BUS), "/org/freedesktop/DBus", Some(BUS), method, arguments)
}

fn has_owner(bus: &Connection, name: &str) -> zbus::Result<bool> {
    of_bus(bus, "NameHasOwner", &(name,))?.body().deserialize()
}

/// Nobody is asked who does not run yet: the question alone would start that program.
fn server(bus: &Connection) -> zbus::Result<Server> {
    if has_owner(bus, NOTIFICATIONS)? {
        let reply = bus.call_method(Some(NOTIFICATIONS), "/org/freedesktop/Notifications", Some(NOTIFICATIONS), "GetServerInformation", &())?;
        let (name, _, version, _): (String, String, String, String) = reply.body().deserialize()?;
        return Ok(Server::Runs(name, version));
    }
    let can_start: Vec<String> = of_bus(bus, "ListActivatableNames", &())?.body().deserialize()?;
    Ok(if can_start.iter().any(|name| name == NOTIFICATIONS) { Server::Later } else { Server::None })
}
