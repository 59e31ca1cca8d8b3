//! Root certificates that somebody made this Mac trust.

use security_framework::trust_settings::{Domain, TrustSettings, TrustSettingsForCertificate};

use crate::{Refused, Root};

/// The certificates that trust settings of administrators, configuration profiles and this account trust for websites. Apple's own are in a list of
/// their own and not among them. Every macOS has it (10.5 and later), and it needs no right.
///
/// Not shown: since when, and by whom.
///
/// To try on a Mac: trust a certificate of one's own in Keychain Access; it must be told, and no more when its trust is taken away.
pub fn trusted_roots() -> Result<Vec<Root>, Refused> {
    let mut roots = Vec::new();
    for (domain, of_user) in [(Domain::Admin, false), (Domain::User, true)] {
        let settings = TrustSettings::new(domain);
        for certificate in settings.iter().map_err(|_| Refused::Failed)? {
            // Without settings of its own a certificate in the list is trusted for everything.
            let trust = settings.tls_trust_settings_for_certificate(&certificate).map_err(|_| Refused::Failed)?;
            let trust = trust.unwrap_or(TrustSettingsForCertificate::TrustRoot);
            if matches!(trust, TrustSettingsForCertificate::TrustRoot | TrustSettingsForCertificate::TrustAsRoot) {
                roots.push(Root { certificate: certificate.to_der(), of_user });
            }
        }
    }
    Ok(roots)
}
