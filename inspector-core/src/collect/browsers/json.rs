//! JSON as browsers read it, and more tolerant where one broken text would hide everything beside it.

use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::collect::log::Log;
use crate::inventory::ReasonCode;
use crate::text;

/// Reads a file of at most `limit` bytes; nothing if it is absent, could not be read or is not understood, which is then in the account.
pub(super) fn read<T: DeserializeOwned>(log: &mut Log, path: &Path, limit: u64) -> Option<T> {
    let bytes = log.read_up_to(path, limit)?;
    let value = parse(&bytes);
    if value.is_none() {
        log.trouble(ReasonCode::Malformed, path);
    }
    value
}

/// Understands JSON. Chromium accepts comments and a comma after the last entry; Firefox writes halves of characters that no text can
/// hold. Nesting has the limit of `serde_json`.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Some(value);
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => relaxed(bytes),
        Err(_) => relaxed(text::from_bytes(bytes).as_bytes()),
    };
    serde_json::from_slice(&valid).ok()
}

/// The texts of a list; everything else in it is passed over.
pub(super) fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// A text of an object.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// Turns JSON with comments, last commas and half characters into strict JSON.
fn relaxed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = match (first, after.first()) {
            (b'"', _) => copy_text(rest, &mut out),
            (b'/', Some(b'/')) => &rest[rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())..],
            (b'/', Some(b'*')) => &rest[rest.windows(2).skip(2).position(|two| two == b"*/").map_or(rest.len(), |at| at + 4)..],
            (b']' | b'}', _) => {
                let kept = out.trim_ascii_end().len();
                if out[..kept].ends_with(b",") {
                    out.truncate(kept - 1);
                }
                out.push(*first);
                after
            }
            _ => {
                out.push(*first);
                after
            }
        };
    }
    out
}

/// Copies one quoted text; gives back what follows it.
fn copy_text<'a>(bytes: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    out.push(b'"');
    let mut rest = &bytes[1..];
    loop {
        rest = match rest {
            [] => return rest,
            [b'"', after @ ..] => {
                out.push(b'"');
                return after;
            }
            [b'\\', ..] if surrogate(rest).is_some() => {
                let whole = matches!((surrogate(rest), rest.get(6..).and_then(surrogate)), (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)));
                let length = if whole { 12 } else { 6 };
                out.extend_from_slice(if whole { &rest[..length] } else { b"\\ufffd" });
                &rest[length..]
            }
            [b'\\', escaped, after @ ..] => {
                out.extend([b'\\', *escaped]);
                after
            }
            // No browser writes a control character into a text, but a person may.
            [control @ ..0x20, after @ ..] => {
                out.extend_from_slice(format!("\\u{control:04x}").as_bytes());
                after
            }
            [other, after @ ..] => {
                out.push(*other);
                after
            }
        };
    }
}

/// The half character that an escape at the start stands for.
fn surrogate(bytes: &[u8]) -> Option<u16> {
    let hex = bytes.strip_prefix(b"\\u")?.get(..4)?;
    let unit = u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?;
    (0xD800..=0xDFFF).contains(&unit).then_some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_accept() {
        for (text, expected) in [
            ("\u{feff}{\"a\":1}", Some(r#"{"a":1}"#)),
            ("{ // why\n \"a\": [1, 2, /* not */ ], }", Some(r#"{"a":[1,2]}"#)),
            (r#"{"a":"// no, \" /* no */ ,]"}"#, Some(r#"{"a":"// no, \" /* no */ ,]"}"#)),
            (r#"{"a":"x\ud800y", "b":"\ud83d\ude00", "c":"\udc00\\u"}"#, Some("{\"a\":\"x\u{fffd}y\",\"b\":\"😀\",\"c\":\"\u{fffd}\\\\u\"}")),
            ("{\"a\":\"x\ny\"}", Some(r#"{"a":"x\ny"}"#)),
            ("{\"a\": \"open", None),
            ("{\"a\": /* open", None),
            ("\\", None),
            ("/*/", None),
            ("", None),
        ] {
            assert_eq!(parse::<Value>(text.as_bytes()).map(|value| value.to_string()).as_deref(), expected, "{text}");
        }
        assert_eq!(parse::<Value>(b"{\"a\":\"\xff\"}").unwrap()["a"], "\u{fffd}FF");
        assert!(parse::<Value>("[".repeat(100_000).as_bytes()).is_none());
        assert!(parse::<Value>(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).as_bytes()).is_none());
    }
}
