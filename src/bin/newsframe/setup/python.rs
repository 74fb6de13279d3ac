//! The Python environments: JupyterLab for people, nbclient and nbconvert for `run`; PySpark for `cluster`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[cfg(feature = "tables")]
use anyhow::Context;
use anyhow::{Result, bail};

use super::{Setup, output, run, write_whole};

/// Where every package of the notebooks is pinned.
#[cfg(feature = "tables")]
const REQUIREMENTS: &str = "notebooks/requirements.txt";
/// JupyterLab asks nobody whether it may look for news on the network, and doesn't look.
#[cfg(feature = "tables")]
const SETTINGS: &str = r#"{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}"#;

#[cfg(feature = "tables")]
pub fn notebooks(setup: &Setup) -> Result<()> {
    let requirements = setup.project.join(REQUIREMENTS);
    let pinned = fs::read_to_string(&requirements).with_context(|| requirements.display().to_string())?;
    made(setup, "python", "Python environment with JupyterLab (.newsframe/python)", &format!("{SETTINGS}\n{pinned}"), |home| {
        install(home, &requirements)?;
        let settings = home.join("share/jupyter/lab/settings");
        fs::create_dir_all(&settings)?;
        write_whole(&settings.join("overrides.json"), SETTINGS)
    })?;
    Ok(())
}

/// The Python of an environment with what is pinned for Spark.
#[cfg(feature = "worker")]
pub fn spark(setup: &Setup, pinned: &str) -> Result<PathBuf> {
    made(setup, "spark", "Python environment with PySpark, 450 MB to fetch (.newsframe/spark)", pinned, |home| {
        let requirements = home.join("requirements.txt");
        write_whole(&requirements, pinned)?;
        install(home, &requirements)
    })
}

/// Makes an environment anew unless it was made from the same things.
fn made(setup: &Setup, name: &str, about: &str, from: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let (python, version) = interpreter()?;
    let home = setup.home.join(name);
    setup.step(name, about, &format!("{}\n{version}\n{from}", home.display()), || {
        let _ = fs::remove_dir_all(&home);
        environment(&python, &home)?;
        fill(&home)
    })?;
    Ok(home)
}

fn install(home: &Path, requirements: &Path) -> Result<()> {
    // Debian splits pip's part off from venv: then the system's pip installs from outside.
    let inside = home.join("bin/python");
    let mut pip = Command::new(&inside);
    if output(Command::new(&inside).args(["-m", "pip", "--version"])).is_err() {
        pip = Command::new(interpreter()?.0);
        pip.args(["-m", "pip", "--python"]).arg(&inside);
    } else {
        pip.args(["-m", "pip"]);
    }
    run(pip.args(["install", "--quiet", "--no-input", "--disable-pip-version-check", "-r"]).arg(requirements))
}

/// A Python that is new enough, with its version.
fn interpreter() -> Result<(String, String)> {
    let chosen = std::env::var("NEWSFRAME_PYTHON").ok();
    let names = chosen.as_deref().map_or(vec!["python3", "python"], |name| vec![name]);
    for name in names {
        let ask = "import sys; assert sys.version_info >= (3, 10); print(sys.version)";
        if let Ok(version) = output(Command::new(name).args(["-c", ask])) {
            return Ok((name.to_owned(), version.trim().to_owned()));
        }
    }
    bail!("this needs Python 3.10 or newer: install it, or name it in NEWSFRAME_PYTHON")
}

/// Makes an empty environment.
fn environment(python: &str, home: &Path) -> Result<()> {
    if output(Command::new(python).args(["-m", "venv"]).arg(home)).is_ok() {
        return Ok(());
    }
    let _ = fs::remove_dir_all(home);
    let bare = output(Command::new(python).args(["-m", "venv", "--without-pip"]).arg(home));
    if bare.is_ok() && output(Command::new(python).args(["-m", "pip", "--version"])).is_ok() {
        return Ok(());
    }
    let _ = fs::remove_dir_all(home);
    if output(Command::new(python).args(["-m", "virtualenv"]).arg(home)).is_ok() {
        return Ok(());
    }
    bail!("{python} can't make an environment: it lacks the modules venv and pip (on Debian: apt install python3-venv)")
}
