//! The signatures that the program carries: compiled when it was built, from `products/*.yaml` and `categories.yaml`.

use std::sync::OnceLock;

use inzage_core::signature::Bundle;

const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/bundle.json"));

/// The products and categories that the program carries.
pub fn embedded() -> &'static Bundle {
    static BUNDLE: OnceLock<Bundle> = OnceLock::new();
    // The build wrote this JSON from the same type, and a test reads it; there is nobody whom an error here could help.
    BUNDLE.get_or_init(|| serde_json::from_str(JSON).unwrap_or_default())
}

/// The SHA-256 of the embedded signatures, in hexadecimal.
pub fn sha256() -> String {
    env!("INZAGE_SIGNATURES_SHA256").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signatures_are_there() {
        let read: Bundle = serde_json::from_str(JSON).expect("the build wrote it");
        assert_eq!(&read, embedded());
        assert!(!read.products.is_empty());
        assert!(!read.categories.is_empty());
        assert!(read.version.len() == "2026-11-22".len());
        assert_eq!(sha256().len(), 64);
    }
}
