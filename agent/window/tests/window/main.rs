//! The window on real reports, on hostile ones, and as pictures.

#![allow(clippy::unwrap_used)]

mod canvas;
mod contrast;
mod data;
mod hostile;
mod layout;
mod pages;
mod timeline;
