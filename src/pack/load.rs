//! Finds a pack's files: compiled in, replaced or added to by a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::Lang;
use crate::error::{Error, Result};

// The packs compiled into the program, written by `build.rs`: `SHIPPED`, and the `SHA256` of each.
include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A file that is compiled in.
#[derive(Debug)]
struct Shipped {
    language: &'static str,
    stage: &'static str,
    whole: &'static str,
    /// The same as JSON without the examples.
    lean: &'static str,
}

/// A file of a pack.
#[derive(Clone, Debug)]
enum Text {
    Shipped(&'static Shipped),
    Own(String),
}

/// The files of one language.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The language.
    pub language: Lang,
    files: BTreeMap<String, Text>,
    /// Whether the examples of the files that are compiled in are read too.
    examples: bool,
}

/// The packs of all languages.
#[derive(Clone, Debug)]
pub struct Packs {
    packs: BTreeMap<Lang, Pack>,
}

impl Packs {
    /// The packs compiled in.
    #[must_use]
    pub fn shipped() -> Self {
        let mut packs = BTreeMap::<Lang, Pack>::new();
        for file in SHIPPED {
            let Some(language) = Lang::parse(file.language) else { continue };
            packs.entry(language).or_insert_with(|| Pack::new(language)).files.insert(file.stage.into(), Text::Shipped(file));
        }
        Self { packs }
    }

    /// The same with the files of a folder (`FOLDER/es/terms.toml` replaces, `FOLDER/es/terms+.toml` adds).
    ///
    /// # Errors
    /// If the folder or a file in it can't be read, or one has the name of no language or stage.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self> {
        let mut languages: Vec<_> =
            std::fs::read_dir(folder).map_err(Error::io(folder))?.filter_map(Result::ok).map(|e| e.path()).collect();
        languages.sort();
        let is_rules = |p: &Path| p.extension().is_some_and(|e| e == "toml");
        // What is misspelt would be left aside without a word.
        let wrong = |path: &Path, message: String| {
            let file = path.strip_prefix(folder).unwrap_or(path).display().to_string();
            Error::Pack { file, line: 1, message }
        };
        for dir in languages {
            let name = dir.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            let Some(language) = Some(name).filter(|n| n.len() == 2).and_then(Lang::parse).filter(|_| dir.is_dir()) else {
                if is_rules(&dir) || dir.is_dir() && !name.starts_with('.') {
                    return Err(wrong(&dir, "it is no folder of a language; that has its code for a name, such as en or es".into()));
                }
                continue;
            };
            let pack = self.packs.entry(language).or_insert_with(|| Pack::new(language));
            let mut files: Vec<_> = std::fs::read_dir(&dir).map_err(Error::io(&dir))?.filter_map(Result::ok).map(|e| e.path()).collect();
            files.sort();
            for path in files.iter().filter(|p| is_rules(p)) {
                let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
                if !SHIPPED.iter().any(|s| s.stage == stem.strip_suffix('+').unwrap_or(stem)) {
                    let stages: BTreeSet<&str> = SHIPPED.iter().map(|s| s.stage).collect();
                    let stages = stages.into_iter().collect::<Vec<_>>().join(", ");
                    return Err(wrong(path, format!("no stage has this name; there are {stages}, each also with + behind its name")));
                }
                let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
                pack.files.insert(stem.to_owned(), Text::Own(text));
            }
        }
        Ok(self)
    }

    /// The shipped packs with what a folder `packs` in or beside a corpus adds.
    ///
    /// # Errors
    /// If that folder or a file in it can't be read.
    pub fn for_corpus(corpus: &Path) -> Result<Self> {
        let folder = if corpus.is_dir() { corpus.join("packs") } else { corpus.with_file_name("packs") };
        let shipped = Self::shipped();
        if folder.is_dir() { shipped.with_folder(&folder) } else { Ok(shipped) }
    }

    /// The same for extraction alone: what is compiled in is read without its examples, which takes a fraction of the time and leaves
    /// nothing of it to check.
    #[must_use]
    pub fn without_examples(mut self) -> Self {
        self.packs.values_mut().for_each(|pack| pack.examples = false);
        self
    }

    /// Every language, in order of its code.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.packs.values()
    }
}

