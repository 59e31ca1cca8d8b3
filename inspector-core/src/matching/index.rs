//! The index: from a value of a fact to the indicators that name it, at a cost that does not grow with the number of products.

use std::sync::OnceLock;

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
///
/// A value asks only for what it could be: itself, the folders above it, and the patterns that share a name with it. How many other
/// indicators there are makes no difference to it.
#[derive(Default)]
struct Table {
    exact: FxHashMap<Box<str>, Vec<Named>>,
    /// Folders with everything in them.
    folders: FxHashMap<Box<str>, Vec<Named>>,
    /// The longest of these: a hostile file may give a value with a million folders in it.
    longest_folder: usize,
    /// Patterns, by the rarest of their [`marks`].
    patterns: FxHashMap<Box<str>, Vec<Pattern>>,
}

struct Pattern {
    /// What stands before the first wildcard. Comparing it costs little and settles most cases.
    start: Box<str>,
    form: Form,
    whole: Box<str>,
    /// Made when it is first asked for: making one costs more than a whole look-up, and most are never asked.
    glob: OnceLock<Option<GlobMatcher>>,
    named: Named,
}

impl Pattern {
    fn fits(&self, value: &str) -> bool {
        let make = || GlobBuilder::new(&self.whole).literal_separator(self.form == Form::Path).build().ok().map(|glob| glob.compile_matcher());
        // The checker refuses what cannot be parsed.
        value.starts_with(&*self.start) && self.glob.get_or_init(make).as_ref().is_some_and(|glob| glob.is_match(value))
    }
}

/// How many letters of a name with a wildcard stand before it at least.
pub const LETTERS_BEFORE_WILDCARD: usize = 3;

/// The signs of a pattern; the checker refuses others.
const WILDCARDS: [char; 2] = ['*', '?'];

pub(crate) struct Index {
    normaliser: Normaliser,
    tables: Vec<Table>,
}

impl Index {
    pub(crate) fn new(bundle: &Bundle, os: Os, home: Option<&str>) -> Self {
        let normaliser = Normaliser::new(os, home);
        let mut tables: Vec<Table> = INDICATOR_KINDS.iter().map(|_| Table::default()).collect();
        let mut patterns: Vec<Vec<(String, Named)>> = INDICATOR_KINDS.iter().map(|_| Vec::new()).collect();
        for (product, entry) in bundle.products.iter().enumerate() {
            for (number, indicator) in entry.indicators.iter().enumerate().filter(|(_, indicator)| indicator.is_for(os)) {
                let (Ok(product), Ok(number)) = (u32::try_from(product), u32::try_from(number)) else { continue };
                let info = indicator.kind.info();
                let value = normaliser.value(info.form, &indicator.value);
                let named = Named { product, indicator: number };
                let table = &mut tables[indicator.kind as usize];
                if matches!(info.form, Form::Path | Form::Name) && value.contains(WILDCARDS) {
                    patterns[indicator.kind as usize].push((value.into_owned(), named));
                } else if let Some(folder) = value.strip_suffix('/').filter(|_| info.form == Form::Path) {
                    table.longest_folder = table.longest_folder.max(folder.len());
                    table.folders.entry(folder.into()).or_default().push(named);
                } else {
                    table.exact.entry(value.into()).or_default().push(named);
                }
            }
        }
        for (info, patterns) in INDICATOR_KINDS.iter().zip(&patterns) {
            tables[info.kind as usize].add_patterns(info.form, patterns);
        }
        Self { normaliser, tables }
    }

    pub(crate) fn normaliser(&self) -> &Normaliser {
        &self.normaliser
    }

    /// Gives every indicator that names this value.
    pub(crate) fn look_up(&self, kind: IndicatorKind, value: &str, mut give: impl FnMut(Named)) {
        let table = &self.tables[kind as usize];
        if table.exact.is_empty() && table.folders.is_empty() && table.patterns.is_empty() {
            return;
        }
        let form = kind.info().form;
        let value = self.normaliser.value(form, value);
        let value = if form == Form::Path && value.len() > 1 { value.trim_end_matches('/') } else { &value };
        if let Some(named) = table.exact.get(value) {
            named.iter().copied().for_each(&mut give);
        }
        if !table.folders.is_empty() {
            // The folders above it, then the folder itself.
            for end in value.match_indices('/').map(|(at, _)| at).chain([value.len()]).take_while(|end| *end <= table.longest_folder) {
                table.folders.get(&value[..end]).into_iter().flatten().copied().for_each(&mut give);
            }
        }
        if !table.patterns.is_empty() {
            // A mark may stand in a value twice.
            let mut given = Vec::new();
            for mark in parts(form, value).flat_map(|part| marks(part, None)) {
                for pattern in table.patterns.get(mark).into_iter().flatten() {
                    if !given.contains(&pattern.named) && pattern.fits(value) {
                        given.push(pattern.named);
                        give(pattern.named);
                    }
                }
            }
        }
    }
}

