//! The index: from a value of a fact to the indicators that name it, at a cost that does not grow with the number of products.

use globset::{GlobBuilder, GlobMatcher};
use rustc_hash::FxHashMap;

use crate::kinds::{Form, INDICATOR_KINDS, IndicatorKind, Normaliser, Os};
use crate::signature::Bundle;

/// Which indicator of which product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Named {
    pub(crate) product: u32,
    pub(crate) indicator: u32,
}

/// The indicators of one kind.
#[derive(Default)]
struct Table {
    exact: FxHashMap<Box<str>, Vec<Named>>,
    /// Folders with everything in them, and patterns, by the part before the first wildcard: a folder for paths, the first letters for
    /// names. A value asks only for its own beginnings, never for every pattern.
    by_start: FxHashMap<Box<str>, Vec<(Option<GlobMatcher>, Named)>>,
}

/// How many letters of a name with a wildcard stand before it at least.
pub const LETTERS_BEFORE_WILDCARD: usize = 3;

pub(crate) struct Index {
    normaliser: Normaliser,
    tables: Vec<Table>,
}

impl Index {
    pub(crate) fn new(bundle: &Bundle, os: Os, home: Option<&str>) -> Self {
        let normaliser = Normaliser::new(os, home);
        let mut tables: Vec<Table> = INDICATOR_KINDS.iter().map(|_| Table::default()).collect();
        for (product, entry) in bundle.products.iter().enumerate() {
            for (number, indicator) in entry.indicators.iter().enumerate().filter(|(_, indicator)| indicator.is_for(os)) {
                let (Ok(product), Ok(number)) = (u32::try_from(product), u32::try_from(number)) else { continue };
                let info = indicator.kind.info();
                let value = normaliser.value(info.form, &indicator.value);
                tables[indicator.kind as usize].add(info.form, &value, Named { product, indicator: number });
            }
        }
        Self { normaliser, tables }
    }

    pub(crate) fn normaliser(&self) -> &Normaliser {
        &self.normaliser
    }

    /// Gives every indicator that names this value.
    pub(crate) fn look_up(&self, kind: IndicatorKind, value: &str, mut give: impl FnMut(Named)) {
        let table = &self.tables[kind as usize];
        if table.exact.is_empty() && table.by_start.is_empty() {
            return;
        }
        let form = kind.info().form;
        let value = self.normaliser.value(form, value);
        let value = if form == Form::Path && value.len() > 1 { value.trim_end_matches('/') } else { &value };
        if let Some(named) = table.exact.get(value) {
            named.iter().copied().for_each(&mut give);
        }
        if table.by_start.is_empty() {
            return;
        }
        let mut ask = |start: &str| {
            for (glob, named) in table.by_start.get(start).into_iter().flatten() {
                if glob.as_ref().is_none_or(|glob| glob.is_match(value)) {
                    give(*named);
                }
            }
        };
        match form {
            Form::Path => {
                for (at, _) in value.match_indices('/').filter(|(at, _)| *at > 0) {
                    ask(&value[..at]);
                }
                // The folder itself.
                ask(value);
            }
            Form::Name => {
                if let Some(start) = value.get(..LETTERS_BEFORE_WILDCARD) {
                    ask(start);
                }
            }
            Form::Id => {}
        }
    }
}

impl Table {
    fn add(&mut self, form: Form, value: &str, named: Named) {
        let wildcard = if form == Form::Id { None } else { value.find(['*', '?', '[', '{']) };
        let Some(wildcard) = wildcard else {
            match value.strip_suffix('/').filter(|_| form == Form::Path) {
                Some(folder) => self.by_start.entry(folder.into()).or_default().push((None, named)),
                None => self.exact.entry(value.into()).or_default().push(named),
            }
            return;
        };
        let before = &value[..wildcard];
        let start = if form == Form::Path { before.rfind('/').map(|slash| &before[..slash]) } else { before.get(..LETTERS_BEFORE_WILDCARD) };
        // A folder with wildcards in its path means everything in it too. The checker refuses what cannot be indexed or parsed.
        let pattern = if form == Form::Path && value.ends_with('/') { format!("{{{},{value}**}}", value.trim_end_matches('/')) } else { value.to_owned() };
        if let (Some(start), Ok(glob)) = (start, GlobBuilder::new(&pattern).literal_separator(form == Form::Path).build()) {
            self.by_start.entry(start.into()).or_default().push((Some(glob.compile_matcher()), named));
        }
    }
}
