//! Reads, checks and compiles the product files of Inzage.
//!
//! A file is read, parsed into the types of `format`, checked by `check` and, when every file is right, lowered into the
//! [`inzage_core::signature::Bundle`] that the program embeds. Whatever is wrong becomes a [`Problem`] with a stable code; nothing here panics on
//! what a file holds.

mod check;
mod format;
mod layout;
mod lower;
mod problem;
mod read;
mod render;
mod schema;

use std::path::{Path, PathBuf};

use inzage_core::kinds::Os;
use inzage_core::signature::{Bundle, Category, Product};

use check::{Examined, Overlaps};
use format::ProductFile;
use layout::LayoutFile;

pub use layout::{Layout, origin};
pub use problem::{Code, Problem, Severity, Sources};
pub use render::render;
pub use schema::{layout_schema, product_schema};

/// What was found in some files.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Everything that is wrong, file by file.
    pub problems: Vec<Problem>,
    /// The texts of the files, by path.
    pub sources: Sources,
    /// How many product files were looked at.
    pub files: usize,
}

impl Report {
    /// Whether there is more than warnings.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity() == Severity::Error)
    }

    /// The problems, each with its line, in the manner of rustc.
    pub fn render(&self, colour: bool) -> String {
        render(&self.problems, &self.sources, colour)
    }
}

/// What a folder of signatures compiles to.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// All products and categories.
    pub bundle: Bundle,
    /// What could be better; no errors.
    pub warnings: Report,
}

/// Compiles `categories.yaml` and `products/*.yaml` of a folder. The report has at least one error.
pub fn compile(folder: &Path) -> Result<Compiled, Box<Report>> {
    let mut report = Report::default();
    let categories = categories(&folder.join("categories.yaml"), &mut report);
    let files = yaml_files(&folder.join("products"), &mut report);
    let Some(categories) = categories else { return Err(Box::new(report)) };

    let (products, read) = products(&files, &categories, Overlaps::default(), &mut report);
    if report.has_errors() {
        return Err(Box::new(report));
    }
    Ok(Compiled { bundle: Bundle { version: read, categories, products }, warnings: report })
}

/// Checks product files with their layouts, layouts, or all those in a folder, against these categories. Overlap is also looked for with the products of `others`, except
/// those that have the id of a file that is checked.
pub fn check_paths(paths: &[PathBuf], categories: &[Category], others: Option<&Bundle>) -> Report {
    let mut report = Report::default();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.append(&mut yaml_files(path, &mut report));
        } else {
            files.push(path.clone());
        }
    }
    let (mut layout_files, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| layout::is_layout(path));
    layout_files.extend(files.iter().flat_map(|file| layouts_of(file)));
    layout_files.sort();
    layout_files.dedup();

    let mut overlaps = Overlaps::default();
    let is_checked = |id: &str| files.iter().any(|file| file.file_stem().is_some_and(|stem| *stem == *id));
    let others: Vec<&Product> = others.into_iter().flat_map(|others| &others.products).filter(|other| !is_checked(&other.id)).collect();
    for other in &others {
        overlaps.know(other);
    }
    let (mut products, _) = products(&files, categories, overlaps, &mut report);
    products.extend(others.into_iter().cloned());
    read_layouts(&layout_files, &Bundle { products, ..Bundle::default() }, &mut report);
    report
}

/// The layouts of a folder of signatures, for the products in it. The report has at least one error.
pub fn layouts(folder: &Path, bundle: &Bundle) -> Result<Vec<Layout>, Box<Report>> {
    let mut report = Report::default();
    let files = yaml_files(&folder.join("layouts"), &mut report);
    let layouts = read_layouts(&files, bundle, &mut report);
    if report.has_errors() { Err(Box::new(report)) } else { Ok(layouts) }
}

fn read_layouts(files: &[PathBuf], bundle: &Bundle, report: &mut Report) -> Vec<Layout> {
    let mut layouts = Vec::new();
    for path in files {
        report.files += 1;
        let Some(read) = parsed::<LayoutFile>(path, report) else { continue };
        let mut file = Examined::new(path, report.sources.get(path).map(String::as_str).unwrap_or_default());
        layouts.push(layout::layout(&mut file, read, bundle));
        report.problems.append(&mut file.problems);
    }
    layouts
}

/// The layouts of a product that lies in a folder of signatures.
fn layouts_of(product: &Path) -> Vec<PathBuf> {
    let stem = product.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = product.parent().and_then(Path::parent).map(|folder| folder.join("layouts")).unwrap_or_default();
    let names = Os::ALL.map(|os| folder.join(format!("{stem}-{}.yaml", os.word())));
    names.into_iter().filter(|path| path.is_file()).collect()
}

fn categories(path: &Path, report: &mut Report) -> Option<Vec<Category>> {
    let categories: Vec<Category> = parsed(path, report)?;
    let mut problems = check::categories(path, &categories);
    let right = problems.is_empty();
    report.problems.append(&mut problems);
    right.then_some(categories)
}

/// The files in a folder, by name.
fn yaml_files(folder: &Path, report: &mut Report) -> Vec<PathBuf> {
    let unreadable = |what: &str| Problem::of_file(Code::Unreadable, folder, what.into(), "product files are called `<id>.yaml`");
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            report.problems.push(unreadable(&format!("the folder cannot be read: {}", error.kind())));
            return Vec::new();
        }
    };
    // `.yml` is read too, so that a wrong ending is told and not passed over.
    let is_yaml = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_yaml).collect();
    files.sort();
    if files.is_empty() {
        report.problems.push(unreadable("there is no product file in this folder"));
    }
    files
}

/// Checks files one by one and against each other. Gives the products by id, and the newest day on which a source was read.
fn products(files: &[PathBuf], categories: &[Category], mut overlaps: Overlaps, report: &mut Report) -> (Vec<Product>, String) {
    let mut ids: Vec<(String, &Path)> = Vec::new();
    let mut products = Vec::new();
    let mut newest = String::new();
    for path in files {
        report.files += 1;
        let Some(product) = parsed::<ProductFile>(path, report) else { continue };
        let text = report.sources.get(path).map(String::as_str).unwrap_or_default();
        let mut file = Examined::new(path, text);
        check::product(&mut file, &product, categories);
        if let Some((_, other)) = ids.iter().find(|(id, _)| *id == product.id.value) {
            let message = format!("{} has this id too", problem::shown_path(other));
            file.add(Code::DuplicateId, &product.id, message, "choose another id, or put the two together");
        }
        overlaps.check(&mut file, &product);
        ids.push((product.id.value.clone(), path));
        newest = product.sources.0.iter().map(|(_, page)| page.read.value.clone()).fold(newest, String::max);
        report.problems.append(&mut file.problems);
        products.extend(lower::product(product));
    }
    products.sort_by(|a, b| a.id.cmp(&b.id));
    (products, newest)
}

/// Reads and parses one file; whatever is wrong goes into the report.
fn parsed<T: serde::de::DeserializeOwned>(path: &Path, report: &mut Report) -> Option<T> {
    let result = read::text(path).and_then(|text| {
        let parsed = read::parse(path, &text);
        report.sources.insert(path.into(), text);
        parsed
    });
    result.map_err(|problem| report.problems.push(problem)).ok()
}
