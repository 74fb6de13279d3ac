//! `newsframe worker`: a step of the extraction for an engine that starts it: Arrow stream in, Arrow stream out.

use std::io::{stdin, stdout};
use std::path::PathBuf;

use clap::ValueEnum;
use newsframe::article::Extractor;
use newsframe::corpus::Reader;
use newsframe::find::numbers::Policy;
use newsframe::worker;

use crate::extract;

#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  newsframe worker < articles.arrows > rows.arrows\n\nBoth are streams in Arrow's IPC format; the articles have a column `text` and what is known of id,\npublished, language, source, title, author, url and path."
)]
pub struct Arguments {
    /// What to do
    #[arg(value_enum, default_value_t = Step::Documents)]
    step: Step,
    /// A folder with `packs` and `aliases.csv` of your own
    #[arg(long)]
    beside: Option<PathBuf>,
    /// What is taken as the one value of a figure such as "dozens": literal, acled, ucdp, or a file like those in data/policy
    #[arg(long, default_value = Policy::DEFAULT)]
    policy: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Step {
    /// Articles to one row each, with the rows of every table in it
    Documents,
    /// Articles to the ids that they were given
    Ids,
    /// Names of a corpus to its entities
    Entities,
    /// Signatures of documents to which one repeats which
    Duplicates,
    /// What claims say to which of them say the same
    Claims,
}

pub fn run(a: &Arguments) -> anyhow::Result<()> {
    let aliases = match &a.beside {
        Some(folder) => Reader::open(folder)?.aliases,
        None => Vec::new(),
    };
    let (input, output) = (stdin().lock(), stdout().lock());
    let folder = std::env::temp_dir();
    match a.step {
        Step::Documents => {
            let packs = a.beside.as_deref().map_or_else(|| Ok(newsframe::pack::Packs::shipped()), extract::packs)?;
            let extractor = Extractor::with_policy(&packs.without_examples(), &extract::policy(&a.policy)?)?;
            worker::documents(&extractor, &aliases, input, output)?;
        }
        Step::Ids => worker::ids(input, output)?,
        Step::Entities => worker::entities(&aliases, &folder, input, output)?,
        Step::Duplicates => worker::duplicates(&folder, input, output)?,
        Step::Claims => worker::claims(&folder, input, output)?,
    }
    Ok(())
}
