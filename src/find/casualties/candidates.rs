//! Figures that may count people, each with the noun phrase behind it.

use super::super::numbers::Figure;
use super::Casualties;
use super::describing::name_before;
use super::governing::{heads_list, row_of_names};
use super::lexicon::*;
use crate::span::Span;
use crate::vocabulary::{Bound, ClaimKind, Reason, VictimClass};

/// A figure (or article, or word for nobody) with the noun phrase behind it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) figure: Figure,
    /// The item of the figure.
    pub(super) at: usize,
    /// The item after the noun phrase.
    pub(super) end: usize,
    /// The items of the noun phrase's words for people.
    pub(super) head: Option<usize>,
    pub(super) first_word: Option<usize>,
    pub(super) class: Option<VictimClass>,
    pub(super) class_rule: Option<usize>,
    /// A noun of harm that closes the noun phrase ("15 civilian deaths").
    pub(super) noun: Option<usize>,
    pub(super) of_them: bool,
    pub(super) other: bool,
    pub(super) zero: bool,
    /// Why it counts nobody.
    pub(super) refused: Option<usize>,
    /// The item of the thing it counts instead.
    pub(super) thing: Option<usize>,
    /// Why it can't count anybody harmed, wherever it stands.
    pub(super) never: Option<Reason>,
    pub(super) found: Option<Relation>,
    /// The noun of harm that leads to the figure: "of the [wounded], three".
    pub(super) led: Option<usize>,
    /// The item of the number of all those of whom these are some: "three of the [40] passengers".
    pub(super) whole: Option<usize>,
}

/// How a candidate is governed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Relation {
    pub(super) kind: ClaimKind,
    /// The item of the word of harm.
    pub(super) trigger: usize,
    pub(super) rule: usize,
    pub(super) side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The word of harm stands beside the figure as its noun.
    Noun,
    /// After it.
    Right,
    /// Before it.
    Left,
    /// A toll's value.
    Toll,
}

/// How old nobody is.
const OLDEST: f64 = 120.0;

/// What an article or a word for nobody needs to be a figure.
#[derive(Clone, Copy)]
pub(super) enum Need {
    Nothing,
    Noun,
    OnePerson,
}

