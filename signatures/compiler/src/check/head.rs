//! The id and the texts.

use inzage_core::text::is_unprintable;
use serde_saphyr::Spanned;

use super::Examined;
use crate::format::ProductFile;
use crate::problem::{Code, shown};

/// Texts about a product must be shown in these languages.
const LANGUAGES: [&str; 2] = ["en", "nl"];
const ABOUT_LIMIT: usize = 300;
/// Inzage says what can be observed, and never whether that is right.
const JUDGEMENTS: [&str; 7] = ["illegal", "illegaal", "spy", "spied", "safe", "veilig", "bespied"];

pub(super) fn check(file: &mut Examined<'_>, product: &ProductFile) {
    id(file, &product.id);
    text(file, &product.name, "name");
    text(file, &product.vendor, "vendor");
    for former in &product.formerly {
        text(file, former, "old name");
    }
    if let Some(homepage) = &product.homepage {
        address(file, homepage);
    }
    for language in LANGUAGES {
        if product.about.value.get(language).is_none() {
            let message = format!("`about` has no text in `{language}`");
            file.add(Code::AboutMissing, &product.about, message, "say in one or two plain sentences what the product does to a worker");
        }
    }
    for (language, about) in &product.about.value.0 {
        text(file, about, &format!("text in `{}`", language.value.escape_debug()));
        let length = about.value.chars().count();
        if length > ABOUT_LIMIT {
            file.add(Code::AboutTooLong, about, format!("this text has {length} characters"), format!("use at most {ABOUT_LIMIT}"));
        }
        let words = about.value.split(|c: char| !c.is_alphanumeric());
        for judgement in words.filter(|word| JUDGEMENTS.contains(&word.to_lowercase().as_str())) {
            let message = format!("{} passes a judgement", shown(judgement));
            file.add(Code::ForbiddenWord, about, message, "say only what can be observed; whether that is right is not ours to say");
        }
    }
}

fn id(file: &mut Examined<'_>, id: &Spanned<String>) {
    let well_formed = id.value.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if !well_formed || id.value.len() > 64 {
        let help = "use lower-case letters and digits, with single hyphens between them, at most 64";
        file.add(Code::BadId, id, format!("{} cannot be an id", shown(&id.value)), help);
    } else if file.path.file_name().is_none_or(|name| *name != *format!("{}.yaml", id.value)) {
        file.add(Code::IdNotFileName, id, "the id is not the name of the file", format!("name the file `{}.yaml`", id.value));
    }
}

/// A text that people will see.
pub(super) fn text(file: &mut Examined<'_>, value: &Spanned<String>, what: &str) {
    if value.value.trim().is_empty() {
        file.add(Code::EmptyText, value, format!("the {what} is empty"), "write it, or leave the field out if it may be");
    } else if value.value.chars().any(is_unprintable) {
        let help = "take out line ends, control characters and invisible characters; after `>` or `|` write `-`";
        file.add(Code::Unprintable, value, format!("the {what} has characters that cannot be shown"), help);
    }
}

/// The address of a page.
pub(super) fn address(file: &mut Examined<'_>, url: &Spanned<String>) {
    let rest = url.value.strip_prefix("https://").or_else(|| url.value.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let bad = !host.contains('.') || url.value.chars().any(|c| c.is_whitespace() || is_unprintable(c) || matches!(c, '<' | '>' | '"'));
    if bad {
        file.add(Code::BadAddress, url, format!("{} is not the address of a page", shown(&url.value)), "write it in full, starting with https:// or http://");
    }
}
