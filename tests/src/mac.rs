//! Folders laid out like a Mac. Nothing of macOS runs here, so its property lists, receipts, bundles and signed programs are made as its own
//! formats say; real programs with real signatures are read by the tests of the core.
//!
//! [`Mac::clean`] is a Mac on which nobody installed anything that observes. [`Mac::lay`] adds a product as a layout in `signatures/layouts`
//! tells, which names what a real installation leaves.

use std::cell::Cell;
use std::path::Path;

use plist::{Dictionary, Value};

use crate::Root;

/// The worker's home.
const HOME: &str = "/Users/anna";
/// A real signed message, of a test program. Only that there is one matters here: a signature without one names nobody.
const SIGNED: &[u8] = include_bytes!("../../inspector-core/testdata/executables/signed.cat");

/// A folder laid out like a Mac of anna.
pub struct Mac {
    root: Root,
    /// How many lists were written: each is in another form than the one before.
    lists: Cell<usize>,
}

impl std::ops::Deref for Mac {
    type Target = Root;

    fn deref(&self) -> &Root {
        &self.root
    }
}

fn dictionary<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Dictionary(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Dictionary>())
}

impl Mac {
    /// A Mac as it comes, with a browser, an office program, a package of a developer and a profile of the worker's own.
    pub fn clean() -> Self {
        let mac = Self { root: Root::new().folder("/Users/anna/Library/Preferences").folder("/Users/Shared"), lists: Cell::default() };
        mac.list(
            "/System/Library/CoreServices/SystemVersion.plist",
            &dictionary([("ProductName", "macOS".into()), ("ProductVersion", "15.7.2".into()), ("ProductBuildVersion", "24G325".into())]),
        );
        mac.list("/Library/SystemExtensions/db.plist", &dictionary([("extensions", Value::Array(Vec::new())), ("version", Value::Integer(1.into()))]));
        mac.list("/Library/Preferences/SystemConfiguration/preferences.plist", &dictionary([("System", dictionary([]))]));
        mac.application("/Applications/Firefox.app", "org.mozilla.firefox", "Firefox", Some("43AQ936H96"));
        mac.application("/Applications/Microsoft Word.app", "com.microsoft.Word", "Microsoft Word", Some("UBF8T346G9"));
        mac.application("/Applications/LibreOffice.app", "org.libreoffice.script", "LibreOffice", Some("7P5S3ZLCN7"));
        mac.application("/Applications/Utilities/iTerm.app", "com.googlecode.iterm2", "iTerm2", Some("H7V7XYVQ7D"));
        mac.receipt("com.apple.pkg.XProtectPlistConfigData_10_15.16U4211");
        mac.receipt("com.microsoft.package.Microsoft_Word.app");
        mac.launchd("/Library/LaunchDaemons/org.postgresql.server.plist", "org.postgresql.server", "/usr/local/pgsql/bin/postgres", true);
        mac.launchd(
            "/Library/LaunchDaemons/com.microsoft.office.licensingV2.helper.plist",
            "com.microsoft.office.licensingV2.helper",
            "/Library/PrivilegedHelperTools/com.microsoft.office.licensingV2.helper",
            false,
        );
        for folder in ["/Applications", "/Library/LaunchAgents", "/Users/anna/Library/LaunchAgents", "/private/var/db/receipts", "/usr/local/bin", "/opt"] {
            std::fs::create_dir_all(mac.at(folder)).unwrap();
        }
        mac
    }

