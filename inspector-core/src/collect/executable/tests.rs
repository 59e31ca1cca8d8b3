use std::cell::Cell;

use super::*;
use crate::text;

const NESTED: &[u8] = include_bytes!("../../../testdata/executables/nested64.exe");
const SIGNED: &[u8] = include_bytes!("../../../testdata/executables/signed32.exe");
const UNSIGNED: &[u8] = include_bytes!("../../../testdata/executables/unsigned64.exe");
const SIGNED_CATALOGUE: &[u8] = include_bytes!("../../../testdata/executables/signed.cat");
const UNSIGNED_CATALOGUE: &[u8] = include_bytes!("../../../testdata/executables/unsigned.cat");

/// Looks at bytes as if they were a file of another length: what is missing at its end are zeros.
fn examine_as(length: u64, bytes: &[u8]) -> (Result<Executable, Unread>, usize) {
    let read = Cell::new(0);
    let result = examine(length, &mut |offset, wanted| {
        assert!(offset + wanted as u64 <= length, "{offset} {wanted}");
        read.set(read.get() + wanted);
        let rest = usize::try_from(offset).ok().and_then(|offset| bytes.get(offset..)).unwrap_or_default();
        let mut part = rest[..rest.len().min(wanted)].to_vec();
        part.resize(wanted, 0);
        Ok(part)
    });
    (result, read.get())
}

fn examined(bytes: &[u8]) -> Result<Executable, Unread> {
    let (result, read) = examine_as(bytes.len() as u64, bytes);
    assert!(read <= MOST_OF_A_FILE);
    result
}

fn of_vendor(signers: &[&str]) -> Executable {
    Executable {
        company: Some("Vendor Monitoring B.V.".into()),
        product: Some("Vendor Monitor™".into()),
        original_name: Some("vmagent.exe".into()),
        signers: signers.iter().copied().map(Into::into).collect(),
        partly: false,
    }
}

/// The file with some bytes of it, that stand there once, replaced.
fn with(file: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let places: Vec<_> = file.windows(old.len()).enumerate().filter(|(_, window)| *window == old).map(|(at, _)| at).collect();
    let [at] = places[..] else { panic!("{places:?}") };
    let mut file = file.to_vec();
    file[at..at + new.len()].copy_from_slice(new);
    file
}

