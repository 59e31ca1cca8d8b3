//! The kinds of indicator: one table, from which the parser, the JSON Schema, the matcher's index and the documentation follow.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A family of systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Os {
    /// Any Linux distribution.
    Linux,
    /// Windows 10 and later.
    Windows,
    /// macOS 13 and later.
    Macos,
}

impl Os {
    /// The system that this program was built for.
    pub const fn current() -> Self {
        if cfg!(target_os = "windows") {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Macos
        } else {
            Self::Linux
        }
    }

    /// Every family of systems.
    pub const ALL: [Self; 3] = [Self::Linux, Self::Windows, Self::Macos];

    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Linux => "linux",
            Self::Windows => "windows",
            Self::Macos => "macos",
        }
    }
}

/// How much a matching indicator proves at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// It supports; two of these on independent objects are needed.
    Weak,
    /// Nothing else on a computer has it.
    Strong,
}

/// How values of a kind are written and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A path: `~/` is any user's home, a trailing `/` means the folder with everything in it, `*` `?` and `**` are wildcards. Compared
    /// with `/bin`, `/sbin` and `/lib` read as `/usr/…` on Linux, and without case on Windows and macOS.
    Path,
    /// A name as the system gives it, `*` allowed after at least three characters. Compared without case on Windows and macOS.
    Name,
    /// An identifier, compared without case, no wildcards.
    Id,
    /// A key of the Windows registry. Compared without case, with `HKEY_LOCAL_MACHINE` as `HKLM` and the like, and without `WOW6432Node`, in
    /// which 32-bit programs find their own keys. No wildcards.
    Registry,
}

/// What is known of one kind of indicator.
pub struct KindInfo {
    /// The kind.
    pub kind: IndicatorKind,
    /// Its word in product files and reports.
    pub word: &'static str,
    /// What it is, in one or two sentences.
    pub doc: &'static str,
    /// How its values are written and compared.
    pub form: Form,
    /// The most it can prove.
    pub strongest: Strength,
    /// The systems that have it.
    pub systems: &'static [Os],
}

