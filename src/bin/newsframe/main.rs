//! The command.

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
}

fn main() -> std::process::ExitCode {
    let result = match Arguments::parse().command {
        Command::Extract(a) => extract::run(&a),
    };
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("newsframe: {e:#}");
            std::process::ExitCode::from(1)
        }
    }
}
