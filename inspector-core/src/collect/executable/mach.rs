//! Who signed a program for macOS, by the file itself and on any system.
//!
//! Nothing is verified, neither a hash nor a signature nor a certificate: all of it is what the file claims.

#[cfg(test)]
mod tests;

use object::macho::{FAT_MAGIC, FAT_MAGIC_64, FatArch32, FatArch64, FatHeader, LC_CODE_SIGNATURE, LinkeditDataCommand, MachHeader32, MachHeader64};
use object::read::macho::{FatArch, MachHeader};
use object::{BigEndian, Endianness};

use super::{Parts, ReadPart, Unread, add, blob, is_malformed};

/// The most architectures of a universal program that are looked at. There have never been more than five in one.
const MOST_SLICES: u32 = 16;
/// The most bytes of load commands. Ordinary programs have a few kilobytes.
const MOST_COMMANDS: u32 = 256 << 10;
/// The first version of a Java class. Their files begin as universal programs do, and have their version where those have the number of
/// architectures.
const FIRST_JAVA: u32 = 45;

/// Who signed a program, as it claims.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
pub(in crate::collect) struct MachSignature {
    /// The ten characters that Apple gave to the maker; never of an ad-hoc signature, in which anybody may write any.
    pub(in crate::collect) team_id: Option<String>,
    /// What the maker calls the program, mostly in the way of `com.example.agent`.
    pub(in crate::collect) identifier: Option<String>,
    /// The organisations that signed it, or the persons where no organisation is named; each once.
    pub(in crate::collect) signers: Vec<String>,
    /// It, or one of its architectures, has a signature that nobody signed: the tools of every compiler make one.
    pub(in crate::collect) ad_hoc: bool,
    /// Some of it could not be understood, or contradicts itself; the rest is what could.
    pub(in crate::collect) partly: bool,
}

impl MachSignature {
    /// Whether it tells a team, or that there is none.
    fn tells_the_team(&self) -> bool {
        self.team_id.is_some() || !self.partly
    }
}

/// Looks at a file of `length` bytes, of which only small parts are read. A program without a signature is one about which nothing is told.
pub(in crate::collect) fn examine_mach(length: u64, read: &mut ReadPart<'_>) -> Result<MachSignature, Unread> {
    let mut file = Parts::new(length, read);
    let whole = Window { start: 0, length };
    let magic = if length < 4 { 0 } else { be32(whole.get(&mut file, 0, 4)?) };
    match magic {
        FAT_MAGIC => universal::<FatArch32>(&mut file, whole),
        FAT_MAGIC_64 => universal::<FatArch64>(&mut file, whole),
        _ => thin(&mut file, whole),
    }
}

/// Looks at the signature of a bundle whose program is a script. It lies in files of its own, `_CodeSignature/CodeDirectory` and
/// `_CodeSignature/CodeSignature`, which hold what stands in a program otherwise.
pub(in crate::collect) fn examine_code_directory(directory: &[u8], cms: Option<&[u8]>) -> Result<MachSignature, Unread> {
    let read: &mut ReadPart<'_> = &mut |offset, length| {
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        Ok(directory.get(from..).map(|rest| rest[..rest.len().min(length)].to_vec()).unwrap_or_default())
    };
    let length = directory.len() as u64;
    let mut file = Parts::new(length, read);
    blob::lone_directory(&mut file, Window { start: 0, length }, cms.unwrap_or_default())
}

/// Gives bytes to the reader that nobody would write: a file, or one of which only the parts are given that are not zero.
#[cfg(fuzzing)]
pub(crate) fn fuzz(bytes: &[u8]) {
    let sparse = super::sparse::Sparse::parse(bytes).unwrap_or_else(|| super::sparse::Sparse::whole(bytes));
    let mut total = 0;
    let found = examine_mach(sparse.length, &mut |offset, length| {
        total += length;
        Ok(sparse.read(offset, length))
    });
    assert!(total <= super::MOST_OF_A_FILE);
    if let Ok(MachSignature { team_id: Some(team), signers, .. }) = found {
        assert!(team.len() == 10 && !signers.is_empty());
    }
    let (directory, cms) = bytes.split_at(bytes.len() / 2);
    let _ = examine_code_directory(bytes, None);
    let _ = examine_code_directory(directory, Some(cms));
}

/// A stretch of a file, out of which nothing is read that belongs to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// Where it begins in the file.
    pub(super) start: u64,
    /// How long it is.
    pub(super) length: u64,
}

impl Window {
    /// A stretch of it.
    pub(super) fn part(self, offset: u64, length: u64) -> Result<Self, Unread> {
        offset.checked_add(length).filter(|end| *end <= self.length).ok_or(Unread::Malformed)?;
        Ok(Self { start: self.start.checked_add(offset).ok_or(Unread::Malformed)?, length })
    }

    /// Some bytes of it, all of them.
    pub(super) fn get<'f>(self, file: &'f mut Parts<'_>, offset: u64, length: usize) -> Result<&'f [u8], Unread> {
        let part = self.part(offset, length as u64)?;
        file.get(part.start, length)
    }
}

