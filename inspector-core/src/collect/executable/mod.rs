//! What a program says of itself: for Windows its maker and product, and who signed it; for macOS who signed it.
//!
//! The files may lie on any system. Nothing here checks a signature: a name is what the file claims, as the name of its folder is.

mod blob;
mod mach;
mod parts;
mod signers;
#[cfg(any(test, fuzzing))]
mod sparse;
#[cfg(test)]
mod tests;
mod version;

use object::LittleEndian;
use object::pe::{
    IMAGE_DIRECTORY_ENTRY_RESOURCE, IMAGE_DIRECTORY_ENTRY_SECURITY, IMAGE_NT_SIGNATURE, ImageDataDirectory, ImageDosHeader, ImageFileHeader, ImageNtHeaders32,
    ImageNtHeaders64, ImageSectionHeader,
};
use object::read::coff::SectionTable;
use object::read::pe::{DataDirectories, ImageNtHeaders};

use super::tree::Trouble;

#[cfg(fuzzing)]
pub(crate) use mach::fuzz as fuzz_mach;
pub(super) use mach::{MachSignature, examine_code_directory, examine_mach};
use parts::Parts;
pub(super) use signers::signers_in;

/// How much is read at once, unless more is needed: the headers of nearly every program fit, and so do its small tables.
const BLOCK: usize = 4 << 10;
/// How much is read of a file, whatever it says.
const MOST_OF_A_FILE: usize = 4 << 20;
/// The largest table of signatures that is read. Real ones have some kilobytes; some makers hide data of an installer there.
const MOST_OF_SIGNATURES: u32 = 1 << 20;
/// The most sections that a program has. Ordinary ones have less than twenty.
const MOST_SECTIONS: u16 = 1_000;
/// How many signers are named.
const MOST_SIGNERS: usize = 16;
/// How many characters of a name are kept.
const LONGEST_NAME: usize = 300;
/// What stands before each signature: its length, the version of its format, its kind.
const SIGNATURE_HEADER: usize = 8;
/// The kind of a signature that is PKCS #7 `SignedData`.
const PKCS7: u16 = 2;

/// Gives `length` bytes (fewer only at the end) of a file from an offset.
pub(super) type ReadPart<'a> = dyn FnMut(u64, usize) -> Result<Vec<u8>, Trouble> + 'a;

/// What a program says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Executable {
    /// Its maker.
    pub(super) company: Option<String>,
    /// The product that it is a part of.
    pub(super) product: Option<String>,
    /// The name of the file when it was made.
    pub(super) original_name: Option<String>,
    /// The organisations that signed it, or the persons where no organisation is named; each once.
    pub(super) signers: Vec<String>,
    /// Some of it could not be understood; the rest is what could.
    pub(super) partly: bool,
}

/// Why nothing can be told of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It could not be read.
    Trouble(Trouble),
    /// It is no program for the system that was asked about.
    NotAnExecutable,
    /// It is one, but damaged or made to mislead.
    Malformed,
}

/// Looks at a file of `length` bytes, of which only small parts are read.
pub(super) fn examine(length: u64, read: &mut ReadPart<'_>) -> Result<Executable, Unread> {
    let mut file = Parts::new(length, read);
    let headers = headers(&mut file)?;
    let (directories, sections) = tables::<ImageNtHeaders64>(&headers).or_else(|| tables::<ImageNtHeaders32>(&headers)).ok_or(Unread::Malformed)?;
    let mut executable = Executable::default();
    // Whoever makes one of them unreadable must not hide the other. The signatures come first: what is read of them is bounded.
    if let Some(signatures) = directories.get(IMAGE_DIRECTORY_ENTRY_SECURITY).copied() {
        let result = embedded(&mut file, signatures, &mut executable.signers);
        executable.partly |= is_malformed(result)?;
    }
    if let Some(resources) = directories.get(IMAGE_DIRECTORY_ENTRY_RESOURCE).copied() {
        let result = version::read(&mut file, resources, &sections, &mut executable);
        executable.partly |= is_malformed(result)?;
    }
    Ok(executable)
}

