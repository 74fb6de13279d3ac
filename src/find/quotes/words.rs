//! What a pack says of the words of attribution: classes of words, and cues with the rules they belong to.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};
use serde::Deserialize;

use class::Classes;

use crate::error::{Error, Result};
use crate::find::entities::gazetteer::fold;
use crate::pack::{Pack, Rules};
use crate::text::{Short, WordMap};

/// Classes of words and marks, as bits.
pub(super) mod class {
    pub type Classes = u128;

    pub const DETERMINER: Classes = 1;
    pub const PRONOUN: Classes = 1 << 1;
    pub const PREPOSITION: Classes = 1 << 2;
    /// Prepositions inside a noun phrase.
    pub const LINK: Classes = 1 << 3;
    pub const CONJUNCTION: Classes = 1 << 4;
    pub const SUBORDINATOR: Classes = 1 << 5;
    pub const RELATIVE: Classes = 1 << 6;
    pub const COMPLEMENTIZER: Classes = 1 << 7;
    /// Words that open an indirect question.
    pub const QUESTION: Classes = 1 << 8;
    /// Adverbs and times that may stand beside a cue.
    pub const ADVERB: Classes = 1 << 9;
    pub const AUXILIARY: Classes = 1 << 10;
    pub const FINITE: Classes = 1 << 11;
    /// Past forms that may be participles.
    pub const PAST: Classes = 1 << 12;
    /// Who is told.
    pub const LISTENER: Classes = 1 << 13;
    pub const TITLE: Classes = 1 << 14;
    /// Nouns of office and trade that may stand for a person named before.
    pub const ROLE: Classes = 1 << 15;
    /// Nouns before the title of a work.
    pub const WORK: Classes = 1 << 16;
    /// Words of the names of organisations.
    pub const ORGANISATION: Classes = 1 << 17;
    /// Words that open a comparison with what was said.
    pub const COMPARATIVE: Classes = 1 << 18;
    /// Object pronouns and reflexives before a verb.
    pub const CLITIC: Classes = 1 << 19;
    /// Auxiliaries of the passive, after which a cue's participle has no speaker.
    pub const PASSIVE: Classes = 1 << 20;
    /// Auxiliaries of the perfect.
    pub const PERFECT: Classes = 1 << 21;
    /// Words before an infinitive.
    pub const INFINITIVE: Classes = 1 << 22;
    /// Nouns of rules and plans, by which something goes but which say nothing.
    pub const NORM: Classes = 1 << 23;
    pub const WORD: Classes = 1 << 24;
    pub const CAPITAL: Classes = 1 << 25;
    pub const COMMA: Classes = 1 << 26;
    pub const STOP: Classes = 1 << 27;
    pub const QUOTE: Classes = 1 << 28;
    pub const DASH: Classes = 1 << 29;
    /// Brackets, colons and semicolons.
    pub const BREAK: Classes = 1 << 30;

