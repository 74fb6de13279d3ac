//! What `run` and `lab` need on a machine that has only Rust and Python: set up once, inside the project's folder.
//!
//! Everything goes into `.newsframe/` and can be deleted with it:
//!
//! 1. [`python`]: an environment with JupyterLab and what executes notebooks, in exactly the versions of `notebooks/requirements.txt`.
//! 2. [`evcxr`]: the Rust kernel, unchanged, and the sources of the standard library, from which it reads types.
//! 3. [`kernel`]: the library as the cells see it, built once by the same cargo build as everything else, and the
//!    Jupyter entry "Rust (newsframe)" that starts the kernel over it.
//!
//! `cluster` needs [`spark`] only: an environment of its own with PySpark.
//!
//! A step that is done leaves a stamp that says what it was made from, and is done again only when that has changed.

#[cfg(feature = "tables")]
mod evcxr;
#[cfg(feature = "tables")]
mod kernel;
mod python;

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::output::note;

/// The project's folder and what is set up in it.
pub struct Setup {
    /// The folder with `Cargo.toml` and `notebooks/`.
    #[cfg(feature = "tables")]
    pub project: PathBuf,
    home: PathBuf,
}

impl Setup {
    /// Makes whatever is missing, telling what it does.
    #[cfg(feature = "tables")]
    pub fn ready() -> Result<Self> {
        let (setup, _lock) = Self::begin()?;
        fs::create_dir_all(setup.home.join("jupyter/ipython"))?;
        python::notebooks(&setup)?;
        evcxr::ready(&setup)?;
        kernel::ready(&setup)?;
        Ok(setup)
    }

    /// Waits until nobody else sets up in the same folder.
    fn begin() -> Result<(Self, fs::File)> {
        let project = project()?;
        let setup = Self {
            home: project.join(".newsframe"),
            #[cfg(feature = "tables")]
            project,
        };
        fs::create_dir_all(&setup.home)?;
        let lock = fs::File::create(setup.home.join("lock"))?;
        if lock.try_lock().is_err() {
            note!("waiting for another newsframe that is setting up in {}", setup.home.display());
            lock.lock()?;
        }
        Ok((setup, lock))
    }

    /// A command of the Python environment that sees and writes only what is in the project's folder.
    #[cfg(feature = "tables")]
    pub fn python(&self, tool: &str) -> Command {
        let mut command = Command::new(self.home.join("python/bin").join(tool));
        let own = self.home.join("jupyter");
        command
            .env("JUPYTER_CONFIG_DIR", own.join("config"))
            .env("JUPYTER_DATA_DIR", own.join("data"))
            .env("JUPYTER_RUNTIME_DIR", own.join("runtime"))
            .env("IPYTHONDIR", own.join("ipython"))
            .env("JUPYTER_PREFER_ENV_PATH", "1")
            .env("PYTHONUTF8", "1")
            .env_remove("PYTHONPATH")
            .env_remove("PYTHONHOME");
        command
    }

    /// Does a step unless its stamp says that it was done from the same things.
    fn step(&self, name: &str, about: &str, made_from: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let stamp = self.home.join(format!("{name}.stamp"));
        if fs::read_to_string(&stamp).is_ok_and(|s| s == made_from) {
            return Ok(());
        }
        let _ = fs::remove_file(&stamp);
        say(&format!("set-up: {about}"));
        let start = std::time::Instant::now();
        work().with_context(|| format!("set-up of {about}"))?;
        write_whole(&stamp, made_from)?;
        say(&format!("set-up: done in {:.0} s", start.elapsed().as_secs_f64()));
        Ok(())
    }
}

/// The Python that has what is pinned in `requirements` for Spark, the one that `NEWSFRAME_SPARK_PYTHON` names or one that is set up, and the folder
/// of the latter.
#[cfg(feature = "worker")]
pub fn spark(requirements: &str) -> Result<(PathBuf, Option<PathBuf>)> {
    if let Some(python) = std::env::var_os("NEWSFRAME_SPARK_PYTHON") {
        return Ok((python.into(), None));
    }
    let home = python::spark(&Setup::begin()?.0, requirements)?;
    Ok((home.join("bin/python"), Some(home)))
}

/// Writes a file beside its place and moves it there, so that nobody meets half a file.
pub fn write_whole(path: &Path, text: &str) -> Result<()> {
    newsframe::tables::whole_file(path, |out| out.write_all(text.as_bytes()).map_err(newsframe::Error::io(path)))?;
    Ok(())
}

/// Tells what is going on: on stderr, so that stdout holds results only.
pub fn say(message: &str) {
    let (bold, plain) = if std::io::stderr().is_terminal() { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    // Work goes on, whether or not somebody is told.
    let _ = writeln!(std::io::stderr(), "{bold}{message}{plain}");
}

/// The project's folder: around the working folder, or else where this program was built.
fn project() -> Result<PathBuf> {
    let is_project = |folder: &Path| folder.join("notebooks/kernel/Cargo.toml").is_file();
    let here = std::env::current_dir()?;
    let found = here.ancestors().find(|f| is_project(f)).map(Path::to_owned);
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    match found.or_else(|| is_project(&built).then_some(built)) {
        Some(folder) => Ok(folder),
        None => bail!("what is set up stands in the project's folder: run this inside a checkout of newsframe"),
    }
}

/// Runs a command to its end; its messages go to stderr, where the user sees them.
fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.stdout(std::io::stderr()).status().with_context(|| format!("{program} can't be started"))?;
    if !status.success() {
        bail!("{program} failed ({status})");
    }
    Ok(())
}

/// What a command prints.
fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{program} can't be started"))?;
    if !output.status.success() {
        bail!("{program} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The cargo that runs this program, else the one on the path.
#[cfg(feature = "tables")]
fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
