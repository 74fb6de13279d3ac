"""Runs the extraction on Apache Spark: cluster.py SETTINGS, where SETTINGS is a JSON object (see cluster.rs).

1. `articles` reads the input as rows that say where they are from and have one of `text`, `json` and `html`, in whatever order; before that, `counted`
   has told how many lines stand before each split of a file, and whether an id was given twice.
2. `extracted` sends the articles of a task through `newsframe worker` and writes what comes back as the files of one part of the corpus: tables
   that are complete, tables in which something is open that only the whole corpus tells, and what joins the parts. The worker's columns are
   written as they come; none of these rows goes through Java. Tried again, a task writes the same files.
3. `named` sends the names of all parts through `newsframe worker entities`.
4. `completed` writes the open tables of a part whole. It gets what that part asks for and no more: the entities of its names, its documents that
   repeat another (`newsframe worker duplicates`) and the groups of its claims (`newsframe worker claims`).
5. The tables were written beside their place, and are moved there.

Cutting, moving and sorting rows, and trying failed tasks again, is Spark's. Tells what it does as one JSON object a line.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import uuid
from collections import Counter, deque
from functools import cache
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyspark import SparkFiles, TaskContext
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

KNOWN = ["id", "published", "language", "source", "title", "author", "url"]
LINES = re.compile(r"\.(jsonl|ndjson)(\.gz|\.zst)?$", re.IGNORECASE)
PAGES = re.compile(r"\.x?html?$", re.IGNORECASE)
WARCS = re.compile(r"\.warc(\.gz)?$", re.IGNORECASE)
PARQUETS = re.compile(r"\.parquet$", re.IGNORECASE)
WHOLE = re.compile(r"\.(gz|zst|warc|parquet)$", re.IGNORECASE)  # files that are read by one task, or by few
TASK = 32 << 20  # bytes of articles in a task, at most, where there are enough
ROOM = 32 << 20  # bytes of rows that wait to be written together

COMPLETE = ["edits", "sentences", "dates", "figures", "problems"]
# Tables in which something is open, and their columns that refer to names.
OPEN = {
    "documents": [],
    "quotes": ["entity_id"],
    "mentions": ["entity_id"],
    "claims": ["speaker_entity_id", "place_entity_id"],
    "terms": ["speaker_entity_id", "target_entity_id"],
}
# What of a claim tells whether another says the same, beside its report.
CLAIM = ["doc_id", "kind", "value_min", "value_max", "negated", "victim_class", "place_entity_id", "event_start", "event_end", "reported_date"]
SAID = ["kind", "value_min", "value_max", "negated"]
# Where a row stands in the corpus, beside what it says.
PLACE = "part int, place string, at long"
ANSWER = ["part", "what", "key", "value", "why"]


class Wrong(Exception):
    """What the user has to put right, in words."""


def tell(**event):
    print(json.dumps(event), flush=True)


def worked(program, arguments, batches):
    """Batches through one worker."""
    first = next(batches, None)
    if first is None:
        return
    pa.set_cpu_count(1)  # a task has one core
    command = [program if "/" in program else SparkFiles.get(program), "worker", *arguments]
    # What has no room in the worker's memory goes where Spark's own goes.
    local = os.environ.get("SPARK_LOCAL_DIRS", tempfile.gettempdir()).split(",")[0]
    with tempfile.TemporaryFile() as said:
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=os.environ | {"TMPDIR": local})
        failure = []

        # Fed from a thread of its own: a worker that waits for its output to be read doesn't read its input.
        def feed():
            try:
                with worker.stdin, pa.ipc.new_stream(worker.stdin, first.schema) as stream:
                    stream.write_batch(first)
                    for batch in batches:
                        stream.write_batch(batch)
            except BrokenPipeError:
                pass  # the worker's exit code tells
            except BaseException as error:
                failure.append(error)
                worker.kill()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            try:
                yield from pa.ipc.open_stream(worker.stdout)
            except pa.ArrowInvalid:
                if worker.wait() == 0:
                    raise
            feeder.join()
            if failure:
                raise failure[0]
            if worker.wait() != 0:
                said.seek(0)
                raise RuntimeError(f"the worker ended with {worker.returncode}: {said.read()[-2000:].decode(errors='replace').strip()}")
        finally:
            worker.kill()
            worker.wait()


def opened(address):
    """The file system of an address, for pyarrow, and the place in it."""
    from pyarrow import fs

    address = re.sub(r"^file:/+", "/", re.sub(r"^s3[an]:", "s3:", address))
    return (fs.LocalFileSystem(), address) if address.startswith("/") else fs.FileSystem.from_uri(address)


class Files:
    """Files of one part, one a table: elsewhere until all are complete, so that nobody meets half a file."""

    def __init__(self, folder, part):
        self.part, (self.system, self.folder) = part, opened(folder)
        self.beside = f"{self.folder}/open/{uuid.uuid4().hex}"
        self.held, self.size, self.writers = {}, 0, {}

    def place(self, table):
        return f"{self.folder}/{table}.parquet/part-{self.part:05}.parquet"

    def add(self, table, rows):
        self.held.setdefault(table, []).append(rows)
        self.size += rows.nbytes
        if self.size > ROOM:
            self.write()

    def write(self):
        for table, rows in self.held.items():
            rows = pa.concat_tables(rows)
            if table not in self.writers:
                # What is read again soon is better quick than small.
                small = {"compression": "zstd", "compression_level": 1}
                quick = {"compression": "none", "write_statistics": False}
                file = self.system.open_output_stream(f"{self.beside}-{len(self.writers)}")
                self.writers[table] = file, pq.ParquetWriter(file, rows.schema, **(quick if table.startswith("open/") else small))
            self.writers[table][1].write_table(rows)
        self.held, self.size = {}, 0

    def close(self):
        self.write()
        for file, writer in self.writers.values():
            writer.close()
            file.close()
        for n, table in enumerate(self.writers):
            self.system.create_dir(os.path.dirname(self.place(table)))
            self.system.move(f"{self.beside}-{n}", self.place(table))


def table_of(structs):
    """The fields of structs as columns."""
    return pa.Table.from_batches([pa.RecordBatch.from_struct_array(structs)])


def order(path):
    """What sorts as a corpus does: by folders and files, then by rows."""
    file, row = re.fullmatch(r"(.*?)(?:#([0-9]+))?", path, re.DOTALL).groups(default="")
    return "\x01".join(file.split("/")) + "\0" + (row and row.zfill(20))


def placed(before, skip):
    """A function for mapInArrow: where rows are from, as `path`. `before` says how many lines stand before a split."""

    def run(batches):
        lines, names = Counter(), {}
        for batch in batches:
            paths = []
            for path, file, split, row in zip(*[batch.column(c).to_pylist() for c in ("path", "file", "split", "row")]):
                if path is None:
                    if file not in names:
                        names[file] = unquote(re.sub("^file:/+", "/", file)[skip:])
                    path, at = names[file], (file, split)
                    if row is None and split is not None:
                        lines[at] += 1
                        row = lines[at]
                    first = 0 if split is None else before[at]
                    path += "" if row is None else f"#{first + row}"
                paths.append(path)
            rest = {c: batch.column(c) for c in batch.schema.names if c not in ("path", "file", "split", "row")}
            yield pa.record_batch({"path": pa.array(paths, pa.string()), **rest})

    return run


def counted(program):
    """A function for mapInArrow: the ids that lines give, and how many lines a split of a file has."""

    def run(batches):
        lines, numbers = Counter(), deque()

        def bodies():
            for batch in batches:
                at = list(zip(batch.column("file").to_pylist(), batch.column("split").to_pylist()))
                for split in at:
                    lines[split] += 1
                    numbers.append((*split, lines[split]))
                yield batch.select(["json"])

        schema = pa.schema([("given", pa.string()), ("file", pa.string()), ("split", pa.int64()), ("row", pa.int64())])
        rows = lambda rows: pa.record_batch([pa.array(c, t) for c, t in zip(zip(*rows), schema.types)], schema=schema)
        for ids in worked(program, ["ids"], bodies()):
            told = [(given, *numbers.popleft()) for given in ids.column("id").to_pylist()]
            if told := [row for row in told if row[0] is not None]:
                yield rows(told)
        if lines:
            yield rows([(None, *split, n) for split, n in lines.items()])

    return run


def extracted(program, options, folder, placed):
    """A function for mapInArrow: articles become the files of a part. Tells how many rows each table has."""

    def run(batches):
        part = TaskContext.get().partitionId()
        done = Part(folder, part)
        for nested in worked(program, ["documents", *options], placed(batches)):
            done.add(nested)
        if done.names:
            yield pa.record_batch({"part": pa.array([part], pa.int32()), "told": [json.dumps(done.close())]})

    return run


class Part:
    """What the articles of a task gave."""

    def __init__(self, folder, part):
        self.part, self.files = part, Files(folder, part)
        self.rows, self.documents, self.same, self.names = Counter(), 0, 0, []

    def add(self, nested):
        columns = {name: nested.column(name) for name in nested.schema.names}
        is_known = columns["document"].is_valid()
        documents = table_of(columns["document"].filter(is_known))
        tables = {name: table_of(columns[name].flatten()) for name in [*COMPLETE, *OPEN] if name != "documents"} | {"documents": documents}
        for name, rows in tables.items():
            self.files.add(name if name in COMPLETE else f"open/{name}", rows)
            self.rows[name] += rows.num_rows
        paths = documents["path"].to_pylist()
        for path, digest in zip(paths, documents["sha256"].to_pylist()):
            self.same ^= int.from_bytes(hashlib.sha256(f"{path}\0{digest}".encode()).digest()[:8], "big")

        # Where each document is in the corpus, and where each row of a list is.
        places = pa.array(map(order, paths), pa.string())
        known = pc.cumulative_sum(is_known.cast(pa.int64()))
        of = lambda name: places.take(pc.subtract(known.take(pc.list_parent_indices(columns[name])), 1))
        self.names.append(self.here(table_of(columns["names"].flatten()), of("names")))
        claims = table_of(columns["reports"].flatten())
        for column in CLAIM:
            claims = claims.append_column(column, tables["claims"][column])
        self.files.add("open/reports", self.here(claims, of("claims")))
        numbers = pa.array(np.arange(self.documents, self.documents + len(paths)) + (self.part << 32))
        kept = [documents["doc_id"], numbers, columns["keys"].filter(is_known), columns["signature"].filter(is_known)]
        self.files.add("open/signatures", self.here(pa.table(kept, names=["doc_id", "number", "keys", "signature"]), places))
        self.documents += len(paths)

    def here(self, rows, places):
        """Rows with where they are: the part, the place of their document, and the place in it."""
        rows = rows.append_column("part", pa.array(np.full(len(rows), self.part, np.int32))).append_column("place", places)
        return rows.append_column("at", pa.array(np.arange(len(rows))))

    def close(self):
        self.files.add("open/names", distinct(self.names))
        self.files.close()
        return {"rows": self.rows, "same": self.same}


def distinct(names):
    """Names, each way of writing one once with how often, and with where the name is met first."""
    names = pa.concat_tables(names).combine_chunks().sort_by([("place", "ascending"), ("at", "ascending")])
    names = names.append_column("met", pa.array(np.arange(len(names))))
    ways = names.group_by(["name", "written", "kind"], use_threads=False).aggregate([("met", "min"), ("count", "sum")])
    way = ways["met_min"].to_numpy()
    name = names["name"].combine_chunks().dictionary_encode().indices.to_numpy()
    first = np.unique(name, return_index=True)[1][name[way]]
    out = names.drop_columns("met").take(way)
    for column, values in ("count", ways["count_sum"]), ("place", names["place"].take(first)), ("at", names["at"].take(first)):
        out = out.set_column(out.schema.get_field_index(column), column, values)
    return out


def distinct_names(batches):
    """For mapInArrow: the same of several parts."""
    if names := [pa.Table.from_batches([batch]) for batch in batches]:
        yield from distinct(names).to_batches()


def shared(batches):
    """For mapInArrow, where every row of a key is: the numbers of documents that have a key which another has too."""
    if rows := list(batches):
        rows = pa.Table.from_batches(rows)
        _, key, times = np.unique(rows["key"].to_numpy(), return_inverse=True, return_counts=True)
        yield pa.record_batch({"number": pa.array(np.unique(rows["number"].to_numpy()[times[key] > 1]))})


def named(program, options, folder):
    """A function for mapInArrow: the names of the corpus become files of whose each is and of entities. Tells how many entities there are."""

    def run(batches):
        files, entities = Files(folder, 0), 0
        for batch in worked(program, ["entities", *options], batches):
            is_name = batch.column("name").is_valid()
            whose = pa.Table.from_batches([batch.filter(is_name).select(["name", "entity_id", "joined_by"])])
            found = table_of(batch.column("entity").filter(pc.invert(is_name)))
            files.add("open/whose", whose)
            files.add("open/entities", found)
            entities += found.num_rows
        files.close()
        yield pa.record_batch({"entities": [entities]})

    return run


def completed(folder):
    """A function for mapInArrow: the open tables of a part are written whole, with the answers to what they ask."""

    def run(batches):
        batches = list(batches)
        if not batches:
            return
        pa.set_cpu_count(1)
        answers = pa.Table.from_batches(batches)
        for part in answers["part"].unique().to_pylist():
            complete(folder, part, answers.filter(pc.equal(answers["part"], part)))
            yield pa.record_batch({"part": pa.array([part], pa.int32())})

    return run


def complete(folder, part, answers):
    """Writes the open tables of a part whole."""
    files = Files(folder, part)

    def looked_up(what):
        """For keys their values, or why these."""
        of = answers.filter(pc.equal(answers["what"], what)).combine_chunks()
        key, value, why = [of[column].combine_chunks() for column in ("key", "value", "why")]
        return lambda asked, values=value: values.take(pc.index_in(asked.combine_chunks(), value_set=key)), why

    (entity, why), (original, _), (group, _) = looked_up("name"), looked_up("repeat"), looked_up("group")
    put = lambda rows, column, values: rows.set_column(rows.schema.get_field_index(column), column, values)
    counts = []
    for table, columns in OPEN.items():
        with files.system.open_input_file(files.place(f"open/{table}")) as file:
            source = pq.ParquetFile(file)
            groups = (source.read_row_group(i) for i in range(source.num_row_groups))
            for rows in groups if source.num_row_groups else [source.schema_arrow.empty_table()]:
                if table == "documents":
                    rows = put(rows, "duplicate_of", original(rows["doc_id"]))
                if table == "claims":
                    rows = put(rows, "claim_group", group(rows["claim_id"]))
                if table == "mentions":
                    rows = put(rows, "joined_by", pc.coalesce(rows["joined_by"], entity(rows["entity_id"], why)))
                for column in columns:
                    rows = put(rows, column, entity(rows[column]))
                if table == "mentions":
                    counts.append(rows.select(["entity_id", "doc_id"]).group_by(["entity_id", "doc_id"], use_threads=False).aggregate([([], "count_all")]))
                files.add(table, rows)
    # A document's mentions may stand in two groups of rows.
    by = pa.concat_tables(counts).group_by(["entity_id", "doc_id"], use_threads=False).aggregate([("count_all", "sum")])
    by = by.group_by("entity_id", use_threads=False).aggregate([("count_all_sum", "sum"), ([], "count_all")])
    files.add("open/counts", by.rename_columns({"count_all_sum_sum": "mentions", "count_all": "documents"}))
    files.close()


class Run:
    def __init__(self, settings):
        builder = SparkSession.builder.appName("newsframe").master(settings["master"])
        for name, value in settings["conf"]:
            builder = builder.config(name, value)
        self.spark = builder.getOrCreate()
        self.settings = settings
        context = self.spark.sparkContext
        self.program = settings["worker"]
        if not settings["master"].startswith("local"):
            context.addFile(self.program)
            self.program = self.program.rsplit("/", 1)[1]
        jvm = context._jvm
        self.path = jvm.org.apache.hadoop.fs.Path
        self.hadoop = context._jsc.hadoopConfiguration()
        beside = ["--beside", settings["beside"]] if settings["beside"] else []
        self.aliases, self.options = beside, ["--policy", settings["policy"], *beside]

    @cache
    def schema(self, step):
        """The columns that a step of the worker gives: those that it makes of nothing."""
        empty = pa.BufferOutputStream()
        pa.ipc.new_stream(empty, pa.schema([("text", pa.string())])).close()
        command = [self.settings["worker"], "worker", step]
        made = subprocess.run(command, input=empty.getvalue().to_pybytes(), stdout=subprocess.PIPE, check=True).stdout
        return pa.ipc.open_stream(made).schema

    def work(self, rows, step):
        """Rows through a step of the worker."""
        program = self.program
        return rows.mapInArrow(lambda batches: worked(program, [step], batches), from_arrow_schema(self.schema(step)))

    def files(self, name):
        """The files of a folder or the one file, with the folder that their names are told from."""
        root = self.path(name)
        system = root.getFileSystem(self.hadoop)
        if not system.exists(root):
            raise Wrong(f"{name} is not there")
        root = system.makeQualified(root)
        status = system.getFileStatus(root)
        if status.isFile():
            return root.getParent().toUri().toString(), [(root.toString(), root.getName(), status.getLen())]
        found, entries = [], system.listFiles(root, True)
        while entries.hasNext():
            entry = entries.next()
            parts = entry.getPath().toString()[len(root.toString()):].split("/")
            if not any(part.startswith((".", "_")) for part in parts):
                found.append((entry.getPath().toString(), entry.getPath().getName(), entry.getLen()))
        return root.toUri().toString(), sorted(found)

    def articles(self):
        """Every article of the input with its path, and a function for mapInArrow that has yet to give them their paths."""
        root, files = self.files(self.settings["input"])
        of = lambda pattern: [path for path, name, _ in files if pattern.search(name)]
        cores = self.spark.sparkContext.defaultParallelism
        size = min(TASK, max(sum(size for _, _, size in files) // (4 * cores), 1 << 20))
        if "spark.sql.files.maxPartitionBytes" not in dict(self.settings["conf"]):
            self.spark.conf.set("spark.sql.files.maxPartitionBytes", str(size))
        # Files are split the same way each time they are read, however many machines there are by then.
        self.spark.conf.set("spark.sql.files.minPartitionNum", "1")
        null = lambda kind, name: F.lit(None).cast(kind).alias(name)
        file, no_path, no_row = F.col("_metadata.file_path").alias("file"), null("string", "path"), null("long", "row")
        parts, found = [], []
        if of(PARQUETS):
            rows = self.spark.read.parquet(*of(PARQUETS))
            if not {"text", "json", "html"} & set(rows.columns):
                raise Wrong("the Parquet files have no column `text`")
            at = [F.col("path").cast("string").alias("path") if "path" in rows.columns else no_path, file, null("long", "split"),
                  (F.col("_metadata.row_index") + 1).alias("row")]
            bodies = [F.col(c).cast("binary").alias(c) for c in ("text", "json", "html") if c in rows.columns]
            parts.append(rows.select(*at, *bodies, *[F.col(c).cast("string").alias(c) for c in KNOWN if c in rows.columns]))
            if "id" in rows.columns:
                found.append(rows.select(F.trim(F.col("id").cast("string")).alias("given"), *at).where("given != ''"))
        if of(LINES):
            rows = self.spark.read.option("lineSep", "\n").text(of(LINES))
            rows = rows.select(no_path, file, F.col("_metadata.file_block_start").alias("split"), no_row, F.col("value").cast("binary").alias("json"))
            parts.append(rows)
            lines = rows.select("file", "split", "json").mapInArrow(counted(self.program), "given string, file string, split long, row long")
            found.append(lines.withColumn("path", F.lit(None).cast("string")))
        if of(PAGES):
            pages = self.spark.read.format("binaryFile").load(of(PAGES))
            parts.append(pages.select(no_path, file, null("long", "split"), no_row, F.col("content").alias("html")))
        if of(WARCS):
            paths = self.spark.createDataFrame([(path,) for path in of(WARCS)], "path string").repartition(len(of(WARCS)), "path")
            inside = len(self.plain(root)) + 1
            pages = paths.mapInArrow(lambda batches: warc_pages(batches, inside), "path string, html binary, url string")
            parts.append(pages.select("path", null("string", "file"), null("long", "split"), no_row, "html", "url"))
        if not parts:
            raise Wrong(f"{self.settings['input']} holds no .parquet, .jsonl(.gz, .zst), .html or .warc(.gz)")
        rows = united(parts)
        before, taken = self.looked_through(united(found), self.skip(root)) if found else ({}, None)
        place = placed(before, self.skip(root))
        # Few files that can't be split would leave most cores idle.
        whole = sum(bool(WHOLE.search(name)) for _, name, _ in files)
        is_few = 0 < whole < 2 * cores
        if not is_few and taken is None:
            return rows, place
        rows = rows.mapInArrow(place, with_path(rows.schema))
        if taken is not None:
            rows = rows.join(taken, "path", "left")
        if is_few:
            rows = rows.repartition(4 * cores, "path")
        return rows, iter

    def skip(self, root):
        """How much of a file's address stands before its name: Spark writes `file:/a` or `file:///a`, by version."""
        return len(re.sub("^file:/+", "/", root).rstrip("/")) + 1

    def plain(self, root):
        return self.path(self.spark.sparkContext._jvm.java.net.URI(root)).toString()

    def looked_through(self, found, skip):
        """How many lines stand before each split of a file; and of the articles with an id that was given before in the corpus, which has it."""
        is_split = F.col("given").isNull()
        by = found.groupBy("given", F.when(is_split, F.col("file")).alias("of"), F.when(is_split, F.col("split")).alias("from"))
        by = by.agg(F.count("given").alias("n"), F.max("row").alias("lines")).where("given IS NULL OR n > 1")
        split = F.when(is_split, F.struct("of", "from", "lines"))
        told = by.agg(F.count("given").alias("repeated"), F.collect_list(split).alias("splits")).first()
        before, lines = {}, Counter()
        for split in sorted(told.splits):
            before[split["of"], split["from"]] = lines[split["of"]]
            lines[split["of"]] += split["lines"]
        if not told.repeated:
            return before, None
        place = placed(before, skip)

        def with_order(batches):
            for batch in place(batches):
                yield batch.append_column("place", pa.array(map(order, batch.column("path").to_pylist()), pa.string()))

        found = found.where("given IS NOT NULL").mapInArrow(with_order, "path string, given string, place string")
        repeated = found.groupBy("given").agg(F.count("*").alias("n"), F.min_by("path", "place").alias("first")).where("n > 1")
        return before, found.join(repeated, "given").where("path != first").select("path", F.col("first").alias("id_taken_by"))

    def answers(self, names, folder):
        """What the open tables of each part ask for."""
        whose = self.read(f"{folder}/open/whose", "name string, entity_id string, joined_by string")
        of_names = names.select("part", "name").join(whose, "name")
        of_names = of_names.select("part", F.lit("name"), "name", "entity_id", "joined_by").toDF(*ANSWER)

        # An id goes through the worker with its part before it, which tells where the answer goes.
        here = lambda column: F.concat("part", F.lit(" "), column)
        part = lambda column: F.substring_index(column, " ", 1).cast("int")
        own = lambda column: F.expr(f"substring({column}, instr({column}, ' ') + 1)")
        answer = lambda rows, what, key, value: rows.select(part(key), F.lit(what), own(key), value, F.lit(None).cast("string")).toDF(*ANSWER)

        kept = self.read(f"{folder}/open/signatures", f"doc_id string, number long, keys array<long>, signature binary, {PLACE}")
        keys = kept.select("number", F.explode("keys").alias("key")).repartition("key")
        candidates = kept.join(keys.mapInArrow(shared, "number long").distinct(), "number", "left_semi")
        candidates = candidates.repartition(1).sortWithinPartitions("place").select(here("doc_id").alias("doc_id"), "signature")
        repeats = answer(self.work(candidates, "duplicates"), "repeat", "doc_id", own("duplicate_of"))

        columns = self.schema("documents")
        types = {f.name: f for table in ("claims", "reports") for f in columns.field(table).type.value_type}
        asked = ["claim_id", "sentence", "nth", "words", "quotation", *CLAIM]
        claims = self.read(f"{folder}/open/reports", self.spark_schema([types[c] for c in asked]))
        places = whose.select(F.col("name").alias("place_entity_id"), "entity_id")
        claims = claims.join(places, "place_entity_id", "left").withColumn("place_entity_id", F.col("entity_id"))
        alike = claims.repartition(*SAID).sortWithinPartitions(*SAID, "place", "at").withColumn("claim_id", here("claim_id"))
        groups = answer(self.work(alike.select(asked), "claims"), "group", "claim_id", F.col("claim_group"))
        return united([of_names, repeats, groups])

    def spark_schema(self, fields):
        """Fields of the worker's as Spark's, with where a row stands."""
        return StructType([*from_arrow_schema(pa.schema(fields)), *StructType.fromDDL(PLACE)])

    def read(self, table, schema):
        return self.spark.read.schema(schema).parquet(f"{table}.parquet")

    def run(self):
        out = self.path(self.settings["out"])
        system = out.getFileSystem(self.hadoop)
        out = system.makeQualified(out)
        beside = lambda ending: self.path(out.getParent(), f".{out.getName()}.{ending}")
        part, old = beside("part"), beside("old")
        done = self.path(out, "manifest.json")
        if system.exists(out) and system.listStatus(out) and not system.exists(done):
            raise Wrong(f"{out} holds something else than tables of newsframe")
        folder = part.toString()
        try:
            opened(folder)
        except Exception as error:
            raise Wrong(f"pyarrow, which writes the tables, can't write to {out}: {error}")
        system.delete(part, True)  # what a run that was ended left
        for table in ["names", "whose", "entities", "signatures", "reports", "counts"]:
            system.mkdirs(self.path(f"{folder}/open/{table}.parquet"))

        started, seconds = time.monotonic(), {}
        self.watch("documents")
        columns = self.schema("documents")
        rows, place = self.articles()
        parts = rows.mapInArrow(extracted(self.program, self.options, folder, place), "part int, told string").collect()
        if not parts:
            # No article at all: tables without rows.
            none = Part(folder, 0)
            none.add(pa.RecordBatch.from_pylist([], schema=columns))
            parts = [(0, json.dumps(none.close()))]
        counts, same = Counter(), 0
        for _, told in parts:
            told = json.loads(told)
            counts.update(told["rows"])
            same ^= told["same"]
        seconds["documents"] = time.monotonic() - started

        self.watch("names")
        fields = list(columns.field("names").type.value_type)
        schema = self.spark_schema(fields)
        names = self.read(f"{folder}/open/names", schema)
        ways = names.repartition("name").mapInArrow(distinct_names, schema)
        # All in one task, in the order in which the corpus first uses them; holders of offices last.
        ways = ways.repartition(1).sortWithinPartitions(F.col("written").isNull(), "place", "at").select([f.name for f in fields])
        told = ways.mapInArrow(named(self.program, self.aliases, folder), "entities long").collect()
        counts["entities"] = sum(row.entities for row in told)

        self.watch("tables")
        every = self.spark.createDataFrame([(part, "part", None, None, None) for part, _ in parts], "part int, what string, key string, value string, why string")
        answers = united([self.answers(names, folder), every]).repartitionById(max(part for part, _ in parts) + 1, "part")
        whole = answers.mapInArrow(completed(folder), "part int").collect()
        if len(whole) != len(parts):
            raise RuntimeError(f"{len(parts)} parts were begun and {len(whole)} completed")

        self.watch("entities")
        entity = from_arrow_schema(pa.schema(self.schema("entities").field("entity").type))
        named_so_often = self.read(f"{folder}/open/counts", "entity_id string, mentions long, documents long").groupBy("entity_id")
        named_so_often = named_so_often.agg(F.sum("mentions").alias("m"), F.sum("documents").alias("d"))
        entities = self.read(f"{folder}/open/entities", entity).join(named_so_often, "entity_id", "left")
        entities = entities.withColumn("mentions", F.coalesce("m", F.lit(0))).withColumn("documents", F.coalesce("d", F.lit(0)))
        entities.select(entity.names).write.parquet(f"{folder}/entities.parquet")
        seconds["join"] = time.monotonic() - started - seconds["documents"]
        self.watch(None)

        system.delete(self.path(f"{folder}/open"), True)
        # Of the documents, and not of the files, which were read by many.
        of = {"corpus_sha256": f"documents:{same:016x}"}
        manifest = self.settings["manifest"] | of | {"rows": counts, "seconds": seconds}
        file = system.create(self.path(part, "manifest.json"))
        file.write(bytearray(json.dumps(manifest, indent=2) + "\n", "utf-8"))
        file.close()
        system.delete(old, True)
        if system.exists(out) and not system.rename(out, old):
            raise Wrong(f"{out} can't be moved away")
        if not system.rename(part, out):
            raise Wrong(f"{part} can't be moved to {out}")
        system.delete(old, True)
        tell(event="done", rows=counts, seconds=seconds)

    step = None

    def watch(self, step):
        """Tells twice a second how far the tasks of a step are."""
        first, self.step = self.step is None, step

        def look():
            tracker = self.spark.sparkContext.statusTracker()
            while self.step:
                stages = [s for s in map(tracker.getStageInfo, tracker.getActiveStageIds()) if s]
                tell(event="step", name=self.step, done=sum(s.numCompletedTasks for s in stages), of=sum(s.numTasks for s in stages))
                time.sleep(0.5)

        if first and step:
            threading.Thread(target=look, daemon=True).start()