    /// Words of quantity: after one of them a preposition opens no adverbial.
    pub const QUANTITY: Classes = 1 << 31;
    /// Articles and numbers of things new to the text: what is reported, not who reports.
    pub const INDEFINITE: Classes = 1 << 33;
    /// Before a verb, it makes nobody its subject.
    pub const REFLEXIVE: Classes = 1 << 34;
    /// Pronouns for one person.
    pub const PERSONAL: Classes = 1 << 35;
    /// Prepositions that may open a clause.
    pub const OPENER: Classes = 1 << 36;
    /// Forms of verbs that are as often plural nouns.
    pub const NOUN_TOO: Classes = 1 << 37;
    /// The preposition of an absolute construction ("with her lawyer saying …").
    pub const ABSOLUTE: Classes = 1 << 38;
    /// Units of time ("hours later").
    pub const UNIT: Classes = 1 << 39;
    /// Nouns for those who say things.
    pub const SOURCE: Classes = 1 << 32;
    /// Pronouns and nouns for more than one.
    pub const PLURAL: Classes = 1 << 40;
    /// Forms of verbs that more than one does.
    pub const MANY: Classes = 1 << 41;
    /// Pronouns for what is nobody.
    pub const THING: Classes = 1 << 42;
    /// Forms of verbs that are as often singular nouns: they need a subject of more than one.
    pub const SINGULAR_NOUN_TOO: Classes = 1 << 43;
    /// Nouns for what is sent or left in writing.
    pub const MESSAGE: Classes = 1 << 44;
    /// Nouns of somebody's view, after his name or a possessive ("in her view").
    pub const VIEW: Classes = 1 << 45;
    /// Possessives.
    pub const POSSESSIVE: Classes = 1 << 46;
    /// What marks a question, and an answer, of an interview at the start of a line.
    pub const ASKS: Classes = 1 << 47;
    pub const ANSWERS: Classes = 1 << 48;
    /// Words of those who speak of themselves.
    pub const FIRST_PERSON: Classes = 1 << 49;
    /// Words that, before a conjunction, set one reporting clause beside another ("al tiempo que").
    pub const BESIDE: Classes = 1 << 50;
    /// Participles that open a sentence before who answers ("Preguntado por …").
    pub const FRONTED: Classes = 1 << 51;
    /// Forms that, where they begin an utterance, are a verb in the first person.
    pub const SPEAKS: Classes = 1 << 52;
    /// Nouns of office that may stand for anybody who has one ("the official").
    pub const ANY_ROLE: Classes = 1 << 53;

    /// Nouns for somebody by kin or by what he does just now, who may speak but is nobody's office.
    pub const PEOPLE: Classes = 1 << 54;
    /// Words that say that a woman, or a man, is meant.
    pub const FEMININE: Classes = 1 << 55;
    pub const MASCULINE: Classes = 1 << 56;
    /// Forms of verbs that say what goes on beside the saying ("dice mirando al mar").
    pub const GERUND: Classes = 1 << 57;
    /// Given names that are written like the name of a month or a day.
    pub const GIVEN: Classes = 1 << 58;
    /// Infinitives of saying that a verb of hearing brings in ("se oye a uno decir").
    pub const HEARD: Classes = 1 << 59;

    /// A subject and its verb in one word ("he'll"), which may open a clause.
    pub const CONTRACTED: Classes = 1 << 60;
    /// Verb forms that name where somebody has it from ("citing").
    pub const CITES: Classes = 1 << 61;
    /// The preposition before who does what a passive says.
    pub const AGENT: Classes = 1 << 62;
    /// The preposition before a body whose people, unnamed, say something ("desde la empresa señalan").
    pub const WITHIN: Classes = 1 << 63;
    /// Those of them that say whose words an impersonal verb brings in ("[desde] el Gobierno se insiste").
    pub const SENDER: Classes = 1 << 95;
    /// Infinitives, which after a preposition have an object of their own ("dice sin bajar la pala").
    pub const VERBAL: Classes = 1 << 64;
    /// Object pronouns that, alone after a preposition, stand for who says it ("according to her").
    pub const OBLIQUE: Classes = 1 << 65;
    /// Numbers in words: a past form before one has an object, and is no participle ("gunmen killed three villagers").
    pub const COUNT: Classes = 1 << 66;
    /// Words that say that a source knows: what it knows of is part of how it is named ("two people [familiar] with the talks").
    pub const INFORMED: Classes = 1 << 67;
    /// Words that, before a comparative, join two who do the same ("[tanto] X como Y").
    pub const CORRELATIVE: Classes = 1 << 68;
    /// Those who speak for the outlet itself: presenters and correspondents.
    pub const STAFF: Classes = 1 << 69;

