//! From the file as it is written to the form that the program uses.

use inzage_core::signature::{Card, Cite, Indicator, Observes, Page, Product};
use serde_saphyr::Spanned;

use crate::format::{ProductFile, SourcePage, Table};

/// The product of a file; none if it names a source that it does not have, which is an error that the checks report.
pub(crate) fn product(file: ProductFile) -> Option<Product> {
    let sources = &file.sources;
    let observes = file.observes.into_iter().map(|claim| {
        let cite = match claim.source {
            Some(source) => Some(cite(sources, &source, claim.at)?),
            None => None,
        };
        Some(Observes { category: claim.category.value, when: claim.when, cite })
    });
    let observes = observes.collect::<Option<_>>()?;
    let indicators = file.indicators.into_iter().map(|trace| {
        Some(Indicator {
            kind: trace.kind,
            value: trace.value.value,
            os: trace.os.0,
            part: trace.part,
            proves: trace.proves.map(|proves| proves.value),
            strength: trace.strength.value,
            generic: trace.generic,
            cite: cite(sources, &trace.source, trace.at)?,
        })
    });
    let indicators = indicators.collect::<Option<_>>()?;
    let visibility_cite = match file.visibility_source {
        Some(source) => Some(cite(sources, &source, file.visibility_at)?),
        None => None,
    };
    let page = |page: SourcePage| Page { url: page.url.value, title: page.title.value, read: page.read.value };
    let card = Card {
        homepage: file.homepage.map(|page| page.value),
        formerly: file.formerly.into_iter().map(|former| former.value).collect(),
        visibility: file.visibility.value,
        visibility_cite,
        about: file.about.value.0.into_iter().map(|(language, text)| (language.value, text.value)).collect(),
        observes,
        sought: file.sought.into_iter().map(|place| place.value).collect(),
        pages: file.sources.0.into_iter().map(|(_, source)| page(source)).collect(),
    };
    Some(Product {
        id: file.id.value,
        name: file.name.value,
        vendor: file.vendor.value,
        class: file.class,
        group: file.group.unwrap_or_else(|| file.class.usual_group()),
        indicators,
        card: card.into(),
    })
}

fn cite(sources: &Table<SourcePage>, key: &Spanned<String>, at: Option<Spanned<String>>) -> Option<Cite> {
    let page = sources.0.iter().position(|(own, _)| own.value == key.value)?;
    let at = at.or_else(|| sources.0[page].1.at.clone());
    Some(Cite { page: u16::try_from(page).ok()?, at: at.map(|at| at.value) })
}
