//! The window at work: it looks, keeps the record if the worker wants one, goes from page to page, and changes settings.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use anyhow::{Context as _, anyhow};
use inzage_agent::home::{self, Settings};
use inzage_agent::keep::Keeper;
use inzage_agent::one::{self, Ask, Reply};
use inzage_agent::texts::{Language, Texts, Value};
use inzage_agent::words::{Words, shown};
use inzage_agent::{feedback, login, look, record};
use inzage_core::mask::Masker;
use inzage_core::record::{FILE_NAME, Record};
use inzage_core::text;
use slint::ComponentHandle as _;

use crate::page::{Action, Page, Place, Setting};
use crate::pages::{Moment, Seen, Span, View, chart};
use crate::show::Actions;
use crate::ui::Main;
use crate::{save, show, system};

/// The longest line of what is said, in characters.
const LONGEST_SAID: usize = 1_000;

/// Opens the window, at the product or category with the id `about`, and stays until it is closed. A second start shows the window that is there.
pub fn run(asked: Option<&str>, about: Option<&str>) -> anyhow::Result<()> {
    let language = asked.map_or_else(|| Settings::read().language().unwrap_or_else(|| Language::choose(None)), |word| Language::choose(Some(word)));
    let texts = Texts::new(language);
    // Where no lock can be kept, two windows do no harm.
    let folder = one::window_folder().ok();
    let place = folder.as_deref().and_then(|folder| one::claim(folder).ok());
    if matches!(place, Some(one::Place::Second)) && folder.is_some_and(|folder| one::show(&folder, about).is_ok()) {
        return Ok(());
    }
    // Only its first line says something to a reader; the rest names places in the source.
    let window = show::window().map_err(|error| anyhow!("{}: {}", texts.get("window-no-screen"), error.to_string().lines().next().unwrap_or_default()))?;
    let (sender, arrived) = channel();
    if let Some(one::Place::First(first)) = &place {
        let (weak, asked) = (window.as_weak(), Mutex::new(sender.clone()));
        let _ = first.listen(move |what, about| {
            let shown = match what {
                Ask::Show => {
                    if let (Some(about), Ok(sender)) = (about, asked.lock()) {
                        tell(&sender, &weak, News::Show(about));
                    }
                    weak.upgrade_in_event_loop(|window| {
                        window.window().set_minimized(false);
                        let _ = window.show();
                    })
                }
                Ask::Quit => weak.upgrade_in_event_loop(|_| {
                    let _ = slint::quit_event_loop();
                }),
                _ => Ok(()),
            };
            Reply { ok: shown.is_ok(), pid: std::process::id(), ..Reply::default() }
        });
    }
    let app = Rc::new(RefCell::new(App::new(window.clone_strong(), texts, sender, arrived)));
    connect(&window, &app);
    if let Some(about) = about {
        let app = &mut *app.borrow_mut();
        app.place = Place::of(about);
        app.before.push(Place::Overview);
    }
    app.borrow_mut().begin();
    window.run().map_err(|error| anyhow!("{error}"))?;
    Ok(())
}

/// What comes from other threads.
enum News {
    /// So many sources of so many are looked at.
    At(usize, usize),
    /// The look is over.
    Looked(anyhow::Result<Box<Looked>>),
    /// The system's size of text, in percent.
    TextSize(u16),
    /// The product or category with this id is to be shown.
    Show(String),
}

struct Looked {
    seen: Seen,
    masker: Masker,
    said: Vec<String>,
}

struct App {
    window: Main,
    texts: Texts,
    settings: Settings,
    /// The size of text of the system, in percent.
    system_text_size: u16,
    moment: Moment,
    masker: Option<Masker>,
    place: Place,
    before: Vec<Place>,
    span: Option<Span>,
    actions: Actions,
    written: Option<PathBuf>,
    sender: Sender<News>,
    arrived: Receiver<News>,
}