/// Whether a part could not be understood, in a file that can be read.
fn is_malformed(result: Result<(), Unread>) -> Result<bool, Unread> {
    match result {
        Ok(()) => Ok(false),
        Err(trouble @ Unread::Trouble(_)) => Err(trouble),
        Err(Unread::NotAnExecutable | Unread::Malformed) => Ok(true),
    }
}

/// The headers from the mark of a program for Windows to the end of the table of sections.
fn headers(file: &mut Parts<'_>) -> Result<Vec<u8>, Unread> {
    if file.length < size_of::<ImageDosHeader>() as u64 {
        return Err(Unread::NotAnExecutable);
    }
    let dos = ImageDosHeader::parse(file.get(0, size_of::<ImageDosHeader>())?).map_err(|_| Unread::NotAnExecutable)?;
    let start = u64::from(dos.nt_headers_offset());
    // A program for DOS has anything there, one for the first Windows another mark.
    let mark = IMAGE_NT_SIGNATURE.to_le_bytes();
    if start + mark.len() as u64 > file.length || file.get(start, mark.len())? != mark {
        return Err(Unread::NotAnExecutable);
    }
    let (header, _) =
        object::pod::from_bytes::<ImageFileHeader>(file.get(start + mark.len() as u64, size_of::<ImageFileHeader>())?).map_err(|()| Unread::Malformed)?;
    let (optional, sections) = (header.size_of_optional_header.get(LittleEndian), header.number_of_sections.get(LittleEndian));
    if sections > MOST_SECTIONS {
        return Err(Unread::Malformed);
    }
    let length = mark.len() + size_of::<ImageFileHeader>() + usize::from(optional) + usize::from(sections) * size_of::<ImageSectionHeader>();
    Ok(file.get(start, length)?.to_vec())
}

/// Where in the file its tables lie; nothing if it is no program of this width.
fn tables<Headers: ImageNtHeaders>(bytes: &[u8]) -> Option<(DataDirectories<'_>, SectionTable<'_>)> {
    let mut end = 0;
    let (headers, directories) = Headers::parse(bytes, &mut end).ok()?;
    Some((directories, headers.sections(bytes, end).ok()?))
}

/// Who made the signatures in a program: there may be several, one after another.
fn embedded(file: &mut Parts<'_>, table: ImageDataDirectory, names: &mut Vec<String>) -> Result<(), Unread> {
    // This table alone is named by its place in the file, not in memory.
    let (start, length) = (table.virtual_address.get(LittleEndian), table.size.get(LittleEndian));
    if length > MOST_OF_SIGNATURES {
        return Err(Unread::Malformed);
    }
    let mut rest = file.get(start.into(), length as usize)?;
    while let Some(([l0, l1, l2, l3, _, _, k0, k1], _)) = rest.split_first_chunk::<SIGNATURE_HEADER>() {
        let length = u32::from_le_bytes([*l0, *l1, *l2, *l3]) as usize;
        if length == 0 {
            // Only zeros to fill the table.
            break;
        }
        let signature = rest.get(SIGNATURE_HEADER..length).ok_or(Unread::Malformed)?;
        if u16::from_le_bytes([*k0, *k1]) == PKCS7 {
            signers_in(signature)?.into_iter().for_each(|name| add(names, name));
        }
        rest = rest.get(length.next_multiple_of(SIGNATURE_HEADER)..).unwrap_or_default();
    }
    Ok(())
}

/// Notes a signer, once.
fn add(names: &mut Vec<String>, name: String) {
    if names.len() < MOST_SIGNERS && !names.contains(&name) {
        names.push(name);
    }
}

/// A name as it is kept; nothing if there is nothing to read in it.
fn kept(name: &str) -> Option<String> {
    let name = name.trim();
    (!name.is_empty()).then(|| name.chars().take(LONGEST_NAME).collect())
}
