//! The library as cells see it, and the Jupyter entry "Rust (newsframe)".
//!
//! `notebooks/kernel` is built by the project's own cargo, in the profile of this program, so that one build of Polars
//! serves both. What cells need of that build is kept apart, in a folder named after its content, so that a notebook
//! that is open isn't disturbed when the library changes: the shared library, and of each crate below it the part that
//! the compiler reads (links to the same files, no copies). Beside it stand the answers that the kernel gets in place of
//! cargo's (see `cargo.sh`), and a library without symbols for the linker ([`stand_in`]).
//!
//! The kernel reads types with rust-analyzer, which takes the longer the more sources it is shown. It is shown
//! [`READ_FOR_TYPES`] and the standard library, in place of all two hundred crates: what stands in a notebook's
//! variables comes from these. A variable whose type lies elsewhere needs it written out.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::evcxr::Toolchain;
use super::{Setup, cargo, output, say, write_whole};

/// The crates that the types of a notebook's variables come from.
const READ_FOR_TYPES: &[&str] = &[
    "newsframe",
    "polars",
    "polars-core",
    "polars-error",
    "polars-lazy",
    "polars-ops",
    "polars-plan",
    "polars-schema",
    "polars-utils",
    "chrono",
    "plotters",
];
/// Those that a cell can name, beside `newsframe` itself.
const IN_REACH: &[&str] = &["polars", "plotters"];
/// How the linker is told that a cell loads the library, though none of its symbols was seen.
const NEEDED: &str = if cfg!(target_os = "linux") { "--no-as-needed," } else { "" };
const CARGO: &str = include_str!("cargo.sh");
const RUSTUP: &str = include_str!("rustup.sh");
const SESSION: &str = include_str!("session.py");

pub fn ready(setup: &Setup) -> Result<()> {
    let toolchain = Toolchain::read()?;
    let built = build(setup, &toolchain)?;
    let kernels = setup.home.join("kernel");
    let mut name = Sha256::new();
    for part in [
        &*toolchain.version,
        &setup.project.to_string_lossy(),
        CARGO,
        RUSTUP,
        SESSION,
        include_str!("kernel.rs"),
        &fs::read_to_string(setup.project.join("notebooks/evcxr.toml"))?,
    ] {
        name.update(part);
    }
    for Built { file, .. } in &built {
        let about = fs::metadata(file).with_context(|| file.display().to_string())?;
        name.update(format!("{} {} {:?}\n", file.display(), about.len(), about.modified()?));
    }
    let name: String = name.finalize().iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let here = kernels.join(name);
    if !here.is_dir() {
        say("set-up: the library for notebooks (.newsframe/kernel)");
        let beside = tempfile::tempdir_in(&setup.home)?;
        fill(setup, &toolchain, &built, beside.path(), &here)?;
        fs::create_dir_all(&kernels)?;
        fs::rename(beside.keep(), &here)?;
    }
    let sessions = setup.home.join("sessions");
    fs::create_dir_all(&sessions)?;
    register(setup, &toolchain, &here, &sessions)?;
    forget_old(&kernels, 2)?;
    forget_sessions(&sessions)
}

/// A file that compiling a cell reads.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Built {
    file: PathBuf,
    /// The name of its crate.
    of: String,
    /// Whether that is the project's own.
    is_own: bool,
}

