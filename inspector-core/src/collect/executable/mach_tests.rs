//! Real signatures, and what could be made of them to mislead.

use std::collections::BTreeMap;

use super::mach::{MachSignature, examine_mach, of_directory};
use super::*;

/// The parts that are left of a real program.
struct Cut {
    length: u64,
    parts: BTreeMap<u64, Vec<u8>>,
}

impl Cut {
    fn new(mut bytes: &[u8]) -> Self {
        let mut cut = Self { length: 0, parts: BTreeMap::new() };
        while let Some((head, rest)) = bytes.split_first_chunk::<12>() {
            let place = u64::from_be_bytes(head[..8].try_into().unwrap());
            let length = u32::from_be_bytes(head[8..].try_into().unwrap()) as usize;
            if length == 0 {
                cut.length = place;
            }
            // Of two parts at one place the longer holds the other.
            if cut.parts.get(&place).is_none_or(|known| known.len() < length) {
                cut.parts.insert(place, rest[..length].to_vec());
            }
            bytes = &rest[length..];
        }
        cut
    }

    fn read(&self, offset: u64, length: usize) -> Vec<u8> {
        let end = self.length.min(offset + length as u64);
        let mut bytes = vec![0; usize::try_from(end.saturating_sub(offset)).unwrap()];
        for (start, part) in &self.parts {
            let (from, to) = (offset.max(*start), end.min(start + part.len() as u64));
            if from < to {
                let at = |place: u64, start: u64| usize::try_from(place - start).unwrap();
                bytes[at(from, offset)..at(to, offset)].copy_from_slice(&part[at(from, *start)..at(to, *start)]);
            }
        }
        bytes
    }

    fn examine(&self) -> Result<MachSignature, Unread> {
        examine_mach(self.length, &mut |offset, length| Ok(self.read(offset, length)))
    }
}

macro_rules! cut {
    ($name:literal) => {
        Cut::new(include_bytes!(concat!("../../../testdata/mach/", $name, ".parts")))
    };
}

fn examine(bytes: &[u8]) -> Result<MachSignature, Unread> {
    let read = |offset: u64, length: usize| {
        let rest = bytes.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
        Ok(rest[..length.min(rest.len())].to_vec())
    };
    examine_mach(bytes.len() as u64, &mut { read })
}

#[test]
fn real_programs() {
    for (cut, team, identifier, ad_hoc) in [
        (cut!("deno"), Some("2H4KBF436B"), Some("deno"), false),
        (cut!("duckdb-universal"), Some("7NCTQWA3HA"), Some("libduckdb"), false),
        (cut!("node"), Some("HX7739G8FX"), Some("node"), false),
        (cut!("bun"), Some("7FRXF46ZSN"), Some("bun"), false),
        (cut!("ad-hoc-arm64"), None, Some("a.out"), true),
        (cut!("universal-ad-hoc"), None, Some("_speedups-arm64.out"), true),
        (cut!("unsigned-x86_64"), None, None, false),
        (cut!("universal-unsigned-32"), None, None, false),
    ] {
        let found = cut.examine().unwrap();
        let told = (found.team_id.as_deref(), found.identifier.as_deref(), found.ad_hoc, found.partly);
        assert_eq!(told, (team, identifier, ad_hoc, false));
        assert_eq!(found.signers.is_empty(), team.is_none(), "{:?}", found.signers);
    }
    assert_eq!(cut!("duckdb-universal").examine().unwrap().signers, ["Stichting DuckDB Foundation"]);
}

const SIGNATURE_AT: usize = 0x100;

/// A program with one signature, whose directory has these flags, identifier and team, and a message of these bytes.
fn program(flags: u32, identifier: &str, team: &str, message: &[u8]) -> Vec<u8> {
    let blob = |magic: u32, rest: &[u8]| [&magic.to_be_bytes()[..], &u32::try_from(rest.len() + 8).unwrap().to_be_bytes(), rest].concat();
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let team_at = u32::try_from(52 + identifier.len() + 1).unwrap();
    let texts = [identifier, "\0", team, "\0"].concat();
    let directory = blob(DIRECTORY, &[words(&[0x2_0200, flags, 0, 52, 0, 0, 0, 0, 0, 0, team_at]), texts.into_bytes()].concat());
    let message = blob(MESSAGE, message);
    let index = words(&[2, 0, 28, 0x1_0000, 28 + u32::try_from(directory.len()).unwrap()]);
    let signature = blob(SUPER_BLOB, &[index, directory, message].concat());
    let header = [0xfeed_facf_u32, 0x0100_000c, 0, 2, 1, 16, 0, 0, 0x1d, 16, u32::try_from(SIGNATURE_AT).unwrap(), u32::try_from(signature.len()).unwrap()];
    let mut bytes: Vec<u8> = header.iter().flat_map(|word| word.to_le_bytes()).collect();
    bytes.resize(SIGNATURE_AT, 0);
    bytes.extend(signature);
    bytes
}

const DIRECTORY: u32 = 0xfade_0c02;
const MESSAGE: u32 = 0xfade_0b01;
const SUPER_BLOB: u32 = 0xfade_0cc0;
const SIGNED: &[u8] = include_bytes!("../../../testdata/executables/signed.cat");

