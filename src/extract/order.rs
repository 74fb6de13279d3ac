//! Work that is done side by side and taken in its order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, Result};

/// Does `work` on what `next` gives, on as many threads as rayon has, and hands what comes of it to `take` in the same order. `next` and `take` are called from
/// this thread alone. No more is begun while what is not yet taken has `most` bytes: whoever is done does not wait for what takes longer, but what waits is
/// bounded. The threads are its own, and with them goes the memory that they keep for themselves.
///
/// # Errors
/// The first of `next` and `take`.
pub(super) fn in_order<T: Send, U: Send>(
    most: usize,
    mut next: impl FnMut() -> Result<Option<(T, usize)>>,
    work: impl Fn(T) -> U + Sync,
    mut take: impl FnMut(U) -> Result<()>,
) -> Result<()> {
    let (begin, begun) = channel();
    let (begun, work) = (Mutex::new(begun), &work);
    let (finish, finished) = channel();
    std::thread::scope(|scope| {
        // Whatever happens here: without it the threads end.
        let begin = begin;
        for _ in 0..rayon::current_num_threads() {
            let (begun, finish) = (&begun, finish.clone());
            scope.spawn(move || {
                while let Some((number, size, item)) = waited(begun) {
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    // Nobody receives it any more where something has failed.
                    let _ = finish.send((number, size, result));
                }
            });
        }
        let (mut given, mut taken, mut bytes, mut ended) = (0_usize, 0, 0, false);
        let mut ready = BTreeMap::new();
        loop {
            while !ended && (bytes < most || given == taken) {
                let Some((item, size)) = next()? else {
                    ended = true;
                    break;
                };
                begin.send((given, size, item)).map_err(lost)?;
                given += 1;
                bytes += size;
            }
            if given == taken {
                return Ok(());
            }
            while !ready.contains_key(&taken) {
                let (number, size, result) = finished.recv().map_err(lost)?;
                ready.insert(number, (size, result));
            }
            if let Some((size, result)) = ready.remove(&taken) {
                taken += 1;
                bytes -= size;
                take(result.unwrap_or_else(|why: Box<dyn Any + Send>| resume_unwind(why)))?;
            }
        }
    })
}

/// The next that is to be begun; none when no more comes.
fn waited<T>(begun: &Mutex<Receiver<T>>) -> Option<T> {
    begun.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn lost(e: impl std::fmt::Display) -> Error {
    Error::Table { table: "all tables", message: e.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(most: usize, count: usize) -> Vec<usize> {
        let (mut given, mut taken) = (0..count, Vec::new());
        let work = |n: usize| {
            std::thread::sleep(std::time::Duration::from_micros(if n.is_multiple_of(7) { 900 } else { 10 }));
            n * 2
        };
        let take = |n| {
            taken.push(n);
            Ok(())
        };
        in_order(most, || Ok(given.next().map(|n| (n, 3))), work, take).unwrap();
        taken
    }

    #[test]
    fn whatever_takes_longer_the_order_stays() {
        for (most, count) in [(1, 9), (40, 0), (40, 300), (1 << 20, 300)] {
            assert!(done(most, count).into_iter().eq((0..count).map(|n| n * 2)));
        }
    }

    #[test]
    fn what_fails_ends_it() {
        let refuse = |_| Err(Error::Stream { message: "no".into() });
        let mut given = 0..;
        assert!(in_order(40, || Ok(given.next().map(|n: u64| (n, 1))), |n| n, refuse).is_err());
        let panics = || in_order(40, || Ok(Some(((), 1))), |()| panic!("lost"), |()| Ok(()));
        assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
    }
}
