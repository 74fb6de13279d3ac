"""Runs the extraction on Apache Spark: cluster.py SETTINGS, where SETTINGS is a JSON object (see cluster.rs).

1. `articles` reads the input as rows of `path` and one of `text`, `json` and `html`, in whatever order.
2. `newsframe worker` makes one row of each, with the rows of every table nested in it; that is the bulk of the work, and is kept on disk.
3. `joined` lets `newsframe worker entities`, `duplicates` and `claims` say what is known only of all documents together.
4. The tables are written beside their place and moved there when they are complete.

Cutting, moving and sorting rows, and trying failed tasks again, is Spark's. Tells what it does as one JSON object a line.
"""

import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import traceback

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

KNOWN = ["id", "published", "language", "source", "title", "author", "url"]
LINES = re.compile(r"\.(jsonl|ndjson)(\.gz|\.zst)?$", re.IGNORECASE)
PAGES = re.compile(r"\.x?html?$", re.IGNORECASE)
WARCS = re.compile(r"\.warc(\.gz)?$", re.IGNORECASE)
PARQUETS = re.compile(r"\.parquet$", re.IGNORECASE)
TASK = 16 << 20  # bytes of articles in a task, about


class Wrong(Exception):
    """What the user has to put right, in words."""


def tell(**event):
    print(json.dumps(event), flush=True)


