//! Draws the window without a screen, with the renderer that draws it on one.

#![allow(dead_code, unreachable_pub, reason = "each program that draws uses its own part")]

use std::rc::Rc;

use anyhow::anyhow;
use inzage_agent::home::Settings;
use inzage_agent::texts::{Language, Texts};
use inzage_window::page::Place;
use inzage_window::pages::{Moment, chart};
use inzage_window::show;
use inzage_window::ui::Main;
use slint::platform::software_renderer::{MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType};
use slint::platform::{Platform, PlatformError, WindowAdapter};
use slint::{ComponentHandle as _, PhysicalSize};

use crate::data::view;

/// A platform that has one window, and no screen.
struct NoScreen(Rc<MinimalSoftwareWindow>);

impl Platform for NoScreen {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.0.clone())
    }
}

/// How the window looks in a picture.
pub struct Look {
    pub name: &'static str,
    pub width: u32,
    pub height: u32,
    pub is_dark: bool,
    pub text_size: u16,
    pub language: Language,
}

pub const LOOKS: [Look; 7] = [
    Look { name: "nl", width: 980, height: 760, is_dark: false, text_size: 100, language: Language::Nl },
    Look { name: "en", width: 980, height: 760, is_dark: false, text_size: 100, language: Language::En },
    Look { name: "en-dark", width: 980, height: 760, is_dark: true, text_size: 100, language: Language::En },
    Look { name: "nl-small", width: 360, height: 560, is_dark: false, text_size: 100, language: Language::Nl },
    Look { name: "en-small-dark", width: 360, height: 640, is_dark: true, text_size: 125, language: Language::En },
    Look { name: "nl-large-text", width: 980, height: 760, is_dark: false, text_size: 200, language: Language::Nl },
    Look { name: "nl-small-large-text", width: 360, height: 560, is_dark: false, text_size: 200, language: Language::Nl },
];

/// A picture, from left to right and from top to bottom.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<[u8; 3]>,
}

/// A window that is only drawn.
pub struct Canvas {
    pub window: Main,
    adapter: Rc<MinimalSoftwareWindow>,
    buffer: std::cell::RefCell<Vec<PremultipliedRgbaColor>>,
}

impl Canvas {
    pub fn new() -> anyhow::Result<Self> {
        let adapter = MinimalSoftwareWindow::new(RepaintBufferType::NewBuffer);
        slint::platform::set_platform(Box::new(NoScreen(adapter.clone()))).map_err(|error| anyhow!("{error}"))?;
        let window = show::window().map_err(|error| anyhow!("{error}"))?;
        window.show().map_err(|error| anyhow!("{error}"))?;
        Ok(Self { window, adapter, buffer: std::cell::RefCell::default() })
    }

    /// Puts a page, as the program does.
    pub fn put(&self, look: &Look, texts: &Texts, moment: &Moment, place: &Place) {
        let settings = Settings { record: Some(true), text_size: Some(look.text_size), ..Settings::default() };
        let view = view(texts, moment, &settings);
        let window = &self.window;
        self.adapter.set_size(PhysicalSize::new(look.width, look.height));
        window.invoke_use_dark(look.is_dark);
        window.set_text_size(f32::from(look.text_size) / 100.0);
        show::frame(window, &view.words, place);
        let drawn = match (place, moment) {
            (Place::Timeline, Moment::Seen(seen)) if seen.is_kept => chart(&view, seen),
            _ => None,
        };
        show::chart(window, drawn.as_ref());
        window.set_can_save(matches!(moment, Moment::Seen(_)));
        window.set_can_look(matches!((place, moment), (Place::Overview, Moment::Seen(_))));
        window.set_can_go_back(!Place::MENU.contains(place));
        show::page(window, &view.page(place));
        window.invoke_page_shown();
    }

    /// Draws one frame.
    pub fn frame(&self, look: &Look) {
        slint::platform::update_timers_and_animations();
        self.adapter.request_redraw();
        let mut buffer = self.buffer.borrow_mut();
        buffer.resize((look.width * look.height) as usize, PremultipliedRgbaColor::default());
        self.adapter.draw_if_needed(|renderer| {
            renderer.render(&mut buffer, look.width as usize);
        });
    }

    /// A page as a picture.
    pub fn draw(&self, look: &Look, texts: &Texts, moment: &Moment, place: &Place) -> Picture {
        self.put(look, texts, moment, place);
        // What a first frame finds out, such as the height of a list, the second one shows.
        self.frame(look);
        self.frame(look);
        let pixels = self.buffer.borrow().iter().map(|pixel| [pixel.red, pixel.green, pixel.blue]).collect();
        Picture { width: look.width, height: look.height, pixels }
    }
}
