use std::cell::Cell;

use super::super::sparse::Sparse;
use super::super::{BLOCK, MOST_OF_A_FILE};
use super::*;
use crate::collect::tree::Trouble;

macro_rules! real {
    ($name:literal) => {
        include_bytes!(concat!("../../../../testdata/mach/", $name)).as_slice()
    };
}

const DENO: &[u8] = real!("deno-arm64.sparse");
const DUCKDB: &[u8] = real!("duckdb-universal.sparse");
const ESBUILD: &[u8] = real!("esbuild-arm64.sparse");
const FSEVENTS: &[u8] = real!("fsevents-universal.sparse");
const MARKUPSAFE: &[u8] = real!("markupsafe-i386-x86_64.so");
const NOTIFIER: &[u8] = real!("notifier-x86_64.sparse");
const SENTRY: &[u8] = real!("sentry-universal.sparse");

fn opened(bytes: &[u8]) -> Sparse<'_> {
    Sparse::parse(bytes).unwrap_or_else(|| Sparse::whole(bytes))
}

/// Looks at a file as if it had another length, and tells how much of it was read.
fn examine_as(length: u64, file: &Sparse<'_>) -> (Result<MachSignature, Unread>, usize) {
    let read = Cell::new(0);
    let result = examine_mach(length, &mut |offset, wanted| {
        assert!(offset + wanted as u64 <= length, "{offset} {wanted}");
        read.set(read.get() + wanted);
        let mut part = file.read(offset, wanted);
        part.resize(wanted, 0);
        Ok(part)
    });
    assert!(read.get() <= MOST_OF_A_FILE);
    (result, read.get())
}

fn examined(bytes: &[u8]) -> Result<MachSignature, Unread> {
    let file = opened(bytes);
    examine_as(file.length, &file).0
}

fn by(team: &str, identifier: &str, signer: &str) -> MachSignature {
    MachSignature { team_id: Some(team.into()), identifier: Some(identifier.into()), signers: vec![signer.into()], ..MachSignature::default() }
}

fn ad_hoc(identifier: &str) -> MachSignature {
    MachSignature { identifier: Some(identifier.into()), ad_hoc: true, ..MachSignature::default() }
}

fn deno() -> MachSignature {
    by("2H4KBF436B", "deno", "Deno Land Inc.")
}

/// A blob: its kind, its length, and what is in it.
fn blob(kind: u32, contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len() + 8).unwrap();
    [&kind.to_be_bytes()[..], &length.to_be_bytes(), contents].concat()
}

/// A code directory without hashes.
fn directory(flags: u32, identifier: &[u8], team: &[u8]) -> Vec<u8> {
    let name = 52;
    let team_at = if team.is_empty() { 0 } else { name + u32::try_from(identifier.len()).unwrap() + 1 };
    let numbers = [0x2_0200, flags, 0, name, 0, 0, 0, 0, 0, 0, team_at];
    let header: Vec<u8> = numbers.into_iter().flat_map(u32::to_be_bytes).collect();
    blob(0xFADE_0C02, &[&header, identifier, &[0], team, &[0]].concat())
}

/// The certificates of a real program, as a blob.
fn certificates() -> Vec<u8> {
    let file = opened(DENO);
    file.parts.iter().find(|(_, part)| be32(part) == 0xFADE_0B01).unwrap().1.to_vec()
}

/// A signature with these blobs.
fn signature(blobs: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut offset = u32::try_from(12 + 8 * blobs.len()).unwrap();
    let mut index = u32::try_from(blobs.len()).unwrap().to_be_bytes().to_vec();
    for (slot, blob) in blobs {
        index.extend([slot.to_be_bytes(), offset.to_be_bytes()].concat());
        offset += u32::try_from(blob.len()).unwrap();
    }
    let blobs: Vec<u8> = blobs.iter().flat_map(|(_, blob)| blob.clone()).collect();
    blob(0xFADE_0CC0, &[index, blobs].concat())
}

