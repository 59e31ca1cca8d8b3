//! The icon, drawn in code: an eye whose *shape* tells the state, so that nobody needs to see colours, and whose dark lines lie on white, so that
//! it reads on a light and on a dark panel.

/// What the icon tells at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The computer is being looked at.
    Busy,
    /// Not looked yet, or a part could not be looked at, so that nobody can say that there is nothing.
    Unknown,
    /// Everything was looked at and no monitoring product is confirmed. It never means that nobody can watch.
    Nothing,
    /// A monitoring product is confirmed.
    Found,
    /// The worker asked to look no more for now.
    Paused,
}

/// Pixels, four bytes each (red, green, blue, opacity), row by row.
///
/// `filled` gives the eye its white; macOS wants the lines alone and colours them itself.
pub(crate) fn draw(state: State, size: u32, filled: bool) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((size * size * 4) as usize);
    for row in 0..size {
        for column in 0..size {
            pixels.extend(pixel(state, size, (column, row), filled));
        }
    }
    pixels
}

/// So many points in a row are looked at in each pixel; their mean makes the edges smooth.
const FINE: u32 = 4;

/// The picture is thought of as this wide and high.
const SIDE: f32 = 16.0;

fn pixel(state: State, size: u32, (column, row): (u32, u32), filled: bool) -> [u8; 4] {
    let at = |whole: u32, part: u32| ((whole * FINE + part) as f32 + 0.5) / (size * FINE) as f32 * SIDE - SIDE / 2.0;
    let (mut ink, mut paper) = (0_u32, 0_u32);
    for across in 0..FINE {
        for down in 0..FINE {
            match layer(state, at(column, across), at(row, down)) {
                Layer::Ink => ink += 1,
                Layer::Paper if filled => paper += 1,
                Layer::Paper | Layer::Clear => {}
            }
        }
    }
    let covered = ink + paper;
    let share = |part: u32, whole: u32| u8::try_from(part * 255 / whole.max(1)).unwrap_or(u8::MAX);
    let grey = share(paper, covered);
    [grey, grey, grey, share(covered, FINE * FINE)]
}

enum Layer {
    Ink,
    Paper,
    Clear,
}

/// Half the width and height of the eye, and half the thickness of its line.
const EYE: (f32, f32) = (6.5, 4.9);
const LINE: f32 = 0.7;

/// A white rim keeps the line apart from a dark panel.
const RIM: f32 = 0.8;

/// What lies at a point; the middle of the picture is 0, 0 and down is positive.
fn layer(state: State, x: f32, y: f32) -> Layer {
    let edge = from_edge(x, y);
    // Dashes say that something is missing.
    let open = state == State::Unknown && (2.6..=4.4).contains(&x.abs());
    if edge.abs() <= LINE && !open {
        return Layer::Ink;
    }
    if edge > LINE {
        return if edge <= LINE + RIM && !open { Layer::Paper } else { Layer::Clear };
    }
    let marked = match state {
        State::Busy => [-3.0, 0.0, 3.0].iter().any(|middle| (x - middle).hypot(y) <= 1.15),
        State::Unknown => question(x, y),
        State::Nothing => ((x.hypot(y) - 2.1).abs()) <= 0.6,
        State::Found => x.hypot(y) > 2.3,
        State::Paused => (0.9..=2.9).contains(&x.abs()) && y.abs() <= 3.0,
    };
    if marked { Layer::Ink } else { Layer::Paper }
}

/// How far outside the eye's outline a point lies, which is where two circles overlap; negative inside.
fn from_edge(x: f32, y: f32) -> f32 {
    let (wide, high) = EYE;
    let radius = (wide * wide + high * high) / (2.0 * high);
    x.hypot(y.abs() + radius - high) - radius
}

/// A question mark.
fn question(x: f32, y: f32) -> bool {
    let hook = ((x.hypot(y + 1.5) - 1.5).abs() <= 0.6) && !(x < 0.0 && y > -1.5);
    let stem = x.abs() <= 0.6 && (-0.6..=1.2).contains(&y);
    let dot = x.abs() <= 0.7 && (2.0..=3.4).contains(&y);
    hook || stem || dot
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [State; 5] = [State::Busy, State::Unknown, State::Nothing, State::Found, State::Paused];

    /// How many pixels of two pictures are clearly different.
    fn apart(one: &[u8], other: &[u8]) -> usize {
        one.chunks(4).zip(other.chunks(4)).filter(|(a, b)| (0..4).any(|part| a[part].abs_diff(b[part]) > 90)).count()
    }

    #[test]
    fn every_state_has_a_shape_of_its_own_also_when_small() {
        for (number, one) in ALL.into_iter().enumerate() {
            for other in ALL.into_iter().skip(number + 1) {
                let apart = apart(&draw(one, 16, true), &draw(other, 16, true));
                assert!(apart >= 8, "{one:?} and {other:?} differ in {apart} of 256 pixels");
            }
        }
    }

    #[test]
    fn it_reads_on_light_and_dark() {
        for state in ALL {
            let pixels = draw(state, 22, true);
            let solid = |low: u8, high: u8| pixels.chunks(4).filter(|pixel| pixel[3] > 200 && (low..=high).contains(&pixel[0])).count();
            assert!(solid(0, 60) >= 30, "{state:?} has too little that is dark");
            assert!(solid(200, 255) >= 15, "{state:?} has too little that is light");
        }
    }

    #[test]
    fn the_corners_are_clear_and_no_colour_is_needed() {
        for state in ALL {
            let pixels = draw(state, 32, true);
            assert_eq!(pixels.len(), 32 * 32 * 4);
            assert_eq!(pixels[3], 0);
            assert!(pixels.chunks(4).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]));
        }
    }
}
