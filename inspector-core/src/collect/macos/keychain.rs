//! The certificates in a keychain file.
//!
//! A keychain is a small database: a header, a schema with the places of its tables, tables with the places of their records. Only the one
//! table of certificates is followed; passwords and keys lie in others, are encrypted, and are not looked at. The format is Apple's
//! `AppleDatabase` of the open-source Security framework; all numbers are of 32 bits with the largest byte first.

/// How a keychain begins.
const MAGIC: &[u8] = b"kych";
/// The table of X.509 certificates: `CSSM_DL_DB_RECORD_X509_CERTIFICATE`.
const CERTIFICATES: u32 = 0x8000_1000;
/// What stands before a certificate in its record: six numbers, and one for each of its nine attributes.
const RECORD_HEADER: usize = 15 * 4;
/// Which of those numbers is the length of the certificate.
const LENGTH: usize = 4 * 4;
/// What stands before the places of the records of a table.
const TABLE_HEADER: usize = 7 * 4;
/// The most tables, the most records of one, and the most certificates in all.
const MOST: u32 = 10_000;
/// The longest certificate; real ones have some kilobytes. Records may lie over each other, and would make much of little.
const LONGEST: usize = 32 << 10;

/// The certificates in a keychain, in DER, and whether some of it could not be followed; nothing if it is no keychain.
pub(super) fn certificates(keychain: &[u8]) -> Option<(Vec<&[u8]>, bool)> {
    let schema = keychain.get(number(keychain, 12)? as usize..).filter(|_| keychain.starts_with(MAGIC))?;
    let count = number(schema, 4).filter(|count| *count <= MOST)?;
    let (mut found, mut broken) = (Vec::new(), false);
    for at in 0..count as usize {
        let table = number(schema, 8 + 4 * at).and_then(|place| schema.get(place as usize..));
        let Some((table, id)) = table.and_then(|table| Some((table, number(table, 4)?))) else {
            broken = true;
            continue;
        };
        if id == CERTIFICATES {
            broken |= of_table(table, &mut found).is_none();
        }
    }
    Some((found, broken))
}

fn of_table<'a>(table: &'a [u8], found: &mut Vec<&'a [u8]>) -> Option<()> {
    let count = number(table, 6 * 4).filter(|count| *count <= MOST)?;
    let mut whole = Some(());
    for at in 0..count as usize {
        // A place that was freed is zero, or odd: then it is the number of the next free one.
        let place = number(table, TABLE_HEADER + 4 * at)?;
        if place == 0 || place % 4 != 0 {
            continue;
        }
        if found.len() >= MOST as usize {
            return None;
        }
        let record = table.get(place as usize..);
        let certificate = record.and_then(|record| record.get(RECORD_HEADER..)?.get(..number(record, LENGTH)? as usize));
        let certificate = certificate.filter(|certificate| certificate.len() <= LONGEST);
        match certificate {
            Some(certificate) => found.push(certificate),
            None => whole = None,
        }
    }
    whole
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_be_bytes)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A keychain with a table of passwords and one of these certificates, laid out as the format says.
    pub(in super::super) fn keychain(certificates: &[&[u8]]) -> Vec<u8> {
        let words = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
        let of = |length: usize| u32::try_from(length).unwrap();
        let table = |id: u32, contents: &[&[u8]]| {
            let mut places = Vec::new();
            let mut records = Vec::new();
            let start = TABLE_HEADER + 4 * (contents.len() + 1);
            for one in contents {
                places.push(of(start + records.len()));
                let length = (RECORD_HEADER + one.len()).next_multiple_of(4);
                let mut header = vec![0; 15];
                (header[0], header[4]) = (of(length), of(one.len()));
                records.extend(words(&header));
                records.extend(*one);
                records.resize(records.len().next_multiple_of(4), 0);
            }
            // The last place is free.
            places.push(7);
            let head = words(&[of(start + records.len()), id, of(contents.len()), 0, 0, 0, of(places.len())]);
            [head, words(&places), records].concat()
        };
        let tables = [table(0x8000_0000, &[b"secret"]), table(CERTIFICATES, certificates)];
        let first = 8 + 4 * tables.len();
        let schema = [words(&[0, of(tables.len()), of(first), of(first + tables[0].len())]), tables.concat()].concat();
        [MAGIC.to_vec(), words(&[0x1_0000, 16, 20, 0]), schema].concat()
    }

    #[test]
    fn only_certificates_are_told() {
        let whole = keychain(&[b"first", b"second!"]);
        assert_eq!(certificates(&whole), Some((vec![&b"first"[..], b"second!"], false)));
        assert_eq!(certificates(&keychain(&[])), Some((Vec::new(), false)));
    }

    #[test]
    fn no_cut_breaks_it_and_every_cut_is_seen() {
        let whole = keychain(&[b"first", b"second!!"]);
        for length in 0..whole.len() {
            assert!(certificates(&whole[..length]).is_none_or(|(_, broken)| broken), "{length}");
        }
        assert_eq!(certificates(b"SQLite format 3\0"), None);
        let mut lying = whole;
        lying[24..28].fill(0xff);
        assert_eq!(certificates(&lying), None);
    }
}
