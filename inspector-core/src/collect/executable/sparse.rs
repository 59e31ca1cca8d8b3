//! A file of which only some parts are given; all else in it are zeros. Real programs are large, and little of them is ever read:
//! `testdata/mach/cut.py` writes down that little in this form.

/// How such a file begins. All numbers in it are written with the highest byte first.
const MAGIC: &[u8] = b"SPARSE1\n";

/// A file of which only some parts are given.
pub(super) struct Sparse<'a> {
    /// How long the file is.
    pub(super) length: u64,
    /// Where each part begins, and the part.
    pub(super) parts: Vec<(u64, &'a [u8])>,
}

impl<'a> Sparse<'a> {
    /// Takes it apart: the length of the whole, then for each part its offset (64 bits), its length (32 bits), its bytes.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (length, mut rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
        let mut parts = Vec::new();
        while let Some((offset, after)) = rest.split_first_chunk() {
            let (size, after) = after.split_first_chunk()?;
            let (part, after) = after.split_at_checked(u32::from_be_bytes(*size) as usize)?;
            parts.push((u64::from_be_bytes(*offset), part));
            rest = after;
        }
        Some(Self { length: u64::from_be_bytes(*length), parts })
    }

    /// A file that is given whole.
    pub(super) fn whole(bytes: &'a [u8]) -> Self {
        Self { length: bytes.len() as u64, parts: vec![(0, bytes)] }
    }

    /// Some bytes of the file, fewer only at its end.
    pub(super) fn read(&self, offset: u64, wanted: usize) -> Vec<u8> {
        let wanted = usize::try_from(self.length.saturating_sub(offset)).unwrap_or(usize::MAX).min(wanted);
        let mut bytes = vec![0; wanted];
        for (start, part) in &self.parts {
            let from = offset.max(*start);
            let end = offset.saturating_add(wanted as u64).min(start.saturating_add(part.len() as u64));
            let (Ok(at), Ok(skip), Ok(length)) = (usize::try_from(from - offset), usize::try_from(from - start), usize::try_from(end.saturating_sub(from)))
            else {
                continue;
            };
            if length > 0 {
                bytes[at..at + length].copy_from_slice(&part[skip..skip + length]);
            }
        }
        bytes
    }
}
