//! The process that stays: it joins the one who looks, the icon, the notices and the socket.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use inzage_core::collect::{self, Request};
use inzage_core::history;
use inzage_core::kinds::Os;
use inzage_core::report::{self, Answer, Confidence, FindingState, Level, Report};
use inzage_core::signature::{Group, VisibleHere};
use inzage_core::text;

use crate::notices::{self, News, Notices};
use crate::notify::{Message, Notifier};
use crate::one::{self, Ask, First, Place, Reply};
use crate::output::{Outcome, note, print};
use crate::texts::{Texts, Value};
use crate::tray::{Hand, Picked, Shown, State, Tray};
use crate::{login, open};

/// Stays, with an icon; or talks to the process that already does.
pub(crate) fn tray(what: Option<Ask>, texts: &Texts) -> anyhow::Result<Outcome> {
    if let Some(what) = what {
        return ask(what, texts);
    }
    let Place::First(first) = one::claim(&one::folder())? else { return ask_to_show(texts) };
    stay(&first, texts)
}

/// A second start: the first one shows itself, and this one has nothing more to do.
fn ask_to_show(texts: &Texts) -> anyhow::Result<Outcome> {
    let said = one::ask(&one::folder(), Ask::Show).is_ok_and(|reply| reply.ok);
    print(&format!("{}\n", texts.get(if said { "tray-already" } else { "tray-does-not-answer" })))
}

/// Asks the process that stays, and says what it answered.
fn ask(what: Ask, texts: &Texts) -> anyhow::Result<Outcome> {
    let folder = one::folder();
    if matches!(one::claim(&folder)?, Place::First(_)) {
        note(&texts.get("tray-not-running"));
        return Ok(if what == Ask::Quit { Outcome::Done } else { Outcome::Failed });
    }
    let reply = one::ask(&folder, what);
    if what == Ask::Quit && ends(&folder) {
        return Ok(Outcome::Done);
    }
    let Ok(reply) = reply else { anyhow::bail!(texts.get("tray-does-not-answer")) };
    if !reply.ok {
        anyhow::bail!(texts.get("tray-did-not"));
    }
    if what != Ask::Status {
        return Ok(Outcome::Done);
    }
    let (summary, pid, version) = (text::for_terminal(&reply.summary, 300), reply.pid.to_string(), text::for_terminal(&reply.version, 40));
    print(&format!("{}\n", texts.with("tray-status", &[("summary", Value::Text(&summary)), ("pid", Value::Text(&pid)), ("version", Value::Text(&version))])))
}

/// Whether it ends within some seconds: then its place is free.
fn ends(folder: &std::path::Path) -> bool {
    let until = Instant::now() + Duration::from_secs(5);
    while Instant::now() < until {
        if matches!(one::claim(folder), Ok(Place::First(_))) {
            return true;
        }
        thread::sleep(Duration::from_millis(50));
    }
    false
}

/// What the main loop hears.
enum Event {
    Picked(Picked),
    Asked(Ask),
    Looking,
    Looked(Box<Report>),
    NoPanel,
}

fn stay(first: &First, texts: &Texts) -> anyhow::Result<Outcome> {
    let (sender, events) = mpsc::channel();
    let (wish, wishes) = mpsc::channel();
    let status = Arc::new(Mutex::new(Reply::default()));
    let (asked, known) = (sender.clone(), Arc::clone(&status));
    let listening = first.listen(move |what| {
        let ok = asked.send(Event::Asked(what)).is_ok();
        Reply { ok, ..known.lock().unwrap_or_else(PoisonError::into_inner).clone() }
    });
    if let Err(error) = listening {
        note(&texts.with("tray-alone", &[("why", Value::Text(&text::for_terminal(&error.to_string(), 200)))]));
    }
    let (tray, hand) = Tray::new()?;
    let opened = sender.clone();
    let notifier = Notifier::start(move || drop(opened.send(Event::Picked(Picked::Open))));
    let shown = Shown {
        state: State::Unknown,
        summary: texts.get("tray-not-looked"),
        notices: Vec::new(),
        is_paused: false,
        language: texts.language,
        starts_at_login: login::is_on(),
        tells_all: false,
    };
    let looked = sender.clone();
    thread::Builder::new().name("look".to_owned()).spawn(move || look(&wishes, &looked))?;
    let mut notices = Notices::default();
    // The record's changes of the past come here.
    notices.remember(&[]);
    let mut resident =
        Resident { hand, notifier, wish, status, shown: shown.clone(), report: None, is_looking: false, past: history::State::default(), notices };
    thread::Builder::new().name("keep".to_owned()).spawn(move || resident.keep(&events))?;
    let (picks, no_panel) = (sender.clone(), sender);
    tray.run(shown, move |picked| drop(picks.send(Event::Picked(picked))), move || drop(no_panel.send(Event::NoPanel)));
    Ok(Outcome::Done)
}

/// Stands in for the engine: looks once a minute and when it is asked to.
fn look(wishes: &Receiver<()>, looked: &Sender<Event>) {
    let os = Os::current();
    loop {
        let _ = looked.send(Event::Looking);
        let request = Request { root: None, os, user: None, wanted: inzage_signatures::embedded().wanted(os), time: Request::USUAL_TIME };
        if let Ok(inventory) = collect::collect(&request, env!("CARGO_PKG_VERSION"), &|_, _| {}) {
            let report = report::build(&inventory, inzage_signatures::embedded(), &inzage_signatures::sha256());
            if looked.send(Event::Looked(Box::new(report))).is_err() {
                return;
            }
        }
        if wishes.recv_timeout(Duration::from_mins(1)) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    }
}