    /// Words that end like a participle, which behind a noun begin what is told of it ("una pancarta [colgada] de un balcón").
    pub const PARTICIPLE: Classes = 1 << 70;
    /// Words that end like a finite verb and are as often none ("two [alleged] rebels").
    pub const NONFINITE: Classes = 1 << 77;
    /// Verbs of denying: what somebody denies to have done is not stated.
    pub const DENIES: Classes = 1 << 78;
    /// Verbs of wanting and saying, with an infinitive for what is wanted or said.
    pub const WANTS: Classes = 1 << 72;
    /// Verbs that ask somebody, who stands between, to do what the infinitive says.
    pub const ASKS_OF: Classes = 1 << 73;
    /// The same with a preposition behind the verb ("called on him to", "amenazó con").
    pub const UPON: Classes = 1 << 74;
    /// Verbs of charging somebody, who stands between, with what is done ("accused him of lying", "acusó al alcalde de mentir").
    pub const CHARGES: Classes = 1 << 80;
    /// Verbs with a gerund for what is meant or owned to ("recommended closing the bridge").
    pub const DOING: Classes = 1 << 79;
    /// Determiners that may stand alone before a verb: both, otros.
    pub const ALONE: Classes = 1 << 81;
    /// Verbs under which an infinitive or gerund is somebody's.
    pub const MEANS: Classes = WANTS | ASKS_OF | UPON | CHARGES | DOING;
    /// Nouns of wanting and promising, whose infinitive is somebody's if they are ("his promise to").
    pub const WISH: Classes = 1 << 75;
    /// Words that deny the infinitive behind them ("promised [not] to run").
    pub const NEGATOR: Classes = 1 << 76;
    /// Before a noun or alone, they say that nobody does it ("[no] minister said", "[nobody] thinks").
    pub const NOBODY: Classes = 1 << 82;
    /// Words that end like a plural and are none ("[discuss]", "[crisis]").
    pub const SINGULAR: Classes = 1 << 83;
    /// Words before the name that somebody gives as his own ("who gave his [name] as Andrei").
    pub const NAMES: Classes = 1 << 71;
    /// Words that end like an adverb of manner ("wistfully", "resignadamente").
    pub const MANNER: Classes = 1 << 84;
    /// Nouns by which a writer says what words point at ("a [reference] to").
    pub const GLOSS: Classes = 1 << 86;
    /// Nouns for what was told, of which others say what they think ("a [version] villagers called absurd").
    pub const ACCOUNT: Classes = 1 << 87;
    /// Nouns for what a crowd calls out, whose words are not those of who is named behind them ("amid [chants] of").
    pub const CHANT: Classes = 1 << 88;
    /// Prepositions that open a clause of time or end, and none that is said ("[hasta] que").
    pub const UNTIL: Classes = 1 << 90;
    /// Verb forms of the present that a text written in the past has in what is told.
    pub const PRESENT: Classes = 1 << 91;
    /// Verbs that say only that a noun of saying is somebody's ("[made] the argument that").
    pub const GIVES: Classes = 1 << 92;
    /// Words that end like an infinitive and are none ("[militar]").
    pub const NO_INFINITIVE: Classes = 1 << 93;
    /// Nouns for what was said, of which the writer goes on to tell ("[words] that angered the opposition").
    pub const REMARK: Classes = 1 << 94;
    /// What lists say of a verb beside its form, which its ending tells all the same.
    pub const FORM_APART: Classes = MEANS | DENIES | GIVES | NO_INFINITIVE;
    /// Nouns for places that are named after people ("la [plaza] María Pita").
    pub const SITE: Classes = 1 << 89;
    /// Prepositions that stand inside the names of bodies ("Instituto [para] el Desarrollo").
    pub const IN_NAMES: Classes = 1 << 85;

    /// Words before a stretch of time that has passed since ("[hace] una semana").
    pub const AGO: Classes = 1 << 96;