/// Where the entry of a data directory stands in a file of 64 bits.
fn directory(file: &[u8], index: usize) -> usize {
    let start = u32::from_le_bytes(file[0x3C..0x40].try_into().unwrap()) as usize;
    start + 24 + 112 + 8 * index
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A block of version information, without a value of its own or with a text.
fn block(key: &str, value: Option<&[u8]>, inner: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = vec![0; 6];
    bytes.extend(wide(key));
    bytes.extend([0, 0]);
    for part in value.into_iter().chain(inner.iter().map(Vec::as_slice)) {
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes.extend(part);
    }
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    bytes[..2].copy_from_slice(&length.to_le_bytes());
    bytes
}

fn version(texts: &[(&str, &[u8])]) -> Executable {
    let texts: Vec<_> = texts.iter().map(|(key, value)| block(key, Some(value), &[])).collect();
    let mut found = Executable::default();
    version::strings(&block("VS_VERSION_INFO", None, &[block("StringFileInfo", None, &[block("040904b0", None, &texts)])]), &mut found);
    found
}

#[test]
fn maker_and_signers_are_read() {
    assert_eq!(examined(UNSIGNED), Ok(of_vendor(&[])));
    // The second signature lies in the first.
    assert_eq!(examined(NESTED), Ok(of_vendor(&["Vendor Monitoring BV", "Vendor Holding NV"])));
    // No organisation is named there.
    assert_eq!(examined(SIGNED), Ok(of_vendor(&["Zoë de Vries"])));
}

#[test]
fn one_signature_after_another() {
    let entry = directory(NESTED, IMAGE_DIRECTORY_ENTRY_SECURITY);
    let field = |file: &[u8], at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
    let signed = {
        let start = u32::from_le_bytes(SIGNED[0x3C..0x40].try_into().unwrap()) as usize + 24 + 96 + 8 * IMAGE_DIRECTORY_ENTRY_SECURITY;
        &SIGNED[field(SIGNED, start) as usize..]
    };
    let mut both = [NESTED, signed].concat();
    let length = field(NESTED, entry + 4) + u32::try_from(signed.len()).unwrap();
    both[entry + 4..entry + 8].copy_from_slice(&length.to_le_bytes());
    assert_eq!(examined(&both), Ok(of_vendor(&["Vendor Monitoring BV", "Vendor Holding NV", "Zoë de Vries"])));
    // Of another kind than PKCS #7, for instance a lone certificate.
    let other = field(NESTED, entry) as usize + 6;
    both[other] = 1;
    assert_eq!(examined(&both), Ok(of_vendor(&["Zoë de Vries"])));
}

#[test]
fn catalogues_name_their_signers() {
    assert_eq!(signers_in(SIGNED_CATALOGUE), Ok(vec!["Vendor Monitoring BV".into()]));
    assert_eq!(signers_in(UNSIGNED_CATALOGUE), Ok(Vec::new()));
    // What comes after its end does not matter: programs fill it up with zeros.
    assert_eq!(signers_in(&[SIGNED_CATALOGUE, &[0; 5]].concat()), Ok(vec!["Vendor Monitoring BV".into()]));
    for broken in [&b""[..], b"\x30", b"\x30\x80", b"text", &[0x30; 5_000], &[0x30, 0x80].repeat(5_000), &SIGNED_CATALOGUE[..700]] {
        assert_eq!(signers_in(broken), Err(Unread::Malformed));
    }
}

#[test]
fn other_files_are_no_executables() {
    let mut dos = vec![0; 600];
    dos[..2].copy_from_slice(b"MZ");
    let mut first_windows = dos.clone();
    first_windows[0x3C] = 0x80;
    first_windows[0x80..0x82].copy_from_slice(b"NE");
    let mut outside = dos.clone();
    outside[0x3C..0x40].fill(0xFF);
    for file in
        [&b""[..], b"M", b"MZ", b"#!/bin/sh\necho a text that is longer than the header of DOS, so that it is looked at\n", &dos, &first_windows, &outside]
    {
        assert_eq!(examined(file), Err(Unread::NotAnExecutable));
    }
    assert_eq!(examined(&[b"\x7fELF\x02\x01\x01", &[0; 200][..]].concat()), Err(Unread::NotAnExecutable));
}

#[test]
fn a_large_file_costs_nothing() {
    let (result, read) = examine_as(3 << 30, NESTED);
    assert_eq!(result, Ok(of_vendor(&["Vendor Monitoring BV", "Vendor Holding NV"])));
    assert!(read <= 4 * BLOCK, "{read}");
    // A table of signatures of nearly four gigabytes, in a file that has them.
    let mut file = NESTED.to_vec();
    let entry = directory(NESTED, IMAGE_DIRECTORY_ENTRY_SECURITY);
    file[entry + 4..entry + 8].fill(0xFF);
    assert_eq!(examine_as(1 << 40, &file).0, Ok(Executable { partly: true, ..of_vendor(&[]) }), "the maker is still told");
}

#[test]
fn trouble_is_passed_on() {
    assert_eq!(examine(1_000, &mut |_, _| Err(Trouble::Denied)), Err(Unread::Trouble(Trouble::Denied)));
    // It became shorter in the meantime.
    assert_eq!(examine(NESTED.len() as u64, &mut |_, _| Ok(Vec::new())), Err(Unread::Malformed));
}

#[test]
fn circles_and_crowds_of_resources_end() {
    // The type of resource, then the place of its table, whose highest bit says that it is one: here the first table itself.
    let circle = with(UNSIGNED, &[16, 0, 0, 0, 0x18, 0, 0, 0x80], &[16, 0, 0, 0, 0, 0, 0, 0x80]);
    assert_eq!(examined(&circle), Ok(Executable::default()));
    // A table with as many entries as there can be.
    let crowd = with(UNSIGNED, &[1, 0, 16, 0, 0, 0, 0x18, 0, 0, 0x80], &[0xFF, 0xFF]);
    let nothing = || Ok(Executable { partly: true, ..Executable::default() });
    assert_eq!(examine_as(1 << 32, &crowd).0, nothing());
    let outside = with(UNSIGNED, &[16, 0, 0, 0, 0x18, 0, 0, 0x80], &[16, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(examined(&outside), nothing());
}

#[test]
fn one_broken_part_does_not_hide_the_others() {
    let signers = ["Vendor Monitoring BV", "Vendor Holding NV"].map(Into::into).to_vec();
    let outside = with(NESTED, &[16, 0, 0, 0, 0x18, 0, 0, 0x80], &[16, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(examined(&outside), Ok(Executable { signers, partly: true, ..Executable::default() }));
    // A second signature that is none, after a good one.
    let mut second = NESTED.to_vec();
    let entry = directory(NESTED, IMAGE_DIRECTORY_ENTRY_SECURITY);
    let length = u32::from_le_bytes(NESTED[entry + 4..entry + 8].try_into().unwrap()) + 16;
    second[entry + 4..entry + 8].copy_from_slice(&length.to_le_bytes());
    second.extend([16, 0, 0, 0, 0, 2, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(examined(&second), Ok(Executable { partly: true, ..of_vendor(&["Vendor Monitoring BV", "Vendor Holding NV"]) }));
}

#[test]
fn resources_that_are_packed_are_not_there() {
    let mut packed = UNSIGNED.to_vec();
    let entry = directory(UNSIGNED, IMAGE_DIRECTORY_ENTRY_RESOURCE);
    packed[entry..entry + 4].copy_from_slice(&0x7000_0000u32.to_le_bytes());
    assert_eq!(examined(&packed), Ok(Executable::default()));
    packed[entry..entry + 4].fill(0);
    assert_eq!(examined(&packed), Ok(Executable::default()));
}

#[test]
fn texts_of_any_kind_are_kept_within_bounds() {
    let broken = [0x41, 0, 0, 0xD8, 0x42, 0];
    let found = version(&[("companyname", &broken), ("ProductName", &wide(&"🎥".repeat(1_000))), ("OriginalFilename", &wide(" \0x"))]);
    assert_eq!(found.company, Some(text::from_bytes(b"A\xed\xa0\x80B")));
    assert_eq!(found.product, Some("🎥".repeat(LONGEST_NAME)));
    assert_eq!(found.original_name, None);
    // Blocks in blocks, of which only four are looked into, and lengths that are none.
    let mut nested = block("StringFileInfo", None, &[]);
    for _ in 0..2_000 {
        nested = block("StringFileInfo", None, &[nested]);
    }
    let mut found = Executable::default();
    version::strings(&nested, &mut found);
    version::strings(&[0xFF; 500], &mut found);
    version::strings(&[6, 0, 0, 0, 0, 0].repeat(500), &mut found);
    version::strings(&[0; 500], &mut found);
    assert_eq!(found, Executable::default());
}

#[test]
fn nothing_in_a_damaged_file_causes_a_panic() {
    for file in [NESTED, SIGNED, UNSIGNED] {
        for length in 0..file.len() {
            let _ = examined(&file[..length]);
        }
        damaged(file, |file| drop(examined(file)));
    }
    for length in 0..SIGNED_CATALOGUE.len() {
        let _ = signers_in(&SIGNED_CATALOGUE[..length]);
    }
    damaged(SIGNED_CATALOGUE, |file| drop(signers_in(file)));
}

/// Tries a file with a few bytes changed, in always the same ways.
fn damaged(file: &[u8], examine: impl Fn(&[u8])) {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for round in 0..5_000 {
        let mut file = file.to_vec();
        for _ in 0..=random(4) {
            // Most of what is read stands near the beginning.
            let at = random(if round % 2 == 0 { file.len() } else { file.len().min(600) });
            file[at] = [0, 1, 0x7F, 0x80, 0xFF, u8::try_from(random(256)).unwrap()][random(6)];
        }
        examine(&file);
    }
}
