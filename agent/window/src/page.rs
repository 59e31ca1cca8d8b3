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
    Visit(String),
    /// Writes what is wrong with a finding into a file.
    Wrong(String),
    /// Opens the folder or file that was written.
    Open,
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
    /// Something that went well.
    Fine,
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
    Headline { title: String, text: String, shape: Shape, button: Option<(String, Action)> },
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
    Fact { name: String, value: String },
    /// One thing of a list.
    Item { title: String, text: String, note: String, shape: Shape },
    /// A page of the web.
    Link { title: String, url: String },
    /// A button.
    Button { title: String, action: Action, is_primary: bool },
    /// A switch.
    Switch { title: String, text: String, is_on: bool, action: Action },
    /// One of several.
    Choice { title: String, options: Vec<(String, Action)>, chosen: usize },
    /// Something that the worker wants to know first.
    Notice { title: String, text: String, shape: Shape, button: Option<(String, Action)> },
    /// How far something is.
    Progress { title: String, text: String, percent: u8 },
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