    /// The word lists of a pack that are classes.
    pub const LISTS: &[(&str, Classes)] = &[
        ("determiner", DETERMINER),
        ("pronoun", PRONOUN),
        ("preposition", PREPOSITION),
        ("link", LINK | PREPOSITION),
        ("conjunction", CONJUNCTION),
        ("subordinator", SUBORDINATOR),
        ("relative", RELATIVE),
        ("complementizer", COMPLEMENTIZER),
        ("question", QUESTION),
        ("adverb", ADVERB),
        ("informed", INFORMED),
        ("chant", CHANT),
        ("site", SITE),
        ("until", UNTIL),
        ("correlative", CORRELATIVE),
        ("auxiliary", AUXILIARY | FINITE),
        ("finite", FINITE),
        ("listener", LISTENER),
        ("title", TITLE),
        ("role", ROLE),
        ("work", WORK),
        ("organisation", ORGANISATION),
        ("comparative", COMPARATIVE),
        ("clitic", CLITIC),
        ("passive", PASSIVE | AUXILIARY | FINITE),
        ("perfect", PERFECT | AUXILIARY | FINITE),
        ("infinitive", INFINITIVE),
        ("norm", NORM),
        ("quantity", QUANTITY),
        ("source", SOURCE),
        ("indefinite", INDEFINITE),
        ("personal", PERSONAL | PRONOUN),
        ("reflexive", REFLEXIVE | CLITIC),
        ("opener", OPENER),
        ("absolute", ABSOLUTE),
        ("unit", UNIT),
        ("present", PRESENT),
        ("no_infinitive", NO_INFINITIVE),
        ("gives", GIVES),
        ("remark", REMARK),
        ("noun_too", NOUN_TOO),
        ("plural", PLURAL),
        ("thing", THING),
        ("singular_noun_too", SINGULAR_NOUN_TOO),
        ("message", MESSAGE),
        ("view", VIEW),
        ("possessive", POSSESSIVE | DETERMINER),
        ("asks", ASKS),
        ("answers", ANSWERS),
        ("staff", STAFF),
        ("first_person", FIRST_PERSON),
        ("beside", BESIDE),
        ("fronted", FRONTED),
        ("any_role", ROLE | ANY_ROLE),
        ("people", PEOPLE),
        ("feminine", FEMININE),
        ("masculine", MASCULINE),
        ("given", GIVEN),
        ("heard", HEARD),
        ("contracted", CONTRACTED | FINITE),
        ("cites", CITES),
        ("agent", AGENT),
        ("within", WITHIN),
        ("sender", SENDER),
        ("oblique", OBLIQUE),
        ("count", COUNT),
        ("names", NAMES),
        ("wants", WANTS),
        ("asks_of", ASKS_OF),
        ("upon", UPON),
        ("charges", CHARGES),
        ("alone", ALONE),
        ("short_infinitive", VERBAL),
        ("doing", DOING),
        ("wish", WISH),
        ("negator", NEGATOR | ADVERB),
        ("nonfinite", NONFINITE),
        ("denies", DENIES),
        ("nobody", NOBODY),
        ("in_names", IN_NAMES),
        ("gloss", GLOSS),
        ("account", ACCOUNT),
        ("ago", AGO),
    ];
}

/// How a rule's cues attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Frame {
    /// A verb of saying: of words in marks, of a clause, or set in or after what is said.
    Speech,
    /// A verb of thinking: of a clause, or set in or after what is thought.
    Thought,
    /// A verb of which only a clause with its opening word is the content.
    Finding,
    /// A verb of which only words in marks are the content.
    Stance,
    /// A verb without a subject of its own, that takes the main clause's.
    Participle,
    /// A preposition before the one who says it.
    Origin,
    /// A preposition before the one in whose view it is so, at the start of a sentence or before a relative pronoun.
    View,
    /// A preposition before a possessive and a noun of view ("in her view").
    Opinion,
    /// An adverb that says that others say so.
    Hearsay,
    /// A phrase that opens a clause and names no speaker.
    Impersonal,
    /// An auxiliary that, before a participle, says that others say so.
    Rumour,
    /// A noun for something said, before the clause that says what.
    Noun,
    /// The infinitive under a verb of wanting or saying.
    Intention,
    /// Few words in marks.
    Scare,
    /// Words in marks whose speaker holds from before.
    Continued,
    /// Words in marks of nobody named.
    Quoted,
    /// A name and a colon before words in marks.
    Named,
    /// Answers of an interview.
    Interview,
    /// The text of another author.
    Embedded,
}

/// Whether a verb takes a clause without an opening word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Bare {
    /// Never.
    #[default]
    Never,
    /// Where what follows has a finite verb.
    Finite,
    /// Always.
    Always,
}

