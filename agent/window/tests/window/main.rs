//! The window on real reports, on hostile ones, and as pictures.

#![allow(clippy::unwrap_used, unreachable_pub)]

mod canvas;
mod contrast;
mod data;
mod hostile;
mod layout;
mod pages;
mod timeline;
