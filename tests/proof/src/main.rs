//! Prints the tables of the proof, and fails when something is found where it is not.
//!
//!     cargo run --release -p inzage-proof                     the layouts and the corpora of the project
//!     cargo run --release -p inzage-proof -- --write          also writes signatures/PROOF.md
//!     … | cargo run --release -p inzage-proof -- --debian -   also every package of lists of contents of the Debian archive

use std::fs::File;
use std::io::{self, BufReader};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use inzage_proof::hits::Hits;
use inzage_proof::{Trial, debian, project, prove, signatures, table};

fn main() -> anyhow::Result<ExitCode> {
    let (mut write, mut contents) = (false, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--write" => write = true,
            "--debian" => contents = Some(arguments.next().context("--debian needs a file, or - for standard input")?),
            _ => bail!("usage: inzage-proof [--write] [--debian FILE|-]"),
        }
    }
    let (bundle, layouts) = signatures()?;
    let hits = Hits::read(&project().join("tests/proof/true-hits.yaml"))?;
    let mut results = prove(&bundle, &layouts, &hits)?;
    if write {
        std::fs::write(project().join("signatures/PROOF.md"), table::page(&bundle, &results))?;
    }
    if let Some(contents) = contents {
        let trial = Trial::new(&bundle);
        let (score, paths) = if contents == "-" {
            debian::score(io::stdin().lock(), &trial, &hits)?
        } else {
            debian::score(BufReader::new(File::open(&contents)?), &trial, &hits)?
        };
        println!("{paths} paths of the Debian archive in {} packages\n", score.items);
        results.take(debian::NAME, score, &hits);
    }
    print!("{}", table::summary(&bundle, &results));
    for fault in &results.faults {
        eprintln!("fault: {fault}");
    }
    Ok(if results.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
