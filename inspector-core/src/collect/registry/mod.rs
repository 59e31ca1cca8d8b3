//! The registry of Windows: of the running computer, or in the hives of a disk.
//!
//! Keys are written from `HKLM` or `HKCU`, with backslashes. Collectors read through [`Registry`], as they read files through
//! [`super::Tree`], so that tests can take rights away in the same place where the real system would.

mod hives;
#[cfg(windows)]
mod live;

use std::path::Path;

use super::log::Log;
use super::tree::Trouble;
use crate::inventory::ReasonCode;
use crate::text;

pub(super) use hives::Hives;
#[cfg(windows)]
pub use live::Live;

/// The data of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// One text.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// A number of 32 or 64 bits.
    Number(u64),
    /// Anything else.
    Bytes(Vec<u8>),
    /// There is data that could not be read.
    Broken,
}

impl Data {
    /// The data of a value of the registry's type `kind`; a length that does not fit the type gives bytes.
    fn new(kind: u32, bytes: &[u8]) -> Self {
        const SZ: u32 = 1;
        const EXPAND_SZ: u32 = 2;
        const DWORD: u32 = 4;
        const MULTI_SZ: u32 = 7;
        const QWORD: u32 = 11;
        match kind {
            SZ | EXPAND_SZ => Self::Text(text::from_wide(&wide(bytes))),
            MULTI_SZ => Self::Texts(wide(bytes).split(|unit| *unit == 0).filter(|part| !part.is_empty()).map(text::from_wide).collect()),
            DWORD => bytes.try_into().map_or_else(|_| Self::Bytes(bytes.into()), |bytes| Self::Number(u32::from_le_bytes(bytes).into())),
            QWORD => bytes.try_into().map_or_else(|_| Self::Bytes(bytes.into()), |bytes| Self::Number(u64::from_le_bytes(bytes))),
            _ => Self::Bytes(bytes.into()),
        }
    }
}

/// The 16-bit units of a text in bytes.
pub(super) fn wide(bytes: &[u8]) -> Vec<u16> {
    // An odd byte at the end belongs to nothing.
    bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
}

/// The registry of a computer.
pub trait Registry: Sync {
    /// The names of the keys in a key, at most `limit`.
    fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble>;
    /// The values of a key with their names, at most `limit`. The one without a name has an empty name.
    fn values(&self, key: &str, limit: usize) -> Result<Vec<(String, Data)>, Trouble>;
    /// Whether everything that was written is in what is read here. A computer that was not shut down, only sent to sleep, has the last
    /// changes of a hive in files beside it.
    fn is_settled(&self, _: &str) -> bool {
        true
    }
}

impl<T: Registry + ?Sized> Registry for &T {
    fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble> {
        (**self).keys(key, limit)
    }

    fn values(&self, key: &str, limit: usize) -> Result<Vec<(String, Data)>, Trouble> {
        (**self).values(key, limit)
    }

    fn is_settled(&self, key: &str) -> bool {
        (**self).is_settled(key)
    }
}

/// The registry of a computer that has none.
pub(super) struct NoRegistry;

impl Registry for NoRegistry {
    fn keys(&self, _: &str, _: usize) -> Result<Vec<String>, Trouble> {
        Err(Trouble::Absent)
    }

    fn values(&self, _: &str, _: usize) -> Result<Vec<(String, Data)>, Trouble> {
        Err(Trouble::Absent)
    }
}

/// The most keys in one key, and the most values. A computer has a few thousand services and programs; somebody else's noise must not
/// hide them.
pub(crate) const MOST_KEYS: usize = 200_000;
const MOST_VALUES: usize = 20_000;

/// The values of one key.
#[derive(Default)]
pub(crate) struct Values {
    key: String,
    all: Vec<(String, Data)>,
}

