//! `newsframe export`: reported deaths in the columns of known event data sets.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::ValueEnum;
use newsframe::article::Extractor;
use newsframe::corpus::Reader;
use newsframe::export::Form;
use newsframe::tables::whole_file;

use crate::extract;
use crate::output::tell;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  newsframe export data/articles --like acled --out out/exports")]
pub struct Arguments {
    /// A folder of articles, or one file
    #[arg(default_value = "data/articles")]
    corpus: PathBuf,
    /// The data set whose columns are written
    #[arg(long, value_enum)]
    like: FormName,
    /// The folder to write into: the table as CSV, and a note of what its form can't hold
    #[arg(long)]
    out: PathBuf,
    /// What is taken as the one value of a figure such as "dozens" (without: the convention of the data set)
    #[arg(long)]
    policy: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormName {
    Ucdp,
    Acled,
    IraqBodyCount,
}

impl From<FormName> for Form {
    fn from(name: FormName) -> Self {
        match name {
            FormName::Ucdp => Self::Ucdp,
            FormName::Acled => Self::Acled,
            FormName::IraqBodyCount => Self::IraqBodyCount,
        }
    }
}

pub fn run(a: &Arguments) -> anyhow::Result<()> {
    let form = Form::from(a.like);
    let policy = extract::policy(a.policy.as_deref().unwrap_or_else(|| form.policy()))?;
    let extractor = Extractor::with_policy(&extract::packs(&a.corpus)?, &policy)?;
    extract::make_folder(&a.out, &a.corpus, false)?;
    let mut reader = Reader::open(&a.corpus).with_context(|| format!("the corpus {}", a.corpus.display()))?;
    let table = form.table(&newsframe::extract::extract_from(&extractor, &mut reader, None, |_| ())?.tables);
    let csv = table.csv()?;
    for (name, text) in [(format!("{}.csv", form.stem()), csv.as_str()), (format!("{}.md", form.stem()), form.note())] {
        let path = a.out.join(name);
        whole_file(&path, |out| out.write_all(text.as_bytes()).map_err(newsframe::Error::io(&path)))?;
    }
    tell!("{} groups of claims by the policy {} are now {}.csv in {}", table.height(), policy.name, form.stem(), a.out.display());
    Ok(())
}
