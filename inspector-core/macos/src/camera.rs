//! Whether a camera is on.

use std::mem::size_of_val;
use std::ptr::null;

use objc2_core_media_io::{
    CMIOObjectGetPropertyData, CMIOObjectGetPropertyDataSize, CMIOObjectID, CMIOObjectPropertyAddress, CMIOObjectPropertySelector,
    kCMIODevicePropertyDeviceIsRunningSomewhere, kCMIOHardwarePropertyDevices, kCMIOObjectPropertyElementMain, kCMIOObjectPropertyScopeGlobal,
    kCMIOObjectSystemObject,
};

use crate::Refused;

/// No Mac has more cameras.
const MOST: u32 = 1_024;

/// Whether any program has any camera on now. Every macOS has it (10.7 and later). It needs no right, opens no camera, makes no dialog appear and does not
/// light the green dot.
///
/// Not shown: which program it is, which nothing tells a user who is not an administrator; and whether the picture is kept or sent. Virtual cameras
/// count as cameras. A camera that does not answer makes the whole answer an error, unless another one is on. Before macOS 14.1 the system loads what
/// plug-ins for cameras are installed (`/Library/CoreMediaIO/Plug-Ins/DAL`) into the program that asks.
///
/// To try on a Mac: open Photo Booth; it must be yes, and no when the green dot is gone. A Mac without a camera must say no.
pub fn camera_in_use() -> Result<bool, Refused> {
    let mut unanswered = false;
    for camera in cameras()? {
        let mut running = [0];
        match read(camera, kCMIODevicePropertyDeviceIsRunningSomewhere, &mut running) {
            Ok(1) if running[0] != 0 => return Ok(true),
            Ok(1) => {}
            _ => unanswered = true,
        }
    }
    if unanswered { Err(Refused::Failed) } else { Ok(false) }
}

fn cameras() -> Result<Vec<CMIOObjectID>, Refused> {
    let address = address(kCMIOHardwarePropertyDevices);
    let mut size = 0;
    // SAFETY: the address and the size outlive the call; there is no qualifier, as its length of nothing says.
    if unsafe { CMIOObjectGetPropertyDataSize(kCMIOObjectSystemObject, &raw const address, 0, null(), &raw mut size) } != 0 {
        return Err(Refused::Failed);
    }
    // Some may come between the two calls.
    let mut cameras = vec![0; (size / 4).min(MOST) as usize + 16];
    let count = read(kCMIOObjectSystemObject, kCMIOHardwarePropertyDevices, &mut cameras)?;
    cameras.truncate(count);
    Ok(cameras)
}

/// Reads numbers of 32 bits; gives back how many there were.
fn read(object: CMIOObjectID, property: CMIOObjectPropertySelector, answer: &mut [u32]) -> Result<usize, Refused> {
    let address = address(property);
    let size = u32::try_from(size_of_val(answer)).map_err(|_| Refused::Failed)?;
    let mut used = 0;
    // SAFETY: the size is that of the buffer, and says at most how much is written; all that is pointed at outlives the call.
    let status = unsafe { CMIOObjectGetPropertyData(object, &raw const address, 0, null(), size, &raw mut used, answer.as_mut_ptr().cast()) };
    if status == 0 { Ok(used as usize / 4) } else { Err(Refused::Failed) }
}

fn address(property: CMIOObjectPropertySelector) -> CMIOObjectPropertyAddress {
    CMIOObjectPropertyAddress { mSelector: property, mScope: kCMIOObjectPropertyScopeGlobal, mElement: kCMIOObjectPropertyElementMain }
}
