//! Whether somebody manages the computer: enrolment, joining, onboarding.
//!
//! Only whether is kept. The keys hold the worker's account and the name of the organisation, which nobody needs to know here; the numbers
//! of an enrolment name the computer, so a fact's place is the key above them.

use super::settings::setting;
use crate::collect::log::Log;
use crate::collect::registry::Unseen;
use crate::collect::{Collected, Context};
use crate::inventory::Source;

const ENROLMENTS: &str = "HKLM\\SOFTWARE\\Microsoft\\Enrollments";
const ENTRA_JOIN: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo";
const WORKPLACE_ACCOUNT: &str = "HKCU\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\WorkplaceJoin\\JoinInfo";
const NETLOGON: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon";
const TCPIP: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";
const DEFENDER: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows Advanced Threat Protection\\Status";
const CONFIGURATION_MANAGER: &str = "HKLM\\SOFTWARE\\Microsoft\\SMS\\Mobile Client";

/// What Windows itself is called in its enrolments, or an account that manages nothing.
const OF_WINDOWS: [&str; 8] = [
    "Local Authority",
    "Cloud Authority",
    "Deploy Authority",
    "SC Authority",
    "Local_Management",
    "WMI_Bridge_Server",
    "WMI_Bridge_SCCM_Server",
    "MS Work Account",
];

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::DeviceManagement);
    let (by_any, by_intune) = enrolled(&mut log);
    let told = |name: &str, is_on: Result<bool, Unseen>, place: &str| setting(name, is_on.ok(), place);
    let facts = vec![
        told("mdm-enrolment", by_any, ENROLMENTS),
        told("intune-enrolment", by_intune, ENROLMENTS),
        told("entra-join", has_keys(&mut log, ENTRA_JOIN), ENTRA_JOIN),
        told("workplace-account", has_keys(&mut log, WORKPLACE_ACCOUNT), WORKPLACE_ACCOUNT),
        told("domain-join", in_domain(&mut log), NETLOGON),
        told("defender-for-endpoint", is_onboarded(&mut log), DEFENDER),
        told("configmgr-client", has_site(&mut log), CONFIGURATION_MANAGER),
    ];
    super::finish(context, log, facts)
}

/// Whether the computer is enrolled with a management server, and whether that is Intune.
fn enrolled(log: &mut Log) -> (Result<bool, Unseen>, Result<bool, Unseen>) {
    const ENROLLED: u64 = 1;
    let Ok(enrolments) = log.seen_keys(ENROLMENTS) else { return (Err(Unseen), Err(Unseen)) };
    let (mut by_any, mut by_intune, mut all_seen) = (false, false, true);
    for enrolment in enrolments {
        let server = log.seen_values(&format!("{ENROLMENTS}\\{enrolment}")).and_then(|values| {
            let server = values.seen_text(log, "ProviderID")?.map(str::to_owned);
            // Every Windows has keys here of its own, some with a name of their own: none has an account or the address of a server.
            let is_somebodys = values.seen_text(log, "UPN")?.is_some() || values.seen_text(log, "DiscoveryServiceFullURL")?.is_some();
            let is_own = |server: &str| OF_WINDOWS.iter().any(|own| server.eq_ignore_ascii_case(own));
            Ok(server.filter(|server| is_somebodys && !is_own(server) && values.number(log, "EnrollmentState") == Some(ENROLLED)))
        });
        match server {
            Ok(server) => {
                by_any |= server.is_some();
                by_intune |= server.is_some_and(|server| server.eq_ignore_ascii_case("MS DM Server"));
            }
            Err(Unseen) => all_seen = false,
        }
    }
    let told = |found| if found || all_seen { Ok(found) } else { Err(Unseen) };
    (told(by_any), told(by_intune))
}

fn has_keys(log: &mut Log, key: &str) -> Result<bool, Unseen> {
    Ok(!log.seen_keys(key)?.is_empty())
}

/// Joining a domain sets the service that speaks to it to start by itself, and gives the computer the domain's suffix; leaving undoes
/// both. Either alone may have been set by hand.
fn in_domain(log: &mut Log) -> Result<bool, Unseen> {
    const BY_ITSELF: u64 = 2;
    let start = log.seen_values(NETLOGON)?.seen_number(log, "Start")?;
    let parameters = log.seen_values(TCPIP)?;
    let has_suffix = parameters.seen_text(log, "Domain")?.is_some() || parameters.seen_text(log, "NV Domain")?.is_some();
    Ok(start == Some(BY_ITSELF) && has_suffix)
}

/// The service of Defender for Endpoint is on every Windows; it reports to somebody only once the computer was onboarded.
fn is_onboarded(log: &mut Log) -> Result<bool, Unseen> {
    Ok(log.seen_values(DEFENDER)?.seen_number(log, "OnboardingState")? == Some(1))
}

