//! The timeline: what is drawn of days to years, and of damaged records.

use inzage_agent::home::Settings;
use inzage_agent::texts::{Language, Texts};
use inzage_core::history::{About, Change, State, What, key};
use inzage_window::page::{Block, Place};
use inzage_window::pages::{Chart, Moment, Seen, Span, chart};

use crate::data::{kept, read, view};

/// A record with these changes, last looked at on a day.
fn seen(changes: Vec<Change>, looked: &str) -> Seen {
    let mut seen = read(&kept().join("none.json")).unwrap();
    let mut state = State::default();
    state.looked = Some(looked.to_owned());
    (seen.changes, seen.is_kept, seen.state) = (changes, true, state);
    seen
}

fn drawn(seen: &Seen, span: Option<Span>) -> Option<Chart> {
    let (texts, settings, moment) = (Texts::new(Language::En), Settings::default(), Moment::First);
    let mut view = view(&texts, &moment, &settings);
    view.span = span;
    chart(&view, seen)
}

fn product(day: &str, what: What, id: &str) -> Change {
    Change::new(day, what, About::Product, id).with(key::NAME, format!("Name of {id}"))
}

fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

#[test]
fn a_bar_lasts_as_long_as_a_program_was_seen() {
    let changes = vec![
        product("2026-01-01", What::Appeared, "gone"),
        product("2026-01-03", What::Appeared, "here"),
        product("2026-01-05", What::Started, "here"),
        product("2026-01-06", What::Disappeared, "gone"),
        product("2026-01-07", What::Stopped, "here"),
    ];
    let chart = drawn(&seen(changes, "2026-01-10"), None).unwrap();
    assert!(is_near(chart.all, 10.0) && is_near(chart.span.days, 10.0));
    // What is there now stands first.
    let names: Vec<_> = chart.lanes.iter().map(|lane| lane.name.as_str()).collect();
    assert_eq!(names, ["Name of here", "Name of gone"]);
    let bars = |at: usize| chart.lanes[at].bars.iter().map(|bar| (bar.from, bar.until, bar.is_running)).collect::<Vec<_>>();
    let near = |found: Vec<(f64, f64, bool)>, told: &[(f64, f64, bool)]| {
        assert_eq!(found.len(), told.len(), "{found:?}");
        for (one, other) in found.iter().zip(told) {
            assert!(is_near(one.0, other.0) && is_near(one.1, other.1) && one.2 == other.2, "{found:?} is not {told:?}");
        }
    };
    near(bars(0), &[(0.2, 1.0, false), (0.4, 0.6, true)]);
    near(bars(1), &[(0.0, 0.5, false)]);
}

#[test]
fn zooming_keeps_the_day_in_its_place_and_the_record_in_sight() {
    let all = 3_650.0;
    let whole = Span { from: 0.0, days: all };
    let closer = whole.zoomed(0.25, 2, all);
    assert!(is_near(closer.days, all / 4.0) && is_near(closer.from + closer.days * 0.25, all * 0.25), "{closer:?}");
    // A week is the closest, all of it the farthest.
    assert!(is_near(whole.zoomed(0.5, 40, all).days, 7.0));
    let farther = closer.zoomed(0.9, -40, all);
    assert!(is_near(farther.days, all) && is_near(farther.from, 0.0), "{farther:?}");
    // It never leaves the record.
    assert!(is_near(closer.moved(-100.0, all).from, 0.0));
    assert!(is_near(closer.moved(100.0, all).from, all - closer.days));
    // A record of three days cannot be shown as a week.
    let few = Span { from: 0.0, days: 3.0 }.zoomed(0.5, 3, 3.0);
    assert!(is_near(few.days, 3.0) && is_near(few.from, 0.0), "{few:?}");
}

