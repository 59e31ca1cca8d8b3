//! What Inzage exists for: facts of a computer, matching them with signatures, and saying what can be observed.
//!
//! The way of the data is `collect` → [`inventory::Inventory`] → [`matching`] and [`observe`] → [`exposure`] → [`report::Report`]. Only
//! `collect` touches the computer; everything after it is a pure function of values and works the same on every system.

mod card;
pub mod exposure;
pub mod facts;
pub mod history;
pub mod inventory;
pub mod kinds;
pub mod mask;
pub mod matching;
pub mod observe;
pub mod report;
pub mod signature;
pub mod text;
mod words;

#[cfg(feature = "collect")]
pub mod collect;
#[cfg(feature = "collect")]
pub mod record;

#[cfg(all(fuzzing, feature = "collect"))]
pub mod fuzzing;
