//! Property lists, in which macOS and its programs keep their settings: binary, XML, JSON, and the old form with braces.
//!
//! A binary list may name one object any number of times, so a small file can stand for a list without end. Nothing is kept before it was
//! counted.

use std::io::Cursor;
use std::path::Path;

use plist::stream::{Event, OwnedEvent, Reader};
pub(super) use plist::{Dictionary, Value};

use super::log::{FILE_LIMIT, Log};
use crate::inventory::ReasonCode;

/// The most values in one list, repetitions counted.
const MOST_VALUES: usize = 200_000;
/// The most bytes of texts and data in one list, repetitions counted.
const MOST_BYTES: usize = 32 << 20;
/// How deep values may lie in each other.
const DEEPEST: usize = 64;
/// The most characters of a text that is told.
const MOST_CHARACTERS: usize = 300;

/// Why a list was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is no property list, or a broken one.
    Malformed,
    /// It stands for more than is ever looked at.
    TooMany,
}

/// Reads a list whose top is a dictionary; nothing if it is absent or was not understood, which is then in the account.
pub(super) fn read(log: &mut Log, path: &Path) -> Option<Dictionary> {
    let bytes = log.read_up_to(path, FILE_LIMIT)?;
    dictionary(log, path, &bytes)
}

/// The dictionary at the top of a list that was read from `path`.
pub(super) fn dictionary(log: &mut Log, path: &Path, bytes: &[u8]) -> Option<Dictionary> {
    let code = match parse(bytes) {
        Ok(Value::Dictionary(dictionary)) => return Some(dictionary),
        Ok(_) | Err(Unread::Malformed) => ReasonCode::Malformed,
        Err(Unread::TooMany) => ReasonCode::TooMany,
    };
    log.trouble(code, path);
    None
}

/// Reads a list in any of its forms.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, Unread> {
    // The old form begins with a brace too, but then has no quotes and colons as JSON does.
    let may_be_json = bytes.trim_ascii_start().first().is_some_and(|first| matches!(first, b'{' | b'['));
    if may_be_json && bytes.iter().filter(|byte| matches!(byte, b',' | b':' | b'[' | b'{')).count() > MOST_VALUES {
        return Err(Unread::TooMany);
    }
    if may_be_json && let Ok(json) = serde_json::from_slice::<serde_json::Value>(bytes) {
        return of_json(json, 0);
    }
    let mut builder = Builder::default();
    for event in Reader::new(Cursor::new(bytes)) {
        builder.take(event.map_err(|_| Unread::Malformed)?)?;
    }
    builder.finished.filter(|_| builder.open.is_empty()).ok_or(Unread::Malformed)
}

fn of_json(json: serde_json::Value, depth: usize) -> Result<Value, Unread> {
    if depth > DEEPEST {
        return Err(Unread::TooMany);
    }
    Ok(match json {
        serde_json::Value::Bool(value) => Value::Boolean(value),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), ..) => Value::Integer(number.into()),
            (None, Some(number), _) => Value::Integer(number.into()),
            (None, None, number) => Value::Real(number.unwrap_or_default()),
        },
        serde_json::Value::String(text) => Value::String(text),
        serde_json::Value::Array(values) => Value::Array(values.into_iter().map(|value| of_json(value, depth + 1)).collect::<Result<_, _>>()?),
        // A list has no "nothing": what is nothing is left out.
        serde_json::Value::Object(values) => Value::Dictionary(
            values
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| Ok((key, of_json(value, depth + 1)?)))
                .collect::<Result<_, Unread>>()?,
        ),
        serde_json::Value::Null => Value::String(String::new()),
    })
}

/// Puts a list together from its events, and counts them.
#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    finished: Option<Value>,
    values: usize,
    bytes: usize,
}

/// A value that is not at its end yet.
enum Open {
    Array(Vec<Value>),
    Dictionary(Dictionary, Option<String>),
}