fn has_site(log: &mut Log) -> Result<bool, Unseen> {
    Ok(log.seen_values(CONFIGURATION_MANAGER)?.seen_text(log, "AssignedSiteCode")?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::{ReasonCode, Status};

    const INTUNE: &str = "HKLM\\SOFTWARE\\Microsoft\\Enrollments\\{11111111-2222-3333-4444-555555555555}";

    /// A Windows that nobody manages.
    fn fixture() -> Fixture {
        Fixture::new()
            .number(&format!("{ENROLMENTS}\\{{STUB}}"), "EnrollmentState", 1)
            .number(&format!("{ENROLMENTS}\\{{OWN}}"), "EnrollmentState", 1)
            .text(&format!("{ENROLMENTS}\\{{OWN}}"), "ProviderID", "Local Authority")
            .number(&format!("{ENROLMENTS}\\{{NOBODY}}"), "EnrollmentState", 1)
            .text(&format!("{ENROLMENTS}\\{{NOBODY}}"), "ProviderID", "Some Authority")
            .text(TCPIP, "Domain", "")
            .number(NETLOGON, "Start", 3)
            .key("HKCU\\SOFTWARE")
    }

    fn on(collected: &Collected, name: &str) -> Option<bool> {
        let mut settings = collected.facts.iter().map(|fact| if let Fact::Setting(setting) = fact { setting } else { panic!("{fact:?}") });
        settings.find(|setting| setting.name == name).unwrap().on
    }

    #[test]
    fn nobody_manages_it() {
        let collected = fixture().collect_windows(collect);
        assert_eq!(collected.facts.len(), 7);
        assert!(collected.facts.iter().all(|fact| matches!(fact, Fact::Setting(setting) if setting.on == Some(false))), "{:?}", collected.facts);
        assert_eq!(collected.of(Source::DeviceManagement), (Status::Full, None));
    }

    #[test]
    fn every_way_of_managing() {
        let collected = fixture()
            .text(INTUNE, "ProviderID", "MS DM Server")
            .number(INTUNE, "EnrollmentState", 1)
            .text(INTUNE, "UPN", "anna@acme.example")
            .text(&format!("{ENTRA_JOIN}\\AABB"), "TenantId", "1234")
            .text(&format!("{WORKPLACE_ACCOUNT}\\AABB"), "UserEmail", "anna@acme.example")
            .text(TCPIP, "NV Domain", "acme.example")
            .number("HKLM\\SYSTEM\\CurrentControlSet\\Services\\Other", "Start", 2)
            .number(DEFENDER, "OnboardingState", 1)
            .text(CONFIGURATION_MANAGER, "AssignedSiteCode", "A01")
            .collect_windows(collect);
        for name in ["mdm-enrolment", "intune-enrolment", "entra-join", "workplace-account", "defender-for-endpoint", "configmgr-client"] {
            assert_eq!(on(&collected, name), Some(true), "{name}");
        }
        assert_eq!(on(&collected, "domain-join"), Some(false), "a suffix alone is no domain");
        let told = serde_json::to_string(&collected.facts).unwrap();
        assert!(!["anna", "acme", "1234", "1111", "AABB", "A01"].iter().any(|secret| told.contains(secret)), "{told}");
        let joined = Fixture::new().text(TCPIP, "Domain", "acme.example").number(NETLOGON, "Start", 2).collect_windows(collect);
        assert_eq!(on(&joined, "domain-join"), Some(true));
        // Another server than Intune, and one that was left again.
        let other = fixture()
            .text(INTUNE, "DiscoveryServiceFullURL", "https://mdm.example/")
            .text(INTUNE, "ProviderID", "Acme")
            .number(INTUNE, "EnrollmentState", 1)
            .collect_windows(collect);
        assert_eq!((on(&other, "mdm-enrolment"), on(&other, "intune-enrolment")), (Some(true), Some(false)));
        let left = fixture()
            .text(INTUNE, "UPN", "anna@acme.example")
            .text(INTUNE, "ProviderID", "MS DM Server")
            .number(INTUNE, "EnrollmentState", 0)
            .collect_windows(collect);
        assert_eq!((on(&left, "mdm-enrolment"), on(&left, "intune-enrolment")), (Some(false), Some(false)));
    }

    #[test]
    fn absent_denied_and_malformed() {
        let absent = Fixture::new().collect_windows(collect);
        assert_eq!(on(&absent, "mdm-enrolment"), None, "without a hive nothing is known");
        assert_eq!(absent.of(Source::DeviceManagement), (Status::Full, Some(ReasonCode::Absent)));
        let denied = fixture().key(INTUNE).deny_key(INTUNE).collect_windows(collect);
        assert_eq!((on(&denied, "intune-enrolment"), on(&denied, "entra-join")), (None, Some(false)));
        assert_eq!(denied.of(Source::DeviceManagement), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        let wrong = fixture().text(DEFENDER, "OnboardingState", "1").number(CONFIGURATION_MANAGER, "AssignedSiteCode", 1).collect_windows(collect);
        assert_eq!((on(&wrong, "defender-for-endpoint"), on(&wrong, "configmgr-client")), (None, None));
        assert_eq!(wrong.of(Source::DeviceManagement), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(fixture().homeless().collect_windows(collect).of(Source::DeviceManagement).1, Some(ReasonCode::NoHome));
    }
}
