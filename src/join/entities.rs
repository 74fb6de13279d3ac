//! One entity over spellings, documents and languages.
//!
//! 1. Inside a document a surname alone is the person last named in full with it, and an acronym in brackets is what it
//!    stands behind.
//! 2. Over the corpus every distinct name becomes one form. A form that the gazetteer knows is its entry; forms with the
//!    same spelling key are one ([`spelling`]: accents, doubled letters, y/i, zh/j and w/v folded), and so are persons of one surname
//!    whose given names agree.
//! 3. A long name one letter away from a known or more frequent one is that one (deletion neighbourhoods: Mor and
//!    Fraenkel 1982, as used by `SymSpell`).
//!
//! Every step looks names up by key; no two lists are compared pair by pair.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::find::entities::Mention;
use crate::find::entities::gazetteer::{Gazetteer, fold};
use crate::vocabulary::EntityKind;

/// What names name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Stable id: the Wikidata id where known for certain, else made from kind and name.
    pub id: Arc<str>,
    /// The name to show.
    pub name: String,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Every other spelling met in the corpus.
    pub aliases: Vec<String>,
    /// Wikidata id, where known for certain.
    pub wikidata: Option<String>,
    /// Country, as ISO 3166-1 alpha-2, where known.
    pub country: Option<String>,
}

/// Joins the mentions of a corpus: `documents` holds, for each document in order, its text and mentions. Gives the
/// entities, and for each document the index of the entity of each mention.
#[must_use]
pub fn join(documents: &[(&str, &[Mention])]) -> (Vec<Entity>, Vec<Vec<usize>>) {
    let gazetteer = Gazetteer::shipped().ok();
    let mut forms = Forms::default();
    let of_mention: Vec<Vec<usize>> = documents.iter().map(|(text, mentions)| mentions_of(text, mentions, gazetteer, &mut forms)).collect();
    forms.join_spellings();
    forms.join_persons();
    forms.join_surnames();
    forms.join_typos();
    forms.entities(of_mention, gazetteer)
}

/// One distinct name of one kind.
#[derive(Clone, Debug)]
struct Form {
    folded: String,
    person: bool,
    /// How often each way of writing it was met, with its kind.
    written: BTreeMap<(String, EntityKind), usize>,
    key: Option<Arc<str>>,
    /// The form it was joined to, or itself.
    parent: usize,
}

impl Form {
    fn count(&self) -> usize {
        self.written.values().sum()
    }

    /// The spelling keys of the first and last word of a person's full name.
    fn first_and_last(&self) -> Option<(String, String)> {
        let mut words = self.words();
        let (first, last) = (words.next()?, words.next_back()?);
        self.person.then(|| (spelling(first), spelling(last)))
    }

    fn words(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.folded.split(' ')
    }
}

/// Every distinct name of the corpus.
#[derive(Debug, Default)]
struct Forms {
    forms: Vec<Form>,
    index: HashMap<(String, bool, Option<Arc<str>>), usize>,
}

/// The form of each mention of a document.
fn mentions_of(text: &str, mentions: &[Mention], gazetteer: Option<&Gazetteer>, forms: &mut Forms) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::with_capacity(mentions.len());
    // The person last named in full with each surname; and what each acronym of the text stands for.
    let mut surnames: HashMap<String, usize> = HashMap::new();
    let mut acronyms: HashMap<String, usize> = HashMap::new();
    for (i, m) in mentions.iter().enumerate() {
        let written = m.span.of(text);
        let folded = plain(&fold(written));
        let person = m.kind == EntityKind::Person;
        let short = !folded.contains(' ');
        let known = m.gazetteer.clone().or_else(|| known_key(gazetteer, &folded, person));
        let behind = i.checked_sub(1).and_then(|p| mentions.get(p)).filter(|p| {
            let between = text.get(p.span.end..m.span.start).unwrap_or_default().trim();
            matches!(between, "(" | "[") && p.kind == m.kind
        });
        let form = if person && short && surnames.contains_key(&spelling(&folded)) {
            surnames[&spelling(&folded)]
        } else if let Some(of) = acronyms.get(&folded) {
            *of
        } else if behind.is_some() && known.is_none() && is_short_for(&folded, &forms.forms[out[i - 1]].folded) {
            acronyms.insert(folded.clone(), out[i - 1]);
            out[i - 1]
        } else {
            forms.form(folded.clone(), person, known)
        };
        forms.forms[form].written.entry((written.to_owned(), m.kind)).and_modify(|n| *n += 1).or_insert(1);
        if person && !short {
            for word in folded.split(' ').skip(1).filter(|w| w.len() > 2) {
                surnames.insert(spelling(word), form);
            }
        }
        out.push(form);
    }
    out
}