def through(program, *arguments):
    """A function for mapInArrow: a partition's batches go through one worker."""

    def run(batches):
        first = next(batches, None)
        if first is None:
            return
        command = [program if "/" in program else SparkFiles.get(program), "worker", *arguments]
        with tempfile.TemporaryFile() as said:
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
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

    return run


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
        self.options = ["--policy", settings["policy"]] + (["--beside", settings["beside"]] if settings["beside"] else [])

    def work(self, rows, step, *options):
        """Rows through a step of the worker. Its schema is what it makes of nothing."""
        empty = pa.BufferOutputStream()
        pa.ipc.new_stream(empty, pa.schema([("text", pa.string())])).close()
        command = [self.settings["worker"], "worker", step, *options]
        made = subprocess.run(command, input=empty.getvalue().to_pybytes(), stdout=subprocess.PIPE, check=True).stdout
        schema = from_arrow_schema(pa.ipc.open_stream(made).schema)
        return rows.mapInArrow(through(self.program, step, *options), schema)

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
        """Every article of the input, and how many tasks they are worth."""
        root, files = self.files(self.settings["input"])
        # Spark writes `file:/a` or `file:///a`, by version.
        inside = len(re.sub("^file:/+", "/", root).rstrip("/")) + 2
        name = F.expr(f"url_decode(replace(substring(regexp_replace(_metadata.file_path, '^file:/+', '/'), {inside}), '+', '%2B'))")
        of = lambda pattern: [path for path, name, _ in files if pattern.search(name)]
        parts = []
        if of(PARQUETS):
            rows = self.spark.read.parquet(*of(PARQUETS))
            if not {"text", "json", "html"} & set(rows.columns):
                raise Wrong("the Parquet files have no column `text`")
            bodies = [F.col(c).cast("binary").alias(c) for c in ("text", "json", "html") if c in rows.columns]
            own = F.concat(name, F.lit("#"), F.col("_metadata.row_index") + 1)
            path = F.coalesce(F.col("path").cast("string"), own) if "path" in rows.columns else own
            parts.append(rows.select(path.alias("path"), *bodies, *[F.col(c).cast("string") for c in KNOWN if c in rows.columns]))
        if of(LINES):
            parts.append(self.lines(of(LINES), name))
        if of(PAGES):
            pages = self.spark.read.format("binaryFile").load(of(PAGES))
            parts.append(pages.select(name.alias("path"), F.col("content").alias("html")))
        if of(WARCS):
            paths = self.spark.createDataFrame([(path,) for path in of(WARCS)], "path string").repartition(len(of(WARCS)), "path")
            inside = len(self.plain(root)) + 1
            parts.append(paths.mapInArrow(lambda batches: warc_pages(batches, inside), "path string, html binary, url string"))
        if not parts:
            raise Wrong(f"{self.settings['input']} holds no .parquet, .jsonl(.gz, .zst), .html or .warc(.gz)")
        rows = parts[0]
        for more in parts[1:]:
            rows = rows.unionByName(more, allowMissingColumns=True)
        packed = sum(size * (5 if re.search(r"\.(gz|zst|parquet)$", name) else 1) for _, name, size in files)
        return self.with_ids(rows), max(packed // TASK, 2 * self.spark.sparkContext.defaultParallelism)

    def plain(self, root):
        return self.path(self.spark.sparkContext._jvm.java.net.URI(root)).toString()

    def lines(self, paths, name):
        """Lines with their numbers: how many stand before a split of a file is counted first."""
        read = lambda: self.spark.read.option("lineSep", "\n").text(paths).select(
            F.col("value").cast("binary").alias("json"), name.alias("name"), F.col("_metadata.file_block_start").alias("split"),
            F.monotonically_increasing_id().alias("at"))
        splits = read().groupBy("name", "split").agg(F.min("at").alias("first"), F.count("*").alias("lines"))
        before = Window.partitionBy("name").orderBy("split").rowsBetween(Window.unboundedPreceding, -1)
        splits = splits.withColumn("before", F.coalesce(F.sum("lines").over(before), F.lit(0)))
        row = F.col("at") - F.col("first") + F.col("before") + 1
        return read().join(F.broadcast(splits), ["name", "split"]).select(F.concat("name", F.lit("#"), row).alias("path"), "json")

    def with_ids(self, rows):
        """Of several articles with the same given id the first keeps it."""
        given, has = F.lit(None).cast("string"), F.lit(False)
        if "id" in rows.columns:
            given = F.col("id")
        if "json" in rows.columns:
            line = F.decode("json", "UTF-8")
            given = F.coalesce(given, F.when(F.trim(F.get_json_object(line, "$.text")) != "", F.get_json_object(line, "$.id")))
        ids = rows.select("path", F.trim(given).alias("given")).where("given != ''")
        repeated = ids.groupBy("given").agg(F.count("*").alias("n"), F.min_by("path", order("path")).alias("first")).where("n > 1")
        taken = ids.join(repeated, "given").where("path != first").select("path", F.col("first").alias("id_taken_by")).cache()
        return rows.join(F.broadcast(taken), "path", "left") if taken.count() else rows

    def joined(self, nested):
        """Every table, with what is known only of all documents together."""
        nested = nested.withColumn("place", order(F.coalesce("document.path", F.lit(""))))
        rows = lambda table: nested.select(F.inline(table))

        name = ["name", "folded", "person", "key", "written", "kind"]
        names = nested.select("place", F.posexplode("names").alias("at", "n")).select("place", "at", "n.*")
        names = names.groupBy(name).agg(F.sum("count").alias("count"), F.min(F.struct("place", "at")).alias("met"))
        names = names.withColumn("met", F.min("met").over(Window.partitionBy("name")))
        names = names.repartition(1).sortWithinPartitions(F.col("written").isNull(), "met", "written", "kind")
        aliases = ["--beside", self.settings["beside"]] if self.settings["beside"] else []
        found = self.work(names.select(*name, "count"), "entities", *aliases).cache()
        whose = found.where("name is not null").select("name", "entity_id", "joined_by")

        def resolved(table, *columns):
            """References to names become ids of entities."""
            contract = table.columns
            for column in columns:
                named = whose.select(F.col("name").alias(column), F.col("entity_id").alias("its"), F.col("joined_by").alias("why"))
                table = table.join(named, column, "left").withColumn(column, F.col("its"))
                if "joined_by" in contract:
                    table = table.withColumn("joined_by", F.coalesce("joined_by", "why"))
                table = table.select(contract)
            return table

        keys = nested.where("signature is not null").select("document.doc_id", F.explode("keys").alias("key"))
        shared = keys.groupBy("key").agg(F.count("*").alias("n")).where("n > 1")
        candidates = keys.join(shared, "key", "left_semi").select("doc_id").distinct()
        candidates = nested.select("document.doc_id", "place", "signature").join(candidates, "doc_id", "left_semi")
        candidates = candidates.repartition(1).sortWithinPartitions("place").select("doc_id", "signature")
        repeats = self.work(candidates, "duplicates")

        claims = nested.select("place", F.posexplode(F.arrays_zip("claims", "reports")).alias("at", "z"))
        claims = claims.select("place", "at", "z.claims.*", "z.reports.sentence", "z.reports.nth", "z.reports.words", "z.reports.quotation")
        claims = resolved(claims, "speaker_entity_id", "place_entity_id").cache()
        said = ["kind", "value_min", "value_max", "negated"]
        needed = ["claim_id", "doc_id", "sentence", "nth", "words", "quotation", "victim_class", "place_entity_id", "event_start", "event_end",
                  "reported_date", *said]
        alike = claims.repartition(*said).sortWithinPartitions(*said, "place", "at").select(needed)
        groups = self.work(alike, "claims")

        mentions = resolved(rows("mentions"), "entity_id").cache()
        counts = mentions.groupBy("entity_id").agg(F.count("*").alias("m"), F.countDistinct("doc_id").alias("d"))
        entities = found.where("entity is not null").select("entity.*").drop("mentions", "documents").join(counts, "entity_id", "left")
        entities = entities.withColumn("mentions", F.coalesce("m", F.lit(0))).withColumn("documents", F.coalesce("d", F.lit(0))).drop("m", "d")
        documents = nested.where("document is not null").select("document.*")
        return {
            "documents": documents.drop("duplicate_of").join(repeats, "doc_id", "left").select(documents.columns),
            "edits": rows("edits"),
            "sentences": rows("sentences"),
            "quotes": resolved(rows("quotes"), "entity_id"),
            "mentions": mentions,
            "entities": entities,
            "dates": rows("dates"),
            "claims": claims.drop("claim_group").join(groups, "claim_id", "left").select(rows("claims").columns),
            "figures": rows("figures"),
            "terms": resolved(rows("terms"), "speaker_entity_id", "target_entity_id"),
            "problems": rows("problems"),
        }

    def run(self):
        out = self.path(self.settings["out"])
        system = out.getFileSystem(self.hadoop)
        beside = lambda ending: self.path(out.getParent(), f".{out.getName()}.{ending}")
        part, old = beside("part"), beside("old")
        done = self.path(out, "manifest.json")
        if system.exists(out) and system.listStatus(out) and not system.exists(done):
            raise Wrong(f"{out} holds something else than tables of newsframe")
        system.delete(part, True)  # what a run that was ended left

        started, seconds = time.monotonic(), {}
        self.watch("documents")
        rows, tasks = self.articles()
        nested = f"{part}/nested"
        self.work(rows.repartition(tasks, "path"), "documents", *self.options).write.parquet(nested)
        seconds["documents"] = time.monotonic() - started
        counts = {}
        self.watch("joining")
        for name, table in self.joined(self.spark.read.parquet(nested)).items():
            self.watch(name)
            table.write.parquet(f"{part}/{name}.parquet")
            counts[name] = self.spark.read.parquet(f"{part}/{name}.parquet").count()
        seconds["join"] = time.monotonic() - started - seconds["documents"]
        self.watch(None)

        system.delete(self.path(nested), True)
        same = self.spark.read.parquet(f"{part}/documents.parquet").agg(F.bit_xor(F.xxhash64("path", "sha256"))).first()[0] or 0
        of = {"corpus_sha256": f"xxhash64:{same % (1 << 64):016x}"}  # of the documents: the files were read by many
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


def order(path):
    """The order of a corpus: by folders and files, then by rows."""
    path = F.col(path) if isinstance(path, str) else path
    return F.struct(F.split(F.regexp_replace(path, r"#\d+$", ""), "/"), F.regexp_extract(path, r"#(\d+)$", 1).try_cast("long"))


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
