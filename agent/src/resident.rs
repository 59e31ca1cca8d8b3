//! The process that stays: it joins the one who looks, the icon, the notices and the socket.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use inzage_core::history::What;
use inzage_core::report::{self, Answer, Confidence, FindingState, Level, Report};
use inzage_core::signature::{Group, VisibleHere};
use inzage_core::text;

use crate::face::{Face, wrap};
use crate::home::Settings;
use crate::keep::Keeper;
use crate::notices::{self, News, Notices};
use crate::notify::{Message, Notifier};
use crate::one::{self, Ask, First, Place, Reply};
use crate::output::{Outcome, is_seen, note, print};
use crate::texts::{Texts, Value};
use crate::tray::{Hand, Picked, Shown, State, Tray};
use crate::watch::{self, Asker, Followed, Wish};
use crate::{ask, login, open};

/// Stays, with an icon; or talks to the process that already does.
pub(crate) fn tray(what: Option<Ask>, texts: &Texts) -> anyhow::Result<Outcome> {
    if let Some(what) = what {
        return ask_first(what, texts);
    }
    let Place::First(first) = one::claim(&one::folder())? else { return ask_to_show(texts) };
    if !may_look(texts) {
        return Ok(Outcome::Done);
    }
    watch::keep_memory_together();
    stay(&first, texts)
}

/// Stays without an icon, and prints what changes.
pub(crate) fn watch(json: bool, unmasked: bool, texts: &Texts) -> anyhow::Result<Outcome> {
    let Place::First(first) = one::claim(&one::folder())? else { return ask_to_show(texts) };
    if !may_look(texts) {
        return Ok(Outcome::Done);
    }
    let (asker, wishes) = watch::wishes();
    let listening = first.listen(move |what, _| {
        tracing::info!(?what, "asked");
        let wish = match what {
            Ask::Look => Wish::Look,
            Ask::Pause => Wish::Pause(true),
            Ask::Continue => Wish::Pause(false),
            Ask::Quit => Wish::Stop,
            // What it has to show stands in its terminal.
            Ask::Status | Ask::Show => return Reply { ok: true, ..own_reply() },
        };
        asker.ask(wish);
        Reply { ok: true, ..own_reply() }
    });
    listening.unwrap_or_else(|error| tell_alone(&error, texts));
    if !json {
        note(&texts.get("watch-begins"));
    }
    let is_masked = !unmasked && (json || !is_seen());
    let keeper = Keeper::open(texts, &mut say);
    let mut outcome = Ok(Outcome::Done);
    watch::follow(&wishes, keeper, texts, &mut |followed| {
        for text in &followed.said {
            say(text);
        }
        for mut change in followed.changes {
            if is_masked {
                followed.masker.change(&mut change);
            }
            let line = if json {
                serde_json::to_string(&change).map(|line| line + "\n").map_err(anyhow::Error::from)
            } else {
                // Loaded for this line only, as for the look itself.
                let bundle = inzage_signatures::load();
                let face = Face::new(texts, &bundle);
                Ok(if change.what == What::Looked { String::new() } else { format!("{}  {}\n", face.date(&change.day), face.change(&change, is_masked)) })
            };
            let printed = line.and_then(|line| print(&line));
            // The first fault is the one to tell.
            if outcome.is_ok() {
                outcome = printed;
            }
        }
    })?;
    outcome
}

/// Whether the worker knows what the employer may see of this. Who answered the question about a record has read it.
fn may_look(texts: &Texts) -> bool {
    let may = Settings::read().record.is_some() || ask::may_look(texts);
    if !may {
        note(&texts.get("ask-stopped"));
    }
    may
}

fn say(text: &str) {
    note(&wrap(&text::for_terminal(text, 2_000), 0));
}

fn own_reply() -> Reply {
    Reply { pid: std::process::id(), version: env!("CARGO_PKG_VERSION").to_owned(), ..Reply::default() }
}

fn tell_alone(error: &std::io::Error, texts: &Texts) {
    tracing::warn!(fault = ?error.kind(), "nobody can be listened to");
    note(&texts.with("tray-alone", &[("why", Value::Text(&text::for_terminal(&error.to_string(), 200)))]));
}

