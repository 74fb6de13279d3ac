//! Prepares what is compiled in: a stamp of the program's own sources and data, so that a run and a cache can tell two builds of one
//! version apart, and the language packs as an extraction reads them.

use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

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
    if let Err(wrong) = packs() {
        println!("cargo::error={wrong}");
    }
}

/// The files under a folder, or the file itself, in order.
fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return if path.is_file() { vec![path.to_owned()] } else { vec![] } };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.iter().flat_map(|p| files(p)).collect()
}

/// Writes each file of the packs as JSON without its examples, which is read in a tenth of the time, and `packs.rs`: the list of all, and
/// the SHA-256 of each pack.
fn packs() -> Result<(), String> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let (mut list, mut hashes): (String, Vec<(String, Sha256)>) = ("const SHIPPED: &[Shipped] = &[\n".into(), Vec::new());
    for path in files(Path::new("data/packs")) {
        let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let part = |name: Option<&std::ffi::OsStr>| Some(name?.to_str()?.to_owned());
        let names = part(path.parent().and_then(Path::file_name)).zip(part(path.file_stem()));
        let (language, stage) = names.ok_or_else(|| wrong(&"is no pack's file"))?;
        let whole = std::fs::read_to_string(&path).map_err(|e| wrong(&e))?;
        let lean = toml::Value::Table(toml::from_str(&whole).map_err(|e| wrong(&e))?);
        let lean = serde_json::to_string(&without_examples(lean)).map_err(|e| wrong(&e))?;
        let name = format!("{language}-{stage}.json");
        std::fs::write(out.join(&name), lean).map_err(|e| wrong(&e))?;
        let _ = writeln!(
            list,
            "Shipped {{ language: {language:?}, stage: {stage:?}, whole: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \
             \"/data/packs/{language}/{stage}.toml\")), lean: include_str!(concat!(env!(\"OUT_DIR\"), \"/{name}\")) }},"
        );
        if hashes.last().is_none_or(|(l, _)| *l != language) {
            hashes.push((language, Sha256::new()));
        }
        if let Some((_, hash)) = hashes.last_mut() {
            for part in [&stage, &whole] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
    }
    list.push_str("];\nconst SHA256: &[(&str, &str)] = &[\n");
    for (language, hash) in hashes {
        let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let _ = writeln!(list, "({language:?}, {hex:?}),");
    }
    std::fs::write(out.join("packs.rs"), list + "];\n").map_err(|e| e.to_string())
}

/// A file, or a rule of it, less what only checks it.
fn without_examples(value: toml::Value) -> toml::Value {
    const EXAMPLES: &[&str] = &["finds", "ignores", "misses", "split", "not_followed"];
    match value {
        toml::Value::Table(table) => {
            let kept = table.into_iter().filter(|(key, _)| !EXAMPLES.contains(&key.as_str()));
            let kept = kept.map(|(key, v)| if key == "rule" { (key, without_examples(v)) } else { (key, v) });
            toml::Value::Table(kept.collect())
        }
        toml::Value::Array(rules) => toml::Value::Array(rules.into_iter().map(without_examples).collect()),
        other => other,
    }
}
