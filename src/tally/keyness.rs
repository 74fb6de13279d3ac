//! Which words one side uses more than another: any two groupings, all words or only the concepts of the lexicon.

use std::collections::{BTreeMap, BTreeSet};

use super::contingency::{Cells, ConservativeLogRatio};
use super::log_odds::{LogOdds, Prior};
use super::side::Side;
use super::{Table, benjamini_hochberg, describes, holm, many, paired, words};
use crate::error::{Error, Result};
use crate::tables::Tables;
use crate::text::TokenKind;

/// Begins a comparison: `keyness(&news).of("source", "Sana").against("source", "Reuters").count()?`. Keys are `source`, `language`,
/// `document`, `year`, `month`, `voice` and `whose`; each may be given more than once. Without `against`, everything else is the other side.
#[must_use]
pub fn keyness(tables: &Tables) -> Keyness<'_> {
    Keyness { tables, of: Side::default(), against: Side::default(), concepts: false, least: 3, prior: 1000.0 }
}

/// A comparison in the making.
#[derive(Clone, Debug)]
pub struct Keyness<'t> {
    tables: &'t Tables,
    of: Side,
    against: Side,
    concepts: bool,
    least: u64,
    prior: f64,
}

/// A comparison: one row a word, the one that tells the sides apart most surely first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyTable {
    /// The rows.
    pub rows: Vec<Key>,
    /// The documents of each side.
    pub documents: (u64, u64),
    /// All documents that were compared; one can be on both sides, by voice.
    pub compared: u64,
    /// Concepts that were left out because not every language that is compared has them.
    pub unpaired: BTreeSet<String>,
}

/// One word of a comparison with everything it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The word in lower case, or the concept.
    pub word: String,
    /// Its counts and the words of each side.
    pub cells: Cells,
    /// The chance of G², for all rows together, by Benjamini and Hochberg.
    pub p_bh: f64,
    /// The same by Holm.
    pub p_holm: f64,
    /// The conservative log ratio, for all rows together.
    pub conservative: Option<ConservativeLogRatio>,
    /// The prior of the log-odds: pooled over both sides.
    pub prior: Prior,
    /// The log-odds with that prior.
    pub log_odds: Option<LogOdds>,
    /// z with a prior of a tenth of the weight, and of ten times the weight.
    pub z_of_other_priors: (Option<f64>, Option<f64>),
}

impl Keyness<'_> {
    /// What is compared: words for which this holds.
    #[must_use]
    pub fn of(mut self, key: &str, value: &str) -> Self {
        self.of.add(key, value);
        self
    }

    /// What it is compared with.
    #[must_use]
    pub fn against(mut self, key: &str, value: &str) -> Self {
        self.against.add(key, value);
        self
    }

    /// Counts the concepts of the lexicon instead of words. Sides of different languages can be compared only so.
    #[must_use]
    pub fn concepts(mut self) -> Self {
        self.concepts = true;
        self
    }

    /// Leaves out what both sides together have less often; 3 if not given. What is left is the family of tests.
    #[must_use]
    pub fn least(mut self, occurrences: u64) -> Self {
        self.least = occurrences;
        self
    }

    /// The weight of the prior in words; 1,000 if not given.
    #[must_use]
    pub fn prior(mut self, words: f64) -> Self {
        self.prior = words;
        self
    }

    /// Counts.
    ///
    /// # Errors
    /// If a key is not known, a word is on both sides, or words of different languages would be compared.
    pub fn count(&self) -> Result<KeyTable> {
        self.of.check()?;
        self.against.check()?;
        let wrong = |message: &str| Err(Error::Table { table: "keyness", message: message.to_owned() });
        if self.of.is_everything() {
            return wrong("say what is compared: .of(\"source\", …)");
        }
        let mut sizes = [0_u64; 2];
        let mut met: [BTreeSet<&str>; 2] = Default::default();
        let mut languages = BTreeSet::new();
        let mut counts: BTreeMap<String, [u64; 2]> = BTreeMap::new();
        for (d, words) in words::of_counted(self.tables) {
            if !self.of.takes(d) && !self.against.takes(d) {
                continue;
            }
            for word in words.iter().filter(|w| w.kind == TokenKind::Word) {
                let on = self.on(d, word.shown());
                if on == [true, true] {
                    return wrong("a word would be on both sides");
                }
                let Some(side) = on.iter().position(|&on| on) else { continue };
                sizes[side] += 1;
                met[side].insert(&d.doc_id);
                languages.insert(d.language.as_str());
                if !self.concepts {
                    counts.entry(word.lower()).or_default()[side] += 1;
                }
            }
        }
        let mut unpaired = BTreeSet::new();
        if self.concepts {
            let pairs = paired(&self.tables.terms);
            let documents: BTreeMap<&str, _> =
                self.tables.documents.iter().filter(|d| d.duplicate_of.is_none()).map(|d| (d.doc_id.as_str(), d)).collect();
            for term in &self.tables.terms {
                let Some(d) = documents.get(term.doc_id.as_str()) else { continue };
                let Some(side) = self.on(d, term.voice).iter().position(|&on| on) else { continue };
                if languages.len() > 1 && !pairs.contains(term.concept.as_str()) {
                    unpaired.insert(term.concept.to_string());
                } else {
                    counts.entry(term.concept.to_string()).or_default()[side] += 1;
                }
            }
        } else if languages.len() > 1 {
            return wrong("words of different languages are not compared; count .concepts(), or take one language");
        }
        let documents = (met[0].len() as u64, met[1].len() as u64);
        let compared = met[0].union(&met[1]).count() as u64;
        Ok(KeyTable { rows: self.rows(counts, sizes), documents, compared, unpaired })
    }

    fn on(&self, d: &crate::tables::DocumentRow, voice: crate::vocabulary::Voice) -> [bool; 2] {
        let of = self.of.holds(d, voice);
        [of, if self.against.is_everything() { !of } else { self.against.holds(d, voice) }]
    }

    fn rows(&self, counts: BTreeMap<String, [u64; 2]>, [n1, n2]: [u64; 2]) -> Vec<Key> {
        let kept: Vec<(String, Cells)> = counts
            .into_iter()
            .filter(|(_, [a, b])| a + b >= self.least.max(1))
            .map(|(word, [a, b])| (word, Cells { a, b, n1, n2 }))
            .collect();
        let p: Vec<f64> = kept.iter().map(|(_, cells)| cells.p()).collect();
        let (family, adjusted) = (kept.len(), benjamini_hochberg(&p).into_iter().zip(holm(&p)));
        let mut rows: Vec<Key> = kept
            .into_iter()
            .zip(adjusted)
            .map(|((word, cells), (p_bh, p_holm))| {
                let prior = Prior::pooled(cells, self.prior);
                let z = |by: f64| LogOdds::of(cells, prior.scaled(by)).map(|l| l.z);
                Key {
                    word,
                    cells,
                    p_bh,
                    p_holm,
                    conservative: cells.conservative_log_ratio(family),
                    prior,
                    log_odds: LogOdds::of(cells, prior),
                    z_of_other_priors: (z(0.1), z(10.0)),
                }
            })
            .collect();
        let size = |k: &Key| k.log_odds.map_or(0.0, |l| l.z.abs());
        rows.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.word.cmp(&b.word)));
        rows
    }
}