fn connect(window: &Main, app: &Rc<RefCell<App>>) {
    macro_rules! on {
        ($on:ident, |$app:ident $(, $arg:ident)*| $body:expr) => {
            let own = Rc::clone(app);
            window.$on(move |$($arg),*| { let $app = &mut *own.borrow_mut(); $body });
        };
    }
    on!(on_act, |app, number| app.act(number));
    on!(on_go_to, |app, at| app.go_to(at));
    on!(on_back, |app| app.back());
    on!(on_save, |app| app.save());
    on!(on_look, |app| app.look());
    on!(on_open, |app| app.open_written());
    on!(on_zoom, |app, at, steps| app.scale(|span, all| span.zoomed(f64::from(at), steps, all)));
    on!(on_go, |app, by| app.scale(|span, all| span.moved(f64::from(by), all)));
    on!(on_all, |app| {
        app.span = None;
        app.put(false);
    });
    on!(on_arrived, |app| app.take_news());
}

impl App {
    fn new(window: Main, texts: Texts, sender: Sender<News>, arrived: Receiver<News>) -> Self {
        Self {
            window,
            texts,
            settings: Settings::read(),
            system_text_size: 100,
            moment: Moment::First,
            masker: None,
            place: Place::Overview,
            before: Vec::new(),
            span: None,
            actions: Actions::default(),
            written: None,
            sender,
            arrived,
        }
    }

    /// Looks at once if the worker has answered the question before; otherwise asks it.
    fn begin(&mut self) {
        let (sender, weak) = (self.sender.clone(), self.window.as_weak());
        let _ = std::thread::Builder::new().name("text-size".to_owned()).spawn(move || {
            if let Some(size) = system::text_size() {
                tell(&sender, &weak, News::TextSize(size));
            }
        });
        if self.settings.record.is_some() { self.look() } else { self.put(true) }
    }

    fn view<'a>(&'a self, moment: &'a Moment, is_masked: bool) -> View<'a> {
        View {
            words: Words::new(&self.texts, inzage_signatures::embedded()),
            moment,
            settings: &self.settings,
            starts_at_login: login::is_on(),
            span: self.span,
            is_masked,
        }
    }

    /// Shows the page. `anew`: it is another one, so it begins at its top.
    fn put(&mut self, anew: bool) {
        let view = self.view(&self.moment, false);
        show::frame(&self.window, &view.words, &self.place);
        let page = view.page(&self.place);
        let drawn = match (&self.place, &self.moment) {
            (Place::Timeline, Moment::Seen(seen)) if seen.is_kept => chart(&view, seen),
            _ => None,
        };
        show::chart(&self.window, drawn.as_ref());
        let actions = show::page(&self.window, &page);
        self.actions = actions;
        let is_seen = matches!(self.moment, Moment::Seen(_));
        self.window.set_can_go_back(!self.before.is_empty());
        self.window.set_can_save(is_seen);
        self.window.set_can_look(is_seen && self.place == Place::Overview);
        self.window.set_text_size(f32::from(self.settings.text_size.unwrap_or(self.system_text_size)) / 100.0);
        if anew {
            self.window.invoke_page_shown();
        }
    }

    /// Whether the page has nothing to do with a look, so that it stays as it is.
    fn is_apart(&self) -> bool {
        matches!(self.place, Place::Settings | Place::About | Place::Forget)
    }

    fn say(&self, said: &str) {
        // What went wrong may hold names of files.
        let lines: Vec<_> = said.lines().map(|line| text::for_terminal(line, LONGEST_SAID)).collect();
        self.window.set_said(lines.join("\n").into());
        self.window.set_can_open(false);
    }

    fn go(&mut self, place: Place) {
        if place != self.place {
            self.say("");
            let is_below = !Place::MENU.contains(&place);
            let from = std::mem::replace(&mut self.place, place);
            // A page of the menu is a new beginning.
            if is_below { self.before.push(from) } else { self.before.clear() }
        }
        self.put(true);
    }

    fn go_to(&mut self, at: i32) {
        if let Some(place) = usize::try_from(at).ok().and_then(|at| Place::MENU.get(at)) {
            self.go(place.clone());
        }
    }

    fn back(&mut self) {
        if let Some(place) = self.before.pop() {
            self.say("");
            self.place = place;
            self.put(true);
        }
    }

