//! Sets of rules: which of many may hold is told by what their sets have in common, without asking each of them.

use std::ops::{BitAnd, BitOrAssign};

/// Rules by their numbers, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RuleSet([u64; Self::MOST / 64]);

impl RuleSet {
    /// A set has room for so many rules.
    pub const MOST: usize = 256;

    /// Every rule.
    pub const ALL: Self = Self([u64::MAX; Self::MOST / 64]);

    pub fn insert(&mut self, rule: usize) {
        self.0[rule / 64] |= 1 << (rule % 64);
    }

    pub fn remove(&mut self, rule: usize) {
        self.0[rule / 64] &= !(1 << (rule % 64));
    }

    pub fn contains(&self, rule: usize) -> bool {
        self.0[rule / 64] >> (rule % 64) & 1 == 1
    }

    /// The rules in their order.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(i, mut bits)| {
            std::iter::from_fn(move || {
                let first = 64 * i + bits.trailing_zeros() as usize;
                // Takes the lowest bit away; there is none in 0.
                bits &= bits.checked_sub(1)?;
                Some(first)
            })
        })
    }
}

impl BitAnd for RuleSet {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }
}

impl BitOrAssign for RuleSet {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own |= other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_in_a_set_or_not() {
        let rules = [0, 1, 63, 64, 130, 255];
        let (mut set, mut other) = (RuleSet::default(), RuleSet::ALL);
        rules.iter().for_each(|&rule| set.insert(rule));
        assert_eq!(set.iter().collect::<Vec<_>>(), rules);
        other.remove(64);
        set = set & other;
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 1, 63, 130, 255]);
        set |= other;
        assert!(set.contains(65) && !set.contains(64) && set.iter().count() == 255);
    }
}
