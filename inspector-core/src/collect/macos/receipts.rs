//! Receipts: what the installers of macOS put down when they installed a package.
//!
//! Programs are mostly removed by dragging them away, and no receipt goes with them. So a receipt proves that a package was installed once; the
//! list of its files, which could be compared with the disk, is in a form of its own (`.bom`) that is not read. The matcher knows this by the
//! `pkgutil:` of the package, and does not say "installed" because of it.

use std::path::Path;

use super::bundle::ends_in;
use crate::collect::log::Log;
use crate::collect::{Collected, Context, path_text, plist};
use crate::facts::{Fact, Package};
use crate::inventory::{ReasonCode, Source};

const FOLDER: &str = "/private/var/db/receipts";

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Receipts);
    let mut facts: Vec<Fact> = Vec::new();
    for entry in log.list(Path::new(FOLDER)) {
        let path = Path::new(FOLDER).join(&entry.name);
        if !ends_in(&path, "plist") {
            continue;
        }
        let Some(receipt) = plist::read(&mut log, &path) else { continue };
        match plist::text(&receipt, "PackageIdentifier") {
            // macOS' own parts.
            Some(id) if id.starts_with("com.apple.") => {}
            Some(id) => facts.push(
                Package {
                    id: format!("pkgutil:{id}"),
                    version: plist::text(&receipt, "PackageVersion"),
                    removed: false,
                    since: plist::moment(&receipt, "InstallDate"),
                    place: path_text(&path),
                }
                .into(),
            ),
            None => log.trouble(ReasonCode::Malformed, &path),
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    const RECEIPT: &str = r#"<plist version="1.0"><dict><key>PackageIdentifier</key><string>com.acme.watch.pkg</string>
        <key>PackageVersion</key><string>7.1</string><key>InstallDate</key><date>2026-01-02T03:04:05Z</date></dict></plist>"#;

    fn fixture() -> Fixture {
        Fixture::new()
            .file("/private/var/db/receipts/com.acme.watch.pkg.plist", RECEIPT)
            .file("/private/var/db/receipts/com.acme.watch.pkg.bom", "BOMStore")
            .file("/private/var/db/receipts/com.apple.pkg.Core.plist", r#"{"PackageIdentifier": "com.apple.pkg.Core"}"#)
    }

    #[test]
    fn packages_that_were_installed_once() {
        let collected = fixture().collect_macos(collect);
        let [Fact::Package(package)] = collected.facts.as_slice() else { panic!("{:?}", collected.facts) };
        assert_eq!((package.id.as_str(), package.version.as_deref(), package.since), ("pkgutil:com.acme.watch.pkg", Some("7.1"), Some(1_767_323_045)));
        assert_eq!(package.place, "/private/var/db/receipts/com.acme.watch.pkg.plist");
        assert_eq!(collected.of(Source::Receipts), (Status::Full, None));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let of = |fixture: Fixture| fixture.collect_macos(collect).of(Source::Receipts);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(fixture().deny(FOLDER)), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().deny("/private/var/db/receipts/com.acme.watch.pkg.plist")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        for broken in ["bplist00", "{}", "[1]"] {
            assert_eq!(of(fixture().file("/private/var/db/receipts/b.plist", broken)), (Status::Partial, Some(ReasonCode::Malformed)), "{broken}");
        }
    }
}
