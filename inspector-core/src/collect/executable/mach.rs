//! Who signed a program for macOS, as the program itself says.
//!
//! `codesign` puts its signature at the end of each of the programs that a file holds: a list of blobs, among them a directory, which names
//! identifier and team, and a signed message with the developer's certificate. Formats: Apple's `mach-o/loader.h`, `mach-o/fat.h` and
//! `kern/cs_blobs.h`. Nothing is verified: a name is what the file claims.

use super::parts::Parts;
use super::{ReadPart, Unread, add, kept, signers_in};

/// A file that holds programs for several processors; Java's classes begin like this too.
const FAT: u32 = 0xcafe_babe;
/// The same with places of 64 bits.
const FAT_64: u32 = 0xcafe_babf;
/// From this number on it is the version of a Java class and no number of programs.
const FIRST_JAVA: u32 = 43;
/// The most programs in one file that are looked at.
const MOST_PROGRAMS: u32 = 16;
/// The most bytes of load commands. Large programs have some ten kilobytes.
const MOST_OF_COMMANDS: u32 = 1 << 20;
/// The load command that names the signature's place.
const LC_CODE_SIGNATURE: u32 = 0x1d;
/// The list of blobs.
const SUPER_BLOB: u32 = 0xfade_0cc0;
/// The directory.
const DIRECTORY: u32 = 0xfade_0c02;
/// The signed message.
const MESSAGE: u32 = 0xfade_0b01;
/// The most blobs of one signature; ordinary ones have less than ten.
const MOST_BLOBS: u32 = 64;
/// The largest signed message. Ordinary ones have nine kilobytes.
const MOST_OF_MESSAGE: u32 = 1 << 20;
/// Signed by nobody: the directory stands for itself.
const AD_HOC: u32 = 2;
/// The first version of a directory that names the team.
const WITH_TEAM: u32 = 0x2_0200;
/// The most bytes of an identifier.
const LONGEST_TEXT: u32 = 1_024;

/// What a program for macOS says of its signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::collect) struct MachSignature {
    /// The developer's team: ten letters and digits that Apple gave.
    pub(in crate::collect) team_id: Option<String>,
    /// The identifier that the program was signed with.
    pub(in crate::collect) identifier: Option<String>,
    /// The organisations in the certificates.
    pub(in crate::collect) signers: Vec<String>,
    /// Signed, but by nobody.
    pub(in crate::collect) ad_hoc: bool,
    /// Some of it could not be understood; the rest is what could.
    pub(in crate::collect) partly: bool,
}

/// Looks at a file of `length` bytes, of which only small parts are read.
pub(in crate::collect) fn examine_mach<'a>(length: u64, read: &'a mut ReadPart<'a>) -> Result<MachSignature, Unread> {
    let mut file = Parts::new(length, read);
    if length < 8 {
        return Err(Unread::NotAnExecutable);
    }
    let first = file.get(0, 8)?;
    let (magic, count) = (be(first, 0)?, be(first, 4)?);
    match magic {
        FAT | FAT_64 if count < FIRST_JAVA => universal(&mut file, magic == FAT_64, count),
        FAT | FAT_64 => Err(Unread::NotAnExecutable),
        _ => thin(&mut file, 0, length),
    }
}

/// The programs in one file. They are one program for several processors, so they say the same of its maker.
fn universal(file: &mut Parts<'_>, wide: bool, count: u32) -> Result<MachSignature, Unread> {
    let mut all = MachSignature { partly: count > MOST_PROGRAMS, ..MachSignature::default() };
    let entry: usize = if wide { 32 } else { 20 };
    let mut places = Vec::new();
    for at in 0..count.min(MOST_PROGRAMS) {
        let bytes = file.get(8 + u64::from(at) * entry as u64, entry)?;
        places.push(if wide {
            (u64::from(be(bytes, 8)?) << 32 | u64::from(be(bytes, 12)?), u64::from(be(bytes, 16)?) << 32 | u64::from(be(bytes, 20)?))
        } else {
            (be(bytes, 8)?.into(), be(bytes, 12)?.into())
        });
    }
    let mut any = false;
    let mut teams = Vec::new();
    for (start, length) in places {
        match thin(file, start, length) {
            Ok(one) => {
                any = true;
                if one.identifier.is_some() {
                    teams.push(one.team_id);
                }
                all.ad_hoc |= one.ad_hoc;
                all.partly |= one.partly;
                all.identifier = all.identifier.or(one.identifier);
                one.signers.into_iter().for_each(|name| add(&mut all.signers, name));
            }
            Err(trouble @ Unread::Trouble(_)) => return Err(trouble),
            Err(Unread::NotAnExecutable | Unread::Malformed) => all.partly = true,
        }
    }
    if !any {
        return Err(Unread::Malformed);
    }
    // Whoever puts two makers into one file wants one of them to be believed.
    let agree = teams.windows(2).all(|pair| pair[0] == pair[1]);
    all.partly |= !agree;
    all.team_id = teams.pop().flatten().filter(|_| agree);
    Ok(all)
}