/// What an attribution rule says besides its examples.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spec {
    /// How the cues attribute.
    pub frame: Frame,
    /// Words, phrases, or `stem|endings` with the name of a word list; the list `endings-participle` gives the forms
    /// that need an auxiliary, `endings-infinitive` those that speak by the verb before them ("volvió a decir").
    #[serde(default)]
    pub cues: Vec<String>,
    /// Whether a clause may follow without an opening word.
    #[serde(default)]
    pub bare: Bare,
    /// Words one of which must stand before the verb for such a clause to follow ("a [poll] found most were against it").
    #[serde(default)]
    pub bare_of: Vec<String>,
    /// Words beside those of every verb that may open its clause ("asked if").
    #[serde(default)]
    pub opened_by: Vec<String>,
    /// Whether the verb's object is who is told.
    #[serde(default)]
    pub tells: bool,
    /// Only words in marks are its content.
    #[serde(default)]
    pub marks_only: bool,
    /// Without a subject the form is a participle.
    #[serde(default)]
    pub needs_subject: bool,
    /// Endings of the word that must follow the cue.
    #[serde(default)]
    pub followed_by: Vec<String>,
    /// Its subject is that of the clause right before it ("gunmen arrived [shouting]").
    #[serde(default)]
    pub nearest: bool,
    /// Without a subject it goes on with the last speaker, whoever the sentences between were about ("continúa").
    #[serde(default)]
    pub resumes: bool,
    /// Words that, right behind the cue or a number there, make it another verb ("claimed five lives").
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Words that, in the same sentence, make it another construction.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// A cue that stands at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// The index of its rule.
    pub rule: usize,
    /// How it attributes.
    pub frame: Frame,
    /// How many tokens it has.
    pub len: usize,
    /// It needs an auxiliary before it.
    pub participle: bool,
    /// It speaks by the verb that governs it.
    pub infinitive: bool,
    /// Only words in marks are its content.
    pub marks: bool,
}

impl Cue {
    /// Whether words in marks alone can be its content.
    pub(super) fn marks_only(self) -> bool {
        self.marks || self.frame == Frame::Stance
    }
}

/// A cue with the words that it has beside its first one, by their numbers.
#[derive(Debug)]
struct Entry {
    second: Option<u32>,
    rest: Vec<u32>,
    cue: Cue,
}

/// What a pack has of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    classes: Classes,
    /// Whether it is in a list of words of some class, so that its ending says nothing of what form it is.
    listed: bool,
    begins: Begins,
}

/// What a word says of cues; that of no pack is the default.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Begins {
    /// The word's number, from one.
    id: u32,
    /// Which cues begin with it, from one.
    cues: u32,
}

impl Begins {
    pub(super) const fn begins_cues(self) -> bool {
        self.cues != 0
    }
}

impl Word {
    pub(super) const fn begins(&self) -> Begins {
        self.begins
    }
}

/// What an ending makes of a word.
#[derive(Clone, Debug)]
struct Ending {
    written: String,
    classes: Classes,
    /// Its last eight bytes.
    last: u64,
}

/// The lexicon of one language, looked up by hash.
#[derive(Debug)]
pub(super) struct Words {
    known: WordMap<Word>,
    /// Those written with accents, without them, as capitals often are.
    plain: WordMap<Word>,
    /// By their last byte.
    endings: Vec<Vec<Ending>>,
    verbs_agree: bool,
    /// Those that begin with the same word, the longest first.
    cues: Vec<Vec<Entry>>,
}

/// What endings say of a word, by the name of their list.
const ENDINGS: [(&str, Classes); 10] = [
    ("finite_endings", class::FINITE),
    ("past_endings", class::PAST),
    ("plural_endings", class::PLURAL),
    ("singular_endings", class::SINGULAR),
    ("many_endings", class::MANY),
    ("speaks_endings", class::SPEAKS),
    ("gerund_endings", class::GERUND),
    ("infinitive_endings", class::VERBAL),
    ("participle_endings", class::PARTICIPLE),
    ("manner_endings", class::MANNER),
];