impl Casualties {
    /// Every figure of a sentence that may count people.
    pub(super) fn candidates(&self, text: &str, items: &[Item], figures: &[Figure], dates: &[Span]) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        for (i, item) in items.iter().enumerate() {
            if out.last().is_some_and(|c| c.at < i && i < c.end && !item.is(FIGURE)) {
                continue;
            }
            let of_whom = out.last().is_some_and(|c| c.whole == Some(i));
            let (figure, need) = if let Some(f) = item.figure.and_then(|f| figures.get(f)) {
                (f.clone(), Need::Nothing)
            } else if item.is(ZERO) {
                (self.numbers.exactly(item.span, 0.0), Need::Nothing)
            } else if item.is(NO) {
                (self.numbers.exactly(item.span, 0.0), Need::Noun)
            } else if item.is(ARTICLE) {
                (self.numbers.exactly(item.span, 1.0), Need::OnePerson)
            } else {
                continue;
            };
            // "one of them a girl", "una de ellas Marlene, una niña de ocho años": what one of them is.
            if let Some(one) = out.last_mut().filter(|one| item.is(ARTICLE) && item.figure.is_none() && is_what(items, one, i)) {
                one.class = items[i + 1..].iter().take(3).take_while(|x| !x.is(MARK)).find(|x| x.is(VICTIM)).and_then(|x| x.class);
                continue;
            }
            // "Another Palestinian, a nurse, was hit": who the one before is.
            let one_of = figure.min == Some(1.0) && items.get(i + 1).is_some_and(|x| x.is(OF) && x.span.len() > 2);
            let who = item.is(ARTICLE) && item.figure.is_none() || one_of;
            if let Some(one) = out.last_mut().filter(|one| who && apposed(items, one, i)) {
                let class = items[i + 1..].iter().take(3).take_while(|x| !x.is(MARK)).find(|x| x.is(VICTIM)).and_then(|x| x.class);
                one.class = class.filter(|&k| k != VictimClass::Unknown).or(one.class);
                continue;
            }
            // "Two aid workers, a Dane and a Kenyan, were wounded": who they are, one by one.
            if who && out.last().is_some_and(|several| one_by_one(items, several, i)) {
                continue;
            }
            // "rose by nine to 54": what it is now.
            let grown = figure.bound == Bound::Range && i > 1 && items[i - 1].is(BY) && items[i - 2].is(UPDATE);
            let last_word =
                || figure.span.of(text).rsplit(char::is_whitespace).next().map(|w| Span::new(figure.span.end - w.len(), figure.span.end));
            let now = figure.max.filter(|_| grown).zip(last_word());
            let figure = now.map_or_else(|| figure.clone(), |(max, word)| self.numbers.exactly(word, max));
            let none = none_of_one(items, i, &figure);
            let figure = if none { self.numbers.exactly(figure.span, 0.0) } else { figure };
            let zero = none || item.is(ZERO | NO) && item.figure.is_none();
            let mut c = self.noun_phrase(items, i, figure);
            c.zero = zero;
            led(items, &mut c);
            if let Some(all) = out.last_mut().filter(|all| c.of_them && c.whole == Some(all.at)) {
                all.never = all.never.or(Some(Reason::Unharmed));
            }
            let by_itself = alone(items, i, &c.figure);
            if by_itself {
                // "Uno, fotógrafo, agoniza"
                c.of_them = true;
                c.class =
                    items[i + 2..].iter().take(3).take_while(|x| !x.is(MARK | FIGURE | HARM)).find(|x| x.is(VICTIM)).and_then(|x| x.class);
            }
            c.of_them |= told_what(items, &c);
            if c.head.is_none() && matches!(need, Need::OnePerson) {
                name_person(items, &mut c);
            }
            let fits = match need {
                Need::Nothing => true,
                Need::Noun => c.noun.is_some() || c.head.is_some() || one_harmed(items, &c),
                Need::OnePerson if item.is(ANOTHER) && told_of(items, i + 1) => false,
                Need::OnePerson => {
                    // "una ciudadana española"
                    let one = |h: usize| items[c.first_word.unwrap_or(h).min(h)..=h].iter().any(|x| x.is(SINGULAR)) || items[h].plain();
                    c.head.is_some_and(|h| h <= i + 4 && one(h))
                        || one_harmed(items, &c)
                        || c.of_them && !items[..i].last().is_some_and(|x| x.is(BE) && !x.is(MARK))
                        || c.noun.is_some_and(|n| n == c.at + 1 && items[n].is(AMBIGUOUS | BODY) && items[n].is(SINGULAR))
                        // "Divers found another body"
                        || item.is(ANOTHER)
                            && c.noun.is_some_and(|n| n == c.at + 1 && items[n].is(BODY) && !items[n].is(NOMINAL))
                        || item.is(ANOTHER) && another(items, &c)
                        // "tres en Puno y una en Cusco"
                        || items.get(i + 1).is_some_and(|x| x.is(LOCATIVE))
                            && items[..i].iter().any(|x| x.is(FIGURE) && !x.is(DEAD))
                            && another(items, &c)
                        // "Nueve personas murieron y una resultó herida"
                        || i > 0
                            && items[i - 1].is(AND)
                            && !items[i - 1].is(MARK)
                            && items.get(i + 1).is_some_and(|x| x.is(BE) && !x.is(STATE))
                            && items[..i].iter().any(|x| x.is(FIGURE) && !x.is(DEAD))
                            && another(items, &c)
                        || item.is(ANOTHER)
                            && i > 1
                            && (items[i - 1].is(PERSONAL) && items[i - 2].is(ACTIVE))
                            && items.get(c.end).is_none_or(|x| x.is(MARK))
                        || item.is(ANOTHER) && i > 0 && items[i - 1].is(NOMINAL) && items.get(c.end).is_none_or(|x| x.is(MARK))
                }
            };
            // "gave no casualty figures", "no hay cifras de víctimas": nothing is said of how many there were.
            let untold = c.zero && c.noun.is_some_and(|n| items[i + 1..].iter().take(n + 1 - i).any(|x| x.is(SUM | TOLL)));
            if !fits || untold {
                continue;
            }
            // "Mohammed Alhajali, a 23-year-old Syrian refugee,": who somebody is.
            let fled = c.noun.is_some_and(|n| items[n].kind == Some(ClaimKind::Displaced));
            let who = i > 1 && items[i - 1].is(MARK) && items[i - 1].is(AND) && items[i - 2].capital && items[i - 2].plain();
            if matches!(need, Need::OnePerson) && fled && who {
                continue;
            }
            let before = |k: usize| i.checked_sub(k).and_then(|k| items.get(k));
            // "el lunes 17 civiles": people that are counted right behind the figure make it no date.
            let people = items.get(i + 1).is_some_and(|x| x.is(VICTIM | NOUN | STATE));
            // "the 1982 killing of 12 nuns": those counted stand behind.
            let holds =
                items.get(i + 1).is_some_and(|x| x.is(NOMINAL)) && items.get(i + 2).is_some_and(|x| x.is(FIGURE | VICTIM | DETERMINER));
            let people = people && !(holds && item.span.len() == 4);
            let dated = !people && dates.iter().any(|d| d.overlaps(c.figure.number));
            let money = before(1).is_some_and(|x| x.is(MONEY)) || items.get(i + 1).is_some_and(|x| x.is(MONEY));
            let percent = items.get(i + 1).is_some_and(|x| x.is(PERCENT));
            // "John Smith, 45, was killed": a bare number between two marks is an age.
            let bare = c.end == i + 1;
            let mark = |x: Option<&Item>| x.is_some_and(|x| x.is(MARK));
            let age = bare
                // "Sakarya (2,164)"
                && (c.figure.max.is_none_or(|n| n <= OLDEST) || before(1).is_some_and(|x| x.is(AND)))
                && !c.zero
                && mark(before(1))
                && mark(items.get(i + 1))
                && !by_itself
                && !behind_place(items, i)
                && heads_list(text, items, i).is_none()
                // "Deaths since January: 120."
                && !before(1).is_some_and(|x| x.span.of(text) == ":" && i + 2 >= items.len())
                && !row_of_names(items, i)
                // "gave its own figure, 2,700,"
                && !before(2).is_some_and(|x| x.is(FIGURE | HARM | SUM) || x.is(VICTIM) && !x.is(SINGULAR));
            // A year: four digits of this or the last century with nothing counted.
            let year = bare
                && c.figure.bound == Bound::Exact
                && c.figure.min.is_some_and(|n| (1900.0..2100.0).contains(&n))
                && item.span.len() == 4;
            let year = year && (holds || !items.get(i + 1).is_some_and(|x| x.is(STATE | NOUN | BE | INTRANSITIVE)));
            let stamped = || stamp(item.span.of(text)) && items.get(1).is_some_and(|x| x.is(MARK) || x.capital);
            let clock = clock(items, i) || bare && i == 0 && stamped();
            // "1. The minister has fled": the number of an item of a list.
            let item_of_list = i == 0
                && item.span.len() <= 2
                && items.get(1).is_some_and(|x| x.is(MARK) && !x.is(AND) && x.span.start == item.span.end)
                && items.get(2).is_some_and(|x| x.capital);
            // "8 May 90 (Agency)": what follows a date without a mark goes on with it.
            // "is now 46" and "now stands at 46" are none, though "now" is a date.
            let dated =
                dated || clock || bare && mark(items.get(i + 1)) && i > 0 && items[i - 1].is(DATED) && !items[i - 1].is(MARK | LINK);
            // "six of them under 18", "one was under five"
            let younger =
                bare && c.figure.bound == Bound::LessThan && before(1).is_some_and(|x| x.is(OF_THEM | INCLUDING | BE) && !x.is(BOUNDING));
            let age = age || younger || aged(items, &c) || shared_years(items, &c);
            let proportion = before(1).is_some_and(|x| x.is(PROPORTION)) || items.get(i + 1).is_some_and(|x| x.is(PROPORTION));
            // "in zone 18, a policeman": which one it is
            let numbered = bare && c.figure.bound == Bound::Exact && before(1).is_some_and(|x| x.is(NUMBERED));
            // "one in three of the dead"
            let in_so_many =
                before(1).is_some_and(|x| x.is(LOCATIVE) && x.is(WITHIN)) && before(2).is_some_and(|x| x.is(FIGURE | DEAD)) && c.of_them;
            let percent = percent || proportion || in_so_many;
            // "fell 344.65": nobody is counted in hundredths.
            let broken = [c.figure.min, c.figure.max].into_iter().flatten().any(|n| n.fract() > 0.0);
            let listed = [
                (of_whom || per_event(items, i, &c.figure), Reason::Unharmed),
                (numbered || parent(items, &c) || named_after(text, items, i), Reason::Name),
                (broken || item_of_list && c.figure.bound == Bound::Exact, Reason::Bare),
            ];
            let why = [(dated, Reason::Date), (money, Reason::Money), (percent, Reason::Percent), (age, Reason::Age), (year, Reason::Year)];
            c.never = why.into_iter().chain(listed).find(|(holds, _)| *holds).map(|(_, why)| why).or(c.never);
            out.push(c);
        }
        out
    }

    /// Reads the noun phrase behind a figure.
    pub(super) fn noun_phrase(&self, items: &[Item], at: usize, figure: Figure) -> Candidate {
        let mut c = Candidate {
            figure,
            at,
            end: at + 1,
            head: None,
            first_word: None,
            class: None,
            class_rule: None,
            noun: None,
            of_them: false,
            other: false,
            zero: false,
            refused: None,
            thing: None,
            never: None,
            found: None,
            led: None,
            whole: None,
        };
        let mut k = at + 1;
        while let Some(x) = items.get(k).filter(|_| k < at + 5) {
            if x.is(OF_THEM) {
                c.of_them = true;
            } else if x.is(OTHER) {
                c.other = true;
            } else if !x.is(OF | DETERMINER | QUANTITY) || x.is(BE | HARM | FIGURE | MARK) {
                break;
            }
            k += 1;
        }
        // "seven of the dead", "seven of Sunday's dead", "six of the seven killed"
        let of = k > at + 1 && items[at + 1..k].iter().any(|x| x.is(OF));
        let so_many = |x: &Item| x.is(FIGURE) && !x.is(MARK) && items[at].is(FIGURE);
        let dead = k + usize::from(of && items.get(k).is_some_and(|x| x.is(DATED) || x.plain() && x.capital || so_many(x)));
        if of && items.get(dead).is_some_and(|x| x.is(STATE | NOUN) && !x.is(VICTIM)) {
            // "three of the victims" are what the victims are, which is told before.
            c.noun = Some(dead).filter(|&k| !items[k].is(AMBIGUOUS));
            c.of_them = true;
            c.end = dead + usize::from(c.noun.is_none());
            return c;
        }
        // "Two of the rescued have died"
        let died = |x: &Item| x.is(BE | HAVE | INTRANSITIVE) && !x.is(MARK | NOUN);
        if of && items.get(k).is_some_and(|x| x.is(RELEASE) && !x.is(HARM)) && items.get(k + 1).is_some_and(died) {
            (c.of_them, c.end) = (true, k + 1);
            return c;
        }
        if k > at + 1 && items[at + 1..k].iter().any(|x| x.is(OF_THEM | OTHER)) {
            c.end = k;
        }
        // "none of his 1,500 peacekeepers", "three of the 40 passengers": of so many, whom nothing else is said of.
        let definite = of && items[at + 1..k].iter().any(|x| x.is(OF) && x.span.len() > 2 || x.is(DETERMINER));
        let whole = definite && items.get(k).is_some_and(|x| x.is(FIGURE)) && people_behind(items, k + 1);
        // "five of the seven were killed"
        let verb = |x: &Item| x.is(BE | HAVE | INTRANSITIVE) && !x.is(MARK | STATE | NOUN);
        let bare =
            definite && items[at].is(FIGURE | ZERO) && items.get(k).is_some_and(|x| x.is(FIGURE)) && items.get(k + 1).is_some_and(verb);
        c.whole = (whole || bare).then_some(k);
        c.of_them |= bare;
        k += usize::from(whole || bare);
        if bare {
            c.end = k;
            return c;
        }
        let begin = k;
        // Up to three words without a role may stand before the noun ("ten Colombian national police officers").
        let mut plain = 0;
        while let Some(x) = items.get(k) {
            // "17 in Cali", "13 of the day before", "one of them shot by police": nothing is counted behind the figure.
            let names_none = x.is(LOCATIVE)
                || x.is(DATED) && !(x.is(THING) && x.is(COMPARED)) && !items[at].is(DATED)
                || c.of_them && !x.is(VICTIM | THING);
            if c.head.is_none() && k == begin && names_none {
                break;
            }
            if c.of_them && x.is(THING) && x.is(STATE | NOUN) {
                break;
            }
            // "20 Israeli tanks"
            let of_origin = !self.verb_first && c.end == k && c.head.is_some_and(|h| h + 1 == k && items[h].capital && !items[k].capital);
            // "a bank clerk", "two truck drivers": the thing is theirs.
            let of_people = !self.verb_first && x.is(THING) && items.get(k + 1).is_some_and(|y| y.is(VICTIM) && !y.is(ARTICLE | FIGURE));
            if of_people {
                plain += 1;
                k += 1;
                continue;
            }
            // "tres de mi aldea": where they are from
            let from_there = self.verb_first && x.is(THING) && k > at + 2 && items[k - 1].is(DETERMINER) && items[k - 2].is(OF);
            if from_there && items[k - 2].span.len() == 2 && c.head.is_none() && !items[k - 1].is(FIGURE) {
                break;
            }
            // "Eleven shot", but not "one shot"
            let harmed = x.is(STATE) && !x.is(OWN_DEATH) && c.figure.min.is_some_and(|n| n > 1.0) && k == at + 1;
            if x.is(THING | OWN_DEATH) && !harmed && (c.head.is_none() || of_origin && x.is(THING)) {
                c.refused = x.class_rule;
                c.thing = Some(k).filter(|_| x.is(THING));
                c.never = Some(if x.is(THING) { Reason::Thing } else { Reason::OwnDeath });
                break;
            }
            if x.is(OWN_DEATH) {
                c.refused = x.class_rule;
                c.never = Some(Reason::OwnDeath);
                break;
            }
            if x.is(VICTIM) {
                if x.is(NOUN) {
                    c.noun = Some(k);
                }
                c.first_word = c.first_word.or(Some(begin));
                // The first word for people in a language that says the noun first; the last in one that says it last.
                let known = x.class.filter(|&k| k != VictimClass::Unknown);
                if c.head.is_none() || !self.verb_first || c.class == Some(VictimClass::Unknown) {
                    c.class = known.or(c.class).or(x.class);
                    c.class_rule = x.class_rule.or(c.class_rule);
                }
                c.head = Some(k);
                c.end = k + 1;
                k += 1;
                plain = 0;
                continue;
            }
            if x.is(NOUN) && k <= begin + 3 {
                c.noun = Some(k);
                c.end = c.end.max(k);
                break;
            }
            // "two India Reserve Battalion constables": a name is as long as it is.
            if c.head.is_some() || plain >= 3 && !(x.capital && k < begin + 6) || !x.plain() {
                break;
            }
            plain += 1;
            k += 1;
        }
        // "15 soldiers and civilians": both are counted.
        if let (Some(h), Some(class)) = (c.head, c.class)
            && let (Some(and), Some(second)) = (items.get(h + 1), items.get(h + 2))
            && and.is(AND)
            && !and.is(MARK)
            && second.is(VICTIM)
            && !second.is(FIGURE | ARTICLE)
        {
            if second.class.is_some_and(|k| k != class && k != VictimClass::Unknown) && class != VictimClass::Unknown {
                c.class = Some(VictimClass::Mixed);
            }
            c.head = Some(h + 2);
            c.end = h + 3;
        }
        // "five members of one family"
        let one = |k: usize| items.get(k).is_some_and(|x| x.is(FIGURE)) && items.get(k + 1).is_some_and(|x| x.is(GROUP));
        if c.head.is_some() && c.whole.is_none() && items.get(c.end).is_some_and(|x| x.is(OF)) && one(c.end + 1) {
            c.whole = Some(c.end + 1);
            c.end += 3;
        }
        c
    }
}