    fn write(&self, path: &str, contents: &[u8]) {
        let place = self.at(path);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, contents).unwrap();
    }

    /// Writes a property list: XML, binary and JSON in turn, as there are all of them on a Mac.
    pub fn list(&self, path: &str, value: &Value) {
        let mut bytes = Vec::new();
        match self.lists.replace(self.lists.get() + 1) % 3 {
            0 => value.to_writer_xml(&mut bytes).unwrap(),
            1 => value.to_writer_binary(&mut bytes).unwrap(),
            _ => bytes = json(value).to_string().into_bytes(),
        }
        self.write(path, &bytes);
    }

    /// An application with its program, signed if a team is given.
    pub fn application(&self, path: &str, bundle_id: &str, name: &str, team: Option<&str>) {
        let entries = [("CFBundleIdentifier", bundle_id), ("CFBundleName", name), ("CFBundleExecutable", "Program"), ("CFBundleShortVersionString", "1.2.3")];
        self.list(&format!("{path}/Contents/Info.plist"), &dictionary(entries.map(|(key, text)| (key, Value::from(text)))));
        self.program(&format!("{path}/Contents/MacOS/Program"), team.map(|team| (team, bundle_id)));
    }

    /// A program for Apple's processors; signed by a team and with an identifier, or not at all.
    pub fn program(&self, path: &str, signed: Option<(&str, &str)>) {
        self.write(path, &mach_o(signed));
    }

    /// An agent or daemon, which starts by itself or when something asks for it.
    pub fn launchd(&self, path: &str, label: &str, program: &str, by_itself: bool) {
        let arguments = Value::Array(vec![program.into(), "--daemon".into()]);
        let starts = if by_itself { ("RunAtLoad", Value::Boolean(true)) } else { ("MachServices", dictionary([(label, Value::Boolean(true))])) };
        self.list(path, &dictionary([("Label", label.into()), ("ProgramArguments", arguments), starts]));
        if !self.at(program).exists() {
            self.program(program, None);
        }
    }

    /// The receipt of an installer.
    pub fn receipt(&self, id: &str) {
        let date = plist::Date::from(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_760_000_000));
        let entries = [("PackageIdentifier", id.into()), ("PackageVersion", "1.2.3".into()), ("InstallDate", Value::Date(date))];
        self.list(&format!("/private/var/db/receipts/{id}.plist"), &dictionary(entries));
    }

    /// A system extension, switched on.
    pub fn system_extension(&self, bundle_id: &str, team: &str, category: &str) {
        let extension = dictionary([
            ("identifier", bundle_id.into()),
            ("teamID", team.into()),
            ("state", "activated_enabled".into()),
            ("categories", Value::Array(vec![format!("com.apple.system_extension.{category}").into()])),
            ("bundleVersion", dictionary([("CFBundleShortVersionString", "1.2.3".into())])),
        ]);
        self.list("/Library/SystemExtensions/db.plist", &dictionary([("extensions", Value::Array(vec![extension])), ("version", Value::Integer(1.into()))]));
    }

    /// Puts a product there, as its layout tells.
    pub fn lay(&self, layout: &serde_json::Value) {
        let text = |fact: &serde_json::Value, field: &str| fact[field].as_str().map(own_home);
        let facts: Vec<_> = layout["facts"].as_array().into_iter().flatten().collect();
        let team_of = |path: &str| facts.iter().find(|fact| fact["kind"] == "signature" && fact["path"] == path).and_then(|fact| fact["team_id"].as_str());
        for file in layout["files"].as_array().into_iter().flatten() {
            let file = own_home(file.as_str().unwrap());
            match file.strip_suffix('/') {
                Some(folder) => std::fs::create_dir_all(self.at(real(folder))).unwrap(),
                // What is in a launchd folder has an entry below, or is a list with the label of its name.
                None if file.contains("/Launch") => self.launchd(&file, Path::new(&file).file_stem().unwrap().to_str().unwrap(), "/usr/bin/true", true),
                None => self.program(&real(&file), None),
            }
        }
        for fact in facts.iter().copied() {
            match fact["kind"].as_str().unwrap() {
                "application" => {
                    let id = text(fact, "bundle_id").unwrap_or_else(|| "com.example.unknown".into());
                    let name = text(fact, "name").unwrap_or_else(|| id.rsplit('.').next().unwrap().to_owned());
                    let path = text(fact, "path").unwrap_or_else(|| format!("/Applications/{name}.app"));
                    self.application(&path, &id, &name, team_of(&path));
                }
                "autostart" => {
                    let label = text(fact, "label").unwrap();
                    let folder = if fact["mechanism"] == "launchd_agent" { "LaunchAgents" } else { "LaunchDaemons" };
                    let program = fact["exec"][0].as_str().map_or_else(|| "/usr/bin/true".to_owned(), own_home);
                    self.launchd(&format!("/Library/{folder}/{label}.plist"), &label, &program, fact["enabled"] == "yes" || fact["enabled"] == true);
                }
                "package" => self.receipt(text(fact, "id").unwrap().strip_prefix("pkgutil:").unwrap()),
                // A disk runs nothing; it has the file.
                "process" => text(fact, "exe").iter().for_each(|exe| self.program(exe, None)),
                "managed_preferences" => {
                    self.list(&format!("/Library/Managed Preferences/{}.plist", text(fact, "domain").unwrap()), &dictionary([("Key", "value".into())]));
                }
                "signature" => {
                    let path = text(fact, "path").unwrap_or_else(|| "/usr/local/bin/signed-program".into());
                    // That of an application is made with it.
                    if !path.ends_with(".app") {
                        let identifier = text(fact, "identifier").unwrap_or_else(|| "program".into());
                        self.program(&path, text(fact, "team_id").as_deref().map(|team| (team, identifier.as_str())));
                    }
                }
                other => panic!("no Mac is laid out with a {other} yet"),
            }
        }
    }
}

