//! The programs that facts name, looked at after all collectors: who made and who signed them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::executable::Unread;
use super::tree::Trouble;
use super::{Context, threads};
use crate::facts::Fact;

/// The most programs that are looked at.
pub(super) const MOST: usize = 5_000;

/// The programs that a fact names.
pub(super) fn each_program(fact: &Fact, mut give: impl FnMut(&str)) {
    let mut one = |path: &Option<String>| path.iter().for_each(|path| give(path));
    match fact {
        Fact::Process(process) => one(&process.exe),
        Fact::FilterDriver(filter) => one(&filter.exec),
        Fact::AuthModule(module) => one(&module.library),
        Fact::NativeHost(host) => one(&host.program),
        Fact::Preload(preload) => give(&preload.library),
        Fact::Program(program) => give(&program.path),
        Fact::Application(application) => one(&application.executable),
        Fact::Autostart(entry) => entry.exec.iter().for_each(|path| give(path)),
        Fact::File(file) if !file.folder => give(&file.path),
        _ => {}
    }
}

/// Looks at all of them, on the cores there are; the answers are in the order of the paths.
pub(super) fn all<T: Send>(context: &Context, paths: &[String], one: fn(&Context, &str) -> Result<T, Unread>) -> Vec<Result<T, Unread>> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(paths.len()));
    let work = || {
        let mut own = Vec::new();
        while let Some((at, path)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, paths.get(at)?))) {
            own.push((at, if context.out_of_time() { Err(Unread::Trouble(Trouble::TimedOut)) } else { one(context, path) }));
        }
        if let Ok(mut answers) = answers.lock() {
            answers.append(&mut own);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads() {
            scope.spawn(work);
        }
        work();
    });
    let mut answers = answers.into_inner().unwrap_or_default();
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