impl Table {
    fn add_patterns(&mut self, form: Form, patterns: &[(String, Named)]) {
        let marks_of = |pattern| parts(form, pattern).flat_map(|part| marks(part, part.find(WILDCARDS)));
        let mut shared: FxHashMap<&str, usize> = FxHashMap::default();
        for mark in patterns.iter().flat_map(|(pattern, _)| marks_of(pattern)) {
            *shared.entry(mark).or_default() += 1;
        }
        for (pattern, named) in patterns {
            // A folder with wildcards in its path means everything in it too. The checker refuses what cannot be indexed.
            let folder = pattern.strip_suffix('/').filter(|_| form == Form::Path);
            let whole = folder.map_or_else(|| pattern.clone(), |folder| format!("{{{folder},{pattern}**}}"));
            let rarest = marks_of(pattern).min_by_key(|mark| shared[mark]);
            if let Some(mark) = rarest {
                let start = pattern.split(WILDCARDS).next().unwrap_or_default().into();
                self.patterns.entry(mark.into()).or_default().push(Pattern { start, form, whole: whole.into(), glob: OnceLock::new(), named: *named });
            }
        }
    }
}

/// What divides a value into the parts that a wildcard does not cross: the names in a path.
fn parts(form: Form, value: &str) -> impl Iterator<Item = &str> {
    value.split(move |c| c == '/' && form == Form::Path).filter(|part| !part.is_empty())
}

/// What a pattern and every value that it matches have in common: of each part its first letters, and the whole of it where the pattern
/// has no wildcard there.
fn marks(part: &str, wildcard: Option<usize>) -> impl Iterator<Item = &str> {
    let whole = wildcard.is_none().then_some(part);
    let letters = part.get(..LETTERS_BEFORE_WILDCARD).filter(|_| wildcard.is_none_or(|at| at >= LETTERS_BEFORE_WILDCARD));
    whole.into_iter().chain(letters.filter(|letters| Some(*letters) != whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::Indicator;

    const PATTERNS: [&str; 9] = [
        "/opt/watch-*/bin/agent",
        "/opt/*/bin/agent",
        "/usr/lib/*/libwatch.so",
        "/usr/bin/wa*",
        "~/.config/watch/*/state",
        "/opt/**/agent",
        "/opt/watch*/",
        "/var/lib/?/x",
        "/opt/agent/**",
    ];

    #[test]
    fn the_index_finds_what_each_pattern_alone_finds() {
        let indicator = |value: &str| Indicator { os: None, ..crate::matching::tests::strong(IndicatorKind::Path, value) };
        let index = Index::new(&crate::matching::tests::bundle(PATTERNS.map(indicator).into()), Os::Linux, None);
        for (value, expect) in [
            ("/opt/watch-7/bin/agent", vec![0, 1, 5, 6]),
            ("/opt/agent/bin/agent", vec![1, 5, 8]),
            ("/opt/agent/agent/agent", vec![5, 8]),
            ("/opt/watches", vec![6]),
            ("/lib/x86_64-linux-gnu/libwatch.so", vec![2]),
            ("/usr/lib/a/b/libwatch.so", vec![]),
            ("/bin/wat", vec![3]),
            ("/usr/bin/wat/x", vec![]),
            ("/home/anna/.config/watch/a/state", vec![4]),
            ("/var/lib/a/x/", vec![7]),
            ("/var/lib/ab/x", vec![]),
            ("/", vec![]),
            ("", vec![]),
            ("\u{20ac}\u{20ac}/\u{20ac}", vec![]),
        ] {
            let mut found = Vec::new();
            index.look_up(IndicatorKind::Path, value, |named| found.push(named.indicator));
            found.sort_unstable();
            assert_eq!(found, expect, "{value}");
        }
    }
}
