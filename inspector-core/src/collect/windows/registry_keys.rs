//! Registry keys that signatures name.

use std::path::Path;

use crate::collect::log::Log;
use crate::collect::registry::MOST_KEYS;
use crate::collect::{Collected, Context};
use crate::facts::RegistryKey;
use crate::inventory::{ReasonCode, Source};

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::RegistryKeys);
    let mut facts = Vec::new();
    for wanted in &context.wanted.registry_keys {
        if context.home.is_none() && wanted.starts_with("HKCU") {
            log.trouble(ReasonCode::NoHome, Path::new("HKCU"));
            continue;
        }
        for key in views(wanted) {
            // Absent is an answer too: the place was looked at.
            log.checked(1);
            // What may not be looked at is there all the same when the key above names it.
            if log.values(&key).is_some() || is_listed(context, &key) {
                facts.push(RegistryKey { path: key.clone(), place: key }.into());
            }
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

fn is_listed(context: &Context, key: &str) -> bool {
    let Some((above, name)) = key.rsplit_once('\\') else { return false };
    context.registry.keys(above, MOST_KEYS).is_ok_and(|names| names.iter().any(|own| own.eq_ignore_ascii_case(name)))
}

/// The key as 64-bit programs find it, and as 32-bit programs do.
fn views(key: &str) -> Vec<String> {
    const SOFTWARE: &str = "HKLM\\SOFTWARE\\";
    let of_32_bits = key
        .get(..SOFTWARE.len())
        .filter(|start| start.eq_ignore_ascii_case(SOFTWARE))
        .map(|start| format!("{start}WOW6432Node\\{}", &key[SOFTWARE.len()..]))
        .filter(|_| !key[SOFTWARE.len()..].to_ascii_lowercase().starts_with("wow6432node"));
    [Some(key.to_owned()), of_32_bits].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    #[test]
    fn in_both_views_and_only_what_is_there() {
        let fixture = || {
            Fixture::new()
                .key("HKLM\\SOFTWARE\\WOW6432Node\\Acme")
                .key("HKCU\\Software\\Acme")
                .names_key("HKLM\\SOFTWARE\\Acme")
                .names_key("HKCU\\Software\\Acme")
                .names_key("HKLM\\SOFTWARE\\None")
        };
        let collected = fixture().collect_windows(collect);
        let found: Vec<_> = collected.facts.iter().map(crate::facts::Fact::place).collect();
        assert_eq!(found, ["HKLM\\SOFTWARE\\WOW6432Node\\Acme", "HKCU\\Software\\Acme"]);
        assert_eq!(collected.of(Source::RegistryKeys), (Status::Full, None));
        let homeless = fixture().homeless().collect_windows(collect);
        assert_eq!((homeless.facts.len(), homeless.of(Source::RegistryKeys)), (1, (Status::Partial, Some(ReasonCode::NoHome))));
        let closed = fixture().deny_key("HKCU\\Software\\Acme").deny_key("HKLM\\SOFTWARE\\None").collect_windows(collect);
        assert_eq!((closed.facts.len(), closed.of(Source::RegistryKeys)), (2, (Status::Partial, Some(ReasonCode::PermissionDenied))), "listed, not looked at");
        let denied = fixture().deny_key("HKCU").collect_windows(collect);
        assert_eq!((denied.facts.len(), denied.of(Source::RegistryKeys)), (1, (Status::Partial, Some(ReasonCode::PermissionDenied))));
    }
}
