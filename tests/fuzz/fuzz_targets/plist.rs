//! Property lists.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| inzage_core::fuzzing::plist(bytes));
