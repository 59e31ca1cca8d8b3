//! The manifest of an extension of Chromium: the name it shows, and what it asks for.

use std::path::Path;

use serde_json::Value;

use super::reach::Reach;
use super::{cut, json};
use crate::collect::log::Log;

/// The most that is read of a manifest or of a file of texts.
const LIMIT: u64 = 2 << 20;

/// The manifest in a folder.
pub(super) fn read(log: &mut Log, folder: &Path) -> Option<Value> {
    json::read(log, &folder.join("manifest.json"), LIMIT)
}

/// The name that an extension shows, in its default language.
pub(super) fn name(log: &mut Log, manifest: &Value, folder: Option<&Path>) -> String {
    let name = json::text(manifest, "name").unwrap_or_default();
    let message = name.strip_prefix("__MSG_").and_then(|rest| rest.strip_suffix("__"));
    let found = message.zip(folder).and_then(|(key, folder)| message_of(log, manifest, folder, key));
    cut(found.as_deref().unwrap_or(name))
}

fn message_of(log: &mut Log, manifest: &Value, folder: &Path, key: &str) -> Option<String> {
    let locale = json::text(manifest, "default_locale")?;
    // It becomes part of a path.
    if locale.is_empty() || !locale.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        return None;
    }
    let texts: Value = json::read(log, &folder.join("_locales").join(locale).join("messages.json"), LIMIT)?;
    // Keys are the same in capitals and small letters.
    let (_, text) = texts.as_object()?.iter().find(|(known, _)| known.eq_ignore_ascii_case(key))?;
    json::text(text, "message").map(str::to_owned)
}

/// What a manifest asks for, for extensions of which the browser noted nothing else.
pub(super) fn asks(manifest: &Value) -> Reach {
    let mut reach = Reach::default();
    reach.permissions(manifest.get("permissions"));
    reach.hosts(manifest.get("host_permissions"));
    for script in manifest.get("content_scripts").and_then(Value::as_array).into_iter().flatten() {
        reach.hosts(script.get("matches"));
    }
    reach
}