/// A number as universal headers and signatures write it.
pub(super) fn be32(bytes: &[u8]) -> u32 {
    bytes.first_chunk().copied().map_or(0, u32::from_be_bytes)
}

/// A program for several architectures, of which each has its own signature.
fn universal<Fat: FatArch>(file: &mut Parts<'_>, whole: Window) -> Result<MachSignature, Unread> {
    const HEADER: usize = size_of::<FatHeader>();
    let (header, _) = object::pod::from_bytes::<FatHeader>(whole.get(file, 0, HEADER)?).map_err(|()| Unread::Malformed)?;
    let count = header.nfat_arch.get(BigEndian);
    if count >= FIRST_JAVA && Fat::MAGIC == FAT_MAGIC {
        return Err(Unread::NotAnExecutable);
    }
    if count == 0 || count > MOST_SLICES {
        return Err(Unread::Malformed);
    }
    let length = count as usize * size_of::<Fat>();
    let table = object::pod::slice_from_all_bytes::<Fat>(whole.get(file, HEADER as u64, length)?).map_err(|()| Unread::Malformed)?.to_vec();
    let mut slices = Vec::new();
    let mut worst = Unread::NotAnExecutable;
    for entry in &table {
        let (start, length) = entry.file_range();
        match whole.part(start, length).and_then(|slice| thin(file, slice)) {
            Ok(signature) => slices.push(signature),
            Err(trouble @ Unread::Trouble(_)) => return Err(trouble),
            Err(Unread::NotAnExecutable) => {}
            Err(Unread::Malformed) => worst = Unread::Malformed,
        }
    }
    if slices.is_empty() {
        return Err(worst);
    }
    let partly = slices.len() < table.len();
    let mut joined = joined(slices);
    joined.partly |= partly;
    Ok(joined)
}

/// What several architectures, or several directories of one signature, claim together. Where they differ in the team, one of them
/// borrows another's good name, and nobody here can tell which: it has none. Makers do name architectures differently, which is no fault.
pub(super) fn joined(each: Vec<MachSignature>) -> MachSignature {
    let mut joined = MachSignature::default();
    let mut teams: Vec<_> = each.iter().filter(|one| one.tells_the_team()).map(|one| one.team_id.clone()).collect();
    teams.dedup();
    let mut identifiers: Vec<_> = each.iter().filter_map(|one| one.identifier.clone()).collect();
    identifiers.dedup();
    joined.partly = teams.len() > 1;
    if let [team] = &mut teams[..] {
        joined.team_id = team.take();
    }
    if let [_] = identifiers[..] {
        joined.identifier = identifiers.pop();
    }
    for one in each {
        joined.ad_hoc |= one.ad_hoc;
        joined.partly |= one.partly;
        one.signers.into_iter().for_each(|signer| add(&mut joined.signers, signer));
    }
    joined
}

/// A program for one architecture.
fn thin(file: &mut Parts<'_>, slice: Window) -> Result<MachSignature, Unread> {
    const MAGIC: usize = 4;
    if slice.length < MAGIC as u64 {
        return Err(Unread::NotAnExecutable);
    }
    let signature = match slice.get(file, 0, MAGIC)? {
        [0xFE, 0xED, 0xFA, 0xCE] | [0xCE, 0xFA, 0xED, 0xFE] => place::<MachHeader32<Endianness>>(file, slice)?,
        [0xFE, 0xED, 0xFA, 0xCF] | [0xCF, 0xFA, 0xED, 0xFE] => place::<MachHeader64<Endianness>>(file, slice)?,
        _ => return Err(Unread::NotAnExecutable),
    };
    let mut found = MachSignature::default();
    if let Some((offset, length)) = signature {
        // Headers that can be followed are a program, whatever its signature is.
        let result = slice.part(offset, length).and_then(|place| blob::embedded(file, place)).map(|signature| found = signature);
        found.partly |= is_malformed(result)?;
    }
    Ok(found)
}

/// Where its signature lies, and how long it is.
fn place<Header: MachHeader<Endian = Endianness>>(file: &mut Parts<'_>, slice: Window) -> Result<Option<(u64, u64)>, Unread> {
    let malformed = |_| Unread::Malformed;
    let header = *Header::parse(slice.get(file, 0, size_of::<Header>())?, 0).map_err(malformed)?;
    let endian = header.endian().map_err(malformed)?;
    let length = header.sizeofcmds(endian);
    if length > MOST_COMMANDS {
        return Err(Unread::Malformed);
    }
    let bytes = slice.get(file, 0, size_of::<Header>() + length as usize)?;
    let mut found = None;
    for command in header.load_commands(endian, bytes, 0).map_err(malformed)? {
        let command = command.map_err(malformed)?;
        if command.cmd() != LC_CODE_SIGNATURE {
            continue;
        }
        let data = command.data::<LinkeditDataCommand<Endianness>>().map_err(malformed)?;
        let place = (data.dataoff.get(endian).into(), data.datasize.get(endian).into());
        // Which of two counts, one cannot tell.
        if found.replace(place).is_some() {
            return Err(Unread::Malformed);
        }
    }
    Ok(found)
}
