//! Speech without marks: the answers of an interview, and the text of another author set into an article.
//!
//! An interview is announced ("the following interview with X"), goes by question lines of its own, or has a label or a dash before
//! each turn (Q: and A:, the speaker's name); each paragraph after a question is an answer until a heading that asks nothing. That
//! the answers speak in the first person tells an interview from an article that answers its own questions; a paragraph without it
//! that names who answers is the writer's, and so is one that cites somebody where turns are marked. A text by another
//! author is announced with its author and goes to the next heading or the end. Questions, captions and headings are the
//! writer's.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::finder::Found;
use super::marks::paragraphs;
use super::reading::{Reading, is_place};
use super::words::{Frame, Spec, class::*};
use crate::pack::Rule;
use crate::vocabulary::{QuoteKind, Section};

/// Without an announcement, so many question lines make an interview.
const QUESTION_LINES: usize = 3;

/// The longest paragraph that is a question and nothing else, in words.
const LONGEST_QUESTION: usize = 80;

/// The longest label of a turn, in words.
const LONGEST_LABEL: usize = 4;

struct Paragraph {
    /// Without its label.
    tokens: Range<usize>,
    role: Role,
    label: Option<Label>,
}

/// What stands before a turn.
#[derive(Clone)]
enum Label {
    Asks,
    Answers,
    Name(Range<usize>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Question,
    Heading,
    /// A picture's caption.
    Aside,
    Byline,
    /// Few words without a verb: an answer right after a question, else no speech.
    Short,
    Text,
    /// What somebody says, by its label.
    Turn,
}

#[derive(Clone)]
enum Scope {
    None,
    /// Announced; answers begin after the first question.
    Announced(Option<Range<usize>>, Option<Range<usize>>, usize),
    Answers(Option<Range<usize>>, Option<Range<usize>>, usize),
    Embedded(Option<Range<usize>>, Option<Range<usize>>, usize),
}

/// Adds every unmarked stretch of speech.
pub(super) fn find(r: &Reading, rules: &[Rule<Spec>], found: &mut Vec<Found>) {
    let (paragraphs, dashed) = labelled(r, rules);
    let Some(interview) = rules.iter().position(|rule| rule.spec.frame == Frame::Interview) else { return };
    let mut direct: Vec<Range<usize>> = found.iter().filter(|f| f.kind == QuoteKind::Direct).map(|f| f.content.clone()).collect();
    direct.sort_by_key(|d| d.start);
    // Nobody is told to say these: "«No, yo era minero.»" after a question.
    let mut unsaid: Vec<Range<usize>> =
        found.iter().filter(|f| f.kind == QuoteKind::Direct && f.cue.is_none()).map(|f| f.content.clone()).collect();
    unsaid.sort_by_key(|d| d.start);
    let (questions, personal) = turns(r, &paragraphs, &direct, &unsaid);
    let mut scope = if dashed || questions >= QUESTION_LINES && 2 * personal >= questions {
        Scope::Announced(interviewed(r, &paragraphs), None, interview)
    } else {
        Scope::None
    };
    // Where words in marks have a verb of saying, if each turn is marked: what isn't and cites somebody is the writer's, else an answer may cite too.
    let typed = dashed || paragraphs.iter().any(|p| p.role == Role::Turn);
    let cites = |f: &&Found| typed && f.kind != QuoteKind::Indirect && f.cue.is_some();
    let mut cited: Vec<usize> = found.iter().filter(cites).map(|f| f.content.start).collect();
    cited.sort_unstable();
    let (mut after_question, mut answered) = (false, None);
    let mut in_marks: Vec<(Range<usize>, Option<Range<usize>>)> = Vec::new();
    for p in &paragraphs {
        let answers = std::mem::replace(&mut after_question, p.role == Role::Question);
        let (speaker, cue, rule) = match (&scope, p.role) {
            (_, Role::Turn) => {
                let name = match &p.label {
                    Some(Label::Name(name)) => Some(name.clone()),
                    _ => None,
                };
                let (known, cue) = match &scope {
                    Scope::Announced(s, c, _) | Scope::Answers(s, c, _) => (s.clone(), c.clone()),
                    _ => (interviewed(r, &paragraphs), None),
                };
                if name.is_none() {
                    scope = Scope::Answers(known.clone(), cue.clone(), interview);
                }
                (name.or(known), cue, interview)
            }
            (_, Role::Aside) => continue,
            (Scope::Answers(..), Role::Short) if !answers => continue,
            (Scope::Announced(s, c, rule), Role::Question) if dashed || personal > 0 => {
                scope = Scope::Answers(s.clone(), c.clone(), *rule);
                continue;
            }
            (Scope::Answers(..), Role::Question) => continue,
            (Scope::Answers(..) | Scope::Embedded(..), Role::Heading | Role::Byline) => {
                scope = Scope::None;
                continue;
            }
            (Scope::Answers(s, c, rule) | Scope::Embedded(s, c, rule), _) => (s.clone(), c.clone(), *rule),
            // "Entrevista con X", and then an answer to what is no question.
            (Scope::Announced(who @ Some(_), Some(_), _), _) if is_one_of(&unsaid, &p.tokens) => {
                in_marks.push((p.tokens.clone(), who.clone()));
                continue;
            }
            (Scope::None | Scope::Announced(..), _) => {
                match announcement(r, rules, &p.tokens) {
                    Some(Scope::Announced(who, cue, rule)) => {
                        scope = Scope::Announced(who.or_else(|| interviewed(r, &paragraphs)), cue, rule);
                    }
                    Some(announced) => scope = announced,
                    None => {}
                }
                continue;
            }
        };
        let dash = r.is(p.tokens.start, DASH);
        let content = p.tokens.start + usize::from(dash)..p.tokens.end;
        // A paragraph that is a quotation in marks has its own speaker, and so has a turn that says who speaks: "—No —responde—. Mañana."
        let at = direct.partition_point(|d| d.start < content.start);
        let quoted = direct[at..].first().is_some_and(|d| covers(d, &content) || dash && d.start == content.start && !r.is(d.start, QUOTE));
        let cites = || cited[cited.partition_point(|&c| c < content.start)..].first().is_some_and(|&c| c < content.end);
        let between = matches!(scope, Scope::Answers(..)) && p.role == Role::Text && !dash && !is_personal(r, &content, &direct);
        if quoted && matches!(scope, Scope::Answers(..)) {
            in_marks.push((content, speaker));
        } else if !quoted && !(between && (names(r, &content, speaker.as_ref()) || cites())) {
            answered = answered.or_else(|| speaker.clone().filter(|_| rule == interview));
            found.push(Found { content, kind: QuoteKind::Direct, speaker, cue, rule });
        }
    }
    // An answer that is one whole quotation, of whom it does not say whose, is of whom the interview is with.
    for f in found.iter_mut().filter(|f| f.kind != QuoteKind::Indirect && f.cue.is_none()) {
        let before = in_marks.partition_point(|(answer, _)| answer.start <= f.content.start);
        let answer = before.checked_sub(1).and_then(|i| in_marks.get(i)).filter(|(answer, _)| f.content.end <= answer.end);
        // Who was named in the paragraph before is at most whom it is about.
        let Some((answer, speaker)) = answer else { continue };
        if f.speaker.as_ref().is_none_or(|s| s.start < answer.start) {
            f.speaker.clone_from(speaker);
        }
    }
    // The words of an interview's headline are of whom it is with.
    let headline = paragraphs.first().map_or(0, |p| p.tokens.end);
    for f in found.iter_mut().filter(|f| f.kind == QuoteKind::Direct && f.speaker.is_none() && f.content.end <= headline) {
        f.speaker.clone_from(&answered);
    }
}

/// The paragraphs with what each is, and whether dashes open the turns of an interview. Labels count where they come again.
fn labelled(r: &Reading, rules: &[Rule<Spec>]) -> (Vec<Paragraph>, bool) {
    let paragraphs = paragraphs(r);
    let mut labels: Vec<Option<(Label, usize)>> = paragraphs.iter().map(|p| label(r, p)).collect();
    // "Kaduna State: …", "Niger State: …": a word for what several are is nobody's surname.
    let mut full: HashMap<&str, &str> = HashMap::new();
    let mut shared: HashSet<&str> = HashSet::new();
    for (name, last) in labels.iter().flatten().filter_map(|(l, _)| written(r, l).zip(name_of(r, l))).filter(|(name, last)| name != last) {
        if *full.entry(last).or_insert(name) != name {
            shared.insert(last);
        }
    }
    for label in labels.iter_mut().filter(|_| !shared.is_empty()) {
        label.take_if(|(l, _)| name_of(r, l).is_some_and(|last| shared.contains(last)));
    }
    let count = |is: fn(&Label) -> bool| labels.iter().flatten().filter(|(l, _)| is(l)).count();
    let answers = count(|l| matches!(l, Label::Answers)) > 1
        || count(|l| matches!(l, Label::Answers)) == 1 && count(|l| matches!(l, Label::Asks)) > 0;
    // How often each comes, and how often with a question.
    let mut times: HashMap<&str, (usize, usize)> = HashMap::new();
    for (paragraph, label) in paragraphs.iter().zip(&labels) {
        if let Some(name) = label.as_ref().and_then(|(l, _)| name_of(r, l)) {
            let (turns, questions) = times.entry(name).or_default();
            *turns += 1;
            *questions += usize::from(r.written(paragraph.end - 1) == "?");
        }
    }
    let again = |l: &Label| name_of(r, l).and_then(|n| times.get(n)).is_some_and(|&(n, _)| n > 1);
    // One speaker who comes again is a dialogue only with another one; or one asks and another answers.
    let asked = |i: usize| {
        let named = |i: usize| labels.get(i).and_then(|l| l.as_ref()).and_then(|(l, _)| name_of(r, l));
        named(i).zip(named(i + 1)).is_some_and(|(a, b)| a != b) && r.written(paragraphs[i].end - 1) == "?"
    };
    let dialogue = times.len() > 1 && times.values().any(|&(n, _)| n > 1);
    // Whose questions are the interviewer's.
    let most = times.values().map(|&(_, questions)| questions).max().unwrap_or(0);
    let asker = |l: &Label| name_of(r, l).and_then(|n| times.get(n)).is_some_and(|&(_, questions)| questions == most);
    let counts: Vec<bool> = (0..labels.len())
        .map(|i| match &labels[i] {
            None => false,
            Some((Label::Asks | Label::Answers, _)) => answers,
            Some((name, _)) => {
                // One who speaks only once, among others.
                let beside = |j: Option<usize>| j.and_then(|j| labels.get(j)?.as_ref()).is_some_and(|(l, _)| again(l));
                asked(i) || i > 0 && asked(i - 1) || dialogue && (again(name) || beside(i.checked_sub(1)) && beside(Some(i + 1)))
            }
        })
        .collect();
    // "PRESENTER: …"
    let own = |label: &Label| matches!(label, Label::Name(name) if name.clone().any(|i| r.is(i, STAFF)));
    let turns = paragraphs.into_iter().zip(labels).zip(counts).map(|((tokens, label), counts)| match label.filter(|_| counts) {
        None => Paragraph { role: role(r, rules, &tokens), tokens, label: None },
        Some((label, from)) => {
            let asks = matches!(label, Label::Asks) || own(&label) || r.written(tokens.end - 1) == "?" && asker(&label);
            let role = if asks { Role::Question } else { Role::Turn };
            Paragraph { tokens: from..tokens.end, role, label: Some(label) }
        }
    });
    let mut turns: Vec<Paragraph> = turns.collect();
    let dashed = by_turns(r, &mut turns);
    (turns, dashed)
}

/// In an interview whose turns open with dashes, every other one is the interviewer's, a question or not. Gives whether it is one.
fn by_turns(r: &Reading, paragraphs: &mut [Paragraph]) -> bool {
    const SHORTEST: usize = 4;
    let dash = |p: &Paragraph| r.is(p.tokens.start, DASH) && p.label.is_none();
    let mut found = false;
    for run in paragraphs.chunk_by_mut(|a, b| dash(a) && dash(b)) {
        let asks = |side: usize| run.iter().skip(side).step_by(2).filter(|p| p.role == Role::Question).count();
        if run.len() >= SHORTEST && asks(0) > 1 && asks(1) == 0 {
            run.iter_mut().step_by(2).for_each(|p| p.role = Role::Question);
            found = true;
        }
    }
    found
}

/// The whole name.
fn written<'a>(r: &Reading<'a>, label: &Label) -> Option<&'a str> {
    let Label::Name(name) = label else { return None };
    r.span(name).map(|s| s.of(r.text))
}

