//! The files behind classes of COM.

use crate::collect::log::Log;

/// The library of a class that is registered for everybody, as it is written there; nothing for what is no class.
pub(super) fn library_of(log: &mut Log, class: &str) -> Option<String> {
    server_of(log, class, "InprocServer32")
}

/// The command line of the program of such a class.
pub(super) fn program_of(log: &mut Log, class: &str) -> Option<String> {
    server_of(log, class, "LocalServer32")
}

fn server_of(log: &mut Log, class: &str, kind: &str) -> Option<String> {
    // Anything else could lead to another key.
    let is_class = class.len() == 38 && class.starts_with('{') && class.bytes().all(|byte| byte.is_ascii_hexdigit() || b"{-}".contains(&byte));
    let values = is_class.then(|| log.values(&format!("HKLM\\SOFTWARE\\Classes\\CLSID\\{class}\\{kind}")))??;
    values.text(log, "").map(str::to_owned)
}
