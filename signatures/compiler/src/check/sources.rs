//! Where things were read.

use serde_saphyr::Spanned;
use time::macros::format_description;

use super::{Examined, head};
use crate::format::{ProductFile, SourcePage};
use crate::problem::{Code, shown};

pub(super) fn check(file: &mut Examined<'_>, product: &ProductFile) {
    product.sources.0.iter().for_each(|(_, source)| page(file, source));

    let claimed = product.observes.iter().filter_map(|claim| claim.source.as_ref());
    let used: Vec<_> = claimed.chain(&product.visibility_source).chain(product.indicators.iter().map(|indicator| &indicator.source)).collect();
    for source in &used {
        if product.sources.get(&source.value).is_none() {
            file.add(
                Code::UnknownSource,
                source,
                format!("there is no source {}", shown(&source.value)),
                "add it to `sources`, with the day on which you read it",
            );
        }
    }
    for (key, _) in &product.sources.0 {
        if !used.iter().any(|source| source.value == key.value) {
            file.add(Code::UnusedSource, key, "nothing in this file was read here", "take it out, or name it where it was read");
        }
    }
    for place in &product.sought {
        head::text(file, place, "place that was looked at");
    }
    if product.indicators.is_empty() && product.sought.is_empty() {
        let help = "add `sought`: the places where a trace was looked for in vain, so that nobody looks there again";
        file.add(Code::NothingSought, &product.id, "there is no indicator, and nothing tells where one was looked for", help);
    }
    let places = product.observes.iter().map(|claim| &claim.at).chain(product.indicators.iter().map(|indicator| &indicator.at));
    for at in places.flatten() {
        head::text(file, at, "place on the page");
    }
}

/// Checks one page on which something was read.
pub(crate) fn page(file: &mut Examined<'_>, page: &SourcePage) {
    head::text(file, &page.title, "title");
    head::address(file, &page.url);
    openable(file, &page.url);
    if let Some(at) = &page.at {
        head::text(file, at, "place on the page");
    }
    if time::Date::parse(&page.read.value, format_description!("[year]-[month]-[day]")).is_err() {
        file.add(Code::BadDate, &page.read, format!("{} is not a day", shown(&page.read.value)), "write it as YYYY-MM-DD");
    }
}

/// Sites whose pages vanish, change with every look, or can be written by anybody without a name.
const NOT_TO_BE_FOLLOWED: [&str; 14] = [
    "gist.github.com",
    "gist.githubusercontent.com",
    "pastebin.com",
    "paste.ee",
    "ghostbin.com",
    "hastebin.com",
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "www.google.com",
    "duckduckgo.com",
    "www.bing.com",
    "localhost",
];

/// A reader must be able to open a source, and find there what was read.
fn openable(file: &mut Examined<'_>, url: &Spanned<String>) {
    let Some((_, rest)) = url.value.split_once("://") else { return };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if NOT_TO_BE_FOLLOWED.contains(&host) || path.starts_with("search?") {
        let help = "name the page itself: the maker's, a package's, or a file of a public repository at a commit";
        file.add(Code::DeadFormSource, url, format!("a reader cannot follow a source on {host}"), help);
    }
    let names_commit = |path: &str| path.split('/').nth(3).is_some_and(|reference| reference.len() >= 7 && reference.bytes().all(|b| b.is_ascii_hexdigit()));
    if host == "github.com" && (path.contains("/blob/") || path.contains("/tree/")) && !names_commit(path) {
        file.add(Code::MovingSource, url, "this file changes under its address", "name the commit instead of the branch");
    }
}