/// A program with nothing but a signature.
fn program(signature: &[u8], wide: bool, write: fn(u32) -> [u8; 4]) -> Vec<u8> {
    let header = if wide { 32 } else { 28 };
    let magic = if wide { 0xFEED_FACF } else { 0xFEED_FACE };
    let mut numbers = vec![magic, 7, 3, 2, 1, 16, 0];
    if wide {
        numbers.push(0);
    }
    numbers.extend([0x1D, 16, header + 16, u32::try_from(signature.len()).unwrap()]);
    [numbers.into_iter().flat_map(write).collect(), signature.to_vec()].concat()
}

fn signed(blobs: &[(u32, Vec<u8>)]) -> Vec<u8> {
    program(&signature(blobs), true, u32::to_le_bytes)
}

fn properly(team: &[u8]) -> Vec<u8> {
    signed(&[(0, directory(0, b"org.example", team)), (0x1_0000, certificates())])
}

/// A universal program of these; where `places` says so, at other places than they are.
fn universal_of(slices: &[Vec<u8>], wide: bool, places: Option<&[(u32, u32)]>) -> Vec<u8> {
    let entry = if wide { 32 } else { 20 };
    let mut at = 8 + entry * slices.len();
    let mut file = [if wide { FAT_MAGIC_64 } else { FAT_MAGIC }.to_be_bytes(), u32::try_from(slices.len()).unwrap().to_be_bytes()].concat();
    for (i, slice) in slices.iter().enumerate() {
        let own = (u32::try_from(at).unwrap(), u32::try_from(slice.len()).unwrap());
        let (start, length) = places.map_or(own, |places| places[i]);
        let numbers = if wide { vec![7, 3, 0, start, 0, length, 0, 0] } else { vec![7, 3, start, length, 0] };
        file.extend(numbers.into_iter().flat_map(u32::to_be_bytes));
        at += slice.len();
    }
    [file, slices.concat()].concat()
}

fn example(team: Option<&str>) -> MachSignature {
    let signers = vec!["Deno Land Inc.".into()];
    MachSignature { team_id: team.map(Into::into), identifier: Some("org.example".into()), signers, partly: team.is_none(), ..MachSignature::default() }
}

#[test]
fn real_programs() {
    assert_eq!(examined(DENO), Ok(deno()));
    assert_eq!(examined(real!("bun-arm64.sparse")), Ok(by("7FRXF46ZSN", "bun", "Jarred Sumner")));
    assert_eq!(examined(real!("node-arm64.sparse")), Ok(by("HX7739G8FX", "node", "Node.js Foundation")));
    assert_eq!(examined(real!("msal-x86_64.sparse")), Ok(by("UBF8T346G9", "msal-node-runtime", "Microsoft Corporation")));
    assert_eq!(examined(DUCKDB), Ok(by("7NCTQWA3HA", "libduckdb", "Stichting DuckDB Foundation")));
    // Its two architectures are called differently.
    assert_eq!(examined(SENTRY), Ok(MachSignature { identifier: None, ..by("97JCY7859U", "", "GetSentry LLC") }));
    assert_eq!(examined(ESBUILD), Ok(ad_hoc("a.out")));
    assert_eq!(examined(real!("ripgrep-arm64.sparse")), Ok(ad_hoc("rg-c6c48c77c0e56d95")));
    // One architecture is ad hoc and the other has no signature.
    assert_eq!(examined(FSEVENTS), Ok(ad_hoc("fsevents.node")));
    assert_eq!(examined(MARKUPSAFE), Ok(MachSignature::default()));
    assert_eq!(examined(NOTIFIER), Ok(MachSignature::default()));
}

#[test]
fn little_is_read_of_large_programs() {
    let file = opened(DENO);
    assert!(file.length > 80_000_000);
    let read = examine_as(file.length, &file).1;
    assert!(read <= 8 * BLOCK, "{read}");
}

