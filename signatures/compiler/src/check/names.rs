//! Names that say nothing about a product.

use std::collections::HashSet;
use std::sync::OnceLock;

use inzage_core::kinds::IndicatorKind;
use inzage_core::matching::without_ending;

/// Whether this name is part of a system, or a word that any program may use.
pub(super) fn is_common(name: &str) -> bool {
    static NAMES: OnceLock<HashSet<&str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| include_str!("../common-names.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect());

    let name = name.to_ascii_lowercase();
    let name = name.trim_end_matches(['*', '?']);
    names.contains(name) || names.contains(without_ending(name))
}

/// The part of a value that is a name, for kinds whose values are names.
pub(super) fn name_in(kind: IndicatorKind, value: &str) -> Option<&str> {
    match kind {
        IndicatorKind::Process
        | IndicatorKind::Unit
        | IndicatorKind::DesktopEntry
        | IndicatorKind::DbusName
        | IndicatorKind::KernelModule
        | IndicatorKind::PamModule
        | IndicatorKind::NssModule
        | IndicatorKind::NativeHost
        | IndicatorKind::CertificateName
        | IndicatorKind::Service
        | IndicatorKind::UninstallKey
        | IndicatorKind::ProgramName
        | IndicatorKind::RunEntry
        | IndicatorKind::LaunchdLabel => Some(value),
        IndicatorKind::Package => value.split_once(':').map(|(_, name)| name),
        IndicatorKind::ScheduledTask | IndicatorKind::RegistryKey => value.rsplit('\\').next(),
        IndicatorKind::Path
        | IndicatorKind::Extension
        | IndicatorKind::BrowserPolicy
        | IndicatorKind::Certificate
        | IndicatorKind::Setting
        | IndicatorKind::UpgradeCode
        | IndicatorKind::Signer
        | IndicatorKind::BundleId
        | IndicatorKind::TeamId
        | IndicatorKind::ManagedPreferences => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_their_endings() {
        for name in ["svchost.exe", "SVCHOST.EXE", "Xorg", "agent", "agent*", "ssh.service", "firefox.desktop", "python3", "pam_unix.so"] {
            assert!(is_common(name), "{name}");
        }
        for name in ["veyon-service", "auditd", "hubstaff", "agentic-acme", "", "#"] {
            assert!(!is_common(name), "{name}");
        }
    }
}