impl KeyTable {
    /// What was compared, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let sure = self.rows.iter().filter(|k| k.conservative.is_some_and(|c| c.value != 0.0)).count() as u64;
        let left_out = match self.unpaired.len() as u64 {
            0 => String::new(),
            n => format!(" {} without a pair in the other language left out.", many(n, "concept")),
        };
        let note = describes(self.compared).map_or_else(String::new, |n| format!(" ({n})"));
        format!(
            "{} compared over {} and {}{note}: {} told apart beyond chance.{left_out}",
            many(self.rows.len() as u64, "word"),
            many(self.documents.0, "document"),
            self.documents.1,
            sure
        )
    }

    /// The rows as a table. `target` is what is compared, `reference` what it is compared with.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter();
        let cells = || self.rows.iter().map(|k| k.cells);
        let per = |count: u64, size: u64| super::share(count, size).map(|s| s * 1000.0);
        let note = describes(self.compared);
        Table::default()
            .text("word", rows().map(|k| Some(k.word.clone())))
            .count("target", cells().map(|c| c.a))
            .count("reference", cells().map(|c| c.b))
            .count("target_words", cells().map(|c| c.n1))
            .count("reference_words", cells().map(|c| c.n2))
            .count("target_documents", rows().map(|_| self.documents.0))
            .count("reference_documents", rows().map(|_| self.documents.1))
            .number("target_per_1000", cells().map(|c| per(c.a, c.n1)))
            .number("reference_per_1000", cells().map(|c| per(c.b, c.n2)))
            .number("g2", cells().map(|c| Some(c.g2())))
            .number("g2_rayson", cells().map(|c| Some(c.g2_rayson())))
            .number("chi2", cells().map(|c| Some(c.chi2())))
            .number("bic", cells().map(|c| Some(c.bic())))
            .number("p", cells().map(|c| Some(c.p())))
            .number("p_bh", rows().map(|k| Some(k.p_bh)))
            .number("p_holm", rows().map(|k| Some(k.p_holm)))
            .number("log_ratio", cells().map(Cells::log_ratio))
            .number("pct_diff", cells().map(Cells::pct_diff))
            .number("odds_ratio", cells().map(Cells::odds_ratio))
            .number("lrc", rows().map(|k| k.conservative.map(|c| c.value)))
            .number("lrc_low", rows().map(|k| k.conservative.map(|c| c.interval.low)))
            .number("lrc_high", rows().map(|k| k.conservative.map(|c| c.interval.high)))
            .number("log_odds", rows().map(|k| k.log_odds.map(|l| l.delta)))
            .number("z", rows().map(|k| k.log_odds.map(|l| l.z)))
            .number("prior_word", rows().map(|k| Some(k.prior.word)))
            .number("prior_all", rows().map(|k| Some(k.prior.all)))
            .number("z_prior_tenth", rows().map(|k| k.z_of_other_priors.0))
            .number("z_prior_tenfold", rows().map(|k| k.z_of_other_priors.1))
            .text("note", rows().map(|_| note.clone()))
    }
}
