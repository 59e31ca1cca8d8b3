//! A pack of queries for osquery: one query for each product and system. Each row is one trace.

use inzage_core::kinds::{IndicatorKind as K, Os};
use inzage_core::signature::{Bundle, Indicator, Product};
use serde_json::{Map, json};

use crate::paths::expanded;
use crate::{CAUTION, own, strength, systems};

/// Once a day: products come and go seldom.
const INTERVAL: u32 = 86_400;

pub(crate) fn pack(bundle: &Bundle) -> String {
    let mut queries = Map::new();
    for product in &bundle.products {
        for os in Os::ALL {
            if let Some(query) = query(product, os) {
                let platform = if os == Os::Macos { "darwin" } else { os.word() };
                let description = format!("{} ({}). {CAUTION}", product.name, product.class.word());
                let query = json!({ "query": query, "interval": INTERVAL, "platform": platform, "snapshot": true, "description": description });
                queries.insert(format!("{}_{}", product.id, os.word()), query);
            }
        }
    }
    format!("{:#}\n", json!({ "queries": queries }))
}

fn query(product: &Product, os: Os) -> Option<String> {
    let parts: Vec<String> = own(product).filter(|one| systems(one).any(|own| own == os)).flat_map(|one| selects(one, os)).collect();
    (!parts.is_empty()).then(|| format!("{};", parts.join(" UNION ALL ")))
}

/// The places of osquery in which an indicator can be seen; none where osquery cannot see it without being told a file.
fn selects(one: &Indicator, os: Os) -> Vec<String> {
    let value = one.value.as_str();
    let linux_package =
        |table: &str| vec![select(one, &format!("{table} WHERE name = {}", text(value.split_once(':').map_or(value, |(_, name)| name))), "name")];
    let file = |path: &str| select(one, &format!("file WHERE path {}", compared(path)), "path");
    match one.kind {
        K::Path => expanded(value, os).iter().map(|path| file(path.trim_end_matches(['/', '\\']))).collect(),
        K::Process => vec![select(one, &format!("processes WHERE name {}", compared(value)), "path")],
        K::Package => match value.split_once(':') {
            Some(("deb", _)) => linux_package("deb_packages"),
            Some(("rpm", _)) => linux_package("rpm_packages"),
            Some(("pkgutil", name)) => vec![select(one, &format!("package_receipts WHERE package_id = {}", text(name)), "path")],
            Some(("msix", name)) => vec![select(one, &format!("programs WHERE package_family_name LIKE {}", text(&format!("{name}\\_%"))), "install_location")],
            _ => Vec::new(),
        },
        K::Unit => vec![select(one, &format!("systemd_units WHERE id {}", compared(value)), "fragment_path")],
        K::DesktopEntry => ["/usr/share/applications/", "/etc/xdg/autostart/"].iter().map(|folder| file(&format!("{folder}{value}"))).collect(),
        K::DbusName => {
            ["/usr/share/dbus-1/services/", "/usr/share/dbus-1/system-services/"].iter().map(|folder| file(&format!("{folder}{value}.service"))).collect()
        }
        K::KernelModule => vec![select(one, &format!("kernel_modules WHERE name {}", compared(value)), "name")],
        K::Service => vec![
            select(one, &format!("services WHERE name {}", compared(value)), "path"),
            select(one, &format!("drivers WHERE service {}", compared(value)), "image"),
        ],
        K::UninstallKey => uninstall_places().map(|place| registry(one, &format!("{place}{value}"))).collect(),
        K::UpgradeCode => vec![select(one, &format!("programs WHERE upgrade_code = {}", text(value)), "install_location")],
        K::ProgramName => vec![select(one, &format!("programs WHERE name = {}", text(value)), "install_location")],
        K::RegistryKey => registry_places(value).iter().map(|key| registry(one, key)).collect(),
        K::ScheduledTask => vec![select(one, &format!("scheduled_tasks WHERE path {}", compared(value)), "action")],
        K::RunEntry => vec![select(one, &format!("startup_items WHERE name {}", compared(value)), "path")],
        K::BundleId => vec![select(one, &format!("apps WHERE bundle_identifier = {}", text(value)), "path")],
        K::LaunchdLabel => vec![select(one, &format!("launchd WHERE label {}", compared(value)), "path")],
        K::ManagedPreferences => vec![select(one, &format!("managed_policies WHERE domain = {}", text(value)), "domain")],
        K::Extension if value.len() == 32 && !value.contains('@') => {
            vec![select(one, &format!("users CROSS JOIN chrome_extensions USING (uid) WHERE identifier = {}", text(value)), "chrome_extensions.path")]
        }
        K::Extension => vec![select(one, &format!("users CROSS JOIN firefox_addons USING (uid) WHERE identifier = {}", text(value)), "firefox_addons.path")],
        K::CertificateName => vec![select(one, &format!("certificates WHERE common_name = {}", text(value)), "path")],
        K::PamModule | K::NssModule | K::Signer | K::TeamId | K::NativeHost | K::BrowserPolicy | K::Certificate | K::Setting => Vec::new(),
    }
}

