//! The same extraction inside another engine, which does the scheduling, the moving of rows and the trying again: Arrow streams in,
//! Arrow streams out, in the [IPC streaming format](https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format).
//!
//! 1. [`documents`] takes articles and gives one row for each, with the rows of every table nested in it ([`Piece`]). What is known only of
//!    the whole corpus stands open: an entity's id is a reference to a name.
//! 2. [`entities`] takes the names of the corpus, each counted once, and says whose each is.
//! 3. [`duplicates`] takes the documents' signatures and says which document repeats which.
//! 4. [`claims`] takes what the claims say and gives each its group.
//!
//! Memory holds a batch of documents in the first step. In the second and third it is the same for any number of names and documents, and what doesn't
//! fit is in files that are gone with the program; in the fourth it is some fifty bytes for each claim of the most frequent figure, as "one dead". Steps 2 to 4 are the functions of [`crate::join`] that
//! [`crate::extract`] calls, so that rows are the same however a corpus was cut. The engine gives them their rows in the order of the
//! corpus; `src/bin/newsframe/cluster.py` says how, for Apache Spark.

mod columns;

use std::io::{BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use arrow_array::types::Int64Type;
use arrow_array::{ArrayRef, BinaryArray, LargeBinaryArray, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{Field, Schema, SchemaRef};
use smol_str::{SmolStr, format_smolstr};

use crate::article::Extractor;
use crate::corpus::{Alias, Body, Problem, Record};
use crate::error::{Error, Result};
use crate::extract::{Piece, Told, entity_row, groups_of, problem};
use crate::join::duplicates::{Originals, Signature};
use crate::join::entities::{Apart, Corpus};
use crate::join::groups::{figure, from_hex};
use crate::store::{Dealt, Room};
use crate::tables::{Cell, DocumentRow, EntityRow, NameRow, ReportRow, Row, Tables};
use crate::vocabulary::{Joining, Severity};
use columns::{Columns, Text, column};

/// Documents in one batch that goes out, at most.
const BATCH: usize = 256;
/// Bytes of text in one batch that goes out, at most, unless a single text has more.
const BATCH_BYTES: usize = 8 << 20;

/// What is known of an article beside its text.
const KNOWN: [&str; 7] = ["id", "published", "language", "source", "title", "author", "url"];

/// Takes articles: the columns `text`, `json` (a line of a `.jsonl` file) or `html` (a web page's bytes), of which each row has one, and
/// those of `id`, `published`, `language`, `source`, `title`, `author`, `url`, `path`, `id_taken_by` that there are, in whatever
/// type that can be read as text; others are passed over. Gives a row for each article: `document`, the rows of every other table as lists, and what
/// joins it with others (`names`, `reports`, `keys`, `signature`). An article that can't be used has no `document`, and says in `problems` why.
///
/// # Errors
/// If the stream is broken, or has no column with articles.
pub fn documents(extractor: &Extractor, aliases: &[Alias], input: impl Read, output: impl Write) -> Result<()> {
    let apart = Apart::of(aliases);
    let mut out = Out::new(output, &Nested::default().columns())?;
    for batch in batches(input)? {
        let articles = Articles::of(&batch?)?;
        let mut nested = Nested::default();
        let mut bytes = 0;
        for i in 0..articles.rows {
            articles.with(i, |record, path| nested.push(record, |record| worked(record, extractor, &apart), path));
            bytes += articles.body(i).map_or(0, |body| body.bytes().len());
            if nested.documents.len() == BATCH || bytes >= BATCH_BYTES {
                out.send(std::mem::take(&mut nested).columns())?;
                bytes = 0;
            }
        }
        out.send(nested.columns())?;
    }
    out.finish()
}

/// Takes the same articles and gives for each the `id` that it was given, if there is an article and it was given one: which is repeated has to be
/// known before [`documents`] makes ids, as the column `id_taken_by` says.
///
/// # Errors
/// If the stream is broken, or has no column with articles.
pub fn ids(input: impl Read, output: impl Write) -> Result<()> {
    let columns = |ids: &[Option<SmolStr>]| vec![("id", Cell::array(ids.iter().map(Some)))];
    let mut out = Out::new(output, &columns(&[]))?;
    for batch in batches(input)? {
        let articles = Articles::of(&batch?)?;
        let id = |i| articles.with(i, |record, _| caught(|| record?.source().0?.id).ok().flatten().map(SmolStr::from));
        out.send(columns(&(0..articles.rows).map(id).collect::<Vec<_>>()))?;
    }
    out.finish()
}

/// A batch of articles, however its columns are kept.
struct Articles {
    rows: usize,
    bodies: [Option<LargeBinaryArray>; 3],
    path: Text,
    taken: Text,
    known: Vec<(&'static str, Text)>,
}

impl Articles {
    fn of(batch: &RecordBatch) -> Result<Self> {
        let columns = Columns(batch);
        let bodies = [columns.bytes("text")?, columns.bytes("json")?, columns.bytes("html")?];
        if bodies.iter().all(Option::is_none) {
            return Err(broken("no column is named `text`, `json` or `html`"));
        }
        let known = KNOWN.iter().map(|name| Ok((*name, columns.text(name)?))).collect::<Result<_>>()?;
        Ok(Self { rows: batch.num_rows(), bodies, path: columns.text("path")?, taken: columns.text("id_taken_by")?, known })
    }

    fn body(&self, i: usize) -> Option<Body<'_>> {
        let [text, json, html] = self.bodies.each_ref().map(|b| b.as_ref().and_then(|b| column(b, i)));
        text.map(Body::Text).or(json.map(Body::Json)).or(html.map(Body::Html))
    }

    /// Calls with the article of a row, if it has one, and its path.
    fn with<T>(&self, i: usize, call: impl FnOnce(Option<&Record<'_>>, &str) -> T) -> T {
        let path = self.path.at(i).unwrap_or_default();
        let values: Vec<_> = self.known.iter().filter_map(|(name, values)| Some((*name, values.at(i)?))).collect();
        let known = values.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        let taken = self.taken.at(i);
        let record = self.body(i).map(|body| Record { path: &path, body, known, id_taken_by: taken.as_deref() });
        call(record.as_ref(), &path)
    }
}

/// An article all the way, if there is one, and what could not be used.
fn worked(record: &Record<'_>, extractor: &Extractor, apart: &Apart) -> (Option<Piece>, Vec<Problem>) {
    let (source, problems) = record.source();
    (source.map(|source| Piece::of(&extractor.article(&source), apart)), problems)
}

/// What a batch of documents gave.
#[derive(Default)]
struct Nested {
    documents: Vec<Option<DocumentRow>>,
    tables: Tables,
    names: Vec<NameRow>,
    reports: Vec<ReportRow>,
    signatures: Vec<Option<Signature>>,
    /// For each document the number of its rows in each table, and of its names and reports.
    lengths: Vec<(Vec<usize>, usize, usize)>,
}

impl Nested {
    /// Does the work on one document, which may go wrong in any way without harm to the others.
    fn push<'r>(&mut self, record: Option<&Record<'r>>, work: impl FnOnce(&Record<'r>) -> (Option<Piece>, Vec<Problem>), path: &str) {
        let failed = |message: String| {
            let problem = Problem { path: path.to_owned(), doc_id: None, stage: "extract", severity: Severity::Error, message };
            (None, vec![problem])
        };
        let (piece, problems) = match record.map(|record| caught(|| work(record))) {
            Some(Ok(done)) => done,
            Some(Err(why)) => failed(format!("the program failed on it, which is a mistake in the program: {why}")),
            None => failed("it has no text".into()),
        };
        let (mut tables, names, reports, signature) = match piece {
            Some(Piece { tables, names, reports, signature }) => (tables, names, reports, Some(signature)),
            None => Default::default(),
        };
        tables.problems.extend(problems.iter().map(problem));
        self.documents.push(tables.documents.pop());
        self.lengths.push((tables.lengths(), names.len(), reports.len()));
        self.tables.extend(tables);
        self.names.extend(names);
        self.reports.extend(reports);
        self.signatures.push(signature);
    }

    /// The same as columns, a row a document.
    fn columns(self) -> Vec<(&'static str, ArrayRef)> {
        let mut out: Vec<(&str, ArrayRef)> = vec![("document", Arc::new(DocumentRow::array(self.documents.iter().map(Option::as_ref))))];
        for (i, (name, rows)) in Tables::NAMES.iter().zip(self.tables.arrays()).enumerate() {
            if !matches!(*name, "documents" | "entities") {
                out.push((name, list(rows, self.lengths.iter().map(|l| l.0[i]))));
            }
        }
        out.push(("names", list(Row::array(self.names.iter().map(Some)), self.lengths.iter().map(|l| l.1))));
        out.push(("reports", list(Row::array(self.reports.iter().map(Some)), self.lengths.iter().map(|l| l.2))));
        // The engine only compares them, and has no numbers without a sign.
        let keys = self.signatures.iter().map(|s| s.as_ref().map(|s| s.keys().map(|key| Some(key.cast_signed()))));
        out.push(("keys", Arc::new(ListArray::from_iter_primitive::<Int64Type, _, _>(keys))));
        let bytes: BinaryArray = self.signatures.iter().map(|s| s.as_ref().map(Signature::to_bytes)).collect();
        out.push(("signature", Arc::new(bytes)));
        out
    }
}

/// Rows one after the other as lists of the given lengths.
fn list(rows: StructArray, lengths: impl Iterator<Item = usize>) -> ArrayRef {
    let field = Field::new("item", arrow_array::Array::data_type(&rows).clone(), true);
    Arc::new(ListArray::new(field.into(), OffsetBuffer::from_lengths(lengths), Arc::new(rows), None))
}

/// Takes the rows of `names`, those of each name side by side and the names in the order in which the corpus first uses them, each way of writing once
/// with its `count` over the corpus. Gives for each `name` its `entity_id` and `joined_by`, and then a row for each `entity`, whose counts stand open.
/// What doesn't fit in a bounded memory is in files without a name in `folder`.
///
/// # Errors
/// If the stream is broken, or a file can't be written.
pub fn entities(aliases: &[Alias], folder: &Path, input: impl Read, output: impl Write) -> Result<()> {
    let room = &Room::in_folder(folder);
    let (mut corpus, mut holders) = (Corpus::within(aliases, room), Vec::new());
    // The numbers of names and their references, to be read again in the same order.
    let (mut names, mut last) = (Dealt::new(room, 1), None);
    for batch in batches(input)? {
        let batch = batch?;
        let columns = Columns(&batch);
        let [name, folded, key, written, kind] = ["name", "folded", "key", "written", "kind"].map(|name| columns.text(name));
        let (name, folded, key, written, kind) = (name?, folded?, key?, written?, kind?);
        let (person, count) = (columns.truth("person")?, columns.integer("count")?);
        for i in 0..batch.num_rows() {
            let reference = SmolStr::new(name.must(i)?);
            let Some(written) = written.at(i) else {
                holders.push((reference, key.must(i)?.into_owned()));
                continue;
            };
            let number = corpus.add_rows(&[NameRow {
                name: reference.clone(),
                folded: SmolStr::new(folded.must(i)?),
                person: person.value(i),
                key: key.at(i).map(SmolStr::new),
                written: Some(SmolStr::new(written)),
                kind: Some(kind.must(i)?.parse().map_err(broken)?),
                count: u32::try_from(count.value(i)).unwrap_or_default(),
            }]);
            if last.as_ref() != Some(&reference) {
                names.add_row(0, &(number, &reference));
                last = Some(reference);
            }
        }
        room.check()?;
    }
    let mut found = corpus.entities(holders.iter().map(|(_, key)| key.as_str()));
    let columns = |said: &[(SmolStr, SmolStr, Option<Joining>)], rows: &[EntityRow]| {
        let (none, all) = (rows.iter().map(|_| None), rows.iter().map(Some));
        let name: ArrayRef = Cell::array(said.iter().map(|s| Some(&s.0)).chain(none.clone()));
        let entity_id = Cell::array(said.iter().map(|s| Some(&s.1)).chain(none));
        let joined_by = Cell::array(said.iter().map(|s| Some(&s.2)).chain(rows.iter().map(|_| None)));
        let entity: ArrayRef = Arc::new(EntityRow::array(said.iter().map(|_| None).chain(all)));
        vec![("name", name), ("entity_id", entity_id), ("joined_by", joined_by), ("entity", entity)]
    };
    let mut out = Out::new(output, &columns(&[], &[]))?;
    let mut said = Vec::new();
    for (number, reference) in names.packed::<(usize, SmolStr)>(0) {
        let (at, why) = found.of_name(number);
        said.push((reference, found.id(at), why));
        if said.len() == ROWS {
            out.send(columns(&std::mem::take(&mut said), &[]))?;
        }
    }
    for (reference, key) in holders {
        said.extend(found.of_holder(&key).map(|at| (reference, found.id(at), None)));
    }
    out.send(columns(&said, &[]))?;
    for from in (0..found.count()).step_by(ROWS) {
        let rows: Vec<EntityRow> = (from..found.count().min(from + ROWS)).map(|at| entity_row(&found.get(at), 0, 0)).collect();
        out.send(columns(&[], &rows))?;
    }
    room.check()?;
    out.finish()
}

/// Rows of one table in a batch that goes out.
const ROWS: usize = 1 << 14;

/// Takes `doc_id` and `signature` of documents in the order of the corpus; those that share no key with another one may be left out. Gives `doc_id`
/// and `duplicate_of` of those that repeat one before them. What doesn't fit in a bounded memory is in files without a name in `folder`.
///
/// # Errors
/// If the stream is broken, or a file can't be written.
pub fn duplicates(folder: &Path, input: impl Read, output: impl Write) -> Result<()> {
    let room = &Room::in_folder(folder);
    let columns = |rows: &[(SmolStr, SmolStr)]| {
        let doc_id: ArrayRef = Cell::array(rows.iter().map(|r| Some(&r.0)));
        vec![("doc_id", doc_id), ("duplicate_of", Cell::array(rows.iter().map(|r| Some(&r.1))))]
    };
    let mut out = Out::new(output, &columns(&[]))?;
    let mut originals = Originals::new(room);
    for batch in batches(input)? {
        let batch = batch?;
        let (doc_id, signature) = (Columns(&batch).text("doc_id")?, Columns(&batch).bytes("signature")?);
        let mut rows = Vec::new();
        for i in 0..batch.num_rows() {
            let signature = signature.as_ref().and_then(|s| column(s, i)).and_then(Signature::from_bytes);
            let signature = signature.ok_or_else(|| broken("a value of `signature` is none that this version has written"))?;
            let doc_id = doc_id.must(i)?;
            rows.extend(originals.place(&doc_id, signature).map(|original| (SmolStr::new(&doc_id), original.into())));
        }
        room.check()?;
        out.send(columns(&rows))?;
    }
    out.finish()
}

/// Takes the columns of `claims` and `reports` in one row a claim, those of the same `kind`, `value_min`, `value_max` and `negated` side by side and in the
/// order of the corpus: no others can tell the same. Gives `claim_id` and `claim_group`. Claims of one figure wait in files without a name in `folder`.
///
/// # Errors
/// If the stream is broken, or a file can't be written.
pub fn claims(folder: &Path, input: impl Read, output: impl Write) -> Result<()> {
    let room = &Room::in_folder(folder);
    let columns = |rows: &[(SmolStr, SmolStr)]| {
        let claim_id: ArrayRef = Cell::array(rows.iter().map(|r| Some(&r.0)));
        vec![("claim_id", claim_id), ("claim_group", Cell::array(rows.iter().map(|r| Some(&r.1))))]
    };
    let mut out = Out::new(output, &columns(&[]))?;
    let mut rows = Vec::new();
    let mut send = |alike: Alike| {
        alike.groups(room).try_for_each(|row| {
            rows.push(row);
            if rows.len() < ROWS { Ok(()) } else { out.send(columns(&std::mem::take(&mut rows))) }
        })
    };
    let mut alike = Alike::new(room);
    for batch in batches(input)? {
        let batch = batch?;
        let columns_of = Columns(&batch);
        let [claim_id, doc_id, words, quotation, kind, class, place] =
            ["claim_id", "doc_id", "words", "quotation", "kind", "victim_class", "place_entity_id"].map(|name| columns_of.text(name));
        let (claim_id, doc_id, words, quotation, kind, class, place) = (claim_id?, doc_id?, words?, quotation?, kind?, class?, place?);
        let (sentence, nth, negated) = (columns_of.integer("sentence")?, columns_of.integer("nth")?, columns_of.truth("negated")?);
        let (least, most) = (columns_of.number("value_min")?, columns_of.number("value_max")?);
        let (from, to, reported) = (columns_of.date("event_start")?, columns_of.date("event_end")?, columns_of.date("reported_date")?);
        for i in 0..batch.num_rows() {
            let claim = Told {
                document: SmolStr::new(doc_id.must(i)?),
                sentence: u32::try_from(sentence.value(i)).unwrap_or_default(),
                nth: u32::try_from(nth.value(i)).unwrap_or_default(),
                words: from_hex(&words.must(i)?).map_err(broken)?,
                quotation: quotation.at(i).as_deref().map(from_hex).transpose().map_err(broken)?,
                kind: kind.must(i)?.parse().map_err(broken)?,
                class: class.must(i)?.parse().map_err(broken)?,
                interval: (least.at(i), most.at(i)),
                negated: negated.value(i),
                place: place.at(i).map(SmolStr::new),
                event: from.at(i).zip(to.at(i)),
                reported: reported.at(i),
            };
            let figure = Some(figure(claim.kind, claim.interval, claim.negated));
            if alike.figure != figure {
                send(std::mem::replace(&mut alike, Alike::new(room)))?;
                alike.figure = figure;
            }
            alike.add(&claim_id.must(i)?, &claim);
        }
        room.check()?;
    }
    send(alike)?;
    room.check()?;
    out.send(columns(&rows))?;
    out.finish()
}

/// Claims of one figure.
struct Alike {
    figure: Option<u64>,
    ids: Dealt,
    told: Dealt,
}

impl Alike {
    fn new(room: &Room) -> Self {
        Self { figure: None, ids: Dealt::new(room, 1), told: Dealt::new(room, 1) }
    }

    fn add(&mut self, id: &str, told: &Told) {
        self.ids.add_row(0, &id);
        self.told.add_row(0, told);
    }

    /// The id and group of each.
    fn groups(&self, room: &Room) -> impl Iterator<Item = (SmolStr, SmolStr)> {
        let groups = groups_of(self.told.rows(0), || self.told.packed(0), room);
        self.ids.packed(0).zip(groups).map(|(id, group)| (id, format_smolstr!("{group:016x}")))
    }
}

fn broken(what: impl std::fmt::Display) -> Error {
    Error::Stream { message: what.to_string() }
}

/// The batches of a stream.
fn batches(input: impl Read) -> Result<impl Iterator<Item = Result<RecordBatch>>> {
    let mut stream = StreamReader::try_new(BufReader::new(input), None).map_err(broken)?;
    // Whatever the bytes are, the end is a message.
    Ok(std::iter::from_fn(move || match caught(|| stream.next()) {
        Ok(batch) => batch.map(|b| b.map_err(broken)),
        Err(why) => Some(Err(broken(why))),
    }))
}

/// What work gives, or what it said as it panicked.
fn caught<T>(work: impl FnOnce() -> T) -> std::result::Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
        said.unwrap_or_else(|| "it gave no reason".into())
    })
}

