//! What the commands print, all of it through here.
//!
//! A reader that has seen enough (`newsframe diff A B | head`) closes the pipe: nothing more is printed then, and the command
//! goes on to its end, so that what it set out to write is whole. Names and texts of articles may hold control characters; a
//! terminal never gets to see them.

use std::borrow::Cow;
use std::fmt::Arguments;
use std::io::{ErrorKind, Result, Write};

/// Prints a line.
macro_rules! tell {
    ($($what:tt)*) => { $crate::output::line(&mut std::io::stdout().lock(), format_args!($($what)*)) };
}

/// Prints a line beside the output: a doubt, an error, how far the work is.
macro_rules! note {
    ($($what:tt)*) => { $crate::output::line(&mut std::io::stderr().lock(), format_args!($($what)*)) };
}

pub(crate) use {note, tell};

/// Writes a line; ends the program where the output can't be written for another reason than that nobody reads on.
pub fn line(out: &mut impl Write, what: Arguments) {
    if let Err(e) = write_line(out, what) {
        let _ = writeln!(std::io::stderr(), "newsframe: the output can't be written: {e}");
        std::process::exit(1);
    }
}

fn write_line(out: &mut impl Write, what: Arguments) -> Result<()> {
    match writeln!(out, "{}", harmless(&what.to_string())) {
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// The same text with control and direction characters written out.
fn harmless(text: &str) -> Cow<'_, str> {
    let harms = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(harms) {
        return text.into();
    }
    text.chars().map(|c| if harms(c) { format!("\\u{{{:x}}}", c as u32) } else { c.into() }).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
        assert!(write_line(&mut Failing(ErrorKind::BrokenPipe), format_args!("x")).is_ok());
        assert!(write_line(&mut Failing(ErrorKind::StorageFull), format_args!("x")).is_err());
    }

    #[test]
    fn a_terminal_is_not_told_what_to_do() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c\td\n"), "a\\u{1b}[2Jb\\u{202e}c\td\n");
        assert_eq!(harmless("¿qué?"), "¿qué?");
    }
}
