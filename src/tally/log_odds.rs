//! Weighted log-odds with an informative Dirichlet prior.
//!
//! B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin’ words: lexical feature selection and evaluation for identifying the
//! content of political conflict", Political Analysis 16 (2008), 372–403.

use super::Cells;

/// What is taken as seen in both texts before either is read: so many words, of which so many are the one in question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// The word's share of the prior, α_w.
    pub word: f64,
    /// All of the prior, α_0.
    pub all: f64,
}

/// The difference of the log-odds of a word in two texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// The difference: δ = ln((a + α_w) / (n1 + α_0 − a − α_w)) − ln((b + α_w) / (n2 + α_0 − b − α_w)).
    pub delta: f64,
    /// It over its standard deviation, whose square is about 1 / (a + α_w) + 1 / (b + α_w).
    pub z: f64,
}

impl Prior {
    /// A prior of `all` words in which each word has the share that it has in both texts together.
    #[must_use]
    pub fn pooled(cells: Cells, all: f64) -> Self {
        let share = (cells.a + cells.b) as f64 / ((cells.n1 + cells.n2) as f64).max(1.0);
        Self { word: share * all, all }
    }

    /// The same prior with another weight: how much a result rests on the prior shows in how it moves with it.
    #[must_use]
    pub fn scaled(self, by: f64) -> Self {
        Self { word: self.word * by, all: self.all * by }
    }
}

impl LogOdds {
    /// The difference; unknown if the prior leaves a text without the word or without any other.
    #[must_use]
    pub fn of(cells: Cells, prior: Prior) -> Option<Self> {
        let seen = |count: u64| count as f64 + prior.word;
        let odds = |count: u64, size: u64| seen(count) / (size as f64 + prior.all - seen(count));
        let delta = odds(cells.a, cells.n1).ln() - odds(cells.b, cells.n2).ln();
        let z = delta / (1.0 / seen(cells.a) + 1.0 / seen(cells.b)).sqrt();
        (delta.is_finite() && z.is_finite()).then_some(Self { delta, z })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn z(a: u64, b: u64, (n1, n2): (u64, u64), prior: Prior) -> f64 {
        LogOdds::of(Cells { a, b, n1, n2 }, prior).map_or(f64::NAN, |l| l.z)
    }

    fn near(found: f64, wanted: f64, within: f64) {
        assert!((found - wanted).abs() <= within, "{found} is not {wanted}");
    }

    /// Two short texts of letters; numbers of a reference implementation.
    #[test]
    fn two_short_texts_come_out_as_known() {
        let sizes = (17, 12);
        let counts = [(3, 2), (2, 1), (6, 2), (1, 4), (1, 1), (1, 1), (1, 0), (2, 1)];
        let uniform = [0.080_405, 0.299_542, 1.221_139, -1.832_565, -0.263_883, -0.263_883, 0.643_1, 0.299_542];
        for ((a, b), wanted) in counts.into_iter().zip(uniform) {
            near(z(a, b, sizes, Prior { word: 0.1, all: 0.8 }), wanted, 1e-6);
        }
        for (i, wanted) in [(0, 0.076_102), (1, 0.311_326), (2, 1.228_044), (3, -1.857_19), (4, -0.264_864), (6, 0.430_762)] {
            near(z(counts[i].0, counts[i].1, sizes, Prior { word: 0.01, all: 0.08 }), wanted, 1e-6);
        }
        for (i, wanted) in [(0, 0.057_618), (1, 0.239_69), (2, 0.972_275), (3, -1.551_961), (4, -0.202_288), (6, 0.624_195)] {
            let (a, b) = counts[i];
            let prior = Prior::pooled(Cells { a, b, n1: sizes.0, n2: sizes.1 }, 10.0);
            near(z(a, b, sizes, prior), wanted, 1e-6);
        }
    }

    /// Words of news texts of two pairs of sources, each word with the same prior.
    #[test]
    fn words_of_two_sources_come_out_as_known() {
        let (syria, vocabulary) = ((12_061, 10_713), 988.0);
        for (a, b, weight, wanted) in [
            (219, 33, 0.01, 9.582_44),
            (12, 107, 0.01, -7.605_99),
            (61, 54, 0.01, 0.018_57),
            (0, 8, 0.01, -0.680_08),
            (219, 33, 0.5, 9.600_9),
            (17, 0, 0.5, 2.400_6),
            (0, 13, 0.5, -2.368_19),
        ] {
            near(z(a, b, syria, Prior { word: weight, all: weight * vocabulary }), wanted, 5.1e-6);
        }
        let (lebanon, vocabulary) = ((20_450, 11_349), 1228.0);
        for (a, b, weight, wanted) in [(16, 145, 0.01, -10.647_23), (3, 167, 0.01, -7.942_67), (3, 167, 0.5, -8.235_66)] {
            near(z(a, b, lebanon, Prior { word: weight, all: weight * vocabulary }), wanted, 5.1e-6);
        }
    }

    #[test]
    fn without_a_prior_a_word_that_one_text_lacks_has_no_odds() {
        assert_eq!(LogOdds::of(Cells { a: 3, b: 0, n1: 10, n2: 10 }, Prior { word: 0.0, all: 0.0 }), None);
    }
}
