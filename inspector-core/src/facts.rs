//! The kinds of fact: one table, from which the types, their JSON, the matcher's keys and the documentation follow.
//!
//! A field written `name: Type => Kind` is compared with indicators of that kind. Every fact also has a `place`: where a person can look
//! it up. Text that is not valid UTF-8 carries the escape of [`crate::text`].

mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kinds::IndicatorKind;

pub use words::*;

/// What is known of one field of a kind of fact.
pub struct FieldInfo {
    /// The field's name in JSON.
    pub name: &'static str,
    /// What it holds.
    pub doc: &'static str,
    /// The kind of indicator that is compared with it, if any.
    pub matched_by: Option<IndicatorKind>,
}

/// What is known of one kind of fact.
pub struct FactInfo {
    /// The kind's word in JSON.
    pub word: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields, without `place`, which every fact has.
    pub fields: &'static [FieldInfo],
}

/// Values that indicators are compared with.
trait Keys {
    fn each_key<'a>(&'a self, give: &mut dyn FnMut(&'a str));
}

impl Keys for String {
    fn each_key<'a>(&'a self, give: &mut dyn FnMut(&'a str)) {
        if !self.is_empty() {
            give(self);
        }
    }
}

impl Keys for Option<String> {
    fn each_key<'a>(&'a self, give: &mut dyn FnMut(&'a str)) {
        if let Some(value) = self {
            give(value);
        }
    }
}

impl Keys for Vec<String> {
    fn each_key<'a>(&'a self, give: &mut dyn FnMut(&'a str)) {
        for value in self {
            give(value);
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

macro_rules! facts {
    ($( $(#[doc = $doc:literal])+ $name:ident = $word:literal { $( $(#[doc = $fdoc:literal])+ $field:ident : $ty:ty $(=> $kind:ident)?, )* } )*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
            #[serde(default)]
            pub struct $name {
                $(
                    $(#[doc = $fdoc])+
                    #[serde(skip_serializing_if = "is_default")]
                    pub $field: $ty,
                )*
                /// Where a person can look this up: a file, a folder, or an entry of /proc.
                pub place: String,
            }
        )*

        /// One thing seen on the computer.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "kind")]
        pub enum Fact {
            $( $(#[doc = $doc])+ #[serde(rename = $word)] $name($name), )*
        }

        /// Every kind of fact.
        pub const FACT_KINDS: &[FactInfo] = &[
            $( FactInfo { word: $word, doc: concat!($($doc),+), fields: &[
                $( FieldInfo { name: stringify!($field), doc: concat!($($fdoc),+), matched_by: facts!(@kind $($kind)?) }, )*
            ] }, )*
        ];

        impl Fact {
            /// The kind's word in JSON.
            pub const fn word(&self) -> &'static str {
                match self { $( Self::$name(_) => $word, )* }
            }

            /// Where a person can look this up.
            pub fn place(&self) -> &str {
                match self { $( Self::$name(fact) => &fact.place, )* }
            }

            /// Every value that indicators are compared with.
            pub fn each_key<'a>(&'a self, mut give: impl FnMut(IndicatorKind, &'a str)) {
                match self { $( Self::$name(fact) => {
                    let _ = fact;
                    $( facts!(@key fact, $field, give $(, $kind)?); )*
                } )* }
            }

            /// Every text in this fact, to be changed in place (for masking).
            pub fn each_text(&mut self, mut change: impl FnMut(&mut String)) {
                match self { $( Self::$name(fact) => {
                    $( Texts::each_text(&mut fact.$field, &mut change); )*
                    change(&mut fact.place);
                } )* }
            }
        }

        $( impl From<$name> for Fact { fn from(fact: $name) -> Self { Self::$name(fact) } } )*
    };
    (@kind) => { None };
    (@kind $kind:ident) => { Some(IndicatorKind::$kind) };
    (@key $fact:ident, $field:ident, $give:ident) => {};
    (@key $fact:ident, $field:ident, $give:ident, $kind:ident) => { Keys::each_key(&$fact.$field, &mut |value| $give(IndicatorKind::$kind, value)); };
}

/// The texts inside a field.
trait Texts {
    fn each_text(&mut self, change: &mut dyn FnMut(&mut String));
}

impl Texts for String {
    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        change(self);
    }
}

impl<T: Texts> Texts for Option<T> {
    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        if let Some(value) = self {
            value.each_text(change);
        }
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        for value in self {
            value.each_text(change);
        }
    }
}

macro_rules! no_texts {
    ($($ty:ty),*) => { $( impl Texts for $ty { fn each_text(&mut self, _: &mut dyn FnMut(&mut String)) {} } )* };
}
no_texts!(bool, u32, i64, Executable, Enabled, Mechanism, AuthSystem, Filtered, Install, Anchor, SetBy, ExtensionPart, NetworkSort, PrivacyRight, Device);

facts! {
    /// A program that runs now.
    Process = "process" {
        /// Process number.
        pid: u32,
        /// Short name, as the program itself may have set it.
        name: String => Process,
        /// Real path of the executable, where the system shows it.
        exe: Option<String> => Path,
        /// What could be seen of the executable.
        executable: Executable,
        /// The script that an interpreter runs.
        script: Option<String> => Path,
        /// The account it runs under.
        user: Option<String>,
        /// The systemd unit it belongs to.
        unit: Option<String> => Unit,
        /// The maker that its executable names, on Windows. Anybody can write one there.
        company: Option<String>,
        /// The product that its executable names, on Windows.
        product: Option<String>,
        /// The name that its executable was given when it was made, on Windows.
        original_name: Option<String>,
    }
    /// A package in the database of a package manager.
    Package = "package" {
        /// `manager:name`.
        id: String => Package,
        /// Version.
        version: Option<String>,
        /// Removed, but some of it was left behind.
        removed: bool,
        /// When it was installed or last changed, in seconds since 1970, as the package manager's own files tell.
        since: Option<i64>,
    }
    /// A program outside the package managers: an AppImage, a folder in /opt, an executable in /usr/local or in the home folder.
    Program = "program" {
        /// Its path.
        path: String => Path,
        /// When it was put there, in seconds since 1970.
        since: Option<i64>,
    }
    /// An entry in the list of installed programs of Windows.
    InstalledProgram = "installed_program" {
        /// The name of its key: a GUID, or a word of the maker's.
        key: String => UninstallKey,
        /// The name it shows.
        name: Option<String> => ProgramName,
        /// The maker it names.
        publisher: Option<String>,
        /// Version.
        version: Option<String>,
        /// The upgrade code, for packages of Windows Installer.
        upgrade_code: Option<String> => UpgradeCode,
        /// The folder it says that it is in.
        location: Option<String> => Path,
        /// Whether that folder is still there; unknown when left out.
        location_exists: Option<bool>,
        /// When it was installed, in seconds since 1970.
        since: Option<i64>,
    }
    /// An application, extension or helper of macOS.
    Application = "application" {
        /// Its folder.
        path: String => Path,
        /// Its identifier.
        bundle_id: Option<String> => BundleId,
        /// The name it shows.
        name: String,
        /// Version.
        version: Option<String>,
        /// The program in it.
        executable: Option<String> => Path,
        /// Last change of its folder, in seconds since 1970.
        since: Option<i64>,
    }
    /// An extension of macOS itself: for security, for the network or for a device.
    SystemExtension = "system_extension" {
        /// Its identifier.
        bundle_id: String => BundleId,
        /// The developer's team.
        team_id: Option<String> => TeamId,
        /// Version.
        version: Option<String>,
        /// What it takes part in.
        parts: Vec<ExtensionPart>,
        /// The application that brought it.
        application: Option<String> => Path,
        /// Whether it is switched on.
        enabled: Enabled,
        /// Its own word for its state.
        state: String,
    }
    /// A program or setting of macOS that network traffic goes through.
    NetworkExtension = "network_extension" {
        /// The name it shows.
        name: String,
        /// What goes through it.
        sort: NetworkSort,
        /// The identifier of its application or extension.
        bundle_id: Option<String> => BundleId,
        /// Switched on; unknown when left out.
        on: Option<bool>,
        /// Who set it.
        set_by: SetBy,
    }
    /// A configuration profile of macOS: settings that somebody made for the computer or the account.
    ConfigurationProfile = "configuration_profile" {
        /// Its identifier.
        identifier: String,
        /// The name it shows.
        name: String,
        /// The kinds of its payloads, and the preferences that it sets.
        payloads: Vec<String> => ManagedPreferences,
        /// For the whole computer; otherwise for the account.
        of_computer: bool,
        /// The worker may remove it; unknown when left out.
        removable: Option<bool>,
        /// When it was installed, in seconds since 1970.
        since: Option<i64>,
    }
    /// What a program of macOS was allowed or refused. It stays when the program is removed.
    PrivacyDecision = "privacy_decision" {
        /// What it is about.
        right: PrivacyRight,
        /// The identifier or the path of the program.
        program: String,
        /// Allowed; unknown when left out.
        allowed: Option<bool>,
        /// Who decided.
        set_by: SetBy,
        /// When, in seconds since 1970.
        since: Option<i64>,
    }
    /// A program that macOS lists as listening to the keyboard or the mouse.
    EventTap = "event_tap" {
        /// Process number.
        pid: u32,
        /// The program, where it is known.
        program: Option<String> => Path,
        /// It listens to the keyboard.
        keyboard: bool,
        /// It listens to the mouse.
        mouse: bool,
        /// It may also change what is typed or clicked.
        may_change: bool,
        /// It is switched on.
        on: bool,
    }
    /// The camera, the microphone or the screen, in use while it was looked at.
    DeviceInUse = "device_in_use" {
        /// Which one.
        device: Device,
        /// The program that uses it, where the system tells.
        program: Option<String> => Path,
    }
    /// Who signed an executable that runs, starts by itself or is installed.
    Signature = "signature" {
        /// The executable.
        path: String => Path,
        /// The organisation that it names.
        signer: Option<String> => Signer,
        /// The developer's team, on macOS.
        team_id: Option<String> => TeamId,
        /// The identifier in the signature, on macOS.
        identifier: Option<String> => BundleId,
    }
    /// A registry key that a signature names and that is there.
    RegistryKey = "registry_key" {
        /// The key, from its hive.
        path: String => RegistryKey,
    }
    /// Preferences that a configuration profile sets for a program of macOS.
    ManagedPreferences = "managed_preferences" {
        /// Their domain.
        domain: String => ManagedPreferences,
    }
    /// A program's entry in the menu.
    MenuEntry = "menu_entry" {
        /// The id of the desktop entry.
        id: String => DesktopEntry,
        /// The name it shows.
        name: String,
        /// The program it starts.
        exec: Option<String> => Path,
        /// Whether that program is still there; unknown when left out.
        exec_exists: Option<bool>,
    }
    /// Something that is set to start by itself.
    Autostart = "autostart" {
        /// How it is started.
        mechanism: Mechanism,
        /// Its name: for systemd the unit.
        name: String,
        /// The systemd unit, for systemd and SysV scripts.
        unit: Option<String> => Unit,
        /// The id of the desktop entry, for entries that start at login.
        entry: Option<String> => DesktopEntry,
        /// The D-Bus name, for programs started over D-Bus.
        dbus_name: Option<String> => DbusName,
        /// The key name, for services and drivers of Windows.
        service: Option<String> => Service,
        /// The full name, for scheduled tasks of Windows.
        task: Option<String> => ScheduledTask,
        /// The name of the value, for the Run keys of the registry.
        run_entry: Option<String> => RunEntry,
        /// The label, for launchd agents and daemons of macOS.
        label: Option<String> => LaunchdLabel,
        /// The programs it starts.
        exec: Vec<String> => Path,
        /// Whether the program is still there; unknown when left out.
        exec_exists: Option<bool>,
        /// Whether it really starts by itself.
        enabled: Enabled,
        /// Whether it runs now, where the system tells; unknown when left out.
        running: Option<bool>,
    }
    /// A driver of Windows that stands between programs and files, the keyboard, the mouse or the network.
    FilterDriver = "filter_driver" {
        /// The key name of its service.
        service: String => Service,
        /// What goes through it.
        over: Filtered,
        /// The altitude of a file filter: its place in the order, and with it the group that Microsoft gave it.
        altitude: Option<String>,
        /// Its file.
        exec: Option<String> => Path,
        /// It is a part of Windows itself.
        of_system: bool,
    }
    /// A loaded kernel module.
    KernelModule = "kernel_module" {
        /// Its name.
        name: String => KernelModule,
        /// Not part of the kernel's own source tree.
        out_of_tree: bool,
    }
    /// A library that is loaded into programs before their own.
    Preload = "preload" {
        /// The library.
        library: String => Path,
        /// Loaded into every program of every user, not only into those of this session.
        system_wide: bool,
        /// Whether the library is there; unknown when left out.
        exists: Option<bool>,
    }
    /// A module that takes part in logging in or in looking up accounts.
    AuthModule = "auth_module" {
        /// The part of the system that it belongs to.
        system: AuthSystem,
        /// The PAM module.
        pam: Option<String> => PamModule,
        /// The NSS module.
        nss: Option<String> => NssModule,
        /// Its file, on Windows and macOS.
        library: Option<String> => Path,
        /// The services or databases that use it.
        used_by: Vec<String>,
    }
    /// An extension in one profile of one browser.
    Extension = "extension" {
        /// Its id.
        id: String => Extension,
        /// The name it shows.
        name: String,
        /// Version.
        version: Option<String>,
        /// The browser.
        browser: String,
        /// The profile.
        profile: String,
        /// The permissions it has.
        permissions: Vec<String>,
        /// The sites it may read and change, as patterns.
        hosts: Vec<String>,
        /// It may read and change every site.
        all_sites: bool,
        /// Switched on; unknown when left out.
        enabled: Option<bool>,
        /// How it came there.
        install: Install,
        /// The policy file that forces it, where one was found.
        policy: Option<String>,
    }
    /// A policy set for a browser.
    BrowserPolicy = "browser_policy" {
        /// The browser.
        browser: String,
        /// The policy's name.
        name: String => BrowserPolicy,
        /// Its value as JSON, cut at 1,000 characters.
        value: String,
        /// Mandatory; otherwise a recommendation that the worker can change.
        mandatory: bool,
    }
    /// A program that a browser extension may talk to.
    NativeHost = "native_host" {
        /// Its name.
        name: String => NativeHost,
        /// The browser.
        browser: String,
        /// The program.
        program: Option<String> => Path,
        /// The extensions that may talk to it.
        extensions: Vec<String>,
    }
    /// A root certificate that this computer trusts and that is not simply Mozilla's.
    Certificate = "certificate" {
        /// SHA-256 of its bytes, in hexadecimal.
        sha256: String => Certificate,
        /// Its subject.
        subject: String,
        /// Common name and organisation of its subject.
        names: Vec<String> => CertificateName,
        /// Where it comes from.
        anchor: Anchor,
        /// Since when its file is there, in seconds since 1970.
        since: Option<i64>,
        /// Who trusts it: the system, or the name of a browser. On Windows the computer, the user, a policy or the enterprise.
        store: String,
    }
    /// A setting that sends the worker's internet traffic through another computer or program.
    Proxy = "proxy" {
        /// Host and port, or the address of a PAC file.
        address: String,
        /// The address is a PAC file or "find it automatically".
        automatic: bool,
        /// The program that uses the setting.
        used_by: String,
        /// Who set it.
        set_by: SetBy,
    }
    /// A server that answers which address belongs to a site's name.
    Dns = "dns" {
        /// Its address, or the search domain.
        server: String,
    }
    /// A file or folder that a signature names and that is there.
    File = "file" {
        /// Its path.
        path: String => Path,
        /// A folder.
        folder: bool,
        /// Last change of the file itself, in seconds since 1970.
        since: Option<i64>,
    }
    /// A setting of the system itself.
    Setting = "setting" {
        /// Our name for it.
        name: String => Setting,
        /// Switched on; unknown when left out.
        on: Option<bool>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_gives_its_keys() {
        let fact = Fact::from(Process {
            name: "veyon-service".into(),
            exe: Some("/usr/bin/veyon-service".into()),
            unit: Some("veyon.service".into()),
            ..Process::default()
        });
        let mut keys = Vec::new();
        fact.each_key(|kind, value| keys.push((kind.word(), value)));
        assert_eq!(keys, [("process", "veyon-service"), ("path", "/usr/bin/veyon-service"), ("unit", "veyon.service")]);
    }

    #[test]
    fn json_is_small_and_comes_back() {
        let fact = Fact::from(Package { id: "deb:acct".into(), place: "/var/lib/dpkg/status".into(), ..Package::default() });
        let json = serde_json::to_string(&fact).unwrap();
        assert_eq!(json, r#"{"kind":"package","id":"deb:acct","place":"/var/lib/dpkg/status"}"#);
        assert_eq!(serde_json::from_str::<Fact>(&json).unwrap(), fact);
    }

    #[test]
    fn every_indicator_kind_is_compared_with_some_field() {
        for info in crate::kinds::INDICATOR_KINDS {
            assert!(FACT_KINDS.iter().flat_map(|f| f.fields).any(|f| f.matched_by == Some(info.kind)), "{} is never compared", info.word);
        }
    }
}
