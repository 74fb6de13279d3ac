//! What stands near a word more often than chance would have it.

use std::collections::BTreeMap;

use super::words::{self, Phrase};
use super::{Cells, Table, describes};
use crate::tables::Tables;
use crate::text::TokenKind;

/// The words near another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collocations {
    /// One row a word, the surest first.
    pub rows: Vec<Collocation>,
}

/// A word near another. Of the N words that are not the other itself R stand near it; of the word's C occurrences O do.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocation {
    /// The language of the documents.
    pub language: String,
    /// The word in lower case.
    pub word: String,
    /// O near (a) and C − O elsewhere (b), of R words near (n1) and N − R elsewhere (n2).
    pub cells: Cells,
    /// Occurrences of the other word.
    pub node: u64,
    /// Documents of this language.
    pub documents: u64,
}

/// Counts the words at most `reach` words from each place of `node` and in its sentence; marks and numbers are skipped. `node` is
/// written as in [`super::kwic`]. A word between two such places counts once. Each language is counted by itself.
///
/// S. Evert, "Corpora and collocations", in Corpus Linguistics: An International Handbook (2008), 1212–1248, on surface cooccurrence.
#[must_use]
pub fn collocations(tables: &Tables, node: &str, reach: usize) -> Collocations {
    let phrase = Phrase::new(node);
    let mut languages: BTreeMap<&str, Counts> = BTreeMap::new();
    for (d, mut words) in words::of_counted(tables) {
        words.retain(|w| w.kind == TokenKind::Word);
        languages.entry(&d.language).or_default().read(&words, &phrase, reach);
    }
    let mut rows: Vec<Collocation> = languages.into_iter().flat_map(|(language, counts)| counts.rows(language)).collect();
    rows.sort_by(|a, b| b.log_likelihood().total_cmp(&a.log_likelihood()).then_with(|| a.word.cmp(&b.word)));
    Collocations { rows }
}

#[derive(Default)]
struct Counts {
    /// Of each word: near, and everywhere but as part of the node.
    words: BTreeMap<String, (u64, u64)>,
    node: u64,
    documents: u64,
}

impl Counts {
    fn read(&mut self, words: &[words::Word<'_>], phrase: &Phrase, reach: usize) {
        self.documents += 1;
        let (mut is_node, mut near) = (vec![false; words.len()], vec![false; words.len()]);
        let mut at = 0;
        while at < words.len() {
            let Some(taken) = phrase.at(words, at) else {
                at += 1;
                continue;
            };
            self.node += 1;
            is_node[at..at + taken].fill(true);
            let around = at.saturating_sub(reach)..(at + taken + reach).min(words.len());
            around.filter(|&i| words[i].sentence == words[at].sentence).for_each(|i| near[i] = true);
            at += taken;
        }
        for (i, word) in words.iter().enumerate().filter(|(i, _)| !is_node[*i]) {
            let counts = self.words.entry(word.lower()).or_default();
            counts.0 += u64::from(near[i]);
            counts.1 += 1;
        }
    }

    fn rows(self, language: &str) -> Vec<Collocation> {
        let n1: u64 = self.words.values().map(|c| c.0).sum();
        let n2 = self.words.values().map(|c| c.1).sum::<u64>() - n1;
        let near = self.words.into_iter().filter(|(_, c)| c.0 > 0);
        near.map(|(word, (a, all))| Collocation {
            language: language.to_owned(),
            word,
            cells: Cells { a, b: all - a, n1, n2 },
            node: self.node,
            documents: self.documents,
        })
        .collect()
    }
}

impl Collocation {
    /// How many would stand near by chance: E = R · C / N.
    #[must_use]
    pub fn expected(&self) -> f64 {
        let Cells { a, b, n1, n2 } = self.cells;
        n1 as f64 * (a + b) as f64 / (n1 + n2) as f64
    }

    /// The log-likelihood ratio (Dunning's G²), with a minus where the word is rarer near than elsewhere.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        let g2 = self.cells.g2();
        if self.cells.a as f64 >= self.expected() { g2 } else { -g2 }
    }

    /// Pointwise mutual information, log₂(O / E); favours rare words. K. W. Church and P. Hanks, "Word association norms, mutual information,
    /// and lexicography", Computational Linguistics 16 (1990), 22–29.
    #[must_use]
    pub fn pmi(&self) -> f64 {
        (self.cells.a as f64 / self.expected()).log2()
    }

    /// (O − E) / √O; favours frequent words. K. Church, W. Gale, P. Hanks and D. Hindle, "Using statistics in lexical analysis", in
    /// Lexical Acquisition (1991), 115–164.
    #[must_use]
    pub fn t(&self) -> f64 {
        (self.cells.a as f64 - self.expected()) / (self.cells.a as f64).sqrt()
    }

    /// 14 + log₂(2 O / (occurrences of both)); does not grow with the corpus. P. Rychlý, "A lexicographer-friendly association score",
    /// RASLAN (2008), 6–9.
    #[must_use]
    pub fn log_dice(&self) -> f64 {
        14.0 + (2.0 * self.cells.a as f64 / (self.node + self.cells.a + self.cells.b) as f64).log2()
    }
}

impl Collocations {
    /// The rows as a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = || self.rows.iter();
        Table::default()
            .text("language", rows().map(|r| Some(r.language.clone())))
            .text("word", rows().map(|r| Some(r.word.clone())))
            .count("near", rows().map(|r| r.cells.a))
            .number("expected", rows().map(|r| Some(r.expected())))
            .count("everywhere", rows().map(|r| r.cells.a + r.cells.b))
            .count("words_near", rows().map(|r| r.cells.n1))
            .count("words", rows().map(|r| r.cells.n1 + r.cells.n2))
            .count("node", rows().map(|r| r.node))
            .count("documents", rows().map(|r| r.documents))
            .number("log_likelihood", rows().map(|r| Some(r.log_likelihood())))
            .number("pmi", rows().map(|r| Some(r.pmi())))
            .number("t", rows().map(|r| Some(r.t())))
            .number("log_dice", rows().map(|r| Some(r.log_dice())))
            .text("note", rows().map(|r| describes(r.documents)))
    }
}