/// A second start: the first one shows itself, and this one has nothing more to do.
fn ask_to_show(texts: &Texts) -> anyhow::Result<Outcome> {
    let said = one::ask(&one::folder(), Ask::Show).is_ok_and(|reply| reply.ok);
    print(&format!("{}\n", texts.get(if said { "tray-already" } else { "tray-does-not-answer" })))
}

/// Asks the process that stays, and says what it answered.
fn ask_first(what: Ask, texts: &Texts) -> anyhow::Result<Outcome> {
    let folder = one::folder();
    if !one::is_taken(&folder)? {
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
pub(crate) fn ends(folder: &std::path::Path) -> bool {
    let until = Instant::now() + Duration::from_secs(5);
    while Instant::now() < until {
        if one::is_taken(folder).is_ok_and(|is_taken| !is_taken) {
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
    /// A notification was clicked: the id of what it told of, if that was one thing.
    Opened(Option<String>),
    Looked(Box<Followed>),
    /// The one who looks has ended, and why if nobody asked for it.
    Ended(Option<String>),
    NoPanel,
}

fn stay(first: &First, texts: &Texts) -> anyhow::Result<Outcome> {
    let (sender, events) = mpsc::channel();
    let (asker, wishes) = watch::wishes();
    let status = Arc::new(Mutex::new(Reply::default()));
    let (questions, known) = (sender.clone(), Arc::clone(&status));
    let listening = first.listen(move |what, _| {
        tracing::info!(?what, "asked");
        let ok = questions.send(Event::Asked(what)).is_ok();
        Reply { ok, ..known.lock().unwrap_or_else(PoisonError::into_inner).clone() }
    });
    listening.unwrap_or_else(|error| tell_alone(&error, texts));
    let (tray, hand) = Tray::new()?;
    let opened = sender.clone();
    let notifier = Notifier::start(move |about| drop(opened.send(Event::Opened(about.map(str::to_owned)))));
    let shown = Shown {
        state: State::Unknown,
        summary: texts.get("tray-not-looked"),
        notices: Vec::new(),
        is_paused: false,
        language: texts.language,
        starts_at_login: login::is_on(),
        tells_all: Settings::read().full_notices,
    };
    let mut said = Vec::new();
    let keeper = Keeper::open(texts, &mut |text| said.push(text.to_owned()));
    for text in &said {
        say(text);
    }
    let mut notices = Notices::default();
    notices.remember(&keeper.past());
    let (looked, language) = (sender.clone(), texts.language);
    thread::Builder::new().name("look".to_owned()).spawn(move || {
        let ended = watch::follow(&wishes, keeper, &Texts::new(language), &mut |followed| drop(looked.send(Event::Looked(Box::new(followed)))));
        // Without the one who looks there is nothing to stay for; an end that was wished for comes here too.
        let _ = looked.send(Event::Ended(ended.err().map(|error| format!("{error:#}"))));
    })?;
    let mut resident = Resident { hand, notifier, asker, status, shown: shown.clone(), report: None, notices };
    thread::Builder::new().name("keep".to_owned()).spawn(move || resident.keep(&events))?;
    let (picks, no_panel) = (sender.clone(), sender);
    tray.run(shown, move |picked| drop(picks.send(Event::Picked(picked))), move || drop(no_panel.send(Event::NoPanel)));
    Ok(Outcome::Done)
}

/// Keeps what is shown up to date.
struct Resident {
    hand: Hand,
    notifier: Notifier,
    asker: Asker,
    status: Arc<Mutex<Reply>>,
    shown: Shown,
    report: Option<Report>,
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
                Event::Looked(followed) => {
                    let Followed { report, changes, said, .. } = *followed;
                    let news = self.notices.hear(&changes, &report, begun.elapsed(), self.shown.is_paused);
                    // What is not told now: not worth it, told before, paused, or the hour has had its share.
                    let waits = self.notices.next(begun.elapsed()).is_some();
                    tracing::info!(changes = changes.len(), told = news.len(), waits, paused = self.shown.is_paused, "news");
                    self.notify(&news, &texts);
                    for text in said {
                        self.tell(&text, &texts);
                    }
                    self.report = Some(report);
                }
                Event::Ended(None) => return self.hand.end(),
                Event::Ended(Some(why)) => {
                    tracing::error!("the one who looks has ended");
                    note(&text::for_terminal(&why, 300));
                    return self.hand.end();
                }
                Event::NoPanel => {
                    if Settings::first_time("no-panel") {
                        note(&texts.get("tray-no-panel"));
                        self.tell(&texts.get("tray-no-panel"), &texts);
                    }
                }
                Event::Picked(Picked::Open) | Event::Asked(Ask::Show) => self.open(None, &texts),
                Event::Opened(about) => self.open(about.as_deref(), &texts),
                Event::Picked(Picked::Look) | Event::Asked(Ask::Look) => {
                    self.asker.ask(Wish::Look);
                }
                Event::Picked(Picked::Pause(is_paused)) => self.pause(is_paused),
                Event::Asked(Ask::Pause) => self.pause(true),
                Event::Asked(Ask::Continue) => self.pause(false),
                Event::Picked(Picked::Language(language)) => {
                    self.shown.language = language;
                    self.remember(&texts, |settings| settings.language = Some(language.word().to_owned()));
                }
                Event::Picked(Picked::TellAll(tells_all)) => {
                    self.shown.tells_all = tells_all;
                    self.remember(&texts, |settings| settings.full_notices = tells_all);
                }
                Event::Picked(Picked::StartAtLogin(at_login)) => {
                    if let Err(error) = if at_login { login::on() } else { login::off() } {
                        let why = error.to_string();
                        self.tell(&texts.with("tray-login-failed", &[("why", Value::Text(&text::for_terminal(&why, 200)))]), &texts);
                    }
                    self.shown.starts_at_login = login::is_on();
                }
                Event::Asked(Ask::Status) => {}
                Event::Picked(Picked::Quit) | Event::Asked(Ask::Quit) => self.asker.ask(Wish::Stop),
            }
            self.show(&Texts::new(self.shown.language));
        }
    }

    fn pause(&mut self, is_paused: bool) {
        self.shown.is_paused = is_paused;
        self.asker.ask(Wish::Pause(is_paused));
    }

    /// Stores what the worker picked. It works until the end of the program also where it cannot be stored.
    fn remember(&self, texts: &Texts, change: impl FnOnce(&mut Settings)) {
        if let Err(error) = Settings::change(change) {
            self.tell(&format!("{} ({error})", texts.get("record-cannot-store")), texts);
        }
    }

    fn show(&mut self, texts: &Texts) {
        (self.shown.state, self.shown.summary) = summary(self.report.as_ref(), self.shown.is_paused, texts);
        self.shown.notices = self.notices.lines(texts).take(5).collect();
        *self.status.lock().unwrap_or_else(PoisonError::into_inner) =
            Reply { ok: true, paused: self.shown.is_paused, summary: self.shown.summary.clone(), ..own_reply() };
        self.hand.show(self.shown.clone());
    }

    fn open(&self, about: Option<&str>, texts: &Texts) {
        if open::open(about, texts).is_err() {
            self.tell(&texts.get("tray-no-terminal"), texts);
        }
    }

    fn notify(&self, news: &[News], texts: &Texts) {
        if !news.is_empty() {
            self.notifier.show(notices::message(news, self.shown.tells_all, texts));
        }
    }

    /// Says something about the program itself, which nobody minds to have on a shared screen.
    fn tell(&self, what: &str, texts: &Texts) {
        self.notifier.show(Message { title: texts.get("notice-message"), body: what.to_owned(), button: texts.get("notice-open"), about: None });
    }
}

/// The shape of the icon, and the same in words.
fn summary(report: Option<&Report>, is_paused: bool, texts: &Texts) -> (State, String) {
    if is_paused {
        return (State::Paused, texts.get("tray-paused"));
    }
    let Some(report) = report else { return (State::Busy, texts.get("tray-busy")) };
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
    let categories = inzage_signatures::categories();
    let is_visible = |id: &str| categories.iter().any(|category| category.id == id && category.visible_here != VisibleHere::Rarely);
    if report.exposure.iter().any(|one| one.level == Level::Unknown && is_visible(&one.category)) {
        return (State::Unknown, texts.get("tray-unknown"));
    }
    (State::Nothing, texts.get("tray-nothing"))
}
