//! Property lists. Add it to Cargo.toml when `inzage_core::fuzzing::plist` is there.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| inzage_core::fuzzing::plist(bytes));