    fn act(&mut self, number: i32) {
        let Some(action) = self.actions.get(number).cloned() else { return };
        match action {
            Action::Go(place) => self.go(place),
            Action::Look => self.look(),
            Action::Answer(keep) => {
                if self.set(Setting::Record(keep)) {
                    self.look();
                }
            }
            Action::Close => {
                let _ = slint::quit_event_loop();
            }
            Action::Visit(address) => self.open(address.as_str()),
            Action::Wrong(id) => self.save_feedback(&id),
            Action::Export => self.export(),
            Action::Set(setting) => {
                let was_kept = self.settings.record == Some(true);
                if self.set(setting) && setting == Setting::Record(true) && !was_kept {
                    // What is kept begins with a look.
                    self.look();
                } else {
                    self.put(false);
                }
            }
            Action::Forget => match record::forget_all(&self.texts) {
                Ok(()) => {
                    let _ = slint::quit_event_loop();
                }
                Err(error) => self.say(&with_why(&self.texts, "setting-failed", &format!("{error:#}"))),
            },
        }
    }

    fn open(&self, what: &str) {
        if let Err(error) = open::that_detached(what) {
            self.say(&with_why(&self.texts, "open-failed", &error.to_string()));
        }
    }

    /// Changes a setting; whether it was changed.
    fn set(&mut self, setting: Setting) -> bool {
        let done = match setting {
            Setting::Language(at) => {
                let (word, language) = Language::ALL[at.min(Language::ALL.len() - 1)];
                self.texts = Texts::new(language);
                Settings::change(|settings| settings.language = Some(word.to_owned())).map_err(anyhow::Error::from)
            }
            Setting::TextSize(size) => Settings::change(|settings| settings.text_size = Some(size)).map_err(anyhow::Error::from),
            Setting::Record(on) => record::switch(on, &self.texts),
            Setting::Login(on) => if on { login::on() } else { login::off() }.map_err(anyhow::Error::from),
            Setting::FullNotices(on) => Settings::change(|settings| settings.full_notices = on).map_err(anyhow::Error::from),
        };
        self.settings = Settings::read();
        match &done {
            Ok(()) => self.say(""),
            Err(error) => self.say(&with_why(&self.texts, "setting-failed", &format!("{error:#}"))),
        }
        done.is_ok()
    }

    fn look(&mut self) {
        if matches!(self.moment, Moment::Looking(..)) {
            return;
        }
        self.moment = Moment::Looking(0, 0);
        self.put(!self.is_apart());
        let language = self.texts.language;
        let (sender, weak) = (self.sender.clone(), self.window.as_weak());
        let keeps = self.settings.record == Some(true);
        let looking = std::thread::Builder::new().name("look".to_owned()).spawn(move || {
            let texts = Texts::new(language);
            let looked = catch_unwind(AssertUnwindSafe(|| look_now(&texts, keeps, &|done, all| tell(&sender, &weak, News::At(done, all)))));
            let looked = looked.unwrap_or_else(|_| Err(anyhow!(texts.get("reason-internal_error"))));
            tell(&sender, &weak, News::Looked(looked));
        });
        if let Err(error) = looking {
            self.moment = Moment::Failed(error.to_string());
            self.put(true);
        }
    }

    fn take_news(&mut self) {
        while let Ok(news) = self.arrived.try_recv() {
            match news {
                News::At(done, all) => {
                    self.moment = Moment::Looking(done, all);
                    self.put(false);
                }
                News::Looked(looked) => {
                    match looked {
                        Ok(looked) => {
                            self.moment = Moment::Seen(Box::new(looked.seen));
                            self.masker = Some(looked.masker);
                            self.say(&looked.said.join("\n"));
                        }
                        Err(error) => self.moment = Moment::Failed(shown(&format!("{error:#}")).into_owned()),
                    }
                    self.put(!self.is_apart());
                }
                News::Show(about) => self.go(Place::of(&about)),
                News::TextSize(size) => {
                    self.system_text_size = size;
                    self.put(false);
                }
            }
        }
    }