macro_rules! indicator_kinds {
    ($( $(#[doc = $doc:literal])+ $name:ident = $word:literal, $form:ident, $strongest:ident, $systems:expr; )*) => {
        /// One kind of recognisable trace of a product.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum IndicatorKind {
            $( $(#[doc = $doc])+ #[serde(rename = $word)] $name, )*
        }

        /// Every kind of indicator, in the order of [`IndicatorKind`].
        pub const INDICATOR_KINDS: &[KindInfo] = &[
            $( KindInfo { kind: IndicatorKind::$name, word: $word, doc: concat!($($doc),+), form: Form::$form, strongest: Strength::$strongest, systems: $systems }, )*
        ];
    };
}

const EVERYWHERE: &[Os] = &Os::ALL;
const LINUX: &[Os] = &[Os::Linux];
const WINDOWS: &[Os] = &[Os::Windows];
const MACOS: &[Os] = &[Os::Macos];

indicator_kinds! {
    /// A path: of a file or folder that exists, of the executable or script of a running program, of what an entry starts by itself, of a preloaded library or of a native-messaging host.
    Path = "path", Path, Strong, EVERYWHERE;
    /// The short name of a running program. Names are not unique and can be changed, so it is never strong.
    Process = "process", Name, Weak, EVERYWHERE;
    /// A package, written `manager:name`; the managers are deb, rpm, pacman, flatpak, snap, pkgutil (receipts of macOS installers) and msix (Windows Store).
    Package = "package", Id, Strong, EVERYWHERE;
    /// A systemd unit with its ending (`.service`, `.timer`, `.socket`, `.path`), seen as a file or as the unit of a running program. A SysV script `x` counts as `x.service`.
    Unit = "unit", Name, Strong, LINUX;
    /// The id of a desktop entry, with `.desktop`, as a program in the menu or as an entry that starts at login.
    DesktopEntry = "desktop_entry", Name, Strong, LINUX;
    /// A well-known D-Bus name that can be started on demand.
    DbusName = "dbus_name", Name, Strong, LINUX;
    /// A loaded kernel module.
    KernelModule = "kernel_module", Name, Strong, LINUX;
    /// A PAM module, such as `pam_tty_audit.so`, in use by a service.
    PamModule = "pam_module", Name, Strong, LINUX;
    /// A name-service module from nsswitch.conf, such as `sss`.
    NssModule = "nss_module", Name, Weak, LINUX;
    /// The key name of a Windows service or driver, which no language changes.
    Service = "service", Name, Strong, WINDOWS;
    /// The name of a program's key in the list of installed programs: a word of its own, or a GUID that stays the same over versions.
    UninstallKey = "uninstall_key", Id, Strong, WINDOWS;
    /// The upgrade code of a Windows Installer package, which stays the same over versions.
    UpgradeCode = "upgrade_code", Id, Strong, WINDOWS;
    /// The whole name that the list of installed programs shows. Installers translate and version it, so it is never strong.
    ProgramName = "program_name", Id, Weak, WINDOWS;
    /// A registry key of the program's own, starting with `HKLM` or `HKCU`. Keys often stay after removal, so it is never strong.
    RegistryKey = "registry_key", Registry, Weak, WINDOWS;
    /// The organisation that signed an executable. It is the maker and not the product, so it is never strong.
    Signer = "signer", Id, Weak, WINDOWS;
    /// The full name of a scheduled task, starting with a backslash.
    ScheduledTask = "scheduled_task", Name, Strong, WINDOWS;
    /// The name of a value under one of the registry's Run keys. Anybody can give one, so it is never strong.
    RunEntry = "run_entry", Name, Weak, WINDOWS;
    /// The identifier of an application, extension or signed executable, such as `com.example.agent`.
    BundleId = "bundle_id", Id, Strong, MACOS;
    /// The ten letters and digits of the Apple developer who signed an executable. It is the maker and not the product, so it is never strong.
    TeamId = "team_id", Id, Weak, MACOS;
    /// The label of a launchd agent or daemon.
    LaunchdLabel = "launchd_label", Name, Strong, MACOS;
    /// A preference domain that a configuration profile sets. It can be there without the program, so it is never strong.
    ManagedPreferences = "managed_preferences", Id, Weak, MACOS;
    /// A browser extension: the 32 letters of a Chromium extension or the id of a Firefox add-on.
    Extension = "extension", Id, Strong, EVERYWHERE;
    /// The name of a native-messaging host.
    NativeHost = "native_host", Id, Strong, EVERYWHERE;
    /// A browser policy that is set, by its name, such as `CloudManagementEnrollmentToken`.
    BrowserPolicy = "browser_policy", Id, Strong, EVERYWHERE;
    /// A trusted root certificate, by the SHA-256 of its bytes in hexadecimal.
    Certificate = "certificate", Id, Strong, EVERYWHERE;
    /// The common name or organisation of a root certificate that was added to the computer.
    CertificateName = "certificate_name", Id, Weak, EVERYWHERE;
    /// A setting of the system itself that the program reads, by our name for it, such as `process-accounting`.
    Setting = "setting", Id, Strong, EVERYWHERE;
}

impl IndicatorKind {
    /// What is known of this kind.
    pub const fn info(self) -> &'static KindInfo {
        &INDICATOR_KINDS[self as usize]
    }

    /// Its word in product files and reports.
    pub const fn word(self) -> &'static str {
        self.info().word
    }
}

/// Brings values into the one form in which they are compared, for one system and one home folder.
#[derive(Clone, Debug)]
pub struct Normaliser {
    os: Os,
    /// The home folder in compared form, with a trailing slash, if it lies at an unusual place.
    home: Option<String>,
}

impl Normaliser {
    /// A normaliser for facts of `os`; `home` is the worker's home folder where it is known.
    pub fn new(os: Os, home: Option<&str>) -> Self {
        let plain = Self { os, home: None };
        let home = home.filter(|home| home.len() > 1).map(|home| format!("{}/", plain.separators(home).trim_end_matches('/')));
        Self { os, home }
    }

    /// The compared form of a value of this form.
    pub fn value<'a>(&self, form: Form, value: &'a str) -> Cow<'a, str> {
        match form {
            Form::Path => self.path(value),
            Form::Name if self.os == Os::Linux => Cow::Borrowed(value),
            Form::Name | Form::Id => lower(Cow::Borrowed(value)),
            Form::Registry => Cow::Owned(registry_key(value)),
        }
    }

    fn separators<'a>(&self, value: &'a str) -> Cow<'a, str> {
        match self.os {
            Os::Linux => Cow::Borrowed(value),
            Os::Windows => lower(Cow::Owned(value.replace('\\', "/"))),
            Os::Macos => lower(Cow::Borrowed(value)),
        }
    }

    fn path<'a>(&self, value: &'a str) -> Cow<'a, str> {
        let value = self.separators(value);
        if let Some(rest) = self.home.as_deref().and_then(|home| value.strip_prefix(home)) {
            return Cow::Owned(format!("~/{rest}"));
        }
        let replaced = match self.os {
            Os::Linux => linux_path(&value),
            Os::Windows => windows_path(&value),
            Os::Macos => macos_path(&value),
        };
        replaced.map_or(value, Cow::Owned)
    }
}

