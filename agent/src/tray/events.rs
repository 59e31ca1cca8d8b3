//! Windows and macOS: the loop of events of the main thread, without which neither shows an icon nor tells of a click.

use winit::application::ApplicationHandler;
use winit::event::{StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, EventLoop, EventLoopProxy};
use winit::window::WindowId;

use super::{Heard, Panel};

pub(super) struct Loop(EventLoop<Heard>);

#[derive(Clone)]
pub(super) struct Sender(EventLoopProxy<Heard>);

impl Sender {
    pub(super) fn send(&self, heard: Heard) {
        // The loop is gone when the program ends.
        let _ = self.0.send_event(heard);
    }
}

pub(super) fn new() -> anyhow::Result<(Loop, Sender)> {
    let mut builder = EventLoop::with_user_event();
    // It is no program with windows: no icon in the dock, and no focus is taken.
    #[cfg(target_os = "macos")]
    {
        use winit::platform::macos::{ActivationPolicy, EventLoopBuilderExtMacOS as _};
        builder.with_activation_policy(ActivationPolicy::Accessory).with_activate_ignoring_other_apps(false).with_default_menu(false);
    }
    let events = builder.build()?;
    let sender = Sender(events.create_proxy());
    Ok((Loop(events), sender))
}

/// A click on the icon opens the menu here.
pub(super) fn hear_icon(_: &Sender) {}

impl Loop {
    pub(super) fn run(self, mut panel: Panel) {
        // It ends when the icon is taken away, or with the session.
        let _ = self.0.run_app(&mut panel);
    }
}

impl ApplicationHandler<Heard> for Panel {
    fn new_events(&mut self, _: &ActiveEventLoop, cause: StartCause) {
        if cause == StartCause::Init {
            self.make();
            if self.icon.is_none() {
                self.tell_no_panel();
            }
        }
    }

    fn user_event(&mut self, events: &ActiveEventLoop, heard: Heard) {
        if !self.hear(heard) {
            events.exit();
        }
    }

    fn resumed(&mut self, _: &ActiveEventLoop) {}

    fn window_event(&mut self, _: &ActiveEventLoop, _: WindowId, _: WindowEvent) {}
}