/// Keeps what is shown up to date.
struct Resident {
    hand: Hand,
    notifier: Notifier,
    wish: Sender<()>,
    status: Arc<Mutex<Reply>>,
    shown: Shown,
    report: Option<Box<Report>>,
    is_looking: bool,
    /// Stands in for the record.
    past: history::State,
    notices: Notices,
}

impl Resident {
    fn keep(&mut self, events: &Receiver<Event>) {
        let begun = Instant::now();
        self.show(&Texts::new(self.shown.language));
        loop {
            let event = match self.notices.next(begun.elapsed()) {
                Some(wait) => events.recv_timeout(wait),
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let texts = Texts::new(self.shown.language);
            let event = match event {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => {
                    let news = self.notices.due(begun.elapsed());
                    self.notify(&news, &texts);
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            match event {
                Event::Looking => self.is_looking = true,
                Event::Looked(report) => {
                    self.is_looking = false;
                    let changes = history::changes(&self.past, &report, report.made_at.get(..10).unwrap_or_default());
                    for change in &changes {
                        self.past.apply(change);
                    }
                    let news = self.notices.hear(&changes, &report, begun.elapsed(), self.shown.is_paused);
                    self.notify(&news, &texts);
                    self.report = Some(report);
                }
                Event::NoPanel => {
                    note(&texts.get("tray-no-panel"));
                    self.tell(&texts.get("tray-no-panel"), &texts);
                }
                Event::Picked(Picked::Open) | Event::Asked(Ask::Show) => {
                    if open::open(&texts).is_err() {
                        self.tell(&texts.get("tray-no-terminal"), &texts);
                    }
                }
                Event::Picked(Picked::Look) | Event::Asked(Ask::Look) => {
                    let _ = self.wish.send(());
                }
                Event::Picked(Picked::Pause(is_paused)) => self.shown.is_paused = is_paused,
                Event::Asked(Ask::Pause) => self.shown.is_paused = true,
                Event::Asked(Ask::Continue) => self.shown.is_paused = false,
                Event::Picked(Picked::Language(language)) => self.shown.language = language,
                Event::Picked(Picked::TellAll(tells_all)) => self.shown.tells_all = tells_all,
                Event::Picked(Picked::StartAtLogin(at_login)) => {
                    if let Err(error) = if at_login { login::on() } else { login::off() } {
                        let why = error.to_string();
                        self.tell(&texts.with("tray-login-failed", &[("why", Value::Text(&text::for_terminal(&why, 200)))]), &texts);
                    }
                    self.shown.starts_at_login = login::is_on();
                }
                Event::Asked(Ask::Status) => {}
                Event::Picked(Picked::Quit) | Event::Asked(Ask::Quit) => return self.hand.end(),
            }
            self.show(&Texts::new(self.shown.language));
        }
    }

    fn show(&mut self, texts: &Texts) {
        (self.shown.state, self.shown.summary) = summary(self.report.as_deref(), self.is_looking, self.shown.is_paused, texts);
        self.shown.notices = self.notices.lines(texts).take(5).collect();
        *self.status.lock().unwrap_or_else(PoisonError::into_inner) = Reply {
            ok: true,
            pid: std::process::id(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            paused: self.shown.is_paused,
            summary: self.shown.summary.clone(),
        };
        self.hand.show(self.shown.clone());
    }

    fn notify(&self, news: &[News], texts: &Texts) {
        if !news.is_empty() {
            self.notifier.show(notices::message(news, self.shown.tells_all, texts));
        }
    }

    /// Says something about the program itself, which nobody minds to have on a shared screen.
    fn tell(&self, what: &str, texts: &Texts) {
        self.notifier.show(Message { title: texts.get("notice-message"), body: what.to_owned(), button: texts.get("notice-open") });
    }
}

/// The shape of the icon, and the same in words.
fn summary(report: Option<&Report>, is_looking: bool, is_paused: bool, texts: &Texts) -> (State, String) {
    if is_paused {
        return (State::Paused, texts.get("tray-paused"));
    }
    // Later looks are short, and an icon that flickers draws the eye for nothing.
    if is_looking && report.is_none() {
        return (State::Busy, texts.get("tray-busy"));
    }
    let Some(report) = report else { return (State::Unknown, texts.get("tray-not-looked")) };
    let is_there = |finding: &&report::Finding| {
        finding.group == Group::Monitoring
            && finding.confidence == Confidence::Confirmed
            && finding.state != FindingState::Remains
            && finding.installed != Answer::No
    };
    let count = report.findings.iter().filter(is_there).count();
    if count > 0 {
        return (State::Found, texts.with("tray-found", &[("count", Value::Count(count))]));
    }
    // What happens on servers is unknown to every laptop; only what could have been seen here and was not makes the answer doubtful.
    let categories = &inzage_signatures::embedded().categories;
    let is_visible = |id: &str| categories.iter().any(|category| category.id == id && category.visible_here != VisibleHere::Rarely);
    if report.exposure.iter().any(|one| one.level == Level::Unknown && is_visible(&one.category)) {
        return (State::Unknown, texts.get("tray-unknown"));
    }
    (State::Nothing, texts.get("tray-nothing"))
}
