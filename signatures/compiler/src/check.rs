//! All checks of product files. Each collects everything it finds: who repairs a file wants to see it all at once.

mod claims;
mod confirm;
mod head;
mod indicators;
mod names;
mod overlap;
mod paths;
pub(crate) mod sources;
mod values;

use std::ops::Range;
use std::path::Path;

use inzage_core::signature::Category;
use serde_saphyr::Spanned;

use crate::format::ProductFile;
use crate::problem::{Code, Problem};
use crate::read;

pub(crate) use overlap::Overlaps;

/// A file under examination, and what was found wrong with it.
pub(crate) struct Examined<'a> {
    pub(crate) path: &'a Path,
    text: &'a str,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Examined<'a> {
    pub(crate) const fn new(path: &'a Path, text: &'a str) -> Self {
        Self { path, text, problems: Vec::new() }
    }

    /// Notes a problem with this value.
    pub(crate) fn add<T>(&mut self, code: Code, value: &Spanned<T>, message: impl Into<String>, help: impl Into<String>) {
        let span = read::span_of(self.text, value);
        self.add_at(code, span, message, help);
    }

    fn add_at(&mut self, code: Code, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::at(code, self.path, self.text, span, message.into(), help));
    }
}

/// Checks one product by itself.
pub(crate) fn product(file: &mut Examined<'_>, product: &ProductFile, categories: &[Category]) {
    head::check(file, product);
    sources::check(file, product);
    claims::check(file, product, categories);
    indicators::check(file, product);
    confirm::check(file, product);
    file.problems.sort_by_key(|problem| (problem.line, problem.column, problem.code));
}

/// Checks the categories by themselves; they have no places, because they are read as the type that the program uses.
pub(crate) fn categories(path: &Path, categories: &[Category]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, category) in categories.iter().enumerate() {
        let id = &category.id;
        let shown = crate::problem::shown(id);
        let well_formed = id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !well_formed {
            let help = "use lower-case letters, digits and underscores, starting with a letter";
            problems.push(Problem::of_file(Code::BadCategory, path, format!("{shown} cannot be the id of a category"), help));
        }
        if categories[..at].iter().any(|other| other.id == *id) {
            problems.push(Problem::of_file(Code::BadCategory, path, format!("the category {shown} is there twice"), "leave one"));
        }
    }
    problems
}