/// "Of these, 91 were in Durban", "de los heridos, cinco": what leads to the figure says of whom it is a part.
fn led(items: &[Item], c: &mut Candidate) {
    // "De los 60 fallecidos, solo 19", "Of the 60 dead, only 19"
    let only = usize::from(
        c.at > 1 && items[c.at - 1].is(DETERMINER) && !items[c.at - 1].is(OF | MARK | LINK | PERSONAL) && items[c.at - 2].is(MARK),
    );
    let comma = c.at.checked_sub(1 + only).filter(|&k| items[k].is(MARK) && items[k].is(AND));
    let Some(last) = comma.unwrap_or(c.at).checked_sub(1) else { return };
    if items[last].is(OF_THEM) && items[..last].last().is_none_or(|x| x.is(MARK | AND)) {
        c.of_them = true;
        return;
    }
    // "De los 62, doce ocurrieron en La Libertad"
    // "Of the 14, nine were children"
    let the = usize::from(last > 1 && items[last - 1].is(DETERMINER) && !items[last - 1].is(OF));
    let of = last.checked_sub(1 + the).filter(|&k| items[k].is(OF) && (the > 0 || items[k].span.len() > 2));
    let all = comma.is_some() && items[last].is(FIGURE) && of.is_some_and(|k| items[..k].last().is_none_or(|x| x.is(MARK)));
    if all && items.get(c.at + 1).is_some_and(|x| !x.is(MARK)) {
        (c.of_them, c.whole) = (true, Some(last));
        return;
    }
    // "De los tres asaltantes, uno se suicidó": of so many who were not all harmed.
    const WHO: usize = 4;
    if comma.is_some() && items[last].is(VICTIM) && !items[last].is(HARM | FIGURE) {
        let words = items[..last].iter().rev().take(WHO).take_while(|x| x.plain() || x.is(VICTIM) && !x.is(FIGURE | HARM)).count();
        let number = last.checked_sub(words + 1).filter(|&k| items[k].is(FIGURE) && k > 0);
        let the = number.map(|k| usize::from(items[k - 1].is(DETERMINER) && !items[k - 1].is(OF)));
        let of = number.zip(the).and_then(|(k, the)| k.checked_sub(1 + the));
        let of = of.filter(|&k| items[k].is(OF) && (the == Some(1) || items[k].span.len() > 2));
        if of.is_some_and(|k| items[..k].last().is_none_or(|x| x.is(MARK))) {
            (c.of_them, c.whole) = (true, number);
            return;
        }
    }
    // "Of the 237 people killed in the capital since Monday, 97"
    const WHEN: usize = 8;
    let when = |x: &&Item| {
        let word = x.is(DATED | SINCE | LOCATIVE) || x.is(DETERMINER) && !x.is(OF | LINK) || x.plain() && x.capital;
        word && !x.is(HARM | FIGURE | MARK)
    };
    let Some(harm) = last.checked_sub(items[..=last].iter().rev().take(WHEN).take_while(when).count()) else { return };
    let noun = comma.is_some() && items[harm].is(STATE | NOUN) && !items[harm].is(VICTIM | AMBIGUOUS);
    // "de las 15 víctimas mortales, siete"
    // "Of Monday's dead, 37"
    let from = items[..harm].iter().rposition(|x| !x.is(OF | DETERMINER | FIGURE | DATED | VICTIM)).map_or(0, |k| k + 1);
    if noun && from < harm && items[from].is(OF) && items[..from].last().is_none_or(|x| x.is(MARK)) {
        (c.of_them, c.led) = (true, Some(harm));
    }
}

