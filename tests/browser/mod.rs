//! A real browser for tests: which one, and Playwright to drive it.

#![allow(clippy::unwrap_used)] // a test that fails says where

use std::path::{Path, PathBuf};
use std::process::Command;

const REQUIREMENTS: &str = "tests/jupyter/requirements.txt";

/// The browser to test in: `NEWSFRAME_BROWSER`, or else the first that is on the path.
pub fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("NEWSFRAME_BROWSER").map(PathBuf::from);
    let on_path = |name: &str| std::env::split_paths(&std::env::var_os("PATH")?).map(|f| f.join(name)).find(|p| p.is_file());
    named.or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path))
}

/// The folder with Playwright's packages, installed when its pinned versions have changed. `python` has pip.
pub fn playwright(project: &Path, mut python: Command) -> PathBuf {
    let packages = project.join(".newsframe/browser");
    let stamp = packages.join("requirements.txt");
    std::fs::create_dir_all(&packages).unwrap();
    // Two test binaries may come here at once.
    let lock = std::fs::File::create(packages.join("lock")).unwrap();
    lock.lock().unwrap();
    if std::fs::read(&stamp).ok() != std::fs::read(project.join(REQUIREMENTS)).ok() {
        let pip =
            ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--upgrade", "-r", REQUIREMENTS, "--target"];
        let installed = python.args(pip).arg(&packages).current_dir(project).status().unwrap();
        assert!(installed.success(), "Playwright can't be installed: the reason stands above");
        std::fs::copy(project.join(REQUIREMENTS), &stamp).unwrap();
    }
    packages
}
