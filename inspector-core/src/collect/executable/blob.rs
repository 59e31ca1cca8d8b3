//! The signature in a program for macOS: an index of blobs, among them one or more *code directories*, which hold a name, a team and the
//! hashes of every page of the program, and one that holds the certificates. The hashes are passed over, and not read.

use object::macho::{CSMAGIC_BLOBWRAPPER, CSMAGIC_CODEDIRECTORY, CSMAGIC_EMBEDDED_SIGNATURE};

use super::mach::{MachSignature, Window, be32, joined};
use super::{LONGEST_NAME, MOST_OF_SIGNATURES, Parts, Unread, is_malformed, kept, signers_in};
use crate::text;

/// What stands before each blob: its kind and its length.
const BLOB_HEADER: usize = 8;
/// What stands before the index: kind, length, and how many blobs it names.
const INDEX_HEADER: usize = 12;
/// One entry of the index: what the blob is for, and where it begins.
const INDEX_ENTRY: usize = 8;
/// The most blobs in a signature. There are about a dozen kinds.
const MOST_BLOBS: u32 = 64;
/// The most code directories that are looked at: one for each method of hashing.
const MOST_DIRECTORIES: usize = 7;
/// Where in the index the code directory stands, and others of newer methods.
const DIRECTORY: u32 = 0;
/// The first and last places for further code directories.
const OTHER_DIRECTORIES: std::ops::RangeInclusive<u32> = 0x1000..=0x1005;
/// Where in the index the certificates stand.
const CERTIFICATES: u32 = 0x1_0000;
/// The part of a code directory that all versions have.
const DIRECTORY_HEADER: usize = 44;
/// Where a code directory says what version it is.
const VERSION: usize = 8;
/// Where its flags stand.
const FLAGS: usize = 12;
/// Where it says where its name begins.
const NAME: usize = 20;
/// Where it says where its team begins.
const TEAM: usize = 48;
/// The first version that knows teams.
const WITH_TEAM: u32 = 0x2_0200;
/// The flag of a signature that nobody signed.
const AD_HOC: u32 = 2;
/// How long a team is.
const TEAM_LENGTH: usize = 10;

/// Reads the signature of a program.
pub(super) fn embedded(file: &mut Parts<'_>, place: Window) -> Result<MachSignature, Unread> {
    let header = place.get(file, 0, INDEX_HEADER)?;
    let (kind, length, count) = (be32(header), be32(&header[4..]), be32(&header[8..]));
    if kind != CSMAGIC_EMBEDDED_SIGNATURE || count > MOST_BLOBS {
        return Err(Unread::Malformed);
    }
    let signature = place.part(0, length.into())?;
    let index = signature.get(file, INDEX_HEADER as u64, count as usize * INDEX_ENTRY)?.to_vec();
    let mut directories = Vec::new();
    let mut cms = None;
    let mut partly = false;
    for entry in index.chunks_exact(INDEX_ENTRY) {
        let (slot, offset) = (be32(entry), u64::from(be32(&entry[4..])));
        let is_directory = slot == DIRECTORY || OTHER_DIRECTORIES.contains(&slot);
        let result = if is_directory && directories.len() < MOST_DIRECTORIES {
            blob(file, signature, offset, CSMAGIC_CODEDIRECTORY).and_then(|blob| directory(file, blob)).map(|one| directories.push(one))
        } else if slot == CERTIFICATES && cms.is_none() {
            blob(file, signature, offset, CSMAGIC_BLOBWRAPPER).and_then(|blob| contents(file, blob)).map(|bytes| cms = Some(bytes))
        } else if is_directory || slot == CERTIFICATES {
            // More than there are places for: which one counts, one cannot tell.
            Err(Unread::Malformed)
        } else {
            continue;
        };
        if is_malformed(result)? {
            partly = true;
            // Certificates that cannot be read are not the same as none.
            if slot == CERTIFICATES && cms.is_none() {
                cms = Some(vec![0]);
            }
        }
    }
    let mut found = signed(directories, &cms.unwrap_or_default())?;
    found.partly |= partly;
    Ok(found)
}

