//! What can be wrong with a file, and where.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use inzage_core::text;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The files still compile.
    Warning,
    /// The files do not compile.
    Error,
}

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $id:literal, $severity:ident; )*) => {
        /// Which problem it is. The codes are stable: one that is no longer used is not given out again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $( $(#[doc = $doc])+ $name, )*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as it is shown, such as `E010`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The file is not YAML.
    Syntax = "E001", Error;
    /// A field, or a word for one of a fixed set of values, that does not exist.
    UnknownWord = "E002", Error;
    /// A value of the wrong type, or a field that is missing.
    WrongType = "E003", Error;
    /// There is no such file, or it cannot be read.
    Unreadable = "E004", Error;
    /// The file is larger than any product file can be.
    TooLarge = "E005", Error;
    /// The file is not UTF-8.
    NotUtf8 = "E006", Error;

    /// The id is not the name of the file.
    IdNotFileName = "E010", Error;
    /// The id has other characters than lower-case letters, digits and hyphens.
    BadId = "E011", Error;
    /// Two files have the same id.
    DuplicateId = "E012", Error;

    /// A text is empty.
    EmptyText = "E020", Error;
    /// The text about the product is missing in a language.
    AboutMissing = "E021", Error;
    /// The text about the product is too long.
    AboutTooLong = "E022", Error;
    /// A text passes a judgement.
    ForbiddenWord = "E023", Error;
    /// A text has characters that cannot be shown.
    Unprintable = "E024", Error;
    /// An address is not absolute.
    BadAddress = "E025", Error;

    /// A source is named that is not in `sources`.
    UnknownSource = "E030", Error;
    /// Nothing was read in a source.
    UnusedSource = "E031", Warning;
    /// The day on which a source was read is not a date.
    BadDate = "E032", Error;

    /// A source that a reader cannot open or that is a page of today only.
    DeadFormSource = "E033", Error;
    /// A source that can change under its address.
    MovingSource = "E034", Warning;

    /// A claim without a source.
    ClaimWithoutSource = "E040", Error;
    /// A source for what no page says.
    UndocumentedWithSource = "E041", Error;
    /// A category that does not exist.
    UnknownCategory = "E042", Error;
    /// Two claims about one category.
    CategoryTwice = "E043", Error;
    /// One of the four first categories is not answered.
    Unanswered = "E044", Error;

    /// A claim without the place on the page.
    ClaimWithoutPlace = "E045", Error;
    /// The visibility without its source and place.
    VisibilityWithoutSource = "E046", Error;

    /// A pattern that cannot be understood.
    BadPattern = "E050", Error;
    /// A path that is not absolute.
    NotAbsolute = "E051", Error;
    /// A pattern that matches things of other programs.
    PatternTooBroad = "E052", Error;
    /// A path that other programs share.
    PathTooBroad = "E053", Error;
    /// Stronger than this kind of indicator can be.
    TooStrong = "E054", Error;
    /// A package without a known manager.
    BadPackage = "E055", Error;
    /// A unit without its ending.
    BadUnit = "E056", Error;
    /// An extension id of an unknown form.
    BadExtension = "E057", Error;
    /// A certificate that is not a SHA-256.
    BadCertificate = "E058", Error;
    /// A name that other programs have too.
    CommonName = "E059", Error;
    /// Strong and generic at once.
    StrongGeneric = "E060", Error;
    /// What is left behind cannot be strong.
    StrongRemains = "E061", Error;
    /// The same indicator twice.
    DuplicateIndicator = "E062", Error;
    /// Two products have the same indicator.
    Overlap = "E063", Error;
    /// The product can never be confirmed.
    NeverConfirmed = "E064", Error;
    /// An indicator that can never match.
    NeverMatches = "E065", Error;
    /// One trace for the part that observes and for another part.
    PartsShareIndicator = "E066", Error;
    /// A wildcard where none is allowed.
    BadWildcard = "E067", Error;
    /// A desktop entry without its ending.
    BadDesktopEntry = "E068", Error;

    /// No indicator, and no word of where one was looked for.
    NothingSought = "E070", Error;
    /// A GUID that is none.
    BadGuid = "E071", Error;
    /// The id of an Apple developer that is none.
    BadTeamId = "E072", Error;
    /// A registry key that programs share.
    BadRegistryKey = "E073", Error;
    /// A name that depends on the language of the system, or on the version.
    LanguageDependent = "E074", Error;

    /// A category with a bad id, or two with the same.
    BadCategory = "E080", Error;

    /// A layout of a product that does not exist.
    LayoutOfNothing = "E090", Error;
    /// Something in a layout that is no fact.
    BadFact = "E091", Error;
    /// A layout in which nothing is.
    LayoutEmpty = "E092", Error;
    /// A layout that does not confirm its product.
    LayoutNotFound = "E093", Warning;
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which problem.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The file.
    pub file: PathBuf,
    /// The bytes of the file that are wrong; none if it could not be read.
    pub span: Option<Range<usize>>,
    /// Line of the start of the span, from 1; 0 without a span.
    pub line: usize,
    /// Column of the start of the span in characters, from 1; 0 without a span.
    pub column: usize,
}

impl Problem {
    /// A problem of a whole file.
    pub(crate) fn of_file(code: Code, file: &Path, message: String, help: impl Into<String>) -> Self {
        Self { code, message, help: help.into(), file: file.into(), span: None, line: 0, column: 0 }
    }

    /// A problem at a place in a file with this text.
    pub(crate) fn at(code: Code, file: &Path, text: &str, span: Range<usize>, message: String, help: impl Into<String>) -> Self {
        let start = text.floor_char_boundary(span.start);
        let end = text.floor_char_boundary(span.end.max(start));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        Self { code, message, help: help.into(), file: file.into(), span: Some(start..end), line, column }
    }

    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}:{}:{}: {severity}[{}]: {}", shown_path(&self.file), self.line, self.column, self.code.id(), self.message)
    }
}

/// The texts of the files that were read.
pub type Sources = BTreeMap<PathBuf, String>;

/// A value out of a file, fit for a message of one line.
pub(crate) fn shown(value: &str) -> String {
    format!("`{}`", text::for_terminal(value, 80))
}

/// A path, fit for a message of one line.
pub(crate) fn shown_path(path: &Path) -> String {
    text::for_terminal(&text::from_bytes(path.as_os_str().as_encoded_bytes()), 500).into_owned()
}
