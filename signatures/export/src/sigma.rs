//! Sigma rules: a program of the product starts, or its service is installed. Only strong traces: a rule knows no second one.

use inzage_core::kinds::{IndicatorKind, Os, Strength};
use inzage_core::signature::{Bundle, Indicator, Product};
use serde::Serialize;

use crate::paths::expanded;
use crate::{CAUTION, id, own, read, systems};

#[derive(Serialize)]
struct Rule {
    title: String,
    id: String,
    status: &'static str,
    description: String,
    references: Vec<String>,
    author: &'static str,
    date: String,
    logsource: Source,
    detection: Detection,
    falsepositives: Vec<&'static str>,
    level: &'static str,
}

#[derive(Serialize)]
struct Source {
    product: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'static str>,
}

#[derive(Serialize)]
struct Detection {
    selection: Selection,
    condition: &'static str,
}

#[derive(Serialize)]
struct Selection {
    #[serde(rename = "EventID", skip_serializing_if = "Option::is_none")]
    event: Option<u32>,
    #[serde(rename = "ServiceName", skip_serializing_if = "Vec::is_empty")]
    services: Vec<String>,
    #[serde(rename = "Image", skip_serializing_if = "Vec::is_empty")]
    images: Vec<String>,
}

/// "A service was installed in the system", from the Service Control Manager.
const SERVICE_INSTALLED: u32 = 7045;

pub(crate) fn rules(bundle: &Bundle) -> String {
    let rules = bundle.products.iter().flat_map(|product| Os::ALL.into_iter().filter_map(|os| started(product, os)).chain(installed(product)));
    let documents: Vec<String> = rules.filter_map(|rule| serde_saphyr::to_string(&rule).ok()).map(|text| text.trim_end().to_owned() + "\n").collect();
    documents.join("---\n")
}

/// A program of the product starts.
fn started(product: &Product, os: Os) -> Option<Rule> {
    let traces: Vec<&Indicator> = strong(product, IndicatorKind::Path, os).collect();
    let mut images: Vec<String> = traces.iter().flat_map(|one| expanded(&one.value, os)).map(|path| value(&path)).collect();
    images.sort();
    images.dedup();
    let source = Source { product: os.word(), category: Some("process_creation"), service: None };
    let selection = Selection { event: None, services: Vec::new(), images };
    rule(product, &traces, "a program starts", &format!("sigma/{}/{}/started", product.id, os.word()), source, selection)
}

/// A service of the product is installed.
fn installed(product: &Product) -> Option<Rule> {
    let traces: Vec<&Indicator> = strong(product, IndicatorKind::Service, Os::Windows).collect();
    let services = traces.iter().map(|one| value(&one.value)).collect();
    let source = Source { product: "windows", category: None, service: Some("system") };
    let selection = Selection { event: Some(SERVICE_INSTALLED), services, images: Vec::new() };
    rule(product, &traces, "a service is installed", &format!("sigma/{}/windows/service", product.id), source, selection)
}

fn strong(product: &Product, kind: IndicatorKind, os: Os) -> impl Iterator<Item = &Indicator> {
    own(product).filter(move |one| one.kind == kind && one.strength == Strength::Strong && systems(one).any(|own| own == os))
}

fn rule(product: &Product, traces: &[&Indicator], what: &str, name: &str, logsource: Source, selection: Selection) -> Option<Rule> {
    let mut references: Vec<String> = traces.iter().map(|one| product.page(&one.cite).url.clone()).collect();
    references.sort();
    references.dedup();
    (!traces.is_empty()).then(|| Rule {
        title: format!("{}: {what}", product.name),
        id: id(name).to_string(),
        status: "experimental",
        description: format!("{} ({}). {CAUTION}", product.name, product.class.word()),
        references,
        author: "Inzage",
        date: read(product).to_owned(),
        logsource,
        detection: Detection { selection, condition: "selection" },
        falsepositives: vec!["The person at the computer uses the product for themselves"],
        level: "informational",
    })
}

/// A value of ours in Sigma's form: a folder means everything in it, and a backslash before a wildcard is doubled, because Sigma would otherwise take the wildcard for a letter.
fn value(ours: &str) -> String {
    let all = if ours.ends_with(['/', '\\']) { format!("{ours}*") } else { ours.to_owned() };
    all.replace("**", "*").replace("\\*", "\\\\*").replace("\\?", "\\\\?")
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn wildcards_stay_wildcards() {
        assert_eq!(value("C:\\Users\\*\\AppData\\X\\"), "C:\\Users\\\\*\\AppData\\X\\\\*");
        assert_eq!(value("/opt/x/"), "/opt/x/*");
        assert_eq!(value("/opt/x"), "/opt/x");
    }
}
