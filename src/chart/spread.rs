//! Room between things that want the same place.

/// Moves places apart until neighbours are `gap` from each other, all of them between `from` and `to`, each as near its own as
/// may be. They come and go in one order; without room for all, the last ones stand beyond `to`.
pub(super) fn apart(wanted: &[i32], gap: i32, (from, to): (i32, i32)) -> Vec<i32> {
    let mut places = Vec::with_capacity(wanted.len());
    for &w in wanted {
        let least = places.last().map_or(from, |&last: &i32| last + gap);
        places.push(w.max(least));
    }
    // Back up from the lower end.
    let mut most = to;
    for place in places.iter_mut().rev() {
        *place = (*place).min(most);
        most = *place - gap;
    }
    if places.first().is_some_and(|&first| first < from) {
        return (0..places.len()).map(|i| from + gap * i32::try_from(i).unwrap_or(0)).collect();
    }
    places
}

/// The lane of each stretch, so that no two in one lane touch, with as few lanes as that takes; and how many there are.
pub(super) fn lanes(stretches: &[(i32, i32)]) -> (Vec<i32>, i32) {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by_key(|&i| stretches[i]);
    let mut ends: Vec<i32> = Vec::new();
    let mut lanes = vec![0; stretches.len()];
    for i in order {
        let (from, to) = stretches[i];
        let free = ends.iter().position(|&end| end < from).unwrap_or_else(|| {
            ends.push(0);
            ends.len() - 1
        });
        ends[free] = to;
        lanes[i] = i32::try_from(free).unwrap_or(0);
    }
    (lanes, i32::try_from(ends.len()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_kept_where_there_is_room() {
        assert_eq!(apart(&[10, 50, 90], 15, (0, 100)), [10, 50, 90]);
        assert_eq!(apart(&[50, 50, 50], 15, (0, 100)), [50, 65, 80]);
        assert_eq!(apart(&[95, 95, 95], 15, (0, 100)), [70, 85, 100]);
        assert_eq!(apart(&[0; 4], 50, (0, 100)), [0, 50, 100, 150]);
        assert!(apart(&[], 15, (0, 100)).is_empty());
    }

    #[test]
    fn stretches_of_one_lane_never_touch() {
        assert_eq!(lanes(&[(0, 10), (5, 15), (11, 20)]), (vec![0, 1, 0], 2));
        assert_eq!(lanes(&[(0, 10); 3]), (vec![0, 1, 2], 3));
        assert_eq!(lanes(&[]), (vec![], 0));
    }
}
