//! The Rust kernel as its authors release it, and the standard library's sources.
//!
//! The kernel reads the types of a cell's variables from source. A Rust toolchain comes without the sources of the
//! standard library; left alone, the kernel would add them to the user's toolchain. They are put into the project's
//! folder instead, and only the part that types come from: `core`, `alloc` and `std`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Setup, cargo, output, run};

/// The release of `evcxr_jupyter` that this project is tested with.
const VERSION: &str = "0.22.0";
const FETCH: &str = include_str!("sources.py");

pub fn ready(setup: &Setup) -> Result<()> {
    let home = setup.home.join("evcxr");
    setup.step("evcxr", &format!("Rust kernel evcxr {VERSION}, built from source (.newsframe/evcxr)"), VERSION, || {
        let built = home.join("build");
        run(cargo()
            .args(["install", "evcxr_jupyter", "--locked", "--force", "--version", VERSION, "--root"])
            .arg(&home)
            .env("CARGO_TARGET_DIR", &built)
            .current_dir(&setup.home))?;
        let _ = fs::remove_dir_all(built);
        Ok(())
    })?;
    let toolchain = Toolchain::read()?;
    setup.step("sources", "sources of the standard library (.newsframe/std)", &toolchain.version, || {
        let to = setup.home.join("std");
        let _ = fs::remove_dir_all(&to);
        let installed = toolchain.root.join("lib/rustlib/src/rust/library");
        for part in ["core", "alloc", "std"] {
            if !installed.join(part).is_dir() {
                return run(setup.python("python").args(["-c", FETCH, &toolchain.release]).arg(&to))
                    .context("`rustup component add rust-src` gets them in another way; then run this again");
            }
            copy(&installed.join(part).join("src"), &to.join(part).join("src"))?;
        }
        Ok(())
    })
}

/// The Rust that is in use.
pub struct Toolchain {
    /// All of `rustc -vV`.
    pub version: String,
    /// Its release, such as 1.95.0.
    pub release: String,
    /// The triple it builds for.
    pub host: String,
    /// Its folder.
    pub root: PathBuf,
}

impl Toolchain {
    pub fn read() -> Result<Self> {
        let version = output(Command::new("rustc").arg("-vV"))?;
        let line = |key: &str| version.lines().find_map(|l| l.strip_prefix(key)).unwrap_or_default().trim().to_owned();
        let root = output(Command::new("rustc").args(["--print", "sysroot"]))?;
        Ok(Self { release: line("release:"), host: line("host:"), root: PathBuf::from(root.trim()), version })
    }

    /// The folder of the standard library as a shared one.
    pub fn libraries(&self) -> PathBuf {
        self.root.join("lib/rustlib").join(&self.host).join("lib")
    }

    pub fn rustc(&self) -> PathBuf {
        self.root.join("bin/rustc")
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
