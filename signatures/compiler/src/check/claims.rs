//! What a product can observe.

use inzage_core::signature::{Category, Class, Proves, Visibility, When};

use super::Examined;
use crate::format::ProductFile;
use crate::problem::{Code, shown};

/// The questions that everybody asks first of a product made to follow people.
const FIRST: [&str; 4] = ["login_times", "app_time", "input_activity", "websites"];

const fn must_answer(class: Class) -> bool {
    matches!(class, Class::EmployeeMonitoring | Class::TimeTracking | Class::Keylogger | Class::ParentalControl | Class::Proctoring)
}

pub(super) fn check(file: &mut Examined<'_>, product: &ProductFile, categories: &[Category]) {
    let known = |id: &str| categories.iter().any(|category| category.id == id);
    let help = "categories.yaml has the ids";

    for (at, claim) in product.observes.iter().enumerate() {
        let category = &claim.category;
        if !known(&category.value) {
            file.add(Code::UnknownCategory, category, format!("there is no category {}", shown(&category.value)), help);
        }
        if product.observes[..at].iter().any(|other| other.category.value == category.value) {
            file.add(Code::CategoryTwice, category, "this category was answered above", "leave one answer");
        }
        match (claim.when, &claim.source, &claim.at) {
            (When::Undocumented, Some(said), _) | (When::Undocumented, None, Some(said)) => {
                let help = "`undocumented` means that no page says so; if this page does, write `always` or `optional`";
                file.add(Code::UndocumentedWithSource, said, "a source for what no page says", help);
            }
            (When::Always | When::Optional, None, _) => {
                let help = "name the page where you read it; if no page says so, write `when: undocumented`";
                file.add(Code::ClaimWithoutSource, category, "this claim has no source", help);
            }
            (When::Always | When::Optional, Some(_), None) => {
                let help = "add `at`: the heading, setting or row where a reader finds it at once";
                file.add(Code::ClaimWithoutPlace, category, "this claim does not say where on the page", help);
            }
            _ => {}
        }
    }

    let visibility = &product.visibility;
    let place = (&product.visibility_source, &product.visibility_at);
    match (visibility.value, place) {
        (Visibility::Undocumented, (None, None)) | (Visibility::Visible | Visibility::Hidden | Visibility::Either, (Some(_), Some(_))) => {}
        (Visibility::Undocumented, (Some(said), _) | (_, Some(said))) => {
            file.add(Code::UndocumentedWithSource, said, "a source for what no page says", "leave it out, or write what that page says");
        }
        _ => {
            let help = "add `visibility_source` and `visibility_at`; if no page says so, write `visibility: undocumented`";
            file.add(Code::VisibilityWithoutSource, visibility, "whether the person at the computer sees it has no source and place", help);
        }
    }

    if must_answer(product.class) {
        for first in FIRST.into_iter().filter(|first| product.observes.iter().all(|claim| claim.category.value != *first)) {
            let message = format!("`observes` does not answer `{first}`");
            let help = format!("products of the class {} must answer it; where no page says so, write `when: undocumented`", product.class.word());
            file.add(Code::Unanswered, &product.id, message, help);
        }
    }

    for proves in product.indicators.iter().filter_map(|indicator| indicator.proves.as_ref()) {
        if let Proves::Category(id) = &proves.value
            && !known(id)
        {
            let message = format!("there is no category {}", shown(id));
            file.add(Code::UnknownCategory, proves, message, "write nothing, present, autostart, enabled, running, or the id of a category");
        }
    }
}
