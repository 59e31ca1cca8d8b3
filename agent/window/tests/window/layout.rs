//! Nothing is drawn beyond its place: beside the page its ground stays free, whatever stands in a report.

use inzage_agent::texts::Texts;
use inzage_window::pages::Moment;

use crate::canvas::{Canvas, LOOKS, Look, Picture};
use crate::data::{kept, read};
use crate::hostile;

/// How far from the right edge the ground is looked at: beside the cards, and left of the scroll bar.
const FREE: [u32; 2] = [9, 8];

/// The colours of the ground, the card, the line between them, and a row under the pointer.
fn is_plain(pixel: [u8; 3]) -> bool {
    let hex = |colour: u32| {
        let [_, red, green, blue] = colour.to_be_bytes();
        [red, green, blue]
    };
    [0xf3_f5f7, 0xff_ffff, 0xcd_d5de, 0x12_161c, 0x1b_212a, 0x3a_4554].iter().any(|colour| hex(*colour) == pixel)
}

/// The stretches of one colour along a column, from top to bottom.
fn stretches(picture: &Picture, x: u32) -> Vec<([u8; 3], u32)> {
    let mut found: Vec<([u8; 3], u32)> = Vec::new();
    for y in 0..picture.height {
        let pixel = picture.pixels[(y * picture.width + x) as usize];
        match found.last_mut() {
            Some((colour, length)) if *colour == pixel => *length += 1,
            _ => found.push((pixel, 1)),
        }
    }
    found
}

/// What is wrong with the column at the right: it may have the head, a line, the page, a line, and the foot, and nothing else.
fn beyond(picture: &Picture) -> Option<String> {
    for from_right in FREE {
        let found = stretches(picture, picture.width - from_right);
        let (head, page) = (found.first()?, found.get(2)?);
        let is_whole = matches!(found.len(), 3 | 5) && found.iter().all(|(colour, _)| is_plain(*colour)) && head.0 != page.0 && found[1].1 == 1;
        if !is_whole || page.1 < picture.height / 3 {
            return Some(format!("{from_right} from the right: {found:?}"));
        }
    }
    None
}

#[test]
fn nothing_is_drawn_beyond_its_place() {
    let canvas = Canvas::new().unwrap();
    let mut moments: Vec<_> =
        ["none", "found", "thirty"].iter().map(|name| ((*name).to_owned(), read(&kept().join(format!("{name}.json"))).unwrap())).collect();
    moments.extend(hostile::values().into_iter().map(|(what, value)| (what.to_owned(), hostile::seen(&value, what.len() % 2 == 0))));
    let looks: Vec<&Look> = LOOKS.iter().filter(|look| !look.name.starts_with("en")).collect();
    let mut problems = Vec::new();
    let mut drawn = 0;
    for (name, seen) in moments {
        let places = hostile::places(&seen);
        let moment = Moment::Seen(Box::new(seen));
        for look in &looks {
            let texts = Texts::new(look.language);
            // All pages of a report are many; of each sort some.
            for place in places.iter().step_by(if places.len() > 40 { 4 } else { 1 }) {
                drawn += 1;
                let picture = canvas.draw(look, &texts, &moment, place);
                if let Some(what) = beyond(&picture) {
                    let place = format!("{place:?}");
                    problems.push(format!("{name}, {}, {place:.60}: {what:.200}", look.name));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} of {drawn} pictures:\n{}", problems.len(), problems.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_drawn_beyond_its_place_is_found() {
    let (card, line, ground) = ([0xff, 0xff, 0xff], [0xcd, 0xd5, 0xde], [0xf3, 0xf5, 0xf7]);
    let width = 20;
    let rows: Vec<[u8; 3]> = std::iter::repeat_n(card, 10).chain([line]).chain(std::iter::repeat_n(ground, 50)).collect();
    let whole = Picture { width, height: 61, pixels: rows.iter().flat_map(|row| std::iter::repeat_n(*row, width as usize)).collect() };
    assert_eq!(beyond(&whole), None);
    for colour in [[0x16, 0x20, 0x2b], card] {
        let mut pixels = whole.pixels.clone();
        pixels[(30 * width + width - FREE[0]) as usize] = colour;
        assert!(beyond(&Picture { width, height: 61, pixels }).is_some());
    }
}
