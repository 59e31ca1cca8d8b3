//! Shortcuts of Windows: files `.lnk` after \[MS-SHLLINK\].
//!
//! Only what tells which program is started is read. A shortcut that names its target by the list of shell items alone, or that Windows
//! Installer resolves, has no path; then there is none here.
//!
//! There are crates for it, but they bring clocks and macros for a hundred lines of reading.

use crate::collect::registry::wide;
use crate::text;

/// Length and class of every shortcut.
const HEAD: [u8; 20] = [0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
const HEADER_LENGTH: usize = 0x4C;

const HAS_ITEMS: usize = 1;
const HAS_INFO: usize = 1 << 1;
const HAS_ARGUMENTS: usize = 1 << 5;
/// The texts in their order: name, relative path, working folder, arguments, icon.
const TEXTS: [usize; 5] = [1 << 2, 1 << 3, 1 << 4, HAS_ARGUMENTS, 1 << 6];
const IS_WIDE: usize = 1 << 7;
const HAS_VARIABLES: usize = 1 << 9;

/// The block with a target that has variables in it.
const VARIABLES: usize = 0xA000_0001;
const VARIABLES_NARROW: usize = 8;
const VARIABLES_WIDE: usize = VARIABLES_NARROW + 260;

/// What a shortcut starts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shortcut {
    /// The program or document, as it is written there.
    pub(super) target: Option<String>,
    /// What it is given.
    pub(super) arguments: String,
    /// Some of its letters were read in a code page that is only a guess.
    pub(super) is_guess: bool,
}

/// A text, and whether some of its letters are a guess.
type Text = (String, bool);

impl Shortcut {
    /// Reads a shortcut; nothing if it is none or is cut off.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(&HEAD) {
            return None;
        }
        let flags = number(bytes, HEAD.len())?;
        let mut rest = bytes.get(HEADER_LENGTH..)?;
        if flags & HAS_ITEMS != 0 {
            rest = rest.get(2..)?.get(short(rest, 0)?..)?;
        }
        let mut target = None;
        if flags & HAS_INFO != 0 {
            let length = number(rest, 0)?;
            target = target_of(rest.get(..length)?);
            rest = &rest[length..];
        }
        let mut arguments = Text::default();
        for flag in TEXTS.into_iter().filter(|flag| flags & flag != 0) {
            let units = short(rest, 0)?;
            let length = if flags & IS_WIDE != 0 { units * 2 } else { units };
            let inside = rest.get(2..)?.get(..length)?;
            if flag == HAS_ARGUMENTS {
                arguments = if flags & IS_WIDE != 0 { wide_text(inside, 0)? } else { narrow_text(inside, 0)? };
            }
            rest = &rest[2 + length..];
        }
        if flags & HAS_VARIABLES != 0 {
            target = with_variables(rest).or(target);
        }
        let is_guess = arguments.1 || target.as_ref().is_some_and(|target| target.1);
        Some(Self { target: target.map(|target| target.0), arguments: arguments.0, is_guess })
    }
}

/// The target in the information on the link: a path on a drive, or on a share.
fn target_of(info: &[u8]) -> Option<Text> {
    let has_wide = number(info, 4)? >= 0x24;
    let flags = number(info, 8)?;
    let at = |offset: usize| number(info, offset).filter(|offset| *offset != 0);
    let text = |wide_at: usize, narrow_at: usize| match at(wide_at).filter(|_| has_wide) {
        Some(start) => wide_text(info, start),
        None => narrow_text(info, at(narrow_at)?),
    };
    let (base, is_guess) = if flags & 1 != 0 {
        text(0x1C, 0x10)?
    } else {
        let share = info.get(at(0x14)?..)?;
        // With the longer header there is a second, wide name.
        let name = number(share, 8)?;
        if name > 0x14 { wide_text(share, number(share, 0x14)?)? } else { narrow_text(share, name)? }
    };
    let (suffix, is_suffix_guess) = text(0x20, 0x18).unwrap_or_default();
    let between = if suffix.is_empty() || base.ends_with('\\') { "" } else { "\\" };
    Some((format!("{base}{between}{suffix}"), is_guess || is_suffix_guess)).filter(|(target, _)| !target.is_empty())
}

