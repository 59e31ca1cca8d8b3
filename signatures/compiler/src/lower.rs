//! From the file as it is written to the form that the program uses.

use inzage_core::signature::{Cite, Indicator, Observes, Product};
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
        Some(source) => Some(cite(sources, &source, None)?),
        None => None,
    };
    Some(Product {
        id: file.id.value,
        name: file.name.value,
        vendor: file.vendor.value,
        homepage: file.homepage.map(|page| page.value),
        formerly: file.formerly.into_iter().map(|former| former.value).collect(),
        class: file.class,
        group: file.group.unwrap_or_else(|| file.class.usual_group()),
        visibility: file.visibility,
        visibility_cite,
        about: file.about.value.0.into_iter().map(|(language, text)| (language.value, text.value)).collect(),
        observes,
        indicators,
    })
}

fn cite(sources: &Table<SourcePage>, key: &Spanned<String>, at: Option<Spanned<String>>) -> Option<Cite> {
    let page = sources.get(&key.value)?;
    Some(Cite { url: page.url.value.clone(), at: at.map(|at| at.value), read: page.read.value.clone() })
}
