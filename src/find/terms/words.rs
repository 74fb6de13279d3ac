//! The words that tell naming and denial, as roles: one list, in which each word is looked up once.

use std::collections::BTreeMap;

use crate::text::{Short, Token, TokenKind, WordMap, make_small, tokens};

/// What a word may do, as bits.
pub(super) type Roles = u128;

/// Gives each role a bit; the list of a pack that has its words is named like it.
macro_rules! roles {
    ($($(#[doc = $about:literal])+ $name:ident,)+) => {
        const ROLES: &[(&str, Roles)] = &[$((stringify!($name), $name)),+];
        roles!(@ 0u32; $($(#[doc = $about])+ $name,)+);
    };
    (@ $n:expr; $(#[doc = $about:literal])+ $name:ident, $($rest:tt)*) => {
        $(#[doc = $about])+
        pub(super) const $name: Roles = 1 << $n;
        roles!(@ $n + 1; $($rest)*);
    };
    (@ $n:expr;) => {
        /// A quotation mark.
        pub(super) const QUOTE: Roles = 1 << $n;
    };
}

roles! {
    /// not, never, no
    NEGATORS,
    /// is, are, fue
    COPULAS,
    /// isn't
    NEGATIVE_COPULAS,
    /// the, a, los
    DETERMINERS,
    /// a, un
    INDEFINITES,
    /// our, nuestros: "they were our liberators"
    POSSESSIVES,
    /// calls, tildó
    NAMING,
    /// as, de, como: between a naming verb and the name it gives
    LINKS,
    /// considerado, tachada: those of `naming` and `seeing` that say it of a noun, where a language tells them from other forms
    PARTICIPLES,
    /// Those of `naming` that take every one of `links`; the others take those of `seen_as` only.
    ACCUSING,
    /// see, ven: they name only with one of `seen_as`
    SEEING,
    /// as, como
    SEEN_AS,
    /// took, tienen: they name only with one of `held_as`
    HOLDING,
    /// for, por: "took them for rebels", "lo tienen por héroe"
    HELD_AS,
    /// not, no: after a comma they set a name apart from the one that is given (", not a rebel")
    APART,
    /// what (they call), (lo) que (llaman)
    FRONTS,
    /// who, que: after whom they say something of, they are the subject of the verb behind them
    RELATIVES,
    /// what must stand before one of `fronts`, where a language needs it: lo, los
    LEADS,
    /// quienes: one of `fronts` that needs none of `leads`
    HEADS,
    /// a, al: mark the object where it follows the name
    OBJECTS,
    /// lo, les: the object before the verb
    CLITICS,
    /// it, they: before a verb they are its whole subject
    PRONOUNS,
    /// he, ella: of `pronouns` those that stand for the one whom a sentence before has named
    ANAPHORS,
    /// he, she: of `anaphors` those that stand for a person
    PERSONAL,
    /// llamó, tilda: their subject may be left out
    DROPPING,
    /// se: before a verb it has no subject to look for
    IMPERSONAL,
    /// llamados, denominada: right behind an article they name for nobody
    ATTRIBUTES,
    /// use, pronunciar: with one of `mentions` they are what its speaker does
    USING,
    /// by, por: who names, behind a passive
    AGENTS,
    /// that, how, y: another clause begins
    BREAKS,
    /// during, desde: of `breaks` those behind which stands no subject
    GOVERNORS,
    /// fake, falsa
    FAKES,
    /// deny, niega
    DENIALS,
    /// being, ser
    BEINGS,
    /// for, on: after a naming verb they make it another verb
    PARTICLES,
    /// to: of these the ones whom somebody is meant by behind a naming verb ("refers to the candidate as a puppet")
    TOWARD,
    /// but, sino
    CONTRASTS,
    /// of, de: within names
    JOINERS,
    /// After a negator and before a link they say what something is not: "no se trata de".
    IDENTITY,
    /// stop, without, dejar, falsely: beside a naming verb, or before a copula, they deny it
    CEASES,
    /// and, or, nor: between the names of a list
    LISTS,
    /// there: "there was no uprising" denies what happened, not what it is called
    EXISTENCE,
    /// can, pueden, had: between a negator and a copula
    AUXILIARIES,
    /// believe, acepta: where nobody does so, what is believed is denied
    BELIEVING,
    /// say, dice: where nobody does so, what is said is denied
    SAYING,
    /// nobody, none, nadie
    NOBODY,
    /// no, ningún: as the first word of a clause they make its subject nobody
    NO_ONE,
    /// all, todos: behind a negator that begins a clause they make its subject not all, or nobody ("not a single one")
    EVERYONE,
    /// certainly, desde luego: between a copula and a negator
    ADVERBS,
    /// gang, act, banda: "a gang of thugs" says of somebody what "thugs" says
    KINDS,
    /// make, convierte: what they do not make of somebody is denied
    MAKING,
    /// who, quien: after a name they make it the one picked out ("it was not the rebels who fired")
    CLEFTS,
    /// word, label, charge, palabra: a name that is spoken of
    MENTIONS,
    /// avoid, evitó: with one of `mentions` they deny it
    SHUNS,
    /// just, solo: behind a negator they take its denial back
    MORE,
    /// wrong, errónea: after one of `mentions` and its name they deny it
    WRONG,
    /// want, need: what is set apart from what they bring is not named so
    WANTING,
    /// fit, corresponde: the same with a negator
    FITS,
    /// see, ven, but not "vio en la plaza a": with one of `within` they name what they see in somebody
    SIGHTS,
    /// in, en
    WITHIN,
    /// servicio, sueldo: behind one of `objects` nobody who is named ("al servicio de")
    SERVICES,
    /// them, her: before a participle they are whom it names
    OBLIQUE,
    /// known: who names stands behind one of `toward`
    KNOWN,
    /// trata: it names with one of `links` where whom is said
    TREATING,
    /// amounts (to): with one of `toward` a copula
    AMOUNTING,
    /// lo: of `leads` the one that stands for nothing before it
    NEUTER,
    /// rejected, dijo: verbs at which a subject ends
    FINITE,
    /// critics, muchos: without an article, those in whose view something is so
    VIEWERS,
    /// years, north, día: behind one of the phrases of `views` nobody's view
    TIMES,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    known: WordMap<Roles>,
    /// The roles that any word has.
    any: Roles,
    /// Object pronouns as endings of a verb: -lo, -los.
    pub enclitics: Vec<String>,
    /// Endings of finite verbs.
    finite: Vec<String>,
    /// Those of participles.
    participle: Vec<String>,
    /// Phrases that deny what follows them: "anything but", "nada de".
    pub none: Vec<Vec<String>>,
    /// Phrases between what somebody is or is called and what not: "rather than".
    pub instead: Vec<Vec<String>>,
    /// Phrases before the one in whose view something is so: "in the eyes of", "para".
    pub views: Vec<Vec<String>>,
}

impl Words {
    /// Of a pack's lists, by their names.
    pub fn new(mut lists: BTreeMap<String, Vec<String>>) -> Self {
        let mut list = |name: &str| lists.remove(name).unwrap_or_default();
        let phrases = |list: Vec<String>| list.iter().map(|phrase| split(phrase)).collect();
        let [none, instead, views] = ["none", "instead", "views"].map(|name| phrases(list(name)));
        let [finite, participle] = ["finite_endings", "participle_endings"].map(&mut list);
        let (mut known, mut any, mut enclitics) = (WordMap::<Roles>::default(), 0, Vec::new());
        for (name, role) in ROLES {
            let words = list(&name.to_lowercase());
            for word in &words {
                *known.entry(word) |= role;
                any |= role;
            }
            if *role == CLITICS {
                enclitics = words;
            }
        }
        Self { known, any, enclitics, finite, participle, none, instead, views }
    }

    /// What a word or a mark may do, without its possessive ending.
    pub fn roles(&self, word: &str) -> Roles {
        if is_quote(word) { QUOTE } else { in_list(&self.known, word).copied().unwrap_or_default() }
    }

    /// The same of a token.
    pub fn roles_of(&self, text: &str, token: &Token) -> Roles {
        let quote = token.kind == TokenKind::Mark && is_quote(token.span.of(text));
        if quote { QUOTE } else { known(&self.known, text, token).copied().unwrap_or_default() }
    }

    /// Whether a word has one of some roles.
    pub fn are(&self, word: &str, roles: Roles) -> bool {
        self.roles(word) & roles != 0
    }

    /// Whether a word in small letters ends like a finite verb.
    pub fn is_finite(&self, word: &str) -> bool {
        word.starts_with(char::is_lowercase) && self.finite.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// Whether a word ends like a participle.
    pub fn is_participle(&self, word: &str) -> bool {
        self.participle.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// Whether the language has words of a role.
    pub const fn has(&self, role: Roles) -> bool {
        self.any & role != 0
    }
}

/// The tokens of a form, in lower case.
pub(super) fn split(form: &str) -> Vec<String> {
    tokens(form, 0).iter().map(|t| t.span.of(form).to_lowercase()).collect()
}

/// The word in lower case, without a possessive ending.
pub(super) fn lower(word: &str) -> String {
    let mut out = String::new();
    make_small(&word[..stem_len(word)], &mut out);
    out
}

fn lowered(stem: &str) -> impl Iterator<Item = char> {
    stem.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c })
}

/// What a list says of a word without its possessive ending.
pub(super) fn in_list<'l, V>(list: &'l WordMap<V>, word: &str) -> Option<&'l V> {
    list.of(Short::of(&word[..stem_len(word)]), || lower(word).into())
}

/// The same of a token.
pub(super) fn known<'l, V>(list: &'l WordMap<V>, text: &str, token: &Token) -> Option<&'l V> {
    if token.plain { list.short(token.short) } else { in_list(list, token.span.of(text)) }
}

/// Whether a word without its possessive ending is one in lower case.
pub(super) fn is_lower(word: &str, low: &str) -> bool {
    let stem = &word[..stem_len(word)];
    if stem.is_ascii() { stem.eq_ignore_ascii_case(low) } else { lowered(stem).eq(low.chars()) }
}

/// The length of a word without its possessive ending.
pub(super) fn stem_len(word: &str) -> usize {
    let owned = word.strip_suffix(['s', 'S']).and_then(|owner| owner.strip_suffix(['\'', '’']));
    owned.map_or(word.len(), str::len)
}

pub(super) fn is_quote(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "«" | "»" | "‘" | "’" | "'" | "„" | "‹" | "›")
}
