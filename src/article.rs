//! One article through the pipeline: every stage once, in order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::corpus::{Bylines, Cleaner, Document, PublishedDate, Source, SourceMap};
use crate::error::Result;
use crate::find::casualties::{Casualties, Passed};
use crate::find::dates::{Dates, Timex};
use crate::find::entities::gazetteer::Gazetteer;
use crate::find::entities::{Entities, Mention, Office};
use crate::find::numbers::{Numbers, Policy};
use crate::find::quotes::{Quote, Quotes, in_order};
use crate::find::terms::{Term, Terms};
use crate::join::claims::{self, Claim};
use crate::join::duplicates::{self, Signature};
use crate::pack::{Failure, Lang, Pack, Packs};
use crate::span::Span;
use crate::text::{Sentence, Sentences, Text, foreign, language_of, other_language, paragraphs, sections, tokens};
use crate::vocabulary::Section;

/// The compiled stages of one language.
#[derive(Debug)]
pub struct Language {
    /// Its code.
    pub code: Lang,
    /// Where sentences end.
    pub sentences: Sentences,
    /// Number words.
    pub numbers: Numbers,
    /// Whose words.
    pub quotes: Quotes,
    /// Names.
    pub entities: Entities,
    /// When.
    pub dates: Dates,
    /// How many of whom.
    pub casualties: Casualties,
    /// Loaded words.
    pub terms: Terms,
}

impl Language {
    /// The first document of a language waits for it, so it is done in two halves at once. (Not by rayon, whose threads would take up
    /// other documents while they wait, and wait for this language in them.)
    fn load(pack: &Pack, policy: &Policy) -> Result<Self> {
        std::thread::scope(|scope| {
            let half = scope.spawn(|| (Sentences::load(pack), Entities::load(pack), Dates::load(pack)));
            let (numbers, casualties) = (Numbers::load_with(pack, policy), Casualties::load_with(pack, policy));
            let (quotes, terms) = (Quotes::load(pack), Terms::load(pack));
            let (sentences, entities, dates) = half.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Ok(Self {
                code: pack.language,
                sentences: sentences?,
                numbers: numbers?,
                quotes: quotes?,
                entities: entities?,
                dates: dates?,
                casualties: casualties?,
                terms: terms?,
            })
        })
    }
}

/// A language's stages, compiled when the first document of that language comes.
#[derive(Debug)]
struct Shelf {
    pack: Pack,
    policy: Policy,
    loaded: OnceLock<Language>,
}

impl Shelf {
    /// What a user wrote is compiled at once, so that a mistake is told before anything is read.
    fn new(pack: &Pack, policy: &Policy) -> Result<Self> {
        Numbers::load_with(pack, policy)?;
        let loaded = if pack.is_shipped() { OnceLock::new() } else { OnceLock::from(Language::load(pack, policy)?) };
        Ok(Self { pack: pack.clone(), policy: policy.clone(), loaded })
    }

    /// The tests have shown that a pack that comes with the program loads. One that doesn't all the same must never pass for a language in
    /// which nothing is found.
    fn language(&self) -> &Language {
        self.loaded.get_or_init(|| {
            Language::load(&self.pack, &self.policy)
                .unwrap_or_else(|e| panic!("a language pack that comes with this program is faulty: {e}"))
        })
    }
}

/// Everything that is loaded once and used for every article.
#[derive(Debug)]
pub struct Extractor {
    languages: BTreeMap<Lang, Shelf>,
    cleaner: Cleaner,
    bylines: Bylines,
    policy: Policy,
}

/// One article with all that was found in it.
#[derive(Debug)]
pub struct Article {
    /// The clean text and where it came from.
    pub document: Document,
    /// The language whose rules it was read by: its own, if there are any for that.
    pub read_by: Lang,
    /// The number of tokens of the document.
    pub tokens: usize,
    /// The number of tokens of each sentence.
    pub sentence_tokens: Vec<usize>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Its quotations.
    pub quotes: Vec<Quote>,
    /// Its names.
    pub mentions: Vec<Mention>,
    /// The offices that stand in it for their holders.
    pub offices: Vec<Office>,
    /// Its temporal expressions.
    pub dates: Vec<Timex>,
    /// Its reported figures.
    pub claims: Vec<Claim>,
    /// Its numbers that are no reported figures.
    pub passed: Vec<Passed>,
    /// Its loaded terms.
    pub terms: Vec<Term>,
    signature: Signature,
    /// How long each stage took.
    pub times: Stopwatch,
}

