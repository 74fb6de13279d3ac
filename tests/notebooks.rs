//! The whole way, as a newcomer goes it: set-up, tables, every notebook executed in the real kernel, what the kernel does
//! when things go wrong, and the notebooks in JupyterLab in a real browser.

#![cfg(all(feature = "tables", feature = "charts", feature = "cli"))]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

mod browser;
use browser::{browser, playwright};

const NEWSFRAME: &str = env!("CARGO_BIN_EXE_newsframe");

/// Tells whoever waits, also where the output of tests that pass is kept back.
fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// Sets up what the notebooks need, and keeps the machine for one of these tests at a time: each starts kernels.
fn alone(project: &Path) -> MutexGuard<'static, ()> {
    static MACHINE: Mutex<()> = Mutex::new(());
    let turn = MACHINE.lock().unwrap_or_else(PoisonError::into_inner);
    if !project.join(".newsframe/evcxr.stamp").exists() {
        say("the first run sets up the kernel for notebooks: some ten minutes on two cores, later runs take seconds");
    }
    // stderr stays: a person who waits sees how far it is.
    let ready = Command::new(NEWSFRAME).args(["lab", "--", "--version"]).current_dir(project).stdout(Stdio::null()).status();
    assert!(ready.is_ok_and(|ready| ready.success()), "the reason stands above");
    turn
}

/// The Python of the notebooks' own environment, with nothing of the user's.
fn python(project: &Path) -> Command {
    let mut python = Command::new(project.join(".newsframe/python/bin/python"));
    let own = project.join(".newsframe/jupyter");
    python.arg("-I").env("JUPYTER_DATA_DIR", own.join("data")).env("JUPYTER_RUNTIME_DIR", own.join("runtime")).current_dir(project);
    python
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut found: Vec<_> = entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
    found.sort();
    found
}

/// Each text that a notebook's code cells left, with the kind of output it stands in.
fn outputs(notebook: &Value) -> Vec<(String, &Value)> {
    let cells = notebook["cells"].as_array().into_iter().flatten();
    let outputs = cells.flat_map(|cell| cell["outputs"].as_array().into_iter().flatten());
    outputs.map(|o| (format!("{} {}", o["output_type"].as_str().unwrap_or(""), o["name"].as_str().unwrap_or("")), o)).collect()
}

#[test]
fn every_notebook_runs_and_leaves_its_charts() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let _turn = alone(project);
    let shipped = files(&project.join("notebooks"), "ipynb");
    assert!(!shipped.is_empty(), "the project has notebooks");
    let out = tempfile::tempdir().unwrap();
    let run = Command::new(NEWSFRAME)
        .args(["run", "data/articles", "--out"])
        .arg(out.path())
        .current_dir(project)
        .stderr(Stdio::inherit()) // a person who waits sees how far it is
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "the reason stands above");

    for notebook in &shipped {
        let name = notebook.file_stem().unwrap().to_str().unwrap();
        let executed = out.path().join("notebooks").join(format!("{name}.ipynb"));
        let executed: Value = serde_json::from_slice(&std::fs::read(executed).unwrap()).unwrap();
        for (kind, output) in outputs(&executed) {
            assert!(!kind.starts_with("error"), "{name}: {output}");
            assert_ne!(kind, "stream stderr", "{name}: {output}");
            // A result that shows as plain text only fell back to Rust's debug form.
            if kind.starts_with("execute_result") {
                let data = &output["data"];
                assert!(data.get("text/html").is_some() || data.get("image/svg+xml").is_some(), "{name}: {}", data["text/plain"]);
            }
        }
        let page = std::fs::read_to_string(out.path().join("notebooks").join(format!("{name}.html"))).unwrap();
        assert!(page.contains("</html>") && page.contains("<img alt="), "{name}: the page is whole and has a chart");
        assert!(!page.contains("No description has been provided"), "{name}: every chart is described in words");
        let charts = saved(&executed);
        assert!(!charts.is_empty(), "{name} saves a chart");
        for chart in charts {
            for ending in ["svg", "png", "csv", "txt"] {
                let file = out.path().join("charts").join(format!("{chart}.{ending}"));
                assert!(std::fs::metadata(&file).is_ok_and(|m| m.len() > 0), "{name}: {}", file.display());
            }
        }
    }
    let report = std::fs::read_to_string(out.path().join("report.html")).unwrap();
    assert!(report.ends_with("</html>") && report.matches("<svg").count() >= 3, "the report is whole and has its charts");
    for table in newsframe::tables::Tables::NAMES {
        for ending in ["parquet", "csv"] {
            let file = out.path().join("tables").join(format!("{table}.{ending}"));
            assert!(file.is_file(), "{} is missing", file.display());
        }
    }
    let halves = walk(out.path()).into_iter().filter(|p| p.to_string_lossy().ends_with(".part")).count();
    assert_eq!(halves, 0, "no half-written file is left");
}

