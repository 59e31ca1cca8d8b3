//! Matching 1,000,000 facts with 10, 1,000 and 3,000 products.
//!
//! The facts are the same for every number of products, and so is what they match; what differs is only how many other products there are
//! to be told apart from.

use std::fmt::Write as _;
use std::time::Duration;

use inzage_bench::{Times, print_budget, print_ratio, print_times};
use inzage_core::facts::{Autostart, Enabled, Executable, Fact, File, Mechanism, MenuEntry, Package, Process};
use inzage_core::inventory::{Coverage, Host, Inventory, SCHEMA, Source, Status};
use inzage_core::kinds::{IndicatorKind, Os, Strength};
use inzage_core::matching::Matcher;
use inzage_core::signature::{Bundle, Card, Cite, Class, Group, Indicator, Page, Part, Product};

const FACTS: usize = 1_000_000;
const SIZES: [usize; 3] = [10, 1_000, 3_000];
const RUNS: usize = 5;
/// One in so many facts belongs to one of the first ten products, which every bundle has.
const MATCHING: usize = 1_000;

fn main() {
    let mut random = Random(1);
    let names = names(SIZES[2], &mut random);
    let bundles = SIZES.map(|size| Bundle {
        version: String::new(),
        categories: Vec::new(),
        products: names[..size].iter().enumerate().map(|(number, name)| product(number, name)).collect(),
    });
    let inventory = inventory(&names, &mut random);
    let mut building = SIZES.map(|_| Times::default());
    let mut matching = SIZES.map(|_| Times::default());
    let mut findings = SIZES.map(|_| 0);
    // Turn by turn, so that a slow minute of the computer strikes all alike.
    for _ in 0..RUNS {
        for (at, bundle) in bundles.iter().enumerate() {
            let matcher = building[at].measure(|| Matcher::new(bundle, &inventory));
            findings[at] = matching[at].measure(|| matcher.findings(&inventory)).len();
        }
    }
    println!("{FACTS} facts, {RUNS} runs");
    for (at, size) in SIZES.iter().enumerate() {
        print_times(&format!("index of {size} products"), &building[at]);
        print_times(&format!("matching with {size} products, {} found", findings[at]), &matching[at]);
    }
    let [few, many, most] = matching;
    print_ratio("1,000 products to 10", many.median(), few.median(), 2.0);
    print_ratio("3,000 products to 10", most.median(), few.median(), 2.0);
    print_budget("matching with 3,000 products", most.median(), Duration::from_secs(1));
}

/// Numbers that look random and are the same in every run (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or_default()
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// Names as products and programs have them. Many begin alike, as real ones do.
fn names(number: usize, random: &mut Random) -> Vec<String> {
    const FIRST: [&str; 20] = [
        "net", "sys", "work", "time", "desk", "team", "active", "control", "secure", "open", "web", "remote", "screen", "user", "data", "key", "track",
        "insight", "cloud", "force",
    ];
    const SECOND: [&str; 20] = [
        "watch", "view", "log", "sense", "doctor", "guard", "point", "trak", "pulse", "mind", "scope", "viser", "meter", "agent", "link", "spy", "vis",
        "point", "care", "base",
    ];
    (0..number)
        .map(|number| format!("{}{}{}", random.of(&FIRST), random.of(&SECOND), if number % 4 == 0 { String::new() } else { number.to_string() }))
        .collect()
}

/// A product with six traces in about the mix of the real signatures, and with more wildcards than those have: beside its own folder also
/// in the folders that all programs share, where they cost most.
fn product(number: usize, name: &str) -> Product {
    let sixth = match number % 12 {
        0 => (IndicatorKind::Path, format!("/opt/{name}-*/bin/agent")),
        1 => (IndicatorKind::Path, format!("/usr/lib/*/lib{name}.so")),
        2 => (IndicatorKind::Path, format!("/usr/bin/{name}-*")),
        3 => (IndicatorKind::Unit, format!("{name}@*.service")),
        4..8 => (IndicatorKind::Extension, extension(number)),
        _ => (IndicatorKind::DesktopEntry, format!("{name}.desktop")),
    };
    let folder = match number % 3 {
        0 => format!("/opt/{name}/"),
        1 => format!("~/.config/{name}/"),
        _ => format!("/var/lib/{name}/"),
    };
    let traces = [
        (IndicatorKind::Package, format!("deb:{name}")),
        (IndicatorKind::Path, format!("/usr/bin/{name}")),
        (IndicatorKind::Path, folder),
        (IndicatorKind::Unit, format!("{name}.service")),
        (IndicatorKind::Process, name.to_owned()),
        sixth,
    ];
    let cite = Cite { page: 0, at: None };
    let indicator = |(kind, value)| Indicator {
        kind,
        value,
        os: Some(Os::Linux),
        part: Part::Agent,
        proves: None,
        strength: if kind == IndicatorKind::Process { Strength::Weak } else { Strength::Strong },
        generic: false,
        cite: cite.clone(),
    };
    Product {
        id: format!("{name}-{number}"),
        name: name.into(),
        vendor: "Example".into(),
        class: Class::EmployeeMonitoring,
        group: Group::Monitoring,
        indicators: traces.map(indicator).into(),
        card: Card { pages: vec![Page { url: "https://example.org/".into(), title: "Example".into(), read: "2026-11-22".into() }], ..Card::default() }.into(),
    }
}

