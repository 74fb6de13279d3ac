//! Finds a pack's files: compiled in, replaced or added to by a folder.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::Lang;
use crate::error::{Error, Result};

/// The packs compiled into the program: language, file, text.
const SHIPPED: &[(&str, &str, &str)] = &[
    ("en", "pack", include_str!("../../data/packs/en/pack.toml")),
    ("en", "sentences", include_str!("../../data/packs/en/sentences.toml")),
    ("en", "spelling", include_str!("../../data/packs/en/spelling.toml")),
    ("en", "furniture", include_str!("../../data/packs/en/furniture.toml")),
    ("en", "numbers", include_str!("../../data/packs/en/numbers.toml")),
    ("en", "dates", include_str!("../../data/packs/en/dates.toml")),
    ("en", "entities", include_str!("../../data/packs/en/entities.toml")),
    ("en", "attribution", include_str!("../../data/packs/en/attribution.toml")),
    ("en", "casualties", include_str!("../../data/packs/en/casualties.toml")),
    ("en", "terms", include_str!("../../data/packs/en/terms.toml")),
    ("es", "pack", include_str!("../../data/packs/es/pack.toml")),
    ("es", "sentences", include_str!("../../data/packs/es/sentences.toml")),
    ("es", "spelling", include_str!("../../data/packs/es/spelling.toml")),
    ("es", "furniture", include_str!("../../data/packs/es/furniture.toml")),
    ("es", "numbers", include_str!("../../data/packs/es/numbers.toml")),
    ("es", "dates", include_str!("../../data/packs/es/dates.toml")),
    ("es", "entities", include_str!("../../data/packs/es/entities.toml")),
    ("es", "attribution", include_str!("../../data/packs/es/attribution.toml")),
    ("es", "casualties", include_str!("../../data/packs/es/casualties.toml")),
    ("es", "terms", include_str!("../../data/packs/es/terms.toml")),
];

/// The files of one language.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The language.
    pub language: Lang,
    files: BTreeMap<String, String>,
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
        for &(code, file, text) in SHIPPED {
            let Some(language) = Lang::parse(code) else { continue };
            packs.entry(language).or_insert_with(|| Pack { language, files: BTreeMap::new() }).files.insert(file.into(), text.into());
        }
        Self { packs }
    }

    /// The same with the files of a folder (`FOLDER/es/terms.toml` replaces, `FOLDER/es/terms+.toml` adds).
    ///
    /// # Errors
    /// If the folder or a file in it can't be read.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self> {
        let mut languages: Vec<_> =
            std::fs::read_dir(folder).map_err(Error::io(folder))?.filter_map(Result::ok).map(|e| e.path()).collect();
        languages.sort();
        for dir in languages {
            let Some(language) = dir.file_name().and_then(|n| n.to_str()).filter(|n| n.len() == 2).and_then(Lang::parse) else { continue };
            let pack = self.packs.entry(language).or_insert_with(|| Pack { language, files: BTreeMap::new() });
            let mut files: Vec<_> = std::fs::read_dir(&dir).map_err(Error::io(&dir))?.filter_map(Result::ok).map(|e| e.path()).collect();
            files.sort();
            for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
                let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
                let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
                pack.files.insert(stem.to_owned(), text);
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

    /// Every language, in order of its code.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.packs.values()
    }
}

impl Pack {
    /// The texts of a stage's file and of what adds to it, each with the name to use in messages.
    pub(crate) fn texts(&self, stage: &str) -> impl Iterator<Item = (String, &str)> {
        [stage.to_owned(), format!("{stage}+")].into_iter().filter_map(|name| {
            let text = self.files.get(&name)?;
            Some((format!("{}/{name}.toml", self.language), text.as_str()))
        })
    }

    /// Whether all its files are compiled in, so that the tests have shown that it loads.
    pub(crate) fn is_shipped(&self) -> bool {
        self.files.values().all(|text| is_shipped(text))
    }

    /// Reads a stage's files as `T`, one value a file, with the name to use in messages and the text for line numbers.
    ///
    /// # Errors
    /// If a file is not TOML or not of the form of `T`.
    pub fn read<T: DeserializeOwned>(&self, stage: &str) -> Result<Vec<(String, &str, T)>> {
        self.texts(stage)
            .map(|(file, text)| {
                let value = toml::from_str(text).map_err(|e| Error::Pack {
                    file: file.clone(),
                    line: line_of(text, e.span().map_or(0, |s| s.start)),
                    message: e.message().to_owned(),
                })?;
                Ok((file, text, value))
            })
            .collect()
    }

    /// The SHA-256 of the pack's files, names included.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        for (name, text) in &self.files {
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name);
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        crate::corpus::hex(&hash.finalize())
    }
}

/// Whether a file's text is one of those compiled in, whose patterns the tests compile.
pub(super) fn is_shipped(text: &str) -> bool {
    SHIPPED.iter().any(|(.., shipped)| *shipped == text)
}

/// The line of a byte, counted from 1.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())].iter().filter(|&&b| b == b'\n').count()
}
