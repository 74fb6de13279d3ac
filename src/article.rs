//! One article through the pipeline: every stage once, in order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::corpus::{Bylines, Cleaner, Document, PublishedDate, Source, SourceMap};
use crate::error::Result;
use crate::find::casualties::{Casualties, Found, Passed};
use crate::find::dates::{Dates, Timex};
use crate::find::entities::gazetteer::Gazetteer;
use crate::find::entities::{Entities, Mention, Office};
use crate::find::numbers::{Figure, Numbers, Policy};
use crate::find::quotes::{Quote, Quotes, in_order};
use crate::find::terms::{Term, Terms};
use crate::join::claims::{self, Claim};
use crate::join::duplicates::{self, Signature};
use crate::pack::{Failure, Lang, Pack, Packs};
use crate::span::Span;
use crate::text::{Sentence, Sentences, Text, foreign, language_of, other_language, paragraphs, sections};
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
    /// Begins now.
    #[must_use]
    pub fn start() -> Self {
        Self { since: Instant::now(), laps: Vec::new() }
    }

    /// A stage ends, and the next one begins.
    pub fn lap(&mut self, stage: &'static str) {
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
        let document = self.document(source);
        let mut read = [self.begun(&document)];
        find(&mut read, &mut Stopwatch::start());
        let [article] = read.map(Read::done);
        article(document)
    }

    /// The same of some sources: each stage reads one after the other, so that its words and rules are near at hand.
    #[must_use]
    pub fn articles(&self, sources: &[&Source], times: &mut Stopwatch) -> Vec<Article> {
        let documents: Vec<Document> = sources.iter().map(|source| self.document(source)).collect();
        times.lap("clean");
        let mut read: Vec<Read<'_>> = documents.iter().map(|document| self.begun(document)).collect();
        times.lap("sentences");
        find(&mut read, times);
        let articles: Vec<_> = read.into_iter().map(Read::done).collect();
        documents.into_iter().zip(articles).map(|(document, article)| article(document)).collect()
    }

    fn begun<'r>(&'r self, document: &'r Document) -> Read<'r> {
        Read { text: self.text(document), stages: self.language(document.language), found: Finds::default() }
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
        Text::new(document, sentences)
    }
}

/// A text that is being read.
struct Read<'r> {
    text: Text<'r>,
    stages: Option<&'r Language>,
    found: Finds,
}

/// What was found in a text so far.
#[derive(Default)]
struct Finds {
    quotes: Vec<Quote>,
    /// What is only meant is nobody's statement.
    meant: Vec<Quote>,
    mentions: Vec<Mention>,
    offices: Vec<Office>,
    dates: Vec<Timex>,
    figures: Vec<Figure>,
    numbers: Found,
    passed: Vec<Passed>,
    claims: Vec<Claim>,
    terms: Vec<Term>,
}

/// One stage.
type Find = fn(&Language, &Text<'_>, &mut Finds);

/// Finds what stands in some texts.
fn find(read: &mut [Read<'_>], times: &mut Stopwatch) {
    let stages: [(&str, Find); 7] = [
        ("quotes", |language, text, found| {
            found.quotes = language.quotes.find(text);
            found.meant = found.quotes.extract_if(.., |q| q.meant).collect();
        }),
        ("mentions", |language, text, found| (found.mentions, found.offices) = language.entities.find(text)),
        ("dates", |language, text, found| found.dates = language.dates.find(text)),
        ("claims", |language, text, found| found.figures = language.numbers.find(text)),
        ("claims", |language, text, found| {
            let dates: Vec<Span> = found.dates.iter().map(|d| d.span).collect();
            found.numbers = language.casualties.find(text, &found.figures, &dates);
            found.passed = std::mem::take(&mut found.numbers.passed);
        }),
        ("claims", |_, text, found| {
            let numbers = std::mem::take(&mut found.numbers);
            found.claims = claims::join(text, numbers, &found.quotes, &found.dates, &found.mentions);
        }),
        ("terms", |language, text, found| found.terms = language.terms.find(text, &found.quotes, &found.mentions)),
    ];
    for (stage, find) in stages {
        for Read { text, stages, found } in &mut *read {
            stages.iter().for_each(|language| find(language, text, found));
        }
        times.lap(stage);
    }
}

impl Read<'_> {
    /// What makes an article of its document.
    fn done(self) -> impl FnOnce(Document) -> Article + use<> {
        let Self { text, stages, found: Finds { mut quotes, meant, mentions, offices, dates, passed, claims, terms, .. } } = self;
        quotes.extend(meant);
        in_order(&mut quotes);
        let signature = signature(&text, &claims, &dates);
        let sentence_tokens = text.each_sentence().map(|(_, own)| own.len()).collect();
        let (tokens, sentences) = (text.tokens.len(), text.sentences);
        let read_by = stages.map_or(text.document.language, |language| language.code);
        move |document| Article {
            document,
            read_by,
            tokens,
            sentence_tokens,
            sentences,
            quotes,
            mentions,
            offices,
            dates,
            claims,
            passed,
            terms,
            signature,
        }
    }
}

/// What is kept of a text to find its repetitions. Its figures are those of its claims, and the numbers of its text outside of dates,
/// which each outlet writes its own way.
fn signature(text: &Text<'_>, claims: &[Claim], dates: &[Timex]) -> Signature {
    let claims = claims.iter().map(|c| {
        let figure = &c.count.figure;
        format!("{} {:?} {:?} {}", c.count.kind, figure.min, figure.max, c.count.negated)
    });
    let has_digit = |span: Span| text.cut(span).bytes().any(|b| b.is_ascii_digit());
    let body =
        text.each_sentence().filter(|(s, _)| matches!(s.section, Section::Lead | Section::Body | Section::List) && has_digit(s.span));
    let numbers = body.flat_map(|(_, own)| &text.tokens[own]).map(|t| t.span).filter(|&span| {
        has_digit(span) && dates.get(dates.partition_point(|d| d.span.end <= span.start)).is_none_or(|d| !d.span.overlaps(span))
    });
    let figures: Vec<Cow<'_, str>> = claims.map(Cow::from).chain(numbers.map(|span| Cow::from(text.cut(span)))).collect();
    duplicates::signature(text.as_str(), figures.iter().map(AsRef::as_ref))
}
