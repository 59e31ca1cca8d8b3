//! End-to-end tests: they start the real program and judge what it prints.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod cli;
#[cfg(target_os = "linux")]
mod doctor;
#[cfg(target_os = "linux")]
mod hostile;
mod licences;
mod macos;
mod masking;
mod record;
mod schema;
mod tidy;
#[cfg(target_os = "linux")]
mod verdict;
mod windows;
