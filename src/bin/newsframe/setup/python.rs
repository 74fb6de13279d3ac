//! The Python environment: JupyterLab for people, nbclient and nbconvert for `run`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Setup, output, run, write_whole};

/// Where every package is pinned.
const REQUIREMENTS: &str = "notebooks/requirements.txt";
/// JupyterLab asks nobody whether it may look for news on the network, and doesn't look.
const SETTINGS: &str = r#"{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}"#;

pub fn ready(setup: &Setup) -> Result<()> {
    let requirements = setup.project.join(REQUIREMENTS);
    let pinned = fs::read_to_string(&requirements).with_context(|| requirements.display().to_string())?;
    let (python, version) = interpreter()?;
    let home = setup.home.join("python");
    let made_from = format!("{}\n{version}\n{SETTINGS}\n{pinned}", home.display());
    setup.step("python", "Python environment with JupyterLab (.newsframe/python)", &made_from, || {
        let _ = fs::remove_dir_all(&home);
        let pip = environment(&python, &home)?;
        run(Command::new(&pip[0])
            .args(&pip[1..])
            .args(["install", "--quiet", "--no-input", "--disable-pip-version-check", "-r"])
            .arg(&requirements))?;
        let settings = home.join("share/jupyter/lab/settings");
        fs::create_dir_all(&settings)?;
        write_whole(&settings.join("overrides.json"), SETTINGS)
    })
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
    bail!("notebooks need Python 3.10 or newer: install it, or name it in NEWSFRAME_PYTHON")
}

/// Makes an environment; gives the command that installs into it. Debian splits pip's part off from venv: then the
/// system's pip installs from outside.
fn environment(python: &str, home: &Path) -> Result<Vec<String>> {
    let inside = home.join("bin/python").to_string_lossy().into_owned();
    let own_pip = vec![inside.clone(), "-m".into(), "pip".into()];
    if output(Command::new(python).args(["-m", "venv"]).arg(home)).is_ok() {
        return Ok(own_pip);
    }
    let _ = fs::remove_dir_all(home);
    let outside = vec![python.to_owned(), "-m".into(), "pip".into(), "--python".into(), inside];
    let bare = output(Command::new(python).args(["-m", "venv", "--without-pip"]).arg(home));
    if bare.is_ok() && output(Command::new(python).args(["-m", "pip", "--version"])).is_ok() {
        return Ok(outside);
    }
    let _ = fs::remove_dir_all(home);
    if output(Command::new(python).args(["-m", "virtualenv"]).arg(home)).is_ok() {
        return Ok(own_pip);
    }
    bail!("{python} can't make an environment: it lacks the modules venv and pip (on Debian: apt install python3-venv)")
}