def united(rows):
    """Rows of several frames, whose columns may be missing in some."""
    first, *others = rows
    for more in others:
        first = first.unionByName(more, allowMissingColumns=True)
    return first


def with_path(schema):
    """The columns that `placed` makes of such rows."""
    return StructType([*StructType.fromDDL("path string"), *[f for f in schema if f.name not in ("path", "file", "split", "row")]])


def warc_pages(batches, skip):
    """The web pages of WARC files, a few at a time."""
    from pyarrow import fs
    from warcio.archiveiterator import ArchiveIterator

    def pages(path):
        system, place = fs.FileSystem.from_uri(re.sub(r"^file:/+", "file:///", re.sub(r"^s3[an]:", "s3:", path)))
        with system.open_input_stream(place, compression=None) as file:
            for n, record in enumerate(ArchiveIterator(file), 1):
                headers = record.http_headers
                kind = headers and headers.get_header("Content-Type") or ""
                if record.rec_type == "response" and headers and headers.get_statuscode() == "200" and "html" in kind:
                    yield f"{path[skip:]}#{n}", record.content_stream().read(), record.rec_headers.get_header("WARC-Target-URI")

    schema = pa.schema([("path", pa.string()), ("html", pa.binary()), ("url", pa.string())])
    held, size = [], 0
    for batch in batches:
        for path in batch.column("path").to_pylist():
            for page in pages(path):
                held.append(page)
                size += len(page[1])
                if size > 4 << 20:
                    yield pa.record_batch([pa.array(c, t) for c, t in zip(zip(*held), schema.types)], schema=schema)
                    held, size = [], 0
    if held:
        yield pa.record_batch([pa.array(c, t) for c, t in zip(zip(*held), schema.types)], schema=schema)


def main():
    settings = json.loads(sys.argv[1])
    try:
        Run(settings).run()
    except Wrong as wrong:
        tell(event="failed", message=str(wrong))
        sys.exit(1)
    except Exception as error:
        traceback.print_exc()
        worker = re.findall(r"the worker ended with .*", str(error))
        tell(event="failed", message=worker[0] if worker else str(error)[:2000])
        sys.exit(1)


if __name__ == "__main__":
    main()
