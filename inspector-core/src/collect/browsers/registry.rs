//! Policies in the registry of Windows, as the values that the same policies have in files.
//!
//! A number, or a text; a list is a key with numbered values, an object is a key with named ones, and either may be written as JSON in
//! one text. What a number means (most often on or off) the browser knows; it is told as it stands there.

use std::path::Path;

use serde_json::{Map, Value};

use super::{Engine, json};
use crate::collect::log::Log;
use crate::collect::registry::Data;
use crate::inventory::ReasonCode;

/// The most keys inside one another; Firefox has five.
const DEEPEST: usize = 10;
/// The most keys of one browser.
const MOST_KEYS: usize = 5_000;
/// The key of what is only recommended.
const RECOMMENDED: &str = "Recommended";
/// The key with settings for extensions, told as one policy. It is read on its own account, so that it hides nothing of the others.
const OF_EXTENSIONS: &str = "3rdparty";

/// The policies in a key, and those that it only recommends.
pub(super) struct Policies {
    pub(super) mandatory: Map<String, Value>,
    pub(super) recommended: Map<String, Value>,
}

/// Reads a key of policies.
pub(super) fn policies(log: &mut Log, engine: Engine, key: &str) -> Policies {
    let mut reader = Reader { log, engine, left: MOST_KEYS };
    let (aside, recommended): (&[&str], _) = match engine {
        Engine::Chromium => (&[RECOMMENDED, OF_EXTENSIONS], reader.entries(&recommended(key), DEEPEST, &[])),
        Engine::Firefox => (&[OF_EXTENSIONS], Map::new()),
    };
    let mut mandatory = reader.entries(key, DEEPEST, aside);
    reader.left = MOST_KEYS;
    let of_extensions = reader.entries(&format!("{key}\\{OF_EXTENSIONS}"), DEEPEST, &[]);
    if !of_extensions.is_empty() {
        mandatory.insert(OF_EXTENSIONS.into(), Value::Object(of_extensions));
    }
    Policies { mandatory, recommended }
}

/// The key of what is only recommended.
pub(super) fn recommended(key: &str) -> String {
    format!("{key}\\{RECOMMENDED}")
}

struct Reader<'a, 'b> {
    log: &'a mut Log<'b>,
    engine: Engine,
    /// How many keys may still be read.
    left: usize,
}

impl Reader<'_, '_> {
    /// The values and keys in a key, without the keys that are left `aside`.
    fn entries(&mut self, key: &str, depth: usize, aside: &[&str]) -> Map<String, Value> {
        let mut entries = Map::new();
        if depth == 0 || self.left == 0 {
            self.log.trouble(ReasonCode::TooMany, Path::new(key));
            return entries;
        }
        self.left -= 1;
        let Some(values) = self.log.values(key) else { return entries };
        // The one without a name is no policy.
        for (name, data) in values.iter().filter(|(name, _)| !name.is_empty()) {
            if let Some(value) = self.value(key, name, data) {
                entries.insert(name.into(), value);
            }
        }
        for name in self.log.keys(key) {
            if self.left == 0 {
                self.log.trouble(ReasonCode::TooMany, Path::new(key));
                break;
            }
            if aside.iter().any(|aside| aside.eq_ignore_ascii_case(&name)) {
                continue;
            }
            let below = self.entries(&format!("{key}\\{name}"), depth - 1, &[]);
            // Keys stay behind empty when the policies in them are taken back.
            if below.is_empty() {
                continue;
            }
            match (entries.get_mut(&name), list_or_object(below)) {
                // Written in both ways: nothing of either is kept from the worker.
                (Some(Value::Object(known)), Value::Object(below)) => known.extend(below),
                (_, below) => {
                    entries.insert(name, below);
                }
            }
        }
        entries
    }

    fn value(&mut self, key: &str, name: &str, data: &Data) -> Option<Value> {
        let parsed = match data {
            Data::Number(number) => return Some((*number).into()),
            Data::Text(text) => match structure(text) {
                // A pattern of sites may begin with a bracket and be no list.
                None if text.trim_start().starts_with('{') || name.eq_ignore_ascii_case("ExtensionSettings") => {
                    self.log.trouble(ReasonCode::Malformed, Path::new(&format!("{key}\\{name}")));
                    Some(Value::String(text.clone()))
                }
                None => Some(Value::String(text.clone())),
                structure => structure,
            },
            // One JSON in several lines. Chromium does not read this type.
            Data::Texts(lines) if self.engine == Engine::Firefox => json::parse(lines.join("\n").as_bytes()),
            Data::Texts(_) | Data::Bytes(_) | Data::Broken => None,
        };
        if parsed.is_none() {
            self.log.trouble(ReasonCode::Malformed, Path::new(&format!("{key}\\{name}")));
        }
        parsed
    }
}

/// The list or object that a text holds as JSON.
fn structure(text: &str) -> Option<Value> {
    let may_be = text.trim_start().starts_with(['{', '[']);
    may_be.then(|| json::parse::<Value>(text.as_bytes())).flatten().filter(|value| value.is_object() || value.is_array())
}

/// A key with nothing but numbers is a list in the order of the numbers.
fn list_or_object(entries: Map<String, Value>) -> Value {
    let mut numbers: Vec<(u32, String)> = entries.keys().filter_map(|name| Some((name.parse().ok()?, name.clone()))).collect();
    if numbers.len() < entries.len() {
        return Value::Object(entries);
    }
    numbers.sort_unstable();
    let mut entries = entries;
    Value::Array(numbers.into_iter().filter_map(|(_, name)| entries.remove(&name)).collect())
}
