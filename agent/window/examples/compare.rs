//! Compares pictures of the window with those that are kept: `compare [--renew] KEPT DRAWN`.
//!
//! Each picture in KEPT is compared with the one of the same name in DRAWN. For a picture that differs, `NAME.differs.png` is written beside it:
//! what is alike is pale, what differs is red. With `--renew` the pictures of DRAWN take the place of those in KEPT.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

/// A pixel differs when one of its colours does by more than this: what is kept has fewer colours.
const TOLERANCE: u8 = 40;
/// So much of a picture may differ: a few words more or less, but no line that moved.
const MOST: f64 = 0.004;
/// A kept picture has as many colours as one byte can number.
const COLOURS: usize = 256;

struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<[u8; 3]>,
}

fn main() -> anyhow::Result<ExitCode> {
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let renews = paths.first().is_some_and(|first| first.as_os_str() == "--renew");
    if renews {
        paths.remove(0);
    }
    let [kept, drawn] = paths.as_slice() else { anyhow::bail!("usage: compare [--renew] KEPT DRAWN") };
    let mut names: Vec<_> = fs::read_dir(kept)?
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "png"))
        .collect();
    names.sort();
    anyhow::ensure!(!names.is_empty(), "no pictures in {}", kept.display());
    let mut differing = 0;
    for name in &names {
        let new = read(&drawn.join(name))?;
        if renews {
            keep(&new, &kept.join(name))?;
            continue;
        }
        let old = read(&kept.join(name))?;
        let (part, difference) = compare(&old, &new);
        if part > MOST {
            differing += 1;
            let path = drawn.join(name).with_extension("differs.png");
            write(&difference, &path)?;
            println!("differs {:>7.3} %  {}", part * 100.0, path.display());
        } else {
            println!("alike   {:>7.3} %  {}", part * 100.0, name.to_string_lossy());
        }
    }
    if renews {
        println!("{} pictures renewed", names.len());
    } else {
        println!("{} pictures, {differing} differ; {:.1} % may, by more than {TOLERANCE} of 255", names.len(), MOST * 100.0);
    }
    Ok(if differing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Which part differs, and where.
fn compare(old: &Picture, new: &Picture) -> (f64, Picture) {
    let mut differing = 0;
    let is_same_size = (old.width, old.height) == (new.width, new.height);
    let pixels = new.pixels.iter().enumerate().map(|(at, pixel)| {
        let before = old.pixels.get(at).filter(|_| is_same_size);
        if before.is_some_and(|before| before.iter().zip(pixel).all(|(a, b)| a.abs_diff(*b) <= TOLERANCE)) {
            pixel.map(|part| 200 + part / 5)
        } else {
            differing += 1;
            [200, 0, 0]
        }
    });
    let difference = Picture { width: new.width, height: new.height, pixels: pixels.collect() };
    (f64::from(differing) / f64::from(new.width * new.height), difference)
}

fn read(path: &Path) -> anyhow::Result<Picture> {
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path).with_context(|| path.display().to_string())?));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().context("too large")?];
    let info = reader.next_frame(&mut bytes)?;
    anyhow::ensure!(info.color_type == png::ColorType::Rgb, "{}: not red, green and blue", path.display());
    bytes.truncate(info.buffer_size());
    Ok(Picture { width: info.width, height: info.height, pixels: bytes.as_chunks().0.to_vec() })
}

fn write(picture: &Picture, path: &Path) -> anyhow::Result<()> {
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(picture.pixels.as_flattened())?;
    Ok(())
}

/// Writes a picture with few colours, which makes a small file.
fn keep(picture: &Picture, path: &Path) -> anyhow::Result<()> {
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    for pixel in &picture.pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut colours: Vec<_> = counts.into_iter().collect();
    colours.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let palette: Vec<[u8; 3]> = colours.iter().take(COLOURS).map(|(colour, _)| *colour).collect();
    let far = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    let nearest: HashMap<[u8; 3], usize> =
        colours.iter().map(|(colour, _)| (*colour, (0..palette.len()).min_by_key(|at| far(palette[*at], *colour)).unwrap_or_default())).collect();
    let indices = picture.pixels.iter().map(|pixel| u8::try_from(nearest[pixel])).collect::<Result<Vec<_>, _>>()?;
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), picture.width, picture.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.into_iter().flatten().collect::<Vec<u8>>());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(())
}
