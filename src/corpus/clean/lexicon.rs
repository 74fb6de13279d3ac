//! Letters that were lost: U+FFFD, "?" between letters, or the first half of a wrongly decoded letter whose second half is gone.
//!
//! Nothing is left to say which letter it was but the word it stands in. A pack's `spelling.toml` lists words that have such letters, and an
//! article its own sound ones; if one word of them fits, it is taken, else one ending that has a single spelling
//! ("operaci�n"). If several fit, or none, the damage stays and is counted. A text of a few words tells too little of its language
//! to be touched.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use serde::Deserialize;

use crate::corpus::document::Edit;
use crate::error::{Error, Result};
use crate::pack::{Failure, Lang, Pack};
use crate::span::Span;
use crate::vocabulary::EditKind;

/// Shorter texts don't tell their language.
const FEWEST_WORDS: usize = 20;
/// Of a word with more lost letters too little is left.
const MOST_LOST: usize = 3;

/// The words of one language that have letters beyond ASCII.
#[derive(Debug)]
pub struct Lexicon {
    language: Lang,
    letters: Vec<char>,
    /// As they are written, by their lower-case form.
    words: HashMap<String, String>,
    endings: Vec<String>,
    after_a_grave: HashSet<String>,
    confidence: Confidence,
    examples: Vec<(String, String)>,
    file: String,
}

/// How sure a letter that is put back is, by what speaks for it: the share of such letters that were the right ones when
/// sound text was damaged and mended, by its lower bound.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Confidence {
    word: f64,
    article: f64,
    /// Needed only where a pack has endings.
    ending: Option<f64>,
}

/// What speaks for a letter that is put back.
#[derive(Clone, Copy, Debug)]
enum Evidence {
    /// One word of the language's list fits.
    Word,
    /// One word of the same article does.
    Article,
    /// One ending does.
    Ending,
}

impl Evidence {
    const fn rule(self) -> &'static str {
        match self {
            Self::Word => "lexicon.word",
            Self::Article => "lexicon.article",
            Self::Ending => "lexicon.ending",
        }
    }
}

impl Confidence {
    const fn of(self, evidence: Evidence) -> Option<f64> {
        match evidence {
            Evidence::Word => Some(self.word),
            Evidence::Article => Some(self.article),
            Evidence::Ending => self.ending,
        }
    }

    fn is_sane(self) -> bool {
        [Some(self.word), Some(self.article), self.ending].iter().flatten().all(|share| (0.0..=1.0).contains(share))
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    letters: String,
    words: String,
    endings: Vec<String>,
    after_a_grave: Vec<String>,
    confidence: Option<Confidence>,
    finds: Vec<String>,
    ignores: Vec<String>,
}

/// A word with lost letters: each a character, or `None`.
struct Gap {
    span: Span,
    letters: Vec<Option<char>>,
    /// What stands for each.
    places: Vec<Span>,
}

impl Lexicon {
    /// Reads a pack's `spelling.toml`; a pack without one mends nothing.
    ///
    /// # Errors
    /// If the file is not as it must be.
    pub fn load(pack: &Pack) -> Result<Self> {
        let file = format!("{}/spelling.toml", pack.language);
        let mut all = Self {
            language: pack.language,
            letters: Vec::new(),
            words: HashMap::new(),
            endings: Vec::new(),
            after_a_grave: HashSet::new(),
            // Nothing is put back before words are read, and words are not read without it.
            confidence: Confidence { word: 0.0, article: 0.0, ending: None },
            examples: Vec::new(),
            file,
        };
        for (name, _, read) in pack.read::<File>("spelling")? {
            let wrong = |message: String| Error::Pack { file: name.clone(), line: 1, message };
            // A file that adds words may leave it as it is.
            let stated = read.confidence.or_else(|| (!all.words.is_empty()).then_some(all.confidence));
            all.confidence = stated
                .filter(|c| c.is_sane() && (c.ending.is_some() || read.endings.is_empty()))
                .ok_or_else(|| wrong("confidence = { word, article, ending } is needed, each a share from 0 to 1".to_owned()))?;
            all.letters.extend(read.letters.chars());
            all.words.extend(read.words.split_whitespace().map(|w| (w.to_lowercase(), w.to_owned())));
            all.endings.extend(read.endings);
            all.after_a_grave.extend(read.after_a_grave);
            for example in read.finds {
                let (before, after) = example.split_once(" => ").ok_or_else(|| wrong(format!("{example:?}: before => after is needed")))?;
                all.examples.push((before.to_owned(), after.to_owned()));
            }
            all.examples.extend(read.ignores.into_iter().map(|text| (text.clone(), text)));
        }
        all.letters = all.letters.iter().flat_map(|c| c.to_lowercase()).collect::<BTreeSet<char>>().into_iter().collect();
        Ok(all)
    }

