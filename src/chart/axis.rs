//! From numbers to places along a line, by plotters' coordinates.

use plotters::coord::combinators::{IntoLogRange, LogCoord};
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::font;

/// An axis: from left to right, or upwards where its first limit is the greater.
#[derive(Debug)]
pub(super) struct Axis {
    coordinate: Coordinate,
    limit: (i32, i32),
    /// The numbers to mark, each with its words.
    pub(super) ticks: Vec<(f64, String)>,
}

enum Coordinate {
    Linear(RangedCoordf64),
    /// From the first number on; 0 stands at the end, before it.
    Log(LogCoord<f64>),
}

impl std::fmt::Debug for Coordinate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Linear(_)) { "Linear" } else { "Log" })
    }
}

/// The room for 0 on a logarithmic axis, in pixels.
const ZERO: i32 = 24;
/// The size of the words at ticks.
pub(super) const TICK_SIZE: i32 = 11;

impl Axis {
    /// From 0 to at least `largest`, with round ticks.
    pub(super) fn linear(largest: f64, limit: (i32, i32)) -> Self {
        let step = round_step(largest.max(1e-9) / 5.0);
        let steps = (largest.max(1e-9) / step).ceil();
        let decimals = usize::from(step < 1.0) + usize::from(step < 0.1);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // about five steps
        let values = (0..=steps as u32).map(|i| f64::from(i) * step);
        let ticks = values.map(|v| (v, if step < 1.0 { format!("{v:.decimals$}") } else { crate::tally::grouped(v as u64) })).collect();
        Self { coordinate: Coordinate::Linear((0.0..steps * step).into()), limit, ticks }.thinned()
    }

    /// From at most `-largest` to at least `largest`, with round ticks.
    pub(super) fn about_zero(largest: f64, limit: (i32, i32)) -> Self {
        let step = round_step(largest.max(1e-9) / 3.0);
        let steps = (largest.max(1e-9) / step).ceil();
        let decimals = usize::from(step < 1.0) + usize::from(step < 0.1);
        let values = (-(steps as i32)..=steps as i32).map(|i| f64::from(i) * step);
        let ticks = values
            .map(|v| (v, format!("{v:+.decimals$}").replace('-', "−")))
            .map(|(v, w)| if v == 0.0 { (v, "0".to_owned()) } else { (v, w) });
        let ticks = ticks.collect();
        Self { coordinate: Coordinate::Linear((-steps * step..steps * step).into()), limit, ticks }.thinned()
    }

    /// From 0 to at least `largest`: logarithmic from 1 on if the numbers differ much.
    pub(super) fn counts(smallest: f64, largest: f64, limit: (i32, i32)) -> Self {
        if largest < 40.0 || largest < 20.0 * smallest.max(1.0) {
            return Self::linear(largest.max(5.0), limit);
        }
        let steps = (0..15).flat_map(|power| [1.0, 2.0, 5.0].map(|d| d * 10f64.powi(power)));
        let mut values: Vec<f64> = Vec::new();
        for v in steps {
            values.push(v);
            if v >= largest {
                break;
            }
        }
        let end = values.last().copied().unwrap_or(10.0);
        let mut axis = Self { coordinate: Coordinate::Log((1.0..end).log_scale().into()), limit, ticks: Vec::new() };
        let decades = values.iter().copied().filter(|v| (v.log10().fract()).abs() < 1e-9 || end < 2000.0);
        axis.ticks = std::iter::once(0.0).chain(decades).map(|v| (v, crate::tally::grouped(v as u64))).collect();
        axis.thinned()
    }

    /// Whether distances along the axis are ratios.
    pub(super) const fn is_log(&self) -> bool {
        matches!(self.coordinate, Coordinate::Log(_))
    }

    /// Where a number stands.
    pub(super) fn at(&self, value: f64) -> i32 {
        match &self.coordinate {
            Coordinate::Linear(c) => c.map(&value, self.limit),
            Coordinate::Log(_) if value < 1.0 => self.limit.0,
            Coordinate::Log(c) => c.map(&value, (self.limit.0 + if self.is_upright() { -ZERO } else { ZERO }, self.limit.1)),
        }
    }

    fn is_upright(&self) -> bool {
        self.limit.1 < self.limit.0
    }

    /// The ticks whose words have room beside each other.
    fn thinned(mut self) -> Self {
        let mut end = i32::MIN;
        let fits = |(v, words): &&(f64, String)| {
            let half = if self.is_upright() { TICK_SIZE / 2 + 1 } else { font::width(words, TICK_SIZE, false) / 2 };
            let along = (self.at(*v) - self.limit.0).abs();
            let ok = along - half > end;
            if ok {
                end = along + half + if self.is_upright() { 2 } else { 8 };
            }
            ok
        };
        self.ticks = self.ticks.iter().filter(fits).cloned().collect();
        self
    }
}

/// 1, 2 or 5 times a power of ten, at least as large as given.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|d| d * power).into_iter().find(|&s| s >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_hold_what_they_are_made_for() {
        for largest in [0.0, 0.03, 1.0, 7.3, 99.0, 123_456.0] {
            let axis = Axis::linear(largest, (100, 500));
            assert!((100..=500).contains(&axis.at(largest)), "{largest}: {axis:?}");
            assert!(axis.ticks.len() >= 2);
        }
        let both = Axis::about_zero(2.3, (100, 500));
        assert_eq!((both.at(0.0), both.ticks.len() % 2), (300, 1), "{both:?}");
        assert!(both.at(-2.3) >= 100 && both.at(2.3) <= 500);
        for (smallest, largest) in [(0.0, 3.0), (1.0, 99_999.0), (2000.0, 9999.0), (10.0, 2e9)] {
            let axis = Axis::counts(smallest, largest, (100, 500));
            assert!((100..=500).contains(&axis.at(smallest)) && (100..=500).contains(&axis.at(largest)), "{largest}: {axis:?}");
        }
        assert_eq!(Axis::counts(1.0, 500.0, (100, 500)).at(0.0), 100);
        let upwards = Axis::counts(1.0, 500.0, (500, 100));
        assert!(upwards.at(500.0) < upwards.at(10.0) && upwards.at(10.0) < upwards.at(0.0) && upwards.at(0.0) == 500);
    }
}
