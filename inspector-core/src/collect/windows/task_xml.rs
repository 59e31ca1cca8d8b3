//! The definition of a scheduled task, after \[MS-TSCH\] 2.5: XML that Windows writes in UTF-16.

use roxmltree::{Document, Node, ParsingOptions};

use crate::collect::registry::wide;
use crate::inventory::ReasonCode;
use crate::text;

/// The most parts of one definition. Those of Windows have a few hundred.
const MOST_NODES: u32 = 50_000;
/// The most attributes of one definition, counted by their signs, which also stand in command lines: the reader compares each with all others
/// of its element.
const MOST_ATTRIBUTES: usize = 5_000;
/// The most namespaces, of which a task has one: the reader compares each with all those around it, again for each element.
const MOST_NAMESPACES: usize = 100;

/// What a task does and when.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) actions: Vec<Action>,
    /// The task as a whole is switched on.
    pub(super) is_on: bool,
    /// Something starts it by itself.
    pub(super) has_trigger: bool,
}

/// One thing that a task does. Messages and mails are left out: newer versions of Windows do not send them.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// It starts a program.
    Program {
        command: String,
        arguments: String,
        /// The folder it is started in; empty if none is named.
        folder: String,
    },
    /// It calls a class of COM.
    Handler(String),
}

/// The text of a file: UTF-16 or UTF-8, with or without a mark at its start.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => text::from_wide(&wide(rest)),
        [0xFE, 0xFF, rest @ ..] => text::from_wide(&wide(rest).into_iter().map(u16::swap_bytes).collect::<Vec<_>>()),
        [b'<', 0, ..] => text::from_wide(&wide(bytes)),
        _ => text::from_bytes(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
    }
}

/// Reads a definition, or tells why it cannot be read.
pub(super) fn parse(xml: &str) -> Result<Definition, ReasonCode> {
    if xml.matches('=').count() > MOST_ATTRIBUTES || xml.matches("xmlns").count() > MOST_NAMESPACES {
        return Err(ReasonCode::TooMany);
    }
    // A task has no definition of document types, so one with entities is no task.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, entity_resolver: None };
    let document = Document::parse_with_options(xml, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => ReasonCode::TooMany,
        _ => ReasonCode::Malformed,
    })?;
    let task = document.root_element();
    let actions = child(task, "Actions").filter(|_| task.tag_name().name() == "Task").ok_or(ReasonCode::Malformed)?;
    let is_on = |node: Node| child(node, "Enabled").is_none_or(|enabled| !matches!(content(enabled).as_str(), "false" | "0"));
    Ok(Definition {
        actions: actions.children().filter_map(action).collect(),
        is_on: child(task, "Settings").is_none_or(is_on),
        has_trigger: child(task, "Triggers").is_some_and(|triggers| triggers.children().any(|trigger| trigger.is_element() && is_on(trigger))),
    })
}

