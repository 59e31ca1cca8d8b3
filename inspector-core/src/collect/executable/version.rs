//! The version information among the resources of a program: maker, product, and the file's own name.

use object::LittleEndian;
use object::pe::{ImageDataDirectory, ImageResourceDataEntry, ImageResourceDirectory, ImageResourceDirectoryEntry, RT_VERSION};
use object::read::coff::SectionTable;

use super::{Executable, LONGEST_NAME, Parts, Unread, kept};
use crate::text;

/// The most resources that one table of them names.
const MOST_RESOURCES: usize = 4_096;
/// How many version informations are looked at, and in how many languages each: there is nearly always one in one.
const MOST_VERSIONS: usize = 8;
/// The longest version information: it gives its own length in 16 bits.
const LONGEST_VERSION: u32 = u16::MAX as u32;
/// What stands before the key of a block: its length, the length of its value, and the kind of value.
const BLOCK_HEADER: usize = 6;

/// Reads the first version information that says something. Resources are found by type, name and language: exactly three tables are
/// walked through, so that it does not matter whether they go round in a circle.
pub(super) fn read(file: &mut Parts<'_>, resources: ImageDataDirectory, sections: &SectionTable<'_>, found: &mut Executable) -> Result<(), Unread> {
    // What is only there once a packed program has unpacked itself is not in the file; Windows does not show it either.
    let Some((start, _)) = sections.pe_file_range_at(resources.virtual_address.get(LittleEndian)) else { return Ok(()) };
    let start = u64::from(start);
    let Some(versions) = table(file, start)?.into_iter().find(|entry| entry.is_table() && entry.name_or_id.get(LittleEndian) == u32::from(RT_VERSION)) else {
        return Ok(());
    };
    for version in table(file, start + u64::from(versions.data_offset()))?.iter().filter(|entry| entry.is_table()).take(MOST_VERSIONS) {
        for language in table(file, start + u64::from(version.data_offset()))?.iter().filter(|entry| !entry.is_table()).take(MOST_VERSIONS) {
            let entry: ImageResourceDataEntry = pod(file, start + u64::from(language.data_offset()))?;
            let Some((place, room)) = sections.pe_file_range_at(entry.offset_to_data.get(LittleEndian)) else { continue };
            let length = entry.size.get(LittleEndian).min(room).min(LONGEST_VERSION);
            strings(file.get(place.into(), length as usize)?, found);
            if found.company.is_some() || found.product.is_some() || found.original_name.is_some() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The entries of a table of resources.
fn table(file: &mut Parts<'_>, start: u64) -> Result<Vec<ImageResourceDirectoryEntry>, Unread> {
    let header: ImageResourceDirectory = pod(file, start)?;
    let count = usize::from(header.number_of_named_entries.get(LittleEndian)) + usize::from(header.number_of_id_entries.get(LittleEndian));
    if count > MOST_RESOURCES {
        return Err(Unread::Malformed);
    }
    let entries = file.get(start + size_of::<ImageResourceDirectory>() as u64, count * size_of::<ImageResourceDirectoryEntry>())?;
    object::pod::slice_from_all_bytes(entries).map(<[_]>::to_vec).map_err(|()| Unread::Malformed)
}

/// One record of the file.
fn pod<T: object::Pod>(file: &mut Parts<'_>, start: u64) -> Result<T, Unread> {
    let (record, _) = object::pod::from_bytes::<T>(file.get(start, size_of::<T>())?).map_err(|()| Unread::Malformed)?;
    Ok(*record)
}

/// Takes the texts out of a version information: below its root a list of texts, in it one table for each language, in that the texts.
pub(super) fn strings(bytes: &[u8], found: &mut Executable) {
    let Some(root) = (Blocks { bytes, at: 0, end: bytes.len() }).next() else { return };
    let texts = root.inner().filter(|block| block.has_key("StringFileInfo")).flat_map(|list| list.inner()).flat_map(|table| table.inner());
    for block in texts {
        let field = match &block {
            _ if block.has_key("CompanyName") => &mut found.company,
            _ if block.has_key("ProductName") => &mut found.product,
            _ if block.has_key("OriginalFilename") => &mut found.original_name,
            _ => continue,
        };
        if field.is_none() {
            *field = kept(&block.text());
        }
    }
}

/// Blocks that follow each other. Each begins at a multiple of four bytes, and none reaches out of the one around it.
struct Blocks<'a> {
    /// The whole version information.
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

/// A block: a key, a value, and blocks of its own.
struct Block<'a> {
    bytes: &'a [u8],
    /// Where its key lies, without the mark at its end.
    key: (usize, usize),
    /// Where its value begins.
    value: usize,
    /// How long that is; for a text some compilers count characters and others bytes.
    value_length: usize,
    end: usize,
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        let start = self.at.next_multiple_of(4);
        let [l0, l1, v0, v1, ..] = self.bytes.get(start..self.end)?.first_chunk::<BLOCK_HEADER>()?;
        let length = usize::from(u16::from_le_bytes([*l0, *l1]));
        if length < BLOCK_HEADER {
            return None;
        }
        let (key, end) = (start + BLOCK_HEADER, self.end.min(start + length));
        let key_end = key + 2 * units(&self.bytes[key..end]).position(|unit| unit == 0)?;
        self.at = end;
        let value_length = usize::from(u16::from_le_bytes([*v0, *v1]));
        Some(Block { bytes: self.bytes, key: (key, key_end), value: (key_end + 2).next_multiple_of(4), value_length, end })
    }
}

impl<'a> Block<'a> {
    /// The blocks in it, which come after its value.
    fn inner(&self) -> Blocks<'a> {
        Blocks { bytes: self.bytes, at: self.value + self.value_length, end: self.end }
    }

    fn has_key(&self, key: &str) -> bool {
        let own = units(&self.bytes[self.key.0..self.key.1]);
        own.map(|unit| u8::try_from(unit).unwrap_or(0).to_ascii_lowercase()).eq(key.bytes().map(|byte| byte.to_ascii_lowercase()))
    }

    /// Its value as text. All that there is up to the end mark is read, because its length is not to be relied on.
    fn text(&self) -> String {
        let value = self.bytes.get(self.value..self.end).unwrap_or_default();
        text::from_wide(&units(value).take(2 * LONGEST_NAME).collect::<Vec<_>>())
    }
}

fn units(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}