#[test]
fn every_width_and_order() {
    let blobs = signature(&[(0, directory(0, b"org.example", b"ABCDE12345")), (0x1_0000, certificates())]);
    for (wide, write) in [(false, u32::to_le_bytes as fn(u32) -> _), (true, u32::to_le_bytes), (false, u32::to_be_bytes), (true, u32::to_be_bytes)] {
        let one = program(&blobs, wide, write);
        assert_eq!(examined(&one), Ok(example(Some("ABCDE12345"))));
        for fat64 in [false, true] {
            assert_eq!(examined(&universal_of(&[one.clone(), properly(b"ABCDE12345")], fat64, None)), Ok(example(Some("ABCDE12345"))));
        }
    }
}

#[test]
fn a_team_is_ten_capitals_or_digits() {
    for team in [&b"ABCDE1234"[..], b"ABCDE123456", b"abcde12345", b"ABCDE 2345", b"ABCDE1234\xC9", b"not set"] {
        assert_eq!(examined(&properly(team)), Ok(example(None)), "{team:?}");
    }
    assert_eq!(examined(&properly(b"")), Ok(MachSignature { partly: false, ..example(None) }), "Apple's own programs have none");
}

#[test]
fn who_signs_nothing_has_no_team() {
    let directory_of = |flags| (0, directory(flags, b"org.example", b"ABCDE12345"));
    assert_eq!(examined(&signed(&[directory_of(2), (0x1_0000, certificates())])), Ok(ad_hoc("org.example")));
    assert_eq!(examined(&signed(&[(0, directory(2, b"org.example", b"not set"))])), Ok(ad_hoc("org.example")));
    assert_eq!(examined(&signed(&[directory_of(0)])), Ok(ad_hoc("org.example")));
    assert_eq!(examined(&signed(&[directory_of(0), (0x1_0000, blob(0xFADE_0B01, b""))])), Ok(ad_hoc("org.example")));
    // Certificates that are none, another kind of blob, and two of them where the second is ours.
    let unknown = Ok(MachSignature { signers: Vec::new(), ..example(None) });
    assert_eq!(examined(&signed(&[directory_of(0), (0x1_0000, blob(0xFADE_0B01, b"rubbish"))])), unknown);
    assert_eq!(examined(&signed(&[directory_of(0), (0x1_0000, blob(0xFADE_0C01, b"rubbish"))])), unknown);
    assert_eq!(examined(&signed(&[directory_of(0), (0x1_0000, blob(0xFADE_0B01, b"rubbish")), (0x1_0000, certificates())])), unknown);
}

#[test]
fn directories_of_one_signature_must_agree() {
    let with = |slot, team: &[u8]| {
        let blobs = [(0, directory(0, b"org.example", b"ABCDE12345")), (slot, directory(0, b"org.example", team)), (0x1_0000, certificates())];
        examined(&signed(&blobs))
    };
    assert_eq!(with(0x1000, b"ABCDE12345"), Ok(example(Some("ABCDE12345"))));
    assert_eq!(with(0x1005, b"ABCDE12346"), Ok(example(None)));
    assert_eq!(with(0x1000, b""), Ok(example(None)));
    assert_eq!(with(0x1006, b"ABCDE12346"), Ok(example(Some("ABCDE12345"))), "not a place for one");
    assert_eq!(examined(&signed(&[(0x1_0000, certificates())])), Ok(MachSignature { partly: true, ..MachSignature::default() }));
}

#[test]
fn identifiers_are_kept_within_bounds() {
    let of = |identifier: &[u8]| examined(&signed(&[(0, directory(2, identifier, b""))])).unwrap();
    assert_eq!(of(&[b'x'; 5_000]).identifier, Some("x".repeat(300)));
    assert_eq!(of("é".as_bytes()).identifier.as_deref(), Some("é"));
    for misleading in [&b"org.example\x1B[2J"[..], b"", b"a\nb"] {
        let found = of(misleading);
        assert_eq!((found.identifier, found.partly), (None, true), "{misleading:?}");
    }
}

