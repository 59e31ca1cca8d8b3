//! Collectors that are asked again and again for nothing wait longer and longer: a browser writes its profile all the time.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use inzage_core::collect::Collectors;

/// How often one may look for nothing before it waits: installing a program changes many files, and the last matters.
const FREE: u32 = 8;
/// The longest wait.
const LONGEST: Duration = Duration::from_mins(1);

/// Which collectors wait, and until when.
#[derive(Default)]
pub(super) struct BackingOff {
    waiting: HashMap<Collectors, (u32, Instant)>,
}

impl BackingOff {
    /// Those that need not wait.
    pub(super) fn due(&self, stale: Collectors, now: Instant) -> Collectors {
        // Everything is looked at because somebody asked, or because it is time.
        if stale == Collectors::ALL {
            return stale;
        }
        self.waiting.iter().filter(|(_, (_, until))| *until > now).fold(stale, |due, (one, _)| due.without(*one))
    }

    /// Takes account of a look.
    pub(super) fn note(&mut self, ran: Collectors, changed: Collectors, now: Instant) {
        // Whoever was left in peace for long begins anew.
        self.waiting.retain(|_, (_, until)| now < *until + LONGEST);
        for one in ran.each() {
            if !one.both(changed).is_empty() {
                self.waiting.remove(&one);
                continue;
            }
            let (for_nothing, until) = self.waiting.entry(one).or_insert((0, now));
            *for_nothing += 1;
            let seconds = for_nothing.checked_sub(FREE).map_or(0, |over| 1 << over.min(6));
            *until = now + Duration::from_secs(seconds).min(LONGEST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_looks_for_nothing_waits() {
        let [one, other] = Collectors::ALL.each().take(2).collect::<Vec<_>>()[..] else { panic!() };
        let both = one.and(other);
        let (mut backing_off, mut now) = (BackingOff::default(), Instant::now());
        let mut looks = 0;
        for _ in 0..1_200 {
            now += Duration::from_millis(500);
            let due = backing_off.due(both, now);
            assert_eq!(due.both(other), other, "it finds something each time");
            looks += usize::from(!due.both(one).is_empty());
            backing_off.note(due, other, now);
        }
        assert!((20..30).contains(&looks), "{looks} looks in ten minutes");
        assert_eq!(backing_off.due(Collectors::ALL, now), Collectors::ALL);
        now += 2 * LONGEST + Duration::from_secs(1);
        backing_off.note(one, Collectors::NONE, now);
        assert_eq!(backing_off.due(both, now), both, "it was left in peace");
    }
}
