//! Whether the battery is to be spared.

/// Whether it runs low, or somebody asked to save it.
#[cfg(target_os = "linux")]
pub(super) fn saves_battery() -> bool {
    use std::fs::{read_dir, read_to_string};

    // What power-profiles-daemon sets when "power saver" is chosen, where the firmware knows profiles. To ask the daemon itself would mean a
    // connection to D-Bus.
    if read_to_string("/sys/firmware/acpi/platform_profile").is_ok_and(|profile| matches!(profile.trim(), "low-power" | "quiet")) {
        return true;
    }
    let supplies = read_dir("/sys/class/power_supply").into_iter().flatten().flatten();
    supplies.into_iter().any(|supply| {
        let read = |file: &str| read_to_string(supply.path().join(file)).map(|text| text.trim().to_owned()).unwrap_or_default();
        // A mouse has a battery too.
        let is_of_computer = read("type") == "Battery" && read("scope") != "Device";
        is_of_computer && read("status") == "Discharging" && read("capacity").parse().is_ok_and(|percent: u8| percent <= LOW)
    })
}

/// The charge, in percent, from which desktops say that the battery is low.
#[cfg(target_os = "linux")]
const LOW: u8 = 20;

#[cfg(windows)]
pub(super) fn saves_battery() -> bool {
    inzage_windows::saves_battery()
}

/// No safe call tells it on macOS; the system itself slows down what runs in the background there.
#[cfg(not(any(target_os = "linux", windows)))]
pub(super) const fn saves_battery() -> bool {
    false
}