    /// Shows other days of the timeline.
    fn scale(&mut self, change: impl FnOnce(Span, f64) -> Span) {
        let Moment::Seen(seen) = &self.moment else { return };
        if let Some(now) = chart(&self.view(&self.moment, false), seen) {
            let span = change(now.span, now.all);
            self.span = Some(span);
            self.put(false);
        }
    }

    /// Writes the page into a file, without names.
    fn save(&mut self) {
        let mut moment = self.moment.clone();
        if let (Moment::Seen(seen), Some(masker)) = (&mut moment, &self.masker) {
            masker.report(&mut seen.report);
            for change in &mut seen.changes {
                masker.change(change);
            }
        }
        let view = self.view(&moment, true);
        let page: Page = view.page(&self.place);
        let language = self.texts.language.word();
        let foot =
            view.words.with("saved-foot", &[("version", Value::Text(env!("CARGO_PKG_VERSION"))), ("day", Value::Text(&view.words.date(&home::today())))]);
        let mut text = save::html(&page, language, &foot);
        if let Some(masker) = &self.masker {
            text = masker.text(&text);
        }
        let name = format!("inzage-{}-{}", self.place.key().trim_start_matches("page-"), home::today());
        self.write(&name, "html", &text, "frame-saved");
    }

    fn write(&mut self, name: &str, end: &str, text: &str, said: &str) {
        let written = save::folder().context("home").and_then(|folder| Ok(save::write(&folder, name, end, text)?));
        match written {
            Ok(path) => {
                self.say(&self.texts.with(said, &[("path", Value::Text(&shown(&path.display().to_string())))]));
                self.written = Some(path);
                self.window.set_can_open(true);
            }
            Err(error) => self.say(&with_why(&self.texts, "frame-not-saved", &format!("{error:#}"))),
        }
    }

    /// Opens the file that was just written, to read and to print it.
    fn open_written(&self) {
        if let Some(path) = &self.written {
            self.open(&path.to_string_lossy());
        }
    }

    fn save_feedback(&mut self, id: &str) {
        let (Moment::Seen(seen), Some(masker)) = (&self.moment, &self.masker) else { return };
        let mut report = seen.report.clone();
        masker.report(&mut report);
        if let Some(text) = feedback::wrong(&report, id) {
            self.write(&format!("inzage-feedback-{}", home::today()), "json", &text, "wrong-saved");
        }
    }

    /// The whole history, without names, so that `inzage verify` can still check it.
    fn export(&mut self) {
        let masker = self.masker.as_ref();
        let extracted = home::folder().context("home").and_then(|folder| {
            let record = Record::open(&folder.join(FILE_NAME), &home::today())?.record;
            Ok(text::to_json(&record.extract(masker)?)?)
        });
        match extracted {
            Ok(text) => self.write(&format!("inzage-history-{}", home::today()), "json", &text, "frame-saved"),
            Err(error) => self.say(&with_why(&self.texts, "frame-not-saved", &format!("{error:#}"))),
        }
    }
}

fn with_why(texts: &Texts, key: &str, why: &str) -> String {
    texts.with(key, &[("why", Value::Text(&shown(why)))])
}

/// Sends news to the window's own thread, and wakes it.
fn tell(sender: &Sender<News>, weak: &slint::Weak<Main>, news: News) {
    // A window that is closed needs no news.
    if sender.send(news).is_ok() {
        let _ = weak.upgrade_in_event_loop(|window| window.invoke_arrived());
    }
}

fn look_now(texts: &Texts, keeps: bool, at: &(dyn Fn(usize, usize) + Sync)) -> anyhow::Result<Box<Looked>> {
    let inventory = look::inventory(look::Request::here(), texts, at)?;
    let mut report = look::report(&inventory);
    let mut said = Vec::new();
    let mut seen = None;
    if keeps {
        let mut say = |text: &str| said.push(text.to_owned());
        let mut keeper = Keeper::open(texts, &mut say);
        keeper.keep(&mut report, texts, &mut say);
        seen = Some((keeper.state().clone(), keeper.past(), keeper.is_kept()));
    }
    let (state, changes, is_kept) = seen.unwrap_or_default();
    Ok(Box::new(Looked { seen: Seen { report, state, changes, is_kept }, masker: Masker::new(&inventory), said }))
}
