//! The colours of the markup, measured as the guidelines for accessibility (WCAG 2.2) do it.

use std::collections::BTreeMap;

const THEME: &str = include_str!("../../ui/markup/theme.slint");

/// Colours that text and shapes have on a ground.
const INKS: [&str; 6] = ["ink", "quiet", "accent", "strong", "middle", "unsure"];
const GROUNDS: [&str; 3] = ["ground", "card", "card-over"];

/// For each name its colour in dark and in light.
fn colours() -> BTreeMap<&'static str, [u32; 2]> {
    THEME
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("out property <color> ")?.split_once(": dark ? #")?;
            let (dark, light) = value.trim_end_matches(';').split_once(" : #")?;
            Some((name, [u32::from_str_radix(dark, 16).ok()?, u32::from_str_radix(light, 16).ok()?]))
        })
        .collect()
}

fn luminance(colour: u32) -> f64 {
    let channel = |shift: u32| {
        let part = f64::from((colour >> shift) & 0xFF) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}

fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_can_be_read_on_its_ground() {
    let colours = colours();
    let mut pairs: Vec<_> = INKS.iter().flat_map(|ink| GROUNDS.map(|ground| (*ink, ground, 4.5))).collect();
    pairs.push(("accent-ink", "accent", 4.5));
    // A ring, a border of a control and the bars of the timeline are shapes: three is enough.
    pairs.extend(GROUNDS.map(|ground| ("focus", ground, 3.0)));
    for (ink, ground, least) in pairs {
        for at in [0, 1] {
            let found = contrast(colours[ink][at], colours[ground][at]);
            assert!(found >= least, "{ink} on {ground}, {}: {found:.2} : 1 is less than {least} : 1", ["dark", "light"][at]);
        }
    }
    // Every colour that is written in the markup is measured, or only parts one thing from another.
    let measured = INKS.iter().chain(&GROUNDS).chain(&["accent-ink", "focus", "line"]);
    assert_eq!(colours.len(), measured.count(), "{:?}", colours.keys());
    assert_eq!(THEME.matches('#').count(), colours.len() * 2, "a colour stands elsewhere");
    for other in [
        include_str!("../../ui/markup/blocks.slint"),
        include_str!("../../ui/markup/parts.slint"),
        include_str!("../../ui/markup/main.slint"),
        include_str!("../../ui/markup/chart.slint"),
    ] {
        assert!(!other.contains(": #"), "a colour that no theme has");
    }
}

#[test]
fn it_is_measured_as_the_guidelines_do() {
    assert!((contrast(0x00_0000, 0xFF_FFFF) - 21.0).abs() < 0.01);
    assert!((contrast(0x77_7777, 0xFF_FFFF) - 4.48).abs() < 0.01);
    assert!((contrast(0xFF_FFFF, 0xFF_FFFF) - 1.0).abs() < 0.01);
}