impl Values {
    /// A value's data; names are compared without case, as Windows does.
    pub(crate) fn get(&self, name: &str) -> Option<&Data> {
        self.all.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, data)| data)
    }

    /// Every value with its name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Data)> {
        self.all.iter().map(|(name, data)| (name.as_str(), data))
    }

    /// A text that is there and not empty. What has another type is in the account.
    pub(crate) fn text(&self, log: &mut Log, name: &str) -> Option<&str> {
        match self.get(name)? {
            Data::Text(text) if text.is_empty() => None,
            Data::Text(text) => Some(text),
            _ => self.malformed(log, name),
        }
    }

    /// A list of texts; one text counts as a list.
    pub(crate) fn texts(&self, log: &mut Log, name: &str) -> &[String] {
        match self.get(name) {
            None => &[],
            Some(Data::Texts(texts)) => texts,
            Some(Data::Text(text)) => std::slice::from_ref(text),
            Some(_) => self.malformed(log, name).unwrap_or_default(),
        }
    }

    /// A number.
    pub(crate) fn number(&self, log: &mut Log, name: &str) -> Option<u64> {
        match self.get(name)? {
            Data::Number(number) => Some(*number),
            _ => self.malformed(log, name),
        }
    }

    /// A number where it matters whether it is absent or cannot be read.
    pub(crate) fn seen_number(&self, log: &mut Log, name: &str) -> Result<Option<u64>, Unseen> {
        match self.get(name) {
            None => Ok(None),
            Some(_) => self.number(log, name).map(Some).ok_or(Unseen),
        }
    }

    /// A text, likewise; an empty one counts as absent.
    pub(crate) fn seen_text(&self, log: &mut Log, name: &str) -> Result<Option<&str>, Unseen> {
        match self.get(name) {
            None => Ok(None),
            Some(Data::Text(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
            Some(_) => self.malformed(log, name).ok_or(Unseen),
        }
    }

    /// Where a person can look a value up.
    pub(crate) fn place(&self, name: &str) -> String {
        format!("{}\\{name}", self.key)
    }

    fn malformed<T>(&self, log: &mut Log, name: &str) -> Option<T> {
        log.trouble(ReasonCode::Malformed, Path::new(&self.place(name)));
        None
    }
}

/// It could not be seen whether something is there; why is in the account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unseen;

impl Log<'_> {
    /// Keeps account of an answer of the registry, and of what it may lack.
    fn keep_key<T>(&mut self, key: &str, result: Result<T, Trouble>) -> Option<T> {
        if !self.met(ReasonCode::UnsettledHive) && !self.context.registry.is_settled(key) {
            self.trouble(ReasonCode::UnsettledHive, Path::new(hive_of(key)));
        }
        self.keep(Path::new(key), result)
    }

    /// The names of the keys in a key; empty if it is absent or could not be read.
    pub(crate) fn keys(&mut self, key: &str) -> Vec<String> {
        let result = self.in_time().and_then(|()| self.context.registry.keys(key, MOST_KEYS));
        let names = self.keep_key(key, result).unwrap_or_default();
        // A name that is no text, or that has an end mark in it, hides its key from most programs, and what is in it perhaps from this one.
        if names.iter().any(|name| name.contains(['\0', text::ESCAPE])) {
            self.trouble(ReasonCode::Malformed, Path::new(key));
        }
        names
    }

    /// The values of a key; nothing if it is absent or could not be read.
    pub(crate) fn values(&mut self, key: &str) -> Option<Values> {
        let result = self.in_time().and_then(|()| self.context.registry.values(key, MOST_VALUES));
        self.keep_key(key, result).map(|all| Values { key: key.into(), all })
    }

    /// The names of the keys in a key where it matters whether it is absent or cannot be read.
    pub(crate) fn seen_keys(&mut self, key: &str) -> Result<Vec<String>, Unseen> {
        let result = self.in_time().and_then(|()| self.context.registry.keys(key, MOST_KEYS));
        self.seen(key, result)
    }

    /// The values of a key, likewise.
    pub(crate) fn seen_values(&mut self, key: &str) -> Result<Values, Unseen> {
        let result = self.in_time().and_then(|()| self.context.registry.values(key, MOST_VALUES));
        Ok(Values { key: key.into(), all: self.seen(key, result)? })
    }

    /// An absent key has nothing in it, if the hive that it would be in is there.
    fn seen<T: Default>(&mut self, key: &str, result: Result<T, Trouble>) -> Result<T, Unseen> {
        let is_absent = matches!(result, Err(Trouble::Absent));
        if is_absent && self.context.registry.is_settled(key) && !matches!(self.context.registry.values(hive_of(key), MOST_VALUES), Err(Trouble::Absent)) {
            self.checked(1);
            return Ok(T::default());
        }
        self.keep_key(key, result).ok_or(Unseen)
    }
}