/// One program, which begins at `start`.
fn thin(file: &mut Parts<'_>, start: u64, length: u64) -> Result<MachSignature, Unread> {
    let is_inside = start.checked_add(length).is_some_and(|end| end <= file.length);
    if !is_inside || length < 28 {
        return Err(if start == 0 { Unread::NotAnExecutable } else { Unread::Malformed });
    }
    let header = file.get(start, 28)?;
    let (order, header_length) = match be(header, 0)? {
        0xfeed_face => (Order::Big, 28),
        0xfeed_facf => (Order::Big, 32),
        0xcefa_edfe => (Order::Little, 28),
        0xcffa_edfe => (Order::Little, 32),
        _ => return Err(Unread::NotAnExecutable),
    };
    let (count, bytes) = (order.number(header, 16)?, order.number(header, 20)?);
    if bytes > MOST_OF_COMMANDS || header_length + u64::from(bytes) > length {
        return Err(Unread::Malformed);
    }
    let commands = file.get(start + header_length, bytes as usize)?.to_vec();
    let mut rest = commands.as_slice();
    for _ in 0..count {
        let (command, size) = (order.number(rest, 0)?, order.number(rest, 4)? as usize);
        if size < 8 {
            return Err(Unread::Malformed);
        }
        if command == LC_CODE_SIGNATURE {
            let (at, size) = (u64::from(order.number(rest, 8)?), u64::from(order.number(rest, 12)?));
            if at.checked_add(size).is_none_or(|end| end > length) {
                return Err(Unread::Malformed);
            }
            return signature(file, start + at, size);
        }
        rest = rest.get(size..).ok_or(Unread::Malformed)?;
    }
    Ok(MachSignature::default())
}

/// The blobs of a signature.
fn signature(file: &mut Parts<'_>, start: u64, length: u64) -> Result<MachSignature, Unread> {
    let head = file.get(start, 12)?;
    let (magic, count) = (be(head, 0)?, be(head, 8)?);
    if magic != SUPER_BLOB || count > MOST_BLOBS || 12 + u64::from(count) * 8 > length {
        return Err(Unread::Malformed);
    }
    let index = file.get(start + 12, count as usize * 8)?.to_vec();
    let mut found = MachSignature::default();
    let (mut directories, mut has_message) = (Vec::new(), false);
    for entry in index.chunks_exact(8) {
        let (slot, at) = (be(entry, 0)?, u64::from(be(entry, 4)?));
        if at + 8 > length {
            found.partly = true;
            continue;
        }
        let head = file.get(start + at, 8)?;
        let (magic, size) = (be(head, 0)?, be(head, 4)?);
        let is_whole = u64::from(size) >= 8 && at + u64::from(size) <= length;
        match (slot, magic) {
            // The first, and those with other hashes, which systems of another age read.
            (0 | 0x1000..=0x1005, DIRECTORY) if is_whole => match directory(file, start + at, size) {
                Ok(directory) => directories.push(directory),
                Err(trouble @ Unread::Trouble(_)) => return Err(trouble),
                Err(_) => found.partly = true,
            },
            (0x1_0000, MESSAGE) if is_whole && size <= MOST_OF_MESSAGE => {
                has_message |= size > 8;
                let message = file.get(start + at + 8, size as usize - 8)?;
                found.note_message(message);
            }
            (0 | 0x1000..=0x1005 | 0x1_0000, _) => found.partly = true,
            _ => {}
        }
    }
    found.note_directories(directories, has_message);
    Ok(found)
}

