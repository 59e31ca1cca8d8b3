//! The terminal's face: it says in plain words what the report holds, and judges nothing itself.

mod coverage;
mod history;
mod inventory;
mod product;
mod report;

use std::borrow::Cow;
use std::io::IsTerminal as _;

use anstyle::{AnsiColor, Style};
use inzage_core::report::Level;
use inzage_core::signature::{Bundle, Category};
use inzage_core::text;

use crate::texts::{Language, Texts, Value};

/// The width of a line of text, in columns.
const WIDTH: usize = 88;
/// The longest value of the computer that is shown on a line.
const LONGEST_VALUE: usize = 300;

/// Writes for one language and one terminal.
pub(crate) struct Face<'a> {
    texts: &'a Texts,
    bundle: &'a Bundle,
    coloured: bool,
}

impl<'a> Face<'a> {
    pub(crate) fn new(texts: &'a Texts, bundle: &'a Bundle) -> Self {
        Self { texts, bundle, coloured: may_colour() }
    }

    /// Whether colours may be used.
    pub(crate) const fn is_coloured(&self) -> bool {
        self.coloured
    }

    fn t(&self, key: &str) -> String {
        self.texts.get(key)
    }

    fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.texts.with(key, values)
    }

    fn styled(&self, style: Style, text: &str) -> String {
        if self.coloured { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn strong(&self, text: &str) -> String {
        self.styled(Style::new().bold(), text)
    }

    fn heading(&self, key: &str) -> String {
        format!("\n{}\n", self.strong(&self.t(key)))
    }

    /// A level as shape and word; the colour only repeats what these say.
    fn level(&self, level: Level, width: usize) -> String {
        // "Not found" has no colour of its own: green would read as safe.
        let (shape, style) = match level {
            Level::Seen => ("◆", AnsiColor::Red.on_default()),
            Level::On => ("●", AnsiColor::Red.on_default()),
            Level::Possible => ("◐", AnsiColor::Yellow.on_default()),
            Level::NotFound => ("○", Style::new()),
            Level::Unknown => ("?", AnsiColor::Cyan.on_default()),
        };
        let word = format!("{shape} {}", self.t(&format!("level-{}", level.word())));
        let padded = format!("{word}{}", " ".repeat(width.saturating_sub(word.chars().count())));
        self.styled(style, &padded)
    }

    fn category(&self, id: &str) -> Cow<'a, str> {
        self.bundle
            .categories
            .iter()
            .find(|category| category.id == id)
            .map_or_else(|| Cow::Owned(id.to_owned()), |category| Cow::Borrowed(self.label(category)))
    }

    fn label(&self, category: &'a Category) -> &'a str {
        match self.texts.language {
            Language::Nl => &category.nl.label,
            Language::En => &category.en.label,
        }
    }

    /// The name of a product, or the text of an observation.
    fn who(&self, id: &str) -> String {
        match self.bundle.products.iter().find(|product| product.id == id) {
            Some(product) => product.name.clone(),
            None => self.t(&format!("observation-{id}")),
        }
    }

    fn names(&self, ids: &[String]) -> String {
        ids.iter().map(|id| self.who(id)).collect::<Vec<_>>().join(", ")
    }
}

/// Whether what is printed may have colours.
pub(crate) fn may_colour() -> bool {
    // https://no-color.org: any value that is not empty.
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    // A console of Windows understands colours only when it is asked to.
    std::io::stdout().is_terminal() && !unwanted && anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

/// Text from the computer, fit to show.
fn shown(value: &str) -> Cow<'_, str> {
    text::for_terminal(value, LONGEST_VALUE)
}

/// Wraps a text, every line indented. Words from the computer are made fit to show before they come here.
pub(crate) fn wrap(text: &str, indent: usize) -> String {
    let space = " ".repeat(indent);
    let options = options().initial_indent(&space).subsequent_indent(&space);
    text.lines().map(|line| textwrap::fill(line, &options)).collect::<Vec<_>>().join("\n")
}

/// Wraps a text behind a mark such as `-`.
fn item(mark: &str, text: &str, indent: usize) -> String {
    let first = format!("{}{mark} ", " ".repeat(indent));
    let rest = " ".repeat(first.chars().count());
    textwrap::fill(text, options().initial_indent(&first).subsequent_indent(&rest))
}

/// Lines end between words only: an address or path that is cut at a hyphen cannot be copied.
pub(crate) fn options<'a>() -> textwrap::Options<'a> {
    textwrap::Options::new(WIDTH).break_words(false).word_splitter(textwrap::WordSplitter::NoHyphenation)
}
