//! Draws every page and state into a folder of pictures, without a screen: `pictures DATA OUT`.
//!
//! DATA holds what real programs left behind: for each name `NAME.json`, a report as `inzage scan --json --unmasked` prints it, and beside it,
//! where there is one, `NAME.sqlite`, the record that belongs to it.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use inzage_agent::texts::Texts;
use inzage_window::pages::Moment;

#[path = "../tests/window/canvas.rs"]
mod canvas;
#[path = "../tests/window/data.rs"]
mod data;

use canvas::{Canvas, LOOKS, Picture};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(from), Some(out)) = (arguments.next(), arguments.next()) else { anyhow::bail!("usage: pictures DATA OUT") };
    fs::create_dir_all(&out)?;
    let canvas = Canvas::new()?;
    let mut moments = vec![("first".to_owned(), Moment::First), ("looking".to_owned(), Moment::Looking(21, 53))];
    let mut names: Vec<_> =
        fs::read_dir(&from)?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    names.sort();
    for path in names {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        moments.push((name, Moment::Seen(Box::new(data::read(&path)?))));
    }
    for look in LOOKS {
        let texts = Texts::new(look.language);
        moments.push(("failed".to_owned(), Moment::Failed(texts.get("reason-internal_error"))));
        for (name, moment) in &moments {
            for (page, place) in data::places(moment) {
                write(&canvas.draw(&look, &texts, moment, &place), &out.join(format!("{name}-{page}-{}.png", look.name)))?;
            }
        }
        moments.pop();
    }
    Ok(())
}

fn write(picture: &Picture, path: &Path) -> anyhow::Result<()> {
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(picture.pixels.as_flattened())?;
    Ok(())
}
