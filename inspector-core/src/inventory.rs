//! The inventory: all facts of one look, with coverage.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::Fact;
use crate::kinds::Os;
use crate::mask::Names;

/// The `schema` of an inventory of this version.
pub const SCHEMA: &str = "inzage-inventory/1";

/// All facts of one look, with coverage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Inventory {
    /// Always `inzage-inventory/1`.
    pub schema: String,
    /// When the look was made: RFC 3339, in UTC.
    pub made_at: String,
    /// Version of the program that made it.
    pub agent_version: String,
    /// The computer.
    pub host: Host,
    /// What was seen. Kinds of a newer version are left out when an older one reads it, and counted in `skipped`.
    #[serde(deserialize_with = "known_facts")]
    pub facts: Vec<Fact>,
    /// How far each source was looked at.
    pub coverage: Vec<Coverage>,
    /// What masking takes out. It is never written: a file of it would name what masking hides.
    #[serde(skip)]
    pub names: Option<Names>,
}

fn known_facts<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Fact>, D::Error> {
    let values = Vec::<serde_json::Value>::deserialize(deserializer)?;
    let known = |word: &str| crate::facts::FACT_KINDS.iter().any(|info| info.word == word);
    values
        .into_iter()
        .filter(|value| value.get("kind").and_then(|kind| kind.as_str()).is_none_or(known))
        .map(|value| Fact::deserialize(value).map_err(serde::de::Error::custom))
        .collect()
}

impl Inventory {
    /// An inventory of these facts alone: nothing else was looked at.
    pub fn of_facts(os: Os, facts: Vec<Fact>) -> Self {
        let coverage = Source::of(os).map(|source| Coverage { source, status: Status::None, checked: 0, reason: None }).collect();
        let host = Host { os, os_version: String::new(), root: "/".into(), elevated: false, home: None };
        Self { schema: SCHEMA.into(), made_at: String::new(), agent_version: String::new(), host, facts, coverage, names: None }
    }
}

/// The computer that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Host {
    /// The family of systems.
    pub os: Os,
    /// Name and version, as the system calls itself.
    pub os_version: String,
    /// The folder that was read as the root of the computer; `/` for this computer.
    pub root: String,
    /// Whether the look was made with administrator rights.
    pub elevated: bool,
    /// The worker's home folder, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
}

macro_rules! sources {
    ($( $(#[doc = $doc:literal])+ $name:ident: $($os:ident)+, )*) => {
        /// A source of facts.
        ///
        /// The words are part of the report, of the categories' data and of the texts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Source {
            $( $(#[doc = $doc])+ $name, )*
            /// A source of a newer version.
            #[serde(other)]
            Unknown,
        }

        impl Source {
            /// Every source of this version, in the order of the report.
            pub const ALL: &[Self] = &[$( Self::$name, )*];

            /// The systems that have it.
            pub const fn systems(self) -> &'static [Os] {
                match self { $( Self::$name => &[$( Os::$os, )+], )* Self::Unknown => &[] }
            }
        }
    };
}

sources! {
    /// Running programs of the worker.
    Processes: Linux Windows Macos,
    /// Running programs of the system and of other users.
    ProcessesOfOthers: Linux Windows Macos,
    /// The executables of running programs.
    ProcessPaths: Linux Windows Macos,
    /// Package managers of the distribution: dpkg, rpm, pacman.
    Packages: Linux,
    /// Flatpak programs.
    Flatpak: Linux,
    /// Snap programs.
    Snap: Linux,
    /// Programs outside packages and applications, and entries in the menu.
    Programs: Linux Macos,
    /// Applications of macOS with what is in them, and keyboards and other parts that programs add.
    Applications: Macos,
    /// Receipts of installers of macOS.
    Receipts: Macos,
    /// The list of installed programs of Windows.
    InstalledPrograms: Windows,
    /// Programs from the Windows Store.
    StorePackages: Windows,
    /// systemd units and SysV scripts.
    Systemd: Linux,
    /// Services and drivers of Windows.
    Services: Windows,
    /// Drivers that files, keys, the mouse or the network go through.
    FilterDrivers: Windows,
    /// Desktop entries that start at login.
    XdgAutostart: Linux,
    /// The Run keys of the registry.
    RunKeys: Windows,
    /// The Startup folders of Windows.
    StartupFolders: Windows,
    /// Scheduled tasks of Windows.
    ScheduledTasks: Windows,
    /// Agents and daemons of launchd.
    Launchd: Macos,
    /// Login items, background items and login hooks of macOS.
    LoginItems: Macos,
    /// System extensions of macOS.
    SystemExtensions: Macos,
    /// Kernel extensions of macOS that are not its own.
    KernelExtensions: Macos,
    /// cron of the system.
    Cron: Linux Macos,
    /// Personal cron tables.
    CronOfOthers: Linux Macos,
    /// Profiles of the worker's shell.
    ShellProfiles: Linux Macos,
    /// Programs started over D-Bus.
    DbusServices: Linux,
    /// Kernel modules.
    KernelModules: Linux,
    /// Preloaded libraries.
    Preload: Linux Windows,
    /// PAM modules.
    Pam: Linux,
    /// NSS modules.
    Nss: Linux,
    /// The parts of the system that take part in logging in.
    LogonParts: Windows Macos,
    /// Browser extensions.
    BrowserExtensions: Linux Windows Macos,
    /// Browser policies.
    BrowserPolicies: Linux Windows Macos,
    /// Native-messaging hosts.
    NativeMessaging: Linux Windows Macos,
    /// Root certificates.
    Certificates: Linux Windows Macos,
    /// Root certificates that a browser keeps for itself.
    BrowserCertificates: Linux Windows Macos,
    /// Proxy settings.
    Proxy: Linux Windows Macos,
    /// DNS settings.
    Dns: Linux Windows Macos,
    /// Files and folders that signatures name.
    SignaturePaths: Linux Windows Macos,
    /// Folders that macOS guards: the worker's documents, and data of other programs.
    GuardedFolders: Macos,
    /// Registry keys that signatures name.
    RegistryKeys: Windows,
    /// Who signed the programs that run, start by themselves or are installed.
    CodeSignatures: Windows Macos,
    /// Whether an organisation manages the computer.
    DeviceManagement: Windows Macos,
    /// Configuration profiles of macOS.
    ConfigurationProfiles: Macos,
    /// Preferences that configuration profiles set for programs.
    ManagedPreferences: Macos,
    /// What programs were allowed: the screen, the keyboard, the camera, all files.
    PrivacyDecisions: Macos,
    /// Programs that network traffic goes through: filters, tunnels, DNS.
    NetworkExtensions: Macos,
    /// Programs that macOS lists as listening to the keyboard or the mouse.
    EventTaps: Macos,
    /// The camera, the microphone and the screen, in use now.
    DevicesInUse: Macos,
    /// Settings of the system itself.
    SystemSettings: Linux Windows Macos,
    /// Which programs read the keyboard, the mouse, the screen or the clipboard: the system does not tell.
    InputAndScreen: Linux Windows Macos,
    /// What happens on the employer's servers and in the cloud.
    ServerSide: Linux Windows Macos,
    /// What happens in the network.
    NetworkSide: Linux Windows Macos,
}

impl Source {
    /// Every source of a system, in the order of the report.
    pub fn of(os: Os) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |source| source.systems().contains(&os))
    }

    /// The word in JSON and in the texts.
    pub fn word(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(word)) => word,
            _ => String::new(),
        }
    }
}

