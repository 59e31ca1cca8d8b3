//! The command line: one place from which parsing, help, man page and completions follow, in the worker's language.

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, ValueHint};
use inzage_signature_export::Format;

use crate::one::Ask;
use crate::texts::{Language, Texts, Value};

/// The words of `--lang` as they stand on a command line that is not parsed yet: help and error texts need the language first.
pub fn asked_language(arguments: &[String]) -> Option<&str> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--lang" {
            return rest.next().map(String::as_str);
        }
        if let Some(word) = argument.strip_prefix("--lang=") {
            return Some(word);
        }
    }
    None
}

/// The command line in the language of the texts.
pub(crate) fn command(texts: &Texts) -> Command {
    let t = |key: &str| texts.get(key);
    let help = || Arg::new("help").short('h').long("help").action(ArgAction::Help).help(t("cli-help-option")).global(true);
    let lang = || {
        let words = PossibleValuesParser::new(Language::ALL.map(|(word, _)| word));
        Arg::new("lang").long("lang").value_name("nl|en").value_parser(words).hide_possible_values(true).help(t("cli-lang")).global(true)
    };
    let flag = |name: &'static str, key: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(t(key));
    let json = || flag("json", "cli-json");
    let unmasked = || flag("unmasked", "cli-unmasked");
    let elsewhere = || {
        [
            Arg::new("root")
                .long("root")
                .value_name("DIR")
                .value_hint(ValueHint::DirPath)
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .help(t("cli-root")),
            Arg::new("os")
                .long("os")
                .value_name("linux|windows|macos")
                .value_parser(PossibleValuesParser::new(["linux", "windows", "macos"]))
                .hide_possible_values(true)
                .requires("root")
                .help(t("cli-os")),
            Arg::new("user").long("user").value_name("NAME").requires("root").help(t("cli-user")),
        ]
    };
    let path = |name: &'static str, key: &str| {
        Arg::new(name)
            .required(true)
            .value_name(name.to_uppercase())
            .value_hint(ValueHint::AnyPath)
            .value_parser(clap::value_parser!(std::path::PathBuf))
            .help(t(key))
    };
    let sub = |name: &'static str, key: &str| plain(Command::new(name).about(t(key)), texts);
    let scan_options = |command: Command| {
        command.arg(json()).arg(flag("no-record", "cli-no-record")).args(elsewhere()).arg(flag("exit-code", "cli-exit-code")).arg(unmasked())
    };
    let scan = scan_options(sub("scan", "cli-scan"));
    let signatures = sub("signatures", "cli-signatures")
        .subcommand_required(true)
        .subcommand(sub("list", "cli-signatures-list"))
        .subcommand(sub("show", "cli-signatures-show").arg(Arg::new("id").required(true).value_name("ID").help(t("cli-id"))))
        .subcommand(sub("check", "cli-signatures-check").arg(path("path", "cli-check-path")))
        .subcommand(
            sub("export", "cli-signatures-export").arg(
                Arg::new("format")
                    .long("format")
                    .required(true)
                    .value_name("osquery|sigma|stix")
                    .value_parser(PossibleValuesParser::new(Format::ALL.map(|(word, _)| word)))
                    .hide_possible_values(true)
                    .help(t("cli-export-format")),
            ),
        );
    let record = sub("record", "cli-record")
        .subcommand_required(true)
        .subcommand(sub("on", "cli-record-on"))
        .subcommand(sub("off", "cli-record-off"))
        .subcommand(sub("status", "cli-record-status"))
        .subcommand(sub("erase", "cli-record-erase").arg(Arg::new("id").required(true).value_name("ID").help(t("cli-record-erase-id"))));
    let receipt = path("receipt", "cli-verify-receipt").long("receipt").value_name("FILE").required(false);
    let log = Arg::new("log").long("log").value_name("on|off").value_parser(PossibleValuesParser::new(["on", "off"]));
    let log = log.hide_possible_values(true).help(t("cli-doctor-log"));
    let shells = PossibleValuesParser::new(["bash", "elvish", "fish", "powershell", "zsh"]);
    plain(Command::new("inzage").version(env!("CARGO_PKG_VERSION")).about(t("cli-about")).after_help(t("cli-after-help")), texts)
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(t("cli-version-option")))
        .arg(help())
        .arg(lang())
        .subcommand(scan)
        .subcommand(sub("inventory", "cli-inventory").arg(json()).args(elsewhere()).arg(unmasked()))
        .subcommand(sub("match", "cli-match").arg(path("inventory", "cli-inventory-file")).arg(json()).arg(flag("exit-code", "cli-exit-code")).arg(unmasked()))
        .subcommand(record)
        .subcommand(sub("history", "cli-history").arg(json()).arg(unmasked()))
        .subcommand(sub("verify", "cli-verify").arg(path("file", "cli-verify-file").required(false)).arg(receipt))
        .subcommand(sub("forget", "cli-forget").arg(flag("yes", "cli-forget-yes")))
        .subcommand(sub("watch", "cli-watch").arg(json()).arg(unmasked()))
        .subcommand(sub("window", "cli-window"))
        .subcommand(signatures)
        .subcommand(sub("doctor", "cli-doctor").arg(unmasked()).arg(log))
        .subcommand(
            sub("tray", "cli-tray").arg(
                Arg::new("ask")
                    .value_name("ASK")
                    .value_parser(PossibleValuesParser::new(Ask::ALL.map(|(word, _)| word)))
                    .hide_possible_values(true)
                    .help(t("cli-tray-ask")),
            ),
        )
        .subcommand(sub("completions", "cli-completions").arg(Arg::new("shell").required(true).value_name("SHELL").value_parser(shells).help(t("cli-shell"))))
        .subcommand(sub("man", "cli-man"))
}

/// What every command has in common: the headings of its help in the language of the texts.
fn plain(command: Command, texts: &Texts) -> Command {
    let template = format!("{{before-help}}{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", texts.get("cli-usage"));
    command
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .help_template(template)
        .subcommand_help_heading(texts.get("cli-commands"))
        .next_help_heading(texts.get("cli-options"))
        .max_term_width(100)
}

/// What is wrong with a command line, in one line in the language of the texts.
pub(crate) fn explain(error: &clap::Error, texts: &Texts) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => texts.with("cli-unknown-argument", &[("argument", Value::Text(&argument))]),
        ErrorKind::InvalidSubcommand => texts.with("cli-unknown-command", &[("command", Value::Text(&context(ContextKind::InvalidSubcommand)))]),
        ErrorKind::MissingRequiredArgument => texts.with("cli-missing-argument", &[("argument", Value::Text(&argument.replace('\n', ", ")))]),
        ErrorKind::MissingSubcommand => texts.with("cli-missing-command", &[("commands", Value::Text(&context(ContextKind::ValidSubcommand)))]),
        ErrorKind::InvalidValue if value.is_empty() => texts.with("cli-missing-value", &[("argument", Value::Text(&argument))]),
        ErrorKind::InvalidValue => {
            let values = [("value", Value::Text(&value)), ("argument", Value::Text(&argument)), ("valid", Value::Text(&context(ContextKind::ValidValue)))];
            texts.with("cli-wrong-value", &values)
        }
        // Rare ones keep the library's own words, on one line.
        _ => {
            error.to_string().lines().take_while(|line| !line.is_empty()).map(str::trim).collect::<Vec<_>>().join(" ").trim_start_matches("error: ").to_owned()
        }
    };
    format!("{said} {}", texts.get("cli-see-help"))
}
