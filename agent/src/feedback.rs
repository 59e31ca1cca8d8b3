//! "This is wrong": a file that says which finding is meant, and on what it rests. Nothing is sent.

use inzage_core::report::{Finding, Report, ReportHost, Signatures};
use inzage_core::text;
use serde::Serialize;

/// The `schema` of such a file.
const SCHEMA: &str = "inzage-feedback/1";

#[derive(Serialize)]
struct Feedback<'a> {
    schema: &'static str,
    /// What is said of the finding.
    says: &'static str,
    agent_version: &'a str,
    signatures: &'a Signatures,
    host: &'a ReportHost,
    finding: &'a Finding,
}

/// The file for a product of a report that is masked already; nothing if the report does not have it.
pub fn wrong(report: &Report, product: &str) -> Option<String> {
    let finding = report.findings.iter().find(|finding| finding.product == product)?;
    let (agent_version, signatures, host) = (report.agent_version.as_str(), &report.signatures, &report.host);
    text::to_json(&Feedback { schema: SCHEMA, says: "wrong", agent_version, signatures, host, finding }).ok()
}
