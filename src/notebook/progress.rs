//! Progress of an extraction that a person waits for.
//!
//! A cell's output can only grow in evcxr, so the bar itself is drawn by the helper beside the kernel "Rust (newsframe)"
//! (`session.py`), from the lines that are printed here. It asks for them with `NEWSFRAME_PROGRESS=1`; elsewhere, and for
//! work of less than a second, nothing is printed.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::extract::Done;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);
const BETWEEN: Duration = Duration::from_millis(200);

/// Tells now and then how far an extraction is.
pub(super) struct Progress {
    of: u64,
    state: Option<Mutex<State>>,
}

struct State {
    is_shown: bool,
    next: Instant,
}

impl Progress {
    /// Of a corpus of so many bytes.
    pub(super) fn new(of: u64) -> Self {
        let is_wanted = std::env::var_os("NEWSFRAME_PROGRESS").is_some_and(|wanted| wanted == "1");
        let state = is_wanted.then(|| Mutex::new(State { is_shown: false, next: Instant::now() + PATIENCE }));
        Self { of, state }
    }

    /// One more document is done.
    pub(super) fn step(&self, done: Done) {
        let Some(Ok(mut state)) = self.state.as_ref().map(Mutex::lock) else { return };
        if Instant::now() >= state.next {
            print(done.bytes, self.of, done.documents);
            *state = State { is_shown: true, next: Instant::now() + BETWEEN };
        }
    }

    /// All documents are done: a bar that stands there comes to its end.
    pub(super) fn finish(self, documents: usize) {
        if self.state.and_then(|state| state.into_inner().ok()).is_some_and(|state| state.is_shown) {
            print(self.of, self.of, documents);
        }
    }
}

fn print(done: u64, of: u64, documents: usize) {
    println!("\u{1b}newsframe:progress {done}/{of} {documents} articles read");
}
