//! From a corpus to rows: articles side by side, then what joins them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::article::{Article, Extractor};
use crate::corpus::{Alias, Corpus, Problem, Reader};
use crate::find::casualties::Passed;
use crate::find::quotes::{overlapping, voice_at};
use crate::join::duplicates::{Originals, Signature};
use crate::join::entities::{self, Apart, Entity, Joined, Name, Named, Names};
use crate::join::groups::{Report, groups};
use crate::span::Span;
use crate::tables::{
    ClaimRow, DateRow, DocumentRow, EditRow, EntityRow, FigureRow, MentionRow, NameRow, ProblemRow, QuoteRow, ReportRow, SentenceRow,
    Tables, TermRow,
};
use crate::vocabulary::{EditKind, EntityKind, Joining, QuoteKind, Reason, Voice};

/// What a corpus gave.
#[derive(Debug, Default)]
pub struct Extraction {
    /// The rows of every table.
    pub tables: Tables,
    /// How long each stage took, added over all threads.
    pub times: Vec<(&'static str, Duration)>,
}

/// Extracts every table from a corpus that is in memory. `done` is called once for each document that is finished, from any
/// thread.
#[must_use]
pub fn extract(extractor: &Extractor, corpus: &Corpus, done: impl Fn() + Sync) -> Extraction {
    let each = |source| {
        let article = extractor.article(source);
        done();
        article
    };
    tables(corpus.sources.par_iter().map(each).collect(), &corpus.problems, &corpus.aliases)
}

/// Documents that are read before they are extracted side by side, at most.
const BATCH: usize = 256;
/// Bytes of text that are read before, at most, unless a single text has more.
const BATCH_BYTES: usize = 8 << 20;

/// How far an extraction is.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// Documents that are extracted.
    pub documents: usize,
    /// Bytes of the corpus's files that they take up, about.
    pub bytes: u64,
}

/// The same from a corpus as it is read: of the sources no more than a batch is in memory, however large the files are. `done` is
/// called after each document, from any thread.
#[must_use]
pub fn extract_from(extractor: &Extractor, reader: &mut Reader, done: impl Fn(Done) + Sync) -> Extraction {
    let mut articles: Vec<Article> = Vec::new();
    loop {
        let from = reader.bytes_read();
        let mut bytes = 0;
        let mut batch = Vec::new();
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(source) = reader.next() else { break };
            bytes += source.text.len();
            batch.push(source);
        }
        if batch.is_empty() {
            return tables(articles, &reader.problems, &reader.aliases);
        }
        let (before, of, read) = (articles.len(), batch.len(), reader.bytes_read() - from);
        let count = AtomicUsize::new(0);
        // Each source is let go as soon as its article is there.
        articles.par_extend(batch.into_par_iter().map(|source| {
            let article = extractor.article(&source);
            let n = count.fetch_add(1, Ordering::Relaxed) + 1;
            done(Done { documents: before + n, bytes: from + read * n as u64 / of as u64 });
            article
        }));
    }
}

