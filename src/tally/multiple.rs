//! Many tests at once: the chances of a whole family, so that something is not found only because much was looked for.

/// The chances by Holm's step-down method: the chance of even one false finding in the family.
///
/// S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979), 65–70.
#[must_use]
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p.len()];
    let mut largest = 0.0_f64;
    for (rank, i) in rising(p).into_iter().enumerate() {
        largest = largest.max(p[i] * (p.len() - rank) as f64).min(1.0);
        adjusted[i] = largest;
    }
    adjusted
}

/// The chances by Benjamini and Hochberg's step-up method: the share of false findings among those at most this unlikely.
///
/// Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57 (1995),
/// 289–300.
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, i) in rising(p).into_iter().enumerate().rev() {
        least = least.min(p[i] * p.len() as f64 / (rank + 1) as f64);
        adjusted[i] = least;
    }
    adjusted
}

/// The places of the numbers, from the smallest number on.
fn rising(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 25 tests of a textbook example; numbers of R's `p.adjust`.
    #[test]
    fn both_agree_with_known_values() {
        let p = [
            0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34, 0.341, 0.384, 0.569,
            0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986,
        ];
        let near = |found: &[f64], wanted: &[f64]| {
            let all = found.iter().zip(wanted).all(|(f, w)| (f - w).abs() < 1e-6);
            assert!(all, "{found:?}");
        };
        near(&benjamini_hochberg(&p), &[0.025, 0.1, 0.21, 0.21, 0.21, 0.25, 0.264_286, 0.491_071]);
        near(&holm(&p), &[0.025, 0.192, 0.897, 0.902, 0.902]);
        let mut backwards = p;
        backwards.reverse();
        let mut found = holm(&backwards);
        found.reverse();
        assert_eq!(found, holm(&p));
    }

    #[test]
    fn no_tests_have_no_chances() {
        assert!(holm(&[]).is_empty() && benjamini_hochberg(&[]).is_empty());
    }
}