/// The gazetteer's key of a name of the right sort.
fn known_key(gazetteer: Option<&Gazetteer>, folded: &str, person: bool) -> Option<Arc<str>> {
    let (entry, _) = gazetteer?.named(folded)?;
    ((entry.kind == EntityKind::Person) == person).then(|| entry.key.clone())
}

/// A folded name with its words parted by single spaces and without marks at its ends.
fn plain(folded: &str) -> String {
    folded
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a short name is made of letters of a long one, in order, and begins as it does.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.chars().next() == long.chars().next() && short.chars().filter(|c| c.is_alphanumeric()).all(|c| letters.any(|l| l == c))
}

/// What stays the same over ways of writing one name in Latin letters: Tokayev, Tokaev and Tokáyev; Zhanaozen and Janaozen;
/// Kassym and Kasim; Pashinyan and Pashinian. The input is folded.
#[must_use]
pub fn spelling(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let chars: Vec<char> = folded.chars().collect();
    let is_vowel = |c: Option<&char>| matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'));
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        let next = chars.get(i + 1);
        let before = out.chars().last();
        let starts = i == 0 || chars[i - 1] == ' ';
        let (letter, used) = match (c, next) {
            ('z', Some('h')) => ('j', 2),
            ('d', Some('j' | 'z')) => ('j', if chars.get(i + 2) == Some(&'h') { 3 } else { 2 }),
            ('k', Some('h')) => ('h', 2),
            ('p', Some('h')) => ('f', 2),
            ('s', Some('h')) => ('s', 2),
            ('c', Some('k')) => ('k', 2),
            ('c', Some('a' | 'o' | 'u' | 'l' | 'r')) | ('q', _) => ('k', 1),
            ('w', _) => ('v', 1),
            ('y', n) if starts && is_vowel(n) => ('j', 1),
            // Between vowels it only glides: Tokayev and Tokaev.
            ('y', n) if is_vowel(n) && is_vowel(before.as_ref()) => ('\0', 1),
            ('y', _) => ('i', 1),
            _ => (c, 1),
        };
        i += used;
        if letter != '\0' && (before != Some(letter) || letter == ' ') {
            out.push(letter);
        }
    }
    out
}

impl Forms {
    fn form(&mut self, folded: String, person: bool, key: Option<Arc<str>>) -> usize {
        let next = self.forms.len();
        let index = *self.index.entry((folded.clone(), person, key.clone())).or_insert(next);
        if index == next {
            self.forms.push(Form { folded, person, written: BTreeMap::new(), key, parent: next });
        }
        index
    }

    fn root(&self, mut form: usize) -> usize {
        while self.forms[form].parent != form {
            form = self.forms[form].parent;
        }
        form
    }

