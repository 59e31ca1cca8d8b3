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
        let coverage = Source::ALL.map(|source| Coverage { source, status: Status::None, checked: 0, reason: None });
        let host = Host { os, os_version: String::new(), root: "/".into(), elevated: false, home: None };
        Self { schema: SCHEMA.into(), made_at: String::new(), agent_version: String::new(), host, facts, coverage: coverage.into(), names: None }
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

/// A source of facts.
///
/// The words are part of the report, of the categories' data and of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Running programs of the worker.
    Processes,
    /// Running programs of the system and of other users.
    ProcessesOfOthers,
    /// The executables of running programs.
    ProcessPaths,
    /// Package managers of the distribution: dpkg, rpm, pacman.
    Packages,
    /// Flatpak programs.
    Flatpak,
    /// Snap programs.
    Snap,
    /// Programs outside packages, and entries in the menu.
    Programs,
    /// systemd units and SysV scripts.
    Systemd,
    /// Desktop entries that start at login.
    XdgAutostart,
    /// cron of the system.
    Cron,
    /// Personal cron tables.
    CronOfOthers,
    /// Profiles of the worker's shell.
    ShellProfiles,
    /// Programs started over D-Bus.
    DbusServices,
    /// Kernel modules.
    KernelModules,
    /// Preloaded libraries.
    Preload,
    /// PAM modules.
    Pam,
    /// NSS modules.
    Nss,
    /// Browser extensions.
    BrowserExtensions,
    /// Browser policies.
    BrowserPolicies,
    /// Native-messaging hosts.
    NativeMessaging,
    /// Root certificates.
    Certificates,
    /// Root certificates that a browser keeps for itself.
    BrowserCertificates,
    /// Proxy settings.
    Proxy,
    /// DNS settings.
    Dns,
    /// Files and folders that signatures name.
    SignaturePaths,
    /// Settings of the system itself.
    SystemSettings,
    /// Which programs read the keyboard, the mouse, the screen or the clipboard: the system does not tell.
    InputAndScreen,
    /// What happens on the employer's servers and in the cloud.
    ServerSide,
    /// What happens in the network.
    NetworkSide,
    /// A source of a newer version.
    #[serde(other)]
    Unknown,
}

impl Source {
    /// Every source of this version, in the order of the report.
    pub const ALL: [Self; 29] = [
        Self::Processes,
        Self::ProcessesOfOthers,
        Self::ProcessPaths,
        Self::Packages,
        Self::Flatpak,
        Self::Snap,
        Self::Programs,
        Self::Systemd,
        Self::XdgAutostart,
        Self::Cron,
        Self::CronOfOthers,
        Self::ShellProfiles,
        Self::DbusServices,
        Self::KernelModules,
        Self::Preload,
        Self::Pam,
        Self::Nss,
        Self::BrowserExtensions,
        Self::BrowserPolicies,
        Self::NativeMessaging,
        Self::Certificates,
        Self::BrowserCertificates,
        Self::Proxy,
        Self::Dns,
        Self::SignaturePaths,
        Self::SystemSettings,
        Self::InputAndScreen,
        Self::ServerSide,
        Self::NetworkSide,
    ];

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
