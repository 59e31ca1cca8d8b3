//! What the signatures cost: making them, reading them at each start, and a scan with all of them against a scan with 25.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use inzage_bench::{Times, print_budget, print_ratio, print_times};
use inzage_core::collect::{Request, collect};
use inzage_core::kinds::Os;
use inzage_core::report;
use inzage_core::signature::Bundle;

/// Many: a scan takes milliseconds.
const RUNS: usize = 101;
const FEW: usize = 25;
/// Bytes in the program.
const MOST_BYTES: usize = 2_000_000;

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../signatures");
    let mut compiling = Times::default();
    let Ok(compiled) = compiling.measure(|| inzage_signature_compiler::compile(&folder)) else {
        eprintln!("the signatures do not compile");
        return ExitCode::FAILURE;
    };
    let all = inzage_signatures::embedded();
    assert_eq!(&compiled.bundle, all, "the program carries what the files say");
    print_times(&format!("compiling {} products", all.products.len()), &compiling);
    println!(
        "size    {:<44} {:>9} bytes of {MOST_BYTES}   {}",
        "embedded signatures",
        inzage_signatures::SIZE,
        if inzage_signatures::SIZE <= MOST_BYTES { "kept" } else { "EXCEEDED" }
    );

    // Every few products one, so that each class and each system has its share.
    let step = all.products.len() / FEW;
    let few = Bundle { products: all.products.iter().step_by(step.max(1)).take(FEW).cloned().collect(), ..all.clone() };
    match compare(all, &few) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(all: &Bundle, few: &Bundle) -> anyhow::Result<()> {
    let (all, few) = (inzage_signatures::pack(all)?, inzage_signatures::pack(few)?);
    let (mut reading, mut with_all, mut with_few) = (Times::default(), Times::default(), Times::default());
    for turn in 0..=RUNS {
        if turn == 1 {
            // The first turn warms up.
            (reading, with_all, with_few) = (Times::default(), Times::default(), Times::default());
        }
        reading.measure(|| inzage_signatures::unpack(&all))?;
        with_few.measure(|| scan(&few))?;
        with_all.measure(|| scan(&all))?;
    }
    print_budget("reading the embedded signatures", reading.median(), Duration::from_millis(10));
    print_times(&format!("scan with {FEW} products"), &with_few);
    print_times("scan with all products", &with_all);
    print_ratio("all products against 25, median", with_all.median(), with_few.median(), 1.2);
    print_ratio("all products against 25, shortest", with_all.shortest(), with_few.shortest(), 1.2);
    Ok(())
}

/// A scan as the program makes it, from the bytes that it carries to the report.
fn scan(bytes: &[u8]) -> anyhow::Result<report::Report> {
    let bundle = inzage_signatures::unpack(bytes)?;
    let os = Os::current();
    let request = Request { root: None, os, user: None, wanted: bundle.wanted(os), time: Request::USUAL_TIME };
    let report = report::build(&collect(&request, "0", &|_, _| ())?, &bundle, "");
    // The program keeps its signatures to the end, and never takes the time to give them back.
    std::mem::forget(bundle);
    Ok(report)
}
