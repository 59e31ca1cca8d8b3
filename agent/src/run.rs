//! The commands.

use std::fs;
use std::io::{self, IsTerminal, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use clap::ArgMatches;
use clap_complete::Shell;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use inzage_core::inventory::{Inventory, SCHEMA};
use inzage_core::kinds::Os;
use inzage_core::mask::Masker;
use inzage_core::report::{Confidence, Report};
use inzage_core::text;
use inzage_signature_export::Format;

use crate::face::{Face, wrap};
use crate::home::{self, Settings};
use crate::keep::Keeper;
use crate::one::Ask;
use crate::output::{Outcome, is_seen, note, print};
use crate::texts::{Texts, Value};
use crate::{ask, cli, doctor, look, open, record, resident};

/// Runs the command that was asked for; without one the window, or a scan where there is no desktop.
pub(crate) fn run(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    // The name alone: what follows it can be a path or a name.
    tracing::info!(version = env!("CARGO_PKG_VERSION"), day = home::today(), os = std::env::consts::OS, command = matches.subcommand_name(), "begins");
    match matches.subcommand() {
        Some(("scan", options)) => scan(&Options::from(options), texts),
        Some(("inventory", options)) => inventory(&Options::from(options), texts),
        Some(("match", options)) => recognise(options, texts),
        Some(("watch", options)) => resident::watch(options.get_flag("json"), options.get_flag("unmasked"), texts),
        Some(("signatures", options)) => signatures(options, texts),
        Some(("record", options)) => record::record(options, texts),
        Some(("history", options)) => record::history(options, texts),
        Some(("verify", options)) => record::verify(options, texts),
        Some(("forget", options)) => record::forget(options, texts),
        Some(("doctor", options)) => doctor::doctor(options, texts),
        Some(("tray", options)) => {
            let word = options.get_one::<String>("ask");
            resident::tray(word.and_then(|word| Ask::ALL.into_iter().find_map(|(own, what)| (own == word).then_some(what))), texts)
        }
        Some(("window", _)) => open::window(texts),
        Some(("completions", options)) => completions(options, texts),
        Some(("man", _)) => man(texts),
        None if open::has_window() && matches!(open::window(texts)?, Outcome::Done) => Ok(Outcome::Done),
        _ => scan(&Options::default(), texts),
    }
}

/// The options of a look at a computer.
#[derive(Default)]
struct Options {
    json: bool,
    unmasked: bool,
    exit_code: bool,
    no_record: bool,
    root: Option<PathBuf>,
    os: Option<Os>,
    user: Option<String>,
}

impl From<&ArgMatches> for Options {
    fn from(matches: &ArgMatches) -> Self {
        // Not every command has every option.
        let flag = |name| matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or_default();
        let word = |name| matches.try_get_one::<String>(name).ok().flatten().cloned();
        Self {
            json: flag("json"),
            unmasked: flag("unmasked"),
            exit_code: flag("exit-code"),
            no_record: flag("no-record"),
            root: matches.try_get_one::<PathBuf>("root").ok().flatten().cloned(),
            os: word("os").and_then(|word| Os::ALL.into_iter().find(|os| os.word() == word)),
            user: word("user"),
        }
    }
}

impl Options {
    /// What a person sees on their own screen is whole; what can leave the computer is masked.
    fn is_masked(&self) -> bool {
        !self.unmasked && (self.json || !is_seen())
    }

    /// Looks at the computer; nothing if the worker rather does not.
    fn look(&self, texts: &Texts) -> anyhow::Result<Option<Inventory>> {
        Ok(self.timed_look(texts)?.map(|(inventory, _)| inventory))
    }

    /// Looks, and tells how long that took.
    fn timed_look(&self, texts: &Texts) -> anyhow::Result<Option<(Inventory, Duration)>> {
        let os = self.os.unwrap_or(Os::current());
        let request = look::Request { root: self.root.clone(), os, user: self.user.clone() };
        if request.root.is_none() && Settings::read().record.is_none() && !ask::may_look(texts) {
            note(&texts.get("ask-stopped"));
            return Ok(None);
        }
        let bar = Bar::new(texts);
        let begun = Instant::now();
        let inventory = look::inventory(request, texts, &|done, all| bar.at(done, all))?;
        Ok(Some((inventory, begun.elapsed())))
    }
}

/// A look at this computer, and how long it took; nothing if the worker rather does not.
pub(crate) fn look_here(texts: &Texts) -> anyhow::Result<Option<(Inventory, Duration)>> {
    Options::default().timed_look(texts)
}

fn scan(options: &Options, texts: &Texts) -> anyhow::Result<Outcome> {
    let Some(inventory) = options.look(texts)? else { return Ok(Outcome::Done) };
    let mut report = look::report(&inventory);
    // Another computer has no place in this one's history.
    let may_keep = options.root.is_none() && !options.no_record;
    let answer = Settings::read().record;
    let mut say = |text: &str| note(&wrap(&text::for_terminal(text, 2_000), 0));
    let is_kept = may_keep && answer == Some(true) && {
        let mut keeper = Keeper::open(texts, &mut say);
        keeper.keep(&mut report, texts, &mut say);
        keeper.is_kept()
    };
    let mut shown = report.clone();
    if options.is_masked() {
        Masker::new(&inventory).report(&mut shown);
    }
    let outcome = show(&shown, is_kept, options, texts)?;
    if may_keep && answer.is_none() {
        ask_to_keep(&mut report, texts, &mut say)?;
    }
    Ok(outcome)
}

/// The first look: asks whether to keep a record, and begins it with what was just seen. Where nobody can be asked, it says that nothing is kept.
fn ask_to_keep(report: &mut Report, texts: &Texts, say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
    let Some(folder) = home::folder() else { return Ok(()) };
    match ask::may_keep(&folder, texts) {
        None => say(&texts.get("record-not-asked")),
        Some(answer) => {
            record::switch(answer, texts)?;
            if answer {
                Keeper::open(texts, say).keep(report, texts, say);
            }
        }
    }
    Ok(())
}

fn show(report: &Report, is_kept: bool, options: &Options, texts: &Texts) -> anyhow::Result<Outcome> {
    if options.json {
        print(&text::to_json(report)?)?;
    } else {
        print(&Face::new(texts, inzage_signatures::embedded()).report(report, is_kept))?;
    }
    warn_of_sharing(texts);
    let confirmed = report.findings.iter().any(|finding| finding.confidence == Confidence::Confirmed);
    Ok(if options.exit_code && confirmed { Outcome::Confirmed } else { Outcome::Done })
}

/// Says once what sharing can set in motion, to who makes a file of what is printed.
pub(crate) fn warn_of_sharing(texts: &Texts) {
    if !is_seen() {
        say_of_sharing(texts);
    }
}

/// Says it once, to a person.
pub(crate) fn say_of_sharing(texts: &Texts) {
    if io::stderr().is_terminal() && Settings::first_time("sharing") {
        note(&wrap(&texts.get("sharing"), 0));
    }
}

fn inventory(options: &Options, texts: &Texts) -> anyhow::Result<Outcome> {
    let Some(mut inventory) = options.look(texts)? else { return Ok(Outcome::Done) };
    if options.is_masked() {
        Masker::new(&inventory).inventory(&mut inventory);
    }
    if options.json { print(&text::to_json(&inventory)?) } else { print(&Face::new(texts, inzage_signatures::embedded()).inventory(&inventory)) }?;
    warn_of_sharing(texts);
    Ok(Outcome::Done)
}

fn recognise(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    let path = matches.get_one::<PathBuf>("inventory").map_or(Path::new("-"), PathBuf::as_path);
    let unreadable = || texts.with("match-unreadable", &[("file", Value::Text(&path.display().to_string()))]);
    let mut bytes = Vec::new();
    if path == Path::new("-") { io::stdin().lock().read_to_end(&mut bytes).map(|_| ()) } else { fs::read(path).map(|read| bytes = read) }
        .with_context(unreadable)?;
    let inventory: Inventory = serde_json::from_slice(&bytes).with_context(unreadable)?;
    if inventory.schema != SCHEMA {
        bail!(texts.with("match-other-schema", &[("schema", Value::Text(&inventory.schema)), ("ours", Value::Text(SCHEMA))]));
    }
    let options = Options::from(matches);
    let mut report = look::report(&inventory);
    if options.is_masked() {
        Masker::new(&inventory).report(&mut report);
    }
    show(&report, false, &options, texts)
}

fn signatures(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    let bundle = inzage_signatures::embedded();
    let face = Face::new(texts, bundle);
    match matches.subcommand() {
        Some(("show", options)) => {
            let id = options.get_one::<String>("id").map_or("", String::as_str);
            let same = |name: &str| name.eq_ignore_ascii_case(id);
            match bundle.products.iter().find(|product| same(&product.id) || same(&product.name) || product.card.formerly.iter().any(|old| same(old))) {
                Some(product) => print(&face.product(product)),
                None => bail!(texts.with("signatures-unknown", &[("id", Value::Text(id))])),
            }
        }
        Some(("check", options)) => {
            let path = options.get_one::<PathBuf>("path").cloned().unwrap_or_default();
            let found = inzage_signature_compiler::check_paths(&[path], &bundle.categories, Some(bundle));
            if found.problems.is_empty() {
                return print(&format!("{}\n", texts.with("signatures-fine", &[("files", Value::Count(found.files))])));
            }
            note(found.render(face.is_coloured()).trim_end());
            Ok(if found.has_errors() { Outcome::Failed } else { Outcome::Done })
        }
        Some(("export", options)) => {
            let word = options.get_one::<String>("format").map_or("", String::as_str);
            let format = Format::ALL.into_iter().find_map(|(own, format)| (own == word).then_some(format));
            format.map_or(Ok(Outcome::Failed), |format| print(&inzage_signature_export::export(bundle, format)))
        }
        _ => print(&face.products()),
    }
}

fn completions(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    let shell: Shell = matches.get_one::<String>("shell").map_or("bash", String::as_str).parse().map_err(anyhow::Error::msg)?;
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut cli::command(texts), "inzage", &mut out);
    print(&String::from_utf8(out)?)
}