/// The 32 letters of a browser extension.
fn extension(number: usize) -> String {
    let mut random = Random(number as u64);
    (0..32).map(|_| char::from(random.of(b"abcdefghijklmnop"))).collect()
}

fn inventory(products: &[String], random: &mut Random) -> Inventory {
    let facts = (0..FACTS).map(|number| {
        let name = if number % MATCHING == 0 { products[random.below(SIZES[0])].clone() } else { other_name(products, random) };
        fact(number, name, random)
    });
    Inventory {
        schema: SCHEMA.into(),
        made_at: "2026-11-22T10:00:00Z".into(),
        agent_version: "0".into(),
        host: Host { os: Os::Linux, os_version: "Debian".into(), root: "/".into(), elevated: false, home: Some("/home/anna".into()) },
        facts: facts.collect(),
        coverage: Source::of(Os::Linux).map(|source| Coverage { source, status: Status::Full, checked: 1, reason: None }).collect(),
        names: None,
    }
}

/// A name that is no product's, though it may begin with one.
fn other_name(products: &[String], random: &mut Random) -> String {
    const WORDS: [&str; 16] =
        ["gnome", "python3", "lib", "net", "sys", "session", "kernel", "font", "perl", "x11", "dbus", "printer", "sound", "mail", "desk", "time"];
    let mut name = if random.below(8) == 0 { products[random.below(products.len())].clone() } else { random.of(&WORDS).to_owned() };
    let _ = write!(name, "_{}", random.below(50_000));
    name
}

fn fact(number: usize, name: String, random: &mut Random) -> Fact {
    let pid = u32::try_from(number).unwrap_or_default();
    match number % 5 {
        0 => Process {
            pid,
            exe: Some(path(&name, random)),
            executable: Executable::Open,
            user: Some("anna".into()),
            unit: (pid % 3 == 0).then(|| format!("{name}.service")),
            place: format!("/proc/{pid}"),
            name,
            ..Process::default()
        }
        .into(),
        1 => Package {
            id: format!("deb:{name}"),
            version: Some("1.2-3".into()),
            since: Some(1_790_000_000),
            place: "/var/lib/dpkg/status".into(),
            ..Package::default()
        }
        .into(),
        2 => Autostart {
            mechanism: Mechanism::Systemd,
            unit: Some(format!("{name}.service")),
            exec: vec![path(&name, random)],
            exec_exists: Some(true),
            enabled: Enabled::Yes,
            place: format!("/usr/lib/systemd/system/{name}.service"),
            name,
            ..Autostart::default()
        }
        .into(),
        3 => {
            let path = path(&name, random);
            File { place: path.clone(), path, folder: false, since: Some(1_790_000_000) }.into()
        }
        _ => MenuEntry {
            id: format!("{name}.desktop"),
            exec: Some(path(&name, random)),
            exec_exists: Some(true),
            place: format!("/usr/share/applications/{name}.desktop"),
            name,
        }
        .into(),
    }
}

/// A path in the folders that programs share.
fn path(name: &str, random: &mut Random) -> String {
    let other = random.below(1_000);
    match random.below(7) {
        0 => format!("/usr/bin/{name}"),
        1 => format!("/usr/lib/x86_64-linux-gnu/part{other}/lib{name}.so"),
        2 => format!("/usr/share/part{other}/data/{name}"),
        3 => format!("/opt/{name}/lib/bin/agent"),
        4 => format!("/home/anna/.config/{name}/profile{other}/state"),
        5 => format!("/var/lib/{name}/cache/{other}"),
        _ => format!("/bin/{name}"),
    }
}
