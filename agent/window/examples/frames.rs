//! How long one picture of the window takes while a timeline of 10,000 entries scrolls, and while it is zoomed; drawn as on a screen, at 980×760.

use std::time::{Duration, Instant};

use inzage_agent::texts::Texts;
use inzage_bench::print_budget;
use inzage_core::history::{About, Change, What, key};
use inzage_window::page::Place;
use inzage_window::pages::{Moment, Seen};
use slint::ComponentHandle as _;
use slint::platform::WindowEvent;

#[path = "../tests/window/canvas.rs"]
mod canvas;
#[path = "../tests/window/data.rs"]
mod data;

use canvas::{Canvas, LOOKS};

/// Changes in the record.
const ENTRIES: usize = 10_000;
/// Pictures, of which the mean is taken.
const FRAMES: usize = 600;
/// Sixty pictures a second.
const BUDGET: Duration = Duration::from_micros(16_667);

fn main() -> anyhow::Result<()> {
    let look = &LOOKS[0];
    let texts = Texts::new(look.language);
    let moment = Moment::Seen(Box::new(long()?));
    let canvas = Canvas::new()?;
    let start = Instant::now();
    canvas.put(look, &texts, &moment, &Place::Timeline);
    canvas.frame(look);
    print_budget("window: opening a timeline of 10,000 entries", start.elapsed(), Duration::from_millis(100));
    let start = Instant::now();
    canvas.put(look, &texts, &moment, &Place::Timeline);
    canvas.frame(look);
    print_budget("window: the same page anew, as after zooming", start.elapsed(), Duration::from_millis(100));
    let position = slint::LogicalPosition::new(600.0, 650.0);
    let mut times = Vec::new();
    for at in 0..FRAMES {
        // Down, and further than the end of what is near.
        let delta_y = if at % 100 < 90 { -60.0 } else { -3_000.0 };
        let start = Instant::now();
        canvas.window.window().dispatch_event(WindowEvent::PointerScrolled { position, delta_x: 0.0, delta_y });
        canvas.frame(look);
        times.push(start.elapsed());
    }
    let mean = times.iter().sum::<Duration>() / u32::try_from(times.len())?;
    print_budget("window: one picture while scrolling, mean", mean, BUDGET);
    print_budget("window: one picture while scrolling, worst", times.iter().max().copied().unwrap_or_default(), BUDGET);
    let first = canvas.draw(look, &texts, &moment, &Place::Overview);
    drop(first);
    let mut times = Vec::new();
    for _ in 0..30 {
        let start = Instant::now();
        canvas.put(look, &texts, &moment, &Place::Overview);
        canvas.frame(look);
        times.push(start.elapsed());
    }
    times.sort();
    print_budget("window: the overview, drawn whole", times[times.len() / 2], BUDGET);
    Ok(())
}

/// A long record: what a real report found, coming and going for ten years.
fn long() -> anyhow::Result<Seen> {
    let mut seen = data::read(&data::kept().join("thirty.json"))?;
    let first: chrono::NaiveDate = "2016-11-29".parse()?;
    let ids: Vec<_> = seen.report.findings.iter().map(|finding| (finding.product.clone(), finding.name.clone())).collect();
    seen.changes = (0..ENTRIES)
        .map(|at| {
            let day = first + chrono::Days::new((at * 3_650 / ENTRIES) as u64);
            let (id, name) = &ids[at % ids.len()];
            let what = [What::Appeared, What::Started, What::Stopped, What::Disappeared][(at / ids.len()) % 4];
            Change::new(&day.to_string(), what, About::Product, id).with(key::NAME, name.as_str())
        })
        .collect();
    seen.is_kept = true;
    Ok(seen)
}