/// What joins the articles, and the rows of all.
fn tables(articles: Vec<Article>, problems: &[Problem], aliases: &[Alias]) -> Extraction {
    let mut times: Vec<(&'static str, Duration)> = Vec::new();
    for (stage, took) in articles.iter().flat_map(|a| &a.times.laps) {
        match times.iter_mut().find(|(s, _)| s == stage) {
            Some((_, sum)) => *sum += *took,
            None => times.push((stage, *took)),
        }
    }
    let started = Instant::now();
    let names: Vec<Names<'_>> = articles
        .iter()
        .map(|a| Names { text: &a.document.text, mentions: &a.mentions, offices: &a.offices, published: a.document.published })
        .collect();
    let joined = entities::join(&names, aliases);
    let mut tables = Tables::default();
    let mut originals = Originals::default();
    for (i, article) in articles.iter().enumerate() {
        let who = Who::joined(article, i, &joined);
        let mut rows = rows(article, &who);
        let original = originals.place(&article.document.id, article.signature());
        rows.documents.iter_mut().for_each(|d| d.duplicate_of.clone_from(&original));
        tables.extend(rows);
    }
    group_claims(&articles, &mut tables.claims);
    tables.entities = entity_rows(&joined);
    tables.problems = problems.iter().map(problem).collect();
    times.push(("join", started.elapsed()));
    Extraction { tables, times }
}

/// Whom each name and office of an article means.
struct Who<'a> {
    /// For each mention the id of its entity, and why it is that.
    mentions: Vec<(&'a str, Option<Joining>)>,
    /// Every name, and every office with a known holder, in the order of their ends, with the id of its entity and whether it
    /// is an office.
    all: Vec<(Span, &'a str, bool)>,
}

impl<'a> Who<'a> {
    /// By the index of a document among those that were joined.
    fn joined(article: &Article, index: usize, joined: &'a Joined) -> Self {
        let id = |e: usize| joined.entities[e].id.as_ref();
        let mentions = joined.mentions[index].iter().map(|&(e, why)| (id(e), why)).collect();
        let holders = joined.offices.get(index).into_iter().flatten();
        Self::of(article, mentions, holders.map(|e| e.map(id)))
    }

    /// By the id of each mention with what joined it, and the id of each office's holder.
    fn of(article: &Article, mentions: Vec<(&'a str, Option<Joining>)>, holders: impl Iterator<Item = Option<&'a str>>) -> Self {
        let offices = article.offices.iter().zip(holders).filter_map(|(o, holder)| Some((o.span, holder?, true)));
        let mut all: Vec<_> = article.mentions.iter().zip(&mentions).map(|(m, (id, _))| (m.span, *id, false)).chain(offices).collect();
        // An office ends where the country in it does; the office is what is meant.
        all.sort_by_key(|(span, ..)| (span.end, std::cmp::Reverse(span.start)));
        Self { mentions, all }
    }

    /// The entity of a stretch of text is that of the last name in it: "the representative of the city police, Saltanat
    /// Azirbek" is Azirbek. An office counts only where it opens the stretch: a spokesman for the president is not the president.
    fn within(&self, stretch: Span, text: &str) -> Option<&'a str> {
        let opens = |s: Span| text.get(stretch.start..s.start).is_some_and(|before| before.split_whitespace().count() < 2);
        let ended = self.all.partition_point(|(s, ..)| s.end <= stretch.end);
        let mut inside = self.all[..ended].iter().rev().take_while(|(s, ..)| s.end > stretch.start);
        // Of an office and the country that it ends with the office comes first.
        inside.find(|(s, _, is_office)| stretch.contains(*s) && (!is_office || opens(*s))).map(|(_, id, _)| *id)
    }
}

fn entity_rows(joined: &Joined) -> Vec<EntityRow> {
    let Joined { entities, mentions: of_mention, .. } = joined;
    let (mut mentions, mut documents) = (vec![0u32; entities.len()], vec![0u32; entities.len()]);
    let mut last = vec![usize::MAX; entities.len()];
    for (document, of_mention) in of_mention.iter().enumerate() {
        for &(e, _) in of_mention {
            mentions[e] += 1;
            documents[e] += u32::from(last[e] != document);
            last[e] = document;
        }
    }
    entities.iter().zip(mentions.into_iter().zip(documents)).map(|(e, (mentions, documents))| entity_row(e, mentions, documents)).collect()
}

/// The row of an entity that is named so often in so many documents.
pub(crate) fn entity_row(e: &Entity, mentions: u32, documents: u32) -> EntityRow {
    EntityRow {
        entity_id: e.id.to_string(),
        name: e.name.clone(),
        kind: e.kind,
        aliases: e.aliases.clone(),
        wikidata: e.wikidata.clone(),
        country: e.country.clone(),
        latitude: e.location.map(|(latitude, _)| latitude),
        longitude: e.location.map(|(_, longitude)| longitude),
        mentions,
        documents,
    }
}

pub(crate) fn problem(p: &Problem) -> ProblemRow {
    ProblemRow {
        path: p.path.clone(),
        doc_id: p.doc_id.clone(),
        stage: p.stage.to_owned(),
        severity: p.severity,
        message: p.message.clone(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The rows of one article.
fn rows(article: &Article, who: &Who<'_>) -> Tables {
    let d = &article.document;
    let doc_id = || d.id.clone();
    let text = d.text.as_str();
    let cut = |s: Span| s.of(text).to_owned();
    let raw = |s: Span| d.raw(s).map_or((None, None), |r| (Some(r.start as u64), Some(r.end as u64)));
    let id = |table: &str, s: Span, extra: &str| format!("{}.{table}.{}-{}{extra}", d.id, s.start, s.end);
    let sentence_index = |s: Span| {
        let i = article.sentences.partition_point(|x| x.span.end <= s.start);
        article.sentences.get(i).filter(|x| x.span.start < s.end.max(s.start + 1)).map(|_| i)
    };
    let sentence_id = |s: Span| sentence_index(s).map(|i| id("s", article.sentences[i].span, ""));
    let entity = |s: Option<Span>| who.within(s?, text).map(str::to_owned);

    let mut out = Tables::default();
    let repaired: Vec<Span> =
        d.edits.iter().filter(|e| e.kind == EditKind::Mojibake).map(|e| Span::new(e.clean_start, e.clean_start + e.after.len())).collect();
    out.documents.push(DocumentRow {
        doc_id: doc_id(),
        path: d.path.clone(),
        source: d.source.clone(),
        title: d.title.clone(),
        author: d.author.clone(),
        url: d.url.clone(),
        language: d.language.to_string(),
        published: d.published.map(|p| p.first),
        published_precision: d.published.map(|p| p.precision),
        published_basis: d.published.map(|p| p.basis),
        text: d.text.clone(),
        paragraphs: article
            .sentences
            .iter()
            .map(|s| s.paragraph)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
            .try_into()
            .unwrap_or(u32::MAX),
        sentences: count(article.sentences.len()),
        tokens: count(article.tokens),
        sha256: d.sha256.clone(),
        repairs: count(repaired.len()),
        unrepaired: d.unrepaired,
        removed_lines: count(d.edits.iter().filter(|e| e.kind == EditKind::Furniture).count()),
        // Known only when all documents are.
        duplicate_of: None,
    });
    for e in &d.edits {
        let (raw_start, raw_end) = if d.map.is_some() { (Some(e.raw.start as u64), Some(e.raw.end as u64)) } else { (None, None) };
        out.edits.push(EditRow {
            doc_id: doc_id(),
            kind: e.kind,
            raw_start,
            raw_end,
            clean_start: e.clean_start as u64,
            before: e.before.clone(),
            after: e.after.clone(),
            rule: e.rule.clone(),
            confidence: e.confidence,
        });
    }
    for (i, s) in article.sentences.iter().enumerate() {
        let (raw_start, raw_end) = raw(s.span);
        let from = repaired.partition_point(|r| r.end <= s.span.start);
        out.sentences.push(SentenceRow {
            sentence_id: id("s", s.span, ""),
            doc_id: doc_id(),
            paragraph: s.paragraph,
            sentence: count(i),
            section: s.section,
            start: s.span.start as u64,
            end: s.span.end as u64,
            raw_start,
            raw_end,
            text: cut(s.span),
            language: s.language.to_string(),
            voice: sentence_voice(article, s.span),
            tokens: count(article.sentence_tokens[i]),
            repaired: repaired.get(from).is_some_and(|r| r.overlaps(s.span)),
        });
    }
    for q in &article.quotes {
        let (raw_start, raw_end) = raw(q.span);
        out.quotes.push(QuoteRow {
            quote_id: id("q", q.span, ""),
            doc_id: doc_id(),
            sentence_id: sentence_id(q.span),
            kind: q.kind,
            start: q.span.start as u64,
            end: q.span.end as u64,
            raw_start,
            raw_end,
            text: cut(q.span),
            speaker_text: q.speaker.map(cut),
            speaker_start: q.speaker.map(|s| s.start as u64),
            speaker_end: q.speaker.map(|s| s.end as u64),
            entity_id: entity(q.speaker),
            cue: q.cue.map(cut),
            rule: q.rule.to_string(),
        });
    }
    for (m, (entity_id, joined_by)) in article.mentions.iter().zip(&who.mentions) {
        let (raw_start, raw_end) = raw(m.span);
        out.mentions.push(MentionRow {
            mention_id: id("m", m.span, ""),
            doc_id: doc_id(),
            sentence_id: sentence_id(m.span),
            kind: m.kind,
            start: m.span.start as u64,
            end: m.span.end as u64,
            raw_start,
            raw_end,
            text: cut(m.span),
            entity_id: (*entity_id).to_owned(),
            joined_by: *joined_by,
            rule: m.rule.to_string(),
        });
    }
    for t in &article.dates {
        let (raw_start, raw_end) = raw(t.span);
        out.dates.push(DateRow {
            date_id: id("t", t.span, ""),
            doc_id: doc_id(),
            sentence_id: sentence_id(t.span),
            start: t.span.start as u64,
            end: t.span.end as u64,
            raw_start,
            raw_end,
            text: cut(t.span),
            kind: t.kind,
            value: t.value.clone(),
            modifier: t.modifier,
            date_start: t.interval.map(|i| i.0),
            date_end: t.interval.map(|i| i.1),
            precision: t.precision,
            anchor: t.anchor,
            rule: t.rule.to_string(),
        });
    }
    let claim_id = |i: usize| article.claims.get(i).map(|c| id("c", c.count.figure.span, &format!(".{}", c.count.kind)));
    for (i, c) in article.claims.iter().enumerate() {
        let (raw_start, raw_end) = raw(c.count.figure.span);
        out.claims.push(ClaimRow {
            claim_id: claim_id(i).unwrap_or_default(),
            doc_id: doc_id(),
            sentence_id: sentence_id(c.count.figure.span),
            start: c.count.figure.span.start as u64,
            end: c.count.figure.span.end as u64,
            raw_start,
            raw_end,
            text: cut(c.count.figure.span),
            kind: c.count.kind,
            value_min: c.count.figure.min,
            value_max: c.count.figure.max,
            value_best: c.count.figure.best,
            bound: c.count.figure.bound,
            victims_text: c.count.victims.map(cut),
            victim_class: c.count.victim_class,
            perpetrator_text: c.count.perpetrator.map(|d| cut(d.span)),
            speaker_text: c.speaker.map(cut),
            speaker_entity_id: entity(c.speaker),
            voice: c.voice,
            cue: c.cue.map(cut),
            place_text: c.place.map(cut),
            place_entity_id: entity(c.place),
            event_start: c.event.as_ref().map(|e| e.0),
            event_end: c.event.as_ref().map(|e| e.1),
            event_precision: c.event.as_ref().map(|e| e.2),
            event_rule: c.event.as_ref().map(|e| e.3.to_string()),
            reported_date: c.reported,
            scope: c.scope,
            subset_of: c.count.part_of.and_then(claim_id),
            supersedes: c.supersedes.and_then(claim_id),
            retracts: c.retracts.and_then(claim_id),
            contradicts: c.contradicts.and_then(claim_id),
            claim_group: None,
            negated: c.count.negated,
            hypothetical: c.count.hypothetical,
            rule: c.count.rule.to_string(),
        });
    }
    // A claim's figure, or a number that is none; where both stand, the claim.
    let counted = article.claims.iter().enumerate().map(|(i, c)| (c.count.figure.span, Ok(i)));
    let mut figures: Vec<(Span, std::result::Result<usize, &Passed>)> =
        counted.chain(article.passed.iter().map(|p| (p.span, Err(p)))).collect();
    figures.sort_by_key(|(s, what)| (s.start, what.is_err()));
    figures.dedup_by(|b, a| b.1.is_err() && a.0.overlaps(b.0));
    for (span, what) in figures {
        let (raw_start, raw_end) = raw(span);
        let upto = article.mentions.partition_point(|m| m.span.start <= span.start);
        let named = upto.checked_sub(1).is_some_and(|m| article.mentions[m].span.contains(span));
        let reason = what.err().map(|p| if named && matches!(p.reason, Reason::Bare | Reason::InWord) { Reason::Name } else { p.reason });
        let rule = match what {
            Ok(i) => Some(article.claims[i].count.rule.to_string()),
            Err(p) => p.rule.as_ref().map(ToString::to_string),
        };
        out.figures.push(FigureRow {
            figure_id: id(
                "n",
                span,
                &what.ok().and_then(|i| article.claims.get(i)).map_or(String::new(), |c| format!(".{}", c.count.kind)),
            ),
            doc_id: doc_id(),
            sentence_id: sentence_id(span),
            start: span.start as u64,
            end: span.end as u64,
            raw_start,
            raw_end,
            text: cut(span),
            claim_id: what.ok().and_then(claim_id),
            reason,
            rule,
        });
    }
    for t in &article.terms {
        let (raw_start, raw_end) = raw(t.span);
        let language = sentence_index(t.span).map_or(d.language, |i| article.sentences[i].language);
        out.terms.push(TermRow {
            term_id: id("w", t.span, ""),
            doc_id: doc_id(),
            sentence_id: sentence_id(t.span),
            start: t.span.start as u64,
            end: t.span.end as u64,
            raw_start,
            raw_end,
            text: cut(t.span),
            concept: t.concept.to_string(),
            frame: t.frame,
            language: language.to_string(),
            voice: t.voice,
            speaker_text: t.speaker.map(cut),
            speaker_entity_id: entity(t.speaker),
            negated: t.negated,
            target_text: t.target.map(cut),
            target_entity_id: entity(t.target),
            rule: t.rule.to_string(),
        });
    }
    out
}

/// Says of every claim of the corpus which others tell the same.
fn group_claims(articles: &[Article], claims: &mut [ClaimRow]) {
    let mut rest = &*claims;
    let mut reports: Vec<Report<'_>> = Vec::with_capacity(claims.len());
    for article in articles {
        let (rows, after) = rest.split_at(article.claims.len());
        reports.extend(reports_of(article, rows));
        rest = after;
    }
    let ids = groups(&reports);
    for (row, id) in claims.iter_mut().zip(ids) {
        row.claim_group = Some(id);
    }
}

/// What of each claim of an article says whether another tells the same.
fn reports_of<'a>(article: &'a Article, rows: &'a [ClaimRow]) -> Vec<Report<'a>> {
    let cut = |s: Span| s.of(&article.document.text);
    let mut reports: Vec<Report<'_>> = Vec::with_capacity(rows.len());
    for (claim, row) in article.claims.iter().zip(rows) {
        let figure = claim.count.figure.span;
        let sentence = article.sentences.partition_point(|s| s.span.end <= figure.start);
        let interval = (row.value_min, row.value_max);
        let here = reports.iter().rev().take_while(|r| r.sentence == sentence);
        let nth = here.filter(|r| r.kind == row.kind && r.interval == interval).count();
        reports.push(Report {
            document: &article.document.id,
            sentence,
            nth,
            words: article.sentences.get(sentence).map_or("", |s| cut(s.span)),
            quotation: claim.quotation.map(cut),
            kind: row.kind,
            class: row.victim_class,
            interval,
            negated: row.negated,
            place: row.place_entity_id.as_deref(),
            event: row.event_start.zip(row.event_end),
            reported: row.reported_date,
        });
    }
    reports
}

/// What one document gives before the others are known. The ids of entities are references to names ([`NameRow`]), and what is known
/// only of the whole corpus (`duplicate_of`, `claim_group`, `entities`) is left out.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The rows of every table.
    pub tables: Tables,
    /// Its names and the holders of its offices, in the order in which it first uses them.
    pub names: Vec<NameRow>,
    /// What its claims say, in their order.
    pub reports: Vec<ReportRow>,
    /// What tells whether it repeats another one.
    pub signature: Signature,
}

impl Piece {
    /// What an article gives; `apart` are the names that the user keeps apart.
    #[must_use]
    pub fn of(article: &Article, apart: &Apart) -> Self {
        let document = &article.document;
        let named = Named::of(
            &Names { text: &document.text, mentions: &article.mentions, offices: &article.offices, published: document.published },
            apart,
        );
        let references: Vec<String> = named.names.iter().map(Name::reference).collect();
        let mentions = named.mentions.iter().map(|&(name, why)| (references[name].as_str(), why)).collect();
        let holders: Vec<_> = named.holders.iter().map(|key| Some(format!("holder|{}", key.as_ref()?))).collect();
        let tables = rows(article, &Who::of(article, mentions, holders.iter().map(Option::as_deref)));
        let report = |(row, r): (&ClaimRow, Report<'_>)| ReportRow {
            claim_id: row.claim_id.clone(),
            sentence: count(r.sentence),
            nth: count(r.nth),
            words: r.words.to_owned(),
            quotation: r.quotation.map(str::to_owned),
        };
        let reports = tables.claims.iter().zip(reports_of(article, &tables.claims)).map(report).collect();
        let written = |(name, reference): (&Name, &String)| {
            let row = |((written, kind), &n): (&(String, EntityKind), &usize)| NameRow {
                name: reference.clone(),
                folded: name.folded.clone(),
                person: name.person,
                key: name.key.as_deref().map(str::to_owned),
                written: Some(written.clone()),
                kind: Some(*kind),
                count: count(n),
            };
            name.written.iter().map(row).collect::<Vec<_>>()
        };
        let holder = |(key, reference): (&Option<Arc<str>>, &Option<String>)| {
            Some(NameRow {
                name: reference.clone()?,
                folded: String::new(),
                person: true,
                key: key.as_deref().map(str::to_owned),
                written: None,
                kind: None,
                count: 0,
            })
        };
        let names = named.names.iter().zip(&references).flat_map(written);
        Self {
            names: names.chain(named.holders.iter().zip(&holders).filter_map(holder)).collect(),
            reports,
            signature: article.signature(),
            tables,
        }
    }
}

/// Own if nothing in a sentence is attributed, the attribution's kind if all of it is, mixed otherwise.
fn sentence_voice(article: &Article, sentence: Span) -> Voice {
    let mut inside = overlapping(&article.quotes, sentence).filter(|q| q.kind != QuoteKind::Scare).peekable();
    if inside.peek().is_none() {
        return Voice::Own;
    }
    // Marks at the ends belong to the quotation's sentence but not to its content.
    let text = &article.document.text;
    let letters = |s: Span| s.of(text).chars().filter(|c| c.is_alphanumeric()).count();
    let whole = letters(sentence);
    inside
        .find(|q| letters(Span::new(q.span.start.max(sentence.start), q.span.end.min(sentence.end))) == whole)
        .map_or(Voice::Mixed, |q| voice_at(std::slice::from_ref(q), q.span).0)
}