    /// Joins two forms; the one the gazetteer knows, or else the longer name, stays on top.
    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b || self.forms[a].key.is_some() && self.forms[b].key.is_some() && self.forms[a].key != self.forms[b].key {
            return;
        }
        let rank = |f: &Form| (f.key.is_some(), f.folded.len());
        let (top, under) = if rank(&self.forms[b]) > rank(&self.forms[a]) { (b, a) } else { (a, b) };
        self.forms[under].parent = top;
    }

    /// The same entry, or the same spelling key, is the same thing.
    fn join_spellings(&mut self) {
        let mut by_entry: HashMap<Arc<str>, usize> = HashMap::new();
        let mut by_spelling: HashMap<(String, bool), usize> = HashMap::new();
        for i in 0..self.forms.len() {
            if let Some(key) = self.forms[i].key.clone() {
                let first = *by_entry.entry(key).or_insert(i);
                self.unite(first, i);
            }
        }
        for i in 0..self.forms.len() {
            let first = *by_spelling.entry((spelling(&self.forms[i].folded), self.forms[i].person)).or_insert(i);
            self.unite(first, i);
        }
    }

    /// Persons of one surname whose first names agree, one of them perhaps only by an initial or without the middle name.
    fn join_persons(&mut self) {
        let mut by_name: HashMap<(String, String), usize> = HashMap::new();
        for i in 0..self.forms.len() {
            let Some((first, last)) = self.forms[i].first_and_last().filter(|(first, _)| first.chars().count() > 1) else { continue };
            let known = *by_name.entry((first, last)).or_insert(i);
            self.unite(known, i);
        }
        // An initial agrees with the one first name that begins with it.
        let mut initials: HashMap<(char, String), Option<usize>> = HashMap::new();
        for ((first, last), &i) in &by_name {
            let Some(c) = first.chars().next() else { continue };
            let root = self.root(i);
            initials.entry((c, last.clone())).and_modify(|r| *r = r.filter(|r| *r == root)).or_insert(Some(root));
        }
        for i in 0..self.forms.len() {
            let Some((first, last)) = self.forms[i].first_and_last().filter(|(first, _)| first.chars().count() == 1) else { continue };
            if let Some(Some(root)) = initials.get(&(first.chars().next().unwrap_or(' '), last)) {
                self.unite(*root, i);
            }
        }
    }

    /// A surname that was never said in full in its own document is the corpus's one person of that surname, if there
    /// is only one.
    fn join_surnames(&mut self) {
        let mut bearers: HashMap<String, Option<usize>> = HashMap::new();
        for i in 0..self.forms.len() {
            let root = self.root(i);
            if !self.forms[i].person || !self.forms[i].folded.contains(' ') {
                continue;
            }
            let last = spelling(self.forms[i].words().next_back().unwrap_or_default());
            bearers.entry(last).and_modify(|b| *b = b.filter(|b| *b == root)).or_insert(Some(root));
        }
        for i in 0..self.forms.len() {
            let form = &self.forms[i];
            if form.person
                && form.key.is_none()
                && !form.folded.contains(' ')
                && let Some(Some(root)) = bearers.get(&spelling(&form.folded))
            {
                self.unite(*root, i);
            }
        }
    }

    /// A rare long name one letter away from a known or more frequent one.
    fn join_typos(&mut self) {
        const SHORTEST: usize = 8;
        let mut near: HashMap<(String, bool), Vec<usize>> = HashMap::new();
        let shortened = |s: &str| -> Vec<String> {
            let cut = |(at, c): (usize, char)| format!("{}{}", &s[..at], &s[at + c.len_utf8()..]);
            std::iter::once(s.to_owned()).chain(s.char_indices().map(cut)).collect()
        };
        for i in 0..self.forms.len() {
            let form = &self.forms[i];
            if form.folded.len() >= SHORTEST && (form.key.is_some() || form.count() > 1) {
                for key in shortened(&form.folded) {
                    near.entry((key, form.person)).or_default().push(i);
                }
            }
        }
        for i in 0..self.forms.len() {
            let form = &self.forms[i];
            if form.folded.len() < SHORTEST || form.key.is_some() || form.count() > 2 || self.root(i) != i {
                continue;
            }
            let best = shortened(&form.folded)
                .into_iter()
                .filter_map(|key| near.get(&(key, form.person)))
                .flat_map(|f| f.iter().take(8).copied())
                .filter(|&f| f != i && self.forms[f].count() > form.count() || self.forms[f].key.is_some())
                .max_by_key(|&f| (self.forms[f].key.is_some(), self.forms[f].count(), std::cmp::Reverse(f)));
            if let Some(best) = best {
                self.unite(best, i);
            }
        }
    }

    /// The entities, in the order in which the corpus first names them.
    fn entities(&self, mut of_mention: Vec<Vec<usize>>, gazetteer: Option<&Gazetteer>) -> (Vec<Entity>, Vec<Vec<usize>>) {
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for i in 0..self.forms.len() {
            members.entry(self.root(i)).or_default().push(i);
        }
        let mut index: HashMap<usize, usize> = HashMap::new();
        let mut by_id: HashMap<Arc<str>, usize> = HashMap::new();
        let mut out: Vec<Entity> = Vec::new();
        for form in of_mention.iter_mut().flatten() {
            let root = self.root(*form);
            *form = *index.entry(root).or_insert_with(|| {
                let entity = self.entity(&members[&root], gazetteer);
                let at = *by_id.entry(entity.id.clone()).or_insert(out.len());
                match out.get_mut(at) {
                    // The same name of the same kind: one row.
                    Some(first) => {
                        let more: Vec<String> =
                            entity.aliases.into_iter().filter(|a| *a != first.name && !first.aliases.contains(a)).collect();
                        first.aliases.extend(more);
                    }
                    None => out.push(entity),
                }
                at
            });
        }
        (out, of_mention)
    }

    fn entity(&self, members: &[usize], gazetteer: Option<&Gazetteer>) -> Entity {
        let mut written: BTreeMap<&str, usize> = BTreeMap::new();
        let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
        for ((name, kind), n) in members.iter().flat_map(|&m| &self.forms[m].written) {
            *written.entry(name).or_default() += n;
            *kinds.entry(*kind).or_default() += n;
        }
        let entry = members.iter().find_map(|&m| self.forms[m].key.as_ref()).and_then(|k| gazetteer?.entry(k));
        // The fullest name that is more than a slip: most words first, then the most frequent.
        let fullest = written.iter().max_by_key(|(name, n)| (name.split(' ').count().min(4), **n, std::cmp::Reverse(**name)));
        let name = entry.map(|e| e.name.clone()).or_else(|| fullest.map(|(n, _)| (*n).to_owned())).unwrap_or_default();
        let common = kinds.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).map(|(k, _)| *k);
        let kind = entry.map(|e| e.kind).or(common).unwrap_or(EntityKind::Organisation);
        let wikidata = entry.and_then(|e| e.wikidata.clone());
        let id = wikidata.clone().unwrap_or_else(|| format!("{kind}:{}", plain(&fold(&name)).replace(' ', "-")));
        Entity {
            id: id.into(),
            aliases: written.keys().filter(|w| **w != name).map(|w| (*w).to_owned()).collect(),
            name,
            kind,
            wikidata,
            country: entry.and_then(|e| e.country.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn joined(documents: &[&[(&str, EntityKind)]]) -> Vec<Vec<String>> {
        let made: Vec<(String, Vec<Mention>)> = documents
            .iter()
            .map(|names| {
                let mut text = String::new();
                let mentions = names
                    .iter()
                    .map(|(name, kind)| {
                        let start = text.len();
                        text.push_str(name);
                        let span = Span::new(start, text.len());
                        text.push_str(" . ");
                        Mention { span, kind: *kind, gazetteer: None, rule: "t".into() }
                    })
                    .collect();
                (text, mentions)
            })
            .collect();
        let given: Vec<(&str, &[Mention])> = made.iter().map(|(t, m)| (t.as_str(), m.as_slice())).collect();
        let (entities, of) = join(&given);
        of.iter().map(|d| d.iter().map(|&e| entities[e].id.to_string()).collect()).collect()
    }

    const P: EntityKind = EntityKind::Person;

    #[test]
    fn spellings_of_one_name_are_one() {
        let same = |a: &str, b: &str| assert_eq!(spelling(&fold(a)), spelling(&fold(b)), "{a} {b}");
        same("Tokayev", "Tokáev");
        same("Zhanaozen", "Janaozén");
        same("Kassym", "Kasim");
        same("Pashinyan", "Pashinian");
        assert_ne!(spelling("martin"), spelling("morton"));
    }

    #[test]
    fn the_two_presidents_are_two_and_each_is_one() {
        let ids = joined(&[
            &[("Kassym-Jomart Tokayev", P), ("Tokáyev", P), ("Nazarbayev", P), ("Samat Abish", P)],
            &[("Kasim-Yomart Tokayev", P), ("Kasym Tokayev", P), ("Nursultan Nazarbayev", P), ("Nazarbayes", P)],
        ]);
        assert_eq!(ids[0][0], ids[0][1]);
        assert_eq!(ids[0][0], ids[1][0]);
        assert_eq!(ids[0][0], ids[1][1]);
        assert_eq!(ids[0][2], ids[1][2]);
        assert_eq!(ids[1][2], ids[1][3]);
        assert_ne!(ids[0][0], ids[0][2]);
        assert_ne!(ids[0][2], ids[0][3]);
    }

    #[test]
    fn a_surname_is_the_person_last_named_in_full() {
        let ids = joined(&[&[("Kim Yong-chol", P), ("Orlanda Vexley", P), ("Vexley", P), ("Tarn Vexley", P), ("Vexley", P)]]);
        assert_eq!(ids[0][1], ids[0][2]);
        assert_eq!(ids[0][3], ids[0][4]);
        assert_ne!(ids[0][1], ids[0][3]);
    }
}
