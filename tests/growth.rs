//! The work grows as the text does: instructions a byte at two sizes, counted by valgrind in `benches/growth.py`, never timed.

use std::process::Command;

#[cfg(feature = "cli")]
#[test]
fn instructions_a_byte_are_the_same_at_two_sizes() {
    if cfg!(debug_assertions) {
        return println!("NOT TESTED: takes too long in a build that is not optimised (cargo test --release --test growth)");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/growth.py");
    let Ok(run) = Command::new("python3").arg(script).arg(env!("CARGO_BIN_EXE_newsframe")).output() else {
        return println!("NOT TESTED: python3 is not installed");
    };
    let (said, wrong) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    println!("{said}");
    assert!(run.status.success(), "{said}{wrong}");
}
