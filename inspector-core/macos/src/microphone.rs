//! Programs that take sound in.

use std::ffi::c_int;
use std::mem::size_of_val;
use std::ptr::{NonNull, null};

use objc2_core_audio::{
    AudioObjectGetPropertyData, AudioObjectGetPropertyDataSize, AudioObjectHasProperty, AudioObjectID, AudioObjectPropertyAddress, AudioObjectPropertySelector,
    kAudioHardwarePropertyProcessObjectList, kAudioObjectPropertyElementMain, kAudioObjectPropertyScopeGlobal, kAudioObjectSystemObject,
    kAudioProcessPropertyIsRunningInput, kAudioProcessPropertyPID,
};

use crate::Refused;

/// No answer of a property with numbers is longer, in numbers.
const MOST: u32 = 16_384;

/// The processes that take sound in from any device now. From macOS 14.2 on; before, [`Refused::Absent`]. It needs no right, opens no stream, makes
/// no dialog appear and does not light the orange dot.
///
/// Not shown: whether the sound is muted, kept or sent; which device it comes from, so that a program that takes in another program's sound
/// through a virtual device counts too; a program for which another one (a helper of a browser) takes the sound.
///
/// To try on a Mac: start a recording in Voice Memos; its number must be in this list, and gone when the orange dot is.
pub fn microphone_users() -> Result<Vec<u32>, Refused> {
    let system = AudioObjectID::try_from(kAudioObjectSystemObject).map_err(|_| Refused::Failed)?;
    let mut users = Vec::new();
    for process in numbers(system, kAudioHardwarePropertyProcessObjectList)? {
        // One that has ended since it was listed does not answer, and uses nothing.
        let Ok(1..) = number(process, kAudioProcessPropertyIsRunningInput) else { continue };
        users.extend(number(process, kAudioProcessPropertyPID).ok().filter(|pid| c_int::try_from(*pid).is_ok()));
    }
    users.sort_unstable();
    users.dedup();
    Ok(users)
}

fn number(object: AudioObjectID, property: AudioObjectPropertySelector) -> Result<u32, Refused> {
    let mut answer = [0];
    if read(object, property, &mut answer)? == 1 { Ok(answer[0]) } else { Err(Refused::Failed) }
}

fn numbers(object: AudioObjectID, property: AudioObjectPropertySelector) -> Result<Vec<u32>, Refused> {
    let mut address = address(property);
    let address = NonNull::from(&mut address);
    // SAFETY: the address outlives the call. An object that does not exist has no property.
    if !unsafe { AudioObjectHasProperty(object, address) } {
        return Err(Refused::Absent);
    }
    let mut size = 0;
    // SAFETY: the address and the size outlive the call; there is no qualifier, as its length of nothing says.
    if unsafe { AudioObjectGetPropertyDataSize(object, address, 0, null(), NonNull::from(&mut size)) } != 0 {
        return Err(Refused::Failed);
    }
    // Some may come between the two calls.
    let mut answer = vec![0; (size / 4).min(MOST) as usize + 16];
    let count = read(object, property, &mut answer)?;
    answer.truncate(count);
    Ok(answer)
}

/// Reads numbers of 32 bits; gives back how many there were.
fn read(object: AudioObjectID, property: AudioObjectPropertySelector, answer: &mut [u32]) -> Result<usize, Refused> {
    let mut address = address(property);
    let mut size = u32::try_from(size_of_val(answer)).map_err(|_| Refused::Failed)?;
    let data = NonNull::from(&mut *answer).cast();
    // SAFETY: the size is that of the buffer, and says at most how much is written; all that is pointed at outlives the call.
    let status = unsafe { AudioObjectGetPropertyData(object, NonNull::from(&mut address), 0, null(), NonNull::from(&mut size), data) };
    if status == 0 { Ok(size as usize / 4) } else { Err(Refused::Failed) }
}

fn address(property: AudioObjectPropertySelector) -> AudioObjectPropertyAddress {
    AudioObjectPropertyAddress { mSelector: property, mScope: kAudioObjectPropertyScopeGlobal, mElement: kAudioObjectPropertyElementMain }
}