/// The target in the block for variables, among the blocks at the end.
fn with_variables(mut blocks: &[u8]) -> Option<Text> {
    loop {
        let length = number(blocks, 0).filter(|length| *length >= 8)?;
        let block = blocks.get(..length)?;
        if number(block, 4) == Some(VARIABLES) {
            let is_there = |(target, _): &Text| !target.is_empty();
            return wide_text(block, VARIABLES_WIDE).filter(is_there).or_else(|| narrow_text(block, VARIABLES_NARROW)).filter(is_there);
        }
        blocks = &blocks[length..];
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*four)).ok()
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*two).into())
}

/// A text of 16-bit units up to its end mark.
fn wide_text(bytes: &[u8], at: usize) -> Option<Text> {
    bytes.get(at..).map(|bytes| (text::from_wide(&wide(bytes)), false))
}

/// A text in the code page of the computer that wrote it, which is not known: the usual one of Western Europe is taken, unless it is UTF-8.
fn narrow_text(bytes: &[u8], at: usize) -> Option<Text> {
    let bytes = bytes.get(at..)?.split(|byte| *byte == 0).next()?;
    let text = std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| western(*byte)).collect(), str::to_owned);
    Some((text, !bytes.is_ascii()))
}

/// A letter of Windows-1252.
fn western(byte: u8) -> char {
    // Where it differs from Latin 1; five places are empty, and Windows takes them as those of Latin 1.
    const DIFFERENT: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™',
        'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => DIFFERENT[usize::from(byte - 0x80)],
        other => other.into(),
    }
}

#[cfg(test)]
pub(super) mod testing {
    //! Writes shortcuts, by the published description and not by the reader.

