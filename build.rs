//! A stamp of the program's own sources and data, so that a run and a cache can tell two builds of one version apart.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let mut hash = DefaultHasher::new();
    for root in ["src", "data/packs", "data/policy", "data/gazetteer", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        for file in files(Path::new(root)) {
            file.hash(&mut hash);
            std::fs::read(&file).unwrap_or_default().hash(&mut hash);
        }
    }
    println!("cargo::rustc-env=NEWSFRAME_BUILD={:016x}", hash.finish());
}

/// The files under a folder, or the file itself, in order.
fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return if path.is_file() { vec![path.to_owned()] } else { vec![] } };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.iter().flat_map(|p| files(p)).collect()
}