/// The last word of the name: "KELLER" speaks again for "MARY KELLER".
fn name_of<'a>(r: &Reading<'a>, label: &Label) -> Option<&'a str> {
    let Label::Name(name) = label else { return None };
    name.clone().next_back().map(|i| r.written(i))
}

/// The label a paragraph begins with and where its words begin: "Q:", "Respuesta.-", "Maryam Sadeghi:".
fn label(r: &Reading, paragraph: &Range<usize>) -> Option<(Label, usize)> {
    // A label set in bold: "**Ana:** …", "**Ana**: …".
    let emphasis = |i: &usize| r.written(*i).starts_with(['*', '_']);
    let start = paragraph.clone().find(|i| !emphasis(i))?;
    let close = (start + 1..paragraph.end.min(start + LONGEST_LABEL + 2)).find(|&i| !r.is(i, WORD))?;
    let colon = (close..paragraph.end).find(|i| !emphasis(i))?;
    // "MARY KELLER, HOST:"
    let office = r.is(colon, COMMA).then(|| (colon + 1..paragraph.end.min(colon + LONGEST_LABEL + 2)).find(|&i| !r.is(i, WORD)));
    let colon = office.flatten().filter(|&end| end > colon + 1 && r.written(end) == ":").unwrap_or(colon);
    let after = |i: usize| {
        let begins = (i + 1..paragraph.end).find(|j| !r.is(*j, DASH | STOP) && !emphasis(j));
        begins.filter(|&j| r.is(j, WORD | QUOTE) || !r.is(j, COMMA | BREAK))
    };
    let known = r.is(start, ASKS | ANSWERS) && close == start + 1 && (matches!(r.written(colon), ":" | ".") || r.is(colon, DASH));
    if known {
        let label = if r.is(start, ASKS) { Label::Asks } else { Label::Answers };
        return after(colon).map(|from| (label, from));
    }
    let name = start..close;
    let named = r.written(colon) == ":" && name.clone().all(|i| r.is(i, CAPITAL | TITLE | LINK) || is_upper(r.written(i)));
    // "BAGHDAD: Gunmen killed a barber": where it was.
    let named = named && !r.span(&name).is_some_and(|s| is_place(s.of(r.text)));
    named.then_some(())?;
    after(colon).map(|from| (Label::Name(name), from))
}

