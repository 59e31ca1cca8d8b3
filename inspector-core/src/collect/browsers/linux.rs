//! Where browsers keep things on Linux: installed by the distribution or the maker, as a flatpak, or as a snap.

use super::{Browser, CHROMIUM, FIREFOX};

const CHROME_POLICIES: &[&str] = &["/etc/opt/chrome/policies"];
const CHROME_HOSTS: &[&str] = &["/etc/opt/chrome/native-messaging-hosts"];
const EDGE_POLICIES: &[&str] = &["/etc/opt/edge/policies"];
const EDGE_HOSTS: &[&str] = &["/etc/opt/edge/native-messaging-hosts"];
const EDGE_EXTERNAL: &[&str] = &["/usr/share/microsoft-edge/extensions", "/opt/microsoft/msedge/extensions"];
const BRAVE_POLICIES: &[&str] = &["/etc/brave/policies"];
const VIVALDI_POLICIES: &[&str] = &["/etc/vivaldi/policies", "/etc/opt/vivaldi/policies"];
const VIVALDI_HOSTS: &[&str] = &["/etc/vivaldi/native-messaging-hosts", "/etc/opt/vivaldi/native-messaging-hosts"];
const OPERA_POLICIES: &[&str] = &["/etc/opera/policies", "/etc/opt/opera/policies"];
/// Browsers that are made from Chromium without a brand of Google's read its folders.
const CHROMIUM_EXTERNAL: &[&str] =
    &["/usr/share/chromium/extensions", "/usr/share/chromium-browser/extensions", "/usr/lib/chromium/extensions", "/usr/lib/chromium-browser/extensions"];
/// Where each flatpak is given policies: its sandbox does not show /etc. An administrator's own folder, then what flatpak installed.
const CHROMIUM_POLICIES: &[&str] = &[
    "/etc/chromium/policies",
    "/etc/chromium-browser/policies",
    "/var/lib/flatpak/extension/org.chromium.Chromium.*/*/*/policies",
    "/var/lib/flatpak/runtime/org.chromium.Chromium.Policy*/*/*/active/files/policies",
    "~/.local/share/flatpak/extension/org.chromium.Chromium.*/*/*/policies",
];
const FIREFOX_POLICIES: &[&str] = &[
    "/etc/firefox/policies/policies.json",
    "/etc/firefox-esr/policies/policies.json",
    "/usr/lib/firefox/distribution/policies.json",
    "/usr/lib/firefox-esr/distribution/policies.json",
    "/usr/lib64/firefox/distribution/policies.json",
    "/usr/lib64/firefox-esr/distribution/policies.json",
    "/usr/local/lib/firefox/distribution/policies.json",
    "/opt/firefox/distribution/policies.json",
    "/opt/firefox-esr/distribution/policies.json",
    "/snap/firefox/current/usr/lib/firefox/distribution/policies.json",
    "/var/lib/flatpak/extension/org.mozilla.firefox.systemconfig/*/*/policies/policies.json",
    "~/.local/share/flatpak/extension/org.mozilla.firefox.systemconfig/*/*/policies/policies.json",
];

