//! What an extension may do, and on which sites.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::{MOST_CHARACTERS, cut, json};
use crate::collect::log::Log;
use crate::facts::Extension;
use crate::inventory::ReasonCode;

/// The most permissions or sites that are told of one extension.
const MOST_ENTRIES: usize = 500;

/// Permissions and sites, gathered from several places.
#[derive(Default)]
pub(super) struct Reach {
    permissions: BTreeSet<String>,
    hosts: BTreeSet<String>,
}

impl Reach {
    /// Adds permissions. Before the third version of manifests, sites stand between them; a permission with choices is an object.
    pub(super) fn permissions(&mut self, value: Option<&Value>) {
        for entry in value.and_then(Value::as_array).into_iter().flatten() {
            match entry {
                Value::String(site) if site.contains("://") || site == "<all_urls>" => self.hosts.extend([site.clone()]),
                Value::String(permission) => self.permissions.extend([permission.clone()]),
                Value::Object(choices) => self.permissions.extend(choices.keys().cloned()),
                _ => {}
            }
        }
    }

    /// Adds patterns of sites.
    pub(super) fn hosts(&mut self, value: Option<&Value>) {
        self.hosts.extend(json::texts(value).map(str::to_owned));
    }

    /// Takes away permissions that are only notes of the browser to itself.
    pub(super) fn without(mut self, prefix: &str) -> Self {
        self.permissions.retain(|permission| !permission.starts_with(prefix));
        self
    }

    /// Puts all of it into a fact. Whether it reaches every site is decided before anything is cut off.
    pub(super) fn tell(self, log: &mut Log, place: &Path, fact: &mut Extension) {
        fact.all_sites = self.hosts.iter().any(|host| is_every_site(host));
        for (from, to) in [(self.permissions, &mut fact.permissions), (self.hosts, &mut fact.hosts)] {
            if from.len() > MOST_ENTRIES || from.iter().any(|entry| entry.len() > 4 * MOST_CHARACTERS) {
                log.trouble(ReasonCode::TooMany, place);
            }
            *to = from.iter().take(MOST_ENTRIES).map(|entry| cut(entry)).collect();
        }
    }
}

/// Whether a pattern means every site. Nearly every site is reached over https, so that alone is enough; http alone, files and the
/// browser's own pages are not.
fn is_every_site(pattern: &str) -> bool {
    if pattern == "<all_urls>" {
        return true;
    }
    let Some((scheme, rest)) = pattern.split_once("://") else { return false };
    let host = rest.split('/').next().unwrap_or(rest);
    matches!(scheme, "*" | "https" | "http*") && matches!(host, "*" | "*:*" | "*:443")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_site() {
        for pattern in ["<all_urls>", "*://*/*", "https://*/*", "https://*:*/*"] {
            assert!(is_every_site(pattern), "{pattern}");
        }
        for pattern in ["http://*/*", "file:///*", "https://*.example.org/*", "chrome://resources/*", "", "://", "*"] {
            assert!(!is_every_site(pattern), "{pattern}");
        }
    }
}