/// Whether an article begins what a candidate before it, one of others, is said to be.
fn is_what(items: &[Item], one: &Candidate, at: usize) -> bool {
    let bare = one.of_them && one.head.is_none() && one.noun.is_none() && one.end < items.len();
    let single = one.figure.min == Some(1.0) && one.figure.max == Some(1.0);
    let gap = items.get(one.end..at).unwrap_or_default();
    let named = |gap: &[Item]| {
        gap.len() <= 4 && gap.split_last().is_some_and(|(x, name)| x.is(MARK) && name.iter().all(|n| n.capital && n.plain()))
    };
    let people = items.get(at + 1..).unwrap_or_default().iter().take(3).take_while(|x| !x.is(MARK | FIGURE)).any(|x| x.is(VICTIM));
    // "One of the wounded, a student of 23, died"
    let of_harmed = one.of_them && one.noun.is_some_and(|n| n + 2 == at && items[n + 1].is(MARK) && items[n + 1].is(AND));
    single && people && (of_harmed || bare && (gap.is_empty() || gap.len() > 1 && named(gap)))
}

/// Whether an article at an item begins what the one before it is, set between two commas before their verb.
fn apposed(items: &[Item], one: &Candidate, at: usize) -> bool {
    const WORDS: usize = 8;
    let comma = |k: usize| items.get(k).is_some_and(|x| x.is(MARK) && x.is(AND));
    // "A sixth victim, a girl, died", "one, a cook, drowned"
    let victim = one.noun.filter(|&n| one.head.is_none() && items[n].is(AMBIGUOUS) && items[n].is(SINGULAR));
    let end = victim.map_or(one.end, |n| n + 1);
    let named = one.head.is_some() || victim.is_some() || one.of_them && one.noun.is_none();
    let single = one.figure.min == Some(1.0) && one.figure.max == Some(1.0) && one.never.is_none() && named;
    let opens = single && end + 1 == at && comma(end);
    // "A soldier, one of the wounded at Ashkelon, died"
    let harmed = if items[at].is(FIGURE) { 0 } else { HARM };
    let quiet = |x: &Item| !x.is(FIGURE | ARTICLE | harmed | MARK | STOP | RELATIVE | BE | HAVE);
    // "a corporal of 24"
    let age = |k: usize| items[k].is(FIGURE) && items[k - 1].is(OF | AGED) && !items[k].is(ARTICLE);
    let close =
        (at + 1..items.len().min(at + 1 + WORDS)).find(|&k| !quiet(&items[k]) && !age(k)).unwrap_or(items.len().min(at + 1 + WORDS));
    let harmed = |x: &Item| x.is(BE | HAVE | INTRANSITIVE) || x.is(STATE) && x.is(OF_PEOPLE);
    // "one of whom, a girl of 14, later died"
    let later = usize::from(items.get(close + 1).is_some_and(|x| x.is(EARLIER) || x.plain() && !x.capital));
    let verb = items.get(close + 1 + later).is_some_and(|x| harmed(x) && !x.is(MARK | NOUN));
    opens && comma(close) && verb && items[at + 1..close].iter().any(|x| x.is(VICTIM) || items[at].is(FIGURE) && x.is(HARM))
}

