//! `manifest.json`: what a run was made from, so that its figures can be traced and made again.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::corpus;
use crate::error::{Error, Result};
use crate::find::numbers::Policy;
use crate::pack::Packs;
use crate::tables::whole_file;

/// What stands beside the tables of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the program.
    pub version: String,
    /// A stamp of the program's sources: two builds of one version may find different things.
    #[serde(default)]
    pub build: String,
    /// The corpus as it was named.
    pub corpus: String,
    /// One hash over all files of the corpus, names included: the same corpus has the same hash.
    pub corpus_sha256: String,
    /// Each file of the corpus with the SHA-256 of its bytes.
    pub files: BTreeMap<String, String>,
    /// Each language pack with the SHA-256 of its files.
    pub packs: BTreeMap<String, String>,
    /// The policy that chose `value_best`.
    pub policy: String,
    /// The SHA-256 of its file.
    #[serde(default)]
    pub policy_sha256: String,
    /// The number of rows of each table.
    pub rows: BTreeMap<String, usize>,
    /// Seconds of work in each stage, added over all threads.
    pub seconds: BTreeMap<String, f64>,
}

impl Manifest {
    /// Describes a run over `files`, each with its SHA-256.
    #[must_use]
    pub fn new(
        name: &Path,
        files: &[(String, String)],
        packs: &Packs,
        policy: &Policy,
        rows: &[(&str, usize)],
        times: &[(&str, Duration)],
    ) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: env!("NEWSFRAME_BUILD").to_owned(),
            corpus: name.display().to_string(),
            corpus_sha256: corpus::sha256(files),
            files: files.iter().cloned().collect(),
            packs: packs.iter().map(|p| (p.language.to_string(), p.sha256())).collect(),
            policy: policy.name.clone(),
            policy_sha256: policy.sha256.clone(),
            rows: rows.iter().map(|&(t, n)| (t.to_owned(), n)).collect(),
            seconds: times.iter().map(|&(stage, t)| (stage.to_owned(), t.as_secs_f64())).collect(),
        }
    }

    /// Whether another run gave the same tables: all is the same but the time that it took and how the corpus was named.
    #[must_use]
    pub fn same_tables(&self, other: &Self) -> bool {
        let other = Self { seconds: self.seconds.clone(), corpus: self.corpus.clone(), ..other.clone() };
        *self == other
    }

    /// Writes `manifest.json` into the folder of the tables.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join("manifest.json");
        whole_file(&path, |out| {
            serde_json::to_writer_pretty(&mut *out, self).map_err(|e| Error::io(&path)(e.into()))?;
            out.write_all(b"\n").map_err(Error::io(&path))
        })
    }

    /// Reads the manifest of a run.
    ///
    /// # Errors
    /// If it is not there or is none.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("manifest.json");
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
        serde_json::from_str(&text).map_err(|e| Error::io(&path)(e.into()))
    }
}
