//! How far a rate rests on single documents: drawing documents anew, and leaving out one at a time.
//!
//! Words of one article hang together, so intervals that count words are too narrow; drawing whole documents is not.
//! B. Efron, "Bootstrap methods: another look at the jackknife", The Annals of Statistics 7 (1979), 1–26.

use super::CONFIDENCE;
use super::dispersion::Part;
use super::interval::Interval;

/// Up to so many documents every draw is made (5⁵ = 3,125 of them).
pub const EXACT: usize = 5;
/// How many draws are made of more documents.
const DRAWS: u64 = 9_999;

/// A rate, occurrences by size, as it comes out with other documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Resampled {
    /// Of all documents.
    pub rate: f64,
    /// The middle 95 % of the draws.
    pub interval: Interval,
    /// Their mean.
    pub mean: f64,
    /// How many draws were made.
    pub draws: u64,
    /// Whether those are all there are, so that no chance is in them.
    pub exact: bool,
    /// The rate without each document, in their order; unknown if nothing is left.
    pub left_out: Vec<Option<f64>>,
    /// The standard error by the jackknife, √((n − 1)/n Σ (θᵢ − θ̄)²); unknown with one document. M. H. Quenouille, "Notes on bias in
    /// estimation", Biometrika 43 (1956), 353–360.
    pub standard_error: Option<f64>,
}

impl Resampled {
    /// Draws as many documents as there are, with replacement: every way of it for up to [`EXACT`] documents, otherwise 9,999
    /// draws from `seed`. Unknown without documents or if all are empty.
    #[must_use]
    pub fn of(documents: &[Part], seed: u64) -> Option<Self> {
        let rate = rate(documents.iter())?;
        let exact = documents.len() <= EXACT;
        let mut draws: Vec<f64> = if exact { every_draw(documents) } else { some_draws(documents, seed) };
        draws.sort_by(f64::total_cmp);
        let tail = (1.0 - CONFIDENCE) / 2.0;
        // The smallest draw that has at least this share of the draws at or below it.
        let at = |share: f64| draws.get(((share * draws.len() as f64).ceil() as usize).saturating_sub(1)).copied().unwrap_or(rate);
        let left_out: Vec<Option<f64>> =
            (0..documents.len()).map(|i| self::rate(documents.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, d)| d))).collect();
        Some(Self {
            rate,
            interval: Interval { low: at(tail), high: at(1.0 - tail) },
            mean: draws.iter().sum::<f64>() / draws.len().max(1) as f64,
            draws: draws.len() as u64,
            exact,
            standard_error: jackknife(&left_out),
            left_out,
        })
    }

    /// The smallest and largest rate with one document left out.
    #[must_use]
    pub fn left_out_range(&self) -> Option<Interval> {
        let known = || self.left_out.iter().flatten().copied();
        (known().count() > 0).then(|| Interval { low: known().fold(f64::INFINITY, f64::min), high: known().fold(0.0, f64::max) })
    }
}

fn rate<'a>(documents: impl Iterator<Item = &'a Part>) -> Option<f64> {
    let (count, size) = documents.fold((0, 0), |(count, size), d| (count + d.count, size + d.size));
    (size > 0).then(|| count as f64 / size as f64)
}

/// Every ordered draw: the digits of all numbers with n digits to the base n.
fn every_draw(documents: &[Part]) -> Vec<f64> {
    let n = documents.len();
    let all = n.pow(n as u32);
    (0..all).filter_map(|draw| rate((0..n as u32).filter_map(|digit| documents.get(draw / n.pow(digit) % n)))).collect()
}

fn some_draws(documents: &[Part], seed: u64) -> Vec<f64> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut draw = || rate((0..documents.len()).filter_map(|_| documents.get(random.usize(..documents.len()))));
    (0..DRAWS).filter_map(|_| draw()).collect()
}

fn jackknife(left_out: &[Option<f64>]) -> Option<f64> {
    let rates: Vec<f64> = left_out.iter().copied().collect::<Option<_>>()?;
    let n = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / n;
    (rates.len() > 1).then(|| ((n - 1.0) / n * rates.iter().map(|r| (r - mean).powi(2)).sum::<f64>()).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(of: &[(u64, u64)]) -> Vec<Part> {
        of.iter().map(|&(count, size)| Part { count, size }).collect()
    }

    /// Three documents; numbers of a second implementation, per 1,000.
    #[test]
    fn three_documents_come_out_as_known() {
        let r = Resampled::of(&parts(&[(12, 1000), (3, 1500), (5, 800)]), 0).unwrap();
        assert_eq!((r.draws, r.exact), (27, true));
        let near = |found: f64, wanted: f64| assert!((found * 1000.0 - wanted).abs() < 1e-6, "{found} is not {wanted}");
        near(r.rate, 6.060_606_060_606_06);
        near(r.mean, 6.332_496_042_597_911);
        near(r.standard_error.unwrap(), 3.458_281_918_396_566);
        for (found, wanted) in r.left_out.iter().zip([3.478_261, 9.444_444, 6.0]) {
            near(found.unwrap(), wanted);
        }
        let mut distinct = every_draw(&parts(&[(12, 1000), (3, 1500), (5, 800)]));
        distinct.sort_by(f64::total_cmp);
        distinct.dedup_by(|a, b| (*a - *b).abs() < 1e-12);
        assert_eq!(distinct.len(), 10);
    }

    #[test]
    fn a_seed_gives_the_same_draws_and_another_seed_others() {
        let documents = parts(&[(1, 100), (5, 200), (0, 150), (9, 300), (2, 90), (4, 410), (0, 80)]);
        let of = |seed| Resampled::of(&documents, seed).unwrap();
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
        assert!(!of(1).exact && of(1).draws == DRAWS);
    }

    proptest! {
        #[test]
        fn draws_lie_between_the_documents(documents in proptest::collection::vec((0_u64..50, 1_u64..500), 1..8)) {
            let r = Resampled::of(&parts(&documents), 7).unwrap();
            let rates = || documents.iter().map(|&(c, s)| c as f64 / s as f64);
            let (low, high) = (rates().fold(f64::INFINITY, f64::min), rates().fold(0.0, f64::max));
            prop_assert!(low - 1e-12 <= r.interval.low && r.interval.low <= r.interval.high && r.interval.high <= high + 1e-12);
        }
    }
}