/// Whether an article at an item begins one of as many, set between two commas before their verb, as those before them are.
fn one_by_one(items: &[Item], several: &Candidate, at: usize) -> bool {
    const WORDS: usize = 24;
    let number = several.figure.min.filter(|n| *n > 1.0 && several.figure.max == Some(*n) && several.never.is_none());
    let Some(number) = number.filter(|_| several.head.is_some() || several.of_them) else { return false };
    // "Two members of our staff, a nurse and a driver, were killed"
    const OF_WHOM: usize = 5;
    let of = items.get(several.end).is_some_and(|x| x.is(OF)).then(|| {
        let word = |x: &&Item| x.plain() || x.is(OF | DETERMINER | VICTIM | GROUP) && !x.is(MARK | FIGURE | HARM | AND);
        items[several.end..].iter().take(OF_WHOM).take_while(word).count()
    });
    let end = several.end + of.unwrap_or(0);
    let open = items.get(end).is_some_and(|x| x.is(MARK) && x.is(AND)) && end < at;
    let single = |k: &usize| items[*k].is(ARTICLE) && !items[*k].is(ANOTHER) && items[k - 1].is(AND | MARK);
    let quiet = |x: &Item| !x.is(HARM | STOP | RELATIVE | BE | HAVE) || x.is(VICTIM);
    let within = (end + 1..items.len().min(end + WORDS)).take_while(|&k| quiet(&items[k]) || single(&k));
    let mut begun = 0.0;
    let close = within.into_iter().find(|&k| {
        begun += if single(&k) { 1.0 } else { 0.0 };
        let verb = items.get(k + 1).is_some_and(|x| x.is(BE | HAVE | INTRANSITIVE) && !x.is(MARK | NOUN));
        begun >= number && items[k].is(MARK) && items[k].is(AND) && verb
    });
    open && at < close.unwrap_or(0) && begun == number
}

