"""The pipeline one would put together in Python, beside newsframe, over the same text.

    python3 -m venv ENV && ENV/bin/pip install spacy dateparser ftfy
    python3 benches/export.py 20 > export.jsonl
    ENV/bin/python benches/python.py export.jsonl [--kilobytes 300] [--bin target/release/newsframe]

A stage of newsframe each: ftfy's `fix_text` (cleaning), spaCy's blank pipeline with its rule-based sentencizer (sentences), an entity ruler over the
names of the gazetteer (names), dateparser's `search_dates` (dates), a PhraseMatcher over the lexicon of loaded terms (terms). Quotations, reported
figures, who says what, and the joining of names over documents have no counterpart here, so the comparison is in Python's favour; and so is the
language of each document, which Python is told. Both take the first so many kilobytes of the export, on one core, and are timed by the processor's clock; what
loading takes is left out on Python's side, and in on newsframe's, which also writes its tables.
"""

import argparse
import csv
import importlib.metadata
import json
import os
import re
import resource
import subprocess
import tempfile
import time
import tomllib
import warnings
from pathlib import Path

import ftfy
import spacy
from dateparser.search import search_dates
from spacy.matcher import PhraseMatcher

PROJECT = Path(__file__).resolve().parent.parent
NAMES = ["countries", "people", "organisations", "regions", "cities"]
CHOICE = re.compile(r"\(([^)]*)\)")


def forms(written):
    """Every word that a form of `terms.toml` stands for."""
    match = CHOICE.search(written)
    if not match:
        return [written]
    choices = match[1].split("|") + ([] if "|" in match[1] else [""])
    return [whole for c in choices for whole in forms(written[: match.start()] + c + written[match.end() :])]


def gazetteer(code):
    for file in NAMES:
        for row in csv.DictReader((PROJECT / f"data/gazetteer/{file}.csv").open()):
            for name in "|".join([row["en"], row[code], row["any"]]).split("|"):
                if name.strip():
                    yield {"label": row["kind"].upper(), "pattern": name.strip()}


class Language:
    def __init__(self, code):
        self.code, self.nlp = code, spacy.blank(code)
        self.nlp.max_length = 1 << 30
        self.nlp.add_pipe("sentencizer")
        self.ruler = self.nlp.add_pipe("entity_ruler")
        self.ruler.add_patterns(list({(p["label"], p["pattern"]): p for p in gazetteer(code)}.values()))
        self.matcher = PhraseMatcher(self.nlp.vocab, attr="LOWER")
        rules = tomllib.loads((PROJECT / f"data/packs/{code}/terms.toml").read_text())["rule"]
        for rule in rules:
            self.matcher.add(rule["id"], [self.nlp.make_doc(form) for written in rule.get("forms", []) for form in forms(written)])


def measured(rows, languages):
    """Seconds of the processor and what was found, by stage."""
    took, found = {}, {}

    def stage(name, work, count):
        start = time.process_time()
        out = work()
        took[name] = took.get(name, 0.0) + time.process_time() - start
        found[name] = found.get(name, 0) + count(out)
        return out

    for row in rows:
        language = languages[row["language"]]
        text = stage("ftfy", lambda: ftfy.fix_text(row["text"]), lambda fixed: fixed != row["text"])
        doc = stage("tokens", lambda: language.nlp.make_doc(text), len)
        stage("sentencizer", lambda: language.nlp.get_pipe("sentencizer")(doc), lambda d: sum(1 for _ in d.sents))
        stage("entity ruler", lambda: language.ruler(doc), lambda d: len(d.ents))
        stage("PhraseMatcher", lambda: language.matcher(doc), len)
        stage("search_dates", lambda: search_dates(text, languages=[language.code]), lambda dates: len(dates or []))
    return took, found


def newsframe(program, rows):
    """Seconds of the processor that newsframe takes, tables written, and the number of rows of some tables."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "sample.jsonl"
        corpus.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [program, "extract", corpus, "--out", Path(folder) / "out", "--format", "jsonl", "--fresh"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"RAYON_NUM_THREADS": "1"})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        counts = json.loads((Path(folder) / "out/manifest.json").read_text())["rows"]
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, counts


def main():
    options = argparse.ArgumentParser()
    options.add_argument("export", type=Path)
    options.add_argument("--kilobytes", type=int, default=300)
    options.add_argument("--bin", type=Path, default=PROJECT / "target/release/newsframe")
    options = options.parse_args()
    warnings.filterwarnings("ignore")
    rows, size = [], 0
    for line in options.export.open():
        row = json.loads(line)
        if "language" in row:
            rows.append(row)
            size += len(row["text"].encode())
        if size >= options.kilobytes << 10:
            break
    languages = {code: Language(code) for code in {row["language"] for row in rows}}
    measured(rows[:5], languages)
    took, found = measured(rows, languages)
    versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ["spacy", "dateparser", "ftfy"])
    print(f"{len(rows)} documents, {size / 1e3:.0f} kB; {versions}")
    for name, seconds in took.items():
        print(f"{name:<14}{seconds:>9.2f} s {size / seconds / 1e6:>9.4f} MB/s {found[name]:>8} found")
    python = sum(took.values())
    print(f"{'Python':<14}{python:>9.2f} s {size / python / 1e6:>9.4f} MB/s")
    own, counts = newsframe(options.bin, rows)
    print(f"{'newsframe':<14}{own:>9.2f} s {size / own / 1e6:>9.4f} MB/s   {counts}")
    print(f"{python / own:.0f} times as fast; without search_dates {(python - took['search_dates']) / own:.1f} times")


if __name__ == "__main__":
    main()
