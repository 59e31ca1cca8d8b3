//! Text that came from the computer: kept whole, shown without danger.
//!
//! Names, paths and manifests are hostile input. Inside the program they are ordinary `String`s: bytes that are not valid UTF-8
//! are kept by one escape (see [`from_bytes`]), and nothing is shown to a person before it went through [`for_terminal`].

use std::borrow::Cow;
use std::fmt::Write as _;

/// The character that starts an escaped byte: U+FFFD REPLACEMENT CHARACTER.
pub const ESCAPE: char = '\u{FFFD}';

/// Turns bytes into text without losing any of them.
///
/// Valid UTF-8 stays as it is. Every byte that is not part of valid UTF-8 becomes U+FFFD followed by its two upper-case hexadecimal
/// digits; a real U+FFFD in the input is escaped in the same way, byte by byte, so that [`to_bytes`] is the exact inverse.
pub fn from_bytes(bytes: &[u8]) -> String {
    // Nearly always there is nothing to escape.
    if let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| !text.contains(ESCAPE)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(at) = rest.find(ESCAPE) {
            out.push_str(&rest[..at]);
            for byte in "\u{FFFD}".bytes() {
                push_escaped(&mut out, byte);
            }
            rest = &rest[at + ESCAPE.len_utf8()..];
        }
        out.push_str(rest);
        for &byte in chunk.invalid() {
            push_escaped(&mut out, byte);
        }
    }
    out
}

/// Turns the 16-bit text of Windows into text, up to its end mark if it has one. See [`from_wide_name`].
pub fn from_wide(units: &[u16]) -> String {
    from_wide_name(units.split(|unit| *unit == 0).next().unwrap_or(units))
}

/// Turns 16-bit text of Windows into text, whatever is in it: a name in the registry may hold an end mark.
///
/// Half a surrogate pair, which is no valid text, is escaped as the three bytes that [`from_bytes`] would be given for it.
pub fn from_wide_name(units: &[u16]) -> String {
    let mut bytes = Vec::with_capacity(units.len());
    for decoded in char::decode_utf16(units.iter().copied()) {
        match decoded {
            Ok(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(half) => {
                let [high, low] = half.unpaired_surrogate().to_be_bytes();
                bytes.extend([0xE0 | high >> 4, 0x80 | (high & 0x0F) << 2 | low >> 6, 0x80 | low & 0x3F]);
            }
        }
    }
    from_bytes(&bytes)
}

/// Gives back the bytes that [`from_bytes`] was given.
pub fn to_bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(ESCAPE) {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let after = &rest[at + ESCAPE.len_utf8()..];
        let byte = after.get(..2).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = byte {
            out.push(byte);
            rest = &after[2..];
        } else {
            // Not our escape: somebody else's text, for instance an inventory edited by hand.
            out.extend_from_slice("\u{FFFD}".as_bytes());
            rest = after;
        }
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// Gives back the 16-bit text that [`from_wide_name`] was given.
pub fn to_wide(text: &str) -> Vec<u16> {
    let bytes = to_bytes(text);
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        // Half a surrogate pair is the one thing that 16-bit text can hold and UTF-8 cannot.
        if let [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, after @ ..] = rest {
            out.push(0xD000 | u16::from(*second & 0x3F) << 6 | u16::from(*third & 0x3F));
            rest = after;
            continue;
        }
        let end = rest.windows(2).skip(1).position(|pair| pair[0] == 0xED && pair[1] >= 0xA0).map_or(rest.len(), |at| at + 1);
        out.extend(String::from_utf8_lossy(&rest[..end]).encode_utf16());
        rest = &rest[end..];
    }
    out
}

/// Bytes in lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn push_escaped(out: &mut String, byte: u8) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{ESCAPE}{byte:02X}");
}

/// Whether a character could make a terminal or a text layout do something: control characters, and the characters that change the
/// direction of text or join it invisibly.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Makes text fit to print: every unprintable character (see [`is_unprintable`]) becomes a visible `\u{…}`, and text longer than
/// `limit` characters is cut with an ellipsis.
pub fn for_terminal(text: &str, limit: usize) -> Cow<'_, str> {
    let cut = text.char_indices().nth(limit).map(|(at, _)| at);
    if cut.is_none() && !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text[..cut.unwrap_or(text.len())].chars() {
        if is_unprintable(c) {
            let _ = write!(out, "\\u{{{:x}}}", c as u32);
        } else {
            out.push(c);
        }
    }
    if cut.is_some() {
        out.push('…');
    }
    Cow::Owned(out)
}

/// Writes a value as JSON with every unprintable character escaped, so that JSON printed on a terminal cannot steer it either.
pub fn to_json<T: serde::Serialize>(value: &T) -> Result<String, serde_json::Error> {
    let mut out = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Careful::default()))?;
    out.push(b'\n');
    Ok(String::from_utf8_lossy(&out).into_owned())
}

#[derive(Default)]
struct Careful<'a>(serde_json::ser::PrettyFormatter<'a>);

macro_rules! as_pretty {
    ($($method:ident($($arg:ident: $ty:ty),*);)*) => { $(
        fn $method<W: ?Sized + std::io::Write>(&mut self, writer: &mut W $(, $arg: $ty)*) -> std::io::Result<()> {
            self.0.$method(writer $(, $arg)*)
        }
    )* };
}

impl serde_json::ser::Formatter for Careful<'_> {
    as_pretty! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, fragment: &str) -> std::io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_unprintable(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive() {
        for bytes in [&b"plain"[..], b"\xff", b"a\xc3(b", "caf\u{e9} \u{FFFD} x".as_bytes(), b"\xed\xa0\x80", b"\xef\xbf\xbdAB", b""] {
            assert_eq!(to_bytes(&from_bytes(bytes)), bytes);
        }
        assert_eq!(from_bytes(b"a\xffb"), "a\u{FFFD}FFb");
    }

    #[test]
    fn text_of_windows_survives() {
        let wide = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        assert_eq!(from_wide(&wide("Café 🎥\0rest")), "Café 🎥");
        assert_eq!(from_wide(&[0x41, 0xD800, 0x42]), from_bytes(b"A\xed\xa0\x80B"));
        assert_eq!(from_wide(&[0xDFFF]), from_bytes(b"\xed\xbf\xbf"));
        assert_eq!(from_wide(&[]), "");
        for units in [&[0x41, 0xD800, 0x42][..], &[0xDFFF], &[0xD800, 0xD801], &[0xD83C, 0xDFA5, 0xDC00, 0xE9], &[0xFFFD, 0xD7FF, 0, 0x41], &[]] {
            assert_eq!(to_wide(&from_wide_name(units)), units, "{units:x?}");
        }
    }

    #[test]
    fn a_terminal_gets_nothing_to_obey() {
        assert_eq!(for_terminal("a\u{1b}[31mb\u{9b}c\u{202e}\n", 80), "a\\u{1b}[31mb\\u{9b}c\\u{202e}\\u{a}");
        assert_eq!(for_terminal("abcdef", 3), "abc…");
        assert!(matches!(for_terminal("gewoon é", 80), Cow::Borrowed(_)));
        let json = to_json(&serde_json::json!({"a\u{9b}": "\u{1b}]0;x\u{7} \u{202e} \u{7f} \u{E0001}"})).unwrap();
        assert!(!json.chars().any(|c| c != '\n' && is_unprintable(c)), "{json}");
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["a\u{9b}"], "\u{1b}]0;x\u{7} \u{202e} \u{7f} \u{E0001}");
    }
}