/// The stream that goes out.
struct Out<W: Write> {
    writer: StreamWriter<BufWriter<W>>,
    schema: SchemaRef,
}

impl<W: Write> Out<W> {
    fn new(output: W, columns: &[(&str, ArrayRef)]) -> Result<Self> {
        let fields: Vec<Field> = columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
        let schema = Arc::new(Schema::new(fields));
        Ok(Self { writer: StreamWriter::try_new_buffered(output, &schema).map_err(broken)?, schema })
    }

    /// Writes a batch and lets it go at once, so that whoever reads can work on it.
    fn send(&mut self, columns: Vec<(&str, ArrayRef)>) -> Result<()> {
        let batch = RecordBatch::try_new(self.schema.clone(), columns.into_iter().map(|(_, array)| array).collect()).map_err(broken)?;
        if batch.num_rows() == 0 {
            return Ok(());
        }
        self.writer.write(&batch).and_then(|()| self.writer.flush()).map_err(broken)
    }

    fn finish(mut self) -> Result<()> {
        self.writer.finish().and_then(|()| self.writer.flush()).map_err(broken)
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::{Date32Array, Int64Array, LargeStringArray, StringArray, StringViewArray};

    use super::*;
    use crate::pack::Packs;
    use crate::vocabulary::EntityKind;

    fn stream(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut out = Out::new(&mut bytes, &columns).unwrap();
        out.send(columns).unwrap();
        out.finish().unwrap();
        bytes
    }

    fn rows(input: &[u8]) -> Result<Vec<RecordBatch>> {
        let mut output = Vec::new();
        documents(&Extractor::new(&Packs::shipped())?, &[], input, &mut output)?;
        batches(output.as_slice())?.collect()
    }

    /// The ids of documents and the messages of problems.
    fn told(batch: &RecordBatch) -> (Vec<Option<String>>, Vec<String>) {
        let text = |array: &ArrayRef| array.as_string::<i32>().iter().map(|v| v.map(str::to_owned)).collect::<Vec<_>>();
        let documents = text(batch.column_by_name("document").unwrap().as_struct().column_by_name("doc_id").unwrap());
        let problems = batch.column_by_name("problems").unwrap().as_list::<i32>().values().as_struct().clone();
        (documents, text(problems.column_by_name("message").unwrap()).into_iter().flatten().collect())
    }

    #[test]
    fn text_is_taken_however_it_is_kept() {
        let texts = [Some("Calm returned."), None, Some(" ")];
        let kept: [ArrayRef; 4] = [
            Arc::new(StringArray::from_iter(texts)),
            Arc::new(LargeStringArray::from_iter(texts)),
            Arc::new(StringViewArray::from_iter(texts)),
            Arc::new(BinaryArray::from_iter(texts.map(|t| t.map(str::as_bytes)))),
        ];
        for text in kept {
            let batch = &rows(&stream(vec![
                ("odd", Arc::new(Date32Array::from(vec![1, 2, 3]))),
                ("id", Arc::new(Int64Array::from(vec![7, 8, 9]))),
                ("published", Arc::new(Date32Array::from(vec![19_000, 1, 1]))),
                ("text", text),
            ]))
            .unwrap()[0];
            let (ids, problems) = told(batch);
            assert_eq!(ids, [Some("7".to_owned()), None, None]);
            assert_eq!(problems, ["it has no text", "there is no text in it"]);
            let published = batch.column_by_name("document").unwrap().as_struct().column_by_name("published").unwrap().clone();
            assert_eq!(published.as_primitive::<arrow_array::types::Date32Type>().value(0), 19_000);
        }
    }

    #[test]
    fn lines_and_pages_are_read_as_files_are() {
        let json: [&[u8]; 3] = [b"{\"id\": 5, \"text\": \"Caf\xe9.\"}", b"no", b" \r"];
        let (ids, problems) = told(&rows(&stream(vec![("json", Arc::new(BinaryArray::from_iter_values(json)))])).unwrap()[0]);
        assert_eq!((ids, problems.len()), (vec![Some("5".into()), None, None], 1));
        let html = StringArray::from(vec!["<p>The night was quiet, neighbours said."]);
        let taken = StringArray::from(vec!["first"]);
        let columns: Vec<(&str, ArrayRef)> =
            vec![("html", Arc::new(html)), ("id", Arc::new(StringArray::from(vec!["5"]))), ("id_taken_by", Arc::new(taken))];
        let (ids, problems) = told(&rows(&stream(columns)).unwrap()[0]);
        assert!(ids[0].as_ref().is_some_and(|id| id != "5"));
        assert_eq!(problems, ["its id \"5\" is that of first already; it is given another"]);
    }

    #[test]
    fn ids_are_those_that_articles_were_given() {
        let lines =
            ["{\"id\": 5, \"text\": \"Calm.\"}", "{\"id\": \" a b \", \"text\": \"Calm.\"}", "{\"text\": \"Calm.\"}", "{\"id\": 7}", ""];
        let mut output = Vec::new();
        ids(stream(vec![("json", Arc::new(StringArray::from_iter_values(lines)))]).as_slice(), &mut output).unwrap();
        let batch = batches(output.as_slice()).unwrap().next().unwrap().unwrap();
        let ids: Vec<_> = batch.column(0).as_string::<i32>().iter().collect();
        assert_eq!(ids, [Some("5"), Some("a b"), None, None, None]);
    }

    #[test]
    fn names_are_whose_they_are_also_where_they_wait_in_files() {
        let rows = |name: &str, written: &str, n| NameRow {
            name: name.into(),
            folded: written.to_lowercase().replace('.', "").into(),
            person: true,
            key: None,
            written: Some(written.into()),
            kind: Some(EntityKind::Person),
            count: n,
        };
        let holder = NameRow { key: Some("country/kazakhstan".into()), written: None, kind: None, ..rows("office", "", 0) };
        let rows = [rows("a", "Orlanda Vexley", 2), rows("b", "O. Vexley", 1), rows("b", "O. VEXLEY", 1), holder];
        let given: StructArray = Row::array(rows.iter().map(Some));
        let columns: Vec<(&str, ArrayRef)> = NameRow::COLUMNS.iter().copied().zip(given.columns().iter().cloned()).collect();
        let (folder, mut output) = (tempfile::tempdir().unwrap(), Vec::new());
        entities(&[], folder.path(), stream(columns).as_slice(), &mut output).unwrap();
        let batches: Vec<RecordBatch> = batches(output.as_slice()).unwrap().map(Result::unwrap).collect();
        let text =
            |batch: &RecordBatch, at: usize| batch.column(at).as_string::<i32>().iter().map(|v| v.map(str::to_owned)).collect::<Vec<_>>();
        let id = |id: &str| Some(format!("person:{id}"));
        assert_eq!(text(&batches[0], 0), ["a", "b", "office"].map(|name| Some(name.to_owned())));
        assert_eq!(text(&batches[0], 1)[..2], [id("orlanda-vexley"), id("orlanda-vexley")]);
        let entities = batches[1].column(3).as_struct();
        assert_eq!(entities.column_by_name("entity_id").unwrap().as_string::<i32>().value(0), "person:orlanda-vexley");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_broken_stream_says_why() {
        let whole = stream(vec![("text", Arc::new(StringArray::from(vec!["Calm returned."])))]);
        for cut in [0, 3, 40, whole.len() / 2, whole.len() - 20] {
            assert!(rows(&whole[..cut]).is_err(), "{cut}");
        }
        assert!(rows(&[b'x'; 999]).is_err());
        let odd = rows(&stream(vec![("txt", Arc::new(StringArray::from(vec!["x"])))])).unwrap_err();
        assert_eq!(odd.to_string(), "the stream: no column is named `text`, `json` or `html`");
        assert!(rows(&stream(vec![("text", Arc::new(StringArray::new_null(0)))])).unwrap().is_empty());
    }

    #[test]
    fn a_document_that_is_too_much_is_a_problem_and_the_next_one_is_read() {
        let extractor = Extractor::new(&Packs::shipped()).unwrap();
        let record = |path| Record { path, body: Body::Text(b"Calm returned."), known: Vec::new(), id_taken_by: None };
        let mut nested = Nested::default();
        nested.push(Some(&record("a")), |_| panic!("out of {}", "order"), "a");
        nested.push(Some(&record("b")), |r| worked(r, &extractor, &Apart::default()), "b");
        let (lengths, problem) = (nested.lengths.len(), nested.tables.problems[0].clone());
        assert_eq!((lengths, nested.documents[0].is_none(), nested.documents[1].is_some()), (2, true, true));
        assert_eq!(
            (problem.path.as_str(), problem.message.as_str()),
            ("a", "the program failed on it, which is a mistake in the program: out of order")
        );
    }

    #[test]
    fn a_signature_comes_back_from_its_bytes() {
        let signature = crate::join::duplicates::signature(&"Calm returned to the city after the night. ".repeat(9), ["killed 7"]);
        assert_eq!(Signature::from_bytes(&signature.to_bytes()).as_ref(), Some(&signature));
        assert!(signature.to_bytes().len() < 700 && Signature::from_bytes(&signature.to_bytes()[..99]).is_none());
    }
}