fn select(one: &Indicator, from: &str, place: &str) -> String {
    format!("SELECT '{}' AS kind, {} AS value, {place} AS place, '{}' AS strength FROM {from}", one.kind.word(), text(&one.value), strength(one))
}

fn registry(one: &Indicator, key: &str) -> String {
    // A key shows itself by its values; one row of it is enough.
    format!("SELECT * FROM ({} LIMIT 1)", select(one, &format!("registry WHERE key {}", compared(key)), "key"))
}

fn uninstall_places() -> impl Iterator<Item = String> {
    let software = ["HKEY_LOCAL_MACHINE\\SOFTWARE\\", "HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\", "HKEY_USERS\\*\\SOFTWARE\\"];
    software.into_iter().map(|place| format!("{place}Microsoft\\Windows\\CurrentVersion\\Uninstall\\"))
}

/// The full names of a key: 32-bit programs have theirs elsewhere, and osquery knows a user only by number.
fn registry_places(key: &str) -> Vec<String> {
    let (hive, rest) = key.split_once('\\').unwrap_or((key, ""));
    if hive.eq_ignore_ascii_case("HKCU") {
        return vec![format!("HKEY_USERS\\*\\{rest}")];
    }
    let mut places = vec![format!("HKEY_LOCAL_MACHINE\\{rest}")];
    if rest.len() > 9 && rest[..9].eq_ignore_ascii_case("software\\") {
        places.push(format!("HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\{}", &rest[9..]));
    }
    places
}

/// Equal, or like a pattern of osquery, in which `%` is one name and `%%` any number of folders.
fn compared(value: &str) -> String {
    if value.contains(['*', '?']) { format!("LIKE {}", text(&value.replace('*', "%").replace('?', "_"))) } else { format!("= {}", text(value)) }
}

fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// What a pack is tried with: osquery's tables, as its own specifications give them (<https://github.com/osquery/osquery/tree/a5b14f63d98c0d4992ab8ae07d933e0d5ff008df/specs>), with the columns used here.
#[cfg(test)]
const TABLES: [(&str, &str); 21] = [
    ("file", "path"),
    ("processes", "name, path"),
    ("deb_packages", "name"),
    ("rpm_packages", "name"),
    ("package_receipts", "package_id, path"),
    ("programs", "name, install_location, upgrade_code, package_family_name"),
    ("systemd_units", "id, fragment_path"),
    ("kernel_modules", "name"),
    ("services", "name, path"),
    ("drivers", "service, image"),
    ("registry", "key, path"),
    ("scheduled_tasks", "path, action"),
    ("startup_items", "name, path"),
    ("apps", "bundle_identifier, path"),
    ("launchd", "label, path"),
    ("managed_policies", "domain"),
    ("users", "uid"),
    ("chrome_extensions", "uid, identifier, path"),
    ("firefox_addons", "uid, identifier, path"),
    ("certificates", "common_name, path"),
    ("osquery_info", "version"),
];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;

    /// Runs every query in SQLite, which is what osquery runs them in, and finds a service through the one that must find it.
    #[test]
    fn every_query_runs_and_finds() {
        let database = rusqlite::Connection::open_in_memory().unwrap();
        for (table, columns) in TABLES {
            database.execute_batch(&format!("CREATE TABLE {table} ({columns});")).unwrap();
        }
        let pack: serde_json::Value = serde_json::from_str(&pack(inzage_signatures::embedded())).unwrap();
        let queries = pack["queries"].as_object().unwrap();
        assert!(queries.len() > 100);
        for (name, query) in queries {
            let sql = query["query"].as_str().unwrap();
            let mut statement = database.prepare(sql).unwrap_or_else(|error| panic!("{name}: {error} in {sql}"));
            assert_eq!(statement.column_names().collect::<Vec<_>>(), ["kind", "value", "place", "strength"], "{name}");
            assert_eq!(statement.query([]).unwrap().mapped(|_| Ok(())).count(), 0, "{name}");
        }
        database.execute_batch("INSERT INTO deb_packages VALUES ('veyon-service'); INSERT INTO systemd_units VALUES ('veyon.service', '/lib/x');").unwrap();
        let sql = queries["veyon_linux"]["query"].as_str().unwrap();
        assert_eq!(database.prepare(sql).unwrap().query([]).unwrap().mapped(|_| Ok(())).count(), 2);
    }

    #[test]
    fn keys_are_named_in_full() {
        assert_eq!(registry_places("HKLM\\SOFTWARE\\X"), ["HKEY_LOCAL_MACHINE\\SOFTWARE\\X", "HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\X"]);
        assert_eq!(registry_places("HKCU\\Software\\X"), ["HKEY_USERS\\*\\Software\\X"]);
        assert_eq!(compared("a*?'"), "LIKE 'a%_'''");
    }
}
