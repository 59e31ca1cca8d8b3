//! One look at a computer: its inventory, and the report of that.

use std::path::PathBuf;
use std::time::Instant;

use inzage_core::collect::{self, CollectError, Trouble};
use inzage_core::inventory::Inventory;
use inzage_core::kinds::Os;
use inzage_core::report::{self, Report};

use crate::log;
use crate::texts::{Texts, Value};

/// What to look at.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder that is the root of a computer; nothing for this one.
    pub root: Option<PathBuf>,
    /// The family of systems.
    pub os: Os,
    /// Whose home to look into; nothing for that of the one who runs the program.
    pub user: Option<String>,
}

impl Request {
    /// This computer.
    pub const fn here() -> Self {
        Self { root: None, os: Os::current(), user: None }
    }
}

/// Looks; `at` is told how many sources are done, of how many. The error is in the worker's language.
pub fn inventory(request: Request, texts: &Texts, at: &(dyn Fn(usize, usize) + Sync)) -> anyhow::Result<Inventory> {
    let Request { root, os, user } = request;
    let request = collect::Request { root, os, user, wanted: inzage_signatures::embedded().wanted(os), time: collect::Request::USUAL_TIME };
    let begun = Instant::now();
    let inventory = collect::collect(&request, env!("CARGO_PKG_VERSION"), at).map_err(|error| explain(&error, texts))?;
    log::looked(&inventory, begun.elapsed());
    Ok(inventory)
}

/// What that inventory shows.
pub fn report(inventory: &Inventory) -> Report {
    report::build(inventory, inzage_signatures::embedded(), &inzage_signatures::sha256())
}

/// Why no look could be made, in the worker's language.
fn explain(error: &CollectError, texts: &Texts) -> anyhow::Error {
    anyhow::Error::msg(match error {
        CollectError::Root { path, cause } => {
            let why = if *cause == Trouble::Denied { "root-denied" } else { "root-absent" };
            texts.with(why, &[("path", Value::Text(&path.display().to_string()))])
        }
        CollectError::NoSuchUser(name) => texts.with("no-such-user", &[("name", Value::Text(name))]),
        other => other.to_string(),
    })
}