impl Builder {
    fn take(&mut self, event: OwnedEvent) -> Result<(), Unread> {
        self.values += 1;
        let value = match event {
            Event::StartArray(length) | Event::StartDictionary(length) if length.is_some_and(|length| length > MOST_VALUES as u64) => {
                return Err(Unread::TooMany);
            }
            Event::StartArray(_) => return self.start(Open::Array(Vec::new())),
            Event::StartDictionary(_) => return self.start(Open::Dictionary(Dictionary::new(), None)),
            Event::EndCollection => match self.open.pop() {
                Some(Open::Array(values)) => Value::Array(values),
                Some(Open::Dictionary(values, None)) => Value::Dictionary(values),
                // A key without a value.
                Some(Open::Dictionary(_, Some(_))) | None => return Err(Unread::Malformed),
            },
            Event::Boolean(value) => Value::Boolean(value),
            Event::Data(data) => {
                self.bytes += data.len();
                Value::Data(data.into_owned())
            }
            Event::Date(date) => Value::Date(date),
            Event::Integer(number) => Value::Integer(number),
            Event::Real(number) => Value::Real(number),
            Event::String(text) => {
                self.bytes += text.len();
                Value::String(text.into_owned())
            }
            Event::Uid(uid) => Value::Uid(uid),
            _ => return Err(Unread::Malformed),
        };
        if self.values > MOST_VALUES || self.bytes > MOST_BYTES {
            return Err(Unread::TooMany);
        }
        match (self.open.last_mut(), value) {
            (Some(Open::Array(values)), value) => values.push(value),
            (Some(Open::Dictionary(_, key @ None)), Value::String(text)) => *key = Some(text),
            (Some(Open::Dictionary(_, None)), _) => return Err(Unread::Malformed),
            (Some(Open::Dictionary(values, key)), value) => {
                values.insert(key.take().unwrap_or_default(), value);
            }
            (None, value) if self.finished.is_none() => self.finished = Some(value),
            (None, _) => return Err(Unread::Malformed),
        }
        Ok(())
    }

    fn start(&mut self, open: Open) -> Result<(), Unread> {
        if self.open.len() >= DEEPEST || self.values > MOST_VALUES {
            return Err(Unread::TooMany);
        }
        // The key of a dictionary is a text.
        if matches!(self.open.last(), Some(Open::Dictionary(_, None))) || (self.open.is_empty() && self.finished.is_some()) {
            return Err(Unread::Malformed);
        }
        self.open.push(open);
        Ok(())
    }
}

/// A text in a dictionary, cut to what is ever needed of it; nothing if it is empty or no text.
pub(super) fn text(values: &Dictionary, key: &str) -> Option<String> {
    values.get(key).and_then(Value::as_string).map(cut).filter(|text| !text.is_empty())
}

/// The texts of a list in a dictionary; a single text counts as a list of one.
pub(super) fn texts(values: &Dictionary, key: &str) -> Vec<String> {
    match values.get(key) {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_string).map(cut).filter(|text| !text.is_empty()).collect(),
        Some(Value::String(text)) => [cut(text)].into_iter().filter(|text| !text.is_empty()).collect(),
        _ => Vec::new(),
    }
}

/// Yes or no, also where it is written as a number or a word, as many programs do.
pub(super) fn yes(values: &Dictionary, key: &str) -> Option<bool> {
    match values.get(key)? {
        Value::Boolean(value) => Some(*value),
        Value::Integer(number) => number.as_signed().map(|number| number != 0),
        Value::String(text) if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("yes") || text == "1" => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") || text.eq_ignore_ascii_case("no") || text == "0" => Some(false),
        _ => None,
    }
}

/// The dictionary in a dictionary.
pub(super) fn inner<'a>(values: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
    values.get(key).and_then(Value::as_dictionary)
}

/// The dictionaries of a list in a dictionary.
pub(super) fn inners<'a>(values: &'a Dictionary, key: &str) -> impl Iterator<Item = &'a Dictionary> + use<'a> {
    values.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_dictionary)
}

/// A moment, in seconds since 1970.
pub(super) fn moment(values: &Dictionary, key: &str) -> Option<i64> {
    let date = std::time::SystemTime::from(values.get(key)?.as_date()?);
    i64::try_from(date.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs()).ok()
}

fn cut(text: &str) -> String {
    text.trim().chars().take(MOST_CHARACTERS).collect()
}