/// Builds the library for cells; gives the files that compiling a cell reads.
fn build(setup: &Setup, toolchain: &Toolchain) -> Result<Vec<Built>> {
    let mut command = cargo();
    command.args(["rustc", "--package", "newsframe-kernel", "--message-format", "json-render-diagnostics"]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    // Cells load the standard library as a shared one, so this library must too, and say where it is: it may be loaded first.
    command.args(["--", "-C", "prefer-dynamic", "-C"]).arg(format!("link-arg=-Wl,-rpath,{}", toolchain.libraries().display()));
    command.current_dir(&setup.project).stderr(std::process::Stdio::inherit());
    let own = format!("{}/", setup.project.display());
    let mut files = Vec::new();
    for line in output(&mut command).context("the library for notebooks can't be built")?.lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        if message["reason"] != "compiler-artifact" {
            continue;
        }
        let kinds = &message["target"]["crate_types"];
        let is = |kind: &str| kinds.as_array().is_some_and(|k| k.iter().any(|k| k == kind));
        let wanted = if is("proc-macro") || is("dylib") { std::env::consts::DLL_EXTENSION } else { "rmeta" };
        let is_own = message["manifest_path"].as_str().is_some_and(|m| m.starts_with(&own));
        for file in message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str).map(PathBuf::from) {
            if file.extension().is_some_and(|e| e == wanted) {
                files.push(Built { file, of: message["target"]["name"].as_str().unwrap_or_default().to_owned(), is_own });
            }
        }
    }
    files.sort(); // cargo tells them in the order in which they get ready
    files.dedup();
    Ok(files)
}

/// Fills `folder`, which will stand at `here`.
fn fill(setup: &Setup, toolchain: &Toolchain, built: &[Built], folder: &Path, here: &Path) -> Result<()> {
    let lib = folder.join("lib");
    fs::create_dir_all(&lib)?;
    fs::create_dir_all(folder.join("bin"))?;
    for Built { file, is_own, .. } in built {
        let to = lib.join(file.file_name().context("a file has a name")?);
        // Cargo writes the project's own crates anew under the same names, so these are copied.
        if *is_own || fs::hard_link(file, &to).is_err() {
            fs::copy(file, &to)?;
        }
    }
    let library = format!("{}newsframe_kernel{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    if !lib.join(&library).is_file() {
        bail!("cargo built no {library}");
    }
    let libraries = here.join("lib");
    let libraries = libraries.display();
    let linked = match stand_in(&lib.join(&library), &folder.join("link")) {
        Ok(()) => here.join("link").join(&library),
        Err(_) => here.join("lib").join(&library), // slower, and the same
    };
    let linked = linked.display();
    let std = toolchain.libraries();
    let std = std.display();
    let in_reach = built.iter().filter(|b| IN_REACH.contains(&b.of.as_str())).fold(String::new(), |mut lines, b| {
        let name = b.file.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(lines, "--extern={}={libraries}/{name}", b.of);
        lines
    });
    write_whole(
        &folder.join("rustc.args"),
        &format!(
            "--crate-name=ctx\n--edition=2024\n--crate-type=cdylib\n-Cprefer-dynamic\n-Ccodegen-units=1\n-Cdebuginfo=0\n\
             -Cstrip=debuginfo\n-Awarnings\n--error-format=json\n-Clink-arg=-Wl,-rpath,{libraries}\n-Clink-arg=-Wl,-rpath,{std}\n\
             -Clink-arg=-Wl,{NEEDED}{linked}\n-Ldependency={libraries}\n--extern=newsframe={linked}\n{in_reach}"
        ),
    )?;
    // For notebooks that stand elsewhere: the settings of `notebooks/`, with the library named in full.
    let settings = fs::read_to_string(setup.project.join("notebooks/evcxr.toml"))?;
    let library = setup.project.join("notebooks/kernel");
    write_whole(&folder.join("evcxr.toml"), &settings.replace("path = \"kernel\"", &format!("path = {}", json!(library))))?;
    write_whole(&folder.join("session.py"), SESSION)?;
    write_whole(&folder.join("metadata.json"), &metadata(setup, toolchain)?.to_string())?;
    write_whole(&folder.join("cfg.txt"), &output(std::process::Command::new(toolchain.rustc()).args(["-O", "--print", "cfg"]))?)?;
    write_whole(&folder.join("version.txt"), &output(cargo().arg("--version"))?)?;
    let real = output(std::process::Command::new("rustup").args(["which", "cargo"]))
        .map_or_else(|_| toolchain.root.join("bin/cargo").to_string_lossy().into_owned(), |path| path.trim().to_owned());
    for (name, text) in [("cargo", CARGO), ("rustup", RUSTUP)] {
        let path = folder.join("bin").join(name);
        let text = text
            .replace("@HERE@", &here.to_string_lossy())
            .replace("@PROJECT@", &setup.project.to_string_lossy())
            .replace("@CARGO@", &real);
        write_whole(&path, &text)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// Puts a library into `folder` that has the name of `library` and what the compiler reads in it, but no code and no symbols.
///
/// To link a cell against the library itself, the linker reads the names of its 320,000 symbols, a third of all the time that a cell takes to
/// compile. What a cell asks of the library is looked up when the cell is loaded, in the library itself.
fn stand_in(library: &Path, folder: &Path) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("other linkers want to see each symbol");
    }
    fs::create_dir_all(folder)?;
    let name = library.file_name().context("a file has a name")?.to_string_lossy();
    output(
        std::process::Command::new("objcopy")
            .args(["-O", "binary", "--only-section=.rustc", "--set-section-flags", ".rustc=alloc"])
            .arg(library)
            .arg("metadata")
            .current_dir(folder),
    )?;
    fs::write(folder.join("metadata.s"), ".section .rustc, \"\", %progbits\n.incbin \"metadata\"\n")?;
    output(
        std::process::Command::new("cc")
            .args(["-shared", "-nostdlib", "metadata.s", "-o", &name])
            .arg(format!("-Wl,-soname,{name}"))
            .current_dir(folder),
    )?;
    Ok(())
}

