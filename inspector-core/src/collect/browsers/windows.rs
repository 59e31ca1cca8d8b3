//! Where browsers keep things on Windows: installed for everybody or for one user, or from the Store.

use super::{Browser, FIREFOX};

const CHROME_POLICIES: &[&str] = &["Google\\Chrome"];
const CHROME_HOSTS: &[&str] = &["Google\\Chrome\\NativeMessagingHosts"];
const EDGE_POLICIES: &[&str] = &["Microsoft\\Edge"];
const EDGE_HOSTS: &[&str] = &["Microsoft\\Edge\\NativeMessagingHosts"];
const EDGE_EXTERNAL: &[&str] = &["Microsoft\\Edge\\Extensions"];
const BRAVE_POLICIES: &[&str] = &["BraveSoftware\\Brave"];
const BRAVE_HOSTS: &[&str] = &["BraveSoftware\\Brave-Browser\\NativeMessagingHosts"];
/// What is made from Firefox looks here too, whatever its name is.
const FIREFOX_HOSTS: &[&str] = &["Mozilla\\NativeMessagingHosts"];

/// Extensions that other programs announce are read from Google's key, whatever the browser's own name is; only Edge has another.
const CHROMIUM: Browser = Browser { external_keys: &["Google\\Chrome\\Extensions"], ..super::CHROMIUM };
const CHROME: Browser = Browser { policy_keys: CHROME_POLICIES, host_keys: CHROME_HOSTS, ..CHROMIUM };
const EDGE: Browser = Browser { policy_keys: EDGE_POLICIES, host_keys: EDGE_HOSTS, external_keys: EDGE_EXTERNAL, ..CHROMIUM };
const BRAVE: Browser = Browser { policy_keys: BRAVE_POLICIES, host_keys: BRAVE_HOSTS, ..CHROMIUM };
/// No keys of Opera's for policies are documented, and programs that extensions talk to register as with Chrome.
const OPERA: Browser = Browser { one_profile: true, ..CHROMIUM };

/// The browsers, the usual channel of each first: what several channels read is told of the first.
pub(super) const BROWSERS: &[Browser] = &[
    Browser { name: "Chrome", data: &["~/AppData/Local/Google/Chrome/User Data"], ..CHROME },
    Browser { name: "Chrome Beta", data: &["~/AppData/Local/Google/Chrome Beta/User Data"], ..CHROME },
    Browser { name: "Chrome Dev", data: &["~/AppData/Local/Google/Chrome Dev/User Data"], ..CHROME },
    Browser { name: "Chrome Canary", data: &["~/AppData/Local/Google/Chrome SxS/User Data"], ..CHROME },
    Browser {
        name: "Chromium",
        data: &["~/AppData/Local/Chromium/User Data"],
        policy_keys: &["Chromium"],
        host_keys: &["Chromium\\NativeMessagingHosts"],
        ..CHROMIUM
    },
    Browser { name: "Edge", data: &["~/AppData/Local/Microsoft/Edge/User Data"], ..EDGE },
    Browser { name: "Edge Beta", data: &["~/AppData/Local/Microsoft/Edge Beta/User Data"], ..EDGE },
    Browser { name: "Edge Dev", data: &["~/AppData/Local/Microsoft/Edge Dev/User Data"], ..EDGE },
    Browser { name: "Edge Canary", data: &["~/AppData/Local/Microsoft/Edge SxS/User Data"], ..EDGE },
    Browser { name: "Brave", data: &["~/AppData/Local/BraveSoftware/Brave-Browser/User Data"], ..BRAVE },
    Browser { name: "Brave Beta", data: &["~/AppData/Local/BraveSoftware/Brave-Browser-Beta/User Data"], ..BRAVE },
    Browser { name: "Brave Nightly", data: &["~/AppData/Local/BraveSoftware/Brave-Browser-Nightly/User Data"], ..BRAVE },
    Browser {
        name: "Vivaldi",
        data: &["~/AppData/Local/Vivaldi/User Data"],
        policy_keys: &["Vivaldi"],
        host_keys: &["Vivaldi\\NativeMessagingHosts"],
        ..CHROMIUM
    },
    Browser {
        name: "Opera",
        data: &[
            "~/AppData/Roaming/Opera Software/Opera Stable",
            "~/AppData/Roaming/Opera Software/Opera Next",
            "~/AppData/Roaming/Opera Software/Opera Developer",
        ],
        ..OPERA
    },
    Browser {
        name: "Opera GX",
        data: &["~/AppData/Roaming/Opera Software/Opera GX Stable", "~/AppData/Roaming/Opera Software/Opera GX Stable/_side_profiles/*"],
        ..OPERA
    },
    Browser { name: "Yandex", data: &["~/AppData/Local/Yandex/YandexBrowser/User Data"], policy_keys: &["YandexBrowser"], ..CHROMIUM },
    Browser { name: "Arc", data: &["~/AppData/Local/Packages/TheBrowserCompany.Arc_ttt1ap7aakyb4/LocalCache/Local/Arc/User Data"], ..CHROMIUM },
    Browser { name: "Comet", data: &["~/AppData/Local/Perplexity/Comet/User Data"], ..CHROMIUM },
    Browser {
        // All channels: each has profiles of its own in the same folder.
        name: "Firefox",
        data: &["~/AppData/Roaming/Mozilla/Firefox", "~/AppData/Local/Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/Mozilla/Firefox"],
        policies: &[
            "%programfiles%/Mozilla Firefox/distribution/policies.json",
            "%programfiles(x86)%/Mozilla Firefox/distribution/policies.json",
            "%programfiles%/Mozilla Firefox ESR/distribution/policies.json",
            "%programfiles%/Firefox Developer Edition/distribution/policies.json",
            "%programfiles%/Firefox Nightly/distribution/policies.json",
            // Where the installer puts it when the worker may not write to the folder of programs.
            "~/AppData/Local/Mozilla Firefox/distribution/policies.json",
        ],
        policy_keys: &["Mozilla\\Firefox"],
        host_keys: FIREFOX_HOSTS,
        external_keys: &["Mozilla\\Firefox\\Extensions"],
        ..FIREFOX
    },
    Browser {
        name: "LibreWolf",
        data: &["~/AppData/Roaming/librewolf"],
        policies: &["%programfiles%/LibreWolf/distribution/policies.json", "%programfiles(x86)%/LibreWolf/distribution/policies.json"],
        policy_keys: &["Mozilla\\LibreWolf"],
        host_keys: FIREFOX_HOSTS,
        ..FIREFOX
    },
    Browser {
        name: "Zen",
        data: &["~/AppData/Roaming/zen"],
        policies: &["%programfiles%/Zen Browser/distribution/policies.json"],
        policy_keys: &["Mozilla\\Zen"],
        host_keys: FIREFOX_HOSTS,
        ..FIREFOX
    },
    Browser {
        name: "Waterfox",
        data: &["~/AppData/Roaming/Waterfox"],
        policies: &["%programfiles%/Waterfox/distribution/policies.json"],
        policy_keys: &["BrowserWorks\\Waterfox", "Mozilla\\Waterfox"],
        host_keys: FIREFOX_HOSTS,
        ..FIREFOX
    },
];