    fn units(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn string_data(text: &str) -> Vec<u8> {
        let mut bytes = u16::try_from(text.encode_utf16().count()).unwrap().to_le_bytes().to_vec();
        bytes.extend(units(text));
        bytes
    }

    fn header(flags: u32) -> Vec<u8> {
        let mut bytes = vec![0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
        bytes.extend(flags.to_le_bytes());
        bytes.resize(76, 0);
        bytes
    }

    /// As Windows makes it: shell items, the path on the drive, arguments, an end mark.
    pub(crate) fn usual(target: &str, arguments: &str) -> Vec<u8> {
        let mut bytes = header(0x1 | 0x2 | 0x20 | 0x80);
        bytes.extend([4, 0, 2, 0, 0, 0]);
        bytes.extend(information(target, ""));
        bytes.extend(string_data(arguments));
        bytes.extend([0; 4]);
        bytes
    }

    /// `LinkInfo` with a volume and the path in both forms.
    pub(crate) fn information(base: &str, suffix: &str) -> Vec<u8> {
        let volume = [0x11_u32, 3, 0, 0x10].iter().flat_map(|number| number.to_le_bytes()).chain([0]).collect::<Vec<_>>();
        let narrow: Vec<u8> = base.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).chain([0]).collect();
        let parts = [volume, narrow, [suffix.as_bytes(), &[0]].concat(), units(&format!("{base}\0")), units(&format!("{suffix}\0"))];
        let mut offsets = Vec::new();
        let mut at = 0x24;
        for part in &parts {
            offsets.push(u32::try_from(at).unwrap());
            at += part.len();
        }
        let head = [u32::try_from(at).unwrap(), 0x24, 1, offsets[0], offsets[1], 0, offsets[2], offsets[3], offsets[4]];
        head.iter().flat_map(|number| number.to_le_bytes()).chain(parts.concat()).collect()
    }

    /// As old programs make it: the path in the code page of the computer alone.
    pub(crate) fn narrow(target: &[u8]) -> Vec<u8> {
        let mut bytes = header(0x2);
        let suffix_at = 0x1C + target.len() + 1;
        let head = [suffix_at + 1, 0x1C, 1, 0, 0x1C, 0, suffix_at];
        bytes.extend(head.iter().flat_map(|number| u32::try_from(*number).unwrap().to_le_bytes()));
        bytes.extend([target, &[0, 0], &[0; 4]].concat());
        bytes
    }

    /// On a share.
    pub(crate) fn on_share(share: &str, suffix: &str) -> Vec<u8> {
        let mut bytes = header(0x2);
        let link_length = 0x14 + share.len() + 1;
        let suffix_at = 0x1C + link_length;
        let head = [suffix_at + suffix.len() + 1, 0x1C, 2, 0, 0, 0x1C, suffix_at, link_length, 2, 0x14, 0, 0x2_0000];
        bytes.extend(head.iter().flat_map(|number| u32::try_from(*number).unwrap().to_le_bytes()));
        bytes.extend([share.as_bytes(), &[0], suffix.as_bytes(), &[0]].concat());
        bytes.extend([0; 4]);
        bytes
    }

    /// With variables in its target.
    pub(crate) fn with_variables(target: &str) -> Vec<u8> {
        let mut bytes = header(0x80 | 0x200);
        // A block that nobody knows comes first.
        bytes.extend([12_u32, 0xA000_00FF, 7, 0x314, 0xA000_0001].iter().flat_map(|number| number.to_le_bytes()));
        let mut narrow = target.as_bytes().to_vec();
        narrow.resize(260, 0);
        let mut wide = units(target);
        wide.resize(520, 0);
        bytes.extend([narrow, wide, vec![0; 4]].concat());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{information, narrow, on_share, usual, with_variables};
    use super::*;

    fn target(bytes: &[u8]) -> Option<String> {
        Shortcut::read(bytes).and_then(|shortcut| shortcut.target)
    }

    #[test]
    fn targets_of_shortcuts() {
        let shortcut = Shortcut::read(&usual("C:\\Program Files\\Acmé\\agent.exe", "/tray \"x\"")).unwrap();
        let target_of_it = Some("C:\\Program Files\\Acmé\\agent.exe".into());
        assert_eq!(shortcut, Shortcut { target: target_of_it, arguments: "/tray \"x\"".into(), is_guess: false });
        assert_eq!(target(&on_share("\\\\server\\share", "x\\agent.exe")).unwrap(), "\\\\server\\share\\x\\agent.exe");
        assert_eq!(target(&with_variables("%ProgramFiles%\\x.exe")).unwrap(), "%ProgramFiles%\\x.exe");
        assert_eq!(target_of(&information("C:\\a\\", "b.exe")).unwrap().0, "C:\\a\\b.exe");
        let mut only_items = usual("C:\\x", "")[..82].to_vec();
        only_items[20] = 1;
        assert_eq!(Shortcut::read(&only_items), Some(Shortcut::default()), "a target by shell items alone");
    }

    #[test]
    fn targets_in_a_code_page() {
        for (bytes, path, is_guess) in [
            (&b"C:\\Users\\Andr\xE9\\\x80.exe"[..], "C:\\Users\\André\\€.exe", true),
            ("C:\\Users\\André\\x.exe".as_bytes(), "C:\\Users\\André\\x.exe", true),
            (b"C:\\x.exe", "C:\\x.exe", false),
        ] {
            let expected = Shortcut { target: Some(path.into()), arguments: String::new(), is_guess };
            assert_eq!(Shortcut::read(&narrow(bytes)), Some(expected), "{path}");
        }
    }

    #[test]
    fn hostile_shortcuts() {
        assert_eq!(Shortcut::read(b""), None);
        assert_eq!(Shortcut::read(b"MZ"), None);
        for whole in [usual("C:\\Program Files\\x.exe", "/a"), on_share("\\\\server\\share", "x"), with_variables("%windir%\\x.exe")] {
            for length in 0..whole.len() {
                let _ = Shortcut::read(&whole[..length]);
            }
            for at in 0..whole.len() {
                for value in [0, 1, 0x7F, 0xFF, whole[at] ^ 0x80] {
                    let mut changed = whole.clone();
                    changed[at] = value;
                    let _ = Shortcut::read(&changed);
                }
            }
        }
    }
}
