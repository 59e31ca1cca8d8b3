//! Where browsers keep things on macOS. Policies are managed preferences there. A browser also takes what lies in its own preferences as a
//! recommendation; that cannot be told from its own settings, and is not read.

use super::Browser;

const CHROME_HOSTS: &[&str] = &["/Library/Google/Chrome/NativeMessagingHosts"];
const CHROME_EXTERNAL: &[&str] = &["/Library/Application Support/Google/Chrome/External Extensions"];
const EDGE_HOSTS: &[&str] = &["/Library/Microsoft/Edge/NativeMessagingHosts"];
const EDGE_EXTERNAL: &[&str] = &["/Library/Application Support/Microsoft Edge/External Extensions"];
const FIREFOX_HOSTS: &[&str] = &["/Library/Application Support/Mozilla/NativeMessagingHosts", "~/Library/Application Support/Mozilla/NativeMessagingHosts"];

const CHROME: Browser = Browser { hosts: CHROME_HOSTS, external: CHROME_EXTERNAL, ..super::CHROMIUM };
const EDGE: Browser = Browser { hosts: EDGE_HOSTS, external: EDGE_EXTERNAL, ..super::CHROMIUM };
const BRAVE: Browser = super::CHROMIUM;
const FIREFOX: Browser = Browser { hosts: FIREFOX_HOSTS, preferences: &["org.mozilla.firefox"], ..super::FIREFOX };

/// The browsers, the usual channel of each first: what several channels read is told of the first.
pub(super) const BROWSERS: &[Browser] = &[
    Browser { name: "Chrome", data: &["~/Library/Application Support/Google/Chrome"], preferences: &["com.google.Chrome"], ..CHROME },
    Browser { name: "Chrome Beta", data: &["~/Library/Application Support/Google/Chrome Beta"], preferences: &["com.google.Chrome.beta"], ..CHROME },
    Browser { name: "Chrome Dev", data: &["~/Library/Application Support/Google/Chrome Dev"], preferences: &["com.google.Chrome.dev"], ..CHROME },
    Browser { name: "Chrome Canary", data: &["~/Library/Application Support/Google/Chrome Canary"], preferences: &["com.google.Chrome.canary"], ..CHROME },
    Browser {
        name: "Chromium",
        data: &["~/Library/Application Support/Chromium"],
        hosts: &["/Library/Application Support/Chromium/NativeMessagingHosts"],
        external: &["/Library/Application Support/Chromium/External Extensions"],
        preferences: &["org.chromium.Chromium"],
        ..super::CHROMIUM
    },
    Browser { name: "Edge", data: &["~/Library/Application Support/Microsoft Edge"], preferences: &["com.microsoft.Edge"], ..EDGE },
    Browser { name: "Edge Beta", data: &["~/Library/Application Support/Microsoft Edge Beta"], preferences: &["com.microsoft.Edge.Beta"], ..EDGE },
    Browser { name: "Edge Dev", data: &["~/Library/Application Support/Microsoft Edge Dev"], preferences: &["com.microsoft.Edge.Dev"], ..EDGE },
    Browser { name: "Edge Canary", data: &["~/Library/Application Support/Microsoft Edge Canary"], preferences: &["com.microsoft.Edge.Canary"], ..EDGE },
    Browser { name: "Brave", data: &["~/Library/Application Support/BraveSoftware/Brave-Browser"], preferences: &["com.brave.Browser"], ..BRAVE },
    Browser {
        name: "Brave Beta",
        data: &["~/Library/Application Support/BraveSoftware/Brave-Browser-Beta"],
        preferences: &["com.brave.Browser.beta"],
        ..BRAVE
    },
    Browser {
        name: "Brave Nightly",
        data: &["~/Library/Application Support/BraveSoftware/Brave-Browser-Nightly"],
        preferences: &["com.brave.Browser.nightly"],
        ..BRAVE
    },
    Browser {
        name: "Vivaldi",
        data: &["~/Library/Application Support/Vivaldi"],
        hosts: &["/Library/Application Support/Vivaldi/NativeMessagingHosts"],
        preferences: &["com.vivaldi.Vivaldi"],
        ..super::CHROMIUM
    },
    Browser {
        name: "Opera",
        data: &["~/Library/Application Support/com.operasoftware.Opera"],
        one_profile: true,
        preferences: &["com.operasoftware.Opera"],
        ..super::CHROMIUM
    },
    Browser { name: "Opera GX", data: &["~/Library/Application Support/com.operasoftware.OperaGX"], one_profile: true, ..super::CHROMIUM },
    Browser { name: "Arc", data: &["~/Library/Application Support/Arc/User Data"], preferences: &["company.thebrowser.Browser"], ..super::CHROMIUM },
    Browser {
        name: "Firefox",
        // Every channel and edition keeps its profiles here.
        data: &["~/Library/Application Support/Firefox"],
        policies: &[
            "/Applications/Firefox.app/Contents/Resources/distribution/policies.json",
            "/Applications/Firefox Developer Edition.app/Contents/Resources/distribution/policies.json",
            "/Applications/Firefox Nightly.app/Contents/Resources/distribution/policies.json",
            "~/Applications/Firefox.app/Contents/Resources/distribution/policies.json",
        ],
        ..FIREFOX
    },
    Browser {
        name: "LibreWolf",
        data: &["~/Library/Application Support/librewolf"],
        policies: &["/Applications/LibreWolf.app/Contents/Resources/distribution/policies.json"],
        preferences: &["io.gitlab.librewolf-community.librewolf"],
        ..FIREFOX
    },
    Browser {
        name: "Zen",
        data: &["~/Library/Application Support/zen"],
        policies: &["/Applications/Zen.app/Contents/Resources/distribution/policies.json"],
        preferences: &["app.zen-browser.zen"],
        ..FIREFOX
    },
    Browser { name: "Waterfox", data: &["~/Library/Application Support/Waterfox"], preferences: &["net.waterfox.waterfox"], ..FIREFOX },
];