impl Pack {
    fn new(language: Lang) -> Self {
        Self { language, files: BTreeMap::new(), examples: true }
    }

    /// Whether all its files are compiled in, so that the tests have shown that it loads.
    pub(crate) fn is_shipped(&self) -> bool {
        self.files.values().all(|text| matches!(text, Text::Shipped(_)))
    }

    /// Reads a stage's file and what adds to it as `T`, one value a file, with the name to use in messages and the text for line numbers.
    ///
    /// # Errors
    /// If a file is not TOML or not of the form of `T`.
    pub fn read<T: DeserializeOwned>(&self, stage: &str) -> Result<Vec<(String, &str, T)>> {
        self.read_as(stage, |text, _, value: T| (text, value), |text, value: T| (text, value))
            .map(|files| files.into_iter().map(|(name, (text, value))| (name, text, value)).collect())
    }

    /// The same with a form of its own for a file without examples. `whole` is also told whether the file is compiled in.
    pub(super) fn read_as<'p, W: DeserializeOwned, L: DeserializeOwned, T>(
        &'p self,
        stage: &str,
        whole: impl Fn(&'p str, bool, W) -> T,
        lean: impl Fn(&'p str, L) -> T,
    ) -> Result<Vec<(String, T)>> {
        let files = [stage.to_owned(), format!("{stage}+")].into_iter().filter_map(|name| self.files.get_key_value(&name));
        let read = files.map(|(name, file)| {
            let name = format!("{}/{name}.toml", self.language);
            let wrong = |line, message| Error::Pack { file: name.clone(), line, message };
            let value = match file {
                Text::Shipped(file) if !self.examples => {
                    lean(file.whole, serde_json::from_str(file.lean).map_err(|e| wrong(1, e.to_string()))?)
                }
                _ => {
                    let text = file.whole();
                    let line = |e: &toml::de::Error| line_of(text, e.span().map_or(0, |s| s.start));
                    let value = toml::from_str(text).map_err(|e| wrong(line(&e), e.message().to_owned()))?;
                    whole(text, matches!(file, Text::Shipped(_)), value)
                }
            };
            Ok((name, value))
        });
        read.collect()
    }

    /// The SHA-256 of the pack's files, names included.
    #[must_use]
    pub fn sha256(&self) -> String {
        let known = SHA256.iter().find(|(language, _)| self.is_shipped() && *language == self.language.as_str());
        known.map_or_else(|| self.hash(), |(_, hash)| (*hash).to_owned())
    }

    fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for (name, text) in self.files.iter().map(|(name, file)| (name, file.whole())) {
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name);
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        crate::corpus::hex(&hash.finalize())
    }
}

impl Text {
    fn whole(&self) -> &str {
        match self {
            Self::Shipped(file) => file.whole,
            Self::Own(text) => text,
        }
    }
}

/// The line of a byte, counted from 1.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())].iter().filter(|&&b| b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_told() {
        let told = |file: &str| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
            Packs::shipped().with_folder(folder.path()).err().map(|e| e.to_string())
        };
        assert!(told("es/tems.toml").unwrap().starts_with("es/tems.toml:1: no stage has this name; there are attribution, "));
        assert!(told("spanish/terms.toml").unwrap().starts_with("spanish:1: it is no folder of a language"));
        assert!(told("terms.toml").is_some());
        for right in ["es/terms+.toml", "fr/terms.toml", "es/README.md", ".git/x", "README.md"] {
            assert_eq!(told(right), None, "{right}");
        }
    }

    #[test]
    fn what_is_known_of_the_shipped_packs_is_so() {
        let packs = Packs::shipped();
        assert_eq!(packs.iter().count(), SHA256.len());
        for pack in packs.iter() {
            assert!(pack.is_shipped());
            assert_eq!(pack.sha256(), pack.hash());
        }
    }
}
