//! The command.

#![warn(clippy::expect_used)]

mod add;
mod check;
#[cfg(feature = "worker")]
mod cluster;
mod diff;
mod export;
mod extract;
#[cfg(all(feature = "tables", feature = "charts"))]
mod lab;
mod output;
#[cfg(feature = "charts")]
mod report;
#[cfg(all(feature = "tables", feature = "charts"))]
mod run;
#[cfg(any(feature = "tables", feature = "worker"))]
mod setup;
#[cfg(feature = "worker")]
mod worker;

use clap::{Parser, Subcommand};

#[cfg(not(target_env = "musl"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "newsframe", version, about = "News articles in, dated claims, quotations and loaded terms out")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Opens the notebooks in JupyterLab
    #[cfg(all(feature = "tables", feature = "charts"))]
    Lab(lab::Arguments),
    /// Runs everything without a browser: tables, the report, the notebooks with their charts
    #[cfg(all(feature = "tables", feature = "charts"))]
    Run(run::Arguments),
    /// Writes the tables of a corpus
    Extract(extract::Arguments),
    /// Writes the tables and a report over them, for any browser
    #[cfg(feature = "charts")]
    Report(report::Arguments),
    /// Writes reported deaths in the columns of UCDP GED, ACLED or Iraq Body Count
    Export(export::Arguments),
    /// Takes new articles into a corpus folder
    Add(add::Arguments),
    /// Checks the language packs and the corpus index
    Check(check::Arguments),
    /// Says what changed between two runs
    Diff(diff::Arguments),
    /// Writes the tables of a corpus that is too large for one machine, by Apache Spark
    #[cfg(feature = "worker")]
    Cluster(cluster::Arguments),
    /// Does one step of the extraction for an engine such as Apache Spark: Arrow stream in, Arrow stream out
    #[cfg(feature = "worker")]
    Worker(worker::Arguments),
}

fn main() -> std::process::ExitCode {
    let result = match Arguments::parse().command {
        #[cfg(all(feature = "tables", feature = "charts"))]
        Command::Lab(a) => lab::run(&a),
        #[cfg(all(feature = "tables", feature = "charts"))]
        Command::Run(a) => run::run(&a),
        Command::Extract(a) => extract::run(&a),
        #[cfg(feature = "charts")]
        Command::Report(a) => report::run(&a),
        Command::Export(a) => export::run(&a),
        Command::Check(a) => check::run(&a),
        Command::Add(a) => add::run(&a),
        Command::Diff(a) => diff::run(&a),
        #[cfg(feature = "worker")]
        Command::Cluster(a) => cluster::run(&a),
        #[cfg(feature = "worker")]
        Command::Worker(a) => worker::run(&a),
    };
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(e) => {
            output::note!("newsframe: {e:#}");
            std::process::ExitCode::from(1)
        }
    }
}

/// Ends the program as a wrong use of it: with a message and exit code 2.
fn wrong_use(message: &str) -> ! {
    use clap::CommandFactory;
    Arguments::command().error(clap::error::ErrorKind::ValueValidation, message).exit()
}
