//! What the program writes is what its published schemas say, and these and the page of facts follow from the types.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use inzage_core::facts::FACT_KINDS;
use inzage_core::inventory::Inventory;
use inzage_core::kinds::{Form, INDICATOR_KINDS, Strength};
use inzage_core::record::Extract;
use inzage_core::report::Report;
use inzage_tests::mac::Mac;
use inzage_tests::{Root, inzage, list, run};
use serde_json::{Value, json};

/// Compares a published file with what follows from the types; `INZAGE_BLESS=1` writes it anew.
#[track_caller]
pub(crate) fn check_published(path: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../inspector-core").join(path);
    if std::env::var_os("INZAGE_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, generated).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(published == generated, "{} is not what follows from the types; INZAGE_BLESS=1 writes it anew", path.display());
}

fn schema(of: schemars::Schema) -> Value {
    let mut schema = of.to_value();
    // One key order, whatever features other crates ask of serde_json.
    schema.sort_all_objects();
    schema
}

fn report_schema() -> Value {
    schema(schemars::schema_for!(Report))
}

fn inventory_schema() -> Value {
    schema(schemars::schema_for!(Inventory))
}

pub(crate) fn history_schema() -> Value {
    schema(schemars::schema_for!(Extract))
}

#[test]
fn the_schemas_are_published() {
    for (path, schema) in [
        ("schema/report-1.schema.json", report_schema()),
        ("schema/inventory-1.schema.json", inventory_schema()),
        ("schema/history-1.schema.json", history_schema()),
    ] {
        check_published(path, &format!("{}\n", serde_json::to_string_pretty(&schema).unwrap()));
    }
}

/// A computer that has something of every kind that a folder can show.
fn rich() -> Root {
    const ADDED_ROOT: &str = include_str!("../../inspector-core/testdata/certificates/added-root.pem");
    let settings = r#"{"extensions":{"settings":{"abcdefghijklmnopabcdefghijklmnop":{"location":7,"path":"x","active_permissions":{"api":["tabs"],"explicit_host":["<all_urls>"]},
        "manifest":{"name":"X","version":"1"}}}}}"#;
    Root::new()
        .file("/usr/lib/os-release", "PRETTY_NAME=\"Debian\"\n")
        .file(
            "/var/lib/dpkg/status",
            "Package: auditd\nStatus: install ok installed\nVersion: 1\n\nPackage: acct\nStatus: deinstall ok config-files\nVersion: 1\n",
        )
        .file("/var/lib/dpkg/info/auditd.list", "")
        .program("/opt/x")
        .file("/usr/share/applications/x.desktop", "[Desktop Entry]\nName=X\nExec=/opt/x\n")
        .file("/etc/xdg/autostart/x.desktop", "[Desktop Entry]\nExec=/opt/gone\n")
        .file("/usr/lib/systemd/system/auditd.service", "[Service]\nExecStart=/opt/x\n[Install]\nWantedBy=multi-user.target\n")
        .file("/usr/share/dbus-1/services/x.service", "[D-BUS Service]\nName=org.x\nExec=/opt/x\n")
        .file("/etc/crontab", "@daily root /opt/x\n")
        .file("/home/anna/.bashrc", "/opt/x &\n")
        .file("/etc/pam.d/login", "auth required pam_unix.so\n")
        .file("/etc/nsswitch.conf", "passwd: files\n")
        .file("/etc/ld.so.preload", "/usr/lib/x86_64-linux-gnu/libsnoopy.so\n")
        .file("/home/anna/.config/chromium/Default/Preferences", settings)
        .file("/etc/chromium/policies/managed/x.json", r#"{"ExtensionInstallForcelist":["abcdefghijklmnopabcdefghijklmnop"],"ProxyMode":"pac_script"}"#)
        .file("/etc/chromium/native-messaging-hosts/x.json", r#"{"name":"x","path":"/opt/x","allowed_origins":["chrome-extension://a/"]}"#)
        .file("/etc/ssl/certs/ca-certificates.crt", ADDED_ROOT)
        .file("/usr/local/share/ca-certificates/x.crt", ADDED_ROOT)
        .file("/etc/environment", "https_proxy=http://proxy.example:3128\n")
        .file("/etc/resolv.conf", "nameserver 192.0.2.1\n")
        .file("/var/log/account/pacct", "x")
        .file("/etc/firefox/policies/policies.json", "broken")
}

/// A Mac with something of nearly every kind.
fn rich_mac() -> Mac {
    let mac = Mac::clean();
    mac.system_extension("com.acme.filter", "ABCDE12345", "network_extension");
    let network = r#"{"CurrentSet": "/Sets/1", "Sets": {"1": {"Network": {"Service": {"A": {"__LINK__": "/NetworkServices/A"}, "B": {"__LINK__": "/NetworkServices/B"}}}}},
        "NetworkServices": {"A": {"DNS": {"ServerAddresses": ["192.0.2.1"]}}, "B": {"Interface": {"Type": "VPN"}, "UserDefinedName": "Work"}}}"#;
    for (path, contents) in
        [("/Library/Preferences/SystemConfiguration/preferences.plist", network), ("/Library/Managed Preferences/com.acme.agent.plist", "{}")]
    {
        fs::create_dir_all(mac.at(path).parent().unwrap()).unwrap();
        fs::write(mac.at(path), contents).unwrap();
    }
    mac
}

