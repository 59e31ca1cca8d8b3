//! The one call to a running Linux that has no safe library: giving memory back.
#![cfg(target_os = "linux")]

use std::fs;

/// Gives back what this program does not need while it waits: memory that was freed, and the pages of its own code. Both come back by themselves
/// when they are used, the code from the file that it lies in.
pub fn give_memory_back() {
    #[cfg(target_env = "gnu")]
    // SAFETY: takes a number; what is in use is not touched.
    let _ = unsafe { libc::malloc_trim(0) };
    let maps = fs::read_to_string("/proc/self/maps").unwrap_or_default();
    for (start, end) in maps.lines().filter_map(code) {
        // SAFETY: the range is code that was mapped from a file and that nobody may write, as the kernel has just said; libraries are never unloaded
        // here. Its pages are read from the file again when they are used, so that nobody can see a difference.
        let _ = unsafe { libc::madvise(std::ptr::with_exposed_provenance_mut(start), end - start, libc::MADV_DONTNEED) };
    }
}

/// Where code of a file lies, from a line of the kernel's list: `start-end r-xp offset device inode path`.
fn code(line: &str) -> Option<(usize, usize)> {
    let mut fields = line.split_ascii_whitespace();
    let (range, rights) = (fields.next()?, fields.next()?);
    if rights != "r-xp" || !fields.nth(3)?.starts_with('/') {
        return None;
    }
    let (start, end) = range.split_once('-')?;
    Some((usize::from_str_radix(start, 16).ok()?, usize::from_str_radix(end, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_of_files() {
        assert_eq!(code("55d0-55e0 r-xp 00002000 fe:01 123                        /usr/bin/inzage"), Some((0x55d0, 0x55e0)));
        for other in
            ["55d0-55e0 r--p 0 fe:01 123 /usr/bin/inzage", "55d0-55e0 rwxp 0 fe:01 123 /x", "55d0-55e0 r-xp 0 00:00 0 [vdso]", "55d0-55e0 r-xp 0 00:00 0", ""]
        {
            assert_eq!(code(other), None, "{other}");
        }
    }

    #[test]
    fn the_program_goes_on() {
        let before = vec![7_u8; 1 << 20];
        give_memory_back();
        assert!(before.iter().all(|byte| *byte == 7));
    }
}