#[test]
fn architectures_must_agree_on_the_team() {
    let [one, other] = [properly(b"ABCDE12345"), properly(b"ABCDE12346")];
    let unsigned = program(&[], true, u32::to_le_bytes);
    assert_eq!(examined(&universal_of(&[one.clone(), other], false, None)), Ok(example(None)));
    let free = signed(&[(0, directory(2, b"org.example", b""))]);
    assert_eq!(examined(&universal_of(&[one.clone(), free], false, None)), Ok(MachSignature { ad_hoc: true, ..example(None) }));
    // One that cannot be understood says nothing, which is told.
    let damaged = Ok(MachSignature { partly: true, ..example(Some("ABCDE12345")) });
    assert_eq!(examined(&universal_of(&[one.clone(), unsigned], false, None)), damaged, "a signature of no length is a damaged one");
    assert_eq!(examined(&universal_of(&[b"!<arch>\nrubbish".to_vec(), one.clone()], false, None)), damaged);
    assert_eq!(examined(&universal_of(&[one.clone(), one[..30].to_vec()], true, None)), damaged);
    let mut without = one.clone();
    without[32] = 0x1E;
    assert_eq!(examined(&universal_of(&[one, without], false, None)), Ok(example(None)));
}

#[test]
fn architectures_may_lie_anywhere() {
    let one = properly(b"ABCDE12345");
    let length = u32::try_from(one.len()).unwrap();
    let both = |places: [(u32, u32); 2]| examined(&universal_of(&[one.clone(), one.clone()], false, Some(&places)));
    // Both at the same place, one in the other, out of the file, and the whole file in itself.
    assert_eq!(both([(48, length), (48, length)]), Ok(example(Some("ABCDE12345"))));
    assert_eq!(both([(48, length), (48, 2 * length)]), Ok(example(Some("ABCDE12345"))));
    assert_eq!(both([(48, length), (u32::MAX, u32::MAX)]), Ok(MachSignature { partly: true, ..example(Some("ABCDE12345")) }));
    assert_eq!(both([(0, length), (0, 0)]), Err(Unread::NotAnExecutable));
    assert_eq!(both([(u32::MAX, 8), (48, 30)]), Err(Unread::Malformed));
    let mut wide = universal_of(&[one], true, None);
    wide[16..24].fill(0xFF);
    assert_eq!(examined(&wide), Err(Unread::Malformed));
}

#[test]
fn counts_without_end() {
    for (magic, count, expected) in [
        (FAT_MAGIC, 0, Unread::Malformed),
        (FAT_MAGIC, 17, Unread::Malformed),
        // Java 8, and as much as can be.
        (FAT_MAGIC, 52, Unread::NotAnExecutable),
        (FAT_MAGIC, u32::MAX, Unread::NotAnExecutable),
        (FAT_MAGIC_64, u32::MAX, Unread::Malformed),
        (FAT_MAGIC_64, 16, Unread::Malformed),
    ] {
        let file = [&magic.to_be_bytes()[..], &count.to_be_bytes(), &[0xFF; 200]].concat();
        assert_eq!(examined(&file), Err(expected), "{magic:x} {count}");
    }
    let mut commands = ESBUILD.to_vec();
    // The number of commands and their length: after the header of this form, the length and the first offset.
    commands[28 + 16..28 + 20].fill(0xFF);
    assert_eq!(examined(&commands), Err(Unread::Malformed));
    commands[28 + 20..28 + 24].fill(0xFF);
    assert_eq!(examined(&commands), Err(Unread::Malformed));
}

#[test]
fn other_files() {
    for file in [&b""[..], b"\xFE", b"#!/bin/sh\n", b"MZ\0\0", b"\x7FELF", b"\xBE\xBA\xFE\xCA\0\0\0\x01"] {
        assert_eq!(examined(file), Err(Unread::NotAnExecutable), "{file:?}");
    }
    assert_eq!(examined(b"\xCF\xFA\xED\xFE"), Err(Unread::Malformed));
    assert_eq!(examine_mach(1_000, &mut |_, _| Err(Trouble::Denied)), Err(Unread::Trouble(Trouble::Denied)));
}

