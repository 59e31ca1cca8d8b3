//! Where things were read.

use time::macros::format_description;

use super::{Examined, head};
use crate::format::ProductFile;
use crate::problem::{Code, shown};

pub(super) fn check(file: &mut Examined<'_>, product: &ProductFile) {
    for (_, page) in &product.sources.0 {
        head::text(file, &page.title, "title");
        head::address(file, &page.url);
        let day = time::Date::parse(&page.read.value, format_description!("[year]-[month]-[day]"));
        if day.is_err() {
            file.add(Code::BadDate, &page.read, format!("{} is not a day", shown(&page.read.value)), "write it as YYYY-MM-DD");
        }
    }

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
    let places = product.observes.iter().map(|claim| &claim.at).chain(product.indicators.iter().map(|indicator| &indicator.at));
    for at in places.flatten() {
        head::text(file, at, "place on the page");
    }
}