/// How far a source was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All of it.
    Full,
    /// Some of it.
    Partial,
    /// Nothing of it, or a word of a newer version.
    #[serde(other)]
    None,
}

/// Why a source was not looked at fully, or why there was nothing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// It does not exist on this computer.
    Absent,
    /// This user may not read it.
    PermissionDenied,
    /// It could not be understood.
    Malformed,
    /// It is larger than what is ever read.
    TooLarge,
    /// Something else lies where a file or folder should be.
    NotAFile,
    /// Links go round in a circle.
    LinkLoop,
    /// There is more than what is ever looked at.
    TooMany,
    /// The time for the scan was over.
    TimedOut,
    /// Reading failed.
    ReadError,
    /// Only a running computer shows it, and a folder was examined.
    NotLive,
    /// The worker's home folder is not known.
    NoHome,
    /// The system hides the programs of others.
    HiddenProcesses,
    /// It is kept in a form that this version cannot read.
    UnsupportedFormat,
    /// The last changes of a registry hive are in files that are not read.
    UnsettledHive,
    /// Only programs with full disk access may read it, which this one does not ask for.
    NeedsFullDiskAccess,
    /// The system would ask the worker a question if it were looked at.
    WouldAsk,
    /// The system does not tell this to any program.
    NotShownBySystem,
    /// It is not on this computer.
    NotOnThisComputer,
    /// A fault in this program.
    InternalError,
    /// A word of a newer version.
    #[serde(other)]
    Unknown,
}

/// A reason, as a code and its arguments, so that it can be said in any language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// Which reason.
    pub code: ReasonCode,
    /// What it concerns: `path` the first place, `count` how many places there were.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

/// How far one source was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// The source.
    pub source: Source,
    /// How far.
    pub status: Status,
    /// How many things were looked at: files, folders, entries or programs.
    pub checked: u64,
    /// Why not fully; with status `full` only `absent`.
    pub reason: Option<Reason>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sources_are_listed_once() {
        let mut sorted = Source::ALL.to_vec();
        sorted.dedup();
        assert_eq!(sorted.len(), Source::ALL.len());
        assert_eq!(Source::ALL.len(), Source::Unknown as usize);
        assert_eq!(Source::CronOfOthers.word(), "cron_of_others");
    }

    #[test]
    fn words_of_a_newer_version_are_tolerated() {
        let text = r#"{"schema":"inzage-inventory/1","made_at":"","agent_version":"9","host":{"os":"linux","os_version":"","root":"/","elevated":false},
            "facts":[{"kind":"telepathy","x":1},{"kind":"dns","server":"1.1.1.1","place":"/etc/resolv.conf"}],
            "coverage":[{"source":"telepathy","status":"sideways","checked":0,"reason":{"code":"bored"}}]}"#;
        let inventory: Inventory = serde_json::from_str(text).unwrap();
        assert_eq!(inventory.facts.len(), 1);
        assert_eq!(inventory.coverage[0].source, Source::Unknown);
        assert_eq!(inventory.coverage[0].reason.as_ref().unwrap().code, ReasonCode::Unknown);
    }
}
