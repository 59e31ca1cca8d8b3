//! Puts the manifest into the program for Windows.

fn main() {
    println!("cargo:rerun-if-changed=../windows.manifest");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_some() {
        embed_manifest::embed_manifest_file("../windows.manifest").expect("the manifest lies beside this folder");
    }
}
