//! Before there is anything to show: the question, the look itself, or why there was none.

use super::{Moment, View};
use crate::page::{Action, Block, Page, Shape};

pub(super) fn page(view: &View) -> Page {
    let mut page = Page::new(view.t("page-overview"));
    match view.moment {
        Moment::First => {
            page.title = view.t("first-title");
            page.add(Block::Lead(view.t("first-what")));
            page.add(Block::Notice { title: view.t("ask-title"), text: view.t("ask-text"), shape: Shape::Alert, button: None });
            page.heading(view.t("ask-record-title"));
            page.text(view.t("first-record"));
            for (key, action) in [("first-keep", Action::Answer(true)), ("first-only-look", Action::Answer(false)), ("first-stop", Action::Close)] {
                page.add(Block::Button { title: view.t(key), action, is_primary: false });
            }
            page.add(Block::Quiet(view.t("first-answer")));
        }
        Moment::Looking(done, all) => {
            page.add(Block::Headline { title: view.t("looking-title"), text: view.t("looking-text"), shape: Shape::None, button: None });
            let percent = u8::try_from(done * 100 / (*all).max(1)).unwrap_or(100);
            let text =
                view.words.with("looking-progress", &[("done", inzage_agent::texts::Value::Count(*done)), ("all", inzage_agent::texts::Value::Count(*all))]);
            page.add(Block::Progress { title: view.t("looking-title"), text, percent });
        }
        Moment::Failed(why) => {
            page.add(Block::Notice { title: view.t("look-failed"), text: why.clone(), shape: Shape::Alert, button: Some((view.t("look-again"), Action::Look)) })
        }
        Moment::Seen(_) => {}
    }
    page
}
