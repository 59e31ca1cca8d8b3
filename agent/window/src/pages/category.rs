//! One kind of data: what it means, who could see it here, what the rules ask, and what to ask oneself.

use inzage_agent::texts::Value;
use inzage_core::report::Level;
use inzage_core::signature::VisibleHere;

use super::{Seen, View, programs};
use crate::page::{Action, Block, Page, Place, Row, Shape};

pub(super) fn page(view: &View, seen: &Seen, id: &str, title: String) -> Page {
    let mut page = Page::new(title);
    let category = view.words.bundle().categories.iter().find(|category| category.id == id);
    let exposure = seen.report.exposure.iter().find(|one| one.category == id);
    let (Some(category), Some(exposure)) = (category, exposure) else {
        page.text(view.t("program-gone"));
        return page;
    };
    let level = exposure.level;
    view.words.label(category).clone_into(&mut page.title);
    page.add(Block::Headline {
        title: format!("{}: {}", view.words.label(category), view.level(level)),
        // What it means is no claim that it happens.
        text: view.words.with("category-means", &[("text", Value::Text(view.words.explanation(category)))]),
        shape: Shape::Level(level),
        button: None,
    });
    page.text(view.t(&format!("level-{}-explained", level.word())));
    page.heading(view.t("category-who"));
    if exposure.by.is_empty() && exposure.others.is_empty() {
        page.text(view.t("category-nobody"));
    }
    for id in &exposure.by {
        add_by(view, seen, id, &mut page);
    }
    if !exposure.others.is_empty() {
        page.add(Block::Quiet(view.t("category-others")));
        for id in &exposure.others {
            add_by(view, seen, id, &mut page);
        }
    }
    page.heading(view.t("category-sight"));
    page.text(view.t(match category.visible_here {
        VisibleHere::Mostly => "visible-mostly",
        VisibleHere::Partly => "visible-partly",
        VisibleHere::Rarely => "visible-rarely",
    }));
    if !exposure.blind.is_empty() {
        page.add(Block::Quiet(view.t("category-blind")));
        let names = exposure.blind.iter().map(|source| view.t(&format!("source-{}", source.word())));
        page.text(names.collect::<Vec<_>>().join(" · "));
        page.add(Block::Button { title: view.t("see-unseen"), action: Action::Go(Place::Unseen), is_primary: false });
    }
    page.heading(view.t("category-rules"));
    page.text(view.t(&format!("category-rules-{id}")));
    page.text(view.t("rules-general"));
    page.add(Block::Quiet(view.t(&format!("category-rules-source-{id}"))));
    page.add(Block::Quiet(view.t("rules-who-checked")));
    page.heading(view.t("category-ask"));
    page.text(view.t(&format!("category-ask-{id}")));
    page
}

/// A program or an observation that gives a category its level.
fn add_by(view: &View, seen: &Seen, id: &str, page: &mut Page) {
    let alike: Vec<_> = seen.report.observations.iter().filter(|one| one.id == id).collect();
    let finding = seen.report.findings.iter().find(|finding| finding.product == id);
    page.add(Block::Row(match (finding, alike.first()) {
        (Some(finding), _) => programs::row(view, finding),
        (None, Some(first)) => programs::observation_row(view, first, &alike),
        (None, None) => Row {
            title: view.words.who(id),
            text: String::new(),
            note: String::new(),
            shape: Shape::Level(Level::Unknown),
            action: Action::Go(Place::Programs),
        },
    }));
}
