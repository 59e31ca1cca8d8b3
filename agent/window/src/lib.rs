//! The window of Inzage: what is being seen, at one look.
//!
//! [`pages`] makes each page, a plain value, from what was seen. [`show`] puts it into the window, and [`save`] writes it into a file. [`app`]
//! joins them with looking, the record and the settings.

pub mod app;
pub mod page;
pub mod pages;
pub mod save;
pub mod show;
mod system;

/// What the window is drawn with.
pub use inzage_window_ui as ui;
