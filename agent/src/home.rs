//! The program's own folder, and what the worker decided.
//!
//! Nothing is made here before the worker gave an answer that has to be remembered.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use chrono::Local;
use directories::ProjectDirs;
use inzage_core::record::make_folder;
use serde::{Deserialize, Serialize};

use crate::texts::Language;

/// The folder: local to this computer, never one that is copied to others. Nothing if the worker has no home.
pub fn folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "inzage").map(|dirs| dirs.data_local_dir().to_owned())
}

/// Today in the worker's own time zone, as YYYY-MM-DD.
pub fn today() -> String {
    Local::now().date_naive().to_string()
}

/// What the worker decided. What is not known yet is asked, or left off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether to keep a record.
    pub record: Option<bool>,
    /// The language of the texts, where it is not that of the system.
    pub language: Option<String>,
    /// Notifications say what changed, and not only that something did.
    pub full_notices: bool,
    /// The size of text in the window, in percent, where it is not that of the system.
    pub text_size: Option<u16>,
    /// Keep a log for who helps.
    pub log: bool,
    /// What was said once, and need not be said again.
    pub told: Vec<String>,
}

const FILE_NAME: &str = "settings.json";

impl Settings {
    /// The settings that are kept. A file that cannot be read is the same as none: then nothing was decided.
    pub fn read() -> Self {
        let text = folder().and_then(|folder| fs::read_to_string(folder.join(FILE_NAME)).ok());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Whether there are any; an error when they cannot be read.
    pub(crate) fn check() -> io::Result<bool> {
        let folder = folder().ok_or(io::ErrorKind::NotFound)?;
        match fs::read_to_string(folder.join(FILE_NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
            Ok(text) => serde_json::from_str::<Self>(&text).map(|_| true).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)),
        }
    }

    /// The language that the worker chose.
    pub fn language(&self) -> Option<Language> {
        let word = self.language.as_deref()?;
        Language::ALL.into_iter().find_map(|(own, language)| (own == word).then_some(language))
    }

    /// Changes what is kept, in one step: a reader never sees half of it.
    pub fn change(change: impl FnOnce(&mut Self)) -> io::Result<()> {
        let mut settings = Self::read();
        let before = settings.clone();
        change(&mut settings);
        if settings == before {
            return Ok(());
        }
        let folder = folder().ok_or(io::ErrorKind::NotFound)?;
        make_folder(&folder).map_err(io::Error::other)?;
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        file.write_all(serde_json::to_string_pretty(&settings)?.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(folder.join(FILE_NAME))?;
        Ok(())
    }

    /// Whether this was said before. It is remembered only where the program keeps something already.
    pub fn first_time(what: &str) -> bool {
        let settings = Self::read();
        let is_first = !settings.told.iter().any(|told| told == what);
        if is_first && settings != Self::default() {
            // Saying it twice does no harm.
            let _ = Self::change(|settings| settings.told.push(what.to_owned()));
        }
        is_first
    }
}