/// What `cargo metadata` would say of a cell, with no more packages than [`READ_FOR_TYPES`]. `@ROOT@` stands for the
/// folder of the session.
fn metadata(setup: &Setup, toolchain: &Toolchain) -> Result<Value> {
    let text =
        output(cargo().args(["metadata", "--format-version", "1", "--filter-platform", &toolchain.host]).current_dir(&setup.project))?;
    let mut all: Value = serde_json::from_str(&text)?;
    let packages = all["packages"].as_array_mut().map(std::mem::take).unwrap_or_default();
    let mut packages: Vec<Value> = packages.into_iter().filter(|p| READ_FOR_TYPES.iter().any(|name| p["name"] == *name)).collect();
    for package in &mut packages {
        if let Some(targets) = package["targets"].as_array_mut() {
            targets.retain(|t| t["kind"].as_array().is_some_and(|k| k.iter().any(|k| k == "lib")));
        }
        if package["name"] == "newsframe" {
            // Only `src` is to be read, not the notebooks, the tests and what was built.
            package["manifest_path"] = json!(setup.project.join("src/Cargo.toml"));
            package["source"] = json!("registry+newsframe");
        }
    }
    let ids: Vec<Value> = packages.iter().map(|p| p["id"].clone()).collect();
    let mut nodes: Vec<Value> = all["resolve"]["nodes"].as_array_mut().map(std::mem::take).unwrap_or_default();
    nodes.retain(|n| ids.contains(&n["id"]));
    for node in &mut nodes {
        if let Some(dependencies) = node["dependencies"].as_array_mut() {
            dependencies.retain(|d| ids.contains(d));
        }
        if let Some(dependencies) = node["deps"].as_array_mut() {
            let is_normal = |d: &Value| d["dep_kinds"].as_array().is_some_and(|k| k.iter().any(|k| k["kind"].is_null()));
            dependencies.retain(|d| ids.contains(&d["pkg"]) && is_normal(d));
        }
    }
    let root = "path+file://@ROOT@#ctx@1.0.0";
    let in_reach: Vec<Value> = packages
        .iter()
        .filter(|p| p["name"] == "newsframe" || IN_REACH.iter().any(|name| p["name"] == *name))
        .map(|p| json!({"name": p["name"], "pkg": p["id"], "dep_kinds": [{"kind": null, "target": null}]}))
        .collect();
    let reached: Vec<&Value> = in_reach.iter().map(|d| &d["pkg"]).collect();
    nodes.push(json!({"id": root, "dependencies": reached, "deps": in_reach, "features": []}));
    packages.push(json!({
        "name": "ctx", "version": "1.0.0", "id": root, "license": null, "license_file": null, "description": null, "source": null,
        "dependencies": [], "features": {}, "manifest_path": "@ROOT@/Cargo.toml", "metadata": null, "publish": null,
        "authors": [], "categories": [], "keywords": [], "readme": null, "repository": null, "homepage": null,
        "documentation": null, "edition": "2024", "links": null, "default_run": null, "rust_version": null,
        "targets": [{
            "kind": ["cdylib"], "crate_types": ["cdylib"], "name": "ctx", "src_path": "@ROOT@/src/lib.rs", "edition": "2024",
            "doc": true, "doctest": false, "test": false
        }],
    }));
    Ok(json!({
        "packages": packages, "workspace_members": [root], "workspace_default_members": [root],
        "resolve": {"nodes": nodes, "root": root}, "target_directory": "@ROOT@/target", "version": 1,
        "workspace_root": "@ROOT@", "metadata": null,
    }))
}

