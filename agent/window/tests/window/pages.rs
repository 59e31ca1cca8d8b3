//! What the pages say of real reports.

use inzage_agent::home::Settings;
use inzage_agent::texts::{Language, Texts};
use inzage_core::inventory::Status;
use inzage_core::report::{FindingState, Level};
use inzage_core::signature::Class;
use inzage_window::page::{Block, Page, Place, Shape};
use inzage_window::pages::{Moment, Seen};

use crate::data::{kept, read, view};
use crate::hostile::texts_of;

const LANGUAGES: [Language; 2] = [Language::Nl, Language::En];

fn seen(name: &str) -> Seen {
    read(&kept().join(name)).unwrap()
}

fn page(seen: &Seen, language: Language, place: &Place) -> Page {
    let (texts, settings, moment) = (Texts::new(language), Settings::default(), Moment::Seen(Box::new(seen.clone())));
    view(&texts, &moment, &settings).page(place)
}

fn all_text(page: &Page) -> String {
    texts_of(page).join("\n")
}

fn headline(page: &Page) -> (&str, &str, Shape) {
    page.blocks
        .iter()
        .find_map(|block| if let Block::Headline { title, text, shape, .. } = block { Some((title.as_str(), text.as_str(), *shape)) } else { None })
        .unwrap()
}

#[test]
fn the_overview_names_what_was_found() {
    for language in LANGUAGES {
        let page = page(&seen("found.json"), language, &Place::Overview);
        let (title, text, shape) = headline(&page);
        assert!(title.contains("Veyon"), "{title}");
        assert_eq!(shape, Shape::Alert);
        // The worker's own program, and one for managing, do not stand in the sentence.
        assert!(!title.contains("GTimeLog") && !title.contains("Snoopy"), "{title}");
        assert!(text.contains("2026"), "when it was looked at: {text}");
        // Every category has its place: four tiles, and rows.
        let tiles: usize = page.blocks.iter().map(|block| if let Block::Tiles(tiles) = block { tiles.len() } else { 0 }).sum();
        assert_eq!(tiles, 4);
        let all = all_text(&page);
        for category in &inzage_signatures::embedded().categories {
            let label = if language == Language::Nl { &category.nl.label } else { &category.en.label };
            assert!(all.contains(label), "{label}");
        }
    }
}

#[test]
fn not_found_never_stands_without_what_it_means() {
    let texts = LANGUAGES.map(Texts::new);
    for texts in &texts {
        let language = texts.language;
        let none = seen("none.json");
        let page_of_none = page(&none, language, &Place::Overview);
        let (_, text, shape) = headline(&page_of_none);
        assert!(text.contains(&texts.get("moment-nothing-explained")), "{text}");
        // Something could not be looked at, so it is no round "nothing".
        assert_eq!(shape, Shape::Level(Level::Unknown));
        for name in ["none.json", "found.json", "thirty.json"] {
            let seen = seen(name);
            for exposure in &seen.report.exposure {
                let page = page(&seen, language, &Place::Category(exposure.category.clone()));
                let all = all_text(&page);
                let meaning = texts.get(&format!("level-{}-explained", exposure.level.word()));
                assert!(!meaning.is_empty() && all.contains(&meaning), "{name}, {}: {all}", exposure.category);
            }
        }
    }
}

#[test]
fn what_was_not_looked_at_stays_in_sight() {
    for language in LANGUAGES {
        let mut seen = seen("found.json");
        let unseen = seen.report.coverage.iter().filter(|coverage| coverage.status != Status::Full).count();
        assert!(unseen > 0);
        let foot = page(&seen, language, &Place::Overview).foot.unwrap();
        assert!(foot.title.contains(&unseen.to_string()), "{}", foot.title);
        assert_eq!(foot.action, inzage_window::page::Action::Go(Place::Unseen));
        // The page of it has every source.
        let items = page(&seen, language, &Place::Unseen).blocks.iter().filter(|block| matches!(block, Block::Item { .. })).count();
        assert_eq!(items, seen.report.coverage.len());
        for coverage in &mut seen.report.coverage {
            coverage.status = Status::Full;
        }
        assert_eq!(page(&seen, language, &Place::Overview).foot, None);
    }
}