fn lower(value: Cow<'_, str>) -> Cow<'_, str> {
    // ASCII is enough: what differs only in the case of other letters is not the name of a product.
    if value.bytes().any(|b| b.is_ascii_uppercase()) { Cow::Owned(value.to_ascii_lowercase()) } else { value }
}

/// `/home/anna/x` → `~/x`, for any user.
fn home_below(path: &str, homes: &str) -> Option<String> {
    let (_, rest) = path.strip_prefix(homes)?.split_once('/')?;
    Some(format!("~/{rest}"))
}

fn linux_path(path: &str) -> Option<String> {
    // Since the merged /usr these are links, and /proc shows the real place.
    for top in ["/bin/", "/sbin/", "/lib/", "/lib64/", "/lib32/"] {
        if path.starts_with(top) {
            return Some(format!("/usr{path}"));
        }
    }
    if let Some(rest) = path.strip_prefix("/root/") {
        return Some(format!("~/{rest}"));
    }
    home_below(path, "/home/")
}

/// `/private/var/x` → `/var/x`: these are links on every Mac, and programs name either.
fn macos_path(path: &str) -> Option<String> {
    let of_data = path.strip_prefix("/system/volumes/data").filter(|rest| rest.starts_with('/'));
    let short = of_data.unwrap_or(path);
    let behind = short.strip_prefix("/private").filter(|rest| ["/var/", "/etc/", "/tmp/"].iter().any(|top| rest.starts_with(top)));
    let short = behind.unwrap_or(short);
    home_below(short, "/users/").or_else(|| (short.len() < path.len()).then(|| short.to_owned()))
}

fn windows_path(path: &str) -> Option<String> {
    // The common places of a computer in English paths; Windows keeps these names on disk in every language.
    const PLACES: [(&str, &str); 9] = [
        ("%programfiles(x86)%/", "c:/program files/"),
        ("%programfiles%/", "c:/program files/"),
        ("%programw6432%/", "c:/program files/"),
        ("%programdata%/", "c:/programdata/"),
        ("%systemroot%/", "c:/windows/"),
        ("%windir%/", "c:/windows/"),
        ("%appdata%/", "~/appdata/roaming/"),
        ("%localappdata%/", "~/appdata/local/"),
        ("c:/program files (x86)/", "c:/program files/"),
    ];
    if let Some((from, to)) = PLACES.iter().find(|(from, _)| path.starts_with(from)) {
        return Some(format!("{to}{}", &path[from.len()..]));
    }
    if let Some(rest) = path.strip_prefix("%userprofile%/") {
        return Some(format!("~/{rest}"));
    }
    home_below(path, "c:/users/")
}

/// `HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\X` → `hklm\software\x`.
fn registry_key(key: &str) -> String {
    const HIVES: [(&str, &str); 4] = [("hkey_local_machine\\", "hklm\\"), ("hkey_current_user\\", "hkcu\\"), ("hklm:\\", "hklm\\"), ("hkcu:\\", "hkcu\\")];
    let key = key.to_ascii_lowercase();
    let key = key.trim_end_matches('\\');
    let long = HIVES.iter().find_map(|(long, short)| key.strip_prefix(long).map(|rest| format!("{short}{rest}")));
    long.as_deref().unwrap_or(key).replacen("\\wow6432node\\", "\\", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for (at, info) in INDICATOR_KINDS.iter().enumerate() {
            assert_eq!(info.kind as usize, at);
            assert_eq!(serde_json::to_value(info.kind).unwrap(), info.word);
        }
    }

    #[track_caller]
    fn check(os: Os, home: Option<&str>, form: Form, input: &str, expect: &str) {
        assert_eq!(Normaliser::new(os, home).value(form, input), expect);
    }

    #[test]
    fn values_are_compared_in_one_form() {
        check(Os::Linux, None, Form::Path, "/sbin/auditd", "/usr/sbin/auditd");
        check(Os::Linux, None, Form::Path, "/home/anna/.config/x", "~/.config/x");
        check(Os::Linux, Some("/data/anna"), Form::Path, "/data/anna/.config/x", "~/.config/x");
        check(Os::Linux, Some("/"), Form::Path, "/opt/x", "/opt/x");
        check(Os::Linux, None, Form::Name, "Veyon.service", "Veyon.service");
        check(Os::Windows, None, Form::Path, "C:\\Program Files (x86)\\X\\a.exe", "c:/program files/x/a.exe");
        check(Os::Windows, None, Form::Path, "%ProgramFiles%\\X\\a.exe", "c:/program files/x/a.exe");
        check(Os::Windows, None, Form::Path, "C:\\Users\\Anna\\AppData\\Local\\X", "~/appdata/local/x");
        check(Os::Windows, None, Form::Path, "%LOCALAPPDATA%\\X", "~/appdata/local/x");
        check(Os::Macos, None, Form::Path, "/Users/anna/Library/X", "~/library/x");
        check(Os::Macos, None, Form::Path, "/private/var/Osquery/x", "/var/osquery/x");
        check(Os::Macos, None, Form::Path, "/System/Volumes/Data/Users/anna/Library/X", "~/library/x");
        check(Os::Macos, None, Form::Path, "/private/x", "/private/x");
        check(Os::Linux, None, Form::Id, "deb:Veyon", "deb:veyon");
        check(Os::Windows, None, Form::Registry, "HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Acme\\", "hklm\\software\\acme");
        check(Os::Windows, None, Form::Registry, "HKCU\\Software\\Acme", "hkcu\\software\\acme");
    }
}
