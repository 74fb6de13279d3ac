//! `newsframe extract`: only the tables.

use std::path::PathBuf;

use clap::ValueEnum;
use newsframe::article::Extractor;
use newsframe::pack::Packs;
use newsframe::tables::Format;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  newsframe extract data/articles --out out/tables --format csv")]
pub struct Arguments {
    /// A folder of articles, or one file
    #[arg(default_value = "data/articles")]
    corpus: PathBuf,
    /// The folder to write the tables into
    #[arg(long)]
    out: PathBuf,
    /// How to write them
    #[arg(long, value_enum, default_value_t = FormatName::default())]
    format: FormatName,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum FormatName {
    #[cfg(feature = "tables")]
    #[default]
    Parquet,
    Csv,
    #[cfg_attr(not(feature = "tables"), default)]
    Jsonl,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            #[cfg(feature = "tables")]
            FormatName::Parquet => Self::Parquet,
            FormatName::Csv => Self::Csv,
            FormatName::Jsonl => Self::Jsonl,
        }
    }
}

pub fn run(a: &Arguments) -> anyhow::Result<()> {
    let extractor = Extractor::new(&Packs::shipped())?;
    let corpus = newsframe::corpus::open(&a.corpus)?;
    let tables = newsframe::extract::extract(&extractor, &corpus, || ());
    std::fs::create_dir_all(&a.out)?;
    for (name, rows) in tables.write(&a.out, a.format.into())? {
        println!("{name:<10} {rows:>8} rows");
    }
    Ok(())
}
