//! Reading a file in few and small parts.

use super::{BLOCK, MOST_OF_A_FILE, ReadPart, Unread};

/// Parts of a file: few and small ones, whatever the file says.
pub(super) struct Parts<'a> {
    /// How long the file is.
    pub(super) length: u64,
    /// Gives some of it.
    read: &'a mut ReadPart<'a>,
    /// How much more of it is read.
    left: usize,
    /// Where the part begins that was read last.
    start: u64,
    /// That part: what is asked for next mostly stands in it.
    part: Vec<u8>,
}

impl<'a> Parts<'a> {
    /// Of a file of `length` bytes.
    pub(super) fn new(length: u64, read: &'a mut ReadPart<'a>) -> Self {
        Self { length, read, left: MOST_OF_A_FILE, start: 0, part: Vec::new() }
    }

    /// Some bytes of the file, all of them.
    pub(super) fn get(&mut self, offset: u64, length: usize) -> Result<&[u8], Unread> {
        let end = offset.checked_add(length as u64).filter(|end| *end <= self.length).ok_or(Unread::Malformed)?;
        if offset < self.start || end > self.start + self.part.len() as u64 {
            let wanted = usize::try_from(self.length - offset).unwrap_or(usize::MAX).min(length.max(BLOCK));
            self.left = self.left.checked_sub(wanted).ok_or(Unread::Malformed)?;
            self.part = (self.read)(offset, wanted).map_err(Unread::Trouble)?;
            self.start = offset;
        }
        // The file may have become shorter since its length was asked for.
        usize::try_from(offset - self.start).ok().and_then(|from| self.part.get(from..from.checked_add(length)?)).ok_or(Unread::Malformed)
    }
}