#[test]
fn the_observer_is_no_employer_where_it_may_be_a_partner_a_parent_or_the_worker() {
    let seen = seen("thirty.json");
    let employers = ["je werkgever", "your employer"];
    let who = |class: Class, language| Texts::new(language).get(&format!("class-{}-who", class.word()));
    let mut met = Vec::new();
    for language in LANGUAGES {
        for finding in &seen.report.findings {
            let class = finding.class;
            let page = page(&seen, language, &Place::Program(finding.product.clone()));
            let all = all_text(&page);
            assert!(all.contains(&who(class, language)), "{}: who may look with it", finding.name);
            met.push(class);
            if matches!(class, Class::SelfTracking) {
                // Before what it can see: nothing there is about the employer.
                assert!(!employers.iter().any(|word| who(class, language).to_lowercase().contains(word)), "{}", finding.name);
                let ask = Texts::new(language).get(&format!("class-{}-ask", class.word()));
                assert!(!ask.is_empty() && all.contains(&ask));
            }
        }
    }
    assert!(met.contains(&Class::ParentalControl) && met.contains(&Class::SelfTracking), "the kept reports have both");
    for language in LANGUAGES {
        let of_work = who(Class::EmployeeMonitoring, language);
        for class in [Class::Keylogger, Class::ParentalControl, Class::SelfTracking] {
            assert_ne!(who(class, language), of_work, "{} in {}", class.word(), language.word());
        }
        let partner = ["partner", "ouder", "parent"];
        for class in [Class::Keylogger, Class::ParentalControl] {
            let text = who(class, language).to_lowercase();
            assert!(partner.iter().any(|word| text.contains(word)), "{text}");
        }
    }
}

#[test]
fn own_programs_never_blame_the_employer() {
    let seen = seen("found.json");
    for (language, word) in [(Language::Nl, "werkgever"), (Language::En, "employer")] {
        let own = seen.report.findings.iter().find(|finding| finding.product == "gtimelog").unwrap();
        let all = all_text(&page(&seen, language, &Place::Program(own.product.clone()))).to_lowercase();
        assert!(!all.contains(&format!("je {word}")) && !all.contains(&format!("your {word}")), "{all}");
    }
}

#[test]
fn remains_have_no_card_of_what_they_can_see() {
    for language in LANGUAGES {
        let mut seen = seen("found.json");
        let texts = Texts::new(language);
        let place = Place::Program("veyon".to_owned());
        let (can, left) = (texts.get("program-can-see"), texts.get("program-remains"));
        let all = all_text(&page(&seen, language, &place));
        assert!(all.contains(&can) && !all.contains(&left));
        let finding = seen.report.findings.iter_mut().find(|finding| finding.product == "veyon").unwrap();
        finding.state = FindingState::Remains;
        let all = all_text(&page(&seen, language, &place));
        assert!(!all.contains(&can) && all.contains(&left), "{all}");
        // It does not lead either.
        let overview = page(&seen, language, &Place::Overview);
        let (title, ..) = headline(&overview);
        assert!(!title.contains("Veyon"), "{title}");
    }
}

#[test]
fn every_program_says_how_it_was_recognised_and_can_be_wrong() {
    let seen = seen("thirty.json");
    for finding in &seen.report.findings {
        let page = page(&seen, Language::Nl, &Place::Program(finding.product.clone()));
        let items = page.blocks.iter().filter(|block| matches!(block, Block::Item { .. })).count();
        assert!(items >= finding.evidence.len(), "{}", finding.name);
        assert!(page.blocks.iter().any(|block| matches!(block, Block::Link { .. })), "{}: its sources", finding.name);
        let wrong = inzage_window::page::Action::Wrong(finding.product.clone());
        assert!(page.blocks.iter().any(|block| matches!(block, Block::Button { action, .. } if *action == wrong)), "{}", finding.name);
    }
}
