//! What the window takes from the system.

use slint::{Image, Rgba8Pixel, SharedPixelBuffer};

/// The size of the window's picture, in pixels.
const SIDE: u32 = 64;

/// The picture of the window: the eye of the tray.
pub(crate) fn picture() -> Image {
    let pixels = inzage_agent::picture(SIDE);
    Image::from_rgba8(SharedPixelBuffer::<Rgba8Pixel>::clone_from_slice(&pixels, SIDE, SIDE))
}

/// The size of text that the worker chose for all programs, in percent.
#[cfg(target_os = "linux")]
pub(crate) fn text_size() -> Option<u16> {
    let bus = zbus::blocking::connection::Builder::session().ok()?.method_timeout(std::time::Duration::from_secs(2)).build().ok()?;
    let portal = "org.freedesktop.portal.Desktop";
    let reply = bus
        .call_method(
            Some(portal),
            "/org/freedesktop/portal/desktop",
            Some("org.freedesktop.portal.Settings"),
            "ReadOne",
            &("org.gnome.desktop.interface", "text-scaling-factor"),
        )
        .ok()?;
    let value: zbus::zvariant::OwnedValue = reply.body().deserialize().ok()?;
    percent(f64::try_from(value).ok()? * 100.0)
}

/// The same on Windows: the slider of its settings for accessibility.
#[cfg(windows)]
pub(crate) fn text_size() -> Option<u16> {
    let key = windows_registry::CURRENT_USER.open(r"Software\Microsoft\Accessibility").ok()?;
    percent(f64::from(key.get_u32("TextScaleFactor").ok()?))
}

/// macOS has no size of text for all programs.
#[cfg(not(any(target_os = "linux", windows)))]
pub(crate) fn text_size() -> Option<u16> {
    None
}

#[cfg(any(target_os = "linux", windows))]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the limits")]
fn percent(value: f64) -> Option<u16> {
    value.is_finite().then(|| value.clamp(75.0, 300.0) as u16)
}
