//! The files behind classes of COM.

use super::command::library_at;
use crate::collect::log::Log;

/// The library of a class that is registered for everybody; nothing for what is no class.
pub(super) fn library_of(log: &mut Log, class: &str) -> Option<String> {
    server_of(log, class, "InprocServer32").map(|name| library_at(&log.context.places, "System32", &name))
}

/// What a class of one kind runs in, as it is written there: the name of a library, or the command line of a program.
pub(super) fn server_of(log: &mut Log, class: &str, kind: &str) -> Option<String> {
    // Anything else could lead to another key.
    let is_class = class.len() == 38 && class.starts_with('{') && class.bytes().all(|byte| byte.is_ascii_hexdigit() || b"{-}".contains(&byte));
    let values = is_class.then(|| log.values(&format!("HKLM\\SOFTWARE\\Classes\\CLSID\\{class}\\{kind}")))??;
    values.text(log, "").map(str::to_owned)
}