/// A cell that fails ends the run, by name, also where the kernel itself calls it a success.
#[test]
fn a_failing_cell_ends_the_run() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let _turn = alone(project);
    let folder = tempfile::tempdir().unwrap();
    for (name, code, said) in [
        ("panics", "assert_eq!(1 + 1, 3, \"sums differ\");", "sums differ"),
        ("does-not-compile", "let x: u32 = \"no number\";", "mismatched types"),
        ("complains", "eprintln!(\"something is off\");", "something is off"),
        // Killed from below, as by a machine that is out of memory.
        (
            "loses-its-kernel",
            "std::process::Command::new(\"kill\").args([\"-9\", &std::os::unix::process::parent_id().to_string()]).status()?; loop {}",
            "Kernel died",
        ),
    ] {
        let cell = |n: usize, code: &str| serde_json::json!({"cell_type": "code", "id": format!("c{n}"), "metadata": {}, "execution_count": null, "outputs": [], "source": code});
        // What an earlier run left in a later cell must not be taken for this one's.
        let mut last = cell(3, "println!(\"never\");");
        last["execution_count"] = 3.into();
        let notebook = serde_json::json!({
            "cells": [cell(1, "let fine: u32 = 1;"), cell(2, code), last],
            "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
        });
        let file = folder.path().join(format!("{name}.ipynb"));
        std::fs::write(&file, notebook.to_string()).unwrap();
        let out = folder.path().join("out");
        let run = Command::new(NEWSFRAME).arg("run").arg(&file).arg("--out").arg(&out).current_dir(project).output().unwrap();
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{name}: {stderr}");
        assert!(stderr.contains(&format!("{name}.ipynb, code cell 2")) && stderr.contains(said), "{name}: {stderr}");
        assert!(!out.join(format!("notebooks/{name}.html")).exists(), "{name}: nothing is left of a run that failed");
    }
}

/// A kernel goes from one notebook to the next, but nothing of the one is there in the other.
#[test]
fn a_notebook_starts_with_nothing_of_another() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let _turn = alone(project);
    let folder = tempfile::tempdir().unwrap();
    let notebook = |name: &str, cells: &[&str]| {
        let cells: Vec<Value> = cells
            .iter()
            .enumerate()
            .map(|(n, code)| serde_json::json!({"cell_type": "code", "id": format!("c{n}"), "metadata": {}, "execution_count": null, "outputs": [], "source": code}))
            .collect();
        let file = folder.path().join(format!("{name}.ipynb"));
        std::fs::write(&file, serde_json::json!({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).to_string()).unwrap();
        file
    };
    let out = folder.path().join("out");
    let run = |notebooks: &[PathBuf]| {
        Command::new(NEWSFRAME).arg("run").args(notebooks).arg("--out").arg(&out).current_dir(project).output().unwrap()
    };

    // Two kernels run at once, so the third and the fourth get one that another had.
    let cells = ["let left: u32 = 1; fn too() -> u32 { 2 }", "say(format!(\"{}\", left + too()))"];
    let same = ["a", "b", "c", "d"].map(|name| notebook(name, &cells));
    let all = run(&same);
    assert_eq!(all.status.code(), Some(0), "{}", String::from_utf8_lossy(&all.stderr));
    let [first, others @ ..] = same.map(|file| std::fs::read(out.join("notebooks").join(file.file_name().unwrap())).unwrap());
    assert!(others.iter().all(|other| *other == first), "outputs and their numbers are those of a kernel of its own");

    for (name, code) in [("variable", "println!(\"{left}\");"), ("function", "println!(\"{}\", too());")] {
        let after = run(&[notebook("a", &cells), notebook("b", &cells), notebook(name, &[code])]);
        let stderr = String::from_utf8_lossy(&after.stderr);
        assert_eq!(after.status.code(), Some(1), "{name}: {stderr}");
        assert!(stderr.contains(&format!("{name}.ipynb, code cell 1")) && stderr.contains("cannot find"), "{name}: {stderr}");
    }
}

/// Errors, panics, interrupts, restarts, kills, two notebooks at once, completion, progress: `jupyter/kernel.py`.
#[test]
fn the_kernel_does_what_a_person_expects() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let _turn = alone(project);
    let tested = python(project).arg("tests/jupyter/kernel.py").status().unwrap();
    assert!(tested.success(), "the reason stands above");
}

/// JupyterLab in headless Chromium, driven by Playwright: `jupyter/browser.py`. Pictures of what was seen are left in
/// the folder of the tests' files.
#[test]
fn every_notebook_runs_in_jupyterlab_in_a_browser() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(browser) = browser() else {
        say(
            "NOT TESTED: the notebooks in a browser. There is no Chromium here (on Debian: apt install chromium), and none in NEWSFRAME_BROWSER.",
        );
        return;
    };
    let _turn = alone(project);
    let packages = playwright(project, python(project));
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("jupyterlab");
    let tested =
        python(project).arg("tests/jupyter/browser.py").args([&packages, Path::new(NEWSFRAME), &browser, &pictures]).status().unwrap();
    assert!(tested.success(), "the reason stands above");
}

/// The names of the charts that a notebook's code saves: `.save("name")`.
fn saved(notebook: &Value) -> Vec<String> {
    let mut names = Vec::new();
    for cell in notebook["cells"].as_array().into_iter().flatten().filter(|c| c["cell_type"] == "code") {
        let source = match &cell["source"] {
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().unwrap_or("").to_owned(),
        };
        names.extend(source.split(".save(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    names
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(walk(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}