    /// Its language.
    #[must_use]
    pub const fn language(&self) -> Lang {
        self.language
    }

    /// Whether it lists a word.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(&word.to_lowercase())
    }

    /// Runs its examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        let wrong = |(before, after): &(String, String)| {
            let made = super::compose::apply(before, &self.mend(before, &BTreeSet::new(), 0));
            let message = format!("{before:?} must become {after:?} but is {made:?}");
            (made != *after).then(|| Failure { file: self.file.clone(), line: 1, rule: "spelling".to_owned(), message })
        };
        self.examples.iter().filter_map(wrong).collect()
    }

    /// The edits that put lost letters back. `leads` are characters that began damage elsewhere in the text.
    #[must_use]
    pub fn repair(&self, text: &str, leads: &BTreeSet<char>) -> Vec<Edit> {
        self.mend(text, leads, FEWEST_WORDS)
    }

    fn mend(&self, text: &str, leads: &BTreeSet<char>, fewest: usize) -> Vec<Edit> {
        if text.split_whitespace().nth(fewest.saturating_sub(1)).is_none() {
            return Vec::new();
        }
        let gaps = gaps(text, leads);
        if gaps.is_empty() {
            return Vec::new();
        }
        let own = sound_words(text);
        let (mut edits, mut added, mut taken) = (Vec::new(), 0, 0);
        for gap in gaps {
            let Some((letters, evidence)) = self.answer(text, &gap, &own) else { continue };
            for ((place, lost), letter) in gap.places.iter().zip(&gap.letters).zip(letters) {
                if lost.is_some() {
                    continue;
                }
                let (before, after) = (place.of(text).to_owned(), letter.to_string());
                let clean_start = place.start + added - taken;
                added += after.len();
                taken += before.len();
                let confidence = self.confidence.of(evidence);
                let rule = evidence.rule().to_owned();
                edits.push(Edit { kind: EditKind::Mojibake, raw: *place, clean_start, before, after, rule, confidence });
            }
        }
        edits
    }

    /// The only word that fits, letter by letter, and how it is known.
    fn answer(&self, text: &str, gap: &Gap, own: &HashSet<String>) -> Option<(Vec<char>, Evidence)> {
        let fits = self.fillings(&gap.letters);
        let listed: Vec<&String> = fits.iter().filter(|w| self.words.contains_key(*w) || own.contains(*w)).collect();
        let (word, evidence) = match listed[..] {
            [word] => (word, if self.words.contains_key(word) { Evidence::Word } else { Evidence::Article }),
            [] => {
                let mut ended = fits.iter().filter(|w| self.endings.iter().any(|e| fills(gap, w, e)));
                (ended.next().filter(|_| ended.next().is_none())?, Evidence::Ending)
            }
            _ => return None,
        };
        let as_listed: Vec<char> = self.words.get(word).unwrap_or(word).chars().collect();
        let known = || gap.letters.iter().flatten();
        let shouted = known().count() > 1 && known().all(|c| c.is_uppercase());
        let begins = begins_sentence(&text[..gap.span.start]);
        let cased = |(i, &letter): (usize, &char)| {
            if shouted || (i == 0 && begins) { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
        };
        Some((as_listed.iter().enumerate().map(cased).collect(), evidence))
    }

    /// The word with every choice of letters for the lost ones, in lower case.
    fn fillings(&self, letters: &[Option<char>]) -> Vec<String> {
        letters.iter().fold(vec![String::new()], |words, letter| {
            let choices: Vec<char> = letter.map_or_else(|| self.letters.clone(), |c| c.to_lowercase().collect());
            if letter.is_some() {
                return words.into_iter().map(|w| w + &choices.iter().collect::<String>()).collect();
            }
            words.iter().flat_map(|w| choices.iter().map(move |c| format!("{w}{c}"))).collect()
        })
    }

    /// The spaces that are none: what `à` and a hard space became where they began one word.
    #[must_use]
    pub fn joined(&self, text: &str, edits: &[Edit]) -> Vec<Edit> {
        let mut taken = 0;
        let space = |e: &Edit| {
            let at = e.clean_start + e.after.len();
            let rest = text.get(at..)?.strip_prefix(' ')?;
            let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
            (e.after == "à" && self.after_a_grave.contains(&word)).then(|| Span::new(at, at + 1))
        };
        let joins = edits.iter().filter_map(space).map(|raw| {
            taken += 1;
            let clean_start = raw.start + 1 - taken;
            let (before, after, rule) = (" ".into(), String::new(), "lexicon.joined".into());
            Edit { kind: EditKind::Mojibake, raw, clean_start, before, after, rule, confidence: None }
        });
        joins.collect()
    }
}

/// Whether the lost letters of a word are the ones its ending has.
fn fills(gap: &Gap, word: &str, ending: &str) -> bool {
    let (all, of_ending) = (gap.letters.len(), ending.chars().count());
    let first_lost = gap.letters.iter().position(Option::is_none).unwrap_or(0);
    word.ends_with(ending) && all > of_ending && first_lost >= all - of_ending
}

