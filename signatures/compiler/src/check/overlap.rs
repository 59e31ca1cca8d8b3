//! Two products must not be recognised by the same trace.

use std::collections::HashMap;

use inzage_core::kinds::{IndicatorKind, Normaliser, Os};
use inzage_core::signature::Product;

use super::Examined;
use super::indicators::systems;
use crate::format::ProductFile;
use crate::problem::{Code, shown};

/// What a trace looks like to the matcher.
pub(super) type Key = (IndicatorKind, Os, String);

/// The compared forms of a value on these systems.
pub(super) fn keys(kind: IndicatorKind, value: &str, systems: impl Iterator<Item = Os>) -> impl Iterator<Item = Key> {
    systems.map(move |os| (kind, os, Normaliser::new(os, None).value(kind.info().form, value).into_owned()))
}

struct Owner {
    product: String,
    generic: bool,
}

/// The traces of all products seen so far.
#[derive(Default)]
pub(crate) struct Overlaps(HashMap<Key, Owner>);

impl Overlaps {
    /// Adds a product that is not checked itself.
    pub(crate) fn know(&mut self, product: &Product) {
        for indicator in &product.indicators {
            let systems = Os::ALL.into_iter().filter(|os| indicator.is_for(*os));
            for key in keys(indicator.kind, &indicator.value, systems) {
                self.0.entry(key).or_insert_with(|| Owner { product: product.id.clone(), generic: indicator.generic });
            }
        }
    }

    /// Checks a product against those before it, and adds it.
    pub(crate) fn check(&mut self, file: &mut Examined<'_>, product: &ProductFile) {
        let id = &product.id.value;
        for trace in &product.indicators {
            let mut clash = None;
            for key in keys(trace.kind, &trace.value.value, systems(trace)) {
                if let Some(other) = self.nested(&key, id).filter(|owner| !(owner.generic || trace.generic)) {
                    clash = Some(other.product.clone());
                }
                match self.0.get(&key) {
                    None => {
                        self.0.insert(key, Owner { product: id.clone(), generic: trace.generic });
                    }
                    // Products of one maker may share a trace if both say so.
                    Some(owner) if owner.product != *id && !(owner.generic && trace.generic) => clash = Some(owner.product.clone()),
                    Some(_) => {}
                }
            }
            if let Some(other) = clash {
                let help = "choose a trace that only one of the two has; if both really have it, write `generic: true` in both";
                file.add(Code::Overlap, &trace.value, format!("the product {} has this indicator too", shown(&other)), help);
            }
        }
    }

    /// A path of another product that lies in this folder, or whose folder this path lies in.
    fn nested(&self, (kind, os, value): &Key, id: &str) -> Option<&Owner> {
        let lies_in = |folder: &str, path: &str| folder.ends_with('/') && path.len() > folder.len() && path.starts_with(folder);
        let is_nested = |(other_kind, other_os, other): &Key| other_kind == kind && other_os == os && (lies_in(value, other) || lies_in(other, value));
        let paths = self.0.iter().filter(|_| *kind == IndicatorKind::Path);
        paths.filter(|(key, owner)| owner.product != id && is_nested(key)).map(|(_, owner)| owner).min_by(|a, b| a.product.cmp(&b.product))
    }
}