/// Given names that say whether a woman or a man is meant, folded.
static GENDERS: LazyLock<WordMap<Classes>> = LazyLock::new(|| {
    let women = (include_str!("../../../data/gazetteer/women.txt"), class::FEMININE);
    let men = (include_str!("../../../data/gazetteer/men.txt"), class::MASCULINE);
    let mut names = WordMap::default();
    for (list, gender) in [women, men] {
        let lines = list.lines().filter(|l| !l.starts_with('#'));
        lines.flat_map(str::split_whitespace).for_each(|name| *names.entry(name) = gender);
    }
    names
});

/// What gender a word in small letters says of whom it names.
pub(super) fn gender_of_name(short: Short, word: &str) -> Classes {
    GENDERS.of(short, || fold(word).replace(' ', "-").into()).copied().unwrap_or(0)
}

impl Words {
    pub(super) fn new(pack: &Pack, rules: &Rules<Spec>) -> Result<Self> {
        let mut this = Self {
            known: WordMap::default(),
            plain: WordMap::default(),
            endings: vec![Vec::new(); 256],
            verbs_agree: false,
            cues: Vec::new(),
        };
        let mut endings: HashMap<&str, bool> = HashMap::new();
        for (name, list) in &rules.words {
            if let Some((_, bits)) = class::LISTS.iter().find(|(n, _)| n == name) {
                for word in list {
                    let word = this.entry(word);
                    (word.classes, word.listed) = (word.classes | bits, true);
                }
            } else if let Some((_, bits)) = ENDINGS.iter().find(|(n, _)| n == name) {
                for ending in list {
                    let Some(by_last) = ending.bytes().last() else { continue };
                    let last = last_bytes(ending) >> (64 - 8 * ending.len().min(8));
                    this.endings[usize::from(by_last)].push(Ending { written: ending.clone(), classes: *bits, last });
                }
            } else {
                endings.insert(name, false);
            }
        }
        for word in rules.words.get("nonfinite").into_iter().flatten() {
            this.entry(word).classes &= !class::FINITE;
        }
        for (index, rule) in rules.rules.iter().enumerate() {
            let wrong = |message: String| Error::Pack { file: rule.file.to_string(), line: rule.line, message };
            let mut add = |form: &str, participle: bool, infinitive: bool| {
                let mut words = form.split_whitespace();
                let Some(first) = words.next() else { return };
                let second = words.next().map(|word| this.entry(word).begins.id);
                let rest: Vec<u32> = words.map(|word| this.entry(word).begins.id).collect();
                let len = 1 + usize::from(second.is_some()) + rest.len();
                let cue = Cue { rule: index, frame: rule.spec.frame, len, participle, infinitive, marks: rule.spec.marks_only };
                let next = this.cues.len() as u32 + 1;
                let cues = &mut this.entry(first).begins.cues;
                let of_first = if *cues == 0 { next } else { *cues };
                *cues = of_first;
                if of_first == next {
                    this.cues.push(Vec::new());
                }
                this.cues[of_first as usize - 1].push(Entry { second, rest, cue });
            };
            for cue in &rule.spec.cues {
                let Some((stem, ending)) = cue.split_once('|') else {
                    add(cue, false, false);
                    continue;
                };
                let participles = format!("{ending}-participle");
                let infinitives = format!("{ending}-infinitive");
                if !rules.words.contains_key(ending) {
                    return Err(wrong(format!("rule {}: no list of endings is named {ending:?}", rule.id)));
                }
                for list in [ending, participles.as_str(), infinitives.as_str()] {
                    endings.insert(rules.words.get_key_value(list).map_or("", |(k, _)| k), true);
                    for suffix in rules.words.get(list).into_iter().flatten() {
                        add(&format!("{stem}{suffix}"), list == participles, list == infinitives);
                    }
                }
            }
        }
        if let Some((name, _)) = endings.iter().find(|(n, used)| !**used && !n.is_empty()) {
            return Err(Error::Pack {
                file: format!("{}/attribution.toml", pack.language),
                line: 1,
                message: format!("the word list {name:?} is neither a class of words nor the endings of any cue"),
            });
        }
        // Of cues with the same first word, the longest wins.
        for list in &mut this.cues {
            list.sort_by_key(|e| std::cmp::Reverse(e.cue.len));
        }
        for (word, known) in this.known.long().filter(|(word, _)| !word.is_ascii()) {
            *this.plain.entry(&fold(word)) = *known;
        }
        this.verbs_agree = this.endings.iter().flatten().any(|e| e.classes == class::MANY);
        Ok(this)
    }

