//! Programs that the window server tells of keys and of the mouse.

#[cfg(target_os = "macos")]
use objc2_core_graphics::{CGError, CGEventTapInformation, CGEventTapOptions, CGGetEventTapList};

use crate::EventTap;
#[cfg(target_os = "macos")]
use crate::Refused;

/// No session has more taps.
#[cfg(target_os = "macos")]
const MOST: u32 = 4_096;
/// Key down and key up. Keys that change others (shift, command) alone tell nothing of what is typed.
const KEYBOARD: u64 = bits(10, 11);
/// Buttons, moves and drags; the scroll wheel; the further buttons.
const MOUSE: u64 = bits(1, 7) | bits(22, 22) | bits(25, 27);

/// A mask with the events from one number to another.
const fn bits(first: u32, last: u32) -> u64 {
    ((1 << (last + 1)) - 1) & !((1 << first) - 1)
}

impl EventTap {
    fn new(pid: i32, events: u64, listens_only: bool, enabled: bool) -> Option<Self> {
        let pid = u32::try_from(pid).ok()?;
        Some(Self { pid, keyboard: events & KEYBOARD != 0, mouse: events & MOUSE != 0, may_change: !listens_only, enabled })
    }
}

/// Every event tap of this login session, whoever made it. Every macOS has it (10.4 and later), and it needs no right and no consent: it tells
/// that there is a tap, and nothing of what the tap is told.
///
/// Not shown: who reads keyboards as devices (`IOHIDManager`), who watches through `NSEvent`'s global monitors, input methods, and drivers. Many
/// harmless programs have taps: window managers, keyboard remappers, launchers, macOS' own accessibility. Without a login session at the screen
/// (over SSH) there is no window server to ask, which is an error and not an empty list.
///
/// To try on a Mac: `System Settings > Privacy & Security > Input Monitoring` and `Accessibility` name programs that may have one; start one of them, and its
/// number must be in this list, and gone after it has ended.
#[cfg(target_os = "macos")]
pub fn event_taps() -> Result<Vec<EventTap>, Refused> {
    let mut count = 0;
    // SAFETY: without room for an answer only the number of taps is written, into `count`, which outlives the call.
    if unsafe { CGGetEventTapList(0, std::ptr::null_mut(), &raw mut count) } != CGError::Success {
        return Err(Refused::Failed);
    }
    // Some may come between the two calls.
    let room = count.min(MOST) + 16;
    let mut taps: Vec<CGEventTapInformation> = Vec::with_capacity(room as usize);
    // SAFETY: the list has room for as many taps as is said, and it and `count` outlive the call.
    if unsafe { CGGetEventTapList(room, taps.as_mut_ptr(), &raw mut count) } != CGError::Success {
        return Err(Refused::Failed);
    }
    // SAFETY: the call went well and has written `count` taps, and never more than there was room for.
    unsafe { taps.set_len(count.min(room) as usize) };
    Ok(taps
        .iter()
        .filter_map(|tap| EventTap::new(tap.tappingProcess, tap.eventsOfInterest, tap.options == CGEventTapOptions::ListenOnly, tap.enabled))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_tells_keys_from_the_mouse() {
        let tap = |events| EventTap::new(7, events, true, true).map(|tap| (tap.keyboard, tap.mouse));
        for key in [10, 11] {
            assert_eq!(tap(1 << key), Some((true, false)), "{key}");
        }
        for mouse in [1, 2, 3, 4, 5, 6, 7, 22, 25, 26, 27] {
            assert_eq!(tap(1 << mouse), Some((false, true)), "{mouse}");
        }
        // No event, a tablet's pen, gestures, media keys.
        for other in [0, 8, 9, 12, 13, 14, 21, 23, 24, 28, 29] {
            assert_eq!(tap(1 << other), Some((false, false)), "{other}");
        }
        assert_eq!(tap(u64::MAX), Some((true, true)));
    }

    #[test]
    fn what_does_not_only_listen_may_change() {
        assert_eq!(EventTap::new(7, 1 << 10, true, false), Some(EventTap { pid: 7, keyboard: true, ..EventTap::default() }));
        assert_eq!(EventTap::new(7, 1 << 10, false, true), Some(EventTap { pid: 7, keyboard: true, mouse: false, may_change: true, enabled: true }));
        assert_eq!(EventTap::new(-1, 1 << 10, true, true), None);
    }
}
