//! Shows what is new in a public list since last time.
//!
//!     cargo run --release -p inzage-import -- lolrmm FOLDER               what is new in this copy of the list's repository
//!     cargo run --release -p inzage-import -- lolrmm FOLDER --remember    and remember it, when all of it was looked at

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use inzage_import::{LISTS, Seen, report};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (list, folder, remember) = match &arguments[..] {
        [list, folder] => (list, folder, false),
        [list, folder, flag] if flag == "--remember" => (list, folder, true),
        _ => bail!("usage: inzage-import lolrmm|stalkerware FOLDER [--remember]"),
    };
    let list = LISTS.iter().find(|own| own.word == list).with_context(|| format!("there is no list {list}; the lists are lolrmm and stalkerware"))?;
    let items = (list.read)(Path::new(folder))?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../imported/{}.txt", list.word));
    let seen = Seen::read(&fs::read_to_string(&path).unwrap_or_default());
    print!("{}", report(list.name, &items, &seen, inzage_signatures::embedded()));
    if remember {
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(&path, Seen::of(&items).text(list.name)).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