/// "Not one demonstrator was hurt", "no hay un solo civil lesionado": a figure of one that is denied.
fn none_of_one(items: &[Item], at: usize, figure: &Figure) -> bool {
    let Some(not) = at.checked_sub(1).filter(|&k| figure.min == Some(1.0) && figure.max == Some(1.0) && items[k].is(NOT | NO)) else {
        return false;
    };
    // "was not one of the dead", "not one but two", "no mató a uno"
    let alone = items[at].span.len() > 2 || !items[not].is(NO) && items[not].capital;
    alone
        && (items[not].is(NO) || not.checked_sub(1).is_none_or(|k| items[k].is(MARK | AND | RELATIVE | STOP)))
        && !items.get(at + 1).is_some_and(|x| x.is(AND))
}

/// "35 eran mujeres", "y que seis son menores": a bare figure of which is told what they are.
pub(super) fn told_what(items: &[Item], c: &Candidate) -> bool {
    let bare = c.head.is_none() && c.noun.is_none() && !c.zero && items[c.at].is(FIGURE) && c.end == c.at + 1;
    let people = items.get(c.at + 2..).unwrap_or_default().iter().take(2).take_while(|x| !x.is(MARK | HARM | FIGURE | RELATIVE));
    bare && items.get(c.at + 1).is_some_and(|x| x.is(BE)) && people.into_iter().any(|x| x.is(VICTIM))
}

/// "la masacre de Dos Erres", "Three Mile Island": a number with a capital before another, inside a sentence that is written in small letters.
fn named_after(text: &str, items: &[Item], at: usize) -> bool {
    let small = |k: usize| !items[k].capital && items[k].span.of(text).starts_with(char::is_lowercase);
    let letters = items[at].span.of(text).chars().nth(1).is_some_and(char::is_lowercase);
    let led = at > 1 && small(at - 1) && (small(at - 2) || items[at - 2].is(MARK | FIGURE));
    items[at].capital && letters && led && items.get(at + 1).is_some_and(|x| x.capital && !x.is(MARK))
}