/// The surnames of those whom the outlet calls its own: "our South Asia correspondent Martin Hale", "nuestro enviado Wilson Peralta".
pub(super) fn staff<'a>(r: &Reading<'a>) -> Vec<&'a str> {
    const WITHIN: usize = 4;
    let own = |i: usize| (i.saturating_sub(WITHIN)..i).any(|k| r.is(k, POSSESSIVE) && r.is(k, FIRST_PERSON));
    let surname = |i: usize| {
        let first = (i + 1..i + 4).find(|&k| r.is(k, CAPITAL))?;
        (first..first + WITHIN).take_while(|&k| r.is(k, CAPITAL | LINK) && r.is(k, WORD)).last().map(|k| r.written(k))
    };
    (0..r.tokens.len()).filter(|&i| r.is(i, STAFF) && own(i)).filter_map(surname).collect()
}

fn is_upper(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

/// Whether a paragraph is one quotation in marks.
fn covers(quotation: &Range<usize>, paragraph: &Range<usize>) -> bool {
    quotation.start <= paragraph.start + 1 && quotation.end + 3 >= paragraph.end
}

/// Whether a paragraph is one of these quotations, which stand in order.
fn is_one_of(quotations: &[Range<usize>], paragraph: &Range<usize>) -> bool {
    let before = quotations.partition_point(|q| q.start <= paragraph.start + 1);
    before.checked_sub(1).and_then(|i| quotations.get(i)).is_some_and(|q| covers(q, paragraph))
}

/// Whether somebody speaks in the first person, outside of marks: words in marks are somebody's in any article.
fn is_personal(r: &Reading, paragraph: &Range<usize>, direct: &[Range<usize>]) -> bool {
    let marked = |i: usize| direct[..direct.partition_point(|d| d.start <= i)].iter().rev().take(3).any(|d| d.contains(&i));
    paragraph.clone().any(|i| r.is(i, FIRST_PERSON) && !marked(i))
}

/// Whether a paragraph names somebody by the last name.
fn names(r: &Reading, paragraph: &Range<usize>, who: Option<&Range<usize>>) -> bool {
    // Not the town of "the bishop of Matagalpa".
    let surname = who.filter(|w| w.len() == 1 || w.len() > 1 && r.is(w.end - 2, CAPITAL)).map(|w| r.written(w.end.saturating_sub(1)));
    let Some(surname) = surname else { return false };
    // "Bello", "Bello's"
    let is_name = |i: usize| r.written(i).strip_prefix(surname).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    paragraph.clone().any(|i| r.is(i, CAPITAL) && is_name(i))
}

/// How many questions are followed by text, and how many of these by text in the first person.
/// Answers in marks are such too where it is not said whose they are.
fn turns(r: &Reading, paragraphs: &[Paragraph], direct: &[Range<usize>], unsaid: &[Range<usize>]) -> (usize, usize) {
    let (mut questions, mut personal) = (0, 0);
    for turn in paragraphs.split(|p| p.role == Role::Question).skip(1) {
        let answer =
            || turn.iter().take_while(|p| p.role != Role::Heading).filter(|p| matches!(p.role, Role::Text | Role::Short | Role::Turn));
        questions += usize::from(answer().next().is_some());
        personal += usize::from(answer().any(|p| is_personal(r, &p.tokens, direct) || is_one_of(unsaid, &p.tokens)));
    }
    (questions, personal)
}

/// Who an unannounced interview is with: the last person named before its first question, or who the text begins with.
fn interviewed(r: &Reading, paragraphs: &[Paragraph]) -> Option<Range<usize>> {
    let first = paragraphs.iter().position(|p| matches!(p.role, Role::Question | Role::Turn))?;
    let before = &paragraphs[..first];
    // "Interview by Ana Gil, The Daily": who asks.
    let asks = |p: &Paragraph| {
        let line = !r.is(p.tokens.end.saturating_sub(1), STOP) && !r.has_finite(p.tokens.clone());
        line && p.tokens.clone().take(3).any(|i| r.is(i, AGENT))
    };
    let sentences = before.iter().rev().take(4).filter(|p| !asks(p)).flat_map(|p| {
        let (from, to) = (r.sentence.get(p.tokens.start).copied(), r.sentence.get(p.tokens.end.wrapping_sub(1)).copied());
        (from.unwrap_or(0)..to.map_or(0, |t| t + 1)).rev()
    });
    // "Five years after Ana Gil was killed, her lawyer talks": not the one whom the clause tells of.
    let main = |p: &Range<usize>| !(p.start.saturating_sub(2)..p.start).any(|i| r.is(i, OPENER | SUBORDINATOR));
    let named = sentences.filter_map(|s| r.sentences.get(s)).find_map(|s| r.person_in(s.tokens.clone()).filter(main));
    // "The bishop of Matagalpa has not left his house for a month."
    let text = || before.iter().find(|p| p.role == Role::Text).map(|p| p.tokens.clone());
    named.or_else(|| text().and_then(|t| r.phrase_from(t.start, t.end)).filter(|p| r.is_person(p)))
}

fn role(r: &Reading, rules: &[Rule<Spec>], tokens: &Range<usize>) -> Role {
    let sections = || r.sentences.get(*r.sentence.get(tokens.start)?).map(|s| s.section);
    let (first, last) = (r.written(tokens.start), r.written(tokens.end.saturating_sub(1)));
    let words = r.words(tokens.clone());
    if words <= LONGEST_QUESTION && !r.is(tokens.start, QUOTE) && (last == "?" || prompts(r, rules, tokens)) {
        return Role::Question;
    }
    match sections() {
        Some(Section::Caption) => return Role::Aside,
        Some(Section::Byline) => return Role::Byline,
        Some(Section::Heading | Section::Headline) => return Role::Heading,
        _ => {}
    }
    let stopped = r.is(tokens.end.saturating_sub(1), STOP | QUOTE | BREAK);
    if words <= 12 && !stopped && first != "-" {
        Role::Heading
    } else if words <= 15 && !r.has_finite(tokens.clone()) {
        Role::Short
    } else {
        Role::Text
    }
}

/// A one-sentence request in place of a question ("Preséntanos una cronología.").
fn prompts(r: &Reading, rules: &[Rule<Spec>], tokens: &Range<usize>) -> bool {
    let word = r.written(tokens.start).to_lowercase();
    let one = r.end_of_sentence(tokens.start) >= tokens.end;
    one && r.words(tokens.clone()) <= 30
        && rules.iter().any(|rule| rule.spec.frame == Frame::Interview && rule.spec.followed_by.iter().any(|e| word.ends_with(e.as_str())))
}

/// What a paragraph announces, with its speaker.
fn announcement(r: &Reading, rules: &[Rule<Spec>], tokens: &Range<usize>) -> Option<Scope> {
    for i in tokens.clone().rev() {
        let Some(cue) = r.cue(i, &[Frame::Interview, Frame::Embedded]) else { continue };
        rules.get(cue.rule)?;
        let (from, end) = (i + cue.len, r.end_of_sentence(i));
        let range = Some(i..from);
        if cue.frame == Frame::Interview {
            // "Interview by X", alone on its line: who asks.
            let line = !r.is(tokens.end.saturating_sub(1), STOP) && !r.has_finite(tokens.clone()) && i == tokens.start;
            if line && r.is(from, AGENT | LINK) {
                return Some(Scope::Announced(None, range, cue.rule));
            }
            // "interview with X"; without anybody named it is still one.
            let with = (from..end.min(from + 3)).find(|&j| r.is(j, PREPOSITION)).map_or(from, |w| w + 1);
            let who =
                r.phrase_from(with, end).filter(|p| (r.can_speak(p) || r.is_person(p)) && !r.is(p.start, PRONOUN)).map(|p| r.named(p, end));
            return Some(Scope::Announced(who, range, cue.rule));
        }
        // What is announced is a text, and nobody reports it in the same sentence.
        let start = r.start_of_sentence(i);
        let noun = (i.saturating_sub(8).max(start)..end.min(from + 8)).find(|&j| r.is(j, MESSAGE))?;
        if (start..end).any(|j| r.cue(j, &[Frame::Speech]).is_some_and(|c| r.is(j + c.len, COMPLEMENTIZER))) {
            continue;
        }
        let after = noun.max(from.saturating_sub(1)) + 1;
        let linked = (noun + 1..end.min(noun + 3)).find(|&j| r.is(j, LINK | PREPOSITION)).and_then(|j| r.phrase_from(j + 1, end));
        let apart = || (after..end.min(after + 8)).find(|&j| r.is(j, COMMA | PREPOSITION | BREAK)).and_then(|j| r.phrase_from(j + 1, end));
        let topic = || r.person_in(start..end);
        let who = linked.filter(|p| r.is_person(p)).or_else(|| apart().filter(|p| !r.is(p.start, PRONOUN))).or_else(topic)?;
        return Some(Scope::Embedded(Some(r.named(who, end)), range, cue.rule));
    }
    None
}
