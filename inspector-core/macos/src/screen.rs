//! Whether the screen is shared.

use objc2_core_foundation::{CFBoolean, CFNumber, CFString, CFType};
use objc2_core_graphics::CGSessionCopyCurrentDictionary;

use crate::Refused;

/// What the window server calls it. No header names this key, but the dictionary is public, and programs have read this from it for years.
const SHARED: &str = "CGSSessionScreenIsShared";

/// Whether somebody looks at this login session through macOS' own screen sharing or Apple Remote Desktop now. Every macOS has the call (10.3 and
/// later) and it needs no right. Without a login session at the screen (over SSH) it is [`Refused::Absent`].
///
/// Not shown: who looks, and any program that takes the picture itself (a support tool, a video call, a monitoring program). *No* therefore says nothing of
/// those. Without the key the answer is no: it stands there only while the screen is shared, and a macOS that gives it up would answer the same.
///
/// To try on a Mac: connect to it with Screen Sharing from another Mac or a VNC program; it must be yes, and no some seconds after the connection has ended.
pub fn screen_is_shared() -> Result<bool, Refused> {
    let session = CGSessionCopyCurrentDictionary().ok_or(Refused::Absent)?;
    let key = CFString::from_str(SHARED);
    // SAFETY: the key is a text that outlives the call, and texts are what this dictionary has for keys.
    let value = unsafe { session.value((&raw const *key).cast()) };
    // SAFETY: a value of this dictionary is an object that lives as long as the dictionary, which is held until the end.
    let Some(value) = (unsafe { value.cast::<CFType>().as_ref() }) else { return Ok(false) };
    if let Some(value) = value.downcast_ref::<CFBoolean>() {
        return Ok(value.as_bool());
    }
    value.downcast_ref::<CFNumber>().and_then(CFNumber::as_i64).map(|value| value != 0).ok_or(Refused::Failed)
}
