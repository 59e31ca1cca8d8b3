//! The two calls to a running Linux that have no safe library: keeping memory together, and giving it back.
#![cfg(target_os = "linux")]

/// All threads share one heap from now on, if no other has begun yet. Usually each has one of its own, with free memory in each that no other uses; that is
/// for programs whose threads allocate all the time.
pub fn keep_memory_together() {
    #[cfg(target_env = "gnu")]
    // SAFETY: takes two numbers; a call that fails changes nothing.
    let _ = unsafe { libc::mallopt(libc::M_ARENA_MAX, 1) };
}

/// Gives back what this program has freed and does not need while it waits.
pub fn give_memory_back() {
    #[cfg(target_env = "gnu")]
    // SAFETY: takes a number; what is in use is not touched.
    let _ = unsafe { libc::malloc_trim(0) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_goes_on() {
        keep_memory_together();
        let before = std::thread::spawn(|| vec![7_u8; 1 << 20]).join().unwrap_or_default();
        give_memory_back();
        assert_eq!(before.len(), 1 << 20);
        assert!(before.iter().all(|byte| *byte == 7));
    }
}