/// The beginning of a key that stands for a hive: `HKCU`, or `HKLM` and one name.
fn hive_of(key: &str) -> &str {
    let ends = || key.match_indices('\\').map(|(at, _)| at);
    let end = if key.starts_with("HKLM") { ends().nth(1) } else { ends().next() };
    &key[..end.unwrap_or(key.len())]
}

#[cfg(test)]
pub(crate) mod testing {
    //! A registry in memory. It stands for the real one where no real one can refuse or be broken; hives and the running registry are
    //! tested by the tests that use Wine.

    use std::collections::BTreeMap;

    use super::*;

    #[derive(Default)]
    pub(crate) struct Memory {
        /// By lower-case path: the name as written, and the values.
        keys: BTreeMap<String, (String, Vec<(String, Data)>)>,
        pub(crate) denied: Vec<String>,
    }

    impl Memory {
        pub(crate) fn key(&mut self, key: &str) -> &mut Vec<(String, Data)> {
            let mut at = 0;
            while let Some(next) = key[at..].find('\\') {
                let parent = &key[..at + next];
                self.keys.entry(parent.to_lowercase()).or_insert_with(|| (name_of(parent), Vec::new()));
                at += next + 1;
            }
            &mut self.keys.entry(key.to_lowercase()).or_insert_with(|| (name_of(key), Vec::new())).1
        }

        fn ask(&self, key: &str) -> Result<String, Trouble> {
            let key = key.to_lowercase();
            if self.denied.iter().any(|denied| key.starts_with(&denied.to_lowercase())) {
                return Err(Trouble::Denied);
            }
            if self.keys.contains_key(&key) { Ok(key) } else { Err(Trouble::Absent) }
        }
    }

    fn name_of(key: &str) -> String {
        key.rsplit('\\').next().unwrap_or(key).to_owned()
    }

    impl Registry for Memory {
        fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble> {
            let key = self.ask(key)? + "\\";
            let below = self.keys.iter().filter(|(path, _)| path.strip_prefix(&key).is_some_and(|rest| !rest.contains('\\')));
            let names: Vec<_> = below.map(|(_, (name, _))| name.clone()).collect();
            if names.len() > limit { Err(Trouble::TooMany) } else { Ok(names) }
        }

        fn values(&self, key: &str, _: usize) -> Result<Vec<(String, Data)>, Trouble> {
            Ok(self.keys[&self.ask(key)?].1.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_every_type() {
        let bytes = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        assert_eq!(Data::new(1, &bytes("abc\0")), Data::Text("abc".into()));
        assert_eq!(Data::new(2, &bytes("%a%")), Data::Text("%a%".into()), "without an end mark");
        assert_eq!(Data::new(1, b"a\0b"), Data::Text("a".into()), "an odd number of bytes");
        assert_eq!(Data::new(7, &bytes("a\0b\0\0")), Data::Texts(vec!["a".into(), "b".into()]));
        assert_eq!(Data::new(4, &[1, 0, 0, 0]), Data::Number(1));
        assert_eq!(Data::new(4, &[1]), Data::Bytes(vec![1]));
        assert_eq!(Data::new(11, &[0, 0, 0, 0, 1, 0, 0, 0]), Data::Number(1 << 32));
        assert_eq!(Data::new(0xFFFF_0007, &[1]), Data::Bytes(vec![1]));
    }
}