/// Makes "Rust (newsframe)" appear in Jupyter's launcher. Every kernel that starts gets a folder of its own among the
/// sessions, so that notebooks don't disturb each other.
fn register(setup: &Setup, toolchain: &Toolchain, here: &Path, sessions: &Path) -> Result<()> {
    let env = json!({
        "PATH": format!("{}:${{PATH}}", here.join("bin").display()),
        "RUSTC": toolchain.rustc(),
        "CARGO_HOME": here,
        "NEWSFRAME_CARGO_HOME": std::env::var("CARGO_HOME").unwrap_or_default(),
        "RUST_SRC_PATH": setup.home.join("std"),
        "EVCXR_CONFIG_DIR": here,
        // `cargo run` puts `target/` here, where the library may have become another one since.
        "LD_LIBRARY_PATH": format!("{}:${{LD_LIBRARY_PATH}}", here.join("lib").display()),
        "JUPYTER_PATH": setup.home.join("jupyter/data"),
    });
    // The kernel can't load a cell from a path with a space; the system's own folder for temporary files does as well.
    let sessions = if sessions.to_string_lossy().contains(' ') { Path::new("") } else { sessions };
    let entry = json!({
        "argv": [
            setup.home.join("python/bin/python"), "-I", here.join("session.py"),
            setup.home.join("evcxr/bin/evcxr_jupyter"), sessions, "{connection_file}",
        ],
        "display_name": "Rust (newsframe)",
        "language": "rust",
        "interrupt_mode": "message",
        "env": env,
    });
    let folder = setup.home.join("python/share/jupyter/kernels/newsframe");
    fs::create_dir_all(&folder)?;
    write_whole(&folder.join("kernel.json"), &format!("{entry:#}\n"))
}

/// Removes all but the latest: a notebook that was opened before the last change of the library still has its own.
fn forget_old(folder: &Path, keep: usize) -> Result<()> {
    let mut kernels: Vec<_> =
        fs::read_dir(folder)?.flatten().filter_map(|e| Some((e.metadata().ok()?.modified().ok()?, e.path()))).collect();
    kernels.sort();
    for (_, path) in kernels.iter().rev().skip(keep) {
        fs::remove_dir_all(path)?;
    }
    Ok(())
}

/// A kernel's helper removes its folder in the end (`session.py`). What a crash of the machine left goes after a day.
fn forget_sessions(folder: &Path) -> Result<()> {
    for session in fs::read_dir(folder)?.flatten() {
        let age = session.metadata().and_then(|m| m.modified()).ok().and_then(|m| m.elapsed().ok());
        if age.is_some_and(|a| a.as_secs() > 24 * 60 * 60) {
            fs::remove_dir_all(session.path())?;
        }
    }
    Ok(())
}
