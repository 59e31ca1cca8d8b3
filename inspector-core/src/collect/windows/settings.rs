//! Settings of Windows with which others can look along or take over: Remote Desktop and Remote Assistance.

use crate::collect::log::Log;
use crate::collect::registry::Unseen;
use crate::collect::{Collected, Context};
use crate::facts::{Fact, Setting};
use crate::inventory::Source;

const POLICY: &str = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services";
const USER_POLICY: &str = "HKCU\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services";
const TERMINAL_SERVER: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server";
const REMOTE_ASSISTANCE: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Remote Assistance";

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::SystemSettings);
    let desktop = InForce::read(&mut log, &[POLICY, TERMINAL_SERVER], "fDenyTSConnections");
    let is_reachable = desktop.number.map(|denied| denied == Some(0));
    let shadow = InForce::read(&mut log, &[POLICY, USER_POLICY], "Shadow");
    // 0 not at all; 1 to control and 3 to view, if the worker agrees, and 2 and 4 without asking. Without a policy it is 1.
    let is_shadowed = shadow.number.and_then(|rule| Ok(is_reachable? && (1..=4).contains(&rule.unwrap_or(1))));
    let is_unasked = shadow.number.map(|rule| matches!(rule, Some(2 | 4)));
    let assistance = InForce::read(&mut log, &[POLICY, REMOTE_ASSISTANCE], "fAllowToGetHelp");
    let offered = InForce::read(&mut log, &[POLICY], "fAllowUnsolicited");
    let is_one = |setting: &InForce| setting.number.map(|number| number == Some(1));
    let facts = vec![
        setting("remote-desktop", is_reachable.ok(), &desktop.place),
        setting("remote-desktop-shadow", is_shadowed.ok(), &shadow.place),
        setting("remote-desktop-shadow-without-consent", is_unasked.ok(), &shadow.place),
        // So that somebody can help who was asked to; Windows comes like this.
        setting("remote-assistance", is_one(&assistance).ok(), &assistance.place),
        setting("remote-assistance-unsolicited", is_one(&offered).ok(), &offered.place),
    ];
    super::finish(context, log, facts)
}

/// A number that several keys may set.
struct InForce {
    number: Result<Option<u64>, Unseen>,
    /// The value in force; where none is, the one that would be.
    place: String,
}

impl InForce {
    /// The first key that has the number goes before the others. One that cannot be seen may have it, so then nobody knows.
    fn read(log: &mut Log, keys: &[&str], name: &str) -> Self {
        let mut place = String::new();
        for key in keys {
            place = format!("{key}\\{name}");
            match log.seen_values(key).and_then(|values| values.seen_number(log, name)) {
                Ok(None) => {}
                number => return Self { number, place },
            }
        }
        Self { number: Ok(None), place }
    }
}

/// A fact on one setting.
pub(super) fn setting(name: &str, on: Option<bool>, place: &str) -> Fact {
    Setting { name: name.into(), on, place: place.into() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::{ReasonCode, Status};

    /// A Windows as it comes.
    fn fixture() -> Fixture {
        with_remote_desktop(false)
    }

    fn with_remote_desktop(on: bool) -> Fixture {
        let fixture = Fixture::new().key("HKLM\\SOFTWARE").key("HKCU\\SOFTWARE").number(REMOTE_ASSISTANCE, "fAllowToGetHelp", 1);
        fixture.number(TERMINAL_SERVER, "fDenyTSConnections", u64::from(!on))
    }

    fn on(collected: &Collected) -> Vec<Option<bool>> {
        collected.facts.iter().map(|fact| if let Fact::Setting(setting) = fact { setting.on } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn settings_of_remote_desktop_and_assistance() {
        let (yes, no) = (Some(true), Some(false));
        let usual = fixture().collect_windows(collect);
        assert_eq!(on(&usual), [no, no, no, yes, no]);
        assert_eq!(usual.of(Source::SystemSettings), (Status::Full, None));
        let switched_on = with_remote_desktop(true).collect_windows(collect);
        assert_eq!(on(&switched_on), [yes, yes, no, yes, no], "without a rule shadowing needs consent");
        assert_eq!(switched_on.facts[0].place(), format!("{TERMINAL_SERVER}\\fDenyTSConnections"));
        let by_policy = fixture().number(POLICY, "fDenyTSConnections", 0).number(USER_POLICY, "Shadow", 4).number(POLICY, "fAllowUnsolicited", 1);
        let by_policy = by_policy.number(POLICY, "fAllowToGetHelp", 0).collect_windows(collect);
        assert_eq!(on(&by_policy), [yes, yes, yes, no, yes]);
        assert_eq!(by_policy.facts[0].place(), format!("{POLICY}\\fDenyTSConnections"));
        for (rule, expected) in [(0, [no, no]), (1, [yes, no]), (2, [yes, yes]), (3, [yes, no]), (4, [yes, yes]), (9, [no, no])] {
            let fixture = with_remote_desktop(true).number(POLICY, "Shadow", rule).number(USER_POLICY, "Shadow", 2);
            assert_eq!(on(&fixture.collect_windows(collect))[1..3], expected, "{rule}");
        }
    }

    #[test]
    fn absent_denied_and_malformed() {
        let absent = Fixture::new().collect_windows(collect);
        assert_eq!(on(&absent), [None; 5], "without a hive nothing is known");
        assert_eq!(absent.of(Source::SystemSettings), (Status::Full, Some(ReasonCode::Absent)));
        let denied = fixture().key(POLICY).deny_key(POLICY).collect_windows(collect);
        assert_eq!(on(&denied), [None; 5]);
        assert_eq!(denied.of(Source::SystemSettings), (Status::None, Some(ReasonCode::PermissionDenied)));
        let wrong = fixture().text(POLICY, "Shadow", "2").collect_windows(collect);
        assert_eq!(on(&wrong), [Some(false), None, None, Some(true), Some(false)]);
        assert_eq!(wrong.of(Source::SystemSettings), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