#[test]
fn a_team_that_nobody_vouches_for_is_none() {
    let of = |flags, team: &str, message: &[u8]| {
        let found = examine(&program(flags, "com.acme.agent", team, message)).unwrap();
        (found.team_id, found.ad_hoc, found.partly)
    };
    assert_eq!(of(0, "ABCDE12345", SIGNED), (Some("ABCDE12345".into()), false, false));
    assert_eq!(of(2, "ABCDE12345", SIGNED), (None, true, false));
    assert_eq!(of(0, "ABCDE12345", b""), (None, true, false));
    assert_eq!(of(0, "abcde12345", SIGNED), (None, false, true));
    assert_eq!(of(0, "ABCDE123456", SIGNED), (None, false, true));
    assert_eq!(of(0, "ABCDE12345", b"no message"), (Some("ABCDE12345".into()), false, true));
}

/// The same programs behind one header for several processors.
fn universal(programs: &[&[u8]]) -> Vec<u8> {
    let mut bytes: Vec<u8> = [0xcafe_babe, u32::try_from(programs.len()).unwrap()].iter().flat_map(|word| word.to_be_bytes()).collect();
    let mut at = 0x1000;
    for program in programs {
        let words = [7, 3, at, u32::try_from(program.len()).unwrap(), 12];
        bytes.extend(words.iter().flat_map(|word| word.to_be_bytes()));
        at += u32::try_from(program.len().next_multiple_of(0x1000)).unwrap();
    }
    for program in programs {
        bytes.resize(bytes.len().next_multiple_of(0x1000), 0);
        bytes.extend(*program);
    }
    bytes
}

#[test]
fn two_makers_in_one_file() {
    let (one, other) = (program(0, "com.acme.agent", "ABCDE12345", SIGNED), program(0, "com.acme.agent", "ZZZZZ12345", SIGNED));
    let found = examine(&universal(&[&one, &one])).unwrap();
    assert_eq!((found.team_id.as_deref(), found.partly), (Some("ABCDE12345"), false));
    let found = examine(&universal(&[&one, &other])).unwrap();
    assert_eq!((found.team_id, found.partly), (None, true));
    let found = examine(&universal(&[&one, b"no program, but long enough for one"])).unwrap();
    assert_eq!((found.team_id.as_deref(), found.partly), (Some("ABCDE12345"), true));
}

#[test]
fn what_is_no_program() {
    let java = [0xcafe_babe_u32, 52].iter().flat_map(|word| word.to_be_bytes()).chain([0; 100]).collect::<Vec<_>>();
    for bytes in [&b""[..], b"#!/bin/sh\n", b"\x7fELF\x02\x01\x01 and so on, long enough for a header", &java] {
        assert_eq!(examine(bytes), Err(Unread::NotAnExecutable), "{}", String::from_utf8_lossy(bytes));
    }
    let many = [0xcafe_babe_u32, 42].iter().flat_map(|word| word.to_be_bytes()).chain([0xff; 2_000]).collect::<Vec<_>>();
    assert_eq!(examine(&many), Err(Unread::Malformed));
    assert_eq!(examine(&universal(&[])), Err(Unread::Malformed));
}

#[test]
fn no_cut_and_no_change_breaks_it() {
    let whole = universal(&[&program(0, "com.acme.agent", "ABCDE12345", SIGNED), &program(2, "x", "", b"")]);
    for length in 0..whole.len() {
        let _ = examine(&whole[..length]);
    }
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    for _ in 0..20_000 {
        let mut changed = whole.clone();
        for _ in 0..1 + next() % 4 {
            // Headers and blobs, not what lies between.
            let starts = [0, 0x1000, 0x1000 + SIGNATURE_AT];
            let at = starts[usize::try_from(next() % 3).unwrap()] + usize::try_from(next() % 0x100).unwrap();
            changed[at] = u8::try_from(next() & 0xff).unwrap();
        }
        let _ = examine(&changed);
    }
}

#[test]
fn little_is_read_of_a_large_program() {
    let cut = cut!("node");
    let mut bytes = 0;
    let read = |offset, length: usize| {
        bytes += length;
        Ok(cut.read(offset, length))
    };
    examine_mach(cut.length, &mut { read }).unwrap();
    assert!(bytes < 64 << 10, "{bytes} of {}", cut.length);
}

#[test]
fn a_bundle_whose_program_is_a_script() {
    let whole = program(0, "com.acme.script", "ABCDE12345", SIGNED);
    let directory = &whole[SIGNATURE_AT + 28..];
    let length = u32::from_be_bytes(directory[4..8].try_into().unwrap()) as usize;
    let message = [&MESSAGE.to_be_bytes()[..], &u32::try_from(SIGNED.len() + 8).unwrap().to_be_bytes(), SIGNED].concat();
    let found = of_directory(&directory[..length], Some(&message)).unwrap();
    assert_eq!((found.team_id.as_deref(), found.identifier.as_deref(), found.partly), (Some("ABCDE12345"), Some("com.acme.script"), false));
    assert_eq!(of_directory(&directory[..length], None).unwrap().team_id, None);
    assert_eq!(of_directory(&directory[..length - 1], None), Err(Unread::Malformed));
    assert_eq!(of_directory(b"", None), Err(Unread::Malformed));
}