/// One page: the program, then every command with its options.
fn man(texts: &Texts) -> anyhow::Result<Outcome> {
    let command = cli::command(texts);
    let mut out = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    man_commands(&command, "inzage", &mut out)?;
    print(&String::from_utf8(out)?)
}

fn man_commands(command: &clap::Command, name: &str, out: &mut Vec<u8>) -> anyhow::Result<()> {
    for sub in command.get_subcommands() {
        let name = format!("{name} {}", sub.get_name());
        writeln!(out, ".SH {}\n{}", name.to_uppercase(), sub.get_about().map(ToString::to_string).unwrap_or_default())?;
        if sub.get_arguments().next().is_some() {
            clap_mangen::Man::new(sub.clone()).render_options_section(out)?;
        }
        man_commands(sub, &name, out)?;
    }
    Ok(())
}

/// A progress bar that shows only when a look takes longer than a second, and only to a person.
struct Bar {
    shown: ProgressBar,
    /// Dropped when the look is over; the one who waits for it then does not show the bar any more.
    over: Option<mpsc::Sender<()>>,
    waiting: Option<std::thread::JoinHandle<()>>,
}

impl Bar {
    fn new(texts: &Texts) -> Self {
        let bar = ProgressBar::hidden();
        bar.set_message(texts.get("looking"));
        bar.set_style(ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar()));
        let (over, is_over) = mpsc::channel();
        let later = bar.clone();
        let waiting = io::stderr().is_terminal().then(|| {
            std::thread::spawn(move || {
                if is_over.recv_timeout(Duration::from_secs(1)) == Err(mpsc::RecvTimeoutError::Timeout) {
                    later.set_draw_target(ProgressDrawTarget::stderr());
                    later.tick();
                }
            })
        });
        Self { shown: bar, over: Some(over), waiting }
    }

    fn at(&self, done: usize, all: usize) {
        self.shown.set_length(all as u64);
        self.shown.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        drop(self.over.take());
        if let Some(waiting) = self.waiting.take() {
            let _ = waiting.join();
        }
        self.shown.finish_and_clear();
    }
}