/// A path of the worker of a layout as one of anna.
fn own_home(path: &str) -> String {
    match path.strip_prefix("~/") {
        Some(rest) => format!("{HOME}/{rest}"),
        None => path.replacen("/Users/worker/", &format!("{HOME}/"), 1),
    }
}

/// Where a path lies behind the links that every Mac has.
fn real(path: &str) -> String {
    ["/var", "/etc", "/tmp"].iter().find(|top| path.starts_with(&format!("{top}/"))).map_or_else(|| path.to_owned(), |_| format!("/private{path}"))
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Array(values) => values.iter().map(json).collect(),
        Value::Dictionary(values) => values.iter().map(|(key, value)| (key.clone(), json(value))).collect::<serde_json::Map<_, _>>().into(),
        Value::Boolean(value) => (*value).into(),
        Value::Integer(number) => number.as_signed().into(),
        Value::String(text) => text.as_str().into(),
        Value::Date(date) => date.to_xml_format().into(),
        other => panic!("{other:?} has no form in JSON"),
    }
}

/// A program for Apple's processors that does nothing, with a signature as `codesign` makes it: a directory that names identifier and team,
/// and a signed message. It is made, not signed: nothing here can be verified.
pub fn mach_o(signed: Option<(&str, &str)>) -> Vec<u8> {
    const SIGNATURE_AT: u32 = 0x1000;
    let signature = signed.map(|(team, identifier)| signature(team, identifier)).unwrap_or_default();
    let length = u32::try_from(signature.len()).unwrap();
    let commands: &[u32] = if signed.is_some() { &[0x1d, 16, SIGNATURE_AT, length] } else { &[] };
    let header = [0xfeed_facf, 0x0100_000c, 0, 2, u32::from(signed.is_some()), u32::try_from(commands.len() * 4).unwrap(), 0, 0];
    let mut bytes: Vec<u8> = header.iter().chain(commands).flat_map(|word| word.to_le_bytes()).collect();
    bytes.resize(SIGNATURE_AT as usize, 0);
    bytes.extend(signature);
    bytes
}

fn signature(team: &str, identifier: &str) -> Vec<u8> {
    const HEADER: usize = 88;
    const INDEX: usize = 12 + 2 * 8;
    let number = |length: usize| u32::try_from(length).unwrap();
    let blob = |magic: u32, rest: &[u8]| [&magic.to_be_bytes()[..], &number(rest.len() + 8).to_be_bytes(), rest].concat();
    let (identifier_at, team_at) = (HEADER, HEADER + identifier.len() + 1);
    let end = team_at + team.len() + 1;
    // Version, flags, hashes at, identifier at, special hashes, hashes, length of the code, then four single bytes.
    let mut directory: Vec<u8> = [0x0002_0400, 0, number(end), number(identifier_at), 0, 0, 0x1000].iter().flat_map(|word: &u32| word.to_be_bytes()).collect();
    directory.extend([32, 2, 0, 12]);
    // Spare, scatter, team at, spare, then the four numbers of 64 bits.
    directory.extend([0, 0, number(team_at), 0].iter().flat_map(|word| word.to_be_bytes()));
    directory.resize(HEADER - 8, 0);
    directory.extend([identifier, "\0", team, "\0"].concat().bytes());
    let (directory, message) = (blob(0xfade_0c02, &directory), blob(0xfade_0b01, SIGNED));
    let index = [2, 0, number(INDEX), 0x1_0000, number(INDEX + directory.len())];
    let rest: Vec<u8> = index.iter().flat_map(|word| word.to_be_bytes()).chain(directory).chain(message).collect();
    blob(0xfade_0cc0, &rest)
}