/// Reads a code directory that is a file, and the certificates that belong to it: bare, or with the header of a blob before them.
pub(super) fn lone_directory(file: &mut Parts<'_>, place: Window, cms: &[u8]) -> Result<MachSignature, Unread> {
    let place = blob(file, place, 0, CSMAGIC_CODEDIRECTORY)?;
    let directory = directory(file, place)?;
    let bare = if be32(cms) == CSMAGIC_BLOBWRAPPER { cms.get(BLOB_HEADER..).unwrap_or_default() } else { cms };
    signed(vec![directory], bare)
}

/// What the code directories claim together, if somebody signed them.
fn signed(directories: Vec<MachSignature>, cms: &[u8]) -> Result<MachSignature, Unread> {
    if directories.is_empty() {
        return Err(Unread::Malformed);
    }
    let mut found = joined(directories);
    found.ad_hoc |= cms.is_empty();
    if !found.ad_hoc {
        found.signers = signers_in(cms).unwrap_or_default();
        // With a signature that names nobody, the team is only what anybody may have written.
        found.partly |= found.signers.is_empty();
    }
    if found.signers.is_empty() {
        found.team_id = None;
    }
    Ok(found)
}

/// One blob of this kind.
fn blob(file: &mut Parts<'_>, around: Window, offset: u64, kind: u32) -> Result<Window, Unread> {
    let header = around.get(file, offset, BLOB_HEADER)?;
    let (found, length) = (be32(header), be32(&header[4..]));
    if found != kind || (length as usize) < BLOB_HEADER {
        return Err(Unread::Malformed);
    }
    around.part(offset, length.into())
}

/// What is in a blob after its header.
fn contents(file: &mut Parts<'_>, blob: Window) -> Result<Vec<u8>, Unread> {
    if blob.length > MOST_OF_SIGNATURES.into() {
        return Err(Unread::Malformed);
    }
    let length = usize::try_from(blob.length).map_err(|_| Unread::Malformed)?;
    Ok(blob.get(file, BLOB_HEADER as u64, length.saturating_sub(BLOB_HEADER))?.to_vec())
}

/// The name and the team in a code directory, and whether it is ad hoc.
fn directory(file: &mut Parts<'_>, place: Window) -> Result<MachSignature, Unread> {
    let header = place.get(file, 0, DIRECTORY_HEADER)?;
    let [version, flags, name] = [VERSION, FLAGS, NAME].map(|at| be32(&header[at..]));
    let team = if version >= WITH_TEAM { be32(place.get(file, TEAM as u64, 4)?) } else { 0 };
    let mut found = MachSignature { ad_hoc: flags & AD_HOC != 0, ..MachSignature::default() };
    let result = string(file, place, name, 4 * LONGEST_NAME).map(|bytes| found.identifier = plain(&bytes));
    let unnamed = is_malformed(result)? || found.identifier.is_none();
    let mut misleading = false;
    // In a signature that nobody signed it may be anything.
    if team != 0 && !found.ad_hoc {
        let result = string(file, place, team, TEAM_LENGTH + 1).map(|bytes| found.team_id = as_team(&bytes));
        misleading = is_malformed(result)? || found.team_id.is_none();
    }
    found.partly = unnamed || misleading;
    Ok(found)
}

/// The text at an offset of a blob, up to the mark at its end; of a longer one only the beginning.
fn string(file: &mut Parts<'_>, place: Window, offset: u32, most: usize) -> Result<Vec<u8>, Unread> {
    let offset = u64::from(offset);
    let room = place.length.checked_sub(offset).filter(|_| offset >= DIRECTORY_HEADER as u64).ok_or(Unread::Malformed)?;
    let length = usize::try_from(room).unwrap_or(usize::MAX).min(most);
    let bytes = place.get(file, offset, length)?;
    match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => Ok(bytes[..end].to_vec()),
        None if length == most => Ok(bytes.to_vec()),
        None => Err(Unread::Malformed),
    }
}

/// A name, unless something is in it that no maker writes and that only serves to mislead a reader.
fn plain(bytes: &[u8]) -> Option<String> {
    kept(&text::from_bytes(bytes)).filter(|name| !name.chars().any(char::is_control))
}

/// A team, if it is written as Apple writes them.
fn as_team(bytes: &[u8]) -> Option<String> {
    let is_one = bytes.len() == TEAM_LENGTH && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_one.then(|| bytes.iter().copied().map(char::from).collect())
}