#[track_caller]
pub(crate) fn check_valid(schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn what_is_written_follows_the_schemas() {
    let root = rich();
    let inventory = root.inventory();
    // Everything but what only a running computer or only another system shows.
    let not_here = ["process", "kernel_module", "filter_driver", "installed_program", "registry_key"];
    let of_mac = ["application", "signature", "managed_preferences", "system_extension", "network_extension", "dns"];
    // What a disk of a Mac does not show: these come from what a running one answers, or from a database of its own.
    let not_on_disk = ["configuration_profile", "privacy_decision", "event_tap", "device_in_use"];
    for kind in FACT_KINDS.iter().filter(|kind| !not_here.iter().chain(&of_mac).chain(&not_on_disk).any(|word| *word == kind.word)) {
        assert!(list(&inventory, "facts").iter().any(|fact| fact["kind"] == kind.word), "the root has no {}", kind.word);
    }
    let mac = rich_mac();
    let look = |command: &str| run(inzage([command, "--json", "--os", "macos", "--user", "anna", "--root"]).arg(mac.path())).well().json();
    let inventory = look("inventory");
    for kind in of_mac {
        assert!(list(&inventory, "facts").iter().any(|fact| fact["kind"] == kind), "the Mac has no {kind}");
    }
    check_valid(&inventory_schema(), &inventory);
    check_valid(&report_schema(), &look("scan"));
    assert!(list(&root.report(), "observations").len() >= 4 && list(&root.report(), "findings").len() >= 3);
    for options in [vec!["--json"], vec!["--json", "--unmasked"]] {
        for (command, schema) in [("scan", report_schema()), ("inventory", inventory_schema())] {
            let mut here = inzage([command]);
            if command == "scan" {
                here.arg("--no-record");
            }
            for mut look in [here, root.inzage(&[command])] {
                check_valid(&schema, &run(look.args(&options)).well().json());
            }
        }
    }
}

#[test]
fn a_schema_refuses_what_is_something_else() {
    let (report, inventory) = (rich().report(), rich().inventory());
    for (schema, value, pointer, wrong) in [
        (report_schema(), &report, "/findings/0/confidence", json!("surely")),
        (report_schema(), &report, "/findings/0/evidence", json!("none")),
        (report_schema(), &report, "/exposure/0/level", json!(3)),
        (report_schema(), &report, "/coverage/0/checked", json!(-1)),
        (inventory_schema(), &inventory, "/facts/0", json!({"kind": "telepathy"})),
        (inventory_schema(), &inventory, "/facts/0/place", json!(null)),
        (inventory_schema(), &inventory, "/host", json!({})),
    ] {
        let mut value = value.clone();
        check_valid(&schema, &value);
        *value.pointer_mut(pointer).unwrap() = wrong;
        assert!(!jsonschema::is_valid(&schema, &value), "{pointer} may be anything");
    }
    // The two are no stand-ins for each other.
    assert!(!jsonschema::is_valid(&report_schema(), &inventory) && !jsonschema::is_valid(&inventory_schema(), &report));
}

/// One line of a table; what divides columns must not stand in one.
fn row(out: &mut String, cells: &[&str]) {
    let cells: Vec<_> = cells.iter().map(|cell| cell.trim().replace('|', "\\|")).collect();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn page() -> String {
    let mut out = String::from(
        "# Facts and indicators\n\nMade from the tables in `src/facts.rs` and `src/kinds.rs`; `INZAGE_BLESS=1 cargo test -p inzage-tests schema` writes it anew.\n\n\
        A fact is one thing seen on the computer. An indicator is one recognisable trace of a product, and is compared with the fields that name its kind. Every\n\
        fact also has a `place`: where a person can look it up.\n\n## Kinds of indicator\n\n",
    );
    row(&mut out, &["Kind", "What it is", "Form", "At most"]);
    row(&mut out, &["---", "---", "---", "---"]);
    for kind in INDICATOR_KINDS {
        let form = match kind.form {
            Form::Path => "path",
            Form::Name => "name",
            Form::Id => "id",
            Form::Registry => "registry key",
        };
        let strongest = if kind.strongest == Strength::Strong { "strong" } else { "weak" };
        row(&mut out, &[&format!("`{}`", kind.word), kind.doc, form, strongest]);
    }
    out += "\nA *path* is compared with `/bin`, `/sbin` and `/lib` read as `/usr/…` on Linux and without case on Windows and macOS; `~/` is any user's home, a\n\
        trailing `/` means the folder with everything in it, and `*`, `?` and `**` are wildcards. A *name* is compared as the system gives it, without case on\n\
        Windows and macOS; `*` may stand after three letters. An *id* is compared without case and has no wildcards. A *registry key* is\n\
        compared without case, with `HKEY_LOCAL_MACHINE` read as `HKLM` and without `WOW6432Node`.\n\n## Kinds of fact\n";
    for kind in FACT_KINDS {
        let _ = write!(out, "\n### `{}`\n\n{}\n\n", kind.word, kind.doc.trim());
        row(&mut out, &["Field", "What it holds", "Matched by"]);
        row(&mut out, &["---", "---", "---"]);
        for field in kind.fields {
            let matched = field.matched_by.map_or(String::new(), |kind| format!("`{}`", kind.word()));
            row(&mut out, &[&format!("`{}`", field.name), field.doc, &matched]);
        }
    }
    out
}

#[test]
fn the_page_of_facts_is_published() {
    check_published("FACTS.md", &page());
}
