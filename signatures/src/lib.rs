//! The signatures that the program carries: compiled when it was built, from `products/*.yaml` and `categories.yaml`.

use std::sync::OnceLock;

use inzage_core::signature::{Bundle, Category};

/// In postcard's format: read at each start, it must take no time to read and little room in the program.
const EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/bundle.bin"));

/// The products and categories that the program carries.
pub fn embedded() -> &'static Bundle {
    static BUNDLE: OnceLock<Bundle> = OnceLock::new();
    BUNDLE.get_or_init(load)
}

/// The categories alone, for whoever stays: they are few, and the products take megabytes.
pub fn categories() -> &'static [Category] {
    static CATEGORIES: OnceLock<Vec<Category>> = OnceLock::new();
    CATEGORIES.get_or_init(|| load().categories)
}

/// The same as [`embedded`], for whoever needs them now and then and gives the memory back: unpacked they take megabytes.
pub fn load() -> Bundle {
    // The build wrote this from the same type, and a test reads it; there is nobody whom an error here could help.
    unpack(EMBEDDED).unwrap_or_default()
}

/// Signatures as bytes, in the form in which the program carries them.
pub fn pack(bundle: &Bundle) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(bundle)
}

/// Signatures from such bytes.
pub fn unpack(bytes: &[u8]) -> Result<Bundle, postcard::Error> {
    postcard::from_bytes(bytes)
}

/// How many bytes of the program they take.
pub const SIZE: usize = EMBEDDED.len();

/// The SHA-256 of the embedded signatures, in hexadecimal.
pub fn sha256() -> String {
    env!("INZAGE_SIGNATURES_SHA256").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signatures_are_there() {
        let read = unpack(EMBEDDED).expect("the build wrote it");
        assert_eq!(&read, embedded());
        assert_eq!(read.categories, categories());
        assert!(!read.products.is_empty());
        assert!(!read.categories.is_empty());
        assert!(read.version.len() == "2026-11-22".len());
        assert_eq!(sha256().len(), 64);
        assert!(EMBEDDED.len() <= 2_000_000, "{} bytes", EMBEDDED.len());
    }
}