/// What a directory says: flags, identifier, team.
type Directory = (u32, Option<String>, Option<String>);

fn directory(file: &mut Parts<'_>, start: u64, length: u32) -> Result<Directory, Unread> {
    let head = file.get(start, 44.min(length as usize))?.to_vec();
    let (version, flags, identifier_at) = (be(&head, 8)?, be(&head, 12)?, be(&head, 20)?);
    let identifier = text_at(file, start, length, identifier_at)?;
    let team = if version >= WITH_TEAM && length >= 52 {
        match be(file.get(start + 48, 4)?, 0)? {
            0 => None,
            at => text_at(file, start, length, at)?,
        }
    } else {
        None
    };
    Ok((flags, identifier, team))
}

/// A text of a directory, which ends with a zero.
fn text_at(file: &mut Parts<'_>, start: u64, length: u32, at: u32) -> Result<Option<String>, Unread> {
    let most = length.checked_sub(at).filter(|left| at >= 44 && *left > 0).ok_or(Unread::Malformed)?.min(LONGEST_TEXT);
    let bytes = file.get(start + u64::from(at), most as usize)?;
    let end = bytes.iter().position(|byte| *byte == 0).ok_or(Unread::Malformed)?;
    std::str::from_utf8(&bytes[..end]).map(kept).map_err(|_| Unread::Malformed)
}

/// The signature of a bundle whose program is a script: its directory and its message lie in files of their own.
pub(in crate::collect) fn of_directory(bytes: &[u8], message: Option<&[u8]>) -> Result<MachSignature, Unread> {
    let length = u32::try_from(bytes.len()).map_err(|_| Unread::Malformed)?;
    if bytes.len() < 44 || be(bytes, 0)? != DIRECTORY || be(bytes, 4)? > length {
        return Err(Unread::Malformed);
    }
    let mut read = |offset: u64, wanted: usize| {
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        Ok(bytes.get(from..).map(|rest| rest[..wanted.min(rest.len())].to_vec()).unwrap_or_default())
    };
    let mut file = Parts::new(length.into(), &mut read);
    let directory = directory(&mut file, 0, length)?;
    let mut found = MachSignature::default();
    if let Some(message) = message {
        found.note_message(message.get(8..).filter(|_| be(message, 0) == Ok(MESSAGE)).unwrap_or(message));
    }
    found.note_directories(vec![directory], message.is_some_and(|message| message.len() > 8));
    Ok(found)
}

impl MachSignature {
    fn note_message(&mut self, message: &[u8]) {
        if message.is_empty() {
            return;
        }
        match signers_in(message) {
            Ok(names) => names.into_iter().for_each(|name| add(&mut self.signers, name)),
            Err(_) => self.partly = true,
        }
    }

    fn note_directories(&mut self, directories: Vec<Directory>, has_message: bool) {
        let mut directories = directories.into_iter();
        let Some((flags, identifier, team)) = directories.next() else {
            return;
        };
        self.partly |= directories.any(|(_, other, other_team)| other != identifier || other_team != team);
        self.identifier = identifier;
        self.ad_hoc = flags & AD_HOC != 0 || !has_message;
        // Without a message anybody can write any team.
        let is_team = |team: &String| team.len() == 10 && team.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        self.partly |= team.as_ref().is_some_and(|team| !is_team(team));
        self.team_id = team.filter(|team| is_team(team) && !self.ad_hoc);
    }
}

/// In which order the bytes of a number stand.
#[derive(Clone, Copy)]
enum Order {
    Big,
    Little,
}

impl Order {
    fn number(self, bytes: &[u8], at: usize) -> Result<u32, Unread> {
        let number = be(bytes, at)?;
        Ok(match self {
            Self::Big => number,
            Self::Little => number.swap_bytes(),
        })
    }
}

/// A number of 32 bits, the largest byte first.
fn be(bytes: &[u8], at: usize) -> Result<u32, Unread> {
    let number = bytes.get(at..).and_then(|rest| rest.first_chunk()).ok_or(Unread::Malformed)?;
    Ok(u32::from_be_bytes(*number))
}
