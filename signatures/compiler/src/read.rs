//! Reading and parsing files of which nothing is known.

use std::fs::File;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_saphyr::{Error, Location, Spanned};

use crate::problem::{Code, Problem, shown};

/// No product file comes near this size; anything larger is something else.
const LIMIT: u64 = 1024 * 1024;

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String, Problem> {
    let unreadable = |why: &str| Problem::of_file(Code::Unreadable, path, format!("the file cannot be read: {why}"), "check the path and the permissions");
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error.kind().to_string()))?;
    // Opening a pipe would wait for ever.
    if !metadata.is_file() {
        return Err(unreadable("it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes)).map_err(|error| unreadable(&error.kind().to_string()))?;
    if bytes.len() as u64 > LIMIT {
        let help = "write one product per file and leave out what the format does not ask for";
        return Err(Problem::of_file(Code::TooLarge, path, "the file is larger than 1 MB".into(), help));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].split(|byte| *byte == b'\n').count();
        Problem::of_file(Code::NotUtf8, path, format!("line {line} is not UTF-8"), "save the file as UTF-8")
    })
}

/// The value that a YAML text describes.
pub(crate) fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Problem> {
    // Nesting is limited because a product file is four levels deep; without a limit the stack is what ends it.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: 32, max_nodes: 100_000, max_aliases: 100 },
        with_snippet: false,
        strict_booleans: true,
        reject_unsupported_tags: true,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| problem(path, text, &error))
}

fn problem(path: &Path, text: &str, error: &Error) -> Problem {
    let error = error.without_snippet();
    let span = error.location().map_or(0..0, |location| span_in(text, location));
    let help_syntax = "check indentation, quotes and brackets; a text with `: ` or ` #` in it needs quotes";
    let help_type = "FORMAT.md and the JSON Schema say what this field holds";
    let (code, message, help) = match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            (Code::UnknownWord, format!("there is no field {}", shown(field)), format!("the fields here are {}", expected.join(", ")))
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            (Code::UnknownWord, format!("there is no word {} here", shown(variant)), format!("the words here are {}", expected.join(", ")))
        }
        Error::SerdeMissingField { field, .. } => (Code::WrongType, format!("the field `{field}` is missing"), "add it; FORMAT.md says what it holds".into()),
        Error::Unexpected { expected: "string scalar", .. } => (Code::WrongType, "one text is expected here".into(), help_type.into()),
        Error::Unexpected { expected: "mapping start", .. } => (Code::WrongType, "fields are expected here".into(), help_type.into()),
        Error::Unexpected { expected: "sequence start", .. } => (Code::WrongType, "a list is expected here".into(), help_type.into()),
        Error::Unexpected { .. }
        | Error::InvalidScalar { .. }
        | Error::InvalidBooleanStrict { .. }
        | Error::NullIntoString { .. }
        | Error::SerdeInvalidType { .. }
        | Error::SerdeInvalidValue { .. }
        | Error::SerdeInvalidLength { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. }
        | Error::ExpectedStringKeyForExternallyTaggedEnum { .. }
        | Error::ExternallyTaggedEnumExpectedScalarOrMapping { .. }
        | Error::UnexpectedValueForUnitEnumVariant { .. }
        | Error::UnexpectedValueForUnit { .. } => (Code::WrongType, said(error), help_type.into()),
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or_default();
            (Code::Syntax, format!("{} is there twice", shown(key)), "leave one".into())
        }
        Error::MultipleDocuments { .. } => (Code::Syntax, "there is a second document".into(), "write one product per file, without `---`".into()),
        Error::Eof { .. } => (Code::Syntax, "the file ends too early".into(), help_syntax.into()),
        Error::Budget { .. } => {
            (Code::Syntax, "the file is nested too deeply or has too many values".into(), "FORMAT.md shows what a product file looks like".into())
        }
        _ => (Code::Syntax, said(error), help_syntax.into()),
    };
    Problem::at(code, path, text, span, message, help)
}

/// The parser's own words, without the place that it puts behind them.
fn said(error: &Error) -> String {
    let words = error.to_string();
    let words = words.rfind(" at line ").map_or(words.as_str(), |at| &words[..at]);
    inzage_core::text::for_terminal(words, 200).into_owned()
}

/// The bytes of a value out of the file.
pub(crate) fn span_of<T>(text: &str, value: &Spanned<T>) -> Range<usize> {
    span_in(text, value.defined)
}

fn span_in(text: &str, location: Location) -> Range<usize> {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let span = location.span();
    let start = span.byte_offset().map_or_else(|| offset(text, number(location.line()), number(location.column())), number).min(text.len());
    let end = start.saturating_add(span.byte_len().map_or(0, number)).min(text.len());
    // A block of several lines is pointed at by its first.
    let end = text.get(start..end).and_then(|part| part.find('\n')).map_or(end, |line| start + line);
    start..end
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}
