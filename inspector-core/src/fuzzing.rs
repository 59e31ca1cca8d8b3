//! What the fuzzers call: readers of files that anybody may have made, and that must neither fail nor read without end.

/// Reads a program for macOS.
pub fn mach(bytes: &[u8]) {
    crate::collect::fuzz_mach(bytes);
}

/// Reads a property list, and what an archive in one stands for.
pub fn plist(bytes: &[u8]) {
    crate::collect::fuzz_plist(bytes);
}
