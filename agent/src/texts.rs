//! Texts in two languages, from the Fluent files in `texts/`.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Nederlands.
    Nl,
    /// English.
    En,
}

impl Language {
    /// The languages, by the words of `--lang`.
    pub const ALL: [(&'static str, Self); 2] = [("nl", Self::Nl), ("en", Self::En)];

    /// The language asked for on the command line, otherwise that of the system, otherwise English.
    pub fn choose(asked: Option<&str>) -> Self {
        let word = asked.map(str::to_owned).or_else(sys_locale::get_locale).unwrap_or_default();
        if word.to_ascii_lowercase().starts_with("nl") { Self::Nl } else { Self::En }
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    const fn sources(self) -> [&'static str; 10] {
        match self {
            Self::Nl => [
                include_str!("../texts/nl/cli.ftl"),
                include_str!("../texts/nl/report.ftl"),
                include_str!("../texts/nl/coverage.ftl"),
                include_str!("../texts/nl/watch.ftl"),
                include_str!("../texts/nl/words.ftl"),
                include_str!("../texts/nl/history.ftl"),
                include_str!("../texts/nl/tray.ftl"),
                include_str!("../texts/nl/window.ftl"),
                include_str!("../texts/nl/explained.ftl"),
                include_str!("../texts/nl/doctor.ftl"),
            ],
            Self::En => [
                include_str!("../texts/en/cli.ftl"),
                include_str!("../texts/en/report.ftl"),
                include_str!("../texts/en/coverage.ftl"),
                include_str!("../texts/en/watch.ftl"),
                include_str!("../texts/en/words.ftl"),
                include_str!("../texts/en/history.ftl"),
                include_str!("../texts/en/tray.ftl"),
                include_str!("../texts/en/window.ftl"),
                include_str!("../texts/en/explained.ftl"),
                include_str!("../texts/en/doctor.ftl"),
            ],
        }
    }
}

/// The texts of one language.
pub struct Texts {
    /// The language.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// Reads the texts of a language.
    pub fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new(language.word().parse::<LanguageIdentifier>().into_iter().collect());
        // Marks around values are for right-to-left layouts; on a terminal they show as rubbish.
        bundle.set_use_isolating(false);
        for source in language.sources() {
            // A faulty entry is found by the tests; here the entries around it still serve.
            let resource = FluentResource::try_new(source.into()).unwrap_or_else(|(resource, _)| resource);
            let _ = bundle.add_resource(resource);
        }
        Self { language, bundle }
    }

    /// The text of a key.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key with values put in.
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        let args: FluentArgs = values.iter().map(|(name, value)| (*name, value.fluent())).collect();
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

/// A value in a text.
pub enum Value<'a> {
    /// Text; already fit to show.
    Text(&'a str),
    /// A number, which decides between one and many.
    Count(usize),
}

impl Value<'_> {
    fn fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(*text),
            Self::Count(count) => FluentValue::from(*count),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use inzage_core::inventory::Source;
    use inzage_core::kinds::INDICATOR_KINDS;
    use inzage_core::signature::{Class, Group, Part, Visibility, When};

    use super::*;

    /// Our names for settings of a system.
    const SETTINGS: [&str; 21] = [
        "process-accounting",
        "mdm-enrolment",
        "intune-enrolment",
        "entra-join",
        "workplace-account",
        "domain-join",
        "defender-for-endpoint",
        "configmgr-client",
        "remote-desktop",
        "remote-desktop-shadow",
        "remote-desktop-shadow-without-consent",
        "remote-assistance",
        "remote-assistance-unsolicited",
        "automated-enrolment",
        "directory-binding",
        "remote-management",
        "remote-management-all-users",
        "screen-sharing",
        "remote-login",
        "remote-apple-events",
        "system-audit",
    ];

    fn keys(language: Language) -> BTreeSet<String> {
        language
            .sources()
            .iter()
            .flat_map(|source| source.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(keys(Language::Nl), keys(Language::En));
        for (_, language) in Language::ALL {
            for source in language.sources() {
                assert!(FluentResource::try_new(source.to_owned()).is_ok(), "a text file of {} is faulty", language.word());
            }
        }
    }

    #[test]
    fn every_word_of_the_report_has_a_text() {
        let known = keys(Language::En);
        let mut needed: Vec<String> = Vec::new();
        needed.extend(Source::ALL.iter().map(|source| format!("source-{}", source.word())));
        needed.extend(INDICATOR_KINDS.iter().map(|kind| format!("kind-{}", kind.word)));
        needed.extend(Class::ALL.iter().map(|class| format!("class-{}", class.word())));
        needed.extend(Group::ALL.iter().map(|group| format!("group-{}", group.word())));
        needed.extend(Part::ALL.iter().map(|part| format!("part-{}", part.word())));
        needed.extend(When::ALL.iter().map(|when| format!("when-{}", when.word())));
        needed.extend(Visibility::ALL.iter().map(|word| format!("visibility-{}", word.word())));
        needed.extend(["seen", "on", "possible", "not_found", "unknown"].map(|level| format!("level-{level}")));
        needed.extend(["running", "autostart", "installed", "remains"].map(|state| format!("state-{state}")));
        needed.extend(
            [
                "added-root-certificate",
                "proxy",
                "forced-extension",
                "preload",
                "remote-shadow",
                "remote-assistance",
                "remote-desktop",
                "device-managed",
                "screen-sharing",
                "may-see-screen",
                "may-read-keys",
                "content-filter",
                "keyboard-listener",
                "device-in-use",
                "endpoint-security",
            ]
            .iter()
            .flat_map(|id| [format!("observation-{id}"), format!("observation-{id}-explained")]),
        );
        needed.extend(SETTINGS.map(|name| format!("setting-{name}")));
        needed.extend(["policy", "system", "distribution", "user", "unknown"].map(|who| format!("set-by-{who}")));
        for code in [
            "absent",
            "permission_denied",
            "malformed",
            "too_large",
            "not_a_file",
            "link_loop",
            "too_many",
            "timed_out",
            "read_error",
            "not_live",
            "no_home",
            "hidden_processes",
            "unsupported_format",
            "unsettled_hive",
            "needs_full_disk_access",
            "would_ask",
            "not_shown_by_system",
            "not_on_this_computer",
            "internal_error",
            "unknown",
        ] {
            needed.push(format!("reason-{code}"));
        }
        let missing: Vec<_> = needed.into_iter().filter(|key| !known.contains(key)).collect();
        assert!(missing.is_empty(), "no text for {missing:?}");
    }
}