fn action(node: Node) -> Option<Action> {
    let of = |name| child(node, name).map(content).unwrap_or_default();
    match node.tag_name().name() {
        "Exec" => Some(Action::Program { command: of("Command"), arguments: of("Arguments"), folder: of("WorkingDirectory") }),
        "ComHandler" => Some(Action::Handler(of("ClassId"))),
        _ => None,
    }
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

fn content(node: Node) -> String {
    // Comments may stand between parts of a text.
    node.children().filter(Node::is_text).filter_map(|part| part.text()).collect::<String>().trim().to_owned()
}

#[cfg(test)]
pub(super) mod testing {
    /// A definition in the form in which Windows writes one for `schtasks /create`.
    pub(crate) fn task(triggers: &str, settings: &str, actions: &str) -> String {
        format!(
            r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Date>2026-03-02T09:00:00</Date><Author>ACME\installer</Author><URI>\Acme\Monitor</URI></RegistrationInfo>
  <Triggers>{triggers}</Triggers>
  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>
  <Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>{settings}<Hidden>true</Hidden></Settings>
  <Actions Context="Author">{actions}</Actions>
</Task>
"#
        )
        .replace('\n', "\r\n")
    }

    /// In UTF-16 with its mark, as on disk.
    pub(crate) fn on_disk(xml: &str) -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(xml.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{on_disk, task};
    use super::*;
    use std::time::{Duration, Instant};

    const PROGRAM: &str =
        "<Exec><Command>\"C:\\a&amp;b.exe\"</Command><Arguments>/x <!-- y --> /z</Arguments><WorkingDirectory>C:\\w</WorkingDirectory></Exec>";

    #[test]
    fn definitions() {
        let logon = "<LogonTrigger><Enabled>true</Enabled></LogonTrigger>";
        let parsed = parse(&task(logon, "<Enabled>true</Enabled>", PROGRAM)).unwrap();
        let program = Action::Program { command: "\"C:\\a&b.exe\"".into(), arguments: "/x  /z".into(), folder: "C:\\w".into() };
        assert_eq!(parsed, Definition { actions: vec![program], is_on: true, has_trigger: true });
        for (triggers, settings, is_on, has_trigger) in [
            ("", "", true, false),
            ("<BootTrigger />", "", true, true),
            ("<BootTrigger><Enabled>false</Enabled></BootTrigger>", "", true, false),
            ("<BootTrigger><Enabled>false</Enabled></BootTrigger><IdleTrigger/>", "<Enabled>false</Enabled>", false, true),
        ] {
            let parsed = parse(&task(triggers, settings, "")).unwrap();
            assert_eq!((parsed.is_on, parsed.has_trigger), (is_on, has_trigger), "{triggers}");
        }
        let long = format!("<Exec><Command>x</Command><Arguments>{}</Arguments></Exec>", "a=b ".repeat(4_000));
        assert_eq!(parse(&task("", "", &long)).unwrap().actions.len(), 1, "a command line with many signs");
        let handler = "<ComHandler><ClassId>{A}</ClassId></ComHandler><ShowMessage><Body>x</Body></ShowMessage>";
        assert_eq!(parse(&task("", "", handler)).unwrap().actions, [Action::Handler("{A}".into())]);
    }

    #[test]
    fn every_coding() {
        let xml = task("", "", PROGRAM).replace("a&amp;b", "é");
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(xml.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let odd = [on_disk(&xml), vec![b'x']].concat();
        for bytes in [on_disk(&xml), odd, big, on_disk(&xml)[2..].to_vec(), xml.clone().into_bytes(), ["\u{FEFF}", &xml].concat().into_bytes()] {
            assert_eq!(decode(&bytes), xml);
        }
        assert!(parse(&decode(&xml.replace('é', "\u{e9}\0").into_bytes())).is_err(), "a text with an end mark inside");
    }

    #[test]
    fn hostile_definitions() {
        let started = Instant::now();
        let laughs =
            r#"<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Task><Actions><Exec><Command>&b;</Command></Exec></Actions></Task>"#;
        let outside = r#"<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><Task><Actions>&a;</Actions></Task>"#;
        let attributes = (0..60_000).map(|number| format!(" a{number} = \"\"")).collect::<Vec<_>>().concat();
        let namespaces = |most| (0..most).map(|number| format!("<a xmlns:n{number}=\"{number}\">")).collect::<Vec<_>>().concat();
        for (xml, code) in [
            (laughs.to_owned(), ReasonCode::Malformed),
            (outside.to_owned(), ReasonCode::Malformed),
            (String::new(), ReasonCode::Malformed),
            ("<Task>".into(), ReasonCode::Malformed),
            ("<Task/>".into(), ReasonCode::Malformed),
            ("<Other><Actions/></Other>".into(), ReasonCode::Malformed),
            ("<a>".repeat(300_000), ReasonCode::TooMany),
            ("<a>".repeat(40_000) + &"</a>".repeat(40_000), ReasonCode::Malformed),
            (format!("<Task{attributes}/>"), ReasonCode::TooMany),
            (format!("<Task{}/>", &attributes[..attributes.find(" a4990 ").unwrap()]), ReasonCode::Malformed),
            (namespaces(MOST_NAMESPACES + 1), ReasonCode::TooMany),
            (namespaces(MOST_NAMESPACES) + &"<b/>".repeat(40_000) + &"</a>".repeat(MOST_NAMESPACES), ReasonCode::Malformed),
        ] {
            assert_eq!(parse(&xml), Err(code), "{}", &xml[..xml.len().min(60)]);
        }
        let whole = on_disk(&task("<BootTrigger/>", "", PROGRAM));
        for length in 0..whole.len() {
            let _ = parse(&decode(&whole[..length]));
        }
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}
