//! What may be a name: capitals in a row with the small words that names hold.
//!
//! In plain prose a capital inside a sentence is the sign. In a headline in title case, or a wire text in capitals, it is
//! none, and only what is known by name (gazetteer, given names, titles, the rest of the document) is taken.

use super::gazetteer::{Entry, Gazetteer};
use super::words::{Lexicon, Lists, Lookup, Shape, Word};
use crate::vocabulary::EntityKind;

/// The word lists that the shape of names is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Structure {
    pub reading: Lookup,
    /// Words that begin sentences and never names.
    pub function: Lists,
    /// Days and months.
    pub calendar: Lists,
    /// Titles and offices: before a name, not part of it.
    pub title: Lists,
    pub of: Lists,
    pub article: Lists,
    pub and: Lists,
    /// Other small words inside the names of organisations.
    pub link: Lists,
    /// Prepositions that names of places follow, also where the writer gives those no capital.
    pub inside: Lists,
    /// Small words inside the names of persons.
    pub particle: Lists,
    /// Those of them that join only behind a given name: "Bashar al Asad", not "Vi al Gobierno".
    pub particle_given: Lists,
    /// Titles that say nothing of the word behind them: "former", "senior"; "mayor" is also the greatest.
    pub qualifier: Lists,
    /// "Named", "called": the noun before says what is named.
    pub naming: Lists,
    /// Where a motion leads or comes from: "to", "from".
    pub toward: Lists,
    /// What begins a phrase of where something lies, beside the prepositions inside names: "a", "some", "al".
    pub lying: Lists,
    /// What kind of place, as first word of its name.
    pub place: Lists,
    /// Who somebody is: offices, trades, relations.
    pub role: Lists,
    /// Verbs, which end what stands behind a comma.
    pub verb: Lists,
    /// Small words that begin surnames: "bin Laden".
    pub particle_first: Lists,
    /// What a number stands behind inside a name: "Juzgado número 3".
    pub numbering: Lists,
    /// What one does for whom, at the head of a society's name: "Mothers of", "Citizens for".
    pub society: Lists,
    /// Legal forms that stand first: "PT", "OAO".
    pub company_first: Lists,
    /// Institutions that are named after people: "Hospital de".
    pub named_after: Lists,
    /// What begins the line that says who wrote it.
    pub byline: Lists,
    /// Units, laws and roads that go by a number behind them: "Frente 41".
    pub numbered: Lists,
    /// Words that end as verbs do by an accent.
    pub accented: Lists,
    /// Institutions that go by one word, and begin a name of their own behind what a minister is minister of.
    pub bare: Lists,
    /// Who has a portfolio: minister, secretary.
    pub minister: Lists,
    /// What it is: State, Defence.
    pub portfolio: Lists,
    /// What kind of organisation, place or event, as first or last word of its name.
    pub head: Lists,
    /// What kind of organisation or event, which another small word may join to what it is for.
    pub linking: Lists,
    /// What kind of organisation, as first word.
    pub organisation: Lists,
    /// What kind of organisation, as last word.
    pub organisation_behind: Lists,
    /// Those that stand last even in a headline.
    pub head_behind: Lists,
    /// Legal forms of companies.
    pub company: Lists,
    /// Words between a name and its verb.
    pub auxiliary: Lists,
    /// Words that say an office is not held, or not now.
    pub former: Lists,
    /// Codes of states, which stand behind a town and a comma.
    pub code: Lists,
    /// Words that show small where they must not be that the writer cares for no capitals.
    pub careless: Lists,
    /// Words that name nothing by themselves.
    pub common: Lists,
    /// Words that make a demonym of a region: "Central" Asian.
    pub direction: Lists,
    /// Who else is of a company: "& Sons", "y Asociados".
    pub partners: Lists,
    /// People who open a sentence before the body they are of: "Fighters of".
    pub members: Lists,
    /// Ways and sites that are named after people with their titles: "calle del Doctor".
    pub street: Lists,
    /// What a body does, before the country or region it does it for: "Police Scotland".
    pub task: Lists,
    /// Words of which news of sport is full.
    pub sport: Lists,
    /// Words of which news of business is full.
    pub business: Lists,
    /// "A", "an".
    pub indefinite: Lists,
    /// Words that end the names of clubs behind a town: "Raiders".
    pub club: Lists,
    /// What kind of shop or school, behind whose it is: "Moe's Diner".
    pub house: Lists,
    /// Saints, after whom schools and hospitals are called.
    pub saint: Lists,
    /// Honours and degrees behind a name that are no part of it.
    pub postnominal: Lists,
    /// Nicknames before a surname, which have an article: "el Negro Carrizo".
    pub nickname: Lists,
    /// What kind of body stands before its name: "retailer".
    pub body: Lists,
    /// Who is of a body: its offices and trades, no relations.
    pub holder: Lists,
    /// Where one is met or something happens: "at".
    pub site: Lists,
    /// Zones of time, which stand behind a clock's: "10:15 CEST".
    pub zone: Lists,
    /// Offices that stand behind the body they are of and before who holds them: "Senate Majority Leader".
    pub office: Lists,
}

impl Structure {
    pub fn new(lexicon: &Lexicon) -> Result<Self, String> {
        let list = |name| lexicon.list(name);
        let mut head = 0;
        for name in ["organisation_first", "organisation_last", "place_first", "place_last", "event_first", "event_last"] {
            head |= list(name)?;
        }
        Ok(Self {
            reading: Lookup {
                possessive: list("possessive")?,
                abbreviation: list("abbreviation")?,
                prefix: list("prefix")?,
                behind: list("behind")?,
                accented: list("accented")?,
                way: list("way")?,
                party: list("party")?,
                ordinal: list("ordinal")?,
                turn: list("turn")?,
                title: list("title")?,
            },
            common: list("common")?,
            former: list("former")?,
            code: list("state_code")?,
            careless: list("careless")?,
            function: list("function")?,
            calendar: list("calendar")?,
            title: list("title")?,
            qualifier: list("qualifier")?,
            naming: list("naming")?,
            toward: list("toward")?,
            lying: list("lying")?,
            place: list("place_first")?,
            role: list("role")?,
            verb: list("says")? | list("acts")?,
            particle_first: list("particle_first")?,
            numbering: list("numbering")?,
            numbered: list("numbered")? | list("numbered_place")?,
            society: list("society")?,
            company_first: list("company_first")?,
            byline: list("byline")?,
            named_after: list("named_after")?,
            accented: list("accented")?,
            bare: list("bare_organisation")?,
            minister: list("minister_of")?,
            portfolio: list("portfolio")?,
            of: list("of")?,
            article: list("article")?,
            and: list("and")?,
            link: list("link")?,
            inside: list("inside")?,
            particle: list("particle")?,
            particle_given: list("particle_given")?,
            head,
            linking: list("foreign_first")?
                | list("organisation_first")?
                | list("organisation_last")?
                | list("event_first")?
                | list("event_last")?,
            organisation: list("organisation_first")?,
            organisation_behind: list("organisation_last")?,
            head_behind: list("organisation_last")? | list("place_last")? | list("event_last")?,
            company: list("company")?,
            auxiliary: list("auxiliary")?,
            direction: list("direction")?,
            partners: list("partners")?,
            members: list("members")?,
            street: list("street")?,
            task: list("task")?,
            sport: list("sport")?,
            business: list("business")?,
            indefinite: list("indefinite")?,
            club: list("club_last")?,
            house: list("house")?,
            saint: list("saint")?,
            postnominal: list("postnominal")?,
            nickname: list("nickname")?,
            body: list("org_noun")?,
            holder: list("holder")?,
            site: list("site")?,
            zone: list("zone")?,
            office: list("body_office")?,
        })
    }
}

/// A sentence, or a line of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub from: usize,
    pub to: usize,
    /// Whether capitals say nothing in it: title case or all capitals.
    pub flat: bool,
    /// Whether a word in it has no capital.
    pub mixed: bool,
    /// Whether it holds one word and marks.
    pub lone: bool,
}

/// What may be a name: the words `from..to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'g> {
    pub from: usize,
    pub to: usize,
    /// The line it stands in.
    pub line: usize,
    pub entry: Option<&'g Entry>,
    /// Its one word stands without a capital elsewhere in the document.
    pub small: bool,
}

/// What the document shows of its words, by their numbers.
#[derive(Debug)]
pub(super) struct Seen(Vec<u8>);

impl Seen {
    const SMALL: u8 = 1;
    const CAPITAL: u8 = 1 << 1;
    const SURNAME: u8 = 1 << 2;
    const LED: u8 = 1 << 3;

    fn note(&mut self, word: &Word<'_>, how: u8) {
        if let Some(seen) = self.0.get_mut(word.number as usize) {
            *seen |= how;
        }
    }

    fn is(&self, word: &Word<'_>, how: u8) -> bool {
        self.0.get(word.number as usize).is_some_and(|seen| seen & how != 0)
    }

    /// Whether a word stands without a capital inside a sentence.
    fn small(&self, word: &Word<'_>) -> bool {
        self.is(word, Self::SMALL)
    }

    /// Whether it stands with one inside a sentence.
    fn capital(&self, word: &Word<'_>) -> bool {
        self.is(word, Self::CAPITAL)
    }

    /// Whether it is a surname, which stands behind a given name.
    fn surname(&self, word: &Word<'_>) -> bool {
        self.is(word, Self::SURNAME)
    }

    /// Whether it is the last word of a name that small words begin: "Herrán" of "Pedro de la Herrán".
    fn led(&self, word: &Word<'_>) -> bool {
        self.is(word, Self::LED)
    }
}

