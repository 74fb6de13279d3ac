//! How evenly something is spread over the parts of a text: a word met ten times in one article is not one met in ten.

/// How evenly a word is spread; each measure is of its paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// The parts that have it.
    pub range: u64,
    /// The deviation of proportions, ½ Σ |vᵢ − sᵢ|: 0 is even, near 1 is all in one place. (v: a part's share of the word, s: of
    /// the text.) S. Th. Gries, "Dispersions and adjusted frequencies in corpora", International Journal of Corpus Linguistics 13
    /// (2008), 403–437.
    pub dp: f64,
    /// The same over its largest value, 1 − min s. J. Lijffijt and S. Th. Gries, "Correction to …", the same journal 17 (2012), 147–149.
    pub dp_norm: Option<f64>,
    /// 1 − V / √(n − 1) with V the coefficient of variation of the rates in the parts: 1 is even. A. Juilland and E. Chang-Rodríguez,
    /// Frequency Dictionary of Spanish Words (1964).
    pub juilland_d: Option<f64>,
    /// (Σ √(sᵢ fᵢ))² / f: 1 is even. I. Rosengren, "The quantitative concept of language and its relation to the structure of frequency
    /// dictionaries", Études de linguistique appliquée 1 (1971), 103–127.
    pub rosengren_s: f64,
    /// The divergence of Kullback and Leibler, Σ vᵢ log₂(vᵢ / sᵢ): 0 is even. S. Th. Gries, "Analyzing dispersion", in A Practical
    /// Handbook of Corpus Linguistics (2020).
    pub kld: f64,
    /// 1 − mean difference of the rates of two parts / 2 mean rate: 1 is even. B. Burch, J. Egbert and D. Biber, "Measuring and
    /// interpreting lexical dispersion in corpus linguistics", Journal of Research Design and Statistics in Linguistics and
    /// Communication Science 3 (2017), 189–216.
    pub d_a: Option<f64>,
}

/// One part of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Occurrences in it.
    pub count: u64,
    /// Its size.
    pub size: u64,
}

impl Dispersion {
    /// Measures; unknown without occurrences. Parts of no size are left out.
    #[must_use]
    pub fn of(parts: &[Part]) -> Option<Self> {
        let parts: Vec<Part> = parts.iter().copied().filter(|p| p.size > 0).collect();
        let count: u64 = parts.iter().map(|p| p.count).sum();
        if count == 0 {
            return None;
        }
        let (n, f) = (parts.len() as f64, count as f64);
        let size = parts.iter().map(|p| p.size).sum::<u64>() as f64;
        let shares: Vec<(f64, f64)> = parts.iter().map(|p| (p.count as f64 / f, p.size as f64 / size)).collect();
        let dp = shares.iter().map(|(v, s)| (v - s).abs()).sum::<f64>() / 2.0;
        let most = 1.0 - shares.iter().map(|(_, s)| *s).fold(1.0, f64::min);
        let mut rates: Vec<f64> = parts.iter().map(|p| p.count as f64 / p.size as f64).collect();
        let mean = rates.iter().sum::<f64>() / n;
        let variation = (rates.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n).sqrt() / mean;
        // Σ over pairs |x − y| of sorted numbers: each is added once for every smaller one and taken away for every larger one.
        rates.sort_by(f64::total_cmp);
        let differences: f64 = rates.iter().enumerate().map(|(i, r)| r * (2.0 * i as f64 + 1.0 - n)).sum();
        let several = parts.len() > 1;
        Some(Self {
            range: parts.iter().filter(|p| p.count > 0).count() as u64,
            dp,
            dp_norm: several.then(|| dp / most),
            juilland_d: several.then(|| 1.0 - variation / (n - 1.0).sqrt()),
            rosengren_s: shares.iter().map(|(v, s)| (v * s).sqrt()).sum::<f64>().powi(2),
            kld: shares.iter().filter(|(v, _)| *v > 0.0).map(|(v, s)| v * (v / s).log2()).sum(),
            d_a: several.then(|| 1.0 - differences / (n * (n - 1.0) / 2.0) / (2.0 * mean)),
        })
    }
}

/// Cuts `size` words into `blocks` blocks that differ by one word at most; gives the block that holds a word.
pub(super) fn block_of(word: u64, size: u64, blocks: u64) -> u64 {
    let place = u128::from(word) * u128::from(blocks) / u128::from(size.max(1));
    u64::try_from(place).unwrap_or(u64::MAX).min(blocks.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The corpus of letters of Gries (2008): five parts of 9, 10, 10, 10 and 11.
    fn of(counts: [u64; 5]) -> Dispersion {
        let parts: Vec<Part> = counts.into_iter().zip([9, 10, 10, 10, 11]).map(|(count, size)| Part { count, size }).collect();
        Dispersion::of(&parts).unwrap()
    }

    fn near(found: impl Into<Option<f64>>, wanted: f64) {
        let found = found.into().unwrap_or(f64::NAN);
        assert!((found - wanted).abs() < 1e-6, "{found} is not {wanted}");
    }

    #[test]
    fn the_letters_come_out_as_known() {
        let a = of([1, 2, 3, 4, 5]);
        assert_eq!(a.range, 5);
        near(a.dp, 0.18);
        near(a.dp_norm, 0.219_512);
        near(a.juilland_d, 0.785_15);
        near(a.rosengren_s, 0.949_816);
        near(a.kld, 0.136_972);
        near(a.d_a, 0.697_45);
        let b = of([2, 2, 2, 2, 2]);
        near(b.dp, 0.02);
        near(b.dp_norm, 0.024_39);
        near(b.juilland_d, 0.968_091);
        for (counts, dp, norm) in [([1, 0, 0, 0, 0], 0.82, 1.0), ([0, 1, 0, 0, 0], 0.8, 0.975_61), ([0, 0, 0, 0, 1], 0.78, 0.951_22)] {
            near(of(counts).dp, dp);
            near(of(counts).dp_norm, norm);
        }
    }

    #[test]
    fn one_part_says_nothing_of_spread_and_none_nothing_at_all() {
        let one = Dispersion::of(&[Part { count: 3, size: 10 }]).unwrap();
        assert_eq!((one.dp, one.dp_norm, one.juilland_d, one.d_a), (0.0, None, None, None));
        assert_eq!(Dispersion::of(&[Part { count: 0, size: 10 }]), None);
    }

    #[test]
    fn blocks_differ_by_one_word_at_most() {
        for (size, blocks) in [(10, 3), (7, 7), (100, 9), (2, 5)] {
            let mut sizes = vec![0_u64; blocks as usize];
            (0..size).for_each(|w| sizes[block_of(w, size, blocks) as usize] += 1);
            let most = sizes.iter().max().unwrap();
            assert!(sizes.iter().all(|s| most - s <= 1), "{sizes:?}");
        }
    }
}