/// The browsers, the usual channel of each first: what several channels read is told of the first.
pub(super) const BROWSERS: &[Browser] = &[
    Browser {
        name: "Chrome",
        data: &["~/.config/google-chrome", "~/.var/app/com.google.Chrome/config/google-chrome"],
        policies: CHROME_POLICIES,
        hosts: CHROME_HOSTS,
        external: &["/usr/share/google-chrome/extensions", "/opt/google/chrome/extensions"],
        nss: &["~/.var/app/com.google.Chrome/.pki/nssdb", "~/.var/app/com.google.Chrome/data/pki/nssdb"],
        ..CHROMIUM
    },
    Browser {
        name: "Chrome Beta",
        data: &["~/.config/google-chrome-beta"],
        policies: CHROME_POLICIES,
        hosts: CHROME_HOSTS,
        external: &["/usr/share/google-chrome/extensions", "/opt/google/chrome-beta/extensions"],
        ..CHROMIUM
    },
    Browser {
        name: "Chrome Unstable",
        data: &["~/.config/google-chrome-unstable", "~/.var/app/com.google.ChromeDev/config/google-chrome-unstable"],
        policies: CHROME_POLICIES,
        hosts: CHROME_HOSTS,
        external: &["/usr/share/google-chrome/extensions", "/opt/google/chrome-unstable/extensions"],
        ..CHROMIUM
    },
    Browser {
        name: "Chromium",
        data: &[
            "~/.config/chromium",
            "~/.var/app/org.chromium.Chromium/config/chromium",
            "~/snap/chromium/common/chromium",
            "~/snap/chromium/current/.config/chromium",
        ],
        policies: CHROMIUM_POLICIES,
        hosts: &["/etc/chromium/native-messaging-hosts", "/etc/chromium-browser/native-messaging-hosts", "/usr/lib/chromium/native-messaging-hosts"],
        external: CHROMIUM_EXTERNAL,
        // The first two are read by every browser made from Chromium.
        nss: &[
            "~/.pki/nssdb",
            "~/.local/share/pki/nssdb",
            "~/.var/app/org.chromium.Chromium/.pki/nssdb",
            "~/.var/app/org.chromium.Chromium/data/pki/nssdb",
            "~/snap/chromium/current/.pki/nssdb",
            "~/snap/chromium/current/.local/share/pki/nssdb",
        ],
        ..CHROMIUM
    },
    Browser {
        name: "Edge",
        data: &["~/.config/microsoft-edge", "~/.var/app/com.microsoft.Edge/config/microsoft-edge"],
        policies: EDGE_POLICIES,
        hosts: EDGE_HOSTS,
        external: EDGE_EXTERNAL,
        nss: &["~/.var/app/com.microsoft.Edge/.pki/nssdb", "~/.var/app/com.microsoft.Edge/data/pki/nssdb"],
        ..CHROMIUM
    },
    Browser { name: "Edge Beta", data: &["~/.config/microsoft-edge-beta"], policies: EDGE_POLICIES, hosts: EDGE_HOSTS, external: EDGE_EXTERNAL, ..CHROMIUM },
    Browser {
        name: "Edge Dev",
        data: &["~/.config/microsoft-edge-dev", "~/.var/app/com.microsoft.EdgeDev/config/microsoft-edge-dev"],
        policies: EDGE_POLICIES,
        hosts: EDGE_HOSTS,
        external: EDGE_EXTERNAL,
        ..CHROMIUM
    },
    Browser {
        name: "Brave",
        data: &[
            "~/.config/BraveSoftware/Brave-Browser",
            "~/.config/BraveSoftware/Brave-Origin",
            "~/.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
            "~/snap/brave/current/.config/BraveSoftware/Brave-Browser",
        ],
        policies: BRAVE_POLICIES,
        external: CHROMIUM_EXTERNAL,
        nss: &["~/.var/app/com.brave.Browser/.pki/nssdb", "~/.var/app/com.brave.Browser/data/pki/nssdb", "~/snap/brave/current/.pki/nssdb"],
        ..CHROMIUM
    },
    Browser { name: "Brave Beta", data: &["~/.config/BraveSoftware/Brave-Browser-Beta"], policies: BRAVE_POLICIES, external: CHROMIUM_EXTERNAL, ..CHROMIUM },
    Browser {
        name: "Brave Nightly",
        data: &["~/.config/BraveSoftware/Brave-Browser-Nightly"],
        policies: BRAVE_POLICIES,
        external: CHROMIUM_EXTERNAL,
        ..CHROMIUM
    },
    Browser {
        name: "Vivaldi",
        data: &["~/.config/vivaldi", "~/.config/vivaldi-snapshot", "~/.var/app/com.vivaldi.Vivaldi/config/vivaldi", "~/snap/vivaldi/current/.config/vivaldi"],
        policies: VIVALDI_POLICIES,
        hosts: VIVALDI_HOSTS,
        external: CHROMIUM_EXTERNAL,
        nss: &["~/.var/app/com.vivaldi.Vivaldi/.pki/nssdb", "~/.var/app/com.vivaldi.Vivaldi/data/pki/nssdb"],
        ..CHROMIUM
    },
    Browser {
        name: "Opera",
        data: &[
            "~/.config/opera",
            "~/.config/opera-beta",
            "~/.config/opera-developer",
            "~/.var/app/com.opera.Opera/config/opera",
            "~/snap/opera/current/.config/opera",
        ],
        one_profile: true,
        policies: OPERA_POLICIES,
        nss: &["~/.var/app/com.opera.Opera/.pki/nssdb", "~/snap/opera/current/.pki/nssdb"],
        ..CHROMIUM
    },
    Browser {
        name: "Firefox",
        data: &[
            "~/.mozilla/firefox",
            // New profiles since 147.
            "~/.config/mozilla/firefox",
            "~/snap/firefox/common/.mozilla/firefox",
            "~/snap/firefox/common/.config/mozilla/firefox",
            "~/.var/app/org.mozilla.firefox/.mozilla/firefox",
            "~/.var/app/org.mozilla.firefox/config/mozilla/firefox",
            "~/.var/app/org.mozilla.firefox/.config/mozilla/firefox",
        ],
        policies: FIREFOX_POLICIES,
        hosts: &[
            "/usr/lib/mozilla/native-messaging-hosts",
            "/usr/lib64/mozilla/native-messaging-hosts",
            "/usr/share/mozilla/native-messaging-hosts",
            "~/.mozilla/native-messaging-hosts",
            "~/.config/mozilla/native-messaging-hosts",
            "~/.var/app/org.mozilla.firefox/.mozilla/native-messaging-hosts",
            "~/snap/firefox/common/.mozilla/native-messaging-hosts",
        ],
        ..FIREFOX
    },
    Browser {
        name: "LibreWolf",
        data: &[
            "~/.librewolf",
            "~/.config/librewolf/librewolf",
            "~/.var/app/io.gitlab.librewolf-community/.librewolf",
            "~/.var/app/io.gitlab.librewolf-community/config/librewolf/librewolf",
        ],
        policies: &[
            "/etc/librewolf/policies/policies.json",
            "/usr/lib/librewolf/distribution/policies.json",
            "/usr/lib64/librewolf/distribution/policies.json",
            "/usr/share/librewolf/distribution/policies.json",
            "/opt/librewolf/distribution/policies.json",
        ],
        hosts: &["/usr/lib/librewolf/native-messaging-hosts", "~/.librewolf/native-messaging-hosts"],
        ..FIREFOX
    },
];
