//! How far a count or a share may be off by chance alone.
//!
//! These intervals are about chance, as if each occurrence fell independently; words of one article do not, and three
//! articles are not a sample. They are a lower bound of the doubt, and say "descriptive only" to a careful reader.

use statrs::function::erf::erfc_inv;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur};

/// The probability that the intervals here are made for.
pub const CONFIDENCE: f64 = 0.95;

/// From and to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// Both ends times a number.
    #[must_use]
    pub fn scaled(self, by: f64) -> Self {
        Self { low: self.low * by, high: self.high * by }
    }
}

/// The exact interval of a Poisson count: every mean under which a count this low or this high has a chance of at least
/// 2.5 %. The lower end is the mean λ with P(X ≥ k | λ) = 0.025, the upper the one with P(X ≤ k | λ) = 0.025.
///
/// F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437–442.
#[must_use]
#[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
pub fn poisson(count: u64) -> Interval {
    let tail = (1.0 - CONFIDENCE) / 2.0;
    let k = count as f64;
    let beyond = k + 20.0 + 10.0 * k.sqrt(); // more than ten standard deviations above
    // P(X ≥ k | λ) is the lower regularised gamma function P(k, λ), and P(X ≤ k | λ) the upper one Q(k + 1, λ).
    let low = if count == 0 { 0.0 } else { rising_root(beyond, |mean| checked_gamma_lr(k, mean).unwrap_or(0.0) - tail) };
    let high = rising_root(beyond, |mean| tail - checked_gamma_ur(k + 1.0, mean).unwrap_or(1.0));
    Interval { low, high }
}

/// Where a rising function passes zero between 0 and `end`, by bisection down to neighbouring numbers.
pub(super) fn rising_root(end: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, end);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if f(middle) < 0.0 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The score interval of a share, `count` out of `of`; everything from 0 to 1 if `of` is 0.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
/// Statistical Association 22 (1927), 209–212.
#[must_use]
#[allow(clippy::cast_precision_loss)]
pub fn wilson(count: u64, of: u64) -> Interval {
    if of == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let z = std::f64::consts::SQRT_2 * erfc_inv(1.0 - CONFIDENCE);
    let (n, share) = (of as f64, count as f64 / of as f64);
    let shrink = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / shrink;
    let half = z / shrink * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Interval, low: f64, high: f64) {
        assert!((found.low - low).abs() < 1e-6 && (found.high - high).abs() < 1e-6, "{found:?} is not {low}..{high}");
    }

    /// Numbers of a second implementation, per 1,000 tokens.
    #[test]
    fn intervals_agree_with_known_values() {
        near(poisson(12), 6.200_575, 20.961_585);
        near(poisson(3).scaled(1000.0 / 1500.0), 0.412_448, 5.844_849);
        near(poisson(0).scaled(1000.0 / 1500.0), 0.0, 2.459_253);
        near(wilson(12, 1000).scaled(1000.0), 6.877_648, 20.857_268);
        near(wilson(3, 1500).scaled(1000.0), 0.680_408, 5.863_805);
        near(wilson(0, 1500).scaled(1000.0), 0.0, 2.554_431);
    }

    #[test]
    fn intervals_hold_the_estimate_however_large() {
        for k in [1, 2, 7, 50, 1_000, 100_000] {
            let i = poisson(k);
            assert!(i.low < k as f64 && (k as f64) < i.high, "{k}: {i:?}");
        }
        near(wilson(0, 0), 0.0, 1.0);
        assert!(wilson(5, 5).high > 0.999_999);
    }
}