#[test]
fn indexes_that_lead_nowhere() {
    let unread = Ok(MachSignature { partly: true, ..MachSignature::default() });
    let good = signature(&[(0, directory(0, b"org.example", b"ABCDE12345")), (0x1_0000, certificates())]);
    let with = |at: usize, number: u32| {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
        examined(&program(&bytes, true, u32::to_le_bytes))
    };
    // Another kind; a length, a count and a directory that are outside; a directory that is the index itself.
    for (at, number) in [(0, 0xFADE_0CC1), (4, u32::MAX), (8, u32::MAX), (8, 65), (16, u32::MAX), (16, 0), (16, 8), (28 + 4, 4)] {
        assert_eq!(with(at, number), unread, "{at} {number}");
    }
    // The name and the team outside, or in the header.
    assert_eq!(with(28 + 20, u32::MAX), Ok(MachSignature { partly: true, identifier: None, ..example(Some("ABCDE12345")) }));
    assert_eq!(with(28 + 48, 20), Ok(example(None)));
    assert_eq!(with(28 + 48, u32::MAX), Ok(example(None)));
    // Every entry is the same directory, as often as there is room.
    let one = directory(0, b"org.example", b"ABCDE12345");
    let mut many = signature(&vec![(0, one); 64]);
    for entry in 0..64 {
        many.copy_within(16..20, 16 + 8 * entry);
    }
    let found = examined(&program(&many, true, u32::to_le_bytes)).unwrap();
    assert_eq!(found, MachSignature { partly: true, ..ad_hoc("org.example") });
}

#[test]
fn scripts_in_bundles() {
    let file = opened(DENO);
    let directory_of = file.parts.iter().find(|(_, part)| be32(part) == 0xFADE_0C02).unwrap().1;
    let mut whole = directory_of.to_vec();
    whole.resize(be32(&directory_of[4..]) as usize, 0);
    let wrapped = certificates();
    assert_eq!(examine_code_directory(&whole, Some(&wrapped[8..])), Ok(deno()));
    assert_eq!(examine_code_directory(&whole, Some(&wrapped)), Ok(deno()));
    for none in [None, Some(&b""[..]), Some(&wrapped[..8])] {
        assert_eq!(examine_code_directory(&whole, none), Ok(ad_hoc("deno")));
    }
    let unknown = MachSignature { team_id: None, signers: Vec::new(), partly: true, ..deno() };
    assert_eq!(examine_code_directory(&whole, Some(b"rubbish")), Ok(unknown));
    for end in 0..whole.len() {
        assert_eq!(examine_code_directory(&whole[..end], Some(&wrapped)), Err(Unread::Malformed));
    }
}

#[test]
fn truncated_anywhere() {
    for bytes in [ESBUILD, FSEVENTS, DENO] {
        let file = opened(bytes);
        // Where something lies, every length; elsewhere nothing changes.
        for (start, part) in &file.parts {
            for length in *start..=start + part.len() as u64 {
                let (result, _) = examine_as(length, &file);
                let team = result.ok().and_then(|found| found.team_id);
                assert!(team.is_none() || bytes == DENO, "{length}");
            }
        }
    }
    let whole = properly(b"ABCDE12345");
    for end in 0..whole.len() {
        let team = examined(&whole[..end]).ok().and_then(|found| found.team_id);
        assert_eq!(team, None, "{end}");
    }
}

#[test]
fn changed_anywhere() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let seeds = [DENO, FSEVENTS, ESBUILD, &properly(b"ABCDE12345"), &universal_of(&[properly(b"ABCDE12345")], true, None)].map(<[u8]>::to_vec);
    for round in 0..20_000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=random(8) {
            let at = random(bytes.len());
            bytes[at] = [0, 0xFF, 0x7F, 0x80, 1][random(5)] ^ if random(2) == 0 { bytes[at] } else { 0 };
        }
        let team = examined_of_any_length(&bytes);
        assert!(team.is_none_or(|team| team.len() == 10));
    }
}

/// The team in a file whose own length may be a lie.
fn examined_of_any_length(bytes: &[u8]) -> Option<String> {
    let file = opened(bytes);
    examine_mach(file.length, &mut |offset, wanted| Ok(file.read(offset, wanted))).ok()?.team_id
}
