//! Draws every page and state into a folder of pictures, without a screen: `pictures DATA OUT`.
//!
//! DATA holds what real programs left behind: for each name `NAME.json`, a report as `inzage scan --json --unmasked` prints it, and beside it,
//! where there is one, `NAME.sqlite`, the record that belongs to it.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context as _, anyhow};
use inzage_agent::home::Settings;
use inzage_agent::texts::{Language, Texts};
use inzage_agent::words::Words;
use inzage_core::record::Record;
use inzage_core::report::Report;
use inzage_window::page::Place;
use inzage_window::pages::{Moment, Seen, View, chart};
use inzage_window::show;
use inzage_window::ui::Main;
use slint::platform::software_renderer::{MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType};
use slint::platform::{Platform, PlatformError, WindowAdapter};
use slint::{ComponentHandle as _, PhysicalSize};

/// A platform that has one window, and no screen.
struct Canvas(Rc<MinimalSoftwareWindow>);

impl Platform for Canvas {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.0.clone())
    }
}

/// How the window looks in a picture.
struct Look {
    name: &'static str,
    width: u32,
    height: u32,
    is_dark: bool,
    text_size: u16,
    language: Language,
}

const LOOKS: [Look; 5] = [
    Look { name: "nl", width: 980, height: 760, is_dark: false, text_size: 100, language: Language::Nl },
    Look { name: "en-dark", width: 980, height: 760, is_dark: true, text_size: 100, language: Language::En },
    Look { name: "nl-small", width: 360, height: 560, is_dark: false, text_size: 100, language: Language::Nl },
    Look { name: "en-small-dark", width: 360, height: 640, is_dark: true, text_size: 125, language: Language::En },
    Look { name: "nl-large-text", width: 980, height: 760, is_dark: false, text_size: 200, language: Language::Nl },
];

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(data), Some(out)) = (arguments.next(), arguments.next()) else { anyhow::bail!("usage: pictures DATA OUT") };
    fs::create_dir_all(&out)?;
    let canvas = MinimalSoftwareWindow::new(RepaintBufferType::NewBuffer);
    slint::platform::set_platform(Box::new(Canvas(canvas.clone()))).map_err(|error| anyhow!("{error}"))?;
    let window = show::window().map_err(|error| anyhow!("{error}"))?;
    window.show().map_err(|error| anyhow!("{error}"))?;
    let mut moments = vec![("first".to_owned(), Moment::First), ("looking".to_owned(), Moment::Looking(21, 53))];
    let mut names: Vec<_> =
        fs::read_dir(&data)?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    names.sort();
    for path in names {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        moments.push((name, Moment::Seen(Box::new(read(&path).with_context(|| path.display().to_string())?))));
    }
    for look in LOOKS {
        let texts = Texts::new(look.language);
        moments.push(("failed".to_owned(), Moment::Failed(texts.get("reason-internal_error"))));
        for (name, moment) in &moments {
            for (page, place) in places(moment) {
                draw(&window, &canvas, &look, &texts, moment, &place, &out.join(format!("{name}-{page}-{}.png", look.name)))?;
            }
        }
        moments.pop();
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Seen> {
    let mut report: Report = serde_json::from_slice(&fs::read(path)?)?;
    let record = path.with_extension("sqlite");
    if !record.exists() {
        return Ok(Seen { report, state: inzage_core::history::State::default(), changes: Vec::new(), is_kept: false });
    }
    let record = Record::open(&record, &inzage_agent::home::today())?.record;
    record.state().fill(&mut report);
    Ok(Seen { state: record.state().clone(), changes: record.changes()?, is_kept: true, report })
}

/// The pages that show something in a moment.
fn places(moment: &Moment) -> Vec<(String, Place)> {
    let Moment::Seen(seen) = moment else { return vec![("overview".to_owned(), Place::Overview)] };
    let mut places: Vec<_> = Place::MENU.into_iter().map(|place| (place.key().trim_start_matches("page-").to_owned(), place)).collect();
    if let Some(finding) = seen.report.findings.first() {
        places.push(("program".to_owned(), Place::Program(finding.product.clone())));
    }
    if let Some(observation) = seen.report.observations.first() {
        places.push(("observation".to_owned(), Place::Observation(observation.id.clone())));
    }
    places.push(("category".to_owned(), Place::Category("app_time".to_owned())));
    places.push(("about".to_owned(), Place::About));
    places.push(("forget".to_owned(), Place::Forget));
    places
}

fn draw(window: &Main, canvas: &MinimalSoftwareWindow, look: &Look, texts: &Texts, moment: &Moment, place: &Place, path: &Path) -> anyhow::Result<()> {
    let settings = Settings { record: Some(true), ..Settings::default() };
    let words = Words::new(texts, inzage_signatures::embedded());
    let view = View { words, moment, settings: &settings, starts_at_login: false, span: None, is_masked: false };
    canvas.set_size(PhysicalSize::new(look.width, look.height));
    window.invoke_use_dark(look.is_dark);
    window.set_text_size(f32::from(look.text_size) / 100.0);
    show::frame(window, &words, place);
    show::chart(
        window,
        match (place, moment) {
            (Place::Timeline, Moment::Seen(seen)) => chart(&view, seen),
            _ => None,
        }
        .as_ref(),
    );
    window.set_can_save(matches!(moment, Moment::Seen(_)));
    window.set_can_look(matches!((place, moment), (Place::Overview, Moment::Seen(_))));
    window.set_can_go_back(!Place::MENU.contains(place));
    show::page(window, &view.page(place));
    window.invoke_page_shown();
    slint::platform::update_timers_and_animations();
    canvas.request_redraw();
    let mut pixels = vec![PremultipliedRgbaColor::default(); (look.width * look.height) as usize];
    canvas.draw_if_needed(|renderer| {
        renderer.render(&mut pixels, look.width as usize);
    });
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), look.width, look.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let bytes: Vec<u8> = pixels.iter().flat_map(|pixel| [pixel.red, pixel.green, pixel.blue]).collect();
    encoder.write_header()?.write_image_data(&bytes)?;
    Ok(())
}
