//! What a page holds, apart from how it is drawn: the window shows it, and a saved page is written from it.

use inzage_core::report::Level;

/// A page of the window.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The answer at one look.
    Overview,
    /// Every program and setting that was found.
    Programs,
    /// One program.
    Program(String),
    /// Settings of one sort, by the id of their observation.
    Observation(String),
    /// One kind of data.
    Category(String),
    /// What changed over time.
    Timeline,
    /// What could not be looked at.
    Unseen,
    /// What the worker decides.
    Settings,
    /// The program itself, and the licences of what it is made of.
    About,
    /// The question before everything is removed.
    Forget,
}

impl Place {
    /// The pages that are always one step away.
    pub const MENU: [Self; 5] = [Self::Overview, Self::Programs, Self::Timeline, Self::Unseen, Self::Settings];

    /// The page of a product or a category, by its id.
    pub fn of(id: &str) -> Self {
        let is_category = inzage_signatures::embedded().categories.iter().any(|category| category.id == id);
        if is_category { Self::Category(id.to_owned()) } else { Self::Program(id.to_owned()) }
    }

    /// The key of its name; of what it belongs to, for a page below another.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Overview => "page-overview",
            Self::Programs | Self::Program(_) | Self::Observation(_) => "page-programs",
            Self::Category(_) => "page-category",
            Self::Timeline => "page-timeline",
            Self::Unseen => "page-unseen",
            Self::Settings | Self::Forget => "page-settings",
            Self::About => "page-about",
        }
    }
}

/// The address of a page of the web: the only thing that is handed to the worker's browser. A report may hold anything in its place: a file, a
/// program, an option of the program that opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The longest address that is opened, in bytes.
    const LONGEST: usize = 2_000;

    /// An address that may be opened; nothing for anything else.
    pub fn of(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // No name and password before the host, which would make one host look like another.
        let is_host = host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
        let is_plain = text.len() <= Self::LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\`|^{}".contains(&byte));
        (is_host && is_plain).then(|| Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What happens when something is pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A page opens.
    Go(Place),
    /// Looks at the computer.
    Look,
    /// The worker has read what the employer may see, and says whether to keep a record.
    Answer(bool),
    /// Closes the window.
    Close,
    /// Opens a page of the web, in the worker's own browser.
    Visit(Address),
    /// Writes what is wrong with a finding into a file.
    Wrong(String),
    /// Changes a setting.
    Set(Setting),
    /// Removes everything that the program made.
    Forget,
    /// Writes the history into a file.
    Export,
}

/// What the worker decides on the settings page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The language, by its place in [`inzage_agent::texts::Language::ALL`].
    Language(usize),
    /// The size of text, in percent.
    TextSize(u16),
    /// Whether a record is kept.
    Record(bool),
    /// Whether the program starts at login.
    Login(bool),
    /// Whether notifications tell what changed.
    FullNotices(bool),
}

/// A shape that stands beside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No shape.
    None,
    /// The shape of a level.
    Level(Level),
    /// Looked at fully.
    Full,
    /// Looked at in part.
    Partly,
    /// Not looked at.
    Nothing,
    /// Something that the worker wants to know.
    Alert,
}

/// One of the four large tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The category.
    pub title: String,
    /// Its level, in words.
    pub word: String,
    /// By what.
    pub by: String,
    /// Its level.
    pub level: Level,
    /// Opens its page.
    pub action: Action,
}

/// Something that leads on, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub title: String,
    /// How it is.
    pub text: String,
    /// More.
    pub note: String,
    /// Its shape.
    pub shape: Shape,
    /// Where it leads.
    pub action: Action,
}

/// One part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The sentence that says it all.
    Headline {
        /// The sentence.
        title: String,
        /// What it means.
        text: String,
        /// Its shape.
        shape: Shape,
        /// A button, with its name.
        button: Option<(String, Action)>,
    },
    /// A first sentence, somewhat larger.
    Lead(String),
    /// A heading.
    Heading(String),
    /// Text.
    Text(String),
    /// Text that is less important.
    Quiet(String),
    /// The four tiles.
    Tiles(Vec<Tile>),
    /// A row that leads on.
    Row(Row),
    /// A name and its value.
    Fact {
        /// What it is.
        name: String,
        /// Its value.
        value: String,
    },
    /// One thing of a list.
    Item {
        /// What it is.
        title: String,
        /// What is known of it.
        text: String,
        /// More.
        note: String,
        /// Its shape.
        shape: Shape,
    },
    /// A page of the web.
    Link {
        /// What is shown of it.
        title: String,
        /// Where it leads.
        address: Address,
    },
    /// A button.
    Button {
        /// Its name.
        title: String,
        /// What it does.
        action: Action,
        /// Whether it is what most people want.
        is_primary: bool,
    },
    /// A switch.
    Switch {
        /// What it switches.
        title: String,
        /// What that means.
        text: String,
        /// How it stands.
        is_on: bool,
        /// What it does.
        action: Action,
    },
    /// One of several.
    Choice {
        /// What is chosen.
        title: String,
        /// The names of what can be chosen, and what each does.
        options: Vec<(String, Action)>,
        /// Which one is.
        chosen: usize,
    },
    /// Something that the worker wants to know first.
    Notice {
        /// What it is about.
        title: String,
        /// What it says.
        text: String,
        /// Its shape.
        shape: Shape,
        /// A button, with its name.
        button: Option<(String, Action)>,
    },
    /// How far something is.
    Progress {
        /// What is done.
        title: String,
        /// How far it is, in words.
        text: String,
        /// How far it is.
        percent: u8,
    },
}

/// A page, ready to be shown or saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What it is about.
    pub title: String,
    /// Its parts, from top to bottom.
    pub blocks: Vec<Block>,
    /// A list that may be long.
    pub list: Vec<Block>,
    /// What stays in sight below it.
    pub foot: Option<Row>,
}

impl Page {
    /// An empty page.
    pub fn new(title: String) -> Self {
        Self { title, ..Self::default() }
    }

    /// Puts one more part below the others.
    pub fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds text, unless there is none.
    pub fn text(&mut self, text: String) {
        if !text.is_empty() {
            self.add(Block::Text(text));
        }
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: String) {
        self.add(Block::Heading(text));
    }

    /// Adds a name and its value, unless there is no value.
    pub fn fact(&mut self, name: String, value: String) {
        if !value.is_empty() {
            self.add(Block::Fact { name, value });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_opened() {
        for good in ["https://packages.debian.org/bookworm/all/gtimelog/filelist", "http://veyon.io/?a=b&c=%20d#e", "https://localhost:8080/x_(y)"] {
            assert_eq!(Address::of(good).expect(good).as_str(), good);
        }
        let long = format!("https://example.org/{}", "a".repeat(Address::LONGEST));
        for bad in [
            "",
            "/usr/bin/xterm",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,<script>",
            "--help",
            "https://",
            "https:///etc",
            "https://-x/",
            "HTTPS://example.org",
            " https://example.org",
            "https://example.org/a b",
            "https://example.org/\n",
            "https://example.org/\u{202e}gpj",
            "https://bank.nl@example.org/",
            "https://example.org\\@bank.nl/",
            "https://example.org/\"><b>",
            "smb://example.org/share",
            &long,
        ] {
            assert_eq!(Address::of(bad), None, "{bad}");
        }
    }
}