/// "attacks with four or more victims": what makes one of many events such an event.
fn per_event(items: &[Item], at: usize, figure: &Figure) -> bool {
    const CLAUSE: usize = 5;
    let suffixed = figure.bound == Bound::AtLeast && figure.number.start == figure.span.start && figure.number.end < figure.span.end;
    let words = items[..at].iter().rev().take(CLAUSE).take_while(|x| !x.is(MARK | FIGURE | HARM | EVENT)).count();
    let event = at.checked_sub(words + 1).filter(|&k| suffixed && words > 0 && items[k].is(EVENT));
    event.is_some_and(|k| !items[..k].iter().rev().take(3).any(|x| x.is(ARTICLE | DETERMINER) && !x.is(LINK | OF)))
}

/// "Siete niños murieron; una, de once años, jugaba": one of those told of, set between marks.
fn alone(items: &[Item], at: usize, figure: &Figure) -> bool {
    let comma = items.get(at + 1).is_some_and(|x| x.is(MARK) && x.is(AND));
    let begins = at.checked_sub(1).is_none_or(|k| items[k].is(MARK) && !items[k].is(AND));
    let closes = || (at + 2..at + 12).any(|k| items.get(k).is_some_and(|x| x.is(MARK) && x.is(AND)));
    // "another, on November 30, hit an ambulance" is one more of what was told of.
    // "one, a diabetic, died in captivity", but not "Ana Gil, 31, a nurse"
    let one =
        || items[at].is(FIGURE) && figure.min == Some(1.0) && figure.max == Some(1.0) && items.get(at + 2).is_some_and(|x| x.is(ARTICLE));
    comma && begins && (items[at].is(ARTICLE) || one()) && !items[at].is(ANOTHER) && closes()
}

/// "aged six, seven and nine", "a man of twenty-two", but not "a family of five"
fn aged(items: &[Item], c: &Candidate) -> bool {
    let i = c.at;
    let person = i >= 2 && items[i - 1].is(OF) && items[i - 2].is(VICTIM) && items[i - 2].is(SINGULAR) && !items[i - 2].is(GROUP);
    if person && c.end == i + 1 && c.figure.bound == Bound::Exact && items[..i - 2].iter().rev().take(3).any(|x| x.is(ARTICLE)) {
        return true;
    }
    // "Gustavo Gatica, de 21, perdió la vista"
    let alone = c.end == i + 1 && c.figure.bound == Bound::Exact && items.get(i + 1).is_some_and(|x| x.is(MARK));
    let named = i >= 3 && items[i - 1].is(OF) && items[i - 2].is(MARK) && items[i - 3].capital && items[i - 3].plain();
    if alone && named && !items[i - 1].is(DETERMINER) && c.figure.max.is_some_and(|n| n <= OLDEST) {
        return true;
    }
    // "two men aged 18 and 20 and a girl"
    if items[i].is(ARTICLE) && c.head.is_some() {
        return false;
    }
    let before = items[..i].iter().rev().take(8).find(|x| !x.is(FIGURE | DEAD) && (!x.is(AND) || x.is(INCLUDING)));
    before.is_some_and(|x| x.is(AGED))
}

/// "dos palestinos, de 19 y 23 años": what is counted behind the second figure is counted by the first as well.
fn shared_years(items: &[Item], c: &Candidate) -> bool {
    let i = c.at;
    let of = i > 0 && c.end == i + 1 && items[i - 1].is(OF) && !items[i - 1].is(DETERMINER);
    let and = items.get(i + 1).is_some_and(|x| x.is(AND));
    of && and && items.get(i + 2).is_some_and(|x| x.is(FIGURE | DEAD)) && items.get(i + 3).is_some_and(|x| x.is(THING))
}

/// "en Guanajuato, 44; en Colima, 7": the comma before the figure closes a place.
fn behind_place(items: &[Item], at: usize) -> bool {
    let Some(comma) = at.checked_sub(1).filter(|&k| items[k].is(MARK)) else { return false };
    let name = name_before(items, comma);
    let within = comma.checked_sub(name + 1).filter(|&k| name > 0 && items[k].is(LOCATIVE));
    within.is_some_and(|k| k.checked_sub(1).is_none_or(|k| items[k].is(MARK | AND)))
}

/// "another was wounded", "a second in Damascus": one more, of whom the harm is told without a noun.
fn another(items: &[Item], c: &Candidate) -> bool {
    // "a fourth, who had tried to hide, was shot", "a third, shot in Mosul last week, died"
    let comma = |k: usize| items.get(k).is_some_and(|x| x.is(MARK) && x.is(AND));
    let clause = comma(c.end) && items.get(c.end + 1).is_some_and(|x| x.is(RELATIVE) || x.is(STATE) && !x.is(NOUN));
    let end = (c.end + 2..c.end + 16).find(|&k| clause && comma(k)).map_or(c.end, |k| k + 1);
    let helped = items.get(end..).unwrap_or_default().iter().take(2).take_while(|x| x.is(BE | HAVE) && !x.is(STATE)).count();
    let harmed = items.get(end + helped).is_some_and(|x| x.is(STATE | INTRANSITIVE) && (helped > 0 || !x.is(VICTIM)));
    let gapped = items.get(c.end).is_some_and(|x| x.is(LOCATIVE)) && items.get(c.end + 1).is_some_and(|x| x.capital);
    c.end == c.at + 1 && (harmed || gapped && c.at > 0 && items[c.at - 1].is(AND))
}

