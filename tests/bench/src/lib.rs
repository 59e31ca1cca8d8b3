//! What the benchmarks share: measuring a piece of work, and printing figures against the budgets.
//!
//! Figures of one run are compared with each other only: another computer, or another minute on the same one, is another measure. So the
//! pieces that are compared take turns, and what is judged is a ratio wherever the budget is one.

mod made;
mod random;

use std::hint::black_box;
use std::time::{Duration, Instant};

pub use made::{Computer, day};
pub use random::Random;

/// How long a piece of work took, each time it was done.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does the work once more; gives back what it made.
    pub fn measure<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = black_box(work());
        self.0.push(start.elapsed());
        made
    }

    /// The shortest time: what the work costs when nothing else disturbs it.
    pub fn shortest(&self) -> Duration {
        self.0.iter().min().copied().unwrap_or_default()
    }

    /// The time in the middle.
    pub fn median(&self) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }
}

/// Prints shortest and middle time of a piece of work.
pub fn print_times(what: &str, times: &Times) {
    println!("time    {what:<44} shortest {:>9.3} ms   median {:>9.3} ms", milliseconds(times.shortest()), milliseconds(times.median()));
}

/// Prints a ratio of two times against its budget.
pub fn print_ratio(what: &str, time: Duration, to: Duration, budget: f64) {
    let ratio = time.as_secs_f64() / to.as_secs_f64();
    println!("ratio   {what:<44} {ratio:>9.2}   budget {budget:.2}   {}", verdict(ratio <= budget));
}

/// Prints a time against its budget.
pub fn print_budget(what: &str, time: Duration, budget: Duration) {
    println!("budget  {what:<44} {:>9.1} ms of {:.0} ms   {}", milliseconds(time), milliseconds(budget), verdict(time <= budget));
}

/// Prints a number of bytes against its budget.
pub fn print_bytes(what: &str, bytes: u64, budget: u64) {
    println!("budget  {what:<44} {bytes:>9} bytes of {budget}   {}", verdict(bytes <= budget));
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn verdict(kept: bool) -> &'static str {
    if kept { "kept" } else { "EXCEEDED" }
}
