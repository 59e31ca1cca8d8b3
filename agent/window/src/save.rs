//! A page as a file that any browser shows and prints. It holds text alone: nothing in it is fetched or run.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use directories::UserDirs;

use crate::page::{Block, Page, Shape};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;color:#16202b;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.8rem}h2{font-size:1.25rem;margin-top:2rem}dt{color:#4a5866}dd{margin:0 0 .5rem}.quiet{color:#4a5866}\
.box{border:1px solid #4a5866;border-radius:.5rem;padding:.8rem 1rem;margin:.7rem 0;break-inside:avoid}li{break-inside:avoid;margin:.3rem 0}";

/// The whole page as HTML, in a language (`nl` or `en`).
pub fn html(page: &Page, language: &str, foot: &str) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} – Inzage</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n",
        title = fit(&page.title)
    );
    for block in page.blocks.iter().chain(&page.list) {
        add(block, &mut out);
    }
    if let Some(row) = &page.foot {
        boxed(&row.title, &row.text, &row.note, &mut out);
    }
    let _ = write!(out, "<p class=\"quiet\">{}</p>\n</body></html>\n", fit(foot));
    out
}

fn add(block: &Block, out: &mut String) {
    match block {
        Block::Headline { title, text, .. } | Block::Notice { title, text, .. } => boxed(title, text, "", out),
        Block::Lead(text) | Block::Text(text) => paragraph("", text, out),
        Block::Quiet(text) => paragraph(" class=\"quiet\"", text, out),
        Block::Heading(text) => {
            let _ = writeln!(out, "<h2>{}</h2>", fit(text));
        }
        Block::Tiles(tiles) => {
            for tile in tiles {
                boxed(&tile.title, &tile.word, &tile.by, out);
            }
        }
        Block::Row(row) => boxed(&row.title, &row.text, &row.note, out),
        Block::Fact { name, value } => {
            let _ = writeln!(out, "<dl><dt>{}</dt><dd>{}</dd></dl>", fit(name), fit(value));
        }
        Block::Item { title, text, note, shape } => {
            let mark = if *shape == Shape::None { "•" } else { "–" };
            let more: String = [text, note].into_iter().filter(|more| !more.is_empty()).fold(String::new(), |mut more, part| {
                let _ = write!(more, "<br><span class=\"quiet\">{}</span>", fit(part));
                more
            });
            let _ = writeln!(out, "<p>{mark} {}{more}</p>", fit(title));
        }
        Block::Link { title, address } => {
            let _ = writeln!(out, "<p>{}</p>", fit(if title.is_empty() { address.as_str() } else { title }));
        }
        Block::Switch { title, text, is_on, .. } => boxed(&format!("{} {title}", if *is_on { "☑" } else { "☐" }), text, "", out),
        Block::Choice { title, options, chosen } => boxed(title, options.get(*chosen).map_or("", |(name, _)| name), "", out),
        // What only does something on the screen has no place on paper.
        Block::Button { .. } | Block::Progress { .. } => {}
    }
}

fn paragraph(class: &str, text: &str, out: &mut String) {
    let _ = writeln!(out, "<p{class}>{}</p>", fit(text));
}

fn boxed(title: &str, text: &str, note: &str, out: &mut String) {
    let _ = write!(out, "<div class=\"box\"><strong>{}</strong>", fit(title));
    for part in [text, note].into_iter().filter(|part| !part.is_empty()) {
        let _ = write!(out, "<br>{}", fit(part));
    }
    out.push_str("</div>\n");
}

/// Text that no browser takes for markup.
fn fit(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}

/// Where saved files go: the folder of downloads, which systems do not copy to others by themselves; without one the worker's home.
pub fn folder() -> Option<PathBuf> {
    let dirs = UserDirs::new()?;
    Some(dirs.download_dir().filter(|folder| folder.is_dir()).unwrap_or_else(|| dirs.home_dir()).to_owned())
}

/// Writes a file that was not there yet: `NAME.END`, or `NAME-2.END` and so on. Only its owner may read it.
pub fn write(folder: &Path, name: &str, end: &str, text: &str) -> io::Result<PathBuf> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    for number in 1..1000 {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{name}{number}.{end}"));
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => file = error.file,
            Err(error) => return Err(error.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
