//! How much more often something is met in one text than in another: four counts, and what is commonly made of them.
//!
//! Of `n1` words of the first text `a` are the one in question, of `n2` words of the second `b` are. Effect sizes (Log Ratio,
//! %DIFF, odds ratio) say how large a difference is, tests (G², χ², BIC) how surely there is one; neither stands for the other.

use statrs::function::beta::checked_beta_reg;
use statrs::function::erf::erfc;

use super::CONFIDENCE;
use super::interval::{Interval, rising_root};

/// Occurrences in two texts with the sizes of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cells {
    /// Occurrences in the first.
    pub a: u64,
    /// Occurrences in the second.
    pub b: u64,
    /// The size of the first.
    pub n1: u64,
    /// The size of the second.
    pub n2: u64,
}

/// A log ratio that is sure to be at least so far from 0, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConservativeLogRatio {
    /// The end of the interval that is nearer to 0; 0 if the interval holds it.
    pub value: f64,
    /// From and to; an end without limit is infinite.
    pub interval: Interval,
}

impl Cells {
    /// Each observed cell with its expectation under one rate for both texts: occurrences in both, then everything else.
    fn cells(self) -> [(f64, f64); 4] {
        let [a, b, n1, n2] = self.floats();
        let all = n1 + n2;
        let (met, other) = (a + b, all - a - b);
        [(a, n1 * met / all), (b, n2 * met / all), (n1 - a, n1 * other / all), (n2 - b, n2 * other / all)]
    }

    fn floats(self) -> [f64; 4] {
        [self.a as f64, self.b as f64, self.n1 as f64, self.n2 as f64]
    }

    /// The log-likelihood ratio over all four cells, 2 Σ O ln(O/E).
    ///
    /// T. Dunning, "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19 (1993), 61–74.
    #[must_use]
    pub fn g2(self) -> f64 {
        log_likelihood(&self.cells())
    }

    /// The same over the two cells of occurrences only, as corpus tools have it; a little smaller for rare words.
    ///
    /// P. Rayson and R. Garside, "Comparing corpora using frequency profiling", Proceedings of the Workshop on Comparing Corpora
    /// (2000), 1–6.
    #[must_use]
    pub fn g2_rayson(self) -> f64 {
        log_likelihood(&self.cells()[..2])
    }

    /// Pearson's χ², Σ (O − E)² / E, without a correction for continuity.
    #[must_use]
    pub fn chi2(self) -> f64 {
        self.cells().iter().filter(|(_, e)| *e > 0.0).map(|(o, e)| (o - e).powi(2) / e).sum()
    }

    /// The chance of a G² this large with one rate for both texts: the upper tail of χ² with one degree of freedom.
    #[must_use]
    pub fn p(self) -> f64 {
        erfc((self.g2() / 2.0).sqrt())
    }

    /// The Bayesian information criterion of two rates against one, G² − ln(n1 + n2), with Rayson's G²: above 2 speaks for
    /// a difference, above 10 very strongly, below 0 against one.
    ///
    /// A. Wilson, "Embracing Bayes factors for key item analysis in corpus linguistics", in New Approaches to the Study of
    /// Linguistic Variability (2013), 3–11.
    #[must_use]
    pub fn bic(self) -> f64 {
        self.g2_rayson() - ((self.n1 + self.n2) as f64).ln()
    }

    /// The binary logarithm of the ratio of the two rates; each point doubles it. A count of 0 is taken as ½; unknown if
    /// neither text has the word or a text is empty.
    ///
    /// A. Hardie, "Log Ratio: an informal introduction", ESRC Centre for Corpus Approaches to Social Science (2014).
    #[must_use]
    pub fn log_ratio(self) -> Option<f64> {
        let [a, b, n1, n2] = self.floats();
        (a + b > 0.0 && n1 > 0.0 && n2 > 0.0).then(|| (a.max(0.5) / n1 / (b.max(0.5) / n2)).log2())
    }

    /// By how many per cent of the second text's rate the first one's is higher; unknown where the second is 0.
    ///
    /// C. Gabrielatos and A. Marchi, "Keyness: matching metrics to definitions", Corpus Linguistics in the South (2011).
    #[must_use]
    pub fn pct_diff(self) -> Option<f64> {
        let [a, b, n1, n2] = self.floats();
        (b > 0.0 && n1 > 0.0).then(|| (a * n2 / (b * n1) - 1.0) * 100.0)
    }

    /// The odds of the word in the first text over those in the second; unknown where that is no number.
    #[must_use]
    pub fn odds_ratio(self) -> Option<f64> {
        let [a, b, n1, n2] = self.floats();
        let below = b * (n1 - a);
        (below > 0.0).then(|| a * (n2 - b) / below)
    }