#[test]
fn from_days_to_ten_years_there_are_a_few_days_with_a_name() {
    let begin: chrono::NaiveDate = "2016-11-29".parse().unwrap();
    for days in [1_u64, 2, 3, 7, 8, 13, 30, 31, 60, 91, 92, 120, 180, 365, 366, 500, 730, 1_000, 1_826, 3_652] {
        let last = begin.checked_add_days(chrono::Days::new(days - 1)).unwrap().to_string();
        let seen = seen(vec![product(&begin.to_string(), What::Appeared, "a")], &last);
        let chart = drawn(&seen, None).unwrap();
        assert!((1..=7).contains(&chart.ticks.len()), "{days} days: {:?}", chart.ticks);
        assert!(chart.ticks.iter().all(|(at, name)| (0.0..1.0).contains(at) && !name.is_empty()), "{days} days: {:?}", chart.ticks);
        assert!(chart.ticks.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 != two[1].1), "{days} days: {:?}", chart.ticks);
        assert!(is_near(chart.lanes[0].bars[0].until, 1.0), "{days} days: what is there lasts until the last day");
        // Every stretch of it too.
        let span = chart.span.zoomed(0.7, 3, chart.all);
        let close = drawn(&seen, Some(span)).unwrap();
        assert!(close.ticks.len() <= 7, "{days} days, closer: {:?}", close.ticks);
    }
}

#[test]
fn a_stretch_shows_what_was_there_then() {
    let changes =
        vec![product("2020-01-01", What::Appeared, "old"), product("2020-03-01", What::Disappeared, "old"), product("2025-01-01", What::Appeared, "new")];
    let seen = seen(changes, "2025-12-31");
    let all = drawn(&seen, None).unwrap();
    let early = drawn(&seen, Some(Span { from: 0.0, days: 365.0 })).unwrap();
    let bars = |chart: &Chart, name: &str| chart.lanes.iter().find(|lane| lane.name.ends_with(name)).unwrap().bars.len();
    assert_eq!((bars(&all, "old"), bars(&all, "new")), (1, 1));
    assert_eq!((bars(&early, "old"), bars(&early, "new")), (1, 0));
    // The list below tells the same days.
    let (texts, settings, moment) = (Texts::new(Language::En), Settings::default(), Moment::Seen(Box::new(seen)));
    let mut view = view(&texts, &moment, &settings);
    let items = |view: &inzage_window::pages::View| view.page(&Place::Timeline).list.iter().filter(|block| matches!(block, Block::Item { .. })).count();
    assert_eq!(items(&view), 3);
    view.span = Some(Span { from: 0.0, days: 365.0 });
    assert_eq!(items(&view), 2);
}

#[test]
fn damaged_days_do_no_harm_and_hide_nothing() {
    let days = ["", "yesterday", "2026-13-40", "0000-00-00", "+262142-12-31", "-262143-01-01", "9999-12-31", "2026-01-05\n", "２０２６-01-05"];
    for damaged in days {
        let changes = vec![product("2026-01-01", What::Appeared, "a"), product(damaged, What::Appeared, "b"), product("2026-02-01", What::Disappeared, "a")];
        let seen = seen(changes, damaged);
        let chart = drawn(&seen, None).unwrap();
        assert!(chart.ticks.len() <= 8, "{damaged}: {} days with a name", chart.ticks.len());
        for lane in &chart.lanes {
            assert!(lane.bars.iter().all(|bar| bar.from >= 0.0 && bar.until <= 1.0 && bar.from < bar.until), "{damaged}: {lane:?}");
        }
        let (texts, settings, moment) = (Texts::new(Language::Nl), Settings::default(), Moment::Seen(Box::new(seen)));
        let page = view(&texts, &moment, &settings).page(&Place::Timeline);
        let told = page.list.iter().filter(|block| matches!(block, Block::Item { .. })).count();
        assert_eq!(told, 3, "{damaged}: all changes are told");
    }
    assert!(drawn(&seen(Vec::new(), "2026-01-01"), None).is_none(), "nothing is drawn of an empty record");
    assert!(drawn(&seen(vec![product("never", What::Appeared, "a")], "never"), None).is_none());
}

#[test]
fn a_real_record_of_two_years() {
    let seen = read(&kept().join("found.json")).unwrap();
    let chart = drawn(&seen, None).unwrap();
    assert!(chart.all > 730.0, "{}", chart.all);
    let lane = |name: &str| chart.lanes.iter().find(|lane| lane.name == name).unwrap_or_else(|| panic!("{name}: {:?}", chart.lanes));
    assert!(lane("Veyon").bars.iter().any(|bar| bar.is_running), "it ran");
    assert!(is_near(lane("Veyon").bars.iter().map(|bar| bar.until).fold(0.0, f64::max), 1.0), "it is still there");
    // Installed and removed again.
    assert!(lane("Squid").bars.iter().all(|bar| bar.until < 0.5));
}