/// What `NSKeyedArchiver` put into a list, as plain values: dictionaries, lists, texts, data. Objects of other classes are dictionaries of their
/// fields, with their class as `$class`.
pub(super) fn unarchive(archive: &Dictionary) -> Result<Value, Unread> {
    let objects = archive.get("$objects").and_then(Value::as_array).ok_or(Unread::Malformed)?;
    let top = inner(archive, "$top").ok_or(Unread::Malformed)?;
    let mut left = MOST_VALUES;
    let mut plain = Dictionary::new();
    for (name, value) in top {
        plain.insert(name.clone(), resolve(value, objects, 0, &mut left)?);
    }
    Ok(Value::Dictionary(plain))
}

/// Gives bytes to the reader that nobody would write.
#[cfg(fuzzing)]
pub(crate) fn fuzz(bytes: &[u8]) {
    if let Ok(Value::Dictionary(values)) = parse(bytes) {
        let _ = unarchive(&values);
        for key in values.keys() {
            let _ = (text(&values, key), texts(&values, key), yes(&values, key), moment(&values, key), inners(&values, key).count());
        }
    }
}

fn resolve(value: &Value, objects: &[Value], depth: usize, left: &mut usize) -> Result<Value, Unread> {
    // What is named any number of times is copied as often: large things count as many.
    let size = match value {
        Value::String(text) => text.len(),
        Value::Data(data) => data.len(),
        Value::Dictionary(fields) => fields.keys().map(String::len).sum(),
        _ => 0,
    };
    *left = left.checked_sub(1 + size / (MOST_BYTES / MOST_VALUES)).ok_or(Unread::TooMany)?;
    // Objects may name each other in a circle.
    if depth > DEEPEST {
        return Err(Unread::TooMany);
    }
    let mut resolved = |value: &Value| resolve(value, objects, depth + 1, left);
    match value {
        Value::Uid(uid) => {
            let object = usize::try_from(uid.get()).ok().and_then(|at| objects.get(at)).ok_or(Unread::Malformed)?;
            if matches!(object, Value::Uid(_)) { Err(Unread::Malformed) } else { resolved(object) }
        }
        Value::Array(values) => Ok(Value::Array(values.iter().map(resolved).collect::<Result<_, _>>()?)),
        Value::Dictionary(fields) => {
            let list = |key: &str| fields.get(key).and_then(Value::as_array);
            if let (Some(keys), Some(values)) = (list("NS.keys"), list("NS.objects")) {
                let mut plain = Dictionary::new();
                for (key, value) in keys.iter().zip(values) {
                    if let Value::String(key) = resolved(key)? {
                        plain.insert(key, resolved(value)?);
                    }
                }
                return Ok(Value::Dictionary(plain));
            }
            if let Some(values) = list("NS.objects") {
                return Ok(Value::Array(values.iter().map(resolved).collect::<Result<_, _>>()?));
            }
            if let Some(text) = fields.get("NS.string").or_else(|| fields.get("NS.relative")).or_else(|| fields.get("NS.data")) {
                return resolved(text);
            }
            let mut plain = Dictionary::new();
            for (key, value) in fields {
                let value = resolved(value)?;
                let class = value.as_dictionary().filter(|_| key == "$class").and_then(|class| class.get("$classname").cloned());
                plain.insert(key.clone(), class.unwrap_or(value));
            }
            Ok(Value::Dictionary(plain))
        }
        Value::String(text) if text == "$null" => Ok(Value::String(String::new())),
        plain => Ok(plain.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(value: &Value) -> Vec<u8> {
        let mut bytes = Vec::new();
        value.to_writer_binary(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn every_form_says_the_same() {
        let xml =
            br#"<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0"><dict><key>Label</key><string>com.acme.agent</string><key>Args</key><array><string>/opt/a</string></array></dict></plist>"#;
        let json = br#"{"Label": "com.acme.agent", "Args": ["/opt/a"], "None": null}"#;
        let old = br#"{ Label = "com.acme.agent"; Args = ( "/opt/a" ); }"#;
        let of_xml = parse(xml).unwrap();
        for bytes in [&json[..], old, &binary(&of_xml)] {
            assert_eq!(parse(bytes).as_ref(), Ok(&of_xml), "{}", String::from_utf8_lossy(bytes));
        }
        let values = of_xml.as_dictionary().unwrap();
        assert_eq!((text(values, "Label").as_deref(), texts(values, "Args")), (Some("com.acme.agent"), vec!["/opt/a".to_owned()]));
    }

    /// A binary list in which each of `depth` lists names the next one `width` times.
    fn laughing(width: u8, depth: u8) -> Vec<u8> {
        let mut bytes = b"bplist00".to_vec();
        let mut offsets = Vec::new();
        for level in 0..depth {
            offsets.push(u8::try_from(bytes.len()).unwrap());
            bytes.push(0xa0 | width);
            bytes.extend(std::iter::repeat_n(level + 1, width.into()));
        }
        offsets.push(u8::try_from(bytes.len()).unwrap());
        bytes.push(0x09);
        let table = bytes.len() as u64;
        bytes.extend(&offsets);
        bytes.extend([0; 6]);
        bytes.extend([1, 1]);
        bytes.extend((offsets.len() as u64).to_be_bytes());
        bytes.extend(0u64.to_be_bytes());
        bytes.extend(table.to_be_bytes());
        bytes
    }

    #[test]
    fn small_files_that_stand_for_much() {
        assert!(parse(&laughing(2, 3)).is_ok());
        assert_eq!(parse(&laughing(14, 14)), Err(Unread::TooMany));
        assert_eq!(parse(format!("[{}0]", "{},".repeat(200_000)).as_bytes()), Err(Unread::TooMany));
        let nested = |depth: usize| format!("<plist>{}{}</plist>", "<array>".repeat(depth), "</array>".repeat(depth));
        assert!(parse(nested(60).as_bytes()).is_ok());
        assert_eq!(parse(nested(100_000).as_bytes()), Err(Unread::TooMany));
    }

    #[test]
    fn broken_lists() {
        let whole = binary(&parse(br#"{"a": ["b", {"c": 1}], "d": true}"#).unwrap());
        for length in 0..whole.len() {
            assert!(parse(&whole[..length]).is_err(), "{length}");
        }
        for bytes in [&b""[..], b"<plist><dict><key>a</key></dict></plist>", b"<plist><dict><true/></dict></plist>", b"\x7fELF"] {
            assert_eq!(parse(bytes), Err(Unread::Malformed), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn entities_stand_for_nothing() {
        let bomb = b"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><plist><string>&b;</string></plist>";
        assert!(matches!(parse(bomb), Ok(Value::String(text)) if text.is_empty()) || parse(bomb).is_err());
    }

    #[test]
    fn archives() {
        let archive = |json: &str| {
            // JSON has no references; a dictionary of one stands for one here.
            fn with_uids(value: Value) -> Value {
                match value {
                    Value::Dictionary(values) => match values.get("UID").and_then(Value::as_unsigned_integer) {
                        Some(uid) => Value::Uid(plist::Uid::new(uid)),
                        None => Value::Dictionary(values.into_iter().map(|(key, value)| (key, with_uids(value))).collect()),
                    },
                    Value::Array(values) => Value::Array(values.into_iter().map(with_uids).collect()),
                    other => other,
                }
            }
            with_uids(parse(json.as_bytes()).unwrap()).into_dictionary().unwrap()
        };
        let plain = unarchive(&archive(
            r#"{"$top": {"root": {"UID": 1}}, "$objects": ["$null", {"$class": {"UID": 4}, "name": {"UID": 2}, "parts": {"UID": 3}},
                "Acme", {"NS.objects": [{"UID": 2}, {"UID": 0}], "$class": {"UID": 5}}, {"$classname": "Item"}, {"$classname": "NSArray"}]}"#,
        ));
        assert_eq!(plain, parse(br#"{"root": {"$class": "Item", "name": "Acme", "parts": ["Acme", ""]}}"#));
        let circle = archive(r#"{"$top": {"root": {"UID": 0}}, "$objects": [{"next": {"UID": 0}}]}"#);
        assert_eq!(unarchive(&circle), Err(Unread::TooMany));
        let large = format!(
            r#"{{"$top": {{"root": {{"UID": 0}}}}, "$objects": [{{"NS.objects": [{}]}}, "{}"]}}"#,
            vec![r#"{"UID": 1}"#; 100].join(","),
            "x".repeat(1 << 20)
        );
        assert_eq!(unarchive(&archive(&large)), Err(Unread::TooMany), "a text that is named often");
        assert_eq!(unarchive(&archive(r#"{"$top": {"root": {"UID": 7}}, "$objects": []}"#)), Err(Unread::Malformed));
    }
}