    /// The log ratio that is left when chance is given its due: the end of its exact interval that is nearer to 0. `family` is
    /// the number of words that are compared, for each of which the interval is widened (Bonferroni); 1 for none. Of all
    /// a + b occurrences, a is binomial, so the interval is the one of Clopper and Pearson, turned into a ratio of rates.
    ///
    /// S. Evert, "Measuring keyness", Digital Humanities 2022; C. J. Clopper and E. S. Pearson, "The use of confidence or
    /// fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934), 404–413.
    #[must_use]
    pub fn conservative_log_ratio(self, family: usize) -> Option<ConservativeLogRatio> {
        let [a, b, n1, n2] = self.floats();
        if a + b == 0.0 || n1 == 0.0 || n2 == 0.0 {
            return None;
        }
        let tail = (1.0 - CONFIDENCE) / 2.0 / family.max(1) as f64;
        let low = if self.a == 0 { 0.0 } else { rising_root(1.0, |p| checked_beta_reg(a, b + 1.0, p).unwrap_or(0.0) - tail) };
        // P(X ≤ a) is the tail on the other side, so that small tails keep their digits.
        let high = if self.b == 0 { 0.0 } else { rising_root(1.0, |q| checked_beta_reg(b, a + 1.0, q).unwrap_or(0.0) - tail) };
        let interval = Interval { low: (n2 / n1 * low / (1.0 - low)).log2(), high: (n2 / n1 * (1.0 - high) / high).log2() };
        let value = if interval.low > 0.0 { interval.low } else { interval.high.min(0.0) };
        Some(ConservativeLogRatio { value, interval })
    }
}

/// 2 Σ O ln(O/E); an empty cell adds nothing.
fn log_likelihood(cells: &[(f64, f64)]) -> f64 {
    let sum: f64 = cells.iter().filter(|(o, _)| *o > 0.0).map(|(o, e)| o * (o / e).ln()).sum();
    (2.0 * sum).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: impl Into<Option<f64>>, wanted: f64, what: &str) {
        let found = found.into().unwrap_or(f64::NAN);
        assert!((found - wanted).abs() < 1e-6 * wanted.abs().max(1.0), "{what}: {found} is not {wanted}");
    }

    const fn cells(a: u64, b: u64, n1: u64, n2: u64) -> Cells {
        Cells { a, b, n1, n2 }
    }

    /// Numbers of reference implementations in R and Python, to their printed digits.
    #[test]
    fn tests_and_effects_agree_with_known_values() {
        let small = cells(7, 2, 10, 9);
        near(small.g2(), 4.534_939, "G²");
        near(small.g2_rayson(), 2.440_100, "Rayson");
        near(small.chi2(), 4.337_160_5, "χ²");
        near(small.log_ratio(), 1.655_352, "log ratio");
        near(small.odds_ratio(), 8.166_667, "odds ratio");
        let text = cells(12, 3, 1000, 1500);
        near(text.g2(), 10.104_262, "G²");
        near(text.p(), 0.001_479_27, "p");
        near(text.g2_rayson(), 10.043_859, "Rayson");
        near(text.chi2(), 10.060_362_2, "χ²");
        near(text.bic(), 2.219_813, "BIC");
        near(text.log_ratio(), 2.584_963, "log ratio");
        near(text.pct_diff(), 500.0, "%DIFF");
        near(text.odds_ratio(), 6.060_73, "odds ratio");
        let (left, right) = (cells(8, 0, 1000, 1500), cells(0, 8, 1000, 1500));
        near(left.g2(), 14.699_196, "G²");
        near(left.g2_rayson(), 14.660_652, "Rayson");
        near(left.log_ratio(), 4.584_963, "log ratio");
        near(right.g2(), 8.190_325, "G²");
        near(right.g2_rayson(), 8.173_210, "Rayson");
        near(right.log_ratio(), -3.415_037, "log ratio");
        let same = cells(10, 15, 1000, 1500);
        near(same.g2(), 0.0, "G²");
        near(same.bic(), -7.824_046, "BIC");
        near(cells(35, 263, 112_289_776, 1_559_716_979).g2(), 9.976_072, "G²");
    }

    /// The same of words of Syrian state news against an agency's: 12,061 and 10,713 words.
    #[test]
    fn words_of_two_sources_come_out_as_known() {
        for (a, b, chi2, g2) in [
            (25, 8, 6.894_832, 7.304_054),
            (1, 4, 2.180_777, 2.301_032),
            (0, 7, 7.883_222, 10.560_685),
            (52, 4, 35.870_349, 43.408_614),
            (219, 33, 117.862_338, 133.840_501),
            (12, 107, 88.272_300, 99.299_064),
            (61, 54, 0.000_327, 0.000_327),
        ] {
            near(cells(a, b, 12_061, 10_713).chi2(), chi2, "χ²");
            near(cells(a, b, 12_061, 10_713).g2(), g2, "G²");
        }
    }

    #[test]
    fn the_conservative_log_ratio_agrees_with_known_values() {
        let known = [
            (12, 3, 0.187_400, 0.695_289),
            (8, 0, 0.608_335, 1.356_401),
            (0, 8, 0.0, -0.186_476),
            (10, 15, 0.0, 0.0),
            (7, 2, 0.0, 0.0),
            (1, 4, 0.0, 0.0),
        ];
        for (a, b, corrected, alone) in known {
            let of = |family| cells(a, b, 1000, 1500).conservative_log_ratio(family).map(|r| r.value);
            near(of(known.len()), corrected, "corrected");
            near(of(1), alone, "alone");
        }
    }

    #[test]
    fn nothing_is_made_of_nothing() {
        let none = cells(0, 0, 0, 0);
        assert_eq!((none.log_ratio(), none.pct_diff(), none.odds_ratio(), none.conservative_log_ratio(1)), (None, None, None, None));
        assert_eq!(cells(0, 0, 5, 5).g2(), 0.0);
        assert_eq!(cells(5, 0, 10, 10).pct_diff(), None);
    }
}
