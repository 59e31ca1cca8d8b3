//! A computer made of a product's own indicators. It proves that they are well formed and reach the verdict, and nothing about the world.

use inzage_core::facts::{
    Application, AuthModule, Autostart, BrowserPolicy, Certificate, Enabled, Extension, Fact, File, InstalledProgram, KernelModule, ManagedPreferences,
    NativeHost, Package, Process, RegistryKey, Setting, Signature,
};
use inzage_core::inventory::Inventory;
use inzage_core::kinds::{IndicatorKind as K, Os};
use inzage_core::signature::{Part, Product};

/// The computer of one system that has everything by which the product itself is recognised there.
pub(crate) fn of(product: &Product, os: Os) -> Inventory {
    let own = product.indicators.iter().filter(|one| one.is_for(os) && matches!(one.part, Part::Agent | Part::Extension));
    Inventory::of_facts(os, own.map(|one| fact(one.kind, filled(&one.value))).collect())
}

/// A value that a pattern matches.
fn filled(pattern: &str) -> String {
    pattern.replace("**", "some/folder").replace(['*', '?'], "x")
}

fn fact(kind: K, value: String) -> Fact {
    let starts = || Autostart { enabled: Enabled::Yes, ..Autostart::default() };
    let some = || Some(value.clone());
    match kind {
        K::Path => File { path: value.trim_end_matches(['/', '\\']).into(), ..File::default() }.into(),
        K::Process => Process { name: value, ..Process::default() }.into(),
        K::Package => Package { id: value, ..Package::default() }.into(),
        K::Unit => Autostart { unit: some(), ..starts() }.into(),
        K::DesktopEntry => Autostart { entry: some(), ..starts() }.into(),
        K::DbusName => Autostart { dbus_name: some(), ..starts() }.into(),
        K::Service => Autostart { service: some(), ..starts() }.into(),
        K::ScheduledTask => Autostart { task: some(), ..starts() }.into(),
        K::RunEntry => Autostart { run_entry: some(), ..starts() }.into(),
        K::LaunchdLabel => Autostart { label: some(), ..starts() }.into(),
        K::KernelModule => KernelModule { name: value, ..KernelModule::default() }.into(),
        K::PamModule => AuthModule { pam: some(), ..AuthModule::default() }.into(),
        K::NssModule => AuthModule { nss: some(), ..AuthModule::default() }.into(),
        K::UninstallKey => InstalledProgram { key: value, ..InstalledProgram::default() }.into(),
        K::UpgradeCode => InstalledProgram { upgrade_code: some(), ..InstalledProgram::default() }.into(),
        K::ProgramName => InstalledProgram { name: some(), ..InstalledProgram::default() }.into(),
        K::RegistryKey => RegistryKey { path: value, ..RegistryKey::default() }.into(),
        K::Signer => Signature { signer: some(), ..Signature::default() }.into(),
        K::TeamId => Signature { team_id: some(), ..Signature::default() }.into(),
        K::BundleId => Application { bundle_id: some(), ..Application::default() }.into(),
        K::ManagedPreferences => ManagedPreferences { domain: value, ..ManagedPreferences::default() }.into(),
        K::Extension => Extension { id: value, enabled: Some(true), ..Extension::default() }.into(),
        K::NativeHost => NativeHost { name: value, ..NativeHost::default() }.into(),
        K::BrowserPolicy => BrowserPolicy { name: value, ..BrowserPolicy::default() }.into(),
        K::Certificate => Certificate { sha256: value, ..Certificate::default() }.into(),
        K::CertificateName => Certificate { names: vec![value], ..Certificate::default() }.into(),
        K::Setting => Setting { name: value, on: Some(true), ..Setting::default() }.into(),
    }
}