/// "20.10 | Exteriores confirma": the time of an entry of a live report.
fn stamp(figure: &str) -> bool {
    let hour = figure.split_once('.').filter(|(h, m)| h.len() <= 2 && m.len() == 2);
    hour.and_then(|(h, m)| h.parse::<u8>().ok().zip(m.parse::<u8>().ok())).is_some_and(|(h, m)| h < 24 && m < 60)
}

/// "21:05": the figure is part of a time of day.
fn clock(items: &[Item], i: usize) -> bool {
    let joined = |a: usize, b: usize| items[a].span.end == items[b].span.start;
    let digits = |k: usize| items.get(k).is_some_and(|x| x.is(FIGURE) && x.span.len() <= 2);
    let colon = |k: usize| items.get(k).is_some_and(|x| x.is(MARK) && x.span.len() == 1);
    let after = digits(i) && colon(i + 1) && digits(i + 2) && joined(i, i + 1) && joined(i + 1, i + 2);
    let before = i >= 2 && digits(i) && colon(i - 1) && digits(i - 2) && joined(i - 1, i) && joined(i - 2, i - 1);
    after || before
}

/// Whether a word for people, and no word of harm, stands at an item or soon behind it.
fn people_behind(items: &[Item], at: usize) -> bool {
    let rest = items.get(at..).unwrap_or_default();
    let words = rest.iter().take(3).take_while(|x| x.plain()).count();
    let harmed = |x: &Item| x.is(STATE | NOUN | RELATIVE);
    rest.get(words).is_some_and(|x| x.is(VICTIM) && !x.is(STATE | NOUN)) && !rest.get(words + 1).is_some_and(harmed)
}

/// "Father of three shot dead": how many children those have of whom it is told.
fn parent(items: &[Item], c: &Candidate) -> bool {
    // "padre de tres hijos", but not "padre de tres jóvenes asesinados"
    let alone = c.head.is_none() || items.get(c.end).is_none_or(|x| !x.is(STATE | NOUN));
    let bare = alone && c.noun.is_none() && !c.zero && items[c.at].is(FIGURE);
    let of = c.at.checked_sub(2).filter(|&k| bare && items[k + 1].is(OF) && !items[k + 1].is(DETERMINER));
    let one = |x: &Item| x.is(VICTIM) && x.is(SINGULAR) && !x.is(GROUP | HARM) && x.class == Some(VictimClass::Civilian);
    of.is_some_and(|k| one(&items[k]))
}

/// "Another, Ana Gil, said that ten had died", "another, a teacher, was killed": who speaks, or is counted by what is said of him.
fn told_of(items: &[Item], at: usize) -> bool {
    let comma = |k: &usize| items.get(*k).is_some_and(|x| x.is(MARK) && x.is(AND));
    let close = (at + 1..at + 8).find(comma).filter(|_| comma(&at));
    let says = close.and_then(|c| items.get(c + 1)).is_some_and(|x| x.is(STOP | TELL | REPORT) && !x.is(HARM));
    says || close.is_some() && items.get(at + 1).is_some_and(|x| x.is(ARTICLE))
}

/// "un herido": a word of harm that stands for one person.
fn one_harmed(items: &[Item], c: &Candidate) -> bool {
    c.never.is_none() && items.get(c.end).is_some_and(|x| x.is(SINGULAR) && x.is(STATE))
}

/// "A footballer was shot dead": what is harmed as only people are is one person, whatever the noun.
fn name_person(items: &[Item], c: &mut Candidate) {
    if c.never.is_some() || c.noun.is_some() || !items.get(c.end).is_some_and(Item::plain) {
        return;
    }
    let persons = |k: usize| items.get(k).is_some_and(|x| x.is(STATE) && x.is(PERSONS));
    let rest = items.get(c.end..).unwrap_or_default();
    let words = rest.iter().take(4).take_while(|x| x.plain() && !x.is(LOCATIVE)).count();
    let verb = c.end + words;
    let helped = rest[words..].iter().take(3).take_while(|x| x.is(BE | HAVE) && !x.is(STATE)).count();
    let among = rest.iter().take(9).position(|x| x.is(AMONG));
    let among = among.is_some_and(|k| rest[k + 1..].iter().take(2).any(|x| x.is(STATE | NOUN)));
    let words = if helped > 0 && persons(verb + helped) || words > 0 && among {
        words
    } else if c.at >= 2 && items[c.at - 1].is(PERSONAL) && items[..c.at - 1].iter().rev().take(2).any(|x| x.is(ACTIVE) && !x.is(OF_PEOPLE))
    {
        // "mató ayer a un guajero"
        1
    } else if c.at >= 2 && persons(c.at - 1) && items[c.at - 2].is(BE) {
        // "fue asesinado un futbolista"
        1
    } else {
        return;
    };
    c.first_word = Some(c.end);
    c.head = Some(c.end + words - 1);
    c.end += words;
    c.class = Some(VictimClass::Unknown);
}