    /// What is to be known of a word of the pack.
    fn entry(&mut self, word: &str) -> &mut Word {
        let before = self.known.len();
        let word = self.known.entry(&word.to_lowercase());
        if word.begins.id == 0 {
            word.begins.id = before as u32 + 1;
        }
        word
    }

    /// What is known of a word in small letters.
    pub(super) fn known(&self, short: Short, word: &str) -> Option<&Word> {
        self.known.of(short, || word.into())
    }

    /// The same of a text that leaves out accents.
    pub(super) fn without_accents(&self, short: Short, word: &str) -> Option<&Word> {
        self.plain.of(short, || word.into())
    }

    /// The classes of a word, of which this is known; only that of a short one may have capitals.
    pub(super) fn classes(&self, short: Short, word: &str, known: Option<&Word>) -> Classes {
        let last = if short.is_none() { last_bytes(word) } else { short.last(word.len()) };
        let endings = &self.endings[(last >> 56) as usize];
        let fits = |e: &&Ending| {
            let long = e.written.len();
            let tail = || word.as_bytes().iter().rev().zip(e.written.bytes().rev()).all(|(own, end)| own.to_ascii_lowercase() == end);
            word.len() > long + 1 && if long <= 8 { last >> (64 - 8 * long) == e.last } else { tail() }
        };
        let said = endings.iter().filter(fits).fold(0, |all, e| all | e.classes);
        let said = if said & class::SINGULAR == 0 { said } else { said & !(class::PLURAL | class::SINGULAR) };
        // What a word is by its ending counts only where the pack doesn't list it, but for what it means; the first of these.
        let form = || [class::FINITE, class::PAST, class::SPEAKS, class::MANNER].into_iter().find(|form| said & form != 0).unwrap_or(0);
        let said = if known.is_some_and(|word| word.classes & class::NO_INFINITIVE != 0) { said & !class::VERBAL } else { said };
        said & (class::PLURAL | class::MANY | class::GERUND | class::VERBAL | class::PARTICIPLE)
            | known
                .filter(|word| word.listed)
                .map_or_else(form, |word| word.classes | if word.classes & !class::FORM_APART == 0 { form() } else { 0 })
    }

    /// Whether the verb says if one or more than one does it.
    pub(super) fn verbs_agree(&self) -> bool {
        self.verbs_agree
    }

    /// The cues that stand at the first of some words, the longest first.
    pub(super) fn cues<'w>(&'w self, words: &'w [Begins]) -> impl Iterator<Item = Cue> + 'w {
        let first = words.first().and_then(|word| (word.cues as usize).checked_sub(1));
        let entries = first.and_then(|i| self.cues.get(i)).map_or(&[][..], Vec::as_slice);
        let is = move |at: usize, id: u32| words.get(at).is_some_and(|word| word.id == id);
        let fits = move |e: &&Entry| e.second.is_none_or(|id| is(1, id)) && e.rest.iter().enumerate().all(|(i, id)| is(2 + i, *id));
        entries.iter().filter(fits).map(|e| e.cue)
    }
}

/// The last eight bytes of a word, or as many as it has; the last one uppermost.
fn last_bytes(word: &str) -> u64 {
    let bytes = word.as_bytes();
    bytes.last_chunk().map_or_else(|| bytes.iter().fold(0, |all, b| all >> 8 | u64::from(*b) << 56), |last| u64::from_le_bytes(*last))
}
