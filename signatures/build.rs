//! Compiles the product files of this folder into what `lib.rs` embeds; a problem in one of them ends the build.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use inzage_core::signature::Bundle;
use sha2::{Digest as _, Sha256};

fn main() -> ExitCode {
    for path in ["categories.yaml", "products"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let compiled = match inzage_signature_compiler::compile(Path::new(".")) {
        Ok(compiled) => compiled,
        Err(report) => {
            eprintln!("\n{}", report.render(false));
            return ExitCode::FAILURE;
        }
    };
    for warning in &compiled.warnings.problems {
        println!("cargo:warning={warning}");
    }
    match embed(&compiled.bundle) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the signatures cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}

fn embed(bundle: &Bundle) -> std::io::Result<()> {
    let bytes = postcard::to_allocvec(bundle).map_err(std::io::Error::other)?;
    let sha256 = Sha256::digest(&bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    println!("cargo:rustc-env=INZAGE_SIGNATURES_SHA256={sha256}");
    let folder = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| std::io::Error::other("cargo gave no OUT_DIR"))?;
    std::fs::write(folder.join("bundle.bin"), bytes)
}
