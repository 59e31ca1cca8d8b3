//! What Slint's compiler makes of `markup/`, in a crate of its own: it takes long to build, and changes seldom.

#![allow(clippy::all)]

slint::include_modules!();
