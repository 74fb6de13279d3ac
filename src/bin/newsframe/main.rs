//! The command.

mod add;
mod check;
mod diff;
mod extract;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "newsframe", version, about = "News articles in, dated claims, quotations and loaded terms out")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the tables of a corpus
    Extract(extract::Arguments),
    /// Takes new articles into a corpus folder
    Add(add::Arguments),
    /// Checks the language packs and the corpus index
    Check(check::Arguments),
    /// Says what changed between two runs
    Diff(diff::Arguments),
}

fn main() -> std::process::ExitCode {
    let result = match Arguments::parse().command {
        Command::Extract(a) => extract::run(&a),
        Command::Check(a) => check::run(&a),
        Command::Add(a) => add::run(&a),
        Command::Diff(a) => diff::run(&a),
    };
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("newsframe: {e:#}");
            std::process::ExitCode::from(1)
        }
    }
}