/// Cuts words into lines and sees where capitals say nothing.
pub(super) fn lines(words: &[Word<'_>], structure: &Structure) -> Vec<Line> {
    let mut out = Vec::new();
    let mut from = 0;
    for to in 1..=words.len() {
        if to == words.len() || words[to].fresh {
            let own = &words[from..to];
            let mixed = own.iter().any(|w| w.shape == Shape::Lower);
            let lone = own.iter().filter(|w| w.shape != Shape::Mark).take(2).count() == 1;
            out.push(Line { from, to, flat: is_flat(own, structure.function) && !is_byline(own, structure), mixed, lone });
            from = to;
        }
    }
    out
}

/// A month as names of streets and squares have it.
fn direct_month(word: &Word<'_>) -> bool {
    word.shape == Shape::Title && word.folded.len() > 3
}

/// "From Piet van der Merwe in Windhoek", "By Dilani Perera and Thomas Reeve": small words and names, and no headline.
fn is_byline(line: &[Word<'_>], structure: &Structure) -> bool {
    let given = line.get(1).is_some_and(Word::is_given);
    let named = |w: &Word<'_>| w.shape == Shape::Title && !w.has(structure.function) || w.has(structure.and) || w.is_mark(",");
    let only_names = line.len() > 2 && line[1..].iter().all(named);
    line.first().is_some_and(|w| w.has(structure.byline)) && (given || only_names) && line.len() < 10
}

/// Four or more longer words, nearly all in capitals; or a headline in title case: nearly all with one, no full stop, and none
/// without but small words ("between"). A sentence rich in names and a list of names with commas between are none.
fn is_flat(line: &[Word<'_>], function: Lists) -> bool {
    let (mut long, mut capital, mut upper, mut row, mut longest) = (0, 0, 0, 0, 0);
    let mut is_sentence = line.last().is_some_and(|w| w.is_mark("."));
    for w in line {
        match w.shape {
            Shape::Mark => row = 0,
            Shape::Number => {}
            _ if w.folded.len() < 4 => {}
            Shape::Lower => {
                long += 1;
                row = 0;
                is_sentence |= !w.has(function);
            }
            shape => {
                long += 1;
                capital += 1;
                upper += i32::from(shape == Shape::Upper);
                row += 1;
                longest = longest.max(row);
            }
        }
    }
    // "WHO DIED?"
    let asks = line.last().is_some_and(|w| w.is_mark("?"));
    // "DO NOT USE JOE'S TOWING"
    let loud = || line.iter().filter(|w| w.shape == Shape::Upper && w.has(function)).nth(1).is_some();
    let shouted = (upper >= 2 || upper > 0 && (asks || loud()))
        && upper == long
        && line.iter().all(|w| w.span.len() == 1 || !matches!(w.shape, Shape::Lower | Shape::Title));
    shouted && line.iter().any(|w| w.shape == Shape::Upper && w.has(function))
        || long >= 4 && longest >= 4 && (upper * 10 >= long * 8 || !is_sentence && capital * 10 >= long * 8)
}

/// Notes how each word is written over the document.
pub(super) fn seen(words: &[Word<'_>], lines: &[Line], structure: &Structure) -> Seen {
    let mut out = Seen(vec![0; words.iter().map(|w| w.number as usize + 1).max().unwrap_or_default()]);
    for line in lines.iter().filter(|l| !l.flat) {
        for w in &words[line.from..line.to] {
            if w.shape == Shape::Lower {
                out.note(w, Seen::SMALL);
            } else if w.is_capital() && !w.initial {
                out.note(w, Seen::CAPITAL);
            }
        }
        let own = &words[line.from..line.to];
        for (i, w) in own.iter().enumerate().skip(2).filter(|(_, w)| w.shape == Shape::Title) {
            let small = |b: &&Word<'_>| b.shape == Shape::Lower && b.has(structure.particle);
            let smalls = own[..i].iter().rev().take(2).take_while(small).count();
            if smalls > 0 && i > smalls && own[i - smalls - 1].shape == Shape::Title && !own[i - smalls - 1].has(structure.function) {
                out.note(w, Seen::LED);
            }
        }
        for pair in own.windows(2) {
            let [given, w] = pair else { continue };
            let leads = given.shape == Shape::Title && !given.has(structure.function | structure.calendar) && given.is_given();
            if leads && w.shape == Shape::Title && w.is_surname() {
                out.note(w, Seen::SURNAME);
            }
        }
    }
    out
}

/// Every run, in order.
pub(super) fn runs<'g>(words: &[Word<'_>], lines: &[Line], seen: &Seen, structure: &Structure, gazetteer: &'g Gazetteer) -> Vec<Run<'g>> {
    let cut = Cut { words, seen, structure, gazetteer };
    let mut out = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.flat {
            cut.flat(index, *line, &mut out);
        } else {
            cut.plain(index, *line, &mut out);
        }
    }
    out
}

fn is_quote(word: &Word<'_>) -> bool {
    word.shape == Shape::Mark && matches!(word.folded, "\"" | "“" | "”" | "«" | "»" | "‘" | "’" | "'")
}

fn is_apostrophe(word: &Word<'_>) -> bool {
    word.is_mark("'") || word.is_mark("’")
}

struct Cut<'a, 'g> {
    words: &'a [Word<'a>],
    seen: &'a Seen,
    structure: &'a Structure,
    gazetteer: &'g Gazetteer,
}

impl<'g> Cut<'_, 'g> {
    /// The longest name of the gazetteer that begins at a word: its entry and its words.
    #[inline]
    fn known(&self, at: usize, to: usize, flat: bool) -> Option<(&'g Entry, usize)> {
        // With most words none begins.
        let longest = self.words[at].facts.longest();
        if longest == 0 { None } else { self.longest_known(at, to.min(at + longest), flat) }
    }

    fn longest_known(&self, at: usize, to: usize, flat: bool) -> Option<(&'g Entry, usize)> {
        /// Hardly a name is longer.
        const FORM: usize = 48;
        let first = &self.words[at];
        let mut best = None;
        let mut form = String::new();
        for end in at..to {
            let word = &self.words[end];
            let single = end == at;
            let found = if single {
                self.gazetteer.of_word(first.facts)
            } else {
                if !word.facts.is_inner() || matches!(word.shape, Shape::Mark) || self.words[end - 1].possessive {
                    break;
                }
                if form.is_empty() {
                    form.reserve(FORM);
                    form.push_str(first.folded);
                }
                form.push(' ');
                form.push_str(word.folded);
                self.gazetteer.beginning(first.facts, &form, end + 1 - at)
            };
            let Some((mut entry, mut acronym)) = found else { continue };
            // "Saná" is no SANA, but a town
            if acronym && single && word.shape == Shape::Title && !flat {
                let town = self.gazetteer.all_named(word.folded).skip(1).find(|e| e.kind == EntityKind::Place);
                if let Some(town) = town {
                    (entry, acronym) = (town, false);
                }
            }
            let dull = word.has(self.structure.function | self.structure.calendar);
            // "Otan" is OTAN, but "Casa" is not CASA.
            let is_word = dull || word.has(self.structure.common | self.structure.head | self.structure.title);
            if flat && single && dull {
                continue;
            }
            let is_small_acronym =
                acronym && single && (word.shape != Shape::Upper && (word.folded.len() < 4 || is_word) || flat && is_word);
            // "Podemos", a party: not where a sentence begins.
            let is_party = word.folded.len() > 4
                && word.shape == Shape::Title
                && (!word.initial || self.acts_as_body(end))
                && entry.key.starts_with("org/");
            // "ICA" is no town.
            let is_shouted = single
                && word.shape == Shape::Upper
                && !acronym
                && !flat
                && !word.initial
                && word.span.len() < 5
                && entry.kind == EntityKind::Place
                && !entry.key.starts_with("country/");
            if is_shouted {
                continue;
            }
            let is_function = single && dull && !acronym && !(is_party && !flat && !word.has(self.structure.calendar));
            // "J.D. Vance" is of no party.
            let named = |n: &Word<'_>| n.shape == Shape::Title && n.is_surname() && !n.fresh && self.known_single(n).is_none();
            let is_initials =
                single && word.is_dotted() && entry.kind == EntityKind::Organisation && self.words.get(end + 1).is_some_and(named);
            if is_initials {
                continue;
            }
            // "san francisco"
            let is_small = first.shape == Shape::Lower && entry.kind == EntityKind::Place;
            if !is_small_acronym && !is_function && (single || word.shape != Shape::Lower || word.is_demonym() || is_small) {
                best = Some((entry, end + 1 - at));
            }
        }
        best
    }

    /// Whether a verb of saying follows, or an "and" and another capital: "Podemos exige", "Podemos y Compromís".
    fn acts_as_body(&self, at: usize) -> bool {
        let s = self.structure;
        let next = |n: usize| self.words.get(at + n).filter(|w| !w.fresh);
        let says = |w: &Word<'_>| w.shape == Shape::Lower && w.has(s.verb);
        next(1).is_some_and(|w| says(w) || w.shape == Shape::Lower && w.has(s.and) && next(2).is_some_and(Word::is_capital))
    }

    /// Whether a word is no name and no part of one: a day, or a word such as begins sentences. Inside a sentence, with
    /// another capital behind, or as the word that says what kind of thing, it may be.
    fn is_dull(&self, at: usize) -> bool {
        let s = self.structure;
        let word = &self.words[at];
        let before = at.checked_sub(1).and_then(|b| self.words.get(b)).filter(|_| !word.fresh);
        let follower = self.words.get(at + 1).filter(|n| !n.fresh);
        if self.is_named(at) {
            return false;
        }
        if self.is_apposed_nickname(at) {
            return false;
        }
        if word.has(s.zone) && word.shape == Shape::Upper && self.is_behind_clock(at) {
            return true;
        }
        // "M. A. Sumanthiran", whose second letter is an article too
        // "commissioner A N Roy", whose first letter is one
        let lone = |w: &Word<'_>| w.is_capital() && w.folded.len() == 1 && w.span.len() == 1;
        let named = self.words.get(at + 2).is_some_and(|w| w.shape == Shape::Title && !w.fresh && w.is_surname());
        if lone(word) && !word.initial && named && follower.is_some_and(lone) {
            return false;
        }
        let letter = word.is_capital() && word.span.len() == 2 && word.folded.len() == 1;
        if letter && !word.initial && follower.is_some_and(|n| n.shape == Shape::Title && !n.has(s.function)) {
            return false;
        }
        // "London N19", "Leeds LS6 2AB"
        let coded = word.span.len() <= 4 && word.folded.bytes().any(|b| b.is_ascii_digit());
        if coded && before.is_some_and(|b| b.is_capital() && self.known_single(b).is_some_and(|e| e.settlement)) {
            return true;
        }
        if word.has(s.calendar) {
            // Julio Iglesias, April Jones: a month that is a given name with a surname behind and no day before it.
            let numbered = |b: &Word<'_>| b.shape == Shape::Number;
            let dated = before.is_some_and(|b| {
                // "el 5 de Julio", but "la casa de Julio López"
                numbered(b) || b.has(s.of) && at.checked_sub(2).is_none_or(|k| numbered(&self.words[k]) || follower.is_none())
            });
            let surname =
                follower.is_some_and(|n| n.shape == Shape::Title && (!n.has(s.calendar | s.function | s.common) || n.is_surname()));
            return dated || !surname || !word.is_given();
        }
        if !word.has(s.function) {
            return false;
        }
        if word.has(s.code) && word.shape == Shape::Upper && before.is_some_and(|b| b.is_mark(",")) {
            return false;
        }
        if self.begins_surname(at) {
            return false;
        }
        let capital = |w: &Word<'_>| w.is_capital() && w.span.len() > 1;
        // "Rosa Díez": the surname is a number but for its accent.
        let is_surname = word.shape == Shape::Title && !word.initial && word.is_surname();
        // "Rosa Díez", "Wilker Dias"
        let named = |b: &Word<'_>| b.is_given() || !b.has(s.head | s.common | s.title | s.calendar) && self.known_single(b).is_none();
        if is_surname && before.is_some_and(|b| b.shape == Shape::Title && !b.has(s.function) && named(b)) {
            return false;
        }
        let leads =
            follower.is_some_and(|n| capital(n) && !n.has(s.calendar | s.article | s.of | s.and) && (!n.has(s.function) || n.has(s.head)));
        // "El Saler", "The Oregonian": a capital that the article has only as part of a name.
        if word.has(s.article) && word.shape == Shape::Title && !word.initial {
            // "…, Las Bambas stopped", but "…, El Dow Jones"
            let next =
                || follower.is_some_and(|n| !n.has(s.head | s.common)) && self.known(at + 1, self.words.len().min(at + 4), false).is_none();
            return !leads || before.is_none_or(|b| b.shape != Shape::Lower && !b.has(s.inside) && !(b.is_mark(",") && next()));
        }
        // "Public Works Department", "Police Scotland"
        let behind = self.words.get(at + 2).filter(|n| !n.fresh);
        let leads = leads || follower.is_some_and(|n| capital(n) && n.has(s.common)) && behind.is_some_and(|n| capital(n) && n.has(s.head));
        if word.initial && word.has(s.task) && follower.is_some_and(|n| self.known_single(n).is_some_and(|e| !e.settlement)) {
            return false;
        }
        // "la asociación Vecinos de la Huerta", "the Office of the Prosecutor"
        if word.has(s.society | s.organisation)
            && !word.initial
            && capital(word)
            && follower.is_some_and(|n| n.has(s.of) && n.shape == Shape::Lower)
        {
            return false;
        }
        let ends = word.has(s.head) && before.is_some_and(capital);
        word.initial || !capital(word) || word.has(s.article | s.of | s.and) || !(leads || ends)
    }

    /// Whether an article, or the word behind it, is of what somebody named before is called: "Ismael Zambada García, El Mayo,".
    fn is_apposed_nickname(&self, at: usize) -> bool {
        let s = self.structure;
        let title = |i: usize| self.words.get(i).is_some_and(|w| w.shape == Shape::Title && !w.fresh);
        let Some(from) = at.checked_sub(usize::from(!self.words[at].has(s.article))) else { return false };
        // "Salomón Pineda, "El Molón","
        let quote = usize::from(from.checked_sub(1).is_some_and(|b| is_quote(&self.words[b])));
        let article = |i: usize| {
            let w = &self.words[i];
            title(i) && w.has(s.article) && !w.has(s.of) && (!w.initial || quote > 0)
        };
        let comma = from.checked_sub(3 + quote).filter(|_| article(from) && self.words[from - 1 - quote].is_mark(","));
        let Some(name) = comma else { return false };
        let part = |i: usize| {
            let w = &self.words[i];
            w.shape == Shape::Title && !w.has(s.function | s.head | s.calendar) && self.known_single(w).is_none()
        };
        let surname = title(name + 1) && self.words[name + 1].is_surname();
        let person = part(name) && (surname || self.words[name].is_given() && part(name + 1));
        let closes = self.words.get(from + 2).is_some_and(|w| w.is_mark(",") || w.is_mark(")") || quote > 0 && is_quote(w));
        person && title(from + 1) && closes && (at == from || at == from + 1)
    }

    /// Whether a time of day stands right before: "12:01", "12.01", "1815", "6 p.m.", "18:00 h"; "(1815 HKT)".
    fn is_behind_clock(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|b| &self.words[b]) else { return false };
        let digits = |w: &Word<'_>| w.span.len() >= 4 && w.folded.len() <= 5 && w.folded.bytes().all(|b| b.is_ascii_digit());
        let glued = |i: usize| self.words[i - 1].span.end == self.words[i].span.start;
        // "12", ":", "01"
        let parted = at >= 3 && self.words[at - 2].is_mark(":") && glued(at - 1) && glued(at - 2);
        let short = before.folded.len() <= 2 && before.folded.ends_with(['m', 'h']);
        match before.shape {
            Shape::Number => parted || digits(before) || before.folded.ends_with(['m', 'h']),
            // "6 p.m."
            Shape::Mark => before.is_mark(".") && at >= 2 && self.words[at - 2].folded == "m",
            _ => short,
        }
    }

    /// Whether a small word with a capital begins a surname, behind a given name or another surname: "Robert De Niro", "Luis De la Calle",
    /// "Ana De Los Santos".
    fn begins_surname(&self, at: usize) -> bool {
        let s = self.structure;
        let small = |w: &Word<'_>| w.has(s.particle) && w.has(s.of | s.article);
        let word = &self.words[at];
        if word.shape != Shape::Title || word.initial || word.fresh || !small(word) {
            return false;
        }
        const SMALL: usize = 2;
        let named = |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.function) && (w.is_given() || w.is_surname());
        let first = (at.saturating_sub(SMALL)..at).rev().find(|&k| !small(&self.words[k]));
        let last = (at + 1..self.words.len().min(at + 1 + SMALL)).find(|&k| !small(&self.words[k]));
        let behind = last.map(|k| &self.words[k]).filter(|w| w.shape == Shape::Title && !w.fresh);
        // "la renuncia de Del Castillo", where the document has him with his given name
        let before = || at.checked_sub(1).is_some_and(|b| matches!(self.words[b].shape, Shape::Lower | Shape::Mark));
        let alone = || behind.is_some_and(|w| self.seen.led(w)) && before();
        behind.is_some() && (first.is_some_and(|k| named(&self.words[k])) || alone())
    }

    /// Whether a word of every day or a month is a name here: behind a title ("Mrs May"), as a surname of the document that
    /// opens a sentence ("North said"), as a given name that does before an unknown surname ("Hope Mthethwa's"), between or
    /// behind words of a name ("Hreiðar Már Sigurðsson").
    fn is_named(&self, at: usize) -> bool {
        let s = self.structure;
        let word = &self.words[at];
        if word.shape != Shape::Title || word.has(s.article | s.of | s.and) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|b| self.words.get(b)).filter(|_| !word.fresh);
        let after = self.words.get(at + 1).filter(|n| !n.fresh);
        let acts = |n: Option<&Word>| n.is_some_and(|n| n.shape == Shape::Lower && n.has(s.verb | s.auxiliary));
        let is_part =
            |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.function | s.calendar | s.head | s.common) && self.known_single(w).is_none();
        if word.has(s.calendar) {
            let titled = before.is_some_and(|b| b.is_capital() && b.has(s.title) && (b.has(s.reading.abbreviation) || word.is_surname()));
            let dated = after.is_some_and(|n| n.shape == Shape::Number || n.is_mark("."));
            let between = word.folded.len() < 4 && before.is_some_and(is_part) && after.is_some_and(is_part);
            let behind = word.folded.len() < 4
                && before.is_some_and(is_part)
                && at.checked_sub(2).is_some_and(|b| is_part(&self.words[b]))
                && after.is_some_and(|n| n.shape == Shape::Lower);
            return !dated && (titled || between || behind);
        }
        if !word.initial || !word.has(s.function) {
            return false;
        }
        let surname = self.seen.surname(word) && (word.possessive || acts(after));
        let behind = self.words.get(at + 2).filter(|n| !n.fresh);
        let given = word.is_given() && !word.has(s.auxiliary) && after.is_some_and(|n| is_part(n) && (n.possessive || acts(behind)));
        surname || given
    }

    fn known_single(&self, word: &Word<'_>) -> Option<&'g Entry> {
        word.known(self.gazetteer)
    }

    fn has_head(&self, from: usize, to: usize) -> bool {
        let s = self.structure;
        self.words[from..to].iter().any(|w| w.has(s.head) || w.has(s.society) && !w.initial)
    }

    /// A name of the gazetteer that begins with a small letter: a people where the language writes it so, a place where the
    /// writer cares for no capitals.
    fn written_small(&self, at: usize, to: usize, is_careless: bool) -> Option<(&'g Entry, usize)> {
        let word = &self.words[at];
        let led = at.checked_sub(1).is_some_and(|b| self.words[b].has(self.structure.inside) && !word.fresh);
        let s = self.structure;
        // "an al Qaeda leader": the name of a body is known with its small word.
        let prefixed = word.has(s.particle) && !word.has(s.of | s.article) && self.words.get(at + 1).is_some_and(Word::is_capital);
        // "los kurdos", but "alcaldes kurdos"
        let nothing = s.function | s.verb | s.of | s.article | s.and | s.inside;
        let noun = |b: &Word<'_>| {
            b.shape == Shape::Lower && b.folded.ends_with('s') && b.folded.len() > 4 && (b.has(s.members | s.role) || !b.has(nothing))
        };
        let described = || at.checked_sub(1).is_some_and(|b| noun(&self.words[b]) && !word.fresh);
        let may_be = |kind: EntityKind| match kind {
            EntityKind::Group => !described(),
            EntityKind::Organisation => prefixed,
            EntityKind::Place => {
                (is_careless || led) && word.folded.len() > 4 && !word.has(self.structure.common | self.structure.function)
            }
            _ => false,
        };
        if word.shape != Shape::Lower || !is_careless && !led && !prefixed && !word.facts.is_people() {
            return None;
        }
        let town = || word.named(self.gazetteer).filter(|e| led && is_careless && e.town).map(|e| (e, 1));
        self.known(at, to, false).or_else(town).filter(|(entry, _)| may_be(entry.kind))
    }

    fn plain(&self, line: usize, Line { from, to, .. }: Line, out: &mut Vec<Run<'g>>) {
        let own = &self.words[from..to];
        let is_careless = own.first().is_some_and(|w| w.shape == Shape::Lower)
            || own.iter().any(|w| w.shape == Shape::Lower && w.has(self.structure.careless));
        let mut at = from;
        while at < to {
            let word = &self.words[at];
            if let Some((entry, length)) = self.written_small(at, to, is_careless) {
                out.push(Run { from: at, to: at + length, line, entry: Some(entry), small: false });
                at += length;
                continue;
            }
            if let Some(end) = self.opens_surname(at, to) {
                out.push(Run { from: at, to: end, line, entry: None, small: false });
                at = end;
                continue;
            }
            let known = if word.is_capital() { self.known(at, to, false) } else { None };
            let known = known.filter(|&(_, length)| !self.is_article_of_body(at, length, to));
            let skip = !word.is_capital()
                || known.is_none()
                    && (self.is_dull(at)
                        || word.has(self.structure.qualifier) && !word.initial && self.is_office_of(at, at, to)
                        || word.has(self.structure.title)
                            && !self.is_initials(at, to)
                            && !self.heads_organisation(at, to)
                            && !self.is_office(at, to)
                            && !self.is_cape(at, to)
                            && !self.is_street(at));
            if skip {
                at += 1;
                continue;
            }
            let end = self.extend(at, to);
            if !self.is_address(at, end) {
                self.trim(line, at, end, out);
            }
            at = end;
        }
    }

    /// The end of a surname that opens a sentence with the small words it begins with: "De la Herrán", where the document has
    /// them behind another name.
    fn opens_surname(&self, at: usize, to: usize) -> Option<usize> {
        let s = self.structure;
        let first = &self.words[at];
        if !first.initial
            || first.shape != Shape::Title
            || !first.has(s.particle)
            || first.has(s.article)
            || self.known(at, to, false).is_some_and(|k| k.1 > 1)
        {
            return None;
        }
        let small = |i: &usize| self.words[*i].shape == Shape::Lower && self.words[*i].has(s.particle);
        let last = at + 1 + (at + 1..to.min(at + 3)).take_while(small).count();
        let surname = self.words.get(last).filter(|w| last < to && w.shape == Shape::Title)?;
        self.seen.led(surname).then_some(last + 1)
    }

    /// Whether two capitals with their dots, which are a title too, are somebody's initials: a surname stands behind them by itself, as
    /// in "S.P. Pani"; a title has the whole name.
    fn is_initials(&self, at: usize, to: usize) -> bool {
        let s = self.structure;
        let surname = self.words.get(at + 1).filter(|w| at + 1 < to && w.shape == Shape::Title && !w.fresh);
        let plain = surname.is_some_and(|w| !w.has(s.function | s.title | s.head | s.calendar));
        self.words[at].is_dotted() && plain && self.closes(at + 1, to)
    }

    /// Whether a title is part of what a way is named after: "calle del Doctor Esquerdo".
    fn is_street(&self, at: usize) -> bool {
        let s = self.structure;
        let small = |n: usize, lists: Lists| {
            at.checked_sub(n).is_some_and(|b| self.words[b].shape == Shape::Lower && self.words[b].has(lists)) && !self.words[at].fresh
        };
        let led = small(1, s.street) || small(1, s.of) && small(2, s.street);
        led && self.words.get(at + 1).is_some_and(|w| w.is_capital() && !w.fresh)
    }

    /// An article that opens a sentence before the name of a body, and makes a known place of its first word: "La Unión General".
    fn is_article_of_body(&self, at: usize, length: usize, to: usize) -> bool {
        let s = self.structure;
        let behind = self.words.get(at + 2).filter(|_| at + 2 < to);
        // "La Unión de Fuerzas"
        let of = behind.is_some_and(|w| w.shape == Shape::Lower && w.has(s.of));
        let next = self.words.get(at + 3).filter(|w| of && at + 3 < to && w.is_capital() && self.known_single(w).is_none());
        let goes_on = next.is_some() || behind.is_some_and(|w| w.is_capital() && !w.has(s.function));
        let body = |w: &Word<'_>| w.has(s.organisation);
        // "La Tercera Sala": the article, a number and a body
        let first = self.words[at + 1..].first().is_some_and(body) || behind.is_some_and(|w| w.is_capital() && body(w));
        length == 2 && self.words[at].initial && self.words[at].has(s.article) && first && goes_on
    }

    /// Part of an address, a file name or an amount: `name@site`, `report.pdf`, `US$`.
    fn is_address(&self, from: usize, to: usize) -> bool {
        let glued = |a: usize, b: usize| self.words.get(a).zip(self.words.get(b)).is_some_and(|(a, b)| a.span.end == b.span.start);
        let mark = |i: usize, marks: &[&str]| self.words.get(i).is_some_and(|w| w.shape == Shape::Mark && marks.contains(&w.folded));
        let before = from > 1 && mark(from - 1, &["@", "_", "."]) && glued(from - 1, from) && glued(from - 2, from - 1);
        let goes_on = self.words.get(to + 1).is_some_and(|w| w.shape != Shape::Mark);
        let after = mark(to, &["@", "_", "."]) && goes_on && glued(to - 1, to) && glued(to, to + 1);
        before || after || mark(to, &["$"]) && glued(to - 1, to)
    }

    /// A title that is followed by what makes it part of a name ("King County", "Prince Edward Island").
    fn heads_organisation(&self, at: usize, to: usize) -> bool {
        let mut end = at + 1;
        while end < to && end < at + 4 && self.words[end].is_capital() && !self.words[end].fresh {
            let last = &self.words[end];
            // "Judge Ann Park", "Captain Moussa Dadis Camara"
            let ends = self.words[at + 1].is_given() && (last.is_surname() || !last.has(self.structure.head_behind));
            let surname = end > at + 1 && (last.is_surname() && self.words[end - 1].is_given() || ends) && self.closes(end, to);
            // "President Park Geun-hye"
            let family = end == at + 1 && last.is_surname() && self.gazetteer.is_family_first(last.folded);
            if last.has(self.structure.head) && !last.has(self.structure.title) && !surname && !family {
                return !self.words[end - 1].possessive;
            }
            end += 1;
        }
        false
    }

    /// An office behind the body it is of and before who holds it, or with nobody: "House Majority Leader Ann Hill", "Army Chief of
    /// Staff Ann Hill", "the Senate Majority Leader resigned".
    fn is_office_of(&self, begin: usize, at: usize, to: usize) -> bool {
        const NAME: std::ops::RangeInclusive<usize> = 2..=4;
        let s = self.structure;
        let title = |w: &&Word<'_>| w.shape == Shape::Title && !w.fresh;
        // "Majority", "Deputy"
        let office = at + self.words[at..to].iter().take_while(title).take_while(|w| w.has(s.qualifier) && !w.has(s.office)).count();
        if !self.words[office..to].first().is_some_and(|w| title(&w) && w.has(s.office)) {
            return false;
        }
        // "of Staff", "General"
        let more = |w: &Word<'_>| w.has(s.office | s.title) || w.shape == Shape::Lower && w.has(s.of) || w.has(s.reading.abbreviation);
        let mut from = office + 1;
        while from < to && !self.words[from].fresh && (more(&self.words[from]) || self.words[from - 1].has(s.of)) {
            from += 1;
        }
        let part = |w: &&Word<'_>| w.is_capital() && !w.fresh || w.shape == Shape::Lower && w.has(s.particle) && !w.has(s.and);
        let name = &self.words[from..to];
        if self.words[begin].has(s.bare)
            && !name.first().is_some_and(Word::is_capital)
            && !self.words[begin..at].iter().any(|w| w.has(s.of))
        {
            return true;
        }
        let name = &name[..name.iter().take(*NAME.end() + 1).take_while(part).count()];
        let plain = |w: &Word<'_>| !w.has(s.head | s.company | s.house | s.calendar | s.function) || w.is_given() || w.is_surname();
        NAME.contains(&name.len())
            && name.iter().all(plain)
            && name.last().is_some_and(|w| !w.has(s.head_behind | s.company) || w.is_surname())
            && name.first().is_some_and(|w| w.shape != Shape::Lower)
    }

    /// A kind of place that is a title too, with "of" and a place behind: "Cabo de Gata".
    fn is_cape(&self, at: usize, to: usize) -> bool {
        let s = self.structure;
        let of = self.words.get(at + 1).is_some_and(|w| w.shape == Shape::Lower && w.has(s.of));
        let next = self.words.get(at + 2).filter(|w| at + 2 < to && w.shape == Shape::Title && !w.has(s.bare));
        self.words[at].has(s.place) && of && next.is_some_and(|w| w.named(self.gazetteer).is_some_and(|e| e.kind == EntityKind::Place))
    }

    /// A word that is a title without its accent, as that of the body: "la Secretaría de Energía".
    fn is_office(&self, at: usize, to: usize) -> bool {
        let s = self.structure;
        let article = at.checked_sub(1).is_some_and(|b| self.words[b].has(s.article) && !self.words[at].fresh);
        let of = at + 2 < to && self.words[at + 1].has(s.of) && self.words[at + 2].is_capital();
        article && of && self.words[at].has(s.organisation) && !self.words[at].has(s.office)
    }

    /// Whether a run ends before a capital: behind a company's legal form or a known body when a person's name begins.
    fn begins_person(&self, from: usize, at: usize, to: usize) -> bool {
        let s = self.structure;
        let (word, last) = (&self.words[at], &self.words[at - 1]);
        // "Iyad Ag Ghaly" is of no "AG".
        // "on University Ave. Kathleen, if you read this"
        let abbreviated = last.span.len() > last.folded.len() && last.has(s.reading.abbreviation) && last.has(s.head_behind);
        if abbreviated && at > from + 1 && word.shape == Shape::Title && word.is_given() {
            return true;
        }
        if last.has(s.company) && at > from + 1 && !(last.shape == Shape::Title && last.has(s.particle)) {
            return !word.has(s.company);
        }
        let own = self.known(from, at, false).filter(|k| k.1 == at - from);
        let region = |k: (&Entry, usize)| k.0.kind == EntityKind::Place && !k.0.settlement && k.0.key.starts_with("country/");
        if own.is_some_and(|k| k.0.settlement) && self.known(at, to, false).is_some_and(region) {
            return true;
        }
        // "el economista de FIEL Daniel Artana"
        let shortest = if own.is_some_and(|k| k.0.kind == EntityKind::Organisation) { 2 } else { 3 };
        let dotted = last.span.len() > last.folded.len();
        let acronym = at == from + 1
            && last.shape == Shape::Upper
            && (shortest..8).contains(&last.span.len())
            && !dotted
            && !last.has(s.company_first);
        let bare = at == from + 1 && last.has(s.bare) && !last.has(s.named_after) && last.shape == Shape::Title;
        let whole = own.is_some_and(|k| k.0.kind != EntityKind::Person) && !self.words[from].has(s.company_first);
        let body = at > from + 1 && last.has(s.organisation_behind) && !self.words[from].has(s.organisation);
        let small = self.words.get(at + 1).is_some_and(|n| n.shape == Shape::Lower && n.has(s.particle) && !n.has(s.and));
        let next = if small { at + 2 } else { at + 1 };
        let surname = self.words.get(next).filter(|n| next < to && n.shape == Shape::Title);
        let nicknamed = || self.nickname(at, at + 1, to).is_some();
        let named = (surname.is_some_and(|n| !n.has(s.head | s.function | s.calendar)) || at + 1 < to && nicknamed())
            && !self.words[from].is_given();
        // "la ONU Iqbal Riza"
        let unknown =
            |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.head | s.common | s.function | s.title) && self.known_single(w).is_none();
        // "Secretary of State Antony Blinken", "la ministra de Relaciones Exteriores Celinda Sosa"
        let office = self.is_portfolio(from) && self.words[from..at].iter().all(|w| w.has(s.portfolio)) && !word.has(s.portfolio);
        let behind = self.words.get(at + 1).filter(|n| at + 1 < to && n.shape == Shape::Title);
        // "Secretary of State Condoleezza Rice"
        let full = (acronym || office) && unknown(word) && behind.is_some_and(|n| unknown(n) || office && n.is_surname());
        // "el fotógrafo de El País Juantxu Rodríguez"
        let surnamed = whole
            && own.is_some_and(|k| k.0.kind == EntityKind::Organisation)
            && unknown(word)
            && self.closes(at + 1, to)
            && surname.is_some_and(|n| next == at + 1 && unknown(n) && n.is_surname());
        // "el delantero del Alcorque Juan Gil"
        let member = self.is_of_holder(from)
            && !self.words[from].has(s.portfolio)
            && !self.words[from..at].iter().any(|w| w.has(s.named_after))
            && !last.has(s.head)
            && last.is_capital()
            && surname.is_some_and(|n| n.is_surname() || !n.has(s.common));
        // "Superintendent of Police Anjaneya Varshney"
        let office_of = at == from + 1
            && last.has(s.organisation_behind | s.bare)
            && self.is_behind_office(from)
            && unknown(word)
            && self.words.get(at + 1).is_some_and(|n| at + 1 < to && unknown(n));
        // "Enron North America"
        let named = named && self.known(at, to, false).is_none_or(|k| k.1 < 2 || k.0.kind != EntityKind::Place);
        full || surnamed
            || office_of
            || member && named && word.is_given() && !word.has(s.head | s.common)
            || (whole || bare || body || office || acronym && !small) && named && word.is_given() && !word.has(s.head | s.common)
            || whole && word.has(s.title) && !self.heads_organisation(at, to)
    }

    /// Whether "of" stands before, and an office before that: "Commissioner of Police".
    fn is_behind_office(&self, from: usize) -> bool {
        let s = self.structure;
        let before = |n: usize, lists: Lists| from.checked_sub(n).is_some_and(|b| self.words[b].has(lists));
        !self.words[from].fresh && before(1, s.of) && (before(2, s.office) || before(2, s.title) && before(3, s.office))
    }

    /// Whether "of" stands before, and before that who is of a body.
    fn is_of_holder(&self, from: usize) -> bool {
        let s = self.structure;
        let small =
            |n: usize, lists: Lists| from.checked_sub(n).is_some_and(|b| self.words[b].shape == Shape::Lower && self.words[b].has(lists));
        let article = usize::from(small(1, s.article) && !small(1, s.of));
        let holder = from.checked_sub(2 + article).is_some_and(|b| self.words[b].shape != Shape::Mark && self.words[b].has(s.holder));
        small(1 + article, s.of) && holder && !self.words[from].fresh
    }

    /// Whether a word behind a possessive leads on to the name of a body, as behind a word for people or a title: "Lord's
    /// Resistance Army", "People's Revolutionary Democratic Front"; not behind another body or somebody's name.
    fn leads_to_body(&self, at: usize, to: usize) -> bool {
        const REACH: usize = 5;
        let s = self.structure;
        let owner = &self.words[at - 1];
        let plain = owner.has(s.common | s.function | s.title) && !owner.has((s.head | s.bare) & !s.society);
        let own = self.words[at..to.min(at + REACH)].iter().take_while(|w| w.is_capital() && !w.fresh);
        let mut open = true;
        plain
            && own.into_iter().any(|w| {
                let head = open && w.has(s.organisation_behind) && !w.has(s.title);
                open &= !w.possessive;
                head
            })
    }

    /// Whether what is behind a possessive says what kind of house it is that goes by somebody's name: "Dan's Drain Service", "St
    /// Wilfrid's Primary School".
    fn is_house(&self, from: usize, at: usize, to: usize) -> bool {
        const REACH: usize = 4;
        let s = self.structure;
        let owner = at - from - usize::from(at > from + 1 && self.words[from].has(s.saint));
        let detached = if self.words[at - 1].possessive { 0 } else { 2 };
        let own = self.words.get(at..to.min(at + REACH)).unwrap_or_default();
        let mut own = own.iter().take_while(|w| w.shape == Shape::Title && !w.fresh).enumerate();
        let plain =
            |n: usize, w: &Word<'_>| w.has(s.common | s.head | s.house) || n == 0 && !w.is_given() && self.known_single(w).is_none();
        let unknown = || self.known(from, at.saturating_sub(detached), false).is_none();
        owner == 1 + detached && unknown() && own.by_ref().take_while(|&(n, w)| plain(n, w)).any(|(_, w)| w.has(s.house))
    }

    /// Whether one is at somebody's whose nothing else is told: a preposition of place before, none but a mark or another one behind
    /// the possessive.
    fn is_visited(&self, from: usize, owner_end: usize, at: usize, to: usize) -> bool {
        let s = self.structure;
        let led = from.checked_sub(1).is_some_and(|b| self.words[b].shape == Shape::Lower && self.words[b].has(s.inside | s.toward));
        let closed = self.words.get(at).is_none_or(|w| at >= to || w.shape == Shape::Mark || w.has(s.inside | s.toward | s.and));
        led && closed && !self.words[from].fresh && self.known(from, owner_end, false).is_none()
    }

    /// A surname, a comma and a given name alone in quotation marks.
    fn is_inverted(&self, from: usize, comma: usize, to: usize) -> bool {
        let quoted = from.checked_sub(1).is_some_and(|b| is_quote(&self.words[b])) && self.words.get(comma + 2).is_some_and(is_quote);
        let given = self.words.get(comma + 1).is_some_and(|w| w.shape == Shape::Title && w.is_given());
        quoted && given && comma == from + 1 && comma + 2 < to
    }

    /// The end of a nickname in quotation marks behind a given name, where the surname follows.
    fn nickname(&self, from: usize, at: usize, to: usize) -> Option<usize> {
        const LONGEST: usize = 3;
        let s = self.structure;
        let first = &self.words[from];
        // "Amiot "Cubain" Métayer": nobody's given name that a list has
        let unknown = || first.shape == Shape::Title && !first.initial && !first.has(s.head | s.common | s.function | s.title);
        let given = at - from <= 2 && (first.is_given() || at == from + 1 && unknown() && self.known_single(first).is_none());
        if !given || !is_quote(&self.words[at]) {
            return None;
        }
        let close = (at + 2..to.min(at + 2 + LONGEST)).find(|&i| is_quote(&self.words[i]))?;
        let inside = self.words[at + 1..close].iter().all(Word::is_capital);
        let surname = self.words.get(close + 1).filter(|w| close + 1 < to && w.shape == Shape::Title && !w.fresh)?;
        (inside && !surname.has(self.structure.function | self.structure.calendar)).then_some(close + 1)
    }

    /// The end of the run that begins at a capital.
    fn extend(&self, at: usize, to: usize) -> usize {
        let s = self.structure;
        let step = |i: usize| self.known(i, to, false).map_or(1, |k| k.1);
        let mut end = at + step(at);
        let mut complement = false;
        while end < to {
            let (word, before) = (&self.words[end], &self.words[end - 1]);
            // "Women's League", but "Uganda's Supreme Court".
            let owner = before.possessive
                && self
                    .known(at, end, false)
                    .is_some_and(|k| k.1 == end - at && (matches!(k.0.kind, EntityKind::Person | EntityKind::Place) || k.1 > 1));
            // "Maia Sandu's Party of Action and Solidarity"
            let person = end - at > 1 && self.words[at].is_given() && !self.has_head(at, end);
            let goes_on = word.is_capital() && (word.has(s.head) || self.leads_to_body(end, to) || self.is_house(at, end, to));
            if before.possessive && (owner || person || !goes_on) {
                break;
            }
            let head = self.has_head(at, end) && !self.is_titled_family(at);
            if word.is_capital() {
                if self.begins_person(at, end, to) {
                    break;
                }
                // "Union of Public Employees"
                let inside =
                    complement && word.shape == Shape::Title && before.is_capital() && !word.has(s.calendar | s.article | s.of | s.and);
                // "Santo Domingo Este"
                let side = word.has(s.direction)
                    && word.shape == Shape::Title
                    && self.closes(end, to)
                    && self.known(at, end, false).is_some_and(|k| k.1 == end - at && k.0.settlement);
                // "Muhammed Sheikh Khalil"
                let named_so = end == at + 1
                    && (word.is_given() || word.is_surname())
                    && self.words[at].is_given()
                    && self.words.get(end + 1).is_some_and(|n| end + 1 < to && n.shape == Shape::Title && (n.is_surname() || n.is_given()));
                let part = head
                    || named_so
                    || self.is_surname_behind(at, end, to)
                    || self.leads_to_head(at, end, to)
                    || word.has(s.qualifier) && before.shape == Shape::Title && self.heads_organisation(end, to);
                // "Hospital La Fe", "Fundación ONCE"
                let own = head
                    && before.has(s.organisation)
                    && (word.shape == Shape::Upper && word.span.len() > 2
                        || word.shape == Shape::Title
                            && word.has(s.article)
                            && self.words.get(end + 1).is_some_and(|n| end + 1 < to && n.shape == Shape::Title));
                // "U.S. District Judge Ann Hill"
                let court = word.has(s.head)
                    && !word.has(s.organisation_behind)
                    && self.words.get(end + 1).is_some_and(|n| end + 1 < to && n.shape == Shape::Title && n.has(s.title) && !n.has(s.head))
                    && self.known(at, end, false).is_some_and(|k| k.1 == end - at && k.0.key.starts_with("country/"));
                if court {
                    break;
                }
                let dull = self.is_dull(end) && !inside && !side && !own || word.has(s.title) && !part || self.is_office_of(at, end, to);
                if dull && self.known(end, to, false).is_none_or(|k| k.1 < 2) {
                    break;
                }
                end += step(end);
                continue;
            }
            // "Ray 's Pizza", as treebanks write it
            let detached = is_apostrophe(word) && self.words.get(end + 1).is_some_and(|n| end + 1 < to && n.folded == "s");
            if detached && self.is_house(at, end + 2, to) {
                end += 2;
                continue;
            }
            // "at Del Frisco 's in the evening"
            if detached && self.is_visited(at, end, end + 2, to) {
                return end + 2;
            }
            // ""Lenhart, Matthew"", as mails have it
            if word.is_mark(",") && self.is_inverted(at, end, to) {
                return end + 2;
            }
            // "Ricardo "Bliksem" Fortuin"
            if let Some(behind) = self.nickname(at, end, to) {
                end = behind;
                continue;
            }
            // "Frente 41"
            if end == at + 1 && word.shape == Shape::Number && before.has(s.numbered) && word.span.len() <= 3 {
                return end + 1;
            }
            if let Some(day) = self.day_of_name(at, end, to, complement) {
                end = day;
                continue;
            }
            if head
                && word.shape == Shape::Lower
                && word.has(s.numbering)
                && self.words.get(end + 1).is_some_and(|n| n.shape == Shape::Number)
            {
                end += 2;
                continue;
            }
            // "Escuela Nº 14", "Penitenciaría Número 2"
            if head && end > at + 1 && word.shape == Shape::Number && before.has(s.numbering) && before.is_capital() {
                return end + 1;
            }
            // "Kurdistan Workers' Party", "Martyrs' Square"
            if is_apostrophe(word)
                && word.span.start == before.span.end
                && before.folded.ends_with('s')
                && self.words.get(end + 1).is_some_and(|n| end + 1 < to && n.shape == Shape::Title && n.has(s.head_behind))
            {
                end += 2;
                continue;
            }
            // "Kestrel & Daughters", "Mouriño e Hijos"
            if (word.is_mark("&") || word.has(s.and) && word.shape == Shape::Lower)
                && self.words.get(end + 1).is_some_and(|n| end + 1 < to && n.is_capital() && n.has(s.partners))
                && self.known(at, end, false).is_none_or(|k| k.1 < end - at || k.0.kind == EntityKind::Person)
            {
                end += 2;
                continue;
            }
            // What a small word or comma leads on to.
            let mut next = end + 1;
            while next < to
                && next < end + 3
                && self.words[next].shape == Shape::Lower
                && self.words[next].has(s.article | s.of | s.particle)
            {
                next += 1;
            }
            let Some(follower) = self.words.get(next).filter(|w| next < to && w.is_capital()) else { break };
            let dull = match head {
                // "Avenida de Mayo"
                true if word.has(s.of) => follower.has(s.calendar) && !(direct_month(follower) && self.words[at].has(s.place)),
                // "Organizaciones Populares e Indígenas"
                true if word.has(s.and) && complement && next == end + 1 => follower.has(s.calendar | s.article | s.of),
                // "Rally of Forces for Change"
                true if word.has(s.link) && complement && next == end + 1 => follower.has(s.calendar | s.article | s.of | s.title),
                _ => self.is_dull(next),
            };
            let direct = next == end + 1;
            let leads = if word.is_mark(",") {
                direct && follower.has(s.company) || direct && head && complement && self.listed(next, to)
            } else if word.is_mark("&") {
                // "Michelle & Kim,", two people
                let two = end == at + 1 && before.is_given() && follower.is_given() && self.closes(next, to) && !follower.possessive;
                direct && !dull && !two
            } else if word.has(s.of) && !head && !direct && follower.has(s.organisation) && !self.words[at].is_given() {
                // "El Fokker de la Marina de Guerra"
                false
            } else if word.has(s.of) && direct && follower.has(s.direction) && self.closes(next, to) && !head {
                // "Combinado del Este"
                before.shape == Shape::Title && !before.has(s.common) && !self.words[at].is_given()
            } else if word.shape != Shape::Lower || dull || word.has(s.of) && follower.has(s.bare) && self.is_portfolio(at) {
                false
            } else if self.is_led_place(at, end, next) || self.is_arabic_place(at, end, next) || self.is_motto(at, end, next, to) {
                true
            } else if word.has(s.of)
                && end == at + 1
                && self.words[at].has(s.portfolio)
                && !self.words[at].has(s.bare)
                && self.is_portfolio(at)
            {
                // "la secretaria de Estado de Cultura"
                false
            } else if word.has(s.of) && self.words[at].has(s.bare) && self.is_portfolio(at) && self.known(next, to, false).is_some() {
                // "El ministro de Defensa de Ucrania"
                false
            } else if word.has(s.of)
                && follower.is_surname()
                && !follower.has(s.common | s.head)
                && self.known(next, to, false).is_none_or(|k| k.0.kind == EntityKind::Person)
                && self.known(at, end, false).is_some_and(|k| k.1 == end - at && k.1 > 1 && k.0.kind == EntityKind::Organisation)
            {
                // "el Partido Popular de Casado"
                false
            } else if word.has(s.of)
                && !((complement || self.is_led(at, end)) && self.begins_full_name(next, to))
                && self.takes_complement(at, end, next)
            {
                complement = true;
                true
            } else if direct && (word.has(s.and) && self.is_portfolio_of_two(at, end, next, to) || self.is_arabic(at, end, next, to)) {
                true
            } else if head && word.has(s.particle) && !word.has(s.of | s.article | s.and | s.particle_given) {
                // "Office National du Blé"
                complement = true;
                self.known(next, to, false).is_none()
            } else if word.has(s.of)
                && !head
                && !self.words[at].is_given()
                && self.known(at, end, false).is_some_and(|k| k.1 == end - at && k.0.kind == EntityKind::Organisation)
            {
                // "el PP de Rajoy"
                false
            } else if word.has(s.of) && !head && !self.words[at].is_given() && self.begins_full_name(next, to) {
                // "las Auc de Freddy Rendón"
                false
            } else if word.has(s.particle) && !head && (self.is_personal(at, end) || self.is_son(at, end) && !word.has(s.of | s.and)) {
                let joins = !word.has(s.and) || self.joins_surnames(at, end, next, to);
                // "Izat al Rishq" behind what he is, but "acusó Pedro al Gobierno"
                let whose = self.words[at].is_given() || self.is_son(at, end) || self.is_led_person(at) && !follower.has(s.common | s.head);
                let joins = joins && (!word.has(s.particle_given) || whose && !follower.has(s.bare | s.organisation | s.title));
                let long = next > end + 1 && !follower.has(s.head);
                // "Lars von Trier", "David de León"
                let given = self.words[at].is_given();
                let surname = !word.has(s.of | s.and | s.article) || end == at + 1 && given && self.is_apposed(at) && follower.is_surname();
                // "el ministro Íñigo Méndez de Vigo"
                let comma = self.words.get(next + 1).is_some_and(|w| w.is_mark(","));
                let surname = surname || given && end == at + 2 && before.is_surname() && comma && self.is_led_person(at);
                // "Ágatha Ruiz de la Prada"
                let third = long && given && end > at + 1 && follower.shape == Shape::Title && !follower.has(s.bare);
                let settled = |k: (&Entry, usize)| k.1 == 1 && (third || (long || surname) && k.0.settlement);
                joins
                    && !(word.has(s.of) && self.stands_in(at, end, next))
                    && self.known(next, to, false).is_none_or(|k| k.0.kind == EntityKind::Person || settled(k))
            } else if word.has(s.and) && direct && (!complement && self.is_two_fields(at, end, next, to) || self.is_spelled(at, next, to)) {
                true
            } else if word.has(s.and) && !direct {
                // "Ministerio de la Producción y el Comercio"
                let field = follower.shape == Shape::Title && follower.has(s.common) && !follower.has(s.bare);
                head && complement && field && self.closes(next, to) && !self.begins_another(next, to)
            } else if word.has(s.and) {
                // "Ministry of Interior and Police"
                let field =
                    || self.words[end - 1].has(s.portfolio) && follower.has(s.bare | s.portfolio | s.organisation) && self.closes(next, to);
                // "Avenida de Mayo y Tacuarí"
                let corner = self.words[end - 1].has(s.calendar) && !follower.has(s.calendar);
                direct && head && complement && !corner && (!self.begins_another(next, to) || field())
            } else if word.has(s.inside) && direct && self.is_mission(at, end, next, to) {
                true
            } else {
                // "El Giro en Bormio", "el recurso de Convergencia i Unió contra la Ley": a body that is known goes on no further.
                // "Congress for Democracy and Progress"
                let kind = end == at + 1 && self.words[at].has(s.organisation);
                let whole = || !kind && self.known(at, end, false).is_some_and(|k| k.1 == end - at && k.0.kind == EntityKind::Organisation);
                let links = word.has(s.link)
                    && (!word.has(s.inside) || direct && self.words[at].has(s.organisation))
                    && !whole()
                    && self.words[at..end].iter().any(|w| w.has(s.linking))
                    && (!follower.has(s.title) || self.closes(next, to))
                    && (complement || !direct || self.words[end - 1].has(s.head | s.linking))
                    && !self.leads_to_place(next, to)
                    && self.known(next, to, false).is_none();
                complement |= links;
                links
            };
            if !leads {
                break;
            }
            end = next + step(next);
        }
        end
    }

    /// The end of a day after which a body is called: "Movimiento 26 de Julio", "Asociación de Mártires del 9 de Enero", "Movement of 26
    /// March". Where "of" leads to it, its month has a capital and the body is more than one word of every day.
    fn day_of_name(&self, from: usize, at: usize, to: usize, complement: bool) -> Option<usize> {
        let s = self.structure;
        let small = |i: usize| self.words.get(i).is_some_and(|w| i < to && w.shape == Shape::Lower && w.has(s.of));
        let body = |w: &Word<'_>| w.has(s.organisation | s.organisation_behind);
        let of = small(at);
        let number = at + usize::from(of);
        let day = self.words.get(number).filter(|w| number < to && w.shape == Shape::Number && w.span.len() <= 2)?;
        let month = number + 1 + usize::from(small(number + 1));
        let named = self.words.get(month).filter(|w| month < to && w.has(s.calendar) && w.folded.len() > 3)?;
        let own = if of {
            named.shape == Shape::Title && (complement || at > from + 1 && body(&self.words[at - 1]))
        } else {
            month > number + 1 && body(&self.words[from])
        };
        (own && !day.fresh).then_some(month + 1)
    }

    /// Whether what a body has in a country goes by its letters in brackets behind that: "United Nations Integrated Office in Haiti
    /// (Binuh)".
    fn is_mission(&self, from: usize, of: usize, next: usize, to: usize) -> bool {
        let s = self.structure;
        let Some((entry, length)) = self.known(next, to, false) else { return false };
        let close = next + length;
        let [open, letters, end] = &self.words[close.min(to)..to.min(close + 3)] else { return false };
        let bracketed = open.is_mark("(") && end.is_mark(")") && (3..10).contains(&letters.folded.len());
        let body = self.words[of - 1].has(s.head) || self.words[from].has(s.organisation);
        let unknown = letters.shape == Shape::Upper && !letters.has(s.code)
            || letters.shape == Shape::Title && !letters.is_given() && !letters.is_surname() && self.known_single(letters).is_none();
        entry.kind == EntityKind::Place && bracketed && body && of - from > 1 && unknown
    }

    /// Whether no capital follows a word.
    fn closes(&self, at: usize, to: usize) -> bool {
        self.words.get(at + 1).is_none_or(|w| at + 1 >= to || !w.is_capital())
    }

    /// Whether the capitals from here on are a name of their own: known, or with a head or a legal form in them.
    fn begins_another(&self, at: usize, to: usize) -> bool {
        let s = self.structure;
        let own = self.words[at..to].iter().take(5).take_while(|w| w.is_capital());
        // "Strategic and International Studies"
        let plain = |w: &&Word<'_>| w.has(s.function) && w.has(s.organisation) && !w.has(s.organisation_behind);
        self.known(at, to, false).is_some() || own.into_iter().skip_while(plain).any(|w| w.has(s.head | s.company))
    }

    /// Whether the capitals from here on end in what kind of place: "on Grand Avenue".
    fn leads_to_place(&self, at: usize, to: usize) -> bool {
        let s = self.structure;
        let last = self.words[at..to].iter().take(4).take_while(|w| w.is_capital()).last();
        last.is_some_and(|w| w.has(s.head_behind) && !w.has(s.organisation_behind))
    }

    /// A member of a list inside a name: "Industria" in "Ministerio de Ciencia, Industria y Comercio".
    fn listed(&self, at: usize, to: usize) -> bool {
        let mut i = at;
        while i < to && i < at + 6 {
            let w = &self.words[i];
            if w.shape == Shape::Lower {
                let ends = w.has(self.structure.and) && self.words.get(i + 1).is_some_and(|n| i + 1 < to && n.is_capital());
                return ends && !self.words[i + 1].has(self.structure.head) && self.known(i + 1, to, false).is_none();
            }
            if !w.is_capital() && !w.is_mark(",") || self.known(i, to, false).is_some() || w.is_given() {
                return false;
            }
            i += 1;
        }
        false
    }

    /// "Securities and Exchange Board", "National Search and Rescue Agency": words of every day behind an article, one behind the
    /// "and", and what kind of body.
    fn is_two_fields(&self, from: usize, and: usize, next: usize, to: usize) -> bool {
        let s = self.structure;
        let article = from.checked_sub(1).is_some_and(|b| self.words[b].has(s.article) && !self.words[from].fresh);
        let is_plain = |w: &Word<'_>| w.shape == Shape::Title && w.has(s.common | s.function);
        let opens = |w: &Word<'_>| {
            is_plain(w) && !w.has(s.organisation_behind)
                || w.shape == Shape::Title && w.has(s.direction | s.organisation) && !w.has(s.organisation_behind)
        };
        let behind = &self.words[next..to.min(next + 3)];
        let head = behind.iter().take_while(|w| w.is_capital()).skip(1).any(|w| w.has(s.organisation | s.organisation_behind));
        let own = &self.words[from..and];
        // "Zarlik Teaching and Referral Hospital"
        let kind = |w: &Word<'_>| w.has(s.head | s.company);
        let person = own[0].is_given() && own[own.len() - 1].is_surname();
        let plain = own[0].shape == Shape::Title && !own[0].has(s.function) && !person;
        let proper = plain && !own.iter().any(kind);
        let services = own.len() == 2 && proper && behind.get(1).is_some_and(|w| w.has(s.organisation_behind));
        (article && own.len() < 4 && (own.len() == 1 || own.iter().all(opens)) || services)
            && is_plain(&own[own.len() - 1])
            && is_plain(&self.words[next])
            && head
    }

    /// Whether the capitals from a word on, an "and" and those behind it have the letters of what stands in brackets behind them:
    /// "National Disaster Risk Reduction and Management Council (NDRRMC)".
    fn is_spelled(&self, from: usize, next: usize, to: usize) -> bool {
        const LONGEST: usize = 8;
        let part = |w: &&Word<'_>| {
            w.is_capital() || w.shape == Shape::Lower && w.has(self.structure.of | self.structure.and | self.structure.article)
        };
        let end = next + self.words[next..to.min(next + LONGEST)].iter().take_while(part).count();
        let [open, letters, close] = &self.words[end.min(to)..to.min(end + 3)] else { return false };
        let first = self.words[from..end].iter().filter(|w| w.is_capital()).map(|w| w.folded.as_bytes().first());
        open.is_mark("(") && close.is_mark(")") && letters.shape == Shape::Upper && first.eq(letters.folded.as_bytes().iter().map(Some))
    }

    /// A town called after the region around it, behind a preposition of place: "en Herrera de la Mancha".
    fn is_led_place(&self, from: usize, of: usize, next: usize) -> bool {
        let s = self.structure;
        let led = from.checked_sub(1).is_some_and(|b| self.words[b].shape == Shape::Lower && self.words[b].has(s.inside));
        let (first, last) = (&self.words[from], &self.words[next]);
        led && !first.fresh
            && of == from + 1
            && next == of + 2
            && self.words[of].has(s.of)
            && self.words[of + 1].has(s.article)
            && first.shape == Shape::Title
            && !first.has(s.head | s.common | s.bare)
            && self.known_single(first).is_none()
            && last.shape == Shape::Title
            && !last.has(s.head | s.title)
            && self.known_single(last).is_some_and(|e| e.kind == EntityKind::Place && !e.settlement)
    }

    /// A word for a kind of place that is none of every day, and an article inside the name: "Bab el Ued".
    fn is_arabic_place(&self, from: usize, article: usize, next: usize) -> bool {
        let s = self.structure;
        let (first, last) = (&self.words[from], &self.words[next]);
        let kind = first.shape == Shape::Title && first.has(s.place) && !first.has(s.common | s.article | s.of | s.function);
        let small = &self.words[article];
        kind && article == from + 1
            && next == article + 1
            && small.has(s.particle_given)
            && !small.has(s.of)
            && last.shape == Shape::Title
            && !last.has(s.common | s.head | s.title | s.bare)
            && !last.is_given()
    }

    /// An Arabic article between two words that are known to nobody: "Azam al Aqraa", "Brigadas Ezzedín al Qasam".
    fn is_arabic(&self, from: usize, article: usize, next: usize, to: usize) -> bool {
        let s = self.structure;
        let (before, after) = (&self.words[article - 1], &self.words[next]);
        let small = &self.words[article];
        let proper = |w: &Word<'_>| {
            w.shape == Shape::Title
                && !w.has(s.common | s.function | s.head | s.title | s.bare | s.role | s.calendar)
                && !w.is_demonym()
                && !w.initial
                && self.known_single(w).is_none_or(|e| e.kind == EntityKind::Person)
        };
        let opens = self.words[from].has(s.organisation) && article == from + 2;
        let led = article == from + 1 || opens;
        let closes = self.known(next, to, false).is_none_or(|k| k.1 == 1);
        let given = |w: &Word<'_>| w.is_given() && !w.has(s.common);
        led && closes
            && small.has(s.particle_given)
            && !small.has(s.of)
            && proper(before)
            && proper(after)
            && !given(after)
            && !before.possessive
    }

    /// A society called by its motto, behind the word for what it is: "la asociación Vida en Paz".
    fn is_motto(&self, from: usize, link: usize, next: usize, to: usize) -> bool {
        let s = self.structure;
        let body = from.checked_sub(1).is_some_and(|b| self.words[b].shape == Shape::Lower && self.words[b].has(s.body));
        let word = |i: usize| {
            let w = &self.words[i];
            w.shape == Shape::Title && w.has(s.common) && !w.has(s.head)
        };
        body && link == from + 1 && next == link + 1 && self.words[link].has(s.inside) && word(from) && word(next) && self.closes(next, to)
    }

    /// A body that somebody leads and that is named after nobody: "Gobierno de Rajiv Gandhi".
    fn is_led(&self, from: usize, to: usize) -> bool {
        let s = self.structure;
        // "FTV de Luis D'Elía"
        let letters = to - from == 1 && self.words[from].shape == Shape::Upper;
        (self.words[from].has(s.organisation) || letters) && !self.words[from..to].iter().any(|w| w.has(s.place | s.named_after))
    }

    /// A given name and another capital: who leads it, behind the name of an organisation that has its complement already.
    fn begins_full_name(&self, at: usize, to: usize) -> bool {
        let surname = self.words.get(at + 1).filter(|w| at + 1 < to && matches!(w.shape, Shape::Title | Shape::Mixed));
        let first = &self.words[at];
        let initial = first.is_capital() && first.folded.len() == 1 && first.span.len() == 2;
        (first.is_given() || initial) && surname.is_some_and(|w| !w.has(self.structure.common | self.structure.head))
    }

    /// What a minister is minister of begins here.
    fn is_portfolio(&self, at: usize) -> bool {
        let has = |n: usize, lists: Lists| at.checked_sub(n).is_some_and(|b| self.words[b].has(lists));
        let of = if has(1, self.structure.article) && !has(1, self.structure.of) { 2 } else { 1 };
        has(of, self.structure.of) && has(of + 1, self.structure.minister)
    }

    fn is_personal(&self, from: usize, to: usize) -> bool {
        let is_given = self.words[from].is_given();
        // "María del Rosario González"
        let given_of = to - from == 4 && is_given && self.words[from + 1].has(self.structure.particle) && self.words[from + 2].is_given();
        let capital = |(i, w): (usize, &Word<'_>)| w.is_capital() || given_of && i == 1;
        // "ZTV de Luis D'Elía"
        let letters = to - from == 1 && self.words[from].shape == Shape::Upper && self.words[from].span.len() > 2;
        (is_given || !letters)
            && (given_of || to - from <= 3)
            && self.words[from..to].iter().enumerate().all(capital)
            && self.known(from, to, false).is_none_or(|k| k.1 < to - from || k.0.kind == EntityKind::Person || is_given && !k.0.settlement)
    }

    /// Whether an "and" joins the two fields of a minister: "ministro de Interior y Policía".
    fn is_portfolio_of_two(&self, from: usize, and: usize, next: usize, to: usize) -> bool {
        const LONGEST: usize = 3;
        let s = self.structure;
        let field = |w: &Word<'_>| w.shape == Shape::Title && (w.has(s.portfolio) || w.has(s.bare | s.common) && !w.is_given());
        let second = self.words[next..to].iter().take(LONGEST + 1).take_while(|w| w.is_capital());
        let plain = second.clone().all(field) && (1..=LONGEST).contains(&second.count());
        plain && and - from <= LONGEST && self.words[from..and].iter().all(field) && self.is_portfolio(from)
    }

    /// Whether these words are a name and whose son it is: "Tamim bin Hamad".
    fn is_son(&self, from: usize, to: usize) -> bool {
        const LONGEST: usize = 6;
        let s = self.structure;
        let own = &self.words[from..to];
        let small = |w: &Word<'_>| w.shape == Shape::Lower && w.has(s.particle_first | s.particle_given);
        let son = |w: &Word<'_>| w.shape == Shape::Lower && w.has(s.particle_first);
        let given = own[0].is_given() && own.iter().any(small) || own.iter().any(son);
        own.len() <= LONGEST && given && own.iter().all(|w| w.is_capital() || small(w))
    }

    /// Whether a role or a title stands right before: "su dirigente Izat", "the Emir Tamim".
    fn is_led_person(&self, from: usize) -> bool {
        let s = self.structure;
        let before = from.checked_sub(1).map(|b| &self.words[b]).filter(|_| !self.words[from].fresh);
        before.is_some_and(|b| b.shape == Shape::Lower && b.has(s.role) || b.is_capital() && b.has(s.title))
    }

    /// Whether a title behind a known place or a demonym is part of an organisation's name: "Israeli Defense Forces".
    fn leads_to_head(&self, from: usize, at: usize, to: usize) -> bool {
        let first = &self.words[from];
        let of_place = first.is_demonym() || self.known(from, at, false).is_some_and(|k| k.0.kind == EntityKind::Place);
        at == from + 1 && of_place && self.heads_organisation(at, to)
    }

    /// Whether a word behind a given name is a surname though it is a title too, or says where people are from: "Pedro Duque".
    fn is_surname_behind(&self, from: usize, at: usize, to: usize) -> bool {
        let goes_on = at + 1 < to && self.words[at + 1].is_capital();
        let surname = &self.words[at];
        // "el joven Lesther Alemán"
        let role = from.checked_sub(1).is_some_and(|b| self.words[b].has(self.structure.role) && self.words[b].shape == Shape::Lower);
        !goes_on
            && (at == from + 1 && (self.words[from].is_given() || role) || self.is_held(from, at))
            && surname.shape == Shape::Title
            // "Roger Español lost an eye"
            && (surname.is_surname() || at == from + 1 && self.words[from].is_given() && surname.is_demonym())
    }

    /// Two or three words in a row behind somebody's role: "el árbitro, Pino Zamorano Rey".
    fn is_held(&self, from: usize, at: usize) -> bool {
        let s = self.structure;
        let role = |n: usize| from.checked_sub(n).is_some_and(|b| self.words[b].has(s.role) && self.words[b].shape == Shape::Lower);
        let comma = from.checked_sub(1).is_some_and(|b| self.words[b].is_mark(","));
        let plain = |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.head | s.title);
        (2..=3).contains(&(at - from)) && (role(1) || comma && role(2)) && self.words[from..at].iter().all(plain)
    }

    /// Whether somebody's role stands before, and a mark or nothing between.
    fn is_apposed(&self, from: usize) -> bool {
        let role =
            |n: usize| from.checked_sub(n).is_some_and(|b| self.words[b].has(self.structure.role) && self.words[b].shape == Shape::Lower);
        role(1) || role(2)
    }

    /// Whether an "and" behind these words joins two surnames: "Santiago Ramón y Cajal". In a list it joins two people.
    fn joins_surnames(&self, from: usize, to: usize, next: usize, line_end: usize) -> bool {
        let is_list = |w: &Word<'_>| w.is_mark(",") || w.is_mark(";");
        let closes = self.words.get(next + 1).is_some_and(|w| w.is_mark(","));
        // "un administrador, Ricardo de la Hoz y Pineda."
        let apposed = self.is_apposed(from);
        let listed = !closes && !apposed && from.checked_sub(1).is_some_and(|b| is_list(&self.words[b]));
        let more = next + 1 < line_end && self.words[next + 1].is_capital();
        let given = |i: usize| self.words[i].is_given();
        let surname = self.words[next].is_surname();
        !listed && !more && surname && to - from > 1 && given(from) && !given(next) && self.known(next, line_end, false).is_none()
    }

    /// A title before a family name that says what kind of place too, and one more word of a name: "President Park Geun-hye".
    fn is_titled_family(&self, from: usize) -> bool {
        let s = self.structure;
        let titled = from.checked_sub(1).is_some_and(|b| self.words[b].has(s.title) && !self.words[from].fresh);
        let given = |w: &Word<'_>| w.shape == Shape::Title && !w.fresh && !w.has(s.head | s.common);
        titled && self.gazetteer.is_family_first(self.words[from].folded) && self.words.get(from + 1).is_some_and(given)
    }

    /// Whether "of" behind these words belongs to the name.
    fn takes_complement(&self, from: usize, to: usize, next: usize) -> bool {
        if self.stands_in(from, to, next) || self.is_titled_family(from) {
            return false;
        }
        if self.has_head(from, to) {
            return true;
        }
        let titled = from.checked_sub(1).is_some_and(|b| self.words[b].has(self.structure.title) && !self.words[from].fresh);
        if titled || self.words[from..to].iter().any(|w| w.shape == Shape::Lower && w.has(self.structure.particle)) {
            return false;
        }
        let first = &self.words[from];
        let known = self.known(from, to, false).is_some_and(|k| k.1 == to - from);
        let person = first.is_given() || self.words[to - 1].is_surname();
        let led_to = self.known(next, self.words.len().min(next + 4), false).is_some() || self.words[next].is_given();
        // Where "of" is no small word of persons' names too, what comes before it is a word of every day: "Call of Duty".
        let of = &self.words[to];
        let plain = of.has(self.structure.particle) || first.has(self.structure.common | self.structure.function);
        !known && !person && !led_to && plain && !first.initial && first.shape != Shape::Upper
    }

    /// Whether "of" leads from a name of its own to the town that it stands in: "escuela Al Tabaín de la Ciudad de Gaza", "clínica Los
    /// Olivos de Cochabamba"; not "Gobierno de la Ciudad de México", "Hospital de Valladolid".
    fn stands_in(&self, from: usize, to: usize, next: usize) -> bool {
        let s = self.structure;
        let end = self.words.len().min(next + 4);
        let settlement = |at: usize| self.known(at, end, false).is_some_and(|k| k.0.settlement);
        // "Ciudad de Gaza"
        let city = self.words[next].has(s.place)
            && self.words.get(next + 1).is_some_and(|w| w.shape == Shape::Lower && w.has(s.of))
            && next + 2 < end
            && self.known(next + 2, end, false).is_some_and(|k| k.0.kind == EntityKind::Place);
        let own = &self.words[from..to];
        let proper = |w: &Word<'_>| w.shape == Shape::Title && !w.has(s.head | s.common | s.function | s.title);
        if city && own.iter().any(proper) {
            return true;
        }
        let body = from.checked_sub(1).is_some_and(|b| self.words[b].shape == Shape::Lower && self.words[b].has(s.body));
        let small = |w: &Word<'_>| w.has(s.article | s.saint);
        body && !own[0].fresh
            && small(&own[0])
            && own.iter().skip(1).all(|w| w.shape == Shape::Title && !w.has(s.organisation | s.organisation_behind))
            && own.len() > 1
            && settlement(next)
            && self.known(from, to, false).is_none_or(|k| k.1 < own.len())
    }

    /// Cuts off what is no part of the name at its ends, and keeps the rest if there is any.
    fn trim(&self, line: usize, mut from: usize, mut to: usize, out: &mut Vec<Run<'g>>) {
        let s = self.structure;
        let entry = loop {
            if from >= to {
                return;
            }
            if let Some((entry, _)) = self.known(from, to, false).filter(|k| k.1 == to - from) {
                break Some(entry);
            }
            let (first, last) = (&self.words[from], &self.words[to - 1]);
            let head = self.has_head(from, to);
            let own_article = !first.initial && first.shape == Shape::Title && to - from == 2;
            let led = own_article && from.checked_sub(1).is_some_and(|b| self.words[b].has(s.inside));
            if first.has(s.article) && !head && !led && self.known(from + 1, to, false).is_some_and(|k| k.1 == to - from - 1) {
                from += 1;
                continue;
            }
            // "Marcó Chupete" is no Marco.
            let given = first.is_given() && !(first.initial && first.has(s.accented));
            let is_part = given || self.known(from, to, false).is_some() || first.has(s.head);
            // "el fiscal Germán Archila" is no German.
            let titled = || from.checked_sub(1).is_some_and(|b| self.words[b].has(s.role) && self.words[b].shape == Shape::Lower);
            let is_name = first.is_given() && to - from > 1 && (last.is_surname() || titled());
            // "Dane Rolf Sorensen"
            let by_origin = first.is_demonym() && to - from > 2 && self.words[from + 1].is_given() && last.is_surname();
            let is_demonym = first.is_demonym() && (!is_name || by_origin);
            if to - from == 2 && first.has(s.direction) && last.is_demonym() {
                return;
            }
            if is_demonym && !(head && to - from > 1) && !self.is_branch(from, to)
                || first.has(s.title)
                    && !self.is_initials(from, to)
                    && (!head || first.has(s.reading.abbreviation) && to - from > 2)
                    && !self.is_cape(from, to)
                    && !self.is_street(from)
                || !is_part && self.opens_before_a_name(from, to)
                || self.opens_before_a_body(from, to)
                || first.initial && to - from > 1 && !is_part && first.shape == Shape::Title && self.seen.small(first)
            {
                from += 1;
                // Small words between what was cut and the rest go too.
                while from < to && !self.words[from].is_capital() {
                    from += 1;
                }
            } else if last.has(s.postnominal) && last.shape == Shape::Upper && to - from > 1 && first.is_given() {
                to -= 1;
            } else if let Some(length) = self.leads_words(from, to) {
                to = from + length;
            } else if last.is_demonym()
                && to - from > 1
                && !head
                && !self.is_surname_behind(from, to - 1, to)
                && !self.is_national(from, to)
            {
                to -= 1;
            } else {
                break None;
            }
        };
        // "17th Street Canal", "6th Infantry Division", "27 Commando Battalion"
        let unit = self.words[to - 1].has(s.numbered);
        let number = |w: &Word<'_>| unit && w.shape == Shape::Number && w.span.len() < 4;
        let ordinal = |w: &Word<'_>| w.shape != Shape::Mark && w.has(s.reading.ordinal) || number(w);
        if entry.is_none()
            && self.has_head(from, to)
            && from > out.last().map_or(0, |r| r.to)
            && !self.words[from].fresh
            && ordinal(&self.words[from - 1])
        {
            from -= 1;
            // "East 15th Street"
            let side = |w: &Word<'_>| w.shape == Shape::Title && w.has(s.direction);
            if from > out.last().map_or(0, |r| r.to) && !self.words[from].fresh && side(&self.words[from - 1]) {
                from -= 1;
            }
        }
        let single = to - from == 1;
        // "R. No lo sé": who answers, by a letter; "escribió en X"
        if single && self.words[from].folded.trim_end_matches('.').len() == 1 {
            return;
        }
        let town = || self.words[from].named(self.gazetteer).filter(|e| e.town);
        let small = single && self.seen.small(&self.words[from]);
        let entry = if single { entry.or_else(town) } else { entry };
        if entry.is_none_or(|e| e.kind == EntityKind::Person) {
            let is_particle = |i: usize| self.words[i].shape == Shape::Lower && self.words[i].has(s.particle_first);
            while from > out.last().map_or(0, |r| r.to) && !self.words[from].fresh && is_particle(from - 1) {
                from -= 1;
            }
        }
        out.push(Run { from, to, line, entry, small });
    }

    /// A known body of many countries with whose it is before: "American Red Cross".
    fn is_branch(&self, from: usize, to: usize) -> bool {
        if to - from < 3 {
            return false;
        }
        let body = self.known(from + 1, to, false).filter(|k| k.1 + 1 == to - from);
        body.is_some_and(|k| k.0.kind == EntityKind::Organisation && k.0.country.is_none())
    }

    /// A known body of several words with whose it is behind: "Cruz Roja Salvadoreña".
    fn is_national(&self, from: usize, to: usize) -> bool {
        let body = self.known(from, to - 1, false).filter(|k| k.1 + 1 == to - from && k.1 > 1);
        body.is_some_and(|k| k.0.kind == EntityKind::Organisation) && self.words[to - 1].shape == Shape::Title
    }

    /// A word for people that opens a sentence before the body they are of: "Estudiantes de la Universidad".
    fn opens_before_a_body(&self, from: usize, to: usize) -> bool {
        let s = self.structure;
        let first = &self.words[from];
        let mut of = from + 1;
        while of < to && self.words[of].shape == Shape::Lower && self.words[of].has(s.of | s.article) {
            of += 1;
        }
        let body = self.words.get(of).filter(|_| of < to && of > from + 1);
        first.initial && body.is_some_and(|w| w.is_capital() && (first.has(s.members) || first.has(s.common) && w.has(s.organisation)))
    }

    /// The words of a known place or organisation before words of every day that are no part of its name: "BBC Breaking News".
    fn leads_words(&self, from: usize, to: usize) -> Option<usize> {
        let s = self.structure;
        let (entry, length) = self.known(from, to, false).filter(|k| k.1 < to - from)?;
        let rest = &self.words[from + length..to];
        // "Kenya Red Cross"
        if self.is_branch(from, to) {
            return None;
        }
        let is_plain = |w: &Word<'_>| w.shape == Shape::Title && w.has(s.common) && !w.has(s.head | s.company | s.club);
        let bare = !self.words[from].has(s.common | s.function) && !self.words[from].has(s.organisation | s.place);
        (matches!(entry.kind, EntityKind::Place | EntityKind::Organisation) && bare && rest.iter().all(is_plain)).then_some(length)
    }

    /// Whether a word of every day opens the sentence and the name comes behind it ("Compró Microsoft", "Dijo el Rey").
    fn opens_before_a_name(&self, from: usize, to: usize) -> bool {
        let first = &self.words[from];
        let next = from + 1;
        // "Pathologist Anneliese Voigt-Harker", "Police Scotland"
        let is_name =
            |w: &Word<'_>| w.shape == Shape::Title && !w.has(self.structure.head | self.structure.common | self.structure.function);
        // "Farmer Kouassi Kouamé": "Farmer" is a surname too
        let whole = to - from == 3 && self.words[to - 1].shape == Shape::Title && first.has(self.structure.common);
        let nobody = !first.is_given() && (!first.is_surname() || whole);
        let role = first.has(self.structure.role) && next < to && is_name(&self.words[next]) && nobody;
        // "Retailer Zarlik", but "Union Berlin"
        let called = |w: &Word<'_>| is_name(w) || w.shape == Shape::Upper;
        let body = first.has(self.structure.body) && !first.has(self.structure.head) && next < to && called(&self.words[next]);
        let of_place = |k: (&Entry, usize)| next + k.1 == to && k.0.kind == EntityKind::Place && !k.0.settlement;
        if first.has(self.structure.task) && self.known(next, to, false).is_some_and(of_place) {
            return false;
        }
        // "Muere Chavela Vargas"
        let acts = first.has(self.structure.verb)
            && !first.is_given()
            && !first.is_surname()
            && to - from > 2
            && is_name(&self.words[next])
            && self.words[to - 1].is_surname();
        first.initial && (role || body || acts)
            || first.initial
                && first.has(self.structure.common | self.structure.accented)
                && next < to
                && (!(self.words[next].is_capital() || self.words[next].shape == Shape::Number && first.has(self.structure.numbered))
                    || self.words[next].is_given()
                    || first.has(self.structure.accented) && self.words[next].is_surname()
                    || self.known(next, to, false).is_some_and(|k| next + k.1 == to))
    }

    /// How many words that say what kind of thing follow a known name in a headline: "Almaty Airport".
    fn heads_behind(&self, at: usize, to: usize) -> usize {
        let s = self.structure;
        let is_head = |w: &&Word<'_>| w.is_capital() && w.has(s.head_behind) && !w.has(s.title);
        usize::from(!self.words[at - 1].possessive && self.words[at..to].first().as_ref().is_some_and(is_head))
    }

    /// Names in a line where capitals say nothing.
    fn flat(&self, line: usize, Line { from, to, .. }: Line, out: &mut Vec<Run<'g>>) {
        let s = self.structure;
        let is_open = |w: &Word<'_>| {
            w.is_capital() && !w.has(s.function | s.calendar) && !w.has(s.head | s.title) && !w.is_demonym() && !self.seen.small(w)
        };
        let mut at = from;
        while at < to {
            let word = &self.words[at];
            if !word.is_capital() {
                at += 1;
                continue;
            }
            if let Some((entry, known_length)) = self.known(at, to, true) {
                let heads = if entry.kind == EntityKind::Place { self.heads_behind(at + known_length, to) } else { 0 };
                let length = known_length + heads;
                let entry = (length == known_length).then_some(entry);
                let is_everyday = length == 1 && word.has(s.common) && entry.is_some_and(|e| e.kind == EntityKind::Organisation);
                let small = is_everyday || length == 1 && self.seen.small(word) && !self.seen.capital(word);
                out.push(Run { from: at, to: at + length, line, entry, small });
                at += length;
                continue;
            }
            // "HELD IN BRAKPAN RAID"
            let led = at > from && self.words[at - 1].has(s.inside);
            let is_nothing = |w: &Word<'_>| !is_open(w) || w.has(s.common) || w.possessive;
            if led && !is_nothing(word) {
                let end = (at..to.min(at + 3)).find(|&i| is_nothing(&self.words[i])).unwrap_or(to.min(at + 3));
                out.push(Run { from: at, to: end, line, entry: None, small: false });
                at = end;
                continue;
            }
            let mut end = at;
            let titled = at > from && self.words[at - 1].has(s.title);
            let said = word.has(s.common) && !word.is_given() && !word.is_surname();
            if is_open(word) && !said && (titled || word.is_given()) {
                end = at + 1;
                // "Josep Maria Casadevall Roure", alone on its line
                let most = if at == from && to == at + 4 && self.words[to - 1].is_surname() { 4 } else { 3 };
                while end < to
                    && end < at + most
                    && is_open(&self.words[end])
                    && (end < at + 2 || !self.words[end].has(s.common))
                    // "FEDERICO ESTRADA VELEZ", though there is a club of that name
                    && self.known(end, to, true).is_none_or(|k| k.1 == 1 && self.words[end].is_surname())
                    && !self.words[end - 1].possessive
                {
                    end += 1;
                }
            } else {
                while end < to && is_open(&self.words[end]) && self.seen.capital(&self.words[end]) {
                    end += 1;
                }
            }
            if end > at && (end - at > 1 || titled || self.seen.capital(word)) {
                out.push(Run { from: at, to: end, line, entry: None, small: false });
            }
            at = end.max(at + 1);
        }
    }
}