/// Whether a sentence begins after this.
fn begins_sentence(before: &str) -> bool {
    let last = before.trim_end_matches([' ', '“', '«', '"', '‘', '¿', '¡', '—', '–', '(']);
    last.is_empty() || last.ends_with(['.', '!', '?', '\n', '…'])
}

/// The words of a text, in lower case, that have letters beyond ASCII and nothing lost.
fn sound_words(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !(c.is_alphabetic() || matches!(c, '\u{fffd}' | '?' | '’')));
    words.filter(|w| !w.is_ascii() && w.chars().all(char::is_alphabetic)).map(str::to_lowercase).collect()
}

/// Whether anything in a text looks like a lost letter: most question marks end a question.
pub(super) fn may_have_gaps(text: &str, leads: &BTreeSet<char>) -> bool {
    let in_word = |(at, _): (usize, &str)| text[at + 1..].starts_with(char::is_lowercase);
    text.contains('\u{fffd}') || text.match_indices('?').any(in_word) || !leads.is_empty() && text.contains(|c| leads.contains(&c))
}

/// The words of a text in which something is lost.
fn gaps(text: &str, leads: &BTreeSet<char>) -> Vec<Gap> {
    let cells: Vec<(usize, char)> = text.char_indices().collect();
    let c = |i: usize| cells.get(i).map(|cell| cell.1);
    let letter = |i: Option<usize>| i.and_then(c).is_some_and(char::is_alphabetic);
    let is_lost = |i: usize| match c(i) {
        Some('\u{fffd}') => true,
        // A question mark that ends a sentence is followed by a capital, if by a letter.
        Some('?') => letter(i.checked_sub(1)) && c(i + 1).is_some_and(char::is_lowercase),
        Some(lead) => leads.contains(&lead) && c(i + 1).is_some_and(|next| next.is_ascii_lowercase()),
        None => false,
    };
    let in_word = |i: usize| c(i).is_some_and(char::is_alphabetic) || is_lost(i);
    let mut out = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let end = (at..cells.len()).find(|&i| !in_word(i)).unwrap_or(cells.len());
        let byte = |i: usize| cells.get(i).map_or(text.len(), |cell| cell.0);
        let word = at..end;
        at = end.max(at + 1);
        let count = word.clone().filter(|&i| is_lost(i)).count();
        if count == 0 || word.len() - count == 0 || count > MOST_LOST || in_address(&text[..byte(word.start)], &text[byte(word.end)..]) {
            continue;
        }
        let (mut letters, mut places) = (Vec::new(), Vec::<Span>::new());
        for i in word.clone() {
            let lost = is_lost(i);
            // Two marks side by side are the two bytes of one letter.
            let second = lost && c(i) == Some('\u{fffd}') && i > word.start && c(i - 1) == c(i) && letters.last() == Some(&None);
            if let Some(place) = places.last_mut().filter(|place| second && place.len() == '\u{fffd}'.len_utf8()) {
                place.end = byte(i + 1);
                continue;
            }
            letters.push(c(i).filter(|_| !lost));
            places.push(Span::new(byte(i), byte(i + 1)));
        }
        // At the end of a word, and beside a mark that opens, it may be the mark that closes.
        let last_lost = letters.last() == Some(&None);
        if !(last_lost && open_mark(&text[..byte(word.start)])) {
            out.push(Gap { span: Span::new(byte(word.start), byte(word.end)), letters, places });
        }
    }
    out
}

/// Whether a quotation is open at the end of a text, by its last line; a lost mark before a word may have opened one.
fn open_mark(before: &str) -> bool {
    // No more of a line than the longest quotation is looked through again at each lost letter.
    const LONGEST: usize = 2_000;
    let line = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    let line = line.rsplit('\n').next().unwrap_or(line);
    let lost_opener = |i: usize| line[i..].starts_with('\u{fffd}') && !line[..i].ends_with(char::is_alphanumeric);
    let last =
        line.rmatch_indices(['“', '«', '„', '\u{fffd}']).map(|(i, _)| i).find(|&i| !line[i..].starts_with('\u{fffd}') || lost_opener(i));
    last.is_some_and(|i| line[i..].starts_with('\u{fffd}') || !line[i..].contains(['”', '»']))
}

/// Whether a word stands in a web address or a form of one.
fn in_address(before: &str, after: &str) -> bool {
    before.ends_with(['/', '=', '&', '@', '.', '%', '#', '_'])
        || after.starts_with(['=', '/', '&', '@', '_', '%'])
        || before.ends_with("://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    #[test]
    fn the_packs_keep_their_word() {
        for pack in Packs::shipped().iter() {
            assert_eq!(Lexicon::load(pack).unwrap().check(), vec![]);
        }
    }
}
