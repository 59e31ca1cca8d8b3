//! A STIX 2.1 bundle. A product is a `tool`, never `malware`: we pass no judgement. A `report` holds it together with its indicators, which is
//! how MVT names what it finds.

use inzage_core::kinds::IndicatorKind as K;
use inzage_core::signature::{Bundle, Class, Indicator, Product};
use serde_json::{Value, json};

use crate::{CAUTION, id, own, read, strength};

pub(crate) fn bundle(bundle: &Bundle) -> String {
    let author = format!("identity--{}", id("stix/inzage"));
    let first = time(&bundle.version);
    let mut objects = vec![json!({
        "type": "identity", "spec_version": "2.1", "id": author, "created": first, "modified": first, "name": "Inzage", "identity_class": "organization",
    })];
    for product in &bundle.products {
        objects.extend(of_product(product, &author));
    }
    format!("{:#}\n", json!({ "type": "bundle", "id": format!("bundle--{}", id(&format!("stix/{}", bundle.version))), "objects": objects }))
}

fn time(day: &str) -> String {
    format!("{day}T00:00:00.000Z")
}

/// The tool, its indicators, what joins them, and the report around them; nothing for a product that cannot be recognised by such a pattern.
fn of_product(product: &Product, author: &str) -> Vec<Value> {
    let read = time(read(product));
    let common = |kind: &str, id: &str| json!({ "type": kind, "spec_version": "2.1", "id": id, "created_by_ref": author, "created": read, "modified": read });
    let tool = format!("tool--{}", id(&format!("stix/{}", product.id)));
    let about = format!("{} {CAUTION}", product.card.about.get("en").map_or("", String::as_str));
    let mut objects = Vec::new();
    let mut members = vec![tool.clone()];
    for (one, pattern) in own(product).filter_map(|one| Some((one, pattern(one)?))) {
        let name = format!("stix/{}/{pattern}", product.id);
        let indicator = format!("indicator--{}", id(&name));
        if members.contains(&indicator) {
            continue;
        }
        let page = product.page(&one.cite);
        objects.push(with(
            common("indicator", &indicator),
            json!({
                "name": format!("{}: {}", product.name, one.kind.word()), "description": format!("A {} trace. {CAUTION}", strength(one)), "indicator_types": ["unknown"], "pattern": pattern, "pattern_type": "stix", "valid_from": read,
                "external_references": [{ "source_name": page.title, "url": page.url }],
            }),
        ));
        let relationship = format!("relationship--{}", id(&format!("{name}/indicates")));
        objects.push(with(common("relationship", &relationship), json!({ "relationship_type": "indicates", "source_ref": indicator, "target_ref": tool })));
        members.push(indicator);
    }
    if objects.is_empty() {
        return objects;
    }
    let mut own = json!({ "name": product.name, "description": about });
    if product.class == Class::RemoteAccess {
        own["tool_types"] = json!(["remote-access"]);
    }
    if let Some(homepage) = &product.card.homepage {
        own["external_references"] = json!([{ "source_name": product.vendor, "url": homepage }]);
    }
    objects.push(with(common("tool", &tool), own));
    let report = format!("report--{}", id(&format!("stix/{}/report", product.id)));
    objects.push(with(
        common("report", &report),
        json!({ "name": product.name, "description": about, "report_types": ["tool"], "published": read, "object_refs": members }),
    ));
    objects
}

fn with(mut object: Value, more: Value) -> Value {
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
    object
}

/// One comparison, as MVT reads it: wildcards have no place in it.
fn pattern(one: &Indicator) -> Option<String> {
    let value = one.value.as_str();
    let property = match one.kind {
        K::Path => "file:path",
        K::Process => "process:name",
        K::BundleId => "x-inzage-application:bundle_id",
        K::ManagedPreferences => "x-inzage-managed-preferences:domain",
        K::Service => "process:extensions.'windows-service-ext'.service_name",
        K::RegistryKey => "windows-registry-key:key",
        K::Extension => "x-inzage-browser-extension:extension_id",
        K::Package => "x-inzage-package:package_id",
        K::Unit => "x-inzage-systemd-unit:unit_name",
        K::LaunchdLabel => "x-inzage-launchd-job:label",
        _ => return None,
    };
    let value = if one.kind == K::RegistryKey {
        value.replacen("HKLM\\", "HKEY_LOCAL_MACHINE\\", 1).replacen("HKCU\\", "HKEY_CURRENT_USER\\", 1)
    } else {
        value.to_owned()
    };
    (!value.contains(['*', '?', '='])).then(|| format!("[{property}='{}']", value.replace('\\', "\\\\").replace('\'', "\\'")))
}
