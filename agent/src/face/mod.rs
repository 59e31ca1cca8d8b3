//! The terminal's face: it says in plain words what the report holds, and judges nothing itself.

mod coverage;
mod history;
mod inventory;
mod product;
mod report;

use std::io::IsTerminal as _;
use std::ops::Deref;

use anstyle::{AnsiColor, Style};
use inzage_core::report::Level;
use inzage_core::signature::Bundle;

use crate::texts::Texts;
use crate::words::Words;
pub(crate) use crate::words::shown;

/// The width of a line of text, in columns.
const WIDTH: usize = 88;

/// Writes for one language and one terminal.
pub(crate) struct Face<'a> {
    words: Words<'a>,
    coloured: bool,
}

impl<'a> Face<'a> {
    pub(crate) fn new(texts: &'a Texts, bundle: &'a Bundle) -> Self {
        Self { words: Words::new(texts, bundle), coloured: may_colour() }
    }

    /// Whether colours may be used.
    pub(crate) const fn is_coloured(&self) -> bool {
        self.coloured
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
}

impl<'a> Deref for Face<'a> {
    type Target = Words<'a>;

    fn deref(&self) -> &Self::Target {
        &self.words
    }
}

/// Whether what is printed may have colours.
pub(crate) fn may_colour() -> bool {
    // https://no-color.org: any value that is not empty.
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    // A console of Windows understands colours only when it is asked to.
    std::io::stdout().is_terminal() && !unwanted && anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
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