/// How long each stage took, in the order they ran.
#[derive(Debug)]
pub struct Stopwatch {
    since: Instant,
    /// Stages with their times.
    pub laps: Vec<(&'static str, Duration)>,
}

impl Article {
    /// What is kept of it to find the documents that repeat it.
    #[must_use]
    pub fn signature(&self) -> Signature {
        self.signature.clone()
    }
}

impl Stopwatch {
    fn start() -> Self {
        Self { since: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.since));
        self.since = now;
    }
}

impl Extractor {
    /// Compiles the packs; figures are read by [`Policy::DEFAULT`].
    ///
    /// # Errors
    /// With file and line, if a pack is not as it must be.
    pub fn new(packs: &Packs) -> Result<Self> {
        Self::with_policy(packs, &Policy::shipped(Policy::DEFAULT)?)
    }

    /// Compiles the packs; `policy` says how figures become intervals.
    ///
    /// # Errors
    /// With file and line, if a pack is not as it must be.
    pub fn with_policy(packs: &Packs, policy: &Policy) -> Result<Self> {
        let (languages, cleaner, bylines) = std::thread::scope(|scope| {
            let cleaner = scope.spawn(|| Cleaner::load(packs));
            let languages = packs.iter().map(|p| Ok((p.language, Shelf::new(p, policy)?))).collect::<Result<_>>();
            let bylines = Bylines::load(packs);
            // The first document of any language needs it, and there is time meanwhile; what is wrong with it is told then.
            let _ = Gazetteer::shipped();
            (languages, cleaner.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), bylines)
        });
        Ok(Self { languages: languages?, cleaner: cleaner?, bylines: bylines?, policy: policy.clone() })
    }

    /// The policy by which figures become intervals.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// A hash of all that it was made from: the program, the packs, the policy. Two with the same one find the same in a document.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        let packs = self.languages.values().flat_map(|shelf| [shelf.pack.language.to_string(), shelf.pack.sha256()]);
        let program = [env!("CARGO_PKG_VERSION").to_owned(), env!("NEWSFRAME_BUILD").to_owned(), self.policy.sha256.clone()];
        program.into_iter().chain(packs).for_each(|part| hash.update(part + "\n"));
        crate::corpus::hex(&hash.finalize())
    }

    /// The stages of a language; English's for one that has no pack.
    #[must_use]
    pub fn language(&self, code: Lang) -> Option<&Language> {
        Some(self.languages.get(&code).or_else(|| self.languages.get(&Lang::EN))?.language())
    }

    /// Runs every rule of every pack against its own examples.
    #[must_use]
    pub fn check(&self) -> Vec<Failure> {
        self.languages
            .values()
            .map(Shelf::language)
            .flat_map(|l| {
                [
                    l.sentences.check(),
                    l.numbers.check(),
                    l.quotes.check(),
                    l.entities.check(),
                    l.dates.check(),
                    l.casualties.check(),
                    l.terms.check(),
                ]
            })
            .flatten()
            .chain(self.bylines.check())
            .chain(self.cleaner.check())
            .collect()
    }

    /// Takes one source all the way to what stands in it.
    #[must_use]
    pub fn article(&self, source: &Source) -> Article {
        let mut times = Stopwatch::start();
        let document = self.document(source);
        times.lap("clean");
        let text = self.text(&document);
        times.lap("sentences");
        let mut read_by = document.language;
        let mut offices = vec![];
        let (mut quotes, mut mentions, mut dates, mut terms) = (vec![], vec![], vec![], vec![]);
        let (mut found_claims, mut passed) = (vec![], vec![]);
        if let Some(stages) = self.language(document.language) {
            read_by = stages.code;
            quotes = stages.quotes.find(&text);
            times.lap("quotes");
            (mentions, offices) = stages.entities.find(&text);
            times.lap("mentions");
            dates = stages.dates.find(&text);
            times.lap("dates");
            let figures = stages.numbers.find(&text);
            let date_spans: Vec<Span> = dates.iter().map(|d| d.span).collect();
            let mut numbers = stages.casualties.find(&text, &figures, &date_spans);
            passed = std::mem::take(&mut numbers.passed);
            // What is only meant is nobody's statement.
            let meant: Vec<Quote> = quotes.extract_if(.., |q| q.meant).collect();
            found_claims = claims::join(&text, numbers, &quotes, &dates, &mentions);
            times.lap("claims");
            terms = stages.terms.find(&text, &quotes, &mentions);
            times.lap("terms");
            quotes.extend(meant);
            in_order(&mut quotes);
        }
        let signature = signature(&text, &found_claims, &dates);
        let sentence_tokens = text.sentences.iter().map(|s| text.tokens_in(s.span).len()).collect();
        let (tokens, sentences) = (text.tokens.len(), text.sentences);
        Article {
            read_by,
            tokens,
            sentence_tokens,
            sentences,
            quotes,
            mentions,
            offices,
            dates,
            claims: found_claims,
            passed,
            terms,
            signature,
            times,
            document,
        }
    }

    /// Cleans a source and settles what is known of it.
    #[must_use]
    pub fn document(&self, source: &Source) -> Document {
        let language = |text: &str| source.language.or_else(|| self.language_of(text));
        let (text, edits, unrepaired) = self.cleaner.clean(&source.text, source.skip, language);
        let language = language(&text).unwrap_or(Lang::EN);
        // What is said beside the text in words comes before what the text says of itself.
        let told = || {
            let (words, basis) = source.dateline.as_ref()?;
            Some(PublishedDate { basis: *basis, ..self.bylines.published(words, language)? })
        };
        let published = source.published.or_else(told).or_else(|| self.bylines.published(&text, language));
        let hash = |parts: &[&str]| {
            let mut hash = Sha256::new();
            parts.iter().for_each(|p| hash.update(p));
            crate::corpus::hex(&hash.finalize())
        };
        let map = source.has_bytes.then(|| SourceMap::new(&edits));
        // Content and place, so that a text that is there twice is two documents.
        let id = source.id.clone().unwrap_or_else(|| hash(&[&source.path, "\0", &source.text])[..16].to_owned());
        let sha256 = hash(&[&source.text]);
        Document {
            id,
            path: source.path.clone(),
            source: source.source.clone(),
            title: source.title.clone(),
            author: source.author.clone(),
            url: source.url.clone(),
            language,
            published,
            text,
            edits,
            map,
            sha256,
            unrepaired,
        }
    }

    /// The language of a text: the likeliest of those with a pack, unless it is surely in another.
    fn language_of(&self, text: &str) -> Option<Lang> {
        let loaded = || self.languages.keys().copied();
        let found = language_of(text, loaded());
        let stages = found.and_then(|l| self.language(l));
        other_language(text, found, loaded(), |word| stages.is_some_and(|s| s.sentences.is_common(word))).or(found)
    }

    /// Cuts a clean text into tokens and sentences.
    #[must_use]
    pub fn text<'d>(&self, document: &'d Document) -> Text<'d> {
        let mut sentences = Vec::new();
        if let Some(stages) = self.language(document.language) {
            let text = document.text.as_str();
            let paragraphs = paragraphs(text);
            let sections = sections(&stages.sentences, text, &paragraphs, document.title.as_deref());
            let others: Vec<Lang> = self.languages.keys().copied().collect();
            for (paragraph, (span, section)) in (0_u32..).zip(paragraphs.into_iter().zip(sections)) {
                for span in stages.sentences.split(text, span) {
                    let foreign = foreign(span.of(text), document.language, &others, |w| stages.sentences.is_common(w));
                    sentences.push(Sentence { span, paragraph, section, language: foreign.unwrap_or(document.language) });
                }
            }
        }
        Text { document, tokens: tokens(&document.text, 0), sentences }
    }
}

/// What is kept of a text to find its repetitions. Its figures are those of its claims, and the numbers of its text outside of dates,
/// which each outlet writes its own way.
fn signature(text: &Text<'_>, claims: &[Claim], dates: &[Timex]) -> Signature {
    let claims = claims.iter().map(|c| {
        let figure = &c.count.figure;
        format!("{} {:?} {:?} {}", c.count.kind, figure.min, figure.max, c.count.negated)
    });
    let body = text.sentences.iter().filter(|s| matches!(s.section, Section::Lead | Section::Body | Section::List));
    let numbers = body.flat_map(|s| text.tokens_in(s.span)).map(|t| t.span).filter(|&span| {
        let digit = text.cut(span).bytes().any(|b| b.is_ascii_digit());
        digit && dates.get(dates.partition_point(|d| d.span.end <= span.start)).is_none_or(|d| !d.span.overlaps(span))
    });
    let figures: Vec<Cow<'_, str>> = claims.map(Cow::from).chain(numbers.map(|span| Cow::from(text.cut(span)))).collect();
    duplicates::signature(text.as_str(), figures.iter().map(AsRef::as_ref))
}
